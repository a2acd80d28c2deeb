"""The list of sources: five views on top, then folders and what is in them."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import ClassVar

from reader.app.shelves import shelves
from reader.app.widgets.pieces import Pieces, fit, fit_right
from reader.app.widgets.rows import Rows
from reader.model import Counts, Source, View
from reader.noun import Noun
from reader.text import safe
from reader.text.width import cut_inside

ALL, UNREAD, TODAY = View("all"), View("unread"), View("today")
STARRED = View("starred")
FRONT = View("front", "since")
VIEW_NAMES = {
    "front": "Front page",
    "all": "All",
    "unread": "Unread",
    "today": "Today",
    "starred": "Starred",
}


class SourceRow(Noun):
    """One line of the list. Without a view it is space."""

    label: str
    view: View | None = None
    count: int = 0
    """Unread articles; of the front page the stories left on it, of the starred all."""
    kind: str = "view"
    """`view`, `folder`, `source`, `lone` (a source in no folder) or `space`."""
    troubled: bool = False


def source_rows(sources: Sequence[Source], counts: Counts, waiting: int) -> list[SourceRow]:
    """The list, top to bottom: views, then sources without a folder, then folders by name.
    `waiting` is of the front page."""
    rows = [
        SourceRow(VIEW_NAMES["front"], FRONT, waiting),
        SourceRow(VIEW_NAMES["all"], ALL, counts.all),
        SourceRow(VIEW_NAMES["unread"], UNREAD, counts.unread),
        SourceRow(VIEW_NAMES["today"], TODAY, counts.today),
        SourceRow(VIEW_NAMES["starred"], STARRED, counts.starred),
    ]
    for folder, inside in shelves(sources):
        rows.append(SourceRow("", kind="space"))
        if folder:
            unread = sum(counts.unread_by_source.get(s.id, 0) for s in inside)
            rows.append(SourceRow(folder, View("folder", folder), unread, kind="folder"))
        rows += [
            SourceRow(
                source.title,
                View("source", source.id),
                counts.unread_by_source.get(source.id, 0),
                kind="source" if folder else "lone",
                troubled=source.error is not None,
            )
            for source in inside
        ]
    return rows


def _as_address(url: str, width_cells: int) -> str:
    """What a source is called that was never fetched: its host and how its address ends, for
    several of one host begin alike."""
    from reader.app.masthead import shown_address

    said = str(shown_address(url) or safe.line(url)).removeprefix("www.")
    return cut_inside(said, width_cells, said.find("/") if "/" in said else width_cells)


class Sources(Rows):
    """Where articles come from, with what is unread there."""

    ROLES: ClassVar[tuple[str, ...]] = ("view", "folder", "source", "fresh", "quiet", "sign")

    def __init__(self) -> None:
        super().__init__(id="sources")
        self.rows: list[SourceRow] = []
        self._count_cells = 1

    def show(self, rows: list[SourceRow], view: View) -> None:
        """Show the list with the cursor on `view`; what is in view stays in view."""
        if view.kind == "front":
            view = FRONT  # of whatever time
        top, old = self.scroll_offset.y, self.rows
        self.rows = rows
        self._count_cells = max((len(f"{row.count:,}") for row in rows if row.count), default=1)
        cursor = next((i for i, row in enumerate(rows) if row.view == view), self.cursor)
        if len(old) != len(rows) or cursor != self.cursor:
            self.set_rows(len(rows), cursor, top)
            return
        for number, (was, now) in enumerate(zip(old, rows, strict=True)):
            if was != now:
                self.redraw_row(number)

    @property
    def chosen(self) -> View | None:
        return self.rows[self.cursor].view if self.row_count else None

    def next_with_articles(self, step: int) -> View | None:
        """The view of the next source (step 1) or the one before (-1), wrapping around."""
        order = [row for row in self.rows if row.kind in ("source", "lone")]
        if not order:
            return None
        chosen = [i for i, row in enumerate(self.rows[: self.cursor + 1]) if row in order]
        here = len(chosen) - 1
        if step < 0 and self.rows[self.cursor] not in order:
            here += 1
        return order[(here + step) % len(order)].view

    def can_choose(self, row: int) -> bool:
        return self.rows[row].view is not None

    def key_of(self, row: int) -> Hashable:
        return (row, self.rows[row])

    def draw(self, row: int, width_cells: int) -> list[Pieces]:
        shown = self.rows[row]
        if shown.view is None:
            return [[]]
        count = f"{shown.count:,}" if shown.count else ""
        trouble = "! " if shown.troubled else ""
        indent = " " * (2 if shown.kind == "source" else 1)
        label_width = max(1, width_cells - len(indent) - len(trouble) - self._count_cells - 3)
        said: str = safe.line(shown.label)
        if "://" in said:
            said = _as_address(said, label_width)
        label = said.upper() if shown.kind == "folder" else said
        role = shown.kind if shown.kind in ("view", "folder") else "source"
        if shown.count and role == "source":
            role = "fresh"
        return [
            [
                (self.bar(row), "sign"),
                (indent, role),
                (trouble, "sign"),
                (fit(label, label_width), role),
                (" " + fit_right(count, self._count_cells) + " ", "quiet"),
            ]
        ]
