"""Boxes to Markdown: the kept leaves of a page, with the structure the page gave them.

The output is CommonMark with tables, footnotes, strikethrough and definition lists, as
`reader.text.markdown.parser` reads it; parsed, its text is the leaves' text, word for word.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from reader.clean import tables
from reader.clean.boxes import Box, Leaf, Page, words_of
from reader.clean.commonmark import lines
from reader.clean.inline import EVERY_EMPHASIS, Context, inline
from reader.clean.notes import Notes
from reader.clean.pictures import picture

NO_EMPHASIS = frozenset[str]()
HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
LANGUAGE = re.compile(
    r"(?:^|\s)(?:language|lang|highlight-source|highlight|brush:?|sourceCode)[-\s:]+([\w+#.-]{1,20})"
)
NESTING_CAP = 6
"""Lists and quotes inside each other beyond this are set on one level: nobody can read them, and
markdown-it stops at 20 levels, of which a list takes two."""


@dataclass
class Renderer:
    """Renders one page. `kept` are the indexes of the leaves to render."""

    page: Page
    kept: Collection[int]
    resolve: Callable[[str], str | None]
    plain: bool = False
    """Without emphasis and with every mark escaped, for text that defeats the finer rules."""
    pictures_too: bool = True
    notes: Notes = field(init=False)
    context: Context = field(init=False)
    picture_words: list[str] = field(init=False, default_factory=list)
    """The words that stand in the place of pictures, which are not the page's text."""
    nested: int = field(init=False, default=0)
    """How many lists and quotes stand around what is being rendered."""

    def __post_init__(self) -> None:
        self.notes = Notes(self.page)
        self.context = Context(
            self.resolve, self.notes.label, self.notes.is_backlink, plain=self.plain
        )

    def markdown(self) -> str:
        """The kept leaves as Markdown, ending without a newline."""
        blocks = list(self._children(self.page.root))
        for label, leaves in self.notes.cited():
            text = lines(self._on_one_line(leaves, EVERY_EMPHASIS))
            if text:
                blocks.append(f"[^{label}]: {text}")
        return "\n\n".join(_without_loose_rules(blocks))

    def words(self) -> list[str]:
        """The words that the Markdown must have as its text, in no order."""
        from reader.text import safe

        shown = [
            leaf
            for leaf in self.page.leaves
            if leaf.index in self.kept and not self.notes.holds(leaf)
        ]
        shown += [leaf for _, leaves in self.notes.cited() for leaf in leaves]
        return [
            word
            for leaf in shown
            for word in words_of(str(safe.prose(self.notes.without_marks(leaf))))
        ]

    def _inside(self, box: Box) -> list[str]:
        """What is in a list's item or a quote."""
        self.nested += 1
        try:
            return list(self._children(box))
        finally:
            self.nested -= 1

    def _children(self, box: Box) -> Iterator[str]:
        after_list: str | None = None
        for child in box.children:
            if isinstance(child, Leaf):
                blocks = list(self._leaf(child))
            elif child.tag in ("ul", "ol", "menu", "dir"):
                blocks = list(self._list(child, alternate=after_list == child.tag))
                if blocks:
                    after_list = None if after_list == child.tag else child.tag
                    yield from blocks
                continue
            else:
                blocks = list(self._box(child))
            if blocks:
                after_list = None
            yield from blocks

    def _box(self, box: Box) -> Iterator[str]:
        if box.tag == "hr":
            yield "---"
        elif not self._wanted(box):
            return
        elif box.tag in HEADINGS:
            yield from self._heading(box)
        elif box.tag == "blockquote":
            yield from (
                _quoted(self._inside(box)) if self.nested < NESTING_CAP else self._children(box)
            )
        elif box.tag == "pre":
            yield from self._code(box)
        elif box.tag == "table":
            yield from self._table(box)
        elif box.tag == "dl":
            yield from self._definitions(box)
        elif box.tag == "figure":
            yield from self._figure(box)
        elif box.tag == "summary":
            yield from (
                f"**{block}**" if _is_plain(block) else block for block in self._children(box)
            )
        elif box.tag == "li":
            yield from self._items([box], "ul", 1, alternate=False)
        else:
            yield from self._children(box)

    def _wanted(self, box: Box) -> bool:
        return any(leaf.index in self.kept for leaf in box.leaves())

    def _leaf(self, leaf: Leaf) -> Iterator[str]:
        if leaf.index not in self.kept or self.notes.holds(leaf):
            return
        if self.pictures_too:
            for image in leaf.pictures:
                if shown := self._picture(image):
                    yield shown
        if text := lines(inline(leaf.parts, self.context)):
            yield text

    def _picture(self, image: Any) -> str | None:
        shown = picture(image, self.resolve)
        if shown:
            self.picture_words += words_of(image.get("alt") or "")
        return shown

    def _on_one_line(
        self, leaves: Iterable[Leaf], emphasis: frozenset[str], in_cell: bool = False
    ) -> str:
        """Leaves as one line, as headings, captions, cells and notes have them."""
        shown = [leaf for leaf in leaves if leaf.index in self.kept or self.notes.holds(leaf)]
        context = replace(self.context, shares_line=len(shown) > 1, in_cell=in_cell)
        texts = [lines(inline(leaf.parts, context, emphasis=emphasis), True) for leaf in shown]
        return " ".join(filter(None, texts))

    def _heading(self, box: Box) -> Iterator[str]:
        leaves = [leaf for leaf in box.leaves() if leaf.index in self.kept]
        leaves = [leaf for leaf in leaves if not self.notes.holds(leaf)]
        for leaf in leaves if self.pictures_too else ():
            yield from filter(None, map(self._picture, leaf.pictures))
        if text := self._on_one_line(leaves, EVERY_EMPHASIS - {"strong"}):
            # A closing run of number signs would be taken off (CommonMark §4.2).
            text = re.sub(r"(^|\s)(#+)$", r"\1\\\2", text)
            yield f"{'#' * HEADINGS[box.tag]} {text}"

    def _list(self, box: Box, alternate: bool) -> Iterator[str]:
        items = [child for child in box.children if isinstance(child, Box) or child.text]
        try:
            start = max(0, min(int(box.element.get("start") or 1), 99_999_999))
        except ValueError:
            start = 1
        yield from self._items(items, "ol" if box.tag == "ol" else "ul", start, alternate)

    def _items(
        self, items: "list[Box | Leaf]", tag: str, start: int, alternate: bool
    ) -> Iterator[str]:
        done: list[tuple[str, bool]] = []
        number = start
        for item in items:
            blocks = list(self._leaf(item)) if isinstance(item, Leaf) else self._inside(item)
            if self.nested >= NESTING_CAP:
                yield from blocks
                continue
            if not blocks:
                number += tag == "ol" and isinstance(item, Box) and item.tag == "li"
                continue
            if isinstance(item, Box) and item.tag in ("ul", "ol") and done:
                # A list straight inside a list belongs to the item before it.
                nested = "\n\n".join(self._list(item, alternate=False))
                text, _ = done.pop()
                width = len(text) - len(text[text.index(" ") :].lstrip())
                tight = _may_interrupt(nested) and "\n\n" not in nested
                gap = "\n" if tight else "\n\n"
                done.append((f"{text}{gap}{_indented(nested, width)}", tight))
                continue
            mark = (
                f"{number}{')' if alternate else '.'}" if tag == "ol" else "*" if alternate else "-"
            )
            number += 1
            tight = all(
                at == 0 or _may_interrupt(block) for at, block in enumerate(blocks)
            ) and not any("\n\n" in block for block in blocks)
            body = ("\n" if tight else "\n\n").join(blocks)
            done.append((f"{mark} {_hanging(body, len(mark) + 1)}", tight))
        if done:
            tight = all(is_tight for _, is_tight in done)
            yield ("\n" if tight else "\n\n").join(text for text, _ in done)

    def _code(self, box: Box) -> Iterator[str]:
        text = code_text(box.element)
        if not text.strip():
            return
        longest = max((len(run) for run in re.findall(r"`{3,}", text)), default=2)
        fence = "`" * (longest + 1)
        yield f"{fence}{_language(box.element)}\n{text}\n{fence}"

    def _figure(self, box: Box) -> Iterator[str]:
        captions: list[Leaf] = []
        inside: list[str] = []
        for child in box.children:
            if isinstance(child, Box) and child.tag == "figcaption":
                captions += child.leaves()
            elif isinstance(child, Leaf):
                inside += self._leaf(child)
            else:
                inside += self._box(child)
        said = self._on_one_line(captions, NO_EMPHASIS)
        if inside and inside[-1].startswith("![") and "\n" not in inside[-1]:
            yield from inside[:-1]
            yield f"{inside[-1]}\n{_as_caption(said)}" if said else inside[-1]
        else:
            yield from inside
            if said:
                yield _as_caption(said)

    def _definitions(self, box: Box) -> Iterator[str]:
        terms: list[str] = []
        for part in _definition_parts(box):
            blocks = list(self._leaf(part)) if isinstance(part, Leaf) else self._inside(part)
            if self.nested >= NESTING_CAP:
                yield from blocks
                continue
            if not blocks:
                continue
            if isinstance(part, Box) and part.tag == "dd" and terms:
                body = "\n\n".join(blocks)
                if terms[-1].startswith(": ") or len(terms) == 1:
                    terms.append(f": {_hanging(body, 2)}")
                else:
                    *before, term = terms
                    yield from before
                    terms = [term, f": {_hanging(body, 2)}"]
            elif isinstance(part, Box) and part.tag == "dd":
                yield from blocks
            else:
                yield from _definition(terms)
                *before, last = blocks
                yield from before
                one_line = "\n" not in last and _is_plain(last)
                terms = [last] if one_line else []
                if not one_line:
                    yield last
        yield from _definition(terms)

    def _table(self, box: Box) -> Iterator[str]:
        rows = [row for row in tables.rows_of(box) if any(self._wanted(cell) for cell in row)]
        for caption in (c for c in box.children if isinstance(c, Box) and c.tag == "caption"):
            if said := self._on_one_line(caption.leaves(), NO_EMPHASIS):
                yield _as_caption(said)
        if not rows or tables.lays_out(box, rows):
            for child in box.children:
                if not (isinstance(child, Box) and child.tag == "caption"):
                    yield from self._leaf(child) if isinstance(child, Leaf) else self._box(child)
            return
        columns = max(sum(tables.span(cell) for cell in row) for row in rows)
        has_head = all(cell.tag == "th" for cell in rows[0]) or any(
            above.tag == "thead" for above in rows[0][0].ancestors()
        )
        table = [self._row(row, columns) for row in rows]
        head = table.pop(0) if has_head else "| " + " | ".join([" "] * columns) + " |"
        yield "\n".join([head, "|" + " --- |" * columns, *table])

    def _row(self, row: list[Box], columns: int) -> str:
        cells: list[str] = []
        for cell in row:
            cells.append(self._on_one_line(cell.leaves(), EVERY_EMPHASIS, in_cell=True))
            cells += [""] * (tables.span(cell) - 1)
        cells += [""] * (columns - len(cells))
        return "| " + " | ".join(cells) + " |"


def code_text(element: Any) -> str:
    """The text of a `<pre>`, its lines as they are, without blank ones around it."""
    said = (each if isinstance(each, str) else "\n" for each in element.xpath(".//text() | .//br"))
    text = "".join(said).expandtabs(4).replace("\r\n", "\n").replace("\r", "\n")
    return "\n".join(line.rstrip() for line in text.split("\n")).strip("\n")


def _language(pre: Any) -> str:
    around = pre.getparent()
    for element in (pre, *pre.iter("code"), *([] if around is None else [around])):
        named = element.get("data-lang") or element.get("data-language") or ""
        if re.fullmatch(r"[\w+#.-]{1,20}", named):
            return str(named)
        if found := LANGUAGE.search(element.get("class") or ""):
            return found.group(1)
    return ""


def _definition_parts(box: Box) -> "Iterator[Box | Leaf]":
    for child in box.children:
        if isinstance(child, Box) and child.tag == "div":
            yield from _definition_parts(child)
        else:
            yield child


def _definition(terms: list[str]) -> Iterator[str]:
    if len(terms) > 1:
        yield "\n".join(terms)
    else:
        yield from terms


def _is_plain(block: str) -> bool:
    """One paragraph line, not the beginning of some other block."""
    return "\n" not in block and not re.match(
        r"#{1,6} |> |[-*] |\d+[.)] |```|\||!\[|\*|---$", block
    )


def _may_interrupt(block: str) -> bool:
    """Whether it is a list that begins without a blank line: one numbered from 1 (§5.3)."""
    return bool(re.match(r"(?:[-*]|1[.)]) ", block))


def _as_caption(text: str) -> str:
    escaped = re.sub(r"(?<!\\)\*", r"\\*", text)
    return f"*{escaped}*"


def _quoted(blocks: list[str]) -> Iterator[str]:
    if blocks:
        body = "\n\n".join(blocks)
        yield "\n".join(f"> {line}" if line else ">" for line in body.split("\n"))


def _hanging(text: str, width: int) -> str:
    first, *rest = text.split("\n")
    return "\n".join([first, *(" " * width + line if line else "" for line in rest)])


def _indented(text: str, width: int) -> str:
    return "\n".join(" " * width + line if line else "" for line in text.split("\n"))


def _without_loose_rules(blocks: list[str]) -> list[str]:
    """Rules only between blocks, one at a time."""
    out: list[str] = []
    for block in blocks:
        if block == "---" and (not out or out[-1] == "---"):
            continue
        out.append(block)
    while out and out[-1] == "---":
        out.pop()
    return out
