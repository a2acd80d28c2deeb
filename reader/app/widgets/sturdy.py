"""A widget that outlives its own mistakes.

Textual ends the message loop of a widget whose handler raises, and with it the program. Here the
failure is told to the app (which logs it and says one line) and the next message is handled.
"""

from __future__ import annotations

from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget


class Sturdy(Widget):
    """Mixed into every widget of ours, and into the screen."""

    async def _dispatch_message(self, message: Message) -> None:
        try:
            await super()._dispatch_message(message)
        except Exception as error:  # told to the reader and logged; the room stays open
            self._tell(error)

    def draw_line(self, y: int) -> Strip:
        """One line of the widget, counted from its top."""
        return super().render_line(y)

    def render_line(self, y: int) -> Strip:
        try:
            return self.draw_line(y)
        except Exception as error:  # one line is blank; the others are drawn
            self._tell(error)
            return Strip.blank(self.size.width)

    def _tell(self, error: Exception) -> None:
        tell = getattr(self.app, "trouble", None)
        if tell is None:
            raise error
        tell(error)
