"""What the mouse does: choosing, opening, scrolling, dragging borders, acts in the last line."""

import pytest
from drive import MEDIUM, NARROW, WIDE, reading
from textual import events

from reader.app.screens import sizing
from reader.library import Library


async def drag(reader, start, end):
    """Press at one cell, move to another, let go there."""
    app = reader.app
    for kind, (x, y) in [
        (events.MouseDown, start),
        (events.MouseMove, start),
        (events.MouseMove, end),
        (events.MouseUp, end),
    ]:
        button = 0 if kind is events.MouseMove else 1
        app.post_message(
            kind(None, x, y, 0, 0, button, False, False, False, screen_x=x, screen_y=y)
        )
        await reader.pilot.pause()
    await reader.rest()


async def click(reader, x, y, times=1):
    await reader.pilot.click(offset=(x, y), times=times)
    await reader.rest()


@pytest.fixture
def all_articles(cache):
    with Library.open(cache) as library:
        library.keep_state("session", {"view": ["all", None], "article": None})
        library.visited(10**9)
    return cache


async def test_a_click_chooses_and_a_second_one_opens(all_articles):
    async with reading(all_articles) as reader:
        await reader.press("g", "a")
        region = reader.room.headlines.region
        await click(reader, region.x + 10, region.y + 4)
        assert reader.room.headlines.cursor == 4
        await click(reader, region.x + 10, region.y + 4)
        assert reader.room.place == "page"


async def test_a_double_click_opens(all_articles):
    async with reading(all_articles) as reader:
        await reader.press("g", "a")
        region = reader.room.headlines.region
        await click(reader, region.x + 10, region.y + 3, times=2)
        assert reader.room.headlines.cursor == 3
        assert reader.room.place == "page"


async def test_a_click_into_the_page_brings_its_keys_into_the_last_line(all_articles):
    async with reading(all_articles) as reader:
        await reader.press("g", "a")
        region = reader.room.page.region
        await click(reader, region.x + 5, region.y + 8)
        assert reader.room.place == "page"
        assert reader.screen()[-1].rstrip().endswith("%")


async def test_an_act_in_the_last_line_is_done_by_a_click(all_articles):
    async with reading(all_articles) as reader:
        await reader.press("g", "a")
        await reader.press("j")
        line = reader.screen()[-1]
        await click(reader, line.index("star"), 39)
        assert reader.said.startswith("Starred")
        await click(reader, 5, 39)
        assert reader.said == ""
        await click(reader, reader.screen()[-1].index("help"), 39)
        assert "Every key" in reader.text()


async def test_a_click_between_acts_does_nothing(all_articles):
    async with reading(all_articles) as reader:
        await reader.press("g", "a")
        await reader.press("j")
        before = reader.screen()
        await click(reader, reader.screen()[-1].index("star") + len("star") + 1, 39)
        assert reader.screen() == before


async def test_borders_are_dragged_and_stay_where_they_are_put(all_articles):
    async with reading(all_articles) as reader:
        await reader.press("g", "a")
        sources, headlines = reader.room.sources, reader.room.headlines
        edge = sources.region.right - 1
        await drag(reader, (edge, 20), (edge + 8, 20))
        assert sources.region.right - 1 == edge + 8
        foot = headlines.region.bottom - 1
        await drag(reader, (70, foot), (70, foot + 5))
        assert headlines.region.bottom - 1 == foot + 5
        left = reader.room.similar.region.x
        await drag(reader, (left, 30), (left - 4, 30))
        assert reader.room.similar.region.x == left - 4
        width = sources.region.width
    async with reading(all_articles) as reader:
        await reader.press("g", "a")
        assert reader.room.sources.region.width == width
        assert reader.room.headlines.region.bottom - 1 == foot + 5
        assert reader.room.similar.region.x == left - 4


async def test_a_border_is_not_dragged_over_the_page(all_articles):
    async with reading(all_articles) as reader:
        await reader.press("g", "a")
        edge = reader.room.sources.region.right - 1
        await drag(reader, (edge, 20), (119, 20))
        assert reader.room.page.region.width >= 30
        await drag(reader, (reader.room.sources.region.right - 1, 20), (0, 20))
        assert reader.room.sources.region.width == 12
        foot = reader.room.headlines.region.bottom - 1
        await drag(reader, (70, foot), (70, 39))
        assert reader.room.page.region.height >= 8


async def test_a_drag_that_begins_elsewhere_moves_no_border(all_articles):
    async with reading(all_articles) as reader:
        await reader.press("g", "a")
        before = reader.room.sources.region
        await drag(reader, (before.right + 5, 20), (before.right + 20, 20))
        assert reader.room.sources.region == before
        assert reader.room.sizes == {}


async def test_keys_change_the_sizes_too(all_articles):
    async with reading(all_articles) as reader:
        await reader.press("g", "a")
        height = reader.room.headlines.region.height
        await reader.press("3", ")")
        assert reader.room.headlines.region.height == height + 3
        assert reader.said == f"Headlines: {height + 3} lines"
        await reader.press("enter", ")")
        assert reader.room.headlines.region.height == height + 2
        await reader.press("g", "f", "(")
        assert reader.room.sources.region.width == 25


@pytest.mark.parametrize("size", [MEDIUM, NARROW])
async def test_sizes_of_a_wide_terminal_leave_a_narrow_one_usable(all_articles, size):
    with Library.open(all_articles) as library:
        library.keep_state("pane_sizes", {"sources": 70, "headlines": 30, "similar": 60})
    async with reading(all_articles, size=size) as reader:
        await reader.press("g", "f")
        assert reader.room.sources.region.width >= 12
        await reader.press("g", "a", "enter")
        assert reader.room.page.region.width >= 40
        await reader.resize(WIDE)
        assert reader.room.page.region.width >= 20
        await reader.resize(size)
        assert reader.room.page.region.width >= 40


async def test_a_pane_that_was_dragged_wide_gives_way_in_a_narrower_terminal(all_articles):
    async with reading(all_articles) as reader:
        await reader.press("g", "f")
        sources = reader.room.sources
        usual = sources.region.width
        assert usual == sizing.USUAL["sources"]
        assert reader.room.similar.region.width == sizing.USUAL["similar"]
        await drag(reader, (sources.region.right - 1, 20), (sources.region.right + 17, 20))
        assert sources.region.width == usual + 18
        await reader.resize(MEDIUM)
        assert sources.region.width == (usual + 18) * 80 // 120
        await reader.resize(WIDE)
        assert sources.region.width == usual + 18
        await drag(reader, (sources.region.right - 1, 20), (usual + 1, 20))
        await reader.resize(MEDIUM)
        assert sources.region.width == usual
    async with reading(all_articles, size=MEDIUM) as reader:
        await reader.press("g", "f")
        assert reader.room.sources.region.width == usual
        await reader.press("9", ")")
        assert reader.room.sources.region.width == 40
        await reader.resize(WIDE)
        assert reader.room.sources.region.width == 40


async def test_one_pane_alone_has_no_size_to_change(all_articles):
    async with reading(all_articles, size=NARROW) as reader:
        await reader.press("g", "f", ")")
        assert reader.said == "This pane has all the room there is"


async def test_kept_sizes_that_make_no_sense_are_as_none(all_articles):
    with Library.open(all_articles) as library:
        library.keep_state("pane_sizes", {"sources": "wide", "page": 3, "similar": -4})
    async with reading(all_articles) as reader:
        assert reader.room.sizes == {}


async def test_the_wheel_scrolls_the_page(all_articles):
    async with reading(all_articles) as reader:
        await reader.press("g", "a", "enter")
        region = reader.room.page.region
        x, y = region.x + 5, region.y + 5
        reader.app.post_message(
            events.MouseScrollDown(None, x, y, 0, 1, 0, False, False, False, screen_x=x, screen_y=y)
        )
        await reader.rest()
        assert reader.room.page.scroll_offset.y > 0
