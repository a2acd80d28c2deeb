"""Regular expressions of words, also where letters carry marks of their own.

Unicode counts vowel signs (Devanagari, Tamil, Thai) and points (Hebrew, Arabic) as marks and not as
letters, and so `\\w` breaks `बंदरगाह` into `ब`, `दरग` and `ह`.
"""

import re
from functools import cache, cached_property

MARKS = (
    "\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f"
    "\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u0711\u0730-\u074a\u07a6-\u07b0"
    "\u0900-\u0903\u093a-\u093c\u093e-\u094f\u0951-\u0957\u0962\u0963\u0981-\u09e5\u09fe-\u0a65"
    "\u0a70-\u0ae5\u0afa-\u0b65\u0b71-\u0be5\u0c00-\u0c65\u0c80-\u0ce5\u0d00-\u0d65\u0d80-\u0df3"
    "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ece\u102b-\u103e\u1056-\u1059"
    "\u135d-\u135f\u17b4-\u17d3\u200d"
)
"""Marks that stand inside words, and what in the blocks of the scripts of India are no signs."""
SAMPLE_CHARACTERS = 2000
LETTER = "{L}"


@cache
def _mark() -> re.Pattern[str]:
    return re.compile(f"[{MARKS}]")


def has_marks(text: str) -> bool:
    """Are there letters with marks of their own near the beginning of a text?"""
    return not text.isascii() and _mark().search(text[:SAMPLE_CHARACTERS]) is not None


class Spelled:
    """A regular expression with `{L}` for a letter, which takes in marks where a text has them.

    Texts without are as fast as ever: whether there are any is seen at their beginning.
    """

    def __init__(self, pattern: str) -> None:
        self._pattern = pattern
        self._plain = re.compile(pattern.replace(LETTER, r"[^\W_]"))

    def findall(self, text: str) -> list[str]:
        """What `re.findall` finds; the pattern has no groups."""
        found: list[str] = self.of(text).findall(text)
        return found

    def of(self, text: str) -> re.Pattern[str]:
        """The expression for this text."""
        return self._marked if has_marks(text) else self._plain

    @cached_property
    def _marked(self) -> re.Pattern[str]:
        return re.compile(self._pattern.replace(LETTER, rf"[\w{MARKS}]"))
