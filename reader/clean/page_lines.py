"""A page in HTML as the lines that a dump of it would have, each with the leaf that it is of.

Where the markup says that a label and a value belong together (`<dt>` and `<dd>`, the cells of a
row, two elements in a box of their own), they are one line, `Cached: 3 November 2025`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from reader.clean import aggregator, facts, openers, prose
from reader.clean.boxes import Box, Leaf, Page, raw_text, squeeze, tags, text_of
from reader.clean.joins import Line

LINE_WORDS = 25
"""Words of the longest leaf that may hold several labels."""
VALUES = frozenset(
    {"cached", "original", "site", "published", "modified", "authors", "section", "summary"}
)
"""What a label in an element of its own may be of."""
HEADINGS = tags("h1 h2 h3 h4 h5 h6")
IN_TEXT = tags("p li ul ol blockquote h1 h2 h3 h4 h5 h6 figure figcaption pre")
"""Boxes that part no section from another."""
_WORDLIKE = tags("b strong i em u sup sub mark code q abbr cite")
_COLONS = (":", "：")


@dataclass(frozen=True, slots=True)
class Shown(Line):
    """A line that a page shows."""

    leaf: int = 0
    """The leaf that it is of, by its number; of several the last one."""
    links: Sequence[tuple[str, str]] = field(default=())
    """The words of each link of its leaf, and where it leads."""
    is_pair: bool = False
    """Whether it is a label and a value, in an element each."""


def lines_of(page: Page) -> list[Shown]:
    """The lines of the page without its menus. `gap` is 1 where a part of the page begins."""
    leaves = [leaf for leaf in page.leaves if leaf.text and not _in_menu(leaf.box)]
    found: list[Shown] = []
    before: Box | None = None
    at = 0
    while at < len(leaves):
        leaf = leaves[at]
        part = _part(leaf.box)
        gap = int(part is not before or leaf.box.tag in HEADINGS)
        before = part
        if at + 1 < len(leaves) and (value := _value(leaf, leaves[at + 1])):
            text = _labelled(leaf.text, said(value.parts))
            found.append(Shown(text, gap, 0, value.index, links(value), is_pair=True))
            at += 2
            continue
        for text in _lines(leaf):
            found.append(Shown(text, gap, 0, leaf.index, links(leaf)))
            gap = 0
        at += 1
    return found


def links(leaf: Leaf) -> list[tuple[str, str]]:
    """The words of each link of a leaf and where it leads."""
    around = next((box.element for box in leaf.box.ancestors() if box.tag == "a"), None)
    if around is not None and around.get("href"):
        return [(leaf.text, around.get("href"))]
    return [
        (squeeze(raw_text(link)), link.get("href"))
        for part in leaf.parts
        if not isinstance(part, str)
        for link in part.iter("a")
        if link.get("href")
    ]


def broken(parts: Sequence[Any]) -> Iterator[list[Any]]:
    """The parts of a leaf by lines, which `<br>` ends."""
    run: list[Any] = []
    for part in parts:
        if not isinstance(part, str) and part.tag == "br":
            yield run
            run = []
        else:
            run.append(part)
    yield run


def said(parts: Sequence[Any]) -> str:
    """The words of some parts. Labels that style alone keeps from their values are not glued to
    them, as `<span>Cached</span><span>3 May</span>` would be."""
    out = ""
    was_label = False
    for part in parts:
        text = part if isinstance(part, str) else _dated(part)
        is_label = not isinstance(part, str) and part.tag not in _WORDLIKE | {"a"}
        if (was_label or is_label) and out[-1:].isalnum() and text[:1].isalnum():
            out += " "
        out += text
        was_label = is_label or (was_label and not text)
    return squeeze(out)


def _dated(part: Any) -> str:
    """The words of an element, or the day that `3 hours ago` stands for."""
    text = raw_text(part)
    for time in part.iter("time"):
        told = time.get("datetime") or ""
        if facts.date_of(told) and not facts.date_of(raw_text(time)):
            text = text.replace(raw_text(time), told) if raw_text(time) else told
    return text


def _lines(leaf: Leaf) -> list[str]:
    """The lines of a leaf: those that `<br>` ends, and links and elements that are a label each."""
    if len(leaf.words) > LINE_WORDS and not _has_break(leaf):
        return [_with_label(leaf.parts) or leaf.text]
    found: list[str] = []
    runs = list(broken(leaf.parts))
    for run in runs:
        rest: list[Any] = []
        for part in run:
            if _is_by_itself(part):
                found += [_line(rest), said([part])]
                rest = []
            else:
                rest.append(part)
        found.append(_line(rest))
    found = [text for text in found if any(map(str.isalnum, text))]
    if len(found) == len(runs) == 2 and _fits(*found):
        return [_labelled(*found)]
    return found or [leaf.text]


def _line(parts: Sequence[Any]) -> str:
    """A line of parts: a label and its value, things side by side, or words."""
    if labelled := _with_label(parts):
        return labelled
    filled = [part for part in parts if not isinstance(part, str) or _is_wordy(part)]
    if any(isinstance(part, str) or part.tag in _WORDLIKE for part in filled):
        return said(parts)
    texts = [text for part in filled if (text := said([part]))]
    # What a row of elements says is parted as it would be by eye.
    is_row = len(texts) > 1 and not any(map(aggregator.label_of, texts))
    return " · ".join(texts) if is_row and not texts[0].endswith(_COLONS) else said(parts)


def _is_wordy(text: str) -> bool:
    return any(map(str.isalnum, text))


def _is_by_itself(part: Any) -> bool:
    """Whether an element says all of something, as a link `Read the original` does."""
    if isinstance(part, str) or not (text := text_of(part)):
        return False
    return bool(openers.kinds(text)) if part.tag == "a" else openers.labelled(text) is not None


def _with_label(parts: Sequence[Any]) -> str | None:
    """The line of a label in an element and its value behind it, `<b>Summary.</b> They came`."""
    filled = [part for part in parts if isinstance(part, str) is False or part.strip()]
    if len(filled) < 2 or isinstance(filled[0], str) or filled[0].tag == "a":
        return None
    label, value = text_of(filled[0]).rstrip(" .:："), said(filled[1:]).lstrip(" :：–—-")
    return _labelled(label, value) if value and _fits(label, value) else None


def _has_break(leaf: Leaf) -> bool:
    return any(not isinstance(part, str) and part.tag == "br" for part in leaf.parts)


def _in_menu(box: Box) -> bool:
    return any(
        one.tag in ("nav", "menu") or one.element.get("role") == "navigation"
        for one in box.ancestors()
    )


def _part(box: Box) -> Box:
    """The part of a page in which a box stands: a section, a column, a cell."""
    return next((one for one in box.ancestors() if one.tag not in IN_TEXT), box)


def _value(label: Leaf, value: Leaf) -> Leaf | None:
    """The value of a label in an element of its own, if that is what the two leaves are."""
    if not _fits(label.text, said(value.parts)) or not _are_paired(label.box, value.box):
        return None
    return value


def _fits(label: str, value: str) -> bool:
    """Whether a text may be the value of a label: a day, a name, or any text of a summary."""
    kinds = aggregator.label_of(label) & VALUES
    if not kinds or openers.kinds(value) & {"summary", "cached"}:
        return False
    if "summary" in kinds:
        return True
    if prose.word_count(value) > facts.SHORT_WORDS:
        return False
    return kinds != {"cached"} or facts.date_of(value) is not None


def _are_paired(label: Box, value: Box) -> bool:
    """Whether two boxes are a term and its definition, or alone with each other in a third."""
    while label.parent is not None and _only_leaf(label.parent):
        label = label.parent
    while value.parent is not None and _only_leaf(value.parent):
        value = value.parent
    if label.parent is None or label.parent is not value.parent or not _only_leaf(value):
        return False
    if (label.tag, value.tag) == ("dt", "dd"):
        return True
    return len(label.parent.children) == 2


def _only_leaf(box: Box) -> bool:
    leaves = box.leaves()
    next(leaves, None)
    return next(leaves, None) is None


def _labelled(label: str, value: str) -> str:
    return f"{label.rstrip(' :：')}: {value}"
