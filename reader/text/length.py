"""How long a text is, in words and in minutes, also where a script puts no spaces between words."""

import re

from reader.text import beyond

WORDS_A_MINUTE = 230
"""Silent reading of English: 238 (Brysbaert 2019, mean of 190 studies), rounded down."""
LETTERS_A_WORD = 2
"""Chinese, Japanese and Thai are read at 400 to 500 characters a minute, twice as many as words."""

_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\U00020000-\U0003ffff]+"
)


_PARTED = bytes(ord(" " if code < 0x80 and chr(code).isspace() else "x") for code in range(0x100))
"""What stands for each byte of UTF-8, to tell white space from all else."""


def words(text: str) -> int:
    """Words by spaces; in scripts without spaces every two letters count as one."""
    letters = beyond.ascii(text)
    if not _UNSPACED.search(letters):
        if not letters.isprintable():  # there may be white space among them
            return len(text.split())
        # Half the time of making a list of all words.
        return (b" " + text.encode("utf-8", "ignore").translate(_PARTED)).count(b" x")
    runs = [len(run[0]) for run in _UNSPACED.finditer(text)]
    return len(_UNSPACED.sub(" ", text).split()) + sum(-(-run // LETTERS_A_WORD) for run in runs)


def minutes(text: str) -> int:
    """Reading time, rounded up; 0 only where there is nothing to read."""
    return -(-words(text) // WORDS_A_MINUTE)
