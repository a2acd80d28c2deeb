"""How rare a term is: by the articles met so far, and by common knowledge while they are few.

With ten articles in the cache every word is rare, and with ten about one company its name is not.
So the count of articles starts at `WORTH` of them that nobody has read, in which each common word
of several languages stands as often as it does in print (`data/background.bin`). The cache's own
counts, which soon outweigh them, are of every article ever indexed, also of forgotten ones: they
are a measure of language, and so need no undoing.
"""

import json
import math
import sqlite3
from array import array
from bisect import bisect_left
from collections.abc import Iterable
from functools import cache
from zlib import crc32

from reader.paths import shipped

WORTH = 500
"""How many articles the background stands for."""
COMMON = 0.3
"""A term in more than this share of all articles tells nothing apart."""
ALL_ARTICLES = -1
"""The row of `term_df` that counts articles instead of a term."""
BACKGROUND_STEP = 16
"""A share of articles is stored as one byte: minus its natural logarithm times this."""

COUNT = """
    INSERT INTO term_df(h, n) SELECT value, 1 FROM json_each(?) WHERE true
    ON CONFLICT(h) DO UPDATE SET n = n + 1"""
READ = "SELECT h, n FROM term_df WHERE h IN (SELECT value FROM json_each(?))"


class Rarity:
    """Looks up how rare terms are, in one cache at one moment."""

    def __init__(self, conn: sqlite3.Connection) -> None:
        self._conn = conn
        [row] = conn.execute("SELECT max(n) FROM term_df WHERE h = ?", (ALL_ARTICLES,))
        self.articles: int = row[0] or 0
        """How many have ever been indexed."""

    def __call__(self, terms: Iterable[int]) -> dict[int, float]:
        """Each term once, with its rarity from 0 (in too many articles) to 1 (in none yet)."""
        asked = list(dict.fromkeys(terms))
        met = articles_with(self._conn, asked)
        usual = background()
        all_articles = self.articles + WORTH + 1
        top = math.log(2 * all_articles)
        rare = {}
        for h in asked:
            share = (met.get(h, 0) + 0.5 + WORTH * usual.share(h)) / all_articles
            rare[h] = -math.log(share) / top if share < COMMON else 0.0
        return rare


def articles_with(conn: sqlite3.Connection, terms: Iterable[int]) -> dict[int, int]:
    """In how many of all articles ever indexed each term stood, where in any."""
    return dict(conn.execute(READ, (json.dumps(list(terms)),)))


def count_article(conn: sqlite3.Connection, terms: Iterable[int]) -> None:
    """Note that one more article has been met, with these terms, each given once."""
    conn.execute(COUNT, (json.dumps([ALL_ARTICLES, *terms]),))


class Background:
    """Shares of articles in which common words stand, for those that have one."""

    def __init__(self, packed: bytes) -> None:
        size = len(packed) // 5
        self._terms = array("I")
        self._terms.frombytes(packed[: 4 * size])
        self._shares = packed[4 * size :]

    def share(self, term: int) -> float:
        """From 0, for a word that is not common, to 1."""
        at = bisect_left(self._terms, term)
        if at == len(self._terms) or self._terms[at] != term:
            return 0.0
        return _SHARES[self._shares[at]]


_SHARES = [math.exp(-step / BACKGROUND_STEP) for step in range(256)]


@cache
def background() -> Background:
    """The shipped counts. None at all if the file is missing: then only the cache's own matter."""
    try:
        return Background((shipped("data") / "background.bin").read_bytes())
    except OSError:
        return Background(b"")


def pack_background(share_of: dict[str, float]) -> bytes:
    """The file `background` reads: term numbers in rising order, then a byte of share for each."""
    shares: dict[int, float] = {}
    for word, share in share_of.items():
        h = crc32(word.encode())
        shares[h] = max(share, shares.get(h, 0.0))
    terms = sorted(shares)
    steps = [min(255, round(-math.log(min(shares[h], 1.0)) * BACKGROUND_STEP)) for h in terms]
    return array("I", terms).tobytes() + bytes(steps)
