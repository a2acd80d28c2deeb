"""The front page as the first screen: seen, walked through to its end, and left."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import frontpage
import gazette
import pytest
from drive import MEDIUM, NARROW, WIDE, reading

from reader.app.screens import fronting
from reader.errors import CacheCorrupt
from reader.library import Library
from reader.model import View


@pytest.fixture
def morning(own_home):
    """The morning's news, by name; its reader was never here."""
    return frontpage.write(own_home / "broadsheet.db")


def titles(reader) -> list[str]:
    return [story.title for story in reader.room.front.stories]


async def test_who_comes_first_sees_the_front_page_with_the_most_told_on_top(morning):
    async with reading() as reader:
        assert reader.room.view == View("front", "since")
        assert titles(reader)[0] == "Harbour bridge shut until spring, council says"
        assert len(titles(reader)) == 5
        text = reader.text()
        assert "5 stories · 5\u00a0min" in text
        assert "3 sources · 1 copy" in text
        assert not reader.room.page.display


async def test_the_list_of_sources_tells_how_many_stories_wait(morning):
    def waiting() -> int:
        return reader.room.sources.rows[0].count

    async with reading() as reader:
        assert waiting() == 5
        assert re.search(r"Front page +5 ", reader.text())
        await reader.press("space")
        await reader.press("q")
        assert waiting() == 4
        await reader.press("g", "a")
        assert waiting() == 4
        await reader.press("A", "y")
        assert waiting() == 0
        await reader.press("U")
        assert waiting() == 4
        await reader.press("g", "t")
        assert (waiting(), len(titles(reader))) == (4, 4)


async def test_who_comes_back_to_another_list_is_told_too(morning):
    async with reading() as reader:
        await reader.press("g", "a")
    async with reading() as reader:
        assert reader.room.view == View("all")
        assert reader.room.sources.rows[0].count == 5


async def test_looking_at_the_page_marks_nothing_read(morning, own_home):
    async with reading() as reader:
        await reader.press("j", "j", "k", "n")
    with Library.open(own_home / "broadsheet.db") as library:
        assert library.counts().unread == len(morning)


@pytest.mark.parametrize("size", [WIDE, MEDIUM, NARROW])
async def test_space_walks_through_it_and_says_when_it_is_done(morning, size):
    async with reading(size=size) as reader:
        seen = []
        for _ in range(60):
            await reader.press("space")
            if reader.said.startswith("That is all"):
                break
            if reader.title not in seen:
                seen.append(reader.title)
        assert reader.said == "That is all: 5 stories, 5\u00a0min; done"
        assert len(seen) == 5
        assert seen[0] == "Harbour bridge shut until spring, council says"
        assert reader.room.place.value == "headlines"
        assert "you are done" in reader.text() or size == NARROW
        await reader.press("space")
        assert reader.said.startswith("That is all")


async def test_a_story_is_one_thing_to_read(morning):
    async with reading() as reader:
        await reader.press("space")
        await reader.press("q")
        assert len(reader.room.front.left) == 4
        assert "4 stories · 4\u00a0min left" in reader.text()
        await reader.press("g", "t")
        assert len(titles(reader)) == 4
        await reader.press("g", "u")
        unread = [reader.room.headlines.headline(row) for row in range(8)]
        assert "A boat at seven for the pupils whom the shut bridge strands" in [
            headline.title for headline in unread
        ]


async def test_marking_it_unread_and_undo_bring_a_story_back(morning):
    async with reading() as reader:
        await reader.press("space")
        assert len(reader.room.front.left) == 4
        await reader.press("u", "g", "t")
        assert len(titles(reader)) == 5
        await reader.press("A")
        assert "U takes it back" in reader.said
        assert reader.room.front.left == []
        await reader.press("U")
        assert len(reader.room.front.left) == 5


async def test_the_time_of_the_page_is_changed_by_a_key(morning, monkeypatch):
    async with reading() as reader:
        await reader.press("P")
        assert reader.room.view == View("front", "today")
        assert reader.said == "Today"
        assert len(titles(reader)) == 2
        await reader.press("P")
        assert reader.room.view == View("front", "week")
        assert len(titles(reader)) == 5
        await reader.press("P")
        assert reader.room.view == View("front", "since")


async def test_every_list_is_one_key_away_and_so_is_the_way_back(morning):
    async with reading() as reader:
        await reader.press("g", "a")
        assert reader.room.view == View("all")
        assert reader.room.page.display
        assert reader.room.headlines.has_focus
        await reader.press("0")
        assert reader.room.view.kind == "front"
        assert reader.room.front.has_focus
        assert not reader.room.lists.display
        await reader.press("g", "f", "enter")
        assert reader.room.view.kind == "front"
        await reader.press("g", "f", "j", "enter")
        assert reader.room.view == View("all")


async def test_a_search_from_the_front_page_leads_back_to_it(morning):
    async with reading() as reader:
        await reader.press("j", "/")
        await reader.type("lamps")
        await reader.press("enter")
        assert reader.room.headlines.row_count == 1
        await reader.press("q")
        assert reader.room.view.kind == "front"
        assert reader.room.front.cursor == 1


async def test_who_comes_back_soon_finds_their_place_and_later_the_front_page(morning, monkeypatch):
    async with reading() as reader:
        await reader.press("g", "a", "j", "j")
        title = reader.title
    async with reading() as reader:
        assert (reader.room.view, reader.title) == (View("all"), title)
    later = gazette.NOW + timedelta(hours=20)
    monkeypatch.setenv("BROADSHEET_NOW", later.isoformat())
    async with reading() as reader:
        assert reader.room.view == View("front", "since")
        assert titles(reader) == []
        assert "Since yesterday, 09:30: nothing new. You are done." in reader.text()


@pytest.mark.parametrize("size", [WIDE, MEDIUM, NARROW])
async def test_who_comes_back_to_a_story_goes_on_with_the_next(morning, size):
    async with reading(size=size) as reader:
        await reader.press("j", "j", "enter")
        before, title = titles(reader), reader.title
    async with reading(size=size) as reader:
        assert (reader.title, reader.room.page.has_focus) == (title, True)
        assert titles(reader) == before
        assert reader.room.front.cursor == 2
        assert len(reader.room.front.left) == 4
        await reader.press("q", "space")
        assert reader.title == before[3]


async def test_who_comes_back_to_the_front_page_finds_the_row_they_were_on(morning):
    async with reading() as reader:
        await reader.press("j", "j")
    async with reading() as reader:
        assert reader.room.front.cursor == 2
        assert len(reader.room.front.left) == 5
        assert not reader.room.page.display


async def test_what_came_since_the_last_visit_is_on_the_page(morning, own_home, monkeypatch):
    async with reading():
        pass
    later = gazette.NOW + timedelta(hours=20)
    monkeypatch.setenv("BROADSHEET_NOW", later.isoformat())
    with Library.open(own_home / "broadsheet.db") as library:
        frontpage.publish(
            library, "late", "Northline", "A seal in the lock", "A seal came in.", -19
        )
    async with reading() as reader:
        assert titles(reader) == ["A seal in the lock"]


async def test_what_arrives_meanwhile_does_not_move_what_is_read(morning, own_home):
    async with reading() as reader:
        await reader.press("j", "j", "enter")
        title = reader.title
        with Library.open(own_home / "broadsheet.db") as library:
            frontpage.publish(library, "late", "Northline", "A seal in the lock", "It came.", 0)
        await reader.press("ctrl+l")
        assert reader.title == title
        assert "A seal in the lock" in titles(reader)
        assert title in titles(reader)
        assert reader.room.front.row_of(reader.room.article.id) == reader.room.front.cursor


async def test_of_a_story_partly_read_what_is_new_is_counted_behind_the_page(morning, own_home):
    with Library.open(own_home / "broadsheet.db") as library:
        library.mark_read([morning["bridge-wire"]])
    async with reading() as reader:
        [story] = [s for s in reader.room.front.stories if s.read]
        assert story.new
        assert f"{story.new} new sentence" in reader.text()


async def test_it_fits_however_small_the_terminal_is(morning):
    async with reading() as reader:
        for size in (WIDE, MEDIUM, (56, 20), NARROW, (20, 5), WIDE):
            await reader.resize(size)
            assert all(len(line) <= size[0] for line in reader.screen())
            assert "Harbour bridge"[: size[0] - 6] in reader.text()


async def test_a_title_that_looks_like_markup_is_only_text(morning, own_home):
    with Library.open(own_home / "broadsheet.db") as library:
        frontpage.publish(library, "odd", "[b]Odd", "[/b] a [red]title", "[i]Text.", 0)
    async with reading() as reader:
        assert "[/b] a [red]title" in reader.text()
        assert "[i]Text." in reader.text()


async def test_a_removed_article_leaves_its_story_and_undo_brings_it_back(morning):
    async with reading() as reader:
        await reader.press("j", "j", "delete")
        assert "U takes it back" in reader.said
        assert "What the town borrowed" not in titles(reader)
        await reader.press("U")
        assert "What the town borrowed" in titles(reader)


async def test_what_is_opened_counts_as_read_if_that_is_the_setting(morning, own_home):
    (own_home / "config.toml").write_text('mark_read = "open"\n')
    async with reading() as reader:
        await reader.press("space")
        assert len(reader.room.front.left) == 4


async def test_nothing_counts_as_read_if_that_is_the_setting(morning, own_home):
    (own_home / "config.toml").write_text('mark_read = "never"\n')
    async with reading() as reader:
        await reader.press("space")
        assert len(reader.room.front.left) == 5


async def test_a_star_from_the_front_page_is_kept(morning, own_home):
    async with reading() as reader:
        await reader.press("s")
    with Library.open(own_home / "broadsheet.db") as library:
        assert [mark.headline.id for mark in library.bookmarks()] == [morning["bridge-gazette"]]


async def test_a_cache_that_can_only_be_read_has_a_front_page_too(morning, own_home, monkeypatch):
    opened = Library.open
    monkeypatch.setattr(Library, "open", lambda path=None: opened(path, readonly=True))
    async with reading() as reader:
        assert len(titles(reader)) == 5
        await reader.press("space", "q")
        await reader.press("enter")
        assert reader.room.view.kind == "story"


async def test_the_end_of_the_page_names_the_readers_own_keys_whole(morning, own_home):
    (own_home / "config.toml").write_text('[keys]\nperiod = "ctrl+y"\n')
    async with reading(size=NARROW) as reader:
        await reader.press("G")
        text = " ".join(reader.text().split())
        assert "ctrl+y another time: the last visit, today, the week" in text
        assert "ga every article" in text


async def test_what_is_not_on_the_page_is_told_with_the_keys_that_bring_it(morning, monkeypatch):
    monkeypatch.setattr(fronting, "MOST_STORIES", 3)
    async with reading(size=MEDIUM) as reader:
        await reader.press("G")
        text = " ".join(reader.text().split())
        more = (
            "2 more stories are not on this page: gt brings the next once these are read, gu lists"
        )
        assert more in text
        await reader.press("A", "g", "t")
        assert len(titles(reader)) == 2


async def test_the_list_of_sources_tells_as_many_stories_as_the_page(morning, monkeypatch):
    monkeypatch.setattr(fronting, "MOST_STORIES", 3)
    async with reading() as reader:
        assert "3 stories" in reader.text()
        assert re.search(r"Front page +3 ", reader.text())
        await reader.press("g", "a")
        assert re.search(r"Front page +3 ", reader.text())


async def test_where_the_front_page_cannot_be_read_the_room_says_so_and_lists_every_article(
    own_home,
):
    path = own_home / "broadsheet.db"
    frontpage.write(path)
    damage(path, "article_edited")
    async with reading() as reader:
        assert "the file is damaged" in reader.said
        assert reader.room.view == View("all")
        assert reader.room.headlines.row_count == 9
        assert reader.room.headlines.has_focus
        assert {type(trouble) for trouble in reader.app.troubles} == {CacheCorrupt}
        reader.app.troubles.clear()


def damage(path: Path, name: str) -> None:
    """Overwrite where a table or an index begins in the file of a cache."""
    with closing(sqlite3.connect(path)) as cache:
        cache.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        [size] = cache.execute("PRAGMA page_size").fetchone()
        [page] = cache.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = ?", [name]
        ).fetchone()
    with path.open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xa5" * size)
