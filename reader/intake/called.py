"""Which source does a person mean by a word? By its id, its address, or its title."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, TypeVar

from reader.errors import NothingFound, UsageError
from reader.fetch.addresses import as_kept
from reader.model import SourceId

TOLD = 5
"""So many sources are told of that a word may mean."""


class Named(Protocol):
    """A source, whatever else is known of it."""

    @property
    def id(self) -> SourceId: ...
    @property
    def url(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def added_as(self) -> str | None: ...


Known = TypeVar("Known", bound=Named)


def called(sources: Sequence[Known], word: str) -> Known:
    """The one that has this id or address, or alone has this title, in capitals or not.

    Raises NothingFound, and UsageError if several have the title; both say which are meant perhaps.
    """
    names = {word, as_kept(word)}
    for source in sources:
        if not names.isdisjoint((str(source.id), source.url, source.added_as)):
            return source
    sought = _folded(word)
    titled = [source for source in sources if _folded(source.title) == sought]
    if len(titled) == 1:
        return titled[0]
    if titled:
        which = _told([f"{source.id} ({source.url})" for source in titled])
        raise UsageError(f"{len(titled)} sources are called {word}: name one by its id, {which}")
    near = [source for source in sources if sought and sought in _folded(source.title)]
    if near:
        which = _told([f"{source.id} ({source.title})" for source in near])
        raise NothingFound(f"there is no source {word}, but {which}")
    raise NothingFound(f"there is no source {word}: `broadsheet sources` lists them")


def _folded(title: str) -> str:
    return " ".join(title.casefold().split())


def _told(names: Sequence[str]) -> str:
    """Some of them, in a row; how many more there are."""
    more = len(names) - TOLD
    first = ", ".join(names[:TOLD])
    return f"{first} and {more} more" if more > 0 else first
