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

KNOWN_BIAS = -5.47
KNOWN_WEIGHTS = Signs(
    in_two=-0.85,
    verbatim=2.09,
    fresh_numbers=-0.68,
    fresh_names=-0.34,
    words=0.61,
    slight=0.87,
    early=0.71,
    address=1.58,
    unended=-4.45,
    captioned=-4.81,
    following=0.57,
    nearby=3.31,
    alike=3.70,
    plain=1.26,
    in_text=-1.85,
    in_nearest=2.46,
    solid=2.56,
    notice=-1.06,
    caption=0.51,
    asks=-2.65,
    opinion=0.25,
    opens_quote=-0.54,
    closes_quote=-0.52,
    unread_run=-1.08,
)
NEW_BIAS = 0.45
NEW_WEIGHTS = Signs(
    in_two=1.86,
    verbatim=-2.19,
    fresh_numbers=0.56,
    fresh_names=0.30,
    words=0.58,
    slight=-3.23,
    early=-0.72,
    address=-2.30,
    unended=-3.63,
    captioned=-0.58,
    following=-0.71,
    nearby=-1.17,
    alike=-4.34,
    plain=-0.96,
    in_text=-0.27,
    in_nearest=-0.52,
    solid=-2.47,
    notice=-3.26,
    caption=-5.31,
    asks=-3.10,
    opinion=-5.72,
    opens_quote=0.38,
    closes_quote=0.62,
    unread_run=0.68,
)
HALF = 0.45
LITTLE = 0.25
"""Neither costs anything in cross-validation; they are there for the worst errors: news with a name
of its own, or of which nothing was read, amid a text that was read."""
KNOWN_FROM = 0.58
NEW_FROM = 0.5
"""Found by tests/benchmarks/fit_novelty.py on the labelled pairs of its split. Before touching them
run bench_novelty.py beside it, which judges by other events."""


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
    """The mark that two likelihoods make: what corrects is never known, and what is beside the news
    has none."""
    if found.beside:
        return Mark.NONE
    if known >= known_from and not _goes_beyond(found.signs):
        return Mark.NEW if found.corrects else Mark.KNOWN
    return Mark.NEW if new >= new_from else Mark.NONE


def _goes_beyond(signs: Signs) -> bool:
    """Was hardly any of it read, or hardly half, and it has a name or number that is new to its
    passage? However well known its neighbours are, it says something of its own."""
    fresh = signs.fresh_names > 0 or signs.fresh_numbers > 0
    return signs.in_two < LITTLE or (fresh and signs.in_text < HALF)


def known(signs: Signs) -> float:
    """How likely a sentence is known, from 0 to 1."""
    return _logistic(signs, KNOWN_WEIGHTS, KNOWN_BIAS)


def new(signs: Signs) -> float:
    """How likely a sentence is new, from 0 to 1; with `known` at most about 1."""
    return _logistic(signs, NEW_WEIGHTS, NEW_BIAS)


def _logistic(signs: Signs, weights: Signs, bias: float) -> float:
    return 1 / (1 + math.exp(-bias - sum(map(float.__mul__, map(float, signs), weights))))
