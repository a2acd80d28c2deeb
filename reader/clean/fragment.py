"""A piece of HTML that is all article: the content of a feed's entry, rendered whole.

A page must first be told apart from its furniture; a fragment is what its publisher chose to send,
so every word of it is kept.
"""

import re

from reader.clean import boxes, plainly, tree
from reader.clean.page import rendered

_TAG_OR_ENTITY = re.compile(r"<[a-zA-Z/!?]|&#?\w{1,31};")


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
    return rendered(page, set(range(len(page.leaves))), base)


def plain(text: str) -> tuple[str, str]:
    """Plain text as Markdown that reads the same, and as itself, in paragraphs."""
    from reader.text import safe

    blocks = plainly.paragraphs(str(safe.prose(text)))
    return plainly.markdown(blocks), "\n\n".join(blocks)
