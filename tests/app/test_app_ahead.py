"""Keys typed ahead of a page that is still being set are about the article that was opened."""

from __future__ import annotations

import frontpage
import newsday
import pytest
from drive import MEDIUM, Reader, reading
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
