"""Keys typed ahead of a page that is still being set are about the article that was opened."""

from __future__ import annotations

import frontpage
import newsday
import pytest
from drive import MEDIUM, NARROW, WIDE, Reader, reading
from textual import events
from textual.keys import _character_to_key


@pytest.fixture
def morning(own_home):
    return frontpage.write(own_home / "broadsheet.db")


async def at_once(reader: Reader, *keys: str) -> None:
    """Type faster than anything is drawn."""
    for key in keys:
        character = " " if key == "space" else key if len(key) == 1 else None
        name = _character_to_key(key) if len(key) == 1 else key
        reader.app.post_message(events.Key(name, character))
    await reader.rest()
    await reader.rest()


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("s", "Starred “What the town borrowed”"),
        ("t", "Tag "),
        ("N", "Note "),
        ("f", "Find here "),
        ("m", "unread"),
        ("v", "letters of a paragraph"),
        ("F", "No link is in view"),
        ("D", "It has not been edited"),
        ("i", "Articles with their summary"),
    ],
)
async def test_a_key_typed_right_after_opening_is_about_what_was_opened(morning, key, said):
    async with reading() as reader:
        await reader.press("j", "j")
        await at_once(reader, "enter", key)
        assert said in reader.screen()[-1]
        assert reader.title == "What the town borrowed"


async def test_space_typed_right_after_opening_does_not_pass_the_article_over(own_home):
    newsday.write(own_home / "broadsheet.db", long=True)
    async with reading(size=MEDIUM) as reader:
        await reader.press("V", "g", "g", "j")
        await at_once(reader, "enter", "space")
        assert reader.title == "Norvik ferry crews stop work; owner offers half"
        assert reader.room.page.scroll_offset.y > 10


async def test_of_two_keys_typed_right_after_opening_neither_is_lost(morning):
    async with reading() as reader:
        await reader.press("j", "j")
        await at_once(reader, "enter", "s", "N")
        [starred] = reader.room.library.bookmarks()
        assert starred.headline.title == "What the town borrowed"
        assert reader.screen()[-1].startswith(" Note ")


@pytest.mark.parametrize("size", [WIDE, MEDIUM, NARROW])
@pytest.mark.parametrize("key", ["G", "ctrl+f", "ctrl+d", "j"])
async def test_the_page_that_was_opened_is_scrolled_by_what_is_typed_at_once(own_home, key, size):
    newsday.write(own_home / "broadsheet.db", long=True)
    async with reading(size=size) as reader:
        await reader.press("V", "g", "g", "j")
        await at_once(reader, "enter", key)
        assert reader.room.page.scroll_offset.y > 0
        assert reader.room.page.at_end == (key == "G")


async def test_letters_typed_after_such_a_key_are_for_what_it_asks(own_home):
    newsday.write(own_home / "broadsheet.db", long=True)
    async with reading(size=MEDIUM) as reader:
        await reader.press("V", "g", "g", "j")
        await at_once(reader, "enter", "M", "a")
        assert "Marked a" in reader.said
        await reader.press("q")
        await at_once(reader, "enter", "N", "h", "i")
        assert reader.screen()[-1].startswith(" Note hi")
        await reader.press("escape", "q")
        await at_once(reader, "enter", "f", *"crews", "enter")
        assert reader.room.page.matches
        assert "is not in this article" not in reader.said


async def test_a_hit_is_opened_by_what_is_typed_before_the_hits_are_there(morning):
    async with reading() as reader:
        await reader.press("g", "a")
        await at_once(reader, "/", *"dehumidifier", "enter", "enter", "s")
        assert reader.title == "What the town borrowed"
        [starred] = reader.room.library.bookmarks()
        assert starred.headline.title == "What the town borrowed"
