"""From what a person names to articles in the cache."""

import os
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from reader.library import Library
from reader.model import View

GATE = """The lock gate at Low Sluice stuck for the third time this month, and the water stood a
metre over the sill until the keeper, who is seventy-one, freed it by hand with a boat hook.

Nobody was hurt, but the ferry waited two hours for the tide, and the bakery on the far bank sold
nothing before noon. The council says that it will look into the matter in spring.
"""
PAGE = f"""<html lang="en"><head><title>Gate stuck again</title></head><body>
<nav><a href="/">Home</a> <a href="/news">News</a></nav>
<article><h1>Gate stuck again</h1><p>{GATE.replace(chr(10) * 2, "</p><p>")}</p></article>
<footer>All rights reserved</footer></body></html>"""


@pytest.fixture
def library(tmp_path):
    with Library.open(tmp_path / "cache.db") as library:
        yield library


def stories_of(library: Library) -> list[str]:
    return [h.title for h in library.headlines(library.ids(View("all")))]


def test_a_file_becomes_an_article_with_its_source(library, tmp_path):
    (tmp_path / "gate.html").write_text(PAGE)

    [arrival] = library.add([str(tmp_path / "gate.html")], folder="Clippings")

    assert (arrival.status, arrival.guid, arrival.source) == ("added", "gate.html", "gate.html")
    assert arrival.what == str(tmp_path / "gate.html")
    article = library.article(arrival.id)
    assert article.title == "Gate stuck again"
    assert "rights reserved" not in article.text
    [source] = library.sources()
    assert (source.kind, source.folder, source.articles) == ("file", "Clippings", 1)
    assert source.last is not None


def test_the_same_again_changes_nothing_and_a_change_is_a_revision(library, tmp_path):
    file = tmp_path / "gate.md"
    file.write_text(f"# Gate stuck\n\n{GATE}")
    [first] = library.add([str(file)])
    library.star([first.id])

    [same] = library.add([str(file)])
    file.write_text(f"# Gate stuck\n\n{GATE}\nThe keeper has been given a new boat hook.\n")
    [changed] = library.add([str(file)])

    assert [first.status, same.status, changed.status] == ["added", "skipped", "updated"]
    assert first.id == same.id == changed.id
    assert library.article(first.id).headline.starred
    assert len(library.revisions(first.id)) == 2


def test_a_folder_is_taken_whole_and_one_bad_file_does_not_stop_the_others(library, tmp_path):
    folder = tmp_path / "clippings"
    folder.mkdir()
    (folder / "a.html").write_text(PAGE)
    (folder / "b.pdf.txt").write_bytes(b"%PDF-1.7 \x00\x01")
    (folder / "c.txt").write_text("")
    (folder / "d.md").write_text(f"# Another day\n\n{GATE}")
    (folder / "e.xml.txt").write_text("<?xml version='1.0'?><rss><channel></channel></rss>")
    os.mkfifo(folder / "f.txt")
    (folder / "g.png").write_bytes(b"\x89PNG")

    arrivals = {a.guid: a for a in library.add([str(folder)])}

    assert {guid: a.status for guid, a in arrivals.items()} == {
        "a.html": "added",
        "b.pdf.txt": "refused",
        "c.txt": "refused",
        "d.md": "added",
        "e.xml.txt": "refused",
        "f.txt": "refused",
        "g.png": "skipped",
    }
    assert "PDF" in arrivals["b.pdf.txt"].reason
    assert "nothing to read" in arrivals["c.txt"].reason
    assert "feed" in arrivals["e.xml.txt"].reason
    [source] = library.sources()
    assert (source.kind, source.title, source.articles) == ("folder", "clippings", 2)


def test_what_cannot_be_read_leaves_no_source_behind(library, tmp_path):
    (tmp_path / "empty.txt").write_text(" \n")

    arrivals = list(library.add([str(tmp_path / "empty.txt"), str(tmp_path / "nowhere")]))

    assert [a.status for a in arrivals] == ["refused", "refused"]
    assert library.sources() == []


def test_what_was_pasted_is_kept_once(library):
    [first] = library.add(["-"], stdin=GATE.encode())
    [second] = library.add(["-"], stdin=GATE.encode())
    [empty] = library.add(["-"], stdin=b" ")

    assert [first.status, second.status, empty.status] == ["added", "skipped", "refused"]
    [source] = library.sources()
    assert (source.title, source.url) == ("Pasted", "paste:")


def test_a_page_is_fetched_and_known_by_its_address(library):
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(PAGE.encode())

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        url = f"http://127.0.0.1:{server.server_address[1]}/gate"
        [arrival] = library.add([url])
        [again] = library.add([url])
        server.shutdown()

    assert (arrival.status, arrival.guid, again.status) == ("added", url, "skipped")
    [source] = library.sources()
    assert (source.kind, source.url) == ("page", url)
    assert library.article(arrival.id).url == url


def test_an_article_is_committed_before_it_is_reported(library, tmp_path):
    folder = tmp_path / "clippings"
    folder.mkdir()
    for n in range(3):
        (folder / f"{n}.md").write_text(f"# Day {n}\n\n{GATE}")

    for arrival in library.add([str(folder)]):
        with Library.open(library.path) as other:
            assert other.article(arrival.id).title == arrival.title


def test_what_is_added_is_found_by_words_and_by_likeness(library, tmp_path):
    (tmp_path / "one.md").write_text(f"# Gate stuck again\n\n{GATE}")
    (tmp_path / "two.md").write_text(f"# Third time for the gate\n\n{GATE}")

    one, two = library.add([str(tmp_path / "one.md"), str(tmp_path / "two.md")])

    assert len(library.search("boat hook")) == 2
    assert [like.headline.id for like in library.similar(one.id)] == [two.id]


def test_dumps_of_one_site_show_each_other_their_furniture(library, tmp_path):
    """The address stands in the text, so the site is known only once a page has been read."""
    folder = tmp_path / "dumps"
    folder.mkdir()
    bodies = [
        "The lock gate stuck for the third time this month and the keeper freed it by hand.",
        "The museum has bought the tide table of 1911, in which every second figure is wrong.",
        "Three swans have taken the ferry berth, and the ferry now lands its cars on the beach.",
    ]
    for n, body in enumerate(bodies):
        (folder / f"{n}.txt").write_text(
            "Low Sluice Gazette\nTide tables, harbour notices and letters for the whole coast\n\n"
            f"Story of day {'abc'[n]}\n\n{body} {GATE if n == 0 else body}\n\n"
            "Readers who find a mistake in this paper may return it for half its price.\n"
            f"Source: https://gazette.example/{n}\n"
        )

    arrivals = list(library.add([str(folder)]))

    assert [a.status for a in arrivals] == ["added"] * 3
    for arrival, body in zip(arrivals, bodies, strict=True):
        text = library.article(arrival.id).text
        assert body in text
        assert "half its price" not in text


def test_the_sample_edition_comes_in_whole(library):
    arrivals = list(library.add_sample())

    assert {a.status for a in arrivals} == {"added"}
    assert len(arrivals) >= 14
    sources = library.sources()
    assert len(sources) >= 5
    assert {(s.kind, s.folder) for s in sources} == {("sample", "Sample edition")}
    assert {a.status for a in library.add_sample()} == {"skipped"}


def test_cleaning_again_keeps_marks_and_finds_nothing_new(library, tmp_path):
    (tmp_path / "gate.html").write_text(PAGE)
    [arrival] = library.add([str(tmp_path / "gate.html")])
    library.star([arrival.id])

    [again] = library.reclean(View("all"))

    assert (again.status, again.id) == ("skipped", arrival.id)
    assert library.article(arrival.id).headline.starred


def test_cleaning_again_mends_what_an_older_cleaner_left(library, tmp_path):
    (tmp_path / "gate.html").write_text(PAGE)
    [arrival] = library.add([str(tmp_path / "gate.html")])
    with library.cache.write() as conn:
        conn.execute("UPDATE article SET record = x'00', hash = x'00'")
        conn.execute(
            "UPDATE body SET text = 'All rights reserved', markdown = 'All rights reserved'"
        )
        conn.execute("INSERT INTO fts(fts) VALUES('rebuild')")

    [again] = library.reclean(View("all"))

    assert (again.status, again.guid) == ("updated", "gate.html")
    assert library.article(arrival.id).text.startswith("The lock gate")
    assert len(library.revisions(arrival.id)) == 1
    assert len(library.search("boat hook")) == 1


def test_articles_that_came_as_text_are_not_cleaned_again(library):
    import io

    list(library.import_lines(io.BytesIO(b'{"id": 1, "title": "T", "text": "x"}')))

    [again] = library.reclean(View("all"))

    assert (again.status, "no raw page" in again.reason) == ("skipped", True)


def test_a_hostile_file_cannot_stop_its_neighbours(library, tmp_path):
    folder = tmp_path / "mixed"
    folder.mkdir()
    (folder / "a.html").write_text("<div>" * 20_000)
    (folder / "b.html").write_text(PAGE)
    (folder / "c.txt").write_bytes(os.urandom(50_000))

    arrivals = {a.guid: a.status for a in library.add([str(folder)])}

    assert arrivals["b.html"] == "added"
    assert Path(folder / "a.html").exists()


def a_mail(number: int, text: str) -> str:
    return (
        "From sluice@example.org Tue Feb  4 08:05:00 2025\n"
        f"From: The Sluice <sluice@example.org>\nSubject: Letter {number}\n"
        f"Message-ID: <letter-{number}@example.org>\n"
        f"Date: Tue, 4 Feb 2025 08:05:00 +0000\n\n{text}\n\n"
    )


def test_each_mail_of_a_mailbox_is_an_article(library, tmp_path):
    box = tmp_path / "letters.mbox"
    box.write_text(a_mail(1, f"{GATE}\n>From the keeper we heard nothing.") + a_mail(2, GATE[:90]))

    first = list(library.add([str(box)]))
    box.write_text(box.read_text() + a_mail(3, GATE[90:]))
    [looked] = library.refresh(["1"])
    [again] = library.refresh(["1"])

    assert [arrival.guid for arrival in first] == [
        "letters.mbox#letter-1@example.org",
        "letters.mbox#letter-2@example.org",
    ]
    assert [arrival.title for arrival in first] == ["Letter 1", "Letter 2"]
    article = library.article(first[0].id)
    assert "From the keeper we heard nothing." in article.text.splitlines()
    assert article.warnings == ()
    assert (looked.status, looked.new, looked.changed) == ("new", 1, 0)
    assert again.status == "unchanged"


def test_each_mail_of_a_mailbox_on_stdin_is_an_article_once(library):
    box = (a_mail(1, GATE) + a_mail(2, GATE[:90])).encode()

    first = list(library.add(["-"], stdin=box))
    again = list(library.add(["-"], stdin=box + a_mail(3, GATE[90:]).encode()))

    assert [(arrival.status, arrival.title) for arrival in first] == [
        ("added", "Letter 1"),
        ("added", "Letter 2"),
    ]
    assert "Letter 2" not in library.article(first[0].id).text
    assert [arrival.status for arrival in again] == ["skipped", "skipped", "added"]
    assert [source.title for source in library.sources()] == ["Pasted"]


def test_a_text_that_begins_with_from_is_no_mailbox(library, tmp_path):
    (tmp_path / "note.txt").write_text(f"From the sluice, at 12:30 in the rain\n\n{GATE}")

    [arrival] = library.add([str(tmp_path / "note.txt")])

    assert arrival.guid == "note.txt"
