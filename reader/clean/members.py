"""A thread of a forum without what stands beside each of its posts: how many its author has
written, since when, and the buttons to quote and to report it."""

from collections import defaultdict
from itertools import pairwise

from reader.clean import openers
from reader.clean.boxes import Page

REPEATED = 3
"""So many posts have the same label beside them; a text that speaks of posts has it once."""
LABELS = 2
"""A list of players may say of each when he joined; it has no second label of a post's."""
LINE_WORDS = 5
VALUE_WORDS = 3


def without_labels(page: Page, kept: set[int]) -> set[int]:
    """The kept leaves without the labels that stand beside every post, and their values."""
    places: dict[str, list[int]] = defaultdict(list)
    for at in sorted(kept):
        leaf = page.leaves[at]
        if 0 < len(leaf.words) <= LINE_WORDS and (label := openers.of_a_post(leaf.text)):
            places[label].append(at)
    repeated = [
        found
        for found in places.values()
        if len(found) >= REPEATED and _has_text_between(page, kept, found)
    ]
    if len(repeated) < LABELS:
        return kept
    gone = {at for found in repeated for at in found}
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
