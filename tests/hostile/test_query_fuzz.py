"""No text a person types is an error: not in the grammar, not in SQLite, not in the snippet."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reader.library import Library
from reader.model import Cleaned, SourceKind, View
from reader.query import parse
from reader.store import Incoming

ROUNDS = int(os.environ.get("BROADSHEET_FUZZ_ROUNDS", "5000"))
"""Queries tried."""
PIECES = [
    *"\"()*-+:^{}[]<>|&~\\/'%_.,;!?#@=$ \t\n\0",
    *["AND", "OR", "NOT", "NEAR", "NEAR(", "title", "title:", "author:", "source:", "source:#"],
    *["is:unread", "is:", "date:", "before:", "after:3d", "date:..", "sort:rank", "tag:", "lang:"],
    *["storm", "c++", "U.S.", "don't", "AT&T", "covid-19", "天気", "ภาษา", "é", "e\u0301", "😀"],
    *["\u202e", "\ufeff", "\ud800", "Ⅷ", "½", "ª", "9" * 30, "rowid", "text :", "; DROP TABLE"],
    *["date:9999-12-31", "date:0001-01-01", "after:99999y", "date:2026-02-30", "#", "-", "--"],
]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with Library.open(tmp_path_factory.mktemp("fuzz") / "broadsheet.db") as opened:
        source = opened.cache.sources.add(SourceKind.FEED, "https://a.invalid/f", "A")
        for n in range(20):
            text = f"storm {n} c++ U.S. don't AT&T covid-19 天気予報 ภาษาไทย é"
            cleaned = Cleaned(f"Title {n}", text, text, "html")
            opened.cache.articles.keep(source.id, Incoming(str(n), cleaned))
        yield opened


def ask(library: Library, typed: str) -> None:
    for as_you_type in (False, True):
        for hit in library.search(typed, 5, as_you_type=as_you_type):
            assert all(0 <= a < b <= len(hit.snippet) for a, b in hit.marks)
    library.ids(View("query", typed), 5)
    parse(typed).explain()


def test_no_mixture_of_signs_is_an_error(library):
    dice = random.Random(3)
    for _ in range(ROUNDS):
        glue = dice.choice(["", " "])
        ask(library, glue.join(dice.choices(PIECES, k=dice.randrange(1, 9))))


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.text(st.characters(), max_size=40))
def test_no_text_at_all_is_an_error(library, typed):
    ask(library, typed)


@pytest.mark.parametrize(
    "typed",
    [
        "(" * 3000,
        "-" * 3000 + "a",
        "(a OR " * 500,
        "-(a -(b " * 300,
        '"' * 3001,
        "a* " * 500,
        "c++ " * 500,
        "is:unread OR " * 300,
        "date:today " * 300,
        "x" * 100_000,
        "天" * 5000,
    ],
    ids=lambda typed: typed[:12],
)
def test_no_length_or_depth_is_an_error(library, typed):
    ask(library, typed)
