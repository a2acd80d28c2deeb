"""Letters that the programs of publishers spoil, as they were written.

&#146;                 the number of a letter in windows-1252    → ’   (as browsers read it)
U+0092                 such a letter that became a control       → ’
&#xD83D;&#xDE00;       the halves of a letter of UTF-16          → 😀
dâ€™Ã©tÃ©               UTF-8 taken for windows-1252, throughout  → d’été
"""

from __future__ import annotations

import re

_OPENERS = "\x90\x98\x9b\x9d\x9e\x9f"
"""Controls that begin a sequence a terminal obeys: the gate must see them to know it whole."""
_LETTERS = {
    code: letter
    for code in range(0x80, 0xA0)
    if (letter := bytes([code]).decode("cp1252", "ignore")) and chr(code) not in _OPENERS
}
_BYTES = {
    ord(letter): code
    for code in range(0x80, 0xA0)
    if (letter := bytes([code]).decode("cp1252", "ignore"))
}
_SIGNS = "\x92\x93\x94\x96\x97\x85\x91\x80\x99\x95"
"""The commonest of them; where none of these is, it is not worth the time to look for others."""
_NUMBER = re.compile(
    r"&#(?:(1[2-5]\d);|[xX]0{0,2}([89][0-9a-fA-F]);"
    r"|(?:[xX]([dD][89abAB][0-9a-fA-F]{2})|(5[56]\d{3}));"
    r"&#(?:[xX]([dD][c-fC-F][0-9a-fA-F]{2})|(5[67]\d{3}));)"
)
"""Of a letter in windows-1252, or the two of a letter in UTF-16."""
_MISREAD = {first: re.compile(f"{first}[\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]") for first in "ÃâÐ"}
"""First letters of the commonest pairs. Patterns that begin with one letter skip to it."""
MISREAD_AT_LEAST = 3
"""Pairs of letters as only UTF-8 makes them, if all of the text is to be read again."""


def restored(text: str) -> str:
    """The text with its letters as they were written."""
    text = _NUMBER.sub(_letter, text)
    if text.isascii():
        return text
    if any(first in text for first in _MISREAD):
        text = _read_again(text)
    if any(sign in text for sign in _SIGNS):
        is_plain = not any(opener in text for opener in (*_OPENERS, "\x1b"))
        text = text.translate(_LETTERS if is_plain else _LETTERS | {0x9C: "\x9c"})
    return text


def _letter(number: re.Match[str]) -> str:
    decimal, hexadecimal, *halves = number.groups()
    if decimal or hexadecimal:
        return _LETTERS.get(int(decimal or int(hexadecimal, 16)), number[0])
    high, low = (int(halves[at] or "0", 16) or int(halves[at + 1]) for at in (0, 2))
    if not (0xD800 <= high < 0xDC00 <= low < 0xE000):
        return number[0]
    return chr(0x10000 + ((high - 0xD800) << 10) + low - 0xDC00)


def _read_again(text: str) -> str:
    """The text as UTF-8, if all of it is UTF-8 that was taken for windows-1252."""
    found = sum(len(pattern.findall(text)) for pattern in _MISREAD.values())
    if found < MISREAD_AT_LEAST:
        return text
    try:
        return text.translate(_BYTES).encode("latin-1").decode("utf-8")
    except UnicodeError:
        return text
