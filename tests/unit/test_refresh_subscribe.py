"""Adding an address: a feed, a site that has one or several, a page, or nothing for the moment."""

import json
import time
from types import SimpleNamespace

import pytest

from reader import cli
from reader.errors import SeveralFeeds
from reader.feeds import discovery
from reader.fetch import pacing
from reader.intake.subscribe import address_in
from reader.model import View

STORY = "<p>" + "The lock gate at Low Sluice stuck for the third time this month. " * 12 + "</p>"


def link(path: str, title: str = "News") -> str:
    return f'<link rel="alternate" type="application/rss+xml" title="{title}" href="{path}">'


def site(*links: str, body: str = "<h1>Gazette</h1>") -> bytes:
    return f"<html><head><title>G</title>{''.join(links)}</head><body>{body}</body></html>".encode()


def test_a_feed_becomes_a_source_with_its_entries(library, newsstand):
    url = newsstand.sell("/f", newsstand.rss(newsstand.Entry("a"), newsstand.Entry("b", "Two")))

    arrivals = list(library.add([url], folder="Papers"))
    [again] = library.add([url])

    assert [(a.status, a.what, a.source) for a in arrivals] == [
        ("added", url, "Low Sluice Gazette")
    ] * 2
    assert again.status == "skipped"
    [source] = library.sources()
    assert (source.kind, source.url, source.folder) == ("feed", url, "Papers")
    assert (source.home, source.articles, source.error) == ("http://gazette.example/", 2, None)
    assert source.next > source.last


def test_a_site_with_one_feed_is_subscribed_to(library, newsstand):
    feed = newsstand.sell("/f.rss", newsstand.rss(newsstand.Entry("a")))
    home = newsstand.sell("/site/", site(link("/f.rss"), link("/c.rss", "Comments")))

    [arrival] = library.add([home])

    [source] = library.sources()
    assert (arrival.status, source.url, source.added_as) == ("added", feed, home)
    assert newsstand.asked_for("/c.rss") == []


@pytest.mark.parametrize(
    "titles", [("G", "G"), ("G - Atom", "G - RSS"), ("RSS 2.0", "Atom 1.0")], ids=str
)
def test_a_site_with_one_feed_in_two_formats_leaves_no_choice(library, newsstand, titles):
    first, second = titles
    feed = newsstand.sell("/feed.xml", newsstand.rss(newsstand.Entry("a")))
    atom = link("/atom.xml", second).replace("rss+xml", "atom+xml")
    home = newsstand.sell("/", site(link("/feed.xml", first), atom))

    list(library.add([home]))

    assert [source.url for source in library.sources()] == [feed]


@pytest.mark.parametrize(
    "body",
    [b'{"error": "not found"}', b'<?xml version="1.0"?><urlset><url><loc>http://x/</loc></url></urlset>'],
    ids=["JSON", "XML"],
)  # fmt: skip
def test_what_programs_exchange_is_no_article(library, newsstand, body):
    [arrival] = library.add([newsstand.sell("/api", body)])

    assert (arrival.status, library.counts().all) == ("refused", 0)
    assert "data that programs exchange" in arrival.reason


def test_a_feed_that_cannot_be_read_is_told_so(library, newsstand):
    bomb = b"""<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;">]>
        <rss version="2.0"><channel><title>&b;</title></channel></rss>"""

    [arrival] = library.add([newsstand.sell("/f", bomb)])

    assert arrival.status == "refused"
    assert "entities" in arrival.reason


def test_a_site_with_several_leaves_the_choice(library, newsstand, capsys):
    home = newsstand.sell("/", site(link("/a.rss", "All"), link("/s.rss", "Sport")))
    other = newsstand.sell("/f", newsstand.rss(newsstand.Entry("a")))

    with pytest.raises(SeveralFeeds):
        list(library.add([home]))
    code = cli.main(["add", home, other, "--jsonl"])

    shown = capsys.readouterr()
    assert code == 2
    assert newsstand.url("/a.rss") in shown.err
    assert newsstand.url("/s.rss") in shown.err
    rows = [json.loads(line) for line in shown.out.splitlines()]
    assert [row["what"] for row in rows if row["status"] == "added"] == [other]


def test_an_article_is_kept_as_a_page_though_its_site_has_a_feed(library, newsstand):
    marked = '<meta property="og:type" content="article">'
    one = newsstand.sell("/gate", site(link("/f.rss"), marked, body=f"<h1>Gate</h1>{STORY}"))
    two = newsstand.sell("/2025/03/gate", site(link("/f.rss"), body=f"<h1>Gate</h1>{STORY}"))

    assert [a.status for a in library.add([one, two])] == ["added", "added"]

    assert {source.kind for source in library.sources()} == {"page"}


def test_a_watched_page_has_a_revision_for_each_text(library, newsstand, monkeypatch):
    url = newsstand.sell("/gate", site(body=f"<h1>Gate</h1>{STORY}"), ETag='"1"')
    [arrival] = library.add([url])

    [same] = library.refresh([url])
    body = f"<h1>Gate</h1>{STORY}<p>The keeper has been given a new boat hook by the council.</p>"
    newsstand.sell("/gate", site(body=body), ETag='"2"')
    [changed] = library.refresh([url])
    newsstand.sell("/gate", site(body=""), ETag='"3"')
    [empty] = library.refresh([url])

    assert newsstand.asked_for("/gate")[1]["If-None-Match"] == '"1"'
    assert [o.status for o in (same, changed, empty)] == ["unchanged", "new", "error"]
    assert changed.changed == 1
    assert "is kept" in empty.error
    texts = [revision.text for revision in library.revisions(arrival.id)]
    assert len(texts) == 2
    assert "new boat hook" in texts[1]


@pytest.mark.parametrize("status", [500, 503, 429, 408])
def test_what_fails_for_the_time_being_is_kept_and_tried_again(library, newsstand, status, capsys):
    url = newsstand.sell("/f", b"", status, Retry_After="0")

    code = cli.main(["add", url])

    assert code == 1
    assert "kept, and tried again" in capsys.readouterr().out
    from reader.library import Library

    with Library.open() as own:
        [source] = own.sources()
        assert source.error
        assert source.next is not None
        newsstand.sell("/f", newsstand.rss(newsstand.Entry("a")))
        assert [o.new for o in own.refresh([url])] == [1]
        assert own.sources()[0].title == "Low Sluice Gazette"


def test_a_feed_that_is_announced_and_not_there_is_named(library, newsstand):
    [arrival] = library.add([newsstand.sell("/home", site(link("/old.xml")))])

    assert arrival.status == "refused"
    assert (
        f"the feed that it announces, {newsstand.url('/old.xml')}, is not to be" in arrival.reason
    )


def test_a_site_that_announces_a_feed_it_no_longer_has_is_tried_where_feeds_lie(library, newsstand):
    feed = newsstand.sell("/rss.xml", newsstand.rss(newsstand.Entry("a")))
    home = newsstand.sell("/", site(link("/old.rss")))

    [arrival] = library.add([home])

    assert arrival.status == "added"
    assert [source.url for source in library.sources()] == [feed]


def test_what_is_not_there_leaves_nothing_behind(library, newsstand):
    [arrival] = library.add([newsstand.url("/nowhere")])

    assert arrival.status == "refused"
    assert library.sources() == []


ARTICLE = b"<title>Gate</title><article>%s</article>" % (b"<p>The gate stuck, it is said.</p>" * 20)


@pytest.mark.parametrize("what", ["feed", "page"])
def test_a_login_in_an_address_is_sent_and_kept_nowhere(
    own_home, newsstand, capsys, what, monkeypatch
):
    body = newsstand.rss(newsstand.Entry("a")) if what == "feed" else ARTICLE
    url = newsstand.sell("/f", body).replace("://", "://me:hush@")
    said = [(cli.main(words), capsys.readouterr()) for words in (
        ["add", url], ["add", url, "--json"], ["refresh", url], ["preview", url, "--json"],
        ["clean", url, "--json"], ["sources", "--json"], ["doctor"], ["remove", url],
    )]  # fmt: skip

    assert [code for code, _ in said if code] == []
    logins = [headers.get("Authorization") for headers in newsstand.asked_for("/f")]
    assert logins.count(None) == 1, "the refresh, which nobody told the login"
    assert "kept nowhere" in said[0][1].err
    assert "hush" not in str(said)
    for file in own_home.iterdir():
        assert b"hush" not in file.read_bytes()


def test_a_login_of_the_settings_is_sent_for_a_preview_too(own_home, newsstand, capsys):
    url = newsstand.sell("/f", newsstand.rss(newsstand.Entry("a")))
    with open(own_home / "config.toml", "a") as file:
        file.write(f'[source."{url}"]\nuser = "me"\n')

    assert [cli.main([verb, url]) for verb in ("preview", "clean", "add")] == [0, 0, 0]

    assert all("Authorization" in headers for headers in newsstand.asked_for("/f"))


def test_an_address_that_cannot_be_had_is_named_without_its_login(own_home, newsstand, capsys):
    url = newsstand.url("/nothing").replace("://", "://me:hush@")

    codes = [cli.main([verb, url]) for verb in ("add", "preview", "clean", "refresh", "remove")]

    shown = capsys.readouterr()
    assert codes == [1, 1, 1, 3, 3]
    assert shown.err.count("/nothing") >= 5
    assert "hush" not in shown.out + shown.err


def test_pages_of_one_host_are_not_fetched_in_one_breath(library, newsstand, own_home, monkeypatch):
    (own_home / "config.toml").write_text("[fetch]\nhost_interval_seconds = 60\n")
    waits: list[float] = []
    clock = SimpleNamespace(monotonic=time.monotonic, sleep=waits.append)
    monkeypatch.setattr(pacing, "time", clock)
    pages = [newsstand.sell(f"/{n}", ARTICLE) for n in range(4)]

    assert len(list(library.add(pages))) == 4
    assert len(waits) == 2
    assert len(list(library.fetch_whole(library.ids(View("all"))))) == 4
    assert len(waits) == 4
    assert min(waits) > 30


def test_a_site_that_announces_nothing_is_tried_where_feeds_lie(library, newsstand):
    home = newsstand.sell("/", site())
    newsstand.sell("/feed.xml", newsstand.rss(newsstand.Entry("a")))

    [arrival] = library.add([home])

    assert arrival.status == "added"
    assert library.sources()[0].url == newsstand.url("/feed.xml")
    assert len(library.ids(View("all"))) == 1


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("https://x.example/f", "https://x.example/f"),
        ("feed://x.example/f", "http://x.example/f"),
        ("feed:https://x.example/f", "https://x.example/f"),
        ("feed://https://x.example/f", "https://x.example/f"),
        ("x.example/news", "https://x.example/news"),
        ("bücher.example", "https://bücher.example"),
        ("x.example?feed=rss2", "https://x.example?feed=rss2"),
        ("x.example:8080/f", "http://x.example:8080/f"),
        ("localhost:8000", "http://localhost:8000"),
        ("192.168.1.4/feed", "http://192.168.1.4/feed"),
        ("[::1]:8000/f", "http://[::1]:8000/f"),
        ("x" * 5_000, None),
        ("file:///etc/hosts", None),
        ("notes.d/today", None),
        ("-", None),
        ("plain", None),
    ],
)
def test_what_a_person_types_as_an_address(typed, address, tmp_path, monkeypatch):
    (tmp_path / "notes.d").mkdir()
    (tmp_path / "notes.d" / "today").touch()
    monkeypatch.chdir(tmp_path)

    assert address_in(typed) == address


@pytest.fixture
def known_sites(monkeypatch):
    """Sites whose lists lie at `/r/NAME` and whose repositories at `/g/NAME`, on any host."""
    posts = [{"title": "Posts", "kind": "rss", "url": "{origin}/feeds/{name}"}]
    both = [*posts, {"title": "Tags", "kind": "rss", "url": "{origin}/tags/{name}"}]
    rules = [
        {"name": "Lists", "address": r".*/r/(?P<name>\w[\w-]*)", "listing": True, "feeds": posts},
        {"name": "Code", "address": r".*/g/(?P<name>\w[\w-]*)", "listing": True, "feeds": both},
    ]
    monkeypatch.setattr(discovery, "_rules", discovery._rules.__wrapped__)
    monkeypatch.setattr(discovery, "_told", lambda: {"rule": rules, "software": []})


def test_the_list_of_a_known_site_is_found_though_its_page_is_kept_from_programs(
    library, newsstand, known_sites
):
    home = newsstand.sell("/r/a-long-name/", b"no", 403)
    feed = newsstand.sell("/feeds/a-long-name", newsstand.rss(newsstand.Entry("a")))

    [arrival] = library.add([home])

    [source] = library.sources()
    assert (arrival.status, source.url, source.added_as) == ("added", feed, home)
    assert newsstand.asked_for("/r/a-long-name/") == []


def test_a_known_site_that_wants_patience_is_kept_as_its_feed(library, newsstand, known_sites):
    home = newsstand.url("/r/news")
    newsstand.sell("/feeds/news", b"", 429, Retry_After="600")

    said = [next(iter(library.add([home]))) for _ in range(2)]

    assert all(arrival.status == "refused" for arrival in said)
    [source] = library.sources()
    assert source.url == newsstand.url("/feeds/news")
    assert len(newsstand.asked_for("/feeds/news")) == 1


def test_a_known_site_with_several_feeds_leaves_the_choice(
    newsstand, known_sites, capsys, own_home
):
    assert cli.main(["add", newsstand.url("/g/tool")]) == 2
    said = capsys.readouterr().err
    assert newsstand.url("/feeds/tool") in said
    assert newsstand.url("/tags/tool") in said
    assert newsstand.asked == []


def test_preview_of_a_known_site_is_that_of_its_feed(newsstand, known_sites, capsys, own_home):
    newsstand.sell("/r/news", b"no", 403)
    newsstand.sell("/feeds/news", newsstand.rss(newsstand.Entry("a")))

    assert cli.main(["preview", "--json", newsstand.url("/r/news")]) == 0
    record = json.loads(capsys.readouterr().out)
    assert [entry["id"] for entry in record["entries"]] == ["a"]
    assert record["candidates"][0]["title"] == "Lists: Posts"
