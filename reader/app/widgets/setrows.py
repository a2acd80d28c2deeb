"""A list of articles whose rows differ in height: each is set when it is shown, for one width."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import ClassVar

from reader import clock
from reader.app.widgets.headlines import Headlines
from reader.app.widgets.pieces import Pieces
from reader.app.widgets.rows import UnevenRows
from reader.model import Headline


class SetRows(UnevenRows, Headlines):
    """Headlines in rows of their own heights. A subclass says what the lines of a row are."""

    ROLES: ClassVar[tuple[str, ...]] = (
        *Headlines.ROLES,
        "lead",
        "heading",
        "summary",
        "rule",
    )

    def __init__(self, look_up, id: str) -> None:  # type: ignore[no-untyped-def]
        super().__init__(look_up, id)
        self.compact = False
        """Is every row one line, for the page is beside the list?"""
        self._lines: list[list[Pieces]] = []
        self._barred: list[range] = []
        self._set_for = 0, False

    # What a subclass says.

    def set_row(self, row: int, width_cells: int) -> tuple[list[Pieces], range]:
        """The lines of a row without the sign before them, and which of them the bar lies under."""
        raise NotImplementedError

    # Behaviour.

    def show_rows(self, ids: Sequence[int], cursor: int, top_line: int | None = None) -> None:
        """Show the rows of these articles."""
        self.ids, self.complete = array("q", ids), True
        self._now = clock.now()
        self._known.clear()
        self._set()
        self.set_rows(len(self.ids), cursor, top_line)

    def know(self, headlines: Sequence[Headline]) -> None:
        """Take headlines that were looked up already."""
        self._known.update((headline.id, headline) for headline in headlines)

    def set_compact(self, compact: bool) -> None:
        """Draw each row in one line, or as it should be."""
        if compact != self.compact:
            self.compact = compact
            self.set_anew()

    def set_anew(self) -> None:
        """Set every row again, the chosen one in view."""
        self._set()
        self.set_rows(self.row_count, self.cursor, self.scroll_offset.y)

    def redraw_row(self, row: int) -> None:
        if row < len(self._lines):  # none is set while the list is out of sight
            self._lines[row], self._barred[row] = self.set_row(row, self.size.width)
            super().redraw_row(row)

    def forget(self) -> None:
        self._known.clear()
        self._now = clock.now()
        self.set_anew()

    def barred_lines(self, row: int) -> range:
        return self._barred[row] if row < len(self._barred) else range(self.height_of(row))

    def draw(self, row: int, width_cells: int) -> list[Pieces]:
        barred = self._barred[row]
        return [
            [(self.bar(row) if number in barred else " ", "sign"), *line]
            for number, line in enumerate(self._lines[row])
        ]

    def on_resize(self) -> None:
        if self._set_for != (self.size.width, self.compact):
            self.set_anew()
        super().on_resize()

    def _set(self) -> None:
        width = self.size.width
        self._set_for = width, self.compact
        both = [self.set_row(row, width) for row in range(len(self.ids))] if width else []
        self._lines = [lines for lines, _ in both]
        self._barred = [barred for _, barred in both]
        self.set_heights(map(len, self._lines))

    def set_again(self, *, roomy: bool) -> None:
        self.roomy = roomy

    def _set_row_height(self) -> bool:
        return False

    @property
    def _css_name(self) -> str:
        return "headlines"
