"""What belongs together: which articles are like one, which are copies of it, which tell one story.

Everything is worked out from the words of cleaned articles with integer tables in the cache; there
is no model and no service. The intake calls `index` inside the transaction that keeps an article,
and again when its text changes; asking needs only a connection that can read.
"""

from reader.stories.duplicates import Fold, duplicates
from reader.stories.keeping import catch_up, forget, index, rebuild
from reader.stories.ranking import Ranked, similar, similar_every

__all__ = [
    "Fold",
    "Ranked",
    "catch_up",
    "duplicates",
    "forget",
    "index",
    "rebuild",
    "similar",
    "similar_every",
]
