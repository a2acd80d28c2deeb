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

KNOWN_BIAS = -6.57
KNOWN_WEIGHTS = Signs(
    together=5.43,
    verbatim=4.79,
    fresh_numbers=-0.89,
    fresh_names=-0.26,
    words=0.80,
    slight=-1.93,
    early=1.11,
    address=1.67,
    unended=-2.17,
    shouted=4.79,
    furniture=-0.24,
    captioned=-3.84,
    neighbours=2.83,
    in_step=1.66,
)
NEW_BIAS = 0.63
NEW_WEIGHTS = Signs(
    together=-3.06,
    verbatim=-5.58,
    fresh_numbers=0.58,
    fresh_names=0.12,
    words=0.60,
    slight=-3.18,
    early=-0.95,
    address=-2.32,
    unended=-5.19,
    shouted=-3.76,
    furniture=-1.28,
    captioned=-2.43,
    neighbours=-1.71,
    in_step=-0.43,
)
KNOWN_FROM = 0.58
NEW_FROM = 0.5
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
    if known(found.signs) >= KNOWN_FROM:
        return Mark.NEW if found.corrects else Mark.KNOWN
    return Mark.NEW if new(found.signs) >= NEW_FROM else Mark.NONE


def known(signs: Signs) -> float:
    """How likely a sentence is known, from 0 to 1."""
    return _logistic(signs, KNOWN_WEIGHTS, KNOWN_BIAS)


def new(signs: Signs) -> float:
    """How likely a sentence is new, from 0 to 1; with `known` at most about 1."""
    return _logistic(signs, NEW_WEIGHTS, NEW_BIAS)


def _logistic(signs: Signs, weights: Signs, bias: float) -> float:
    return 1 / (1 + math.exp(-bias - sum(map(float.__mul__, map(float, signs), weights))))
