"""What a document shows of an article, in whatever format: its head, its blocks, its highlights."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from reader.model import Article, Marked, Summary, When
from reader.text import safe
from reader.text.blocks import (
    Block,
    Definitions,
    Footnotes,
    Heading,
    Inline,
    Inlines,
    Listing,
    Paragraph,
    Quote,
    text_of,
)
from reader.text.dates import when
from reader.text.frontwords import time_in_words
from reader.text.markdown import blocks
from reader.text.runs import first_strong_is_rtl

DEEPEST = 6
"""Lists and quotes inside each other that keep their form: Word knows nine levels, typst calls
itself 80 times at most, and on paper there is no room for more."""
NO_TITLE = "Untitled"


@dataclass(frozen=True)
class Sheet:
    """An article as a document shows it. All text has passed the gate."""

    title: str
    authors: tuple[str, ...]
    site: str
    language: str
    """BCP 47, `en`; `und` where nobody knows (RFC 5646 §2.2.1)."""
    published: str | None
    """As the source gave it, ISO 8601."""
    seen: datetime
    """When the cache got it."""
    facts: tuple[str, ...]
    """Lines under the title: who wrote it, where and when it was published."""
    address: str | None
    """Of the original."""
    kept: str
    """When this text was got, in words."""
    summary: str | None
    """The source's own."""
    note: str | None
    blocks: tuple[Block, ...]
    highlights: tuple[tuple[str, str | None], ...]
    """What was highlighted, and the note to it."""

    @property
    def origin(self) -> Inlines:
        """The line that leads to the original, and says when this text was got."""
        if self.address is None:
            return (Inline(f"Kept {self.kept}", "text"),)
        return (
            Inline("Original", "text", self.address),
            Inline(f", kept {self.kept}", "text"),
        )


def sheet(article: Article, highlights: Sequence[Marked], summary: Summary) -> Sheet:
    """The sheet of an article with what the reader highlighted in it."""
    headline = article.headline
    site = safe.line(headline.site or headline.source)
    published = headline.published
    dated = [safe.line(when(published))] if published else []
    authors = tuple(safe.line(name) for name in article.authors)
    facts = [f"By {_and(authors)}"] if authors else []
    read = [time_in_words(headline.minutes, " ")] if headline.minutes else []
    facts.append(" · ".join([site, *dated, *read]))
    kept = when_words(article.seen) if not article.cached_at else safe.line(when(article.cached_at))
    return Sheet(
        title=safe.line(article.title, cap=2_000) or NO_TITLE,
        authors=authors,
        site=site,
        language=article.language or "und",
        published=published,
        seen=article.seen,
        facts=tuple(facts),
        address=safe.link(article.url) if article.url else None,
        kept=kept,
        summary=safe.prose(summary.text) if summary.is_own and summary.text else None,
        note=safe.prose(article.note) if article.note else None,
        blocks=tuple(_shallow(blocks(article.markdown), 0)),
        highlights=tuple((mark.quote, mark.note) for mark in highlights),
    )


def when_words(moment: datetime) -> str:
    """A moment in words, in the time of this machine."""
    return when(When(moment.astimezone().isoformat(timespec="minutes")))


def runs_rtl(text: str) -> bool:
    """Does a paragraph that begins so run from right to left?"""
    return first_strong_is_rtl((Inline(text, "text"),))


def name_of(sheets: Sequence[Sheet]) -> str:
    """What a document with these articles is called."""
    return sheets[0].title if len(sheets) == 1 else f"{len(sheets):,} articles"


def linked(inlines: Inlines) -> Iterator[tuple[str | None, list[Inline]]]:
    """The runs of a line, those of one link together: (where it leads or None, its runs)."""
    group: list[Inline] = []
    for run in inlines:
        if group and run.url != group[-1].url:
            yield group[-1].url, group
            group = []
        group.append(run)
    if group:
        yield group[-1].url, group


def label_of(mark: Inline) -> str:
    """The label of a footnote whose mark this is."""
    return mark.text.removeprefix("[").removesuffix("]")


def heading_level(level: int) -> int:
    """The level of a heading under the title, which is the first."""
    return min(max(level, 2), 6)


def _and(names: Sequence[str]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def _shallow(found: Iterable[Block], depth: int) -> Iterator[Block]:
    """The blocks, those that lie too deep as paragraphs."""
    for block in found:
        match block:
            case Quote() | Listing() | Definitions() | Footnotes() if depth >= DEEPEST:
                yield from (
                    Paragraph((Inline(line.strip(), "text"),))
                    for line in block.plain.split("\n")
                    if line.strip()
                )
            case Quote(inside):
                yield Quote(tuple(_shallow(inside, depth + 1)))
            case Listing(items, start, tight):
                yield Listing(
                    tuple(tuple(_shallow(each, depth + 1)) for each in items), start, tight
                )
            case Definitions(pairs):
                yield Definitions(
                    tuple(
                        (term, tuple(tuple(_shallow(each, depth + 1)) for each in meanings))
                        for term, meanings in pairs
                    )
                )
            case Footnotes(notes):
                yield Footnotes(
                    tuple((label, tuple(_shallow(each, depth + 1))) for label, each in notes)
                )
            case Heading(_, inlines) if not text_of(inlines).strip():
                continue
            case _:
                yield block
