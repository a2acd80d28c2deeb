"""Moments as the cache keeps them: whole seconds since 1970, UTC."""

from datetime import UTC, datetime


def seconds(moment: datetime) -> int:
    return int(moment.timestamp())


def moment(stamp: int) -> datetime:
    return datetime.fromtimestamp(stamp, UTC)


def sort_stamp(told: str | None, seen: int) -> int:
    """Where an article stands in lists: when it was published (or at least copied by another
    reader), or else first seen.

    A date in the future would hold its place at the top for ever; it counts as seen now.
    """
    stamp = _stamp(told) if told else None
    return seen if stamp is None else min(stamp, seen)


def _stamp(when: str) -> int | None:
    padded = {4: "-01-01", 7: "-01"}.get(len(when), "")
    try:
        found = datetime.fromisoformat(when + padded)
        return int((found if found.tzinfo else found.replace(tzinfo=UTC)).timestamp())
    except (ValueError, OverflowError):
        return None
