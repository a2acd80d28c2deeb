"""An article's blocks in words, one after the other: for a line-mode reader, for the ear, for
braille. What the page shows by place, weight and signs is said: `Heading: …`, `Quote: …`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from reader.text.blocks import (
    Block,
    Code,
    Definitions,
    Figure,
    Footnotes,
    Heading,
    Inlines,
    Listing,
    Paragraph,
    Quote,
    Rule,
    Table,
    text_of,
)
from reader.text.layout import Line, Span
from reader.text.runs import Run, set_lines

UNWRAPPED = 0
"""A width for lines that are as long as their paragraphs."""
PAUSE = "* * *"
UNMARKED = "unmarked"
Marks = Sequence[tuple[int, int, str]]
"""Parts of a line, (start, end, mark) in characters of what counts in it."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph, heading, list item, row or line of code."""

    block: int
    """The top-level block it belongs to."""
    lead: str
    """What is said before it that its author did not write: `Heading: `, `- `."""
    text: str
    tight: bool = False
    """Does it follow the passage before it without a blank line?"""
    verbatim: bool = False
    """Is it code, whose spaces stay and which is never wrapped?"""


def passages(blocks: Sequence[Block]) -> list[Passage]:
    """The blocks in words, in order. Passages that say nothing are left out."""
    return [
        passage
        for number, block in enumerate(blocks)
        for passage in _of(block, number)
        if passage.text or passage.lead
    ]


def line_of(passage: Passage, marks: Marks = ()) -> list[Run]:
    """A passage as runs, with the words for `marks`, `[new]` or `[known]`, where they change; and
    `[unmarked]` where what follows is neither."""
    runs = [Run(passage.lead, "text", counts=False)] if passage.lead else []
    at, before = 0, ""
    for start, mark in () if passage.verbatim else _changes(passage.text, marks):
        if mark != before:
            runs += [Run(passage.text[at:start], "text")]
            runs += [Run(f"[{mark or UNMARKED}] ", "text", counts=False)]
            at = start
        before = mark
    return [run for run in (*runs, Run(passage.text[at:], "text")) if run.text]


def _changes(text: str, marks: Marks) -> Iterator[tuple[int, str]]:
    """From where on each mark holds; between them, and after the last, none."""
    end = 0
    for start, upto, mark in (*marks, (len(text), len(text), "")):
        between = text[end:start]
        if between.strip():
            yield end + len(between) - len(between.lstrip()), ""
        if mark:
            yield start, mark
        end = upto


def unwrapped(passage: Passage) -> Line:
    """A passage as one line."""
    return _line(line_of(passage), passage.block, 0)


def wrapped(passage: Passage, width_cells: int, offset: int, marks: Marks = ()) -> list[Line]:
    """A passage in lines of at most `width_cells`, or as one (`UNWRAPPED`); `offset` letters of
    its block stand before it."""
    runs = line_of(passage, marks)
    lines = []
    for set_runs in [runs] if passage.verbatim or not width_cells else set_lines(runs, width_cells):
        lines.append(_line(set_runs, passage.block, offset))
        offset += letters(lines[-1])
    return lines


def letters(line: Line) -> int:
    """The letters of the text that stand in a line, spaces not counted."""
    return sum(len("".join(span.text.split())) for span in line.spans if span.counts)


def _line(runs: Sequence[Run], block: int, offset: int) -> Line:
    spans = (Span(run.text, run.role, run.link, run.counts) for run in runs)
    return Line(tuple(spans), block, offset)


def _of(block: Block, number: int) -> Iterator[Passage]:
    match block:
        case Paragraph(inlines):
            yield from _paragraph(number, "", inlines)
        case Heading(_, inlines):
            yield from _paragraph(number, "Heading: ", inlines)
        case Listing(items, start, tight):
            for at, item in enumerate(items):
                sign = "- " if start is None else f"{start + at}. "
                inside = _all(item, number)
                yield from _led(inside, sign, tight=tight and at > 0)
        case Quote(inside):
            quoted = list(_all(inside, number))
            yield from _led(quoted, "Quote: ")
            if len(quoted) > 1:
                yield Passage(number, "End of the quote.", "")
        case Code(text, _):
            yield Passage(number, "Code:", "")
            for line in text.split("\n"):
                yield Passage(number, "", line, tight=True, verbatim=True)
        case Table():
            yield from _table(block, number)
        case Rule():
            yield Passage(number, PAUSE, "")
        case Figure(alt, _, caption):
            yield Passage(number, "Picture: ", text_of(caption) or alt or "without words")
        case Definitions(items):
            for term, meanings in items:
                yield Passage(number, "", text_of(term))
                for meaning in meanings:
                    yield from _led(_all(meaning, number), "Meaning: ", tight=True)
        case Footnotes(notes):
            for label, note in notes:
                yield from _led(_all(note, number), f"Note {label}: ")


def _paragraph(number: int, lead: str, inlines: Inlines) -> Iterator[Passage]:
    lines = [line for line in text_of(inlines).split("\n") if line.strip()]
    for at, line in enumerate(lines):
        yield Passage(number, "" if at else lead, line, tight=at > 0)


def _table(table: Table, number: int) -> Iterator[Passage]:
    """Each row with the names of its columns, as one would read it aloud."""
    names = [text_of(cell) for cell in table.head]
    rows = f"{len(table.rows)} row{'' if len(table.rows) == 1 else 's'}"
    yield Passage(number, f"Table of {rows}: ", "; ".join(filter(None, names)))
    for row in table.rows:
        cells = [text_of(cell) for cell in row]
        named = [
            f"{name}: {cell}" if name else cell
            for name, cell in zip(names, cells, strict=False)
            if cell
        ]
        yield Passage(number, "", "; ".join(named), tight=True)


def _all(blocks: Sequence[Block], number: int) -> list[Passage]:
    return [passage for block in blocks for passage in _of(block, number)]


def _led(passages: Sequence[Passage], lead: str, tight: bool | None = None) -> Iterator[Passage]:
    """Passages with a word before the first of them."""
    for at, passage in enumerate(passages):
        if at:
            yield passage
        else:
            close = passage.tight if tight is None else tight
            yield replace(passage, lead=lead + passage.lead, tight=close)
