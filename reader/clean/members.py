"""A thread of a forum without what stands beside each of its posts: how many its author has
written, since when, and the buttons to quote and to report it.

Such labels stand in boxes of their own, or as lines of one box, parted by breaks.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any

from reader.clean import openers
from reader.clean.boxes import Leaf, Page, raw_text, squeeze

REPEATED = 3
"""So many posts have the same label beside them; a text that speaks of posts has it once."""
LABELS = 2
"""A list of players may say of each when he joined; it has no second label of a post's."""
LINE_WORDS = 5
VALUE_WORDS = 3


def without_labels(page: Page, kept: set[int]) -> set[int]:
    """The kept leaves without the labels that stand beside every post, and their values; a leaf
    that has them among its lines is left without those."""
    places: dict[str, list[int]] = defaultdict(list)
    lists: set[int] = set()
    for leaf in page.leaves:
        if 0 < len(leaf.words) <= LINE_WORDS and (label := openers.of_a_post(leaf.text)):
            places[label].append(leaf.index)
        elif leaf.index in kept and len(labels := set(_labels(leaf))) >= LABELS:
            lists.add(leaf.index)
            for label in labels:
                places[label].append(leaf.index)
    repeated = [
        found
        for found in places.values()
        if len(found) >= REPEATED and _has_text_between(page, kept, found)
    ]
    if len(repeated) < LABELS:
        return kept
    beside = {at for found in repeated for at in found} & kept
    gone = beside - {at for at in beside & lists if _trimmed(page.leaves[at])}
    return kept - gone - {at + 1 for at in gone if _is_value(page, at)}


def _has_text_between(page: Page, kept: set[int], found: list[int]) -> bool:
    """Whether the posts stand between their labels, but for some that are short or not kept."""
    filled = sum(
        any(at in kept and len(page.leaves[at].words) > LINE_WORDS for at in range(one, other))
        for one, other in pairwise(found)
    )
    return filled * 2 > len(found) - 1


def _is_value(page: Page, label: int) -> bool:
    """Whether the leaf below a label is its number or its day, in a box of its own beside it."""
    if label + 1 >= len(page.leaves) or any(map(str.isdigit, page.leaves[label].text)):
        return False
    box, below = page.leaves[label].box, page.leaves[label + 1]
    is_beside = below.box.parent is box.parent
    return is_beside and len(below.words) <= VALUE_WORDS and any(map(str.isdigit, below.text))


def _labels(leaf: Leaf) -> Iterator[str]:
    """The labels of a post among the lines of a leaf."""
    for line in _texts(leaf.parts):
        if len(line.split()) <= LINE_WORDS and (label := openers.of_a_post(line)):
            yield label


def _texts(parts: Iterable[Any]) -> list[str]:
    """What the lines say that breaks part, but for empty ones."""
    whole = "".join(map(_with_breaks, parts))
    return [line for line in map(squeeze, whole.split(BREAK)) if line]


BREAK = "\x1e"
"""Stands for a break, which is told from white space only before that is squeezed."""


def _with_breaks(part: Any) -> str:
    if isinstance(part, str) or part.tag == "br" or not len(part):
        return BREAK if not isinstance(part, str) and part.tag == "br" else raw_text(part)
    inside = ((_with_breaks(child), child.tail or "") for child in part)
    return (part.text or "") + "".join(text for pair in inside for text in pair)


def _trimmed(leaf: Leaf) -> bool:
    """Take the lines with labels out of a leaf; whether it says anything without them."""
    lines: list[list[Any]] = [[]]
    for part in leaf.parts:
        if not isinstance(part, str) and part.tag == "br":
            lines.append([])
        lines[-1].append(part)
    rest = [line for line in lines if not _is_of_labels(line)]
    leaf.parts = [part for line in rest for part in line]
    leaf.text = squeeze("".join(map(raw_text, leaf.parts)))
    leaf.__dict__.pop("words", None)
    leaf.__dict__.pop("linked", None)
    return bool(leaf.text)


def _is_of_labels(line: list[Any]) -> bool:
    """Whether a line, and the lines in an element that is all of it, are short, and one a label:
    the others are of its author, too."""
    texts = _texts(line)
    short = all(len(text.split()) <= LINE_WORDS for text in texts)
    return bool(texts) and short and any(map(openers.of_a_post, texts))
