"""The parts under `similar`: how rare terms are, how copies are told, what is packed."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from zlib import crc32

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.stories import rarity
from reader.stories.features import features
from reader.stories.shingles import containment, sample
from reader.stories.vectors import NAMEABLE, Query, pack, unpack, vector

WORDS = [f"word{n}" for n in range(900)]


@pytest.fixture
def counts() -> sqlite3.Connection:
    conn = sqlite3.connect(":memory:", isolation_level=None)
    conn.execute("CREATE TABLE term_df(h INTEGER PRIMARY KEY, n INTEGER NOT NULL)")
    return conn


def term(word: str) -> int:
    return crc32(word.encode())


def rare(conn: sqlite3.Connection, word: str) -> float:
    return rarity.Rarity(conn)([term(word)])[term(word)]


def test_an_empty_cache_knows_common_words_from_rare_ones(counts):
    assert rare(counts, "government") < rare(counts, "harbor") < rare(counts, "zyzzyva") <= 1
    assert rare(counts, "prozent") < rare(counts, "hochofen")


def test_ten_articles_about_one_company_do_not_make_its_name_common(counts):
    for _ in range(10):
        rarity.count_article(counts, [term("norvik")])
    assert rare(counts, "norvik") > 0.5


def test_what_stands_in_a_third_of_a_grown_cache_tells_nothing_apart(counts):
    for n in range(2000):
        rarity.count_article(counts, [term("norvik"), term(f"other{n}")] if n % 3 else [term("x")])
    assert rare(counts, "norvik") == 0
    assert rare(counts, "other7") == pytest.approx(rare(counts, "other8"))


def test_articles_are_counted_beside_their_terms(counts):
    rarity.count_article(counts, [])
    rarity.count_article(counts, [term("norvik")])
    assert rarity.Rarity(counts).articles == 2


@given(st.dictionaries(st.text(min_size=1), st.floats(0.002, 1), max_size=30))
def test_packed_background_keeps_shares_within_a_tenth(share_of):
    unpacked = rarity.unpack_background(rarity.pack_background(share_of))
    assert set(unpacked) == {term(word) for word in share_of}
    for word, share in share_of.items():
        assert unpacked[term(word)] >= share * 0.9


def test_the_background_is_read_when_first_needed():
    loaded = "from reader.stories import rarity; print(rarity.background.cache_info().currsize)"
    out = subprocess.run([sys.executable, "-c", loaded], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "0"


def test_comparing_loads_no_heavy_package():
    heavy = ["numpy", "textual", "lxml", "sqlite_utils", "markdown_it", "trafilatura"]
    code = f"import sys, reader.stories; print([m for m in {heavy} if m in sys.modules])"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "[]"


def test_a_text_holds_its_parts_whole_and_a_stranger_not_at_all():
    whole = sample(WORDS)
    assert containment(whole, sample(WORDS[200:700])) == 1
    assert containment(whole, sample(WORDS[300:420])) == 1
    assert containment(whole, sample([w + "s" for w in WORDS])) == 0


def test_half_a_text_in_another_is_half_contained():
    mixed = WORDS[:300] + [f"new{n}" for n in range(300)]
    assert containment(sample(WORDS), sample(mixed)) == pytest.approx(0.5, abs=0.15)


@given(st.lists(st.sampled_from(WORDS), max_size=300), st.lists(st.sampled_from(WORDS)))
def test_containment_is_the_same_from_both_sides(one, other):
    a, b = sample(one), sample(other)
    assert containment(a, b) == containment(b, a)
    assert 0 <= containment(a, b) <= 1
    assert containment(a, a) in (0, 1)


@given(st.text(max_size=60), st.text(max_size=2000))
def test_what_is_packed_comes_out_again(title, text):
    v = vector(features(title, text, lambda terms: dict.fromkeys(terms, 0.5)))
    again = unpack(pack(v))
    assert again.body.numbers == v.body.numbers
    assert again.body.weights == v.body.weights
    assert again.title.numbers == v.title.numbers
    assert (again.posted, again.shingles) == (v.posted, v.shingles)
    assert again.surface() == v.surface()
    if v.body.numbers:
        assert Query(again).cosine(again) == pytest.approx(1, abs=0.001)
        assert len(again.surface()) == min(NAMEABLE, len(v.body.numbers))


def test_a_title_of_its_own_does_not_weigh_against_an_article_without_one():
    def known(title: str, text: str):
        return vector(features(title, text, lambda terms: dict.fromkeys(terms, 0.5)))

    text = "The smelter in Tromsø was opened by the mayor."
    assert Query(known("", text)).cosine(known("", text)) == pytest.approx(1)
