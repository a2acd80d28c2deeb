"""The gate at the door of the cache: nothing foreign is kept raw, whoever brought it."""

from reader.model import Cleaned, Related, When
from reader.text import safe

LINE_CAP = 2000
"""Letters of a title, a summary, a name."""
ADDRESS_CAP = 4000
WHEN_CAP = 40
UNTITLED_LETTERS = 80
"""How much of the text stands in for a title."""


def gated(given: Cleaned, listed: str | None = None, name: str | None = None) -> Cleaned:
    """The record with every string through the gate, and a title to show it by.

    Without one of its own it gets the one it was listed under, or how its text begins, or its name.
    """
    text = prose(given.text)
    title = line(given.title) or line(listed) or opening(text) or line(name)
    values = {
        name: line(getattr(given, name)) for name in ("section", "site", "language", "summary")
    }
    return Cleaned(
        title=title,
        text=text,
        markdown=prose(given.markdown),
        kind=line(given.kind) or "text",
        authors=tuple(filter(None, map(line, given.authors))),
        published=_when(given.published),
        modified=_when(given.modified),
        cached_at=_when(given.cached_at),
        url=line(given.url, ADDRESS_CAP),
        related=tuple(
            Related(
                line(each.title) or "",
                line(each.source),
                line(each.summary),
                line(each.url, ADDRESS_CAP),
            )
            for each in given.related
        ),
        words=given.words,
        minutes=given.minutes,
        quality=given.quality,
        warnings=tuple(filter(None, map(line, given.warnings))),
        tags=tuple(filter(None, map(line, given.tags))),
        **values,
    )


def line(text: str | None, cap: int = LINE_CAP) -> str | None:
    """One safe line, or None if nothing is left of it."""
    return str(safe.line(text, cap=cap)) or None if text else None


def _when(when: When | None) -> When | None:
    safe_when = line(when, WHEN_CAP)
    return When(safe_when) if safe_when else None


def opening(text: str) -> str | None:
    """How a text begins, to show it by; None if it is empty."""
    start = " ".join(text[: 4 * UNTITLED_LETTERS].split())
    if len(start) <= UNTITLED_LETTERS:
        return start or None
    return start[:UNTITLED_LETTERS].rpartition(" ")[0] + "…"


def prose(text: str | None) -> str:
    """Safe text of many lines."""
    return str(safe.prose(text)) if text else ""
