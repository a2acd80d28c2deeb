"""How well and how fast articles come together in stories.

    python tests/benchmarks/bench_stories.py [--shared DIR] [--grow 40000] [--orders 2]

A new cache takes AllSides in order of publication, without its dates, and in chance orders; BCubed
and pairwise F1 of its events are printed, also for each half of them, and how much the stories of
another order agree with those of the first. With `--grow` further articles follow, and at 1,000,
10,000 and that many it is printed what one costs to insert, how much of that is grouping, and what
`stories` of a week and of all time cost. Times are process time, milliseconds.
"""

import argparse
import os
import random
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from zlib import crc32

from bench_similar import CHECKOUT, Filled, Row, corpus, grown, share

from reader.library import Library
from reader.stories import grouping, neighbours


def scores(found: Mapping[str, object], event_of: Mapping[str, str]) -> tuple[float, ...]:
    """BCubed precision, recall and F1 and the same of pairs (Amigó et al. 2009)."""
    together = Counter((found[id], event) for id, event in event_of.items())
    of_story = Counter(found[id] for id in event_of)
    of_event = Counter(event_of.values())
    items = [
        (both / of_story[story], both / of_event[event], both)
        for (story, event), both in together.items()
    ]
    precision, recall = (sum(item[at] * item[2] for item in items) for at in (0, 1))
    pairs_right, pairs_found, pairs_wanted = (
        sum(count * (count - 1) // 2 for count in counts.values())
        for counts in (together, of_story, of_event)
    )
    return (
        *_f1(precision / len(event_of), recall / len(event_of)),
        *_f1(pairs_right / max(1, pairs_found), pairs_right / max(1, pairs_wanted)),
    )


def _f1(precision: float, recall: float) -> tuple[float, float, float]:
    return precision, recall, 2 * precision * recall / ((precision + recall) or 1.0)


def said(found: Mapping[str, object], rows: Iterable[Row]) -> str:
    event_of = {row.id: row.event for row in rows if row.event is not None}
    parts = {"": event_of} | {
        f"half {half + 1} ": {i: e for i, e in event_of.items() if crc32(e.encode()) % 2 == half}
        for half in (0, 1)
    }
    return " | ".join(
        "{}B3 {:.3f} {:.3f} {:.3f} pairs {:.3f} {:.3f} {:.3f}".format(name, *scores(found, part))
        for name, part in parts.items()
    )


def stories_of(filled: Filled) -> dict[str, int]:
    """The story of each article of the corpus."""
    of_id = dict(filled.cache.read("SELECT id, story FROM article"))
    return {name: of_id[id] for name, id in filled.id_of.items()}


def in_new_library(work: Callable[[Library, Filled], None]) -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        Library.open(Path(folder) / "bench.db") as library,
    ):
        work(library, Filled(library.cache))


class Meter:
    """Adds up what a function costs each time."""

    def __init__(self, function: Callable[..., None]) -> None:
        self.function = function
        self.costs: list[float] = []

    def __call__(self, *given: object) -> None:
        began = time.process_time()
        self.function(*given)
        self.costs.append(1000 * (time.process_time() - began))


def timed(work: Callable[[], object], times: int = 5) -> float:
    costs = []
    for _ in range(times):
        began = time.process_time()
        work()
        costs.append(1000 * (time.process_time() - began))
    return sorted(costs)[times // 2]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--shared", type=Path, default=CHECKOUT.parent / "shared")
    parser.add_argument("--grow", type=int, default=0, metavar="ARTICLES")
    parser.add_argument("--orders", type=int, default=1, help="chance orders of arrival")
    asked = parser.parse_args()
    rows = corpus(asked.shared, "allsides_dev")
    first: dict[str, int] = {}

    def fill(order: list[Row], name: str) -> Callable[[Library, Filled], None]:
        def work(_: Library, filled: Filled) -> None:
            filled.add(order)
            found = stories_of(filled)
            print(f"{name}: {said(found, rows)}")
            if first and "order" in name:
                agreed = scores(found, {id: str(story) for id, story in first.items()})
                print("    agrees with the first: B3 {2:.3f} pairs {5:.3f}".format(*agreed))
            elif not first:
                first.update(found)

        return work

    in_new_library(fill(rows, "by date"))
    in_new_library(fill(corpus(asked.shared, "allsides_dev", dated=False), "no dates"))
    for seed in range(asked.orders):
        order = list(rows)
        random.Random(seed).shuffle(order)
        in_new_library(fill(order, f"chance order {seed + 1}"))
    if not asked.grow:
        return

    os.environ["BROADSHEET_NOW"] = f"{max(row.date or '' for row in rows)[:10]}T12:00:00Z"

    def grow(library: Library, filled: Filled) -> None:
        placing = Meter(grouping.place)
        grouping.place = placing  # type: ignore[assignment]
        further = grown(rows, asked.grow)
        source = iter([*rows, *further])
        for size in (1000, 10_000, asked.grow):
            filled.milliseconds.clear()
            placing.costs.clear()
            filled.add(row for _, row in zip(range(size - len(filled.id_of)), source, strict=False))
            last = slice(-1000, None)
            [(noted,)] = filled.cache.read("SELECT count(*) FROM likeness")
            print(
                f"{size}: insert {share(filled.milliseconds[last])}, "
                f"grouping {share(placing.costs[last])}, "
                f"stories of all time {timed(lambda: library.stories(every=True), 1):.0f}, "
                f"of a week {timed(library.stories):.1f}, "
                f"copies {timed(library.duplicates):.1f}, likenesses {noted}"
            )

    print(f"({neighbours.NEAREST} neighbours, {neighbours.NEAREST_IN_TIME} of the same days)")
    in_new_library(grow)


if __name__ == "__main__":
    main()
