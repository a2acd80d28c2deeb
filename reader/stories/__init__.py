"""What belongs together: which articles are like one, which are copies of it, which tell one story.

Everything is worked out from the words of cleaned articles with integer tables in the cache; there
is no model and no service. The intake calls `index` inside the transaction that keeps an article,
and again when its text changes; asking needs only a connection that can read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from reader.stories.comparing import catch_up, keep_up
    from reader.stories.keeping import forget, index, rebuild
    from reader.stories.ranking import Ranked, similar, similar_every
    from reader.stories.respelling import respell

ROOMS = {
    "catch_up": "comparing",
    "forget": "keeping",
    "index": "keeping",
    "keep_up": "comparing",
    "rebuild": "keeping",
    "respell": "respelling",
    "Ranked": "ranking",
    "similar": "ranking",
    "similar_every": "ranking",
}
"""Where each is found. Imported when it is asked for: the front page, which is the first sight of
the reading room, needs none of them but the copies."""

__all__ = [
    "Ranked",
    "catch_up",
    "forget",
    "index",
    "keep_up",
    "rebuild",
    "respell",
    "similar",
    "similar_every",
]


def __getattr__(name: str) -> Any:
    if name not in ROOMS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{ROOMS[name]}"), name)
