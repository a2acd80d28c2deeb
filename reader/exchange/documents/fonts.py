"""Letters that a PDF can only show as boxes, because no font on this machine has them."""

from __future__ import annotations

import subprocess
import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from reader.exchange.documents.sheet import Sheet
from reader.text import beyond

OWN = frozenset({"LATIN", "GREEK", "CYRILLIC", "HEBREW", "ARABIC", "MODIFIER", "COMBINING"})
"""Scripts of the fonts that typst brings along."""
SECONDS = 10.0
MOST = 5
"""Scripts named in one line."""


def warning(sheets: Sequence[Sheet], told: set[str]) -> str | None:
    """What is to be said of letters no font has, but of scripts in `told`, to which these are
    added; None if there are fonts for all, or nobody knows (without fontconfig's `fc-list`)."""
    letters = _one_of_each_script(text for each in sheets for text in _texts(each))
    without = [
        (script, letter)
        for script, letter in letters.items()
        if script not in told and not _has_font(letter)
    ]
    if not without:
        return None
    told |= {script for script, _ in without}
    named = ", ".join(f"{script.capitalize()} ({letter})" for script, letter in without[:MOST])
    return f"no font here has the letters of {named}: the PDF shows boxes; fonts-noto has them"


def _texts(sheet: Sheet) -> Iterator[str]:
    yield from (sheet.title, *sheet.facts, sheet.summary or "", sheet.note or "")
    yield from (block.plain for block in sheet.blocks)
    yield from (text for mark in sheet.highlights for text in mark if text)


def _one_of_each_script(texts: Iterable[str]) -> dict[str, str]:
    """Script → a letter of it, by Unicode names (`DEVANAGARI LETTER KA`)."""
    found: dict[str, str] = {}
    for letter in {letter for text in texts for letter in beyond.ascii(text)}:
        if letter.isalpha() and (script := _script(letter)) not in OWN:
            found[script] = min(letter, found.get(script, letter))
    return dict(sorted(found.items()))


def _script(letter: str) -> str:
    return unicodedata.name(letter, "LATIN").partition(" ")[0]


def _has_font(letter: str) -> bool:
    """Whether a font has it, by fontconfig; where that is not to be asked, yes."""
    words = ["fc-list", f":charset={ord(letter):x}", "family"]
    try:
        asked = subprocess.run(words, capture_output=True, timeout=SECONDS, check=True)
    except (OSError, subprocess.SubprocessError):
        return True
    return bool(asked.stdout.strip())
