"""A sheet of things to choose one of, each with a sentence under it, narrowed by typing.

The sources in trouble are shown on it, and the feeds of a site that has several.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Input, Static

from reader.app.screens.sheet import SHEET, leave, take_ahead
from reader.app.widgets.pieces import Pieces, fit
from reader.app.widgets.prompt import PromptInput
from reader.app.widgets.rows import Rows, UnevenRows
from reader.app.widgets.sturdy import Sturdy
from reader.text import safe
from reader.text.width import cells, cut, wrap

INDENT = 4
MOST_DETAIL = 6
"""Lines of the sentence under an entry."""
MOVES = {"down": 1, "up": -1, "ctrl+n": 1, "ctrl+p": -1, "tab": 1, "shift+tab": -1}


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing to choose."""

    title: str
    value: str
    """What choosing it gives."""
    detail: str = ""
    aside: str = ""
    """A few words at the end of the first line."""

    def holds(self, words: Sequence[str]) -> bool:
        """True if every word is in it."""
        text = f"{self.title} {self.detail} {self.aside}".casefold()
        return all(word in text for word in words)


class PickList(UnevenRows):
    """Entries of several lines each."""

    ROLES: ClassVar[tuple[str, ...]] = ("key", "help", "quiet", "sign")

    def __init__(self, tight: bool = False) -> None:
        super().__init__(id="picking-list")
        self._gap = 0 if tight else 1
        self.entries: list[Entry] = []

    def show(self, entries: list[Entry], cursor: int = 0) -> None:
        self.entries = entries
        self._measure()
        self.set_rows(len(entries), cursor, 0)

    @property
    def chosen(self) -> Entry | None:
        return self.entries[self.cursor] if self.entries else None

    def barred_lines(self, row: int) -> range:
        return range(self.height_of(row) - self._gap)

    def on_resize(self) -> None:
        self._measure()
        self.set_rows(len(self.entries), self.cursor)
        super().on_resize()

    def draw(self, row: int, width_cells: int) -> list[Pieces]:
        entry = self.entries[row]
        aside = cut(entry.aside, width_cells // 2)
        room = width_cells - 2 - (cells(aside) + 1 if aside else 0)
        head: Pieces = [(self.bar(row) + " ", "sign"), (fit(entry.title, room), "key")]
        if aside:
            head.append((" " + aside, "quiet"))
        return [
            head,
            *([(" " * INDENT + line, "help")] for line in self._detail(entry)),
            *([[]] * self._gap),
        ]

    def _detail(self, entry: Entry) -> list[str]:
        if not entry.detail:
            return []
        return wrap(entry.detail, max(10, self.size.width - INDENT - 1))[:MOST_DETAIL]

    def _measure(self) -> None:
        self.set_heights(len(self._detail(entry)) + 1 + self._gap for entry in self.entries)

    @property
    def _css_name(self) -> str:
        return "acts"


class Picking(Sturdy, Screen[str | None]):
    """Choose an entry. Its result is the entry's value, or None."""

    CSS_PATH = SHEET

    def __init__(
        self,
        title: str,
        entries: Sequence[Entry],
        *,
        cursor: int = 0,
        tight: bool = False,
        also: Mapping[str, Callable[[str], None]] | None = None,
    ) -> None:
        """`cursor` is the entry chosen at first; `tight` leaves no blank lines between them; `also`
        are keys that close the sheet and do something else with the value of the entry."""
        super().__init__()
        self._also = also or {}
        self._title = title
        self._cursor = cursor
        self._entries = entries
        self._narrowed_to = ""
        self.input = PromptInput("", None)
        self.input.id = "picking-input"
        self.list = PickList(tight)

    def compose(self) -> ComposeResult:
        with Vertical(id="picking-column"):
            yield Static(Content(safe.line(self._title)), id="picking-title")
            yield self.input
            yield self.list

    def on_mount(self) -> None:
        self.list.show(list(self._entries), self._cursor)
        self.input.focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self._narrow(event.value)

    def on_key(self, event: events.Key) -> None:
        if event.key in ("escape", "ctrl+c", "ctrl+q"):
            leave(self)
        elif event.key in self._also:
            if (entry := self.list.chosen) is not None:
                leave(self)
                self._also[event.key](entry.value)
        elif event.key == "enter":
            self._choose()
        elif event.key in MOVES:
            self.list.move(MOVES[event.key])
        elif event.key in ("pagedown", "pageup"):
            self.list.page(1 if event.key == "pagedown" else -1)
        elif not take_ahead(self.input, event):
            return
        event.stop()
        event.prevent_default()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self._choose()

    def on_rows_opened(self, message: Rows.Opened) -> None:
        message.stop()
        self._choose()

    def _choose(self) -> None:
        if self.input.value != self._narrowed_to:  # Enter was quicker than the news of a letter
            self._narrow(self.input.value)
        if (entry := self.list.chosen) is not None:
            leave(self, entry.value)

    def _narrow(self, words: str) -> None:
        self._narrowed_to = words
        asked = words.casefold().split()
        found = [entry for entry in self._entries if entry.holds(asked)]
        self.list.show(found)
        said = self._title if found else f"Nothing here has “{words}” in it. Backspace, or Esc"
        self.query_one("#picking-title", Static).update(Content(safe.line(said)))
