"""What is new to a person: each sentence of an article marked against what they have read.

*Known* is a sentence of which all that matters was read before, also in other words; *new* one with
a fact, number, name, cause or denial not met; by-lines, captions, transitions and empty quotes are
neither. To dim something new is the one harmful error, so in doubt a sentence stays unmarked.

Nothing is stored and nothing asked: the marks follow from the texts alone.
"""

import math
from collections.abc import Sequence
from enum import StrEnum

from reader.stories.novelty_features import Look, Signs, look
from reader.stories.novelty_memory import LANGUAGE_CHARACTERS, Memory
from reader.text.sentences import sentences
from reader.text.terms import language_of

MARKED_CHARACTERS = 200_000
"""Of an article so much is marked; the sentences after it stay as they are."""

KNOWN_BIAS = -5.25
KNOWN_WEIGHTS = Signs(
    together=-0.96,
    verbatim=1.43,
    fresh_numbers=-0.63,
    fresh_names=-0.29,
    words=0.34,
    slight=-0.23,
    early=1.16,
    address=1.53,
    unended=-3.09,
    captioned=-3.44,
    neighbours=2.54,
    alike=4.97,
    plain=1.27,
    in_text=-1.27,
    in_nearest=4.05,
    solid=2.68,
    notice=-0.81,
    caption=0.20,
    asks=-3.38,
    specific=-0.44,
)
NEW_BIAS = 0.16
NEW_WEIGHTS = Signs(
    together=1.54,
    verbatim=-2.70,
    fresh_numbers=0.38,
    fresh_names=0.21,
    words=0.76,
    slight=-3.44,
    early=-1.00,
    address=-2.85,
    unended=-2.79,
    captioned=-0.83,
    neighbours=-1.45,
    alike=-5.23,
    plain=-0.35,
    in_text=0.28,
    in_nearest=-0.90,
    solid=-3.77,
    notice=-3.32,
    caption=-4.25,
    asks=-2.86,
    specific=0.60,
)
HALF = 0.45
"""On the fit half precision of known .870 to .875 for .002 of macro F1; it is there for the worst
errors: news with a name of its own amid a text that was read."""
KNOWN_FROM = 0.5
NEW_FROM = 0.44
"""Found by tests/benchmarks/fit_novelty.py on the labelled pairs of its half of the events. Before
touching them run bench_novelty.py beside it, which judges by the other half."""


class Mark(StrEnum):
    """What a sentence is to a person who has read the rest of its story."""

    NEW = "new"
    KNOWN = "known"
    NONE = ""


def marks(text: str, read_texts: Sequence[str]) -> list[tuple[str, Mark]]:
    """Each sentence of `text` as it stands there, with its mark against all of `read_texts`.

    Nothing is marked where nothing was read, or nothing in the same language.
    """
    spans = sentences(text)
    said = [text[start:end] for start, end in spans]
    marked = sum(end <= MARKED_CHARACTERS for _, end in spans)
    found = judge(said[:marked], read_texts)
    return list(zip(said, found + [Mark.NONE] * (len(said) - marked), strict=True))


def judge(said: Sequence[str], read_texts: Sequence[str]) -> list[Mark]:
    """The mark of each sentence of one article, given in order."""
    language = language_of(" ".join(said)[:LANGUAGE_CHARACTERS])
    memory = Memory(read_texts, language)
    if not memory:
        return [Mark.NONE] * len(said)
    return [mark(found) for found in look(said, memory, language)]


def mark(found: Look) -> Mark:
    """The mark of a sentence by its signs."""
    return decided(found, known(found.signs), new(found.signs), KNOWN_FROM, NEW_FROM)


def decided(found: Look, known: float, new: float, known_from: float, new_from: float) -> Mark:
    """The mark that two likelihoods make: what corrects or introduces is never known, and what is
    beside the news has none."""
    if found.beside:
        return Mark.NONE
    if known >= known_from and not found.introduces and not _goes_beyond(found.signs):
        return Mark.NEW if found.corrects else Mark.KNOWN
    return Mark.NEW if new >= new_from else Mark.NONE


def _goes_beyond(signs: Signs) -> bool:
    """Has it a name or number that is new to its passage, and hardly half of the rest was read?
    However well known its neighbours are, it says something of its own."""
    return signs.in_text < HALF and (signs.fresh_names > 0 or signs.fresh_numbers > 0)


def known(signs: Signs) -> float:
    """How likely a sentence is known, from 0 to 1."""
    return _logistic(signs, KNOWN_WEIGHTS, KNOWN_BIAS)


def new(signs: Signs) -> float:
    """How likely a sentence is new, from 0 to 1; with `known` at most about 1."""
    return _logistic(signs, NEW_WEIGHTS, NEW_BIAS)


def _logistic(signs: Signs, weights: Signs, bias: float) -> float:
    return 1 / (1 + math.exp(-bias - sum(map(float.__mul__, map(float, signs), weights))))
