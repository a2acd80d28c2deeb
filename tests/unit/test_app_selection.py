"""What is copied from the page is the text, not how its lines happen to end."""

from __future__ import annotations

import pytest

from reader.app.selection import passage, text_of
from reader.text.layout import lay_out
from reader.text.markdown import blocks

ADDRESS = "https://paper.example/2026/11/23/a-very-long-address-of-an-article-that-wraps.html"


def copied(markdown: str, width_cells: int) -> str:
    return text_of(lay_out(blocks(markdown), width_cells).lines)


@pytest.mark.parametrize("width_cells", [7, 12, 20, 33, 60])
@pytest.mark.parametrize(
    "text",
    [
        f"See {ADDRESS} for more of it.",
        "A well-known, long-standing half-truth about either/or questions.",
        "新しい港の壁は春まで修理されないと市議会が月曜日に発表した。",
        "港の wall は春まで repair されない。",
        "Donaudampfschifffahrtsgesellschaftskapitänsmütze, said the captain.",
        "한국어 문장은 띄어쓰기가 있으므로 줄 끝에 빈칸이 있다.",
    ],
    ids=["address", "hyphens", "ideographs", "mixed", "long word", "hangul"],
)
def test_a_word_broken_at_the_end_of_a_line_is_copied_whole(text, width_cells):
    assert copied(text, width_cells) == text


def test_the_blank_after_a_linked_word_stays():
    text = f"Read [the whole report]({ADDRESS}) and then some more words."

    assert copied(text, 14) == "Read the whole report and then some more words."


@pytest.mark.parametrize("width_cells", [12, 20, 60])
def test_code_is_copied_with_its_lines_and_indents(width_cells):
    code = "def wall(height):\n    return height * 2 if height else something_else(height)"

    assert copied(f"```python\n{code}\n```", width_cells) == code


def test_a_highlight_in_a_broken_word_says_it_whole():
    lines = lay_out(blocks(f"See {ADDRESS} now."), 30).lines

    assert passage(lines, 0, len(lines) - 1).quote == f"See {ADDRESS} now."
