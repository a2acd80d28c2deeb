"""How well and how fast similar articles and near copies are found.

    python tests/benchmarks/bench_similar.py [--shared DIR] [--grow 40000] [--undated]

A new cache is filled in order of publication, as if the articles had arrived so. Then each article
of an event asks for ten like it, and the others of its event are what it should get: R@10, MAP and
nDCG@10, also for each half of the events, so that what was tuned on one can be judged on the other.
Near copies are pairs. Times are process time (user and system), milliseconds.
"""

import argparse
import gzip
import json
import math
import random
import statistics
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from zlib import crc32

from reader import stories
from reader.model import Cleaned, Closeness, SourceKind
from reader.store import Cache, Incoming

CHECKOUT = Path(__file__).resolve().parents[2]
DEPTH = 10
BATCH = 50


@dataclass(frozen=True)
class Row:
    """One article of a corpus."""

    id: str
    event: str | None
    title: str
    text: str
    date: str | None
    dup_of: str | None = None


@dataclass
class Filled:
    """A cache with a corpus in it, and what each insertion cost."""

    cache: Cache
    id_of: dict[str, int] = field(default_factory=dict)
    milliseconds: list[float] = field(default_factory=list)

    def add(self, rows: Iterable[Row]) -> None:
        source = self.cache.sources.add(SourceKind.IMPORT, "import:corpus", "Corpus")
        for batch in batches(rows):
            with self.cache.write() as conn:
                for row in batch:
                    cleaned = Cleaned(row.title, row.text, row.text, "text")
                    arrival = self.cache.articles.keep(source.id, Incoming(row.id, cleaned))
                    assert arrival.id is not None
                    self.id_of[row.id] = arrival.id
                    day = date.fromisoformat(row.date[:10]).toordinal() if row.date else None
                    began = time.process_time()
                    stories.index(conn, arrival.id, row.title, row.text, day)
                    self.milliseconds.append(1000 * (time.process_time() - began))

    def similar(self, row_id: str) -> tuple[list[stories.Ranked], float]:
        """The ten most like an article, and what that cost."""
        conn = self.cache.reader()
        began = time.process_time()
        found = stories.similar(conn, self.id_of[row_id], DEPTH)
        return found, 1000 * (time.process_time() - began)


def batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    batch: list[Row] = []
    for row in rows:
        batch.append(row)
        if len(batch) == BATCH:
            yield batch
            batch = []
    yield batch


def corpus(shared: Path, name: str, *, dated: bool = True) -> list[Row]:
    """The articles of `corpora/similar`, in the order they were published."""
    path = shared / "corpora" / "similar" / f"{name}.jsonl.gz"
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [
            Row(
                row["id"],
                row["event"],
                row["title"] or "",
                row["text"],
                row["date"],
                row.get("dup_of"),
            )
            for row in map(json.loads, lines)
        ]
    rows.sort(key=lambda row: row.date or "2016")
    if dated:
        return rows
    return [Row(r.id, r.event, r.title, r.text, None, r.dup_of) for r in rows]


def events(rows: Iterable[Row]) -> dict[str, set[str]]:
    """The ids of each event that more than one article tells."""
    groups = defaultdict(set)
    for row in rows:
        if row.event is not None:
            groups[row.event].add(row.id)
    return {event: ids for event, ids in groups.items() if len(ids) > 1}


@dataclass(frozen=True)
class Quality:
    """Means over queries."""

    recall: float
    average_precision: float
    gain: float

    def __str__(self) -> str:
        return f"R@10 {self.recall:.4f}  MAP {self.average_precision:.4f}  nDCG {self.gain:.4f}"


def judged(ranking: Sequence[str], wanted: set[str]) -> tuple[float, float, float]:
    """Recall, average precision and normalised gain of one ranking."""
    ranks = [rank for rank, id in enumerate(ranking[:DEPTH], 1) if id in wanted]
    most = min(DEPTH, len(wanted))
    precision = sum(hit / rank for hit, rank in enumerate(ranks, 1)) / len(wanted)
    ideal = sum(1 / math.log2(rank + 1) for rank in range(1, most + 1))
    gain = sum(1 / math.log2(rank + 1) for rank in ranks) / ideal
    return len(ranks) / most, precision, gain


def retrieval(
    filled: Filled, groups: dict[str, set[str]], costs: list[float] | None = None
) -> dict[str, tuple[float, float, float]]:
    """How each article of an event did as a query; `costs` gets its milliseconds."""
    name_of = {id: name for name, id in filled.id_of.items()}
    results = {}
    for members in groups.values():
        for asked in sorted(members):
            found, cost = filled.similar(asked)
            if costs is not None:
                costs.append(cost)
            results[asked] = judged([name_of[each.id] for each in found], members - {asked})
    return results


def quality(results: Iterable[tuple[float, float, float]]) -> Quality:
    return Quality(*(statistics.fmean(column) for column in zip(*results, strict=True)))


def copies(filled: Filled, rows: Sequence[Row]) -> tuple[float, float, float]:
    """Precision, recall and F1 of pairs called duplicates, against the pairs of one original."""
    root = {row.id: row.dup_of or row.id for row in rows}
    sizes = Counter(root.values())
    true_pairs = sum(n * (n - 1) for n in sizes.values())
    name_of = {id: name for name, id in filled.id_of.items()}
    right = called = 0
    for row in rows:
        for each in filled.similar(row.id)[0]:
            if each.closeness is Closeness.DUPLICATE:
                called += 1
                right += root[row.id] == root[name_of[each.id]]
    precision, recall = right / max(1, called), right / true_pairs
    return precision, recall, 2 * precision * recall / (precision + recall)


def grown(rows: Sequence[Row], size: int) -> Iterator[Row]:
    """Further articles: the sentences of two real ones in new order, every ninth word altered."""
    dice = random.Random(11)
    for number in range(size - len(rows)):
        one, other = dice.sample(rows, 2)
        sentences = one.text.split(". ") + other.text.split(". ")
        dice.shuffle(sentences)
        words = ". ".join(sentences[: len(sentences) // 2]).split(" ")
        for at in range(0, len(words), 9):
            words[at] += dice.choice("aeiou") + dice.choice("bdlnrst")
        yield Row(f"grown-{number}", None, one.title, " ".join(words), other.date)


def share(costs: Sequence[float]) -> str:
    ordered = sorted(costs)
    return f"p50 {ordered[len(ordered) // 2]:.2f}  p95 {ordered[int(0.95 * len(ordered))]:.2f}"


def in_new_cache(work: Callable[[Filled], None]) -> None:
    with tempfile.TemporaryDirectory() as folder, Cache.open(Path(folder) / "bench.db") as cache:
        work(Filled(cache))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--shared", type=Path, default=CHECKOUT.parent / "shared")
    parser.add_argument("--grow", type=int, default=0, metavar="ARTICLES")
    parser.add_argument("--undated", action="store_true", help="withhold the dates")
    asked = parser.parse_args()
    rows = corpus(asked.shared, "allsides_dev", dated=not asked.undated)
    groups = events(rows)

    def at_size(filled: Filled) -> None:
        filled.add(rows)
        costs: list[float] = []
        results = retrieval(filled, groups, costs)
        print(f"{len(rows)} articles, {len(results)} queries: {quality(results.values())}")
        for half in (0, 1):
            part = [
                r
                for e, m in groups.items()
                if crc32(e.encode()) % 2 == half
                for r in (results[id] for id in m)
            ]
            print(f"    half {half + 1} of the events: {quality(part)}")
        print(f"    insert {share(filled.milliseconds)}   query {share(costs)}")
        if not asked.grow:
            return
        filled.milliseconds.clear()
        filled.add(grown(rows, asked.grow))
        costs = [filled.similar(row.id)[1] for row in random.Random(3).sample(rows, 400)]
        last = filled.milliseconds[-2000:]
        print(f"{asked.grow} articles: insert {share(last)}   query {share(costs)}")
        for table in ("term_df", "article_vec", "posted", "shingle"):
            [(count,)] = filled.cache.read(f"SELECT count(*) FROM {table}")
            print(f"    {table}: {count} rows")

    def near_copies(filled: Filled) -> None:
        wire = corpus(asked.shared, "neardup_dev")
        filled.add(wire)
        found = copies(filled, wire)
        print("near copies of {}: P {:.4f}  R {:.4f}  F1 {:.4f}".format(len(wire), *found))

    in_new_cache(at_size)
    in_new_cache(near_copies)


if __name__ == "__main__":
    main()
