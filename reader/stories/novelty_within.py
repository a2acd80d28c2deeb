"""How each sentence stands to the rest of its own article, whatever was read.

What an article comes back to is its own subject. A sentence made of such words shares them with any
text on the event, so that they stood there too says little of whether it was told; and one that
takes up the words of the sentence before it goes on from there, mostly to something further.
"""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import chain

Weights = Mapping[str, float]
"""The words of a sentence, each with how much of it hangs on that word."""


def recurring(sentences: Sequence[Weights]) -> list[float]:
    """For each sentence the mean of ln(how many sentences have a word of it), by weight."""
    times = Counter(chain.from_iterable(sentences))
    often = {key: math.log(count) for key, count in times.items() if count > 1}
    return [
        sum(weight * often[key] for key, weight in weights.items() if key in often)
        / (sum(weights.values()) or 1.0)
        for weights in sentences
    ]


def resumed(sentences: Sequence[Weights]) -> list[float]:
    """For each sentence the share of it that stood in the sentence before it."""
    before: Sequence[Weights] = [{}, *sentences]
    return [
        sum(map(weights.__getitem__, weights.keys() & earlier.keys()))
        / (sum(weights.values()) or 1.0)
        for earlier, weights in zip(before, sentences, strict=False)
    ]


def nearness(distance: int) -> float:
    """1 for what stands at an end of the article, less for each sentence further from it."""
    return math.exp(-distance / 3)
