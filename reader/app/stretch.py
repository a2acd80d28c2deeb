"""A stretch of the page that is selected by sentences or by words.

Pure. Letters are counted as `reader.app.marking` counts them: those of an article's body, in one
run, without blanks; a stretch therefore means the same at every width.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from reader.app.marking import columns_between, letters_of
from reader.app.selection import Selection, around, marked_from, text_of
from reader.text.sentences import sentences

if TYPE_CHECKING:
    from reader.model import Marked
    from reader.text.layout import Line

SENTENCE, WORD = "sentence", "word"
_WIDE = "\u2e80-\uabff\uf900-\ufaff"
_WORD = re.compile(rf"[{_WIDE}]|[^\s{_WIDE}]+")
"""An ideograph or a kana is a word of its own: no blanks tell where theirs end."""
Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Stretch:
    """From the sentence or word it began at to the one that moves, whichever is first."""

    unit: str
    parts: tuple[Range, ...]
    """All sentences, or words, of the article: (begin, end) in letters."""
    fixed: int
    moving: int
    """Which of the parts are the ends."""
    told: tuple[str, Sequence[int], Sequence[Sequence[int]]]
    """What `letters_of` says of the page: looked at once, for every key."""

    def count(self, lines: Sequence[Line]) -> int:
        """How many sentences, or words, are selected."""
        return abs(self.fixed - self.moving) + 1

    def letters(self, lines: Sequence[Line]) -> Range:
        """(begin, end) of what is selected, in letters."""
        low, high = sorted((self.fixed, self.moving))
        return self.parts[low][0], self.parts[high][1]

    def moved(self, lines: Sequence[Line], steps: int) -> Stretch:
        """With the moving end so many parts further on, as far as there are any."""
        return replace(self, moving=max(0, min(self.moving + steps, len(self.parts) - 1)))

    def turned(self) -> Stretch:
        """With the other end moving."""
        return replace(self, fixed=self.moving, moving=self.fixed)

    def by_other(self, lines: Sequence[Line]) -> Selection:
        """Counted in lines instead; all that it touches is selected."""
        ends = self.bounds(lines)
        return Selection(*(ends if self.fixed <= self.moving else ends[::-1]), by_paragraphs=False)

    def bounds(self, lines: Sequence[Line]) -> Range:
        """The first and the last line that it touches."""
        begin, end = self.letters(lines)
        return self._line_of(begin), self._line_of(end - 1)

    def end_line(self, lines: Sequence[Line]) -> int:
        """The line of the end that moves."""
        first, last = self.bounds(lines)
        return first if self.moving < self.fixed else last

    def spans(self, lines: Sequence[Line]) -> dict[int, list[Range]]:
        """For each line that it touches the (start, end) of what is selected, in characters."""
        _, starts, columns = self.told
        found: dict[int, list[Range]] = {}
        for line, start, end in columns_between(*self.letters(lines), starts, columns):
            found.setdefault(line, []).append((start, end))
        return found

    def passage(self, lines: Sequence[Line]) -> Marked:
        """What it says, as it is to be found again."""
        spans = self.spans(lines)
        cut = [_cut(lines[at], spans.get(at)) for at in range(min(spans), max(spans) + 1)]
        return marked_from(text_of(cut), self.told[0], self.letters(lines)[0])

    def _line_of(self, letter: int) -> int:
        return bisect_right(self.told[1], letter) - 1


def stretch(lines: Sequence[Line], unit: str, begin: int, end: int) -> Stretch | None:
    """All sentences, or words, that have letters from `begin` to before `end`; None if none has."""
    told = letters_of(lines)
    parts = tuple((_sentences if unit == SENTENCE else _words)(lines, told[1]))
    low = bisect_right(parts, begin, key=lambda each: each[1])
    high = bisect_left(parts, end, key=lambda each: each[0]) - 1
    return Stretch(unit, parts, low, high, told) if low <= high else None


def _sentences(lines: Sequence[Line], starts: Sequence[int]) -> Iterator[Range]:
    for text, at in _paragraphs(lines, starts):
        for start, end in sentences(text):
            begin = at + _count(text[:start])
            yield begin, begin + _count(text[start:end])


def _words(lines: Sequence[Line], starts: Sequence[int]) -> Iterator[Range]:
    for text, at in _paragraphs(lines, starts):
        begin = at
        for word in _WORD.findall(text):
            yield begin, begin + len(word)
            begin += len(word)


def _paragraphs(lines: Sequence[Line], starts: Sequence[int]) -> Iterator[tuple[str, int]]:
    """The text of each paragraph, and the letters before it."""
    at = 0
    while at < len(lines):
        if not lines[at].spans:
            at += 1
            continue
        _, end = around(lines, at)
        yield text_of(lines[at : end + 1]), starts[at]
        at = end + 1


def _count(text: str) -> int:
    return sum(not letter.isspace() for letter in text)


def _cut(line: Line, spans: Sequence[Range] | None) -> Line:
    """A line without what is not selected of it."""
    if not spans:
        return replace(line, spans=())
    begin, end = spans[0][0], spans[-1][1]
    kept, at = [], 0
    for span in line.spans:
        low, high = max(begin - at, 0), min(end - at, len(span.text))
        if low < high:
            kept.append(replace(span, text=span.text[low:high]))
        at += len(span.text)
    return replace(line, spans=tuple(kept))
