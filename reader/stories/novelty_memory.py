"""What remains of the texts a person has read: which passages hold which words, and how they run.

Words are compared by their first letters, so that `resigned` meets `resigns`, in any language that
builds words so; scripts without spaces by overlapping pairs of letters. A passage is about a
sentence. It need not be one exactly, and is found five times faster.
"""

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from types import MappingProxyType
from zlib import crc32

from reader.stories.rarity import background
from reader.text.dateword import weekday_names
from reader.text.terms import language_of, stop_words, unspaced_in

READ_CHARACTERS = 100_000
"""How much of one read text is remembered."""
READ_IN_ALL = 1_000_000
LANGUAGE_CHARACTERS = 2500
STEM = 6
"""Letters by which words are compared; five, seven and all of them score a little worse."""
PASSAGE_WORDS = 5
"""A stop ends no passage before it has so many words: most such stops end an abbreviation."""
PASSAGES_OF_WORD = 200
"""A word in more passages than these tells no more; they would only cost time."""
RUN = 4
"""So many words in a row are not shared by chance."""
ARTICLES = 2000
"""How rare a word is that common knowledge (data/background.bin) lacks: once in so many texts."""
WEEKDAY_WEIGHT = 0.15
"""`Monday` in the one and `yesterday` in the other is no news."""

_TOKEN = re.compile(r"\d+(?:[.,]\d+)+|[^\W_]+(?:['’][^\W_]+)*|[.!?。！？｡।॥؟۔]+|\n+")
_ENDS = frozenset(".!?。！？｡।॥؟۔\n")
_APOSTROPHE = re.compile("['’]")
_COUNTED = MappingProxyType(
    {
        word: str(number)
        for number, word in enumerate(
            "two three four five six seven eight nine ten eleven twelve".split(), start=2
        )
    }
)
"""English newspapers spell small numbers out, their headlines do not."""
_DENIALS = frozenset(
    "not no never nor none nobody nothing without cannot "
    "nicht kein keine keinen keiner nie niemals ne pas jamais sans não nunca jamás non senza "
    "niet geen nooit inte ikke не нет нельзя никогда ليس لم لن नहीं".split()
)


def tokens(text: str) -> list[str]:
    """The words and numbers of `text` as they are written, and the stops and line ends between."""
    return _TOKEN.findall(text)


def is_stop(token: str) -> bool:
    return token[0] in _ENDS


def denies(token: str) -> bool:
    """Whether a word turns what is said into its contrary."""
    lowered = token.lower()
    return lowered in _DENIALS or lowered.endswith(("n't", "n’t"))


class Keys:
    """Words made comparable, in one language. Looks each form up once."""

    def __init__(self, language: str | None) -> None:
        self._stop = stop_words(language)
        self._of: dict[str, tuple[str, ...]] = {}

    def of(self, token: str) -> tuple[str, ...]:
        """What a word is compared by; nothing for a stop word."""
        found = self._of.get(token)
        if found is None:
            found = self._of[token] = self._made(token.lower())
        return found

    def _made(self, word: str) -> tuple[str, ...]:
        if not word.isascii() and unspaced_in(word):
            return tuple(word[n : n + 2] for n in range(len(word) - 1)) or (word,)
        word = whole_word(word)
        if word in self._stop or (len(word) < 2 and not word.isdigit()):
            return ()
        word = _COUNTED.get(word, word)
        return (word[:STEM] if word.isalpha() else word,)


class Memory:
    """The read texts, ready to be asked what of a sentence stood in them."""

    def __init__(self, texts: Iterable[str], language: str | None = None) -> None:
        """Texts of another language than `language`, where both are known, are left out: their
        words do not meet, and what they told would pass for untold."""
        self.passages: list[frozenset[str]] = []
        self.denying: list[bool] = []
        """Whether the passage of that number has a word of denial."""
        self.holding: dict[str, list[int]] = defaultdict(list)
        """Numbers of the passages in which a word stands, rising."""
        self.runs: set[tuple[str, ...]] = set()
        """Every `RUN` words in a row, stop words with them."""
        left = READ_IN_ALL
        for text in texts:
            spoken = language_of(text[:LANGUAGE_CHARACTERS])
            if left > 0 and (spoken is None or language is None or spoken == language):
                self._read(text[: min(READ_CHARACTERS, left)], Keys(spoken))
                left -= len(text)

    def __bool__(self) -> bool:
        return bool(self.passages)

    def weight(self, key: str, word: str) -> float:
        """How much of a sentence hangs on a word: little if all print or all of the story has it."""
        everywhere = len(self.holding.get(key, ())) / max(1, len(self.passages))
        return rarity(word) * (1 - min(0.7, 2 * everywhere))

    def overlaps(self, weights: Mapping[str, float]) -> dict[int, float]:
        """For each passage that shares any of the words, the sum of their weights."""
        shared: dict[int, float] = defaultdict(float)
        for key, weight in weights.items():
            for passage in self.holding.get(key, ()):
                shared[passage] += weight
        return shared

    def around(self, passage: int) -> range:
        """A passage and its neighbours: what one sentence tells, two or three may have told."""
        return range(max(0, passage - 1), min(len(self.passages), passage + 2))

    def _read(self, text: str, keys: Keys) -> None:
        spelled: list[str] = []
        passage: list[str] = []
        denied = False
        for token in tokens(text):
            if not is_stop(token):
                passage += keys.of(token)
                spelled.append(token)
                denied = denied or denies(token)
            elif len(passage) >= PASSAGE_WORDS or (passage and token[0] == "\n"):
                self._keep(passage, denied)
                passage, denied = [], False
        if passage:
            self._keep(passage, denied)
        words = as_run(spelled)
        self.runs.update(zip(*(words[n:] for n in range(RUN)), strict=False))

    def _keep(self, passage: list[str], denied: bool) -> None:
        number = len(self.passages)
        held = frozenset(passage)
        self.passages.append(held)
        self.denying.append(denied)
        for key in held:
            numbers = self.holding[key]
            if len(numbers) < PASSAGES_OF_WORD:
                numbers.append(number)


def as_run(spelled: Iterable[str]) -> list[str]:
    """Words as they are compared in runs, where no letter may differ but a capital."""
    return [whole_word(token.lower()) for token in spelled]


def whole_word(word: str) -> str:
    """Of `it's` and `l'homme` the longer part."""
    if "'" in word or "’" in word:
        return max(_APOSTROPHE.split(word), key=len)
    return word


def is_weekday(word: str) -> bool:
    return _weekday().fullmatch(word) is not None


@cache
def _weekday() -> re.Pattern[str]:
    return re.compile(weekday_names(), re.IGNORECASE)


def rarity(word: str) -> float:
    """From 0 for the commonest words to 1 for those that are in no common knowledge."""
    share = background().get(crc32(word.encode()), 0.0)
    rare = math.log((ARTICLES + 1) / (0.5 + ARTICLES * share)) / math.log(2 * (ARTICLES + 1))
    if is_weekday(word):
        return min(WEEKDAY_WEIGHT, rare)
    return max(0.0, rare)
