"""How addresses are asked: proxies, codings that libraries add, robots, turns."""

import random
import threading
import time
from itertools import pairwise
from types import SimpleNamespace

import pytest

from reader.errors import FetchError, FetchLater
from reader.fetch import codings, fetch, pacing
from reader.fetch.answers import Answer, fresh_seconds, retry_seconds
from reader.fetch.pacing import Pace, Turns
from reader.fetch.robots import Robots


def test_a_proxy_is_asked_for_names_that_only_it_knows(newsstand, monkeypatch):
    monkeypatch.setenv("http_proxy", newsstand.url("").replace("://", "://me:pw@"))
    newsstand.sell("http://paper.invalid/a", b"news")

    assert fetch("http://paper.invalid/a").body == b"news"

    [headers] = newsstand.asked_for("http://paper.invalid/a")
    assert headers["Proxy-Authorization"].startswith("Basic ")
    assert headers["Host"] == "paper.invalid"


def test_no_proxy_and_this_machine_are_asked_themselves(newsstand, monkeypatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9/")
    newsstand.sell("/a", b"news")

    assert fetch(newsstand.url("/a")).body == b"news"
    with pytest.raises(FetchError, match=r"127\.0\.0\.1:9"):
        fetch("http://paper.invalid/a")
    monkeypatch.setenv("no_proxy", "paper.invalid")
    with pytest.raises(FetchError, match="no host named paper"):
        fetch("http://paper.invalid/a")


def test_a_private_address_is_refused_behind_a_proxy_too(newsstand, monkeypatch):
    monkeypatch.setenv("http_proxy", newsstand.url(""))

    with pytest.raises(FetchError, match="private network"):
        fetch("http://10.0.0.1/", typed=False)


def test_brotli_is_taken_off_and_its_bombs_are_not_unpacked():
    brotli = pytest.importorskip("brotli")
    if not codings.is_known("br"):
        pytest.skip("this brotli cannot be told to stop")

    assert codings.unpacked(brotli.compress(b"news " * 999), "br", 10_000) == (b"news " * 999, True)
    bomb = brotli.compress(bytes(50_000_000), quality=1)
    assert len(codings.unpacked(bomb, "br", 1_000)[0]) == 1_000
    assert codings.unpacked(brotli.compress(b"news " * 999)[:-3], "br", 10_000)[1] is False
    with pytest.raises(codings.Damaged):
        codings.unpacked(b"\xff" * 99, "br", 1_000)


def test_zstd_is_taken_off_and_its_bombs_are_not_unpacked():
    zstandard = pytest.importorskip("zstandard")
    long = random.Random(0).randbytes(500_000)
    packed = zstandard.compress(long)

    assert codings.unpacked(packed, "zstd", 10**9) == (long, True)
    assert codings.unpacked(packed + packed, "zstd", 10**9) == (long + long, True)
    assert len(codings.unpacked(zstandard.compress(bytes(50_000_000)), "zstd", 1_000)[0]) == 1_000
    came, is_whole = codings.unpacked(packed[:-200_000], "zstd", 10**9)
    assert (long.startswith(came), len(came) > 200_000, is_whole) == (True, True, False)
    with pytest.raises(codings.Damaged):
        codings.unpacked(b"news", "zstd", 1_000)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"Cache-Control": "public, max-age=600"}, 600),
        ({"Cache-Control": "max-age=600", "Age": "100"}, 500),
        ({"Cache-Control": "no-cache, max-age=600"}, None),
        ({"Cache-Control": "s-maxage=600"}, None),
        (
            {
                "Expires": "Mon, 03 Mar 2025 10:00:00 GMT",
                "Date": "Mon, 03 Mar 2025 09:00:00 GMT",
            },
            3600,
        ),
        ({"Expires": "0"}, None),
        ({}, None),
    ],
)
def test_how_long_an_answer_is_fresh(headers, seconds):
    from reader import clock

    assert fresh_seconds(headers, clock.now()) == seconds


@pytest.mark.parametrize("told", ["", "soon", "-5", "٣", "9" * 30, "Mon, 99 Foo 2025"])
def test_a_retry_after_that_says_nothing(told):
    from reader import clock

    assert retry_seconds({"Retry-After": told}, clock.now()) is None


def test_robots_are_asked_for_once_a_site():
    asked = []

    def ask(url: str) -> Answer:
        asked.append(url)
        if "down" in url:
            raise FetchLater(url, "silent")
        return Answer(url, 200, body=b"User-agent: *\nDisallow: /private\n")

    robots = Robots(ask)

    assert robots.allow("http://x.example/news")
    assert not robots.allow("http://x.example/private/1")
    for _ in range(2):
        with pytest.raises(FetchLater, match="silent"):
            robots.allow("http://down.example/")
    assert asked == ["http://x.example/robots.txt", "http://down.example/robots.txt"]


def test_who_asks_alone_leaves_a_host_its_time(monkeypatch):
    at = [100.0]
    clock = SimpleNamespace(monotonic=lambda: at[0], sleep=lambda s: at.append(at.pop() + s))
    monkeypatch.setattr(pacing, "time", clock)
    pace = Pace(interval_seconds=1.0, at_once=2)
    asked = []
    for host in ("slow", "slow", "quick", "slow", "slow"):
        pace.await_turn(host)
        asked.append(at[0])
    at[0] += 60
    for _ in range(3):
        pace.await_turn("slow")
        asked.append(at[0])

    assert asked == [100, 100, 100, 101, 102, 162, 162, 163]


def test_a_host_is_asked_by_so_many_at_once_and_so_often():
    turns: Turns[int] = Turns(interval_seconds=0.05, connections=2)
    for n in range(6):
        turns.add("slow", n)
    turns.add("quick", 99)
    began, starts, inside, most = time.monotonic(), [], 0, 0
    lock = threading.Lock()

    def work() -> None:
        nonlocal inside, most
        while (turn := turns.take()) is not None:
            with lock:
                starts.append((turn, time.monotonic() - began))
                inside += turn[0] == "slow"
                most = max(most, inside)
            time.sleep(0.08)
            with lock:
                inside -= turn[0] == "slow"
            turns.done(turn[0])

    crew = [threading.Thread(target=work) for _ in range(5)]
    for thread in crew:
        thread.start()
    for thread in crew:
        thread.join(10)

    slow = [at for (host, _), at in starts if host == "slow"]
    assert len(starts) == 7
    assert most <= 2
    assert all(later - sooner >= 0.045 for sooner, later in pairwise(slow))
    assert {job for (host, job), _ in starts[:2]} >= {99}
