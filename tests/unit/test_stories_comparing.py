"""What is kept first and compared later comes out as if it had been compared at once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from events import Newsroom

from reader import stories
from reader.stories import comparing, keeping

NAMES = [f"{event}:{teller}" for event in ("flood", "chess", "strike") for teller in "abc"]
TABLES = {
    "term_df": "h, n",
    "article_vec": "id, day, v",
    "posted": "key, packed",
    "shingle": "h, id",
}


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Newsroom]:
    newsroom = Newsroom.at(tmp_path / "room.db")
    yield newsroom
    newsroom.library.close()


def tables(room: Newsroom) -> dict[str, list[object]]:
    read = room.library.cache.read
    return {t: read(f"SELECT {what} FROM {t} ORDER BY {what}") for t, what in TABLES.items()}


def test_many_at_once_are_indexed_as_one_after_the_other(room, tmp_path):
    at_once = Newsroom.at(tmp_path / "other.db")
    for name in NAMES:
        room.arrive(name)
        at_once.keep(name)
    assert stories.catch_up(at_once.library.cache) == 0
    assert tables(at_once) == tables(room)
    assert at_once.groups() == room.groups()
    at_once.library.close()


def test_the_newest_go_first_and_what_is_left_is_counted(room, monkeypatch):
    for number, name in enumerate(NAMES):
        room.keep(name, day=f"2026-03-{number + 10}")
    ticks = iter([0.0, 0.0, 0.0, 99.0])  # all findable; begun; two grouped
    monkeypatch.setattr(comparing.time, "process_time", lambda: next(ticks))
    monkeypatch.setattr(comparing, "GROUPED_AT_ONCE", 2)
    assert stories.catch_up(room.library.cache, seconds=5) == 7
    grouped = room.library.cache.read("SELECT id FROM article WHERE story IS NOT NULL ORDER BY id")
    assert [id for (id,) in grouped] == [room.id_of[name] for name in NAMES[-2:]]
    assert room.library.similar(room.id_of[NAMES[0]])  # all can be found


def test_stories_of_the_week_leave_older_articles_for_later(room, monkeypatch):
    monkeypatch.setenv("BROADSHEET_NOW", "2026-03-20T12:00:00Z")
    room.keep("flood:a", day="2026-03-19")
    room.keep("flood:b", day="2026-03-18")
    room.keep("chess:a", day="2026-01-02")
    assert [len(story.members) for story in room.library.stories()] == [2]
    waiting = "SELECT id FROM article WHERE story IS NULL"
    assert room.library.cache.read(waiting) == [(room.id_of["chess:a"],)]
    assert len(room.library.stories(every=True)) == 2
    assert room.library.cache.read(waiting) == []


def test_two_that_compare_at_one_time_do_not_disturb_each_other(room):
    ids = [room.keep(name) for name in NAMES]
    with room.library.cache.write() as conn:
        keeping.index_many(conn, ids[:5])
    with room.library.cache.write() as conn:
        keeping.index_many(conn, ids)  # which another had looked up before the first was done
        keeping.group(conn, ids)
        keeping.group(conn, ids)
    before = tables(room), room.state()
    assert stories.catch_up(room.library.cache) == 0
    assert (tables(room), room.state()) == before
    assert {len(group) for group in room.groups()} == {3}


def test_what_was_deleted_meanwhile_is_passed_over(room):
    ids = [room.keep(name) for name in NAMES[:3]]
    with room.library.cache.write() as conn:
        conn.execute("DELETE FROM article WHERE id = ?", (ids[0],))
        keeping.index_many(conn, ids)
        keeping.group(conn, ids)
    assert [len(group) for group in room.groups()] == [2]


def test_where_time_is_short_the_newest_are_done_with_before_the_next_are_begun(room, monkeypatch):
    for number, name in enumerate(NAMES):
        room.keep(name, day=f"2026-03-{number + 10}")
    ticks = iter([0.0, 0.0, 0.0, 0.0, 99.0])  # begun; a slice findable, grouped; the next findable
    monkeypatch.setattr(comparing.time, "process_time", lambda: next(ticks))
    assert stories.keep_up(room.library.cache, 5, slice=3) == 6
    grouped = room.library.cache.read("SELECT id FROM article WHERE story IS NOT NULL ORDER BY id")
    assert [id for (id,) in grouped] == [room.id_of[name] for name in NAMES[-3:]]
    found = room.library.cache.read("SELECT id FROM article_vec ORDER BY id")
    assert [id for (id,) in found] == [room.id_of[name] for name in NAMES[3:]]


def test_one_that_cannot_be_found_yet_finds_what_is_like_it(room):
    room.arrive("flood:a")
    room.keep("flood:b")
    before = tables(room)
    [like] = room.library.similar(room.id_of["flood:b"])
    assert like.headline.id == room.id_of["flood:a"]
    assert tables(room) == before


def test_in_slices_the_stories_come_out_as_they_would_at_once(room):
    for name in NAMES:
        room.keep(name)
    assert stories.keep_up(room.library.cache, 60, slice=2) == 0
    assert {len(group) for group in room.groups()} == {3}
