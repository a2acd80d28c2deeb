"""A day of refreshes on a fast clock: does anything grow that should not?

    python tests/benchmarks/bench_day.py --server ../shared/bench/feed_server.py [--feeds 1000]

Every half hour of a day a refresh asks what is due; every hour a tenth of the feeds publish
something. What is printed: requests and new articles, the memory of the process at the beginning
and the end, and the size of the file beside that of a cache into which the same articles came at
once and were compared in full. The budget: memory within 1.1 of the first hour's, the file within
1.1 of the other.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from datetime import UTC, datetime, timedelta
from pathlib import Path

from reader import stories
from reader.library import Library
from reader.model import SourceKind, View

STEP = timedelta(minutes=30)
BEGINNING = datetime(2025, 1, 1, 6, tzinfo=UTC)
"""When the articles of the server are new: feeds long asleep are hardly asked."""


def main() -> None:
    """Live through a day and print what it came to."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--server", required=True)
    options.add_argument("--feeds", type=int, default=1000)
    options.add_argument("--items", type=int, default=3)
    options.add_argument("--hours", type=int, default=24)
    args = options.parse_args()
    words = [args.server, "--feeds", str(args.feeds), "--items", str(args.items)]
    server = subprocess.Popen([sys.executable, *words], stdout=subprocess.PIPE, text=True)
    assert server.stdout is not None
    port = server.stdout.readline().split()[1]
    base = f"http://127.0.0.1:{port}"
    try:
        with tempfile.TemporaryDirectory() as home:
            _live(Path(home), base, args.feeds, args.hours)
        with tempfile.TemporaryDirectory() as home:
            _settle(Path(home))
            with Library.open() as library:
                _subscribe(library, base, args.feeds)
                list(library.refresh())
                stories.catch_up(library.cache)
                count = library.counts().all
                each = _size(library) / count
                print(f"the same feeds at once: {count:,} articles, {each:.0f} bytes each")
    finally:
        server.kill()
        server.wait()


def _live(home: Path, base: str, feeds: int, hours: int) -> None:
    _settle(home)
    began, cpu = time.monotonic(), time.process_time()
    with Library.open() as library:
        _subscribe(library, base, feeds)
        early = 0.0
        asked = new = failed = 0
        for step in range(int(timedelta(hours=hours) / STEP) + 1):
            os.environ["BROADSHEET_NOW"] = (BEGINNING + step * STEP).isoformat()
            if step and step % 2 == 0:
                for number in range(step // 2 % 10, feeds, 10):
                    urllib.request.urlopen(f"{base}/_bump?feed={number}").read()
            for outcome in library.refresh():
                asked += 1
                new += outcome.new
                failed += outcome.status == "error"
            gc.collect()
            if step == 2:
                early = _resident_mb()
        late = _resident_mb()
        count = len(library.ids(View("all")))
        print(f"{feeds:,} feeds, {hours} h: {asked:,} asked, {new:,} new, {failed} failed")
        if hours >= 4 and asked < 2 * feeds:
            raise SystemExit("hardly anything was asked: this run shows nothing")
        print(f"memory after an hour {early:.0f} MB, at the end {late:.0f} MB: {late / early:.2f}")
        print(f"file {_size(library) / 1e6:.1f} MB, {_size(library) / count:.0f} bytes an article")
        stats = json.dumps(library.stats(), default=str)
        print(f"articles {count:,}; {stats[:300]}")
    print(
        f"{time.monotonic() - began:.0f} s, {time.process_time() - cpu:.0f} s CPU of this process"
    )


def _subscribe(library: Library, base: str, feeds: int) -> None:
    for number in range(feeds):
        url = f"{base}/feed/{number}.rss"
        library.cache.sources.add(SourceKind.FEED, url, url, added_as=url)


def _settle(home: Path) -> None:
    os.environ["BROADSHEET_HOME"] = str(home)
    settings = '[fetch]\nhost_interval_seconds = 0\nhost_connections = 8\nfull_text = "never"\n'
    (home / "config.toml").write_text(settings)


def _size(library: Library) -> int:
    """Bytes of the file, with what is still in its log."""
    return sum(each.stat().st_size for each in library.path.parent.glob(library.path.name + "*"))


def _resident_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


if __name__ == "__main__":
    main()
