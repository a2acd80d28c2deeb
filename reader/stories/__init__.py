"""What belongs together: which articles are like one, which are copies of it, and why.

Everything is worked out from the words of cleaned articles with integer tables in the cache; there
is no model and no service. The intake calls `index` inside the transaction that keeps an article,
and again when its text changes; asking needs only a connection that can read.
"""

from reader.stories.keeping import forget, index, rebuild
from reader.stories.ranking import Ranked, similar, similar_every

__all__ = ["Ranked", "forget", "index", "rebuild", "similar", "similar_every"]
