"""How one article looks as a line: fitted to the terminal for a person, in columns for a pipe."""

from __future__ import annotations

import shutil
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING

from reader.cli import output

if TYPE_CHECKING:
    from reader.model import Headline

WIDEST_CELLS = 120
"""Beyond this a line is hard to follow back."""
NARROW_CELLS = 60
"""Below this the title has the line to itself."""


def headline_cells(headline: Headline) -> tuple[str, ...]:
    """Id, signs (`*` unread, `~` edited since it was read, `+` starred), title, and where and when
    from."""
    unread = "*" if headline.unread else "~" if headline.is_edited_since else " "
    signs = unread + ("+" if headline.starred else " ")
    if not output.on_terminal():
        published = headline.published or ""
        return str(headline.id), signs.strip(), published, headline.source, headline.title
    from reader.text import safe
    from reader.text.dates import ago
    from reader.text.width import cells, cut

    width_cells = _width_cells()
    for_where = min(34, width_cells // 3) if width_cells >= NARROW_CELLS else 0
    where = safe.line(f"{headline.site or headline.source}, {ago(headline.sorted_at, _now())}")
    number = f"{headline.id:>6}"
    room = max(12, width_cells - for_where - len(number) - len(signs) - 6)
    title = cut(safe.line(headline.title), room)
    titled = number, signs, title + " " * (room - cells(title))
    return (*titled, cut(where, for_where)) if for_where else titled


def wrapped(text: str) -> list[str]:
    """Running text as lines that fit the terminal."""
    from reader.text import safe
    from reader.text.width import wrap

    return wrap(safe.line(text, cap=2_000), _width_cells())


@cache
def _width_cells() -> int:
    return min(WIDEST_CELLS, shutil.get_terminal_size().columns)


@cache
def _now() -> datetime:
    from reader import clock

    return clock.now()
