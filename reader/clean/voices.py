"""Three opinions on which text of a page is the article: two libraries' and our own.

The libraries answer with lines of text, which `choose` finds again in the page; they never touch
the tree they are given. The own voice answers with leaves.
"""

import re
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from reader.clean.boxes import BLOCKS, Box, Page, tags

TRAFILATURA_INLINE = tags("hi ref del code span")


def trafilatura_lines(root: Any) -> list[str]:
    """What trafilatura takes for the article when it is told to favour precision; [] if nothing."""
    from trafilatura import bare_extraction

    try:
        found = bare_extraction(
            root, favor_precision=True, include_comments=False, include_tables=True
        )
    except Exception:
        # It raises what its parts raise: AttributeError, ValueError, lxml's errors. One voice less.
        return []
    body = getattr(found, "body", None)
    return [] if body is None else list(_lines(body, breaks=lambda t: t not in TRAFILATURA_INLINE))


def readability_lines(root: Any) -> list[str]:
    """What readability-lxml takes for the article; [] if nothing."""
    from lxml.html import fromstring
    from readability import Document

    try:
        summary = Document(deepcopy(root)).summary(html_partial=True)
        body = fromstring(summary)
    except Exception:
        return []
    return list(_lines(body, breaks=lambda tag: tag in BLOCKS or tag == "br"))


def _lines(body: Any, breaks: Any) -> Iterator[str]:
    line: list[str] = []

    def walk(element: Any) -> Iterator[str]:
        ends = isinstance(element.tag, str) and breaks(element.tag)
        if ends:
            yield from flush()
        if element.text and isinstance(element.tag, str):
            line.append(element.text)
        for child in element:
            yield from walk(child)
            if child.tail:
                line.append(child.tail)
        if ends:
            yield from flush()

    def flush() -> Iterator[str]:
        text = " ".join("".join(line).split())
        line.clear()
        if text:
            yield text

    yield from walk(body)
    yield from flush()


BLOCK_COST = 1.5
"""Words a block must be worth to count for, not against, the box it is in. Of 0 to 16 the best F1
on 990 pages with wanted and unwanted snippets (1: .880, 2: .879, 4: .855)."""
LONG_BLOCK_WORDS = 60
"""More words than this make a block no more article-like."""
CLUTTER_SHARE = 0.25
"""What text in a box that is named for clutter counts for."""
MENU_LINKED = 0.5
"""A block with a larger share of its text in links is a list of other pages. Kohlschütter et al.
(Boilerplate Detection, WSDM 2010) find 1/3 for whole blocks; names in running text want more."""

SENTENCE_END = re.compile(r"[.!?…。！？]['\"”’»)\]]*$")
CLUTTER_TAGS = tags("nav footer aside form header")
CLUTTER_NAME = re.compile(
    r"(?:^|[\s_-])(?:comments?|kommentare?|footer|sidebar|related|share|sharing|social|newsletter"
    r"|promo|teaser|nav|navigation|menu|breadcrumbs?|cookie|consent|disqus|widget|advert|banner"
    r"|recommend\w*|popular|subscribe|author-?box|bio|tags?|meta|byline)(?:$|[\s_-])",
    re.IGNORECASE,
)


def own(page: Page) -> set[int]:
    """Our own voice: the box whose blocks add up to the most prose, without its menus.

    A block is worth its words, less if they are linked, do not end a sentence, or stand in a box
    named for clutter, minus a fixed cost; the best box is then cut to its best unbroken run. It
    knows nothing of the other voices' rules, which is the point of it.
    """
    clutter: dict[Box, bool] = {}
    worth: dict[Box, float] = {}
    score: list[float] = []
    for leaf in page.leaves:
        value = min(len(leaf.words), LONG_BLOCK_WORDS) * (1 - leaf.linked) ** 2
        value *= 1 if SENTENCE_END.search(leaf.text) else 0.4
        if in_clutter(leaf.box, clutter):
            value *= CLUTTER_SHARE
        value -= BLOCK_COST
        score.append(value)
        for box in leaf.box.ancestors():
            worth[box] = worth.get(box, 0.0) + value
    if not worth:
        return set()
    best, most = page.root, float("-inf")
    for box, value in worth.items():
        if value > most or (value == most and box.parent is best):
            best, most = box, value
    if most <= 0:
        return set()
    inside = list(best.leaves())
    first, last = _best_run([score[leaf.index] for leaf in inside])
    named_clutter = in_clutter(best, clutter)
    return {
        leaf.index
        for leaf in inside[first:last]
        if leaf.linked <= MENU_LINKED and (named_clutter or not in_clutter(leaf.box, clutter))
    }


def in_clutter(box: Box, known: dict[Box, bool]) -> bool:
    """Whether the box or one around it is named or tagged as something beside the article."""
    if box in known:
        return known[box]
    answer = box.parent is not None and in_clutter(box.parent, known)
    if not answer and box.tag not in ("html", "body", "article", "main"):
        name = f"{box.element.get('class') or ''} {box.element.get('id') or ''}"
        answer = box.tag in CLUTTER_TAGS or bool(CLUTTER_NAME.search(name))
    known[box] = answer
    return answer


def _best_run(scores: list[float]) -> tuple[int, int]:
    """The slice with the largest sum (Kadane)."""
    best, first, last = 0.0, 0, len(scores)
    total, start = 0.0, 0
    for at, score in enumerate(scores):
        if total <= 0:
            total, start = 0.0, at
        total += score
        if total > best:
            best, first, last = total, start, at + 1
    return first, last
