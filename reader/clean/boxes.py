"""A page as boxes and leaves: the one cutting of the DOM that choosing and rendering share.

A leaf is an unbroken run of text and inline elements, what a browser would set as one block; a box
is an element that holds boxes and leaves. Every character of the page that a reader could see is in
exactly one leaf, in document order.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any


def tags(names: str) -> frozenset[str]:
    """`tags("p li")` is the set of these names."""
    return frozenset(names.split())


INVISIBLE = tags(
    "script style template head noscript iframe object embed applet svg canvas map button input "
    "select textarea datalist option optgroup frame frameset noframes video audio rt rp "
    "amp-ad amp-analytics amp-consent amp-embed amp-sidebar amp-social-share amp-sticky-ad "
    "amp-user-notification"
)
"""Elements whose text is not read: programs, controls, drawings, other pages, readings of kanji."""

BLOCKS = tags(
    "html body address article aside blockquote center dd details dialog dir div dl dt fieldset "
    "figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li main menu nav ol p "
    "pre search section summary table caption colgroup tbody td tfoot th thead tr ul"
)
"""Elements that begin a new block (HTML §15.3). Any other that holds one of them does so, too."""

PLAIN = tags("font span")
"""Inline elements that say nothing of what they hold."""
LETTERS_A_BREAK = 30
"""Letters for each break in what is prose; the lines of menus have fewer."""

LEAVES_CAP = 20_000
"""Leaves that are cut from a page: some 400,000 words. Tables of data have more."""
LINKS_CAP = 5_000
"""Leaves after which those that are nothing but a link are left out, so that text has room."""
IMAGES = frozenset(("img", "amp-img"))
SOFT_SIGNS = "\u200b\ufeff\u00ad"
SOFT = re.compile(f"[{SOFT_SIGNS}]")
WORD = re.compile(
    r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]"
    r"|[^\W\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+"
)
"""A word, or one character of a script that does not part its words."""


def squeeze(text: str) -> str:
    """The text with every run of white space as one space, none at its ends, no soft hyphens."""
    return " ".join(SOFT.sub("", text).split())


def words_of(text: str) -> list[str]:
    """The words of a text in their order, folded so that two renderings of it compare equal."""
    return WORD.findall(SOFT.sub("", text).casefold())


@dataclass(eq=False, slots=True)
class Box:
    """An element that is set as a block, with what is in it."""

    element: Any
    tag: str
    parent: "Box | None"
    children: "list[Box | Leaf]" = field(default_factory=list)

    def leaves(self) -> "Iterator[Leaf]":
        """All leaves below, in document order."""
        for child in self.children:
            if isinstance(child, Leaf):
                yield child
            else:
                yield from child.leaves()

    def ancestors(self) -> "Iterator[Box]":
        """The box itself, then the one it is in, up to the page."""
        box: Box | None = self
        while box is not None:
            yield box
            box = box.parent


@dataclass(eq=False)
class Leaf:
    """A run of inline content. `parts` are strings and inline elements (without their tails)."""

    parts: list[Any]
    box: Box
    index: int
    """Its place among the leaves of the page."""
    text: str
    """What it says, squeezed; empty if it is only pictures."""

    @cached_property
    def words(self) -> list[str]:
        return words_of(self.text)

    @cached_property
    def linked(self) -> float:
        """Share of the text's characters that stand inside links, from 0 to 1."""
        if not self.text:
            return 0.0
        if any(box.tag == "a" for box in self.box.ancestors()):
            return 1.0
        chars = sum(len(squeeze(raw_text(link))) for link in self.links)
        return min(1.0, chars / len(self.text))

    @property
    def links(self) -> list[Any]:
        return [
            link
            for part in self.parts
            if not isinstance(part, str)
            for link in ([part] if part.tag == "a" else part.iter("a"))
        ]

    @property
    def pictures(self) -> list[Any]:
        return [
            image
            for part in self.parts
            if not isinstance(part, str)
            for image in ([part] if part.tag in IMAGES else part.iter(*IMAGES))
        ]


@dataclass(eq=False)
class Page:
    """The page cut into boxes."""

    root: Box
    leaves: list[Leaf]
    cut_short: bool = False
    """Whether it had more leaves than `LEAVES_CAP`."""


def cut(root: Any) -> Page:
    """Cut the tree into boxes and leaves; the tree itself is not changed."""
    holds_block = _holding_blocks(root)
    page = Page(Box(root, "html", None), [])
    body = root.find(".//body")
    start = root if body is None else body
    _fill(page, Box(start, "body", page.root), start, holds_block)
    return page


def _holding_blocks(root: Any) -> set[Any]:
    found: set[Any] = set()
    for element in root.iter(*BLOCKS):
        above = element.getparent()
        while above is not None and above not in found:
            if above.tag in INVISIBLE:
                break
            found.add(above)
            above = above.getparent()
    # Old pages set all of a text in one `<font>`; what parts paragraphs in it is two breaks.
    for first in root.iter("br"):
        second = first.getnext()
        if second is not None and second.tag == "br" and not (first.tail or "").strip():
            found.update(_plain_above(first))
    return found


def _plain_above(element: Any) -> list[Any]:
    """The elements between a break and its block, if all of them are plain and it parts prose."""
    passed = []
    above = element.getparent()
    while above is not None and above.tag in PLAIN:
        passed.append(above)
        above = above.getparent()
    if not passed or above is None or above.tag not in BLOCKS:
        return []
    breaks = sum(1 for _ in passed[-1].iter("br"))
    return passed if len(text_of(passed[-1])) >= LETTERS_A_BREAK * breaks else []


def _fill(page: Page, box: Box, element: Any, holds_block: set[Any]) -> None:
    if box.parent is not None:
        box.parent.children.append(box)
    run: list[Any] = []
    if element.text:
        run.append(element.text)
    for child in element:
        tag = child.tag
        if isinstance(tag, str) and tag not in INVISIBLE:
            if tag in BLOCKS or child in holds_block:
                _end_run(page, box, run)
                run = []
                _fill(page, Box(child, tag, box), child, holds_block)
            elif tag == "br" and run and _second_break(run):
                # Two breaks in a row are how old pages part their paragraphs.
                _end_run(page, box, run)
                run = []
            else:
                run.append(child)
        if child.tail:
            run.append(child.tail)
    _end_run(page, box, run)


def _second_break(run: list[Any]) -> bool:
    for part in reversed(run):
        if isinstance(part, str):
            if part.strip():
                return False
        else:
            return bool(part.tag == "br")
    return False


def _end_run(page: Page, box: Box, run: list[Any]) -> None:
    if not run:
        return
    if all(isinstance(part, str) for part in run):
        text = squeeze("".join(run))
        if not text:
            return
    else:
        text = squeeze("".join(map(raw_text, run)))
    if len(page.leaves) >= LEAVES_CAP:
        page.cut_short = True
        return
    leaf = Leaf(run, box, len(page.leaves), text)
    if len(page.leaves) >= LINKS_CAP and leaf.linked == 1:
        page.cut_short = True
        return
    if text or leaf.pictures:
        box.children.append(leaf)
        page.leaves.append(leaf)


def raw_text(part: Any) -> str:
    """The visible text of a string or element, its white space as it is."""
    if isinstance(part, str):
        return part
    tag = part.tag
    if not isinstance(tag, str) or tag in INVISIBLE:
        return ""
    if tag in ("br", "wbr"):
        return "\n" if tag == "br" else ""
    if not len(part):
        return part.text or ""
    pieces = [part.text or ""]
    for child in part:
        pieces.append(raw_text(child))
        pieces.append(child.tail or "")
    return "".join(pieces)


def text_of(element: Any) -> str:
    """The visible text of an element, squeezed."""
    return squeeze(raw_text(element))
