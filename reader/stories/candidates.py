"""Finding what may be like an article by its rarest terms and its shingles, at a bounded cost."""

import sqlite3

from reader.stories.rarity import articles_with
from reader.stories.vectors import Vector

SHARING = """
    SELECT id FROM shingle WHERE h IN (SELECT value FROM json_each(?1))
    GROUP BY id HAVING count(*) >= ?2 ORDER BY count(*) DESC LIMIT ?3"""


def affordable(conn: sqlite3.Connection, own: Vector, most: int) -> dict[int, int]:
    """The weights of the posted terms, the rarest of them, as many as `most` postings stand for."""
    posted = dict(zip(own.body.numbers[: own.posted], own.body.weights, strict=False))
    met = articles_with(conn, posted)
    chosen: dict[int, int] = {}
    read = 0
    for h in sorted(posted, key=lambda h: met.get(h, 0)):
        read += met.get(h, 0)
        if read > most and chosen:
            break
        chosen[h] = posted[h]
    return chosen
