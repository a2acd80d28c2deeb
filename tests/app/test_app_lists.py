"""Lists: views, sources, search, changes and their undoing."""

import pytest
from drive import reading
from gazette import add

from reader.app.widgets.headlines import spans_of
from reader.library import Library
from reader.model import SourceKind, View
from reader.text.width import cells, cut_inside


async def test_the_source_list_has_the_front_page_and_views_then_folders_with_their_sources(cache):
    async with reading(cache) as reader:
        labels = [row.label for row in reader.room.sources.rows]
        assert labels[:5] == ["Front page", "All", "Unread", "Today", "Starred"]
        assert labels[-3:] == ["Trade", "Quay and Tonnage", "The Printer's Quarterly"]


async def test_choosing_a_source_lists_only_its_articles(cache):
    async with reading(cache) as reader:
        await reader.press("J")
        shown = {reader.room.headlines.headline(row).source for row in range(10)}
        assert shown == {"Letters from the Marsh"}
        await reader.press("J")
        assert {reader.room.headlines.headline(0).source} == {"Low Water"}
        await reader.press("K")
        assert {reader.room.headlines.headline(0).source} == {"Letters from the Marsh"}


async def test_the_unread_list_keeps_what_was_just_read_until_it_is_opened_again(cache):
    async with reading(cache) as reader:
        await reader.press("g", "u")
        ids = list(reader.room.headlines.ids)
        await reader.press("j", "j")
        assert list(reader.room.headlines.ids) == ids
        await reader.press("g", "u")
        assert len(reader.room.headlines.ids) < len(ids)


async def test_who_comes_back_to_the_unread_list_finds_what_they_read_where_it_stood(cache):
    async with reading(cache) as reader:
        await reader.press("g", "u", "j", "j", "enter")
        title, next_id = reader.title, reader.room.headlines.ids[3]
    async with reading(cache) as reader:
        headlines = reader.room.headlines
        assert reader.title == title
        assert headlines.headline(headlines.cursor).title == title
        assert headlines.ids[headlines.cursor + 1] == next_id


async def test_a_star_shows_at_once_is_kept_and_can_be_taken_back(cache):
    async with reading(cache) as reader:
        await reader.press("s")
        assert "★" in reader.text()
        await reader.press("g", "s")
        assert reader.room.headlines.row_count == 1
        await reader.press("U")
        with Library.open(cache) as library:
            assert library.counts().starred == 0
        assert reader.said


async def test_marking_everything_read_is_taken_back_whole(cache):
    async with reading(cache) as reader:
        with Library.open(cache) as library:
            before = library.counts().unread
            await reader.press("A")
            assert library.counts().unread == 0
            await reader.press("U")
            assert library.counts().unread == before


async def test_tags_and_a_note_are_typed_and_shown(cache):
    async with reading(cache) as reader:
        await reader.press("t")
        await reader.type("sea #storm")
        await reader.press("enter")
        await reader.press("N")
        await reader.type("ask Ada")
        await reader.press("enter")
        assert "#sea #storm" in reader.text()
        assert "ask Ada" in reader.text()
        await reader.press("t")
        await reader.type("-sea")
        await reader.press("enter")
        assert "#sea" not in reader.text()


async def test_a_removed_article_leaves_the_list_and_undo_brings_it_back(cache):
    async with reading(cache) as reader:
        title = reader.title
        await reader.press("delete")
        assert reader.title != title
        assert all(title not in line for line in reader.screen()[:-1])
        await reader.press("U")
        with Library.open(cache) as library:
            ids = library.ids(View("all"), limit=1)
            assert library.headlines(ids)[0].title == title


async def test_searching_as_one_types_lists_hits_and_lights_up_the_words(cache):
    with Library.open(cache) as library:
        add(library, "Zeppelin over the harbour", "A zeppelin came over the marsh.")
    async with reading(cache) as reader:
        await reader.press("/")
        await reader.type("zepp")
        assert reader.room.headlines.row_count == 1
        assert "1 found" in reader.text()
        assert spans_of(["zepp"], "Zeppelin over") == [(0, 4)]
        await reader.press("enter")
        assert reader.title == "Zeppelin over the harbour"
        assert reader.room.page.matches
        await reader.press("q")
        assert reader.room.view == View("all")
        assert reader.room.headlines.row_count > 100


async def test_a_search_that_mistakes_a_field_says_what_it_takes(cache):
    async with reading(cache) as reader:
        await reader.press("/")
        await reader.type("is:unred")
        said = " ".join(line.split("│")[1].strip() for line in reader.screen()[2:6])
        assert "Nothing found: is: takes unread, read, starred, unstarred, edited, noted or" in said
        await reader.press("backspace", "backspace", "backspace")
        await reader.type("read")
        assert "takes" not in reader.text()


async def test_leaving_a_search_returns_to_the_list_and_row_before(cache):
    async with reading(cache) as reader:
        await reader.press("j", "j", "j")
        title, row = reader.title, reader.room.headlines.cursor
        await reader.press("/")
        await reader.type("ferry")
        await reader.press("escape")
        assert reader.title == title
        assert reader.room.headlines.cursor == row


async def test_finding_in_the_article_goes_from_match_to_match(cache):
    text = "\n\n".join(f"Line {n}. " + "filler words here. " * 20 for n in range(20))
    with Library.open(cache) as library:
        article = add(
            library, "Needles", text.replace("Line 3.", "needle").replace("Line 15.", "Needle")
        )
    async with reading(cache, open_id=article) as reader:
        await reader.press("f")
        await reader.type("needle")
        await reader.press("enter")
        page = reader.room.page
        matches = [line for line, _, _ in page.matches]
        assert len(matches) == 3
        await reader.press("n")
        second = page.scroll_offset.y
        await reader.press("N")
        assert page.scroll_offset.y < second
        await reader.press("escape")
        assert page.matches == []
        assert reader.room.place.value == "page"


async def test_a_word_that_two_lines_share_is_found_in_both(cache):
    with Library.open(cache) as library:
        article = add(library, "Harbour", "港" * 20 + "修理壁" * 60)
    async with reading(cache, open_id=article) as reader:
        await reader.press("f")
        await reader.type("修理壁")
        matches = reader.room.page.matches
        assert len(matches) > 60
        assert sum(end - start for _, start, end in matches) == 180


async def test_what_arrives_from_elsewhere_does_not_move_what_is_read(cache):
    async with reading(cache) as reader:
        await reader.press(*["j"] * 6)
        title, row = reader.title, reader.room.headlines.cursor
        screen_row = row - reader.room.headlines.scroll_offset.y
        with Library.open(cache) as library:
            for n in range(3):
                add(library, f"Late news {n}", f"It came late, number {n}.")
        await reader.press("ctrl+l")
        headlines = reader.room.headlines
        assert reader.title == title
        assert headlines.cursor == row + 3
        assert headlines.cursor - headlines.scroll_offset.y == screen_row
        assert reader.room.sources.rows[1].count == 123


async def test_the_end_of_a_long_list_is_reached_and_only_then_known(new_cache):
    cache = new_cache(1200, words=30)
    async with reading(cache) as reader:
        assert len(reader.room.headlines.ids) == 300
        await reader.press("G")
        assert reader.room.headlines.cursor == 1199
        await reader.press("g", "g")
        assert reader.room.headlines.cursor == 0


async def test_the_help_is_searched_and_what_it_finds_is_done(cache):
    async with reading(cache) as reader:
        await reader.press("?")
        assert "Every key" in reader.text()
        await reader.type("unread articles")
        await reader.press("enter")
        assert reader.room.view == View("unread")


async def test_one_line_to_type_in_follows_another_at_once(cache):
    async with reading(cache) as reader:
        await reader.press("/", "escape", "/", "escape", "t", "escape", "/")
        await reader.type("harbour")
        assert "Search harbour" in reader.screen()[-1]
        assert reader.app.troubles == []


@pytest.mark.parametrize("sheet", ["?", "ctrl+p", "ctrl+t"])
async def test_keys_that_pour_in_close_a_sheet_once(cache, sheet):
    async with reading(cache) as reader:
        await reader.press(sheet)
        assert reader.app.screen is not reader.room
        await reader.press("escape", "enter", "escape", "escape")
        assert reader.app.screen is reader.room
        assert reader.app.troubles == []


async def test_the_palette_does_any_act_by_name(cache):
    async with reading(cache) as reader:
        await reader.press("ctrl+p")
        await reader.type("the page alone")
        await reader.press("enter")
        assert reader.room.zen


async def test_a_click_chooses_and_a_second_click_opens(cache):
    async with reading(cache) as reader:
        await reader.pilot.click("#headlines", offset=(10, 4))
        await reader.rest()
        assert reader.room.headlines.cursor == 4
        await reader.pilot.click("#headlines", offset=(10, 4))
        await reader.rest()
        assert reader.room.place.value == "page"


async def test_undo_takes_back_what_was_done_not_what_was_read_since(cache):
    async with reading(cache) as reader:
        await reader.press("g", "u", "s")
        starred = reader.room.headlines.chosen
        await reader.press("j")
        await reader.press("j")
        with Library.open(cache) as library:
            assert library.headlines([starred])[0].starred
            await reader.press("U")
            assert not library.headlines([starred])[0].starred


async def test_sources_are_in_the_order_in_which_people_count(cache):
    with Library.open(cache) as library:
        for number in (10, 9, 100):
            library.cache.sources.add(SourceKind.FILE, f"/paper/{number}", f"Paper {number}")
    async with reading(cache) as reader:
        labels = [row.label for row in reader.room.sources.rows if row.label.startswith("Paper ")]
        assert labels == ["Paper 9", "Paper 10", "Paper 100"]


async def test_a_cache_that_can_only_be_read_is_read_without_complaint(cache, monkeypatch):
    opened = Library.open
    monkeypatch.setattr(Library, "open", lambda path=None: opened(path, readonly=True))
    async with reading(cache) as reader:
        assert "can only be read" in reader.said
        await reader.press("j", "j", "enter", "space")
        assert reader.said == ""
        await reader.press("s")
        assert "cannot write" in reader.said
        assert "★" not in reader.screen()[reader.room.headlines.cursor + 2]
        reader.app.troubles.clear()


async def test_sources_never_fetched_are_told_apart_by_how_their_addresses_end(cache):
    feeds = [
        f"https://www.example.org/sections/world/europe/{name}.xml" for name in ("north", "sea")
    ]
    with Library.open(cache) as library:
        for feed in (
            *feeds,
            "https://a.example/f",
            "https://例え.example/二つ/三つ/四つ/五つ/六つ",
        ):
            library.cache.sources.add(SourceKind.FEED, feed, feed)
    async with reading(cache) as reader:
        labels = [line.split("│")[0].strip(" ▏▌") for line in reader.screen()]
        assert "example.o…north.xml" in labels
        assert "example.o…e/sea.xml" in labels
        assert "a.example/f" in labels


@pytest.mark.parametrize("width", range(40))
def test_a_cut_inside_is_never_too_wide_and_keeps_both_ends(width):
    for text in ("example.org/feeds/north.xml", "", "x", "例え.example/二つ/三つ"):
        short = cut_inside(text, width, 11)
        assert cells(short) <= max(0, width)
        assert short == text or "…" in short or not width
    if 12 < width < 27:
        short = cut_inside("example.org/feeds/north.xml", width, 11)
        assert short.startswith("exam")
        assert short.endswith("th.xml")


async def test_a_search_that_found_more_than_it_lists_says_so(new_cache, monkeypatch):
    monkeypatch.setattr("reader.app.screens.finding.MOST_HITS", 20)
    async with reading(new_cache(60)) as reader:
        await reader.press("/")
        await reader.type("harbour")
        assert "20+ found" in reader.text()
        await reader.press("enter")
        assert "“harbour” 1 of 20+" in reader.text()


async def test_a_source_never_fetched_stands_where_its_address_belongs_among_names(cache):
    with Library.open(cache) as library:
        for title in ("https://www.aa.example/f", "Hb", "http://zz.example/f"):
            library.cache.sources.add(SourceKind.FEED, f"{title}#x", title)
    async with reading(cache) as reader:
        rows = [row.label for row in reader.room.sources.rows if row.kind == "lone"]
        ours = [label for label in rows if "example" in label or label == "Hb"]
        assert ours == ["https://www.aa.example/f", "Hb", "http://zz.example/f"]
