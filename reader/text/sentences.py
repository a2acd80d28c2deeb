"""Where sentences begin and end, in any language whose full stops Unicode knows."""

import re
from functools import cache

from reader.paths import shipped
from reader.text.dateword import month_names
from reader.text.width import unspaced

_CLOSE = r"""(?:["'“”’»«）)\]』」】]|[\ \u00a0\u202f]»|\ ''(?=\s|$))*"""
_CLOSE_WIDE = r"""["'”’»）)\]」』】》〉]*"""
"""Without the quotes that close in German and open in Chinese, where no blank tells them apart."""
_END = re.compile(
    rf"""(?P<stop>[.!?…]+|[।॥؟۔።]+)(?P<close>{_CLOSE})(?P<gap>\s+|$)
        |(?P<wide>[。！？｡]+)(?P<wide_close>{_CLOSE_WIDE})(?P<wide_gap>\s*)   # these leave no gap
    """,
    re.VERBOSE,
)
_INDIC_VERBS = frozenset("है हैं हो था थी थे थीं गई गए गया दी ली की रहा रही रहे".split())
"""What as short a Hindi word may end a sentence where a stop stands for the danda."""
_ELISION = re.compile(r"^\w{1,4}['’](?=\w)")
_GAP = re.compile(r"\n\s*\n|\n(?=\s*(?:[-*•–]|\d+[.)])\s)|(?P<line>\n)")
_LONGEST_WORD = 40
_BEFORE_ORDINALS = frozenset(
    ["am", "ab", "beim", "bis", "das", "dem", "den", "der", "des", "die", "diese", "diesem",
     "diesen", "dieser", "dieses", "ein", "eine", "einem", "einen", "einer", "eines", "ihre",
     "ihrem", "ihren", "ihrer", "im", "jede", "jeden", "jeder", "jedes", "mein", "meine", "meinem",
     "meinen", "oder", "seine", "seinem", "seinen", "seiner", "seit", "und", "unsere", "unserem",
     "unseren", "unserer", "vom", "zum", "zur"]
)  # fmt: skip
"""German words before a number that say it is an ordinal: `im 19. Jahrhundert`."""
_CAPITAL = re.compile("[A-ZÀ-ÖØ-ÞΑ-ΩА-ЯЁԱ-Ֆ]")
_CAPITAL_CHARACTERS = 2000
_PROSE_BETWEEN_CAPITALS = 300
"""Characters; prose with capitals has one in every 25 to 60."""
_WRAPPED = range(45, 111)
"""How long the lines are that a program broke for width. Shorter and longer ones end where somebody
ended them: headings, captions, paragraphs without a blank line between."""
_INDIC_INITIAL = re.compile(r"[\u0900-\u0dff]{1,3}")
"""`एस. जयशंकर`: the name of a letter, or a title."""
_LAST_WORDS = re.compile(r"""(?:(\w+)\s+)?([^\s(\["“„«]*)\Z""")
_OPENING = re.compile(r"""["'“”„«»‘‚‹›(\[¿¡「『]*""")


def sentences(text: str) -> list[tuple[int, int]]:
    """(start, end) of each sentence of `text`, without the space around it. A line end that stands
    before a blank line, a list item or nothing ends a sentence too, and so does one after a line
    too short or too long to have been broken for width."""
    found: list[tuple[int, int]] = []
    capitals = _has_capitals(text[:_CAPITAL_CHARACTERS])
    for begin, end in _paragraphs(text):
        start = begin
        for match in _END.finditer(text, begin, end):
            if match.end() < end and not _ends(text, match, start, capitals):
                continue
            stop = match.end("wide_close" if match["wide"] else "close")
            found += _trimmed(text, start, stop)
            start = match.end()
        found += _trimmed(text, start, end)
    return found


def _has_capitals(text: str) -> bool:
    """Whether a text is written with capitals, so that a small letter begins no sentence."""
    return len(_CAPITAL.findall(text)) * _PROSE_BETWEEN_CAPITALS >= len(text)


def _paragraphs(text: str) -> list[tuple[int, int]]:
    starts = [0]
    ends = []
    for gap in _GAP.finditer(text):
        if gap["line"] and _is_wrapped(text, gap.start()):
            continue
        ends.append(gap.start())
        starts.append(gap.end())
    return list(zip(starts, [*ends, len(text)], strict=True))


def _is_wrapped(text: str, line_end: int) -> bool:
    """Whether the line that ends there may go on in the next. Lines in Chinese and the like are
    always taken to: of their length nothing is known."""
    start = text.rfind("\n", 0, line_end) + 1
    return line_end - start in _WRAPPED or (line_end > start and unspaced(text[line_end - 1]))


def _trimmed(text: str, start: int, end: int) -> list[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return [(start, end)] if end > start else []


def _ends(text: str, match: re.Match[str], start: int, capitals: bool) -> bool:
    """Whether a stop ends its sentence: not after an abbreviation or an initial, nor before a
    small letter where there are `capitals`, nor inside `「…。」と`."""
    if match["wide"]:
        follows = text[match.end()]
        return not match["wide_close"] or bool(match["wide_gap"]) or follows in "「『“‘（《"
    stop = match["stop"]
    opening = _OPENING.match(text, match.end())
    after = text[opening.end() if opening else match.end() :][:1]
    if capitals and after.islower():
        return False
    if stop != ".":
        return True
    near = text[max(start, match.start() - 2 * _LONGEST_WORD) : match.start()]
    word = _LAST_WORDS.search(near)
    earlier, before = (word[1] or "", word[2]) if word else ("", "")
    before = _ELISION.sub("", before)
    if not match["close"] and _is_initial(before, text[match.end() : match.end() + 2]):
        return False
    if before.isdigit() and len(before) <= 2 and not match["close"]:
        # `3. The` begins a list item, `12. März` and `im 19. Jahrhundert` are ordinals.
        first = match.start() - len(before) <= start
        is_ordinal = first or earlier.lower() in _BEFORE_ORDINALS
        return not (is_ordinal or _month().match(text, match.end()))
    shortened = before.casefold().rstrip(".")
    return shortened not in _abbreviations() and not (
        after.isdigit() and f"{shortened}#" in _abbreviations()
    )


def _is_initial(word: str, following: str) -> bool:
    """Whether a stop after the word shortens a name or a phrase: after a capital, or a letter where
    there are none, or what letters are called in Indic scripts; and in `z. B.`."""
    if len(word) == 1:
        is_small = word.islower() and following[1:] != "."
        return word.isalpha() and not is_small and not unspaced(word)
    return _INDIC_INITIAL.fullmatch(word) is not None and word not in _INDIC_VERBS


@cache
def _month() -> re.Pattern[str]:
    return re.compile(rf"(?:{month_names()})\b", re.IGNORECASE)


@cache
def _abbreviations() -> frozenset[str]:
    lines = (shipped("data") / "abbreviations.txt").read_text("utf-8").splitlines()
    return frozenset(w for line in lines if not line.startswith("#") for w in line.split())
