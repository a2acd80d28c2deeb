"""A picture in cells of the terminal: two pixels in each, one over the other, as `▀`.

Pure. A cell is taken to be twice as high as it is wide.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from rich.color import Color
from rich.segment import Segment
from rich.style import Style

from reader.noun import Noun

MOST_LINES = 20
MOST_SIDE = 180
"""Pixels of a side that are taken from the child."""

Colour = tuple[int, int, int]


class Picture(Noun):
    """A small grid of colours, three bytes a pixel, row after row."""

    width: int
    height: int
    rgb: bytes

    def size(self, width_cells: int, lines: int) -> tuple[int, int]:
        """Cells and lines it takes where there is room for so many; it is never enlarged."""
        share = min(width_cells / self.width, 2 * lines / self.height, 1)
        return max(1, int(self.width * share)), max(1, -(-int(self.height * share) // 2))

    def rows(self, width_cells: int, lines: int) -> list[list[Segment]]:
        """It in so many cells and lines."""
        pixels = [
            [self._mixed(x, y, width_cells, 2 * lines) for x in range(width_cells)]
            for y in range(2 * lines)
        ]
        return [
            [
                Segment("▀", _style(top, low))
                for top, low in zip(pixels[at], pixels[at + 1], strict=True)
            ]
            for at in range(0, 2 * lines, 2)
        ]

    def _mixed(self, x: int, y: int, across: int, down: int) -> Colour:
        """The mean of the pixels that one of a coarser grid covers."""
        left, top = x * self.width // across, y * self.height // down
        right = max(left + 1, (x + 1) * self.width // across)
        bottom = max(top + 1, (y + 1) * self.height // down)
        sums = [0, 0, 0]
        for row in range(top, bottom):
            part = self.rgb[3 * (row * self.width + left) : 3 * (row * self.width + right)]
            for colour in range(3):
                sums[colour] += sum(part[colour::3])
        count = (right - left) * (bottom - top)
        return sums[0] // count, sums[1] // count, sums[2] // count


@lru_cache(maxsize=4096)
def _style(top: Colour, low: Colour) -> Style:
    return Style(color=Color.from_rgb(*top), bgcolor=Color.from_rgb(*low))


def picture_of(record: Mapping[str, Any]) -> Picture | None:
    """The picture that a child's record holds; None where it does not add up."""
    width, height, told = record.get("width"), record.get("height"), record.get("rgb")
    if type(width) is not int or type(height) is not int or not isinstance(told, str):
        return None
    if not (0 < width <= MOST_SIDE and 0 < height <= MOST_SIDE):
        return None
    try:
        rgb = base64.b64decode(told, validate=True)
    except (binascii.Error, ValueError):
        return None
    return Picture(width, height, rgb) if len(rgb) == 3 * width * height else None
