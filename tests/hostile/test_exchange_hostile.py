"""Collections made to harm: no command runs, no file is read or written, nothing takes for ever."""

import importlib.util
import io
import os
import sqlite3
import sys
import time
from pathlib import Path

import pytest

from reader.cli import main
from reader.exchange import collection
from reader.exchange.sniff import NotImported
from reader.library import Library
from reader.model import View

CPU_SECONDS = 5.0
FEED = "http://127.0.0.1/f"


@pytest.fixture(scope="module")
def cases(shared):
    spec = importlib.util.spec_from_file_location(
        "hostile_inputs", shared / "bench" / "hostile_inputs.py"
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def library(tmp_path):
    with Library.open(tmp_path / "broadsheet.db") as opened:
        yield opened


def cpu_seconds() -> float:
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system


def sources_after(own_home) -> list[str]:
    with Library.open() as lib:
        return [source.url for source in lib.sources() if source.kind == "feed"]


EXPECTED = {
    "opml-exec-pipe": [],
    "opml-exec-scheme": [],
    "opml-filter-scheme": [],
    "opml-filtercmd": [FEED],
    "opml-file-url": [],
    "opml-query": [],
    "opml-billion-laughs": [],
    "opml-xxe": [FEED],
    "opml-deep": [],
    "opml-duplicates": [FEED],
    "opml-no-body": [],
    "opml-unescaped-amp": ["http://127.0.0.1/?a=1&b=2"],
    "opml-name-traversal": [FEED],
    "import-newsboat-urls": [FEED],
    "import-newsboat-backtick": ["http://127.0.0.1/%60touch"],
}
"""Case → the feeds that are followed after it."""


def test_every_hostile_collection(cases, tmp_path, capsys, monkeypatch):
    met = set()
    for name, _, body, expectation in cases.cases("opml", "import"):
        met.add(name)
        file = tmp_path / name
        file.write_bytes(body)
        monkeypatch.setenv("BROADSHEET_HOME", str(tmp_path / f"{name}-home"))
        began = cpu_seconds()

        code = main(["import", str(file)])

        out, err = capsys.readouterr()
        wanted = EXPECTED.get(name, [])
        assert cpu_seconds() - began < CPU_SECONDS, (name, expectation)
        assert sources_after(None) == wanted, (name, expectation)
        assert code in (0, 1), (name, err)
        assert code == 1 or wanted or '"added"' in out, (name, "said nothing was wrong")
        assert "own, sorry" not in err, (name, err)
        assert not cases.bad_output(out + err.replace("\n", "")), name
        assert "root:" not in out
        assert file.read_bytes() == body
    assert set(EXPECTED) <= met
    assert not list(Path("/tmp").glob("pwned*"))


def test_a_folder_with_a_link_out_and_a_pipe_in_it(tmp_path, capsys):
    folder = tmp_path / "folder"
    folder.mkdir()
    secret = tmp_path / "secret.opml"
    secret.write_text(f'<opml><outline xmlUrl="{FEED}"/></opml>')
    (folder / "out.opml").symlink_to(secret)
    os.mkfifo(folder / "pipe.opml")
    os.mkfifo(folder / "urls")

    assert main(["import", str(folder)]) == 1
    assert "there is no file named" in capsys.readouterr().err
    for odd in (folder / "urls", Path("/dev/zero")):
        assert main(["import", str(odd)]) == 1
        assert "not a regular file" in capsys.readouterr().err


LARGE = {
    "outlines that never end": "<opml>" + "<outline " * 75_000,
    "comments that never end": "<opml>" + "<!--" * 200_000,
    "an attribute flood": "<opml><outline " + "a=b " * 200_000 + f'xmlUrl="{FEED}"/>',
    "attributes without values": "<opml><outline " + "a " * 400_000,
    "one endless name": "<opml><outline " + "a" * 1_000_000,
    "names and spaces": "<opml><outline a" + " " * 1_000_000,
    "quotes of both kinds": "<opml><outline " + "a=\"'" * 150_000,
    "an endless value": '<opml><outline text="' + "x" * 2_000_000,
    "entities that are none": '<opml><outline text="' + "&" * 1_000_000 + '"/></opml>',
    "entities of entities": '<opml><outline text="' + "&amp;" * 300_000 + '"/></opml>',
    "equals signs": "<opml><outline " + "=" * 1_000_000,
    "end tags": "<opml>" + "</outline>" * 150_000,
    "nested folders": "<opml>" + "<outline text='f'>" * 50_000,
    "a line of quotes": f"{FEED}\n" + '"' * 9_999 + "\n" + '"\\' * 4_000,
    "a line without an end": f"{FEED}\n" + "x" * 2_000_000,
    "a tag flood": f"{FEED}" + " t" * 4_000,
    "blank lines": f"{FEED}\n" * 2 + " \n" * 1_000_000,
    "a table that is none": "a," * 8_000 + "url",
}


@pytest.mark.parametrize("name", LARGE)
def test_nothing_takes_more_than_linear_time(name, library):
    began = time.process_time()
    try:
        for _ in library.import_collection(io.BytesIO(LARGE[name].encode()), name):
            pass
    except NotImported:
        pass
    assert time.process_time() - began < CPU_SECONDS / 2


def cache_of_newsboat(file: Path, rows: list[tuple[object, ...]]) -> collection.Pair:
    conn = sqlite3.connect(file)
    conn.executescript(
        """CREATE TABLE rss_feed(rssurl, url, title);
        CREATE TABLE rss_item(id INTEGER PRIMARY KEY, guid, title, author, url, feedurl, pubDate,
            content, unread, enclosure_url, enclosure_type, flags, deleted, base)"""
    )
    conn.executemany(f"INSERT INTO rss_item VALUES (NULL{', ?' * 13})", rows)
    conn.commit()
    conn.close()
    return collection.Pair(None, file)


def test_values_of_any_type_and_no_sense(library, tmp_path):
    odd: list[object] = [None, b"\xff\xfe\x00", 2**62, -1.5, "", "\x1b]0;x\x07", "[/b]", "\u202ex"]
    rows = [tuple([value] * 12 + [None]) for value in odd]
    rows = [(*row[:11], None, row[12]) for row in rows]
    sound = ("g", "Sound", "A", FEED, FEED, 1, "<p>text</p>", 0, None, None, None, 0, "")
    pair = cache_of_newsboat(tmp_path / "cache.db", [*rows, sound])

    list(library.import_newsboat(pair))

    kept = [library.article(id) for id in library.ids(View("all"))]
    assert any(article.title == "Sound" and article.text == "text" for article in kept)
    for article in kept:
        assert not {"\x1b", "\x07", "\u202e"} & set(article.title + article.text)


def test_an_article_that_ends_its_reader_costs_itself_only(library, tmp_path):
    deadly = {
        "depth": "<div>" * 100_000 + "<p>deep",
        "links": "<a href=x>" * 60_000 + "linked",
    }
    items = [(f"g{n}", f"<p>text {n}</p>") for n in range(9)] + list(deadly.items())
    rows = [
        (guid, guid, "", f"{FEED}/{guid}", FEED, at + 1, content, 0, None, None, "", 0, "")
        for at, (guid, content) in enumerate(items)
    ]
    began = cpu_seconds()

    arrivals = list(library.import_newsboat(cache_of_newsboat(tmp_path / "cache.db", rows)))

    texts = {
        article.headline.guid: article.text
        for article in map(library.article, library.ids(View("all")))
    }
    assert [each.status for each in arrivals] == ["added"] * len(items)
    assert all(texts[f"g{n}"] == f"text {n}" for n in range(9))
    assert {guid: texts[guid][-6:] for guid in deadly} == {
        "depth": "deep",
        "links": "linked",
    }
    assert cpu_seconds() - began < len(deadly) * CPU_SECONDS


def test_a_view_that_never_ends_is_no_table(library, tmp_path):
    conn = sqlite3.connect(tmp_path / "cache.db")
    conn.executescript(
        """CREATE TABLE rss_feed(rssurl, url, title);
        CREATE VIEW rss_item AS WITH RECURSIVE n(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n)
            SELECT id, id AS guid FROM n"""
    )
    conn.close()

    with pytest.raises(NotImported, match="not newsboat's"):
        list(library.import_newsboat(collection.Pair(None, tmp_path / "cache.db")))
