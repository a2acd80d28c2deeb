"""A story as it was told: who said it first, who followed, and what went before it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from reader.app.widgets.front import NARROW, SHORT, WIDEST_CELLS
from reader.app.widgets.pieces import Pieces, enumerated, facts, fit, fit_right
from reader.app.widgets.setrows import SetRows
from reader.model import ArticleId, Coverage, Headline
from reader.noun import Noun
from reader.text import safe
from reader.text.dates import ago, moment
from reader.text.frontwords import many, time_in_words
from reader.text.width import cells, cut, wrap

NO_COPIES: Mapping[ArticleId, ArticleId] = {}
TIME_CELLS = 18
"""As wide as `Mon 23 Nov 04:30`, with a little space."""
TITLE_LINES = 2


class Background(Noun):
    """Older pieces that are like a story but not of it."""

    pieces: tuple[Headline, ...] = ()
    """The latest first."""
    copy_of: Mapping[ArticleId, ArticleId] = NO_COPIES
    """For each near copy among them the one it is folded under."""


class Timeline(SetRows):
    """The articles of one story, the earliest first, copies under what they copy, then background.

    A row is an article; a copy is one only while copies are unfolded.
    """

    def __init__(self, look_up) -> None:  # type: ignore[no-untyped-def]
        super().__init__(look_up, id="timeline")
        self.coverage: Coverage | None = None
        self.phrases: Sequence[str] = ()
        self.unfolded = False
        self._told_rows = 0
        self.background = Background()
        self._sought: ArticleId | None = None
        """What is to be chosen once the background it is in is there."""

    def show_story(
        self,
        coverage: Coverage,
        background: Background | None = None,
        chosen: ArticleId | None = None,
    ) -> None:
        """Show a story with the cursor on `chosen`, or on the article it is a copy of."""
        self.coverage, self.background, self.phrases = coverage, background or Background(), ()
        self._show(self._head_of(chosen), chosen)
        self._sought = None if chosen is None or self.row_of(chosen) is not None else chosen

    def show_again(self, coverage: Coverage) -> None:
        """Show the same story as it has become; if the article with the cursor left it, the next
        of it has it. What is known of its background stays until that is looked for again."""
        chosen, end = self.chosen, self.told if self.cursor < self.told else len(self.ids)
        before = [ArticleId(id) for id in self.ids[: self.cursor]]
        after = [ArticleId(id) for id in self.ids[self.cursor : end]]
        self.coverage = coverage
        inside = {member.id for member in coverage.members}
        older = tuple(piece for piece in self.background.pieces if piece.id not in inside)
        self.background = Background(older, self.background.copy_of)
        self._show(*before, *reversed(after), self._head_of(chosen), chosen)

    def show_background(self, background: Background, phrases: Sequence[str] = ()) -> None:
        """What went before the story and what it is about, found out meanwhile."""
        self.background, self.phrases = background, phrases
        sought, self._sought = self._sought, None
        self._show(self.chosen, sought if self.cursor == 0 else None)

    def unfold(self, unfolded: bool) -> None:
        """Give each copy a row, or none."""
        self.unfolded = unfolded
        chosen = self.chosen
        if self.coverage is not None:
            self._show(chosen, self._head_of(chosen))

    @property
    def told(self) -> int:
        """Rows of the story itself; those of the background follow them."""
        return self._told_rows

    def row_of(self, article_id: int) -> int | None:
        row = super().row_of(article_id)
        head = self._head_of(ArticleId(article_id))
        return super().row_of(head) if row is None and head is not None else row

    def _head_of(self, article_id: ArticleId | None) -> ArticleId | None:
        """The article that a copy is folded under; of any other itself."""
        if article_id is None or self.coverage is None:
            return article_id
        return self._copy_of.get(article_id, article_id)

    @property
    def _copy_of(self) -> Mapping[ArticleId, ArticleId]:
        told = NO_COPIES if self.coverage is None else self.coverage.copy_of
        return {**self.background.copy_of, **told} if self.background.copy_of else told

    def set_row(self, row: int, width_cells: int) -> tuple[list[Pieces], range]:
        headline = self.headline(row)
        width = max(10, min(WIDEST_CELLS, width_cells - 3))
        if headline is None:
            return [[(" (no longer in the cache)", "quiet")]], range(1)
        if self.compact:
            return [self._compact(headline, width_cells)], range(1)
        before = self._before(row, width)
        lines = self._told(row, headline, width)
        after: list[Pieces] = [] if self.size.height < SHORT else [[]]
        return [*before, *lines, *after], range(len(before), len(before) + len(lines))

    def _show(self, *chosen: ArticleId | None) -> None:
        assert self.coverage is not None
        ids = self._rows_for(self.coverage.members, self.coverage.copy_of)
        self._told_rows = len(ids)
        ids += self._rows_for(self.background.pieces, self.background.copy_of)
        cursor = next((ids.index(id) for id in reversed(chosen) if id in ids), 0)
        self.show_rows(ids, cursor)

    def _rows_for(
        self, pieces: Sequence[Headline], copy_of: Mapping[ArticleId, ArticleId]
    ) -> list[int]:
        ids: list[int] = []
        for piece in pieces:
            if piece.id in copy_of:
                continue
            ids.append(piece.id)
            if self.unfolded:
                ids += [copy for copy, head in copy_of.items() if head == piece.id]
        return ids

    def _before(self, row: int, width: int) -> list[Pieces]:
        """What stands over a row: over the first the title of the story, over the background its
        heading."""
        assert self.coverage is not None
        roomy = self.size.height >= SHORT
        if row == 0:
            title = _in_lines(self.coverage.title, width, TITLE_LINES + 1)
            lines: list[Pieces] = [[]] if roomy else []
            lines += [[(f" {text}", "lead")] for text in title]
            lines.append([(" " + self._extent(width), "quiet")])
            if roomy:
                lines += [[(f" {text}", "quiet")] for text in self._about(width)]
            return [*lines, [(" " + "─" * width, "rule")], []] if roomy else [*lines, []]
        if row == self.told:
            return [[(" BACKGROUND", "heading")], []] if roomy else [[(" BACKGROUND", "heading")]]
        return []

    def _about(self, width: int) -> list[str]:
        """The phrases that say what the story is about; a line is kept for them until they come."""
        return [enumerated("About: ", self.phrases, width) if self.phrases else ""]

    def _extent(self, width: int) -> str:
        assert self.coverage is not None
        articles, sources = len(self.coverage.members), len(self.coverage.sources)
        extent = [many(articles, "article", "articles")]
        first = self.coverage.sources[0]
        if sources == 1:
            extent += [first]
        elif width < NARROW:
            extent += [f"first: {first}"]
        else:
            extent += [f"{sources} sources", f"first told by {first}"]
        return facts(extent, width, name=len(extent) - 1)

    def _told(self, row: int, headline: Headline, width: int) -> list[Pieces]:
        assert self.coverage is not None
        beside = width >= NARROW
        copy = headline.id in self._copy_of
        role = "unread" if headline.unread else "read"
        signs = ("● " if headline.unread else "") + ("★ " if headline.starred else "")
        notes: list[str] = [headline.site or headline.source]
        first_told = beside and row == 0 and len(self.coverage.sources) > 1
        notes += ["first to tell it"] if first_told else []
        notes += ["a copy"] if copy else []
        notes += [time_in_words(headline.minutes)] if headline.minutes else []
        time = _time(headline, self._now)
        indent = " " * (TIME_CELLS + (2 if copy else 0)) if beside else "  " if copy else ""
        room = width - len(indent)
        first = fit(time, TIME_CELLS) + indent[TIME_CELLS:] if beside else indent
        notes = notes if beside else [time, *notes]
        told = facts(notes, width - cells(first) - len(signs), name=0 if beside else 1)
        lines: list[Pieces] = [[(f" {first}", "quiet"), (signs, "sign"), (told, "quiet")]]
        title = _in_lines(headline.title, room, TITLE_LINES)
        lines += [[(f" {indent}{text}", role)] for text in title]
        if not self.unfolded and (sites := self._copies(headline.id)):
            said = f"+{many(len(sites), 'copy', 'copies')}: {', '.join(sites)}"
            lines.append([(f" {indent}{cut(safe.line(said), room)}", "quiet")])
        return lines

    def _copies(self, head: ArticleId) -> list[str]:
        assert self.coverage is not None
        copy_of = self._copy_of
        pieces = (*self.coverage.members, *self.background.pieces)
        copies = [piece for piece in pieces if copy_of.get(piece.id) == head]
        return [copy.site or copy.source for copy in copies]

    def _compact(self, headline: Headline, width: int) -> Pieces:
        role = "unread" if headline.unread else "read"
        room = min(22, width // 4) if width >= NARROW else 0
        title = safe.line(headline.title)
        pieces: Pieces = [("●  " if headline.unread else "   ", "sign")]
        pieces.append((fit(title, max(4, width - 16 - (room + 2 if room else 0))), role))
        if room:
            pieces.append(("  " + fit(safe.line(headline.site or headline.source), room), "quiet"))
        return [*pieces, (fit_right(ago(headline.sorted_at, self._now), 11) + " ", "quiet")]


def _in_lines(title: str, width: int, most: int) -> list[str]:
    """A title in so many lines; what does not fit them is cut."""
    lines = wrap(safe.line(title), width)
    if len(lines) > most:
        lines = [*lines[: most - 1], cut(" ".join(lines[most - 1 :]), width)]
    return lines


def _time(headline: Headline, now: datetime) -> str:
    """When it was told, as precisely as it says; of another year, the day. What says nothing was
    told by the day on which a copy was made or it came."""
    said = headline.published
    try:
        told = (moment(said) if said else headline.sorted_at).astimezone()
    except ValueError:
        return cut(safe.line(said or ""), TIME_CELLS - 2)
    if told.year != now.year:
        day = f"{told.day} {told:%b} {told.year}"
    else:
        day = f"{told:%a} {told.day} {told:%b}"
        if said and "T" in said:
            day += f" {told:%H:%M}"
    return day if said else f"by {day}"
