"""The few phrases that say what a text, or several on one event, is about.

A phrase is a run of up to three words between which nothing stands, none of them a stop word of the
language; names and what is said early count more. On three sets of three this scored above YAKE at
a tenth of its cost. Unspaced scripts: runs of letters that come back.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from reader.stories.rarity import usual_rarity
from reader.text.dateword import month_names, weekday_names
from reader.text.terms import language_of, stop_words, unspaced_in

MOST = 8
READ_CHARACTERS = 8_000
LANGUAGE_CHARACTERS = 2_500
LONGEST = 3
"""Words of a phrase."""
NAMED = 1.5
"""How much more a phrase with capitals counts."""
TITLED = 1.5
"""How much more one that stands in the title counts."""
TITLE_CAPITALS = 0.6
"""Above this share of capital initials a run in a title names nothing."""
WHOLE_NAME, WHOLE = 0.1, 0.6
"""A name, another phrase, stands for a word of it if that is at least so often said in it."""
STEM = 5
"""Letters from which a word that begins with another is a form of it."""
UNSPACED_LETTERS = range(2, 7)
_PIECE = re.compile(r"[^\W_]+(?:['’.\-&][^\W_]+)*|[^\w\s]|\n")
_HIRAGANA = re.compile("[\u3040-\u309f]")
_POSSESSIVE = re.compile(r"['’]s?\Z")
_INITIALS = re.compile(r"\b[^\W\d_](?:\.[^\W\d_])+\Z")
_APOSTROPHE = re.compile("['’]")


Words = tuple[str, ...]
"""A phrase in small letters, without the endings that `'s` and `l'` are."""


class _Met:
    """What was met of every run of words."""

    def __init__(self) -> None:
        self.times: Counter[Words] = Counter()
        self.names: Counter[Words] = Counter()
        """How often each was written as a name."""
        self.written: dict[Words, str] = {}
        self.first: dict[Words, int] = {}
        """How many words stand before it."""
        self.titled: set[Words] = set()
        self.texts: defaultdict[Words, set[int]] = defaultdict(set)


def phrases(
    title: str, text: str, language: str | None = None, most: int = MOST
) -> tuple[str, ...]:
    """What an article is about, the most telling first; at most `most`."""
    return phrases_of([(title, text)], language, most)


def phrases_of(
    articles: Sequence[tuple[str, str]], language: str | None = None, most: int = MOST
) -> tuple[str, ...]:
    """What articles (title, text) on one event are about: what more of them say counts more."""
    met = _Met()
    for number, (title, text) in enumerate(articles):
        text = text[:READ_CHARACTERS]
        spoken = language or language_of(text[:LANGUAGE_CHARACTERS]) or language_of(title)
        stop = stop_words(spoken)
        for line, is_title in ((title, True), (text, False)):
            for run, first in _runs(line, stop):
                _meet(met, run, first, number, is_title=is_title)
    scores = {words: score for words in met.times if (score := _score(words, met, len(articles)))}
    ranked = sorted(scores, key=lambda words: -scores[words])
    return tuple(_written(words, met) for words in _apart(ranked, met, most))


def _runs(line: str, stop: frozenset[str]) -> Iterator[tuple[list[tuple[str, str]], int]]:
    """Runs of (word, as written) with no stop word and no mark between; and where each begins."""
    run: list[tuple[str, str]] = []
    seen = 0
    for piece in _PIECE.findall(line):
        is_word = piece[0].isalnum()
        seen += is_word
        if is_word and not piece.isascii() and unspaced_in(piece):
            yield from (([(part, part)], seen) for part in _parts(piece))
        elif is_word and (word := _bare(piece)) not in stop and len(word) > 1:
            run.append((word, piece))
            if not _POSSESSIVE.search(piece):
                continue
            is_word = False
        if run:
            yield run, seen - len(run) - is_word
            run = []
    if run:
        yield run, seen - len(run)


def _bare(piece: str) -> str:
    """A word in small letters; of `Ann's` and `l'homme` the longer part."""
    return max(_APOSTROPHE.split(piece.lower()), key=len)


def _parts(run: str) -> Iterator[str]:
    """Every few letters of a run without spaces that may be a word: not those of grammar only."""
    for length in UNSPACED_LETTERS:
        for start in range(len(run) - length + 1):
            part = run[start : start + length]
            if not _HIRAGANA.search(part):
                yield part


def _meet(
    met: _Met, run: Sequence[tuple[str, str]], first: int, number: int, *, is_title: bool
) -> None:
    """Note every part of a run."""
    capital = [written[0].isupper() for _, written in run]
    says_names = not is_title or sum(capital) < TITLE_CAPITALS * len(run)
    for length in range(1, min(LONGEST, len(run)) + 1):
        for start in range(len(run) - length + 1):
            part = run[start : start + length]
            words = tuple([word for word, _ in part])
            met.times[words] += 1
            met.texts[words].add(number)
            if is_title:
                met.titled.add(words)
            elif words not in met.first:
                met.first[words] = first + start
            named = says_names and all(capital[start : start + length])
            if named:
                met.names[words] += 1
            if words not in met.written or (is_title is False and words in met.titled):
                met.written[words] = " ".join([written for _, written in part])


def _score(words: Words, met: _Met, articles: int) -> float:
    """Weight of its words, dearer if they stand mostly together, if named, if early; 0 for what is
    said once, unless it is a name or in the title."""
    times = met.times[words]
    named = met.names[words] * 2 > times
    if times == 1 and words not in met.titled and not (named and len(words) > 1):
        return 0.0
    if not any(letter.isalpha() for word in words for letter in word):
        return 0.0
    if len(words) == 1 and unspaced_in(words[0]):
        return float(times * len(words[0])) if times > 1 else 0.0
    if len(words) == 1 and len(words[0]) < 3 and not met.written[words].isupper():
        return 0.0
    if named and len(words) == 1 and _day_or_month().fullmatch(words[0]):
        return 0.0
    counts = [met.times[(word,)] for word in words]
    weight = sum(
        (1 + math.log(count)) * usual_rarity(word)
        for word, count in zip(words, counts, strict=True)
    )
    weight *= math.sqrt(times / max(counts)) / math.sqrt(len(words))
    weight *= 1 + 1 / math.log2(2 + met.first.get(words, 0) / 10)
    weight *= (NAMED if named else 1.0) * (TITLED if words in met.titled else 1.0)
    return weight * len(met.texts[words]) / articles


@cache
def _day_or_month() -> re.Pattern[str]:
    return re.compile(f"{weekday_names()}|{month_names()}", re.IGNORECASE)


def _apart(ranked: Iterable[Words], met: _Met, most: int) -> list[Words]:
    """The best of those ranked, each with its whole name, no two with a word in common."""
    whole = _whole(met)
    chosen: list[Words] = []
    for words in ranked:
        words = whole.get(words, words)
        if not any(_overlap(words, other) for other in chosen):
            chosen.append(words)
        if len(chosen) == most:
            break
    return chosen


def _whole(met: _Met) -> dict[Words, Words]:
    """For a word the phrase that it is mostly met in, or the name that it is a part of: `Mitt
    Romney` for `Romney`."""
    best: dict[Words, Words] = {}
    for words, times in met.times.items():
        if len(words) == 1 or times < 2:
            continue
        share = WHOLE_NAME if met.names[words] * 2 > times else WHOLE
        for word in words:
            other = best.get((word,))
            if share * met.times[(word,)] <= times and (
                other is None or (met.times[other], len(other)) < (times, len(words))
            ):
                best[(word,)] = words
    return best


def _overlap(words: Words, other: Words) -> bool:
    if len(words) == len(other) == 1:
        one, two = sorted((words[0], other[0]), key=len)
        if unspaced_in(one):
            return one in two
        if len(one) >= STEM and two.startswith(one):
            return True
    return bool(set(words) & set(other))


def _written(words: Words, met: _Met) -> str:
    """As it is written; without the `'s` at its end, and with the last stop of `U.S.`"""
    written = _POSSESSIVE.sub("", met.written[words])
    return f"{written}." if _INITIALS.search(written) else written
