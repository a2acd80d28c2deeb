"""Plain text as Markdown that reads back as the same text, and nothing more."""

from __future__ import annotations

import re

_INLINE = re.compile(r"([\\`*_\[\]<>~^|&!])")
_BLOCK = re.compile(r"^(\s*)(#{1,6}(?=\s|$)|[-+=:](?=\s|$|[-=+:]))")
_NUMBER = re.compile(r"^(\s*\d{1,9})([.)])(?=\s|$)")


def as_markdown(text: str) -> str:
    """Paragraphs and their line breaks kept; nothing in them is taken for markup."""
    paragraphs = (part.strip("\n") for part in re.split(r"\n[ \t]*\n", text))
    return "\n\n".join(_paragraph(part) for part in paragraphs if part.strip())


def _paragraph(text: str) -> str:
    lines = (line.strip() for line in text.split("\n"))
    # A backslash before the line's end is a break that survives an editor's trimming of spaces.
    return "\\\n".join(_line(line) for line in lines if line)


def _line(line: str) -> str:
    escaped = _INLINE.sub(r"\\\1", line)
    escaped = _BLOCK.sub(r"\1\\\2", escaped)
    return _NUMBER.sub(r"\1\\\2", escaped)
