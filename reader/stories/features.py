"""What an article is about, as numbered terms with weights: the only place that reads its text.

A term is the crc32 of a word, or of a name with a mark before it. That two words share a number is
harmless: among 300,000 words one in 14,000 has a twin.
"""

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from zlib import crc32

from reader.stories.shingles import sample
from reader.stories._terms import names, words

READ_CHARACTERS = 100_000
"""How much of a text counts; the rest of a book would only cost time."""
TITLE_BONUS = 4.0
LEAD_BONUS = 1.0
LEAD_WORDS = 150
"""A word of the title, of the lead, counts so often more. Like the power below found on AllSides
(tests/benchmarks/bench_similar.py), by halves of its events."""
NAME_WEIGHT = 0.3
"""A name of several words counts so much of a word: its words are counted themselves."""
KEPT_WORDS = 140
KEPT_NAMES = 20
KEPT_TITLE = 24
"""Terms kept of an article. All of them score no better than the heaviest 160, and 128 worse."""

_MID_SENTENCE_CAPITAL = re.compile(r"(?<=[^\W\d_A-ZÀ-Þ] )[A-ZÀ-ÞΑ-ΩЀ-Я][^\W_]+")


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


def features(
    title: str, text: str, rarity_of: Callable[[Iterable[int]], dict[int, float]]
) -> Features:
    """Read an article. `rarity_of` says how rare terms are, from 0 (not worth keeping) to 1."""
    text = text[:READ_CHARACTERS]
    body = words(text)
    head = words(title[:1000])
    counts: Counter[str] = Counter(body)
    for word in head:
        counts[word] += TITLE_BONUS
    for word in body[:LEAD_WORDS]:
        counts[word] += LEAD_BONUS
    runs = [run for run in (*names(title[:1000]), *names(text)) if " " in run]
    called = Counter(run.casefold() for run in runs)
    spelled = {run.casefold(): run for run in reversed(runs)}

    number = {word: crc32(word.encode()) for word in counts}
    name_number = {run: crc32(b"\0" + run.encode()) for run in called}
    rare = rarity_of([*number.values(), *name_number.values()])

    heavy = _heaviest({number[w]: damped(n) for w, n in counts.items()}, rare, KEPT_WORDS)
    proper = _heaviest(
        {name_number[r]: damped(n * NAME_WEIGHT) for r, n in called.items()}, rare, KEPT_NAMES
    )
    capital = {form.casefold(): form for form in reversed(_MID_SENTENCE_CAPITAL.findall(text))}
    written = {h: capital.get(word, word) for word, h in number.items() if h in heavy}
    written |= {h: spelled[run] for run, h in name_number.items() if h in proper}
    return Features(
        strength=heavy | proper,
        title=tuple(dict.fromkeys(number[w] for w in head))[:KEPT_TITLE],
        rarity=rare,
        surface=written,
        shingles=sample(body, head),
    )


def damped(count: float) -> float:
    """The second mention of a word says less than the first, the tenth next to nothing."""
    return 1 + math.log(count) if count >= 1 else count


def _heaviest(strength: dict[int, float], rare: dict[int, float], most: int) -> dict[int, float]:
    weights = {h: s * math.sqrt(rare[h]) for h, s in strength.items() if rare[h] > 0}
    first = sorted(weights, key=lambda h: (-weights[h], h))[:most]
    return {h: strength[h] for h in first}
