"""Whether an article only touches what another is about: a briefing, a digest, a day's live blog or
a review of the week tells each of its events in one place, and what it has in common with a report
of one of them stands there alone. An article on the event, in however many parts, has it all over.
"""

from __future__ import annotations

from collections.abc import Sequence

from reader.stories.vectors import Vector
from reader.text.sentences import sentences
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


def parts(text: str) -> list[str]:
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


def touches(told: Sequence[str], own: Vector, other: Vector) -> bool:
    """Whether an article in these parts, with this vector, has what it shares with the other in one
    place alone."""
    if len(told) < FEWEST_PARTS:
        return False
    shares = _shares(told, own, other)
    width = max(1, int(PLACE * len(told)))
    fullest = max(sum(shares[at : at + width]) for at in range(len(told) - width + 1))
    return fullest >= ALONE * sum(shares) > 0


def _shares(told: Sequence[str], own: Vector, other: Vector) -> Sequence[float]:
    """How much of what two articles have in common each part of the first has. Words are looked for
    as they are written: to take every part to words would cost ten times as much."""
    its_weight = other.body.weight_of()
    shares = [0.0] * len(told)
    weights = own.body.weights
    for (h, form), weight in zip(own.surface().items(), weights, strict=False):
        if h in its_weight:
            form = form.lower()
            where = [at for at, part in enumerate(told) if form in part]
            for at in where:
                shares[at] += weight * its_weight[h] / len(where)
    return shares
