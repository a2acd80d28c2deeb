"""Where on the screen the reader is: what a magnifier or a braille row should follow."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from textual.geometry import Offset
from textual.widget import Widget


@runtime_checkable
class Pointed(Protocol):
    """A widget that knows which of its lines the reader is at."""

    @property
    def line_in_view(self) -> int:
        """That line, counted from the widget's top."""
        ...


def whereabouts(focused: Widget | None) -> Offset | None:
    """The cell the terminal's cursor belongs to; None where the widget sees to it itself, as a line
    that is typed into does."""
    if focused is None or not isinstance(focused, Pointed):
        return None
    region = focused.content_region
    line = max(0, min(focused.line_in_view, region.height - 1))
    return Offset(region.x, region.y + line)
