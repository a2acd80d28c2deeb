"""What the person highlighted: pieces of a text, kept by their words and not by where they stand.

A highlight is the words themselves, what stands before them, and a first guess of where; so it is
found again in a text that was cleaned anew, and stays readable where it is not.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import TYPE_CHECKING

from reader.model import ArticleId, Highlight, Marked
from reader.store.times import moment, seconds
from reader.text import safe

if TYPE_CHECKING:
    from reader.store.cache import Cache

TABLES = """
CREATE TABLE highlight(
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    article INTEGER NOT NULL REFERENCES article(id) ON DELETE CASCADE,
    quote TEXT NOT NULL,
    before TEXT NOT NULL,
    start INTEGER NOT NULL,
    note TEXT,
    made_at INTEGER NOT NULL
) STRICT;
CREATE INDEX highlight_article ON highlight(article);
"""
COLUMNS = "h.id, h.article, h.quote, h.before, h.start, h.note, h.made_at"
ALL = f"""SELECT {COLUMNS} FROM highlight h JOIN article a ON a.id = h.article
    WHERE a.hidden = 0 ORDER BY h.made_at DESC, h.id DESC"""
OF_ARTICLE = f"SELECT {COLUMNS} FROM highlight h WHERE h.article = ? ORDER BY h.start, h.id"
ONE = f"SELECT {COLUMNS} FROM highlight h WHERE h.id = ?"
PUT = """INSERT INTO highlight(id, article, quote, before, start, note, made_at)
    SELECT ?, id, ?, ?, ?, ?, ? FROM article WHERE id = ?"""
LONGEST = 100_000
"""Letters of a highlight; more is an article."""
LONGEST_BEFORE = 64

Row = tuple[int | None, int, str, str, int, str | None, int]
"""As the columns: a JSON list in the journal. The id is None for one that is new."""


class Highlights:
    """The highlights of a cache."""

    def __init__(self, cache: Cache) -> None:
        self._cache = cache

    def all(self) -> list[Highlight]:
        """Every highlight of the articles that are listed, the last made first."""
        return [_highlight(row) for row in self._cache.read(ALL)]

    def of(self, id: ArticleId) -> list[Highlight]:
        """Those of an article, in the order of its text."""
        return [_highlight(row) for row in self._cache.read(OF_ARTICLE, (id,))]


def row_of(id: int, marked: Marked, made_at: int) -> Row | None:
    """What is to be kept of a highlight, passed through the gate; None if it says nothing."""
    quote = str(safe.prose(marked.quote))[:LONGEST].strip()
    if not quote:
        return None
    note = str(safe.prose(marked.note)).strip() or None if marked.note else None
    before = str(safe.line(marked.before))[-LONGEST_BEFORE:]
    at = seconds(marked.made_at) if marked.made_at else made_at
    return (None, id, quote, before, max(0, marked.start), note, at)


def put(conn: sqlite3.Connection, row: Iterable[object]) -> int:
    """Add one, or bring it back with the number it had; the number."""
    id, article, quote, before, start, note, made_at = row
    added = conn.execute(PUT, (id, quote, before, start, note, made_at, article))
    return int(added.lastrowid or 0)


def find(conn: sqlite3.Connection, id: int) -> Row | None:
    """One by its number."""
    row: Row | None = conn.execute(ONE, (id,)).fetchone()
    return row


def drop(conn: sqlite3.Connection, id: int) -> Row | None:
    """Take one away; what it was."""
    row = find(conn, id)
    conn.execute("DELETE FROM highlight WHERE id = ?", (id,))
    return row


def set_note(conn: sqlite3.Connection, id: int, note: str | None) -> None:
    """Write a note to one, or take it away."""
    conn.execute("UPDATE highlight SET note = ? WHERE id = ?", (note, id))


def _highlight(row: tuple[int, int, str, str, int, str | None, int]) -> Highlight:
    id, article, quote, before, start, note, made_at = row
    return Highlight(id, ArticleId(article), Marked(quote, before, start, note, moment(made_at)))
