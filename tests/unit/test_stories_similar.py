"""What is like an article, how close, and why: on small caches whose answer anyone can see."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from reader import stories
from reader.model import Cleaned, Closeness, SourceKind
from reader.store import Cache, Incoming, postings
from reader.store import stories as kept

FLOOD = """
The river Elbe rose above its banks in Dresden on Tuesday night, and firefighters brought two
hundred people to safety from the old town. Mayor Anna Lindner said that the dam near Pirna had
held, but that water was still rising by ten centimetres an hour. Schools stay closed until Friday.
The railway to Prague is interrupted, and drinking water is handed out in front of the opera house.
Meteorologists expect that the crest of the flood will pass the city on Thursday morning.
"""
FLOOD_ELSEWHERE = """
Two hundred residents of the old town of Dresden have left their homes since the Elbe burst its
banks. "The dam near Pirna holds," said Mayor Anna Lindner, who closed all schools. Trains between
Dresden and Prague were cancelled. The crest of the flood is awaited on Thursday.
"""
FLOOD_YEARS_AGO = """
Fourteen years after the flood of the century, Saxony opened a dam above Pirna that cost ninety
million. It is to keep the Elbe out of Dresden for good. Engineers filled the reservoir for a trial
on Sunday, fishermen protested, and the minister of the environment planted an oak on the crown.
"""
CHESS = """
A schoolgirl of eleven beat three grandmasters at the open tournament in Reykjavik. She sacrificed
her queen on the seventeenth move, and the hall fell silent. Her coach, a retired ferry captain,
said that she had not slept. The last round is played under the northern lights festival.
"""


@pytest.fixture
def cache(tmp_path: Path) -> Iterator[Cache]:
    with Cache.open(tmp_path / "stories.db") as opened:
        yield opened


class Shelf:
    """A cache with articles in it, named by their titles."""

    def __init__(self, cache: Cache) -> None:
        self.cache = cache
        self.source = cache.sources.add(SourceKind.IMPORT, "import:shelf", "Shelf")
        self.id_of: dict[str, int] = {}

    def put(self, title: str, text: str, day: str | None = None, *, as_title: str = "") -> int:
        with self.cache.write() as conn:
            cleaned = Cleaned(as_title or title, text, text, "text")
            arrival = self.cache.articles.keep(self.source.id, Incoming(title, cleaned))
            assert arrival.id is not None
            ordinal = date.fromisoformat(day).toordinal() if day else None
            stories.index(conn, arrival.id, as_title or title, text, ordinal)
        self.id_of[title] = arrival.id
        return arrival.id

    def similar(self, title: str, limit: int = 10, **how: float) -> list[stories.Ranked]:
        return stories.similar(self.cache.reader(), self.id_of[title], limit, **how)

    def closeness(self, title: str) -> dict[str, Closeness]:
        name_of = {id: name for name, id in self.id_of.items()}
        return {name_of[each.id]: each.closeness for each in self.similar(title)}

    def tables(self) -> dict[str, list[tuple[int, ...]]]:
        return {
            table: [tuple(row) for row in self.cache.read(f"SELECT * FROM {table} ORDER BY 1, 2")]
            for table in ("article_vec", "shingle", "term_df")
        } | {"posted": list(postings.every(self.cache.reader()))}


@pytest.fixture
def shelf(cache: Cache) -> Shelf:
    return Shelf(cache)


@pytest.fixture
def flood(shelf: Shelf) -> Shelf:
    shelf.put("Elbe floods Dresden", FLOOD, "2026-03-03")
    shelf.put("Dresden leaves its old town", FLOOD_ELSEWHERE, "2026-03-04")
    shelf.put("A dam against the Elbe", FLOOD_YEARS_AGO, "2016-06-12")
    shelf.put("Queen sacrificed in Reykjavik", CHESS, "2026-03-03")
    return shelf


def test_the_same_event_comes_before_its_background_and_chess_comes_last(flood):
    ranked = [each.id for each in flood.similar("Elbe floods Dresden")]
    assert ranked[:2] == [
        flood.id_of["Dresden leaves its old town"],
        flood.id_of["A dam against the Elbe"],
    ]
    classes = flood.closeness("Elbe floods Dresden")
    assert classes["Dresden leaves its old town"] is Closeness.SAME_STORY
    assert classes["A dam against the Elbe"] is Closeness.BACKGROUND


def test_scores_fall_down_the_list_and_stay_between_0_and_1(flood):
    scores = [each.score for each in flood.similar("Elbe floods Dresden")]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)


def test_the_reason_is_shared_names_first_as_they_are_written(flood):
    reason = flood.similar("Elbe floods Dresden")[0].reason
    assert 3 <= len(reason) <= 5
    assert {"Dresden", "Elbe"} & set(reason) or "Anna Lindner" in " ".join(reason)
    capitals = [word != word.lower() for word in reason]
    assert capitals == sorted(capitals, reverse=True)
    shared = (FLOOD + FLOOD_ELSEWHERE).casefold()
    assert all(word.casefold() in shared for word in reason)


def test_a_word_in_two_forms_is_one_reason(shelf):
    shelf.put(
        "Envoy leaves",
        "The Russian envoy left Geneva. Russia wants the talks on grain to go on in May. "
        "Russian ships wait; Russia pays.",
    )
    shelf.put("Grain waits", "Russia says that its Russian envoy has left. Russian grain waits.")
    reason = shelf.similar("Envoy leaves")[0].reason
    assert [word for word in reason if word.casefold().startswith("russia")] == ["Russian"]


def test_a_cut_and_framed_copy_is_a_duplicate(shelf):
    shelf.put("Original", FLOOD * 1 + CHESS, "2026-03-03")
    cut = "By our correspondent. " + (FLOOD + CHESS)[:700]
    shelf.put("Copy", cut, "2026-03-05")
    assert shelf.closeness("Original") == {"Copy": Closeness.DUPLICATE}
    assert shelf.closeness("Copy") == {"Original": Closeness.DUPLICATE}


def test_a_copy_of_a_long_article_cut_short_is_still_one(shelf):
    long = " ".join(
        f"Paragraph {n} tells of witness number {n * 7} and of the letter dated {n * 13}."
        for n in range(120)
    )
    shelf.put("Long", long)
    shelf.put("Short", long[: len(long) // 5])
    assert shelf.closeness("Short") == {"Long": Closeness.DUPLICATE}


def test_short_texts_are_copies_only_word_for_word(shelf):
    note = (
        "The museum in Halle stays closed on Monday because of repairs to the roof over the hall."
    )
    shelf.put("First", note)
    shelf.put("Second", note.upper())
    shelf.put("Third", note.replace("Monday", "Tuesday"))
    classes = shelf.closeness("First")
    assert classes["Second"] is Closeness.DUPLICATE
    assert classes["Third"] is not Closeness.DUPLICATE


def test_the_same_stub_under_two_titles_is_no_copy(shelf):
    shelf.put("Harbour strike ends", "Read more.")
    shelf.put("Harbour strike begins", "Read more.")
    assert Closeness.DUPLICATE not in shelf.closeness("Harbour strike ends").values()


def test_the_same_story_is_what_is_in_one_story(shelf):
    shelf.put("Elbe floods Dresden", FLOOD)
    other = shelf.put("Dresden leaves its old town", FLOOD_ELSEWHERE)
    shelf.put("Chess", CHESS)
    assert shelf.closeness("Elbe floods Dresden") == {
        "Dresden leaves its old town": Closeness.SAME_STORY
    }
    with shelf.cache.write() as conn:
        kept.split(conn, other)
    assert shelf.closeness("Elbe floods Dresden") == {
        "Dresden leaves its old town": Closeness.BACKGROUND
    }


def test_of_what_is_in_no_story_yet_a_high_likeness_is_the_same_story(shelf):
    shelf.put("Elbe floods Dresden", FLOOD)
    shelf.put("Dresden leaves its old town", FLOOD_ELSEWHERE)
    shelf.put("A dam against the Elbe", FLOOD_YEARS_AGO)
    with shelf.cache.write() as conn:
        conn.execute("UPDATE article SET story = NULL")
    assert shelf.closeness("Elbe floods Dresden") == {
        "Dresden leaves its old town": Closeness.SAME_STORY,
        "A dam against the Elbe": Closeness.BACKGROUND,
    }


def test_indexing_again_changes_nothing(flood):
    before = flood.tables()
    again = [
        ("Elbe floods Dresden", FLOOD, "2026-03-03"),
        ("Queen sacrificed in Reykjavik", CHESS, "2026-03-03"),
    ]
    with flood.cache.write() as conn:
        for title, text, day in again:
            ordinal = date.fromisoformat(day).toordinal()
            stories.index(conn, flood.id_of[title], title, text, ordinal)
    after = flood.tables()
    assert after["term_df"] == before["term_df"]
    assert [row[:2] for row in after["posted"]] == [row[:2] for row in before["posted"]]
    assert after["shingle"] == before["shingle"]


def test_a_changed_text_replaces_the_old_one(flood):
    with flood.cache.write() as conn:
        id = flood.id_of["Queen sacrificed in Reykjavik"]
        stories.index(conn, id, "More of the flood", FLOOD, None)
    classes = flood.closeness("Elbe floods Dresden")
    assert classes["Queen sacrificed in Reykjavik"] is Closeness.DUPLICATE


def test_a_forgotten_article_leaves_no_trace_but_in_the_counts(flood):
    with flood.cache.write() as conn:
        for id in flood.id_of.values():
            stories.forget(conn, id)
        stories.forget(conn, 4711)
    tables = flood.tables()
    assert (tables["article_vec"], tables["posted"], tables["shingle"]) == ([], [], [])
    assert flood.similar("Elbe floods Dresden") == []


def test_an_article_the_person_deleted_is_not_similar_to_anything(flood, tmp_path):
    gone = flood.id_of["Dresden leaves its old town"]
    with flood.cache.write() as conn:
        conn.execute("UPDATE article SET hidden = 1 WHERE id = ?", (gone,))
    assert gone not in [each.id for each in flood.similar("Elbe floods Dresden")]
    assert gone not in dict(stories.similar_every(flood.cache.reader(), 3))


def test_every_article_is_ranked_in_order_of_arrival(flood):
    every = dict(stories.similar_every(flood.cache.reader(), 2))
    assert list(every) == sorted(flood.id_of.values())
    assert every[flood.id_of["Elbe floods Dresden"]] == flood.similar("Elbe floods Dresden", 2)


def test_weak_background_can_be_left_out(flood):
    strong = flood.similar("Elbe floods Dresden", weakest=0.1)
    assert flood.id_of["Queen sacrificed in Reykjavik"] not in [each.id for each in strong]


def test_a_rebuilt_index_answers_as_before(flood):
    before = flood.closeness("Elbe floods Dresden")
    with flood.cache.write() as conn:
        conn.execute("DELETE FROM posted")
        stories.rebuild(conn)
    assert flood.closeness("Elbe floods Dresden") == before


def test_articles_of_one_company_do_not_become_one_story(shelf):
    for n, (what, where) in enumerate(
        [("opens a smelter", "Tromsø"), ("sues a rival over patents", "Lyon"),
         ("paints its ferries", "Hull"), ("hires a new chef", "Malta")]
    ):  # fmt: skip
        text = f"Norvik Group {what} in {where}, said the spokesman of Norvik Group on Monday. " * 2
        shelf.put(f"Norvik Group {what}", text + CHESS.split(".")[n], "2026-03-03")
    every = shelf.similar("Norvik Group opens a smelter")
    assert all("Norvik" in " ".join(each.reason) for each in every)


@pytest.mark.parametrize(
    ("one", "other", "unlike"),
    [
        (
            "日本銀行は金融政策決定会合で政策金利を引き上げると発表した。植田総裁は物価の見通しを説明した。",
            "政策金利の引き上げを日本銀行が決めた。植田総裁は会見で物価の見通しについて語った。",
            "京都の寺で桜が満開になり、多くの観光客が写真を撮っていた。天気は晴れだった。",
        ),
        (
            "中国航天局宣布嫦娥探测器成功着陆月球背面，并开始采集月壤样本。",
            "嫦娥探测器在月球背面着陆，航天局称将采集月壤样本带回地球。",
            "北京今天有雨，学校的足球比赛推迟到下周举行。",
        ),
    ],
    ids=["Japanese", "Chinese"],
)
def test_scripts_without_spaces_are_compared_by_pairs_of_letters(shelf, one, other, unlike):
    shelf.put("1", one, "2026-03-03", as_title="一")
    shelf.put("2", unlike, "2026-03-03", as_title="二")
    shelf.put("3", other, "2026-03-03", as_title="三")
    best = shelf.similar("1")[0]
    assert best.id == shelf.id_of["3"]
    assert best.closeness is Closeness.SAME_STORY


def test_a_long_text_without_spaces_has_copies_too(shelf):
    text = "".join(chr(0x4E00 + (n * 7919) % 5000) for n in range(900))
    shelf.put("1", text)
    shelf.put("2", "本報訊" + text[100:700])
    assert shelf.closeness("1") == {"2": Closeness.DUPLICATE}


ODD = {
    "empty": "",
    "blank": " \n",
    "surrogate": "\x00\ud800",
    "one word": "a" * 300_000,
    "one letter": "A " * 100_000,
    "wide letters": "Ａ-Ｂ' " * 400,
    "signs": "🙂🙃" * 999,
    "quotes": "'’'’" * 50,
    "directions": "\u202e\u2066" * 80,
    "folding": "Łódź Ünïcödé Ǆ ﬁ İstanbul ß " * 90,
}


@pytest.mark.parametrize("text", ODD.values(), ids=ODD.keys())
def test_odd_text_is_indexed_and_forgotten_without_complaint(shelf, text):
    with shelf.cache.write() as conn:
        conn.execute("INSERT INTO source(id, kind, url, title, added) VALUES(9, 'f', 'f', 'f', 0)")
        for id in (901, 902):
            conn.execute(
                "INSERT INTO article(id, source, key, guid, title, sorted_at, seen, changed,"
                " record, hash) VALUES(?1, 9, ?1, ?1, '', 0, 0, 0, x'', x'')",
                (id,),
            )
            stories.index(conn, id, text[:50], text, None)
    found = stories.similar(shelf.cache.reader(), 901, 5)
    assert [each.id for each in found] in ([], [902])
    with shelf.cache.write() as conn:
        stories.forget(conn, 901)
        stories.forget(conn, 902)
    assert shelf.tables()["posted"] == []
    assert shelf.tables()["shingle"] == []
