"""Choosing a theme by seeing it: a strip of names beside the room, which wears each in turn."""

from __future__ import annotations

from collections.abc import Hashable
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from reader.app.screens.sheet import SHEET, leave
from reader.app.themes import AUTO
from reader.app.widgets.pieces import Pieces
from reader.app.widgets.rows import Rows
from reader.app.widgets.sturdy import Sturdy
from reader.text import safe

MOVES = {"j": 1, "k": -1, "down": 1, "up": -1, "tab": 1, "shift+tab": -1, "T": 1}


class ThemeList(Rows):
    """Names of themes."""

    ROLES: ClassVar[tuple[str, ...]] = ("help", "quiet", "sign")

    def __init__(self, names: list[str], own: set[str]) -> None:
        super().__init__(id="theming-list")
        self.names = names
        self._own = own

    def key_of(self, row: int) -> Hashable:
        return self.names[row]

    def draw(self, row: int, width_cells: int) -> list[Pieces]:
        name = self.names[row]
        aside = "  as the terminal" if name == AUTO else "  yours" if name in self._own else ""
        return [[(self.bar(row) + " ", "sign"), (safe.line(name), "help"), (aside, "quiet")]]

    @property
    def _css_name(self) -> str:
        return "acts"


class Theming(Sturdy, ModalScreen[str | None]):
    """Choose a theme; the room shows the one the cursor is on. Its result is the name, or None if
    the one before stays."""

    CSS_PATH = SHEET

    def __init__(self, names: list[str], chosen: str, own: set[str]) -> None:
        super().__init__()
        self._before = chosen
        self.list = ThemeList(names, own)

    def compose(self) -> ComposeResult:
        with Vertical(id="theming-column"):
            yield Static(Content("Theme"), id="theming-title")
            yield self.list

    def on_mount(self) -> None:
        self.query_one("#theming-column").styles.height = len(self.list.names) + 3
        self.list.set_rows(len(self.list.names), self.list.names.index(self._before))
        self.list.focus()

    def on_rows_moved(self, message: Rows.Moved) -> None:
        self.app.choose_theme(self.list.names[message.row])  # type: ignore[attr-defined]

    def on_rows_opened(self, message: Rows.Opened) -> None:
        leave(self, self.list.names[message.row])

    def on_key(self, event: events.Key) -> None:
        if event.key in ("escape", "q", "ctrl+c", "ctrl+q"):
            self.app.choose_theme(self._before)  # type: ignore[attr-defined]
            leave(self)
        elif event.key in ("enter", "space"):
            leave(self, self.list.names[self.list.cursor])
        elif (event.character or event.key) in MOVES or event.key in MOVES:
            self.list.move(MOVES.get(event.key) or MOVES[event.character or ""])
        else:
            return
        event.stop()
        event.prevent_default()
