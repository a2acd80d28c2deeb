"""CPU time of a refresh: 200 feeds of 50 entries the first time, and when nothing is new.

    python tests/benchmarks/bench_refresh.py --server ../shared/bench/feed_server.py [--feeds 200]

The server is the loopback one of the shared benchmarks, in a process of its own that is not
counted; children of the refresh are. Of the first round two figures are told: until all is kept,
cleaned and found by its words, which is what a person waits for, and all of it, with comparing as
much of what came as there is time for. The budget is for both. As a machine may be busy, the time
of a fixed loop is told beside them.

newsboat 2.21 takes 8.3 s for the first round there and 5.1 s for one without news, lemon24/reader
3.26 26.9 s and 1.1 s (neither cleans or indexes).
"""

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from reader.library import Library
from reader.model import SourceKind

BUDGET_FIRST_SECONDS, BUDGET_UNCHANGED_SECONDS = 8.0, 1.0


def main() -> None:
    """Print both figures beside their budgets."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--server", required=True)
    parser.add_argument("--feeds", type=int, default=200)
    parser.add_argument("--items", type=int, default=50)
    parser.add_argument("--runs", type=int, default=2, help="rounds without news")
    args = parser.parse_args()
    words = [sys.executable, args.server, "--feeds", str(args.feeds), "--items", str(args.items)]
    server = subprocess.Popen([*words, "--warm"], stdout=subprocess.PIPE, text=True)
    assert server.stdout is not None
    port = server.stdout.readline().split()[1]
    try:
        with tempfile.TemporaryDirectory() as home:
            os.environ["BROADSHEET_HOME"] = home
            Path(home, "config.toml").write_text("[fetch]\nhost_interval_seconds = 0\n")
            with Library.open() as library:
                for n in range(args.feeds):
                    url = f"http://127.0.0.1:{port}/feed/{n}.rss"
                    library.cache.sources.add(SourceKind.FEED, url, url)
            budget = BUDGET_FIRST_SECONDS * args.feeds * args.items / 10_000
            kept, whole = first()
            show("first, kept", kept, budget)
            show("and compared", whole, budget)
            for _ in range(args.runs):
                seconds = refresh("--force")
                show("nothing new", seconds, BUDGET_UNCHANGED_SECONDS * args.feeds / 200)
            print(f"{'a fixed loop':<12} {calibration():6.2f} s CPU")
            with Library.open() as library:
                print(f"in no story yet: {library.storyless()}")
                print(f"articles: {library.counts().all}, {size_mb(home):.1f} MB")
    finally:
        server.kill()
        server.wait()


def first() -> tuple[tuple[float, float], tuple[float, float]]:
    """(CPU seconds with children, seconds by the clock) until everything is kept, and in all."""
    before, began = _children(), time.monotonic()
    command = [sys.executable, "-c", KEPT]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    cpu, wall = map(float, done.stdout.split())
    return (cpu, wall), (_children() - before, time.monotonic() - began)


KEPT = """
import os, sys, time
began = time.monotonic()
from reader import cli, stories

def compare(*given, **named):
    used = os.times()  # the children that read were waited for: their time is here
    sys.stderr.flush()
    out.write(f"{sum(used[:4])} {time.monotonic() - began}")
    out.flush()
    return really(*given, **named)

really, stories.keep_up = stories.keep_up, compare
out, sys.stdout = sys.stdout, open(os.devnull, "w")
cli.main(["refresh", "--jsonl"])
"""
"""A refresh that tells what it had used when it began to compare."""


def calibration() -> float:
    """What a loop takes that never changes; 0.25 s on an idle core of 2023."""
    began = time.process_time()
    sum(number * number % 7 for number in range(3_000_000))
    return time.process_time() - began


def refresh(*words: str) -> tuple[float, float]:
    """(CPU seconds with children, seconds by the clock) of one refresh in a process of its own."""
    before, began = _children(), time.monotonic()
    # A child of this process that has children: what they use is theirs once they are waited for.
    command = [sys.executable, "-m", "reader", "refresh", "--jsonl", *words]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return _children() - before, time.monotonic() - began


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def show(name: str, seconds: tuple[float, float], budget: float) -> None:
    cpu, wall = seconds
    verdict = "ok" if cpu <= budget else "OVER"
    print(f"{name:<12} {cpu:6.2f} s CPU (budget {budget:.2f}) {wall:6.1f} s wall  {verdict}")


def size_mb(home: str) -> float:
    return sum(file.stat().st_size for file in Path(home).glob("broadsheet.db*")) / 1e6


if __name__ == "__main__":
    main()
