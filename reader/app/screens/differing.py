"""The page of an edit: two texts of an article as one, word by word."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from reader.app.difference import laid_out
from reader.app.keynames import event_name
from reader.app.screens.sheet import leave
from reader.app.widgets.page import Page
from reader.app.widgets.sturdy import Sturdy
from reader.errors import NothingFound
from reader.library import Library
from reader.model import ArticleId

CONTEXT_LINES = 3
"""Lines shown above a change that was gone to."""
HINT = "n p  changes · < >  edits · [ ]  from · q  back"
SHORT_HINT = "n p changes · < > edits · q"
FULL_HINT_CELLS = 50


class Differing(Sturdy, Screen[None]):
    """What was edited between two revisions; keys choose which."""

    def __init__(self, library: Library, article_id: ArticleId, measure_cells: int) -> None:
        super().__init__()
        self._library = library
        self._article_id = article_id
        self._count = len(library.revisions(article_id))
        self.before, self.after = self._count - 1, self._count
        """The numbers of the revisions that are compared."""
        self.changes: list[int] = []
        """The lines in which a change begins."""
        self._at: int | None = None
        """The change last gone to; None once the page was scrolled otherwise."""
        self.page = Page(measure_cells)
        self.hint = Static(Content(HINT), id="differing-hint")
        pages: dict[str, Callable[[], None]] = {
            "j": lambda: self.page.scroll_lines(1),
            "k": lambda: self.page.scroll_lines(-1),
            "space": lambda: self.page.page(1),
            "b": lambda: self.page.page(-1),
            "ctrl+d": lambda: self.page.page(0.5),
            "ctrl+u": lambda: self.page.page(-0.5),
            "home": self.page.to_top,
            "end": self.page.to_bottom,
            "n": self._next,
            "p": self._previous,
            "<": lambda: self.compare(self.before - 1, self.before),
            ">": lambda: self.compare(self.after, self.after + 1),
            "[": lambda: self.compare(self.before - 1, self.after),
            "]": lambda: self.compare(self.before + 1, self.after),
            "q": self._leave,
        }
        same = {
            "j": ["down"], "k": ["up"], "space": ["pagedown", "ctrl+f"],
            "b": ["pageup", "ctrl+b"], "home": ["g"], "end": ["G"], "n": ["}"], "p": ["{", "N"],
            "<": ["left", ",", "h"], ">": ["right", ".", "l"],
            "q": ["escape", "D", "backspace", "ctrl+c", "ctrl+q", "Q"],
        }  # fmt: skip
        self._keys = pages | {other: pages[key] for key, others in same.items() for other in others}

    def compose(self) -> ComposeResult:
        with Vertical(id="differing-column"):
            yield self.page
            yield self.hint

    def on_mount(self) -> None:
        self.page.focus()

    def on_page_resized(self, message: Page.Resized) -> None:
        message.stop()
        self._lay_out()

    def on_page_scrolled(self, message: Page.Scrolled) -> None:
        message.stop()

    def on_key(self, event: events.Key) -> None:
        event.stop()
        event.prevent_default()
        act = self._keys.get(event_name(event.key, event.character))
        if act is None:
            return
        was, self._at = self._at, None
        if act in (self._next, self._previous):
            self._at = was
        act()

    def compare(self, before: int, after: int) -> None:
        """Show what was edited between two revisions, if both are there."""
        if 1 <= before < after <= self._count:
            self.before, self.after = before, after
            self._lay_out()
            self.page.to_top()
        else:
            self._say("There is no text before" if before < 1 else "There is none after that")

    def to_change(self, step: int) -> None:
        """Bring the next (1) or previous (-1) change into view."""
        here = self.page.scroll_offset.y + CONTEXT_LINES
        after, before = bisect_right(self.changes, here), bisect_left(self.changes, here) - 1
        at = after if step > 0 else before
        if self._at is not None:  # at the end of the page a change may stand anywhere
            at = self._at + step
        if 0 <= at < len(self.changes):
            self._at = at
            self.page.go_to_line(self.changes[at] - CONTEXT_LINES)
            self._say("")
        else:
            self._say("No change after this" if step > 0 else "No change before this")

    def _next(self) -> None:
        self.to_change(1)

    def _previous(self) -> None:
        self.to_change(-1)

    def _lay_out(self) -> None:
        try:
            edit = self._library.edit(self._article_id, self.before, self.after)
        except NothingFound as error:
            self.page.show_lines([[(str(error), "warning")]])
            return
        lines, self.changes = laid_out(edit, self._count, self.page.line_cells)
        self.page.show_lines(lines)
        self._say("")

    def _say(self, text: str) -> None:
        """One thing in the last line, else what the keys do."""
        hint = HINT if self.size.width >= FULL_HINT_CELLS else SHORT_HINT
        self.hint.update(Content(text or hint))

    def _leave(self) -> None:
        leave(self)
