"""Sentences and terms."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from reader.text.sentences import sentences
from reader.text.terms import language_of, names, words


def parted(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


def test_abbreviations_and_numbers_do_not_end_a_sentence():
    text = 'Dr. Smith met U.S. envoys on Jan. 5. "What now?" he asked. It cost 3.5 million.'
    assert parted(text) == [
        "Dr. Smith met U.S. envoys on Jan. 5.",
        '"What now?" he asked.',
        "It cost 3.5 million.",
    ]


def test_chinese_and_japanese_sentences_need_no_space():
    assert parted("今天天气很好。我们去公园。") == ["今天天气很好。", "我们去公园。"]


def test_paragraphs_and_list_items_end_a_sentence():
    assert parted("A head\n\nOne thing\n- two\n- three") == [
        "A head",
        "One thing",
        "- two",
        "- three",
    ]


@given(st.text())
def test_sentences_are_in_order_and_hold_every_letter(text):
    found = sentences(text)
    assert all(a[1] <= b[0] for a, b in pairwise(found))
    kept = "".join(text[start:end] for start, end in found)
    assert "".join(kept.split()) == "".join(text.split())


def test_stop_words_go_by_the_language_of_the_text():
    assert "die" in words("The cells die in the dish and the war goes on as it was")
    assert "war" not in words("Der Krieg war aus und die Leute gingen nach Hause, weil es so war")


def test_runs_without_spaces_become_bigrams():
    assert words("東京都庁") == ["東京", "京都", "都庁"]


def test_names_are_runs_of_capitals_that_do_not_begin_a_sentence():
    text = "Yesterday Joe Biden met the New York Times editor. Angela Merkel was not there."
    assert names(text) == ["Joe Biden", "New York Times"]


def test_a_language_is_told_by_its_commonest_words():
    assert language_of("Le maire de la ville est dans une voiture avec des amis") == "fr"
    assert language_of("xyzzy plugh") is None
