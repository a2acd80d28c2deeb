"""Whether two articles name the same people and places.

Two fires, two elections, the figures of two companies are told in the same words, and are not one
event: what tells them apart is whom and what they name. Of articles on one event the names have as
much in common as all words, so the cosine says how much to ask for. Of the AllSides pairs that were
put together and belong together, 4 of 626 fail it
(tests/benchmarks/fit_stories.py).
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property

from reader.stories.vectors import Names, Vector
from reader.text.stems import stemmer

LEAST_NAMES = 3
"""An article with fewer says nothing by them. Counted in words, or in pairs of letters where words
have no spaces between."""
LEAST_SHARE = 0.7
"""Part of the cosine that the share of names in common must reach."""
LEAST_SIGNED_SHARE = 1.0
"""The same where names are told by other signs than capitals (`reader.text.signs`): of 150 invented
articles in six languages those of one event reach 2, those told in the same words 0.7. And where
words are compared by their stems: of 24 pairs of one event in seven languages one fails it, which
fails .7 too; of two events in one town it lets 3 pairs into one story where .7 lets 6."""
LEAST_COSINE = 0.1
"""Less alike are not put together in any case."""
LEAST_BEGINNING = 5
ALIKE = 0.7
"""Two forms are of one name if they begin with so many of the same letters, and with so much of
the longer: `Altenwied` and `Altenwieder`, `Светлая` and `Светлой`."""


class Named:
    """What one article names, against many others."""

    def __init__(self, own: Vector, language: str | None = None) -> None:
        self._own = own
        self._least_share = LEAST_SIGNED_SHARE if stemmer(language) else LEAST_SHARE

    @cached_property
    def _terms(self) -> frozenset[int]:
        return frozenset(self._own.body.numbers)

    @cached_property
    def _names(self) -> Names:
        return self._own.named()

    @cached_property
    def _forms(self) -> Mapping[str, list[str]]:
        return _by_beginning(self._own.surface().values())

    def is_foreign(self, other: Vector, cosine: float) -> bool:
        """Whether the names of neither are in the other, although so much else is."""
        own = self._names
        if cosine < LEAST_COSINE or len(own.weight_of) < LEAST_NAMES:
            return False
        least = cosine * (LEAST_SIGNED_SHARE if own.is_signed else self._least_share)
        met = self._terms.intersection(other.body.numbers)
        if _share(own, met) >= least:
            return False
        its = other.named()
        if len(its.weight_of) < LEAST_NAMES or _share(its, self._terms) >= least:
            return False
        # Forms are looked at last: few come to this, and it costs more than all before.
        forms = _by_beginning(other.surface().values())
        return (
            _share(own, met | _bent(own, self._own, forms)) < least
            and _share(its, self._terms | _bent(its, other, self._forms)) < least
        )


def _share(names: Names, terms: frozenset[int]) -> float:
    """How much of what is named is among the terms, by weight."""
    shared = sum([w for h, w in names.weight_of.items() if h in terms])
    return shared / sum(names.weight_of.values())


def _bent(names: Names, v: Vector, forms: Mapping[str, list[str]]) -> frozenset[int]:
    """The names of an article that stand among the forms with another ending."""
    written = v.surface()
    return frozenset(h for h in names.weight_of if _stands(written[h].lower(), forms))


def _stands(name: str, forms: Mapping[str, list[str]]) -> bool:
    return any(are_forms(name, form) for form in forms.get(name[:LEAST_BEGINNING], ()))


def are_forms(word: str, other: str) -> bool:
    """Whether two words in small letters are one but for its ending."""
    least = max(LEAST_BEGINNING, math.ceil(ALIKE * max(len(word), len(other))))
    return len(word) >= least and other.startswith(word[:least])


def _by_beginning(forms: Iterable[str]) -> Mapping[str, list[str]]:
    """The forms of single words by how they begin."""
    found: dict[str, list[str]] = defaultdict(list)
    for form in forms:
        if " " not in form and len(form) >= LEAST_BEGINNING:
            found[form[:LEAST_BEGINNING].lower()].append(form.lower())
    return found
