"""The blocks of a text, as Markdown knows them, and the plain text of each.

Immutable values; `reader.text.markdown` makes them and `reader.text.layout` sets them in lines.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class Inline:
    """A run of letters of one kind."""

    text: str
    """A single line feed where `role` is `break`."""
    role: str
    """`text`, `strong`, `em`, `strong-em`, `strike`, `code`, `caption` (a picture's words),
    `note-mark` (a footnote's number) or `break`."""
    url: str | None = None
    """Where it leads, if it is part of a link."""


Inlines = tuple[Inline, ...]


def text_of(inlines: Inlines) -> str:
    """The letters of a line, without footnote marks."""
    return "".join(run.text for run in inlines if run.role != "note-mark")


@dataclass(frozen=True)
class Block:
    """A piece of the text that begins on a line of its own."""

    @cached_property
    def plain(self) -> str:
        """Its plain text; the parts of a compound block stand on lines of their own."""
        return "\n".join(_plain_lines(self, ""))


@dataclass(frozen=True)
class Paragraph(Block):
    inlines: Inlines


@dataclass(frozen=True)
class Heading(Block):
    level: int
    inlines: Inlines


@dataclass(frozen=True)
class Listing(Block):
    """A list; `start` is None where it is not numbered."""

    items: tuple[tuple[Block, ...], ...]
    start: int | None
    tight: bool


@dataclass(frozen=True)
class Quote(Block):
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Code(Block):
    text: str
    language: str | None


@dataclass(frozen=True)
class Table(Block):
    """`align` has `left`, `center`, `right` or "" for each column of `head`."""

    head: tuple[Inlines, ...]
    rows: tuple[tuple[Inlines, ...], ...]
    align: tuple[str, ...]


@dataclass(frozen=True)
class Rule(Block):
    pass


@dataclass(frozen=True)
class Figure(Block):
    """A picture of its own, with the words in its place and those under it."""

    alt: str
    url: str | None
    caption: Inlines


@dataclass(frozen=True)
class Definitions(Block):
    items: tuple[tuple[Inlines, tuple[tuple[Block, ...], ...]], ...]


@dataclass(frozen=True)
class Footnotes(Block):
    notes: tuple[tuple[str, tuple[Block, ...]], ...]


def notes_in(blocks: Iterable[Block]) -> dict[str, str]:
    """The footnotes of an article: for each label what it says."""
    found: dict[str, str] = {}
    for block in blocks:
        for label, inside in block.notes if isinstance(block, Footnotes) else ():
            found.setdefault(label, "\n".join(each.plain for each in inside).strip())
    return found


def _plain_lines(block: Block, indent: str) -> list[str]:
    match block:
        case Paragraph(inlines) | Heading(_, inlines):
            return [indent + line for line in text_of(inlines).split("\n")]
        case Listing(items, _, _):
            # The numbers are the page's, not the text's: no reader of the source finds them there.
            lines = []
            for item in items:
                inside = _all_lines(item, indent + "  ")
                lines += (
                    [f"{indent}- {inside[0][len(indent) + 2 :]}", *inside[1:]] if inside else []
                )
            return lines
        case Quote(blocks):
            return _all_lines(blocks, indent)
        case Code(text, _):
            return [indent + line for line in text.split("\n")]
        case Table(head, rows, _):
            table = [row for row in (head, *rows) if any(text_of(cell) for cell in row)]
            return [indent + " | ".join(text_of(cell) for cell in row) for row in table]
        case Figure(alt, _, caption):
            said = text_of(caption)
            return [indent + said] if said else [f"{indent}[{alt}]"] if alt else []
        case Definitions(pairs):
            lines = []
            for term, meanings in pairs:
                lines.append(indent + text_of(term))
                for meaning in meanings:
                    lines += _all_lines(meaning, indent + "  ")
            return lines
        case Footnotes(notes):
            return [line for _, note in notes for line in _all_lines(note, indent)]
    return []


def _all_lines(blocks: tuple[Block, ...], indent: str) -> list[str]:
    return [line for block in blocks for line in _plain_lines(block, indent)]
