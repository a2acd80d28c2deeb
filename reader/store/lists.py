"""Which articles a view shows, and their headlines: questions that cost the same at any size."""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from reader import clock
from reader.model import ArticleId, Counts, Headline, SourceId, View, When
from reader.store.times import seconds

if TYPE_CHECKING:
    from reader.store.cache import Cache

ORDER = "ORDER BY a.sorted_at DESC, a.id DESC"
AFTER = "(a.sorted_at, a.id) < (SELECT sorted_at, id FROM article WHERE id = ?)"
FIELDS = """a.id, a.guid, a.title, a.source, s.title, a.site, a.published, a.sorted_at, a.unread,
    a.starred, a.story, a.words, a.minutes, a.summary, a.edits, a.read_revision"""
"""What `headline` makes one of, over `article a` and its `source s`."""
HEADLINES = f"""SELECT {FIELDS}
    FROM article a JOIN source s ON s.id = a.source
    WHERE a.id IN (SELECT value FROM json_each(?)) AND a.hidden = 0"""
COUNTS = "SELECT id, articles, unread, removed FROM source"
"""Of a removed source there may be articles that were kept."""
UNREAD_SINCE = """SELECT count(*) FROM article
    WHERE unread = 1 AND hidden = 0 AND sorted_at >= ?"""
STARRED = "SELECT count(*) FROM article WHERE starred = 1 AND hidden = 0"


def condition(view: View) -> tuple[str, list[Any]]:
    """What the articles of a view have in common, as SQL over `article a`."""
    match view.kind:
        case "all":
            return "a.hidden = 0", []
        case "unread":
            return "a.unread = 1 AND a.hidden = 0", []
        case "starred":
            return "a.starred = 1 AND a.hidden = 0", []
        case "today":
            return "a.unread = 1 AND a.hidden = 0 AND a.sorted_at >= ?", [midnight()]
        case "source":
            return "a.source = ? AND a.hidden = 0", [view.value]
        case "folder":
            # The plus keeps SQLite on the index of the order; it would sort a folder otherwise.
            return (
                """+a.source IN (SELECT id FROM source WHERE folder = ? AND removed = 0)
                AND a.hidden = 0""",
                [view.value],
            )
    raise ValueError(f"no such view: {view.kind}")


def midnight() -> int:
    """When today began where the person is."""
    local = clock.now().astimezone()
    return seconds(local.replace(hour=0, minute=0, second=0, microsecond=0))


def ids(
    cache: Cache, view: View, limit: int | None = None, after: ArticleId | None = None
) -> array[int]:
    """The articles of a view, newest first; the next `limit` that follow `after`."""
    where, parameters = condition(view)
    if after is not None:
        where, parameters = f"{where} AND {AFTER}", [*parameters, after]
    sql = f"SELECT a.id FROM article a WHERE {where} {ORDER} LIMIT ?"
    rows = cache.read(sql, [*parameters, -1 if limit is None else limit])
    return array("q", [id for (id,) in rows])


def headlines(cache: Cache, wanted: Iterable[int]) -> list[Headline]:
    """The headlines of these articles, in this order; what is gone is left out."""
    order = list(wanted)
    found = {row[0]: row for row in cache.read(HEADLINES, (json.dumps(order),))}
    return [headline(found[id]) for id in order if id in found]


def headline(row: tuple[Any, ...]) -> Headline:
    id, guid, title, source_id, source, site, published, sorted_at, unread, starred, *rest = row
    story, words, minutes, summary, edits, read_revision = rest
    return Headline(
        ArticleId(id),
        guid,
        title,
        SourceId(source_id),
        source,
        site,
        When(published) if published else None,
        datetime.fromtimestamp(sorted_at, UTC),
        bool(unread),
        bool(starred),
        story,
        words,
        minutes,
        summary,
        edits,
        read_revision,
    )


def counts(cache: Cache) -> Counts:
    """The numbers of the source list."""
    sources = cache.read(COUNTS)
    [(today,)] = cache.read(UNREAD_SINCE, (midnight(),))
    [(starred,)] = cache.read(STARRED)
    return Counts(
        all=sum(articles for _, articles, _, _ in sources),
        unread=sum(unread for _, _, unread, _ in sources),
        today=today,
        starred=starred,
        unread_by_source={SourceId(id): unread for id, _, unread, gone in sources if not gone},
    )


def newest_id(conn: sqlite3.Connection) -> int:
    """The article that came last."""
    [found] = conn.execute("SELECT coalesce(max(id), 0) FROM article").fetchone()
    return int(found)
