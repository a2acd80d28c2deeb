"""Articles that an older version indexed by shards of their words are indexed anew.

It took vowel signs (Devanagari, Thai) for no letters. Which articles have some is looked for from
the newest down, a few to a transaction; how far it came is kept, and goes on from there.
"""

from __future__ import annotations

import math
import time
from typing import TYPE_CHECKING

from reader.store.states import RESPELLED_TO, put
from reader.stories import keeping
from reader.text.spelled import SAMPLE_CHARACTERS, has_marks

if TYPE_CHECKING:
    from reader.store import Cache

LOOKED_AT_ONCE = 200
INDEXED_AT_ONCE = 10
NEXT = """SELECT a.id, a.title, substr(b.text, 1, ?2) FROM article_vec v
    JOIN article a ON a.id = v.id JOIN body b ON b.id = v.id
    WHERE v.id < ?1 ORDER BY v.id DESC LIMIT ?3"""


def respell(cache: Cache, ends: float = math.inf) -> None:
    """Index them anew until a moment of this process's time, or until all are done with."""
    while not cache.readonly and (below := cache.states.get(RESPELLED_TO)):
        rows = cache.read(NEXT, (below, SAMPLE_CHARACTERS, LOOKED_AT_ONCE))
        shards = [id for id, title, text in rows if has_marks(title) or has_marks(text)]
        for start in range(0, len(shards), INDEXED_AT_ONCE):
            if time.process_time() >= ends:
                return
            part = shards[start : start + INDEXED_AT_ONCE]
            with cache.write() as conn:
                keeping.index_anew(conn, part)
                put(conn, RESPELLED_TO, part[-1])
        cache.states.keep(RESPELLED_TO, rows[-1][0] if rows else None)
        if time.process_time() >= ends:
            return
