"""What went, what came and what stayed, word by word."""

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.text.worddiff import CAME, GONE, SAME, Fold, Piece, counted, differences, folded


def shown(old: str, new: str) -> str:
    """A difference as people write it."""
    signs = {SAME: "{}", GONE: "[-{}-]", CAME: "{{+{}+}}"}
    return "".join(signs[each.kind].format(each.text) for each in differences(old, new))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("Two were hurt.", "Three were hurt.", "[-Two-]{+Three+} were hurt."),
        ("One. Two.", "One. Two. Three.", "One. Two.{+ Three.+}"),
        ("A cat sat.", "A cat sat.", "A cat sat."),
        ("It cost 3.5 m.", "It cost 4.5 m.", "It cost [-3.5-]{+4.5+} m."),
        ("First.\n\nLast.", "First.\n\nNew.\n\nLast.", "First.\n\n{+New.+}\n\nLast."),
        ("First.\n\nOld.\n\nLast.", "First.\n\nLast.", "First.\n\n[-Old.-]\n\nLast."),
        ("大雨が降った。", "大雪が降った。", "大[-雨-]{+雪+}が降った。"),
        ("it's here", "it's there", "it's [-here-]{+there+}"),
        ("One  line\nhere", "One line here", "One line here"),
        ("", "All new", "{+All new+}"),
        ("", "", ""),
    ],
)
def test_a_difference_reads_as_a_person_would_write_it(old, new, said):
    assert shown(old, new) == said


def test_a_word_left_between_two_changes_does_not_make_confetti():
    old = "He drove home slowly to dinner"
    new = "She walked home quickly for supper"
    assert sum(piece.kind == SAME for piece in differences(old, new)) == 0


WORDS = st.lists(
    st.sampled_from(["a", "b", "cat", "dog.", "It", "ran", "x\n\ny", "雨"]), max_size=30
)


@given(WORDS, WORDS)
def test_both_texts_can_be_read_from_the_difference(old, new):
    old_text, new_text = " ".join(old), " ".join(new)
    pieces = differences(old_text, new_text)
    for gone, text in ((CAME, old_text), (GONE, new_text)):
        read = "".join(piece.text for piece in pieces if piece.kind != gone)
        assert read.split() == text.split()


@given(st.text(max_size=200), st.text(max_size=200))
def test_nothing_breaks_it(old, new):
    pieces = differences(old, new)
    folded(pieces)
    assert all(piece.kind == SAME for piece in differences(old, old))


class TestFolding:
    LONG = "The same long line of words that nobody has to read once more. " * 12

    def test_long_runs_that_stayed_are_folded_around_a_change(self):
        pieces = folded(differences(f"{self.LONG}One. {self.LONG}", f"{self.LONG}Two. {self.LONG}"))
        folds = [piece for piece in pieces if isinstance(piece, Fold)]
        assert len(folds) == 2
        assert all(fold.words > 100 for fold in folds)
        assert Piece(GONE, "One") in pieces
        assert Piece(CAME, "Two") in pieces
        assert sum(len(p.text.split()) for p in pieces if isinstance(p, Piece)) < 60

    def test_short_runs_are_not(self):
        assert not any(isinstance(p, Fold) for p in folded(differences("A b c d.", "A b c e.")))

    def test_nothing_is_shown_where_nothing_changed(self):
        assert folded(differences(self.LONG, self.LONG)) == []


def test_words_are_counted():
    assert counted(differences("Two were hurt.", "Three were badly hurt.")) == (1, 2)


def test_a_book_takes_no_minutes():
    dice = random.Random(1)
    known = ["".join(dice.choices("abcdefgh", k=4)) for _ in range(600)]
    written = [" ".join(dice.choices(known, k=12)).capitalize() + "." for _ in range(3000)]
    edited = [s.replace(" ", " x ", 1) if n % 9 == 0 else s for n, s in enumerate(written)]
    began = time.process_time()
    pieces = differences(" ".join(written), " ".join(edited))
    assert time.process_time() - began < 10
    assert counted(pieces) == (0, 334)
    began = time.process_time()
    differences(" ".join(dice.choices(known, k=40_000)), " ".join(dice.choices(known, k=40_000)))
    assert time.process_time() - began < 10
