"""Refreshing under a pilot: quiet progress, headlines that join, sources in trouble, choices."""

from __future__ import annotations

import asyncio
import contextlib
import os
import threading
from array import array
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from drive import NARROW, Reader, reading

from reader import courtesy
from reader.app import screens
from reader.app.child import Asked, Outcome
from reader.app.merging import with_listed
from reader.app.notifier import notifying_command
from reader.app.screens.picking import Picking
from reader.app.screens.refreshing import Progress, due, troubles
from reader.app.shelves import next_try
from reader.config import Config
from reader.intake.lock import Lock
from reader.library import Library
from reader.model import Source, SourceId, SourceKind, View

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
screens.refreshing.PROGRESS_SECONDS = 0.02
screens.refreshing.ARRIVALS_SECONDS = 0.05
screens.refreshing.ASKING_AGAIN_SECONDS = 0.05


def subscribe(cache, *urls: str) -> list[int]:
    """Leave only these feeds to be asked: the generated ones lie on no network."""
    with Library.open(cache) as library:
        conn = library.cache
        with conn.write() as writing:
            writing.execute("UPDATE source SET kind = 'import'")
        return [int(conn.sources.add(SourceKind.FEED, url, url).id) for url in urls]


async def refreshed(reader: Reader, key: str = "R") -> None:
    """Press the key and read on until the refresh is over."""
    await reader.press(key)
    await refresh_over(reader)


async def refresh_over(reader: Reader) -> None:
    for _ in range(1500):
        if reader.room._progress is None:
            break
        await asyncio.sleep(0.01)
    await reader.rest()


def entries(newsstand, count: int, name: str = "a"):
    return [
        newsstand.Entry(f"{name}{n}", f"News {name}{n}", f"Number {n} came in. " * 9)
        for n in range(count)
    ]


async def test_what_is_due_is_asked_and_the_sum_names_errors(cache, newsstand):
    good = newsstand.sell("/good", newsstand.rss(*entries(newsstand, 3)))
    subscribe(cache, good, newsstand.sell("/bad", b"", 404))
    async with reading(cache) as reader:
        title, unread = reader.title, reader.room.sources.rows[1].count
        await refreshed(reader)

        assert reader.said == "2 sources · 3 new · 1 error (E)"
        assert reader.title == title
        assert reader.room.sources.rows[1].count == unread + 3
        assert reader.room.headlines.row_count == 123
        row = next(r for r in reader.room.sources.rows if r.label.endswith("/bad"))
        assert row.troubled
        assert any("! 127.0" in line and "/bad" in line for line in reader.screen())


async def test_feeds_of_which_nothing_came_yet_are_offered_in_place_of_a_sample(
    own_home, newsstand
):
    path = own_home / "broadsheet.db"
    with Library.open(path) as library:
        for n in range(2):
            url = newsstand.sell(f"/{n}", newsstand.rss(*entries(newsstand, 2, f"{n}x")))
            library.cache.sources.add(SourceKind.FEED, url, url)
    async with reading(path) as reader:
        assert reader.said == (
            "Your 2 feeds are here, and nothing of them yet: R asks what they have"
        )
        assert any("Your 2 feeds are here. Go on so" in line for line in reader.screen())
        assert not any("Three ways" in line for line in reader.screen())
        await refreshed(reader)
        assert reader.said == "2 sources · 4 new"
        assert reader.room.headlines.row_count == 4
        await reader.press("enter")
        assert any("came in." in line for line in reader.screen())


async def test_what_a_refresh_elsewhere_had_no_time_to_compare_is_compared_by_the_room(
    own_home, newsstand, monkeypatch
):
    from reader.intake import refresh as intake

    monkeypatch.setattr(intake, "COMPARING_SECONDS", 0.0)
    told = "The keeper of the lamp fell from the pier at Ostrey and was saved by a ferry. " * 5
    same = [newsstand.Entry(f"{n}", "Keeper saved from the sea", told) for n in range(3)]
    path = own_home / "broadsheet.db"
    with Library.open(path) as library:
        for n, entry in enumerate(same):
            url = newsstand.sell(f"/{n}", newsstand.rss(entry))
            library.cache.sources.add(SourceKind.FEED, url, url)
        list(library.refresh())
        assert (library.is_uncompared(), library.storyless()) == (True, 3)
    async with reading(path) as reader:
        for _ in range(2_000):
            if not reader.room.library.is_uncompared():
                break
            await asyncio.sleep(0.01)
        await reader.rest()
        assert reader.room.library.storyless() == 0
    async with reading(path) as reader:
        assert not reader.room.comparer.running


async def test_headlines_that_come_do_not_move_what_is_read(cache, newsstand):
    feed = newsstand.rss(*entries(newsstand, 4)).replace(b"06 Jan 2025", b"23 Nov 2026")
    subscribe(cache, newsstand.sell("/f", feed))
    async with reading(cache) as reader:
        await reader.press(*["j"] * 6)
        headlines = reader.room.headlines
        title, on_screen = reader.title, headlines.cursor - headlines.scroll_offset.y
        await refreshed(reader)

        assert headlines.row_count == 124
        assert reader.title == title
        assert headlines.cursor == 10
        assert headlines.cursor - headlines.scroll_offset.y == on_screen


async def test_in_the_unread_list_what_was_just_read_stays_listed(cache, newsstand):
    subscribe(cache, newsstand.sell("/f", newsstand.rss(*entries(newsstand, 2))))
    async with reading(cache) as reader:
        await reader.press("g", "u")
        before = list(reader.room.headlines.ids)
        await reader.press("j")
        await reader.press("j")
        await refreshed(reader)

        after = list(reader.room.headlines.ids)
        assert set(before) < set(after)
        assert [each for each in after if each in before] == before


async def test_progress_stands_beside_the_place_and_a_second_refresh_is_not_begun(cache, newsstand):
    go_on = threading.Event()

    def slow(handler):
        go_on.wait(10)
        handler.send_response_only(404)
        handler.end_headers()

    newsstand.pages["/slow"] = slow
    quick = newsstand.sell("/quick", newsstand.rss(*entries(newsstand, 2)))
    subscribe(cache, quick, newsstand.url("/slow"))
    async with reading(cache) as reader:
        await reader.press("R")
        for _ in range(1000):
            await asyncio.sleep(0.01)
            if reader.room._progress is not None and reader.room._progress.asked:
                break
        await reader.rest()
        assert "refreshing 1 of 2 · 2 new │ 1 of 12" in reader.screen()[-1]
        assert "read on" in reader.screen()[-1]
        await reader.press("R")
        assert reader.said.startswith("Still refreshing 1 of 2")
        await reader.press("j")
        assert reader.room.headlines.cursor == 1
        await reader.resize(NARROW)
        assert "1/2" in reader.screen()[-1]
        go_on.set()
        await refresh_over(reader)
        assert reader.said == "2 sources · 2 new · 1 error (E)"
    assert len(newsstand.asked_for("/slow")) == 1


async def test_one_source_is_asked_though_it_is_not_due(cache, newsstand):
    [source] = subscribe(cache, newsstand.sell("/f", newsstand.rss(*entries(newsstand, 2))))
    async with reading(cache) as reader:
        await refreshed(reader)
        await refreshed(reader)
        assert reader.said.startswith("Nothing is due")
        reader.room.go_view(View("source", SourceId(source)))
        newsstand.sell("/f", newsstand.rss(*entries(newsstand, 3)))
        await refreshed(reader, "r")
        assert reader.said == "Low Sluice Gazette: 1 new"
        assert reader.room.headlines.row_count == 3
        await reader.press("g", "f")
        await refreshed(reader, "r")
        assert reader.said == "Low Sluice Gazette: nothing new"


async def test_what_came_once_is_not_refreshed(cache):
    subscribe(cache)
    async with reading(cache) as reader:
        await reader.press("r")
        assert reader.said.endswith("came once and is not refreshed")
        await reader.press("R")
        assert reader.said.startswith("No feeds yet")


async def test_a_refresh_begun_elsewhere_is_said_in_one_line(cache, newsstand):
    subscribe(cache, newsstand.sell("/f", newsstand.rss()))
    async with reading(cache) as reader:
        with Lock(cache):
            await refreshed(reader)
        assert reader.said.startswith("Another refresh is running")


async def test_without_a_network_each_source_has_its_error_and_cure(cache):
    subscribe(cache, "http://127.0.0.1:1/feed")
    async with reading(cache) as reader:
        await refreshed(reader)
        assert "(E)" in reader.said
        await reader.press("E")
        assert isinstance(reader.app.screen, Picking)
        assert "One source in trouble" in reader.text()
        assert "next try" in reader.text()
        await reader.type("nowhere")
        assert "next try" not in reader.text()
        await reader.press(*["backspace"] * 7)
        await reader.press("enter")
        assert reader.room.view.kind == "source"
        assert reader.room.place.value == "sources"


async def test_of_a_source_in_trouble_the_new_feed_is_followed_and_the_old_one_taken_off(
    cache, newsstand
):
    page = f"<html><head>{link('/new.xml')}</head><body><p>We have moved.</p></body></html>"
    old = newsstand.sell("/old.xml", page.encode(), Content_Type="text/html")
    new = newsstand.sell("/new.xml", newsstand.rss(*entries(newsstand, 2)))
    subscribe(cache, old)
    async with reading(cache) as reader:
        await refreshed(reader)
        await reader.press("E")
        assert "Ctrl-A follows" in reader.text()
        await reader.press("ctrl+a")
        await added(reader)
        assert reader.said == "2 added"
        await reader.press("E")
        await reader.press("delete")
        assert "takes it back" in reader.said
        await reader.press("E")
        assert reader.said == "No source is in trouble"
    with Library.open(cache) as library:
        assert [source.url for source in library.sources() if source.kind == "feed"] == [new]


async def test_a_child_that_dies_is_said_and_the_next_refresh_goes_on(cache, newsstand):
    begun, go_on = threading.Event(), threading.Event()

    def slow(handler):
        begun.set()
        go_on.wait(10)
        handler.send_response_only(404)
        handler.end_headers()

    newsstand.pages["/slow"] = slow
    subscribe(cache, newsstand.url("/slow"))
    async with reading(cache) as reader:
        await reader.press("R")
        await asyncio.to_thread(begun.wait, 10)
        reader.room.refresher._process.kill()
        await refresh_over(reader)
        assert "signal 9" in reader.said
        go_on.set()
        await refreshed(reader)
        assert "signal" not in reader.said


async def test_leaving_ends_the_refresh(cache, newsstand):
    begun, go_on = threading.Event(), threading.Event()
    newsstand.pages["/slow"] = lambda handler: (begun.set(), go_on.wait(10))
    subscribe(cache, newsstand.url("/slow"))
    async with reading(cache) as reader:
        await reader.press("R")
        await asyncio.to_thread(begun.wait, 10)
        process = reader.room.refresher._process
    assert await asyncio.wait_for(process.wait(), 5) != 0
    go_on.set()


async def test_the_desktop_is_told_only_if_the_person_wishes(
    cache, newsstand, own_home, monkeypatch
):
    told = []
    monkeypatch.setattr(screens.refreshing, "notify", lambda text, app: told.append(text))
    [source] = subscribe(cache, newsstand.sell("/f", newsstand.rss(*entries(newsstand, 1))))
    async with reading(cache) as reader:
        reader.room.go_view(View("source", SourceId(source)))
        await reader.press("g", "f")
        await refreshed(reader, "r")
        assert told == []
        newsstand.sell("/f", newsstand.rss(*entries(newsstand, 3)))
        reader.room.config = Config(notify=True)
        await refreshed(reader, "r")
        assert told == ["2 new articles"]


def test_a_notice_is_a_list_of_words_and_no_option(tmp_path, monkeypatch):
    program = tmp_path / "notify-send"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("DISPLAY", ":0")
    assert notifying_command("3 new")[1:] == ["--app-name=broadsheet", "--", "broadsheet", "3 new"]
    monkeypatch.delenv("DISPLAY")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    assert notifying_command("3 new") is None


async def test_no_trouble_is_said_in_a_line(cache):
    async with reading(cache) as reader:
        await reader.press("E")
        assert reader.said == "No source is in trouble"


def link(place: str, title: str = "News") -> str:
    return f'<link rel="alternate" type="application/rss+xml" title="{title}" href="{place}">'


def site(newsstand) -> str:
    links = "".join(link(f"/{name}.xml", name) for name in ("Sport", "Politics"))
    for name in ("Sport", "Politics"):
        newsstand.sell(f"/{name}.xml", newsstand.rss(*entries(newsstand, 2, name)))
    page = f"<html><head><title>Low Sluice</title>{links}</head><body><p>Hi</p></body></html>"
    return newsstand.sell("/", page.encode(), Content_Type="text/html")


async def added(reader: Reader) -> None:
    for _ in range(1500):
        await asyncio.sleep(0.01)
        if not reader.room.intake.running and reader.room._adding.done():
            break
    await reader.rest()


def arguments_of_all_processes() -> bytes:
    """What `ps` shows to every user of the machine."""
    told = b""
    for file in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):  # it has ended meanwhile
            told += file.read_bytes()
    return told


@pytest.mark.skipif(not Path("/proc/self/cmdline").exists(), reason="there is no /proc here")
async def test_a_login_typed_in_the_room_stands_in_no_list_of_processes(cache, newsstand):
    shown: list[bytes] = []

    def answer(handler) -> None:
        shown.append(arguments_of_all_processes())
        handler.send_response_only(200)
        handler.end_headers()
        handler.wfile.write(newsstand.rss(*entries(newsstand, 2)))

    newsstand.pages["/f"] = answer
    async with reading(cache) as reader:
        await reader.press("a")
        await reader.type(newsstand.url("/f").replace("://", "://me:hush-hush@"))
        await reader.press("enter")
        await added(reader)
        assert reader.title == "News a0"
    assert "Authorization" in newsstand.asked_for("/f")[0]
    assert b"hush-hush" not in shown[0]
    assert b"reader\0add\0--jsonl" in shown[0], "the child that asks was looked at"


async def test_of_several_feeds_of_a_site_the_person_chooses_one(cache, newsstand):
    url = site(newsstand)
    async with reading(cache) as reader:
        await reader.press("a")
        await reader.type(url)
        await reader.press("enter")
        await added(reader)
        assert isinstance(reader.app.screen, Picking)
        assert "Sport" in reader.text()
        await reader.type("zz")
        assert "Nothing here has “zz”" in reader.text()
        await reader.press("enter")
        await reader.press("backspace")
        await reader.press("backspace")
        await reader.press("down")
        await reader.press("enter")
        await added(reader)
        assert reader.title == "News Politics0", "what the feed lists first"
    with Library.open(cache) as library:
        assert newsstand.url("/Politics.xml") in [source.url for source in library.sources()]
        assert newsstand.url("/Sport.xml") not in [source.url for source in library.sources()]


async def test_the_choice_waits_for_a_key_if_the_person_has_gone_on_reading(cache, newsstand):
    url = site(newsstand)
    async with reading(cache) as reader:
        await reader.press("a")
        await reader.type(url)
        await reader.press("enter")
        await reader.press("j")
        await added(reader)
        assert not isinstance(reader.app.screen, Picking)
        assert "has 2 feeds" in reader.said
        await reader.press("enter")
        assert isinstance(reader.app.screen, Picking)
        await reader.press("escape")
        assert reader.room.place.value == "headlines"


def source(number: int = 1, kind: SourceKind = SourceKind.FEED, **facts) -> Source:
    return Source(SourceId(number), kind, f"https://{number}.example/", f"Paper {number}", **facts)


@pytest.mark.parametrize(
    ("facts", "is_due"),
    [
        ({}, True),
        ({"last": NOW, "next": NOW + timedelta(hours=1)}, False),
        ({"last": NOW, "next": NOW}, True),
        ({"last": NOW + timedelta(days=999), "next": NOW + timedelta(days=1000)}, True),
        ({"last": NOW - timedelta(days=9), "error": "gone for good"}, False),
        ({"kind": SourceKind.SAMPLE}, False),
        ({"kind": SourceKind.FOLDER, "last": NOW}, True),
    ],
)
def test_which_sources_are_due(facts, is_due):
    assert bool(due([source(**facts)], NOW)) == is_due


def test_trouble_says_what_and_when():
    [only] = troubles([source(), source(2, error="no such host: check the address")], NOW)
    assert (only.title, only.value) == ("! Paper 2", "2")
    assert only.detail == "no such host: check the address"
    assert only.aside == "not tried again"
    assert next_try(NOW + timedelta(minutes=35), NOW) == "next try 10:05"
    assert next_try(NOW + timedelta(days=2), NOW) == "next try Wed 25 Nov, 09:30"
    assert next_try(NOW - timedelta(days=2), NOW) == "next try: now, with R"


OWN_KEYS = {"refresh_due": "R", "refresh_source": "r", "troubles": "E"}.__getitem__


def test_the_sum_says_what_broke_off():
    progress = Progress(80, OWN_KEYS)
    progress.asked += [Asked(1, "One", 1, 0, None), Asked(2, "Two", 0, 1, None)]
    assert progress.ways()[0] == "refreshing 2 of 80 · 1 new"
    assert progress.sum(Outcome(0, "")) == "2 sources · 1 new · 1 changed"
    assert "signal 15" in progress.sum(Outcome(-15, ""))
    full = Outcome(4, "broadsheet: the disk is full")
    assert progress.sum(full).endswith("ended early (the disk is full); R goes on from there")
    assert Progress(3, OWN_KEYS).sum(full) == "The disk is full"
    assert "R tries again" in Progress(3, OWN_KEYS).sum(Outcome(-9, ""))


def test_what_was_listed_stays_where_it_stood():
    fresh, listed = array("q", [9, 7, 5, 2]), array("q", [8, 7, 6, 5, 4, 2, 1])
    assert list(with_listed(fresh, listed)) == [9, 8, 7, 6, 5, 4, 2, 1]
    assert list(with_listed(array("q"), listed)) == list(listed)
    assert list(with_listed(fresh, array("q"))) == list(fresh)


async def test_x_fetches_the_whole_text_of_a_beginning(cache, newsstand):
    story = "".join(
        f"<p>Paragraph {n}: the keeper freed the gate with a boat hook.</p>" for n in range(9)
    )
    page = f"<html><head><title>Gate</title></head><body><article>{story}</article></body></html>"
    newsstand.sell("/gate", page.encode())
    newsstand.sell("/robots.txt", b"User-agent: *\nDisallow: /")
    entry = newsstand.Entry("g", "Gate", "The lock gate stuck …", newsstand.url("/gate"))
    [source] = subscribe(cache, newsstand.sell("/f", newsstand.rss(entry)))
    async with reading(cache) as reader:
        await refreshed(reader)
        reader.room.go_view(View("source", SourceId(source)))
        await reader.rest()
        assert "Note: The feed gives only the beginning." in reader.text()
        assert "robots.txt" in reader.text(), "why the page did not come by itself"

        await reader.press("x")
        for _ in range(1500):
            if not reader.room.page_fetcher.running:
                break
            await asyncio.sleep(0.01)
        await reader.rest()

        assert reader.said == "The whole text is here"
        assert "Paragraph 7" in reader.text()
        assert "Note:" not in reader.text()


async def test_x_says_why_a_page_was_not_to_be_had(cache, newsstand):
    entry = newsstand.Entry("g", "Gate", "The lock gate stuck …", newsstand.url("/none"))
    [source] = subscribe(cache, newsstand.sell("/f", newsstand.rss(entry)))
    async with reading(cache) as reader:
        await refreshed(reader)
        reader.room.go_view(View("source", SourceId(source)))
        await reader.press("x")
        for _ in range(1500):
            if not reader.room.page_fetcher.running:
                break
            await asyncio.sleep(0.01)
        await reader.rest()
        assert reader.said.startswith("Its page could not be had: ")
        assert "The lock gate stuck" in reader.text()


@pytest.mark.skipif(not hasattr(os, "getpriority"), reason="no niceness on this system")
async def test_a_refresh_leaves_the_processor_to_the_reader(cache, newsstand):
    begun, go_on = threading.Event(), threading.Event()
    newsstand.pages["/slow"] = lambda handler: (begun.set(), go_on.wait(10))
    subscribe(cache, newsstand.url("/slow"))
    async with reading(cache) as reader:
        await reader.press("R")
        await asyncio.to_thread(begun.wait, 10)
        refresh = reader.room.refresher._process.pid
        assert os.getpriority(os.PRIO_PROCESS, refresh) > os.getpriority(os.PRIO_PROCESS, 0)
        if (group := Path(f"/proc/{refresh}/autogroup")).exists():
            assert group.read_text().split()[-1] == str(courtesy.STEPS_BACK)
        if len(ours := courtesy.processors()) > 1:
            assert sorted(os.sched_getaffinity(refresh)) == ours[1:]
    go_on.set()
