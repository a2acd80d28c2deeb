"""What lies over the text of a page: what was found, highlighted, selected, and letters to jump by.

All of it is laid over the pieces of one line at a time and moves none of them; a sign in the margin
tells it without colour.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from reader.app.hints import overlaid
from reader.app.marking import highlighting, receding, sign_of
from reader.app.widgets.pieces import Pieces, marked

NEWS_SIGNS = {"new": "▎", "known": "·"}
"""In the margin of lines, so that news is told apart without colour, too."""
HIGHLIGHT_SIGN, SELECTED_SIGN = "┃", "▌"

Spans = dict[int, list[tuple[int, int]]]
"""By line the (start, end) of parts of it, in characters."""


class Overlays:
    """Lines of the page count from its top; those of `selected_spans` and `highlights` from where
    its body begins."""

    def __init__(self) -> None:
        self.matches: list[tuple[int, int, int]] = []
        """What was found: (line, start, end), in order."""
        self.selected: tuple[int, int] | None = None
        """The first and the last line that are selected."""
        self.selected_spans: Spans | None = None
        """What of the lines is selected; None if all of them is."""
        self.highlights: Spans = {}
        self.highlight_ids: dict[int, list[int]] = {}
        self.noted: frozenset[int] = frozenset()
        """Lines in which a highlight with a note begins."""
        self.hints: dict[int, list[tuple[int, str]]] = {}
        self._marks: Spans = {}

    def find(self, matches: Sequence[tuple[int, int, int]]) -> None:
        """Mark what was found, and nothing else."""
        self.matches = list(matches)
        self._marks = {}
        for line, start, end in matches:
            self._marks.setdefault(line, []).append((start, end))

    def lay_hints(self, hints: Iterable[tuple[int, int, str]]) -> None:
        """Lay labels over the text, and no others, each at a line and a character of it."""
        self.hints = {}
        for line, start, label in hints:
            self.hints.setdefault(line, []).append((start, label))

    def is_selected(self, line: int) -> bool:
        """Is it among the selected lines?"""
        return self.selected is not None and self.selected[0] <= line <= self.selected[1]

    def over(
        self, pieces: Pieces, line: int, body: int, news: Sequence[tuple[int, int, str]]
    ) -> Pieces:
        """A line with all that lies over it; `body` is its number in the body, `news` what of it
        the reader knows or does not."""
        if news:
            pieces = receding(pieces, news)
        if body in self.highlights:
            pieces = highlighting(pieces, self.highlights[body])
        if line in self._marks:
            pieces = marked(pieces, self._marks[line])
        if self.selected_spans is not None and body in self.selected_spans:
            pieces = marked(pieces, self.selected_spans[body])
        if line in self.hints:
            pieces = overlaid(pieces, self.hints[line])
        return pieces

    def sign(
        self, line: int, body: int, news: Sequence[tuple[int, int, str]]
    ) -> tuple[str, str] | None:
        """What stands in the margin of a line, and its role: is it selected, highlighted, news?"""
        if self.is_selected(line):
            return SELECTED_SIGN, "sign"
        if body in self.highlights:
            return "*" if body in self.noted else HIGHLIGHT_SIGN, "highlight-sign"
        mark = sign_of(news)
        return (NEWS_SIGNS[mark], f"{mark}-sign") if mark else None
