"""Whether two articles name the same people and places.

Two fires, two elections, the figures of two companies are told in the same words, and are not one
event: what tells them apart is whom and what they name. Of articles on one event the names have as
much in common as all words, so the cosine says how much to ask for. Of the AllSides pairs that were
put together and belong together, 4 of 626 fail it
(tests/benchmarks/fit_stories.py).
"""

from functools import cached_property

from reader.stories.vectors import Vector

LEAST_NAMES = 3
"""An article with fewer says nothing by them. Counted in words, or in pairs of letters where words
have no spaces between."""
LEAST_SHARE = 0.7
"""Part of the cosine that the share of names in common must reach."""
LEAST_COSINE = 0.1
"""Less alike are not put together in any case."""


class Named:
    """What one article names, against many others."""

    def __init__(self, own: Vector) -> None:
        self._own = own

    @cached_property
    def _terms(self) -> frozenset[int]:
        return frozenset(self._own.body.numbers)

    @cached_property
    def _names(self) -> dict[int, int]:
        return self._own.named()

    def is_foreign(self, other: Vector, cosine: float) -> bool:
        """Whether the names of neither are in the other, although so much else is."""
        if cosine < LEAST_COSINE or len(self._names) < LEAST_NAMES:
            return False
        least = LEAST_SHARE * cosine
        if _share(self._names, frozenset(other.body.numbers)) >= least:
            return False
        names = other.named()
        return len(names) >= LEAST_NAMES and _share(names, self._terms) < least


def _share(names: dict[int, int], terms: frozenset[int]) -> float:
    """How much of what is named is among the terms, by weight."""
    return sum([w for h, w in names.items() if h in terms]) / sum(names.values())
