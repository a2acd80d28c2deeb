"""Right-to-left letters in the order of the screen, for terminals that do not see to it."""

import pytest

pytest.importorskip("bidi", reason="python-bidi is not installed")

from hypothesis import given
from hypothesis import strategies as st

from reader.text.bidi import visual, visual_each


def test_hebrew_is_turned_round_and_numbers_in_it_are_not():
    assert visual([("שלום 123", "text")]) == [("123 םולש", "text")]


def test_an_english_line_with_a_hebrew_word_turns_only_the_word():
    assert visual([("the word שלום stands", "text")]) == [("the word םולש stands", "text")]


def test_roles_go_with_their_letters():
    assert visual([("אב", "text"), ("גד", "link")]) == [("דג", "link"), ("בא", "text")]


def test_brackets_are_mirrored():
    assert visual([("(שלום)", "text")]) == [("(םולש)", "text")]


def test_a_mark_stays_on_its_letter():
    [(seen, _)] = visual([("שָׁב", "text")])
    assert seen == "ב" + "שָׁ"


def test_blanks_at_the_ends_stay_where_they_are():
    assert visual([("   ", "text"), ("שלום", "text"), ("  ", "quiet")]) == [
        ("   םולש", "text"),
        ("  ", "quiet"),
    ]


def test_columns_of_a_row_do_not_change_places():
    assert visual_each([("שלום", "unread"), ("  ", "quiet"), ("עתון", "quiet")]) == [
        ("םולש", "unread"),
        ("  ", "quiet"),
        ("ןותע", "quiet"),
    ]


@given(st.lists(st.tuples(st.text("abאבגד ּ(1.ש", max_size=8), st.sampled_from("xy")), max_size=6))
def test_no_letter_is_lost(pieces):
    mirrored = str.maketrans(")", "(")
    before = sorted("".join(text for text, _ in pieces).translate(mirrored))
    assert sorted("".join(text for text, _ in visual(pieces)).translate(mirrored)) == before
