"""What a person changes, and takes back: also tomorrow, also after a restart."""

from __future__ import annotations

import json

import pytest

from reader.errors import NothingFound, UsageError
from reader.library import Library
from reader.model import SourceKind, View
from reader.store import changes, journal


@pytest.fixture
def three(press):
    return [press.id_of(guid, title=f"Title {guid}") for guid in "abc"]


def everything(library: Library) -> object:
    """All that a person can see and change."""
    ids = library.ids(View("all"))
    articles = [library.article(id) for id in ids]
    return (articles, library.counts(), library.sources(), library.bookmarks())


ACTS = {
    "read": lambda lib, ids: lib.mark_read(ids),
    "read one": lambda lib, ids: lib.mark_read(ids[:1]),
    "all read": lambda lib, ids: lib.mark_view_read(View("all")),
    "source read": lambda lib, ids: lib.mark_view_read(View("source", 1)),
    "query read": lambda lib, ids: lib.mark_view_read(View("query", "title")),
    "star": lambda lib, ids: lib.star(ids[1:]),
    "tag": lambda lib, ids: lib.tag(ids, ["war", "#peace"]),
    "note": lambda lib, ids: lib.note(ids[0], "Look again."),
    "delete": lambda lib, ids: lib.delete(ids[:2]),
    "remove source": lambda lib, ids: lib.remove_source(1),
}


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)
def test_every_act_can_be_taken_back_after_a_restart(library, three, cache_path, act):
    library.star(three[:1])
    library.tag(three[:1], ["war"])
    before = everything(library)

    said = act(library, three)

    assert everything(library) != before
    library.close()
    with Library.open(cache_path) as tomorrow:
        assert tomorrow.undo() == f"Took back: {said[0].lower()}{said[1:]}"
        assert everything(tomorrow) == before
        assert all(check.ok for check in tomorrow.doctor())


def test_many_acts_are_taken_back_one_by_one(library, three):
    states = []
    for act in ACTS.values():
        states.append(everything(library))
        act(library, three)
    states.reverse()
    for state in states:
        while everything(library) != state:
            assert library.undo()
    assert all(check.ok for check in library.doctor())


@pytest.mark.parametrize(
    ("act", "said"),
    [
        (lambda lib: lib.mark_read([1, 2]), "Marked 2 articles read"),
        (lambda lib: lib.mark_read([1]), "Marked 1 article read"),
        (lambda lib: lib.mark_read([1], read=False), "Nothing was read"),
        (lambda lib: lib.mark_view_read(View("all")), "Marked 3 articles read"),
        (lambda lib: lib.star([1]), "Starred “Title a”"),
        (lambda lib: lib.star([1, 2]), "Starred 2 articles"),
        (lambda lib: lib.star([1], starred=False), "Nothing to change: it was so already"),
        (lambda lib: lib.tag([1, 2], ["war"]), "Tagged +war on 2 articles"),
        (lambda lib: lib.note(1, "x"), "Noted on “Title a”"),
        (lambda lib: lib.delete([1, 2, 99]), "Deleted 2 articles"),
        (lambda lib: lib.remove_source(1), "Removed The Gazette with its 3 articles"),
    ],
)
def test_each_act_says_what_it_did(library, three, act, said):
    assert act(library) == said


def test_what_was_so_already_is_not_undone(library, three):
    library.mark_read(three[:1])
    library.mark_read(three)
    library.undo()
    assert [h.unread for h in library.headlines(three)] == [False, True, True]


def test_with_nothing_left_to_take_back_it_says_so(library):
    assert library.undo() is None


def test_a_view_of_many_is_marked_in_slices_and_taken_back_as_one(library, press, monkeypatch):
    monkeypatch.setattr(changes, "SLICE", 10)
    for n in range(35):
        press.publish(str(n), title=f"t{n}")
    assert library.mark_view_read(View("unread")) == "Marked 35 articles read"
    assert library.counts().unread == 0
    assert len(library.cache.read("SELECT 1 FROM journal")) == 4
    assert library.undo() == "Took back: marked 35 articles read"
    assert library.counts().unread == 35
    assert library.undo() is None


def test_counts_follow_every_change(library, press, three):
    other = press.another("https://other.invalid/f", SourceKind.FEED, folder="Local")
    other.publish("x", published="2020-01-01")
    library.mark_read(three[:1])
    library.star([three[1]])

    counts = library.counts()

    assert (counts.all, counts.unread, counts.today, counts.starred) == (4, 3, 2, 1)
    assert counts.unread_by_source == {1: 2, 2: 1}
    library.delete(three[1:2])
    assert library.counts().unread_by_source == {1: 1, 2: 1}
    assert [(s.title, s.articles, s.unread) for s in library.sources()] == [
        ("https://other.invalid/f", 1, 1),
        ("The Gazette", 2, 1),
    ]


def test_bookmarks_come_last_starred_first_with_note_and_tags(library, three, monkeypatch):
    for minute, id in enumerate(three):
        monkeypatch.setenv("BROADSHEET_NOW", f"2026-01-01T10:{minute:02}:00Z")
        library.star([id])
    library.note(three[1], "Why?\nBecause.")
    library.tag([three[1]], ["b", "a"])

    bookmarks = library.bookmarks()

    assert [b.headline.id for b in bookmarks] == three[::-1]
    assert (bookmarks[1].note, bookmarks[1].tags) == ("Why?\nBecause.", ("a", "b"))
    assert bookmarks[1].starred_at.minute == 1


def test_a_plain_copy_of_the_bookmarks_lies_beside_the_cache(library, three, cache_path):
    library.star(three[:2])
    library.note(three[0], "Note — with ü")
    library.tag(three[2:], ["war"])
    library.star(three[1:2], starred=False)

    lines = [json.loads(line) for line in cache_path.with_name("bookmarks.jsonl").open("rb")]

    assert [(line["title"], bool(line["starred_at"]), line["note"]) for line in lines] == [
        ("Title a", True, "Note — with ü"),
        ("Title c", False, None),
    ]
    assert lines[1]["tags"] == ["war"]
    assert cache_path.with_name("bookmarks.jsonl").stat().st_mode & 0o077 == 0


def test_a_copy_that_cannot_be_written_does_not_undo_the_star(library, three, cache_path):
    cache_path.with_name("bookmarks.jsonl").mkdir()
    library.star(three)
    assert library.counts().starred == 3
    assert {p.name for p in cache_path.parent.glob(".bookmarks*")} == set()


def test_a_tag_is_one_word_for_the_person_whatever_its_case(library, three):
    library.tag(three, ["War"])
    assert library.tag(three, ["war"]) == "Nothing to change: it was so already"
    assert len(library.ids(View("query", "tag:WAR"))) == 3
    library.tag(three[:1], remove=["wAr"])
    assert len(library.ids(View("query", "tag:#war"))) == 2


def test_mistakes_are_told(library, three):
    with pytest.raises(UsageError):
        library.tag(three, ["# "])
    with pytest.raises(NothingFound):
        library.note(99, "x")
    with pytest.raises(NothingFound):
        library.remove_source(99)
    with pytest.raises(NothingFound):
        library.article(99)


def test_a_removed_source_that_is_added_again_brings_its_articles(library, press, three):
    library.star(three[:1])
    library.remove_source(1)
    assert library.sources() == []
    assert library.bookmarks() == []
    assert not library.search("title")

    again = press.another("https://gazette.invalid/f")

    assert again.source.id == 1
    assert library.counts().all == 3
    assert len(library.bookmarks()) == 1


def test_acts_out_of_reach_are_forgotten_and_what_they_hid_is_erased(
    library, press, three, monkeypatch
):
    monkeypatch.setattr(journal, "UNITS_KEPT", 3)
    library.delete(three[:1])
    library.star(three[:1])
    for _ in range(4):
        library.mark_read(three[1:])
        library.mark_read(three[1:], read=False)

    assert library.cache.read("SELECT count(*) FROM article") == [(2,)]
    assert library.cache.read("SELECT count(*) FROM journal") == [(3,)]
    assert press.publish("a").reason == "it was deleted before"
    assert all(check.ok for check in library.doctor())


def test_ids_are_never_used_again(library, press, three):
    with library.cache.write() as conn:
        from reader.store.undoing import erase

        erase(conn, three)
    assert press.id_of("new") > max(three)


def test_states_come_back(library, cache_path):
    library.keep_state("panes", {"widths": [20, 40], "theme": "dark"})
    library.close()
    with Library.open(cache_path) as again:
        assert again.state("panes") == {"widths": [20, 40], "theme": "dark"}
        assert again.state("none") is None
        assert again.state("none", 3) == 3
