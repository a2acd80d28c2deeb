"""How well and how fast articles come together in stories.

    python tests/benchmarks/bench_stories.py [--shared DIR] [--orders 2]
        [--grow 1000 10000 40000 100000]

A new cache takes AllSides in order of publication, without its dates, and in chance orders; BCubed
and pairwise F1 of its events are printed, also for each half of them, and how much the stories of
another order agree with those of the first.

With `--grow` a cache grows to each of these sizes as a refresh fills it (kept, then made findable
and put into stories in batches), and there it is told what an article cost in each of these steps,
what one costs that comes alone, what similar articles, one story and the stories of a week and of
all time cost to ask for, and how many bytes of the file an article takes. Times are process time,
milliseconds.

Budgets: similar of one that comes 5 ms, grouping 5 ms on top, asking for similar p95 15 ms, stories
of a week 30 ms, a story 16 ms, whatever the size.
"""

import argparse
import os
import random
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from itertools import chain, islice
from pathlib import Path
from zlib import crc32

from bench_similar import CHECKOUT, Filled, Row, batches, corpus, grown, share

from reader import stories
from reader.library import Library
from reader.model import Cleaned, SourceKind, When
from reader.store import Incoming
from reader.stories import grouping


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
    parser.add_argument("--grow", type=int, nargs="*", metavar="ARTICLES")
    parser.add_argument("--no-quality", action="store_true", help="only what it costs")
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

    if not asked.no_quality:
        told(rows, asked, fill)
    if asked.grow:
        os.environ["BROADSHEET_NOW"] = f"{max(row.date or '' for row in rows)[:10]}T12:00:00Z"
        in_new_library(lambda library, filled: grow(library, filled, rows, asked.grow))


def told(
    rows: list[Row],
    asked: argparse.Namespace,
    fill: Callable[[list[Row], str], Callable[[Library, Filled], None]],
) -> None:
    """How well stories come about, in several orders."""
    in_new_library(fill(rows, "by date"))
    in_new_library(fill(corpus(asked.shared, "allsides_dev", dated=False), "no dates"))
    for seed in range(asked.orders):
        order = list(rows)
        random.Random(seed).shuffle(order)
        in_new_library(fill(order, f"chance order {seed + 1}"))


def grow(library: Library, filled: Filled, rows: list[Row], sizes: list[int]) -> None:
    """What articles cost to take in and to ask for, at each size."""
    placing = Meter(grouping.place)
    grouping.place = placing  # type: ignore[assignment]
    source = chain(rows, grown(rows, max(sizes) + ALONE))
    for size in sorted(sizes):
        count = size - ALONE - len(filled.id_of)
        batch = list(islice(source, count))
        kept = spent(lambda batch=batch: keep(filled, batch))
        filed = spent(lambda: stories.catch_up(library.cache, seconds=0))
        told = spent(lambda: stories.catch_up(library.cache))
        print(
            f"{size}: {count} at once, each: kept {kept / count:.2f}, found {filed / count:.2f}, "
            f"in its story {told / count:.2f}"
        )
        filled.milliseconds.clear()
        placing.costs.clear()
        filled.add(islice(source, ALONE))
        alone = [a - b for a, b in zip(filled.milliseconds, placing.costs, strict=True)]
        print(f"    one alone: similar {share(alone)}, its story {share(placing.costs)}")
        week = library.stories()
        some = random.Random(size).sample(sorted(filled.id_of), 200)
        numbers = [story.id for story in week][:200]
        print(
            f"    asking: similar {share([filled.similar(name)[1] for name in some])}, "
            f"stories of a week {timed(library.stories):.1f} ({len(week)}), "
            f"a story {share([spent(lambda n=n: library.story(n)) for n in numbers])}, "
            f"all stories {timed(lambda: library.stories(every=True), 1):.0f}, "
            f"copies {timed(library.duplicates, 1):.0f}"
        )
        library.cache.row("PRAGMA wal_checkpoint(TRUNCATE)")
        bytes_each = os.path.getsize(library.cache.path) / size
        print(
            f"    the file: {bytes_each / 1000:.1f} kB an article, {text_kb(library):.1f} of text"
        )


ALONE = 200
"""Articles that come one by one at each size."""


def keep(filled: Filled, rows: Iterable[Row]) -> None:
    """Keep articles as a refresh does, not compared yet."""
    source = filled.cache.sources.add(SourceKind.IMPORT, "import:corpus", "Corpus")
    for batch in batches(rows):
        with filled.cache.write():
            for row in batch:
                published = When(row.date[:10]) if row.date else None
                cleaned = Cleaned(row.title, row.text, row.text, "text", published=published)
                arrival = filled.cache.articles.keep(source.id, Incoming(row.id, cleaned))
                assert arrival.id is not None
                filled.id_of[row.id] = arrival.id


def text_kb(library: Library) -> float:
    """What an article says, as text and as Markdown."""
    [mean] = library.cache.row("SELECT avg(length(text) + length(markdown)) FROM body")
    return float(mean) / 1000


def spent(work: Callable[[], object]) -> float:
    return timed(work, 1)


if __name__ == "__main__":
    main()
