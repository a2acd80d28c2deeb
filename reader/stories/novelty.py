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

KNOWN_BIAS = -4.16
KNOWN_WEIGHTS = Signs(
    in_two=-0.07,
    verbatim=0.96,
    fresh_numbers=-0.68,
    fresh_names=-0.35,
    words=0.59,
    slight=-0.08,
    early=0.84,
    later=-0.36,
    unended=-1.75,
    captioned=-2.59,
    following=0.54,
    nearby=2.64,
    alike=2.82,
    plain=0.49,
    in_text=-1.93,
    in_nearest=2.11,
    solid=2.95,
    notice=-1.91,
    caption=0.05,
    asks=-1.24,
    opinion=-1.98,
    quoted_runs=2.33,
    quoted_unread=-1.10,
    unread_run=-1.43,
    recurring=-0.87,
    resumes=-0.65,
    late=-0.65,
)
NEW_BIAS = -0.55
NEW_WEIGHTS = Signs(
    in_two=1.45,
    verbatim=-1.39,
    fresh_numbers=0.66,
    fresh_names=0.32,
    words=0.63,
    slight=-2.49,
    early=-1.05,
    later=0.35,
    unended=-2.95,
    captioned=-1.90,
    following=-0.48,
    nearby=-0.85,
    alike=-3.89,
    plain=-0.48,
    in_text=-0.14,
    in_nearest=-0.64,
    solid=-1.94,
    notice=-3.58,
    caption=-4.07,
    asks=-1.84,
    opinion=-2.93,
    quoted_runs=-1.49,
    quoted_unread=0.88,
    unread_run=0.30,
    recurring=0.53,
    resumes=1.16,
    late=-0.26,
)
HALF = 0.45
LITTLE = 0.25
"""Neither costs anything in cross-validation; they are there for the worst errors: news with a name
of its own, or of which nothing was read, amid a text that was read."""
KNOWN_FROM = 0.58
SURER = 0.08
"""So much more is asked for where hardly anything of the article was read. Costs nothing in
cross-validation either, and a quarter of what is called known by chance is not."""
NEW_FROM = 0.42
"""Found by tests/benchmarks/fit_novelty.py on the labelled pairs of its split. It prints what they
are worth in cross-validation. Before touching them run bench_novelty.py beside it too, which judges
by other events where some are labelled."""


class Mark(StrEnum):
    """What a sentence is to a person who has read the rest of its story."""

    NEW = "new"
    KNOWN = "known"
    NONE = ""


def marks(text: str, read_texts: Sequence[str], *, later: bool = False) -> list[tuple[str, Mark]]:
    """Each sentence of `text` as it stands there, with its mark against all of `read_texts`.

    `later` says that it came a day or more after all of them: then it tells what happened since,
    and for that repeats what was told.
    Nothing is marked where nothing was read, or nothing in the same language.
    """
    spans = sentences(text)
    said = [text[start:end] for start, end in spans]
    marked = sum(end <= MARKED_CHARACTERS for _, end in spans)
    found = judge(said[:marked], read_texts, later=later)
    return list(zip(said, found + [Mark.NONE] * (len(said) - marked), strict=True))


def judge(said: Sequence[str], read_texts: Sequence[str], *, later: bool = False) -> list[Mark]:
    """The mark of each sentence of one article, given in order."""
    language = language_of(" ".join(said)[:LANGUAGE_CHARACTERS])
    memory = Memory(read_texts, language)
    if not memory:
        return [Mark.NONE] * len(said)
    return [mark(found) for found in look(said, memory, language, later=later)]


def mark(found: Look) -> Mark:
    """The mark of a sentence by its signs."""
    return decided(found, known(found.signs), new(found.signs), KNOWN_FROM, NEW_FROM)


def decided(found: Look, known: float, new: float, known_from: float, new_from: float) -> Mark:
    """The mark that two likelihoods make: what corrects is never known, and what is beside the news
    has none."""
    if found.beside:
        return Mark.NONE
    known_from += SURER * found.elsewhere
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
