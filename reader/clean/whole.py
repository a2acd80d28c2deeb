"""Leaves as Markdown that reads back: with all of their words, and no others."""

from collections import Counter

from reader.clean import boxes, plainly
from reader.clean.addresses import resolver
from reader.clean.render import Renderer
from reader.text import safe


def rendered(page: boxes.Page, kept: set[int], base: str | None) -> tuple[str, str]:
    """The kept leaves as Markdown, and its text, which is that of the leaves. `base` is what
    addresses are relative to.

    Where the fine rules of escaping miss something, every mark is escaped; where even that does not
    give the words back, the leaves are set as paragraphs.
    """
    resolve = resolver(base)
    for every_mark in (False, True):
        renderer = Renderer(page, kept, resolve, plain=every_mark)
        markdown = str(safe.prose(renderer.markdown()))
        text = read_text(markdown)
        if _is_whole(text, renderer):
            return markdown, text
    return paragraphs([page.leaves[at].text for at in sorted(kept)])


def below(first: tuple[str, str], second: tuple[str, str]) -> tuple[str, str]:
    """Two bodies as one, with a rule between them."""
    return f"{first[0]}\n\n---\n\n{second[0]}", f"{first[1]}\n\n{second[1]}"


def of_markdown(markdown: str) -> tuple[str, str]:
    """Markdown that came as such, gated, and its text."""
    markdown = str(safe.prose(markdown)).strip("\n")
    return markdown, read_text(markdown)


def read_text(markdown: str) -> str:
    """The text of the Markdown, without the words that stand in the place of a picture."""
    from reader.text.blocks import Figure
    from reader.text.markdown import blocks

    shown = (
        block.plain
        for block in blocks(markdown)
        if not (isinstance(block, Figure) and not block.caption)
    )
    return "\n\n".join(plain for plain in shown if plain.strip())


def paragraphs(blocks: list[str]) -> tuple[str, str]:
    """Plain text in paragraphs, as Markdown that reads the same and as itself."""
    blocks = [str(safe.prose(block)) for block in blocks if block]
    return plainly.markdown(blocks), "\n\n".join(blocks)


def _is_whole(text: str, renderer: Renderer) -> bool:
    """Whether the text has the words that were to be rendered, and none besides."""
    wanted, found = Counter(renderer.words()), Counter(boxes.words_of(text))
    if wanted == found:
        return True
    extra = found - wanted
    return not (wanted - found) and extra <= Counter(renderer.picture_words)
