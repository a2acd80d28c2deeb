"""Letters laid over what can be chosen on the page, to choose it by typing them."""

from __future__ import annotations

from collections.abc import Sequence

from reader.app.widgets.pieces import Pieces
from reader.text.width import cells

LETTERS = "fjdkslaghrueiwovmncqptyxbz"
"""The nearest to the fingers first, as Vimium has them."""
Laid = Sequence[tuple[int, str]]
"""Labels of one line, each with the character of the line that it is laid over."""


def labels(count: int, letters: str = LETTERS) -> list[str]:
    """So many labels, all of one length so that none begins another; as short as that allows."""
    length, size = 1, len(letters)
    while size**length < count:
        length += 1
    return [_label(number, length, letters) for number in range(count)]


def _label(number: int, length: int, letters: str) -> str:
    label = ""
    for _ in range(length):
        number, at = divmod(number, len(letters))
        label = letters[at] + label
    return label


def overlaid(pieces: Pieces, laid: Laid) -> Pieces:
    """A line with labels over its letters, which keep their places: nothing moves."""
    for start, label in sorted(laid, reverse=True):
        pieces = _with_label(pieces, start, label)
    return pieces


def _with_label(pieces: Pieces, start: int, label: str) -> Pieces:
    changed: Pieces = []
    at, hidden, wanted = 0, 0, len(label)
    for text, role in pieces:
        begin = min(max(start - at, 0), len(text))
        if begin == len(text) or hidden >= wanted:
            changed.append((text, role))
        else:
            end = begin
            while end < len(text) and hidden < wanted:
                hidden += cells(text[end])
                end += 1
            if begin:
                changed.append((text[:begin], role))
            if at + begin == start:
                changed.append((label, "mark"))
            if end < len(text):
                changed.append((text[end:], role))
        at += len(text)
    if hidden > wanted:  # half of a wide letter is left over
        spare = " " * (hidden - wanted)
        changed = [(t + spare, r) if (t, r) == (label, "mark") else (t, r) for t, r in changed]
    if hidden == 0 and start >= at:
        changed.append((label, "mark"))
    return changed
