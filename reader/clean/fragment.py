"""A piece of HTML that is all article: the content of a feed's entry, rendered whole.

A page must first be told apart from its furniture; a fragment is what its publisher chose to send,
so every word of it is kept.
"""

import re

from reader.clean import boxes, plainly, quick, tree, whole
from reader.clean.addresses import resolver
from reader.text import safe

_TAG_OR_ENTITY = re.compile(r"<[a-zA-Z/!?]|&#?\w{1,31};")


def render(html: str, base: str | None = None) -> tuple[str, str]:
    """The whole fragment as Markdown and as plain text, both through the gate.

    `base` is what its addresses are relative to. Raises nothing for any string; what has neither
    tags nor entities is taken for plain text.
    """
    if not _is_marked_up(html):
        return plain(html)
    if (sure := _surely(html, base)) is not None:
        return sure
    root = tree.parse(html, bare=True)
    if root is None:
        return "", ""
    page = boxes.cut(root)
    return whole.rendered(page, set(range(len(page.leaves))), base)


def text(html: str, base: str | None = None) -> str:
    """Only the text of the fragment, as `render` gives it."""
    if _is_marked_up(html):
        return render(html, base)[1]
    return "\n\n".join(_paragraphs(html))


def plain(text: str) -> tuple[str, str]:
    """Plain text as Markdown that reads the same, and as itself, in paragraphs."""
    blocks = _paragraphs(text)
    return plainly.markdown(blocks), "\n\n".join(blocks)


def _is_marked_up(html: str) -> bool:
    return ("<" in html or "&" in html) and _TAG_OR_ENTITY.search(html) is not None


def _paragraphs(text: str) -> list[str]:
    return plainly.paragraphs(str(safe.prose(text)))


def _surely(html: str, base: str | None) -> tuple[str, str] | None:
    """The short way, where it is sure to give what the long one gives."""
    found = quick.render(html, resolver(base))
    if found is None:
        return None
    markdown, text = found
    said = str(safe.prose(text))
    # Beside the letters of the text the Markdown has marks and addresses, which are sound.
    is_sound = said == text and len(markdown) < safe.PARAGRAPH_CAP
    return markdown if is_sound else str(safe.prose(markdown)), said
