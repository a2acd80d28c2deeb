"""What the cleaner is not sure of, told to a reader in sentences."""

from collections.abc import Iterable

from reader.text import safe

WARNINGS = {
    "title-derived": "The title was made from the first sentence.",
    "date-guessed": "The date is a guess.",
    "truncated": "This may not be the whole article.",
    "paywall": "The rest is for subscribers of the site.",
    "teaser": "The feed gives only the beginning.",
    "consent-wall": "The page showed a consent form in place of the article.",
    "not-an-article": "This page may not be an article.",
    "not-cleaned": "Nothing was taken away: the page stands as it came.",
}


def doubts(warnings: Iterable[str]) -> list[str]:
    """The sentences for an article's warnings; what another says more exactly is left out."""
    told = list(warnings)
    if "paywall" in told:
        told = [warning for warning in told if warning != "truncated"]
    return [in_words(warning) for warning in told]


def in_words(warning: str) -> str:
    """A warning of the cleaner as a sentence."""
    if warning in WARNINGS:
        return WARNINGS[warning]
    if warning.startswith("no-page:"):
        return safe.line(f"Its page could not be had: {warning[8:].strip()}.")
    if warning.startswith("failed:"):
        return safe.line(f"The page could not be cleaned: {warning[7:].strip()}.")
    return safe.line(warning.replace("-", " ").capitalize() + ".")
