"""What an article is held against: the read ones of its story, and the read ones much like it."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from reader.library import Library

FIRST = {
    "id": "strike",
    "title": "Ferry crews at Norvik walk out",
    "text": "The crews of all nine ferries at Norvik stopped work on Monday over unpaid overtime. "
    "Their union asks for four hundred crowns a month. Island shops expect empty shelves by "
    "Thursday, for the bakery, the dairy and the pharmacy are supplied by ferry alone.",
    "published": "2026-03-03",
}
SECOND = {
    "id": "reply",
    "title": "Shipping line rejects demand of its sailors",
    "text": "Harald Moe, who owns the shipping line, called the claim for four hundred crowns a "
    "month absurd. Bookings fell by half in winter, fuel got dearer, and two banks refused a loan "
    "for new engines, he told investors in the capital. The crews of all nine ferries at Norvik "
    "stopped work on Monday over unpaid overtime.",
    "published": "2026-03-12",
}


@pytest.fixture
def library(tmp_path: Path):
    with Library.open(tmp_path / "cache.db") as library:
        yield library


def bring(library: Library, *articles: dict[str, str]) -> list[int]:
    lines = "\n".join(json.dumps(each | {"source": each["id"]}) for each in articles)
    return [arrival.id for arrival in library.import_lines(io.BytesIO(lines.encode()))]


def marks(library: Library, id: int) -> list[str]:
    return [mark for _, mark in library.sentences(id)]


def parted(library: Library, one: int, other: int) -> bool:
    stories = {headline.id: headline.story for headline in library.headlines([one, other])}
    return stories[one] != stories[other]


def test_what_is_much_like_a_read_article_is_held_against_it_though_in_another_story(library):
    first, second = bring(library, FIRST, SECOND)
    assert parted(library, first, second)
    library.mark_read([first])
    assert marks(library, second)[-1] == "known"
    assert "new" in marks(library, second)


LEAD = (
    "Two people were hurt when a ferry struck the pier at Norvik on Monday morning, police said. "
)
ACCIDENT = {
    "id": "accident",
    "title": "Ferry strikes the pier at Norvik",
    "text": LEAD + "The ferry Solveig carried 140 passengers from the island of Hestøy when its "
    "engine failed near the harbour entrance. Captain Ingrid Dahl told reporters that the crew "
    "dropped both anchors but could not stop the ship in time. The pier will stay closed until "
    "Friday while divers inspect the damaged pillars.",
    "published": "2026-03-02",
}
OLD_QUAY = "Ferries to Hestøy will sail from the old quay until divers have inspected the pier."


@pytest.mark.parametrize(("day", "mark"), [("02", "known"), ("03", ""), ("", "known")])
def test_an_article_that_came_a_day_after_what_was_read_is_less_readily_known(library, day, mark):
    told = {"id": "told", "title": "Ferry pier", "text": LEAD + OLD_QUAY}
    later = told | ({"published": f"2026-03-{day}"} if day else {})
    first, second = bring(library, ACCIDENT, later)
    library.mark_read([first])
    assert library.sentences(second)[-1] == (OLD_QUAY, mark)


def test_what_has_no_date_is_held_against_what_is_like_it(library):
    undated = {key: value for key, value in SECOND.items() if key != "published"}
    first, second = bring(library, FIRST, undated)
    library.mark_read([first])
    assert marks(library, second)[-1] == "known"


def test_what_a_person_took_out_of_a_story_is_not_held_against_it(library):
    first, second = bring(library, FIRST, SECOND)
    stories = {headline.id: headline.story for headline in library.headlines([first, second])}
    library.merge(stories[first], stories[second])
    library.split(second)
    library.mark_read([first])
    assert set(marks(library, second)) == {""}


@pytest.mark.parametrize(
    "other",
    [
        FIRST | {"published": "2025-03-03"},
        {
            "id": "chess",
            "title": "A new world champion of chess",
            "text": "After six hours of play the challenger from Delhi took the title with black.",
            "published": "2026-03-04",
        },
    ],
    ids=["of another year", "of something else"],
)
def test_what_is_old_or_of_something_else_does_not_count(library, other):
    read, judged = bring(library, other, SECOND)
    library.mark_read([read])
    assert set(marks(library, judged)) == {""}


def test_what_was_deleted_or_is_unread_does_not_count(library):
    first, second = bring(library, FIRST, SECOND)
    assert set(marks(library, second)) == {""}
    library.mark_read([first])
    library.delete([first])
    assert set(marks(library, second)) == {""}
