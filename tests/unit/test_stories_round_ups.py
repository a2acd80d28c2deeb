"""A briefing, a digest, a live blog of a day or a review of the week stands alone and brings no two
events together; an article in parts on one event is in its story."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from invented_events import bring, groups, told_in

from reader.library import Library

ALL = [*told_in("learned"), *told_in("judged")]
SAME = {"five things tyre": "tyre plant", "what we know": "hikers"}
ROUND_UPS = {one.id for one in ALL if one.is_round_up}


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "room.db") as opened:
        yield opened


@pytest.mark.parametrize("seed", range(3))
def test_a_round_up_stands_alone_whenever_it_comes(library, seed):
    bring(library, random.Random(seed).sample(ALL, len(ALL)))
    found = groups(library)
    assert {frozenset([id]) for id in ROUND_UPS} <= found
    event_of = {one.id: SAME.get(one.event, one.event) for one in ALL}
    for group in found:
        assert len({event_of[id] for id in group}) == 1


def test_five_things_on_one_event_are_in_its_story(library):
    bring(library, ALL)
    [group] = [group for group in groups(library) if any("five things" in id for id in group)]
    assert {id.split(": ")[0] for id in group} == {"five things tyre", "tyre plant"}


def test_copies_of_a_round_up_are_folded_under_it(library):
    [first] = [one for one in ALL if one.event == "round-up week"]
    again = type(first)(first.event, "Monday Letter", first.at, None, first.title, first.text)
    bring(library, [*ALL, again])
    assert frozenset([first.id, again.id]) in groups(library)
    assert [copied.headline.guid for copied in library.duplicates()].count(first.id) == 1


def test_a_round_up_kept_before_that_was_noted_of_it_still_stands_alone(library):
    half = len(ALL) // 2
    bring(library, ALL[half:])
    with library.cache.write() as conn:
        conn.execute("UPDATE story_facts SET meets = NULL, local = NULL")
    bring(library, ALL[:half])
    assert {frozenset([id]) for id in ROUND_UPS} <= groups(library)
