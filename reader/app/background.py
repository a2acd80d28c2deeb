"""Whether the terminal is light or dark, in its own words.

It is asked for the colour behind its text (OSC 11, xterm's control sequences) and to tell when its
light changes (mode 2031, Contour's and kitty's "color scheme change notifications"). One that
knows neither says nothing, and nothing is waited for.
"""

from __future__ import annotations

import re

from textual.message import Message

ASK = "\x1b]11;?\x1b\\\x1b[?2031h"
ASK_NO_MORE = "\x1b[?2031l"
LONGEST_ANSWER = 64
_COLOUR = re.compile(
    r"\x1b\]11;rgba?:([0-9a-fA-F]{1,4})/([0-9a-fA-F]{1,4})/([0-9a-fA-F]{1,4})"
    r"(?:/[0-9a-fA-F]{1,4})?(?:\x07|\x1b\\)"
)
_CHANGED = re.compile(r"\x1b\[\?997;([12])n")
_BEGUN = re.compile(r"\x1b\]11[^\x07\x1b]*\x1b?\Z")
HALF = 0.5
"""Of full brightness (Rec. 709): what is less is dark."""


class Background(Message):
    """The terminal has told what is behind its text."""

    def __init__(self, dark: bool) -> None:
        super().__init__()
        self.dark = dark


class Answers:
    """Takes the terminal's answers out of what is typed; one may come in two parts."""

    def __init__(self) -> None:
        self._begun = ""

    def take(self, typed: str) -> tuple[str, list[Background]]:
        """What is left for the keyboard, and what the terminal told."""
        if "\x1b" not in typed and not self._begun:
            return typed, []
        typed, self._begun = self._begun + typed, ""
        told = [Background(is_dark(*found.groups())) for found in _COLOUR.finditer(typed)]
        told += [Background(found[1] == "1") for found in _CHANGED.finditer(typed)]
        rest = _CHANGED.sub("", _COLOUR.sub("", typed))
        begun = _BEGUN.search(rest)
        if begun and len(begun[0]) < LONGEST_ANSWER:
            self._begun = begun[0]
            rest = rest[: begun.start()]
        return rest, told


def is_dark(red: str, green: str, blue: str) -> bool:
    """Is a colour, given in hexadecimal digits of any number, nearer to black than to white?"""

    def part(digits: str) -> float:
        return int(digits, 16) / float(16 ** len(digits) - 1)

    return 0.2126 * part(red) + 0.7152 * part(green) + 0.0722 * part(blue) < HALF
