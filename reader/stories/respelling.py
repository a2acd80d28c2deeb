"""Articles that an older version indexed by other words are indexed anew.

It took vowel signs (Devanagari, Thai) for no letters, and compared the words of languages that bend
them by their forms. Which articles those are is looked for from the newest down, a few to a
transaction; how far it came is kept, and goes on from there. Their words are counted before the
first is indexed: else they would all be rare to the newest, which matter most.
"""

from __future__ import annotations

import math
import sqlite3
import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from reader.store.states import RECOUNTED_TO, RESPELLED_TO, put
from reader.stories import keeping
from reader.stories.features import LANGUAGE_CHARACTERS, language_at
from reader.text.spelled import has_marks
from reader.text.stems import stemmer
from reader.text.terms import language_of

if TYPE_CHECKING:
    from reader.store import Cache

LOOKED_AT_ONCE = 200
INDEXED_AT_ONCE = 10
NEXT = """SELECT v.id, a.title, substr(b.text, 1, ?2)
    FROM article_vec v INDEXED BY article_vec_day
    JOIN article a ON a.id = v.id JOIN body b ON b.id = v.id
    LEFT JOIN story_facts f ON f.article = v.id
    WHERE v.id < ?1 AND f.lang IS NOT 'en' ORDER BY v.id DESC LIMIT ?3"""
"""Of English, which most are in, nothing has changed."""


def respell(cache: Cache, ends: float = math.inf) -> None:
    """Index them anew until a moment of this process's time, or until all are done with."""
    if _through(cache, RECOUNTED_TO, keeping.count_anew, ends):
        _through(cache, RESPELLED_TO, keeping.index_anew, ends)


def _through(
    cache: Cache,
    state: str,
    do: Callable[[sqlite3.Connection, Sequence[int]], None],
    ends: float,
) -> bool:
    """Do this with them from where a state says that it ended; whether all are done."""
    while not cache.readonly and (below := cache.states.get(state)):
        rows = cache.read(NEXT, (below, LANGUAGE_CHARACTERS, LOOKED_AT_ONCE))
        others = [id for id, title, text in rows if _has_other_words(title, text)]
        for start in range(0, len(others), INDEXED_AT_ONCE):
            if time.process_time() >= ends:
                return False
            part = others[start : start + INDEXED_AT_ONCE]
            with cache.write() as conn:
                do(conn, part)
                put(conn, state, part[-1])
        cache.states.keep(state, rows[-1][0] if rows else None)
        if time.process_time() >= ends:
            return False
    return True


def _has_other_words(title: str, beginning: str) -> bool:
    if has_marks(title) or has_marks(beginning):
        return True
    return stemmer(language_at(beginning) or language_of(title)) is not None
