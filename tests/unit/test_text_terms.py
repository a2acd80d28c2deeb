"""Sentences and terms."""

import time
from itertools import pairwise

import pytest
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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Er kam am 12. März an. Dann ging er.", ["Er kam am 12. März an.", "Dann ging er."]),
        ("Das war im 19. Jahrhundert. Heute?", ["Das war im 19. Jahrhundert.", "Heute?"]),
        ("„Das geht nicht.“ Dann ging er.", ["„Das geht nicht.“", "Dann ging er."]),
        ("Il a dit : « Non. » Puis il part.", ["Il a dit : « Non. »", "Puis il part."]),
        ("See page 12. The end.", ["See page 12.", "The end."]),
        ("他说：“你好。”然后走了。再见。", ["他说：“你好。”然后走了。", "再见。"]),
        ("「そうですか。」と言った。次の文！", ["「そうですか。」と言った。", "次の文！"]),
        ("The (U.S.) Army came. It left.", ["The (U.S.) Army came.", "It left."]),
    ],
)
def test_sentences_of_other_tongues(text, expected):
    assert parted(text) == expected


def test_in_a_text_without_capitals_small_letters_begin_sentences():
    spoken = "the wall gave way at 3.15. nobody was hurt! was it old? it was built in 1960."
    assert parted(spoken) == [
        "the wall gave way at 3.15.", "nobody was hurt!", "was it old?", "it was built in 1960.",
    ]  # fmt: skip
    tokenised = "the wall gave way . `` we ran , and ran . '' nobody was hurt , said mr. roe ."
    assert parted(tokenised) == [
        "the wall gave way .", "`` we ran , and ran . ''", "nobody was hurt , said mr. roe .",
    ]  # fmt: skip
    assert len(parted("The wall broke at the harbour of approx. nine metres. It was old.")) == 2


@pytest.mark.parametrize("sign", ["A. ", "1. ", ".", "x", "e.g. ", '."', "\n \n", "。", "a'"])
def test_a_flood_of_stops_is_parted_in_bounded_time(sign):
    begun = time.process_time()
    sentences(sign * 50_000)
    words(sign * 50_000)
    assert time.process_time() - begun < 3


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


def test_the_longer_part_of_an_elision_counts():
    assert words("The company's view of l'homme and O'Brien") == [
        "company",
        "view",
        "homme",
        "brien",
    ]


def test_runs_without_spaces_become_bigrams():
    assert words("東京都庁") == ["東京", "京都", "都庁"]


def test_vowel_signs_break_no_words():
    hindi = "मंगलवार की सुबह तूफान में पेनमार बंदरगाह की दीवार ढह गई और चालीस घर डूब गए।"
    assert language_of(hindi) == "hi"
    assert words(hindi)[:5] == ["मंगलवार", "सुबह", "तूफान", "पेनमार", "बंदरगाह"]
    assert words("সকালে বন্দরের দেয়াল", "bn") == ["সকালে", "বন্দরের", "দেয়াল"]


def test_thai_becomes_pairs_with_its_signs():
    assert words("ท่าเรือ", "th") == ["ท่", "่า", "าเ", "เร", "รื", "ือ"]


def test_names_are_runs_of_capitals_that_do_not_begin_a_sentence():
    text = "Yesterday Joe Biden met the New York Times editor. Angela Merkel was not there."
    assert names(text) == ["Joe Biden", "New York Times"]


def test_a_language_is_told_by_its_commonest_words():
    assert language_of("Le maire de la ville est dans une voiture avec des amis") == "fr"
    assert language_of("xyzzy plugh") is None
