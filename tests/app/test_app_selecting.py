"""Selecting on the page: copied, highlighted, noted; kept by words, undone, listed, gone to."""

from dataclasses import replace

import pytest
from drive import MEDIUM, NARROW, WIDE, reading
from gazette import add
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.app.hints import LETTERS
from reader.app.screens.picking import Picking
from reader.app.selection import Selection, paragraphs, passage, shown
from reader.app.stretch import stretch
from reader.library import Library
from reader.model import Cleaned, Highlight, Marked
from reader.store import Incoming
from reader.text.layout import lay_out
from reader.text.markdown import blocks

TEXT = """\
The gate stuck on the day of the market, and nobody could say for certain who had last oiled it.

- first, the carts waited
- then the boats

The ferry waited with [its lamp](https://example.org/lamp) lit. **Nobody** was hurt.

The gate stuck again.
"""


@pytest.fixture
def article(cache):
    with Library.open(cache) as library:
        return add(library, "Gate", TEXT)


def lines_of(text, width=40):
    return lay_out(blocks(text), width).lines


def all_of_it_is_shown(lines, marked):
    """What is highlighted on a page of these lines: the marked words, and no others."""
    on_page = shown(lines, [Highlight(1, 1, marked)])
    letters = "".join(
        lines[line].text[start:stop]
        for line, spans in sorted(on_page.spans.items())
        for start, stop in spans
    )
    assert "".join(letters.split()) == "".join(marked.quote.split())
    return on_page


def kept(cache):
    with Library.open(cache) as library:
        return [(each.marked.quote, each.marked.note) for each in library.highlights()]


# Pure.


@given(
    st.lists(st.text("ab cdé. 記", min_size=1, max_size=60), min_size=1, max_size=5),
    st.integers(12, 60),
    st.integers(12, 60),
    st.data(),
)
@settings(max_examples=60, deadline=None)
def test_a_passage_is_found_at_every_width(parts, width, other, data):
    text = "\n\n".join(parts)
    lines = lines_of(text, width)
    found = list(paragraphs(lines, 0, len(lines)))
    if not found:
        return
    begin, end = data.draw(st.sampled_from(found))
    marked = passage(lines, begin, end)
    if not marked.quote.strip():
        return
    elsewhere = lines_of(text, other)
    on_page = all_of_it_is_shown(elsewhere, marked)
    assert passage(elsewhere, on_page.begins[1], on_page.begins[1]).start == marked.start


def test_lines_of_a_paragraph_are_put_together_and_items_stand_apart():
    lines = lines_of(TEXT, 30)
    marked = passage(lines, 0, len(lines) - 1)
    assert marked.quote.startswith("The gate stuck on the day of the market, and nobody could say")
    assert "\n\nfirst, the carts waited\nthen the boats\n\n" in marked.quote
    assert "its lamp lit. Nobody was hurt." in marked.quote


def test_ideographs_are_put_together_without_blanks():
    lines = lines_of("記録" * 30, 20)
    assert passage(lines, 0, len(lines) - 1).quote == "記録" * 30


def test_of_the_same_words_twice_the_right_ones_are_found():
    lines = lines_of("One. The gate.\n\nTwo. The gate.\n\nThree. The gate.")
    marked = Marked("The gate.", "Two.", 0)
    on_page = shown(lines, [Highlight(1, 1, marked)])
    assert lines[on_page.begins[1]].text.startswith("Two.")


def test_words_that_are_gone_are_not_shown():
    on_page = shown(lines_of("Something else."), [Highlight(1, 1, Marked("The gate."))])
    assert (on_page.spans, on_page.begins) == ({}, {})


def test_a_selection_grows_shrinks_and_turns():
    lines = lines_of("One two three four five six seven.\n\nB.\n\nC.", 12)
    chosen = Selection(0, 0)
    first = chosen.bounds(lines)
    assert first == (0, 3)
    assert chosen.moved(lines, 1).bounds(lines) == (0, 5)
    assert chosen.moved(lines, 99).bounds(lines) == (0, 7)
    assert chosen.moved(lines, 2).moved(lines, -1).bounds(lines) == (0, 5)
    by_lines = chosen.by_other(lines)
    assert by_lines.bounds(lines) == (0, 3)
    assert by_lines.moved(lines, -1).bounds(lines) == (0, 2)
    assert by_lines.turned().moved(lines, 1).bounds(lines) == (1, 3)


# By sentences and words.

SENTENCES = "One. Two said so.\n\nThree has [a link](https://example.org/x) in it. Four."


def chosen_in(text, unit, line=0, width=14):
    lines = lines_of(text, width)
    return lines, stretch(lines, unit, *Selection(line, line).letters(lines))


def test_a_stretch_grows_shrinks_and_turns_by_sentences():
    lines, chosen = chosen_in(SENTENCES, "sentence")
    assert chosen.passage(lines).quote == "One. Two said so."
    first = chosen.moved(lines, -1)
    assert first.passage(lines).quote == "One."
    assert (
        first.moved(lines, 2).passage(lines).quote == "One. Two said so.\n\nThree has a link in it."
    )
    assert first.moved(lines, 99).passage(lines).quote.endswith("in it. Four.")
    assert chosen.turned().moved(lines, 1).passage(lines).quote == "Two said so."
    assert chosen.turned().moved(lines, 1).passage(lines).before == "One."


def test_words_stand_apart_and_ideographs_each():
    lines, chosen = chosen_in("Nobody was hurt 記録 there", "word")
    assert chosen.count(lines) == 6
    assert chosen.moved(lines, -1).passage(lines).quote == "Nobody was hurt 記録"
    assert chosen.moved(lines, -2).passage(lines).quote == "Nobody was hurt 記"


def test_where_there_are_no_words_there_is_no_stretch():
    lines = lines_of("---\n\nText.", 14)
    assert stretch(lines, "word", 0, 0) is None


@given(
    st.lists(st.text("ab cdé. 記", min_size=1, max_size=60), min_size=1, max_size=4),
    st.sampled_from(["sentence", "word"]),
    st.integers(12, 60),
    st.integers(12, 60),
    st.data(),
)
@settings(max_examples=60, deadline=None)
def test_a_stretch_is_found_at_every_width(parts, unit, width, other, data):
    text = "\n\n".join(parts)
    lines = lines_of(text, width)
    whole = stretch(lines, unit, 0, 10_000)
    if whole is None:
        return
    ends = st.integers(0, len(whole.parts) - 1)
    chosen = replace(whole, fixed=data.draw(ends), moving=data.draw(ends))
    marked = chosen.passage(lines)
    elsewhere = lines_of(text, other)
    all_of_it_is_shown(elsewhere, marked)
    same = stretch(elsewhere, unit, *chosen.letters(lines))
    there = same.passage(elsewhere)
    assert (there.before, there.start) == (marked.before, marked.start)
    assert "".join(there.quote.split()) == "".join(marked.quote.split())


# On the page.


async def test_a_sentence_is_highlighted_and_its_neighbour_is_not(article, cache):
    async with reading(cache, open_id=article) as reader:
        await reader.press("v", LETTERS[2], ")")
        assert reader.screen()[-1].rstrip().endswith("1 sentence")
        await reader.press("h")
        assert reader.said.startswith("Highlighted “The ferry waited with its lamp lit.”")
    assert kept(cache) == [("The ferry waited with its lamp lit.", None)]


async def test_words_are_chosen_from_both_ends_and_copied(article, cache):
    async with reading(cache, open_id=article) as reader:
        await reader.press("v", LETTERS[2], "3", "w", "y")
        assert reader.app.clipboard == "The ferry waited"
        await reader.press("v", LETTERS[2], "w", "w", "w", "o", "w", "y")
        assert reader.app.clipboard == "ferry waited"
        await reader.press("v", LETTERS[2], "(", "b", "y")
        assert reader.app.clipboard == "The ferry waited with its lamp"


async def test_from_words_back_to_lines_and_on_as_before(article, cache):
    async with reading(cache, open_id=article) as reader:
        await reader.press("v", LETTERS[2], "w", "j", "y")
        assert reader.app.clipboard.startswith("The ferry waited")
        await reader.press("v", LETTERS[2], "w", "v", "y")
        assert reader.app.clipboard.startswith("The ferry waited")
        await reader.press("w")
        assert reader.said == "All sentences look alike"


async def test_a_paragraph_is_chosen_by_its_letter_and_copied(article, cache):
    async with reading(cache, open_id=article) as reader:
        await reader.press("v", LETTERS[0])
        assert reader.room.page.selected is not None
        await reader.press("y")
        assert reader.said.startswith("Copied what was selected")
        assert reader.app.clipboard.endswith("who had last oiled it.")
        assert "\n" not in reader.app.clipboard
        assert reader.room.page.selected is None


async def test_motions_extend_and_numbers_count(article, cache):
    async with reading(cache, open_id=article) as reader:
        await reader.press("v", LETTERS[0], "2", "j", "y")
        assert "then the boats" in reader.app.clipboard
        assert reader.app.clipboard.endswith("Nobody was hurt.")
        await reader.press("v", LETTERS[0], "l", "k", "y")
        assert reader.app.clipboard.startswith("The gate stuck on the day")
        assert not reader.app.clipboard.endswith("oiled it.")


async def test_the_last_line_names_the_keys_and_how_much_is_selected(article, cache):
    async with reading(cache, open_id=article) as reader:
        await reader.press("v", LETTERS[2])
        assert "h highlight   n note   y copy" in reader.screen()[-1]
        assert reader.screen()[-1].rstrip().endswith(("1 line", "2 lines"))
        await reader.press("escape")
        assert reader.room.page.selected is None
        await reader.press("q")
        assert reader.room.place == "headlines"


async def test_a_highlight_is_shown_kept_and_undone(article, cache):
    async with reading(cache, open_id=article) as reader:
        plain = reader.screen()
        await reader.press("v", LETTERS[2], "h")
        assert reader.said.startswith("Highlighted “The ferry waited")
        assert reader.said.endswith("U takes it back")
        marked = [line for line in reader.screen() if "┃" in line]
        assert any("The ferry waited" in line for line in marked)
        await reader.press("U")
        assert reader.said.startswith("Took back: highlighted “The ferry waited")
        assert reader.screen()[:-1] == plain[:-1]
    assert kept(cache) == []


async def test_a_note_to_a_passage_is_kept_and_has_its_own_sign(article, cache):
    async with reading(cache, open_id=article) as reader:
        await reader.press("v", LETTERS[2], "n")
        await reader.type("who lit it")
        await reader.press("enter")
        assert any("* The ferry waited" in line for line in reader.screen())
    assert kept(cache) == [("The ferry waited with its lamp lit. Nobody was hurt.", "who lit it")]


async def test_highlights_are_there_again_at_another_width_and_after_cleaning_anew(article, cache):
    async with reading(cache, open_id=article) as reader:
        await reader.press("v", LETTERS[2], "h")
    changed = "Another beginning.\n\n" + TEXT.replace("on the day", "on a day")
    with Library.open(cache) as library:
        before = library.article(article).headline
        incoming = Incoming(before.guid, Cleaned("Gate", changed, changed, "text"))
        kept_again = library.cache.articles.keep(before.source_id, incoming)
        assert (kept_again.status, kept_again.id) == ("updated", article)
    async with reading(cache, size=MEDIUM, open_id=article) as reader:
        assert any("┃" in line and "ferry waited" in line for line in reader.screen())


async def test_what_is_highlighted_can_be_taken_off_and_that_undone(article, cache):
    async with reading(cache, open_id=article) as reader:
        await reader.press("v", LETTERS[0], "h")
        await reader.press("v", LETTERS[2], "h")
        assert len(kept(cache)) == 2
        await reader.press("v", LETTERS[0], "5", "j", "d")
        assert reader.said.startswith("Took off 2 highlights")
        assert not any("┃" in line for line in reader.screen())
        await reader.press("U")
        assert len(kept(cache)) == 2
        await reader.press("v", LETTERS[1], "d")
        assert reader.said == "Nothing is highlighted in what is selected"


async def test_all_highlights_are_listed_and_gone_to(article, cache):
    async with reading(cache, open_id=article) as reader:
        await reader.press("v", LETTERS[3], "h")
        await reader.press("q", "g", "a", "G")
        assert reader.title != "Gate"
        await reader.press("H")
        assert isinstance(reader.app.screen, Picking)
        assert "The gate stuck again." in reader.text()
        await reader.press("enter")
        assert reader.title == "Gate"
        assert reader.room.place == "page"


async def test_one_of_the_list_is_taken_off_and_that_undone(article, cache):
    async with reading(cache, open_id=article) as reader:
        for letter in (LETTERS[0], LETTERS[2], LETTERS[3]):
            await reader.press("v", letter, "h")
        await reader.press("H")
        await reader.press("ctrl+n", "delete")
        assert isinstance(reader.app.screen, Picking)
        assert "Took off the highlight “The ferry" in reader.text()
        assert [quote[:8] for quote, _ in kept(cache)] == ["The gate", "The gate"]
        await reader.press("delete")
        await reader.press("delete")
        assert reader.room.is_current
        assert reader.said.startswith("Took off the highlight")
        assert kept(cache) == []
        assert not any("┃" in line for line in reader.screen())
        await reader.press("3", "U")
        assert len(kept(cache)) == 3
        assert any("┃" in line for line in reader.screen())


async def test_the_note_of_one_is_edited_in_the_list_and_that_undone(article, cache):
    async with reading(cache, open_id=article) as reader:
        await reader.press("v", LETTERS[3], "n", *"why", "enter")
        await reader.press("H")
        await reader.press("ctrl+e")
        await reader.press(*"?!", "enter")
        assert isinstance(reader.app.screen, Picking)
        assert "why?!" in reader.text()
        await reader.press("escape")
        assert kept(cache) == [("The gate stuck again.", "why?!")]
        await reader.press("U")
        assert reader.said == "Took back: noted on “The gate stuck again.”"
        assert kept(cache) == [("The gate stuck again.", "why")]
        await reader.press("H")
        await reader.press("ctrl+e")
        await reader.press("escape")
        assert isinstance(reader.app.screen, Picking)


async def test_nothing_highlighted_and_nothing_selected_are_said(article, cache):
    async with reading(cache, open_id=article) as reader:
        await reader.press("H")
        assert reader.said.startswith("Nothing is highlighted yet: v on the page")
        await reader.press(":")
        await reader.type("highlight with a note")
        await reader.press("enter")
        assert reader.said.startswith("Nothing is selected: v on the page selects")


async def test_another_article_has_no_selection_and_no_highlights_of_this(article, cache):
    async with reading(cache, open_id=article) as reader:
        await reader.press("v", LETTERS[2], "h")
        await reader.press("v", LETTERS[0], ">")
        assert reader.title != "Gate"
        assert reader.room.page.selected is None
        assert not any("┃" in line for line in reader.screen())


def test_picture_of_a_selection(article, picture):
    assert picture(WIDE, "v", LETTERS[0], "j", open_id=article)


def test_picture_of_a_few_words_selected(article, picture):
    assert picture(MEDIUM, "v", LETTERS[2], ")", "w", open_id=article)


def test_picture_of_a_few_words_selected_without_colour(article, picture):
    assert picture(NARROW, "v", LETTERS[0], "w", "w", "w", theme="mono", open_id=article)


def test_picture_of_the_list_of_highlights(article, picture):
    keys = ("v", LETTERS[0], "h", "v", LETTERS[2], ")", "n", *"who?", "enter", "H", "down")
    assert picture(MEDIUM, *keys, theme="ink", open_id=article)


def test_picture_of_highlights(article, picture):
    assert picture(MEDIUM, "v", LETTERS[0], "h", "v", LETTERS[2], "h", "j", open_id=article)


def test_picture_of_highlights_without_colour(article, picture):
    keys = ("v", LETTERS[0], "h", "j", "v", LETTERS[1])
    assert picture(MEDIUM, *keys, theme="mono", open_id=article)


def test_picture_of_a_selection_in_a_small_terminal(article, picture):
    assert picture(NARROW, "j", "j", "j", "v", LETTERS[0], theme="ink", open_id=article)
