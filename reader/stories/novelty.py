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

KNOWN_BIAS = -5.69
KNOWN_WEIGHTS = Signs(
    in_two=-1.01,
    verbatim=0.54,
    fresh_numbers=-0.76,
    fresh_names=-0.33,
    words=0.79,
    slight=0.69,
    early=0.84,
    unended=-3.67,
    captioned=-5.80,
    following=0.55,
    nearby=2.98,
    alike=2.92,
    plain=0.52,
    in_text=-1.14,
    in_nearest=2.35,
    solid=3.08,
    notice=-1.71,
    caption=0.60,
    asks=-1.86,
    opinion=-0.71,
    quoted_runs=2.60,
    quoted_unread=-0.84,
    unread_run=-1.30,
)
NEW_BIAS = 0.48
NEW_WEIGHTS = Signs(
    in_two=1.68,
    verbatim=-1.30,
    fresh_numbers=0.56,
    fresh_names=0.29,
    words=0.46,
    slight=-2.94,
    early=-0.79,
    unended=-3.11,
    captioned=-0.77,
    following=-0.45,
    nearby=-1.05,
    alike=-3.93,
    plain=-0.12,
    in_text=-0.51,
    in_nearest=-0.13,
    solid=-3.08,
    notice=-3.46,
    caption=-5.22,
    asks=-3.23,
    opinion=-4.13,
    quoted_runs=-1.64,
    quoted_unread=0.67,
    unread_run=0.81,
)
HALF = 0.45
LITTLE = 0.25
"""Neither costs anything in cross-validation; they are there for the worst errors: news with a name
of its own, or of which nothing was read, amid a text that was read."""
KNOWN_FROM = 0.58
NEW_FROM = 0.5
"""Found by tests/benchmarks/fit_novelty.py on the labelled pairs of its split. It prints what they
are worth in cross-validation. Before touching them run bench_novelty.py beside it too, which judges
by other events where some are labelled."""


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
