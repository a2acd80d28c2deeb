"""Feeds and web addresses read in a child with limits: what a refresh needs to know of a document.

    feed → every entry named, printed, and, where it is not known already, rendered whole
    page → the feeds it announces, and whether it is an article itself

The child (`reader.intake.composing`) is told the prints of the entries that the cache has, so that
of a feed with one new entry only that one is rendered and sent back.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, Self

from reader import confined
from reader.model import Cleaned, Document
from reader.noun import Noun, values_of

FEED_CPU_SECONDS = 3.0
"""For reading one document."""
HURRIED_CPU_SECONDS = 1.5
LONG, SEVERAL = (
    tuple(map(Cleaned.__match_args__.index, names))
    for names in (("text", "markdown"), ("authors", "related", "warnings", "tags"))
)
"""Where among the values of an article those are that are long, and those that are several."""


class Read(Noun):
    """An entry of a feed."""

    name: str
    """What it is to be known by within its source."""
    print: bytes
    cleaned: Cleaned | None
    """None for one that is known."""
    is_teaser: bool = False


class Page(Noun):
    """A page that is no feed."""

    candidates: tuple[tuple[str | None, str, str | None], ...]
    """(title, address, kind) of the feeds it announces, or a rule guesses (kind None)."""
    is_article: bool


class Reading(Noun):
    """What a document turned out to be: a feed, a page, or neither."""

    title: str | None = None
    home: str | None = None
    hints: dict[str, Any] | None = None
    entries: tuple[Read, ...] = ()
    page: Page | None = None
    error: str | None = None


class Press:
    """Reads feeds in child processes, started when first needed."""

    def __init__(self, processes: int = 1) -> None:
        self._pool = confined.Pool("reader.intake.composing", processes)

    def read(self, document: Document, known: Collection[bytes] = ()) -> Reading:
        """What a document is; entries whose print is in `known` come without their text."""
        task = {"task": "read", "known": [each.hex() for each in known]}
        answer, cause = self._pool.ask(document, task, FEED_CPU_SECONDS)
        if answer is None:
            hurried = {**task, "task": "hurried"}
            answer, again = self._pool.ask(document, hurried, HURRIED_CPU_SECONDS)
            cause = cause if again is None else again
        if answer is None:
            return Reading(error=f"it could not be read: {cause}")
        return _reading(answer)

    def close(self) -> None:
        self._pool.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _reading(answer: dict[str, Any]) -> Reading:
    page = answer.get("page")
    texts = answer["texts"]
    return Reading(
        title=answer.get("title"),
        home=answer.get("home"),
        hints=answer.get("hints"),
        entries=tuple(
            Read(name, bytes.fromhex(print), _received(values, texts) if values else None, teaser)
            for name, print, values, teaser in answer.get("entries", ())
        ),
        page=Page(tuple(map(tuple, page["candidates"])), page["is_article"]) if page else None,
        error=answer.get("refusal"),
    )


def sent(cleaned: Cleaned, texts: list[str]) -> list[Any]:
    """The values of an article on their way to the parent; the long ones go as `texts`."""
    values = list(values_of(cleaned))
    for at in LONG:
        texts.append(values[at])
        values[at] = len(texts) - 1
    return values


def _received(values: list[Any], texts: Sequence[str]) -> Cleaned:
    for at in LONG:
        values[at] = texts[values[at]]
    for at in SEVERAL:
        values[at] = tuple(values[at])
    return Cleaned(*values)
