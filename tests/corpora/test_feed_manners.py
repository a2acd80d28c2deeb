"""Fifty faults of feed servers: what a reader gets of each, and what the server's owner sees.

The server is that of the shared benchmarks, on loopback; its `/_score` tells of our manners.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.library import Library
from reader.model import Outcome, SourceKind, View

ITEMS = 5
SLOW_SECONDS = 0.05
"""The hanging one takes twenty times as long to give up."""
BREAKS = {
    "hang": None,
    "500": "500",
    "403": "403",
    "404": "404",
    "401": "401",
    "loop": "redirects",
    "chain": "redirects",
    "private": "private",
    "file": "only http",
    "empty": None,
    "huge": "10 MB",
    "gzbomb": None,
    "laughs": None,
    "quadratic": None,
    "html": "not a feed",
    "login": "not a feed",
    "cookie": "redirects",
    "stale304": "nothing had come of it yet",
}
"""What cannot be read, and a word of the sentence that says why."""
READS = (
    "slow 301 308 302 307 charset charset2 utf16 badxml leading nocond lmonly etagonly novalid "
    "badlm sameLM ct nodate noguid linkchange guidchange shuffle future maxage chunked dup"
).split()
"""What is read whole."""
IN_PART = ("truncated", "cut")


class Server:
    """The shared feed server in a process of its own."""

    def __init__(self, script: Path, *words: str) -> None:
        command = [sys.executable, str(script), *words]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert self._process.stdout is not None
        self.port = int(self._process.stdout.readline().split()[1])

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def tell(self, path: str) -> bytes:
        with urllib.request.urlopen(self.url(path)) as answer:
            return bytes(answer.read())

    def rows(self) -> dict[str, dict[str, object]]:
        """What the owner sees of each path that was asked."""
        return {row["path"]: row for row in json.loads(self.tell("/_score"))["rows"]}

    def close(self) -> None:
        self._process.kill()
        self._process.wait()


@pytest.fixture(scope="module")
def server(shared: Path) -> Iterator[Server]:
    words = ["--feeds", "60", "--items", str(ITEMS), "--slow", str(SLOW_SECONDS)]
    running = Server(shared / "bench" / "feed_server.py", *words)
    yield running
    running.close()


@pytest.fixture
def library(own_home: Path) -> Iterator[Library]:
    (own_home / "config.toml").write_text(
        '[fetch]\nhost_interval_seconds = 0\nhost_connections = 8\nfull_text = "never"\n'
    )
    with Library.open() as library:
        yield library


def subscribe(library: Library, *urls: str) -> None:
    for url in urls:
        library.cache.sources.add(SourceKind.FEED, url, url, added_as=url)


def fault(server: Server, mode: str, number: int) -> str:
    return server.url(f"/fault/{mode}/{number}")


def test_what_is_broken_is_said_and_what_is_readable_is_read(server, library):
    modes = [*BREAKS, *READS, *IN_PART]
    urls = {fault(server, mode, n): mode for n, mode in enumerate(modes)}
    subscribe(library, *urls)

    outcomes = {urls[outcome.url]: outcome for outcome in library.refresh()}

    assert set(outcomes) == set(modes)
    for mode, word in BREAKS.items():
        found = outcomes[mode]
        assert (found.status, found.new) == ("error", 0), (mode, found)
        assert found.next is not None, mode
        assert (word or "") in (found.error or ""), (mode, found.error)
    counts = {mode: outcomes[mode].new for mode in READS}
    assert counts == dict.fromkeys(READS, ITEMS)
    assert all(0 < outcomes[mode].new <= ITEMS for mode in IN_PART)
    seen = {h.title for h in library.headlines(library.ids(View("all")))}
    assert not any("root:" in title or "ha" * 20 in title for title in seen)


def test_the_owner_of_the_server_has_nothing_to_complain_of(server, library):
    server.tell("/_reset")
    modes = [*READS, "410", "loop", "chain", "huge", "xxe"]
    urls = [fault(server, mode, n) for n, mode in enumerate(modes)]
    plain = [server.url(f"/feed/{n}.{kind}") for n in (50, 51) for kind in ("rss", "atom", "json")]
    subscribe(library, *urls, *plain)

    list(library.refresh())
    quick = [url for url in urls if "/huge/" not in url]
    for _ in range(2):
        list(library.refresh([*quick, *plain]))

    rows = server.rows()
    without = {"novalid", "nocond", "badlm", *BREAKS, "410", "xxe", "noguid"}
    for path, row in rows.items():
        mode = path.split("/")[2] if path.startswith("/fault/") else "plain"
        assert row["cookies"] == row["referrers"] == row["queries"] == row["no_gzip"] == 0, path
        assert row["again_after_410"] == 0, path
        if row["inm"]["ok"] or row["ims"]["ok"] or mode == "plain":
            assert row["unconditional_after_first"] == 0, (path, row)
        assert mode in without or row["requests"] <= 3, (path, row)
    assert all(rows[p]["status"] == {"200": 1, "304": 2} for p in rows if p.startswith("/feed/5"))
    assert rows[f"/fault/410/{modes.index('410')}"]["requests"] == 1
    loop = rows[f"/fault/loop/{modes.index('loop')}"]
    assert loop["requests"] <= 3 * 6, "each run follows five redirects"
    assert rows[f"/fault/huge/{modes.index('huge')}"]["bytes"] < 20_000_000
    assert "/_xxe" not in rows


@pytest.mark.parametrize("mode", ["429", "503", "429date"])
def test_nothing_is_asked_of_a_host_that_wants_to_be_left_alone(shared, library, mode):
    server = Server(shared / "bench" / "feed_server.py", "--feeds", "3", "--items", "1")
    try:
        url, other = fault(server, mode, 0), server.url("/feed/1.rss")
        subscribe(library, url)
        [outcome] = library.refresh()
        assert mode[:3] in (outcome.error or "")
        subscribe(library, other)
        said = [each.error or "" for each in library.refresh([url, other])]
        assert all("asked to be left alone until" in each for each in said)
        rows = server.rows()
        assert rows[f"/fault/{mode}/0"]["requests"] == 1
        assert "/feed/1.rss" not in rows

        [_, forced] = library.refresh([url, other], force=True)
        assert server.rows()[f"/fault/{mode}/0"]["requests"] == 2
        assert forced.url in (url, other)
    finally:
        server.close()


def test_five_articles_stay_five_however_the_feed_names_them(server, library):
    modes = ("guidchange", "linkchange", "shuffle", "noguid", "nodate", "dup", "nocond", "sameLM")
    urls = [fault(server, mode, 40 + n) for n, mode in enumerate(modes)]
    subscribe(library, *urls)
    list(library.refresh())
    for _ in range(3):
        outcomes: list[Outcome] = list(library.refresh(urls))
        assert [outcome.new for outcome in outcomes] == [0] * len(modes)
    assert len(library.ids(View("all"))) == ITEMS * len(modes)


def test_one_hanging_feed_delays_none_of_the_others(shared, library):
    server = Server(
        shared / "bench" / "feed_server.py", "--feeds", "60", "--items", "2", "--slow", "2"
    )
    try:
        subscribe(library, fault(server, "hang", 0))
        subscribe(library, *(server.url(f"/feed/{n}.rss") for n in range(59)))
        began = time.monotonic()
        came = []
        run = library.refresh()
        for outcome in run:
            came.append((outcome.url, time.monotonic() - began))
            if len(came) == 59:
                break
        run.close()
        assert all("/hang/" not in url for url, _ in came)
        assert came[-1][1] < 30, "the hanging one takes forty seconds"
    finally:
        server.close()
