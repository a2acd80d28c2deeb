"""The articles of a cache: keeping what arrives, listing, opening one."""

from __future__ import annotations

import json
from array import array
from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from reader.errors import CacheCorrupt, NothingFound
from reader.model import (
    Anchor,
    Arrival,
    Article,
    ArticleId,
    Cleaned,
    Counts,
    Document,
    Headline,
    Related,
    Revision,
    SourceId,
    View,
    When,
)
from reader.store import lists, shown
from reader.store.incoming import Incoming
from reader.store.times import moment

if TYPE_CHECKING:
    from reader.store.cache import Cache

BODY = """
    SELECT b.text, b.markdown, a.url, b.authors, b.modified, b.cached_at, b.section, a.lang, b.kind,
        b.related, b.quality, b.warnings, a.seen, k.note
    FROM article a JOIN body b ON b.id = a.id LEFT JOIN bookmark k ON k.article = a.id
    WHERE a.id = ? AND a.hidden = 0"""
TAGS = "SELECT name FROM tag WHERE article = ? ORDER BY name"
RAW = "SELECT packed, url, name, content_type, title FROM raw WHERE id = ?"
REVISIONS = """
    SELECT number, seen, title, text, markdown FROM revision WHERE article = ?1
    UNION ALL SELECT a.edits + 1, a.changed, a.title, b.text, b.markdown
        FROM article a JOIN body b ON b.id = a.id WHERE a.id = ?1
    ORDER BY 1"""
POSITION = "SELECT block, offset, quote FROM position WHERE article = ?"
KEEP_POSITION = """INSERT OR REPLACE INTO position(article, block, offset, quote)
    SELECT id, ?, ?, ? FROM article WHERE id = ?"""
LINES = """SELECT print, count(*) FROM site_line
    WHERE site = ? AND print IN (SELECT value FROM json_each(?)) AND article IS NOT ?
    GROUP BY print"""


class Articles:
    """The articles of a cache."""

    def __init__(self, cache: Cache) -> None:
        self._cache = cache
        self._merges_seldom = False

    def keep(self, source: SourceId, incoming: Incoming) -> Arrival:
        """Put an arriving article where it belongs; inside `Cache.write` it is part of that, and
        what fails takes all of that back."""
        [arrival] = self.keep_all(source, [incoming])
        return arrival

    def keep_all(self, source: SourceId, many: Sequence[Incoming]) -> list[Arrival]:
        """The same with several of one source, which costs less than one after the other."""
        from reader.store import arrivals

        if (conn := self._cache.writing()) is None:
            with self._cache.write():
                return self.keep_all(source, many)
        if not self._merges_seldom:
            arrivals.merge_seldom(conn)
            self._merges_seldom = True
        return arrivals.keep_all(conn, source, many)

    def replace(
        self,
        id: ArticleId,
        cleaned: Cleaned,
        site: str | None = None,
        prints: frozenset[int] | None = None,
    ) -> Arrival:
        """Give an article the text that was made anew of the same bytes; no revision."""
        from reader.store import arrivals

        with self._cache.write() as conn:
            self.get(id)
            if prints is not None:
                arrivals.remember_lines(conn, id, site, prints)
            return arrivals.replace(conn, id, cleaned)

    def ids(
        self, view: View, *, limit: int | None = None, after: ArticleId | None = None
    ) -> array[int]:
        """The articles of a view, newest first; the next `limit` that follow `after`.

        A view of kind `query` is for `reader.library`, which knows the query language.
        """
        return lists.ids(self._cache, view, limit, after)

    def headlines(self, ids: Iterable[int]) -> list[Headline]:
        """The headlines of these articles, in this order; what is gone is left out."""
        return lists.headlines(self._cache, ids)

    def counts(self) -> Counts:
        """The numbers of the source list."""
        return lists.counts(self._cache)

    def get(self, id: ArticleId) -> Article:
        """The article with its body. Raises NothingFound."""
        headlines = self.headlines([id])
        row = self._cache.row(BODY, (id,))
        if not headlines or row is None:
            raise NothingFound(f"there is no article {id}")
        tags = tuple(name for (name,) in self._cache.read(TAGS, (id,)))
        return _article(headlines[0], row, tags)

    def text_read(self, id: ArticleId) -> str:
        """What of a read article's text the person has read; "" if there is no such article."""
        return shown.text_read(self._cache.reader(), id)

    def raw(self, id: ArticleId) -> Document | None:
        """What the article was cleaned from, if it was kept. Raises CacheCorrupt."""
        row = self._cache.row(RAW, (id,))
        if row is None:
            return None
        import zlib

        packed, url, name, content_type, title = row
        try:
            body = zlib.decompress(packed)
        except zlib.error as error:
            raise CacheCorrupt(self._cache.path, f"the page of article {id}: {error}") from error
        return Document(body, url=url, name=name, content_type=content_type, title=title)

    def revisions(self, id: ArticleId) -> list[Revision]:
        """Every text of the article, the oldest first, the present one last."""
        return [
            Revision(number, moment(seen), title, text, markdown)
            for number, seen, title, text, markdown in self._cache.read(REVISIONS, (id,))
        ]

    def position(self, id: ArticleId) -> Anchor | None:
        """Where the person stopped reading."""
        row = self._cache.row(POSITION, (id,))
        return Anchor(*row) if row else None

    def keep_position(self, id: ArticleId, anchor: Anchor) -> None:
        """Remember where the person stopped reading; no more than that if only readable."""
        if self._cache.readonly:
            return
        with self._cache.write() as conn:
            conn.execute(KEEP_POSITION, (anchor.block, anchor.offset, anchor.quote, id))

    def line_counts(
        self, site: str, prints: Collection[int], but: ArticleId | None = None
    ) -> dict[int, int]:
        """How many articles of a site, `but` one, hold each of these lines."""
        return dict(self._cache.read(LINES, (site, json.dumps(list(prints)), but)))


def _article(headline: Headline, row: tuple[Any, ...], tags: tuple[str, ...]) -> Article:
    text, markdown, url, authors, modified, cached_at, section, language, kind, *rest = row
    related, quality, warnings, seen, note = rest
    return Article(
        headline=headline,
        text=text,
        markdown=markdown,
        url=url,
        authors=tuple(authors.split("\n")) if authors else (),
        modified=When(modified) if modified else None,
        cached_at=When(cached_at) if cached_at else None,
        section=section,
        language=language,
        kind=kind,
        related=tuple(Related(*each) for each in json.loads(related or "[]")),
        quality=quality,
        warnings=tuple(json.loads(warnings or "[]")),
        seen=moment(seen),
        tags=tags,
        note=note,
    )
