"""The page: every letter in order, no line too wide, and a place that survives every width."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.text.blocks import Figure, Table
from reader.text.layout import Layout, lay_out
from reader.text.markdown import blocks, plain
from reader.text.width import cells, clamp, cut, wrap

PIECES = st.sampled_from(
    [
        "# A heading of some length",
        "A paragraph with *emphasis*, **weight**, `code` and [a link](https://news.example/x).",
        "A_word_that_no_measure_can_hold_and_that_must_be_broken_somewhere_in_the_middle_of_it",
        "- one\n- two\n  - three, which is longer than the narrowest of measures\n- four",
        "9. nine\n10. ten\n\n    more of ten",
        "> quoted\n>\n> > twice",
        "```py\nfor x in range(10): print('a line of code that is too long for the page', x)\n```",
        "| a | number |\n|---|---:|\n| some words that wrap | 1 |\n| b | 20 |",
        "![A wall](https://news.example/w.jpg)\n*The long arm on Monday.*",
        "日本語の文章は、「禁則処理」を行います。次の行に句読点を置きません。",
        "هذه فقرة من اليمين إلى اليسار، وهي طويلة بما يكفي لسطرين.",
        "Term\n: Its meaning, told at length so that it wraps.",
        "With a note.[^1]\n\n[^1]: The note, which says more than the text did.",
        "***",
        "one  \ntwo",
    ]
)
TEXTS = st.lists(PIECES, min_size=1, max_size=8).map("\n\n".join)
WIDTHS = st.integers(min_value=8, max_value=90)


ODD_PIECES = st.sampled_from(
    [*"ab \n-*_#>`|![](){}01.:^~\\<&", "\n\n", "- ", "> ", "1. ", "```\n", "|a|b|\n|-|-|\n",
     "[^1]", "\n[^1]: ", "\n: ", "![a](https://x.example)", "[b](https://y.example)", "**", "~~",
     "    ", "微", "。", "「", "👩‍👩‍👧", "🇮🇳", "👍🏽", "1\ufe0f\u20e3", "e\u0301", "नमस्ते",
     "שלום", "ไทย", "\u3000", "\u00a0", "\u200d", "&#27;", "\x1b[2J", "\ud800", "\t", "word"]
)  # fmt: skip
ODD_TEXTS = st.lists(ODD_PIECES, max_size=60).map("".join)


def letters(text: str) -> str:
    return "".join(text.split())


def said(layout: Layout) -> str:
    return letters("".join(line.text for line in layout.lines))


@given(TEXTS, WIDTHS)
@settings(max_examples=150, deadline=None)
def test_no_line_is_wider_than_the_page(markdown, width):
    for line in lay_out(blocks(markdown), width).lines:
        assert cells(line.text) <= width


@given(ODD_TEXTS, st.integers(min_value=4, max_value=60))
@settings(max_examples=300, deadline=None)
def test_no_text_however_odd_is_an_error_or_too_wide_or_lost(markdown, width):
    parts = blocks(markdown)
    layout = lay_out(parts, width)
    assert all(cells(line.text) <= width for line in layout.lines)
    page = Counter(said(layout))
    for block in parts:
        if not isinstance(block, (Figure, Table)):
            assert not Counter(filter(str.isalnum, block.plain)) - page


@given(TEXTS, WIDTHS)
@settings(max_examples=150, deadline=None)
def test_every_word_is_on_the_page(markdown, width):
    page = said(lay_out(blocks(markdown), width))
    for word in ("nine", "quoted", "Monday", "meaning", "range(10)", "禁則処理", "twice"):
        if word in markdown and width > 30:
            assert word in page


@given(TEXTS, WIDTHS, WIDTHS, st.data())
@settings(max_examples=150, deadline=None)
def test_a_place_is_found_again_at_another_width(markdown, width, other, data):
    here, there = (lay_out(blocks(markdown), w) for w in (width, other))
    at = data.draw(st.integers(0, len(here.lines) - 1))
    anchor = here.anchor_at(at)
    found = there.lines[there.line_of(anchor)]
    assert found.block == here.lines[at].block
    assert found.offset <= anchor.offset


def test_a_place_is_found_again_when_a_block_came_before_it():
    before = lay_out(blocks("First.\n\nSecond.\n\nThird, the place."), 40)
    anchor = before.anchor_at(len(before.lines) - 1)
    after = lay_out(blocks("New.\n\nAlso new.\n\nFirst.\n\nSecond.\n\nThird, the place."), 40)
    assert after.lines[after.line_of(anchor)].text == "Third, the place."


def test_the_first_screens_are_the_beginning_of_the_whole():
    markdown = "\n\n".join(f"Paragraph {n} of many, of a line or two. " * 3 for n in range(200))
    first = lay_out(blocks(markdown), 60, first_lines=80)
    whole = lay_out(blocks(markdown), 60)
    assert not first.complete
    assert whole.complete
    assert len(first.lines) == 80
    assert first.lines == whole.lines[: len(first.lines)]


@pytest.mark.parametrize(
    "markdown",
    [
        "```\n" + "line\n" * 1000 + "```",
        "| a | b |\n|---|---|\n" + "| c | d |\n" * 1000,
        "- item\n" * 1000,
        "word " * 20_000,
    ],
    ids=["code", "table", "list", "paragraph"],
)
def test_one_long_block_is_set_a_screen_at_a_time(markdown):
    layout = lay_out(blocks(markdown), 60, first_lines=50)
    assert len(layout.lines) == 50
    assert not layout.complete

    first = list(layout.lines)
    layout.more(50)
    assert len(layout.lines) == 100
    layout.more()

    assert layout.complete
    assert layout.lines[:50] == first
    assert layout.lines == lay_out(blocks(markdown), 60).lines


def test_the_number_of_a_link_has_room_in_its_column():
    markdown = "| Port |\n|---|\n| [Ostrey](https://ostrey.example/) |\n| Kell |"
    lines = [line.text for line in lay_out(blocks(markdown), 20).lines]
    assert lines == ["Port", "───────", "Ostrey¹", "Kell"]


def test_where_there_is_hardly_room_the_signs_give_way_to_the_text():
    for width in range(4, 12):
        layout = lay_out(blocks("- > 1. deep\n\n[^1]\n\nx\n: y\n\n[^1]: note"), width)
        assert max(cells(line.text) for line in layout.lines) <= width
        assert "deep" in said(layout)


def test_links_are_numbered_once_each_and_only_if_they_are_safe():
    layout = lay_out(
        blocks(
            "[a](https://x.example) [b](https://y.example) [a2](https://x.example) "
            "[c](javascript:1)"
        ),
        80,
    )
    assert [(link.number, link.url) for link in layout.links] == [
        (1, "https://x.example"),
        (2, "https://y.example"),
    ]
    assert layout.lines[0].text == "a¹ b² a2¹ [c](javascript:1)"


def test_lists_hang_and_numbers_stand_under_each_other():
    lines = [line.text for line in lay_out(blocks("9. nine\n10. ten and more words"), 16).lines]
    assert lines == ["9. nine", "10. ten and more", "    words"] or lines == [
        " 9. nine",
        "10. ten and more",
        "    words",
    ]


def test_a_table_lines_up_and_falls_back_to_records():
    markdown = "| Port | Tonnes |\n|---|---:|\n| Ostrey | 120 |\n| Kell | 9 |"
    wide = [line.text for line in lay_out(blocks(markdown), 40).lines]
    assert wide == ["Port    Tonnes", "──────────────", "Ostrey     120", "Kell         9"]
    narrow = [line.text for line in lay_out(blocks(markdown), 10).lines]
    assert narrow[0].startswith("Port:")


def test_a_subhead_stands_close_to_its_text():
    lines = [line.text for line in lay_out(blocks("One.\n\n## Head\n\nTwo."), 40).lines]
    assert lines == ["One.", "", "Head", "Two."]


def test_entities_cannot_bring_in_what_the_gate_keeps_out():
    [line] = lay_out(blocks("a&#27;[31m &#x9b;31m&#x202e;b"), 40).lines
    assert "\x1b" not in line.text
    assert "\x9b" not in line.text
    assert "\u202e" not in line.text


def test_arabic_is_set_from_the_right():
    [line] = lay_out(blocks("مرحبا"), 20).lines
    assert line.text == "مرحبا".rjust(20)


def test_no_line_begins_with_a_japanese_full_stop():
    for width in range(8, 40):
        for line in wrap(
            "日本語の文章は、「禁則処理」を行います。次の行に句読点を置きません。", width
        ):
            assert line[0] not in "、。」"


def test_plain_text_has_blocks_parted_by_blank_lines():
    assert plain("# Head\n\nOne *two*\nthree.\n\n- a\n- b") == "Head\n\nOne two three.\n\n- a\n- b"


def test_a_cut_never_halves_a_wide_letter():
    assert cut("日本語の文章", 7) == "日本語…"
    assert cells(cut("日本語の文章", 6)) <= 6
    assert cut("short", 10) == "short"


class TestClamp:
    def test_what_fits_is_whole(self):
        assert clamp("The ferry sails again.", 40, 2) == ["The ferry sails again."]
        assert clamp("", 40, 2) == []

    def test_it_stops_after_a_sentence(self):
        text = "The ferry sails on Monday. Nobody had expected that it would sail so soon again."
        assert clamp(text, 40, 1) == ["The ferry sails on Monday."]
        assert clamp(text, 40, 2) == ["The ferry sails on Monday."]

    def test_or_after_a_word(self):
        text = "The ferry of Gov. Brian Kemp sails on Monday, says the harbour master of Penmar."
        assert clamp(text, 22, 2) == ["The ferry of Gov.", "Brian Kemp sails on…"]

    def test_a_short_sentence_before_much_space_is_not_all(self):
        text = "It sails. " + "The harbour master says so in every one of his letters " * 3
        assert len(clamp(text, 30, 3)) == 3

    @pytest.mark.parametrize("text", ["word " * 50, "字" * 90, "x" * 200, "a-b" * 90, "né, " * 90])
    @pytest.mark.parametrize("width", [1, 2, 7, 20, 41])
    @pytest.mark.parametrize("most", [1, 2, 3])
    def test_it_keeps_to_its_room(self, text, width, most):
        lines = clamp(text, width, most)
        assert 1 <= len(lines) <= most
        assert all(cells(line) <= width for line in lines) or width == 1
        assert lines[-1].endswith("…")
