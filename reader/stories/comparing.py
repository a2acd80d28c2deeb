"""What a refresh brings is compared after it was kept: made findable, then put into stories.

Both go a few articles to a transaction, so that the reading room never waits long, and may end at
any moment: what is in no story yet is known by just that, and the next time goes on with it. The
newest go first, for they are what is asked for.
"""

from __future__ import annotations

import math
import time
from typing import TYPE_CHECKING

from reader.stories import keeping

if TYPE_CHECKING:
    from reader.store import Cache

INDEXED_AT_ONCE = 100
GROUPED_AT_ONCE = 10


def catch_up(cache: Cache, since: int = 0, seconds: float = math.inf) -> int:
    """Compare what was not yet compared; how many articles are left.

    All are made findable; into stories go those that appeared `since` a moment (as the cache keeps
    them), for so many seconds of computing.
    """
    if cache.readonly:
        return 0
    with cache.explained():
        conn = cache.reader()
        if not keeping.ungrouped(conn, since):
            return 0
        unindexed = keeping.unindexed(conn)
    for start in range(0, len(unindexed), INDEXED_AT_ONCE):
        with cache.write() as conn:
            keeping.index_many(conn, unindexed[start : start + INDEXED_AT_ONCE])
    with cache.explained():
        waiting = keeping.ungrouped(cache.reader(), since)
    ends = time.process_time() + seconds
    for start in range(0, len(waiting), GROUPED_AT_ONCE):
        if time.process_time() >= ends:
            return len(waiting) - start
        with cache.write() as conn:
            keeping.group(conn, waiting[start : start + GROUPED_AT_ONCE])
    return 0
