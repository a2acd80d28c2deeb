"""The line that is typed into: a word that says what for, and the text."""

from __future__ import annotations

from collections.abc import Callable

from textual import events
from textual.app import ComposeResult
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from reader.text import safe

LONG_PASTE = 2_000
"""Characters above which a paste is a document, not an address."""


class PromptInput(Input, inherit_bindings=True):
    """An input whose paste of many lines is offered whole before Textual keeps only the first."""

    def __init__(self, value: str, pasted: Callable[[str], bool] | None) -> None:
        super().__init__(value, select_on_focus=False, compact=True)
        self._pasted = pasted

    def _on_paste(self, event: events.Paste) -> None:
        if self._pasted is not None and self._pasted(event.text):
            event.stop()
            event.prevent_default()


class Prompt(Widget):
    """Asks for one line. It lives only while it asks."""

    def __init__(
        self,
        label: str,
        value: str,
        *,
        changed: Callable[[str], None] | None,
        done: Callable[[str], None],
        left: Callable[[], None],
        pasted: Callable[[str], bool] | None = None,
    ) -> None:
        super().__init__(id="prompt")
        self._label = label
        self._changed, self._done, self._left = changed, done, left
        self.input = PromptInput(value, pasted)
        self._note = Static("", id="prompt-note", markup=False)

    def compose(self) -> ComposeResult:
        yield Static(Content(self._label), id="prompt-label")
        yield self.input
        yield self._note

    def on_mount(self) -> None:
        self.input.focus()
        self.input.cursor_position = len(self.input.value)

    def note(self, text: str) -> None:
        """What came of what was typed so far, at the end of the line."""
        self._note.update(Content(safe.line(text)))

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        if self._changed is not None:
            self._changed(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self._done(event.value)

    def on_key(self, event: events.Key) -> None:
        if event.key in ("escape", "ctrl+c"):
            event.stop()
            event.prevent_default()
            self._left()
