"""Text that could not be cleaned, as it is: better too much than nothing."""

import re

from reader.clean.commonmark import lines
from reader.clean.inline import Context, inline
from reader.model import Cleaned, Document

TEXT_CAP = 400_000
"""Characters kept of a text that nothing is known about; a long novel has a million."""


def paragraphs(text: str) -> list[str]:
    """The text's blocks: parted by blank lines, or by lines where it has no blank ones."""
    parts = re.split(r"\n[ \t\r\f\v]*\n\s*", text) if "\n" in text else [text]
    if len(parts) == 1:
        parts = text.split("\n")
    return [squeezed for part in parts if (squeezed := " ".join(part.split()))]


def markdown(blocks: list[str]) -> str:
    """Plain paragraphs as Markdown that reads the same."""
    context = Context(lambda href: None)
    return "\n\n".join(lines(inline([block], context)) for block in blocks)


def uncut(document: Document, text: str) -> Cleaned:
    """A record with all of the text, marked as not cleaned."""
    from reader.text import length, safe

    warnings = ["not-cleaned"]
    if len(text) > TEXT_CAP:
        text = text[:TEXT_CAP]
        warnings.append("truncated")
    blocks = paragraphs(str(safe.prose(text)))
    title = document.title
    if not title and blocks:
        title = blocks[0][:120]
        warnings.append("title-derived")
    plain = "\n\n".join(blocks)
    return Cleaned(
        title=title,
        text=plain,
        markdown=markdown(blocks),
        kind="text",
        url=document.url,
        words=length.words(plain),
        minutes=length.minutes(plain),
        warnings=tuple(warnings),
    )
