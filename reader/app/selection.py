"""Lines of the page that are selected, by lines or by paragraphs, and what they say.

Pure. Lines are those of an article's body; a paragraph is a run of lines without a blank one.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

from reader.app.marking import columns_between, letters_of
from reader.model import Highlight, Marked

if TYPE_CHECKING:
    from reader.text.layout import Line

BEFORE_LETTERS = 32
"""Letters before a highlight that are remembered: enough to tell two places apart."""


@dataclass(frozen=True, slots=True)
class Selection:
    """From the line it began at to the one that moves, whichever is above."""

    fixed: int
    moving: int
    by_paragraphs: bool = True
    unit: ClassVar[str] = "line"
    """What it is told in."""

    def bounds(self, lines: Sequence[Line]) -> tuple[int, int]:
        """The first and the last line that are selected."""
        low, high = sorted((self.fixed, self.moving))
        if not self.by_paragraphs:
            return low, high
        return around(lines, low)[0], around(lines, high)[1]

    def moved(self, lines: Sequence[Line], steps: int) -> Selection:
        """With the moving end so many lines or paragraphs further on, as far as there are any."""
        line = self.moving
        for _ in range(abs(steps)):
            begin, end = around(lines, line) if self.by_paragraphs else (line, line)
            after = range(end + 1, len(lines)) if steps > 0 else range(begin - 1, -1, -1)
            line = next((each for each in after if lines[each].spans), line)
        return replace(self, moving=line)

    def letters(self, lines: Sequence[Line]) -> tuple[int, int]:
        """(begin, end) of what is selected, in letters of the page."""
        first, last = self.bounds(lines)
        _, starts, _ = letters_of(lines)
        return starts[first], starts[last + 1]

    def count(self, lines: Sequence[Line]) -> int:
        """How many lines are selected."""
        first, last = self.bounds(lines)
        return last - first + 1

    def end_line(self, lines: Sequence[Line]) -> int:
        """The line of the end that moves."""
        return self.moving

    def spans(self, lines: Sequence[Line]) -> None:
        """Its lines are selected as a whole."""

    def passage(self, lines: Sequence[Line]) -> Marked:
        """What it says, as it is to be found again."""
        return passage(lines, *self.bounds(lines))

    def turned(self) -> Selection:
        """With the other end moving."""
        return replace(self, fixed=self.moving, moving=self.fixed)

    def by_other(self, lines: Sequence[Line]) -> Selection:
        """Counted in lines instead of paragraphs, or the other way round; as much selected."""
        low, high = self.bounds(lines)
        ends = (low, high) if self.fixed <= self.moving else (high, low)
        return Selection(*ends, not self.by_paragraphs)


def paragraphs(lines: Sequence[Line], first: int, last: int) -> Iterator[tuple[int, int]]:
    """The first and last line of each paragraph in these lines; `last` does not count."""
    at = max(0, first)
    while at < min(last, len(lines)):
        if lines[at].spans:
            begin, end = around(lines, at)
            yield begin, end
            at = end
        at += 1


def passage(lines: Sequence[Line], first: int, last: int) -> Marked:
    """What these lines say, as it is to be found again."""
    letters, starts, _ = letters_of(lines)
    return marked_from(text_of(lines[first : last + 1]), letters, starts[first])


def marked_from(quote: str, letters: str, begin: int) -> Marked:
    """A quote that begins at a letter of the page, with what stands before it."""
    return Marked(quote, letters[max(0, begin - BEFORE_LETTERS) : begin], begin)


@dataclass(frozen=True, slots=True)
class Shown:
    """Highlights on a page: where each stands. Lines are those of the body."""

    spans: dict[int, list[tuple[int, int]]]
    """For a line the (start, end) of what is highlighted in it, in characters."""
    ids: dict[int, list[int]]
    """For a line the highlights that it is part of."""
    begins: dict[int, int]
    """For a highlight the line it begins in; those that were not found are not here."""
    noted: frozenset[int] = frozenset()
    """The lines in which highlights begin that have a note."""


NONE_SHOWN = Shown({}, {}, {})


def shown(lines: Sequence[Line], highlights: Sequence[Highlight]) -> Shown:
    """Where highlights stand in these lines."""
    if not highlights:
        return NONE_SHOWN
    letters, starts, columns = letters_of(lines)
    spans: dict[int, list[tuple[int, int]]] = {}
    ids: dict[int, list[int]] = {}
    begins: dict[int, int] = {}
    noted = set()
    for each in highlights:
        sought = "".join(each.marked.quote.split())
        at = _find(letters, sought, each.marked)
        if at is None:
            continue
        begins[each.id] = bisect_right(starts, at) - 1
        if each.marked.note:
            noted.add(begins[each.id])
        for line, start, end in columns_between(at, at + len(sought), starts, columns):
            spans.setdefault(line, []).append((start, end))
            ids.setdefault(line, []).append(each.id)
    return Shown(spans, ids, begins, frozenset(noted))


def _find(letters: str, sought: str, marked: Marked) -> int | None:
    """Where the words stand: after what stood before them, and nearest to where they were."""
    places = []
    at = letters.find(sought) if sought else -1
    while at >= 0:
        places.append(at)
        at = letters.find(sought, at + 1)
    before = "".join(marked.before.split())
    return min(
        places,
        key=lambda at: (-_same_before(letters, at, before), abs(at - marked.start)),
        default=None,
    )


def _same_before(letters: str, at: int, before: str) -> int:
    """How many letters before a place are the same."""
    same = 0
    while same < min(at, len(before)) and letters[at - 1 - same] == before[-1 - same]:
        same += 1
    return same


def around(lines: Sequence[Line], line: int) -> tuple[int, int]:
    """The first and last line of the paragraph that a line is in."""
    begin = end = line
    block = lines[line].block
    while begin > 0 and lines[begin - 1].spans and lines[begin - 1].block == block:
        begin -= 1
    while end + 1 < len(lines) and lines[end + 1].spans and lines[end + 1].block == block:
        end += 1
    return begin, end


def text_of(lines: Sequence[Line]) -> str:
    """The text of lines, with those of a paragraph put together again."""
    text = ""
    for number, line in enumerate(lines):
        told = "".join(span.text for span in line.spans if span.counts)
        own = told if line.goes_on or _is_code(line) else told.strip()
        if not number:
            text = own
        elif not line.spans:
            text = text.rstrip("\n") + "\n\n"
        elif text.endswith("\n"):
            text += own
        elif line.block != lines[number - 1].block or _stands_alone(line):
            text += "\n" + own
        elif lines[number - 1].goes_on:
            text += told
        else:
            text += " " + own
    return text.strip()


def _is_code(line: Line) -> bool:
    return any(span.role.startswith("code-") and span.counts for span in line.spans)


def _stands_alone(line: Line) -> bool:
    """Does it begin anew: an item of a list, a line of code, a row of a table?"""
    roles = [span.role for span in line.spans if span.text.strip()]
    return bool(roles) and (roles[0] == "bullet" or roles[0].startswith(("code-", "table")))
