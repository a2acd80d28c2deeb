"""Addresses one a line, with newsboat's tags or without, and what a file is taken for."""

import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.cli import main
from reader.errors import UsageError
from reader.exchange import opml, sniff, starter, urllist
from reader.exchange.feeds import Listed, PassedOver, followed
from reader.exchange.sniff import NotImported, form_of

FEED = "https://gazette.example/feed"


@pytest.mark.parametrize(
    ("line", "address", "title", "folder", "remark"),
    [
        (FEED, FEED, None, None, None),
        (f"  {FEED}\t\r", FEED, None, None, None),
        (f"{FEED} news", FEED, None, "news", None),
        (f'{FEED} "~The Gazette" "a b" !', FEED, "The Gazette", "a b", "hidden"),
        (f"{FEED} one two three", FEED, None, "one", "left out: two, three"),
        (f'"{FEED}" "say \\"hello\\""', FEED, None, 'say "hello"', None),
        (f"{FEED} news # a remark", FEED, None, "news", None),
        (f"{FEED}#part news", f"{FEED}#part", None, "news", None),
        ("gazette.example/feed.xml", "https://gazette.example/feed.xml", None, None, None),
        (f'{FEED} "unclosed', FEED, None, "unclosed", None),
    ],
)
def test_a_line_is_an_address_and_what_is_said_of_it(line, address, title, folder, remark):
    [found] = urllist.read(f"# my feeds\n\n{line}\n")

    assert isinstance(found, Listed)
    assert (found.address, found.title, found.folder) == (address, title, folder)
    assert (remark or "") in (found.remark or "")


def test_tags_of_one_listed_twice_are_put_together():
    [found] = urllist.read(f"{FEED} news\n{FEED} ~Gazette daily\n")

    assert isinstance(found, Listed)
    assert (found.title, found.folder) == ("Gazette", "news")


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet='htp:/.example #"~!\\\n|ecfilr\x1b', max_size=80))
def test_no_line_is_too_odd(text):
    for found in urllist.read(text):
        assert isinstance(found, Listed | PassedOver)
    sniff.urllist.is_list(text)


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="<>/='\"&;oOutlinexmUr !-\n", max_size=120))
def test_no_outline_is_too_odd(text):
    for found in opml.read(text):
        assert isinstance(found, Listed | PassedOver)


@pytest.mark.parametrize(
    ("head", "form"),
    [
        (b'{"id": 1}', sniff.LINES),
        (b'\xef\xbb\xbf\n [{"id": 1}]', sniff.LINES),
        (b"", sniff.LINES),
        (b'"a string"', sniff.LINES),
        (b"\xef\xbb\xbf <?xml version='1.0'?>\n<opml>", sniff.OPML),
        (b"<!-- FreshRSS --><OPML>", sniff.OPML),
        ("<opml version='1'>".encode("utf-16"), sniff.OPML),
        (b"# newsboat\n\nhttp://127.0.0.1/f news", sniff.ADDRESSES),
        (b'"query:x:unread" tag\nhttp://127.0.0.1/f', sniff.ADDRESSES),
        (b"gazette.example\nother.example/feed\n", sniff.ADDRESSES),
        (b"feed://gazette.example/", sniff.ADDRESSES),
        (b"SQLite format 3\0\x10\x00", sniff.SQLITE),
    ],
)
def test_a_collection_is_told_by_how_it_begins(head, form):
    assert form_of(head, "x") == form


@pytest.mark.parametrize(
    ("head", "reason"),
    [
        (b"<rss version='2.0'>", "it is a feed, not a list of feeds"),
        (b"<?xml version='1.0'?><feed xmlns='a'>", "it is a feed, not a list of feeds"),
        (b"<!DOCTYPE NETSCAPE-Bookmark-file-1>", "bookmarks"),
        (b"<!DOCTYPE html><html>", "XML or HTML"),
        (b"PK\x03\x04", "unpack it first"),
        (b"\x1f\x8b\x08", "unpack it first"),
        (b"%PDF-1.7", "PDF"),
        (b"title,url,time_added,tags,status\na,b,c", "a table (CSV)"),
        (b"URL,Title,Selection,Folder\n", "a table (CSV)"),
        (b"From a@b Mon Jan  1 00:00:00 2024\n", "mailbox"),
        (b"WARC/1.0\r\n", "web archive"),
        (b"Dear diary,\ntoday nothing happened.\n", "neither JSON lines nor OPML"),
    ],
)
def test_what_is_no_collection_is_named(head, reason):
    with pytest.raises(NotImported) as failed:
        form_of(head, "letter.txt")

    assert str(failed.value).startswith("cannot import letter.txt: ")
    assert reason in str(failed.value)


class Trickle(io.RawIOBase):
    """A pipe into which little is written at a time."""

    def __init__(self, *pieces: bytes) -> None:
        self._pieces = list(pieces)

    def readable(self) -> bool:
        return True

    def readinto(self, room) -> int:  # type: ignore[no-untyped-def]
        piece = self._pieces.pop(0) if self._pieces else b""
        room[: len(piece)] = piece
        return len(piece)


def test_nothing_is_lost_of_a_pipe_that_has_been_looked_into(library):
    lines = [json.dumps({"id": n, "title": "T", "text": f"text {n}"}).encode() for n in range(9)]
    pieces = [piece for line in lines for piece in (line[:7], line[7:] + b"\n")]
    stream = io.BufferedReader(Trickle(*pieces))

    arrivals = list(library.import_collection(stream, "stdin"))

    assert [each.guid for each in arrivals] == [str(n) for n in range(9)]


def test_a_list_is_imported(library):
    text = f"# c\n{FEED} news\n---\nfile:///etc/passwd\nexec:x\n{FEED}\n"

    arrivals = list(library.import_collection(io.BytesIO(text.encode()), "urls"))

    assert [each.status for each in arrivals] == ["added", "refused", "refused", "refused"]
    assert [(source.url, source.folder) for source in library.sources()] == [(FEED, "news")]


def test_an_empty_list_is_nothing_to_import(library):
    with pytest.raises(NotImported, match="no feed in it"):
        list(library.import_collection(io.BytesIO(b"<opml/>"), "feeds.opml"))


def test_a_rehearsal_of_json_lines_keeps_nothing(library):
    line = json.dumps({"id": 1, "title": "T", "text": "x", "source": "S"}).encode()

    [arrival] = library.import_collection(io.BytesIO(line), "a.jsonl", dry_run=True)

    assert (arrival.status, arrival.id) == ("added", None)
    assert library.sources() == []


class TestStarters:
    def test_each_is_an_address_that_is_kept_as_it_is_written(self):
        listed = list(starter.starters())

        assert len({each.address for each in listed}) == len(listed) > 20
        for each in listed:
            assert each.address.startswith("https://")
            assert followed(each.address) == (each.address, None)
            assert each.title
            assert each.home

    def test_topics_are_folders(self, library):
        arrivals = list(library.import_starters(["science", "World"]))

        assert {source.folder for source in library.sources()} == {"Science", "World"}
        assert len(arrivals) == len(library.sources())

    def test_a_topic_that_is_not_there(self):
        with pytest.raises(UsageError, match="the topics are World, Science"):
            list(starter.starters(["cats"]))
        assert "German" in starter.topics()


class TestOnTheCommandLine:
    def run(self, capsys, *words: str) -> tuple[int, list[dict[str, object]], str]:
        code = main(list(words))
        out, err = capsys.readouterr()
        return code, [json.loads(line) for line in out.splitlines()], err

    def test_each_feed_is_answered_and_what_to_do_next_is_said(self, capsys, tmp_path):
        (tmp_path / "feeds.opml").write_text(
            f'<opml><body><outline text="G" xmlUrl="{FEED}"/><outline xmlUrl="|x"/></body></opml>'
        )

        code, lines, err = self.run(capsys, "import", str(tmp_path))

        assert code == 1
        assert [(line["guid"], line["status"]) for line in lines] == [
            (FEED, "added"),
            ("|x", "refused"),
        ]
        assert "1 feed is new; `broadsheet refresh` fetches" in err

    def test_a_rehearsal_says_so(self, capsys):
        code, lines, err = self.run(capsys, "import", "--starter", "science", "--dry-run")

        assert code == 0
        assert all(line["reason"] == "in Science" for line in lines)
        assert "nothing was kept" in err
        assert self.run(capsys, "sources", "--jsonl")[1] == []

    def test_newsboats_own_places_are_looked_at_when_it_is_named(
        self, capsys, tmp_path, monkeypatch
    ):
        monkeypatch.chdir(tmp_path)
        monkeypatch.setattr("pathlib.Path.home", lambda: tmp_path)
        monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
        code, _, err = self.run(capsys, "import", "newsboat")
        assert code == 1
        assert "cannot import newsboat: there is nothing of it in" in err

        (tmp_path / ".newsboat").mkdir()
        (tmp_path / ".newsboat" / "urls").write_text(f"{FEED} news\n")
        code, [line], _ = self.run(capsys, "import", "newsboat")
        assert (code, line["status"], line["reason"]) == (0, "added", "in news")

    def test_opml_goes_where_it_is_told(self, capsys, tmp_path, monkeypatch):
        monkeypatch.setenv("BROADSHEET_NOW", "2026-03-04T10:00:00Z")  # it says when it was written
        assert self.run(capsys, "export", "--to", "opml")[0] == 3
        self.run(capsys, "import", "--starter", "World")
        file = tmp_path / "feeds.opml"

        assert main(["export", "-o", str(file)]) == 0
        assert main(["export", "-o", str(file)]) == 1
        assert "--force" in capsys.readouterr().err
        assert main(["export", "--to", "opml"]) == 0
        assert capsys.readouterr().out == file.read_text()
        assert len(list(opml.read(file.read_text()))) == 5

    @pytest.mark.parametrize(
        ("words", "said"),
        [
            (["import"], "import what?"),
            (["import", "--starter", "cats"], "the topics are"),
            (["export", "--to", "opml", "gate"], "it takes no ids and no query"),
        ],
    )
    def test_mistakes_are_named(self, capsys, words, said):
        code, _, err = self.run(capsys, *words)

        assert code == 2
        assert said in err


@pytest.mark.parametrize("text", ["", "\n \n", "\ufeff"])
def test_a_file_with_nothing_in_it_is_said_to_be_empty(tmp_path, capsys, text):
    file = tmp_path / "empty.jsonl"
    file.write_text(text, encoding="utf-8")
    assert main(["import", str(file)]) == 3
    said = capsys.readouterr()
    assert said.err == f"broadsheet: cannot import {file}: there is nothing in it\n"
    assert said.out == ""
