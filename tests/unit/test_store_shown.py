"""Of what was opened and left, only what was on the screen counts as read."""

from __future__ import annotations

import io
import itertools
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.store.shown import carried, joined, shown_of

TEXT = "One ferry sank. Two crews were saved.\n\nThe third is missing. Nobody knows why."


def test_sentences_that_were_shown_by_half_are_read():
    assert shown_of(TEXT, [(0, 30)]) == "One ferry sank. Two crews were saved."
    assert shown_of(TEXT, [(0, 20)]) == "One ferry sank."
    assert shown_of(TEXT, [(16, 60)]) == "Two crews were saved.\n\nThe third is missing."
    assert shown_of(TEXT, []) == ""
    assert shown_of(TEXT, [(0, 10_000)]) == TEXT


def test_spans_that_touch_are_one():
    assert joined([(5, 9), (0, 5), (20, 30), (25, 26)]) == [(0, 9), (20, 30)]


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50))))
def test_joined_spans_cover_what_the_single_ones_do(spans):
    covered = {at for start, end in spans for at in range(start, end)}
    found = joined(spans)
    assert {at for start, end in found for at in range(start, end)} == covered
    assert all(one[1] < other[0] for one, other in itertools.pairwise(found))


ONE = {
    "id": "one",
    "title": "Ferry crews at Norvik walk out",
    "text": "The crews of all nine ferries at Norvik stopped work on Monday over unpaid overtime. "
    "Their union asks for four hundred crowns a month and a winter bonus for everybody aboard.",
    "published": "2026-03-03",
}
OTHER = {**ONE, "id": "other", "title": "Norvik ferry crews stop work", "published": "2026-03-04"}


@pytest.fixture
def two(library):
    """Two articles that say the same, the first of them opened in the room and left."""
    lines = "\n".join(json.dumps(each | {"source": each["id"]}) for each in (ONE, OTHER))
    one, other = (a.id for a in library.import_lines(io.BytesIO(lines.encode())))
    library.saw(one)
    return one, other


def marks(library, id):
    return [mark for _, mark in library.sentences(id)]


def test_nothing_is_known_of_an_article_that_was_opened_and_left(library, two):
    _, other = two
    assert "known" not in marks(library, other)


def test_what_was_on_the_screen_is_known(library, two):
    one, other = two
    library.showed(one, [(0, 60)])
    assert marks(library, other)[0] == "known"
    assert marks(library, other)[1] != "known"
    library.showed(one, [(60, 180)])
    assert marks(library, other) == ["known", "known"]


def test_what_a_person_marks_read_was_read_whole(library, two):
    one, other = two
    library.mark_read([one])
    assert marks(library, other) == ["known", "known"]


def test_undo_makes_it_unread_and_nothing_of_it_known(library, two):
    one, other = two
    library.mark_read([one], False)
    library.mark_read([one])
    assert "known" in marks(library, other)
    library.undo()
    assert marks(library, other) == ["", ""]


def test_looking_again_at_what_was_read_whole_takes_nothing_away(library, two):
    one, other = two
    library.mark_read([one])
    library.saw(one)
    library.showed(one, [(0, 5)])
    assert marks(library, other) == ["known", "known"]


def test_marking_read_what_was_only_opened_can_be_undone(library, two):
    one, other = two
    library.showed(one, [(0, 60)])
    library.mark_read([one])
    assert marks(library, other) == ["known", "known"]
    library.undo()
    assert marks(library, other)[0] == "known"
    assert marks(library, other)[1] != "known"
    assert not library.headlines([one])[0].unread, "it had been opened"


def test_undoing_that_it_was_marked_unread_leaves_it_read_whole(library, two):
    one, other = two
    library.mark_read([one])
    library.mark_read([one], False)
    library.saw(one)
    library.mark_read([one], False)
    library.undo()
    library.undo()
    assert marks(library, other) == ["known", "known"]


def again(library, record, text):
    line = json.dumps({**record, "text": text, "source": record["id"]})
    [arrival] = library.import_lines(io.BytesIO(line.encode()))
    assert arrival.status == "updated"


MORE = (
    " The owner of the line, Harald Moe, is said to have left the island by boat on Sunday night."
)


def test_of_an_article_that_was_read_and_corrected_the_correction_was_not_read(library, two):
    one, _ = two
    library.mark_read([one])
    again(library, ONE, ONE["text"].replace("all nine", "all eight") + MORE)
    library.showed(one, [])
    text = library.cache.articles.text_read(one)
    assert "four hundred crowns" in text
    assert "all eight" not in text
    assert "Harald Moe" not in text


def test_what_was_on_the_screen_is_found_again_in_a_changed_text(library, two):
    one, _ = two
    library.showed(one, [(0, 84)])
    again(library, ONE, MORE.strip() + "\n\n" + ONE["text"])
    library.saw(one)
    text = library.cache.articles.text_read(one)
    assert (
        text
        == "The crews of all nine ferries at Norvik stopped work on Monday over unpaid overtime."
    )


def test_of_a_corrected_article_that_was_not_read_all_is_read_when_it_is_marked_so(library, two):
    _, other = two
    again(library, OTHER, OTHER["text"] + MORE)
    library.mark_read([other])
    assert "Harald Moe" in library.cache.articles.text_read(other)


@given(st.lists(st.sampled_from(["One. ", "Two two. ", "Three!\n\n", "Vier 4. "]), max_size=8))
def test_nothing_is_lost_where_nothing_changed(parts):
    text = "".join(parts).strip()
    assert shown_of(text, carried(text, text, [(0, len(text))])).split() == text.split()
    assert carried(text, text, []) == []
