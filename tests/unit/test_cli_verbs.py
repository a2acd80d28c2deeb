"""Each verb, as a script meets it."""

import io
import json
import os
import sqlite3
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from reader.cli import main
from reader.library import Library
from reader.model import View

LINES = [
    {
        "id": f"g{n}",
        "title": title,
        "text": text,
        "published": f"2026-11-0{n}",
        "source": "Gazette" if n < 4 else "Courant",
        "url": f"https://news.example/{n}",
    }
    for n, (title, text) in enumerate(
        [
            (
                "Gate stuck again",
                "The lock gate at Low Sluice stuck and Keeper Ilse Brandt freed it.",
            ),
            (
                "Keeper honoured",
                "Keeper Ilse Brandt of the Low Sluice lock gate has a new boat hook.",
            ),
            ("Swans on the berth", "Three swans have taken the ferry berth and will not be moved."),
            ("名のない船", "汐凪造船で電池フェリーが進水した。"),
            ("A title [/b] with \x1b[2J signs", "Nothing but text.\n\nAnd a second paragraph."),
        ],
        start=1,
    )
]


@pytest.fixture
def say(capsys):
    """Run a command; its exit code, stdout and stderr."""

    def run(*words: str) -> tuple[int, str, str]:
        capsys.readouterr()
        code = main(words)
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


@pytest.fixture
def ask(say):
    """Run a command that must succeed, and read its JSON."""

    def run(*words: str) -> Any:
        code, out, err = say(*words, "--json")
        assert code == 0, err
        return json.loads(out)

    return run


@pytest.fixture
def news(own_home: Path):
    """A cache with five articles, numbered 1 to 5."""
    with Library.open() as library:
        stream = io.BytesIO("\n".join(map(json.dumps, LINES)).encode())
        assert {a.status for a in library.import_lines(stream)} == {"added"}
    return own_home / "broadsheet.db"


@pytest.fixture
def piped(monkeypatch):
    def pipe(body: bytes) -> None:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(body)))

    return pipe


def zipped(*names: str, says: str = "x" * 50) -> bytes:
    """A zip archive with these parts, the first of which says something."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name in names:
            archive.writestr(name, says if name == names[0] else "x" * 5_000)
    return made.getvalue()


def compound(*streams: str) -> bytes:
    """The head and the directory of a compound file with these streams."""
    head = bytearray(512)
    head[:4], head[30:32], head[48:52] = b"\xd0\xcf\x11\xe0", b"\x09\0", b"\x02\0\0\0"
    entries = [name.encode("utf-16-le").ljust(128, b"\0") for name in ("Root Entry", *streams)]
    return bytes(head) + bytes(1024) + b"".join(entries)


OFFICE = ("[Content_Types].xml", "_rels/.rels")
OPEN = "application/vnd.oasis.opendocument."
UNREAD = ", which is not read as text"
SAVE = "save it as HTML or text"
BY_PDFTOTEXT = "`pdftotext FILE - | broadsheet add -` reads the text in it"
BY_PANDOC = "`pandoc FILE -t html | broadsheet add -` reads it"
BY_TESSERACT = "`tesseract FILE stdout | broadsheet add -` reads the text in it"

ROW = {
    "id",
    "guid",
    "title",
    "source",
    "published",
    "unread",
    "starred",
    "story",
    "words",
    "summary",
}


class TestLooking:
    def test_list_gives_rows_newest_first(self, news, ask):
        rows = ask("list")

        assert [row["id"] for row in rows] == [5, 4, 3, 2, 1]
        assert set(rows[0]) == ROW
        assert rows[-1]["guid"] == "g1"

    def test_list_takes_a_query_and_a_limit(self, news, ask):
        assert [row["id"] for row in ask("list", "source:gazette", "-n", "2")] == [3, 2]
        assert len(ask("list", "--limit", "0")) == 5

    def test_plain_rows_are_columns_for_a_pipe(self, news, say):
        _, out, _ = say("list", "-n", "1", "--", "keeper", "-boat")

        assert out == "1\t*\t2026-11-01\tGazette\tGate stuck again\n"

    def test_an_empty_cache_is_an_empty_list(self, ask, say):
        assert ask("list") == []
        assert say("list")[::2] == (
            0,
            "There are no articles yet: `broadsheet add WHAT…` brings the first.\n",
        )

    @pytest.mark.parametrize(
        "words",
        [
            ["list", "zeppelin"],
            ["search", "zeppelin"],
            ["mark", "read", "zeppelin"],
            ["export", "zeppelin"],
            ["read", "99"],
            ["similar", "99"],
            ["mark", "star", "1", "99"],
            ["tag", "sea", "99"],
            ["note", "99", "x"],
            ["export", "99"],
            ["undo"],
            ["remove", "99"],
        ],
    )
    @pytest.mark.parametrize("form", [[], ["--json"]])
    def test_nothing_found_ends_with_3_and_one_sentence(self, news, say, words, form):
        code, out, err = say(*words, *form)

        assert code == 3
        assert err.startswith("broadsheet: ")
        assert err.count("\n") == 1
        assert out.strip() in ("", "[]")

    @pytest.mark.parametrize("verb", [["list"], ["search"], ["mark", "read"], ["export"]])
    def test_a_field_that_cannot_take_what_it_was_given_says_what_it_takes(self, news, say, verb):
        code, _, err = say(*verb, "is:unred")

        assert code == 3
        choice = "unread, read, starred, unstarred, edited, noted or tagged"
        assert err == f"broadsheet: nothing matches: is:unred (is: takes {choice})\n"

    def test_search_finds_words_in_any_script(self, news, ask):
        assert {row["id"] for row in ask("search", "keeper", "brandt")} == {1, 2}
        assert [row["id"] for row in ask("search", "電池")] == [4]
        assert "snippet" in ask("search", "swans")[0]

    @pytest.mark.parametrize(
        "query", ['"', "(", "a-b", "*", "OR", "nope:a", "'", "NEAR(", "(" * 500]
    )
    def test_no_query_is_an_error(self, news, say, query):
        assert say("search", "--", query)[0] in (0, 3)

    def test_read_gives_the_whole_record(self, news, ask):
        article = ask("read", "1")

        assert set(article) >= ROW | {
            "text",
            "markdown",
            "authors",
            "url",
            "tags",
            "note",
            "warnings",
        }
        assert article["text"] == LINES[0]["text"]

    def test_read_plain_is_masthead_and_text_and_nothing_that_moves_the_cursor(self, news, say):
        _, out, _ = say("read", "5", "--plain")

        assert out.splitlines()[0] == "A title [/b] with signs"
        assert out.endswith("Nothing but text.\n\nAnd a second paragraph.\n")
        assert "\x1b" not in out

    def test_similar_says_why(self, news, ask):
        [best, *_] = ask("similar", "1", "-n", "1")

        assert best["id"] == 2
        assert set(best) == {
            "id",
            "guid",
            "title",
            "source",
            "published",
            "score",
            "class",
            "reason",
            "summary",
        }
        assert best["reason"]

    def test_similar_of_every_article_is_a_line_each(self, news, say):
        code, out, _ = say("similar", "--every", "-n", "2", "--jsonl")

        lines = [json.loads(line) for line in out.splitlines()]
        assert code == 0
        assert {line["id"] for line in lines} == {1, 2, 3, 4, 5}
        assert set(lines[0]) == {"id", "guid", "similar"}

    def test_sources_count_their_articles(self, news, ask):
        sources = ask("sources")

        assert {(s["title"], s["articles"], s["unread"]) for s in sources} == {
            ("Gazette", 3, 3),
            ("Courant", 2, 2),
        }
        assert set(sources[0]) == {
            "id",
            "title",
            "url",
            "added_as",
            "home",
            "kind",
            "folder",
            "articles",
            "unread",
            "last",
            "next",
            "error",
        }


class TestChanging:
    def test_marks_by_id_and_by_query_can_be_taken_back(self, news, ask, say):
        assert ask("mark", "star", "1", "2")["ids"] == [1, 2]
        ask("mark", "read", "source:courant")
        assert {row["id"] for row in ask("list", "is:starred")} == {1, 2}
        assert {row["id"] for row in ask("list", "is:unread")} == {1, 2, 3}

        assert say("undo")[0] == 0
        assert {row["id"] for row in ask("list", "is:unread")} == {1, 2, 3, 4, 5}
        assert say("undo")[0] == 0
        assert say("list", "is:starred")[0] == 3

    def test_an_unknown_id_among_known_ones_changes_nothing(self, news, say):
        assert say("mark", "star", "1", "99")[0] == 3
        assert say("list", "is:starred")[0] == 3

    def test_tags_are_given_and_taken(self, news, ask, say):
        ask("tag", "sea", "1", "2")
        assert {row["id"] for row in ask("list", "tag:sea")} == {1, 2}
        ask("tag", "--remove", "sea", "1")
        assert {row["id"] for row in ask("list", "tag:sea")} == {2}

    def test_what_to_add_is_read_from_stdin_so_that_no_list_of_processes_shows_it(
        self, own_home, say, ask, piped, tmp_path
    ):
        for name, word in (("a b.md", "gate"), ("-c.md", "sluice")):
            (tmp_path / name).write_text(
                f"# The {word}\n\nIt is said that the {word} stuck again.\n"
            )
        piped(f"{tmp_path}/a b.md\n\n{tmp_path}/-c.md\r\n".encode())
        assert [row["status"] for row in ask("add", "--from-stdin")] == ["added", "added"]
        assert {row["title"] for row in ask("list")} == {"The gate", "The sluice"}
        piped(b"\n")
        assert say("add", "--from-stdin")[0] == 2
        piped(b"words")
        code, _, err = say("add", "--from-stdin", "-")
        assert (code, "give one of them" in err) == (2, True)

    def test_a_note_is_written_from_words_or_stdin_and_taken_away(self, news, ask, say, piped):
        ask("note", "1", "Ask", "the", "keeper.")
        assert ask("read", "1")["note"] == "Ask the keeper."
        piped(b"Zweite\nZeile\n")
        ask("note", "1", "-")
        assert ask("read", "1")["note"] == "Zweite\nZeile"
        ask("note", "1")
        assert ask("read", "1")["note"] is None

    def test_a_source_is_removed_by_id_or_address_and_comes_back(self, news, ask, say):
        [source] = [s for s in ask("sources") if s["title"] == "Courant"]
        say("remove", source["url"])
        assert [row["id"] for row in ask("list")] == [3, 2, 1]
        say("undo")
        assert len(ask("list")) == 5

    @pytest.mark.parametrize("name", ["Courant", "cOURANT", "  courant "])
    def test_a_source_is_removed_by_its_title(self, news, ask, say, name):
        code, out, _ = say("remove", name)
        assert (code, "Removed Courant with its 2 articles" in out) == (0, True)
        assert [source["title"] for source in ask("sources")] == ["Gazette"]

    def test_of_titles_that_may_be_meant_it_is_said_which_they_are(self, news, ask, say):
        with Library.open() as library:
            for n in (1, 2):
                url = f"https://town-{n}.example/"
                library.cache.sources.add("feed", url, "The Harbour Post")
        assert say("remove", "the harbour post")[::2] == (
            2,
            "broadsheet: 2 sources are called the harbour post: name one by its id, "
            "3 (https://town-1.example/), 4 (https://town-2.example/)\n",
        )
        code, _, err = say("remove", "zette")
        assert (code, "there is no source zette, but 1 (Gazette)" in err) == (3, True)
        assert len(ask("sources")) == 4
        assert say("remove", "4", "3", "3")[0] == 0
        assert say("remove", "Nowhere")[2] == (
            "broadsheet: there is no source Nowhere: `broadsheet sources` lists them\n"
        )

    def test_starred_articles_outlive_their_source_until_they_are_unstarred(self, news, ask, say):
        say("mark", "star", "4")
        [courant] = [s["id"] for s in ask("sources") if s["title"] == "Courant"]

        code, out, _ = say("remove", str(courant))

        assert code == 0
        assert "Removed Courant with its 1 article and kept the 1 article you starred" in out
        assert [s["title"] for s in ask("sources")] == ["Gazette"]
        assert [row["id"] for row in ask("list", "is:starred")] == [4]
        assert [row["id"] for row in ask("search", "source:courant")] == [4]
        assert ask("read", "4")["source"] == "Courant"
        assert json.loads(say("export", "4", "--to", "jsonl")[1])["starred"]
        assert "gone with its source" in say("mark", "unstar", "4")[1]
        assert say("read", "4")[0] == 3
        assert len(ask("list")) == 3


class TestBringingIn:
    PAGE = "# Gate stuck\n\nThe lock gate at Low Sluice stuck for the third time this month.\n"

    def test_add_answers_in_lines_when_nobody_watches(self, say, tmp_path):
        (tmp_path / "gate.md").write_text(self.PAGE)

        code, out, _ = say("add", str(tmp_path / "gate.md"), str(tmp_path / "gone.md"))

        added, refused = map(json.loads, out.splitlines())
        assert code == 1
        assert set(added) == {"what", "source", "status", "id", "guid", "title", "reason"}
        assert (added["status"], added["title"]) == ("added", "Gate stuck")
        assert (refused["status"], refused["reason"]) == ("refused", "there is no such file")

    def test_add_json_is_one_list(self, ask, tmp_path):
        (tmp_path / "gate.md").write_text(self.PAGE)

        [added] = ask("add", str(tmp_path / "gate.md"))

        assert added["status"] == "added"

    def test_a_name_with_a_dash_goes_after_the_dashes(self, say, tmp_path, monkeypatch):
        monkeypatch.chdir(tmp_path)
        (tmp_path / "--json").write_text(self.PAGE)

        code, out, _ = say("add", "--jsonl", "--", "--json")

        assert code == 0
        assert json.loads(out)["guid"] == "--json"

    def test_stdin_is_pasted(self, say, piped):
        piped(self.PAGE.encode())

        code, out, _ = say("add", "-")

        assert code == 0
        assert json.loads(out)["source"] == "Pasted"

    def test_what_without_a_verb_is_added_and_shown(self, say, tmp_path):
        (tmp_path / "gate.md").write_text(self.PAGE)

        code, out, _ = say(str(tmp_path / "gate.md"))

        assert code == 0
        assert out.splitlines()[0] == "Gate stuck"
        assert "for the third time" in out

    def test_nothing_without_a_terminal_is_the_front_page(self, say):
        code, out, err = say()

        assert code == 0
        assert len(out.splitlines()) >= 14
        assert "sample edition" in err
        assert say()[2] == ""

    def test_import_answers_each_line(self, say, tmp_path):
        (tmp_path / "a.jsonl").write_text('{"id": 1, "title": "T", "text": "x"}\nrubbish\n')
        (tmp_path / "b.jsonl").write_text('{"id": 2, "title": "U", "text": "y"}\n')

        code, out, _ = say("import", str(tmp_path))

        lines = [json.loads(line) for line in out.splitlines()]
        assert code == 1
        assert [line["status"] for line in lines] == ["added", "refused", "added"]
        assert lines[1]["what"] == "line 2"

    def test_import_of_what_is_no_collection(self, say, tmp_path):
        (tmp_path / "feeds.opml").write_text("<opml version='2.0'></opml>")

        code, _, err = say("import", str(tmp_path / "feeds.opml"))

        assert code == 1
        assert "there is no feed in it" in err

    def test_reclean_leaves_sound_articles_alone(self, say, tmp_path):
        (tmp_path / "gate.md").write_text(self.PAGE)
        say("add", str(tmp_path / "gate.md"))

        code, out, _ = say("reclean")

        assert code == 0
        assert json.loads(out)["status"] == "skipped"


class TestTakingOut:
    def test_jsonl_comes_back_the_same(self, news, ask, say, tmp_path, monkeypatch):
        say("mark", "star", "3")
        say("tag", "birds", "3")
        first = say("export", "--all", "--to", "jsonl")[1]
        (tmp_path / "out.jsonl").write_text(first)

        monkeypatch.setenv("BROADSHEET_HOME", str(tmp_path / "other"))
        say("import", str(tmp_path / "out.jsonl"))

        assert say("export", "--all", "--to", "jsonl")[1] == first

    def test_json_flags_without_a_format_are_the_format(self, news, ask, say):
        assert ask("export", "1")[0]["guid"] == "g1"
        assert json.loads(say("export", "1", "--jsonl")[1])["guid"] == "g1"

    def test_markdown_has_front_matter_that_other_programs_read(self, news, say):
        _, out, _ = say("export", "5", "--to", "md")

        head, front, body = out.split("---\n", 2)
        facts = dict(line.split(": ", 1) for line in front.splitlines())
        assert head == ""
        assert json.loads(facts["title"]) == "A title [/b] with signs"
        assert json.loads(facts["source"]) == "https://news.example/5"
        assert body.startswith("\n# A title")

    def test_a_folder_gets_one_file_an_article_and_keeps_what_it_has(
        self, news, ask, say, tmp_path
    ):
        folder = tmp_path / "out"
        made = ask("export", "--all", "--to", "md", "-o", f"{folder}/")

        assert len(made) == len(list(folder.iterdir())) == 5
        assert all(Path(each["path"]).parent == folder for each in made)
        code, _, err = say("export", "1", "--to", "md", "-o", f"{folder}/")
        assert code == 1
        assert "--force" in err
        assert say("export", "1", "--to", "md", "-o", f"{folder}/", "--force")[0] == 0

    def test_two_articles_of_one_title_are_two_files(self, own_home, say, tmp_path):
        with Library.open() as library:
            lines = [{"id": n, "title": "Same/../Same", "text": str(n)} for n in (1, 2)]
            list(library.import_lines(io.BytesIO("\n".join(map(json.dumps, lines)).encode())))

        say("export", "--all", "--to", "md", "-o", f"{tmp_path}/out/")

        assert len(list((tmp_path / "out").iterdir())) == 2
        assert sorted(tmp_path.iterdir()) == [tmp_path / "out"]

    def test_a_file_is_whole_or_not_there(self, news, say, tmp_path):
        file = tmp_path / "out.json"
        assert say("export", "--all", "-o", str(file))[0] == 0
        assert len(json.loads(file.read_text())) == 5
        assert [each.name for each in tmp_path.iterdir()] == ["out.json"]
        code, _, err = say("export", "1", "-o", str(file))
        assert (code, "exists already" in err) == (1, True)
        code, _, err = say("export", "1", "-o", str(tmp_path / "x.odt"))
        assert (code, "say --to" in err) == (2, True)

    def test_a_folder_that_cannot_be_written(self, news, say, tmp_path):
        (tmp_path / "file").write_text("x")

        code, _, err = say("export", "1", "--to", "md", "-o", f"{tmp_path}/file/x/")

        assert code == 1
        assert err.startswith("broadsheet: cannot write ")


class TestCleaning:
    SHAPE = frozenset(
        {
            "id",
            "title",
            "authors",
            "published",
            "modified",
            "cached_at",
            "section",
            "site",
            "url",
            "language",
            "kind",
            "summary",
            "related",
            "text",
            "markdown",
            "words",
            "minutes",
            "quality",
            "warnings",
        }
    )
    PAGE = (
        "<html lang=en><head><title>Gate</title></head><body><article><h1>Gate</h1><p>The lock "
        "gate at Low Sluice stuck for the third time this month, <a href='/b'>as before</a>, and "
        "the water stood a metre over the sill until the keeper freed it by hand.</p><p>Nobody at "
        "all was hurt by it, but the ferry waited two hours for the tide, and the bakery on the "
        "far bank sold nothing before noon, which the baker says is the fault of the council.</p>"
        "</article></body></html>"
    )

    def test_a_file_is_one_record_and_the_cache_is_not_touched(self, ask, tmp_path, own_home):
        (tmp_path / "gate.html").write_text(self.PAGE)

        record = ask("clean", str(tmp_path / "gate.html"), "--base-url", "https://a.example/x")

        assert set(record) == self.SHAPE
        assert record["id"] == "gate"
        assert "https://a.example/b" in record["markdown"]
        assert list(own_home.iterdir()) == []

    def test_for_a_person_it_is_markdown_with_the_title(self, say, tmp_path):
        (tmp_path / "gate.html").write_text(self.PAGE)

        code, out, _ = say("clean", str(tmp_path / "gate.html"))

        assert code == 0
        assert out.startswith("# Gate\n\nThe lock gate at Low")

    def test_stdin(self, ask, piped):
        piped(self.PAGE.encode())

        assert ask("clean", "-")["id"] == "-"

    def test_a_folder_is_a_list_of_records(self, say, ask, tmp_path):
        (tmp_path / "in").mkdir()
        (tmp_path / "a.html").write_text(self.PAGE)
        (tmp_path / "in" / "b.md").write_text("# B\n\nText of some length stands here.")
        (tmp_path / "c.png").write_bytes(b"\x89PNG")

        records = ask("clean", str(tmp_path))

        assert [record["id"] for record in records] == ["a.html", "in/b.md"]
        assert all(set(record) == self.SHAPE for record in records)
        assert len(say("clean", str(tmp_path))[1].splitlines()) == 2

    def test_a_manifest_gives_a_record_a_line_whatever_happens(self, say, tmp_path):
        (tmp_path / "pages").mkdir()
        (tmp_path / "pages" / "a.html").write_text(self.PAGE)
        lines = [
            {"id": 7, "path": "pages/a.html", "url": "https://a.example/7"},
            {"id": "gone", "path": "pages/gone.html"},
            {"path": "no id"},
            [1],
            {"id": "z", "path": "a\0b"},
            {"id": "abs", "path": str(tmp_path / "pages" / "a.html")},
        ]
        (tmp_path / "m.jsonl").write_text("\n".join(map(json.dumps, lines)) + "\nrubbish\n\n")

        code, out, _ = say("clean", "--manifest", str(tmp_path / "m.jsonl"), "--jsonl")

        records = [json.loads(line) for line in out.splitlines()]
        assert code == 1
        assert [r["id"] for r in records] == ["7", "gone", "line 3", "line 4", "z", "abs", "line 7"]
        assert all(set(record) == self.SHAPE for record in records)
        assert records[0]["text"] == records[5]["text"] != ""
        assert records[0]["url"] == "https://a.example/7"
        assert records[1]["text"] == ""
        assert records[1]["warnings"] == ["failed: there is no such file"]

    @pytest.mark.parametrize("body", [b"", b" \n", b"%PDF-1.4", b"\x00\x01\x02"])
    def test_nothing_readable_ends_with_1_and_one_sentence(self, say, tmp_path, body):
        (tmp_path / "x.txt").write_bytes(body)

        code, _, err = say("clean", str(tmp_path / "x.txt"))

        assert code == 1
        assert err.startswith("broadsheet: cannot clean ")
        assert err.count("\n") == 1

    @pytest.mark.parametrize(
        ("body", "says"),
        [
            (b"%PDF-1.7 x", f"a PDF document{UNREAD}: {BY_PDFTOTEXT}"),
            (b"{\\rtf1\\ansi Gate}", f"an RTF document{UNREAD}: {SAVE}, or {BY_PANDOC}"),
            (
                zipped(*OFFICE, "word/document.xml"),
                f"a Word document{UNREAD}: {SAVE}, or {BY_PANDOC}",
            ),
            (zipped("big.bin", *OFFICE, "xl/a.xml"), f"a spreadsheet{UNREAD}: save it as HTML"),
            (
                zipped(*OFFICE, "ppt/a.xml"),
                f"a presentation{UNREAD}: save it as PDF, and {BY_PDFTOTEXT}",
            ),
            (zipped(*OFFICE, "visio/a.xml"), f"an office document{UNREAD}: {SAVE}"),
            (
                zipped(OFFICE[0], "word/a.xml")[:200],
                f"a Word document{UNREAD}: {SAVE}, or {BY_PANDOC}",
            ),
            (
                zipped("mimetype", says=f"{OPEN}text"),
                f"an OpenDocument text{UNREAD}: {SAVE}, or {BY_PANDOC}",
            ),
            (
                zipped("mimetype", says=f"{OPEN}spreadsheet"),
                f"a spreadsheet{UNREAD}: save it as HTML",
            ),
            (zipped("mimetype", says=f"{OPEN}graphics"), f"an office document{UNREAD}: {SAVE}"),
            (
                zipped("mimetype", says="application/epub+zip"),
                f"an EPUB book{UNREAD}: {BY_PANDOC}",
            ),
            (zipped("a.xhtml", "META-INF/container.xml"), f"an EPUB book{UNREAD}: {BY_PANDOC}"),
            (
                zipped("preview.jpg", "Index/Document.iwa"),
                f"a document of Pages, Numbers or Keynote{UNREAD}: "
                f"export it as PDF, and {BY_PDFTOTEXT}",
            ),
            (zipped("photo.jpg"), f"a zip archive{UNREAD}: unpack it first"),
            (
                zipped("letter.docx", says="PK\x03\x04 word/"),
                f"a zip archive{UNREAD}: unpack it first",
            ),
            (compound("WordDocument", "Workbook"), f"an old Word document{UNREAD}: {SAVE}"),
            (compound("Workbook", "WordDocument"), f"a spreadsheet{UNREAD}: save it as HTML"),
            (
                compound("PowerPoint Document"),
                f"a presentation{UNREAD}: save it as PDF, and {BY_PDFTOTEXT}",
            ),
            (b"\xd0\xcf\x11\xe0", f"an old office document{UNREAD}: {SAVE}"),
            (b"\x1f\x8b\x08", f"a gzip file{UNREAD}: unpack it first"),
            (b"BZh91AY&SY", f"an archive{UNREAD}: unpack it first"),
            (b"\x89PNG", f"a picture{UNREAD}: {BY_TESSERACT}"),
            (b"II*\0", f"a picture{UNREAD}: {BY_TESSERACT}"),
            (b"RIFF\0\0\0\0WEBPVP8 ", f"a picture{UNREAD}: {BY_TESSERACT}"),
            (b"\0\0\0\x1cftypavif", f"a picture{UNREAD}: {BY_TESSERACT}"),
            (b"\0\0\0\x1cftypisom", f"a film{UNREAD}"),
            (b"ID3\x04", f"a sound file{UNREAD}"),
        ],
        ids=lambda each: each.partition(",")[0] if isinstance(each, str) else "",
    )
    def test_a_document_that_is_no_text_is_refused_with_what_makes_it_one(
        self, say, tmp_path, body, says
    ):
        (tmp_path / "x.txt").write_bytes(body)
        for verb in ("clean", "add"):
            code, _, err = say(verb, str(tmp_path / "x.txt"))
            assert code == 1
            assert err.endswith(f": it is {says}\n")
            assert err.count("\n") == 1

    def test_a_text_that_tells_of_such_documents_is_read(self, ask, tmp_path):
        (tmp_path / "x.txt").write_text("The office sent {\\rtf1 and PK: nobody could open it.")
        record = ask("clean", str(tmp_path / "x.txt"))
        assert "nobody could open it" in record["text"]

    def test_a_missing_manifest_or_page(self, say, tmp_path):
        assert say("clean", "--manifest", str(tmp_path / "none"))[0] == 1
        assert say("clean", "http://127.0.0.1:9/")[0] == 1


class TestHealth:
    def test_doctor_is_content_with_a_sound_cache(self, news, ask):
        found = ask("doctor")

        assert found["ok"] is True
        assert set(found["checks"][0]) == {"name", "ok", "message"}

    def test_doctor_names_a_bad_setting_and_ends_with_1(self, news, say, own_home):
        (own_home / "config.toml").write_text("measure_cells = 3\n")

        code, out, _ = say("doctor", "--json")

        assert code == 1
        assert "line 1, column 1" in json.loads(out)["checks"][0]["message"]

    def test_doctor_says_what_is_wrong_with_an_unusable_cache(self, own_home, say):
        (own_home / "broadsheet.db").write_bytes(b"rubbish" * 1000)

        code, out, _ = say("doctor", "--json")

        assert code == 4
        assert json.loads(out)["ok"] is False

    def test_a_foreign_or_newer_or_damaged_cache_ends_with_4_and_is_left_alone(self, own_home, say):
        file = own_home / "broadsheet.db"
        with sqlite3.connect(file) as conn:
            conn.execute("CREATE TABLE other(x)")
        before = file.read_bytes()

        for words in (["list"], ["add", "--sample"], ["mark", "read", "x"]):
            code, out, err = say(*words)
            assert (code, out, err.count("\n")) == (4, "", 1)
        assert file.read_bytes() == before

    def test_backup_is_a_cache_and_overwrites_nothing(self, news, ask, say, tmp_path):
        made = ask("db", "backup", str(tmp_path / "copy.db"))

        with Library.open(made["path"]) as copy:
            assert len(copy.ids(View("all"))) == 5
        assert say("db", "backup", str(tmp_path / "copy.db"))[0] == 2

    def test_check_and_stats(self, news, ask):
        assert ask("db", "check")["ok"] is True
        assert ask("db", "stats")["articles"] == 5

    def test_a_folder_that_cannot_be_made(self, say, monkeypatch, tmp_path):
        (tmp_path / "file").write_text("x")
        monkeypatch.setenv("BROADSHEET_HOME", str(tmp_path / "file" / "home"))

        code, _, err = say("list")

        assert code == 4
        assert err.count("\n") == 1

    @pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
    def test_a_folder_that_is_read_only(self, news, say, own_home):
        own_home.chmod(0o500)
        try:
            assert say("list")[0] == 0
            assert say("mark", "read", "1")[0] == 4
        finally:
            own_home.chmod(0o700)
