"""`preview`, as a script meets it: feeds, sites, files and manifests."""

import http.server
import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from reader.cli import main
from reader.feeds.worker import FeedReader
from reader.intake.preview import Previewer
from reader.model import Document

FEED = b"""<rss version="2.0"><channel><title>The Gazette</title><link>/</link>
<item><guid>g1</guid><title>Gate stuck</title><link>/1</link><pubDate>2026-11-01</pubDate>
<description>&lt;p&gt;The gate is &lt;a href="/k"&gt;stuck&lt;/a&gt;.&lt;/p&gt;</description></item>
</channel></rss>"""
STORY = "<p>Keeper Ilse Brandt freed the lock gate at Low Sluice before noon on Monday.</p>" * 6
PAGE = f"""<html><head><title>A page</title>@</head>
<body><article><h1>Gate freed</h1>{STORY}</article></body></html>"""


class Site:
    """A site of one's own on loopback, and what it was asked for."""

    def __init__(self) -> None:
        self.pages: dict[str, bytes] = {}
        self.asked: list[str] = []
        site = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.asked.append(self.path)
                body = site.pages.get(self.path)
                self.send_response(404 if body is None else 200)
                self.send_header("Content-Length", str(len(body or b"")))
                self.end_headers()
                self.wfile.write(body or b"")

            def log_message(self, *_: object) -> None:
                pass

        self.http = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.http.serve_forever, args=(0.02,), daemon=True).start()
        self.url = f"http://127.0.0.1:{self.http.server_address[1]}"


@pytest.fixture
def site() -> Iterator[Site]:
    site = Site()
    yield site
    site.http.shutdown()


@pytest.fixture
def preview(capsys):
    """Run `preview`; its exit code, what it put on stdout line by line, and its stderr."""

    def run(*words: str) -> tuple[int, list[Any], str]:
        capsys.readouterr()
        code = main(["preview", *words])
        said = capsys.readouterr()
        return code, [json.loads(line) for line in said.out.splitlines()], said.err

    return run


def test_a_feed_file_comes_as_one_record(preview, tmp_path: Path):
    (tmp_path / "gazette.xml").write_bytes(FEED)

    code, [record], _ = preview(
        str(tmp_path / "gazette.xml"), "--base-url", "https://g.example/f.xml", "--json"
    )

    assert code == 0
    assert record == {
        "id": "gazette",
        "source": {
            "title": "The Gazette",
            "url": "https://g.example/f.xml",
            "home": "https://g.example/",
            "description": None,
            "language": None,
            "kind": "feed",
            "authors": [],
            "published": None,
            "updated": None,
        },
        "entries": [
            {
                "id": "g1",
                "title": "Gate stuck",
                "url": "https://g.example/1",
                "authors": [],
                "published": "2026-11-01",
                "updated": None,
                "summary": '<p>The gate is <a href="https://g.example/k">stuck</a>.</p>',
                "content": None,
                "text": "The gate is stuck.",
                "tags": [],
                "enclosures": [],
            }
        ],
        "candidates": [],
    }


def test_a_site_shows_the_feed_it_announces(preview, site: Site):
    link = '<link rel=alternate type="application/rss+xml" title="News" href="{}">'
    site.pages["/"] = PAGE.replace("@", link.format("/gone") + link.format("/feed")).encode()
    site.pages["/feed"] = FEED

    code, [record], _ = preview(site.url + "/", "--json")

    assert (code, record["id"]) == (0, site.url + "/")
    assert (record["source"]["kind"], record["source"]["url"]) == ("feed", site.url + "/feed")
    assert [entry["id"] for entry in record["entries"]] == ["g1"]
    assert [each["url"] for each in record["candidates"]] == [
        site.url + "/gone",
        site.url + "/feed",
    ]
    assert record["candidates"][1] == {"title": "News", "url": site.url + "/feed", "kind": "rss"}


def test_a_site_that_announces_nothing_is_asked_where_feeds_usually_are(preview, site: Site):
    site.pages["/"] = PAGE.replace("@", "").encode()
    site.pages["/feed.xml"] = FEED

    code, [record], _ = preview(site.url + "/", "--json")

    assert (code, record["source"]["url"]) == (0, site.url + "/feed.xml")


def test_a_page_without_a_feed_is_a_source_of_one_entry(preview, site: Site):
    site.pages["/a"] = PAGE.replace("@", "").encode()

    code, [record], _ = preview(site.url + "/a", "--json")

    [entry] = record["entries"]
    assert (code, record["source"]["kind"], record["candidates"]) == (0, "page", [])
    assert (entry["title"], entry["url"]) == ("Gate freed", site.url + "/a")
    assert entry["content"].startswith("<p>Keeper Ilse Brandt")
    assert entry["text"].startswith("Keeper Ilse Brandt")


def test_a_page_cannot_send_the_reader_into_the_network(preview, site: Site):
    other = Site()
    other.pages["/feed"] = FEED
    link = f'<link rel=alternate type="application/rss+xml" href="{other.url}/feed">'
    site.pages["/"] = PAGE.replace("@", link).encode()

    code, [record], _ = preview(site.url + "/", "--json")
    other.http.shutdown()

    assert (code, other.asked) == (0, [])
    assert record["source"]["kind"] == "page"
    assert [each["url"] for each in record["candidates"]] == [f"{other.url}/feed"]


def test_a_manifest_gives_a_record_a_line_and_fetches_nothing(preview, site: Site, tmp_path: Path):
    link = f'<link rel=alternate type="application/rss+xml" href="{site.url}/feed">'
    files = {
        "feed": FEED,
        "page": PAGE.replace("@", link).encode(),
        "bomb": b'<!DOCTYPE rss [<!ENTITY a "&b;">]>' + FEED.replace(b"Gate", b"&a;"),
        "empty": b"",
    }
    for name, body in files.items():
        (tmp_path / name).write_bytes(body)
    lines = [{"id": name, "path": name, "url": f"{site.url}/{name}"} for name in (*files, "none")]
    manifest = tmp_path / "m.jsonl"
    manifest.write_text("".join(json.dumps(line) + "\n" for line in lines) + "{}\n\n")

    code, records, _ = preview("--manifest", str(manifest), "--jsonl")

    by_id = {record["id"]: record for record in records}
    assert (code, list(by_id)) == (1, [*files, "none", "line 6"])
    assert [entry["title"] for entry in by_id["feed"]["entries"]] == ["Gate stuck"]
    assert by_id["page"]["source"]["kind"] == "page"
    assert by_id["page"]["candidates"][0]["url"] == f"{site.url}/feed"
    for name in ("bomb", "empty", "none", "line 6"):
        assert by_id[name]["entries"] == []
        assert by_id[name]["error"]
    assert "bombs" in by_id["bomb"]["error"]
    assert site.asked == []


@pytest.mark.parametrize("body", [b"", b"\x89PNG\r\n\x1a\n\0\0", b"<rss><channel><title"])
def test_nothing_readable_is_one_line_and_code_1(preview, tmp_path: Path, body: bytes):
    (tmp_path / "x").write_bytes(body)

    code, records, said = preview(str(tmp_path / "x"), "--json")

    assert (code, records) == (1, [])
    assert said.count("\n") == 1
    assert str(tmp_path / "x") in said


def test_several_are_shown_though_one_fails(preview, tmp_path: Path):
    (tmp_path / "a.xml").write_bytes(FEED)

    code, records, said = preview(str(tmp_path / "a.xml"), str(tmp_path / "b.xml"), "--jsonl")

    assert (code, [record["id"] for record in records]) == (1, ["a"])
    assert "no such file" in said


def test_a_person_reads_lines(capsys, tmp_path: Path):
    (tmp_path / "a.xml").write_bytes(FEED.replace(b"Gate stuck", b"Gate &#27;[31mstuck"))

    assert main(["preview", str(tmp_path / "a.xml")]) == 0

    assert capsys.readouterr().out == "The Gazette\n\n2026-11-01 Gate stuck\n"


@pytest.mark.parametrize("words", [[], ["x", "--manifest", "m"]])
def test_what_preview_does_not_understand(preview, words: list[str]):
    assert preview(*words)[0] == 2


def test_one_child_reads_many_feeds_and_what_it_says_is_the_same():
    from reader.feeds import read

    with FeedReader() as reader:
        here = read(FEED, url="https://g.example/")
        assert reader.read(Document(FEED, url="https://g.example/")) == here
        raw = reader.read(Document(FEED, url="https://g.example/"), raw=True)
    assert raw.entries[0].base == "https://g.example/1"
    assert "<a href" in (raw.entries[0].summary or "")


def test_a_batch_comes_back_in_its_order():
    from reader.intake.preview import Wanted

    bodies = [FEED.replace(b"Gazette", str(n).encode()) for n in range(12)]
    batch = [Wanted(str(n), lambda n=n: Document(bodies[n])) for n in range(12)]
    with Previewer(processes=2) as previewer:
        found = [(name, each.feed.title) for name, each in previewer.of_many(batch)]
    assert found == [(str(n), f"The {n}") for n in range(12)]
