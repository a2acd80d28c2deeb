"""Summaries as they were last made, so that a list does not read a text twice.

Kept for what they were made of (`basis`): an article that changed since has none.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from reader.errors import CacheBusy
from reader.model import ArticleId, Summary

if TYPE_CHECKING:
    from reader.store.cache import Cache

MADE_BY = 3
"""Goes up by one when summaries are made in another way."""

TABLES = """
ALTER TABLE article ADD COLUMN read_revision INTEGER;

CREATE TABLE digest(
    article INTEGER PRIMARY KEY REFERENCES article(id) ON DELETE CASCADE,
    basis BLOB NOT NULL,
    made_by INTEGER NOT NULL,
    summary TEXT NOT NULL,
    own INTEGER NOT NULL
) STRICT;
"""
KEPT = """SELECT d.article, d.summary, d.own FROM digest d JOIN article a ON a.id = d.article
    WHERE d.article IN (SELECT value FROM json_each(?)) AND d.basis = a.record
        AND d.made_by = ?"""
TEXTS = """SELECT a.id, a.record, a.title, a.summary, a.lang, substr(b.text, 1, ?)
    FROM article a JOIN body b ON b.id = a.id
    WHERE a.id IN (SELECT value FROM json_each(?)) AND a.hidden = 0"""
KEEP = """INSERT OR REPLACE INTO digest(article, basis, made_by, summary, own)
    SELECT id, record, ?, ?, ? FROM article WHERE id = ? AND record = ?"""


class Text(NamedTuple):
    """What a summary is made of."""

    id: int
    record: bytes
    title: str
    said: str | None
    """The source's summary, whatever it is worth."""
    language: str | None
    text: str


def kept(cache: Cache, ids: Iterable[int]) -> dict[ArticleId, Summary]:
    """The summaries that were made of these articles as they are."""
    rows = cache.read(KEPT, (json.dumps(list(ids)), MADE_BY))
    return {ArticleId(id): Summary(summary, bool(own)) for id, summary, own in rows}


def texts(cache: Cache, ids: Iterable[int], characters: int) -> list[Text]:
    """What to make summaries of these articles of: as much of each text."""
    return [Text._make(row) for row in cache.read(TEXTS, (characters, json.dumps(list(ids))))]


def keep(cache: Cache, made: Mapping[ArticleId, tuple[bytes, Summary]]) -> None:
    """Keep summaries with the record that each was made of. Where nothing can be written now they
    will be made again."""
    if cache.readonly or not made:
        return
    rows = [(MADE_BY, s.text, s.is_own, id, record) for id, (record, s) in made.items()]
    try:
        with cache.write() as conn:
            conn.executemany(KEEP, rows)
    except CacheBusy:
        return
