"""A story of very many articles costs no more than another when one more comes to it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from events import Newsroom, told

from reader.stories.grouping import GREAT_STORY

OPCODES = 100
"""SQLite's own steps, counted in hundreds."""


@pytest.fixture
def great(tmp_path: Path) -> Iterator[Newsroom]:
    """One story that is great already."""
    room = Newsroom.at(tmp_path / "room.db")
    for n in range(GREAT_STORY + 10):
        room.arrive(f"flood:paper {n}")
    yield room
    room.library.close()


def steps(room: Newsroom, name: str) -> int:
    """How many steps SQLite takes to let an article arrive."""
    taken = 0

    def count() -> None:
        nonlocal taken
        taken += 1

    with room.library.cache.write() as conn:
        conn.set_progress_handler(count, OPCODES)
    room.arrive(name)
    with room.library.cache.write() as conn:
        conn.set_progress_handler(None, OPCODES)
    return taken


def test_one_more_joins_and_all_are_one_story(great):
    great.arrive("flood:evening")
    great.arrive("chess:evening")
    assert {len(group) for group in great.groups()} == {GREAT_STORY + 11, 1}


def test_it_costs_the_same_in_a_story_four_times_as_great(great):
    at_first = max(steps(great, f"flood:early {n}") for n in range(3))
    for n in range(3 * GREAT_STORY):
        great.arrive(f"flood:late {n}")
    assert min(steps(great, f"flood:last {n}") for n in range(3)) < 2 * at_first


def test_a_corrected_article_stays_in_it(great):
    story = great.story_of("flood:paper 3")
    for name in ("flood:paper 0", "flood:paper 3"):
        great.arrive(name, text=told("flood", f"{name} corrected"))
        assert great.story_of(name) == story


def test_what_was_parted_from_it_stays_away_as_it_grows(great):
    great.library.split(great.id_of["flood:paper 7"])
    great.arrive("flood:evening")
    great.arrive("flood:paper 7", text=told("flood", "paper 7 corrected"))
    assert great.story_of("flood:paper 7") != great.story_of("flood:paper 0")
    assert great.story_of("flood:paper 49") == great.story_of("flood:paper 0")


def test_what_was_merged_into_it_stays_as_it_grows(great):
    great.arrive("chess:gazette")
    great.library.merge(great.story_of("flood:paper 0"), great.story_of("chess:gazette"))
    great.arrive("chess:herald")
    great.arrive("flood:evening")
    great.arrive("chess:gazette", text=told("chess", "gazette corrected"))
    assert {great.story_of(f"flood:{name}") for name in ("paper 0", "paper 49", "evening")} == {
        great.story_of("chess:gazette")
    }
