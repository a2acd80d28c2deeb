"""Finding what may be like an article by its rarest terms and its shingles, at a bounded cost."""

import sqlite3
from collections.abc import Mapping

from reader.store import postings
from reader.stories.rarity import articles_with
from reader.stories.vectors import Vector

SHARING = """
    SELECT id FROM shingle WHERE h IN (SELECT value FROM json_each(?1))
    GROUP BY id HAVING count(*) >= ?2 ORDER BY count(*) DESC LIMIT ?3"""


def following(conn: sqlite3.Connection, own: Vector, most: int) -> dict[int, int]:
    """The articles that share a term with one, and how much they share of it, also itself.

    Its rarest terms are followed, as many as `most` postings stand for.
    """
    return postings.sums(conn, _affordable(conn, own, most))


def best(shared: Mapping[int, int], most: int) -> list[int]:
    """The articles that share most, in that order."""
    least = sorted(shared.values())[-most] if len(shared) > most else 0
    chosen = [id for id, much in shared.items() if much >= least]
    return sorted(chosen, key=lambda id: (-shared[id], id))[:most]


def _affordable(conn: sqlite3.Connection, own: Vector, most: int) -> dict[int, int]:
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
