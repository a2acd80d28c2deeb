"""Articles out as JSON lines and in again: nothing is lost, bad lines are named, cuts mended."""

import io
import json
import os
import signal
import subprocess
import sys
import time
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reader.errors import CleanError
from reader.exchange import import_lines
from reader.exchange.exporting import pieces
from reader.exchange.lines import HEADLINE_ONLY
from reader.library import Library
from reader.model import Arrival, View

CHECKOUT = Path(__file__).resolve().parent.parent.parent
LINE = {"id": "a-1", "title": "Gate stuck again", "text": "The gate stuck.\n\nNobody was hurt."}


@pytest.fixture
def library(tmp_path):
    with Library.open(tmp_path / "cache.db") as library:
        yield library


def bring(library: Library, *lines: object) -> list[Arrival]:
    text = b"\n".join(
        line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines
    )
    return list(import_lines(library.cache, io.BytesIO(text)))


def exported(library: Library) -> list[dict[str, Any]]:
    ids = sorted(library.ids(View("all")))
    lines = [json.loads(piece) for piece in pieces(library, ids, "jsonl")]
    for line in lines:
        del line["id"]
    return lines


def test_a_plain_line_becomes_an_article(library):
    [arrival] = bring(
        library, LINE | {"url": "https://a.example/1", "published": "2024-05-01", "source": "The A"}
    )

    article = library.article(arrival.id)
    assert (arrival.status, arrival.guid) == ("added", "a-1")
    assert article.title == "Gate stuck again"
    assert article.text == "The gate stuck.\n\nNobody was hurt."
    assert article.headline.published == "2024-05-01"
    assert article.headline.source == "The A"
    assert article.headline.words == 6


@pytest.mark.parametrize(
    ("more", "language"),
    [({}, "de"), ({"lang": "fr"}, "fr"), ({"language": None}, None)],
    ids=["nothing said", "said", "said to be unknown"],
)
def test_the_language_is_that_of_the_text_unless_the_line_tells_it(library, more, language):
    text = "Der Stadtrat hat beschlossen, die Brücke zu sperren, und niemand weiß, wie es wird."
    [arrival] = bring(library, LINE | {"text": text} | more)
    assert library.article(arrival.id).language == language


def test_markdown_alone_gives_the_text(library):
    [arrival] = bring(library, {"id": 7, "title": "T", "markdown": "# Head\n\nA *word*."})

    assert arrival.guid == "7"
    assert library.article(arrival.id).text.split() == ["Head", "A", "word."]


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("2023-01-23", "2023-01-23"),
        ("2023-01", "2023-01"),
        ("2026-04-20T14:43", "2026-04-20T14:43"),
        ("2026-04-20 14:43:05Z", "2026-04-20T14:43:05Z"),
        ("2026-04-20T14:43:00+02:00", "2026-04-20T14:43:00+02:00"),
        ("Tue, 20 Jan 2026 10:00:00 +0100", "2026-01-20T10:00:00+01:00"),
        (1700000000, "2023-11-14T22:13:20+00:00"),
        ("1700000000", "2023-11-14T22:13:20+00:00"),
        (1700000000000, "2023-11-14T22:13:20+00:00"),
        (None, None),
        ("", None),
    ],
)
def test_a_date_is_taken_as_programs_write_it(library, given, kept):
    [arrival] = bring(library, LINE | {"published": given})

    assert library.article(arrival.id).headline.published == kept
    assert arrival.reason is None


@pytest.mark.parametrize("given", ["soon", "2023-02-31", 1e300, float("nan"), True, [1]])
def test_a_date_that_is_none_leaves_the_article_undated_and_says_so(library, given):
    [arrival] = bring(library, LINE | {"published": given})

    assert arrival.status == "added"
    assert library.article(arrival.id).headline.published is None
    assert "date was not understood" in arrival.reason


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"{not json", "it is not JSON"),
        (b'{"id": "\xff"}', "not UTF-8"),
        (b"[1, 2]", "not an object"),
        (b"3", "not an object"),
        pytest.param(b"[" * 5_000, "nested too deeply", id="brackets"),
        pytest.param(b'{"a":' * 100_000, "nested too deeply", id="braces"),
        pytest.param(b"9" * 5_000, "it is not JSON", id="digits"),
        ({"id": 1}, "neither title nor text"),
        ({"id": 1, "title": " ", "text": " \n "}, "neither title nor text"),
        ({"id": 1, "title": "T", "text": {"a": 1}}, "neither text nor markdown"),
        ({"id": 1, "title": ["T"], "text": {"a": 1}}, "neither text nor markdown"),
    ],
)
def test_a_bad_line_is_refused_with_its_number_and_the_others_go_on(library, line, reason):
    good, bad, last = bring(library, LINE, line, LINE | {"id": "b"})

    assert (good.status, last.status) == ("added", "added")
    assert (bad.status, bad.what) == ("refused", "line 2")
    assert reason in bad.reason


HEADLINE = {"id": "h-1", "title": "Ferry runs again after the storm at Low Sluice"}


@pytest.mark.parametrize("body", [{}, {"text": None}, {"text": " \n "}, {"markdown": ""}])
def test_a_headline_without_text_is_kept_as_one_and_that_is_said(library, body):
    [arrival] = bring(library, HEADLINE | body | {"url": "https://a.example/1", "source": "The A"})

    article = library.article(arrival.id)
    assert (arrival.status, arrival.reason) == ("added", HEADLINE_ONLY)
    assert (article.title, article.text.strip()) == (HEADLINE["title"], "")
    assert article.headline.words == 0
    assert article.url == "https://a.example/1"
    [again] = bring(library, *exported(library))
    assert again.status == "skipped"


def test_the_text_of_a_headline_comes_later_and_stays(library):
    bring(library, HEADLINE)
    [with_text] = bring(library, HEADLINE | {"text": "It runs again."})

    [without] = bring(library, HEADLINE)

    assert (with_text.status, without.status) == ("updated", "skipped")
    assert library.article(without.id).text == "It runs again."


def test_headlines_are_in_no_story_by_their_titles_alone(library):
    for source in ("The A", "The B", "The C"):
        bring(library, HEADLINE | {"source": source, "published": "2026-11-20"})

    assert [len(story.members) for story in library.stories(every=True)] == [1, 1, 1]


def test_a_line_without_id_whose_url_is_no_address_is_taken(library):
    line = {"title": "Gate", "text": "The gate stuck.", "url": "http://[b/1"}

    assert [each.status for each in bring(library, line, line)] == ["added", "skipped"]


def test_blank_lines_count_but_do_not_matter(library):
    arrivals = bring(library, b"", LINE, b"  ", b"x")

    assert [arrival.what for arrival in arrivals] == ["line 2", "line 4"]


def test_a_json_list_is_read_like_lines(library):
    arrivals = bring(library, json.dumps([LINE, LINE | {"id": "b"}], indent=1).encode())

    assert [arrival.status for arrival in arrivals] == ["added", "added"]


@pytest.mark.parametrize(
    "start", [b"<opml version='1.0'>", b"%PDF-1.7", b"PK\x03\x04", b"SQLite format 3\0"]
)
def test_what_is_no_json_at_all_is_said_once(library, start):
    with pytest.raises(CleanError, match="it is not JSON lines but"):
        bring(library, start + b"\nx\ny")


def test_the_same_again_is_skipped_and_a_change_is_a_revision(library):
    bring(library, LINE)

    [same] = bring(library, LINE)
    [changed] = bring(library, LINE | {"text": "The gate moves again."})

    assert (same.status, changed.status) == ("skipped", "updated")
    assert len(library.revisions(changed.id)) == 2


def test_hostile_text_is_harmless_once_it_is_in(library):
    [arrival] = bring(
        library,
        {
            "id": "\x1b]0;x\x07",
            "title": "a\x1b[2Jb\u202ec",
            "text": "t\x9b31m\ud800x",
            "authors": ["\x1b[31mE"],
            "tags": ["\x00"],
            "source": "S\x1b[0m",
        },
    )

    article = library.article(arrival.id)
    said = article.title + article.text + article.headline.source + "".join(article.authors)
    assert said == "abctxSE"


TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cf", "Cs", "Zl", "Zp", "Mn", "Me"]),
    max_size=60,
)
LINES = st.lists(
    st.fixed_dictionaries(
        {
            "title": TEXTS.filter(str.strip),
            "text": st.lists(TEXTS.filter(str.strip), min_size=1, max_size=4).map("\n\n".join),
        },
        optional={
            "markdown": TEXTS.filter(str.strip),
            "url": st.just("https://a.example/") | st.just("https://b.example/x?y=1"),
            "published": st.dates().map(str) | st.datetimes().map(lambda d: d.isoformat()),
            "modified": st.dates().map(str),
            "cached_at": st.just("2026-04-20T14:43"),
            "authors": st.lists(TEXTS.filter(str.strip), max_size=3),
            "section": TEXTS,
            "site": TEXTS,
            "language": st.sampled_from(["en", "de"]),
            "kind": st.sampled_from(["html", "markdown", "text"]),
            "summary": TEXTS,
            "related": st.lists(
                st.fixed_dictionaries(
                    {"title": TEXTS.filter(str.strip)}, optional={"source": TEXTS, "url": TEXTS}
                ),
                max_size=2,
            ),
            "quality": st.floats(0, 1).map(lambda share: round(share, 3)),
            "warnings": st.lists(st.sampled_from(["truncated", "title-derived"]), max_size=2),
            "tags": st.lists(st.sampled_from(["sea", "Ferry", "ä-ö"]), unique=True),
            "note": TEXTS,
            "unread": st.booleans(),
            "starred": st.booleans(),
            "seen": st.datetimes(datetime(1990, 1, 1), datetime(2026, 1, 1)).map(
                lambda d: d.isoformat(timespec="seconds") + "+00:00"
            ),
            "source": TEXTS.filter(str.strip),
        },
    ),
    min_size=1,
    max_size=5,
)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(LINES)
def test_what_is_exported_comes_back_the_same(tmp_path_factory, lines):
    folder = tmp_path_factory.mktemp("there-and-back")
    numbered = [line | {"id": f"n{number}"} for number, line in enumerate(lines)]
    with Library.open(folder / "one.db") as one, Library.open(folder / "two.db") as two:
        assert {arrival.status for arrival in bring(one, *numbered)} == {"added"}
        first = exported(one)

        assert {arrival.status for arrival in bring(two, *first)} == {"added"}
        assert exported(two) == first
        assert {arrival.status for arrival in bring(two, *first)} == {"skipped"}
        assert exported(two) == first


def test_marks_made_here_come_back_with_the_sources_and_their_folder(library, tmp_path):
    [arrival] = bring(library, LINE | {"source": "The A"})
    library.star([arrival.id])
    library.tag([arrival.id], add=["sea"])
    library.note(arrival.id, "Ask the keeper.")
    library.mark_read([arrival.id])
    first = exported(library)

    with Library.open(tmp_path / "other.db") as other:
        bring(other, *first)
        assert exported(other) == first
        [source] = other.sources()
        assert (source.title, source.url) == ("The A", "import:The A")
        [mark] = other.bookmarks()
        assert (mark.note, mark.tags) == ("Ask the keeper.", ("sea",))


FEED = {"kind": "feed", "url": "https://courant.example/f", "home": "https://courant.example/"}


class TestAKeptArticleWhoseSourceIsGone:
    @pytest.fixture(params=["feed", "import"])
    def kept(self, request, library):
        """The export of a starred article whose source was removed with another article."""
        more = {"source": "Courant"} | ({"origin": FEED} if request.param == "feed" else {})
        arrivals = bring(library, LINE | more, LINE | {"id": "b-2", "title": "Swans"} | more)
        library.star([arrivals[0].id])
        library.remove_source(library.sources()[0].id)
        return exported(library)

    def test_its_export_is_the_same_article_to_the_cache_it_came_from(self, library, kept):
        [arrival] = bring(library, *kept)

        assert (arrival.status, library.sources()) == ("skipped", [])
        assert exported(library) == kept

    def test_elsewhere_it_is_kept_the_same_way_and_no_source_is_added(self, kept, tmp_path):
        with Library.open(tmp_path / "other.db") as other:
            assert [arrival.status for arrival in bring(other, *kept)] == ["added"]
            assert [arrival.status for arrival in bring(other, *kept)] == ["skipped"]

            assert exported(other) == kept
            assert other.sources() == []
            assert [b.headline.source for b in other.bookmarks()] == ["Courant"]
            assert all(check.ok for check in other.doctor())

    def test_its_source_added_again_finds_it_there(self, kept, tmp_path):
        with Library.open(tmp_path / "other.db") as other:
            bring(other, *kept)
            [back] = bring(other, {**kept[0], "origin": {**kept[0]["origin"], "removed": False}})

            assert back.status == "skipped"
            assert [source.articles for source in other.sources()] == [1]

    def test_unstarred_since_it_comes_back_with_its_star_and_not_its_source(self, library, kept):
        [mark] = library.bookmarks()
        library.star([mark.headline.id], starred=False)
        assert not library.ids(View("all"))

        [arrival] = bring(library, *kept)

        assert (arrival.status, arrival.reason) == ("added", "it had gone with its source")
        assert library.sources() == []
        assert exported(library) == kept
        assert [b.headline.id for b in library.bookmarks()] == [mark.headline.id]
        assert all(check.ok for check in library.doctor())

    def test_a_line_that_nothing_keeps_comes_as_any_other(self, library, kept):
        [arrival] = bring(library, {**kept[0], "starred": False})
        assert arrival.status in ("added", "skipped")
        assert [source.url for source in library.sources()] == ["import:Courant"]


def test_a_killed_import_keeps_what_it_reported_and_is_completed_by_another(tmp_path):
    lines = [
        json.dumps({"id": f"n{n}", "title": f"No. {n}", "text": f"Gate {n} stuck. " * 40})
        for n in range(1_500)
    ]
    file = tmp_path / "many.jsonl"
    file.write_text("\n".join(lines))
    env = {**os.environ, "BROADSHEET_HOME": str(tmp_path)}
    command = [sys.executable, "-m", "reader", "import", str(file), "--jsonl"]

    with subprocess.Popen(command, stdout=subprocess.PIPE, env=env, cwd=CHECKOUT) as first:
        reported = [json.loads(first.stdout.readline())["guid"] for _ in range(250)]
        os.kill(first.pid, signal.SIGKILL)

    with Library.open(tmp_path / "broadsheet.db") as library:
        kept = {h.guid for h in library.headlines(library.ids(View("all")))}
    assert set(reported) <= kept
    assert len(kept) % 100 == 0
    again = subprocess.run(command, capture_output=True, env=env, cwd=CHECKOUT, check=True)
    statuses = [json.loads(line)["status"] for line in again.stdout.splitlines()]
    assert statuses.count("skipped") == len(kept)
    assert statuses.count("added") == 1_500 - len(kept)


def test_many_articles_are_taken_at_a_pace(library):
    """A bound in CPU, ten times what it takes on a quiet machine, to notice a blow-up."""
    words = [f"word{n % 997}" for n in range(1_000)]
    lines = [{"id": n, "title": f"No. {n}", "text": " ".join(words[n % 50 :])} for n in range(100)]
    began = time.process_time()

    bring(library, *lines)

    assert (time.process_time() - began) / len(lines) < 0.1
