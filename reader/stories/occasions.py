"""Whether two articles tell of two meetings of the same parties: two matches, hearings, readings,
quarters.

They name the same people and places in the same words, so what tells them apart is the score, and
which of the meetings it is: the second leg, the quarter-final, the third hearing (`data/occasions.
txt`). Of one meeting the figures are the same, whatever else is told of it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from itertools import chain

from reader.paths import shipped

READ_CHARACTERS = 1200
"""Of the beginning of a text; further down other meetings are remembered."""
MANY_DAYS = 3
"""Days from which reports of which meeting it is are believed although figures are the same: what
led to a hearing is told again at the next."""

# What may not stand before is looked at behind the first digit: a pattern that begins with one is
# found four times as fast.
_PAIR = re.compile(
    r"(\d(?<![\w.,:/–-]\d)\d{0,2})\s?(?:[-–:]|对|比|対)\s?(\d{1,3})(?![\w,:/–-]|\.\d)"
)
_WIDE_PAIR = re.compile(r"(\d(?<![\d.,:/-]\d)\d{0,2})(?:对|比|対|[:：-])(\d{1,3})(?![\d:/-])")
_TIME = re.compile(r"\d?\d:[0-5]\d")
_FIGURE = re.compile(r"\d(?<![\w.]\d)\d*(?:[.,\u00a0\u202f ]\d{3})*(?:[.,]\d+)?|\d+")
_NUMBERED = {"ja": "第", "zh": "第", "ko": ""}
"""What stands before the number of a meeting, where one word runs into the next."""
_HAN_NUMBERS = {letter: n for n, letter in enumerate("一二三四五六七八九十", 1)}


@dataclass(frozen=True)
class Occasion:
    """What an article says of the meeting it tells of."""

    score: tuple[int, int] | None
    """That of the title, or the first in the text; the higher number first."""
    which: dict[str, int]
    """Of what is counted the place in the count that is said first."""
    said: str
    """The title, and the text as far as it was read."""

    @cached_property
    def figures(self) -> frozenset[str]:
        """Numbers of two digits and more, without years: of most articles never asked for."""
        found = {_bare(figure) for figure in _FIGURE.findall(self.said)}
        return frozenset(figure for figure in found if len(figure) > 1 and not _is_year(figure))


def tells_of_one(told: Occasion) -> bool:
    """Whether an article says anything by which its meeting could be told from another."""
    return told.score is not None or bool(told.which)


def is_another(one: Occasion, other: Occasion, days: float) -> bool:
    """Whether two articles so many days apart (infinity if a day is unknown) are of two meetings.

    Scores alone say so only where both days are known: votes of a court are remembered, too.
    """
    if days < 1 or (one.score is not None and one.score == other.score):
        return False
    scored = one.score is not None and other.score is not None and days < math.inf
    differs = any(one.which[each] != other.which[each] for each in one.which.keys() & other.which)
    if differs and days >= MANY_DAYS:
        return True
    return (scored or differs) and one.figures.isdisjoint(other.figures)


@lru_cache(maxsize=48)
def occasion(title: str, text: str, language: str | None) -> Occasion:
    """The meeting that an article tells of, if it tells of one."""
    beginning = text[:READ_CHARACTERS]
    return Occasion(
        _score(title) or _score(beginning),
        _which(beginning, language) | _which(title, language),
        f"{title} {beginning}",
    )


def _score(text: str) -> tuple[int, int] | None:
    for match in _pairs(text):
        if not _TIME.fullmatch(match[0]):
            one, other = int(match[1]), int(match[2])
            return max(one, other), min(one, other)
    return None


def _pairs(text: str) -> list[re.Match[str]]:
    found = [*_PAIR.finditer(text), *_WIDE_PAIR.finditer(text)]
    return sorted(found, key=lambda match: match.start())


def _bare(figure: str) -> str:
    return re.sub(r"\D", "", figure)


def _is_year(figure: str) -> bool:
    return len(figure) == 4 and figure[:2] in ("19", "20")


def _which(text: str, language: str | None) -> dict[str, int]:
    """Each thing that is counted, with the place that is said of it first."""
    found: dict[str, int] = {}
    lowered = text.lower()
    for signs, pattern in _patterns(language or ""):
        # Looking for words costs a tenth of looking for what they stand in.
        if not any(map(lowered.__contains__, signs)):
            continue
        for match in pattern.finditer(lowered):
            kind, said = next(
                (k, v) for k, v in match.groupdict().items() if v is not None and k[0] != "m"
            )
            key, place = kind, 0
            if kind.startswith("digits"):
                place = int(said) if said.isdecimal() else _HAN_NUMBERS.get(said, 0)
            else:
                key, _, number = kind.rpartition("_")
                place = int(number)
            found.setdefault(_meeting(match) or key, place)
    return found


def _meeting(match: re.Match[str]) -> str | None:
    """What is counted, where the count says it."""
    return next((v for k, v in match.groupdict().items() if k[0] == "m" and v), None)


@cache
def _patterns(language: str) -> list[tuple[list[str], re.Pattern[str]]]:
    """What says which meeting it is, in a language, each with words one of which stands in it."""
    rows = _rows()
    found = []
    for kind in ("legs", "rounds"):
        places = rows.get((language, kind), [])
        if places:
            said = "|".join(
                f"(?P<{kind}_{n}>{_any_of(forms)})" for n, forms in enumerate(places, 1)
            )
            begins = "" if language in _NUMBERED else r"\b"
            found.append(([*chain.from_iterable(places)], re.compile(f"{begins}(?:{said})")))
    meetings = [*chain.from_iterable(rows.get((language, "meetings"), []))]
    if meetings:
        found.append((meetings, re.compile(_counted(language, _any_of(meetings)))))
    if (language, "ordinals") in rows:
        found.append((["q1", "q2", "q3", "q4"], re.compile(r"\bq(?P<digits_q>[1-4])\b")))
    return found


def _counted(language: str, meetings: str) -> str:
    """What is counted with its number, as a regular expression."""
    if language in _NUMBERED:
        number = f"(?P<digits>[0-9]{{1,2}}|[{''.join(_HAN_NUMBERS)}])"
        return (
            rf"{_NUMBERED[language]}{number}(?P<meeting>{meetings})"
            rf"|[初首](?P<meeting_1>{meetings})(?P<first_1>)"
        )
    ordinals = _rows()[language, "ordinals"]

    def ordinal(name: str) -> str:
        each = (f"(?P<{name}_{n}>{_any_of(forms)})" for n, forms in enumerate(ordinals, 1))
        return f"(?:{'|'.join(each)})\\w{{0,4}}"

    def meeting(number: int) -> str:
        return rf"(?P<meeting_{number}>{meetings})\w{{0,3}}\b(?!-?fin)"

    return (
        rf"\b(?:{ordinal('before')}[\s-](?:\w+[\s-])?{meeting(1)}"
        rf"|(?P<digits_before>\d\d?)(?:\.|st|nd|rd|th|er|e|º|ª|-\w{{1,3}})\s{meeting(2)}"
        rf"|{meeting(3)}\s(?:{ordinal('after')}\b|(?P<digits_after>\d\d?)\b(?![.,:-]?\d)))"
    )


def _any_of(forms: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(forms, key=len, reverse=True)))


@cache
def _rows() -> dict[tuple[str, str], list[list[str]]]:
    lines = (shipped("data") / "occasions.txt").read_text("utf-8").splitlines()
    rows = [line.split() for line in lines if line and not line.startswith("#")]
    return {
        (language, kind): [form.replace("_", " ").split("/") for form in forms]
        for language, kind, *forms in rows
    }
