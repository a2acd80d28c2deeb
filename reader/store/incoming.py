"""What is brought to the door of the cache."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from reader.model import Cleaned, Marked
from reader.noun import Noun


class Incoming(Noun):
    """An article on its way into the cache, with what is known of where it came from."""

    guid: str | None
    """The publisher's own id of it, verbatim."""
    cleaned: Cleaned
    raw: bytes | None = None
    """What it was cleaned from, to be cleaned again one day."""
    url: str | None = None
    """Where the bytes came from; the article's own address is `cleaned.url`."""
    name: str | None = None
    content_type: str | None = None
    title: str | None = None
    """What whoever listed it calls it."""
    unread: bool = True
    starred: bool = False
    tags: tuple[str, ...] = ()
    note: str | None = None
    highlights: tuple[Marked, ...] = ()
    seen: datetime | None = None
    """When it first came, if not now."""
    starred_at: datetime | None = None
    site: str | None = None
    """The host whose pages share the lines in `prints`."""
    prints: frozenset[int] = frozenset()
    """Its lines (`reader.clean.line_prints`), for the pages of its site that come later."""
    rivals: Mapping[str, None] = MappingProxyType({})
    """What the entries of its document are known by, in its order: it is no other of them."""
    is_fuller: bool = False
    """The whole of a text of which the cache has the beginning: not a change of it."""
    is_headline: bool = False
    """Nothing is said of its text: the one that is here stays."""

    @property
    def is_marked(self) -> bool:
        """Did a person star, tag, note or highlight it elsewhere?"""
        return bool(self.starred or self.tags or self.note or self.highlights)
