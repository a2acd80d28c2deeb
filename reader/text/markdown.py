"""Markdown to blocks: the one reading of Markdown that cleaning, pages and exports share.

CommonMark 0.31 with tables and strikethrough as GitHub has them, footnotes (`[^1]`) and definition
lists as PHP Markdown Extra has them; no raw HTML. A picture alone in a paragraph is a figure, and
a following line of that paragraph which is all emphasis is its caption:

    ![A wall with a hole in it](https://news.example/wall.jpg)
    *The long arm on Monday.*
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from reader.text import safe
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
from reader.text.width import unspaced

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

TOO_MANY = {
    "[": (5_000, ("link", "image")),
    "|": (60_000, ("table",)),
    "*": (100_000, ("emphasis",)),
    "_": (100_000, ("emphasis",)),
    "~": (100_000, ("strikethrough",)),
    "<": (50_000, ("autolink",)),
}
"""Above so many of a sign its rules are left out, for they would cost seconds: 50,000 `[` 1.6 s, a
table of 3,000 rows and 50 columns 3.7 s."""
DEEPEST = 60
"""Levels of nesting that are read; a list takes two. The parser drops what lies deeper, and its own
20 lose the tenth level of a list and the end of a long mail thread."""
FEW_LINES = 2_000
MANY_PARTS = 40_000
"""Lines and levels of lists and quotes that are read as Markdown, in 2 s at worst; what follows is
set as plain paragraphs."""
_MARKERS = re.compile(r"[-*+>\s\d.)]*")
_STYLES = {"strong": "strong", "em": "em", "s": "strike"}


@cache
def parser(*without: str) -> MarkdownIt:
    """The parser, configured once; `without` names rules that are left out."""
    from markdown_it import MarkdownIt
    from mdit_py_plugins.deflist import deflist_plugin
    from mdit_py_plugins.footnote import footnote_plugin

    options = {"html": False, "maxNesting": DEEPEST}
    made = MarkdownIt("commonmark", options).enable(["table", "strikethrough"])
    made.use(footnote_plugin, inline=False).use(deflist_plugin)
    return made.disable(list(without))


def blocks(markdown: str) -> list[Block]:
    """The top-level blocks of `markdown`, footnotes last. Never raises; all text is safe."""
    text, rest = _parted(safe.prose(markdown))
    without = (rules for sign, (many, rules) in TOO_MANY.items() if text.count(sign) > many)
    read = parser(*sorted({rule for rules in without for rule in rules}))
    found = list(_blocks(_Tokens(read.parse(text))))
    found += [Paragraph((Inline(" ".join(part.split()), "text"),)) for part in rest]
    return found


def _parted(text: str) -> tuple[str, list[str]]:
    """What is read as Markdown, and the paragraphs after it."""
    lines = text.split("\n")
    if len(lines) <= FEW_LINES:
        return text, []
    parts = 0
    for number, line in enumerate(lines):
        markers = _MARKERS.match(line)
        parts += 1 + (len(markers[0].replace(" ", "")) if markers else 0)
        if parts > MANY_PARTS:
            rest = "\n".join(lines[number:]).split("\n\n")
            return "\n".join(lines[:number]), [part for part in rest if part.strip()]
    return text, []


def plain(markdown: str) -> str:
    """The plain text of `markdown`, blocks parted by blank lines."""
    return "\n\n".join(block.plain for block in blocks(markdown) if block.plain.strip())


class _Tokens:
    """The parser's tokens, taken one after the other."""

    def __init__(self, tokens: list[Token]) -> None:
        self._tokens = tokens
        self.at = 0

    def take(self) -> Token | None:
        if self.at >= len(self._tokens):
            return None
        self.at += 1
        return self._tokens[self.at - 1]

    def until(self, closing: str) -> Iterator[Token]:
        """The tokens up to the one that closes; whoever takes a nested opening closes it too."""
        while (token := self.take()) is not None and token.type != closing:
            yield token

    def all_hidden_since(self, begun: int) -> bool:
        """Whether the list opened just before `begun` is tight: its paragraphs are not shown."""
        level = self._tokens[begun - 1].level + 2
        return all(
            token.hidden
            for token in self._tokens[begun : self.at]
            if token.type == "paragraph_open" and token.level == level
        )


def _blocks(tokens: _Tokens, closing: str = "") -> Iterator[Block]:
    for token in tokens.until(closing):
        match token.type:
            case "paragraph_open":
                yield from _paragraph(_line(tokens, "paragraph_close"))
            case "heading_open":
                yield Heading(int(token.tag[1]), _inlines(_line(tokens, "heading_close")))
            case "bullet_list_open":
                yield _listing(tokens, "bullet_list_close", None)
            case "ordered_list_open":
                start = token.attrs.get("start", 1)
                yield _listing(tokens, "ordered_list_close", int(start))
            case "blockquote_open":
                yield Quote(tuple(_blocks(tokens, "blockquote_close")))
            case "fence" | "code_block":
                words = token.info.split()
                yield Code(_gated_code(token.content), safe.line(words[0], 40) if words else None)
            case "hr":
                yield Rule()
            case "table_open":
                yield _table(tokens)
            case "dl_open":
                yield Definitions(tuple(_definitions(tokens)))
            case "footnote_block_open":
                yield Footnotes(tuple(_footnotes(tokens)))
            case "inline":
                yield from _paragraph(token.children or [])


def _line(tokens: _Tokens, closing: str) -> list[Token]:
    return [
        child
        for token in tokens.until(closing)
        if token.type == "inline"
        for child in token.children or []
    ]


def _listing(tokens: _Tokens, closing: str, start: int | None) -> Listing:
    begun = tokens.at
    items = tuple(
        tuple(_blocks(tokens, "list_item_close"))
        for token in tokens.until(closing)
        if token.type == "list_item_open"
    )
    return Listing(items, start, tokens.all_hidden_since(begun))


def _table(tokens: _Tokens) -> Table:
    rows: list[tuple[Inlines, ...]] = []
    align: list[str] = []
    row: list[Inlines] = []
    for token in tokens.until("table_close"):
        if token.type == "tr_open":
            row = []
        elif token.type in ("th_open", "td_open"):
            if token.type == "th_open":
                style = str(token.attrs.get("style", ""))
                align.append(style.removeprefix("text-align:"))
            row.append(_inlines(_line(tokens, token.type.replace("open", "close"))))
        elif token.type == "tr_close":
            rows.append(tuple(row))
    return Table(rows[0] if rows else (), tuple(rows[1:]), tuple(align))


def _definitions(
    tokens: _Tokens,
) -> Iterator[tuple[Inlines, tuple[tuple[Block, ...], ...]]]:
    term: Inlines | None = None
    meanings: list[tuple[Block, ...]] = []
    for token in tokens.until("dl_close"):
        if token.type == "dt_open":
            if term is not None:
                yield term, tuple(meanings)
            term, meanings = _inlines(_line(tokens, "dt_close")), []
        elif token.type == "dd_open":
            meanings.append(tuple(_blocks(tokens, "dd_close")))
    if term is not None:
        yield term, tuple(meanings)


def _footnotes(tokens: _Tokens) -> Iterator[tuple[str, tuple[Block, ...]]]:
    for token in tokens.until("footnote_block_close"):
        if token.type == "footnote_open":
            yield _label(token), tuple(_blocks(tokens, "footnote_close"))


def _label(token: Token) -> str:
    return safe.line(str(token.meta.get("label") or int(token.meta.get("id", 0)) + 1), 20)


def _paragraph(children: list[Token]) -> Iterator[Block]:
    """A paragraph, or the figure that it is."""
    if children and children[0].type == "image":
        if len(children) == 1:
            yield _figure(children[0], ())
            return
        caption = _inlines(children[2:]) if children[1].type == "softbreak" else ()
        if caption and all("em" in run.role or not run.text.strip() for run in caption):
            upright = {"em": "text", "strong-em": "strong"}
            yield _figure(
                children[0],
                tuple(Inline(r.text, upright.get(r.role, r.role), r.url) for r in caption),
            )
            return
    inlines = _inlines(children)
    if inlines:
        yield Paragraph(inlines)


def _figure(image: Token, caption: Inlines) -> Figure:
    return Figure(_alt(image), safe.link(str(image.attrs.get("src", ""))), caption)


def _alt(image: Token) -> str:
    return " ".join(_gated("".join(c.content or " " for c in image.children or [])).split())


def _inlines(children: list[Token]) -> Inlines:
    """Runs of letters; neighbours of one kind are one run."""
    runs: list[Inline] = []
    styles: list[str] = []
    url: str | None = None

    def add(text: str, role: str | None = None) -> None:
        role = role or _role(styles)
        last = runs[-1] if runs else None
        if last and last.role == role and last.url == url and role not in ("break", "note-mark"):
            runs[-1] = Inline(last.text + text, role, url)
        elif text:
            runs.append(Inline(text, role, url))

    for child in children:
        match child.type:
            case "text" | "text_special" | "html_inline":
                add(_gated(child.content))
            case "code_inline":
                add(_gated(child.content), "code")
            case "softbreak":
                add("\u0000")
            case "hardbreak":
                add("\n", "break")
            case "strong_open" | "em_open" | "s_open":
                styles.append(_STYLES[child.tag])
            case "strong_close" | "em_close" | "s_close":
                if styles:
                    styles.pop()
            case "link_open":
                url = safe.link(str(child.attrs.get("href", "")))
            case "link_close":
                url = None
            case "image":
                if alt := _alt(child):
                    add(f"[{alt}]", "caption")
            case "footnote_ref":
                add(f"[{_label(child)}]", "note-mark")
    return tuple(_joined(runs))


def _joined(runs: list[Inline]) -> Iterator[Inline]:
    """`runs` with their line ends mended: a space, but nothing between letters that take none."""
    if not any("\0" in run.text for run in runs):
        yield from runs
        return
    whole = "".join(run.text for run in runs)
    at = 0
    for run in runs:
        letters = []
        for index, letter in enumerate(run.text, at):
            if letter == "\0":
                around = whole[index - 1 : index] + whole[index + 1 : index + 2]
                letter = "" if len(around) == 2 and all(map(unspaced, around)) else " "
            letters.append(letter)
        at += len(run.text)
        yield Inline("".join(letters), run.role, run.url)


def _role(styles: list[str]) -> str:
    if not styles:
        return "text"
    if "strong" in styles and "em" in styles:
        return "strong-em"
    return styles[-1]


def _gated(text: str) -> str:
    """Entities such as `&#27;` only now are letters, so that the gate is passed once more."""
    return text if text.isprintable() else safe.prose(text).replace("\n", " ")


def _gated_code(text: str) -> str:
    return safe.prose(text).rstrip("\n")
