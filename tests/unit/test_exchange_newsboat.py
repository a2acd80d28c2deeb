"""Moving in from newsboat: every feed, article, read mark and flag, and none of its commands."""

import hashlib
import importlib.util
import os
import sqlite3
from pathlib import Path

import pytest

from reader.exchange import collection
from reader.exchange.sniff import NotImported
from reader.model import SourceKind, View

HERE = Path(__file__).resolve().parent
_spec = importlib.util.spec_from_file_location("newsboat_shelf", HERE / "newsboat_shelf.py")
assert _spec is not None
assert _spec.loader is not None
newsboat_shelf = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(newsboat_shelf)

FEED = "https://gazette.example/feed"


@pytest.fixture
def shelf(tmp_path):
    return newsboat_shelf.Shelf(tmp_path / ".newsboat")


def move(library, folder, **how):
    pair = collection.pair_in(folder)
    assert pair is not None
    return list(library.import_newsboat(pair, **how))


def articles(library):
    ids = sorted(library.ids(View("all")))
    return {article.headline.guid: article for article in map(library.article, ids)}


def test_feeds_articles_and_what_was_read_come_over(library, shelf):
    shelf.feed(FEED, "Gazette by its own word", "https://gazette.example/")
    shelf.feed(FEED + "2", "Other")
    for at in range(60):
        shelf.item(FEED, f"g{at}", unread=at % 3 == 0)
        shelf.item(FEED + "2", f"g{at}", unread=at % 2 == 0)
    shelf.urls(f'{FEED} news "~My Gazette" daily', f"{FEED}2")

    arrivals = move(library, shelf.done())

    sources = {source.url: source for source in library.sources()}
    assert {each.status for each in arrivals} == {"added"}
    assert len(arrivals) == 122
    assert (sources[FEED].title, sources[FEED].folder) == ("My Gazette", "news")
    assert sources[FEED].home == "https://gazette.example/"
    assert (sources[FEED + "2"].title, sources[FEED + "2"].folder) == ("Other", None)
    assert {(each.articles, each.unread) for each in sources.values()} == {(60, 20), (60, 30)}
    for headline in library.headlines(library.ids(View("all"))):
        modulus = 3 if headline.source_id == sources[FEED].id else 2
        assert headline.unread == (int(headline.guid[1:]) % modulus == 0)


def test_an_article_is_whole(library, shelf):
    shelf.feed(FEED)
    shelf.item(
        FEED,
        "urn:1",
        title="A <b>gate</b> \x1b[2J",
        author="Ann Example",
        url="https://gazette.example/a/1",
        content='<p>The <b>gate</b> <a href="../map">stuck</a>.</p><ul><li>one</ul>'
        "<script>alert(1)</script>",
        enclosure_url="https://gazette.example/talk.mp3",
        enclosure_type="audio/mpeg",
    )
    move(library, shelf.done())

    article = articles(library)["urn:1"]
    assert article.title == "A <b>gate</b>"
    assert article.authors == ("Ann Example",)
    assert article.url == "https://gazette.example/a/1"
    assert article.headline.published == "2023-11-14T22:14:20+00:00"
    assert article.markdown == (
        "The **gate** [stuck](https://gazette.example/map).\n\n- one\n\n"
        "[audio/mpeg](https://gazette.example/talk.mp3)"
    )
    assert article.text.startswith("The gate stuck.")
    assert "alert" not in article.text


def test_a_picture_is_a_picture(library, shelf):
    shelf.feed(FEED)
    picture = "https://gazette.example/gate.png"
    shelf.item(FEED, "urn:1", content="Gate", enclosure_url=picture, enclosure_type="image/png")
    move(library, shelf.done())

    article = articles(library)["urn:1"]
    assert (article.markdown, article.text) == (f"Gate\n\n![]({picture})", "Gate")


def test_flags_become_bookmarks_and_tags(library, shelf):
    shelf.feed(FEED)
    shelf.item(FEED, "kept", flags="sA")
    shelf.item(FEED, "not")
    move(library, shelf.done())

    kept = articles(library)["kept"]
    assert kept.headline.starred
    assert set(kept.tags) == {"flag-A", "flag-s"}
    assert not articles(library)["not"].headline.starred


def test_what_was_deleted_stays_there_and_plain_text_is_plain(library, shelf):
    shelf.feed(FEED)
    shelf.item(FEED, "gone", deleted=1)
    shelf.item(FEED, "plain", content="2 < 3\n\n<b>*x*</b>", content_mime_type="text/plain")
    shelf.item(FEED, "bare", content="", title="Only a title")
    shelf.item(FEED, "dateless", pubDate=0)
    move(library, shelf.done())

    found = articles(library)
    assert set(found) == {"plain", "bare", "dateless"}
    assert found["plain"].text == "2 < 3\n\n<b>*x*</b>"
    assert found["bare"].title == "Only a title"
    assert found["dateless"].headline.published is None


def test_what_was_deleted_there_does_not_come_again_with_its_feed(library, shelf, newsstand):
    """newsboat's delete-read-articles-on-quit deletes all that was read."""
    feed = newsstand.sell(
        "/f", newsstand.rss(*(newsstand.Entry(name, name) for name in ("gone", "kept", "new")))
    )
    shelf.feed(feed)
    shelf.item(feed, "gone", deleted=1)
    shelf.item(feed, "kept")
    shelf.item("exec:/bin/echo", "elsewhere", deleted=1)
    move(library, shelf.done())

    [outcome] = library.refresh([feed])

    assert outcome.new == 1
    assert set(articles(library)) == {"kept", "new"}
    assert [source.url for source in library.sources()] == [feed]


def test_the_same_again_completes_and_changes_nothing(library, shelf):
    shelf.feed(FEED)
    for at in range(5):
        shelf.item(FEED, f"g{at}", unread=True)
    folder = shelf.done()
    stopped = library.import_newsboat(collection.Pair(None, folder / "cache.db"))
    next(stopped)
    stopped.close()

    first = move(library, folder)
    again = move(library, folder)

    assert [each.status for each in first] == ["skipped"] + ["added"] * 5
    assert {each.status for each in again} == {"skipped"}
    assert len(articles(library)) == 5


def test_what_was_read_there_is_read_here_and_not_the_other_way(library, shelf):
    source = library.cache.sources.add(SourceKind.FEED, FEED, "Here before")
    shelf.feed(FEED)
    for guid, unread in (("read", False), ("new", True)):
        shelf.item(FEED, guid, unread=unread, title=guid)
    folder = shelf.done()
    move(library, folder)
    library.mark_read([articles(library)["read"].id], read=False)
    library.mark_read([articles(library)["new"].id])

    [_, read, new] = move(library, folder)

    assert "marked read" in (read.reason or "")
    assert new.reason is None
    assert library.counts().unread == 0
    assert [each.id for each in library.sources()] == [source.id]


def test_commands_are_left_behind_but_their_articles_are_not(library, shelf):
    command = "exec:curl -H 'Key: s3cret' https://gazette.example"
    shelf.feed(command, "Scraped")
    shelf.feed("https://gazette.example/old", "Taken off the list")
    shelf.feed(FEED)
    shelf.item(command, "scraped", unread=False)
    shelf.item("https://gazette.example/old", "old")
    shelf.item(FEED, "g")
    shelf.urls(f'"{command}" tag', 'query:Unread:unread = "yes"', FEED)

    folder = shelf.done()
    refused = [each for each in move(library, folder) if each.status == "refused"]

    assert [(each.reason or "")[:20] for each in refused] == [
        "it would run a comma",
        "it is a query feed, ",
    ]
    kinds = {source.title: source.kind for source in library.sources()}
    assert kinds == {
        "Scraped": SourceKind.IMPORT,
        "Taken off the list": SourceKind.IMPORT,
        "The Gazette": SourceKind.FEED,
    }
    assert set(articles(library)) == {"scraped", "old", "g"}
    assert b"s3cret" not in library.path.read_bytes()
    assert {each.status for each in move(library, folder)} == {"skipped", "refused"}


def test_a_rehearsal_keeps_nothing(library, shelf):
    shelf.feed(FEED)
    for at in range(250):
        shelf.item(FEED, f"g{at}")

    arrivals = move(library, shelf.done(), dry_run=True)

    assert {(each.status, each.id) for each in arrivals} == {("added", None)}
    assert len(arrivals) == 251
    assert library.sources() == []
    assert library.counts().all == 0


def test_newsboats_files_are_not_touched(library, shelf):
    shelf.feed(FEED)
    shelf.item(FEED, "g")
    folder = shelf.done()
    os.chmod(folder / "cache.db", 0o400)
    before = hashlib.sha256((folder / "cache.db").read_bytes()).digest()

    move(library, folder)

    assert hashlib.sha256((folder / "cache.db").read_bytes()).digest() == before
    assert [each.name for each in folder.iterdir()] == ["cache.db"]


def test_an_old_newsboat_lacks_columns(library, tmp_path):
    conn = sqlite3.connect(tmp_path / "cache.db")
    conn.executescript(
        f"""CREATE TABLE rss_feed(rssurl PRIMARY KEY, url, title);
        CREATE TABLE rss_item(id INTEGER PRIMARY KEY, guid, title, author, url, feedurl, pubDate,
            content, unread);
        INSERT INTO rss_feed VALUES('{FEED}', '', 'Old');
        INSERT INTO rss_item VALUES(1, 'g', 'T', 'A', 'https://a.example/', '{FEED}', 1, 'x', 1);"""
    )
    conn.commit()
    conn.close()

    assert [each.status for each in move(library, tmp_path)] == ["added", "added"]


def test_a_newsboat_that_is_writing_is_not_waited_for_long(library, shelf, monkeypatch):
    monkeypatch.setattr("reader.exchange.newsboat.LONGEST_WAIT_SECONDS", 0.1)
    shelf.feed(FEED)
    folder = shelf.done()
    busy = sqlite3.connect(folder / "cache.db", isolation_level=None)
    busy.execute("BEGIN EXCLUSIVE")

    with pytest.raises(NotImported, match="leave newsboat"):
        move(library, folder)
    busy.close()


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (lambda file: file.write_bytes(b"SQLite format 3\0" + b"\xff" * 4096), "damaged"),
        (lambda file: file.write_bytes(b"no database at all, but long enough" * 99), "damaged"),
        (lambda file: sqlite3.connect(file).execute("CREATE TABLE x(y)"), "not newsboat's"),
    ],
)
def test_another_database_is_left_alone(library, tmp_path, make, reason):
    make(tmp_path / "cache.db")
    before = (tmp_path / "cache.db").read_bytes()

    with pytest.raises(NotImported, match=reason):
        move(library, tmp_path)
    assert (tmp_path / "cache.db").read_bytes() == before


def test_where_newsboat_keeps_its_things(tmp_path, monkeypatch):
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(NotImported, match="nothing of it"):
        collection.newsboats_own()

    dotted = tmp_path / ".newsboat"
    dotted.mkdir()
    (dotted / "urls").write_text(FEED)
    assert collection.newsboats_own() == collection.Pair(dotted / "urls", None)

    config = tmp_path / ".config" / "newsboat"
    config.mkdir(parents=True)
    (config / "urls").write_text(FEED)
    data = tmp_path / "elsewhere"
    monkeypatch.setenv("XDG_DATA_HOME", str(data))
    (data / "newsboat").mkdir(parents=True)
    (data / "newsboat" / "cache.db").write_bytes(b"")
    assert collection.newsboats_own() == collection.Pair(
        config / "urls", data / "newsboat" / "cache.db"
    )


def test_the_first_refresh_after_moving_knows_every_article(library, shelf, newsstand):
    entries = [
        newsstand.Entry("urn:1", "With an id", "The gate <b>stuck</b> again.", "/1"),
        newsstand.Entry(None, "Without an id", "It was mended.", "http://gazette.example/2"),
        newsstand.Entry("urn:3", "New since", "Nobody was hurt.", "http://gazette.example/3"),
    ]
    feed = newsstand.sell("/feed", newsstand.rss(*entries))
    shelf.feed(feed)
    for entry, guid in zip(
        entries[:2], ("urn:1", "http://gazette.example/2Mon, 06 Jan"), strict=True
    ):
        shelf.item(
            feed,
            guid,
            title=entry.title,
            content=f"<p>{entry.text}</p>",
            url=entry.link if entry.guid is None else feed.replace("/feed", "/1"),
            pubDate=1_736_150_400,
        )
    shelf.urls(f"{feed} news")
    move(library, shelf.done())

    [outcome] = library.refresh()

    assert (outcome.status, outcome.new, outcome.changed) == ("new", 1, 0)
    [source] = library.sources()
    assert (source.articles, source.unread, source.folder) == (3, 1, "news")
