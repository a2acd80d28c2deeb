"""Which lines of a page were before the reader, and not only flown over.

A line counts once it was in view for some time on end. So reading on line by line counts, at any
pace at which one can read, and so does a page at which the reader stays; pages that are turned
over, or run through with a key held down, leave nothing behind.
"""

from __future__ import annotations

from collections.abc import Iterator

TICK_SECONDS = 0.001
"""What a clock may be late or early by."""


class Watch:
    """Follows the screen over the lines of one article. Moments are seconds of any one clock."""

    def __init__(self, enough_seconds: float) -> None:
        self._enough = enough_seconds - TICK_SECONDS
        self._since: dict[int, float] = {}
        """For each line in view, when it came there."""
        self._seen: set[int] = set()

    def shows(self, top: int, bottom: int, now: float) -> None:
        """The screen shows these lines from now on; `bottom` is the first below it."""
        self._count(now)
        view = range(top, bottom)
        self._since = {line: self._since.get(line, now) for line in view}

    def seen(self, now: float) -> list[tuple[int, int]]:
        """All that was in view for long enough: (first line, first line after it), in order."""
        self._count(now)
        return list(_ranges(sorted(self._seen)))

    def _count(self, now: float) -> None:
        long_here = (line for line, since in self._since.items() if now - since >= self._enough)
        self._seen.update(long_here)


def _ranges(lines: list[int]) -> Iterator[tuple[int, int]]:
    begin = 0
    for at in range(1, len(lines) + 1):
        if at == len(lines) or lines[at] != lines[at - 1] + 1:
            yield lines[begin], lines[at - 1] + 1
            begin = at
