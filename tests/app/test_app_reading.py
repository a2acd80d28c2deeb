"""Reading by keyboard, as a reader does it."""

from drive import MEDIUM, NARROW, WIDE, reading
from gazette import add

from reader.app.screens import reading as reading_room
from reader.library import Library
from reader.model import Cleaned, View

LONG = "\n\n".join(f"Paragraph {n} says something of its own. " * 8 for n in range(30))


async def test_the_room_opens_on_the_newest_article(cache):
    async with reading(cache) as reader:
        with Library.open(cache) as library:
            newest = library.headlines(library.ids(View("all"), limit=1))[0]
        assert reader.title == newest.title
        assert newest.title in reader.text()


async def test_choosing_a_headline_shows_its_article_at_once(cache):
    async with reading(cache) as reader:
        first = reader.title
        await reader.pilot.press("j")
        await reader.pilot.pause()
        assert reader.title != first
        assert reader.title in reader.text()


async def test_an_article_counts_as_read_when_the_reader_rests_on_it(cache):
    async with reading(cache) as reader:
        await reader.press("g", "u")
        article = reader.room.headlines.chosen
        assert not reader.room.is_unread(article)
        with Library.open(cache) as library:
            assert not library.headlines([article])[0].unread


async def test_moving_on_quickly_marks_nothing_read(cache, monkeypatch):
    monkeypatch.setattr(reading_room, "REST_SECONDS", 0.8)
    async with reading(cache) as reader:
        await reader.press("g", "u")
        room = reader.room
        before = [room.headlines.ids[row] for row in range(2, 9)]
        await reader.press(*["j"] * 10)
        assert all(room.is_unread(article) for article in before)


async def test_space_reads_to_the_end_then_goes_to_the_next_unread(cache):
    async with reading(cache) as reader:
        await reader.press("g", "u", "enter")
        first = reader.title
        for _ in range(30):
            at_end = reader.room.page.at_end
            await reader.press("space")
            if reader.title != first:
                break
        assert at_end
        assert reader.title != first
        assert reader.room.page.scroll_offset.y == 0


async def test_a_page_further_keeps_two_lines_in_view(cache):
    with Library.open(cache) as library:
        article = add(library, "Long", LONG)
    async with reading(cache, MEDIUM, open_id=article) as reader:
        height = reader.room.page.size.height
        await reader.press("space")
        assert reader.room.page.scroll_offset.y == height - 2


async def test_n_goes_to_the_next_unread_and_p_back(cache):
    async with reading(cache) as reader:
        room = reader.room
        unread = [row for row in range(1, 40) if room.headlines.headline(row).unread]
        await reader.press("n")
        assert room.headlines.cursor == unread[0]
        await reader.press("m", "n")
        assert room.headlines.cursor == unread[1]
        await reader.press("p")
        assert room.headlines.cursor == unread[0]


async def test_the_place_in_an_article_is_found_again_after_a_restart(cache):
    with Library.open(cache) as library:
        article = add(library, "Long", LONG)
    async with reading(cache, MEDIUM, open_id=article) as reader:
        await reader.press("space", "space")
        title, place = reader.title, reader.room.page.reading_place
    async with reading(cache, MEDIUM) as reader:
        assert reader.title == title
        assert reader.room.page.reading_place.quote == place.quote
        assert place.block > 0
        assert reader.room.focused is reader.room.page


async def test_the_place_survives_a_narrower_terminal_and_a_wider_one_again(cache):
    with Library.open(cache) as library:
        article = add(library, "Long", LONG)
    async with reading(cache, MEDIUM, open_id=article) as reader:
        await reader.press("space", "space")
        top = reader.room.page.reading_place
        await reader.resize(NARROW)
        narrow = reader.room.page.reading_place
        assert (narrow.block, narrow.quote) == (top.block, top.quote)
        assert narrow.offset <= top.offset
        await reader.resize(WIDE)
        assert reader.room.page.reading_place.block == top.block


async def test_the_place_survives_a_better_cleaning(cache):
    with Library.open(cache) as library:
        article = add(library, "Cleaned twice", LONG)
    async with reading(cache, MEDIUM, open_id=article) as reader:
        await reader.press("space", "space")
        quote = reader.room.page.reading_place.quote
    with Library.open(cache) as library:
        better = LONG.replace("Paragraph 0 ", "A new beginning.\n\nParagraph 0 ")
        cleaned = Cleaned(title="Cleaned twice", text=better, markdown=better, kind="text")
        library.cache.articles.replace(article, cleaned)
    async with reading(cache, MEDIUM, open_id=article) as reader:
        assert reader.room.page.reading_place.quote == quote


async def test_on_a_narrow_terminal_one_pane_is_shown_and_enter_and_q_go_between(cache):
    async with reading(cache, NARROW) as reader:
        room = reader.room
        assert [pane.display for pane in room.panes.values()] == [False, True, False, False]
        await reader.press("enter")
        assert room.page.display
        assert not room.headlines.display
        assert reader.title in reader.text()
        await reader.press("q", "q")
        assert room.sources.display
        assert "Unread" in reader.text()


async def test_a_terminal_too_small_says_so_and_recovers(cache):
    async with reading(cache) as reader:
        await reader.resize((19, 4))
        assert "too small" in reader.text()
        assert "of 20×5" in reader.text()
        await reader.resize(WIDE)
        assert "too small" not in reader.text()
        assert reader.title in reader.text()


async def test_tab_goes_round_the_panes_and_the_page_is_not_painted_again(cache):
    async with reading(cache) as reader:
        seen = []
        for _ in range(4):
            await reader.press("tab")
            seen.append(reader.room.place.value)
        assert seen == ["page", "similar", "sources", "headlines"]


async def test_backspace_returns_from_a_similar_article(cache):
    with Library.open(cache) as library:
        text = "The harbour bridge at Ostrey fell in the storm. " * 12
        first = add(library, "Bridge falls at Ostrey", text)
        second = add(library, "Ostrey bridge falls in storm", text + "Nobody was hurt.")
        from reader import stories

        with library.cache.write() as conn:
            for article in (first, second):
                stories.index(conn, article, "Bridge falls at Ostrey", text, 20_780)
    async with reading(cache, open_id=first) as reader:
        await reader.press("S", "enter")
        assert reader.title == "Ostrey bridge falls in storm"
        await reader.press("backspace")
        assert reader.title == "Bridge falls at Ostrey"


async def test_zen_shows_the_page_alone_and_gives_everything_back(cache):
    async with reading(cache) as reader:
        await reader.press("z")
        assert [pane.display for pane in reader.room.panes.values()] == [False, False, True, False]
        await reader.press("q")
        assert reader.room.sources.display
        assert reader.room.headlines.display


async def test_a_long_article_shows_its_first_screens_before_the_rest_is_set(cache):
    text = "\n\n".join(f"Sentence {n} of a very long article. " * 6 for n in range(900))
    with Library.open(cache) as library:
        article = add(library, "Endless", text)
    async with reading(cache, open_id=article) as reader:
        page = reader.room.page
        assert page.galley.complete
        await reader.press("G")
        assert "Sentence 899" in reader.text()
        assert page.progress == 100


async def test_the_measure_can_be_changed_and_is_kept(cache):
    async with reading(cache, (140, 40)) as reader:
        await reader.press("-", "-", "-")
        width = reader.room.page.galley.width_cells
        assert width == 70 - 12
    async with reading(cache, (140, 40)) as reader:
        assert reader.room.page.galley.width_cells == width


async def test_warnings_of_the_cleaner_are_put_into_words(cache):
    with Library.open(cache) as library:
        article = add(library, "Half a story", "It began.", warnings=("truncated", "title-derived"))
    async with reading(cache, open_id=article) as reader:
        assert "This may not be the whole article." in reader.text()
        assert "The title was made from the first sentence." in reader.text()


async def test_in_a_narrow_terminal_the_article_chosen_is_the_one_opened(cache):
    async with reading(cache, NARROW) as reader:
        await reader.press("enter")
        first = reader.title
        await reader.press("q", "j", "enter")
        with Library.open(cache) as library:
            second = library.headlines(library.ids(View("all"), limit=2))[1]
        assert first != second.title
        assert reader.title == second.title
        assert second.title.split()[0] in reader.text()
        assert "%" in reader.screen()[-1]


async def test_a_taller_terminal_for_a_while_leaves_the_place_near_the_end(cache):
    with Library.open(cache) as library:
        article = add(library, "Long", LONG)
    async with reading(cache, MEDIUM, open_id=article) as reader:
        await reader.press("G", "k", "k")
        before = reader.screen()[2]
        assert before.strip()
        for size in ((200, 60), NARROW, WIDE, MEDIUM):
            await reader.resize(size)
        assert reader.screen()[2] == before


async def test_the_footer_keeps_the_help_and_tells_match_and_search(cache):
    async with reading(cache, MEDIUM) as reader:
        assert "? help" in reader.screen()[-1]
        await reader.press("/")
        await reader.type("ferry")
        await reader.press("enter")
        assert "“ferry” 1 of" in reader.screen()[-1]
        await reader.press("enter", "f")
        await reader.type("the")
        await reader.press("enter", "n")
        assert "match 2 of" in reader.screen()[-1]
