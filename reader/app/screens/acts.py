"""The sheet of acts: every key and what it does, found by typing, done by Enter.

`?` opens it grouped, as help; the palette opens it flat, to be typed into at once. Both are made
from the registry, so neither can be out of date.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from itertools import zip_longest
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.screen import Screen
from textual.strip import Strip
from textual.widgets import Input, Static

from reader.app.actions import ACTIONS, Action, Place, shown, written
from reader.app.screens.sheet import SHEET, leave, take_ahead
from reader.app.widgets.pieces import Pieces, fit
from reader.app.widgets.prompt import PromptInput
from reader.app.widgets.rows import Rows, UnevenRows
from reader.app.widgets.sturdy import Sturdy
from reader.text.width import cells, cut, wrap

KEYS_CELLS, FEW_KEYS_CELLS = 22, 10
ROOMY_CELLS = 60
"""Columns from which the keys of an act stand in one line; in less, in as many as they take."""
PLACE_WORDS = {
    Place.FIND: "while finding",
    Place.SELECT: "while selecting",
    Place.PAGE: "on the page",
}


class ActList(UnevenRows):
    """Acts, under the heading of their group unless they were searched for."""

    ROLES: ClassVar[tuple[str, ...]] = ("heading", "key", "help", "quiet", "sign")

    def __init__(self) -> None:
        super().__init__(id="acts-list")
        self.entries: list[Action | str] = []

    def show(self, entries: list[Action | str]) -> None:
        """Show acts and, as plain strings, the headings between them."""
        self.entries = entries
        self._measure()
        first = next((i for i, entry in enumerate(entries) if isinstance(entry, Action)), 0)
        self.set_rows(len(entries), first, 0)

    @property
    def chosen(self) -> Action | None:
        entry = self.entries[self.cursor] if self.row_count else None
        return entry if isinstance(entry, Action) else None

    def can_choose(self, row: int) -> bool:
        return isinstance(self.entries[row], Action)

    def key_of(self, row: int) -> Hashable:
        entry = self.entries[row]
        return entry.name if isinstance(entry, Action) else (row, entry)

    def draw(self, row: int, width_cells: int) -> list[Pieces]:
        entry = self.entries[row]
        if isinstance(entry, str):
            return [[("  " + entry.upper(), "heading")]]
        keys_cells = _keys_cells(width_cells)
        keys, said = _keys(entry, width_cells), self._help(entry, width_cells)
        last = said[-1]
        where = next((PLACE_WORDS[p] for p in PLACE_WORDS if entry.where == {p}), "")
        lines: list[Pieces] = [
            [(fit(key, keys_cells), "key"), (line, "help")]
            for key, line in zip_longest(keys, said, fillvalue="")
        ]
        if where and keys_cells + cells(last) + cells(where) + 4 <= width_cells:
            lines[len(said) - 1].append((f"  {where}", "quiet"))
        return [[(self.bar(row) + " ", "sign"), *line] for line in lines]

    def on_resize(self) -> None:
        self._measure()
        self.set_rows(len(self.entries), self.cursor)
        super().on_resize()

    def _measure(self) -> None:
        width = self.size.width
        self.set_heights(
            1
            if isinstance(entry, str)
            else max(len(_keys(entry, width)), len(self._help(entry, width)))
            for entry in self.entries
        )

    def _help(self, entry: Action, width_cells: int) -> list[str]:
        """What an act does, in the lines that it takes beside its keys."""
        return wrap(entry.help, max(10, width_cells - _keys_cells(width_cells) - 2)) or [""]

    def below(self, line: int, width_cells: int) -> Strip:
        if self.entries or line:
            return super().below(line, width_cells)
        return self.look.strip([("  No act is called so", "quiet")], width_cells)

    @property
    def _css_name(self) -> str:
        return "acts"


class Acts(Sturdy, Screen[str | None]):
    """Choose an act. Its result is the name of the act, or None."""

    CSS_PATH = SHEET

    def __init__(self, actions: Sequence[Action], *, palette: bool) -> None:
        super().__init__()
        self._actions = actions
        self._palette = palette
        self._narrowed_to = ""
        self.input = PromptInput("", None)
        self.input.id = "acts-input"
        self.list = ActList()

    def compose(self) -> ComposeResult:
        title = "What to do?" if self._palette else "Every key; 5j is five times j."
        with Vertical(id="acts-column"):
            yield Static(
                Content(f"{title} Type to find one; Enter does it, Esc leaves."),
                id="acts-title",
            )
            yield self.input
            yield self.list

    def on_mount(self) -> None:
        self._narrow("")
        self.input.focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self._narrow(event.value)

    def on_key(self, event: events.Key) -> None:
        moves = {"down": 1, "up": -1, "ctrl+n": 1, "ctrl+p": -1, "tab": 1, "shift+tab": -1}
        if event.key in ("escape", "ctrl+c", "ctrl+q"):
            leave(self)
        elif event.key == "enter":
            self._choose()
        elif event.key in moves:
            self.list.move(moves[event.key])
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
        if (action := self.list.chosen) is not None:
            leave(self, action.name)

    def _narrow(self, words: str) -> None:
        self._narrowed_to = words
        self.list.show(entries_for(words, grouped=not self._palette, actions=self._actions))


def _keys(action: Action, width_cells: int) -> list[str]:
    """Its keys in the lines that they take in their column; none of them is parted."""
    room = _keys_cells(width_cells) - 1
    lines: list[str] = []
    for key in written(action):
        joined = f"{lines[-1]}  {key}" if lines else key
        if lines and cells(joined) <= room:
            lines[-1] = joined
        else:
            lines.append(key)
    return [cut(line, room) for line in lines] or [""]


def _keys_cells(width_cells: int) -> int:
    return KEYS_CELLS if width_cells >= ROOMY_CELLS else FEW_KEYS_CELLS


def entries_for(
    words: str, *, grouped: bool, actions: Sequence[Action] = ACTIONS
) -> list[Action | str]:
    """The acts that hold every word, best first; without words all of them, by group if wished."""
    if words.strip():
        asked = words.casefold().split()
        ranked = [(rank, action) for action in actions if (rank := _rank(action, asked, words))]
        ranked.sort(key=lambda pair: -pair[0])
        return [action for _, action in ranked]
    if not grouped:
        return list(actions)
    entries: list[Action | str] = []
    group = None
    for action in actions:
        if action.group != group:
            entries += ["", action.group] if entries else [action.group]
            group = action.group
        entries.append(action)
    return entries


def _rank(action: Action, asked: list[str], words: str) -> int:
    """How well an act answers: by its key, by its name, by the words of its help; 0 not at all."""
    if words.strip() in (shown(key) for key in action.all_keys):
        return 4
    text = f"{action.name} {action.help} {action.group}".casefold().replace("_", " ")
    if not all(word in text for word in asked):
        return 0
    return 3 if action.name.startswith(asked[0]) else 2
