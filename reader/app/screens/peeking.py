"""A look at a piece of text over the page: a footnote too long for the last line."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from reader.app.screens.sheet import SHEET, leave
from reader.app.widgets.page import Page
from reader.app.widgets.pieces import Pieces
from reader.app.widgets.sturdy import Sturdy
from reader.text import safe
from reader.text.width import wrap

LINES = {"j": 1, "k": -1, "down": 1, "up": -1}
PAGES = {"space": 1, "pagedown": 1, "pageup": -1}
MOST_CELLS = 76


class Peeking(Sturdy, ModalScreen[None]):
    """Shows a text until a key is pressed that does not scroll it."""

    CSS_PATH = SHEET

    def __init__(self, title: str, text: str) -> None:
        super().__init__()
        self._title = title
        self._text = text
        self.text = Page(MOST_CELLS, id="peeking-text")

    def compose(self) -> ComposeResult:
        with Vertical(id="peeking-column"):
            yield Static(Content(safe.line(self._title)), id="peeking-title")
            yield self.text

    def on_mount(self) -> None:
        self._set()

    def on_resize(self) -> None:
        self._set()

    def on_page_resized(self, message: Page.Resized) -> None:
        message.stop()

    def on_page_scrolled(self, message: Page.Scrolled) -> None:
        message.stop()

    def on_key(self, event: events.Key) -> None:
        event.stop()
        event.prevent_default()
        if event.key in LINES:
            self.text.scroll_lines(LINES[event.key])
        elif event.key in PAGES:
            self.text.page(PAGES[event.key])
        else:
            leave(self)

    def _set(self) -> None:
        width = max(10, min(MOST_CELLS, self.app.size.width - 8))
        lines: list[Pieces] = [
            [(line, "text")] for part in self._text.split("\n") for line in wrap(part, width)
        ]
        column = self.query_one("#peeking-column")
        column.styles.height = min(len(lines) + 3, max(4, self.app.size.height * 2 // 3))
        self.text.show_lines(lines)
