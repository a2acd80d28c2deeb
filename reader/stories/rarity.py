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
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from struct import Struct
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

ADD = "INSERT INTO term_df(h, n) VALUES (?, ?) ON CONFLICT(h) DO UPDATE SET n = n + excluded.n"
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
        asked = sorted(set(terms))  # rising, as the table is: neighbours share pages
        met = self._met(asked).get
        usual = background().get
        all_articles = self.articles + WORTH + 1
        most = COMMON * all_articles
        log = math.log
        log_of_all = log(all_articles)
        top = log(2 * all_articles)
        rare: dict[int, float] = {}
        for h in asked:
            count = 0.5 + met(h, 0) + WORTH * usual(h, 0.0)
            rare[h] = (log_of_all - log(count)) / top if count < most else 0.0
        return rare

    def _met(self, terms: list[int]) -> Mapping[int, int]:
        return articles_with(self._conn, terms)


class Counting(Rarity):
    """The same while many articles are met one after the other: each term is looked up once, and
    what is counted is written at the end, by `write`."""

    def __init__(self, conn: sqlite3.Connection) -> None:
        super().__init__(conn)
        self._known: dict[int, int] = {}
        self._counted: Counter[int] = Counter()

    def count(self, terms: Iterable[int]) -> None:
        """Note that one more article has been met, with these terms, each given once."""
        self.articles += 1
        self._counted.update(iter(terms))  # a mapping would give its values
        self._counted[ALL_ARTICLES] += 1

    def write(self) -> None:
        """Keep what was counted, in the caller's transaction."""
        self._conn.executemany(ADD, sorted(self._counted.items()))
        self._counted.clear()
        self._known.clear()

    def _met(self, terms: list[int]) -> Mapping[int, int]:
        known, counted = self._known, self._counted
        if new := [h for h in terms if h not in known]:
            known.update(dict.fromkeys(new, 0))
            known.update(articles_with(self._conn, new))
        return {h: known[h] + counted[h] for h in terms}


def articles_with(conn: sqlite3.Connection, terms: Iterable[int]) -> dict[int, int]:
    """In how many of all articles ever indexed each term stood, where in any."""
    return dict(conn.execute(READ, (json.dumps(list(terms)),)))


def count_article(conn: sqlite3.Connection, terms: Iterable[int]) -> None:
    """Note that one more article has been met, with these terms, each given once."""
    # A row at a time: an INSERT from a SELECT costs three times as much.
    conn.executemany(ADD, ((h, 1) for h in (ALL_ARTICLES, *sorted(terms))))


@lru_cache(4096)
def usual_rarity(word: str) -> float:
    """How rare a word is in print, from 0 up to 7 for those that common knowledge does not hold."""
    share = background().get(crc32(word.encode()), 0.0)
    return -math.log(max(share, 0.5 / WORTH))


@cache
def background() -> dict[int, float]:
    """Shares of all articles in which common words stand, by term.

    None at all if the file is missing: then only the cache's own counts matter.
    """
    try:
        return unpack_background((shipped("data") / "background.bin").read_bytes())
    except OSError:
        return {}


def unpack_background(packed: bytes) -> dict[int, float]:
    """Term numbers in four bytes each, then for each a byte of share."""
    size = len(packed) // 5
    share_of_step = [math.exp(-step / BACKGROUND_STEP) for step in range(256)]
    terms = Struct(f"<{size}I").unpack_from(packed)
    return dict(zip(terms, map(share_of_step.__getitem__, packed[4 * size :]), strict=True))


def pack_background(share_of: dict[str, float]) -> bytes:
    """What `unpack_background` unpacks, in rising order of terms."""
    shares: dict[int, float] = {}
    for word, share in share_of.items():
        h = crc32(word.encode())
        shares[h] = max(share, shares.get(h, 0.0))
    terms = sorted(shares)
    steps = [min(255, round(-math.log(min(shares[h], 1.0)) * BACKGROUND_STEP)) for h in terms]
    return Struct(f"<{len(terms)}I").pack(*terms) + bytes(steps)
