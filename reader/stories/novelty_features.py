"""The signs by which a sentence is told to be known, new or neither: a few cheap numbers each.

What carries is how much of a sentence stood together in one read passage, weighed by rarity, and
how well its neighbours were covered; what warns is a number or a name that stood nowhere near, and
many unread words in a row, or words its own article is full of.
Numbers found by reading, not here: see `reader.stories.novelty`.
"""

import math
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

from reader.stories.furniture import (
    are_notices,
    asks,
    is_credit,
    is_ended,
    looks_like_caption,
    opinion,
    quoted,
    without_glued,
    without_lead_in,
)
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
from reader.stories.novelty_within import nearness, recurring, resumed
from reader.text.dateline import without_dateline

CANDIDATES = 6
"""Passages looked at closely, those that share most."""
CLOSE = 0.6
"""A passage counts as a candidate if it shares so much of what the best one shares."""
WORDS_OF_SENTENCE = 400
"""What is longer is no sentence; so much of it is looked at."""

SHORT = 25
"""Words up to which what looks like a notice or a caption is nothing else; longer ones are often
news with a caption stuck to it."""
FULL_KEYS = 8
"""From so many words that say something a share counts whole in `solid`."""
LONG_RUN = 10
LITTLE_OF_ARTICLE = 0.25
"""Share of an article that stood in one read text, below which hardly anything of it did. Of two on
one event a fifth have less, of two on different ones nineteen in twenty."""
NEARBY = 1
"""So many sentences before and after are looked at together; two score a little worse."""


class Signs(NamedTuple):
    """What is measured of one sentence. Shares are from 0 to 1 and weighed by rarity."""

    in_two: float = 0.0
    """Share of it that stood in two read passages, wherever these are."""
    verbatim: float = 0.0
    """Share of it in runs of words that were read so."""
    fresh_numbers: float = 0.0
    """How many of its numbers stood nowhere near the passages like it; two count as many."""
    fresh_names: float = 0.0
    """The same of its words with capitals; three count as many."""
    words: float = 0.0
    """ln(1 + its words)."""
    slight: float = 0.0
    """How far it is below six words that say something, from 0 to 1."""
    early: float = 0.0
    """1 for the first sentence of an article, less for each further."""
    later: float = 0.0
    """1 if the article came a day or more after all that was read."""
    unended: float = 0.0
    """1 if no stop ends it, as in headings and by-lines."""
    captioned: float = 0.0
    """1 if a picture's credit follows."""
    following: float = 0.0
    """Share of the sentence after it that stood in one read passage and the next."""
    nearby: float = 0.0
    """Mean share of it and the sentences about it that stood in the text of `in_nearest`."""
    alike: float = 0.0
    """Words it has in common with the best passage, of all words of the two."""
    plain: float = 0.0
    """Share of its words without capitals and figures that stood around the best passage."""
    in_text: float = 0.0
    """Share of it that stood anywhere in one read text."""
    in_nearest: float = 0.0
    """Share of it that stood in the read text that has most of the whole article."""
    solid: float = 0.0
    """Share of it that stood around one passage, less if it says little."""
    notice: float = 0.0
    """1 if the page speaks of itself: credits, rights, invitations."""
    caption: float = 0.0
    """1 if it is dated or points as captions do."""
    asks: float = 0.0
    """1 if it is a question."""
    opinion: float = 0.0
    """Share of its words that speak of oneself and of what should be."""
    quoted_runs: float = 0.0
    """Share of the runs of words in its quotes that were read so."""
    quoted_unread: float = 0.0
    """ln(1 + what its quotes weigh that stood nowhere in the text of `in_text`)."""
    unread_run: float = 0.0
    """Most words in a row that stood nowhere in the text of `in_text`; ten count as 1."""
    recurring: float = 0.0
    """How often its words stand in its own article: mean of ln(sentences that have the word)."""
    resumes: float = 0.0
    """Share of it that stood in the sentence before it."""
    late: float = 0.0
    """1 for the last sentence of an article, less for each before it."""


@dataclass(slots=True)
class Look:
    """A sentence beside the passages most like it."""

    signs: Signs
    corrects: bool
    """It repeats a passage, but with another number, or denies what was said, or no longer does."""
    beside: bool
    """It is short and not of the news, but of the page or a picture."""
    elsewhere: bool = False
    """Hardly anything of its article stood in any one read text: they may be of other events."""


@dataclass(slots=True)
class _Sentence:
    forms: list[Form]
    quoted: list[Form]
    """Those of its quotes."""
    words: list[str]
    weights: dict[str, float]
    whole: float
    """All weights together; 1 if there are none."""
    numbers: set[str]
    names: set[str]
    shared: dict[int, float]
    alike: list[int]
    """The passages to look at closely, those that share most first."""
    in_texts: list[float]
    """For each read text the share of the weight that stands in it."""

    def weight(self, keys: Iterable[str]) -> float:
        return sum(map(self.weights.__getitem__, keys))

    @property
    def best(self) -> int | None:
        return self.alike[0] if self.alike else None


def look(
    sentences: Sequence[str], memory: Memory, language: str | None, *, later: bool = False
) -> list[Look]:
    """Measure each sentence of one article against what was read."""
    forms = forms_of(language)
    sentences = list(map(without_lead_in, sentences))
    said = [
        [token for token in tokens(without_dateline(sentence)) if not is_stop(token)][
            :WORDS_OF_SENTENCE
        ]
        for sentence in without_glued(sentences)
    ]
    memory.index({key for words in said for word in words for key in forms[word].keys})
    quotes = [
        [forms[token] for token in tokens(quote) if not is_stop(token)]
        for quote in quoted(sentences)
    ]
    taken = [_taken(*each, memory, forms) for each in zip(said, quotes, strict=True)]
    told = [_told(sentence, memory) for sentence in taken]
    nearest, share = _nearest_text(taken)
    in_nearest = [s.in_texts[nearest] if s.in_texts else 0.0 for s in taken]
    elsewhere = share < LITTLE_OF_ARTICLE
    notices = are_notices(sentences)
    weights = [sentence.weights for sentence in taken]
    recurs = recurring(weights)
    resumes = resumed(weights)
    looks: list[Look] = []
    for n, (text, sentence) in enumerate(zip(sentences, taken, strict=True)):
        around = in_nearest[max(0, n - NEARBY) : n + NEARBY + 1]
        signs = told[n].signs._replace(
            early=nearness(n),
            late=nearness(len(taken) - 1 - n),
            recurring=recurs[n],
            resumes=resumes[n],
            later=float(later),
            following=told[n + 1].together if n + 1 < len(told) else 0.0,
            in_nearest=in_nearest[n],
            nearby=sum(around) / len(around),
            notice=float(notices[n]),
            **_appearance(text, sentences[n + 1] if n + 1 < len(sentences) else ""),
        )
        looks.append(_look(signs, told[n].together, sentence, memory, elsewhere))
    return looks


def _taken(
    said: list[str], quoted_forms: list[Form], memory: Memory, known_forms: Forms
) -> _Sentence:
    forms = [known_forms[token] for token in said]
    weights: dict[str, float] = {}
    numbers: set[str] = set()
    names: set[str] = set()
    for n, (token, form) in enumerate(zip(said, forms, strict=True)):
        for key in form.keys:
            weight = memory.weight(key, form.run)
            if weight >= weights.get(key, 0.0):
                weights[key] = weight
            if key[0].isdigit():
                numbers.add(key)
            elif n and token[0].isupper() and not is_weekday(form.run):
                names.add(key)
    shared = memory.overlaps(weights)
    whole = sum(weights.values()) or 1.0
    in_texts = [much / whole for much in memory.in_texts(weights)]
    alike = _most(shared, CANDIDATES)
    words = [form.run for form in forms]
    return _Sentence(
        forms, quoted_forms, words, weights, whole, numbers, names, shared, alike, in_texts
    )


def _most(shared: Mapping[int, float], number: int) -> list[int]:
    """The keys of the largest values, of equals the earlier."""
    least = sorted(shared.values())[-number] if len(shared) > number else 0.0
    first = [key for key, much in shared.items() if much >= least]
    return sorted(first, key=shared.__getitem__, reverse=True)[:number]


def _nearest_text(sentences: Sequence[_Sentence]) -> tuple[int, float]:
    """Which of the read texts has most of the article, and what share of it."""
    held = [
        sum(map(float.__mul__, shares, (s.whole for s in sentences)))
        for shares in zip(*(s.in_texts for s in sentences), strict=True)
    ]
    nearest = max(range(len(held)), key=held.__getitem__, default=0)
    return nearest, held[nearest] / sum(s.whole for s in sentences) if held else 0.0


def _appearance(text: str, following: str) -> dict[str, float]:
    """The signs that hang on how a sentence is written, whatever was read."""
    return {
        "unended": float(not is_ended(text)),
        "captioned": float(is_credit(following)),
        "caption": float(looks_like_caption(text)),
        "asks": float(asks(text)),
    }


class _Told(NamedTuple):
    signs: Signs
    together: float
    """Share of the sentence that stood in one read passage and the next."""


def _told(sentence: _Sentence, memory: Memory) -> _Told:
    """The signs that hang on what was read; those of appearance and place are left at 0."""
    alike = sentence.alike
    windows = {passage: memory.around(passage) for passage in alike}
    held = {
        n: memory.passages[n].intersection(sentence.weights)
        for n in set(chain.from_iterable(windows.values()))
    }
    around = {p: set().union(*map(held.__getitem__, window)) for p, window in windows.items()}
    near = set().union(*(around[p] for p in _close_passages(sentence)))
    said = max(len(sentence.words), sum(len(form.keys) for form in sentence.forms) // 2)
    solid = max(map(sentence.weight, around.values()), default=0.0) / sentence.whole
    signs = Signs(
        in_two=_in_two(sentence, held, alike),
        verbatim=_verbatim(sentence, memory),
        fresh_numbers=min(2, len(sentence.numbers - near)),
        fresh_names=min(3, len(sentence.names - near)),
        words=math.log1p(said),
        slight=max(0, 6 - len(sentence.weights)) / 6,
        alike=_alike(sentence, memory),
        plain=_plain(sentence, around[sentence.best]) if sentence.best is not None else 0.0,
        in_text=max(sentence.in_texts, default=0.0),
        solid=solid * min(1.0, len(sentence.weights) / FULL_KEYS),
        opinion=opinion(sentence.words),
        quoted_runs=_quoted_runs(sentence, memory),
        quoted_unread=_quoted_unread(sentence, memory),
        unread_run=_unread_run(sentence, memory),
    )
    return _Told(signs, _together(sentence, held, alike))


def _look(
    signs: Signs, together: float, sentence: _Sentence, memory: Memory, elsewhere: bool
) -> Look:
    return Look(
        signs,
        corrects=together >= CLOSE and (signs.fresh_numbers > 0 or _is_contrary(sentence, memory)),
        beside=bool(signs.notice or signs.caption) and len(sentence.words) <= SHORT,
        elsewhere=elsewhere,
    )


def _close_passages(sentence: _Sentence) -> list[int]:
    """Those that share hardly less than the best."""
    floor = CLOSE * sentence.shared[sentence.alike[0]] if sentence.alike else 0.0
    return [passage for passage in sentence.alike if sentence.shared[passage] >= floor]


def _is_contrary(sentence: _Sentence, memory: Memory) -> bool:
    """Whether it denies what the passages like it say, or says what the best of them denies."""
    if any(form.denies for form in sentence.forms):
        alike = _close_passages(sentence)
        return not any(memory.denying[n] for passage in alike for n in memory.around(passage))
    return (
        sentence.best is not None
        and memory.denying[sentence.best]
        and _same_extent(sentence, memory)
    )


def _together(sentence: _Sentence, held: Mapping[int, Set[str]], alike: Sequence[int]) -> float:
    """The largest share of a sentence that stands in one passage and the one after it."""
    nothing: Set[str] = frozenset()
    both = (held[passage] | held.get(passage + 1, nothing) for passage in alike)
    return max(map(sentence.weight, both), default=0.0) / sentence.whole


def _in_two(sentence: _Sentence, held: Mapping[int, Set[str]], alike: Sequence[int]) -> float:
    """The share of a sentence that stands in the best passage and the one that adds most to it."""
    both = (held[alike[0]] | held[passage] for passage in alike)
    return max(map(sentence.weight, both), default=0.0) / sentence.whole


def _text_of(sentence: _Sentence, memory: Memory) -> Set[str]:
    """The words of the read text that has most of a sentence."""
    return memory.texts[max(range(len(memory.texts)), key=sentence.in_texts.__getitem__)]


def _quoted_runs(sentence: _Sentence, memory: Memory) -> float:
    if not sentence.quoted:
        return 0.0
    of_quotes = list(runs([form.run for form in sentence.quoted]))
    return sum(map(memory.runs.__contains__, of_quotes)) / max(1, len(of_quotes))


def _quoted_unread(sentence: _Sentence, memory: Memory) -> float:
    if not sentence.quoted or not memory.texts:
        return 0.0
    keys = {key for form in sentence.quoted for key in form.keys} & sentence.weights.keys()
    return math.log1p(sentence.weight(keys - _text_of(sentence, memory)))


def _unread_run(sentence: _Sentence, memory: Memory) -> float:
    """The most words in a row that the text like it lacks: an aside that goes further."""
    if not memory.texts:
        return 1.0
    read = _text_of(sentence, memory)
    longest = run = 0
    for form in sentence.forms:
        for key in form.keys:
            run = 0 if key in read else run + 1
            longest = max(longest, run)
    return min(LONG_RUN, longest) / LONG_RUN


def _verbatim(sentence: _Sentence, memory: Memory) -> float:
    """The share of a sentence in runs that were read; `told reporters that the` is a small one."""
    read = [n for n, run in enumerate(runs(sentence.words)) if run in memory.runs]
    if not read:
        return 0.0
    weights = [sentence.weight(form.keys) for form in sentence.forms]
    covered = 0.0
    end = 0
    for start in read:
        covered += sum(weights[max(start, end) : start + RUN])
        end = start + RUN
    return covered / (sum(weights) or 1.0)


def _alike(sentence: _Sentence, memory: Memory) -> float:
    if sentence.best is None:
        return 0.0
    passage = memory.passages[sentence.best]
    return len(passage & sentence.weights.keys()) / len(passage | sentence.weights.keys())


def _plain(sentence: _Sentence, around: Set[str]) -> float:
    plain = sentence.weights.keys() - sentence.names - sentence.numbers
    return sentence.weight(plain & around) / (sentence.weight(plain) or 1.0)


def _same_extent(sentence: _Sentence, memory: Memory) -> bool:
    """Whether the best passage tells hardly more than the sentence does."""
    passage = memory.passages[sentence.best] if sentence.best is not None else frozenset()
    common = len(passage & sentence.weights.keys())
    return common >= 0.7 * max(len(passage), len(sentence.weights), 1)
