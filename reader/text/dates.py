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
from reader.text.dateword import ZONES, month_names, month_number, weekday_names

EARLIEST_YEAR, LATEST_YEAR = 1900, 2100

THAI_ERA = 543
"""Years by which Thai calendars are ahead; only with a Thai month are they believed."""
FAR = 10_000
"""Characters of a text that are searched; a date further on is not the date of the text."""

_TIME = (
    r"(?P<half_before>[上下]午|凌晨|早上|晚上|午[前後]|오[전후]|[ap]m\b)?\s*(?:"
    r"(?P<hour>[01]?\d|2[0-4])\s*(?P<mark>[:.]|h|時|时|시|点)\s*(?P<minute>[0-5]\d)?(?!\d)\s*[分분]?"
    r"(?::(?P<second>[0-5]\d)(?:[.,]\d{1,9})?)?"
    r"\s*(?P<half>[ap]\.?\s?m\b\.?|[πμ]\.?\s?μ\b\.?|[صم](?!\w))?"
    r"|(?P<hour_only>1[0-2]|0?[1-9])\s*(?P<half_only>[ap]\.?\s?m\b\.?)"
    r")(?P<uhr>\s*Uhr\b)?"
)
_AFTERNOON = re.compile("p|下|晚|[午오][後후]|μ|م", re.IGNORECASE)
_FORENOON = re.compile("a|上|凌|早|[午오][前전]|π|ص", re.IGNORECASE)
_ZONE = (
    r"\s*\(?(?P<zone>Z\b|(?:UTC|GMT)\b(?:\s?[+-]\d\d?(?::?\d\d)?(?!\d))?|[+-]\d\d:?\d\d(?!\d)|"
    rf"(?-i:{'|'.join(ZONES)})\b)\)?"
)
_AT = (
    r"a las|a la|às|à|alle|alla|at|um|ore|ora|om|kl|klo|ob|saat|time|uur|o godz|godz|la|в|о|об|"
    r"года|года|року|року|рік|году|г|р|ساعة|الساعة|στις|around"
)
_ISO = re.compile(
    r"(?<!\d)(?P<y>(?:19|20)\d\d)-(?P<m>0[1-9]|1[0-2])-(?P<d>0[1-9]|[12]\d|3[01])(?!\d)"
)
_YEAR_FIRST = re.compile(
    r"(?<![\d.])(?P<y>(?:19|20)\d\d)\s?[年년./-]\s?(?P<m>0?[1-9]|1[0-2])\s?[月월./-]\s?"
    r"(?P<d>3[01]|[12]\d|0?[1-9])(?:\s?[日일])?(?!\d)"
)
_NUMBERS = re.compile(
    r"(?<![\d.,/-])(?P<a>[0-3]?\d)\s?(?P<sep>[./-])\s?(?P<b>[0-3]?\d)\s?(?P=sep)\s?"
    r"(?P<y>(?:19|20)\d\d|\d\d)(?![\d/-]|\.\d)"
)
_ORDINAL = r"(?:st|nd|rd|th|er|ère|º|ª|°|\.|-го|-a)?"
_OF = r"(?:\s+(?:de|d['’]|of|del|di|ta|an|năm))?"
_ENDS = r"(?:\b|(?!\w))"
"""The end of a month's name; in Hindi it may be a vowel sign, which is no letter."""
_FROM_TO = r"\s*(?:[-–]|bis)\s*\d{1,2}\.?"
_HAS_YEAR = re.compile(r"(?:19|20|25)\d\d|\d[./-]\d\d?[./-]\d\d|['’–-]\d\d")
_ONLY_DATE_WORDS = re.compile(r"[^\W\d_]+", re.UNICODE)
TIME_BEFORE = 60
"""Characters before a date in which its time may stand."""
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
    text = _western(text[:FAR])
    if not _HAS_YEAR.search(text):
        return None
    best: tuple[int, int, date, re.Match[str]] | None = None
    for match in _candidates(text):
        day = _day(match, text)
        if day and (best is None or match.start() < best[0]):
            best = (match.start(), match.end(), day, match)
    if best is None:
        return None
    start, end, day, match = best
    if "hour" in match.groupdict() and (clock := _clock(match)):
        return When(f"{day.isoformat()}T{clock}"), (start, end)
    if (time := _after().match(text, end)) and (clock := _clock(time)):
        return When(f"{day.isoformat()}T{clock}"), (start, time.end())
    near = max(0, start - TIME_BEFORE)
    if (time := _before().search(text[near:start])) and (clock := _clock(time)):
        return When(f"{day.isoformat()}T{clock}"), (near + time.start(), end)
    return When(day.isoformat()), (start, end)


def _candidates(text: str) -> list[re.Match[str]]:
    patterns = (_ISO, _YEAR_FIRST, _day_month(), _month_day(), _year_month(), _asctime())
    firsts = [pattern.search(text) for pattern in patterns]
    return [*filter(None, firsts), *list(_NUMBERS.finditer(text))[:4]]


def _day(match: re.Match[str], text: str) -> date | None:
    parts = match.groupdict()
    year = int(parts["y"])
    if len(parts["y"]) == 2:
        year += 2000 if year < 70 else 1900
    if "name" in parts:
        parts["name"] = parts["name"] or parts["gada"]
        month, day = month_number(parts["name"]), int(parts["d"])
        if year > LATEST_YEAR and "\u0e00" <= parts["name"][0] <= "\u0e7f":
            year -= THAI_ERA
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
    half = parts["half_before"] or parts["half"] or parts["half_only"] or ""
    hour = int(parts["hour"] or parts["hour_only"])
    if parts["hour"] and not (half or parts["uhr"]):
        # `14 h` is an hour in French; `14.` and `14:` are not, and `3.50` is a price.
        if parts["minute"] is None and parts["mark"] in ".:":
            return None
        if parts["mark"] == "." and len(parts["hour"]) == 1 and not parts.get("at"):
            return None
    minute = int(parts["minute"] or 0)
    if _AFTERNOON.match(half) and hour < 12:
        hour += 12
    elif _FORENOON.match(half) and hour == 12:
        hour = 0
    if hour > 23:
        return None
    seconds = f":{parts['second']}" if parts["second"] else ""
    return f"{hour:02d}:{minute:02d}{seconds}{_offset(parts['zone'])}"


def _offset(zone: str | None) -> str:
    if not zone:
        return ""
    if zone in ZONES:
        return ZONES[zone]
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


@cache
def _after() -> re.Pattern[str]:
    """A time that stands behind a date, perhaps with the weekday between them."""
    return re.compile(
        rf"(?:[\s,;:.|/·•–—@-]|T(?=\d)|\(?(?:{weekday_names()}|[月火水木金土日])\b\.?\)?"
        rf"|(?P<at>\b(?:{_AT})\b)){{0,12}}(?:{_TIME})(?:{_ZONE})?",
        re.IGNORECASE,
    )


@cache
def _before() -> re.Pattern[str]:
    """A time that stands before a date."""
    return re.compile(
        rf"(?<![\d.,:])(?:{_TIME})(?:{_ZONE})?[\s,;|·•–—-]{{0,4}}"
        rf"(?:(?:on|am|le|el|il|den|the|{weekday_names()})\b[\s,.]{{0,3}}){{0,2}}$",
        re.IGNORECASE,
    )


@cache
def _day_month() -> re.Pattern[str]:
    return re.compile(
        rf"(?<![\d.,])(?P<d>[0-3]?\d){_ORDINAL}(?:{_FROM_TO})?{_OF}[\s.,/-]{{0,4}}"
        rf"(?P<name>{month_names()}){_ENDS}\.?{_OF}[\s,./-]{{0,4}}(?:['’](?=\d\d\b))?"
        r"(?P<y>(?:19|20|25)\d\d|(?<=[-'’])\d\d)(?!\d)",
        re.IGNORECASE,
    )


@cache
def _month_day() -> re.Pattern[str]:
    return re.compile(
        rf"(?<!\w)(?P<name>{month_names()}){_ENDS}\.?\s{{0,3}}(?P<d>[0-3]?\d){_ORDINAL}"
        rf"(?:\s*[-–]\s*\d{{1,2}})?\s?[,.]?\s{{1,3}}(?:de\s|,\s?)?['’]?"
        r"(?P<y>(?:19|20)\d\d|(?<=['’])\d\d)(?!\d)",
        re.IGNORECASE,
    )


@cache
def _year_month() -> re.Pattern[str]:
    """`2026. április 20.`, `2026 m. balandžio 20 d.`, `2026. gada 20. aprīlis`, `2026-Apr-20`."""
    return re.compile(
        rf"(?<![\d.])(?P<y>(?:19|20)\d\d)(?:\.\s?|\sm\.\s?|[\s-])"
        rf"(?:(?P<name>{month_names()}){_ENDS}\.?[\s-]|gada\s(?=\d\d?\.\s(?P<gada>{month_names()}){_ENDS}))"
        r"(?P<d>[0-3]?\d)(?!\d)(?:\.\s(?P=gada))?",
        re.IGNORECASE,
    )


@cache
def _asctime() -> re.Pattern[str]:
    """`Sat May  5 14:43:00 UTC 2026`, as C's asctime and date(1) write it."""
    return re.compile(
        rf"(?<!\w)(?P<name>{month_names()})\s{{1,2}}(?P<d>[0-3]?\d)\s(?:{_TIME})(?:{_ZONE})?"
        r"\s(?P<y>(?:19|20)\d\d)(?!\d)",
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


def ago(then: datetime, now: datetime, *, brief: bool = False) -> str:
    """How long ago, in a few letters: `now`, `5 min ago`, `2 h ago`, `Tue`, `12 Mar 2024`.

    `brief` without "ago": only where no time that something takes to read stands beside it.
    """
    past_in_words = "" if brief else " ago"
    past = now - then
    if timedelta(0) <= past < timedelta(minutes=1):
        return "now"
    if timedelta(0) <= past < timedelta(hours=1):
        return f"{past.seconds // 60} min{past_in_words}"
    if timedelta(0) <= past < timedelta(hours=20):
        return f"{past.seconds // 3600} h{past_in_words}"
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
