"""What a refresh brings is compared after it was kept: made findable, then put into stories.

Both go a few articles to a transaction, so that the reading room never waits long, and may end at
any moment: what is in no story yet is known by just that, and the next time goes on with it. The
newest go first, for they are what is asked for.
"""

from __future__ import annotations

import math
import time
from typing import TYPE_CHECKING

from reader.store.states import UNCOMPARED
from reader.stories import keeping, respelling

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Sequence

    from reader.store import Cache

EVER = -(1 << 62)
"""Before all that was ever published: seconds before 1970 are below 0."""
INDEXED_AT_ONCE = 100
GROUPED_AT_ONCE = 10
SLICE = 400
"""Articles that are put into stories before the next are made findable, where time is short: none
is wanted in a story whose neighbours are not there yet, none in no story because others are not."""


def catch_up(cache: Cache, since: int = EVER, seconds: float = math.inf) -> int:
    """Compare what was not yet compared; how many articles are left.

    All are made findable; into stories go those that appeared `since` a moment (as the cache keeps
    them), for so many seconds of computing.
    """
    waiting = _waiting(cache, since)
    if not waiting:
        return 0
    with cache.explained():
        unindexed = keeping.unindexed(cache.reader())
    _index(cache, unindexed, math.inf)
    waiting = _waiting(cache, since)
    return _left(cache, len(waiting) - _group(cache, waiting, time.process_time() + seconds))


def keep_up(cache: Cache, seconds: float, slice: int = SLICE) -> int:
    """The same for so many seconds of computing in all, a slice of the newest after the other."""
    ends = time.process_time() + seconds
    left = _keep_up(cache, ends, slice)
    if not left:
        respelling.respell(cache, ends)
    return left


def _keep_up(cache: Cache, ends: float, slice: int) -> int:
    waiting = _waiting(cache, 0)
    for start in range(0, len(waiting), slice):
        part = waiting[start : start + slice]
        # In order of arrival: how rare a word is follows those that were there before.
        if _index(cache, sorted(part), ends) < len(part) or _group(cache, part, ends) < len(part):
            return _left(cache, len(_waiting(cache, 0)))
    return _left(cache, 0)


def _left(cache: Cache, count: int) -> int:
    """So many are left; whether any are is kept."""
    if not cache.readonly and bool(count) != cache.states.get(UNCOMPARED, False):
        cache.states.keep(UNCOMPARED, bool(count) or None)
    return count


def _waiting(cache: Cache, since: int) -> list[int]:
    if cache.readonly:
        return []
    with cache.explained():
        return keeping.ungrouped(cache.reader(), since)


def _index(cache: Cache, ids: Sequence[int], ends: float) -> int:
    """Make these findable, until a moment of this process's time; how many there was time for."""
    return _in_parts(cache, ids, INDEXED_AT_ONCE, keeping.index_many, ends)


def _group(cache: Cache, ids: Sequence[int], ends: float) -> int:
    """Put these into stories, likewise."""
    return _in_parts(cache, ids, GROUPED_AT_ONCE, keeping.group, ends)


def _in_parts(
    cache: Cache,
    ids: Sequence[int],
    at_once: int,
    compare: Callable[[sqlite3.Connection, Sequence[int]], None],
    ends: float,
) -> int:
    for start in range(0, len(ids), at_once):
        if time.process_time() >= ends:
            return start
        with cache.write() as conn:
            compare(conn, ids[start : start + at_once])
    return len(ids)
