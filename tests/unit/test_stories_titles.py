"""A story is called by the title that says what it is about by now, and keeps it until there is
news."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from events import Newsroom, told
from invented_events import Told, bring, told_in

from reader.cli import main
from reader.library import Library

INFLECTED = ("عبارة",)
"""Its titles share too few words as they are written, with and without an article before them."""
ALL = [*told_in("learned"), *told_in("judged")]
COURSES = [
    [one for one in ALL if one.event == event]
    for event in dict.fromkeys(one.event for one in ALL if not one.is_round_up)
    if any(one.event == event and one.development for one in ALL)
]
RUNNING = [course for course in COURSES if any(one.development == 2 for one in course)]
GROUNDED = [
    Told(
        "ferry",
        source,
        f"2026-03-{day:02}T09:00:00Z",
        None,
        title,
        f"{lead} The ferry Havstjerna ran aground on the Skarv reef off Kalvoy in fog. {rest}",
    )
    for source, day, title, lead, rest in [
        (
            "Nordwire",
            2,
            "Ferry aground at Skarv reef off Kalvoy",
            "Lifeboats brought 212 passengers ashore on Monday.",
            "Eleven were treated for bruises, the coast guard said. No oil has leaked.",
        ),
        (
            "Island Post",
            2,
            "Passengers safe after ferry hits reef off Kalvoy",
            "Everyone aboard is safe, the coast guard said.",
            "A fishing vessel helped to bring 212 passengers ashore. Buses replace the boat.",
        ),
        (
            "Tidende",
            5,
            "Kalvoy cannot hang on one ferry that hits a reef",
            "We have been lucky, and we should say so.",
            "The coast guard brought the passengers ashore; next time it may be a winter storm.",
        ),
    ]
]


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "room.db") as opened:
        yield opened


def by_event(course: list[Told]) -> str:
    return course[0].event


def title(library: Library) -> str:
    """What the only story is called."""
    [story] = library.stories(every=True)
    return story.label


@pytest.mark.parametrize(
    "course",
    [
        pytest.param(course, marks=[pytest.mark.xfail] if course[0].event in INFLECTED else [])
        for course in COURSES
    ],
    ids=by_event,
)
def test_the_title_is_one_of_the_last_development(library, course):
    titles = []
    for at, one in enumerate(course, 1):
        bring(library, [one])
        last = max(each.development or 0 for each in course[:at])
        titles.append(title(library))
        assert titles[-1] in [each.title for each in course[:at] if each.development == last]
    developments = {one.development for one in course if one.development}
    assert len(dict.fromkeys(titles)) <= len(developments) + 1, "it changes for news alone"


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("course", RUNNING, ids=by_event)
def test_it_is_the_same_in_whatever_order_the_articles_come(library, course, seed, tmp_path):
    bring(library, course)
    with Library.open(tmp_path / "other.db") as other:
        for one in random.Random(seed).sample(course, len(course)):
            bring(other, [one])
        assert title(other) == title(library)


def test_it_is_the_same_when_all_comes_again(library):
    bring(library, RUNNING[0])
    before = title(library)
    bring(library, RUNNING[0][::-1])
    assert title(library) == before


def test_a_copy_of_the_first_report_does_not_take_the_title_back(library):
    course = RUNNING[0]
    bring(library, course)
    before = title(library)
    first = course[0]
    for source in ("Moor Times", "Dale News", "The Bell"):
        copy = Told(first.event, source, "2026-03-04T09:00:00Z", None, first.title, first.text)
        bring(library, [copy])
        assert title(library) == before


def test_a_headline_that_was_rewritten_says_what_it_is_about_now(library, monkeypatch):
    first, second, *_ = RUNNING[0]
    news = next(one for one in RUNNING[0] if one.development == 2)
    monkeypatch.setenv("BROADSHEET_NOW", "2026-03-02T12:00:00Z")
    bring(library, [first, second])
    monkeypatch.setenv("BROADSHEET_NOW", "2026-03-03T16:00:00Z")
    bring(library, [replace(first, title=news.title, text=news.text)])
    assert title(library) == news.title


def test_all_places_say_the_title_of_the_news(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("BROADSHEET_NOW", "2026-03-04T12:00:00Z")
    course = RUNNING[0]
    with Library.open() as library:
        bring(library, course)

    def ask(*words: str):
        assert main((*words, "--json")) == 0
        return json.loads(capsys.readouterr().out)

    [story] = ask("stories")
    [front] = ask("front", "--week")["stories"]
    assert front["headline"] == story["label"] == ask("story", str(story["id"]))["label"]
    assert story["label"] in [one.title for one in course if one.development == 2]


def test_of_two_titles_of_the_same_news_a_much_fuller_one_is_taken(library):
    first, second, *_ = RUNNING[0]
    bring(library, [replace(first, title="The smoke over Pellworth"), second])
    assert title(library) == second.title


@pytest.mark.parametrize(
    "aside",
    [
        "Opinion: {}",
        "{} | Letters",
        "LIVE: {}",
        "{} – as it happened",
        "Correction: {}",
        "“We heard a long scraping and then nothing at all”: {}",
        "'It had to happen one day or another': {}",
        "Kommentar: {}",
        "【社説】{}",
        "Интервью: {}",
        "What do we know of this: {}?",
    ],
)
def test_it_is_not_called_by_an_opinion_a_talk_or_a_running_text(library, aside):
    first, second, last = GROUNDED
    bring(library, [first, second])
    before = title(library)
    bring(library, [replace(last, title=aside.format(last.title))])
    assert title(library) == before


def test_a_report_of_the_same_words_as_such_an_opinion_is_its_name(library):
    bring(library, GROUNDED)
    assert title(library) == GROUNDED[-1].title


def test_where_every_title_is_an_opinion_one_of_them_is_its_name(library):
    course = [replace(one, title=f"Opinion: {one.title}") for one in RUNNING[0][:3]]
    bring(library, course)
    assert title(library) in [one.title for one in course]


def test_after_undo_it_is_called_as_before(tmp_path):
    room = Newsroom.at(tmp_path / "room.db")
    for name in ("flood:gazette", "flood:herald", "flood:mail"):
        room.arrive(name, title=f"Water in the valley as {name} has it", text=told("flood", name))
    before = room.state()
    [story] = room.library.stories(every=True)
    named = next(m.id for m in story.members if m.title == story.label)
    room.library.split(named)
    assert story.label not in [
        each.label for each in room.library.stories(every=True) if len(each.members) == 2
    ]
    room.library.undo()
    assert room.state() == before
    room.library.close()
