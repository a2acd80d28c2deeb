"""When to ask a source again: often enough for what it publishes, never sooner than it wishes.

    base one hour, between half an hour and a day by how often it publishes
      → not before what the server and the feed say (max-age, Expires, ttl, sy:update…)
      → spread by a tenth, so that not all are asked at once
      → not within the hours and days that the feed skips

The rules are those of research on Miniflux, NetNewsWire and the complaints of people who run feeds:
once a schedule is kept across restarts, no start is a reason to ask.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from reader.feeds.model import Rhythm
from reader.noun import Noun

HOUR = 3600
DAY = 24 * HOUR
BASE_SECONDS = HOUR
SHORTEST_SECONDS = HOUR // 2
LONGEST_SECONDS = DAY
LONGEST_FRESH_SECONDS = 5 * HOUR
"""What is believed of max-age and Expires: some say sixteen years (NetNewsWire caps likewise)."""
LONGEST_TOLD_SECONDS = DAY
"""What is believed of ttl and sy:update…, which some set to weeks once and forget."""
LONGEST_RETRY_SECONDS = DAY
PLAIN_RETRY_SECONDS = 4 * HOUR
"""Where a server asks for patience but not for how much (429 without Retry-After)."""
OFFLINE_SECONDS = 60
"""Where this machine is not online. It costs nobody anything to find that out again."""
PAGE_SECONDS = 6 * HOUR
PAGE_LONGEST_SECONDS = 7 * DAY
LOOKS_BETWEEN_ENTRIES = 2
"""How many times to look, on average, for each entry."""
ENTRIES_LOOKED_AT = 20
SPREAD = 0.1


class Hints(Noun):
    """What a feed itself says of how often to ask."""

    wait_seconds: int = 0
    skip_hours: frozenset[int] = frozenset()
    """Of the day in UTC, 0 to 23."""
    skip_days: frozenset[int] = frozenset()
    """Of the week in UTC, Monday is 0."""

    @classmethod
    def of(cls, rhythm: Rhythm) -> Hints:
        """Those of a feed. One that skips every hour or day says nothing."""
        wait = max((rhythm.ttl_minutes or 0) * 60, rhythm.period_seconds or 0)
        hours, days = frozenset(rhythm.skip_hours), frozenset(rhythm.skip_days)
        return cls(
            wait,
            hours if len(hours) < 24 else frozenset(),
            days if len(days) < 7 else frozenset(),
        )


NO_HINTS = Hints()


def next_check(
    now: datetime,
    published: Sequence[datetime],
    hints: Hints = NO_HINTS,
    fresh_seconds: int | None = None,
    *,
    chance: float | None = None,
) -> datetime:
    """When to ask a feed again after it answered; `published` are the moments of its entries.

    `chance` from 0 to 1 is what the spread is drawn with.
    """
    usual = interval_seconds(now, published) * (1 - SPREAD + 2 * SPREAD * _drawn(chance))
    fresh = min(fresh_seconds or 0, LONGEST_FRESH_SECONDS)
    told = max(fresh, min(hints.wait_seconds, LONGEST_TOLD_SECONDS))
    wait = max(usual, told * (1 + SPREAD * _drawn(chance)))
    return without_skipped(now + timedelta(seconds=round(wait)), hints)


def interval_seconds(now: datetime, published: Sequence[datetime]) -> float:
    """How long to wait by how often a feed publishes: a part of the mean gap of late."""
    known = sorted((moment for moment in published if moment <= now), reverse=True)
    if len(known) < 2:
        return BASE_SECONDS
    latest = known[:ENTRIES_LOOKED_AT]
    gap = (now - latest[-1]).total_seconds() / len(latest)
    return min(max(gap / LOOKS_BETWEEN_ENTRIES, SHORTEST_SECONDS), LONGEST_SECONDS)


def without_skipped(moment: datetime, hints: Hints) -> datetime:
    """`moment`, or the first full hour after it that the feed does not skip."""
    at = moment.astimezone(UTC)
    for _ in range(7 * 24):
        if at.hour not in hints.skip_hours and at.weekday() not in hints.skip_days:
            return at
        at = at.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    return moment


def after_failure(
    now: datetime, fails: int, hints: Hints = NO_HINTS, *, chance: float | None = None
) -> datetime:
    """When to try again after so many failures in a row: an hour, two, four … a day."""
    wait = min(BASE_SECONDS * 2 ** min(max(fails, 1) - 1, 10), LONGEST_SECONDS)
    at = now + timedelta(seconds=round(wait * (1 + SPREAD * _drawn(chance))))
    return without_skipped(at, hints)


def when_online(now: datetime) -> datetime:
    """When to try again after nobody could be reached: at the next occasion."""
    return now + timedelta(seconds=OFFLINE_SECONDS)


def next_look(now: datetime, changed: datetime | None, *, chance: float | None = None) -> datetime:
    """When to look again at a page that is watched: the longer it stays the same, the later."""
    still = (now - changed).total_seconds() / 4 if changed else 0
    wait = min(max(still, PAGE_SECONDS), PAGE_LONGEST_SECONDS)
    return now + timedelta(seconds=round(wait * (1 + SPREAD * _drawn(chance))))


def patience_seconds(status: int, retry_seconds: int | None) -> int | None:
    """How long a host is to be left alone after this answer; None if it asked for nothing.

    Retry-After was made for 429 and 503, and comes with other refusals as well (403, 500, 502).
    """
    if status < 400:
        return None
    if retry_seconds is not None:
        return min(retry_seconds, LONGEST_RETRY_SECONDS)
    return PLAIN_RETRY_SECONDS if status == 429 else None


def _drawn(chance: float | None) -> float:
    return random.random() if chance is None else chance  # noqa: S311 - nothing secret
