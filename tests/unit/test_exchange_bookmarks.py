"""The bookmarks that lie beside the cache, brought in again: what a person marked comes back."""

import io
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from reader.exchange import import_lines
from reader.library import Library
from reader.model import Arrival, ArticleId, Marked, View

FEED = {"kind": "feed", "url": "https://courant.example/f", "home": "https://courant.example/"}
GATE = {"id": "a-1", "title": "Gate stuck again", "text": "The gate stuck. Nobody was hurt."}
SWANS = {"id": "b-2", "title": "Swans", "text": "There are four of them."}


@contextmanager
def a_cache(folder: Path) -> Iterator[Library]:
    folder.mkdir(exist_ok=True)
    with Library.open(folder / "cache.db") as library:
        yield library


def bring(library: Library, *lines: dict[str, Any]) -> list[Arrival]:
    text = "\n".join(json.dumps(line) for line in lines)
    return list(import_lines(library.cache, io.BytesIO(text.encode())))


def beside(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / "bookmarks.jsonl").open()]


def of_the_courant(*lines: dict[str, Any]) -> list[dict[str, Any]]:
    return [{**line, "source": "Courant", "origin": FEED} for line in lines]


def mark(library: Library, id: ArticleId | None) -> None:
    assert id is not None
    library.star([id])
    library.tag([id], add=["sea"])
    library.note(id, "Ask the keeper.")
    library.highlight(id, Marked("Nobody was hurt.", "The gate stuck. ", 16))


def unmark(library: Library, id: ArticleId | None) -> None:
    assert id is not None
    library.star([id], starred=False)
    library.tag([id], remove=["sea"])
    library.note(id, None)
    library.unhighlight([each.id for each in library.highlights()])


def as_an_older_version_wrote(line: dict[str, Any]) -> dict[str, Any]:
    kept = {name: value for name, value in line.items() if name not in ("origin", "unread")}
    return kept | {"source_url": line["origin"]["url"]}


@pytest.fixture
def saved(tmp_path):
    """What lies beside a cache in which the first of two articles of a feed is marked."""
    with a_cache(tmp_path / "first") as library:
        first, _ = bring(library, *of_the_courant(GATE, SWANS))
        mark(library, first.id)
        library.mark_read([first.id])
        library.star([first.id], starred=False)
        library.star([first.id])
    return beside(tmp_path / "first")


@pytest.fixture(params=["as it is written", "as older versions wrote it"])
def lines(request, saved):
    old = request.param.startswith("as older")
    return [as_an_older_version_wrote(line) for line in saved] if old else saved


class TestWhereTheArticlesAre:
    def test_there_are_no_copies_of_them(self, tmp_path, lines):
        with a_cache(tmp_path / "first") as library:
            assert [each.status for each in bring(library, *lines)] == ["skipped"]
            assert len(library.ids(View("all"))) == 2
            assert [source.url for source in library.sources()] == [FEED["url"]]

    def test_marks_that_are_lacking_are_put_and_said(self, tmp_path, lines):
        with a_cache(tmp_path / "second") as library:
            first, _ = bring(library, *of_the_courant(GATE, SWANS))

            [arrival] = bring(library, *lines)

            assert (arrival.status, arrival.id) == ("skipped", first.id)
            assert arrival.reason == "its text stays; now starred, tagged, noted, highlighted"
            [bookmark] = library.bookmarks()
            assert (bookmark.note, bookmark.tags) == ("Ask the keeper.", ("sea",))
            assert [each.marked.quote for each in library.highlights()] == ["Nobody was hurt."]
            assert library.article(first.id).text == GATE["text"]
            assert all(check.ok for check in library.doctor())

    def test_the_same_again_puts_nothing_twice(self, tmp_path, lines):
        with a_cache(tmp_path / "second") as library:
            bring(library, *of_the_courant(GATE, SWANS))
            bring(library, *lines)
            [again] = bring(library, *lines)

            assert again.reason == "its text stays"
            assert len(library.highlights()) == 1

    def test_a_note_written_here_stays(self, tmp_path, lines):
        with a_cache(tmp_path / "second") as library:
            first, _ = bring(library, *of_the_courant(GATE, SWANS))
            library.note(first.id, "My own.")

            [arrival] = bring(library, *lines)

            assert arrival.reason == "its text stays; now starred, tagged, highlighted"
            assert library.article(first.id).note == "My own."

    def test_a_line_with_a_note_alone_takes_no_star_away(self, tmp_path, saved):
        with a_cache(tmp_path / "second") as library:
            first, _ = bring(library, *of_the_courant(GATE, SWANS))
            library.star([first.id])
            bring(library, {**saved[0], "starred_at": None})
            assert library.counts().starred == 1
            assert library.article(first.id).note == "Ask the keeper."


class TestWhereTheCacheWasLost:
    def test_they_are_starred_headlines_of_their_feed_with_their_marks(self, tmp_path, saved):
        with a_cache(tmp_path / "second") as library:
            [arrival] = bring(library, *saved)

            assert arrival.status == "added"
            [bookmark] = library.bookmarks()
            assert (bookmark.note, bookmark.tags) == ("Ask the keeper.", ("sea",))
            assert bookmark.starred_at.isoformat() == saved[0]["starred_at"].replace("Z", "+00:00")
            assert not bookmark.headline.unread
            [source] = library.sources()
            assert (source.url, source.kind, source.title) == (FEED["url"], "feed", "Courant")

    def test_of_an_older_file_nothing_is_followed_that_may_be_no_feed(self, tmp_path, saved):
        with a_cache(tmp_path / "second") as library:
            bring(library, as_an_older_version_wrote(saved[0]))
            assert [source.url for source in library.sources()] == ["import:Courant"]
            assert library.counts().starred == 1

    def test_the_file_beside_the_new_cache_says_the_same(self, tmp_path, saved):
        with a_cache(tmp_path / "second") as library:
            bring(library, *saved)
            assert beside(tmp_path / "second") == saved


def test_what_is_kept_of_a_removed_source_is_known_again(tmp_path, saved):
    with a_cache(tmp_path / "first") as library:
        library.remove_source(library.sources()[0].id)
        library.star(library.ids(View("all")), starred=False)
        library.star(library.ids(View("all")))
        [line] = beside(tmp_path / "first")

        for each in (line, as_an_older_version_wrote(line)):
            assert [arrival.status for arrival in bring(library, each)] == ["skipped"]
        assert library.sources() == []


def test_an_export_stars_what_is_here_without_a_star(tmp_path):
    with a_cache(tmp_path / "first") as library:
        [arrival] = bring(library, *of_the_courant(GATE))
        [again] = bring(library, *of_the_courant({**GATE, "starred": True, "tags": ["sea"]}))

        assert (again.status, again.reason) == ("skipped", "now starred, tagged")
        assert [each.headline.id for each in library.bookmarks()] == [arrival.id]
