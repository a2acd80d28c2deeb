"""Runs of letters broken into lines: what paragraphs and table cells share."""

import unicodedata
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from reader.text.blocks import Inlines
from reader.text.width import words

STRONG_LETTERS = 400
"""How far to look for the first letter that has a direction."""


class Run(NamedTuple):
    """Letters of one look on one line."""

    text: str
    role: str
    link: int | None = None
    counts: bool = True
    """Whether it is of the text itself, and not a sign that the page adds."""
    goes_on: bool = False
    """Whether the line ends after it where no space stands: in a word, or between ideographs."""


def set_lines(runs: Sequence[Run], width_cells: int) -> Iterator[list[Run]]:
    """`runs` in lines of at most `width_cells`, at least one; a `break` run ends a line."""
    part: list[Run] = []
    for run in runs:
        if run.role == "break":
            yield from _set(part, width_cells)
            part = []
        else:
            part.append(run)
    yield from _set(part, width_cells)


def _set(runs: list[Run], width_cells: int) -> Iterator[list[Run]]:
    text = "".join(run.text for run in runs)
    if "  " in text or text[:1] == " ":
        runs = _single_spaced(runs)
        text = "".join(run.text for run in runs)
    starts: list[int] = []
    at = 0
    for run in runs:
        starts.append(at)
        at += len(run.text)
    index = begin = end = used = 0
    for word, word_cells in words(text, width_cells):
        visible = word_cells - (word[-1:] == " ")
        if end > begin and used + visible > width_cells:
            line, index = _slice(runs, starts, text, begin, end, index)
            yield line
            begin, used = end, 0
        end += len(word)
        used += word_cells
    yield _slice(runs, starts, text, begin, end, index)[0]


def _slice(
    runs: list[Run], starts: list[int], text: str, begin: int, end: int, index: int
) -> tuple[list[Run], int]:
    """The runs of `text[begin:end]` without the space at its end, and where the next line looks."""
    goes_on = end < len(text) and text[end - 1 : end] != " "
    while end > begin and text[end - 1] == " ":
        end -= 1
    line: list[Run] = []
    while index < len(runs) and starts[index] < end:
        run = runs[index]
        low, high = max(begin, starts[index]), min(end, starts[index] + len(run.text))
        if high > low:
            line.append(Run(text[low:high], run.role, run.link, run.counts))
        if starts[index] + len(run.text) > end:
            break
        index += 1
    if goes_on and line:
        line[-1] = line[-1]._replace(goes_on=True)
    return line, max(0, min(index, len(runs) - 1))


def _single_spaced(runs: list[Run]) -> list[Run]:
    spaced: list[Run] = []
    after_space = True
    for run in runs:
        letters = []
        for part in run.text.split(" "):
            letters.append(part)
        text = ""
        for number, part in enumerate(letters):
            if number and not after_space:
                text += " "
                after_space = True
            if part:
                text += part
                after_space = False
        if text:
            spaced.append(run._replace(text=text))
    return spaced


def first_strong_is_rtl(inlines: Inlines) -> bool:
    """Whether a paragraph runs from right to left, by its first strong letter (UAX #9, P2–P3)."""
    seen = 0
    for run in inlines:
        if run.text.isascii() and any(map(str.isalpha, run.text)):
            return False
        for letter in run.text[:STRONG_LETTERS]:
            direction = unicodedata.bidirectional(letter)
            if direction in ("R", "AL"):
                return True
            if direction == "L":
                return False
            seen += 1
            if seen > STRONG_LETTERS:
                return False
    return False
