"""Plain text as Markdown: it reads back as the same text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.exchange.paragraphs import as_markdown
from reader.text import markdown

SIGNS = "abc 12.)-+*#>_`~[]()!<&;:=|\\\"'^/\t\n"


def squeezed(text: str) -> list[str]:
    return text.split()


@pytest.mark.parametrize(
    "text",
    [
        "# 1 dead in storm",
        "- a dash\n- two",
        "1. The first\n2) second",
        "2024. A year",
        "a\n===\nb\n---",
        "    four spaces",
        "\tindented",
        "*stars* _under_ `code` ~~gone~~",
        "[a](http://b) ![c](d) <b>bold</b> <http://x> &amp;",
        "| a | b |\n|---|---|\n| c | d |",
        "> said",
        "```\ncode\n```",
        "[^1]: note\n\nword[^1]",
        "Term\n: meaning",
        "a\\\nb",
        "http://example.org/a_b_c*d",
        "***",
        "+",
        "[x]: http://y",
    ],
)
def test_nothing_is_taken_for_markup(text):
    [*blocks] = markdown.blocks(as_markdown(text))

    assert squeezed(markdown.plain(as_markdown(text))) == squeezed(text)
    assert {type(block).__name__ for block in blocks} == {"Paragraph"}


@settings(max_examples=400, deadline=None)
@given(st.text(SIGNS, max_size=60))
def test_any_text_reads_back(text):
    assert squeezed(markdown.plain(as_markdown(text))) == squeezed(text)


def test_paragraphs_and_lines_stay_apart():
    assert as_markdown("a\nb\n\n\nc\n") == "a\\\nb\n\nc"


def test_lines_as_long_as_paragraphs_are_paragraphs():
    long = [
        "The wall of the old harbour will not be repaired before spring, said the council. " * 2
    ] * 3

    assert [block.plain for block in markdown.blocks(as_markdown("\n".join(long)))] == [
        line.strip() for line in long
    ]


def test_lines_broken_by_hand_stay_lines_of_one_paragraph():
    [verse] = markdown.blocks(as_markdown("Old wall,\nnew stone,\nsame tide."))

    assert verse.plain.split() == ["Old", "wall,", "new", "stone,", "same", "tide."]
