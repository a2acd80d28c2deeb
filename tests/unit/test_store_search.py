"""What a search finds, in which order, and the piece of text it shows."""

from __future__ import annotations

import random
import re

import pytest

from reader.model import SourceKind, View
from reader.store import arrivals

SHELF = {
    "storm": ("Storm hits the coast", "A storm hit the coast of Spain. Two boats sank."),
    "flood": ("Flood after the storm", "The river flooded after the storm, said Ada Byron."),
    "cpp": ("A new C++ standard", "The C++ committee met. C is older."),
    "c": ("The language C", "C is a language; vitamin C is not."),
    "covid": ("Health", "The covid-19 figures fell again."),
    "nineteen": ("Numbers", "covid cases rose, 19 more."),
    "phone": ("AT&T buys a café", "AT&T bought a Café in São Paulo, don’t ask why."),
    "ja": ("東京の天気予報", "明日は雨でしょう。iPhone発売。"),
    "ko": ("서울의 날씨", "오늘은 비가 옵니다."),
    "th": ("ข่าววันนี้", "ภาษาไทยเป็นภาษาที่ไม่มีช่องว่าง"),
    "ru": ("Шторм на море", "Сильный шторм ударил по берегу."),
    "old": ("Ancient news", "An old storm of the past."),
}
FACTS: dict[str, dict[str, object]] = {
    "flood": {"authors": ("Grace Hopper",), "language": "en", "summary": "Water."},
    "old": {"published": "2020-05-17"},
    "ja": {"language": "ja", "site": "Asahi Weekly"},
}


@pytest.fixture
def shelf(library, press):
    tokyo = press.another("https://tokyo.invalid/f", SourceKind.FEED, folder="Asia")
    ids = {}
    for guid, (title, text) in SHELF.items():
        where = tokyo if guid == "ja" else press
        ids[guid] = where.id_of(guid, text=text, title=title, **FACTS.get(guid, {}))
    library.star([ids["storm"]])
    library.note(ids["storm"], "note")
    library.tag([ids["flood"]], ["weather"])
    library.mark_read([ids["c"]])
    return {id: guid for guid, id in ids.items()}


FOUND = {
    "storm": "storm flood old",
    "storm coast": "storm",
    "storm -coast": "flood old",
    "coast OR river": "storm flood",
    "(coast OR river) boats": "storm",
    "-storm -is:unread": "c",
    '"after the storm"': "flood",
    '"storm the"': "",
    "flood*": "flood",
    "flood": "flood",
    "flooded": "flood",
    "title:storm": "storm flood",
    "-title:storm storm": "old",
    "hopper": "flood",
    "author:hopper": "flood",
    "author:byron": "",
    "c++": "cpp",
    "c": "cpp c",
    "c -c++": "c",
    "covid-19": "covid",
    "covid 19": "covid nineteen",
    '"covid 19"': "covid",
    "covid-19 OR at&t": "covid phone",
    "-covid-19 covid": "nineteen",
    "cafe": "phone",
    "CAFÉ": "phone",
    "sao": "phone",
    "don't": "phone",
    "天気": "ja",
    "気予": "ja",
    "雨": "ja",
    "天気 雨": "ja",
    "雪": "",
    "iPhone": "ja",
    "iPhone発売": "ja",
    "title:天気": "ja",
    "title:雨": "",
    "날씨": "ko",
    "ภาษา": "th",
    "ช่องว่าง": "th",
    "шторм": "ru",
    "ШТОРМ": "ru",
    "is:starred": "storm",
    "is:read": "c",
    "is:noted": "storm",
    "is:tagged": "flood",
    "has:summary": "flood",
    "has:note": "storm",
    "tag:weather": "flood",
    "tag:none": "",
    "lang:ja": "ja",
    "site:asahi": "ja",
    "source:tokyo": "ja",
    "source:asia": "ja",
    "folder:asia": "ja",
    "source:#2": "ja",
    "source:#99": "",
    "-source:gazette": "ja",
    "date:2020": "old",
    "date:2020-05": "old",
    "date:2020-05-17": "old",
    "date:2020-05-18": "",
    "before:2021": "old",
    "storm after:2021": "storm flood",
    "storm after:3d": "storm flood",
    "date:2020-01-01..2020-12-31": "old",
    "date:..2020": "old",
    "storm is:starred OR river": "storm flood",
    "-(storm OR is:unread)": "c",
    "++": "",
    "storm ++": "storm flood old",
}


@pytest.mark.parametrize(("typed", "guids"), FOUND.items())
def test_found(library, shelf, typed, guids):
    found = {shelf[hit.headline.id] for hit in library.search(typed)}
    listed = {shelf[id] for id in library.ids(View("query", typed))}
    assert found == set(guids.split())
    assert listed == found


def test_no_words_find_nothing_but_list_everything(library, shelf):
    assert library.search(" ") == []
    assert len(library.ids(View("query", " "))) == len(shelf)


def test_what_is_deleted_is_not_found(library, shelf):
    [hit] = library.search("river")
    library.delete([hit.headline.id])
    assert library.search("river") == []


def test_the_orders(library, press):
    for n in range(5):
        text = "storm " * (n % 3 + 1) + "word " * 30
        press.publish(str(n), text, f"t{n}", published=f"2026-0{5 - n}-01")
    titles = lambda order: [h.headline.title for h in library.search("storm", 10, order)]  # noqa: E731
    assert titles("new") == ["t0", "t1", "t2", "t3", "t4"]
    assert titles("rank")[0] == "t2"
    assert titles("blend")[0] in ("t2", "t1")
    assert [h.headline.title for h in library.search("storm sort:new", 2, "rank")] == ["t0", "t1"]


def test_while_typing_the_beginning_of_a_word_finds_it(library, shelf):
    assert {shelf[h.headline.id] for h in library.search("flo", as_you_type=True)} == {"flood"}
    assert library.search("f", as_you_type=True) == []
    assert library.search("coast f", as_you_type=True) != []


def test_a_snippet_shows_the_words_marked(library, press):
    press.publish("a", f"{'before ' * 100}the storm and the flood came {'after ' * 100}")
    [hit] = library.search("storm flood")
    assert [hit.snippet[a:b] for a, b in hit.marks] == ["storm", "flood"]
    assert hit.snippet.startswith("…before")
    assert hit.snippet.endswith("after…")
    assert len(hit.snippet) <= 162


def test_without_a_word_in_the_text_the_snippet_is_its_beginning(library, press):
    press.publish("a", "It rained.\n\nA lot.", "Storm")
    [hit] = library.search("storm")
    assert (hit.snippet, hit.marks) == ("It rained. A lot.", ())


WORDS = ["storm", "flood", "river", "coast", "boat", "rain", "wind", "wave", "sail", "port"]


def test_words_phrases_and_signs_agree_with_a_plain_matcher(library, press):
    """An oracle: the same queries answered by looking at every text."""
    dice = random.Random(11)
    texts = {}
    for n in range(40):
        text = " ".join(dice.choices(WORDS, k=dice.randrange(1, 12)))
        texts[press.id_of(str(n), text=text, title="x")] = text

    def query(depth: int = 0) -> tuple[str, object]:
        choice = dice.random()
        if depth > 2 or choice < 0.4:
            word = dice.choice(WORDS)
            return word, lambda t: word in t.split()
        if choice < 0.5:
            pair = " ".join(dice.choices(WORDS, k=2))
            return f'"{pair}"', lambda t: re.search(rf"\b{pair}\b", t) is not None
        if choice < 0.6:
            start = dice.choice(WORDS)[:2]
            return f"{start}*", lambda t: any(w.startswith(start) for w in t.split())
        (one, sees_one), (two, sees_two) = query(depth + 1), query(depth + 1)
        if choice < 0.75:
            return f"({one} {two})", lambda t: sees_one(t) and sees_two(t)
        if choice < 0.9:
            return f"({one} OR {two})", lambda t: sees_one(t) or sees_two(t)
        return f"({one} -{two})", lambda t: sees_one(t) and not sees_two(t)

    for _ in range(600):
        typed, sees = query()
        expected = {id for id, text in texts.items() if sees(text)}
        assert set(library.ids(View("query", typed))) == expected, typed


def test_words_are_found_in_whichever_part_of_the_index_they_came(library, press):
    """Each arrival is a part of its own until several of them are merged."""
    for number in range(40):
        press.id_of(f"n{number}", text=f"The harbour in week {number}, berth{number}.")

    assert len(library.ids(View("query", "harbour"))) == 40
    assert all(len(library.ids(View("query", f"berth{number}"))) == 1 for number in range(40))
    [parts] = library.cache.row("SELECT count(DISTINCT segid) FROM fts_idx")
    assert parts < 2 * arrivals.SEGMENTS
