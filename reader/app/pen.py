"""What is sent to the terminal, in fewer bytes: only what changes of the pen.

Textual takes every style up anew and lays it down after each run of text: `\\x1b[0m`, then weight
and both colours in full, though mostly one of the three is another, and blanks show no ink at all.
Half of what a key sent was that.

The pen is put down at the end of whatever is handed over at once, so that nothing depends on what
was sent before.
"""

from __future__ import annotations

import re
from functools import lru_cache

SGR = re.compile(r"\x1b\[([0-9;]*)m")
MOVES = re.compile(r"(?:\r?\n|\x1b\[\d+;\d+H)*(\x1b\[\d+;\d+H)")
"""To a place on the screen. Line feeds and other places before it lead nowhere."""
DOWN = ""
"""The pen that is put down."""
WITHOUT = {"1": "22", "2": "22", "3": "23", "4": "24", "5": "25", "7": "27", "8": "28", "9": "29"}
"""Attributes, and what takes each off. Bold and dim go together."""
UNSEEN_ON_BLANKS = frozenset("123")
"""Attributes that do nothing to a blank: bold, dim, italic."""
PART_OF = {"3": 1, "9": 1, "4": 2, "10": 2, "38": 1, "48": 2}
"""Which part of a pen a number is about, by all but its last figure or where operands follow."""
OPERANDS = {"5": 1, "2": 3}

Pen = tuple[frozenset[str], str, str]
"""Attributes, ink and ground: each as the numbers that ask for it, or "" for the terminal's own."""


def thrifty(text: str) -> str:
    """The same picture, asked for with less. `text` begins with the pen put down, and ends so."""
    parts = SGR.split(text)
    if len(parts) == 1:
        return text
    sent = [parts[0]]
    held = wanted = DOWN
    for numbers, run in zip(parts[1::2], parts[2::2], strict=True):
        wanted = _after(wanted, numbers)
        if run[:1] in ("\r", "\n", "\x1b") and (move := MOVES.match(run)):
            sent.append(move[1])  # with whatever pen is held
            run = run[move.end() :]
        if run and wanted != held:
            change, held = _change(held, wanted, run.isspace())
            sent.append(change)
        sent.append(run)
    if wanted != held:
        sent.append(_change(held, wanted, False)[0])
    return "".join(sent)


def _after(numbers: str, more: str) -> str:
    """The numbers that ask for a pen at once, where these follow those."""
    if more in ("", "0"):
        return DOWN
    return f"{numbers};{more}" if numbers else more


@lru_cache(4096)
def _change(held: str, wanted: str, blank: bool) -> tuple[str, str]:
    """What makes one pen another, as short as can be, and the pen that is held then: for blanks it
    may have the ink of the first."""
    if wanted == DOWN and not blank:
        return "\x1b[m", DOWN
    anew = f"\x1b[{wanted}m" if held == DOWN else f"\x1b[;{wanted}m"
    old, new = _pen(held), _pen(wanted)
    if old is None or new is None:
        return anew, wanted
    if blank and (old[0] | new[0]) <= UNSEEN_ON_BLANKS:
        new = old[0], old[1], new[2]
        wanted = _numbers(new)
    off = {WITHOUT[number] for number in old[0] - new[0]}
    on = {number for number in new[0] if number not in old[0] or WITHOUT[number] in off}
    numbers = [*sorted(off), *sorted(on)]
    for had, has, own in (old[1], new[1], "39"), (old[2], new[2], "49"):
        if had != has:
            numbers.append(has or own)
    changed = f"\x1b[{';'.join(numbers)}m" if numbers else ""
    return min(changed, anew, key=len), wanted


def _numbers(pen: Pen) -> str:
    """The numbers that ask for a pen, from one put down."""
    return ";".join(filter(None, (*sorted(pen[0]), pen[1], pen[2])))


def _pen(numbers: str) -> Pen | None:
    """What numbers ask for, from a pen put down; None if they say more than is known here."""
    attributes: set[str] = set()
    colours = {1: "", 2: ""}
    left = iter(numbers.split(";") if numbers else ())
    for number in left:
        if number in ("", "0"):
            attributes, colours = set(), {1: "", 2: ""}
        elif number in WITHOUT:
            attributes.add(number)
        elif number in ("38", "48"):
            kind = next(left, "")
            operands = [next(left, "") for _ in range(OPERANDS.get(kind, 0))]
            if not operands or "" in operands:
                return None
            colours[PART_OF[number]] = ";".join((number, kind, *operands))
        elif number[:-1] in PART_OF and number[-1] != "8":
            colours[PART_OF[number[:-1]]] = "" if number in ("39", "49") else number
        else:
            return None
    return frozenset(attributes), colours[1], colours[2]
