"""The items of a list of articles in a page, each as the pieces that its markup keeps apart."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from reader.clean import openers
from reader.clean.boxes import Box, Leaf, Page, raw_text, squeeze
from reader.clean.page_lines import HEADINGS, Shown, broken, links, said
from reader.clean.similar_list import Piece

NESTED = 6
"""Rows and columns inside each other in which items may stand."""
LINKED_SHARE = 0.5
"""Share of items with a link above which those without one are no items."""
_EDGES = " \t—–-·•|/:,;"


def items_of(page: Page, rows: Sequence[Shown]) -> list[list[Piece]]:
    """The items on some lines of a page, up to what comes after a list."""
    rows = _before_end(page, rows)
    labelled = {row.leaf: row.text for row in rows if row.is_pair}
    leaves = [page.leaves[at] for at in dict.fromkeys(row.leaf for row in rows)]
    found = []
    for item in _items(leaves, NESTED):
        pieces: list[Piece] = []
        for leaf in item:
            value = labelled.get(leaf.index)
            pieces += [Piece(value)] if value else _pieces(leaf)
        found.append(pieces)
    linked = [item for item in found if any(piece.href for piece in item)]
    return linked if len(linked) > LINKED_SHARE * len(found) else found


def _before_end(page: Page, rows: Sequence[Shown]) -> list[Shown]:
    """The lines above the foot of the page. A line that stands again is a button of each item."""
    count = Counter(row.text for row in rows)
    kept = []
    for row in rows:
        ends = openers.kinds(row.text) & {"footer", "comments", "newsletter"}
        in_foot = any(box.tag == "footer" for box in page.leaves[row.leaf].box.ancestors())
        if (ends and count[row.text] == 1) or row.text.startswith("©") or in_foot:
            break
        kept.append(row)
    return kept


def _items(leaves: Sequence[Leaf], deeper: int) -> list[list[Leaf]]:
    """The leaves by item: by the boxes that stand side by side, if each holds an item, else from
    one that is like the first to the next."""
    groups = _side_by_side(leaves)
    if deeper and any(_headings(group) > 1 for _, group in groups) and len(groups) > 1:
        return [item for _, group in groups for item in _items(group, deeper - 1)]
    groups = [group for group in groups if not all(openers.kinds(leaf.text) for leaf in group[1])]
    if deeper and len(groups) == 1 and len(groups[0][1]) < len(leaves):
        return _items(groups[0][1], deeper - 1)
    signs = _signs(groups)
    if period := _period([is_titled for _, is_titled, _ in signs]):
        rows = range(0, len(groups), period)
        return [[leaf for _, group in groups[n : n + period] for leaf in group] for n in rows]
    while signs and not signs[0][1] and signs.count(signs[0]) < sum(sign[1] for sign in signs):
        signs, groups = signs[1:], groups[1:]  # an introduction
    found: list[list[Leaf]] = []
    for sign, (_, group) in zip(signs, groups, strict=True):
        if sign == signs[0]:
            found.append([])
        found[-1] += group
    return found


def _period(titled: Sequence[bool]) -> int:
    """After how many boxes a title stands in the next item, if it is the same in all; else 0."""
    places = [n for n, is_titled in enumerate(titled) if is_titled]
    if not places or len(titled) % len(places):
        return 0
    period = len(titled) // len(places)
    return period if period > 1 and len({n % period for n in places}) == 1 else 0


def _side_by_side(leaves: Sequence[Leaf]) -> list[tuple[Box, list[Leaf]]]:
    """The leaves by the boxes that stand side by side in the smallest box around all of them."""
    paths = [list(leaf.box.ancestors())[::-1] for leaf in leaves]
    depth = 0
    while all(len(path) > depth and path[depth] is paths[0][depth] for path in paths):
        depth += 1
    groups: dict[int, tuple[Box, list[Leaf]]] = {}
    for leaf, path in zip(leaves, paths, strict=True):
        # A leaf that stands straight in the common box is a group by itself.
        beside = path[depth] if depth < len(path) else leaf.box
        key = id(beside) if depth < len(path) else id(leaf)
        groups.setdefault(key, (beside, []))[1].append(leaf)
    return list(groups.values())


Sign = tuple[str, bool, str]


def _signs(groups: Sequence[tuple[Box, list[Leaf]]]) -> list[Sign]:
    """What tells the boxes of a list apart: the element, whether it has a link or heading, and its
    class, where each box holds one line and nothing else tells them apart."""
    plain = [(box.tag, _is_titled(group)) for box, group in groups]
    classes = [box.element.get("class") or "" for box, _ in groups]
    single = all(len(group) == 1 for _, group in groups)
    if len(set(plain)) == 1 and single and classes.count(classes[0]) > 1:
        return [(*sign, name) for sign, name in zip(plain, classes, strict=True)]
    return [(*sign, "") for sign in plain]


def _is_titled(group: Sequence[Leaf]) -> bool:
    return any(_is_heading(leaf) or links(leaf) for leaf in group)


def _headings(group: Sequence[Leaf]) -> int:
    return sum(map(_is_heading, group))


def _is_heading(leaf: Leaf) -> bool:
    return any(box.tag in HEADINGS for box in leaf.box.ancestors())


def _pieces(leaf: Leaf) -> Iterator[Piece]:
    """What stands in a leaf side by side: a link, what follows it, the lines below."""
    is_heading = _is_heading(leaf)
    around = next((box.element.get("href") for box in leaf.box.ancestors() if box.tag == "a"), None)
    for run in broken(leaf.parts):
        for parts, href in _apart(run):
            text = said(parts)
            if not href:
                text = text.strip(_EDGES)
                if text.startswith("(") and text.endswith(")"):
                    text = text[1:-1]
            if any(map(str.isalnum, text)):
                yield Piece(text, href or around, is_heading)


def _apart(parts: Sequence[Any]) -> Iterator[tuple[list[Any], str | None]]:
    """The parts by what they say. An element inside a sentence is of the sentence; the link that
    a line begins with is not."""
    run: list[Any] = []
    for at, part in enumerate(parts):
        href = _href(part)
        leads = href is not None and not _has_words(run)
        if leads or not (isinstance(part, str) or _is_woven(parts, at)):
            if run:
                yield run, None
            yield [part], href
            run = []
        else:
            run.append(part)
    if run:
        yield run, None


def _is_woven(parts: Sequence[Any], at: int) -> bool:
    """Whether words stand right beside an element."""
    beside = [parts[n] for n in (at - 1, at + 1) if 0 <= n < len(parts)]
    return any(isinstance(part, str) and _has_words([part]) for part in beside)


def _has_words(parts: Sequence[Any]) -> bool:
    return any(map(str.isalnum, squeeze("".join(map(raw_text, parts)))))


def _href(part: Any) -> str | None:
    if isinstance(part, str):
        return None
    return next((link.get("href") for link in part.iter("a") if link.get("href")), None)
