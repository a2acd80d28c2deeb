"""An article set for one width: masthead, body, colophon, and the way between lines and anchors.

Pure: it may be made in any thread. A galley of a long article is made in two steps, the first
screens at once and the rest when `finish` is called; lines once set never change.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

from reader.app.marking import Marking, Told, marking
from reader.app.masthead import colophon, masthead, with_news
from reader.app.widgets.pieces import Pieces
from reader.model import Anchor, Article, Summary

if TYPE_CHECKING:
    from rich.segment import Segment

    from reader.app.halfblocks import Picture
    from reader.text.layout import Line, LinkRef, Span

FIRST_LINES = 120
"""Lines of a long article that are set before it is shown: two screens, and some for a resize."""


class Spot(NamedTuple):
    """A place on the page that something leads from: a link by its number, a footnote by its
    label; with the line and, in characters, where in it."""

    line: int
    start: int
    key: str


class Galley:
    """An article laid out at one width."""

    align_rtl = True
    """Do paragraphs that run from right to left end at the right? One answer for the program."""

    def __init__(
        self,
        article: Article,
        width_cells: int,
        *,
        whole: bool = True,
        summary: Summary | None = None,
        pictures: Mapping[str, Picture] | None = None,
        picture_lines: int = 0,
    ) -> None:
        from reader.text.layout import lay_out
        from reader.text.markdown import blocks

        self.article = article
        self.width_cells = width_cells
        self.head = masthead(article, width_cells, summary)
        self._blocks = blocks(article.markdown)
        self._pictures = pictures or {}
        room = {url: each.size(width_cells, picture_lines) for url, each in self._pictures.items()}
        self._room, self._rows = room, dict[str, "list[list[Segment]]"]()
        first_lines = None if whole else FIRST_LINES
        self._layout = lay_out(
            self._blocks,
            width_cells,
            first_lines=first_lines,
            align_rtl=self.align_rtl,
            pictures=room,
        )
        self._foot = self._colophon() if self.complete else []
        self._bare_head = self.head
        self.shows_edit = article.headline.is_edited_since
        """Do its marks say what an edit brought? They stay while it is read, which settles it."""
        self.marking: Marking | None = None
        """What is new to the reader; None until it was looked for."""

    def finish(self) -> None:
        """Set what is left of a long article."""
        if not self.complete:
            self._layout.more()
            self._foot = self._colophon()

    def marked(self, told: Told) -> Marking:
        """What the marks of the article's sentences come to on this page; may take 10 ms."""
        self.finish()
        return marking(self._layout.lines, self.article.text, told)

    def mark(self, found: Marking) -> None:
        """Take marks, and tell of them in the masthead. No line moves."""
        self.marking = found
        self.head = with_news(self._bare_head, found.in_words, self.width_cells)

    def like(self, other: Galley) -> bool:
        """Do the two say the same in the same lines?"""
        ours, theirs = self.article, other.article
        return self.width_cells == other.width_cells and ours.markdown == theirs.markdown

    def spans(self, line: int) -> Sequence[tuple[int, int, str]]:
        """What is marked in a line: (start, end, mark) in characters."""
        found = self.marking.spans if self.marking else {}
        return found.get(line - len(self.head), ())

    @property
    def passages(self) -> list[int]:
        """The lines in which new passages begin."""
        return [len(self.head) + line for line in self.marking.passages] if self.marking else []

    @property
    def complete(self) -> bool:
        """False while only the first screens are set."""
        return self._layout.complete

    @property
    def line_count(self) -> int:
        return len(self.head) + len(self._layout.lines) + len(self._foot)

    @property
    def links(self) -> Sequence[LinkRef]:
        """The links of the text, numbered from 1."""
        return self._layout.links

    def pieces(self, line: int) -> Pieces:
        """What stands in a line; nothing past the end."""
        body = line - len(self.head)
        if body < 0:
            return self.head[line]
        if body < len(self._layout.lines):
            return [(span.text, span.role) for span in self._layout.lines[body].spans]
        foot = body - len(self._layout.lines)
        return self._foot[foot] if foot < len(self._foot) else []

    @property
    def picture_urls(self) -> list[str]:
        """The addresses of the article's pictures, each once."""
        from reader.text.blocks import Figure

        urls = (each.url for each in self._blocks if isinstance(each, Figure))
        return list(dict.fromkeys(url for url in urls if url))

    def picture_row(self, line: int) -> list[Segment] | None:
        """What a picture shows in a line; None where none stands."""
        at, lines = line - len(self.head), self._layout.lines
        if not self._pictures or not 0 <= at < len(lines) or not _is_picture(lines[at]):
            return None
        url = getattr(self._blocks[lines[at].block], "url", "")
        if url not in self._rows:
            self._rows[url] = self._pictures[url].rows(*self._room[url])
        first = at
        while first and _is_picture(lines[first - 1]):
            first -= 1
        return self._rows[url][at - first]

    def text(self, line: int) -> str:
        return "".join(text for text, _ in self.pieces(line))

    @property
    def body(self) -> Sequence[Line]:
        """The lines of the text, without masthead and colophon."""
        return self._layout.lines

    @property
    def headings(self) -> list[tuple[int, int, str]]:
        """The line, level and text of each heading of the text."""
        return [(len(self.head) + line, level, text) for line, level, text in self._layout.headings]

    def link_spots(self, first: int, last: int) -> list[Spot]:
        """The links in these lines, each once, where it first stands; `last` does not count."""
        spots: dict[int, Spot] = {}
        for line, start, span in self._spans_in(first, last):
            if span.link is not None and span.link not in spots:
                spots[span.link] = Spot(line, start, str(span.link))
        return list(spots.values())

    def note_spots(self, first: int, last: int) -> list[Spot]:
        """What refers to footnotes in these lines; `last` does not count."""
        notes = self._notes_block()
        return [
            Spot(line, start, span.text[1:-1])
            for line, start, span in self._spans_in(first, last)
            if span.role == "note-mark"
            and span.link is None
            and span.text.startswith("[")
            and self._layout.lines[line - len(self.head)].block != notes
        ]

    def note(self, label: str) -> str | None:
        """The text of a footnote."""
        from reader.text.blocks import notes_in

        return notes_in(self._blocks).get(label)

    def _notes_block(self) -> int | None:
        from reader.text.blocks import Footnotes

        at = len(self._blocks) - 1
        return at if self._blocks and isinstance(self._blocks[at], Footnotes) else None

    def _spans_in(self, first: int, last: int) -> Iterator[tuple[int, int, Span]]:
        """Lines of the body, characters, and what is set there."""
        above = len(self.head)
        for line in range(max(first, above), min(last, above + len(self._layout.lines))):
            start = 0
            for span in self._layout.lines[line - above].spans:
                yield line, start, span
                start += len(span.text)

    def link_at(self, line: int, column: int) -> int | None:
        """The number of the link under a cell of the body."""
        body = line - len(self.head)
        if not 0 <= body < len(self._layout.lines):
            return None
        from reader.text.width import cells

        left = 0
        for span in self._layout.lines[body].spans:
            left += cells(span.text)
            if column < left:
                return span.link
        return None

    def anchor_at(self, line: int) -> Anchor | None:
        """The place in the text at the top of the page; None over the text's first line."""
        body = line - len(self.head)
        if body < 0 or not self._layout.lines:
            return None
        return self._layout.anchor_at(min(body, len(self._layout.lines) - 1))

    def line_of(self, anchor: Anchor | None) -> int:
        """The line to put at the top for a kept place; the text's beginning shows the masthead."""
        if anchor is None or (anchor.block, anchor.offset) == (0, 0) or not self._layout.lines:
            return 0
        return len(self.head) + self._layout.line_of(anchor)

    def find(self, *phrases: str) -> list[tuple[int, int, int]]:
        """Where any of `phrases` stands, also across line ends: (line, start, end) in characters.
        A match over two lines gives two."""
        patterns = [r"[\s│]+".join(map(re.escape, phrase.split())) for phrase in phrases]
        if not any(patterns):
            return []
        pattern = re.compile("|".join(filter(None, patterns)), re.IGNORECASE)
        texts = [self.text(line) for line in range(self.line_count)]
        ends = [*["\n"] * len(self.head), *("" if each.goes_on else "\n" for each in self.body)]
        ends += ["\n"] * (len(texts) - len(ends))
        starts = [0]
        for text, end_of_line in zip(texts, ends, strict=True):
            starts.append(starts[-1] + len(text) + len(end_of_line))
        found: list[tuple[int, int, int]] = []
        line = 0
        for match in pattern.finditer("".join(map("".join, zip(texts, ends, strict=True)))):
            start, end = match.span()
            while starts[line + 1] <= start:
                line += 1
            at = line
            while start < end:
                stop = min(end, starts[at] + len(texts[at]))
                if stop > start:
                    found.append((at, start - starts[at], stop - starts[at]))
                at += 1
                start = starts[at] if at < len(texts) else end
        return found

    def _colophon(self) -> list[Pieces]:
        links = [(link.number, link.url) for link in self._layout.links]
        return colophon(self.article, links, self.width_cells)


def _is_picture(line: Line) -> bool:
    return bool(line.spans) and line.spans[0].role == "picture"


class Galleys:
    """The galleys made lately, by article and width. Safe to use from several threads."""

    def __init__(self, kept: int = 8) -> None:
        self._kept = kept
        self._galleys: OrderedDict[tuple[int, int], Galley] = OrderedDict()
        self._lock = Lock()

    def get(self, article_id: int, width_cells: int) -> Galley | None:
        with self._lock:
            galley = self._galleys.get((article_id, width_cells))
            if galley is not None:
                self._galleys.move_to_end((article_id, width_cells))
            return galley

    def keep(self, galley: Galley) -> Galley:
        key = (int(galley.article.id), galley.width_cells)
        with self._lock:
            self._galleys[key] = galley
            self._galleys.move_to_end(key)
            while len(self._galleys) > self._kept:
                self._galleys.popitem(last=False)
        return galley

    def forget(self, article_id: int | None = None) -> None:
        """Set this article afresh, or all of them: what is known of it has changed."""
        with self._lock:
            for key in [k for k in self._galleys if article_id is None or k[0] == article_id]:
                del self._galleys[key]
