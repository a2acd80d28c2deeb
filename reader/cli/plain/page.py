"""An article in lines, and how far it has been read out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

from reader.app.marking import Marking, marking
from reader.model import Anchor, Article, Marked
from reader.text import spoken
from reader.text.blocks import Heading, notes_in
from reader.text.layout import Layout, Line, lay_out
from reader.text.markdown import blocks

LAID_OUT_CELLS = 80
Told = Sequence[tuple[str, str]]


class Page:
    """The lines of an article at one width, from the first to the last.

    What is new to the reader is said in words before it: `[new] `; what is known, `[known] `;
    what is neither and follows one of these, `[unmarked] `.
    """

    def __init__(self, article: Article, width_cells: int, told: Told = ()) -> None:
        self.article = article
        self.edits = article.headline.edits
        """How often the text had been edited that is read out here."""
        self._layout = Layout(blocks=blocks(article.markdown), complete=True)
        passages = spoken.passages(self._layout.blocks)
        self.news = marking([spoken.unwrapped(each) for each in passages], article.text, told)
        self._passage_of: list[int] = []
        """For each line the passage it belongs to."""
        self._set(passages, width_cells)
        self.next_line = 0
        """The first line that was not shown yet."""
        self.last_shown = 0
        """The first of the lines shown last."""
        self._shown: list[tuple[int, int]] = []
        """All that was shown, each time from a line to one before which it ended."""
        self._sought = ""

    @property
    def lines(self) -> list[Line]:
        return self._layout.lines

    @property
    def headings(self) -> list[tuple[int, str]]:
        """The headings, each with the line it stands in."""
        found = []
        for number, block in enumerate(self._layout.blocks):
            if isinstance(block, Heading):
                lines = (at for at, line in enumerate(self.lines) if line.block == number)
                found += [(at, block.plain) for at in lines if self.lines[at].spans][:1]
        return found

    @property
    def at_end(self) -> bool:
        return self.next_line >= len(self.lines)

    @property
    def progress(self) -> int:
        """How much was shown, in percent."""
        return 100 * self.next_line // max(1, len(self.lines))

    def take(self, most: int) -> list[str]:
        """The next lines, `most` or (0) all; they count as shown."""
        lines = self.lines
        while self.next_line < len(lines) and not lines[self.next_line].spans:
            self.next_line += 1
        begin = self.next_line
        end = min(len(lines), begin + most) if most else len(lines)
        self.last_shown, self.next_line = begin, end
        self._count_shown(begin, end)
        return [line.text for line in lines[begin:end]]

    def go_to(self, line: int) -> None:
        """Let `line` be the next to be shown."""
        self.next_line = max(0, min(line, len(self.lines)))

    def go_to_place(self, anchor: Anchor | None) -> None:
        """Go to a place; to the beginning if there is none."""
        begun = anchor is not None and (anchor.block, anchor.offset) != (0, 0)
        self.go_to(self._layout.line_of(anchor) if begun and anchor and self.lines else 0)

    def go_on_at(self, anchor: Anchor | None) -> None:
        """Go on where the reading was left; what stands before it was shown then."""
        self.go_to_place(anchor)
        self._count_shown(0, self.next_line)

    @property
    def place(self) -> Anchor:
        """Where to go on; the beginning, once all was shown."""
        if self.at_end or not self.next_line:
            return Anchor(0, 0, "")
        return self._layout.anchor_at(self.next_line)

    def seen(self) -> list[tuple[int, int]]:
        """The parts of the article's text that were shown so far, (start, end) in characters; all
        of it at its end, where it was not looked for what is new."""
        if not self.news.total:
            return [(0, len(self.article.text))] if self.at_end else []
        return [
            span
            for first, end in self._shown
            for span in self.news.shown(self._passage_of[first], self._passage_of[end - 1] + 1)
        ]

    def find(self, words: str, step: int = 1) -> int | None:
        """The line of the next (1) or previous (-1) passage that holds `words`, or those looked
        for before."""
        self._sought = (words or self._sought).casefold()
        if not self._sought:
            return None
        here = self._passage_of[self.last_shown] if words == "" and self.lines else None
        said: dict[int, str] = {}
        for passage, line in zip(self._passage_of, self.lines, strict=True):
            said[passage] = f"{said.get(passage, '')} {line.text}"
        for number in list(said)[::step]:
            beyond = here is None or (number - here) * step > 0
            if beyond and self._sought in said[number].casefold():
                return self._line_of(number)
        return None

    def sentence_with(self, words: str) -> Marked | None:
        """The sentence that holds `words`: of those shown last, or else the first of the text."""
        from reader.app.stretch import SENTENCE, stretch

        whole = stretch(self.lines, SENTENCE, 0, len(self.article.markdown))
        sought = " ".join(words.casefold().split())
        if whole is None or not sought:
            return None
        at = range(len(whole.parts))
        each = (replace(whole, fixed=n, moving=n) for n in at)
        found = [one for one in each if sought in _casefolded(one.passage(self.lines))]
        near = [one for one in found if one.bounds(self.lines)[0] >= self.last_shown]
        return (near or found)[0].passage(self.lines) if found else None

    @cached_property
    def notes(self) -> dict[str, str]:
        """The footnotes: for each label what it says."""
        return notes_in(self._layout.blocks)

    @property
    def notes_here(self) -> list[str]:
        """The labels of the footnotes that the lines shown last refer to, in order."""
        shown = {line.block for line in self.lines[self.last_shown : self.next_line]}
        drawn = lay_out(self._layout.blocks, LAID_OUT_CELLS).lines if self.notes else []
        marks = [
            span.text[1:-1]
            for line in drawn
            if line.block in shown
            for span in line.spans
            if span.role == "note-mark" and span.text[1:-1] in self.notes
        ]
        return list(dict.fromkeys(marks))

    @property
    def place_shown(self) -> Anchor:
        """Where the lines shown last begin."""
        return self._layout.anchor_at(self.last_shown) if self.lines else Anchor(0, 0, "")

    def new_passage(self, step: int) -> int | None:
        """The line of the next (1) or previous (-1) passage that is new to the reader."""
        here = self._passage_of[self.last_shown] if self.next_line else -step
        found = [each for each in self.news.passages if (each - here) * step > 0]
        return self._line_of(min(found) if step > 0 else max(found)) if found else None

    def _line_of(self, passage: int) -> int:
        lines = (number for number, own in enumerate(self._passage_of) if own == passage)
        return next((number for number in lines if self.lines[number].spans), 0)

    def _count_shown(self, begin: int, end: int) -> None:
        if begin < end:
            self._shown.append((begin, end))

    def _set(self, passages: Sequence[spoken.Passage], width_cells: int) -> None:
        block, offset = -1, 0
        for number, passage in enumerate(passages):
            if passage.block != block:
                block, offset = passage.block, 0
            if number and not passage.tight:
                self._keep(Line((), block, offset), number)
            for line in spoken.wrapped(
                passage, width_cells, offset, _marks(self.news, passage, number)
            ):
                self._keep(line, number)
                offset += spoken.letters(line)

    def _keep(self, line: Line, passage: int) -> None:
        self._layout.lines.append(line)
        self._passage_of.append(passage)


def _casefolded(marked: Marked) -> str:
    return " ".join(marked.quote.casefold().split())


def _marks(news: Marking, passage: spoken.Passage, number: int) -> spoken.Marks:
    """The marks of a passage, counted from the beginning of its text."""
    lead = len(passage.lead)
    return [(start - lead, end - lead, mark) for start, end, mark in news.spans.get(number, ())]
