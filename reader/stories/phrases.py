"""The few phrases that say what a text, or several on one event, is about.

A phrase is a run of up to three words between which nothing stands, none of them a stop word of the
language; names and what is said early count more. On three sets of three this scored above YAKE at
a tenth of its cost. Unspaced scripts: letters that come back, mostly not inside a longer run.

A name may be longer and hold little words, as `Secretary of State`; it is never cut: a part that is
mostly followed, or preceded, by more of a name is no phrase. Only before a name its bearer's title
may be left out.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import pairwise

from reader.stories.furniture import without_glued
from reader.stories.rarity import usual_rarity
from reader.stories.wordruns import (
    GERMAN_LINKS,
    LINKS,
    OF,
    PARTICLES,
    POSSESSIVE,
    SECOND_LINKS,
    UNSPACED_LETTERS,
    Word,
    runs,
)
from reader.text.dateword import month_names, weekday_names
from reader.text.terms import (
    NO_WORDS,
    language_of,
    stop_words,
    unspaced_in,
    words_by_language,
)

MOST = 8
READ_CHARACTERS = 8_000
LANGUAGE_CHARACTERS = 2_500
LONGEST = 3
"""Words of a phrase."""
LONGEST_NAME = 7
"""Words of a name, the little ones with them."""
LITTLE = LINKS | GERMAN_LINKS | SECOND_LINKS | PARTICLES
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
LONGEST_WORD = 60
"""Letters; what is longer is an address or a slip."""
_INITIALS = re.compile(r"\b[^\W\d_](?:\.[^\W\d_])+\Z")
_HALVES_OF_DAYS = frozenset({"a.m", "p.m"})


Words = tuple[str, ...]
"""A phrase in small letters, without the endings that `'s` and `l'` are."""


class _Met:
    """What was met of every run of words."""

    def __init__(self) -> None:
        self.times: Counter[Words] = Counter()
        self.names: Counter[Words] = Counter()
        """How often each was written as a name."""
        self.unsure: Counter[Words] = Counter()
        """How often it may have been one, or the beginning of a sentence."""
        self.cut: Counter[Words] = Counter()
        """How often it was but a part of one."""
        self.written: dict[Words, str] = {}
        self.first: dict[Words, int] = {}
        """How many words stand before it."""
        self.titled: set[Words] = set()
        self.loose: set[Words] = set()
        """Those that may be two names."""
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
        [text] = without_glued([text[:READ_CHARACTERS]])
        spoken = language or language_of(text[:LANGUAGE_CHARACTERS]) or language_of(title)
        stop = stop_words(spoken)
        titles = _titles().get(spoken or "", NO_WORDS)
        little = GERMAN_LINKS if spoken == "de" else LINKS
        for line, is_title in ((title, True), (text, False)):
            for run, first in runs(line, stop, titles, little):
                _meet(met, run, first, number, is_title=is_title)
    _note_cut_letters(met)
    scores = {words: score for words in met.times if (score := _score(words, met, len(articles)))}
    ranked = sorted(scores, key=lambda words: -scores[words])
    return tuple(_written(words, met) for words in _apart(ranked, met, most))


def _meet(met: _Met, run: Sequence[Word], first: int, number: int, *, is_title: bool) -> None:
    """Note every part of a run that neither begins nor ends with a link."""
    said = [each.word for each in run]
    links = [each.is_link for each in run]
    capitals = sum([each.is_capital for each in run])
    says_names = (
        capitals < TITLE_CAPITALS * len(run) if is_title else capitals > 0 and not _is_shouted(run)
    )
    for start in range(len(run)):
        named = says_names and not links[start]
        unsure = run[start].is_first
        for end in range(start + 1, min(len(run), start + LONGEST_NAME) + 1):
            last = run[end - 1]
            named = named and (last.is_capital or last.is_link or last.is_first)
            if not named and (end - start > LONGEST or links[end - 1]):
                break
            if links[end - 1]:
                continue
            words = tuple(said[start:end])
            met.times[words] += 1
            met.texts[words].add(number)
            if is_title:
                met.titled.add(words)
            elif words not in met.first:
                met.first[words] = first + start
            if named:
                (met.unsure if unsure else met.names)[words] += 1
                if True in links[start:end] and any(each.is_loose for each in run[start:end]):
                    met.loose.add(words)
            if says_names and len(run) > 1 and _is_cut(run, start, end):
                met.cut[words] += 1
            if words not in met.written or (is_title is False and words in met.titled):
                met.written[words] = " ".join([each.written for each in run[start:end]])


def _note_cut_letters(met: _Met) -> None:
    """Note how often letters of an unspaced script stood inside the same longer run."""
    for words, times in list(met.times.items()):
        if len(words) > 1 or times < 2 or words[0].isascii() or not unspaced_in(words[0]):
            continue
        for part in ((words[0][1:],), (words[0][:-1],)):
            met.cut[part] = max(met.cut[part], times)


def _is_shouted(run: Sequence[Word]) -> bool:
    """Whether it is a headline in capitals."""
    return len(run) > LONGEST - 1 and all(each.written.isupper() for each in run)


def _is_cut(run: Sequence[Word], start: int, end: int) -> bool:
    """Whether a part of a run begins or ends inside a name, or has a title before one."""
    first, last = run[start], run[end - 1]
    before = run[start - 1] if start else None
    after = run[end] if end < len(run) else None
    if last.is_capital and after and (after.is_capital or after.is_link) and not after.is_loose:
        return True
    inside = first.is_capital and before and (before.is_capital or before.is_link)
    if inside and before and not before.is_title:
        return True
    return end - start > 1 and any(
        title.is_title and name.is_capital and not name.is_title
        for title, name in pairwise(run[start:end])
    )


def _score(words: Words, met: _Met, articles: int) -> float:
    """Weight of its words, dearer if they stand mostly together, if named, if early; 0 for what is
    said once, unless it is a name or in the title."""
    times = met.times[words]
    named = _is_name(words, met)
    if times == 1 and words not in met.titled and not (named and len(words) > 1):
        return 0.0
    if _is_part(words, met):
        return 0.0
    if not any(letter.isalpha() for word in words for letter in word):
        return 0.0
    if max(map(len, words)) > LONGEST_WORD:
        return 0.0
    if len(words) == 1 and unspaced_in(words[0]):
        is_phrase = times > 1 and len(words[0]) < UNSPACED_LETTERS[-1]
        return float(times * len(words[0])) if is_phrase else 0.0
    if len(words) == 1 and len(words[0]) < 3 and not met.written[words].isupper():
        return 0.0
    if len(words) == 1 and (
        words[0] in _HALVES_OF_DAYS or (named and _day_or_month().fullmatch(words[0]))
    ):
        return 0.0
    counts = {word: count for word in words if (count := met.times[(word,)])}  # none of links
    weight = sum((1 + math.log(count)) * usual_rarity(word) for word, count in counts.items())
    weight *= math.sqrt(times / max(counts.values())) / math.sqrt(len(counts))
    weight *= 1 + 1 / math.log2(2 + met.first.get(words, 0) / 10)
    weight *= (NAMED if named else 1.0) * (TITLED if words in met.titled else 1.0)
    return weight * len(met.texts[words]) / articles


def _is_name(words: Words, met: _Met) -> bool:
    """Whether it is mostly written as a name, where that can be seen."""
    return met.names[words] * 2 > met.times[words] - met.unsure[words]


def _is_part(words: Words, met: _Met) -> bool:
    """Whether it is mostly met inside a name; or was said but once, and may be two."""
    times = met.times[words]
    return met.cut[words] * 2 > times or (times == 1 and words in met.loose)


@cache
def _titles() -> dict[str, frozenset[str]]:
    return words_by_language("titles.txt")


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
    """For a phrase the longer one that it is mostly met in, for a word also the name that it is a
    part of: `Mitt Romney` for `Romney`."""
    best: dict[Words, Words] = {}
    for words, times in met.times.items():
        named = _is_name(words, met)
        if len(words) == 1 or (times < 2 and not named) or _is_part(words, met):
            continue
        for length in range(1, len(words)):
            for start in range(len(words) - length + 1):
                part = words[start : start + length]
                beside = {*words[max(0, start - 1) : start], *words[start + 1 : start + 2]}
                is_name = named and length == 1 and not beside & OF
                share = WHOLE_NAME if is_name else WHOLE
                other = best.get(part)
                if share * met.times[part] <= times and (
                    other is None or (met.times[other], len(other)) < (times, len(words))
                ):
                    best[part] = words
    return best


def _overlap(words: Words, other: Words) -> bool:
    if len(words) == len(other) == 1:
        one, two = sorted((words[0], other[0]), key=len)
        if unspaced_in(one):
            return one in two
        if len(one) >= STEM and two.startswith(one):
            return True
    return not LITTLE.issuperset(set(words) & set(other))


def _written(words: Words, met: _Met) -> str:
    """As it is written; without the `'s` at its end, and with the last stop of `U.S.`"""
    written = POSSESSIVE.sub("", met.written[words])
    return f"{written}." if _INITIALS.search(written) else written
