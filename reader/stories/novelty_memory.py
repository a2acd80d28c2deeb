"""What remains of the texts a person has read: which passages hold which words, and how they run.

Words are compared by their first letters, so that `resigned` meets `resigns`, in any language that
builds words so; scripts without spaces by overlapping pairs of letters. A passage is about a
sentence. It need not be one exactly, and is found five times faster.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from functools import cache, lru_cache
from itertools import chain
from typing import NamedTuple
from zlib import crc32

from reader.paths import shipped
from reader.stories.furniture import without_glued
from reader.stories.rarity import background
from reader.text.dateline import without_dateline
from reader.text.dateword import weekday_names
from reader.text.spelled import Spelled
from reader.text.terms import language_of, says_nothing, stop_words, unspaced_in

READ_CHARACTERS = 100_000
"""How much of one read text is remembered."""
READ_IN_ALL = 1_000_000
LANGUAGE_CHARACTERS = 600
STEM = 6
"""Letters by which words are compared; five, seven and all of them score a little worse."""
PASSAGE_WORDS = 5
"""A stop ends no passage before it has so many words: most such stops end an abbreviation."""
PASSAGES_OF_WORD = 200
"""A word in more passages than these tells no more; they would only cost time."""
RUN = 3
"""So many words in a row are hardly shared by chance; four and five score a little worse."""
FORMS = 30_000
"""Words of one language that are held ready, and pieces."""
LONGEST_PIECE = 30
ARTICLES = 2000
"""How rare a word is that common knowledge (data/background.bin) lacks: once in so many texts."""
WEEKDAY_WEIGHT = 0.15
"""`Monday` in the one and `yesterday` in the other is no news."""

_TOKEN = Spelled(r"\d+(?:[.,]\d+)+|(?:[A-Z]\.){2,}|{L}+(?:['’]{L}+)*|[.!?。！？｡।॥؟۔]+|\n+")
_WIDE_STOP = re.compile("[。！？｡]")
"""After these no blank need follow."""
_ENDS = frozenset(".!?。！？｡।॥؟۔\n")
_THOUSANDS = re.compile(r"\d{1,3}(?:[.,]\d{3})+")
_MEASURED = re.compile(r"(\d+)(?:st|nd|rd|th|s|k|m|bn|km|kg|am|pm)")
_CLOCK = re.compile(r"(\d{1,2})\.(\d{2})")
"""`2.40am` is `2:40 a.m.`, whose colon parts two numbers."""
_APOSTROPHE = re.compile("['’]")
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


class Form(NamedTuple):
    """A word as it is written, looked up once."""

    keys: tuple[str, ...]
    """What it is compared by; nothing for a stop word."""
    run: str
    """What it is compared by in runs, where no letter may differ but a capital."""
    denies: bool
    """Whether it turns what is said into its contrary."""


class Forms(dict[str, Form]):
    """The words of one language made comparable, each when it is first met."""

    def __init__(self, language: str | None) -> None:
        super().__init__()
        self._stop = stop_words(language)
        self._numerals = _numerals().get(language or "", {})

    def __missing__(self, token: str) -> Form:
        lowered = token.lower()
        if "." in token and token[0].isalpha():
            lowered = lowered.replace(".", "")  # A.T.F. and ATF
        if len(self) >= FORMS:
            self.clear()
        form = Form(
            self._keys(lowered),
            whole_word(lowered),
            lowered in _DENIALS or lowered.endswith(("n't", "n’t")),
        )
        self[token] = form
        return form

    def _keys(self, word: str) -> tuple[str, ...]:
        if not word.isascii() and unspaced_in(word):
            pairs = [word[n : n + 2] for n in range(len(word) - 1)] or [word]
            return tuple(pair for pair in pairs if not says_nothing(pair, self._stop))
        if word in self._numerals:
            return (self._numerals[word],)
        word = whole_word(word)
        if word in self._stop or (len(word) < 2 and not word.isdigit()):
            return ()
        if word[0].isdigit():
            clock = _CLOCK.fullmatch(word)
            return clock.groups() if clock else (_number(word),)
        return (_stem(word) if word.isalpha() else word,)


@cache
def _numerals() -> dict[str, dict[str, str]]:
    """By language the words for small numbers, and the number: prose spells out what headlines
    write in figures."""
    lines = (shipped("data") / "numerals.txt").read_text("utf-8").splitlines()
    rows = [line.split() for line in lines if not line.startswith("#")]
    return {
        language: {
            form: str(number) for number, forms in enumerate(words, 2) for form in forms.split("/")
        }
        for language, *words in rows
    }


def _stem(word: str) -> str:
    """The first letters of a word; `ratify` and `ratified` begin alike."""
    return f"{word[:-1]}i" if word.endswith("y") and len(word) <= STEM else word[:STEM]


def _number(word: str) -> str:
    """A number without what parts its thousands, and without a unit or ending close to it."""
    if _THOUSANDS.fullmatch(word):
        return word.replace(",", "").replace(".", "")
    measured = _MEASURED.fullmatch(word)
    return measured[1] if measured else word


@lru_cache(maxsize=8)
def forms_of(language: str | None) -> Forms:
    """The words of a language met so far."""
    return Forms(language)


class Piece(NamedTuple):
    """What stands between two blanks, looked up once: mostly a word, with what is stuck to it."""

    keys: tuple[str, ...]
    words: tuple[str, ...]
    """What it is compared by in runs."""
    denies: bool
    ends: bool
    """Whether a stop ends it."""


class Pieces(dict[str, Piece]):
    """The pieces of texts of one language. To look up pieces is four times as fast as to look for
    words in the texts, and read texts are long."""

    def __init__(self, forms: Forms) -> None:
        super().__init__()
        self._forms = forms

    def __missing__(self, text: str) -> Piece:
        found = tokens(text)
        forms = [self._forms[token] for token in found if not is_stop(token)]
        piece = Piece(
            tuple(chain.from_iterable(form.keys for form in forms)),
            tuple(form.run for form in forms),
            any(form.denies for form in forms),
            bool(found) and is_stop(found[-1]),
        )
        if len(self) >= FORMS:
            self.clear()
        if len(text) <= LONGEST_PIECE:
            self[text] = piece
        return piece


@lru_cache(maxsize=8)
def pieces_of(language: str | None) -> Pieces:
    """The pieces of a language met so far."""
    return Pieces(forms_of(language))


class Digest(NamedTuple):
    """What one read text leaves."""

    language: str | None
    passages: list[frozenset[str]]
    denying: list[bool]
    """Whether the passage of that number has a word of denial."""
    words: frozenset[str]
    often: dict[str, float]
    """In what share of the passages a word stands, for those in more than one."""
    runs: frozenset[int]


class Memory:
    """The read texts, ready to be asked what of a sentence stood in them."""

    def __init__(self, texts: Iterable[str], language: str | None = None) -> None:
        """Texts of another language than `language`, where both are known, are left out: their
        words do not meet, and what they told would pass for untold."""
        self.texts: list[frozenset[str]] = []
        """The words of each text."""
        self.passages: list[frozenset[str]] = []
        self.denying: list[bool] = []
        """Whether the passage of that number has a word of denial."""
        self.holding: dict[str, list[int]] = defaultdict(list)
        """Numbers of the passages in which an indexed word stands, rising."""
        self.telling: dict[str, list[int]] = defaultdict(list)
        """The same of the texts."""
        self._everywhere: dict[str, float] = {}
        """`often` of the text in which a word stands most."""
        self.runs: set[int] = set()
        """A number for every `RUN` words in a row, stop words with them."""
        left = READ_IN_ALL
        for text in texts:
            if left <= 0:
                break
            read = digest(text[: min(READ_CHARACTERS, left)])
            if None in (read.language, language) or read.language == language:
                self._keep(read)
                left -= len(text)

    def __bool__(self) -> bool:
        return bool(self.passages)

    def weight(self, key: str, word: str) -> float:
        """How much of a sentence hangs on a word: little if all print or the whole story has it."""
        share = self._everywhere.get(key)
        return rarity(word) * (1 - min(0.7, 2 * share)) if share else rarity(word)

    def index(self, keys: Set[str]) -> None:
        """Note which passages and texts hold which of these words: only they are asked for."""
        self.holding = defaultdict(list)
        for number, passage in enumerate(self.passages):
            for key in passage & keys:
                self.holding[key].append(number)
        for numbers in self.holding.values():
            del numbers[PASSAGES_OF_WORD:]
        self.telling = defaultdict(list)
        for number, text in enumerate(self.texts):
            for key in text & keys:
                self.telling[key].append(number)

    def overlaps(self, weights: Mapping[str, float]) -> dict[int, float]:
        """For each passage that shares any of the indexed words, the sum of their weights."""
        shared: dict[int, float] = defaultdict(float)
        for key, weight in weights.items():
            for passage in self.holding.get(key, ()):
                shared[passage] += weight
        return shared

    def in_texts(self, weights: Mapping[str, float]) -> list[float]:
        """For each text the sum of the weights of the indexed words that stand in it."""
        shared = [0.0] * len(self.texts)
        for key, weight in weights.items():
            for text in self.telling.get(key, ()):
                shared[text] += weight
        return shared

    def around(self, passage: int) -> range:
        """A passage and its neighbours: what one sentence tells, two or three may have told."""
        return range(max(0, passage - 1), min(len(self.passages), passage + 2))

    def _keep(self, read: Digest) -> None:
        for key, share in read.often.items():
            if share > self._everywhere.get(key, 0.0):
                self._everywhere[key] = share
        self.texts.append(read.words)
        self.passages += read.passages
        self.denying += read.denying
        self.runs |= read.runs


@lru_cache(maxsize=64)
def digest(text: str) -> Digest:
    """One read text. Kept for a while: who reads one article of a story reads the next."""
    language = language_of(text[:LANGUAGE_CHARACTERS])
    pieces = pieces_of(language)
    passages: list[frozenset[str]] = []
    denying: list[bool] = []
    words: list[str] = []
    [text] = without_glued([text])
    for line in map(without_dateline, _WIDE_STOP.sub(r"\g<0> ", text).split("\n")):
        passage: list[str] = []
        denied = False
        for text_piece in line.split():
            keys, said, denies, ends = pieces[text_piece]
            words += said
            passage += keys
            if denies:
                denied = True
            if ends and len(passage) >= PASSAGE_WORDS:
                passages.append(frozenset(passage))
                denying.append(denied)
                passage, denied = [], False
        if passage:
            passages.append(frozenset(passage))
            denying.append(denied)
    times = Counter(chain.from_iterable(passages))
    often = {key: count / len(passages) for key, count in times.items() if count > 1}
    return Digest(language, passages, denying, frozenset(times), often, frozenset(runs(words)))


def runs(words: Sequence[str]) -> Iterator[int]:
    """A number for every `RUN` words in a row; the same for the same words while the process runs.

    Numbers instead of the words themselves: what is held costs the collector of garbage nothing.
    """
    return map(hash, zip(*(words[n:] for n in range(RUN)), strict=False))


def whole_word(word: str) -> str:
    """Of `it's` and `l'homme` the longer part."""
    if "'" in word or "’" in word:
        return max(_APOSTROPHE.split(word), key=len)
    return word


@lru_cache(maxsize=20_000)
def is_weekday(word: str) -> bool:
    return _weekday().fullmatch(word) is not None


@cache
def _weekday() -> re.Pattern[str]:
    return re.compile(weekday_names(), re.IGNORECASE)


@lru_cache(maxsize=20_000)
def rarity(word: str) -> float:
    """From 0 for the commonest words to 1 for those that are in no common knowledge."""
    share = background().get(crc32(word.encode()), 0.0)
    rare = math.log((ARTICLES + 1) / (0.5 + ARTICLES * share)) / math.log(2 * (ARTICLES + 1))
    if is_weekday(word):
        return min(WEEKDAY_WEIGHT, rare)
    return max(0.0, rare)
