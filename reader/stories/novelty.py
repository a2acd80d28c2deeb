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

KNOWN_BIAS = -6.21
KNOWN_WEIGHTS = Signs(
    together=3.51,
    verbatim=1.71,
    fresh_numbers=-0.74,
    fresh_names=-0.38,
    words=0.71,
    slight=-2.19,
    early=1.30,
    address=1.50,
    unended=-7.07,
    shouted=4.16,
    furniture=-0.45,
    captioned=-4.88,
    neighbours=2.75,
    in_step=0.84,
    alike=4.87,
    plain=1.17,
)
NEW_BIAS = 0.23
NEW_WEIGHTS = Signs(
    together=-1.18,
    verbatim=-3.50,
    fresh_numbers=0.50,
    fresh_names=0.23,
    words=0.69,
    slight=-2.79,
    early=-1.06,
    address=-2.58,
    unended=-3.12,
    shouted=-2.35,
    furniture=-1.36,
    captioned=-2.37,
    neighbours=-1.71,
    in_step=-0.32,
    alike=-4.81,
    plain=-0.45,
)
KNOWN_FROM = 0.48
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
    """The mark that two likelihoods make: what corrects or introduces is never known."""
    if known >= known_from and not found.introduces:
        return Mark.NEW if found.corrects else Mark.KNOWN
    return Mark.NEW if new >= new_from else Mark.NONE


def known(signs: Signs) -> float:
    """How likely a sentence is known, from 0 to 1."""
    return _logistic(signs, KNOWN_WEIGHTS, KNOWN_BIAS)


def new(signs: Signs) -> float:
    """How likely a sentence is new, from 0 to 1; with `known` at most about 1."""
    return _logistic(signs, NEW_WEIGHTS, NEW_BIAS)


def _logistic(signs: Signs, weights: Signs, bias: float) -> float:
    return 1 / (1 + math.exp(-bias - sum(map(float.__mul__, map(float, signs), weights))))
