"""The list of headlines: what arrived, from where, how long ago, read or not.

Rows come from a window of ids that grows downwards as it is read. Headlines are looked up a
screenful at a time, when the first of them comes into view.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import ClassVar

from textual.message import Message

from reader import clock
from reader.app.columns import LEAST_TITLE, one_line
from reader.app.masthead import edits_in_words
from reader.app.widgets.pieces import Pieces, fit, highlighted
from reader.app.widgets.rows import Rows
from reader.config import HEADLINE
from reader.model import ArticleId, Headline
from reader.noun import Noun
from reader.text import safe
from reader.text.dates import ago
from reader.text.frontwords import many
from reader.text.width import cells, clamp, cut, wrap

LOOKED_UP_AHEAD = 60
"""Headlines fetched at once. Two screens: one query, and the next page is there."""
KEPT_HEADLINES = 5_000
SIGNS = 4
"""Columns for the cursor, the unread sign, the bookmark sign and a space."""


class Extra(Noun):
    """A second line under a headline: where a search matched, or what was written to a bookmark."""

    text: str
    marks: tuple[tuple[int, int], ...] = ()


class Headlines(Rows):
    """Headlines of one view, newest first unless a search ranked them."""

    ROLES: ClassVar[tuple[str, ...]] = ("unread", "read", "quiet", "sign", "mark")

    class NeedsMore(Message):
        """The end of the known ids has come near."""

        def can_replace(self, message: Message) -> bool:
            return isinstance(message, Headlines.NeedsMore)

    def __init__(
        self, look_up: Callable[[Sequence[ArticleId]], list[Headline]], id: str = "headlines"
    ) -> None:
        super().__init__(id=id)
        self.ids: array[int] = array("q")
        self.complete = True
        self.empty_text = ""
        self._look_up = look_up
        self._known: dict[int, Headline | None] = {}
        self._extras: Mapping[int, Extra] = {}
        self._words: tuple[str, ...] = ()
        self._with_source = True
        self.columns: Sequence[str] = HEADLINE
        """What stands in a line, from left to right."""
        self.copies: Mapping[int, Sequence[int]] = {}
        """Near copies folded under an article, which are no rows."""
        self.roomy = False
        """Is a line of the text shown under each headline?"""
        self._now = clock.now()

    def show(
        self,
        ids: array[int],
        *,
        complete: bool,
        cursor: int = 0,
        top_line: int | None = None,
        extras: Mapping[int, Extra] | None = None,
        words: Iterable[str] = (),
        with_source: bool = True,
    ) -> None:
        """Show a list. `words` are lit up in titles, `extras` stand under their headline."""
        self.ids, self.complete = ids, complete
        self._extras = extras or {}
        self._words = tuple(word.casefold() for word in words)
        self._with_source = with_source
        self._now = clock.now()
        self._known.clear()
        self._set_row_height()
        self.set_rows(len(ids), cursor, top_line)

    def extend(self, ids: Iterable[int], complete: bool) -> None:
        """Older headlines, below."""
        self.ids.extend(ids)
        self.complete = complete
        self.grow(len(self.ids))

    @property
    def chosen(self) -> ArticleId | None:
        """The article under the cursor."""
        return ArticleId(self.ids[self.cursor]) if self.row_count else None

    def headline(self, row: int) -> Headline | None:
        """The headline of a row; None if the article is gone."""
        article_id = self.ids[row]
        if article_id not in self._known:
            self._fetch(row)
        return self._known.get(article_id)

    def row_of(self, article_id: int) -> int | None:
        """Where an article stands in this list, or that under which it is folded."""
        article_id = self.stands_for(ArticleId(article_id)) or article_id
        try:
            return self.ids.index(article_id)
        except ValueError:
            return None

    def stands_for(self, article_id: ArticleId | None) -> ArticleId | None:
        """The article under which one is folded, or itself."""
        heads = (head for head, copies in self.copies.items() if article_id in copies)
        return article_id if article_id is None else ArticleId(next(heads, article_id))

    def changed(
        self, article_id: int, *, unread: bool | None = None, starred: bool | None = None
    ) -> None:
        """Show another state of an article at once, wherever it stands."""
        known = self._known.get(article_id)
        if known is None:
            return
        self._known[article_id] = replace(
            known,
            unread=known.unread if unread is None else unread,
            read_revision=known.read_revision if unread is None else None,
            starred=known.starred if starred is None else starred,
        )
        if (row := self.row_of(article_id)) is not None:
            self.redraw_row(row)

    def forget(self) -> None:
        """Look every headline up again: the cache has changed."""
        self._known.clear()
        self._now = clock.now()
        self.redraw()

    def look_again(self) -> None:
        """Look the rows in view up again, and draw afresh those that have changed."""
        top = self.row_at(self.scroll_offset.y)
        in_view = range(top, min(self.row_count, top + self.size.height))
        rows = {ArticleId(self.ids[row]): row for row in in_view if self.ids[row] in self._known}
        for headline in self._look_up(list(rows)):
            if headline != self._known[headline.id]:
                self._known[headline.id] = headline
                self.redraw_row(rows[headline.id])

    def key_of(self, row: int) -> Hashable:
        return self.ids[row]

    def draw(self, row: int, width_cells: int) -> list[Pieces]:
        headline = self.headline(row)
        if headline is None:
            gone: Pieces = [(" " * SIGNS, "read"), ("(no longer in the cache)", "quiet")]
            return [gone]
        signs: Pieces = [
            (self.bar(row), "sign"),
            ("●" if headline.unread else "○" if headline.is_edited_since else " ", "sign"),
            ("★" if headline.starred else " ", "sign"),
            (" ", "read"),
        ]
        role = "unread" if headline.unread else "read"
        title = safe.line(headline.title)
        source = safe.line(headline.site or headline.source)
        age = ago(headline.sorted_at, self._now)
        if self.row_height_lines == 1:
            return [signs + self._one_line(headline, title, role, width_cells - SIGNS)]
        if width_cells < NARROW:
            note = self._note(headline)
            first = self._title(title, role, width_cells - SIGNS, note)
        else:
            first = self._one_line(headline, title, role, width_cells - SIGNS)
        return [signs + first, self._second_line(headline, source, age, row, width_cells)]

    def on_resize(self) -> None:
        top_row = self.row_at(self.scroll_offset.y)
        if self._set_row_height():
            self.set_rows(self.row_count, self.cursor, self.top_of(top_row))
        super().on_resize()

    def watch_cursor(self, old: int, new: int) -> None:
        super().watch_cursor(old, new)
        if not self.complete and new + 2 * self.size.height >= self.row_count:
            self.post_message(self.NeedsMore())

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        super().watch_scroll_y(old_value, new_value)
        last_row = self.row_at(round(new_value) + 2 * self.size.height)
        if not self.complete and last_row >= self.row_count:
            self.post_message(self.NeedsMore())

    def below(self, line: int, width_cells: int):  # type: ignore[no-untyped-def]
        said = wrap(self.empty_text, max(8, width_cells - SIGNS - 1)) if not self.row_count else []
        if not 1 <= line <= len(said):
            return super().below(line, width_cells)
        return self.look.strip([(" " * SIGNS, "read"), (said[line - 1], "quiet")], width_cells)

    def _one_line(self, headline: Headline, title: str, role: str, width: int) -> Pieces:
        columns = [name for name in self.columns if self._with_source or name != "source"]
        note = self._note(headline)
        return one_line(
            headline, self._now, width, lambda cells: self._title(title, role, cells, note), columns
        )

    def _title(self, title: str, role: str, width: int, note: str = "") -> Pieces:
        room = width - cells(note) - GAP
        if not note or room < LEAST_TITLE:
            shown = fit(title, width)
            return highlighted(shown, role, spans_of(self._words, shown))
        shown = cut(title, room)
        rest = fit(" " * GAP + note, width - cells(shown))
        return [*highlighted(shown, role, spans_of(self._words, shown)), (rest, "quiet")]

    def _note(self, headline: Headline) -> str:
        """How often an article was edited, and how many near copies are folded under it."""
        count = len(self.copies.get(headline.id, ()))
        folded = f"+{many(count, 'copy', 'copies')}" if count else ""
        return "  ".join(filter(None, (edits_in_words(headline.edits), folded)))

    def _second_line(
        self, headline: Headline, source: str, age: str, row: int, width: int
    ) -> Pieces:
        indent: Pieces = [(self.bar(row), "sign"), (" " * (SIGNS - 1), "read")]
        extra = self._extras.get(headline.id)
        if extra is None or (width < NARROW and not extra.text):
            return [
                *indent,
                (fit(self._under(headline, source, age, width), width - SIGNS), "quiet"),
            ]
        said = safe.line(extra.text)
        marks = extra.marks if len(said) == len(extra.text) else ()
        text = cut(said, width - SIGNS - 1)
        return [*indent, *highlighted(text, "quiet", marks)]

    def _under(self, headline: Headline, source: str, age: str, width: int) -> str:
        """What a second line says that nobody wrote for it."""
        if width < NARROW:
            return f"{source} · {age}"
        lines = clamp(safe.line(headline.summary or ""), width - SIGNS - 1, 1) if self.roomy else []
        return "".join(lines)

    def set_again(self, *, roomy: bool) -> None:
        """Draw the rows with a second line, or without; the chosen one stays in view."""
        self.roomy = roomy
        self._known.clear()  # what was looked up for one line has no summary
        if self._set_row_height():
            self.set_rows(self.row_count, self.cursor)

    def _set_row_height(self) -> bool:
        height = 2 if self._extras or self.roomy or self.size.width < NARROW else 1
        changed = height != self.row_height_lines
        self.row_height_lines = height
        return changed

    def _fetch(self, row: int) -> None:
        if len(self._known) > KEPT_HEADLINES:
            self._known.clear()
        start = max(0, row - 8)
        wanted = [
            ArticleId(i) for i in self.ids[start : row + LOOKED_UP_AHEAD] if i not in self._known
        ]
        self._known.update(dict.fromkeys(wanted))
        self._known.update((headline.id, headline) for headline in self._look_up(wanted))


GAP = 2
"""Cells between a title and what is noted behind it."""
NARROW = 64
"""Columns under which a headline takes two lines: its title, then source and age."""


def spans_of(words: Iterable[str], text: str) -> list[tuple[int, int]]:
    """Where any of `words` (casefolded) begins a word of `text`, as character spans."""
    folded = text.casefold()
    if len(folded) != len(text):
        return []
    spans = []
    for word in words:
        at = folded.find(word)
        while word and at >= 0:
            if at == 0 or not folded[at - 1].isalnum() or not text.isascii():
                spans.append((at, at + len(word)))
            at = folded.find(word, at + len(word))
    return spans


def row_width(pieces: Pieces) -> int:
    """Cells that pieces take, for tests of alignment."""
    return sum(cells(text) for text, _ in pieces)
