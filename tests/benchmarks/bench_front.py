"""What the front page and a story cost, and how that grows with the cache (run by hand).

    python tests/benchmarks/bench_front.py [--articles 1000 10000 40000 100000] [--times 15]

Each cache holds so many articles of seven feeds, one every 37 minutes or, `busy`, one every 5, in
stories of one to nine articles with near copies among them; a third was read. Process time in
milliseconds, the median of `--times`; the first call of a new connection is told apart.

Budgets: front page ≤ 30 ms, story view ≤ 16 ms, whatever the size.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(CHECKOUT), str(CHECKOUT / "tests" / "app")]

import gazette  # noqa: E402

from reader.library import Library  # noqa: E402
from reader.model import View  # noqa: E402

CACHES = [1_000, 10_000, 40_000, 100_000]
SIZES = (1, 1, 1, 1, 1, 1, 2, 2, 3, 5, 9)
"""Articles of a story: as many of one as AllSides and a week of feeds have."""
COLUMNS = ["since", "cold since", "week", "cold week", "today", "story", "summaries", "folds"]
EVERY_MINUTES = {"calm": 37, "busy": 5}


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--articles", type=int, nargs="*", default=CACHES)
    options.add_argument("--times", type=int, default=15)
    args = options.parse_args()
    print("articles  pace  " + "".join(f"{name:>12}" for name in COLUMNS))
    for count in args.articles:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "bench.db"
            gazette.fill(path, count, words=60)
            for pace in EVERY_MINUTES:
                _arrange(path, pace)
                _measure(path, count, pace, args.times)


def _arrange(path: Path, pace: str) -> None:
    """Stories, copies and dates, written directly: how they come about is measured elsewhere."""
    dice = random.Random(1605)
    with Library.open(path) as library, library.cache.write() as conn:
        ids = [id for (id,) in conn.execute("SELECT id FROM article ORDER BY id DESC")]
        conn.execute("DELETE FROM likeness")
        conn.execute("UPDATE source SET kind = 'feed'")
        now = int(gazette.NOW.timestamp())
        step = int(timedelta(minutes=EVERY_MINUTES[pace]).total_seconds())
        conn.execute("DELETE FROM story")
        rows, copies, at, story = [], [], 0, 0
        while at < len(ids):
            story += 1
            group = ids[at : at + dice.choice(SIZES)]
            at += len(group)
            rows += [(story, id) for id in group]
            conn.execute("INSERT INTO story(id, headline) VALUES (?, ?)", (story, group[0]))
            if len(group) > 2:
                copies += [(group[0], group[1]), (group[1], group[0])]
        conn.executemany("UPDATE article SET story = ? WHERE id = ?", rows)
        conn.executemany(
            "UPDATE article SET sorted_at = ?2, seen = ?2, unread = ?3 WHERE id = ?1",
            [(id, now - step * n, int(n % 3 > 0)) for n, id in enumerate(ids)],
        )
        conn.execute(
            "UPDATE article SET settles = (SELECT max(m.id) FROM article m"
            " WHERE m.story = article.story), named = (SELECT headline FROM story"
            " WHERE story.id = article.story) WHERE unread = 0"
        )
        conn.executemany(
            "INSERT INTO likeness(one, other, cosine, title, contained)"
            " VALUES (?, ?, 900, 900, 950)",
            copies,
        )


def _measure(path: Path, count: int, pace: str, times: int) -> None:
    def first(period: str) -> float:
        taken = []
        for _ in range(3):
            with Library.open(path) as library:
                taken.append(_ms(lambda: library.front(period, 50)))
        return statistics.median(taken)

    with Library.open(path) as library:
        page = library.front("week", 50)
        number = max(page.stories, key=lambda story: len(story.articles)).id
        shown = [story.article for story in page.stories[:8]]
        asked = {
            "since": lambda: library.front("since", 50),
            "week": lambda: library.front("week", 50),
            "today": lambda: library.front("today", 50),
            "story": lambda: library.coverage(number),
            "summaries": lambda: library.quick_summaries(shown),
        }
        listed = library.ids(View("all"), 300)
        asked["folds"] = lambda: library.folded(View("all"), listed)
        told = {name: _median(work, times) for name, work in asked.items()}
    told["cold since"], told["cold week"] = first("since"), first("week")
    figures = "".join(f"{told[name]:12.1f}" for name in COLUMNS)
    print(f"{count:8,}  {pace:5} {figures}   {len(page.stories)} stories + {page.more}")


def _median(work: Callable[[], object], times: int) -> float:
    return statistics.median(_ms(work) for _ in range(times))


def _ms(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return (time.process_time() - began) * 1000


if __name__ == "__main__":
    main()
