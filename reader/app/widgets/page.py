"""The page: one article, drawn a line at a time from its galley."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable

from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip

from reader.app.galley import Galley
from reader.app.widgets.overlays import Overlays
from reader.app.widgets.pieces import BAR, Look, Pieces, in_screen_order
from reader.app.widgets.sturdy import Scroll
from reader.model import Anchor
from reader.text.width import cells

MARGIN = 2
"""Blank columns at least on the left, and on the right of the longest line."""
OVERLAP_LINES = 2
"""Lines of the old page that stay in view on the next, for the eye to find its place."""
_ROLES = (
    "highlight highlight-link highlight-sign known known-link new-sign known-sign "
    "title kicker place quiet address warning sign note text strong em strong-em strike code "
    "code-block code-comment code-keyword code-string code-number code-name "
    "link quote h1 h2 h3 h4 bullet rule table table-head caption note-mark term mark gone came"
)
ROLES = _ROLES.split()
PARTS = (*ROLES, "bar", "bar-quiet")


class Page(Scroll, can_focus=True):
    """One article. It knows lines and places in the text, not where articles come from."""

    class Scrolled(Message):
        """Another part of the article is in view."""

        def can_replace(self, message: Message) -> bool:
            return isinstance(message, Page.Scrolled)

    class Resized(Message):
        """The lines must be set again for another width."""

        def can_replace(self, message: Message) -> bool:
            return isinstance(message, Page.Resized)

    class LinkClicked(Message):
        """A link of the text was clicked on."""

        def __init__(self, number: int) -> None:
            super().__init__()
            self.number = number

    def __init__(self, measure_cells: int, id: str = "page") -> None:
        super().__init__(id=id)
        self.measure_cells = measure_cells
        self.galley: Galley | None = None
        self._laid = Overlays()
        self.match_number: int | None = None
        """The marked place last gone to, from 1; None before one was."""
        self._bar_look: Look | None = None
        self._strips: dict[int, Strip] = {}
        self._strips_width = 0
        self._place: Anchor | None = None
        self._top_line = 0
        """The line the reader put at the top. A taller terminal may show lines before it, having
        none after; a smaller one then finds it again."""
        self._passage = -1
        """The new passage last gone to; the next is counted from it while it is in view."""
        self._look: Look | None = None
        self._blank_lines: list[Pieces] = []
        self.shows_news = True
        """Does what the reader knows recede?"""

    @property
    def matches(self) -> list[tuple[int, int, int]]:
        """What was found: (line, start, end), in order."""
        return self._laid.matches

    @property
    def selected(self) -> tuple[int, int] | None:
        """The first and the last line that are selected."""
        return self._laid.selected

    @property
    def line_cells(self) -> int:
        """The measure as the pane allows it."""
        return max(10, min(self.measure_cells, self.size.width - 2 * MARGIN))

    def show(self, galley: Galley, line: int = 0, place: Anchor | None = None) -> None:
        """Show an article with `line` at the top, where `place` in its text is."""
        self.galley = galley
        self._passage = -1
        self._laid, self.match_number = Overlays(), None
        self._strips.clear()
        self.set_height(galley.line_count)
        self.go_to_line(line)
        self._top_line, self._place = line, place
        self.refresh()

    def show_lines(self, lines: list[Pieces]) -> None:
        """Show lines that belong to no article."""
        self.galley = None
        self._blank_lines = lines
        self._strips.clear()
        self.set_height(len(lines))
        self.go_to_line(0)
        self.refresh()

    def grown(self) -> None:
        """The rest of the article has been set."""
        if self.galley is not None:
            self.set_height(self.galley.line_count)

    def show_news(self, shows: bool | None = None) -> None:
        """Draw again what is new, or stop telling it apart."""
        if shows is not None:
            self.shows_news = shows
        self._strips.clear()
        self.refresh()

    def to_passage(self, step: int) -> tuple[int, int] | None:
        """Bring the new passage so many further on, or back, into view, or the last one that way;
        its number, from 1, and how many there are. None if there is none that way."""
        lines = self.galley.passages if self.galley else []
        here = self.scroll_offset.y + self._match_row()
        if self._passage in range(len(lines)) and self._in_view(lines[self._passage]):
            index = self._passage + step
        elif step > 0:
            index = bisect_left(lines, self.scroll_offset.y + 1) + step - 1
        else:
            index = bisect_left(lines, here) + step
        if not 0 <= index < len(lines):
            nearest = 0 if step < 0 else len(lines) - 1
            if abs(step) == 1 or abs(index - nearest) >= abs(step):
                return None
            index = nearest
        self.go_to_line(lines[index] - self._match_row())
        self._passage = index
        return index + 1, len(lines)

    def _in_view(self, line: int) -> bool:
        first, last = self.shown_lines
        return first <= line < last

    @property
    def shown_lines(self) -> tuple[int, int]:
        """The first line in view, and the first below it."""
        top = self.scroll_offset.y
        return top, min(top + self.size.height, self.virtual_size.height)

    @property
    def reading_place(self) -> Anchor | None:
        """The place in the text at the top of the page; None at the very top."""
        if self._place is not None:
            return self._place  # as it was told: each width would round it to a line's beginning
        return self.galley.anchor_at(self._top_line) if self.galley else None

    @property
    def at_end(self) -> bool:
        """True if the last line of the text is in view."""
        return self.scroll_offset.y + self.size.height >= self.virtual_size.height

    @property
    def progress(self) -> int:
        """How much of the article has come into view, in percent."""
        bottom = self.scroll_offset.y + self.size.height
        return min(100, 100 * bottom // max(1, self.virtual_size.height))

    @property
    def line_in_view(self) -> int:
        """The line of the match gone to, or the first one, counted from the top of the page."""
        if not self.match_number or self.match_number > len(self.matches):
            return 0
        line = self.matches[self.match_number - 1][0] - self.scroll_offset.y
        return line if 0 <= line < self.size.height else 0

    def go_to_line(self, line: int) -> None:
        super().go_to_line(line)
        self._moved()

    def scroll_lines(self, lines: int) -> None:
        self.go_to_line(self.scroll_offset.y + lines)

    def page(self, pages: float) -> None:
        """Scroll by pages, keeping a little of the old one in view."""
        step = self.size.height - (OVERLAP_LINES if abs(pages) == 1 else 0)
        self.scroll_lines(max(1, round(abs(pages) * step)) * (1 if pages > 0 else -1))

    def to_percent(self, percent: int) -> None:
        """Scroll to where so much of the article has come into view."""
        wanted = -(-min(percent, 100) * self.virtual_size.height // 100)
        self.go_to_line(wanted - self.size.height)

    def to_top(self) -> None:
        self.go_to_line(0)

    def to_bottom(self) -> None:
        self.go_to_line(self.virtual_size.height)

    def find(self, *phrases: str) -> int:
        """Mark every place where one of `phrases` stands; how many there are."""
        found = self.galley.find(*phrases) if self.galley else []
        if found != self.matches:
            self.match_number = None
        self._laid.find(found)
        self._strips.clear()
        self.refresh()
        return len(self.matches)

    def to_match(self, step: int) -> int | None:
        """Bring the next (1) or previous (-1) marked place into view, wrapping around; step 0 is
        the first one from here on. Its number, from 1; None if there are no matches."""
        if not self.matches:
            return None
        lines = [line for line, _, _ in self.matches]
        here = self.scroll_offset.y + self._match_row()
        if step > 0:
            index = bisect_left(lines, here + 1) + step - 1
        elif step < 0:
            index = bisect_left(lines, here) + step
        else:
            index = bisect_left(lines, self.scroll_offset.y)
        index %= len(lines)
        self.match_number = index + 1
        self.go_to_line(lines[index] - self._match_row())
        return self.match_number

    def lay_hints(self, hints: Iterable[tuple[int, int, str]]) -> None:
        """Lay labels over the text, each at a line and a character of it; none takes them away."""
        self._laid.lay_hints(hints)
        self._strips.clear()
        self.refresh()

    def select(
        self,
        lines: tuple[int, int] | None,
        spans: dict[int, list[tuple[int, int]]] | None = None,
    ) -> None:
        """Show lines as selected, from the first to the last of them, or of each only its `spans`,
        by lines of the body in characters; None takes that away."""
        self._laid.selected, self._laid.selected_spans = lines, spans
        self._strips.clear()
        self.refresh()

    def show_highlights(
        self,
        spans: dict[int, list[tuple[int, int]]],
        ids: dict[int, list[int]],
        noted: frozenset[int],
    ) -> None:
        """Show what is highlighted: by lines of the body characters and numbers; `noted` are the
        lines in which one with a note begins."""
        laid = self._laid
        if spans != laid.highlights or noted != laid.noted:
            laid.highlights, laid.highlight_ids, laid.noted = spans, ids, noted
            self._strips.clear()
            self.refresh()

    def highlights_in(self, first: int, last: int) -> list[int]:
        """The numbers of the highlights in these lines."""
        above = len(self.galley.head) if self.galley else 0
        lines = range(first - above, last - above + 1)
        return list(dict.fromkeys(i for at in lines for i in self._laid.highlight_ids.get(at, ())))

    def bring_into_view(self, line: int) -> None:
        """Scroll as little as shows a line."""
        top, height = self.scroll_offset.y, self.size.height
        if line < top:
            self.go_to_line(line)
        elif line >= top + height:
            self.go_to_line(line - height + 1)

    def draw_line(self, y: int) -> Strip:
        width = self.size.width
        if width != self._strips_width or len(self._strips) > 300:
            self._strips.clear()
            self._strips_width = width
        line = y + self.scroll_offset.y
        strip = self._strips.get(line)
        if strip is None:
            strip = self._strips[line] = self._draw(line, width)
        return strip

    @property
    def look(self) -> Look:
        if self._look is None:
            self._look = Look(ROLES, self.rich_style, self._style_of, bars=False)
        return self._look

    def notify_style_update(self) -> None:
        self._look = self._bar_look = None
        self._strips.clear()
        super().notify_style_update()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        super().watch_scroll_y(old_value, new_value)
        if round(old_value) != round(new_value):
            self.post_message(self.Scrolled())

    def on_resize(self) -> None:
        if self.galley is None or self.galley.width_cells != self.line_cells:
            self.post_message(self.Resized())
        else:
            self.post_message(self.Scrolled())

    def on_mouse_scroll_down(self) -> None:
        self.call_next(self._moved)

    def on_mouse_scroll_up(self) -> None:
        self.call_next(self._moved)

    def on_click(self, event: events.Click) -> None:
        if self.galley is None:
            return
        column = event.x - self._left_margin()
        number = self.galley.link_at(event.y + self.scroll_offset.y, column) if column >= 0 else 0
        if number:
            self.post_message(self.LinkClicked(number))

    def _on_focus(self, event: events.Focus) -> None:
        self._focus_changed(event, True)

    def _on_blur(self, event: events.Blur) -> None:
        self._focus_changed(event, False)

    def _focus_changed(self, event: events.Event, focused: bool) -> None:
        """The page looks the same with the keyboard as without: no repaint."""
        event.prevent_default()
        self.has_focus = focused
        if self.parent is not None and self.parent.is_attached:
            told = events.DescendantFocus(self) if focused else events.DescendantBlur(self)
            self.parent.post_message(told)

    def _moved(self) -> None:
        """The reader chose what is at the top."""
        self._top_line, self._place = self.scroll_offset.y, None

    def _draw(self, line: int, width: int) -> Strip:
        if self.galley is not None and (row := self.galley.picture_row(line)) is not None:
            return Strip([self.look.space(self._left_margin()), *row]).adjust_cell_length(
                width, self.look.base()
            )
        pieces: Pieces
        if self.galley is not None:
            pieces = self.galley.pieces(line) if line < self.galley.line_count else []
        else:
            pieces = self._blank_lines[line] if line < len(self._blank_lines) else []
        spans = self.galley.spans(line) if self.galley and self.shows_news else ()
        body = line - len(self.galley.head) if self.galley else -1
        pieces = in_screen_order(self._laid.over(pieces, line, body, spans))
        chosen = self._laid.is_selected(line)
        if not pieces and not chosen:
            return self.look.blank(width)
        if pieces and pieces[-1][1].startswith("code-") and self.galley is not None:
            # The shade under code is a block, not as ragged as its lines.
            used = sum(cells(text) for text, _ in pieces)
            pieces = [*pieces, (" " * (self.galley.width_cells - used), "code-block")]
        pieces = [*self._margin(self._laid.sign(line, body, spans)), *pieces]
        if chosen and self._laid.selected_spans is None:
            return self._look_of_selected().strip(pieces, width, BAR)
        return self.look.strip(pieces, width)

    def _margin(self, sign: tuple[str, str] | None) -> Pieces:
        """What stands left of a line."""
        left = self._left_margin()
        if sign is None:
            return [(" " * left, "text")]
        return [(" " * (left - 2), "text"), (f"{sign[0]} ", sign[1])]

    def _look_of_selected(self) -> Look:
        """The look of lines with a bar under them, made when first one is wanted."""
        if self._bar_look is None:
            self._bar_look = Look(PARTS, self.rich_style, self._style_of)
        return self._bar_look

    def _left_margin(self) -> int:
        line_cells = self.galley.width_cells if self.galley else self.line_cells
        return max(MARGIN, (self.size.width - line_cells) // 2)

    def _match_row(self) -> int:
        """Where on the page a found place is put: a third from the top, with what led to it."""
        return self.size.height // 3

    def _style_of(self, role: str) -> Style:
        return self.ink(f"page--{role}")
