"""The line that is typed into: a word that says what for, and the text."""

from __future__ import annotations

from collections.abc import Callable

from textual import events
from textual.app import ComposeResult
from textual.content import Content
from textual.geometry import Region
from textual.widget import Widget
from textual.widgets import Input, Static

from reader.text import safe

MOST_LETTERS = 2_000
"""Letters of a paste that fit into one line; as much as a note shows."""


class PromptInput(Input, inherit_bindings=True):
    """An input whose paste of many lines is offered whole, or becomes one line; Textual would keep
    the first and drop the others, and take control characters for text."""

    def __init__(self, value: str, pasted: Callable[[str], bool] | None, hint: str = "") -> None:
        super().__init__(value, hint, select_on_focus=False, compact=True)
        self._pasted = pasted

    def on_resize(self) -> None:
        """What is offered may be longer than the line, whose width was not known when the cursor
        was set behind it."""
        self.call_after_refresh(self._show_cursor)

    def _show_cursor(self) -> None:
        here = Region(self._cursor_offset, 0, 1, 1)
        self.scroll_to_region(here, force=True, animate=False)

    def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        if self._pasted is None or not self._pasted(event.text):
            self.insert_text_at_cursor(safe.line(event.text, MOST_LETTERS).strip())


class Prompt(Widget):
    """Asks for one line. It lives only while it asks."""

    def __init__(
        self,
        label: str,
        value: str,
        hint: str = "",
        *,
        changed: Callable[[str], None] | None,
        done: Callable[[str], None],
        left: Callable[[], None],
        pasted: Callable[[str], bool] | None = None,
    ) -> None:
        super().__init__()  # no id: one that is left may not have gone yet when the next comes
        self._label = label
        self._changed, self._done, self._left = changed, done, left
        self._early = ""
        self._early_enter = self._ready = False
        self.input = PromptInput(value, pasted, hint)
        self._note = Static("", id="prompt-note", markup=False)

    def compose(self) -> ComposeResult:
        yield Static(Content(self._label), id="prompt-label")
        yield self.input
        yield self._note

    def on_mount(self) -> None:
        self.screen.set_focus(self.input)
        self.input.value += self._early
        self.input.cursor_position = len(self.input.value)
        self._ready = True
        if self._early_enter:
            self._done(self.input.value)

    def take(self, key: str, character: str | None) -> bool:
        """A key that was on its way to another pane when this line took the keyboard: people type
        ahead. False for keys that need no help to get here."""
        if key == "escape":
            self._left()
        elif key == "enter":
            self._early_enter = True
            if self._ready:
                self._done(self.input.value)
        elif character and character.isprintable():
            if self._ready:
                self.input.insert_text_at_cursor(character)
            elif not self._early_enter:
                self._early += character
        else:
            return False
        return True

    def note(self, text: str) -> None:
        """What came of what was typed so far, at the end of the line."""
        self._note.update(Content(safe.line(text)))

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        if self._changed is not None:
            self._changed(event.value)

    def on_key(self, event: events.Key) -> None:
        if event.key not in ("escape", "ctrl+c", "enter"):
            return
        event.stop()
        event.prevent_default()
        if event.key == "enter":
            self._done(self.input.value)
        else:
            self._left()
