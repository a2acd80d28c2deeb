"""The short way from a fragment to Markdown: one walk over the tree, for what is sure to read back.

Most entries of feeds are paragraphs, links, quotes and lists of plain words, for which none of the
finer rules of `render` and `inline` matters. Whatever one of them might have a say in is refused,
and then goes the long way; what is not refused comes out the same both ways.
"""

import re
from collections.abc import Callable
from itertools import pairwise
from typing import Any

from reader.clean.boxes import BLOCKS, IMAGES, INVISIBLE, SOFT, SOFT_SIGNS, tags
from reader.clean.commonmark import destination
from reader.clean.pictures import picture

LONGEST = 300_000
"""Letters of HTML beyond which caps on its parts may matter."""
DEEPEST = 60
"""Elements inside each other."""
AROUND = tags("html body p div section article main")
"""Blocks that are nothing but what is in them."""
HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
LISTS = tags("ul ol")
MARKS = {"b": "**", "strong": "**", "i": "_", "em": "_"}
SEE_THROUGH = tags("span font u small time abbr big center label")
BREAK = "\0"

_MARK = re.compile(r"[\\`*_\[\]<>~|&$^{}=]")
"""What Markdown might see a mark in, wherever it stands; an address and `!` beside it are others.
One set of letters is looked for five times as fast as a choice."""
_CALL = re.compile(r"!\S")
_BEGINS_SOMETHING = re.compile(r"[#+:\-]|\d{1,9}[.)]")
"""And at the beginning of a line."""
_BESIDE_A_MARK = frozenset(".,;:?()\"'“”‘’–—…\0")
"""What may touch emphasis from outside without being part of it, beside white space."""

_ITEMS = ("- ", "1.")
"""What a list begins with, and no other block that is not refused."""

Block = tuple[str, str | None]
"""Its Markdown and its text, which a picture has not."""


class Refused(Exception):
    """The long way is needed."""


def render(root: Any, resolve: Callable[[str], str | None]) -> tuple[str, str] | None:
    """The tree of a fragment as Markdown and as text, not yet gated; None if that is not sure."""
    body = root.find(".//body")
    walk = _Walk(resolve)
    try:
        blocks = walk.blocks(root if body is None else body, 0)
    except Refused:
        return None
    return "\n\n".join(b[0] for b in blocks), "\n\n".join(b[1] for b in blocks if b[1] is not None)


class _Run:
    """Inline content on its way to be a block."""

    __slots__ = ("markdown", "pictures", "text")

    def __init__(self) -> None:
        self.markdown: list[str] = []
        self.text: list[str] = []
        self.pictures: list[Block] = []

    def say(self, text: str | None) -> None:
        if text:
            text = _without_soft(text)
            self.markdown.append(text)
            self.text.append(text)

    def last(self) -> str:
        """The last letter so far, or nothing."""
        return next((part[-1] for part in reversed(self.markdown) if part), "")


class _Walk:
    def __init__(self, resolve: Callable[[str], str | None]) -> None:
        self._resolve = resolve
        self._quotes = 0
        """How many stand around what is walked over."""

    def blocks(self, element: Any, depth: int) -> list[Block]:
        """What an element that is a block holds."""
        if depth > DEEPEST:
            raise Refused
        out: list[Block] = []
        run = _Run()
        broken = False  # was the last thing in the run a line break?
        run.say(element.text)
        for child in element:
            tag = child.tag
            if tag in BLOCKS:
                out += self._ended(run)
                out += self._block(child, tag, depth)
                run, broken = _Run(), False
            elif tag == "br" and broken:
                out += self._ended(run)
                run, broken = _Run(), False
            else:
                self._inline(run, child, direct=True)
                broken = tag == "br" or (broken and tag in INVISIBLE)
            run.say(child.tail)
            broken = broken and not (child.tail or "").strip()
        out += self._ended(run)
        if any(a[0][:2] == b[0][:2] and a[0][:2] in _ITEMS for a, b in pairwise(out)):
            raise Refused  # two lists in a row would be read as one
        return out

    def _block(self, element: Any, tag: str, depth: int) -> list[Block]:
        if tag in AROUND:
            return self.blocks(element, depth + 1) if len(element) else _plain(element.text)
        if tag in HEADINGS:
            return self._heading(element, HEADINGS[tag])
        if tag == "blockquote":
            return self._quote(element, depth)
        if tag in LISTS:
            return self._list(element, tag)
        raise Refused

    def _heading(self, element: Any, level: int) -> list[Block]:
        blocks = self._ended(self._filled(element, marks=False))
        if not blocks or blocks[-1][1] is None:
            return blocks
        *pictures, (markdown, text) = blocks
        if "\n" in markdown or markdown.endswith("#"):
            raise Refused
        return [*pictures, (f"{'#' * level} {markdown}", text)]

    def _quote(self, element: Any, depth: int) -> list[Block]:
        if self._quotes > 1:
            raise Refused
        self._quotes += 1
        inside = self.blocks(element, depth + 1)
        self._quotes -= 1
        if not inside:
            return []
        said = [text for _, text in inside if text is not None]
        if len(said) < len(inside):
            raise Refused  # a picture's words would be text here
        body = "\n\n".join(markdown for markdown, _ in inside)
        quoted = "\n".join(f"> {line}" if line else ">" for line in body.split("\n"))
        return [(quoted, "\n".join(said))]

    def _list(self, element: Any, tag: str) -> list[Block]:
        if element.get("start") or (element.text or "").strip():
            raise Refused
        items: list[Block] = []
        for child in element:
            if child.tag != "li" or (child.tail or "").strip():
                raise Refused
            inside = self._ended(self._filled(child))
            if len(inside) != 1 or inside[0][1] is None or "\n" in inside[0][0]:
                raise Refused
            mark = f"{len(items) + 1}." if tag == "ol" else "-"
            items.append((f"{mark} {inside[0][0]}", f"- {inside[0][1]}"))
        if not items:
            return []
        return [("\n".join(item[0] for item in items), "\n".join(str(item[1]) for item in items))]

    def _filled(self, element: Any, *, marks: bool = True) -> _Run:
        """The inline content of an element that must not hold blocks."""
        run = _Run()
        run.say(element.text)
        for child in element:
            self._inline(run, child, direct=marks)
            run.say(child.tail)
        return run

    def _inline(self, run: _Run, element: Any, *, direct: bool) -> None:
        """Add an inline element. Emphasis is sure only `direct`ly in its block."""
        tag = element.tag
        if tag in MARKS:
            self._emphasis(run, element, MARKS[tag], direct=direct)
        elif tag == "a":
            self._link(run, element)
        elif tag == "br":
            run.say(BREAK)
        elif tag in IMAGES:
            self._picture(run, element)
        elif tag in SEE_THROUGH and tag not in BLOCKS:
            run.say(element.text)
            for child in element:
                self._inline(run, child, direct=False)
                run.say(child.tail)
        elif not direct or tag not in INVISIBLE:
            raise Refused  # of what is not seen inside other elements the pictures count

    def _emphasis(self, run: _Run, element: Any, mark: str, *, direct: bool) -> None:
        text = element.text or ""
        if len(element) or not direct:
            raise Refused
        if not text:
            return
        if text != text.strip() or not _may_touch(run.last()) or not _may_touch(_next(element)):
            raise Refused
        run.markdown.append(mark)
        run.say(text)
        run.markdown.append(mark)

    def _link(self, run: _Run, element: Any) -> None:
        href = element.get("href") or ""
        text = element.text or ""
        if href.startswith("#"):
            raise Refused  # perhaps a footnote
        if len(element):
            if text.strip() or any(c.tag not in IMAGES or (c.tail or "").strip() for c in element):
                raise Refused
            for image in element:
                self._picture(run, image)
            run.say(" " if text or any(image.tail for image in element) else "")
            return
        address = self._resolve(href) if text.strip() else None
        if address is None:
            run.say(text)
            return
        if text != text.strip() or run.last() in ("!", "*", "_") or not text.isprintable():
            raise Refused
        run.markdown.append("[")
        run.say(text)
        run.markdown.append(f"]({destination(address)})")

    def _picture(self, run: _Run, image: Any) -> None:
        if not (image.get("alt") or "").isascii():
            raise Refused  # perhaps a picture of a character
        if shown := picture(image, self._resolve):
            run.pictures.append((shown, None))

    def _ended(self, run: _Run) -> list[Block]:
        """The blocks of a run: its pictures, then what it says."""
        if not run.text:
            return run.pictures
        if len(run.text) == 1 and not run.pictures and run.markdown == run.text:
            return _plain(run.text[0])
        text = _squeezed("".join(run.text))
        if not text.strip(" \0"):
            return run.pictures
        if _has_mark(text):
            raise Refused
        markdown = _squeezed("".join(run.markdown))
        if BREAK not in text:
            if _begins_something(text):
                raise Refused
            return [*run.pictures, (markdown, text)]
        lines = [line for part in text.split(BREAK) if (line := part.strip())]
        if any(map(_begins_something, lines)):
            raise Refused
        shown = [line for part in markdown.split(BREAK) if (line := part.strip())]
        if len(shown) != len(lines):
            raise Refused
        return [*run.pictures, ("\\\n".join(shown), "\n".join(lines))]


def _plain(text: str | None) -> list[Block]:
    """The block of text without anything in it."""
    if not text or BREAK in text:
        return []
    text = _squeezed(_without_soft(text))
    if not text:
        return []
    if _has_mark(text) or _begins_something(text):
        raise Refused
    return [(text, text)]


def _without_soft(text: str) -> str:
    if text.isascii():
        return text
    for sign in SOFT_SIGNS:
        if sign in text:
            return SOFT.sub("", text)
    return text


def _squeezed(text: str) -> str:
    """The text with every run of white space as one space; of one line it mostly is so already."""
    # No white space but the space itself is printable.
    if text.isprintable() and "  " not in text and text[:1] != " " and text[-1:] != " ":
        return text
    return " ".join(text.split())


def _begins_something(text: str) -> bool:
    return (text[0] in "#+:-" or text[0].isdigit()) and bool(_BEGINS_SOMETHING.match(text))


def _has_mark(text: str) -> bool:
    return bool(_MARK.search(text) or "://" in text or ("!" in text and _CALL.search(text)))


def _may_touch(letter: str) -> bool:
    return not letter or letter.isspace() or letter in _BESIDE_A_MARK


def _next(element: Any) -> str:
    """The letter after an element; one that no mark may touch where that is not plain."""
    if element.tail:
        return str(element.tail[0])
    after = element.getnext()
    return "" if after is None or after.tag in BLOCKS or after.tag == "br" else "x"
