"""Plain text as Markdown that reads back as the same text, and nothing more."""

from __future__ import annotations

import re
from statistics import median

_INLINE = re.compile(r"([\\`*_\[\]<>~^|&!])")
_BLOCK = re.compile(r"^(\s*)(#{1,6}(?=\s|$)|[-+=:](?=\s|$|[-=+:]))")
_NUMBER = re.compile(r"^(\s*\d{1,9})([.)])(?=\s|$)")


_WIDEST_LINE = 100
"""Letters of a line that somebody broke by hand; what is longer was broken by paragraphs."""


def as_markdown(text: str) -> str:
    """Paragraphs and their line breaks kept; nothing in them is taken for markup. Where most lines
    are longer than any page is wide, each is a paragraph."""
    paragraphs = (part.strip("\n") for part in re.split(r"\n[ \t]*\n", text))
    return "\n\n".join(_paragraph(part) for part in paragraphs if part.strip())


def _paragraph(text: str) -> str:
    lines = [line for each in text.split("\n") if (line := each.strip())]
    if median(map(len, lines)) > _WIDEST_LINE:
        return "\n\n".join(map(_line, lines))
    # A backslash before the line's end is a break that survives an editor's trimming of spaces.
    return "\\\n".join(map(_line, lines))


def _line(line: str) -> str:
    escaped = _INLINE.sub(r"\\\1", line)
    escaped = _BLOCK.sub(r"\1\\\2", escaped)
    return _NUMBER.sub(r"\1\\\2", escaped)
