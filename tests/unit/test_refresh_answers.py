"""What a source answers, and what a refresh makes of it."""

import errno
import socket
import threading
from datetime import UTC, datetime, timedelta

import pytest

from reader import config
from reader.errors import NothingFound
from reader.fetch import client
from reader.intake.asking import settings_of
from reader.intake.lock import AlreadyRefreshing, Lock
from reader.model import SourceKind, View

MORNING = datetime(2025, 3, 3, 8, tzinfo=UTC)


@pytest.fixture
def clock(monkeypatch):
    """Sets the hour, counted from a Monday morning."""

    def set_to(hours: float) -> datetime:
        moment = MORNING + timedelta(hours=hours)
        monkeypatch.setenv("BROADSHEET_NOW", moment.isoformat())
        return moment

    set_to(0)
    return set_to


@pytest.fixture
def subscribe(library):
    def add(url: str, added_as: str | None = None):
        return library.cache.sources.add(SourceKind.FEED, url, url, added_as=added_as or url)

    return add


def entries(newsstand, *guids: str) -> bytes:
    return newsstand.rss(*(newsstand.Entry(guid, title=f"Day {guid}") for guid in guids))


def test_a_feed_is_asked_when_it_is_due_and_by_what_it_gave_to_ask_by(
    library, newsstand, subscribe, clock
):
    url = newsstand.sell("/f", entries(newsstand, "a"), ETag='W/"1"', Last_Modified="yesterday")
    subscribe(url)

    [first] = library.refresh()
    early = list(library.refresh())
    clock(40)
    [later] = library.refresh()

    assert (first.status, first.new, first.error) == ("new", 1, None)
    assert first.title == "Low Sluice Gazette"
    assert early == []
    assert (later.status, later.new) == ("unchanged", 0)
    one, two = newsstand.asked_for("/f")
    assert "If-None-Match" not in one
    assert (two["If-None-Match"], two["If-Modified-Since"]) == ('W/"1"', "yesterday")
    assert not {"Cookie", "Referer"} & {*one, *two}
    assert "gzip" in one["Accept-Encoding"]
    assert two["User-Agent"].startswith("broadsheet/")


def test_new_validators_are_kept_though_the_body_is_the_same(library, newsstand, subscribe, clock):
    body = entries(newsstand, "a")
    url = newsstand.sell("/f", body, ETag='"1"')
    source = subscribe(url)
    list(library.refresh())

    newsstand.sell("/f", body, ETag='"2"')
    [touched] = library.refresh([str(source.id)])
    [after] = library.refresh([url])

    assert (touched.status, after.status) == ("unchanged", "unchanged")
    assert newsstand.asked_for("/f")[2]["If-None-Match"] == '"2"'


def test_validators_belong_to_the_address_that_gave_them(library, newsstand, subscribe, clock):
    newsstand.sell("/there", entries(newsstand, "a"), ETag='"there"')
    url = newsstand.sell("/here", status=302, Location="/there", ETag='"here"')
    subscribe(url)

    list(library.refresh())
    list(library.refresh([url]))

    assert "If-None-Match" not in newsstand.asked_for("/here")[1]
    assert newsstand.asked_for("/there")[1]["If-None-Match"] == '"there"'


def test_what_is_for_good_is_believed_the_second_time(library, newsstand, subscribe, clock):
    newsstand.sell("/new", entries(newsstand, "a"), ETag='"n"')
    url = newsstand.sell("/old", status=301, Location="/new")
    source = subscribe(url)

    outcomes = [outcome for _ in range(3) for outcome in library.refresh([str(source.id)])]

    assert [o.status for o in outcomes] == ["new", "moved", "unchanged"]
    assert outcomes[1].moved_to == newsstand.url("/new")
    assert library.sources()[0].url == newsstand.url("/new")
    assert len(newsstand.asked_for("/old")) == 2
    assert newsstand.asked_for("/new")[2]["If-None-Match"] == '"n"'


def test_a_move_to_another_source_is_said_and_not_made(library, newsstand, subscribe, clock):
    new = newsstand.sell("/new", entries(newsstand, "a"))
    old = newsstand.sell("/old", status=308, Location="/new")
    subscribe(new)
    subscribe(old)
    list(library.refresh())

    [outcome] = library.refresh([old])

    assert "a source of its own" in outcome.error
    assert {source.url for source in library.sources()} == {new, old}
    assert library.counts().all == 2


def test_what_is_gone_is_not_asked_again(library, newsstand, subscribe, clock):
    url = newsstand.sell("/f", entries(newsstand, "a"))
    subscribe(url)
    list(library.refresh())
    newsstand.sell("/f", b"", 410)

    [gone] = library.refresh([url])
    clock(1000)
    again = list(library.refresh())
    [named] = library.refresh([url])

    assert (gone.status, gone.next) == ("gone", None)
    assert again == []
    assert named.status == "gone"
    assert len(newsstand.asked_for("/f")) == 2
    assert library.counts().all == 1
    [forced] = library.refresh([url], force=True)
    assert forced.status == "gone"
    assert len(newsstand.asked_for("/f")) == 3


@pytest.mark.parametrize("told", ["7200", "Mon, 03 Mar 2025 10:00:00 GMT"])
def test_a_host_is_left_alone_for_as_long_as_it_says(library, newsstand, subscribe, clock, told):
    date = "Mon, 03 Mar 2025 08:00:00 GMT"
    url = newsstand.sell("/f", b"", 429, Retry_After=told, Date=date)
    other = subscribe(newsstand.sell("/g", entries(newsstand, "a")))
    source = subscribe(url)

    [busy] = library.refresh([str(source.id)])
    [held] = library.refresh([str(other.id)])
    clock(1.9)
    [still] = library.refresh([url])

    assert busy.next - MORNING == timedelta(hours=2)
    assert "left alone until 2025-03-03 10:00" in held.error
    assert "`broadsheet refresh --force` asks" in held.error, "add, which says so too, has none"
    assert "left alone" in still.error
    assert len(newsstand.asked) == 1
    [forced] = library.refresh([other.url], force=True)
    assert forced.status == "new"
    newsstand.sell("/f", entries(newsstand, "b"))
    clock(2.1)
    assert [o.status for o in library.refresh([url])] == ["new"]


def test_what_a_wrong_clock_put_off_for_years_is_asked_when_it_is_right(
    library, newsstand, subscribe, clock
):
    clock(24 * 365 * 70)
    newsstand.sell("/f", b"", 429, Retry_After="7200")
    subscribe(newsstand.url("/f"))
    subscribe(newsstand.sell("/g", entries(newsstand, "b")))
    assert {o.status for o in library.refresh()} >= {"error"}
    clock(0)
    newsstand.sell("/f", entries(newsstand, "a"))

    assert {o.status for o in library.refresh()} <= {"new", "unchanged"}
    assert library.counts().all == 2


def test_any_refusal_may_say_when_to_come_back(library, newsstand, subscribe, clock):
    url = newsstand.sell("/f", b"", 403, Retry_After="10800")
    subscribe(url)

    [refused] = library.refresh()
    clock(2.9)
    [held] = library.refresh([url])

    assert refused.next - MORNING == timedelta(hours=3)
    assert "left alone until 2025-03-03 11:00" in held.error
    assert len(newsstand.asked) == 1


def test_a_feed_that_is_always_refused_does_not_hold_up_its_neighbours(
    library, newsstand, subscribe, clock, own_home
):
    (own_home / "config.toml").write_text(
        "[fetch]\nhost_connections = 1\nhost_interval_seconds = 0\n"
    )
    subscribe(newsstand.sell("/refused", b"", 429, Retry_After="86400"))
    subscribe(newsstand.sell("/f", entries(newsstand, "a")))

    first = [o.status for o in library.refresh()]
    clock(25)
    later = {o.status for o in library.refresh()}

    assert (first, later) == (["error", "error"], {"new", "error"})


def test_failures_are_tried_again_ever_more_seldom(library, newsstand, subscribe, clock):
    url = newsstand.sell("/f", b"", 500)
    subscribe(url)
    waits = []
    at = 0.0
    for _ in range(7):
        now = clock(at)
        [outcome] = library.refresh()
        waits.append((outcome.next - now).total_seconds() / 3600)
        at += waits[-1] + 0.01

    assert outcome.status == "error"
    assert "fault of its own" in outcome.error
    for wait, hours in zip(waits, (1, 2, 4, 8, 16, 24, 24), strict=True):
        assert hours <= wait <= hours * 1.1 + 0.01
    newsstand.sell("/f", entries(newsstand, "a"))
    clock(at)
    [well] = library.refresh()
    assert (well.status, library.sources()[0].error) == ("new", None)


@pytest.mark.parametrize("broken", ["names", "net"])
def test_a_machine_that_is_not_online_is_no_fault_of_a_source(
    library, newsstand, clock, monkeypatch, broken
):
    subscribe = library.cache.sources.add
    source = subscribe(SourceKind.FEED, f"http://localhost:{newsstand.port}/f", "Paper")
    newsstand.sell("/f", entries(newsstand, "a"))

    def no_names(*_, **__):
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    def no_net(*_, **__):
        raise OSError(errno.ENETUNREACH, "Network is unreachable")

    with monkeypatch.context() as unplugged:
        if broken == "names":
            unplugged.setattr(socket, "getaddrinfo", no_names)
        else:
            unplugged.setattr(socket, "create_connection", no_net)
        for hour in range(5):
            now = clock(hour)
            [outcome] = library.refresh()
            assert "this machine is not online" in outcome.error
            assert outcome.next - now == timedelta(minutes=1)
    assert library.cache.fetches.one(source.id).fails == 0

    clock(4.1)
    assert [o.new for o in library.refresh()] == [1]


def test_what_server_and_feed_say_of_when_to_come_back_is_heeded(
    library, newsstand, subscribe, clock
):
    body = newsstand.rss(newsstand.Entry("a"), more="<ttl>300</ttl>")
    one = subscribe(newsstand.sell("/f", body))
    fresh = subscribe(newsstand.sell("/g", entries(newsstand, "b"), Cache_Control="max-age=9000"))

    outcomes = {o.id: (o.next - MORNING).total_seconds() for o in library.refresh()}

    assert 300 * 60 <= outcomes[one.id] <= 300 * 66 + 1
    assert 9000 <= outcomes[fresh.id] <= 9900 + 1


def test_a_page_where_a_feed_was_is_an_error_that_names_the_feed(
    library, newsstand, subscribe, clock
):
    url = newsstand.sell("/f", entries(newsstand, "a"))
    subscribe(url)
    list(library.refresh())
    link = '<link rel="alternate" type="application/rss+xml" href="/elsewhere.rss">'
    newsstand.sell("/f", f"<html><head>{link}</head><body>Hi</body></html>".encode(), ETag='"p"')

    [outcome] = library.refresh([url])
    [again] = library.refresh([url])

    assert outcome.status == again.status == "error"
    assert newsstand.url("/elsewhere.rss") in outcome.error
    assert again.error == outcome.error
    assert newsstand.asked_for("/f")[2]["If-None-Match"] == '"p"'
    assert library.counts().all == 1


@pytest.mark.parametrize("body", [b"", b"\x89PNG\r\n\x1a\n", b"no feed at all", b"{}"])
def test_what_is_no_feed_is_an_error_in_words(library, newsstand, subscribe, clock, body):
    subscribe(newsstand.sell("/f", body))

    [outcome] = library.refresh()

    assert outcome.status == "error"
    assert outcome.error
    assert library.sources()[0].error == outcome.error


def test_an_answer_that_breaks_off_gives_what_had_come_and_is_asked_for_again(
    library, newsstand, subscribe, clock
):
    body = entries(newsstand, "a", "b", "c")
    url = newsstand.sell("/f", body[:-60], ETag='"1"', Content_Length=str(len(body)))
    subscribe(url)

    [cut] = library.refresh()
    newsstand.sell("/f", body, ETag='"1"')
    [whole] = library.refresh([url])

    assert cut.status == "new"
    assert cut.new >= 2
    assert "broke off" in cut.error
    assert "If-None-Match" not in newsstand.asked_for("/f")[1]
    assert cut.new + whole.new == 3
    assert whole.error is None


def test_a_server_that_falls_silent_gives_what_had_come(
    library, newsstand, subscribe, clock, monkeypatch
):
    monkeypatch.setattr(client, "SILENCE_SECONDS", 0.5)
    over = threading.Event()

    def say(handler, body):
        handler.send_response_only(200)
        handler.end_headers()
        handler.wfile.write(body)
        handler.wfile.flush()
        over.wait()

    newsstand.pages["/some"] = lambda handler: say(handler, entries(newsstand, "a", "b", "c"))
    newsstand.pages["/none"] = lambda handler: say(handler, b"<?xml version='1.0'?>")
    some, none = subscribe(newsstand.url("/some")), subscribe(newsstand.url("/none"))

    outcomes = {outcome.id: outcome for outcome in library.refresh()}
    over.set()

    assert (outcomes[some.id].new, outcomes[none.id].new) == (3, 0)
    assert all("broke off" in (each.error or "") for each in outcomes.values())


@pytest.mark.parametrize("kind", [SourceKind.FEED, SourceKind.PAGE])
def test_a_source_that_is_removed_while_it_is_asked_brings_nothing(
    library, newsstand, clock, own_home, kind
):
    body = entries(newsstand, "a") if kind == SourceKind.FEED else b"<p>The gate stuck. " * 30
    source = library.cache.sources.add(kind, newsstand.url("/f"), "Gate")

    def answer(handler):
        with library.another() as elsewhere:
            elsewhere.remove_source(source.id)
        handler.send_response_only(200)
        handler.end_headers()
        handler.wfile.write(body)

    newsstand.pages["/f"] = answer

    [outcome] = library.refresh()

    assert (outcome.status, outcome.new) == ("unchanged", 0)
    assert list(library.ids(View("all"))) == []
    library.undo()
    newsstand.sell("/f", body)
    assert [o.new for o in library.refresh(["1"])] == [1]


def test_nothing_has_changed_is_no_answer_to_who_has_nothing(library, newsstand, subscribe, clock):
    subscribe(newsstand.sell("/f", b"", 304))

    [outcome] = library.refresh()

    assert outcome.status == "error"
    assert "nothing had come" in outcome.error


def test_a_feed_may_not_lead_into_the_private_network(library, newsstand, subscribe, clock):
    url = newsstand.sell("/f", status=302, Location="http://127.0.0.2:9/router")
    typed_elsewhere = newsstand.sell("/g", entries(newsstand, "a"))
    subscribe(url)
    subscribe(typed_elsewhere, added_as="https://gazette.example/")

    outcomes = {o.url: o for o in library.refresh()}

    assert "private network" in outcomes[url].error
    assert "private network" in outcomes[typed_elsewhere].error
    assert newsstand.asked_for("/g") == []


def test_one_refresh_at_a_time_and_a_lock_left_behind_locks_nothing(library, newsstand, clock):
    with Lock(library.path), pytest.raises(AlreadyRefreshing, match=r"process \d+"):
        list(library.refresh())
    library.path.with_name("refresh.lock").write_text("99999999\n")

    assert list(library.refresh()) == []


def test_a_source_that_is_not_there_is_said(library):
    with pytest.raises(NothingFound, match="no source 77"):
        list(library.refresh(["77"]))


def test_one_hanging_feed_delays_none_of_the_others(library, newsstand, subscribe, clock):
    import threading

    released = threading.Event()
    newsstand.pages["/slow"] = lambda handler: released.wait(20)
    subscribe(newsstand.url("/slow"))
    for n in range(6):
        subscribe(newsstand.sell(f"/{n}", entries(newsstand, str(n))))

    run = library.refresh()
    quick = [next(run) for _ in range(6)]

    assert [outcome.status for outcome in quick] == ["new"] * 6
    released.set()
    [slow] = run
    assert slow.status == "error"


def test_what_a_source_wants_to_be_told_is_sent_to_it_alone(
    library, newsstand, own_home, subscribe, clock, monkeypatch
):
    url = newsstand.sell("/f", status=302, Location="/inside")
    newsstand.sell("/inside", entries(newsstand, "a"))
    other = newsstand.sell("/g", entries(newsstand, "b"))
    subscribe(url)
    subscribe(other)
    with open(own_home / "config.toml", "a") as file:
        file.write(
            f'[source."{url}"]\nuser = "me"\npassword_env = "PAPER"\nheaders = {{X-Key = "k"}}\n'
            'cookies_file = "cookies.txt"\n'
        )
    (own_home / "cookies.txt").write_text(
        "# Netscape HTTP Cookie File\n127.0.0.1\tFALSE\t/\tFALSE\t0\tsid\tcrumb\n"
    )
    monkeypatch.setenv("PAPER", "secret")

    assert {o.status for o in library.refresh()} == {"new"}

    for path in ("/f", "/inside"):
        [headers] = newsstand.asked_for(path)
        assert headers["Authorization"] == "Basic bWU6c2VjcmV0"
        assert headers["X-Key"] == "k"
    assert not {"Authorization", "X-Key"} & {*newsstand.asked_for("/g")[0]}
    assert b"secret" not in library.path.read_bytes()
    assert newsstand.asked_for("/f")[0]["Cookie"] == "sid=crumb"
    monkeypatch.delenv("PAPER")
    [unset] = library.refresh([url])
    assert "PAPER, which is not set" in unset.error


@pytest.mark.parametrize(
    ("moved_to", "user"),
    [("https://paper.example/f2", "me"), ("https://elsewhere.example/f", None)],
)
def test_a_source_that_moved_to_another_host_does_not_tell_it_a_secret(
    library, own_home, subscribe, moved_to, user
):
    (own_home / "config.toml").write_text(
        '[source."http://paper.example/f"]\nuser = "me"\nheaders = {X-Key = "k"}\n'
        'verify_tls = false\nfull_text = "never"\n'
    )
    source = subscribe(moved_to, added_as="http://paper.example/f")

    settings = settings_of(config.load(), library.cache.fetches.one(source.id))

    assert (settings.user, settings.full_text) == (user, "never")
    assert (bool(settings.headers), settings.verify_tls) == (user == "me", user is None)


def test_entries_are_found_and_unread_after_a_refresh(library, newsstand, subscribe, clock):
    subscribe(newsstand.sell("/f", entries(newsstand, "storm", "calm")))

    list(library.refresh())

    assert [hit.headline.title for hit in library.search("storm")] == ["Day storm"]
    assert len(library.ids(View("unread"))) == 2


def test_no_connection_is_left_behind_by_the_threads_of_a_refresh(library, newsstand, subscribe):
    for n in range(15):
        subscribe(newsstand.sell(f"/{n}", entries(newsstand, str(n))))
    list(library.refresh())
    for _ in range(3):
        list(library.refresh([source.url for source in library.sources()]))
    import time

    ends = time.monotonic() + 5
    while len(library.cache._readers) > 1 and time.monotonic() < ends:
        time.sleep(0.01)
    assert len(library.cache._readers) == 1
