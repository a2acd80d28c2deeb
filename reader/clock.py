"""The clock of ages and schedules, which tests may set; never that of time-outs."""

import os
from datetime import UTC, datetime, timedelta

from reader.errors import UsageError

LONGEST_WAIT = timedelta(days=9)
"""No schedule waits longer: a day and the week that a feed may skip, or a week for a page."""


def now() -> datetime:
    """The present moment, aware and in UTC; `BROADSHEET_NOW` (ISO 8601) replaces it.

    Raises UsageError if that is no moment.
    """
    if told := os.environ.get("BROADSHEET_NOW"):
        try:
            moment = datetime.fromisoformat(told)
        except ValueError as error:
            said = f"BROADSHEET_NOW is {told!r}, which is no moment: write it as 2026-03-01T08:00Z"
            raise UsageError(said) from error
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return datetime.now(UTC)


def is_over(until: datetime, now: datetime) -> bool:
    """Has a wait ended? One that is longer than any has: a wrong clock would keep it for years."""
    return not now < until <= now + LONGEST_WAIT
