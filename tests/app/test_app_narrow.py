"""What does not fit is left out whole, or cut where it says so; a line typed into says what for."""

from __future__ import annotations

import io
import json

import pytest
from drive import MEDIUM, NARROW, WIDE, reading

from reader.exchange import import_lines
from reader.library import Library

MORE = (
    "Nobody was hurt. A ferry for those on foot runs at night from the fish quay, as in 1931. "
    "The harbour master lent his launch, two deck hands and a lamp; tickets cost four crowns.",
    "Shops on the island have bread for four days. The school stays shut; so do both the banks. "
    "Teachers who live across the water read their lessons out over the radio from Thursday.",
    "Insurers put the damage at eleven million crowns, most of it to lorries that stood on it. "
    "Divers will look at the foundations when the tide allows, the ministry of works announced.",
)
TEXT = "The council met on Tuesday night and voted to close the northern bridge until the spring. "
FULLER = (
    "The northern bridge stays closed until the spring; the council voted for it on Tuesday. "
    "Engineers found cracks in two of its five piers, the widest as long as a hand. "
    "Lorries above nine tonnes have to take the road by the dam, which is two hours longer. "
    "The mayor wants a floating bridge of the army, and wrote to the ministry of defence for one. "
    "Fishmongers fear for their Christmas trade, and want the tolls of the tunnel dropped. "
    "A firm from the mainland offers steel girders by March for 3.2 million crowns."
)
LONG = "A council that has met on every Tuesday since the storm of the fifteenth of October closes "
TITLE = LONG + "the northern bridge until the spring " + "and perhaps for very much longer " * 8
SOURCES = ("The Courier of the Northern Shore and Its Many Islands", "Northline", "The Gazette")


@pytest.fixture
def one_story(own_home):
    """A story with a very long title that papers with long names tell; its articles."""
    lines = [
        {
            "id": f"a-{number}",
            "title": TITLE,
            "text": f"{TEXT}\n\n{MORE[number]}",
            "source": SOURCES[number],
            "published": f"2026-11-23T0{4 + number}:30:00Z",
        }
        for number in range(3)
    ]
    with Library.open(own_home / "broadsheet.db") as library:
        text = "\n".join(map(json.dumps, lines)).encode()
        return [each.id for each in import_lines(library.cache, io.BytesIO(text))]


@pytest.mark.parametrize("size", [WIDE, MEDIUM, NARROW])
async def test_a_long_title_over_a_timeline_says_that_it_goes_on(one_story, size):
    async with reading(size=size) as reader:
        await reader.press("V", "g", "g")
        lines = [line.partition("│")[2] or line for line in reader.screen()]
        below = next(row for row, line in enumerate(lines) if "3 articles" in line)
        assert LONG[:20] in "".join(lines[:below])
        assert lines[below - 1].rstrip().endswith("…")


@pytest.mark.parametrize("size", [MEDIUM, NARROW])
async def test_of_the_facts_in_a_timeline_none_is_cut_but_a_name(one_story, size):
    async with reading(size=size) as reader:
        await reader.press("V", "g", "g")
        first, second, *_ = [line for line in reader.screen() if "Mon 23 Nov" in line]
        assert "The Courier of" in first
        assert "Northline" in second
        assert "·…" not in first + second
        assert "· …" not in first + second


async def test_of_the_facts_on_a_narrow_front_page_each_is_whole(one_story):
    async with reading(size=NARROW) as reader:
        [facts] = [line for line in reader.screen() if "sources" in line]
        assert "…" not in facts


async def test_so_is_what_is_new_in_a_story_that_was_read_in_part(one_story, own_home):
    fuller = {
        "id": "b",
        "title": TITLE,
        "text": FULLER,
        "source": "The Evening Mail of the Islands",
        "published": "2026-11-23T09:30:00Z",
    }
    with Library.open(own_home / "broadsheet.db") as library:
        library.mark_read(one_story[:1])
        list(import_lines(library.cache, io.BytesIO(json.dumps(fuller).encode())))
    async with reading(size=NARROW) as reader:
        [facts] = [line for line in reader.screen() if "new sentences" in line]
        assert "·" in facts
        assert "…" not in facts


async def test_a_narrow_search_says_how_many_it_found_before_what_was_searched(one_story):
    async with reading(size=NARROW) as reader:
        await reader.press("/")
        await reader.type("northern bridge council")
        await reader.press("enter")
        last = reader.screen()[-1]
        assert last.rstrip().endswith("1 of 3")
        assert "space" in last or "enter" in last
    async with reading(size=WIDE) as reader:
        await reader.press("/")
        await reader.type("northern bridge council")
        await reader.press("enter")
        assert "“northern bridge council” 1 of 3" in reader.screen()[-1]


async def test_lines_are_selected_also_where_the_head_fills_the_screen(one_story):
    async with reading(size=NARROW) as reader:
        await reader.press("/")
        await reader.type("perhaps")
        await reader.press("enter", "enter")
        assert TEXT[:16] not in reader.text()
        await reader.press("v")
        assert TEXT[:16] in reader.text()
        assert "highlight" in reader.screen()[-1]


@pytest.mark.parametrize(
    ("keys", "label", "hint"),
    [
        ("t", "Tag", "words; -words take off"),
        ("N", "Note", "a note of yours"),
        ("a", "Add", "a site, page, file or folder"),
        ("/", "Search", "words of any article"),
        ("f", "Find here", "words of this article"),
    ],
)
async def test_an_empty_line_says_what_may_be_typed_into_it(one_story, keys, label, hint):
    for size in (WIDE, NARROW):
        async with reading(size=size) as reader:
            await reader.press("g", "a", "g", "g", "enter")
            await reader.press(keys)
            assert reader.screen()[-1].startswith(f" {label} ")
            assert hint in reader.screen()[-1]
            await reader.press("x")
            assert hint not in reader.screen()[-1]


async def test_beside_the_page_no_day_and_no_source_is_cut_for_the_count_of_copies(own_home):
    told = {"title": "The northern bridge is closed", "text": f"{TEXT}\n\n{MORE[0]}"}
    lines = [
        {"id": "a", "source": "Northline", "published": "2023-01-23", **told},
        {"id": "b", "source": "The Gazette", "published": "2023-01-24", **told},
        {
            "id": "c",
            "source": "Meniscus",
            "title": "The northern bridge opens",
            "text": f"{TEXT} {MORE[1]}",
        },
    ]
    with Library.open(own_home / "broadsheet.db") as library:
        text = "\n".join(map(json.dumps, lines)).encode()
        *_, last = import_lines(library.cache, io.BytesIO(text))
    async with reading(size=WIDE, open_id=last.id) as reader:
        text = reader.text()
        assert "Northline · 23 Jan 2023" in text
        assert "+1 copy" in text
