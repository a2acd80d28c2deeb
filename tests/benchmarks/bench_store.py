"""What the cache costs: CPU milliseconds, each beside its floor, a bare statement on the same file.

    python tests/benchmarks/bench_store.py [--sizes 1000 10000 100000] [--folder DIR] [--keep]

Medians of process time (user and system), so that a busy machine changes little.
"""

from __future__ import annotations

import argparse
import gc
import random
import shutil
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from pathlib import Path

from reader.library import Library
from reader.model import ArticleId, Cleaned, SourceKind, View, When
from reader.store import Incoming

SOURCES = 200
VOCABULARY = 30_000
WORDS = 230
BATCH = 200
"""Articles in a transaction of the growth, as in a refresh."""
BEGIN = datetime(2024, 1, 1, tzinfo=UTC)


class Newsroom:
    """Articles whose words are as unevenly common as those of a language (Zipf)."""

    def __init__(self, seed: int = 7) -> None:
        self.dice = random.Random(seed)
        letters = "etaoinshrdlucmfwypvbgk"
        self.words = [
            "".join(self.dice.choice(letters) for _ in range(2 + int(self.dice.expovariate(0.25))))
            for _ in range(VOCABULARY)
        ]
        self.words[:3] = ["the", "of", "government"]
        self.weights = list(accumulate(1 / (rank + 2) for rank in range(VOCABULARY)))
        self.pool = self.dice.choices(self.words, cum_weights=self.weights, k=400_000)

    def article(self, number: int) -> Incoming:
        start = self.dice.randrange(len(self.pool) - WORDS - 20)
        text = " ".join(self.pool[start : start + WORDS])
        title = " ".join(self.pool[start + WORDS : start + WORDS + 9]).capitalize()
        published = BEGIN + timedelta(minutes=10 * number + self.dice.randrange(300))
        paragraphs = f"{text[:600]}.\n\n{text[600:]}."
        cleaned = Cleaned(
            title,
            paragraphs,
            paragraphs,
            "html",
            authors=("A. Writer",),
            published=When(published.isoformat()),
            language="en",
            url=f"https://example.invalid/{number}",
            summary=text[:180],
            words=WORDS,
            minutes=1,
        )
        return Incoming(f"guid-{number}", cleaned, unread=self.dice.random() < 0.4)


def grow(library: Library, size: int) -> float:
    """Fill the cache; CPU milliseconds an article."""
    newsroom = Newsroom()
    cache = library.cache
    sources = [
        cache.sources.add(SourceKind.FEED, f"https://s{n}.invalid/f", f"Source {n}")
        for n in range(SOURCES)
    ]
    spent = 0.0
    for start in range(0, size, BATCH):
        batch = [newsroom.article(n) for n in range(start, min(start + BATCH, size))]
        picked = newsroom.dice.choices(
            sources, cum_weights=list(accumulate(1 / (n + 1) for n in range(SOURCES))), k=len(batch)
        )
        began = time.process_time()
        with cache.write():
            for source, incoming in zip(picked, batch, strict=True):
                cache.articles.keep(source.id, incoming)
        spent += time.process_time() - began
    return spent * 1000 / size


def median_ms(act: Callable[[], object], times: int = 15) -> float:
    act()
    spent = []
    gc.disable()
    for _ in range(times):
        began = time.process_time()
        act()
        spent.append((time.process_time() - began) * 1000)
    gc.enable()
    return statistics.median(spent)


def bare(path: Path, sql: str, *parameters: object, once: bool = False) -> Callable[[], object]:
    """The floor: one prepared statement; `once` with a connection of its own each time."""
    if once:

        def open_and_ask() -> object:
            conn = sqlite3.connect(path)
            try:
                return conn.execute(sql, parameters).fetchall()
            finally:
                conn.close()

        return open_and_ask
    conn = sqlite3.connect(path, isolation_level=None, cached_statements=16)
    return lambda: conn.execute(sql, parameters).fetchall()


def measure(path: Path, size: int) -> Iterator[tuple[str, float, float]]:
    """(what, CPU ms, CPU ms of its floor)."""

    def first_page() -> None:
        with Library.open(path) as opened:
            opened.headlines(opened.ids(View("all"), limit=500)[:50])

    recent = "SELECT id, title, published, unread FROM article WHERE hidden = 0 "
    order = "ORDER BY sorted_at DESC, id DESC LIMIT "
    yield (
        "open, 500 ids, 50 headlines",
        median_ms(first_page),
        median_ms(bare(path, recent + order + "50", once=True)),
    )
    with Library.open(path) as library:
        ids = library.ids(View("all"))
        middle = ArticleId(ids[len(ids) // 2])
        page = ids[len(ids) // 2 : len(ids) // 2 + 50]
        stamp = int(library.article(middle).headline.sorted_at.timestamp())
        ids_only = "SELECT id FROM article WHERE hidden = 0 "
        after = f"{ids_only}AND (sorted_at, id) < (?, ?) {order}500"
        yield (
            "500 ids in the middle",
            median_ms(lambda: library.ids(View("all"), 500, middle)),
            median_ms(bare(path, after, stamp, middle)),
        )
        in_list = ",".join(map(str, page))
        yield (
            "50 headlines in the middle",
            median_ms(lambda: library.headlines(page)),
            median_ms(
                bare(
                    path,
                    "SELECT a.*, s.title FROM article a JOIN source s ON s.id = a.source "
                    f"WHERE a.id IN ({in_list})",
                )
            ),
        )
        yield (
            "500 unread ids",
            median_ms(lambda: library.ids(View("unread"), 500)),
            median_ms(bare(path, f"{ids_only}AND unread = 1 {order}500")),
        )
        yield (
            "counts of all sources",
            median_ms(library.counts),
            median_ms(bare(path, "SELECT id, articles, unread FROM source")),
        )
        yield (
            "one article",
            median_ms(lambda: library.article(middle)),
            median_ms(bare(path, "SELECT text, markdown FROM body WHERE id = ?", middle)),
        )
        yield from _changes(library, path, ArticleId(ids[len(ids) // 3]))
        yield from _searches(library, path)


def _changes(
    library: Library, path: Path, article: ArticleId
) -> Iterator[tuple[str, float, float]]:
    flag = iter(range(1_000_000))
    conn = sqlite3.connect(path, isolation_level=None)
    conn.execute("PRAGMA synchronous = NORMAL")

    def mark_bare() -> None:
        conn.execute("BEGIN IMMEDIATE")
        conn.execute("UPDATE article SET unread = ? WHERE id = ?", (next(flag) % 2, article))
        conn.execute("COMMIT")

    yield (
        "mark one, journalled",
        median_ms(lambda: library.mark_read([article], bool(next(flag) % 2)), times=30),
        median_ms(mark_bare, times=30),
    )
    conn.close()


def _searches(library: Library, path: Path) -> Iterator[tuple[str, float, float]]:
    newest = "SELECT rowid FROM fts WHERE fts MATCH ? ORDER BY rowid DESC LIMIT 50"
    common, pair = '"government"', '"government" AND "of"'
    for order in ("new", "blend"):
        yield (
            f"search a common word, {order}",
            median_ms(lambda order=order: library.search("government", 50, order)),
            median_ms(bare(path, newest, common)),
        )
    yield (
        "search two common words, blend",
        median_ms(lambda: library.search("government of", 50)),
        median_ms(bare(path, newest, pair)),
    )
    yield (
        "search as you type, go…",
        median_ms(lambda: library.search("go", 50, as_you_type=True), times=7),
        median_ms(bare(path, newest, '"go"*'), times=7),
    )
    yield (
        "search as you type, governm…",
        median_ms(lambda: library.search("governm", 50, as_you_type=True)),
        median_ms(bare(path, newest, '"governm"*')),
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000, 10_000, 100_000])
    parser.add_argument("--folder", type=Path, help="where to grow the caches; kept if given")
    args = parser.parse_args()
    folder = args.folder or Path(tempfile.mkdtemp(prefix="bench-store-"))
    print(f"{'articles':>9}  {'what':32} {'CPU ms':>8} {'floor':>8} {'ratio':>6}")
    for size in args.sizes:
        path = folder / str(size) / "broadsheet.db"
        if not path.exists():
            with Library.open(path) as library:
                each = grow(library, size)
            bytes_each = path.stat().st_size // size
            print(f"{size:>9}  {'keep one, indexed':32} {each:8.3f}   ({bytes_each} bytes each)")
        for what, cost, floor in measure(path, size):
            print(f"{size:>9}  {what:32} {cost:8.3f} {floor:8.3f} {cost / floor:6.2f}", flush=True)
    if args.folder is None:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
