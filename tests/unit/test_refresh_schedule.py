"""When a source is asked again."""

from datetime import UTC, datetime, timedelta

import pytest

from reader.feeds import schedule
from reader.feeds.model import Rhythm
from reader.feeds.schedule import DAY, HOUR, Hints, next_check

NOON = datetime(2025, 3, 3, 12, tzinfo=UTC)  # a Monday


def every(hours: float, count: int = 30) -> list[datetime]:
    return [NOON - timedelta(hours=hours * (n + 1)) for n in range(count)]


NO_HINTS = Hints()


def wait(published=(), hints=NO_HINTS, fresh=None, chance=0.5) -> float:
    return (next_check(NOON, published, hints, fresh, chance=chance) - NOON).total_seconds()


@pytest.mark.parametrize(
    ("published", "seconds"),
    [
        ((), HOUR),
        (every(0.1), HOUR / 2),
        (every(4), 2 * HOUR),
        (every(24), 12 * HOUR),
        (every(24 * 30), DAY),
        ([NOON + timedelta(days=9)] * 5, HOUR),
    ],
    ids=["unknown", "all the time", "every four hours", "daily", "monthly", "in the future"],
)
def test_a_feed_is_asked_by_how_often_it_publishes(published, seconds):
    assert wait(published) == seconds


def test_no_two_are_asked_at_once():
    assert wait(chance=0) == pytest.approx(0.9 * HOUR)
    assert wait(chance=1) == pytest.approx(1.1 * HOUR)


@pytest.mark.parametrize(
    ("hints", "fresh", "least"),
    [
        (Hints(wait_seconds=2 * HOUR), None, 2 * HOUR),
        (Hints(), 7200, 7200),
        (Hints(), 500_000_000, schedule.LONGEST_FRESH_SECONDS),
        (Hints(wait_seconds=90 * DAY), None, DAY),
        (Hints(wait_seconds=60), 60, 0.9 * HOUR),
    ],
)
@pytest.mark.parametrize("chance", [0.0, 1.0])
def test_never_sooner_than_it_wishes(hints, fresh, least, chance):
    assert least <= wait((), hints, fresh, chance) <= 1.1 * max(least, HOUR)


def test_hours_and_days_that_it_skips():
    evening = Hints(skip_hours=frozenset({13, 14, 15}))
    rest_of_week = Hints(skip_days=frozenset(range(6)))
    assert schedule.after_failure(NOON, 1, evening, chance=0).hour == 16

    assert next_check(NOON, (), evening, chance=0.5) == NOON.replace(hour=16)
    assert next_check(NOON, (), rest_of_week, chance=0.5) == datetime(2025, 3, 9, tzinfo=UTC)


def test_hints_of_a_feed():
    rhythm = Rhythm(ttl_minutes=30, period_seconds=7200, skip_hours=(1, 2), skip_days=(6,))

    assert Hints.of(rhythm) == Hints(7200, frozenset({1, 2}), frozenset({6}))
    assert Hints.of(Rhythm(skip_hours=tuple(range(24)))) == Hints()


@pytest.mark.parametrize(
    ("status", "told", "wait"),
    [
        (429, 120, 120),
        (503, 10**9, DAY),
        (429, None, 4 * HOUR),
        (503, None, None),
        (500, 120, 120),
        (500, None, None),
        (200, 120, None),
    ],
)
def test_how_long_a_host_is_left_alone(status, told, wait):
    assert schedule.patience_seconds(status, told) == wait


def test_a_page_that_stays_the_same_is_looked_at_ever_more_seldom():
    fresh = schedule.next_look(NOON, NOON, chance=0) - NOON
    month = schedule.next_look(NOON, NOON - timedelta(days=20), chance=0) - NOON
    year = schedule.next_look(NOON, NOON - timedelta(days=400), chance=0) - NOON

    assert [wait.total_seconds() / HOUR for wait in (fresh, month, year)] == [6, 120, 168]
