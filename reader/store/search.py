"""Finding articles by a selection: full text, conditions, or both.

Ordering all matches of a common word by relevance takes seconds at a million articles, so `new`
and `blend` look at the newest WINDOW matches only; ids follow arrival, and the index gives them
back from the newest. `rank` looks at all.
"""

from __future__ import annotations

import json
import threading
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from reader import clock
from reader.model import ArticleId, Hit
from reader.store import lists
from reader.store.snippets import Finder, folded, holds
from reader.store.times import seconds

if TYPE_CHECKING:
    from reader.store.cache import Cache

WINDOW = 1000
"""Newest matches that `new` and `blend` look at (measured: 5 ms at 100,000 articles)."""
LITERAL_WINDOW = 200
"""The same where each match's text has to be read."""
HALF_LIFE_DAYS = 30.0
"""Age at which an article has to match twice as well to stand as high as one of today."""
TEXTS = "SELECT id, text FROM body WHERE id IN (SELECT value FROM json_each(?))"
WEIGHTS = "4.0, 2.0, 1.0"
"""Of title, authors and text in bm25."""


@dataclass(frozen=True, slots=True)
class Selection:
    """What to look for, ready for SQLite; `reader.query` makes it of what a person types."""

    match: str | None = None
    """An FTS5 expression of quoted words, or None where no words are asked for."""
    where: str = "1"
    """A condition over `article a` and, where `literal`, `body b`."""
    parameters: tuple[Any, ...] = ()
    literal: bool = False
    """Does the condition read texts?"""
    finder: Finder = Finder(())  # noqa: RUF009 - frozen and empty


class Search:
    """Questions to a cache in the form of selections."""

    def __init__(self, cache: Cache) -> None:
        self._cache = cache
        self._ready = threading.local()

    def ids(
        self, selection: Selection, limit: int | None = None, after: ArticleId | None = None
    ) -> array[int]:
        """All articles selected, newest first; the next `limit` that follow `after`."""
        sql, parameters = _from(selection)
        if after is not None:
            sql, parameters = f"{sql} AND {lists.AFTER}", [*parameters, after]
        parameters.append(-1 if limit is None else limit)
        rows = self._ask(f"SELECT a.id {sql} {lists.ORDER} LIMIT ?", parameters)
        return array("q", [id for (id,) in rows])

    def hits(self, selection: Selection, limit: int, order: str) -> list[Hit]:
        """The first `limit` articles selected, by `order`: `new`, `blend` or `rank`."""
        ids = self._ordered(selection, limit, order)
        headlines = self._cache.articles.headlines(ids)
        texts: dict[int, str] = dict(self._ask(TEXTS, [json.dumps(list(ids))]))
        return [
            Hit(headline, *selection.finder.snippet(texts.get(headline.id, "")))
            for headline in headlines
        ]

    def _ordered(self, selection: Selection, limit: int, order: str) -> Sequence[int]:
        if selection.match is None:
            return self.ids(selection, limit)
        sql, parameters = _from(selection)
        if order == "rank":
            by = f"ORDER BY bm25(fts, {WEIGHTS}) LIMIT ?"
            return [id for (id,) in self._ask(f"SELECT a.id {sql} {by}", [*parameters, limit])]
        window = max(limit, LITERAL_WINDOW if selection.literal else WINDOW)
        score = f"bm25(fts, {WEIGHTS})" if order == "blend" else "0"
        rows = self._ask(
            f"SELECT a.id, a.sorted_at, {score} {sql} ORDER BY fts.rowid DESC LIMIT ?",
            [*parameters, window],
        )
        if order == "blend":
            now = seconds(clock.now())
            rows.sort(key=lambda row: (-_blended(row[2], now - row[1]), -row[1], -row[0]))
        else:
            rows.sort(key=lambda row: (row[1], row[0]), reverse=True)
        return [row[0] for row in rows[:limit]]

    def _ask(self, sql: str, parameters: list[Any]) -> list[Any]:
        """All rows, with the functions at hand that conditions may call."""
        conn = self._cache.reader()
        if getattr(self._ready, "conn", None) is not conn:
            conn.create_function("holds", 3, holds, deterministic=True)
            conn.create_function("folded", 1, folded, deterministic=True)
            self._ready.conn = conn
        return self._cache.read(sql, parameters)


def _blended(bm25: float, age_seconds: int) -> float:
    """Relevance that halves with age; bm25 is the better the more negative it is."""
    return float(-bm25 / (1.0 + max(age_seconds, 0) / 86_400 / HALF_LIFE_DAYS))


def _from(selection: Selection) -> tuple[str, list[Any]]:
    """FROM and WHERE. CROSS JOIN: not to walk the articles and ask the index about each."""
    tables = "article a" + (" CROSS JOIN body b ON b.id = a.id" if selection.literal else "")
    where = f"a.hidden = 0 AND {selection.where}"
    if selection.match is None:
        return f"FROM {tables} WHERE {where}", list(selection.parameters)
    join = f"FROM fts CROSS JOIN {tables.replace('article a', 'article a ON a.id = fts.rowid')}"
    return f"{join} WHERE fts MATCH ? AND {where}", [selection.match, *selection.parameters]
