"""Blocks set in lines of a given width: what the page draws.

Ragged right; a blank line between blocks; headings close to the text they head; lists hang; tables
shrink to fit, or stand as records where even that is too wide. No line is wider than asked. The
links are numbered in the order they are met, each address once.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from reader.model import Anchor
from reader.text.blocks import (
    Block,
    Code,
    Definitions,
    Figure,
    Footnotes,
    Heading,
    Inline,
    Inlines,
    Listing,
    Paragraph,
    Quote,
    Rule,
    Table,
)
from reader.text.code import code_lines
from reader.text.runs import Run, first_strong_is_rtl, set_lines
from reader.text.tables import set_table
from reader.text.width import cells, cut, fit

QUOTE_LETTERS = 60
"""How much of a block's text an anchor remembers."""
NARROWEST = 4
"""Cells a text is never set narrower than; where signs would leave it less, they are left out."""
DEEPEST = 6
"""Levels of lists and quotes that are indented; the deeper ones stand under each other."""
BULLETS = ("•", "–", "·")
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(frozen=True, slots=True)
class Span:
    """Letters of one look. `link` is the number of the link they belong to."""

    text: str
    role: str
    link: int | None = None
    counts: bool = True
    """Whether they are of the text itself, and not a sign that the page adds."""
    goes_on: bool = False
    """Whether the line ends after them where no space stands."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the page."""

    spans: tuple[Span, ...]
    block: int
    """The top-level block it belongs to; a blank line belongs to the block after it."""
    offset: int
    """Letters of the block, spaces not counted, that stand before this line at any width."""

    @property
    def text(self) -> str:
        return "".join(span.text for span in self.spans)

    @property
    def goes_on(self) -> bool:
        """Whether what ends here and what begins the next line stand together in the text."""
        return bool(self.spans) and self.spans[-1].goes_on


@dataclass(frozen=True, slots=True)
class LinkRef:
    """A numbered link. `text` is what was linked the first time."""

    number: int
    text: str
    url: str


@dataclass(slots=True)
class Layout:
    """An article's body in lines."""

    lines: list[Line] = field(default_factory=list)
    links: list[LinkRef] = field(default_factory=list)
    headings: list[tuple[int, int, str]] = field(default_factory=list)
    """(line, level, text) of each heading."""
    blocks: Sequence[Block] = ()
    complete: bool = False
    _coming: Iterator[Line] = field(default_factory=lambda: iter(()), repr=False)

    def more(self, count: int | None = None) -> None:
        """Set `count` more lines, or all that are left. Lines that stand do not change."""
        before = len(self.lines)
        self.lines.extend(islice(self._coming, count))
        self.complete = count is None or len(self.lines) < before + count

    def anchor_at(self, line: int) -> Anchor:
        """The place in the text where `line` begins. `line` must be in the layout."""
        at = self.lines[line]
        return Anchor(at.block, at.offset, self.blocks[at.block].plain[:QUOTE_LETTERS])

    def line_of(self, anchor: Anchor) -> int:
        """The line that holds the anchor, in this layout of the same or a re-cleaned text."""
        block = self._block_of(anchor)
        found = 0
        for number, line in enumerate(self.lines):
            if line.block > block or (line.block == block and line.offset > anchor.offset):
                break
            found = number
        # A blank line before the block belongs to it; the text begins under it.
        while (
            found + 1 < len(self.lines)
            and not self.lines[found].spans
            and self.lines[found + 1].block == block
        ):
            found += 1
        return found

    def _block_of(self, anchor: Anchor) -> int:
        def begins(index: int) -> bool:
            return self.blocks[index].plain.startswith(anchor.quote)

        if not self.blocks:
            return 0
        near = min(max(0, anchor.block), len(self.blocks) - 1)
        if begins(near):
            return near
        same = [index for index in range(len(self.blocks)) if begins(index)]
        return min(same, key=lambda index: abs(index - near), default=near)


def lay_out(
    blocks: Sequence[Block],
    width_cells: int,
    *,
    first_lines: int | None = None,
    align_rtl: bool = True,
    pictures: Mapping[str, tuple[int, int]] | None = None,
) -> Layout:
    """`blocks` in lines of at most `width_cells`: all of them, or the first `first_lines`;
    paragraphs that run from right to left end at the right, unless `align_rtl` is False. `pictures`
    gives by address the cells and lines that a picture takes, left blank between its words.

    `complete` of the result says whether all of it is there; `more` sets what is left.
    """
    compositor = _Compositor(max(NARROWEST, width_cells), align_rtl, pictures or {})
    layout = Layout(blocks=blocks, links=compositor.links)
    layout._coming = _lines(layout, compositor)
    layout.more(first_lines)
    return layout


def _lines(layout: Layout, compositor: "_Compositor") -> Iterator[Line]:
    before: Block | None = None
    at = 0
    for index, block in enumerate(layout.blocks):
        offset = 0
        begun = False
        for runs in compositor.block(block, compositor.width_cells):
            if not begun:
                if at and not _follows_tightly(before):
                    yield Line((), index, 0)
                    at += 1
                if isinstance(block, Heading):
                    layout.headings.append((at, block.level, block.plain))
                begun = True
            yield Line(tuple(Span(*run) for run in runs if run.text), index, offset)
            at += 1
            offset += sum(len(run.text) - run.text.count(" ") for run in runs if run.counts)
        before = block


def _follows_tightly(before: Block | None) -> bool:
    return isinstance(before, Heading)


class _Compositor:
    """Sets one block after the other and keeps the count of links."""

    def __init__(
        self, width_cells: int, align_rtl: bool, pictures: Mapping[str, tuple[int, int]]
    ) -> None:
        self.width_cells = width_cells
        self._pictures = pictures
        self._align_rtl = align_rtl
        self.links: list[LinkRef] = []
        self._numbers: dict[str, int] = {}

    def block(self, block: Block, width: int, depth: int = 0) -> Iterator[list[Run]]:
        """The lines of one block, each a list of runs."""
        match block:
            case Paragraph(inlines):
                yield from self._text(inlines, width)
            case Heading(level, inlines):
                yield from self._text(inlines, width, f"h{min(level, 4)}")
            case Listing():
                yield from self._listing(block, width, depth)
            case Quote(inside):
                bar = _sign("│ ", width)
                yield from self._hanging(
                    self._blocks(inside, width - len(bar), depth + 1, _quoted),
                    [Run(bar, "rule", counts=False)],
                    repeat=True,
                )
            case Code(text, language):
                yield from _code(text, language, width)
            case Table():
                yield from set_table(block, width, self._runs)
            case Rule():
                yield [
                    Run(
                        _sign("* * *".center(width).rstrip(), width + 4) or "*",
                        "rule",
                        counts=False,
                    )
                ]
            case Figure():
                yield from self._figure(block, width, depth)
            case Definitions(items):
                for number, (term, meanings) in enumerate(items):
                    if number:
                        yield []
                    yield from self._text(term, width, "term")
                    for meaning in meanings:
                        space = _sign("    ", width // 2)
                        yield from self._hanging(
                            self._blocks(meaning, width - len(space), depth + 1),
                            [Run(space, "text", counts=False)],
                        )
            case Footnotes(notes):
                yield [Run("─" * min(12, width), "rule", counts=False)]
                for label, inside in notes:
                    mark = _sign(f"[{cut(label, 12)}] ", width)
                    yield from self._hanging(
                        self._blocks(inside, width - cells(mark), depth + 1),
                        [Run(mark, "note-mark", counts=False)],
                    )

    def _blocks(
        self,
        blocks: Sequence[Block],
        width: int,
        depth: int,
        change: Callable[[Run], Run] | None = None,
        tight: bool = False,
    ) -> Iterator[list[Run]]:
        before: Block | None = None
        for block in blocks:
            if before is not None and not tight and not _follows_tightly(before):
                yield []
            for runs in self.block(block, width, depth):
                yield [change(run) for run in runs] if change else runs
            before = block

    def _listing(self, listing: Listing, width: int, depth: int) -> Iterator[list[Run]]:
        numbers = [str((listing.start or 0) + n) + "." for n in range(len(listing.items))]
        widest = max(map(len, numbers), default=0)
        indent = "  " if depth == 0 and width >= 30 else ""
        for number, item in zip(numbers, listing.items, strict=True):
            numbered = listing.start is not None
            sign = number.rjust(widest) if numbered else BULLETS[min(depth, len(BULLETS) - 1)]
            head = _sign(f"{indent if depth < DEEPEST else ''}{sign} ", width)
            if item is not listing.items[0] and not listing.tight:
                yield []
            yield from self._hanging(
                self._blocks(item, width - cells(head), depth + 1, tight=listing.tight),
                [Run(head, "bullet", counts=False)],
                hang=depth < DEEPEST,
            )

    def _hanging(
        self,
        lines: Iterator[list[Run]],
        head: list[Run],
        *,
        repeat: bool = False,
        hang: bool = True,
    ) -> Iterator[list[Run]]:
        """`lines` with `head` before the first, and before the others it or as much space."""
        space = sum(cells(run.text) for run in head) if hang else 0
        first = True
        for runs in lines:
            if first or repeat:
                yield [*head, *runs]
            elif runs:
                yield [Run(" " * space, "text", counts=False), *runs]
            else:
                yield []
            first = False
        if first:
            yield list(head)

    def _text(self, inlines: Inlines, width: int, role: str = "text") -> Iterator[list[Run]]:
        rtl = self._align_rtl and first_strong_is_rtl(inlines)
        for runs in set_lines(self._runs(inlines, role), width):
            if rtl:
                gap = width - sum(cells(run.text) for run in runs)
                yield [Run(" " * gap, "text", counts=False), *runs]
            else:
                yield runs

    def _figure(self, figure: Figure, width: int, depth: int) -> Iterator[list[Run]]:
        said = figure.alt or "picture"
        sign: Inlines = (Inline(f"[{said}]", "caption", figure.url),)
        yield from self._text(sign, width, "caption")
        across, lines = self._pictures.get(figure.url or "", (0, 0)) if not depth else (0, 0)
        for _ in range(lines):
            yield [Run(" " * across, "picture", counts=False)]
        if figure.caption:
            yield from self._text(figure.caption, width, "caption")

    def _runs(self, inlines: Inlines, role: str = "text") -> list[Run]:
        """Inlines as runs, with the numbers of links set behind them."""
        runs: list[Run] = []
        for index, inline in enumerate(inlines):
            look = role if inline.role == "text" else inline.role
            if inline.url is None:
                runs.append(Run(inline.text, look, counts=inline.role != "note-mark"))
                continue
            number = self._number(inline)
            look = "link" if look in ("text", "h1", "h2", "h3", "h4", "table") else look
            runs.append(Run(inline.text, look, number))
            after = inlines[index + 1] if index + 1 < len(inlines) else None
            if after is None or after.url != inline.url:
                mark = str(number).translate(_SUPERSCRIPT)
                runs.append(Run(mark, "note-mark", number, counts=False))
        return runs

    def _number(self, inline: Inline) -> int:
        url = inline.url or ""
        if url not in self._numbers:
            self._numbers[url] = len(self.links) + 1
            self.links.append(LinkRef(self._numbers[url], inline.text.strip(), url))
        return self._numbers[url]


def _sign(sign: str, width: int) -> str:
    """`sign`, or nothing where it would leave too little room for the text beside it."""
    return sign if width - cells(sign) >= NARROWEST else ""


def _quoted(run: Run) -> Run:
    return run._replace(role="quote") if run.role == "text" else run


def _code(text: str, language: str | None, width: int) -> Iterator[list[Run]]:
    """Code as it stands; a line that is too long goes on under a sign."""
    margin = Run("  " if width > 24 else "", "code-block", counts=False)
    more = Run(margin.text + "↪ ", "rule", counts=False)
    room = max(2, width - len(margin.text))
    for runs in code_lines(text, language):
        line = "".join(run.text for run in runs)
        head, rest = _part_code(line, room)
        yield [margin, *_ending(_first(runs, 0, len(head)), bool(rest))]
        while rest:
            at = len(line) - len(rest)
            head, rest = _part_code(rest, room - 2)
            yield [more, *_ending(_first(runs, at, len(head)), bool(rest))]


def _ending(runs: Iterator[Run], goes_on: bool) -> list[Run]:
    """The runs of a line, marked where it goes on in the next."""
    line = list(runs)
    if goes_on and line:
        line[-1] = line[-1]._replace(goes_on=True)
    return line


def _first(runs: list[Run], start: int, length: int) -> Iterator[Run]:
    """The runs of `length` letters from `start` on."""
    for run in runs:
        if start < len(run.text) and length > 0:
            part = run.text[start : start + length]
            length -= len(part)
            yield run._replace(text=part)
        start = max(0, start - len(run.text))


def _part_code(line: str, room: int) -> tuple[str, str]:
    """What fits, and the rest; parted at the last space if that is not too far to the left."""
    if cells(line) <= room:
        return line, ""
    head = fit(line, room) or line[0]
    space = head.rstrip().rfind(" ")
    if line[len(head) : len(head) + 1] != " " and space > len(head) // 2:
        head = head[: space + 1]
    return head, line[len(head) :].lstrip(" ") if head.endswith(" ") else line[len(head) :]
