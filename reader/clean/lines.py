"""The lines of a dump: how they are parted, compared and remembered.

Matching is done on a normal form (NFKC, case folded, one space); what is read keeps its characters.
"""

import re
import unicodedata
from hashlib import blake2b
from itertools import islice

from reader.clean import prose

ODD_SPACES = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2007": " ", "\u3000": " ", "\t": " "})
ZERO_WIDTH = dict.fromkeys(map(ord, "\u200b\u2060\ufeff\u00ad\u180e"))
"""Joiners (U+200C, U+200D) are not here: Persian and emoji need them."""
PRINTED = 300
"""Characters of a line that its print is made of; longer lines differ earlier or not at all."""
PARAGRAPH_WORDS = 15
"""Words of a sentence that tell a paragraph from a menu, a headline and most notices."""

_ENDS = re.compile(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_FILLED = re.compile(r"^.*\S", re.M)
_SPACES = re.compile(r" {2,}")
_DIGITS = re.compile(r"\d+")


def parted(text: str) -> list[str]:
    """The lines of `text`, each stripped and with plain single spaces; blank ones are ""."""
    plain = text.translate(ODD_SPACES).translate(ZERO_WIDTH)
    return [_SPACES.sub(" ", line.strip()) for line in _ENDS.split(plain)]


def rows(text: str) -> list[str]:
    """The lines of `text` with the white space that they begin and end with."""
    return [line.translate(ZERO_WIDTH) for line in _ENDS.split(text.translate(ODD_SPACES))]


def first_lines(text: str, letters: int, count: int) -> tuple[str, bool]:
    """The beginning of `text` within both bounds, and whether anything was cut off.

    Blank lines do not count: pages that lost their tags have thousands.
    """
    kept = text[:letters]
    if kept.count("\n") > count:
        at = 0
        for found in islice(_FILLED.finditer(kept), count, None):
            at = found.start()
            break
        kept = kept[:at] if at else kept
    return kept, len(kept) < len(text.rstrip())


def normal(line: str) -> str:
    """The form in which two lines are compared."""
    if line.isascii():
        return line.lower()
    return " ".join(unicodedata.normalize("NFKC", line).casefold().split())


def line_print(line: str) -> int:
    """63 bits of a line's normal form; the last bit is set for a paragraph."""
    return _print(normal(line)) | _is_paragraph(line)


def is_paragraph(print_: int) -> bool:
    """Whether a print is of a line that reads as a paragraph, the sort that makes an article."""
    return bool(print_ & 1)


def _is_paragraph(line: str) -> bool:
    return prose.ends_sentence(line) and prose.word_count(line[:1000]) >= PARAGRAPH_WORDS


def shape_print(line: str) -> int | None:
    """63 bits of a line whose numbers may change from page to page; None for one without any."""
    masked = _DIGITS.sub("0", normal(line))
    return _print("shape " + masked) if masked != normal(line) else None


def prints(text: str) -> frozenset[int]:
    """What to remember of a page's lines: each one's print and, if it holds numbers, its shape."""
    found = set()
    for line in set(parted(text)):
        if line:
            found.add(line_print(line))
            if (shape := shape_print(line)) is not None:
                found.add(shape)
    return frozenset(found)


def _print(text: str) -> int:
    digest = blake2b(text[:PRINTED].encode("utf-8", "replace"), digest_size=8).digest()
    return int.from_bytes(digest, "big") >> 2 << 1
