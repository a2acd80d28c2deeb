"""A piece of HTML that is all article: the content of a feed's entry, rendered whole.

A page must first be told apart from its furniture; a fragment is what its publisher chose to send,
so every word of it is kept.
"""

import re
from typing import Any

from reader.clean import boxes, plainly, tree
from reader.clean.page import rendered, resolver
from reader.clean.render import HEADINGS, Renderer

SIMPLE = boxes.tags(
    "html body p div section article h1 h2 h3 h4 h5 h6 a b strong i em span font u small time img"
)
"""Elements of which paragraphs and headings are made, and nothing else."""

_TAG_OR_ENTITY = re.compile(r"<[a-zA-Z/!?]|&#?\w{1,31};")
_MEANS_SOMETHING = re.compile(r"[\\`*_\[\]<>~|&$^{}=]|!(?=\S)|://|^(?:[#+:\-]|\d{1,9}[.)])")
"""Text in which Markdown might see a mark."""


def render(html: str, base: str | None = None) -> tuple[str, str]:
    """The whole fragment as Markdown and as plain text, both through the gate.

    `base` is what its addresses are relative to. Raises nothing for any string; what has neither
    tags nor entities is taken for plain text.
    """
    if not _TAG_OR_ENTITY.search(html):
        return plain(html)
    root = tree.parse(html)
    if root is None:
        return "", ""
    page = boxes.cut(root)
    if _is_simple(root, page):
        return _simply(page, base)
    return rendered(page, set(range(len(page.leaves))), base)


def plain(text: str) -> tuple[str, str]:
    """Plain text as Markdown that reads the same, and as itself, in paragraphs."""
    from reader.text import safe

    blocks = plainly.paragraphs(str(safe.prose(text)))
    return plainly.markdown(blocks), "\n\n".join(blocks)


def _is_simple(root: Any, page: boxes.Page) -> bool:
    """Is the Markdown sure to read back as the leaves' text, so that it need not be read back?

    That is half the cost of a fragment, and four in five are so simple.
    """
    for element in root.iter():
        if element.tag not in SIMPLE:
            return False
        if element.tag == "a" and (element.get("href") or "").startswith("#"):
            return False  # perhaps a footnote
        if element.tag == "img" and not (element.get("alt") or "").isascii():
            return False  # perhaps a picture of a character
    return not any(_MEANS_SOMETHING.search(leaf.text) or _shares(leaf) for leaf in page.leaves)


def _shares(leaf: boxes.Leaf) -> bool:
    """Is it one of several blocks in a heading, which are set as one?"""
    return any(
        box.tag in HEADINGS and (box is not leaf.box or len(box.children) > 1)
        for box in leaf.box.ancestors()
    )


def _simply(page: boxes.Page, base: str | None) -> tuple[str, str]:
    from reader.text import safe

    renderer = Renderer(page, range(len(page.leaves)), resolver(base))
    text = "\n\n".join(leaf.text for leaf in page.leaves if leaf.text)
    return str(safe.prose(renderer.markdown())), str(safe.prose(text))
