"""Dates as papers print them, in many languages, and dates as people like to be told them.

A date is never more precise than its text: `January 23, 2023` is `2023-01-23`. What stands as
numbers with slashes is month first if the text has am or pm, or if only that way it is a date;
otherwise day first, as everywhere but in the United States.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, date, datetime, timedelta
from functools import cache

from reader.model import When
from reader.paths import shipped

EARLIEST_YEAR, LATEST_YEAR = 1900, 2100

_TIME = (
    r"(?P<hour>[01]?\d|2[0-4])\s*(?:[:.]|h|時|시|点)\s*(?P<minute>[0-5]\d)?(?!\d)"
    r"(?:\s*(?:分|분))?(?::(?P<second>[0-5]\d))?\s*(?P<half>[ap]\.?\s?m\b\.?)?"
    r"|(?P<hour_only>1[0-2]|0?[1-9])\s*(?P<half_only>[ap]\.?m\b\.?)"
)
_ZONE = r"\s*\(?(?P<zone>Z\b|UTC\b(?:[+-]\d\d?)?|GMT\b(?:[+-]\d\d?)?|[+-]\d\d:?\d\d)\)?"
_BETWEEN = r"[\s,;|/·•–—-]*(?:T|at|um|à|a las|alle|om|kl|klo|às|о|в|в|ore|ob|saat|@)?[\s.,:]*"
_AFTER = re.compile(rf"{_BETWEEN}(?:{_TIME})(?:{_ZONE})?", re.IGNORECASE)
_BEFORE = re.compile(
    rf"(?:{_TIME})(?:{_ZONE})?[\s,;|·•–—-]*(?:on|am|le|el|il|,)?\s*$", re.IGNORECASE
)
_ISO = re.compile(
    r"(?<!\d)(?P<y>(?:19|20)\d\d)-(?P<m>0[1-9]|1[0-2])-(?P<d>0[1-9]|[12]\d|3[01])(?!\d)"
)
_YEAR_FIRST = re.compile(
    r"(?<!\d)(?P<y>(?:19|20)\d\d)\s?[年년./](?:\s)?(?P<m>0?[1-9]|1[0-2])\s?[月월./]\s?"
    r"(?P<d>0?[1-9]|[12]\d|3[01])(?:\s?[日일])?(?!\d)"
)
_NUMBERS = re.compile(
    r"(?<![\d.,/-])(?P<a>[0-3]?\d)\s?(?P<sep>[./-])\s?(?P<b>[0-3]?\d)\s?(?P=sep)\s?"
    r"(?P<y>(?:19|20)\d\d|\d\d)(?![\d/-]|\.\d)"
)
_ORDINAL = r"(?:st|nd|rd|th|er|ère|º|ª|°|\.|-го|-a)?"
_OF = r"(?:\s+(?:de|d['’]|of|del|di|ta|an))?"
_FROM_TO = r"\s*(?:[-–]|bis)\s*\d{1,2}\.?"
_HAS_YEAR = re.compile(r"(?:19|20)\d\d|\d[./-]\d\d?[./-]\d\d|['’]\d\d")
_ONLY_DATE_WORDS = re.compile(r"[^\W\d_]+", re.UNICODE)
LABEL_WORDS = 6
"""Words that may stand with a date on a line that is only a date: `Last updated on Monday`."""


def parse(text: str) -> When | None:
    """The first date in `text`, ISO 8601 and as precise as it was told; None if there is none."""
    found = find(text)
    return found[0] if found else None


def parse_line(text: str) -> tuple[When, tuple[int, int]] | None:
    """The date of a line that is nothing but a date, perhaps with a weekday or a label (`Published
    on`), and its (start, end) in `text`; None for any other line."""
    found = find(text)
    if found is None:
        return None
    start, end = found[1]
    rest = text[:start] + " " + text[end:]
    if len(rest) > 60 or len(_ONLY_DATE_WORDS.findall(rest)) > LABEL_WORDS:
        return None
    if sum(letter.isdigit() for letter in rest) > 6:
        return None
    return found


def find(text: str) -> tuple[When, tuple[int, int]] | None:
    """The first date in `text` and its (start, end), with its time of day; None without one."""
    text = _western(text)
    if not _HAS_YEAR.search(text):
        return None
    best: tuple[int, int, date] | None = None
    for match in _candidates(text):
        day = _day(match, text)
        if day and (best is None or match.start() < best[0]):
            best = (match.start(), match.end(), day)
    if best is None:
        return None
    start, end, day = best
    if (time := _AFTER.match(text, end)) and (clock := _clock(time)):
        return When(f"{day.isoformat()}T{clock}"), (start, time.end())
    if (time := _BEFORE.search(text[:start])) and (clock := _clock(time)):
        return When(f"{day.isoformat()}T{clock}"), (time.start(), end)
    return When(day.isoformat()), (start, end)


def _candidates(text: str) -> list[re.Match[str]]:
    firsts = [pattern.search(text) for pattern in (_ISO, _YEAR_FIRST, _day_month(), _month_day())]
    return [*filter(None, firsts), *list(_NUMBERS.finditer(text))[:4]]


def _day(match: re.Match[str], text: str) -> date | None:
    parts = match.groupdict()
    year = int(parts["y"])
    if len(parts["y"]) == 2:
        year += 2000 if year < 70 else 1900
    if "name" in parts:
        month, day = _months()[_folded(parts["name"])], int(parts["d"])
    elif "sep" in parts:
        first, second = int(parts["a"]), int(parts["b"])
        # `1.2.24` is a version as likely as a day.
        if len(parts["y"]) == 2 and parts["sep"] != "/" and len(parts["a"] + parts["b"]) < 4:
            return None
        american = parts["sep"] == "/" and (_says_am_or_pm(text) or second > 12)
        month, day = (first, second) if american or second > 12 else (second, first)
    else:
        month, day = int(parts["m"]), int(parts["d"])
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _says_am_or_pm(text: str) -> bool:
    return bool(re.search(r"\d\s*[ap]\.?m\b", text, re.IGNORECASE))


def _clock(match: re.Match[str]) -> str | None:
    parts = match.groupdict()
    half = (parts["half"] or parts["half_only"] or "")[:1].lower()
    hour = int(parts["hour"] or parts["hour_only"])
    # `14 h` is an hour in French; `14.` and `14:` are not.
    bare = parts["hour"] and parts["minute"] is None and not half
    if bare and not re.search(r"[h時시点]", match[0], re.IGNORECASE):
        return None
    minute = int(parts["minute"] or 0)
    if half == "p" and hour < 12:
        hour += 12
    elif half == "a" and hour == 12:
        hour = 0
    if hour > 23 or (half and hour > 23):
        return None
    seconds = f":{parts['second']}" if parts["second"] else ""
    return f"{hour:02d}:{minute:02d}{seconds}{_offset(parts['zone'])}"


def _offset(zone: str | None) -> str:
    if not zone:
        return ""
    numbers = re.search(r"([+-])(\d\d?):?(\d\d)?", zone)
    if not numbers:
        return "+00:00"
    return f"{numbers[1]}{int(numbers[2]):02d}:{numbers[3] or '00'}"


def _western(text: str) -> str:
    """Digits of any script as 0 to 9, and odd spaces as spaces; the length stays."""
    if text.isascii():
        return text
    return "".join(
        str(unicodedata.decimal(c))
        if c.isdecimal() and not c.isascii()
        else " "
        if c in "\u00a0\u202f\u2009"
        else c
        for c in text
    )


def _folded(name: str) -> str:
    bare = unicodedata.normalize("NFD", name.replace("_", " ").casefold().rstrip("."))
    kept = "".join(c for c in bare if not unicodedata.combining(c) or "\u0900" <= c <= "\u0e7f")
    return re.sub(r"\s+", " ", kept)


@cache
def _months() -> dict[str, int]:
    """Folded name → number. Where languages mean different months, the first one listed wins."""
    names: dict[str, int] = {}
    for row in _rows():
        for number, forms in enumerate(row[1:], 1):
            for form in forms.split("/"):
                names.setdefault(_folded(form), number)
    return names


@cache
def _names() -> str:
    forms = {
        form.replace("_", " ") for row in _rows() for field in row[1:] for form in field.split("/")
    }
    forms |= {_without_marks(form) for form in forms}
    ordered = sorted(forms, key=len, reverse=True)
    return "|".join(re.escape(form).replace(r"\ ", r"\s") for form in ordered)


def _without_marks(form: str) -> str:
    bare = unicodedata.normalize("NFD", form)
    kept = "".join(c for c in bare if not unicodedata.combining(c) or "\u0900" <= c <= "\u0e7f")
    return unicodedata.normalize("NFC", kept)


@cache
def _rows() -> list[list[str]]:
    lines = (shipped("data") / "months.txt").read_text("utf-8").splitlines()
    return [line.split() for line in lines if line and not line.startswith("#")]


@cache
def _day_month() -> re.Pattern[str]:
    return re.compile(
        rf"(?<![\d.,])(?P<d>[0-3]?\d){_ORDINAL}(?:{_FROM_TO})?{_OF}[\s.,/-]*"
        rf"(?P<name>{_names()})\b\.?{_OF}[\s,./-]*(?:['’](?=\d\d\b))?"
        r"(?P<y>(?:19|20)\d\d|(?<=[-'’])\d\d)(?!\d)",
        re.IGNORECASE,
    )


@cache
def _month_day() -> re.Pattern[str]:
    return re.compile(
        rf"(?<!\w)(?P<name>{_names()})\b\.?\s*(?P<d>[0-3]?\d){_ORDINAL}"
        rf"(?:\s*[-–]\s*\d{{1,2}})?\s*[,.]?\s+(?:de\s+|,\s*)?(?P<y>(?:19|20)\d\d)(?!\d)",
        re.IGNORECASE,
    )


def moment(when: When) -> datetime:
    """`when` as an aware datetime in UTC: midnight where no hour is told, UTC where no zone is.

    Raises ValueError for what is not ISO 8601.
    """
    told = datetime.fromisoformat(when)
    return told.astimezone(UTC) if told.tzinfo else told.replace(tzinfo=UTC)


_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def ago(then: datetime, now: datetime) -> str:
    """How long ago, in a few letters: `now`, `5 min`, `2 h`, `Tue`, `12 Mar`, `12 Mar 2024`."""
    past = now - then
    if timedelta(0) <= past < timedelta(minutes=1):
        return "now"
    if timedelta(0) <= past < timedelta(hours=1):
        return f"{past.seconds // 60} min"
    if timedelta(0) <= past < timedelta(hours=20):
        return f"{past.seconds // 3600} h"
    local = then.astimezone(now.tzinfo)
    days = (now.date() - local.date()).days
    if 0 <= days <= 6:
        return "today" if days == 0 else "yesterday" if days == 1 else _DAYS[local.weekday()]
    dated = f"{local.day} {_MONTHS[local.month - 1]}"
    return dated if local.year == now.year else f"{dated} {local.year}"


def when(told: When, now: datetime | None = None) -> str:
    """A date in words: `Tue 3 Nov 2026, 14:05`. What does not parse stays as it is."""
    try:
        read = datetime.fromisoformat(told)
    except ValueError:
        return told
    words = f"{_DAYS[read.weekday()]} {read.day} {_MONTHS[read.month - 1]}"
    if now is None or read.year != now.year:
        words += f" {read.year}"
    return f"{words}, {read:%H:%M}" if "T" in told or " " in told else words
