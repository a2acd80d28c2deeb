"""What a person types, and how it is understood."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.query import parse

UNDERSTOOD = {
    "": "everything",
    "   ": "everything",
    "storm": '"storm"',
    "storm damage": '("storm" AND "damage")',
    "storm AND damage": '("storm" AND "damage")',
    '"storm damage"': '"storm damage"',
    '"open': '"open"',
    "storm OR flood rain": '("storm" OR ("flood" AND "rain"))',
    "(storm OR flood) rain": '(("storm" OR "flood") AND "rain")',
    "storm or flood": '("storm" AND "or" AND "flood")',
    "storm -damage": '("storm" AND NOT "damage")',
    "storm NOT damage": '("storm" AND NOT "damage")',
    '-"storm damage"': 'NOT "storm damage"',
    "--storm": '"storm"',
    "-(storm flood)": 'NOT ("storm" AND "flood")',
    "-title:storm": 'NOT title:"storm"',
    "stor*": '"stor"*',
    '"stor*"': '"stor*"',
    "c++ AT&T covid-19": '("c++" AND "AT&T" AND "covid-19")',
    "title:storm author:ada by:bert": '(title:"storm" AND author:"ada" AND author:"bert")',
    'title:"big storm"': 'title:"big storm"',
    "TITLE:storm": 'title:"storm"',
    "title:": '"title:"',
    "http://a.b/c": '"http://a.b/c"',
    "foo:bar": '"foo:bar"',
    'foo:"bar baz"': '("foo" AND "bar baz")',
    "is:unread is:STARRED": "(is:unread AND is:starred)",
    "is:beautiful": '"is:beautiful"',
    "source:guardian": "source:guardian",
    'source:"the guardian"': 'source:"the guardian"',
    "source:#12 -tag:war": "(source:#12 AND NOT tag:war)",
    "before:2026-01-31 after:3d date:today": "(before:2026-01-31 AND after:3d AND date:today)",
    "date:2026-01-01..2026-02": "date:2026-01-01..2026-02",
    "before:nonsense": '"before:nonsense"',
    "date:2026-13": '"date:2026-13"',
    "storm sort:new": '"storm" sort:new',
    "sort:rank": "everything sort:rank",
    "sort:sideways": '"sort:sideways"',
    "((storm": '"storm"',
    "storm)) rain": '("storm" AND "rain")',
    "()": "everything",
    "OR": "everything",
    "OR storm OR": '"storm"',
    "-": '"-"',
    "++": "nothing",
    "storm ++": '"storm"',
    '""': "everything",
    "天気 予報": '("天気" AND "予報")',
}
UNDERSTOOD["-"] = "nothing"


@pytest.mark.parametrize(("typed", "meant"), UNDERSTOOD.items())
def test_understood(typed, meant):
    assert parse(typed).explain() == meant


@pytest.mark.parametrize("typed", [t for t in UNDERSTOOD if "foo:" not in t])
def test_what_was_understood_means_the_same_when_typed(typed):
    meant = parse(typed).explain()
    if meant not in ("everything", "nothing") and "everything" not in meant:
        assert parse(meant).explain() == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("stor", '"stor"*'),
        ("storm da", '("storm" AND "da"*)'),
        ("storm d", '"storm"'),
        ("s", "nothing"),
        ("天", '"天"*'),
        ("storm ", '"storm"'),
        ('"storm da"', '"storm da"'),
        ("storm -da", '("storm" AND NOT "da")'),
        ("storm is:un", '("storm" AND "is:un"*)'),
        ("storm is:unread", '("storm" AND is:unread)'),
        ("title:sto", 'title:"sto"*'),
        ("", "everything"),
    ],
)
def test_while_typing_the_last_word_is_a_beginning(typed, meant):
    assert parse(typed, as_you_type=True).explain() == meant


@pytest.mark.parametrize(
    ("typed", "text", "found"),
    [
        ("storm", "Storm, storms; a STORM", ["Storm", "STORM"]),
        ("storm*", "Storm, storms", ["Storm", "storms"]),
        ("cafe", "Café cafés", ["Café"]),
        ("café", "cafe", ["cafe"]),
        ('"big storm"', "a big\nstorm, big bad storm", ["big\nstorm"]),
        ("c++", "C++ and c", ["C++"]),
        ("AT&T", "at&t", ["at&t"]),
        ("don't", "don’t", ["don’t"]),
        ("天気", "今日は天気予報", ["天気"]),
        ("-storm rain", "storm rain", ["rain"]),
        ("storm OR rain", "storm rain", ["storm", "rain"]),
        ("is:unread", "is unread", []),
    ],
)
def test_its_words_are_found_again_in_a_text(typed, text, found):
    assert [text[a:b] for a, b in parse(typed).finder.spans(text)] == found


MISREAD = {
    "is:unred storm": ["is: takes unread, read, starred, unstarred, edited, noted or tagged"],
    "-has:picture": ["has: takes summary, note or tag"],
    "after:soon before:later after:x": [
        "after: takes a day, as 2024-01-31, 2024-01, 3d or yesterday",
        "before: takes a day, as 2024-01-31, 2024-01, 3d or yesterday",
    ],
    "title: storm": ["title: takes what follows it without a space"],
    "sort:old": ["sort: takes new, rank or blend"],
    "is:unread title:storm source:x at 10:30, https://x.example note:well": [],
}


@pytest.mark.parametrize("typed", MISREAD)
def test_what_a_field_cannot_take_is_told(typed):
    assert list(parse(typed).misread) == MISREAD[typed]


def test_very_long_queries_are_cut_not_refused():
    assert parse("word " * 10_000).selection.match.count("word") == 60
    assert parse("(" * 5000 + "word" + ")" * 5000).explain()
    assert parse("-" * 4000 + "word").explain()


WORDS = ["storm", "Storms", "c++", "don't", "a_b", "AT&T", "stor", "the", "x-y", "19", "café"]


@given(
    st.lists(st.sampled_from([*WORDS, " ", ".", "-", "(", "_", "\n"]), max_size=12),
    st.lists(
        st.sampled_from([*WORDS, "stor*", '"the storm"', '"c++ x-y"']), min_size=1, max_size=1
    ),
)
def test_plain_text_is_looked_through_as_any_other(text, typed):
    """The quick way for plain letters finds what the general way finds."""
    finder = parse(" ".join(typed)).finder
    plain = "".join(text).replace("é", "e")
    general = finder.spans(plain + " ü")
    assert finder.spans(plain) == general
