"""The columns of a headline, as the person wishes them: `headline = ["title", "source", "age"]`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from reader.app.widgets.pieces import Pieces, fit, fit_right
from reader.config import HEADLINE
from reader.model import Headline
from reader.noun import Noun
from reader.text import safe
from reader.text.dates import ago
from reader.text.frontwords import time_in_brief

LEAST_TITLE = 16
"""Cells under which a title says nothing; columns go, from the right, until it has them."""
MOST_SOURCE = 22
LEFT_GAP, RIGHT_GAP = 2, 1
"""Cells before a column that is set to the left, or to the right."""


class Column(Noun):
    """What stands beside the title."""

    says: Callable[[Headline, datetime], str]
    width: Callable[[int], int]
    """Cells, of a row that has so many."""
    right: bool = True


COLUMNS = {
    "source": Column(
        lambda headline, _: headline.site or headline.source,
        lambda row: min(MOST_SOURCE, row // 4),
        right=False,
    ),
    "age": Column(lambda headline, now: ago(headline.sorted_at, now), lambda _: 11),
    "minutes": Column(
        lambda headline, _: time_in_brief(headline.minutes) if headline.minutes else "",
        lambda _: 6,
    ),
    "words": Column(
        lambda headline, _: f"{headline.words:,}" if headline.words else "", lambda _: 7
    ),
}


def one_line(
    headline: Headline,
    now: datetime,
    width_cells: int,
    title: Callable[[int], Pieces],
    names: Sequence[str] = HEADLINE,
) -> Pieces:
    """A headline with its columns, `width_cells` wide; `title` sets the title in so many cells."""
    names = _that_fit(names, width_cells)
    pieces: Pieces = []
    for number, name in enumerate(names):
        if name == "title":
            pieces += [(" " * LEFT_GAP, "quiet")] if number else []
            pieces += title(_title_cells(names, width_cells))
            continue
        column = COLUMNS[name]
        said, room = safe.line(column.says(headline, now)), column.width(width_cells)
        set_in = fit_right(said, room) if column.right else fit(said, room)
        pieces.append((" " * (_gap(column) if number else 0) + set_in, "quiet"))
    return [*pieces, (" ", "quiet")]


def _that_fit(names: Sequence[str], width_cells: int) -> Sequence[str]:
    """The columns that leave the title room enough."""
    kept = list(names)
    while len(kept) > 1 and _title_cells(kept, width_cells) < LEAST_TITLE:
        kept.remove(next(name for name in reversed(kept) if name != "title"))
    return kept


def _title_cells(names: Sequence[str], width_cells: int) -> int:
    """What the other columns leave to the title."""
    used = 1
    for number, name in enumerate(names):
        if name == "title":
            used += LEFT_GAP if number else 0
        else:
            column = COLUMNS[name]
            used += column.width(width_cells) + (_gap(column) if number else 0)
    return max(1, width_cells - used)


def _gap(column: Column) -> int:
    return RIGHT_GAP if column.right else LEFT_GAP
