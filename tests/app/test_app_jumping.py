"""Going about in an article: hints on links, headings, footnotes, marks that are kept."""

import pytest
from drive import MEDIUM, NARROW, WIDE, reading
from gazette import add

from reader.app.actions import Place
from reader.app.hints import LETTERS, labels, overlaid
from reader.app.screens.picking import Picking
from reader.library import Library
from reader.text.width import cells

FILLING = "\n\n".join(f"Paragraph {n} of a long part, which says little." for n in range(30))
TEXT = f"""\
An opening with [the record](https://example.org/record) and [a list](https://example.org/list)
of what was said.[^1] It was not all.[^long]

## The first part

{FILLING}

### A part within it

{FILLING}

## The second part

Here is [the record](https://example.org/record) again, and [a map](https://example.org/map).

{FILLING}

[^1]: By the clerk.
[^long]: {"The clerk said this at length, and more than once. " * 12}
"""
MANY = " ".join(f"[link {n}](https://example.org/{n})" for n in range(1, 41))


@pytest.fixture
def article(cache):
    with Library.open(cache) as library:
        return add(library, "Parts", TEXT)


@pytest.mark.parametrize("count", [0, 1, 2, 25, 26, 27, 200, 676, 677])
def test_no_label_begins_another_and_all_are_short(count):
    made = labels(count)
    assert len(set(made)) == count
    assert len({len(label) for label in made}) <= 1
    assert not made or len(made[0]) == (1 if count <= 26 else 2 if count <= 676 else 3)


@pytest.mark.parametrize("text", ["the record of it", "記録 of it", "é", "x"])
def test_a_label_moves_nothing(text):
    laid = overlaid([("see ", "text"), (text, "link"), ("¹", "note-mark")], [(4, "fj")])
    joined = "".join(piece for piece, _ in laid)
    assert joined.startswith("see fj")
    assert ("fj", "mark") in [(piece.strip(), role) for piece, role in laid]
    assert cells(joined) == max(cells(f"see {text}¹"), 6)


async def test_letters_on_links_show_where_they_lead(article, cache):
    async with reading(cache, open_id=article) as reader:
        before = reader.screen()
        await reader.press("F")
        assert "Type the letters of a link" in reader.said
        assert reader.screen() != before
        await reader.press(LETTERS[1])
        assert reader.said.endswith("https://example.org/list")
        await reader.press("escape")
        assert reader.screen()[:-1] == before[:-1]


async def test_esc_takes_the_letters_off_and_another_key_is_itself(article, cache):
    async with reading(cache, open_id=article) as reader:
        before = reader.screen()
        await reader.press("F", "escape")
        assert reader.screen() == before
        await reader.press("F", "J", "K")
        assert reader.room.question is None
        await reader.press("enter", "F", "down")
        assert reader.room.page._laid.hints == {}


async def test_many_links_have_two_letters_each(cache):
    with Library.open(cache) as library:
        article = add(library, "Many", MANY)
    async with reading(cache, open_id=article) as reader:
        names = labels(40)
        await reader.press("F", names[39][0])
        assert "Type the letters" in reader.said
        await reader.press(names[39][1])
        assert reader.said.endswith("https://example.org/40")


async def test_a_page_without_links_says_so(cache):
    with Library.open(cache) as library:
        article = add(library, "Plain", "No link here, and no note.")
    async with reading(cache, open_id=article) as reader:
        for key, said in [
            ("F", "No link is in view"),
            ("*", "No footnote is referred to in view"),
            ("]", "This article has no headings"),
            ("[", "This article has no headings"),
            ("c", "This article has no headings"),
        ]:
            await reader.press(key)
            assert reader.said == said


async def test_a_short_note_is_shown_in_the_last_line_and_the_place_stays(article, cache):
    async with reading(cache, open_id=article) as reader:
        await reader.press("*", LETTERS[0])
        assert reader.said == "[1] By the clerk."
        assert reader.room.page.scroll_offset.y == 0


@pytest.mark.parametrize("size", [WIDE, MEDIUM, NARROW])
async def test_a_long_note_is_shown_over_the_page_until_a_key(article, cache, size):
    async with reading(cache, size=size, open_id=article) as reader:
        while not reader.room.page.galley.note_spots(*reader.room.page.shown_lines):
            await reader.press("j")
        top = reader.room.page.scroll_offset.y
        spots = reader.room.page.galley.note_spots(*reader.room.page.shown_lines)
        await reader.press("*")
        if len(spots) > 1:
            await reader.press(LETTERS[1])
        if "By the clerk" in reader.said:
            return
        assert "The clerk said this at length" in reader.text()
        await reader.press("j", "q")
        assert "The clerk said this at length" not in reader.text()
        assert reader.room.page.scroll_offset.y == top


async def test_headings_are_gone_through_and_counted(article, cache):
    async with reading(cache, open_id=article) as reader:
        await reader.press("]")
        assert "The first part" in reader.room.page.galley.text(reader.room.page.scroll_offset.y)
        await reader.press("2", "]")
        assert "The second part" in reader.room.page.galley.text(reader.room.page.scroll_offset.y)
        await reader.press("[")
        assert "A part within" in reader.room.page.galley.text(reader.room.page.scroll_offset.y)
        await reader.press("9", "]", "]")
        assert reader.said == "No heading after this"


async def test_the_contents_list_the_headings_and_go_there(article, cache):
    async with reading(cache, open_id=article) as reader:
        await reader.press("c")
        assert isinstance(reader.app.screen, Picking)
        await reader.type("second")
        await reader.press("enter")
        assert "The second part" in reader.room.page.galley.text(reader.room.page.scroll_offset.y)
        await reader.press("'", "'")
        assert reader.room.page.scroll_offset.y == 0


async def test_a_mark_is_found_again_after_a_restart_and_at_another_width(article, cache):
    async with reading(cache, open_id=article) as reader:
        await reader.press("]", "]", "M", "a")
        assert reader.said.startswith("Marked a")
        await reader.press("g", "g")
    async with reading(cache, size=MEDIUM, open_id=article) as reader:
        await reader.press("g", "g", "'", "a")
        page = reader.room.page
        assert "A part within it" in page.galley.text(page.scroll_offset.y)


async def test_a_capital_is_found_from_another_article(article, cache):
    async with reading(cache, open_id=article) as reader:
        await reader.press("]", "M", "B", "q", "g", "a", "G")
        assert reader.title != "Parts"
        await reader.press("'", "B")
        assert reader.title == "Parts"
        page = reader.room.page
        assert "The first part" in page.galley.text(page.scroll_offset.y)
        await reader.press("backspace")
        assert reader.title != "Parts"


async def test_what_is_not_marked_is_said(article, cache):
    async with reading(cache, open_id=article) as reader:
        await reader.press("'")
        assert reader.said.startswith("No place is marked: M and a letter")
        await reader.press("M", "a", "'", "b")
        assert reader.said == "Nothing is marked b"
        await reader.press("M", "escape", "j")
        assert reader.room.question is None


async def test_a_mark_in_an_article_that_is_gone_is_said(article, cache):
    async with reading(cache, open_id=article) as reader:
        await reader.press("M", "Z", "delete")
        await reader.press("'", "Z")
        assert reader.said == "The article marked Z is gone"


async def test_kept_marks_that_make_no_sense_are_as_none(article, cache):
    with Library.open(cache) as library:
        library.keep_state("marks", ["nonsense"])
    async with reading(cache, open_id=article) as reader:
        await reader.press("'")
        assert reader.said.startswith("No place is marked")


def test_picture_of_hints(article, picture):
    assert picture(WIDE, "F", open_id=article)


def test_picture_of_the_contents(article, picture):
    assert picture(MEDIUM, "]", "c", open_id=article)


def test_picture_of_a_long_footnote(article, picture):
    assert picture(NARROW, *"jjjjjj*", open_id=article)


@pytest.mark.parametrize(("size", "panes"), [(NARROW, ""), (WIDE, "LL")])
async def test_what_is_looked_for_in_an_article_out_of_sight_opens_it(article, cache, size, panes):
    async with reading(cache, size=size) as reader:
        await reader.press(*panes, "g", "a", "g", "g")
        await reader.press("c")
        assert "Contents. Enter goes there" in " ".join(reader.text().split())
        await reader.press("escape", "q")
        await reader.press("2", "]")
        assert reader.room.place is Place.PAGE
        assert reader.room.page.scroll_offset.y > 0
        await reader.press("q", "#")
        assert "Link number" in reader.text()
        await reader.press("escape", "q", "ctrl+g")
        await reader.type("paragraph")
        assert " found" in reader.text()
