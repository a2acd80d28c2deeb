"""The page of a letter → which of its leaves are to be read: its writer's, what is quoted between
them, what is passed on; and what looks like a heading as one.

The tree is changed: where a mailer parts lines only by breaks, its lines become blocks.
"""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from reader.clean import boxes, letter_ends, letter_head, openers, prose, quoted, tree
from reader.clean.boxes import Leaf, Page, raw_text, squeeze
from reader.clean.letter_head import Stated
from reader.clean.quoted import Part
from reader.noun import Noun

HEADING_WORDS = 14
LARGER = 1.15
"""How much larger than most of the text a heading is set at least."""

_SIZE = re.compile(r"(?:^|;)\s*font(?:-size)?\s*:[^;]*?(\d+(?:\.\d+)?)\s*(px|pt|em|rem|%)", re.I)
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|max-height\s*:\s*0(?:px)?\s*(?:;|!|$)|"
    r"mso-hide\s*:\s*all|opacity\s*:\s*0\s*(?:;|!|$)", re.I
)  # fmt: skip
_PIXELS = {"px": 1.0, "pt": 4 / 3, "em": 16.0, "rem": 16.0, "%": 0.16}
_HEADED = frozenset("h1 h2 h3 h4 h5 h6".split())
_APPARATUS = frozenset("share newsletter footer comments tags".split())
_BLANKS = frozenset("\u034f\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\u2007\ufeff\u00a0")


class LetterPage(Noun):
    """The page of a letter, told apart."""

    root: Any
    own: frozenset[int]
    """Numbers of the leaves that are to be read."""
    note: frozenset[int]
    """Those of what who passed it on wrote above it."""
    passed_on: Stated | None = None
    sender: str | None = None
    """Who sent it, whose name stands in its head."""


def lines_of(page: Page, letter: LetterPage, kept: set[int]) -> letter_ends.Lines:
    """The lines that are to be read, numbered anew, with what its markup tells of them."""
    own = [page.leaves[at] for at in sorted(letter.own)]
    headings = {n for n, leaf in enumerate(own) if _is_heading(leaf) and not _is_bar(leaf)}
    barred = [
        letter_ends.is_barred(leaf.text, 0.0 if n in headings else leaf.linked)
        for n, leaf in enumerate(own)
    ]
    led_to = {
        href
        for n, leaf in enumerate(own)
        if n in headings or not barred[n]
        for href in _hrefs(leaf)
    }
    leads = set()
    for n, leaf in enumerate(own):
        is_link = barred[n] and leaf.linked > letter_ends.LINKED and not _is_bar(leaf)
        if is_link and (fresh := set(_hrefs(leaf)) - led_to):
            led_to |= fresh
            leads.add(n)
    return letter_ends.Lines(
        tuple(leaf.text for leaf in own),
        frozenset(n for n, leaf in enumerate(own) if leaf.index in kept),
        tuple(barred),
        frozenset(headings),
        frozenset(leads),
    )


def pictures_of(page: Page, kept: set[int], read: set[int]) -> set[int]:
    """The pictures among the leaves, without those that are mere buttons: they tell nothing, and
    lead where no line does."""
    led_to = {href for at in read for href in _hrefs(page.leaves[at])}
    found = set()
    for at in kept:
        leaf = page.leaves[at]
        hrefs = set(_hrefs(leaf))
        tells = any((image.get("alt") or "").strip() for image in leaf.pictures)
        if not leaf.text and (tells or not hrefs or hrefs & led_to):
            found.add(at)
    return found


def _is_heading(leaf: Leaf) -> bool:
    return any(box.tag in _HEADED for box in leaf.box.ancestors())


def _is_bar(leaf: Leaf) -> bool:
    """Whether a line leads into the letter's own apparatus, or shares it, and to no news."""
    opened = openers.kinds(leaf.text) | openers.spelled(leaf.text)
    return openers.is_mailers(leaf.text) or bool(opened & _APPARATUS)


def _hrefs(leaf: Leaf) -> Iterator[str]:
    around = [box.element for box in leaf.box.ancestors() if box.tag == "a"]
    for link in (*around, *leaf.links):
        if (href := link.get("href") or "").startswith(("http://", "https://")):
            yield href


def read(html: str, subject: str | None, sender: str | None = None) -> LetterPage | None:
    """The letter in a page; None for an empty one."""
    root = tree.parse(html)
    if root is None:
        return None
    _without_hidden(root)
    if not any(leaf.text for leaf in boxes.cut(root).leaves):
        root = tree.parse(html)
    _with_headings(root)
    _opened(root)
    page = boxes.cut(root)
    if any(len(set(parts)) > 1 for parts in _by_leaf(page, _told(page, subject)).values()):
        _broken(page)
        page = boxes.cut(root)
    told = _told(page, subject)
    by_leaf = _by_leaf(page, told)
    own = {at for at, parts in by_leaf.items() if not {Part.OWN, Part.QUOTED}.isdisjoint(parts)}
    note = {at for at, parts in by_leaf.items() if Part.NOTE in parts} - own
    return LetterPage(root, frozenset(own), frozenset(note), told.passed_on, sender)


def _told(page: Page, subject: str | None) -> quoted.Told:
    return quoted.told([line for _, line in _lines(page)], subject)


def _by_leaf(page: Page, told: quoted.Told) -> dict[int, list[Part]]:
    found: dict[int, list[Part]] = {}
    for (leaf, _), part in zip(_lines(page), told.parts, strict=True):
        found.setdefault(leaf, []).append(part)
    return found


def _lines(page: Page) -> Iterator[tuple[int, str]]:
    """The lines of the leaves, each with the leaf's number; quotations have their marks."""
    for leaf in page.leaves:
        depth = sum(box.tag == "blockquote" for box in leaf.box.ancestors())
        shown = "".join(map(raw_text, leaf.parts)) if _breaks(leaf) else leaf.text
        for line in shown.strip().split("\n"):
            yield leaf.index, f"{'> ' * depth}{squeeze(line)}"


def _breaks(leaf: Leaf) -> bool:
    return any(
        not isinstance(part, str) and (part.tag == "br" or part.find(".//br") is not None)
        for part in leaf.parts
    )


def _broken(page: Page) -> None:
    """Breaks become ends of blocks, in leaves that hold several lines."""
    for leaf in page.leaves:
        for part in leaf.parts:
            if not isinstance(part, str):
                for element in list(part.iter("br")):
                    element.tag = "p"


def _opened(root: Any) -> None:
    """A letter that is passed on as a quotation is none: it is what there is to read."""
    for element in root.iter("blockquote"):
        first = next((text for text in element.itertext() if text.strip()), "")
        if letter_head.marks_letter(first) == "forwarded":
            element.tag = "div"
            return


def _without_hidden(root: Any) -> None:
    """Takes out what a mail hides: the words that are to stand beside its subject in a list."""
    hidden = set()
    for element in list(root.iter()):
        if element.getparent() in hidden:
            hidden.add(element)
        elif isinstance(element.tag, str) and _HIDDEN.search(element.get("style") or ""):
            hidden.add(element)
            words = raw_text(element)
            if any(letter not in _BLANKS and not letter.isspace() for letter in words):
                element.tag = "template"


def _with_headings(root: Any) -> None:
    """Makes headings of short lines that are set larger than the text around them."""
    sized = [(leaf, _size(leaf)) for leaf in boxes.cut(root).leaves if leaf.text]
    letters: Counter[float] = Counter()
    for leaf, size in sized:
        if size:
            letters[size] += len(leaf.text)
    if not letters:
        return
    usual = letters.most_common(1)[0][0]
    for (leaf, size), after in zip(sized, [*(one for one, _ in sized[1:]), None], strict=True):
        if size and size >= LARGER * usual and after is not None and _may_head(leaf):
            _head(leaf, 2)


def _may_head(leaf: Leaf) -> bool:
    if any(box.tag in _HEADED for box in leaf.box.ancestors()):
        return False
    words = prose.word_count(leaf.text)
    return 0 < words <= HEADING_WORDS and not leaf.text.endswith((".", ",", ":", ";"))


def _head(leaf: Leaf, level: int) -> None:
    """Sets the leaf as a heading, if nothing else stands in its box."""
    box = leaf.box
    if box.children != [leaf]:
        return
    element = box.element
    if box.tag not in ("td", "th", "li", "body"):
        element.tag = f"h{level}"
        return
    heading = element.makeelement(f"h{level}")
    heading.text, element.text = element.text, None
    for child in list(element):
        heading.append(child)
    element.append(heading)


def _size(leaf: Leaf) -> float | None:
    """In how many pixels the leaf is set, by the style nearest to all of its words."""
    inner = [part for part in leaf.parts if not isinstance(part, str) or part.strip()]
    while len(inner) == 1 and not isinstance(inner[0], str):
        if size := _told_size(inner[0]):
            return size
        part = inner[0]
        inner = [*([part.text] if (part.text or "").strip() else []), *part]
    return next((size for box in leaf.box.ancestors() if (size := _told_size(box.element))), None)


def _told_size(element: Any) -> float | None:
    found = _SIZE.search(element.get("style") or "")
    return float(found[1]) * _PIXELS[found[2].lower()] if found else None
