"""Lines with right-to-left letters, put in the order in which they are seen (UAX #9).

Most terminals order such lines themselves, or leave them as they come; the few that leave them can
be helped with `bidi = "reorder"`. A terminal that does order them must never get them ordered.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Any

from reader.errors import UsageError

Piece = tuple[str, str]
"""Letters and their role."""
_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]"
)


def needs_library() -> None:
    """Raises UsageError if the library that knows the order is not installed."""
    try:
        import bidi.algorithm  # noqa: F401
    except ImportError as error:
        raise UsageError(
            'bidi = "reorder" needs the library python-bidi: pip install python-bidi'
        ) from error


def visual(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces of one line in the order of the screen; blanks at both ends stay."""
    text = "".join(part for part, _ in pieces)
    if text.isascii() or not _RIGHT_TO_LEFT.search(text):
        return list(pieces)
    roles = [role for part, role in pieces for _ in part]
    first = len(text) - len(text.lstrip())
    last = len(text.rstrip())
    order = _order(text[first:last])
    letters = [
        *zip(text[:first], roles[:first], strict=True),
        *((letter, roles[first + at]) for letter, at in order),
        *zip(text[last:], roles[last:], strict=True),
    ]
    joined: list[Piece] = []
    for letter, role in letters:
        if joined and joined[-1][1] == role:
            joined[-1] = (joined[-1][0] + letter, role)
        else:
            joined.append((letter, role))
    return joined


def visual_each(pieces: Sequence[Piece]) -> list[Piece]:
    """Each piece of a row, such as its title and its source, in the order of the screen."""
    return [part for piece in pieces for part in visual([piece])]


def _order(text: str) -> list[tuple[str, int]]:
    """The letters as they are seen from left to right, each with its place in `text`."""
    from bidi import algorithm

    storage: dict[str, Any] = algorithm.get_empty_storage()
    level = algorithm.get_base_level(text)
    storage["base_level"], storage["base_dir"] = level, "LR"[level]
    algorithm.get_embedding_levels(text, storage)
    for at, char in enumerate(storage["chars"]):
        char["at"] = at
    algorithm.explicit_embed_and_overrides(storage)
    algorithm.resolve_weak_types(storage, False)
    algorithm.resolve_neutral_types(storage, False)
    algorithm.resolve_implicit_levels(storage, False)
    algorithm.reorder_resolved_levels(storage, False)
    algorithm.apply_mirroring(storage, False)
    return _marks_after_letters([(char["ch"], char["at"]) for char in storage["chars"]])


def _marks_after_letters(letters: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """A terminal sets a mark on the letter before it; turned round, marks came first (rule L3)."""
    ordered: list[tuple[str, int]] = []
    marks: list[tuple[str, int]] = []
    for letter, at in letters:
        if unicodedata.combining(letter) and (not ordered or at != ordered[-1][1] + 1):
            marks.insert(0, (letter, at))
        else:
            ordered += [(letter, at), *marks]
            marks = []
    return ordered + marks
