"""Near copies are folded under one of them, and none is lost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from events import Newsroom, told
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.model import Closeness, Copied, View

WIRE = told("flood", "wire", 500)
HALVES = WIRE[: len(WIRE) // 2], WIRE[len(WIRE) // 2 :]


@pytest.fixture
def newsroom(tmp_path: Path) -> Iterator[Newsroom]:
    room = Newsroom.at(tmp_path / "room.db")
    yield room
    room.library.close()


def folds(room: Newsroom, query: str | None = None) -> dict[str, list[str]]:
    """Each fold by the article it shows, with its copies."""
    view = View("query", query) if query else None
    return {
        copied.headline.guid: [copy.headline.guid for copy in copied.copies]
        for copied in room.library.duplicates(view)
    }


def test_a_copy_with_a_by_line_and_a_tail_is_folded_under_the_earliest(newsroom):
    newsroom.arrive("flood:mail", "2026-03-05", text=f"By our desk. {WIRE} Read on at our site.")
    newsroom.arrive("flood:wire", "2026-03-03", text=WIRE)
    newsroom.arrive("flood:herald", "2026-03-04", text=WIRE)
    newsroom.arrive("flood:gazette", "2026-03-03")
    assert folds(newsroom) == {"flood:wire": ["flood:mail", "flood:herald"]}
    assert len(newsroom.library.ids(View("all"))) == 4


def test_the_whole_text_stands_for_an_earlier_piece_of_it(newsroom):
    newsroom.arrive("flood:cut", "2026-03-02", text=HALVES[0])
    newsroom.arrive("flood:wire", "2026-03-03", text=WIRE)
    [copied] = newsroom.library.duplicates()
    assert copied.headline.guid == "flood:wire"
    assert copied.copies[0].containment > 0.9


def test_of_one_moment_the_fullest_headline_and_the_least_around_it_stands(newsroom):
    newsroom.arrive("flood:a", text=WIRE, title="A river rises")
    newsroom.arrive("flood:b", text=WIRE + " Read on.", title="A river rises in the night")
    newsroom.arrive("flood:c", text=WIRE, title="A river rises in the night")
    assert list(folds(newsroom)) == ["flood:c"]


def test_two_articles_that_quote_one_notice_are_no_copies_of_each_other(newsroom):
    notice = told("notice", "mayor", 60)
    one, other = told("flood", "gazette", 300), told("chess", "herald", 300)
    newsroom.arrive("notice:mayor", "2026-03-01", text=notice)
    newsroom.arrive("flood:gazette", "2026-03-02", text=f"{one} {notice}")
    newsroom.arrive("chess:herald", "2026-03-02", text=f"{other} {notice}")
    for copied in newsroom.library.duplicates():
        told_by = {copied.headline.guid, *(copy.headline.guid for copy in copied.copies)}
        assert not {"flood:gazette", "chess:herald"} <= told_by


def test_a_round_up_of_many_articles_is_no_copy_of_them(newsroom):
    events = [f"affair{n}" for n in range(12)]
    whole = [told(event, "wire") for event in events]
    for event, text in zip(events, whole, strict=True):
        newsroom.arrive(f"{event}:wire", text=text)
    newsroom.arrive("week:digest", title="All of the week in one letter", text=" ".join(whole))
    assert folds(newsroom) == {}
    assert len(newsroom.groups()) >= len(events)


def test_the_beginning_of_a_long_article_is_its_copy_under_its_title(newsroom):
    newsroom.arrive("flood:wire", text=told("flood", "wire", 4000))
    newsroom.arrive("flood:feed", text=told("flood", "wire", 300))
    assert folds(newsroom) == {"flood:wire": ["flood:feed"]}


@pytest.mark.parametrize("at_once", [True, False])
def test_however_many_copies_come_they_are_one_fold(newsroom, at_once):
    for n in range(70):
        text = f"Told by desk {n}. {WIRE}"
        if at_once:
            newsroom.keep(f"flood:{n}", text=text)
        else:
            newsroom.arrive(f"flood:{n}", text=text)
    newsroom.library.stories(every=True)
    [copies] = folds(newsroom).values()
    assert len(copies) == 69


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Cryptic crossword No 29,501", "Cryptic crossword No 29,502"),
        ("Ask: Who is hiring? (April 2026)", "Ask: Who is hiring? (March 2026)"),
        ("Die Lage am Montag", "Die Lage am Dienstag"),
    ],
)
def test_two_of_a_series_are_no_copies(newsroom, one, other):
    newsroom.arrive("puzzle:mail", "2026-03-02", title=one, text=WIRE)
    newsroom.arrive("puzzle:gazette", "2026-03-03", title=other, text=WIRE)
    assert folds(newsroom) == {}
    [found] = newsroom.library.similar(newsroom.id_of["puzzle:mail"])
    assert found.closeness is not Closeness.DUPLICATE
    newsroom.arrive("puzzle:herald", "2026-03-03", title=other, text=WIRE)
    assert list(folds(newsroom).values()) == [["puzzle:herald"]]


def test_stubs_and_bare_headlines_are_nobodys_copies(newsroom):
    for teller in "abc":
        newsroom.arrive(f"flood:{teller}", title="Morning briefing", text="Read more.")
        newsroom.arrive(f"chess:{teller}", title="Morning briefing", text="")
    assert folds(newsroom) == {}


def test_a_chinese_copy_is_found_by_its_letters(newsroom):
    report = "".join(chr(0x4E00 + (n * 7919) % 5000) for n in range(600))
    newsroom.arrive("洪水:甲", "2026-03-02", title="洪水", text=report)
    newsroom.arrive("洪水:乙", "2026-03-03", title="老城", text="本报讯" + report[:400])
    assert folds(newsroom) == {"洪水:甲": ["洪水:乙"]}


def test_a_query_shows_the_folds_its_articles_are_in_whole(newsroom):
    for event in ("flood", "chess"):
        for teller in "ab":
            newsroom.arrive(f"{event}:{teller}", text=told(event, "wire", 300), title=event)
    assert folds(newsroom, "title:chess") == {"chess:a": ["chess:b"]}
    assert folds(newsroom, "title:nothing") == {}
    assert len(folds(newsroom)) == 2


def test_a_deleted_copy_is_out_of_the_fold_until_it_is_back(newsroom):
    for teller in "abc":
        newsroom.arrive(f"flood:{teller}", text=WIRE)
    library = newsroom.library
    library.delete([newsroom.id_of["flood:a"]])
    assert folds(newsroom) == {"flood:b": ["flood:c"]}
    library.delete([newsroom.id_of["flood:b"]])
    assert folds(newsroom) == {}
    library.undo()
    library.undo()
    assert folds(newsroom) == {"flood:a": ["flood:b", "flood:c"]}


def test_a_copy_that_was_rewritten_is_none_any_more(newsroom):
    newsroom.arrive("flood:a", text=WIRE)
    newsroom.arrive("flood:b", text=WIRE)
    newsroom.arrive("flood:b", text=told("flood", "someone else", 500))
    assert folds(newsroom) == {}


def test_a_person_may_keep_a_copy_in_a_story_of_its_own(newsroom):
    newsroom.arrive("flood:a", text=WIRE)
    copy = newsroom.arrive("flood:b", text=WIRE)
    newsroom.library.split(copy)
    newsroom.arrive("flood:c", text=WIRE)
    assert newsroom.story_of("flood:a") != newsroom.story_of("flood:b")


@settings(max_examples=15, deadline=None)
@given(order=st.permutations(["whole", "framed", "begin", "end", "other"]))
def test_in_any_order_the_same_article_stands_for_its_copies(tmp_path_factory, order):
    texts = {
        "whole": WIRE,
        "framed": f"By our desk. {WIRE} All rights reserved.",
        "begin": HALVES[0],
        "end": HALVES[1],
        "other": told("flood", "gazette", 500),
    }
    room = Newsroom.at(tmp_path_factory.mktemp("copies") / "room.db")
    for name in order:
        room.arrive(f"flood:{name}", text=texts[name], title="A flood")
    [copied] = room.library.duplicates()
    assert isinstance(copied, Copied)
    assert copied.headline.guid == "flood:whole"
    assert {copy.headline.guid for copy in copied.copies} == {
        "flood:framed",
        "flood:begin",
        "flood:end",
    }
    room.library.close()


BLURB = (
    "A swan stopped the trams of line 4 in Osterby for forty minutes on Monday morning.",
    "The bird had sat down between the rails at Fountain Square and would not be moved by bells.",
    "A keeper from the zoo at last carried it to the pond in a coat.",
    "It was unhurt, the tram company said.",
    "Several hundred people were late for work.",
)


@pytest.mark.parametrize("cut", range(len(BLURB)))
def test_a_blurb_without_one_of_its_sentences_is_a_copy_of_it(newsroom, cut):
    newsroom.arrive("swan:ticker", title="Swan holds up tram", text=" ".join(BLURB))
    rest = [sentence for at, sentence in enumerate(BLURB) if at != cut]
    newsroom.arrive("swan:mail", title="Tram stopped by a swan", text=" ".join(rest))
    assert list(folds(newsroom).values()) in ([["swan:mail"]], [["swan:ticker"]])


def test_short_notices_in_the_same_words_are_no_copies_if_they_tell_of_others(newsroom):
    notice = (
        "A man of {age} was hurt when his car left the road near {place} on Monday. He was taken "
        "to the hospital at {town}. Police ask anyone who saw the {car} to ring {number}."
    )
    first = notice.format(age=34, place="Holm", town="Osterby", car="red van", number="5521")
    other = notice.format(age=61, place="Strand", town="Velmont", car="blue coupe", number="8830")
    newsroom.arrive("holm:ticker", title="Man hurt at Holm", text=first)
    newsroom.arrive("strand:ticker", title="Driver hurt at Strand", text=other)
    assert folds(newsroom) == {}
