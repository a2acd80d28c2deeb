"""How probable it is that two articles tell one story.

Where both days are known: a logistic rule on cosine, cosine of the titles and days apart. Where one
is not: on the cosine and on how close each of the two is to its next but one neighbour, for in a
crowd a likeness says less, and there only what is very alike counts. Both were fitted on AllSides,
its events spread over sixty days as if fifty articles came a day, and judged by halves of its
events (tests/benchmarks/fit_stories.py).
"""

import math
from collections.abc import Sequence
from typing import NamedTuple

MOST_DAYS = 10
"""Articles further apart tell one story only if one is a copy of the other."""
DATED_BASE = -10.0
DATED_COSINE = 24.15
DATED_TITLE = 1.31
DATED_DAYS = -2.91
UNDATED_BASE = -5.61
UNDATED_COSINE = 31.46
UNDATED_CROWD = -39.3
"""Weights of the logistic rules, for the square roots of the cosines and the logarithm of one more
than the days."""
LEAST_CROWD = 0.25
MOST_CROWD = 0.42
"""How little, how much company counts where a day is unknown: a cache of a few articles cannot say
how usual a likeness is, and a great event is a crowd of its own."""
COMPANY = 3
"""Neighbours that tell of a crowd: two beside the other."""
CERTAIN = 1.0
"""Of copies, whatever their days."""
FOREIGN = -0.5
"""Of two that name others (`reader.stories.named`): less than nothing, so that a round-up of two
events, which is like both, does not bring them together."""


class Likeness(NamedTuple):
    """What two articles have in common, whenever they appeared; each from 0 to 1."""

    cosine: float
    """Below 0 if they name others, in so like words."""
    title: float
    """Cosine of the titles alone."""
    contained: float
    """How much of the smaller text is in the other, where that makes it a copy; else 0."""


def sameness(like: Likeness, days: int | None, crowd: float) -> float:
    """From 0 to 1, or `FOREIGN`. `days` lie between them, None if a day is unknown; `crowd` counts
    only then."""
    if like.contained:
        return CERTAIN
    if like.cosine < 0:
        return FOREIGN
    if days is None:
        crowd = min(MOST_CROWD, max(LEAST_CROWD, crowd))
        odds = UNDATED_BASE + UNDATED_COSINE * math.sqrt(like.cosine) + UNDATED_CROWD * crowd
    elif days > MOST_DAYS:
        return 0.0
    else:
        odds = DATED_BASE + DATED_COSINE * math.sqrt(like.cosine)
        odds += DATED_TITLE * math.sqrt(like.title) + DATED_DAYS * math.log1p(days)
    return 1 / (1 + math.exp(-odds))


def company(nearest: Sequence[tuple[float, int]], other: int) -> float:
    """How close the next but one neighbour is, `other` not counted; of its nearest, best first."""
    others = [cosine for cosine, id in nearest[:COMPANY] if id != other]
    return others[1] if len(others) > 1 else 0.0
