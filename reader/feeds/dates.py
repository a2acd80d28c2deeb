"""Dates as feeds write them: RFC 822, W3C, and what else is found, as ISO 8601.

A date is as precise as it was told. Years outside 1900 to 2100 are no dates of news but empty
fields of some database (`0001-01-01`), and are taken for none.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from reader.model import When
from reader.text.dateword import ZONES

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec"
MONTHS = {name: number for number, name in enumerate(_MONTHS.split(), start=1)}
_ISO = re.compile(
    r"(?P<y>\d{4})(?:-?(?P<yd>\d{3})(?![\d-])|-(?P<m>\d\d?)(?:-(?P<d>\d\d?))?|(?P<m2>\d\d)(?P<d2>\d\d))?"
    r"(?:[Tt\s]+(?P<hour>\d\d?):?(?P<minute>\d\d)(?::?(?P<second>\d\d)(?:[.,]\d+)?)?"
    r"\s*(?P<half>[ap]m\b)?)?\s*(?P<zone>\S+)?",
    re.IGNORECASE,
)
_RFC = re.compile(
    r"(?:[^\W\d]+\.?,?\s*){0,2}(?P<d>\d\d?)(?:st|nd|rd|th|\.)?[\s-]+(?P<name>[^\W\d]+)\.?[\s,-]+"
    r"(?P<y>\d{4}|\d\d)"
    r"(?:[,T\s]+(?P<hour>\d\d?)[:.](?P<minute>\d\d)(?:[:.](?P<second>\d\d)(?:[.,]\d+)?)?"
    r"\s*(?P<half>[ap]m)?)?\s*\(?(?P<zone>[^\s()]+)?\)?(?:\s+\([^()]*\))?",
    re.IGNORECASE,
)
_AMERICAN = re.compile(
    r"(?:[^\W\d]+,?\s+)?(?P<name>[^\W\d]{3,})\.?\s+(?P<d>\d\d?),?\s+(?P<y>\d{4})"
    r"(?:[,\s]+(?P<hour>\d\d?):(?P<minute>\d\d)(?::(?P<second>\d\d))?"
    r"\s*(?P<half>[ap]m)?)?\s*(?P<zone>\S+)?",
    re.IGNORECASE,
)
_OFFSET = re.compile(r"(?:GMT|UTC?|Z)?\s*([+-])(\d\d?):?(\d\d)?", re.IGNORECASE)
_STAMP = re.compile(r"\d{9,10}(?:\d{3})?")
_PLACE = re.compile(r"(?:Z|[+-]\d\d:?\d\d)?\[?(?P<name>[A-Z]\w+(?:/[\w+-]+)+)\]?")
_IN_BRACKETS = re.compile(r"(?P<zone>Z|[+-]\d\d:?\d\d)(?:\[.*\]|Z)", re.IGNORECASE)
"""A zone with its name, as Java writes it."""
EARLIEST_YEAR, LATEST_YEAR = 1900, 2100
NO_MOMENT = "1970-01-01T00:00:00+00:00"
"""What becomes of the zero of an empty field."""


@lru_cache(maxsize=2048)
def when(told: str) -> When | None:
    """The date in `told`, ISO 8601; None if there is none."""
    told = " ".join(told[:200].split())
    if not told:
        return None
    for pattern in (_ISO, _RFC, _AMERICAN):
        if (match := pattern.fullmatch(told)) and (found := _built(match)):
            return None if found == NO_MOMENT else found
    if _STAMP.fullmatch(told):
        return _from_stamp(told)
    from reader.text import dates

    found = dates.parse(told)
    return None if found == NO_MOMENT else found


def _built(match: re.Match[str]) -> When | None:
    parts = match.groupdict()
    year = int(parts["y"])
    if len(parts["y"]) == 2:  # RFC 2822 §4.3
        year += 2000 if year < 50 else 1900
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        return None
    if "name" in parts:
        month = _month(parts["name"])
        day = int(parts["d"])
    elif parts["yd"]:
        told = datetime(year, 1, 1) + timedelta(days=int(parts["yd"]) - 1)
        month, day = told.month, told.day
    else:
        month, day = int(parts["m"] or parts["m2"] or 1), int(parts["d"] or parts["d2"] or 1)
    offset = _offset(parts["zone"])
    if not month or (offset is None and not parts.get("hour") and "name" not in parts):
        return None
    try:
        at = datetime(year, month, day)
        if not parts["hour"]:
            return When(at.date().isoformat())
        hour = int(parts["hour"])
        if half := (parts.get("half") or "").lower():
            hour = hour % 12 + (12 if half == "pm" else 0)
        second = min(int(parts["second"] or 0), 59)  # a leap second is told as the one before it
        if hour > 24 or int(parts["minute"]) > 59:
            return None
        at += timedelta(hours=hour, minutes=int(parts["minute"]), seconds=second)
        if offset is None:
            offset = _offset_at(parts["zone"], at)
    except (ValueError, OverflowError):
        return None
    precision = "seconds" if parts["second"] else "minutes"
    return When(at.isoformat(timespec=precision) + (offset or ""))


def _month(name: str) -> int | None:
    if number := MONTHS.get(name[:3].lower()):
        return number
    from reader.text.dateword import month_number

    try:
        return month_number(name)
    except KeyError:
        return None


def _offset(zone: str | None) -> str | None:
    """`+02:00`; "" if no zone is told, None if it is told in words that nobody knows."""
    if not zone:
        return ""
    if full := _IN_BRACKETS.fullmatch(zone):
        zone = full["zone"]
    if match := _OFFSET.fullmatch(zone):
        sign, hours, minutes = match.groups()
        if int(hours) > 14 or int(minutes or 0) > 59:
            return None
        return f"{sign}{int(hours):02d}:{minutes or '00'}"
    name = zone.upper().rstrip(".")
    if name in ("GMT", "UT", "UTC", "Z", "ETC/GMT", "ETC/UTC"):
        return "+00:00"
    return ZONES.get(name)


def _offset_at(zone: str, at: datetime) -> str | None:
    """The offset that a place has at a time of its own, `Europe/Berlin`; None if it is unknown."""
    if not (place := _PLACE.fullmatch(zone)):
        return None
    from zoneinfo import ZoneInfo

    try:
        told = f"{at.replace(tzinfo=ZoneInfo(place['name'])):%z}"
    except (KeyError, OSError):
        return None
    return f"{told[:3]}:{told[3:5]}"


def _from_stamp(told: str) -> When | None:
    """Seconds or milliseconds since 1970."""
    seconds = int(told) / (1000 if len(told) > 10 else 1)
    return When(datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds"))
