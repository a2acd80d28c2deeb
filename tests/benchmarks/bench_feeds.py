"""Feeds: conformance and CPU. `python tests/benchmarks/bench_feeds.py [FOLDER OF REAL FEEDS]`

Conformance against feedparser's own expectations (floor in tests/corpora/test_feeds.py). CPU
milliseconds a feed, of our reader (raw, as the intake reads; and sanitised, as `preview` shows) and
of feedparser without sanitising, on the same bytes in one run. Budget: 8 ms raw, fallback included.
Without a folder of real feeds, those of the feed server are read: 50 entries of full text, in four
formats, one in thirty damaged, as 7 of 200 real feeds were (research/feeds.md §1.2).
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "corpora")]

from feed_expectations import cases, claims, holds  # noqa: E402

from reader.errors import FeedError  # noqa: E402
from reader.feeds import read  # noqa: E402

SHARED = Path(os.environ.get("BROADSHEET_SHARED", ROOT.parent / "shared"))
BUDGET_MS = 8.0
ROUNDS = 5


def conformance() -> None:
    """How many expectations hold, by folder."""
    counted: Counter[str] = Counter()
    held: Counter[str] = Counter()
    for case in cases(SHARED / "corpora" / "feeds" / "feedparser"):
        told = claims(case.expect)
        if told is None:
            continue
        group = case.name.rsplit("/", 1)[0].removeprefix("wellformed/")
        feed = read(case.body, url=case.url)
        counted[group] += 1
        held[group] += all(holds(feed, claim) for claim in told)
    for group in sorted(counted):
        print(f"  {group:<20} {held[group]:>4} of {counted[group]}")
    share = held.total() / counted.total()
    print(f"expectations on fields we keep: {held.total()} of {counted.total()} ({share:.1%})")


def served_feeds() -> list[bytes]:
    """Feeds of the shared server, every thirtieth cut off."""
    server = subprocess.Popen(
        [sys.executable, str(SHARED / "bench" / "feed_server.py"), "--feeds", "30", "--items", "50",
         "--port", "0", "--max-seconds", "60"],
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert server.stdout is not None
    port = server.stdout.readline().split()[-1]
    try:
        bodies = [
            urlopen(f"http://127.0.0.1:{port}/feed/{number}.{form}").read()
            for number in range(30)
            for form in ("rss", "atom", "rdf", "json")
        ]
    finally:
        server.terminate()
    for number in range(0, len(bodies), 30):
        bodies[number] = bodies[number][: len(bodies[number]) * 6 // 10]
    return bodies


def milliseconds(work: Callable[[bytes], object], bodies: list[bytes]) -> float:
    """CPU time of reading all, a feed."""
    begun = time.process_time()
    for body in bodies:
        try:
            work(body)
        except FeedError as error:
            print("  not read:", error)
    return (time.process_time() - begun) / len(bodies) * 1000


def speed(bodies: list[bytes]) -> None:
    """Medians of interleaved rounds."""
    import feedparser

    readers: dict[str, Callable[[bytes], object]] = {
        "ours, raw": lambda body: read(body, url="https://x.example/f", raw=True),
        "ours, sanitised": lambda body: read(body, url="https://x.example/f"),
        "feedparser, not sanitising": lambda body: feedparser.parse(
            body, sanitize_html=False, resolve_relative_uris=False
        ),
    }
    taken: dict[str, list[float]] = {name: [] for name in readers}
    for _ in range(ROUNDS):
        for name, work in readers.items():
            taken[name].append(milliseconds(work, bodies))
    size = statistics.mean(map(len, bodies)) / 1000
    print(f"{len(bodies)} feeds of {size:.0f} KB on average, CPU ms a feed:")
    for name, times in taken.items():
        print(f"  {name:<28} {statistics.median(times):7.2f}")
    ours = statistics.median(taken["ours, raw"])
    print(f"budget {BUDGET_MS} ms: {'kept' if ours <= BUDGET_MS else 'EXCEEDED'}")


if __name__ == "__main__":
    conformance()
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    files = sorted(path for path in folder.iterdir() if path.is_file()) if folder else []
    speed([path.read_bytes() for path in files] or served_feeds())
