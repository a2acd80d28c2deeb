"""The signs by which a sentence is told to be known, new or neither: a few cheap numbers each.

What carries is how much of a sentence stood together in one read passage, weighed by rarity, and
how well its neighbours were covered; what warns is a number or a name that stood nowhere near.
Numbers found by reading, not here: see `reader.stories.novelty`.
"""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from heapq import nlargest
from typing import NamedTuple

from reader.stories.novelty_memory import (
    RUN,
    Form,
    Forms,
    Memory,
    forms_of,
    is_stop,
    is_weekday,
    runs,
    tokens,
)

CANDIDATES = 6
"""Passages looked at closely, those that share most."""
CLOSE = 0.6
"""A passage counts as a candidate if it shares so much of what the best one shares."""
LITTLE = 0.4
"""With less than this of it in any passage, and two fresh names, a third of the known were new."""
WORDS_OF_SENTENCE = 400
"""What is longer is no sentence; so much of it is looked at."""

_ADDRESS = re.compile(r"https?://|www\.|(?:^|\s)@\w|pic\.twitter")
_ENDED = re.compile(r"[.!?…。！？｡।॥؟۔][\"'”’»«)\]）」』]*\Z")
_FURNITURE = re.compile(
    r"\b(?:getty|afp|file photo|photo|photograph|caption|advertisement|newsletters?|subscribe"
    r"|sign up|follow (?:us|him|her|me|@|\w+ on)|copyright|contribut(?:ed|ing) to|click here"
    r"|read (?:more|the)|watch:|more:|related:?|story continue[sd]|playback|slideshow|tips?"
    r"|download|licensing|editor['’]s note|updated (?:at|on)|enlarge this"
    r"|foto|bild|archivbild|newsletter|abonnieren|mehr zum thema|lesen sie|lire aussi|abonnez"
    r"|publicité|crédits?|suscríbete|lea también|publicidad|leggi anche|iscriviti|leia também"
    r"|assine|lees ook|фото|подпис\w+|читайте также)\b|©"
)
"""Words of captions, credits and invitations, on the page but not in the news; small letters."""
_CREDIT = re.compile(r"^\W*(?:[^\W\d_][\w.'’-]*\s){0,4}[^\W\d_][\w.'’-]*/[^\W\d_]")
"""`REUTERS/Kevin Lamarque`, `(Jo Day/Daily Herald via AP)`: before it stands a caption."""


class Signs(NamedTuple):
    """What is measured of one sentence. Shares are from 0 to 1 and weighed by rarity."""

    together: float
    """Share of it that stood in one read passage and the next."""
    verbatim: float
    """Share of it in runs of words that were read so."""
    fresh_numbers: float
    """How many of its numbers stood nowhere near the passages like it; two count as many."""
    fresh_names: float
    """The same of its words with capitals; three count as many."""
    words: float
    """ln(1 + its words)."""
    slight: float
    """How far it is below six words that say something, from 0 to 1."""
    early: float
    """1 for the first sentence of an article, less for each further."""
    address: float
    """1 if it holds a web address or an account's name."""
    unended: float
    """1 if no stop ends it, as in headings and by-lines."""
    shouted: float
    """Share of words all in capitals."""
    furniture: float
    """1 if it has a word of captions, credits or invitations."""
    captioned: float
    """1 if a picture's credit follows."""
    neighbours: float
    """Mean share of the sentence before and the one after that stood in one passage."""
    in_step: float
    """How much of it and of its neighbours stood in passages that were neighbours too."""
    alike: float
    """Words it has in common with the best passage, of all words of the two."""
    plain: float
    """Share of its words without capitals and figures that stood around the best passage."""


@dataclass(slots=True)
class Look:
    """A sentence beside the passages most like it."""

    signs: Signs
    corrects: bool
    """It repeats a passage, but with another number, or denies what was said, or no longer does."""
    introduces: bool
    """It has little of any passage, and names that none of those like it has."""


@dataclass(slots=True)
class _Sentence:
    tokens: list[str]
    forms: list[Form]
    weights: dict[str, float]
    numbers: set[str]
    names: set[str]
    shared: dict[int, float]
    best: int | None
    most: float
    """Share of its weight that stands in the best passage."""


def look(sentences: Sequence[str], memory: Memory, language: str | None) -> list[Look]:
    """Measure each sentence of one article against what was read."""
    forms = forms_of(language)
    taken = [_taken(sentence, memory, forms) for sentence in sentences]
    looks: list[Look] = []
    for n, (text, sentence) in enumerate(zip(sentences, taken, strict=True)):
        beside = [taken[m] for m in (n - 1, n + 1) if 0 <= m < len(taken)]
        following = sentences[n + 1] if n + 1 < len(sentences) else ""
        looks.append(_look(n, text, sentence, beside, following, memory))
    return looks


def _taken(text: str, memory: Memory, known_forms: Forms) -> _Sentence:
    said = [token for token in tokens(text) if not is_stop(token)][:WORDS_OF_SENTENCE]
    forms = [known_forms[token] for token in said]
    weights: dict[str, float] = {}
    numbers: set[str] = set()
    names: set[str] = set()
    for n, (token, form) in enumerate(zip(said, forms, strict=True)):
        for key in form.keys:
            weight = memory.weight(key, form.run)
            weights[key] = max(weight, weights.get(key, 0.0))
            if key[0].isdigit():
                numbers.add(key)
            elif n and token[0].isupper() and not is_weekday(form.run):
                names.add(key)
    shared = memory.overlaps(weights)
    most = max(shared.values(), default=0.0)
    best = min((p for p, held in shared.items() if held == most), default=None)
    whole = sum(weights.values()) or 1.0
    return _Sentence(
        said,
        forms,
        weights,
        numbers,
        names,
        shared,
        best,
        most=most / whole,
    )


def _look(
    n: int,
    text: str,
    sentence: _Sentence,
    beside: Sequence[_Sentence],
    following: str,
    memory: Memory,
) -> Look:
    alike = nlargest(CANDIDATES, sentence.shared, key=sentence.shared.__getitem__)
    together = _together(sentence, alike, memory)
    floor = CLOSE * sentence.shared[alike[0]] if alike else 0.0
    near: set[str] = set()
    denied = False
    for passage in (p for p in alike if sentence.shared[p] >= floor):
        for number in memory.around(passage):
            near |= memory.passages[number]
            denied = denied or memory.denying[number]
    verbatim = _verbatim(sentence, memory)
    fresh_numbers = len(sentence.numbers - near)
    said = max(len(sentence.tokens), sum(len(form.keys) for form in sentence.forms) // 2)
    neighbours = [other.most for other in beside] or [sentence.most]
    signs = Signs(
        together=together,
        verbatim=verbatim,
        fresh_numbers=min(2, fresh_numbers),
        fresh_names=min(3, len(sentence.names - near)),
        words=math.log1p(said),
        slight=max(0, 6 - len(sentence.weights)) / 6,
        early=math.exp(-n / 3),
        address=float(_ADDRESS.search(text) is not None),
        unended=float(_ENDED.search(text[-8:]) is None),
        shouted=sum(len(t) > 1 and t.isupper() for t in sentence.tokens) / max(1, said),
        furniture=float(_FURNITURE.search(text.lower()) is not None),
        captioned=float(_CREDIT.match(following) is not None),
        neighbours=sum(neighbours) / len(neighbours),
        in_step=sum(
            min(sentence.most, other.most)
            for other in beside
            if sentence.best is not None
            and other.best is not None
            and abs(sentence.best - other.best) <= 1
        ),
        alike=_alike(sentence, memory),
        plain=_plain(sentence, memory),
    )
    denies_here = any(form.denies for form in sentence.forms)
    contrary = (denies_here and not denied) or (
        not denies_here
        and sentence.best is not None
        and memory.denying[sentence.best]
        and _same_extent(sentence, memory)
    )
    return Look(
        signs,
        corrects=together >= CLOSE and (fresh_numbers > 0 or contrary),
        introduces=together < LITTLE and signs.fresh_names >= 2,
    )


def _together(sentence: _Sentence, alike: Sequence[int], memory: Memory) -> float:
    """The largest share of a sentence that stands in one passage and the one after it."""
    best = 0.0
    for passage in alike:
        held = sentence.shared[passage]
        if passage + 1 < len(memory.passages):
            here, after = memory.passages[passage], memory.passages[passage + 1]
            held += sum(w for k, w in sentence.weights.items() if k in after and k not in here)
        best = max(best, held)
    return best / (sum(sentence.weights.values()) or 1.0)


def _verbatim(sentence: _Sentence, memory: Memory) -> float:
    """The share of a sentence in runs that were read; `told reporters that the` is a small one."""
    weights = [sum(map(sentence.weights.__getitem__, form.keys)) for form in sentence.forms]
    covered = 0.0
    end = 0
    for start, run in enumerate(runs([form.run for form in sentence.forms])):
        if run in memory.runs:
            covered += sum(weights[max(start, end) : start + RUN])
            end = start + RUN
    return covered / (sum(weights) or 1.0)


def _alike(sentence: _Sentence, memory: Memory) -> float:
    if sentence.best is None:
        return 0.0
    passage = memory.passages[sentence.best]
    return len(passage & sentence.weights.keys()) / len(passage | sentence.weights.keys())


def _plain(sentence: _Sentence, memory: Memory) -> float:
    plain = sentence.weights.keys() - sentence.names - sentence.numbers
    whole = sum(w for key, w in sentence.weights.items() if key in plain)
    if sentence.best is None or not whole:
        return 0.0
    around = [memory.passages[number] for number in memory.around(sentence.best)]
    held = (
        w
        for key, w in sentence.weights.items()
        if key in plain and any(key in passage for passage in around)
    )
    return sum(held) / whole


def _same_extent(sentence: _Sentence, memory: Memory) -> bool:
    """Whether the best passage tells hardly more than the sentence does."""
    passage = memory.passages[sentence.best] if sentence.best is not None else frozenset()
    common = len(passage & sentence.weights.keys())
    return common >= 0.7 * max(len(passage), len(sentence.weights), 1)
