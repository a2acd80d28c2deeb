"""The last line: what just happened, or which keys help here; and how far the reader is.

What is too long to be said in one line takes up to three, for as long as it is said.
"""

from __future__ import annotations

from itertools import takewhile
from typing import ClassVar, NamedTuple

from rich.style import Style
from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip

from reader.app.widgets.pieces import Look, Pieces, fit
from reader.app.widgets.sturdy import Sturdy
from reader.text import safe
from reader.text.width import cells, cut, wrap

MOST_LINES = 3
MARGINS = 2
"""Cells left free of what is said: one on either side."""
ROOMY_LINES = 10
"""Lines of a terminal that has more than one to spare for what is said."""


class Hint(NamedTuple):
    """An act that helps here: its name, its key as people write it, and the word for it."""

    name: str
    key: str
    word: str


class LineWidget(Sturdy):
    """One line of the screen, drawn without a layout of its own."""

    ROLES: ClassVar[tuple[str, ...]] = ()

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id)
        self._look: Look | None = None

    def draw(self, width_cells: int) -> Pieces:
        """The line."""
        raise NotImplementedError

    def draw_nth(self, line: int, width_cells: int) -> Pieces:
        """The first line, or one of more if there are any."""
        return self.draw(width_cells) if line == 0 else []

    def draw_line(self, y: int) -> Strip:
        if self._look is None:
            self._look = Look(self.ROLES, self.rich_style, self._style_of, bars=False)
        width = self.size.width
        return self._look.strip(self.draw_nth(y, width), width)

    def notify_style_update(self) -> None:
        self._look = None
        super().notify_style_update()

    def _style_of(self, role: str) -> Style:
        name = type(self).__name__.lower()
        return self.ink(f"{name}--{role}")


class Status(LineWidget):
    """The line under everything. A message stays until the next key that changes something."""

    ROLES: ClassVar[tuple[str, ...]] = ("key", "word", "said", "place")

    class Chosen(Message):
        """An act was clicked on; without a name, what was said."""

        def __init__(self, act: str) -> None:
            super().__init__()
            self.act = act

    def __init__(self) -> None:
        super().__init__(id="status")
        self.said = ""
        self.place = ""
        self._acts: list[Hint] = []
        self._lines = 1

    def say(self, text: str) -> None:
        """Show one line instead of the keys; "" brings the keys back."""
        if (line := safe.line(text)) != self.said:
            self.said = line
            self._stretch()
            self.refresh()

    def on_resize(self) -> None:
        self._stretch()

    def show(self, acts: list[Hint], place: str) -> None:
        """Name the acts that help here, and the place in the article or list."""
        if acts != self._acts or place != self.place:
            before = self._drawn()
            self._acts, self.place = acts, safe.line(place)
            self._refresh_what_differs(before)

    def _drawn(self) -> Pieces:
        return self.draw(width) if (width := self.size.width) else []

    def _refresh_what_differs(self, before: Pieces) -> None:
        """Mostly the acts stay and the place changes: a tenth of what the whole line sends."""
        both = zip(before, self._drawn(), strict=False)
        begin = sum(cells(old[0]) for old, _ in takewhile(lambda pair: pair[0] == pair[1], both))
        self.refresh(Region(begin, 0, max(0, self.size.width - begin), self.size.height))

    def on_click(self, event: events.Click) -> None:
        event.stop()
        if self.said:
            self.post_message(self.Chosen(""))
        elif hint := self.hint_at(event.x):
            self.post_message(self.Chosen(hint.name))

    def hint_at(self, column: int) -> Hint | None:
        """The act that is named in a column."""
        begin = 1
        for hint in _that_fit(self._acts, self._room(self.size.width)):
            if begin <= column < begin + _wide(hint) - GAP:
                return hint
            begin += _wide(hint)
        return None

    def _room(self, width_cells: int) -> int:
        """Columns that the acts have."""
        return width_cells - cells(cut(self.place, max(0, width_cells // 2 - 2))) - 3

    def draw_nth(self, line: int, width_cells: int) -> Pieces:
        if self._lines > 1:
            lines = self._wrapped(width_cells)
            return [(" " + lines[line], "said")] if line < len(lines) else []
        return super().draw_nth(line, width_cells)

    def _stretch(self) -> None:
        """Take as many lines as what is said needs, where the terminal has them."""
        if not self.is_attached:
            return
        most = MOST_LINES if self.app.size.height >= ROOMY_LINES else 1
        width = self.size.width
        lines = len(self._wrapped(width)[:most]) if width else 1
        if lines != self._lines:
            self._lines = lines
            self.styles.height = lines

    def _wrapped(self, width_cells: int) -> list[str]:
        """What is said in lines of the widget's; what does not fit the last is cut."""
        room = max(8, width_cells - MARGINS)
        lines = wrap(self.said, room) or [""]
        if len(lines) > MOST_LINES:
            lines[MOST_LINES - 1 :] = [cut(" ".join(lines[MOST_LINES - 1 :]), room)]
        return lines

    def draw(self, width_cells: int) -> Pieces:
        place = cut(self.place, max(0, width_cells // 2 - 2))
        room = width_cells - cells(place) - 3
        if self.said and cells(self.said) > room:
            said = fit(self.said, max(0, width_cells - MARGINS))
            return [(" ", "word"), (said, "said"), (" ", "word")]
        left = [(fit(self.said, room), "said")] if self.said else self._footer(room)
        return [(" ", "word"), *left, (" ", "word"), (place, "place"), (" ", "word")]

    def _footer(self, room: int) -> Pieces:
        pieces: Pieces = []
        used = 0
        for hint in _that_fit(self._acts, room):
            pieces += [(hint.key, "key"), (f" {hint.word}   ", "word")]
            used += _wide(hint)
        if used > room:
            last, role = pieces[-1]
            pieces[-1] = (last[: len(last) - (used - room)], role)
            used = room
        return [*pieces, (" " * (room - used), "word")]


GAP = 3
"""Cells between two acts."""


def _wide(hint: Hint) -> int:
    return cells(hint.key) + 1 + cells(hint.word) + GAP


def _that_fit(acts: list[Hint], room: int) -> list[Hint]:
    """As many acts as there is room for; the last one, which names all the others, before any."""
    if not acts:
        return []
    left = room + GAP - _wide(acts[-1])
    if left < 0:
        return []
    fitting: list[Hint] = []
    for hint in acts[:-1]:
        left -= _wide(hint)
        if left < 0:
            break
        fitting.append(hint)
    return [*fitting, acts[-1]]
