"""Letting old articles of feeds go, so that a cache does not grow for ever.

What a person starred, noted, tagged or highlighted never goes. What goes leaves a tombstone, so
that a feed which still lists it does not bring it back.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable

from reader.model import ArticleId, SourceId
from reader.store import tally
from reader.store.arrivals import UNINDEX
from reader.store.identity import storable, told

MARKED = """(a.starred = 1 OR EXISTS (SELECT 1 FROM bookmark WHERE article = a.id)
    OR EXISTS (SELECT 1 FROM tag WHERE article = a.id)
    OR EXISTS (SELECT 1 FROM highlight WHERE article = a.id))"""
"""Of an `article a`: a person starred, noted, tagged or highlighted it, and it is never let go."""
EXPIRED = f"""
    SELECT id, key, unread, title, published, sorted_at FROM (
        SELECT id, key, unread, title, published, sorted_at, seen,
            row_number() OVER (ORDER BY sorted_at DESC, id DESC) AS place
        FROM article a WHERE source = ?1 AND hidden = 0 AND NOT {MARKED})
    WHERE seen < ?2 OR place > ?3 LIMIT ?4"""
BURY = "INSERT OR REPLACE INTO tombstone(source, key, at) VALUES (?, ?, ?)"
MOST = 9_000_000_000_000
AT_ONCE = 500
"""Articles of one transaction."""


def expire(
    conn: sqlite3.Connection,
    source: SourceId,
    now: int,
    *,
    before: int | None,
    most: int | None,
    forget: Callable[[sqlite3.Connection, ArticleId], None],
    limit: int = AT_ONCE,
) -> int:
    """Let go what came before a moment, and all but the newest `most`; how many went.

    At most `limit` at once, in the caller's transaction. `forget` is told of each article.
    """
    asked = (source, before or 0, most if most is not None else MOST, limit)
    expired = conn.execute(EXPIRED, asked).fetchall()
    for id, key, _, title, published, stamp in expired:
        forget(conn, id)
        conn.execute(UNINDEX, (id,))
        bury(conn, source, filter(None, (key, told(title, published, stamp))), now)
        conn.execute("DELETE FROM article WHERE id = ?", (id,))
    unread = [source for _, _, was_unread, *_ in expired if was_unread]
    tally.adjust(conn, [source] * len(expired), unread, -1)
    return len(expired)


def bury(conn: sqlite3.Connection, source: SourceId, keys: Iterable[str], at: int) -> None:
    """Remember that what has these keys is gone from a source, as of a moment, in the caller's
    transaction: a feed does not bring it again."""
    conn.executemany(BURY, ((source, storable(key), at) for key in keys))
