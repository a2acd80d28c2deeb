"""One article's terms packed into the blob of `article_vec`, and two of them compared.

The blob holds what comparing needs and what forgetting needs: term numbers with their weights, one
byte each, the first `posted` of them those that stand in `posted`; the same of the title; the
shingles; and how the terms are written that may be named as a reason.

Weights carry the rarity a term had on the day the article was indexed. Rarity looked up anew for
each comparison costs twice as much; it scores the same where days are known, .005 better in MAP
where not. Indexing all articles again gains nothing.
"""

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from struct import Struct
from typing import NamedTuple
from zlib import compress, decompress

from reader.stories.features import Features

TITLE_SHARE = 0.1
"""Part of a score that the titles alone decide. Found with the weights of `features`."""
POSTED = 48
"""Terms by which an article can be found, those that weigh most and are rare."""
NAMEABLE = 100
"""Terms whose spelling is kept, heaviest first."""

_HEAD = Struct("<BBBBHff")
_FORM = 1
_NAME = "\t"
"""Stands before what is a name by other signs than a capital."""


@dataclass(slots=True)
class Terms:
    """Terms with whole weights from 1 to 255, and the length of their vector."""

    numbers: tuple[int, ...]
    weights: bytes
    length: float

    def weight_of(self) -> dict[int, int]:
        return dict(zip(self.numbers, self.weights, strict=True))


class Names(NamedTuple):
    """What an article names."""

    weight_of: Mapping[int, float]
    is_signed: bool
    """Whether they are names by other signs than a capital, which titles and sentences have too."""


@dataclass(slots=True)
class Vector:
    """What is kept of an article."""

    body: Terms
    posted: int
    title: Terms
    packed_shingles: bytes
    packed_surface: bytes

    @property
    def shingles(self) -> tuple[int, ...]:
        """What tells near copies; unpacked when asked for, as of most articles it never is."""
        return _numbers(len(self.packed_shingles) // 4, self.packed_shingles)

    def surface(self) -> dict[int, str]:
        """How the heaviest terms are written."""
        written = self._written().replace(_NAME, "").split("\n")
        return dict(zip(self.body.numbers, written, strict=False))

    def named(self) -> Names:
        """What single words of it are names: by the signs of names in their language, or if there
        are none by their capitals. A name of many pairs of letters counts once."""
        written = self._written()
        terms = zip(self.body.numbers, self.body.weights, written.split("\n"), strict=False)
        if _NAME not in written:
            capital = {h: w for h, w, form in terms if form != form.lower() and " " not in form}
            return Names(capital, False)
        signed = [(h, w, form) for h, w, form in terms if form.startswith(_NAME)]
        pairs = Counter(form for _, _, form in signed)
        return Names({h: w / pairs[form] for h, w, form in signed}, True)

    def _written(self) -> str:
        return decompress(self.packed_surface).decode()


def vector(features: Features) -> Vector:
    """The vector of an article: the terms by which it is found first, then the others."""
    rare = features.rarity
    finding = {h: s * rare[h] for h, s in features.strength.items()}
    order = sorted(finding, key=lambda h: (-finding[h], h))
    weight = {h: features.strength[h] * math.sqrt(rare[h]) for h in order}
    written = "\n".join(
        (_NAME if h in features.named else "") + features.surface[h] for h in order[:NAMEABLE]
    )
    return Vector(
        body=_terms(weight),
        posted=min(POSTED, len(order)),
        title=_terms({h: math.sqrt(rare[h]) for h in features.title}),
        packed_shingles=Struct(f"<{len(features.shingles)}I").pack(*features.shingles),
        packed_surface=compress(written.encode(), 6),
    )


def pack(v: Vector) -> bytes:
    """The blob, in an order of bytes that is the same on every machine."""
    numbers = (*v.body.numbers, *v.title.numbers)
    head = _HEAD.pack(
        _FORM,
        len(v.body.numbers),
        v.posted,
        len(v.title.numbers),
        len(v.packed_shingles) // 4,
        v.body.length,
        v.title.length,
    )
    packed = Struct(f"<{len(numbers)}I").pack(*numbers)
    weights = v.body.weights + v.title.weights
    return head + packed + v.packed_shingles + weights + v.packed_surface


def unpack(blob: bytes) -> Vector:
    """What `pack` packed."""
    _, words, posted, titles, shingles, length, title_length = _HEAD.unpack_from(blob)
    numbers = _numbers(words + titles, blob, _HEAD.size)
    copied = _HEAD.size + 4 * len(numbers)
    weights = copied + 4 * shingles
    title_weights = weights + words
    spelling = title_weights + titles
    return Vector(
        Terms(numbers[:words], blob[weights:title_weights], length),
        posted,
        Terms(numbers[words:], blob[title_weights:spelling], title_length),
        blob[copied:weights],
        blob[spelling:],
    )


def _numbers(count: int, packed: bytes, start: int = 0) -> tuple[int, ...]:
    return _layout(count).unpack_from(packed, start)


@cache
def _layout(count: int) -> Struct:
    """Kept: to make one takes longer than to unpack by it."""
    return Struct(f"<{count}I")


class Query:
    """One vector against many."""

    def __init__(self, v: Vector) -> None:
        self._body = v.body.weight_of()
        self._body_length = v.body.length
        self._title = v.title.weight_of()
        self._title_length = v.title.length

    def cosine(self, other: Vector) -> float:
        """How much of what matters in one matters in the other too, from 0 to 1."""
        return self.cosines(other)[0]

    def cosines(self, other: Vector) -> tuple[float, float]:
        """The cosine, and that of the titles alone: 0 where one has none."""
        body = _product(self._body, other.body) / (self._body_length * other.body.length or 1)
        lengths = self._title_length * other.title.length
        if not lengths:
            return min(1.0, body), 0.0
        title = _product(self._title, other.title) / lengths
        return min(1.0, (1 - TITLE_SHARE) * body + TITLE_SHARE * title), min(1.0, title)


def _product(weight_of: Mapping[int, int], other: Terms) -> int:
    both = zip(other.numbers, other.weights, strict=True)
    return sum([weight_of[h] * weight for h, weight in both if h in weight_of])


def _terms(weight_of: Mapping[int, float]) -> Terms:
    heavy = {h: w for h, w in weight_of.items() if w > 0}
    scale = 255 / max(heavy.values(), default=1)
    whole = {h: max(1, round(w * scale)) for h, w in heavy.items()}
    return Terms(tuple(whole), bytes(whole.values()), math.sqrt(sum(w * w for w in whole.values())))
