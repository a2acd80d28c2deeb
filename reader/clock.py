"""The clock of ages and schedules, which tests may set; never that of time-outs."""

import os
from datetime import UTC, datetime


def now() -> datetime:
    """The present moment, aware and in UTC; `BROADSHEET_NOW` (ISO 8601) replaces it."""
    if told := os.environ.get("BROADSHEET_NOW"):
        moment = datetime.fromisoformat(told)
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return datetime.now(UTC)
