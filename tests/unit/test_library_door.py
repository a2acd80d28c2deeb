"""The library as the fronts use it: from the first document to what is like it."""

from __future__ import annotations

import inspect
import io
import json
import sqlite3

import pytest

from reader.errors import CacheError, NothingFound
from reader.library import Library
from reader.model import Closeness, View

STORM = "The storm Berta hit the harbour of Vigo on Monday night. Two fishing boats sank. "
LINES = [
    {"id": "1", "title": "Storm Berta sinks boats in Vigo", "text": STORM * 3},
    {"id": "2", "title": "Vigo: Berta sinks two boats", "text": STORM * 3 + "The mayor wept."},
    {"id": "3", "title": "Cheese prices rise", "text": "Milk is dear, so cheese is dearer. " * 6},
]


def lines() -> io.BytesIO:
    dated = ({**line, "published": "2026-03-02", "source": "Wire"} for line in LINES)
    return io.BytesIO("".join(json.dumps(line) + "\n" for line in dated).encode())


def test_what_is_imported_can_be_listed_read_searched_and_compared(library):
    arrivals = list(library.import_lines(lines()))
    assert [(a.status, a.guid) for a in arrivals] == [("added", g) for g in "123"]

    first = arrivals[0].id
    assert library.article(first).text.startswith("The storm Berta")
    assert {hit.headline.guid for hit in library.search("berta")} == {"1", "2"}
    [best, *_] = library.similar(first)
    assert best.headline.guid == "2"
    assert best.closeness is not Closeness.BACKGROUND
    assert best.reason
    assert {h.guid: [s.headline.guid for s in found][:1] for h, found in library.similar_every(3)}[
        "2"
    ] == ["1"]


def test_importing_again_adds_nothing(library):
    list(library.import_lines(lines()))
    assert {a.status for a in library.import_lines(lines())} == {"skipped"}


def test_what_was_deleted_is_like_nothing(library):
    first, second, _ = (a.id for a in library.import_lines(lines()))
    library.delete([second])
    assert second not in [s.headline.id for s in library.similar(first)]
    with pytest.raises(NothingFound):
        library.similar(second)
    library.undo()
    assert second in [s.headline.id for s in library.similar(first)]


def test_a_file_is_added_and_cleaned_again(library, tmp_path):
    page = tmp_path / "page.html"
    page.write_text(f"<h1>Berta</h1><p>{STORM * 5}</p>")
    [arrival] = library.add([str(page)])
    assert arrival.status == "added"
    [again] = library.reclean(View("all"))
    assert (again.id, again.status) == (arrival.id, "skipped")


def test_every_public_act_says_what_it_does():
    for name, member in inspect.getmembers(Library, inspect.isfunction):
        if not name.startswith("_") and name != "close":
            assert member.__doc__, name


def test_an_old_sqlite_is_told_in_a_sentence(tmp_path, monkeypatch):
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 34, 1))
    with pytest.raises(CacheError, match=r"broadsheet needs 3\.37\.0"):
        Library.open(tmp_path / "broadsheet.db")
