"""The top line: the name of the paper, the day, and what waits."""

from __future__ import annotations

from typing import ClassVar

from reader import clock
from reader.app.masthead import moment_in_words
from reader.app.widgets.pieces import Pieces, fit, fit_right
from reader.app.widgets.status import LineWidget

NAME = "b r o a d s h e e t"


class Nameplate(LineWidget):
    """Shown where there is a line to spare."""

    ROLES: ClassVar[tuple[str, ...]] = ("name", "day")

    def __init__(self) -> None:
        super().__init__(id="nameplate")
        self._waiting = ""

    def show(self, unread: int) -> None:
        """Say how many articles are unread."""
        waiting = f"{unread:,} unread" if unread else "all read"
        if waiting != self._waiting:
            self._waiting = waiting
            self.refresh()

    def draw(self, width_cells: int) -> Pieces:
        side = (width_cells - len(NAME)) // 2
        if side < 12:
            return [(NAME.center(width_cells), "name")]
        day = moment_in_words(clock.now().astimezone())
        rest = width_cells - side - len(NAME)
        return [
            (fit("  " + day, side), "day"),
            (NAME, "name"),
            (fit_right(self._waiting + "  ", rest), "day"),
        ]
