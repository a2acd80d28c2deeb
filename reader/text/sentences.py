"""Where sentences begin and end, in any language whose full stops Unicode knows."""

import re
from functools import cache

from reader.paths import shipped

_END = re.compile(
    r"""(?P<stop>[.!?…]+|[。！？｡।॥؟۔።]+)      # the stop itself
        (?P<close>["'”’»）)\]』」】]*)           # quotes and brackets that close with it
        (?P<gap>\s+|$|(?<=[。！？｡」』])(?=\S))  # Chinese and Japanese leave no gap
    """,
    re.VERBOSE,
)
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
            stop = match.end("close")
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
    small letter."""
    stop = match["stop"]
    if stop[0] not in ".…":
        after = text[match.end() : match.end() + 2].lstrip("\"'“”«»")
        return not after[:1].islower()
    after = text[_OPENING.match(text, match.end()).end() :][:1]  # type: ignore[union-attr]
    if after.islower():
        return False
    if stop != ".":
        return True
    word = re.search(r"[^\s(\[\"“„«]*$", text[start : match.start()])
    before = word[0] if word else ""
    if len(before) == 1 and before.isupper() and not match["close"]:
        return False
    if before.isdigit() and len(before) <= 2 and not match["close"]:
        # `12. März`, `3. The`: a number at the start of a sentence or before a name is its own.
        return after.isdigit() is False and match.start() - len(before) > start
    return before.casefold().rstrip(".") not in _abbreviations()


@cache
def _abbreviations() -> frozenset[str]:
    lines = (shipped("data") / "abbreviations.txt").read_text("utf-8").splitlines()
    return frozenset(w for line in lines if not line.startswith("#") for w in line.split())
