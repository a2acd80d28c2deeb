"""The one list of the reading room, drawn a line at a time.

It holds no rows, only their number: a subclass draws row `r` when it comes into view. Moving the
cursor inside the view repaints two rows; nothing here grows with the length of the list.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Hashable, Iterable, Sequence
from itertools import accumulate
from typing import ClassVar

from rich.style import Style
from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip

from reader.app.widgets.pieces import BAR, PLAIN, QUIET_BAR, Look, Pieces, columns_in_screen_order
from reader.app.widgets.sturdy import Scroll

KEPT_STRIPS = 250
"""Rows drawn and kept. A screen shows at most about a hundred; the rest is paging back."""


class Rows(Scroll, can_focus=True):
    """A list of rows, all of `row_height_lines`, with one chosen."""

    ROLES: ClassVar[tuple[str, ...]] = ()
    """What the rows are drawn with: each is the class `<widget>--<role>` of the style sheets."""

    cursor: reactive[int] = reactive(0, repaint=False, init=False)
    """The chosen row, counted from the top."""

    class Moved(Message):
        """Another row was chosen."""

        def __init__(self, rows: Rows, row: int) -> None:
            super().__init__()
            self.rows = rows
            self.row = row

        @property
        def control(self) -> Rows:
            return self.rows

        def can_replace(self, message: Message) -> bool:
            return isinstance(message, Rows.Moved) and message.rows is self.rows

    class Opened(Message):
        """The chosen row was clicked on: open it."""

        def __init__(self, rows: Rows, row: int) -> None:
            super().__init__()
            self.rows = rows
            self.row = row

        @property
        def control(self) -> Rows:
            return self.rows

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id)
        self.row_count = 0
        self.row_height_lines = 1
        self._drawn: dict[tuple[Hashable, int], list[Strip]] = {}
        self._drawn_width = 0
        self._look: Look | None = None

    # What a subclass says of its rows.

    def draw(self, row: int, width_cells: int) -> list[Pieces]:
        """The lines of one row, at most `row_height_lines`."""
        raise NotImplementedError

    def key_of(self, row: int) -> Hashable:
        """What a drawn row is remembered by."""
        return row

    def barred_lines(self, row: int) -> range:
        """The lines of a chosen row that the bar lies under, counted from its first."""
        return range(self.height_of(row))

    def can_choose(self, row: int) -> bool:
        """False for a row the cursor steps over, such as a heading."""
        return True

    # Geometry, which `UnevenRows` replaces.

    def top_of(self, row: int) -> int:
        """The first line of a row."""
        return row * self.row_height_lines

    def height_of(self, row: int) -> int:
        return self.row_height_lines

    def row_at(self, line: int) -> int:
        """The row that holds `line`; `row_count` or more below the last."""
        return line // self.row_height_lines

    def line_count(self) -> int:
        return self.row_count * self.row_height_lines

    # Behaviour.

    def set_rows(self, row_count: int, cursor: int, top_line: int | None = None) -> None:
        """Show another list. `top_line` keeps the view where it was, else the cursor is shown."""
        self._drawn.clear()
        self.row_count = row_count
        self.set_height(self.line_count())
        with self.prevent(Rows.Moved):
            self.set_reactive(Rows.cursor, max(0, min(cursor, row_count - 1)))
        if top_line is not None:
            self.go_to_line(top_line)
        self.show_cursor()
        self.refresh()

    def grow(self, row_count: int) -> None:
        """More rows were found below; what is in view stays."""
        self.row_count = row_count
        self.set_height(self.line_count())

    def redraw_row(self, row: int) -> None:
        """Draw one row afresh: what it shows has changed."""
        key = self.key_of(row)
        for state in (PLAIN, QUIET_BAR, BAR):
            self._drawn.pop((key, state), None)
        self._refresh_row(row)

    def redraw(self) -> None:
        """Draw every row afresh."""
        self._drawn.clear()
        self.refresh()

    def move(self, rows: int) -> None:
        """Move the cursor by `rows` that can be chosen."""
        step = 1 if rows > 0 else -1
        row, target = self.cursor, self.cursor + rows
        if abs(rows) > 1:
            target = max(0, min(self.row_count - 1, target))
        while 0 <= target < self.row_count and not self.can_choose(target):
            target += step
        self.cursor = target if 0 <= target < self.row_count else row

    def bar(self, row: int) -> str:
        """The sign before a row: chosen here, chosen while the keyboard is elsewhere, or not."""
        return " " if row != self.cursor else "▌" if self.has_focus else "▏"

    @property
    def line_in_view(self) -> int:
        """The line of the chosen row, counted from the top of the widget."""
        if not self.row_count:
            return 0
        first = self.top_of(self.cursor) + self.barred_lines(self.cursor).start
        return first - self.scroll_offset.y

    def page(self, pages: float) -> None:
        """Move the cursor by pages."""
        rows = max(1, round(abs(pages) * self.size.height / self.row_height_lines) - 1)
        self.move(rows if pages > 0 else -rows)

    def to_top(self) -> None:
        self.cursor = next((r for r in range(self.row_count) if self.can_choose(r)), 0)

    def to_bottom(self) -> None:
        self.cursor = self.row_count - 1

    def show_cursor(self) -> None:
        """Scroll as little as shows the cursor."""
        height = self.size.height
        if not self.row_count or not height:
            return
        top, rows_top = self.scroll_offset.y, self.top_of(self.cursor)
        bottom = rows_top + self.height_of(self.cursor)
        if self.cursor == 0:
            self.go_to_line(0)
        elif rows_top < top:
            self.go_to_line(rows_top)
        elif bottom > top + height:
            self.go_to_line(bottom - height)

    def validate_cursor(self, row: int) -> int:
        return max(0, min(self.row_count - 1, row))

    def watch_cursor(self, old: int, new: int) -> None:
        for row in (old, new):
            if 0 <= row < self.row_count:  # of a row only the bar changes, not what is around it
                self._refresh_row(row, self.barred_lines(row))
        self.show_cursor()
        self.post_message(self.Moved(self, new))

    def draw_line(self, y: int) -> Strip:
        width = self.size.width
        line = y + self.scroll_offset.y
        look = self.look
        if width != self._drawn_width or len(self._drawn) > KEPT_STRIPS:
            self._drawn.clear()
            self._drawn_width = width
        if line >= self.line_count():
            return self.below(line - self.line_count(), width)
        row = self.row_at(line)
        state = PLAIN if row != self.cursor else BAR if self.has_focus else QUIET_BAR
        key = (self.key_of(row), state)
        strips = self._drawn.get(key)
        if strips is None:
            barred = self.barred_lines(row)
            strips = self._drawn[key] = [
                look.strip(
                    columns_in_screen_order(pieces), width, state if number in barred else PLAIN
                )
                for number, pieces in enumerate(self.draw(row, width))
            ]
        index = line - self.top_of(row)
        return strips[index] if index < len(strips) else look.blank(width, state)

    def below(self, line: int, width_cells: int) -> Strip:
        """The lines under the last row."""
        return self.look.blank(width_cells)

    @property
    def look(self) -> Look:
        if self._look is None:
            self._look = Look((*self.ROLES, "bar", "bar-quiet"), self.rich_style, self._style_of)
        return self._look

    def notify_style_update(self) -> None:
        self._look = None
        self._drawn.clear()
        super().notify_style_update()

    def on_resize(self) -> None:
        self.show_cursor()

    def _on_focus(self, event: events.Focus) -> None:
        self._focus_changed(event, True)

    def _on_blur(self, event: events.Blur) -> None:
        self._focus_changed(event, False)

    def on_click(self, event: events.Click) -> None:
        if event.y >= self.size.height:
            return  # on the border
        row = self.row_at(event.y + self.scroll_offset.y)
        if not (0 <= row < self.row_count and self.can_choose(row)):
            return
        if row == self.cursor or event.chain == 2:
            self.post_message(self.Opened(self, row))
        else:
            self.cursor = row

    def _style_of(self, role: str) -> Style:
        return self.ink(f"{self._css_name}--{role}")

    @property
    def _css_name(self) -> str:
        return type(self).__name__.lower()

    def _refresh_row(self, row: int, lines: range | None = None) -> None:
        if not 0 <= row < self.row_count:
            return
        width, height = self.size
        lines = range(self.height_of(row)) if lines is None else lines
        top = self.top_of(row) + lines.start - self.scroll_offset.y
        region = Region(0, top, width, len(lines))
        if shown := region.intersection(Region(0, 0, width, height)):
            self.refresh(shown)

    def _focus_changed(self, event: events.Event, focused: bool) -> None:
        """Textual would repaint the whole list; only the chosen row looks different."""
        event.prevent_default()
        self.has_focus = focused
        if self.parent is not None and self.parent.is_attached:
            told = events.DescendantFocus(self) if focused else events.DescendantBlur(self)
            self.parent.post_message(told)
        if self.row_count:
            self._refresh_row(self.cursor)


class UnevenRows(Rows):
    """Rows of their own heights: whoever sets them says how many lines each has."""

    _tops: Sequence[int] = (0,)
    """The first line of each row, and of what is under the last."""

    def set_heights(self, heights: Iterable[int]) -> None:
        """From now on the rows are so many lines high, from the first to the last."""
        self._tops = list(accumulate(heights, initial=0))

    def top_of(self, row: int) -> int:
        return self._tops[min(row, len(self._tops) - 1)]

    def height_of(self, row: int) -> int:
        return self._tops[row + 1] - self._tops[row] if row + 1 < len(self._tops) else 1

    def row_at(self, line: int) -> int:
        return bisect_right(self._tops, line) - 1

    def line_count(self) -> int:
        return self._tops[-1]

    def page(self, pages: float) -> None:
        """Move the cursor by what a page shows."""
        step = 1 if pages > 0 else -1
        lines = abs(pages) * self.size.height
        row, passed = self.cursor, 0
        while 0 <= row + step < self.row_count and passed + self.height_of(row) <= lines:
            passed += self.height_of(row)
            row += step
        self.move(row - self.cursor or step)
