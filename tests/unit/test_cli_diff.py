"""`broadsheet diff` and what an edit does to an article that was read."""

import json

import pytest

from reader import stories
from reader.cli import main
from reader.errors import NothingFound
from reader.library import Library
from reader.model import SourceKind

FIRST = "The wall fell on Tuesday. Two people were hurt.\n\nThe mayor said it was old."
SECOND = FIRST.replace("Two", "Three") + "\n\nIt had stood since 1911."
THIRD = SECOND.replace("since 1911", "for a century")


@pytest.fixture
def kept(own_home, monkeypatch):
    """Keep texts of one article in the person's cache, one after the other; its id."""
    from reader.model import Cleaned
    from reader.store import Incoming

    def keep(*texts, title="The wall"):
        with Library.open() as library:
            source = library.cache.sources.add(SourceKind.FEED, "https://g.invalid/f", "Gazette")
            for hour, text in enumerate(texts):
                monkeypatch.setenv("BROADSHEET_NOW", f"2026-03-03T{8 + hour:02}:00:00+00:00")
                cleaned = Cleaned(title, text, text, "html")
                arrival = library.cache.articles.keep(source.id, Incoming("a", cleaned))
        return arrival.id

    return keep


@pytest.fixture
def say(capsys):
    def run(*words):
        capsys.readouterr()
        code = main(list(words))
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


class TestTheVerb:
    def test_the_last_edit_is_shown_word_by_word(self, kept, say):
        id = kept(FIRST, SECOND, THIRD)
        code, out, _ = say("diff", str(id))
        assert code == 0
        title, facts, *_ = out.split("\n\n")
        assert title == "The wall"
        assert facts.startswith("Revision 2 (2026-03-03 ")
        assert facts.endswith("of 3: 2 words gone, 3 came")
        assert "It had stood [-since 1911-]{+for a century+}." in out

    def test_any_two_revisions_can_be_named(self, kept, say):
        id = kept(FIRST, SECOND, THIRD)
        _, out, _ = say("diff", str(id), "--from", "1", "--to", "3")
        assert "[-Two-]{+Three+} people" in out
        assert "{+It had stood for a century.+}" in out
        _, back, _ = say("diff", str(id), "--from", "3", "--to", "1")
        assert "[-Three-]{+Two+} people" in back

    def test_a_headline_is_part_of_it(self, kept, say):
        id = kept(FIRST)
        kept(FIRST, title="The old wall")
        _, out, _ = say("diff", str(id))
        assert out.startswith("The {+old +}wall\n")
        assert "The text is the same." in out

    def test_json_has_the_pieces_and_all_revisions(self, kept, say):
        id = kept(FIRST, SECOND)
        code, out, _ = say("diff", str(id), "--json")
        assert code == 0
        said = json.loads(out)
        assert (said["id"], said["from"], said["to"]) == (id, 1, 2)
        assert [each["number"] for each in said["revisions"]] == [1, 2]
        assert (said["words_gone"], said["words_came"]) == (1, 6)
        was = "".join(p["text"] for p in said["text"] if p["kind"] != "came")
        now = "".join(p["text"] for p in said["text"] if p["kind"] != "gone")
        assert (was.split(), now.split()) == (FIRST.split(), SECOND.split())

    def test_long_runs_are_folded_unless_the_whole_is_asked_for(self, kept, say):
        long = " ".join(f"Sentence {n} has not changed at all." for n in range(90))
        id = kept(f"{long}\n\nOld end.", f"{long}\n\nNew end.")
        _, out, _ = say("diff", str(id))
        assert "words as they were …]" in out
        assert "Sentence 40 " not in out
        _, whole, _ = say("diff", str(id), "--whole")
        assert "Sentence 40 " in whole

    def test_what_was_never_edited_is_nothing_found(self, kept, say):
        id = kept(FIRST)
        code, out, err = say("diff", str(id))
        assert (code, out) == (3, "")
        assert "has not been edited" in err
        code, _, err = say("diff", str(id + 1))
        assert (code, "no article" in err) == (3, True)

    def test_a_revision_that_is_not_there_is_named(self, kept, say):
        id = kept(FIRST, SECOND)
        code, _, err = say("diff", str(id), "--to", "9")
        assert code == 3
        assert "no revision 9: they are numbered 1 to 2" in err

    @pytest.mark.parametrize("word", ["0", "x", "-1", "1.5"])
    def test_a_number_that_is_none_is_refused(self, kept, say, word):
        id = kept(FIRST, SECOND)
        assert say("diff", str(id), f"--from={word}")[0] == 2

    def test_no_escape_sequence_of_an_old_text_reaches_the_terminal(self, kept, say):
        id = kept(FIRST, FIRST + "\n\n\x1b[31mRed\x1b[0m")
        assert "\x1b" not in say("diff", str(id))[1]


class TestWhatIsARevision:
    def test_counters_and_moments_are_none(self, kept, say):
        id = kept(
            f"{FIRST}\n\n3 comments\n\nUpdated 1 hour ago",
            f"{FIRST}\n\n17 comments\n\nUpdated 3 hours ago",
        )
        with Library.open() as library:
            assert library.article(id).headline.edits == 0
            assert "17 comments" in library.article(id).text
        assert say("diff", str(id))[0] == 3

    def test_counters_are_left_out_of_what_is_shown(self, kept, say):
        id = kept(f"{FIRST}\n\n3 comments", f"{SECOND}\n\n17 comments")
        assert "comments" not in say("diff", str(id))[1]


def shown_whole(library, id):
    library.saw(id)
    library.showed(id, [(0, len(SECOND))])


class TestWhoHasReadIt:
    def test_an_edit_after_reading_is_new_and_the_rest_known(self, kept):
        id = kept(FIRST)
        with Library.open() as library:
            library.mark_read([id])
        kept(SECOND)
        with Library.open() as library:
            headline = library.article(id).headline
            assert not headline.unread
            assert headline.is_edited_since
            assert dict(library.sentences(id)) == {
                "The wall fell on Tuesday.": "known",
                "Three people were hurt.": "new",
                "The mayor said it was old.": "known",
                "It had stood since 1911.": "new",
            }

    def test_what_was_left_unread_is_not_told_as_brought_by_an_edit(self, kept):
        id = kept(FIRST)
        with Library.open() as library:
            library.saw(id)
        kept(SECOND)
        with Library.open() as library:
            told = dict(library.sentences(id))
            assert [text for text, mark in told.items() if mark == "new"] == [
                "Three people were hurt.",
                "It had stood since 1911.",
            ]
            assert told["The wall fell on Tuesday."] == ""
        kept(FIRST)
        with Library.open() as library:
            library.saw(id)
            library.showed(id, [(0, 25)])
        kept(SECOND)
        with Library.open() as library:
            assert [mark for _, mark in library.sentences(id)] == ["known", "new", "", "new"]

    def test_what_was_read_in_a_copy_is_known_when_the_copy_is_edited(self, library, press):
        text = " ".join(f"Street number {n} of the lower quay was dry by noon." for n in range(30))
        ids = []
        for name in ("herald", "gazette"):
            paper = press.another(f"https://{name}.invalid/f")
            ids.append(paper.id_of(name, text=text, title="The wall"))
            with library.cache.write() as conn:
                stories.index(conn, ids[-1], "The wall", text, None)
        library.saw(ids[0])
        library.showed(ids[0], [(0, len(text))])
        assert not library.headlines(ids[1:])[0].unread
        paper.publish("gazette", text=text.replace("number 7", "number 77"), title="The wall")

        marks = [mark for _, mark in library.sentences(ids[1])]

        assert (marks.count("new"), marks.count("known")) == (1, 29)

    def test_an_edit_is_not_read_by_who_has_the_text_before_it_in_view(self, kept):
        id = kept(FIRST)
        with Library.open() as library:
            library.saw(id, 0)
            kept(SECOND)
            library.showed(id, [(0, len(FIRST))], 0)
            library.saw(id, 0)
            assert library.article(id).headline.is_edited_since
            assert [mark for _, mark in library.sentences(id)] == ["known", "new", "known", "new"]
            library.saw(id, 1)
            assert not library.article(id).headline.is_edited_since

    def test_the_revision_that_was_read_stays_known_through_more_edits(self, kept):
        id = kept(FIRST)
        with Library.open() as library:
            library.saw(id)
            library.showed(id, [(0, len(FIRST))])
        kept(SECOND, THIRD)
        with Library.open() as library:
            assert library.article(id).headline.read_revision == 1
            assert library.cache.articles.text_read(id) == FIRST

    @pytest.mark.parametrize("read", [shown_whole, lambda library, id: library.mark_read([id])])
    def test_reading_it_again_settles_it(self, kept, read):
        id = kept(FIRST)
        with Library.open() as library:
            library.mark_read([id])
        kept(SECOND)
        with Library.open() as library:
            read(library, id)
            assert not library.article(id).headline.is_edited_since
            assert library.cache.articles.text_read(id) == SECOND

    def test_an_edit_of_what_was_not_read_is_nothing_special(self, kept):
        id = kept(FIRST, SECOND)
        with Library.open() as library:
            assert not library.article(id).headline.is_edited_since

    def test_its_story_has_something_new_again_and_lists_say_so(self, kept, say):
        id = kept(FIRST)
        with Library.open() as library:
            library.mark_read([id])
        kept(SECOND)
        with Library.open() as library:
            with library.cache.write() as conn:
                stories.index(conn, id, "The wall", SECOND, None)
            [story] = library.stories(every=True)
            assert story.new == 1
        assert say("list")[1].split("\t")[1] == "~"


def test_nothing_can_be_compared_of_one_text(library, press):
    with pytest.raises(NothingFound, match="not been edited"):
        library.edit(press.id_of("a"))
