"""Which lines of a page were before the reader, and not only flown over."""

from __future__ import annotations

LITTLE = 3
"""Lines of a step by which one reads on; a longer one leaves the screen behind."""


class Watch:
    """Follows the screen over the lines of one article.

    What is read line by line counts from where it began to where it came to rest; of pages that
    are turned only those at which the reader stops do.
    """

    def __init__(self, top: int, bottom: int) -> None:
        self._top = top
        self._low, self._high = top, bottom

    def moved(self, top: int, bottom: int) -> None:
        """The screen shows other lines; `bottom` is the first below it."""
        if abs(top - self._top) <= LITTLE:
            self._low, self._high = min(self._low, top), max(self._high, bottom)
        else:
            self._low, self._high = top, bottom
        self._top = top

    @property
    def lines(self) -> tuple[int, int]:
        """The first line, and the first that does not count, once the screen is at rest."""
        return self._low, self._high
