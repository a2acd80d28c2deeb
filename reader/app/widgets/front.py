"""The front page: the lead, the stories under it, and the rest in brief.

Rank is told by space and weight: the lead has room around it and three lines of summary, what
follows two, what stands in brief none. What was read is no longer bold and says so.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar

from textual.strip import Strip

from reader.app.widgets.pieces import Pieces, facts, fit, fit_right
from reader.app.widgets.setrows import SetRows
from reader.model import ArticleId, FrontPage, FrontStory
from reader.text import frontwords, safe
from reader.text.width import cells, clamp, cut, wrap

TOP_STORIES = 8
"""Stories with a summary; those after them stand in brief."""
LEAD_LINES, SUMMARY_LINES = 3, 2
TITLE_LINES = 3
WIDEST_CELLS = 84
"""Longer lines of a summary are hard to follow back."""
NARROW = 56
"""Columns under which nothing stands beside anything else."""
SHORT = 16
"""Lines under which space is dear."""
INDENT = 1
LEAST_NAMES = 14
"""Cells under which the beginning of a list of names says nothing."""


AT_THE_END = {
    "period": "another time: the last visit, today, the week",
    "go_all": "every article",
}
"""Acts that the end of the page names, and in which words."""
MORE = "{front} brings the next once these are read, {unread} lists what is unread"
KEY_GAP = 2
"""Cells between their keys and the words."""


class FrontList(SetRows):
    """The stories of a front page, the most important first; a row stands for its best article."""

    ROLES: ClassVar[tuple[str, ...]] = SetRows.ROLES

    def __init__(self, look_up, key_of: Callable[[str], str]) -> None:  # type: ignore[no-untyped-def]
        """`key_of` tells what does an act, to be named at the end of the page."""
        super().__init__(look_up, id="front")
        self._key_of = key_of
        self.shown: FrontPage | None = None
        self._stories: list[FrontStory] = []
        self.summaries: dict[ArticleId, str] = {}
        """What is known of articles, for good."""
        self._row_of: dict[int, int] = {}

    def show_page(
        self,
        page: FrontPage,
        stories: Sequence[FrontStory],
        summaries: Mapping[ArticleId, str],
        cursor: int = 0,
        top_line: int | None = None,
    ) -> None:
        """Show `stories` of a page: its own, and those that were read since it was made."""
        self.shown = page
        self._stories = list(stories)
        self.summaries |= summaries
        self._row_of = {id: row for row, story in enumerate(stories) for id in story.articles}
        self.show_rows([story.article for story in stories], cursor, top_line)

    def tell(self, stories: Sequence[FrontStory], summaries: Mapping[ArticleId, str]) -> None:
        """What was found out since; nothing changes its place."""
        self.summaries |= summaries
        for story in stories:
            row = self.row_of(story.article)
            if row is not None and self._stories[row].id == story.id:
                self._stories[row] = story
                self.ids[row] = story.article
        self.set_anew()

    @property
    def stories(self) -> Sequence[FrontStory]:
        return self._stories

    @property
    def story(self) -> FrontStory | None:
        """The chosen story."""
        return self._stories[self.cursor] if self._stories else None

    def row_of(self, article_id: int) -> int | None:
        return self._row_of.get(article_id)

    def changed(
        self, article_id: int, *, unread: bool | None = None, starred: bool | None = None
    ) -> None:
        row = self.row_of(article_id)
        if row is not None and self.headline(row) is not None:
            super().changed(article_id, unread=unread, starred=starred)
            if row == 0 or unread is not None:
                self.redraw_row(0)

    @property
    def left(self) -> list[FrontStory]:
        """The stories that are not settled yet."""
        return [story for row, story in enumerate(self._stories) if not self._settled(row)]

    def set_row(self, row: int, width_cells: int) -> tuple[list[Pieces], range]:
        story = self._stories[row]
        settled = self._settled(row)
        width = max(10, min(WIDEST_CELLS, width_cells - 2 * INDENT - 1))
        if self.compact:
            return [self._compact(story, settled, width_cells)], range(1)
        short = self.size.height < SHORT
        before = self._preface(width) if row == 0 else []
        in_brief = row >= TOP_STORIES
        if row == TOP_STORIES:
            before = [[(" IN BRIEF", "heading")], []]
        role = "read" if settled else "lead" if row == 0 else "unread"
        lines = [[(f" {text}", role)] for text in self._title_lines(story, width)]
        lines.append([(" " + self._facts(story, settled, width), "quiet")])
        if not settled and not in_brief:
            most = LEAD_LINES if row == 0 and not short else SUMMARY_LINES
            summary = safe.line(self.summaries.get(story.named_by, ""), 1_200)
            lines += [[(f" {text}", "summary")] for text in clamp(summary, width, most)]
        after: list[Pieces] = [] if in_brief and short else [[]]
        return [*before, *lines, *after], range(len(before), len(before) + len(lines))

    def below(self, line: int, width_cells: int) -> Strip:
        lines = [] if self.compact else self._end(width_cells - 3)
        if line >= len(lines):
            return self.look.blank(width_cells)
        return self.look.strip([("  ", "read"), *lines[line]], width_cells)

    def set_height(self, lines: int) -> None:
        super().set_height(lines + (0 if self.compact else len(self._end(self.size.width - 3))))

    def show_cursor(self) -> None:
        super().show_cursor()
        if self.row_count and self.cursor == self.row_count - 1:
            self.go_to_line(max(self.scroll_offset.y, self.virtual_size.height - self.size.height))

    def _settled(self, row: int) -> bool:
        headline = self.headline(row)
        return headline is None or not headline.is_waiting

    def _title_lines(self, story: FrontStory, width: int) -> list[str]:
        lines = wrap(safe.line(story.title), width)
        if len(lines) > TITLE_LINES:
            lines = [*lines[: TITLE_LINES - 1], cut(" ".join(lines[TITLE_LINES - 1 :]), width)]
        return lines

    def _facts(self, story: FrontStory, settled: bool, width: int) -> str:
        """Who tells it, how long it takes, and on the right how old it is."""
        counted = ["read"] if settled else frontwords.facts_in_words(story)
        names = ", ".join(story.sources)
        age = frontwords.age_in_words(story, self._now)
        room = width - cells(age) - 2
        if len(story.sources) == 1:
            said = facts([names, *counted], room, name=0)
        elif cells(facts(counted, room)) + LEAST_NAMES > room:
            said = facts(counted, room)
        else:
            said = facts([*counted, names], room, name=len(counted))
        return fit(said, room) + "  " + age

    def _preface(self, width: int) -> list[Pieces]:
        assert self.shown is not None
        since = frontwords.since_in_words(self.shown, self._now)
        left = self.left
        extent = frontwords.extent_in_words(len(left), sum(story.minutes for story in left))
        extent = extent if len(left) == len(self._stories) or not left else f"{extent} left"
        extent = extent or "all read"
        if width < NARROW:
            both = f"{since} · {extent}"
            return [[(f" {both if cells(both) <= width else cut(since, width)}", "heading")], []]
        rest = width - cells(since)
        return [
            [],
            [(f" {since}", "heading"), (fit_right(extent, rest), "quiet")],
            [(" " + "─" * width, "rule")],
            [],
        ]

    def _compact(self, story: FrontStory, settled: bool, width: int) -> Pieces:
        role = "read" if settled else "unread"
        sign = " " if settled else "●"
        age = frontwords.age_in_words(story, self._now)
        alone = len(story.sources) == 1
        beside = story.sources[0] if alone else frontwords.story_in_words(story, copies=False)
        room = 0 if width < NARROW else min(22, width // 4)
        title = safe.line(story.title)
        pieces: Pieces = [(f"{sign}  ", "sign")]
        pieces.append((fit(title, max(4, width - 4 - (room + 2 if room else 0) - 12)), role))
        if room:
            pieces.append(("  " + fit(safe.line(beside), room), "quiet"))
        return [*pieces, (fit_right(age, 11) + " ", "quiet")]

    def _end(self, width: int) -> list[Pieces]:
        """The lines under the last story: that it was the last, and where the rest is."""
        if self.shown is None:
            return []
        if not self._stories:
            since = frontwords.since_in_words(self.shown, self._now)
            said = [f"{since}: nothing new. You are done.", ""]
        else:
            said = ["That is all." if self.left else "That is all; you are done."]
            how = MORE.format(front=self._key_of("go_front"), unread=self._key_of("go_unread"))
            more = frontwords.more_in_words(self.shown.more, how)
            said += [f"{more}."] if more else []
        lines: list[Pieces] = [[]] if not self._stories else []
        for text in said:
            lines += [[(part, "quiet")] for part in wrap(text, max(10, width))] or [[]]
        named = {self._key_of(act): said for act, said in AT_THE_END.items()}
        keys_cells = max(map(cells, named)) + KEY_GAP
        for key, said_of_it in named.items():
            for number, part in enumerate(wrap(said_of_it, max(10, width - keys_cells))):
                lines.append([(fit("" if number else key, keys_cells), "unread"), (part, "quiet")])
        return lines
