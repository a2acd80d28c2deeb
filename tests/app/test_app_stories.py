"""Stories opened as timelines, parted and merged by a person, copies folded in lists."""

from __future__ import annotations

import frontpage
import gazette
import pytest
from drive import MEDIUM, NARROW, WIDE, reading

from reader.library import Library
from reader.model import View

BRIDGE = "Harbour bridge shut until spring, council says"
WIRE = "Bridge at Kellmouth closed until spring after cracks in piers"

FERRYMEN = (
    "The ferry company at Kellmouth wants compensation from the council while the harbour bridge "
    "is shut. Its boats carry four hundred cars a day, twice as many as they were built for, and "
    "two of the crews have had no day off. The council says that the ministry should pay."
)


@pytest.fixture
def morning(own_home):
    return frontpage.write(own_home / "broadsheet.db")


@pytest.fixture
def all_listed(own_home, morning):
    """The same news, the reader looking at all articles."""
    with Library.open(own_home / "broadsheet.db") as library:
        gazette.all_open(library)
    return morning


def story_of(own_home, article: int) -> int | None:
    with Library.open(own_home / "broadsheet.db") as library:
        return library.headlines([article])[0].story


async def test_a_story_opens_as_a_timeline_that_says_who_was_first(morning):
    async with reading() as reader:
        await reader.press("enter")
        assert reader.room.view.kind == "story"
        text = reader.text()
        assert "4 articles · 3 sources · first told by Northline" in text
        assert "Northline · first to tell it" in text
        assert text.index("04:30") < text.index("06:30") < text.index("08:30")
        assert text.index("+1 copy: Quay and Tonnage") < text.index("06:30")
        assert text.index("BACKGROUND") < text.index("Divers find the harbour bridge sound")
        await reader.press("q")
        assert reader.room.view == View("front", "since")
        assert reader.room.front.has_focus


async def test_what_has_no_date_was_told_by_the_day_it_came(morning, own_home):
    with Library.open(own_home / "broadsheet.db") as library:
        title = "Ferry company wants compensation while the Kellmouth bridge is shut"
        frontpage.publish(library, "late", "Low Water", title, FERRYMEN, 0, dated=False)
    async with reading() as reader:
        await reader.press("enter")
        assert "by Mon 23 Nov" in reader.text()
        assert "no date" not in reader.text()


async def test_background_that_comes_while_a_story_is_open_is_shown(morning, own_home):
    async with reading() as reader:
        await reader.press("enter")
        with Library.open(own_home / "broadsheet.db") as library:
            older = "Ferry company asks who pays while the Kellmouth bridge is painted"
            frontpage.publish(library, "older", "Low Water", older, FERRYMEN, 24 * 300)
        await reader.press("ctrl+l")
        text = reader.text()
        assert text.index("BACKGROUND") < text.index(older)


@pytest.mark.parametrize("keys", [("j",), ("j", "enter"), ("G",), ("G", "enter")])
async def test_who_comes_back_finds_the_story_open(morning, keys):
    async with reading() as reader:
        await reader.press("enter")
        await reader.press(*keys)
        shown = reader.title, reader.room.place, reader.room.timeline.cursor
    async with reading() as reader:
        assert reader.room.view.kind == "story"
        assert (reader.title, reader.room.place, reader.room.timeline.cursor) == shown
        await reader.press(*["q"] * len(keys))
        assert reader.room.view == View("front", "since")
        assert reader.room.front.has_focus


async def test_a_story_that_is_gone_meanwhile_leads_back_to_its_list(morning, own_home):
    async with reading() as reader:
        await reader.press("enter")
        number = reader.room.view.value
    with Library.open(own_home / "broadsheet.db") as library:
        other = library.headlines([morning["gauge"]])[0].story
        library.merge(other, number)
    async with reading() as reader:
        assert reader.room.view == View("front", "since")
        assert reader.room.front.has_focus


async def test_a_story_of_one_article_opens_as_that_article(morning):
    async with reading() as reader:
        await reader.press("j", "j", "enter")
        assert reader.title == "What the town borrowed"
        assert reader.room.view.kind == "front"


async def test_copies_are_unfolded_by_a_key_and_each_can_be_read(morning):
    async with reading() as reader:
        await reader.press("enter", "C")
        assert "Quay and Tonnage · a copy" in reader.text()
        assert reader.room.timeline.told == 4
        await reader.press("g", "g", "j", "enter")
        assert reader.room.article.id == morning["bridge-copy"]
        await reader.press("q", "C")
        assert "+1 copy" in reader.text()
        assert reader.room.timeline.told == 3


async def test_copies_in_the_background_are_folded_too_and_each_is_reached(morning, own_home):
    with Library.open(own_home / "broadsheet.db") as library:
        title, old = "Divers find the harbour bridge sound", frontpage.OLD
        copy = frontpage.publish(library, "old-copy", "Low Water", title, old, 24 * 400 - 2)
    async with reading() as reader:
        await reader.press("enter")
        background = reader.text().split("BACKGROUND")[1]
        assert background.count(title) == 1
        assert "+1 copy: Low Water" in background
        await reader.press("C")
        background = reader.text().split("BACKGROUND")[1]
        assert background.count(title) == 2
        assert "Low Water · a copy" in background
        await reader.press("G", "enter")
        assert reader.room.article.id == copy


async def test_space_reads_the_story_and_goes_on_with_the_front_page(morning):
    async with reading() as reader:
        await reader.press("enter", "g", "g")
        seen = []
        for _ in range(30):
            await reader.press("space")
            if reader.room.view.kind == "front":
                break
            if reader.title not in seen:
                seen.append(reader.title)
        assert set(seen) >= {BRIDGE, WIRE}
        assert "Divers find the harbour bridge sound" not in seen
        assert reader.title == "The ferry has a name, and it is not the county's" or (
            reader.title == "Ferry to Skerrow is named after a midwife"
        )


async def test_coverage_is_one_key_from_any_article_and_q_leads_back(all_listed):
    async with reading() as reader:
        await reader.press("g", "a")
        while reader.title != BRIDGE:
            await reader.press("j")
        await reader.press("enter", "V")
        assert reader.room.view.kind == "story"
        assert reader.room.timeline.chosen == all_listed["bridge-gazette"]
        await reader.press("q")
        assert reader.room.view == View("all")
        assert reader.title == BRIDGE
        assert reader.room.place.value == "page"


async def test_an_article_is_taken_out_of_its_story_for_good_and_undo_puts_it_back(
    morning, own_home
):
    bridge = story_of(own_home, morning["bridge-gazette"])
    async with reading() as reader:
        await reader.press("enter")
        await reader.press("j", "X")
        assert reader.said.startswith("Took “A boat at seven for the pupils")
        assert "” out of its story; U takes it back" in reader.said
        assert story_of(own_home, morning["bridge-school"]) != bridge
        assert morning["bridge-school"] not in list(reader.room.timeline.ids)[:2]
        await reader.press("U")
        assert story_of(own_home, morning["bridge-school"]) == bridge
        assert "A boat at seven" in reader.text()


async def test_a_story_that_was_parted_still_says_what_it_is_about(morning):
    async with reading() as reader:
        await reader.press("enter", "j")
        assert "About: " in reader.text()
        beside = list(reader.room.timeline.ids)[1]
        for key in ("X", "U", "m"):
            await reader.press(key)
            assert "About: " in reader.text()
            assert "BACKGROUND" in reader.text()
            if key == "X":
                assert reader.room.timeline.chosen == beside


async def test_two_stories_are_made_one_by_marking_the_first(morning, own_home):
    async with reading() as reader:
        await reader.press("j", "&")
        assert reader.said.startswith("Marked: “")
        await reader.press("j", "&")
        assert reader.said == "Made one story of 3 articles; U takes it back"
        merged = story_of(own_home, morning["library"])
        assert merged == story_of(own_home, morning["ferry-gazette"])
        assert len(reader.room.front.stories) == 4
        await reader.press("U")
        assert story_of(own_home, morning["library"]) != merged
        assert len(reader.room.front.stories) == 5


async def test_a_story_that_is_marked_is_called_as_the_screen_calls_it(morning, own_home):
    with Library.open(own_home / "broadsheet.db") as library:
        library.mark_read([morning["bridge-gazette"]])
    async with reading() as reader:
        story = reader.room.front.story
        await reader.press("enter", "G")
        best = reader.room.timeline
        assert best.coverage.title == story.title
        await reader.press("&")
        assert reader.said.startswith(f"Marked: “{story.title[:30]}")


async def test_the_mark_is_taken_off_where_it_was_set(morning, own_home):
    async with reading() as reader:
        await reader.press("&", "&")
        assert reader.said == "No longer marked"
        await reader.press("j", "&")
        assert reader.said.startswith("Marked: “")


async def test_in_lists_copies_fold_under_what_they_copy(all_listed):
    async with reading() as reader:
        listed = reader.room.headlines
        assert all_listed["bridge-copy"] not in listed.ids
        assert "+1 copy" in reader.text()
        assert listed.row_count == 9
        await reader.press("C")
        assert all_listed["bridge-copy"] in listed.ids
        assert "+1 copy" not in reader.text()
    async with reading() as reader:
        assert reader.room.headlines.row_count == 10


async def test_copies_found_by_a_search_fold_too_until_they_are_to_have_rows(all_listed):
    async with reading() as reader:
        await reader.press("/")
        await reader.type("title:closed")
        await reader.press("enter")
        listed = reader.room.headlines
        assert list(listed.ids) == [all_listed["bridge-wire"]]
        assert "+1 copy" in reader.text()
        await reader.press("C")
        assert set(listed.ids) == {all_listed["bridge-wire"], all_listed["bridge-copy"]}
        assert "+1 copy" not in reader.text()
        await reader.press("k")
        assert listed.chosen == all_listed["bridge-copy"]
        await reader.press("C")
        assert listed.chosen == all_listed["bridge-wire"]
        await reader.press("q")
        assert reader.room.view == View("all")


async def test_a_text_stands_once_in_the_sidebar_with_how_often_it_was_copied(all_listed):
    async with reading() as reader:
        while reader.title != BRIDGE:
            await reader.press("j")
        assert all_listed["bridge-copy"] not in [x.headline.id for x in reader.room.similar.items]
        assert reader.text().count("Northline +1 copy · ") == 1
        while reader.title != WIRE:
            await reader.press("j")
        shown = [x.headline.id for x in reader.room.similar.items]
        assert all_listed["bridge-copy"] in shown, "a copy of what is read is the same text"
        while reader.title != BRIDGE:
            await reader.press("k")
        await reader.press("C")
        assert all_listed["bridge-copy"] in [x.headline.id for x in reader.room.similar.items]


async def test_a_copy_is_listed_where_what_it_copies_is_not(all_listed):
    async with reading() as reader:
        while reader.room.view.kind != "source" or "Quay" not in reader.text().split("│")[0]:
            await reader.press("J")
            shown = [
                reader.room.headlines.headline(row)
                for row in range(reader.room.headlines.row_count)
            ]
            if shown[0].source == "Quay and Tonnage":
                break
        assert [headline.id for headline in shown] == [all_listed["bridge-copy"]]


async def test_reading_an_article_reads_its_copies_and_unread_takes_both_back(all_listed, own_home):
    async with reading() as reader:
        while reader.title != WIRE:
            await reader.press("j")
        with Library.open(own_home / "broadsheet.db") as library:
            wire, copy = library.headlines([all_listed["bridge-wire"], all_listed["bridge-copy"]])
            assert [wire.unread, copy.unread] == [False, False]
            await reader.press("u")
            wire, copy = library.headlines([wire.id, copy.id])
            assert [wire.unread, copy.unread] == [True, True]


async def test_where_copies_have_rows_they_are_seen_to_be_read_with_what_they_copy(all_listed):
    def unread(reader, name: str) -> bool:
        row = next(line for line in reader.screen() if name in line and WIRE[:30] in line)
        return "●" in row

    async with reading() as reader:
        while reader.room.headlines.chosen != all_listed["bridge-school"]:
            await reader.press("k")
        await reader.press("C")
        assert unread(reader, "Quay and Tonnage")
        while reader.room.headlines.chosen != all_listed["bridge-copy"]:
            await reader.press("j")
        assert not unread(reader, "Quay and Tonnage")
        assert not unread(reader, "Northline")
        await reader.press("u")
        assert unread(reader, "Quay and Tonnage")
        assert unread(reader, "Northline")


async def test_a_bookmarked_copy_is_listed_among_bookmarks(all_listed, own_home):
    with Library.open(own_home / "broadsheet.db") as library:
        library.star([all_listed["bridge-copy"], all_listed["bridge-wire"]])
    async with reading() as reader:
        await reader.press("g", "s")
        assert reader.room.headlines.row_count == 2


async def test_a_timeline_fits_every_terminal(morning):
    async with reading() as reader:
        await reader.press("enter", "C")
        for size in (WIDE, MEDIUM, (56, 20), NARROW, (20, 5), WIDE):
            await reader.resize(size)
            assert reader.room.view.kind == "story"
            assert all(len(line) <= size[0] for line in reader.screen())


async def test_who_comes_back_to_a_story_leaves_it_for_what_was_open_before(all_listed):
    async with reading() as reader:
        await reader.press("j", "V")
        assert reader.room.view.kind == "story"
    async with reading() as reader:
        assert reader.room.view.kind == "story"
        await reader.press("q")
        assert reader.room.view == View("all")
        assert reader.room.headlines.cursor == 1
