"""What the line-mode reader works on: the library, the list that is numbered, the open article."""

from __future__ import annotations

import shutil
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from reader import clock
from reader.cli import output
from reader.cli.plain.page import Page
from reader.config import Config
from reader.errors import BroadsheetError, UsageError
from reader.library import Library
from reader.model import ArticleId, Headline, View
from reader.text import safe
from reader.text.dates import ago
from reader.text.frontwords import many
from reader.text.spoken import UNWRAPPED
from reader.text.width import wrap

WINDOW = 500
"""Ids of a list that are asked for at once."""
ROWS_IN_A_PIPE = 20
MOST_DIGITS = 9


@dataclass(slots=True)
class Listed:
    """A list of articles, numbered from 1, and where the reader is in it."""

    title: str
    view: View | None
    """What is listed; None for a list that no view describes."""
    ids: array[int] = field(default_factory=lambda: array("q"))
    complete: bool = True
    looked_at: ArticleId | None = None
    """The last article of the view that was looked at; it may be folded under another."""
    copies: dict[int, list[int]] = field(default_factory=dict)
    """Near copies folded under an article, which are no rows."""
    titles: Mapping[int, str] = field(default_factory=dict)
    """What an article is called in the list, if not by its own title."""
    notes: Mapping[int, str] = field(default_factory=dict)
    """What is said under an article in the list."""
    begin: int = 0
    """The first of the rows listed last."""
    next_row: int = 0
    """The first row that was not listed yet."""
    row: int | None = None
    """The row of the open article."""
    page: Page | None = None

    def texts(self, row: int) -> list[int]:
        """The article of a row and the copies folded under it."""
        return [self.ids[row], *self.copies.get(self.ids[row], ())]


class Desk:
    """The state, and how it is put in lines. Nothing is drawn: lines follow each other."""

    def __init__(self, library: Library, config: Config, *, interactive: bool) -> None:
        self.library = library
        self.config = config
        self.interactive = interactive
        """Is there a person at a terminal? Then lines fit it, and long texts stop."""
        self.screen_lines: int | None = None
        """After how many lines to stop, as the person said; 0 is never."""
        self.listed = Listed("", View("all"))
        self.before: list[Listed] = []
        self.on_page = False
        """Was the article shown last, and not the list?"""
        self.failures = 0
        self.lines_said = 0
        """Since the last command; what stands above it on the screen was read before."""

    def say(self, text: str, indent: str = "") -> None:
        """A line, fitted to the terminal if there is one."""
        line = safe.line(text, cap=10_000)
        room = self.width_cells - len(indent)
        lines = wrap(line, room) if self.width_cells else [line]
        self.lines_said += len(lines)
        output.write("".join(f"{indent}{each}\n" for each in lines))

    def put(self, lines: Sequence[str]) -> None:
        """Lines of an article as they are."""
        output.write("".join(f"{_indented(line)}\n" for line in lines))

    def fail(self, text: str) -> None:
        """Say what did not work."""
        self.failures += 1
        self.say(text)

    @property
    def width_cells(self) -> int:
        """Columns to use; `UNWRAPPED` in a pipe, whose reader knows better."""
        if not self.interactive:
            return UNWRAPPED
        columns = shutil.get_terminal_size().columns - 1
        return max(10, min(columns, self.config.measure_cells))

    @property
    def stop_after(self) -> int:
        """Lines of an article after which to stop; 0 is never."""
        if self.screen_lines is not None:
            return self.screen_lines
        return max(4, shutil.get_terminal_size().lines - 3) if self.interactive else 0

    @property
    def room_lines(self) -> int:
        """Lines of an article that fit under what was said since the last command; 0 is all."""
        if not self.stop_after:
            return 0
        return self.stop_after - min(self.lines_said, self.stop_after // 2)

    @property
    def rows_at_once(self) -> int:
        return max(3, self.stop_after - 1) if self.interactive else ROWS_IN_A_PIPE

    @property
    def page(self) -> Page | None:
        """The open article."""
        return self.listed.page

    def headline_at(self, row: int) -> Headline | None:
        """The headline of a row, counted from 0; None past the end or if it is gone."""
        if row < 0 or not self.reaches(row):
            return None
        found = self.library.headlines([ArticleId(self.listed.ids[row])])
        return found[0] if found else None

    def reaches(self, row: int) -> bool:
        """Has the list so many rows? More of them are looked up if need be."""
        listed = self.listed
        while row >= len(listed.ids) and not listed.complete and listed.view is not None:
            more = self.library.ids(listed.view, WINDOW, listed.looked_at)
            listed.complete = len(more) < WINDOW
            listed.looked_at = ArticleId(more[-1]) if more else listed.looked_at
            ids, copies = self.folded(listed.view, more)
            listed.ids.extend(ids)
            listed.copies |= copies
        return row < len(listed.ids)

    @property
    def unfolded(self) -> bool:
        """Has every copy a row?"""
        return self.library.state("unfolded") is True

    def folded(self, view: View, ids: Sequence[int]) -> tuple[Sequence[int], dict[int, list[int]]]:
        """`ids` of a view without near copies, if so wished; for each that stays its copies."""
        return (ids, {}) if self.unfolded else self.library.folded(view, ids)

    def row_named(self, word: str) -> int:
        """The row, counted from 0, that a person names by its number. Raises UsageError."""
        if not (word.isascii() and word.isdigit() and len(word) <= MOST_DIGITS):
            raise UsageError(f"'{word}' is not a number of the list")
        row = int(word) - 1
        if row < 0 or not self.reaches(row):
            last = len(self.listed.ids)
            ends = f"it ends at {last}" if last else "it is empty"
            raise UsageError(f"the list has no number {word}: {ends}")
        return row

    def article_meant(self, word: str) -> Headline:
        """The article of a row, or without a number the open one. Raises UsageError."""
        if word:
            headline = self.headline_at(self.row_named(word))
        elif self.page is not None:
            found = self.library.headlines([self.page.article.id])
            headline = found[0] if found else None
        else:
            raise UsageError("no article is open: open one, or say the number of one")
        if headline is None:
            raise UsageError("that article is no longer in the cache")
        return headline

    def in_a_line(self, row: int, headline: Headline) -> str:
        """A headline with its number; what colour and signs say elsewhere is said."""
        title = self.listed.titles.get(headline.id, headline.title)
        if not title.endswith((".", "!", "?", "…")):
            title += "."
        facts = [headline.site or headline.source, ago(headline.sorted_at, clock.now())]
        facts += ["unread"] if headline.unread else []
        facts += ["starred"] if headline.starred else []
        if copies := len(self.listed.texts(row)) - 1:
            facts.append(many(copies, "copy", "copies"))
        return f"{row + 1}. {title} {', '.join(facts)}"

    def choose(self, key: str, value: Any, sentence: str) -> None:
        """Keep what the person chose; undo takes it back. Raises UsageError where nothing can be
        kept."""
        if self.library.readonly:
            raise UsageError("nothing can be kept here: the cache can only be read")
        self.library.choose(key, value, sentence)

    def try_to(self, work, *words: str) -> None:  # type: ignore[no-untyped-def]
        """Do something; a failure is said and the reader goes on."""
        try:
            work(*words)
        except BroadsheetError as error:
            self.fail(f"{str(error)[:1].upper()}{str(error)[1:]}.".replace("..", "."))


def _indented(line: str) -> str:
    """A line made safe; the spaces before code stay."""
    text = line.lstrip(" ")
    return " " * (len(line) - len(text)) + safe.line(text, cap=100_000) if text else ""
