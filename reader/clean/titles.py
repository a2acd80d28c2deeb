"""A page's title without the name of its site."""

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from reader.clean import jsonld
from reader.clean.boxes import squeeze, text_of, words_of

if TYPE_CHECKING:
    from reader.clean.metadata import Statements

HARD = re.compile(r"\s+[|\-–—·•»«›‹/~∙⋅]+\s+|\s*[|»›]\s*|\s*::\s*")
"""Separators that part a title from a site; a colon more often stands inside a title."""
LONGEST = 300


def choose(page: "Statements", site: str | None, host: str, told: str | None) -> str | None:
    """The best title: of all that the page offers, the one that most of the others contain."""
    offers = [(source, text) for source, text in _offers(page) if text and len(text) <= LONGEST]
    if not offers:
        return told
    names = site_names(site, host)
    texts = [words_of(text) for _, text in offers]
    bare = [without_site(text, names, texts) for _, text in offers]
    bare_texts = [words_of(text) for text in bare]
    best, best_score = None, float("-inf")
    for at, (source, _) in enumerate(offers):
        words = bare_texts[at]
        if not words or is_site(words, names):
            continue
        backing = sum(_contains(other, words) for other in texts)
        same = sum(other == words for other in bare_texts)
        score = backing + 0.5 * same + WEIGHT.get(source, 0.0) - 0.01 * at
        if len(words) == 1 and backing < 3:
            score -= 1  # a section's name, more often than a title of one word
        if score > best_score:
            best, best_score = bare[at], score
    return best or told


WEIGHT = {"headline": 0.6, "h1": 0.6, "og:title": 0.5, "twitter:title": 0.2, "title": 0.0}


def _offers(page: "Statements") -> Iterable[tuple[str, str | None]]:
    yield "headline", jsonld.text(page.told("headline"))
    yield "og:title", page.first("og:title")
    yield "twitter:title", page.first("twitter:title")
    yield (
        "meta",
        page.first("title", "dc.title", "citation_title", "sailthru.title", "parsely-title"),
    )
    for element in page.items.get("headline", [])[:1]:
        yield "microdata", squeeze(element.get("content") or "") or text_of(element)
    headings = [text_of(h1) for h1 in page.root.iter("h1")]
    for heading in [text for text in headings if text][:3]:
        yield "h1", heading
    for title in page.root.iter("title"):
        if title.getparent() is not None and title.getparent().tag == "head":
            yield "title", squeeze(title.text or "")
            break


def site_names(site: str | None, host: str) -> list[list[str]]:
    """The ways a title may name its site, as words."""
    names = [words_of(site)] if site else []
    parts = [part for part in host.lower().split(".") if part not in ("www", "m", "amp", "blog")]
    if len(parts) >= 2:
        names += [words_of(" ".join(parts)), words_of(parts[-2]), words_of("".join(parts))]
    return [name for name in names if name]


def is_site(words: list[str], names: list[list[str]]) -> bool:
    """Whether the words are a name of the site and nothing else."""
    joined = "".join(words)
    return any(joined == "".join(name) for name in names)


def names_site(words: list[str], names: list[list[str]], share: float) -> bool:
    """Whether the words name the site, and at least that share of them is its name."""
    joined = "".join(words)
    for name in names:
        short = "".join(name)
        if len(short) >= 3 and short in joined and len(short) >= share * len(joined):
            return True
        if len(joined) >= 4 and joined in short:
            return True
    return False


AT_END, AT_START = 0.3, 0.7
"""Titles begin with a name that the site also bears (`Dropbox's new design - How it came about`)
more often than they end with one."""


def without_site(text: str, names: list[list[str]], others: list[list[str]]) -> str:
    """The title without segments at its ends that name the site or that no other offer has."""
    while found := list(HARD.finditer(text)):
        first, last = found[0], found[-1]
        head, tail = text[: first.start()], text[last.end() :]
        if len(words_of(tail)) <= 6 and names_site(words_of(tail), names, AT_END):
            text = text[: last.start()]
        elif len(words_of(head)) <= 6 and names_site(words_of(head), names, AT_START):
            text = text[first.end() :]
        else:
            rest, other_rest = text[: last.start()], text[first.end() :]
            if any(words_of(rest) == other for other in others):
                text = rest
            elif any(words_of(other_rest) == other for other in others):
                text = other_rest
            break
    return text.strip()


def _contains(outer: list[str], inner: list[str]) -> bool:
    width = len(inner)
    return any(outer[at : at + width] == inner for at in range(len(outer) - width + 1))


def site_in_title(page: "Statements", host: str) -> str | None:
    """The site's name where only the title tells it, beside a segment that fits the host."""
    for title in page.root.iter("title"):
        segments: list[str] = [part.strip() for part in HARD.split(squeeze(title.text or ""))]
        names = site_names(None, host)
        for segment in reversed(segments) if len(segments) > 1 else ():
            if len(segment) <= 40 and names_site(words_of(segment), names, AT_START / 2):
                return segment
        break
    return None
