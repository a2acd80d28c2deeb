"""A refresh that is killed at any moment loses nothing it has reported and leaves nothing half."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

from reader.library import Library
from reader.model import SourceKind, View

KILLS = int(os.environ.get("BROADSHEET_REFRESH_KILLS", "5"))
FEEDS, ENTRIES = 6, 12


def test_killed_at_any_moment(newsstand, own_home: Path):
    for n in range(FEEDS):
        entries = [
            newsstand.Entry(f"{n}/{i}", f"Day {i} of {n}", f"Text {i} of {n}. " * 20)
            for i in range(ENTRIES)
        ]
        newsstand.sell(f"/{n}", newsstand.rss(*entries), ETag=f'"{n}"')
    dice = random.Random(7)
    alone = begin(own_home)
    began = time.monotonic()
    assert alone.wait(60) == 0
    whole_seconds = time.monotonic() - began

    for _ in range(KILLS):
        for file in own_home.glob("broadsheet.db*"):
            file.unlink()
        subscribe(newsstand)
        process = begin(own_home)
        time.sleep(dice.uniform(0.2, 1.0) * whole_seconds)
        process.send_signal(signal.SIGKILL)
        said, _ = process.communicate()
        reported = [json.loads(line) for line in said.splitlines() if line.endswith(b"}")]

        with Library.open() as library:
            check(library, reported)
            for _ in range(3):
                list(library.refresh(force=True))
            assert library.counts().all == FEEDS * ENTRIES
            assert [source.error for source in library.sources()] == [None] * FEEDS


def subscribe(newsstand) -> None:
    with Library.open() as library:
        for n in range(FEEDS):
            library.cache.sources.add(SourceKind.FEED, newsstand.url(f"/{n}"), str(n))


def begin(home: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "reader", "refresh", "--jsonl"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "BROADSHEET_HOME": str(home)},
    )


def check(library: Library, reported: list[dict[str, object]]) -> None:
    """All that was said is there, and all that is there is whole."""
    counts = {source.url: source.articles for source in library.sources()}
    for outcome in reported:
        assert counts[str(outcome["url"])] == outcome["new"] == ENTRIES
    for id in library.ids(View("all")):
        assert "Text" in library.article(id).text
    assert all(check.ok for check in library.doctor()), library.doctor()
    validators = library.cache.fetches.validators()
    for source in library.sources():
        if source.id in validators:
            assert source.articles == ENTRIES, "validators without their articles"
