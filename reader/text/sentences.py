"""Where sentences begin and end, in any language whose full stops Unicode knows."""

import re
from functools import cache

from reader.paths import shipped
from reader.text.dateword import month_names

_CLOSE = r"""(?:["'“”’»«）)\]』」】]|[\ \u00a0\u202f]»)*"""
_END = re.compile(
    rf"""(?P<stop>[.!?…]+|[।॥؟۔።]+)(?P<close>{_CLOSE})(?P<gap>\s+|$)
        |(?P<wide>[。！？｡]+)(?P<wide_close>{_CLOSE})(?P<wide_gap>\s*)   # these leave no gap
    """,
    re.VERBOSE,
)
_LONGEST_WORD = 40
_BEFORE_ORDINALS = frozenset(
    ["am", "ab", "beim", "bis", "das", "dem", "den", "der", "des", "die", "im", "jeden", "seit",
     "vom", "zum", "zur"]
)  # fmt: skip
"""German words before a number that say it is an ordinal: `im 19. Jahrhundert`."""
_LAST_WORDS = re.compile(r"""(?:(\w+)\s+)?([^\s(\["“„«]*)\Z""")
_OPENING = re.compile(r"""["'“„«‘(\[¿¡]*""")


def sentences(text: str) -> list[tuple[int, int]]:
    """(start, end) of each sentence of `text`, without the space around it. A line end that stands
    before a blank line, a list item or nothing ends a sentence too."""
    found: list[tuple[int, int]] = []
    for begin, end in _paragraphs(text):
        start = begin
        for match in _END.finditer(text, begin, end):
            if match.end() < end and not _ends(text, match, start):
                continue
            stop = match.end("wide_close" if match["wide"] else "close")
            found += _trimmed(text, start, stop)
            start = match.end()
        found += _trimmed(text, start, end)
    return found


def _paragraphs(text: str) -> list[tuple[int, int]]:
    starts = [0]
    ends = []
    for gap in re.finditer(r"\n\s*\n|\n(?=\s*(?:[-*•–]|\d+[.)])\s)", text):
        ends.append(gap.start())
        starts.append(gap.end())
    return list(zip(starts, [*ends, len(text)], strict=True))


def _trimmed(text: str, start: int, end: int) -> list[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return [(start, end)] if end > start else []


def _ends(text: str, match: re.Match[str], start: int) -> bool:
    """Whether a stop ends its sentence: not after an abbreviation or an initial, nor before a
    small letter, nor inside `「…。」と`."""
    if match["wide"]:
        follows = text[match.end()]
        return not match["wide_close"] or bool(match["wide_gap"]) or follows in "「『“‘（《"
    stop = match["stop"]
    opening = _OPENING.match(text, match.end())
    after = text[opening.end() if opening else match.end() :][:1]
    if after.islower():
        return False
    if stop != ".":
        return True
    near = text[max(start, match.start() - 2 * _LONGEST_WORD) : match.start()]
    word = _LAST_WORDS.search(near)
    earlier, before = (word[1] or "", word[2]) if word else ("", "")
    if len(before) == 1 and before.isupper() and not match["close"]:
        return False
    if before.isdigit() and len(before) <= 2 and not match["close"]:
        # `3. The` begins a list item, `12. März` and `im 19. Jahrhundert` are ordinals.
        first = match.start() - len(before) <= start
        return not (first or earlier in _BEFORE_ORDINALS or _month().match(text, match.end()))
    return before.casefold().rstrip(".") not in _abbreviations()


@cache
def _month() -> re.Pattern[str]:
    return re.compile(rf"(?:{month_names()})\b", re.IGNORECASE)


@cache
def _abbreviations() -> frozenset[str]:
    lines = (shipped("data") / "abbreviations.txt").read_text("utf-8").splitlines()
    return frozenset(w for line in lines if not line.startswith("#") for w in line.split())
