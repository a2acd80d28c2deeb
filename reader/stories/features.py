"""What an article is about, as numbered terms with weights: the only place that reads its text.

A term is the crc32 of a word, in some languages of its stem (`reader.text.stems`), or of a name
with a mark before it. That two words share a number is harmless: among 300,000 words one in 14,000
has a twin.
"""

import math
import re
from collections import Counter
from collections.abc import Callable, Container, Iterable
from dataclasses import dataclass
from functools import lru_cache
from zlib import crc32

from reader.stories.shingles import sample
from reader.text.signs import signed
from reader.text.stems import stemmer
from reader.text.terms import language_of, names, words

READ_CHARACTERS = 100_000
"""How much of a text counts; the rest of a book would only cost time."""
READ_TITLE = 1000
LANGUAGE_CHARACTERS = 2500
NO_LANGUAGE = "und"
"""BCP 47 for one that cannot be told; it has no stop words."""
TITLE_BONUS = 4.0
LEAD_BONUS = 1.0
LEAD_WORDS = 150
"""A word of the title, of the lead, counts so often more. Like the power below found on AllSides
(tests/benchmarks/bench_similar.py), by halves of its events."""
NAME_MARK = b"\0"
NAME_WEIGHT = 0.3
"""A name of several words counts so much of a word: its words are counted themselves."""
KEPT_WORDS = 140
KEPT_NAMES = 20
KEPT_TITLE = 24
"""Terms kept of an article. All of them score no better than the heaviest 160, and 128 worse."""

_MID_SENTENCE_CAPITAL = re.compile(r"[A-ZÀ-ÞΑ-ΩЀ-Я](?<=[^\W\d_A-ZÀ-Þ] .)[^\W_]+")
"""The letter first and what is before it second: so the search skips what is no capital."""


@dataclass(frozen=True, slots=True)
class Features:
    """One article, ready to be compared."""

    strength: dict[int, float]
    """Damped frequency of the kept terms, names after words, heaviest first."""
    title: tuple[int, ...]
    """Terms of the title, each once."""
    rarity: dict[int, float]
    """How rare every term of the article is, also those not kept."""
    surface: dict[int, str]
    """How a kept term is written, in lower case unless the text uses it as a name."""
    shingles: tuple[int, ...]
    named: frozenset[int] = frozenset()
    """Kept terms that are names by other signs than a capital (`reader.text.signs`)."""


def features(
    title: str, text: str, rarity_of: Callable[[Iterable[int]], dict[int, float]]
) -> Features:
    """Read an article. `rarity_of` says how rare terms are, from 0 (not worth keeping) to 1."""
    text = text[:READ_CHARACTERS]
    title = title[:READ_TITLE]
    language = language_at(text[:LANGUAGE_CHARACTERS]) or language_of(title) or NO_LANGUAGE
    body = words(text, language)
    head = words(title, language)
    runs = [*names(title), *names(text)]
    spelled = {name.lower(): name for name in runs}
    called = Counter(name.lower() for name in runs)

    said, said_in_title = _mentions(body, head), head
    capital = {form.lower(): form for form in _MID_SENTENCE_CAPITAL.findall(text)}
    signs = signed(f"{title}\n{text}", language)
    capital |= signs
    signed_words = list(signs)
    form_of: dict[str, str] = {}
    if stem := stemmer(language):
        said, form_of = _by_stem(said, capital, stem)
        said_in_title = [root for root in map(stem, head) if root]
        signed_words = [*map(stem, signs)]
    word_number = {word: crc32(word.encode()) for word in said}
    name_number = {name: crc32(NAME_MARK + name.encode()) for name in called}
    rare = rarity_of([*word_number.values(), *name_number.values()])

    heavy = _heaviest({word_number[w]: damped(n) for w, n in said.items()}, rare, KEPT_WORDS)
    proper = _heaviest(
        {name_number[n]: damped(times * NAME_WEIGHT) for n, times in called.items()},
        rare,
        KEPT_NAMES,
    )
    written = {
        h: capital.get(form := form_of.get(word, word), form)
        for word, h in word_number.items()
        if h in heavy
    }
    written |= {h: spelled[name] for name, h in name_number.items() if h in proper}
    return Features(
        strength=heavy | proper,
        title=tuple(dict.fromkeys(word_number[w] for w in said_in_title))[:KEPT_TITLE],
        rarity=rare,
        surface=written,
        shingles=sample(body, head),
        named=frozenset(word_number[word] for word in signed_words if word in word_number),
    )


@lru_cache(maxsize=2)
def language_at(beginning: str) -> str | None:
    """The language of the first `LANGUAGE_CHARACTERS` of a text. Kept: it is asked for again when
    the article is put into a story."""
    return language_of(beginning)


def _mentions(body: list[str], head: list[str]) -> dict[str, float]:
    """How often each word is said, those of title and lead more than once at a time."""
    counts: dict[str, float] = dict(Counter(body))
    for word in head:
        counts[word] = counts.get(word, 0) + TITLE_BONUS
    for word in body[:LEAD_WORDS]:
        counts[word] += LEAD_BONUS
    return counts


def _by_stem(
    said: dict[str, float], capital: Container[str], stem: Callable[[str], str]
) -> tuple[dict[str, float], dict[str, str]]:
    """How often each stem is said, and the form that stands for it: one written as a name before
    others, of these the commonest."""
    forms: dict[str, list[str]] = {}
    for word in said:
        if root := stem(word):
            forms.setdefault(root, []).append(word)
    counts = {root: sum([said[word] for word in words]) for root, words in forms.items()}
    return counts, {
        root: max(words, key=lambda word: (word in capital, said[word]))
        for root, words in forms.items()
    }


def damped(count: float) -> float:
    """The second mention of a word says less than the first, the tenth next to nothing."""
    return 1 + math.log(count) if count >= 1 else count


def _heaviest(strength: dict[int, float], rare: dict[int, float], most: int) -> dict[int, float]:
    weights = {h: s * math.sqrt(rare[h]) for h, s in strength.items() if rare[h] > 0}
    first = sorted(weights, key=lambda h: (-weights[h], h))[:most]
    return {h: strength[h] for h in first}
