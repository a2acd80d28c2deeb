"""Where the sentences of an article stand on its page, and which of them are new to the reader.

Sentences come from the article's plain text, the page from its Markdown; what both share are the
letters, blanks and signs aside. A sentence that is not found so stays unmarked.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING

from reader.noun import Noun

if TYPE_CHECKING:
    from reader.app.widgets.pieces import Pieces
    from reader.text.layout import Line

NEW, KNOWN = "new", "known"
_BULLETS = "-*•–·+0123456789.)"
_SEPARATORS = re.compile(r"(?:^|(?<=\s))\|(?=\s|$)")
"""Between the cells of a table, in plain text."""
SURE_LETTERS = 40
"""A sentence so long is itself wherever it stands; a shorter one may be another of the same words,
and to go there would leave all between unmarked."""
AHEAD_LETTERS = 600
"""How far ahead a shorter one may stand: after what the page says and the text does not, such as
what pictures show or the names of columns said again in each row. Of 220 pages of the web 1.6 % of
sentences are then not found, numbers of list items and tables set in columns; 3.2 % without."""
_RECEDING = frozenset(
    "text strong em strong-em strike quote term table table-head caption h1 h2 h3 h4".split()
)
Told = Sequence[tuple[str, str]]
"""The sentences of an article with their marks, as the library gives them."""


class Placed(Noun):
    """A sentence: its (start, end) among the letters of the page, and in the article's text."""

    letters: tuple[int, int]
    text: tuple[int, int]
    mark: str


class Marking(Noun):
    """The sentences of an article on its page, at one width. Lines are those of the body."""

    new: int = 0
    total: int = 0
    """Sentences there are, marked or not."""
    known: int = 0
    passages: tuple[int, ...] = ()
    """The lines in which passages begin that are new."""
    spans: Mapping[int, Sequence[tuple[int, int, str]]] = MappingProxyType({})
    """For a line the (start, end, mark) of what is marked in it, in characters."""
    _placed: tuple[Placed, ...] = ()
    _line_starts: tuple[int, ...] = ()

    @property
    def in_words(self) -> str:
        """How much is new to the reader; "" where nothing of it could be known."""
        if not self.known and not self.new:
            return ""
        if not self.new:
            return "nothing here is new to you"
        if self.new == self.total:
            return "all of it is new to you"
        if self.new == 1:
            return f"1 of {self.total} sentences is new to you"
        return f"{self.new} of {self.total} sentences are new to you"

    def is_new_from(self, line: int) -> bool:
        """Whether anything new stands in this line or below it."""
        return any(
            each >= line and any(mark == NEW for *_, mark in spans)
            for each, spans in self.spans.items()
        )

    def goes_on(self, line: int) -> bool:
        """Whether a new passage from above has more of it in this line or below. Between what is
        new of one passage stand blank lines, headings, and sentences of which nothing is said."""
        end = next((each for each in self.passages if each > line), None)
        return any(
            each >= line and (end is None or each < end) and any(mark == NEW for *_, mark in spans)
            for each, spans in self.spans.items()
        )

    def shown(self, first: int, last: int) -> list[tuple[int, int]]:
        """The parts of the article's text that stand at least by half in these lines, of which
        `last` is the first that does not count; (start, end) in characters."""
        starts = self._line_starts
        if not starts:
            return []
        begin = starts[max(0, min(first, len(starts) - 1))]
        end = starts[max(0, min(last, len(starts) - 1))]
        return [
            each.text
            for each in self._placed
            if 2 * (min(end, each.letters[1]) - max(begin, each.letters[0]))
            >= each.letters[1] - each.letters[0]
        ]


def marking(lines: Sequence[Line], text: str, told: Told) -> Marking:
    """The marks of a page: `lines` are its body, `text` the article's plain text."""
    letters, starts, columns = letters_of(lines)
    placed = list(_placed(letters, text, told))
    spans: dict[int, list[tuple[int, int, str]]] = {}
    passages: list[int] = []
    before = ""
    for each in placed:
        if not each.mark:
            continue
        if each.mark == NEW and before != NEW:
            passages.append(bisect_right(starts, each.letters[0]) - 1)
        before = each.mark
        for line, start, end in columns_between(*each.letters, starts, columns):
            spans.setdefault(line, []).append((start, end, each.mark))
    marks = [mark for _, mark in told]
    return Marking(
        new=marks.count(NEW),
        total=len(marks),
        known=marks.count(KNOWN),
        passages=tuple(passages),
        spans=spans,
        _placed=tuple(placed),
        _line_starts=tuple(starts),
    )


def receding(pieces: Pieces, spans: Sequence[tuple[int, int, str]]) -> Pieces:
    """A line with what the reader knows set quietly."""
    known = [(start, end) for start, end, mark in spans if mark == KNOWN]
    return _set_as("known", pieces, known) if known else pieces


def highlighting(pieces: Pieces, spans: Sequence[tuple[int, int]]) -> Pieces:
    """A line with what is highlighted set so."""
    return _set_as("highlight", pieces, sorted(spans))


def _set_as(name: str, pieces: Pieces, spans: Sequence[tuple[int, int]]) -> Pieces:
    set_so: Pieces = []
    at = 0
    for text, role in pieces:
        known = role in _RECEDING or role == "known"
        quiet = name if known else f"{name}-link" if role in ("link", "known-link") else role
        begin = at
        for start, end in spans:
            low, high = max(start, begin), min(end, at + len(text))
            if low < high:
                set_so += [(text[begin - at : low - at], role), (text[low - at : high - at], quiet)]
                begin = high
        set_so.append((text[begin - at :], role))
        at += len(text)
    return [piece for piece in set_so if piece[0]]


def sign_of(spans: Sequence[tuple[int, int, str]]) -> str | None:
    """What stands in the margin of a line: its mark if it has anything new, or only known."""
    marks = {mark for _, _, mark in spans}
    return NEW if NEW in marks else KNOWN if marks else None


def columns_between(
    begin: int, end: int, starts: Sequence[int], columns: Sequence[Sequence[int]]
) -> Iterator[tuple[int, int, int]]:
    """Where letters of a page stand: for each line the (line, start, end) in characters."""
    first, last = bisect_right(starts, begin) - 1, bisect_right(starts, end - 1) - 1
    for line in range(first, last + 1):
        low = max(begin - starts[line], 0)
        high = min(end - starts[line], len(columns[line]))
        if high > low:
            yield line, columns[line][low], columns[line][high - 1] + 1


def letters_of(lines: Sequence[Line]) -> tuple[str, list[int], list[list[int]]]:
    """The letters of a page in one run; where in it each line begins, and one more for the end;
    and the columns, in characters, of each line's letters."""
    run: list[str] = []
    starts: list[int] = []
    columns: list[list[int]] = []
    for line in lines:
        starts.append(len(run))
        own: list[int] = []
        column = 0
        for span in line.spans:
            if span.counts:
                own += [column + at for at, letter in enumerate(span.text) if not letter.isspace()]
                run += [letter for letter in span.text if not letter.isspace()]
            column += len(span.text)
        columns.append(own)
    return "".join(run), [*starts, len(run)], columns


def _placed(letters: str, text: str, told: Told) -> list[Placed]:
    """The sentences that are found on the page, in order."""
    found = []
    at = on_page = owed = 0
    for sentence, mark in told:
        start = text.find(sentence, at)
        if start < 0:
            continue
        at = start + len(sentence)
        where, length = _find(letters, sentence, on_page, owed)
        if where < 0:
            owed += length
            continue
        on_page, owed = where + length, 0
        found.append(Placed((where, on_page), (start, at), mark))
    return found


def _find(letters: str, sentence: str, start: int, owed: int) -> tuple[int, int]:
    """Where a sentence stands among the letters of the page from `start` on, or -1, and its length
    in letters; `owed` letters of the text before it were not found."""
    bare = "".join(_SEPARATORS.sub(" ", sentence).split())
    ways = ("".join(sentence.split()), bare, bare.lstrip(_BULLETS))
    for sought in filter(None, ways):
        near = start + owed + len(sought) + AHEAD_LETTERS
        where = letters.find(sought, start, near if len(sought) < SURE_LETTERS else len(letters))
        if where >= 0:
            return where, len(sought)
    return -1, len(bare)
