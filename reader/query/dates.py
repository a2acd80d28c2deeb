"""Days as a query names them: `2026-01-31`, `2026-01`, `2026`, `3d`, `2w`, `today`, `a..b`.

A day is one of the person's own: it begins at midnight where they are.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from reader import clock

CALENDAR = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
AGO = re.compile(r"(\d{1,5})(h|d|w|m|y)")
HOURS = {"h": 1, "d": 24, "w": 7 * 24, "m": 30 * 24, "y": 365 * 24}
ALWAYS = (-(2**62), 2**62)


def span(text: str) -> tuple[int, int] | None:
    """The seconds from the first of `text` to the first after it; None if it names no time."""
    first, dots, last = text.strip().lower().partition("..")
    if not dots:
        return _one(first)
    begin = _one(first) if first else ALWAYS
    end = _one(last) if last else ALWAYS
    return (begin[0], end[1]) if begin and end and (first or last) else None


def _one(text: str) -> tuple[int, int] | None:
    today = clock.now().astimezone().replace(hour=0, minute=0, second=0, microsecond=0)
    if text == "today":
        return _stamp(today), _stamp(_day(today, 1))
    if text == "yesterday":
        return _stamp(_day(today, -1)), _stamp(today)
    if ago := AGO.fullmatch(text):
        hours = int(ago[1]) * HOURS[ago[2]]
        now = int(clock.now().timestamp())
        return now - hours * 3600, ALWAYS[1]
    if calendar := CALENDAR.fullmatch(text):
        return _calendar(*(int(part) if part else None for part in calendar.groups()))
    return None


def _calendar(year: int | None, month: int | None, day: int | None) -> tuple[int, int] | None:
    try:
        begin = datetime(year or 0, month or 1, day or 1).astimezone()
        if day:
            end = _day(begin, 1)
        elif month:
            end = datetime(begin.year + month // 12, month % 12 + 1, 1).astimezone()
        else:
            end = datetime(begin.year + 1, 1, 1).astimezone()
        return _stamp(begin), _stamp(end)
    except (ValueError, OverflowError, OSError):
        return None


def _day(day: datetime, later: int) -> datetime:
    """Midnight so many days later, also over a change of the clocks."""
    return (day.replace(tzinfo=None) + timedelta(days=later)).astimezone()


def _stamp(moment: datetime) -> int:
    return int(moment.astimezone(UTC).timestamp())
