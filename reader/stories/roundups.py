"""Whether an article only touches what another is about: a briefing, a digest, a day's live blog or
a review of the week tells each of its events in one place, and what it has in common with a report
of one of them stands there alone. An article on the event, in however many parts, has it all over.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import accumulate

from reader.stories.vectors import Vector
from reader.text.sentences import sentences
from reader.text.stems import stemmer
from reader.text.terms import unspaced_in

READ_CHARACTERS = 5000
FEWEST_PARTS = 4
"""Parts without which an article has no place for several events."""
LEAST_CHARACTERS = 40
LEAST_WIDE_CHARACTERS = 12
"""What is shorter belongs to the part before it, as a heading does to what it stands over; the
second where letters are words."""
PLACE = 0.34
"""So much of an article, in a row, is one place of it."""
ALONE = 0.9
"""Share of what two articles have in common that stands in one place, if the one only touches it.
Of invented round-ups in three languages it is .91 and more; of 1,238 AllSides pairs of one event
that may be put together none has so much, and 5 of 1,066 others."""

HEAVIEST = 32
"""Words that tell whether an article may be a round-up. With fewer, one person who is in all of its
events would tell."""
LOCAL = 0.88
"""How far these stand in one place each if it may be. Of invented round-ups, two of them all about
one person, it is .91 and more; of 3,148 AllSides articles an eighth come so far."""
WHOLE = 255
"""A word that stands in one place only, as it is kept."""


def may_touch(local: bytes, v: Vector, its_weight: Mapping[int, int]) -> bool:
    """Whether an article of this `Parted.locality` could touch another, whose terms have these
    weights: never if too much of what it shares with it stands in several places."""
    shared = [
        (weight * its_weight[h], most)
        for h, weight, most in zip(v.body.numbers, v.body.weights, local, strict=False)
        if h in its_weight
    ]
    whole = sum(weight for weight, _ in shared)
    in_one_place = sum(weight * most for weight, most in shared)
    return bool(local) and in_one_place >= ALONE * WHOLE * whole


@lru_cache(maxsize=48)
def parts(text: str) -> Sequence[str]:
    """The parts of a text in small letters: its paragraphs, or if it has few its sentences."""
    text = text[:READ_CHARACTERS].lower()
    told = [line for line in text.split("\n") if line and not line.isspace()]
    if len(told) < FEWEST_PARTS:
        told = [text[start:end] for start, end in sentences(text)]
    least = LEAST_WIDE_CHARACTERS if unspaced_in(text) else LEAST_CHARACTERS
    found: list[str] = []
    for part in told:
        if found and len(part) < least:
            found[-1] += f" {part}"
        else:
            found.append(part)
    return found


class Parted:
    """An article in its parts, with where in it each of its heaviest words stands."""

    def __init__(self, text: str, v: Vector, language: str | None = None) -> None:
        self._parts = parts(text)
        self._stem = stemmer(language)
        self._width = max(1, int(PLACE * len(self._parts)))
        """How many parts are one place."""
        self._form_of = v.surface() if len(self._parts) >= FEWEST_PARTS else {}
        # The heaviest, which are those with forms, stand first.
        self._weight_of = dict(zip(self._form_of, v.body.weights, strict=False))
        self._places: dict[int, list[int]] = {}

    def locality(self) -> bytes:
        """How much of each of the heaviest words stands in one place, 255 for all, in the order
        of the vector, and 255 for the other words with a form, which are not looked for. Nothing if
        the heaviest do not stand in one place each, as those of a round-up do: what an article on
        one event is about is all over it."""
        weight = self._weight_of.__getitem__
        heaviest = sorted(self._form_of, key=weight, reverse=True)[:HEAVIEST]
        may_spread = (1 - LOCAL) * sum(map(weight, heaviest))
        kept = {}
        for h in heaviest:
            most = self._most_in_one_place(h)
            may_spread -= weight(h) * (1 - most)
            if may_spread < 0:
                return b""
            kept[h] = math.ceil(WHOLE * most)
        return bytes(kept.get(h, WHOLE) for h in self._form_of)

    def touches(self, its_weight: Mapping[int, int]) -> bool:
        """Whether what it shares with another article, whose terms have these weights, stands in
        one place alone. The heaviest words are looked for first: a few of them mostly tell that
        it does not."""
        common = sorted(
            (
                (self._weight_of[h] * its_weight[h], h)
                for h in self._form_of.keys() & its_weight.keys()
            ),
            reverse=True,
        )
        left = sum(weight for weight, _ in common)
        shares = [0.0] * len(self._parts)
        for weight, h in common:
            left -= weight
            if where := self._where(h):
                for at in where:
                    shares[at] += weight / len(where)
                if self._fullest(shares) + left < ALONE * (sum(shares) + left):
                    return False
        return any(shares) and self._fullest(shares) >= ALONE * sum(shares)

    def _where(self, h: int) -> list[int]:
        """The parts in which a word stands as it is written, or its stem: to take every part to
        words would cost ten times as much."""
        if (where := self._places.get(h)) is None:
            form = self._form_of[h].lower()
            if self._stem and " " not in form:
                form = self._stem(form) or form
            where = self._places[h] = [at for at, part in enumerate(self._parts) if form in part]
        return where

    def _most_in_one_place(self, h: int) -> float:
        """Share of a word that stands in the place that has most of it; all of what stands nowhere
        as it is written."""
        where = self._where(h)
        most = max(
            (bisect_left(where, at + self._width) - n for n, at in enumerate(where)), default=0
        )
        return most / len(where) if where else 1.0

    def _fullest(self, shares: Sequence[float]) -> float:
        """What stands in the fullest place."""
        upto = [0.0, *accumulate(shares)]
        return max([end - start for start, end in zip(upto, upto[self._width :], strict=False)])
