"""A library of one's own, and a press that fills it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from reader.library import Library
from reader.model import Arrival, ArticleId, Cleaned, Source, SourceKind
from reader.store import Incoming

sys.path.insert(0, str(Path(__file__).parent))


@dataclass
class Press:
    """A source that publishes what a test wants to read."""

    library: Library
    source: Source

    def publish(
        self,
        guid: str | None = None,
        text: str = "Nothing happened today.",
        title: str | None = "A quiet day",
        *,
        raw: bytes | None = None,
        unread: bool = True,
        starred: bool = False,
        tags: tuple[str, ...] = (),
        note: str | None = None,
        **facts: Any,
    ) -> Arrival:
        cleaned = Cleaned(title, text, facts.pop("markdown", text), "html", **facts)
        incoming = Incoming(
            guid, cleaned, raw=raw, unread=unread, starred=starred, tags=tags, note=note
        )
        return self.library.cache.articles.keep(self.source.id, incoming)

    def id_of(self, guid: str, **kwargs: Any) -> ArticleId:
        """Publish, and the id it got."""
        arrival = self.publish(guid, **kwargs)
        assert arrival.id is not None
        return arrival.id

    def another(self, url: str, kind: SourceKind = SourceKind.FEED, **facts: Any) -> Press:
        return Press(self.library, self.library.cache.sources.add(kind, url, url, **facts))


@pytest.fixture
def cache_path(tmp_path: Path) -> Path:
    return tmp_path / "home" / "broadsheet.db"


@pytest.fixture
def library(cache_path: Path) -> Iterator[Library]:
    with Library.open(cache_path) as opened:
        yield opened


@pytest.fixture
def press(library: Library) -> Press:
    source = library.cache.sources.add(SourceKind.FEED, "https://gazette.invalid/f", "The Gazette")
    return Press(library, source)
