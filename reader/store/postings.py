"""Which articles have a term, and how much it weighs in each, packed to be read by thousands.

A row holds what one term has among `BLOCK` articles that came one after the other: of each its
place in the block and the weight, two bytes each, in no order. Term and block are one number, the
key, so that all of a term lie together. A row for each posting took ten times as long to add up.
"""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from struct import Struct

TABLES = "CREATE TABLE posted(key INTEGER PRIMARY KEY, packed BLOB NOT NULL) STRICT;"

BLOCK = 4096
"""At two bytes for a place up to 65,536; so a row of a common term still fits in a page or two."""
BLOCK_BITS = 30
"""Of a key, below the 32 bits of the term."""

READ = """
    SELECT p.key, p.packed FROM json_each(?1) q
    JOIN posted p ON p.key BETWEEN q.value << 30 AND (q.value << 30) + 1073741823"""
ROWS = "SELECT key, packed FROM posted WHERE key IN (SELECT value FROM json_each(?))"
WRITE = "INSERT OR REPLACE INTO posted(key, packed) VALUES (?, ?)"
EMPTY = "DELETE FROM posted WHERE key = ?"
OLD = "SELECT h, id, w FROM posting ORDER BY h, id"

_PAIR = Struct("<HH")
_IN_ROW = (1 << BLOCK_BITS) - 1

Posting = tuple[int, int, int]
"""Term, article and weight."""


def add(conn: sqlite3.Connection, postings: Iterable[Posting]) -> None:
    """Note postings of articles that have none yet, in the caller's transaction."""
    fresh: defaultdict[int, bytearray] = defaultdict(bytearray)
    for term, article, weight in postings:
        fresh[_key(term, article)] += _PAIR.pack(article % BLOCK, weight)
    before = dict(conn.execute(ROWS, (json.dumps(list(fresh)),)))
    # In the order of the table: neighbours share pages.
    conn.executemany(WRITE, [(key, before.get(key, b"") + fresh[key]) for key in sorted(fresh)])


def remove(conn: sqlite3.Connection, article: int, terms: Iterable[int]) -> None:
    """Take an article out from under terms, in the caller's transaction."""
    keys = json.dumps([_key(term, article) for term in terms])
    place = article % BLOCK
    for key, packed in conn.execute(ROWS, (keys,)).fetchall():
        left = b"".join(_PAIR.pack(*pair) for pair in _PAIR.iter_unpack(packed) if pair[0] != place)
        conn.execute(*((WRITE, (key, left)) if left else (EMPTY, (key,))))


def sums(conn: sqlite3.Connection, weight_of: Mapping[int, int]) -> dict[int, int]:
    """For each article that has one of the terms the product of its weights and these, summed."""
    found: dict[int, int] = {}
    so_far = found.get  # a quarter faster than a defaultdict, and this is run thousands of times
    for key, packed in conn.execute(READ, (json.dumps(list(weight_of)),)).fetchall():
        weight = weight_of[key >> BLOCK_BITS]
        first = (key & _IN_ROW) * BLOCK
        for place, its_weight in _PAIR.iter_unpack(packed):
            article = first + place
            found[article] = so_far(article, 0) + weight * its_weight
    return found


def every(conn: sqlite3.Connection) -> Iterator[Posting]:
    """All that is noted, by terms."""
    for key, packed in conn.execute("SELECT key, packed FROM posted ORDER BY key"):
        for place, weight in sorted(_PAIR.iter_unpack(packed)):
            yield key >> BLOCK_BITS, (key & _IN_ROW) * BLOCK + place, weight


def repack(conn: sqlite3.Connection) -> None:
    """Bring a file with a row for each posting up to date, in the caller's transaction."""
    conn.execute(TABLES)
    postings = conn.execute(OLD)
    conn.executemany(
        WRITE,
        (
            (key, b"".join(_PAIR.pack(article % BLOCK, weight) for _, article, weight in of_row))
            for key, of_row in groupby(postings, lambda posting: _key(posting[0], posting[1]))
        ),
    )
    conn.execute("DROP TABLE posting")


def _key(term: int, article: int) -> int:
    return term << BLOCK_BITS | article // BLOCK
