"""What a person marked elsewhere, put to articles that an import brings or meets."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace

from reader.store import highlights
from reader.store.gating import line, prose
from reader.store.incoming import Incoming
from reader.store.times import seconds

PUT_BOOKMARK = """INSERT INTO bookmark(article, starred_at, note) VALUES (?, ?, ?)
    ON CONFLICT(article) DO UPDATE SET starred_at = coalesce(excluded.starred_at, starred_at),
        note = coalesce(excluded.note, note)"""
BOOKMARK = "SELECT starred_at, note FROM bookmark WHERE article = ?"
TAGS = "SELECT name FROM tag WHERE article = ?"
QUOTES = "SELECT quote, start FROM highlight WHERE article = ?"


def put(conn: sqlite3.Connection, id: int, incoming: Incoming, seen: int) -> None:
    """Star, note, tag and highlight an article as it was elsewhere."""
    note = prose(incoming.note).strip() or None
    if incoming.starred or note:
        at = seconds(incoming.starred_at) if incoming.starred_at else seen
        conn.execute(PUT_BOOKMARK, (id, at if incoming.starred else None, note))
    if incoming.starred:
        conn.execute("UPDATE article SET starred = 1 WHERE id = ?", (id,))
    for tag in dict.fromkeys(filter(None, map(line, incoming.tags))):
        conn.execute("INSERT OR IGNORE INTO tag(name, article) VALUES (?, ?)", (tag, id))
    for marked in incoming.highlights:
        if row := highlights.row_of(id, marked, seen):
            highlights.put(conn, row)


def put_lacking(
    conn: sqlite3.Connection, id: int, incoming: Incoming, seen: int
) -> tuple[str, ...]:
    """Put those marks that an article has not; the words for them. What was written here stays."""
    if not incoming.is_marked:
        return ()
    lacking = _lacking(conn, id, incoming)
    put(conn, id, lacking, seen)
    return tuple(_words(lacking))


def _lacking(conn: sqlite3.Connection, id: int, incoming: Incoming) -> Incoming:
    starred_at, note = conn.execute(BOOKMARK, (id,)).fetchone() or (None, None)
    tags = {name.casefold() for (name,) in conn.execute(TAGS, (id,))}
    quotes = set(conn.execute(QUOTES, (id,)))
    return replace(
        incoming,
        starred=incoming.starred and starred_at is None,
        note=None if note else prose(incoming.note).strip() or None,
        tags=tuple(tag for tag in map(line, incoming.tags) if tag and tag.casefold() not in tags),
        highlights=tuple(
            marked
            for marked in incoming.highlights
            if (row := highlights.row_of(id, marked, 0)) and (row[2], row[4]) not in quotes
        ),
    )


def _words(marks: Incoming) -> Iterator[str]:
    if marks.starred:
        yield "starred"
    if marks.tags:
        yield "tagged"
    if marks.note:
        yield "noted"
    if marks.highlights:
        yield "highlighted"
