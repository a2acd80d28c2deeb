"""What was edited, and an article in short, as a reader meets them."""

import pytest
from drive import MEDIUM, NARROW, WIDE, reading
from gazette import all_open

from reader.library import Library
from reader.model import Cleaned, SourceKind, View
from reader.store import Incoming

FIRST = (
    "The harbour wall at Penmar gave way early on Tuesday, flooding forty houses.\n\n"
    "Nobody was hurt, but two hundred people spent the night in the school hall.\n\n"
    + "\n\n".join(f"Street number {n} of the lower quay was dry by noon." for n in range(20))
    + "\n\nRepairs to the wall will take until the summer and cost four million pounds."
)
SECOND = FIRST.replace("Nobody was hurt", "Three people were hurt")
THIRD = SECOND.replace("four million", "seven million")
OWN = "A storm broke the sea defences of a village by night; many of its people were moved out."


class Gazette:
    """A cache whose one article can be printed again."""

    def __init__(self, path):
        self.path = path

    def print(self, text, title="Harbour wall gives way", **facts):
        with Library.open(self.path) as library:
            source = library.cache.sources.add(SourceKind.FEED, "https://g.invalid/f", "Gazette")
            cleaned = Cleaned(title, text, text, "html", published="2026-11-23", **facts)
            self.id = library.cache.articles.keep(source.id, Incoming("a", cleaned)).id
            all_open(library)
        return self.id

    def print_another(self, title):
        """A newer article."""
        with Library.open(self.path) as library:
            cleaned = Cleaned(title, FIRST[:70], FIRST[:70], "html", published="2026-11-24")
            library.cache.articles.keep(library.sources()[0].id, Incoming("b", cleaned))


@pytest.fixture
def gazette(own_home):
    return Gazette(own_home / "broadsheet.db")


class TestWhatWasEdited:
    @pytest.fixture(autouse=True)
    def edited(self, gazette):
        gazette.print(FIRST)
        gazette.print(SECOND)
        gazette.print(THIRD, title="Harbour wall falls")

    @pytest.mark.parametrize("size", [WIDE, MEDIUM, NARROW])
    async def test_d_shows_the_last_edit_and_q_leads_back(self, gazette, size):
        async with reading(gazette.path, size) as reader:
            await reader.press("D")
            said = " ".join(reader.text().split())
            assert "Harbour wall [-gives way-]{+falls+}" in said
            assert "Text 2 → 3 of 3" in said
            await reader.press("n")
            assert "[-four-]{+seven+} million" in " ".join(reader.text().split())
            await reader.press("q")
            assert "WHAT WAS EDITED" not in reader.text()
            assert "Harbour wall falls" in reader.text()

    async def test_other_revisions_are_a_key_away(self, gazette):
        async with reading(gazette.path, WIDE) as reader:
            await reader.press("D")
            await reader.press("<")
            assert "Text 1 → 2 of 3" in reader.text()
            assert "[-Nobody was-]{+Three people were+} hurt" in reader.text()
            assert "[-four-]" not in reader.text()
            await reader.press("<")
            assert "There is no text before" in reader.text()
            await reader.press(">", "[")
            assert "Text 1 → 3 of 3" in reader.text()
            await reader.press("]", "]")
            assert "Text 2 → 3 of 3" in reader.text()

    async def test_n_and_p_go_from_change_to_change(self, gazette):
        async with reading(gazette.path, NARROW) as reader:
            await reader.press("D")
            await reader.press("[")
            page = reader.app.screen.page
            await reader.press("n")
            first = page.scroll_offset.y
            assert first > 0
            await reader.press("n")
            assert page.scroll_offset.y > first
            await reader.press("p")
            assert page.scroll_offset.y == first
            await reader.press("n", "n")
            assert "No change after this" in reader.text()

    async def test_unchanged_text_is_folded(self, gazette):
        async with reading(gazette.path, WIDE) as reader:
            await reader.press("D")
            assert "words as they were" in reader.text()
            assert "Street number 9 " not in reader.text()

    async def test_lists_and_masthead_count_the_edits(self, gazette):
        async with reading(gazette.path, WIDE) as reader:
            assert any("Harbour wall falls  edited\u00a0×2" in line for line in reader.screen())
            assert any(
                "edited\u00a0×2" in line and "Gazette" not in line for line in reader.screen()
            )

    async def test_the_edits_stay_beside_a_title_that_is_cut(self, gazette):
        gazette.print(THIRD + " More.", title="A very long headline indeed " * 6)
        async with reading(gazette.path, WIDE) as reader:
            assert any("…  edited" in line for line in reader.screen())

    async def test_an_article_that_was_not_edited_says_so(self, gazette):
        gazette.print_another("Calm day")
        async with reading(gazette.path, WIDE) as reader:
            await reader.press("D")
            assert reader.said == "It has not been edited since it came"

    async def test_it_can_be_found_in_the_sheet_of_keys(self, gazette):
        async with reading(gazette.path, WIDE) as reader:
            await reader.press("?")
            await reader.type("edited")
            await reader.press("enter")
            assert "WHAT WAS EDITED" in reader.text()


class TestAnEditOfWhatWasRead:
    @pytest.fixture(autouse=True)
    def read_then_edited(self, gazette):
        id = gazette.print(FIRST)
        with Library.open(gazette.path) as library:
            library.mark_read([id])
        gazette.print(SECOND)

    async def test_what_it_brought_stands_out_until_it_is_left(self, gazette):
        async with reading(gazette.path, WIDE) as reader:
            assert "1 of 23 sentences is new to you" in reader.text()
            assert "since you read it" in reader.text()
            await reader.press("i")
            assert "1 of 23 sentences is new to you" in reader.text()
        with Library.open(gazette.path) as library:
            assert not library.article(gazette.id).headline.is_edited_since

    async def test_one_that_comes_while_the_old_text_is_on_the_page_is_told_the_next_time(
        self, gazette
    ):
        async with reading(gazette.path, NARROW, gazette.id) as reader:
            await reader.press("space")
            gazette.print(THIRD)
            await reader.press("space", "space", "space")
        with Library.open(gazette.path) as library:
            assert library.article(gazette.id).headline.is_edited_since
        async with reading(gazette.path, WIDE, gazette.id) as reader:
            await reader.press("g", "g")
            assert "1 of 23 sentences is new to you" in reader.text()

    async def test_the_list_has_an_open_circle_for_it_until_it_is_read_again(self, gazette):
        gazette.print_another("Calm day")
        async with reading(gazette.path, WIDE) as reader:
            assert reader.title == "Calm day"
            assert any("○  Harbour wall" in line for line in reader.screen())
            await reader.press("j")
            assert not any("○" in line for line in reader.screen())

    @pytest.mark.parametrize("size", [WIDE, NARROW])
    async def test_it_comes_back_to_the_front_page_and_space_leads_through_it(self, gazette, size):
        gazette.print_another("Calm day")
        with Library.open(gazette.path) as library:
            library.mark_read(library.ids(View("unread")))
        async with reading(gazette.path, size) as reader:
            await reader.press("g", "t", "P", "P")
            [story] = reader.room.front.left
            assert (story.article, story.edited, story.new) == (gazette.id, True, 1)
            assert "edited · 1 new sentence" in reader.text() or size == NARROW
            await reader.press("space")
            assert reader.room.place.value == "page"
            assert "1 of 23 sentences is new to you" in reader.text() or size == NARROW
            for _ in range(40):
                await reader.press("space")
                if reader.said.startswith("That is all"):
                    break
            assert reader.said.startswith("That is all")
            assert not reader.room.front.left
        with Library.open(gazette.path) as library:
            assert not library.front("week").stories


class TestInShort:
    async def test_i_sets_the_summary_at_the_head_and_takes_it_away(self, gazette):
        gazette.print(FIRST, summary=OWN)
        async with reading(gazette.path, WIDE) as reader:
            assert "IN SHORT" not in reader.text()
            await reader.press("i")
            assert "IN SHORT  the source’s own" in reader.text()
            assert "▎ A storm broke the sea defences" in reader.text()
            await reader.press("i")
            assert "IN SHORT" not in reader.text()

    async def test_it_is_remembered(self, gazette):
        gazette.print(FIRST)
        async with reading(gazette.path, WIDE) as reader:
            await reader.press("i")
        async with reading(gazette.path, MEDIUM) as reader:
            assert "IN SHORT  sentences of the text" in reader.text()

    @pytest.mark.parametrize("size", [MEDIUM, NARROW])
    async def test_it_is_whole_in_few_columns(self, gazette, size):
        gazette.print(FIRST, summary=OWN)
        async with reading(gazette.path, size, gazette.id) as reader:
            await reader.press("i")
            shown = " ".join(line.split("▎")[1].strip() for line in reader.screen() if "▎ " in line)
            assert OWN.startswith(shown)
            assert len(shown) > 30

    async def test_a_short_article_has_none_and_says_why(self, gazette):
        gazette.print("Nine boats were lost on Tuesday. Three had no insurance.")
        async with reading(gazette.path, WIDE) as reader:
            await reader.press("i")
            assert "IN SHORT" not in reader.text()
            assert "too short" in reader.said

    async def test_a_line_under_each_headline_is_filled_without_the_sources_help(self, gazette):
        gazette.print(FIRST)
        async with reading(gazette.path, WIDE) as reader:
            await reader.press("d")
            rows = [line for line in reader.screen() if "The harbour wall at Penmar" in line]
            assert len(rows) == 2
