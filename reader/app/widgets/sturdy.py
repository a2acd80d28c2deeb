"""A widget that outlives its own mistakes.

Textual ends the message loop of a widget whose handler raises, and with it the program. Here the
failure is told to the app (which logs it and says one line) and the next message is handled.
"""

from __future__ import annotations

from rich.style import Style
from textual.dom import DOMNode
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widget import Widget


class Sturdy(Widget):
    """Mixed into every widget of ours, and into the screen."""

    def ink(self, name: str) -> Style:
        """What the style sheets say of the class `name` inside this widget, as a partial style.

        Textual works out every one of a widget's `COMPONENT_CLASSES` whenever the widget is styled:
        a quarter of the time that a start took. This is its way, for one class when it is drawn.
        """
        node = DOMNode(classes=name)
        node._attach(self)
        self.app.stylesheet.apply(node, animate=False)
        return node.styles.partial_rich_style

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


class Scroll(Sturdy, ScrollView):
    """A scrolling widget without scroll bars, which would cost bytes at every line scrolled."""

    DEFAULT_CSS = """
    Scroll {
        overflow-x: hidden;
        overflow-y: hidden;
    }
    """

    @property
    def allow_vertical_scroll(self) -> bool:
        return True

    def set_height(self, lines: int) -> None:
        """Say how many lines there are. Nothing else on the screen depends on it, so that the
        screen need not be laid out again, as setting `virtual_size` openly would have it."""
        self.set_reactive(Widget.virtual_size, Size(0, lines))

    def go_to_line(self, line: int) -> None:
        """Scroll so that `line` is at the top, as far as there are lines."""
        self.scroll_to(y=max(0, line), animate=False, immediate=True, force=True)
