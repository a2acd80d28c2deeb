"""The sidebar of similar articles: how close each is, from where, and why it stands here."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from types import MappingProxyType
from typing import ClassVar

from textual.strip import Strip

from reader import clock
from reader.app.widgets.pieces import Pieces, enumerated
from reader.app.widgets.rows import UnevenRows
from reader.model import ArticleId, Closeness, Similar
from reader.text import safe
from reader.text.dates import ago
from reader.text.frontwords import many
from reader.text.width import cells, clamp, cut, wrap

HEADINGS = {
    Closeness.DUPLICATE: "The same text",
    Closeness.SAME_STORY: "The same story",
    Closeness.BACKGROUND: "Background",
}
NO_COPIES: Mapping[int, Sequence[int]] = MappingProxyType({})
TITLE_LINES = 3
SUMMARY_LINES = 2


class SimilarList(UnevenRows):
    """Articles like the one on the page, the closest first."""

    ROLES: ClassVar[tuple[str, ...]] = (
        "heading",
        "title",
        "fresh",
        "quiet",
        "why",
        "summary",
        "sign",
    )

    def __init__(self) -> None:
        super().__init__(id="similar")
        self.items: list[Similar] = []
        self.copies: Mapping[int, Sequence[int]] = {}
        """Near copies of what is shown, which are not."""
        self._lines: list[list[Pieces]] = []
        self._set_for = 0
        self._asked = False

    def show(
        self,
        items: Sequence[Similar],
        copies: Mapping[int, Sequence[int]] = NO_COPIES,
        asked: bool = True,
    ) -> None:
        """Show what is like the article, each with how many copies of it there are; `asked` is
        False while nobody has looked yet."""
        if not items and not self.items and asked == self._asked:
            return  # or every key would paint again that there is nothing
        self.items = sorted(items, key=lambda item: list(Closeness).index(item.closeness))
        self.copies = copies
        self._asked = asked
        self._set()
        self.set_rows(len(self.items), 0, 0)

    @property
    def chosen(self) -> ArticleId | None:
        return self.items[self.cursor].headline.id if self.items else None

    def key_of(self, row: int) -> Hashable:
        return self.items[row].headline.id

    def barred_lines(self, row: int) -> range:
        """Not the heading over an item, nor the space under it; and none while the reader is
        elsewhere, for nothing is chosen here until the list has the keyboard."""
        if not self.has_focus:
            return range(0)
        return range(1 if self._has_heading(row) else 0, self.height_of(row) - 1)

    def draw(self, row: int, width_cells: int) -> list[Pieces]:
        barred = self.barred_lines(row)
        return [
            [(self.bar(row) if number in barred else " ", "sign"), *line]
            for number, line in enumerate(self._lines[row])
        ]

    def on_resize(self) -> None:
        if self.size.width != self._set_for:
            self._set()
            self.set_rows(len(self.items), self.cursor)
        super().on_resize()

    def below(self, line: int, width_cells: int) -> Strip:
        if self.items or not self._asked or line != 1:
            return super().below(line, width_cells)
        return self.look.strip([("  Nothing like it yet", "quiet")], width_cells)

    def _has_heading(self, row: int) -> bool:
        return row == 0 or self.items[row].closeness != self.items[row - 1].closeness

    def _set(self) -> None:
        """Wrap every item to the width there is."""
        self._set_for = self.size.width
        width = max(8, self.size.width - 3)
        now = clock.now()
        self._lines = [self._item(row, item, width, now) for row, item in enumerate(self.items)]
        self.set_heights(map(len, self._lines))

    def _item(self, row: int, item: Similar, width: int, now) -> list[Pieces]:  # type: ignore[no-untyped-def]
        headline = item.headline
        lines: list[Pieces] = []
        if self._has_heading(row):
            heading = cut(HEADINGS[item.closeness].upper(), width)
            lines.append([(" " + heading, "heading")])
        title_role = "fresh" if headline.unread else "title"
        title = _clamp(wrap(safe.line(headline.title), width), TITLE_LINES, width)
        lines += [[(" " + text, title_role)] for text in title]
        signs = ("● " if headline.unread else "") + ("★ " if headline.starred else "")
        place = safe.line(headline.site or headline.source)
        folded = len(self.copies.get(headline.id, ()))
        copies = f" +{many(folded, 'copy', 'copies')}" if folded else ""
        age = f" · {ago(headline.sorted_at, now, brief=True)}"
        room = width - len(signs)
        beside = not copies or cells(copies) <= room - cells(place) - cells(age)
        tail = copies + age if beside else age
        source = cut(place, max(4, room - cells(tail)))
        lines.append([(" " + signs, "sign"), (cut(source + tail, room), "quiet")])
        if not beside:
            lines.append([(copies, "quiet")])
        if headline.summary and item.closeness is not Closeness.DUPLICATE:
            summary = clamp(safe.line(headline.summary), width, SUMMARY_LINES)
            lines += [[(" " + text, "summary")] for text in summary]
        if item.reason:
            lines.append([(" " + enumerated("shared: ", item.reason, width), "why")])
        return [*lines, []]


def _clamp(lines: list[str], most: int, width_cells: int) -> list[str]:
    """At most `most` lines; the last one says that there was more."""
    if len(lines) <= most:
        return lines
    return [*lines[: most - 1], cut(f"{lines[most - 1]} {lines[most]}", width_cells)]
