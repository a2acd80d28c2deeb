"""What a person changes, and takes back: also tomorrow, also after a restart."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.errors import NothingFound, UsageError
from reader.library import Library
from reader.model import Cleaned, Marked, SourceKind, View
from reader.store import Incoming, changes, journal, tally


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

    again = press.another("https://gazette.invalid/f")

    assert again.source.id == 1
    assert library.counts().all == 3
    assert [press.publish(guid, title=f"Title {guid}").status for guid in "abc"] == ["skipped"] * 3
    assert len(library.bookmarks()) == 1


MARKS = {
    "star": lambda lib, id: lib.star([id]),
    "tag": lambda lib, id: lib.tag([id], ["sea"]),
    "note": lambda lib, id: lib.note(id, "Look."),
    "highlight": lambda lib, id: lib.highlight(id, Marked("Text.", "", 0)),
}
UNMARKS = {
    "unstar": lambda lib, id: lib.star([id], starred=False),
    "untag": lambda lib, id: lib.tag([id], remove=["sea"]),
    "unnote": lambda lib, id: lib.note(id, None),
    "unhighlight": lambda lib, id: lib.unhighlight(each.id for each in lib.highlights(id)),
}


def _is_marked(library: Library, id: int) -> bool:
    article = library.article(id)
    return bool(article.headline.starred or article.tags or article.note or library.highlights(id))


class TestABookmarkIsNeverLost:
    def test_it_stays_when_its_source_is_removed(self, library, three):
        library.star(three[:1])
        library.mark_read(three[1:2])

        said = library.remove_source(1)

        assert said == "Removed The Gazette with its 2 articles and kept the 1 article you starred"
        assert library.sources() == []
        assert [b.headline.id for b in library.bookmarks()] == three[:1]
        assert [hit.headline.id for hit in library.search("title")] == three[:1]
        assert [list(library.ids(View(kind))) for kind in ("all", "starred", "unread")] == [
            three[:1]
        ] * 3
        assert library.article(three[0]).headline.source == "The Gazette"
        counts = library.counts()
        assert (counts.all, counts.unread, counts.starred) == (1, 1, 1)
        assert counts.unread_by_source == {}
        assert '"title":"Title a"' in library.cache.bookmarks.beside.read_text()
        assert all(check.ok for check in library.doctor())

    def test_unstarred_it_goes_with_its_source_and_comes_back_with_it(self, library, press, three):
        library.star(three[:1])
        library.remove_source(1)

        said = library.star(three[:1], starred=False)

        assert said == "Unstarred “Title a”, gone with its source"
        assert library.counts().all == 0
        assert library.undo() == "Took back: unstarred “Title a”, gone with its source"
        assert [b.headline.id for b in library.bookmarks()] == three[:1]
        library.star(three[:1], starred=False)
        press.another("https://gazette.invalid/f")
        assert library.counts().all == 3
        assert library.undo()
        assert [b.headline.id for b in library.bookmarks()] == three[:1]
        assert all(check.ok for check in library.doctor())

    def test_it_is_not_in_the_folder_of_a_source_that_is_gone(self, library, press):
        other = press.another("https://other.invalid/f", folder="Local")
        library.star([other.id_of("x")])
        library.remove_source(other.source.id)
        assert not library.ids(View("folder", "Local"))

    def test_it_stays_when_the_removal_is_out_of_reach(self, library, three, monkeypatch):
        monkeypatch.setattr(journal, "UNITS_KEPT", 3)
        library.star(three[:2])
        library.remove_source(1)
        library.star(three[1:2], starred=False)
        library.note(three[0], "one")
        library.note(three[0], "two")

        assert [id for (id,) in library.cache.read("SELECT id FROM article")] == three[:2]
        while library.undo():
            pass
        assert {b.headline.id for b in library.bookmarks()} == set(three[:2])
        library.star(three[1:2], starred=False)
        for note in "abc":
            library.note(three[0], note)
        assert [id for (id,) in library.cache.read("SELECT id FROM article")] == three[:1]
        assert all(check.ok for check in library.doctor())

    @pytest.mark.parametrize(
        ("mark", "unmark", "kept_for"),
        [
            (
                lambda lib, id: lib.tag([id], ["sea"]),
                lambda lib, id: lib.tag([id], remove=["sea"]),
                "tagged",
            ),
            (
                lambda lib, id: lib.note(id, "Ask the keeper."),
                lambda lib, id: lib.note(id, ""),
                "noted",
            ),
            (
                lambda lib, id: lib.highlight(id, Marked("Nothing happened", "", 0, "No?")),
                lambda lib, id: lib.unhighlight([lib.highlights(id)[0].id]),
                "highlighted",
            ),
        ],
        ids=["tag", "note", "highlight"],
    )
    def test_what_was_written_keeps_an_article_as_a_star_does(
        self, library, press, three, monkeypatch, mark, unmark, kept_for
    ):
        mark(library, three[0])

        said = library.remove_source(1)

        assert said.endswith(f"with its 2 articles and kept the 1 article you {kept_for}")
        assert list(library.ids(View("all"))) == three[:1]
        assert [hit.headline.id for hit in library.search("title")] == three[:1]
        assert '"title":"Title a"' in library.cache.bookmarks.beside.read_text()
        before = everything(library)
        assert unmark(library, three[0]).endswith(", gone with its source")
        assert not library.ids(View("all"))
        assert library.undo()
        assert everything(library) == before
        unmark(library, three[0])
        press.another("https://gazette.invalid/f")
        assert library.counts().all == 3
        library.undo()
        library.remove_source(1)
        unmark(library, three[0])
        monkeypatch.setattr(journal, "UNITS_KEPT", 1)
        library.choose("look", "plain", "Chose a look")
        assert library.cache.read("SELECT id FROM article") == []
        assert all(check.ok for check in library.doctor())

    def test_it_goes_only_with_its_last_mark(self, library, three):
        library.star(three[:2])
        library.tag(three[:1], ["sea", "ice"])
        said = library.remove_source(1)
        assert said.endswith("kept the 2 articles you starred or tagged")

        assert library.star(three[:2], starred=False).endswith(", 1 gone with their source")
        assert library.tag(three[:1], remove=["sea"]) == "Tagged -sea on “Title a”"
        assert list(library.ids(View("all"))) == three[:1]
        assert library.tag(three[:1], remove=["ice"]).endswith(", gone with its source")
        while library.undo():
            pass
        assert library.counts().all == 3

    def test_what_an_older_version_let_go_of_comes_back_before_it_would_be_erased(
        self, library, three, monkeypatch
    ):
        library.remove_source(1)
        with library.cache.write() as conn:
            conn.execute("INSERT INTO tag(name, article) VALUES ('sea', ?)", three[:1])
        monkeypatch.setattr(journal, "UNITS_KEPT", 1)
        library.choose("look", "plain", "Chose a look")

        assert library.cache.read("SELECT id, hidden FROM article") == [(three[0], 0)]
        assert all(check.ok for check in library.doctor())

    @settings(max_examples=60, deadline=None)
    @given(
        acts=st.lists(
            st.tuples(
                st.sampled_from(("remove", "add", "delete", "read", "undo", *MARKS, *UNMARKS)),
                st.integers(0, 2),
            ),
            max_size=14,
        )
    )
    def test_whatever_is_done_what_is_marked_is_there(self, acts):
        with TemporaryDirectory() as folder, Library.open(Path(folder) / "broadsheet.db") as lib:
            url = "https://gazette.invalid/f"
            source = lib.cache.sources.add(SourceKind.FEED, url, "The Gazette")
            come = [Incoming(name, Cleaned(name, "Text.", "Text.", "html")) for name in "abc"]
            ids = [arrival.id for arrival in lib.cache.articles.keep_all(source.id, come)]
            states = []
            for act, at in acts:
                before, depth = everything(lib), _acts_to_undo(lib)
                match act:
                    case _ if ids[at] in lib.ids(View("all")) and act in (MARKS | UNMARKS):
                        (MARKS | UNMARKS)[act](lib, ids[at])
                    case "remove" if lib.sources():
                        lib.remove_source(1)
                    case "add":
                        if not lib.sources():
                            states.clear()  # that is no act to take back
                        lib.cache.sources.add(SourceKind.FEED, url, "The Gazette")
                    case "delete":
                        lib.delete([ids[at]])
                    case "read":
                        lib.mark_read([ids[at]])
                    case "undo" if lib.undo() and states:
                        assert everything(lib) == states.pop()
                if _acts_to_undo(lib) > depth:
                    states.append(before)
                shown = set(lib.ids(View("all")))
                marked = {id for id in shown if _is_marked(lib, id)}
                assert {b.headline.id for b in lib.bookmarks()} <= shown
                assert lib.sources() or marked == shown
                assert all(check.ok for check in lib.doctor() if check.name == "counts")
                assert tally.wrong(lib.cache.reader()) == []
            while states:
                assert lib.undo()
                assert everything(lib) == states.pop()


def _acts_to_undo(library: Library) -> int:
    [(acts,)] = library.cache.read("SELECT count(DISTINCT unit) FROM journal")
    return acts


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
