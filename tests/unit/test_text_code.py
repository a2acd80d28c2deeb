"""Code is told apart by kind, and not a letter of it changes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.text.code import LONGEST, code_lines

SNIPPET = """\
def justify(words, measure):  # five lines
    while len(" ".join(words)) > 66:
        yield words.pop(0)
"""


def _text(lines):
    return "\n".join("".join(run.text for run in line) for line in lines)


def _roles(lines, word):
    return {run.role for line in lines for run in line if run.text.strip() == word}


def test_keywords_names_texts_numbers_and_comments_are_told_apart():
    lines = code_lines(SNIPPET, "python")
    assert _roles(lines, "while") == {"code-keyword"}
    assert _roles(lines, "justify") == {"code-name"}
    assert _roles(lines, "66") == {"code-number"}
    assert _roles(lines, "# five lines") == {"code-comment"}


@pytest.mark.parametrize("language", [None, "klingon", "text"])
def test_code_of_no_known_language_stays_in_one_piece(language):
    assert {run.role for line in code_lines(SNIPPET, language) for run in line} == {"code-block"}


def test_very_long_code_is_not_looked_into():
    lines = code_lines("x = 1\n" * LONGEST, "python")
    assert {run.role for line in lines for run in line} == {"code-block"}


@given(
    st.text(max_size=300), st.sampled_from(["python", "html", "json", "bash", "diff", "c", "rst"])
)
def test_not_a_letter_changes(text, language):
    assert _text(code_lines(text, language)) == text
