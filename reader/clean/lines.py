"""The lines of a dump: how they are parted, compared and remembered.

Matching is done on a normal form (NFKC, case folded, one space); what is read keeps its characters.
"""

import re
import unicodedata
from hashlib import blake2b
from itertools import islice

from reader.clean import prose

ODD_SPACES = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2007": " ", "\u3000": " ", "\t": " "})
NOT_TABS = {sign: space for sign, space in ODD_SPACES.items() if sign != 9}
ZERO_WIDTH = dict.fromkeys(map(ord, "\u200b\u2060\ufeff\u00ad\u180e"))
"""Joiners (U+200C, U+200D) are not here: Persian and emoji need them."""
PRINTED = 300
"""Characters of a line that its print is made of; longer lines differ earlier or not at all."""
TABBED_ROWS, BARRED_ROWS = 2, 3
"""Lines in a row that make a table, with tabs, and with bars, which menus have, too."""
MOST_CELLS = 30
ROW_LETTERS = 2_000
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


def parted_with_cells(text: str) -> list[str]:
    """The lines as `parted` gives them, but for the rows of tables: a tab stands between cells.

    Who copies a table out of a page gets tabs. Lines in a row with as many of them each are rows,
    and three or more with as many bars.
    """
    found = parted(text)
    if "\t" not in text and " | " not in text:
        return found
    split = _ENDS.split(text)
    for mark, least in (("\t", TABBED_ROWS), (" | ", BARRED_ROWS)):
        cells = [_cells(line, mark) for line in split]
        at = 0
        while at < len(cells):
            end = at + 1
            while end < len(cells) and len(cells[at]) > 1 and len(cells[end]) == len(cells[at]):
                end += 1
            if len(cells[at]) > 1 and end - at >= least:
                found[at:end] = ["\t".join(row) for row in cells[at:end]]
            at = end
    return found


def _cells(line: str, mark: str) -> list[str]:
    """The cells of a line that may be a row; [] for an indented line and one of a single cell."""
    if mark not in line or len(line) > ROW_LETTERS:
        return []
    cells = [parted(cell)[0] for cell in line.strip(" \r").split(mark)]
    filled = sum(map(bool, cells))
    is_indented = len(cells) > 1 and not cells[0] and not cells[1]
    return cells if filled > 1 and not is_indented and len(cells) <= MOST_CELLS else []


def rows(text: str) -> list[str]:
    """The lines of `text` with the white space that they begin and end with."""
    return [line.translate(ZERO_WIDTH) for line in _ENDS.split(text.translate(NOT_TABS))]


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
