"""What a text is about, as terms: words without the words that say nothing, and names.

Chinese, Japanese, Thai and the like put no spaces between words; their runs become overlapping
pairs of letters, which are compared as well as words are (Nie et al., SIGIR 1999, for Chinese).
"""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

from reader.paths import shipped
from reader.text import cyrillic
from reader.text.spelled import Spelled
from reader.text.width import has_unspaced

LANGUAGE_WORDS = 300
"""Words at the beginning of a text that tell its language."""

SCRIPT_LETTERS = 1000
"""Letters at the beginning of a text that tell its script."""
CYRILLIC_LETTERS = 3000
"""Letters at the beginning of a text in Cyrillic that tell its language."""
NO_WORDS: frozenset[str] = frozenset()

_SCRIPTS = (
    (re.compile("[\u3040-\u30ff]"), 0.08, "ja"),
    (re.compile("[\uac00-\ud7a3]"), 0.25, "ko"),
    (re.compile("[\u4e00-\u9fff]"), 0.25, "zh"),
    (re.compile("[\u0e00-\u0e7f]"), 0.25, "th"),
    (re.compile("[\u0370-\u03ff]"), 0.25, "el"),
    (re.compile("[\u0590-\u05ff]"), 0.25, "he"),
    (re.compile("[\u0980-\u09ff]"), 0.25, "bn"),
    (re.compile("\u0259"), 0.02, "az"),
    (re.compile("[\u011f\u0131]"), 0.02, "tr"),
    (re.compile("[\u06c6\u06ce\u06b5\u0695]"), 0.02, "ckb"),
    (re.compile("[\u069a\u0693\u067c\u0689]"), 0.01, "ps"),
    (re.compile("[\u0679\u0688\u0691\u06ba]"), 0.01, "ur"),
    (re.compile("[\u06cc\u06a9\u06af\u0686\u067e\u0698]"), 0.04, "fa"),
    (re.compile("[\u0600-\u06ff]"), 0.25, "ar"),
    (re.compile("\u0933"), 0.004, "mr"),
    (re.compile("(?<!\u0915\u0941)\u091b(?![\u0900-\u097f])"), 0.006, "ne"),
    (re.compile("[\u0900-\u097f]"), 0.25, "hi"),
    (re.compile("[\u0b80-\u0bff]"), 0.25, "ta"),
    (re.compile("[\u0c00-\u0c7f]"), 0.25, "te"),
    (re.compile("[\u0c80-\u0cff]"), 0.25, "kn"),
    (re.compile("[\u0d00-\u0d7f]"), 0.25, "ml"),
    (re.compile("[\u0a80-\u0aff]"), 0.25, "gu"),
    (re.compile("[\u0a00-\u0a7f]"), 0.25, "pa"),
    (re.compile("[\u10a0-\u10ff]"), 0.25, "ka"),
    (re.compile("[\u0530-\u058f]"), 0.25, "hy"),
    (re.compile("[\u1200-\u137f]"), 0.25, "am"),
)
"""Letters that one language alone writes, and the share from which they tell it. Those that write
another's letters and some of their own come before it, with less: Japanese before Chinese, Azeri
before Turkish, Persian and Urdu before Arabic, Marathi and Nepali before Hindi."""
_ASCII = re.compile("[\x00-\x7f]+")
_WORD = Spelled(r"{L}+(?:['’]{L}+)?")
_JOINED = r"[^\W_]*+(?:['’.\-&][^\W_]++)*+"
"""The rest of a word after its first letter, also of `O'Neill` and `U.S`."""
_PART = re.compile(rf"[^\W_]{_JOINED}")
_SENTENCE_ENDS = frozenset('.!?:\n"“”')
_HIRAGANA = re.compile("[\u3041-\u309f]+")
_APOSTROPHE = re.compile("['’]")
_UNSPACED_RUN = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\U00020000-\U0003ffff]+"
)
_BEYOND = re.compile("[\u0e00-\u1fff\u2e80-\U0003ffff]")
"""Where all those are, and no quotes and dashes: two ranges are looked for faster than twenty."""


def words(text: str, language: str | None = None) -> list[str]:
    """The words of `text` in order and in small letters, without the stop words of its language;
    of `it's` and `l'homme` the longer part counts, runs of unspaced letters are bigrams."""
    lowered = text.lower()
    stop = stop_words(language or language_of(lowered))
    said = _WORD.findall(lowered)
    if unspaced_in(lowered):
        return [part for word in said for part in _parts(word, stop)]
    if "'" in lowered or "’" in lowered:
        said = [_longer_part(word) for word in said]
    return [word for word in said if len(word) > 1 and word not in stop]


def _parts(word: str, stop: frozenset[str]) -> list[str]:
    if unspaced_in(word):
        return [pair for pair in _bigrams(word) if not says_nothing(pair, stop)]
    word = _longer_part(word)
    return [word] if len(word) > 1 and word not in stop else []


def _longer_part(word: str) -> str:
    return max(_APOSTROPHE.split(word), key=len) if "'" in word or "’" in word else word


def names(text: str) -> list[str]:
    """Runs of two or more words with capitals that do not begin a sentence, as they are written."""
    found: list[str] = []
    for match in _capitals().finditer(text):
        run = _PART.findall(match[0])
        if _begins_a_sentence(text, match.start()):
            del run[0]
        if len(run) > 1:
            found.append(" ".join(_APOSTROPHE.split(part)[0] for part in run))
    return found


def _begins_a_sentence(text: str, at: int) -> bool:
    for before in range(at - 1, -1, -1):
        if text[before] in _SENTENCE_ENDS:
            return True
        if text[before].isalnum():
            return False
    return True


def says_nothing(pair: str, stop: frozenset[str]) -> bool:
    """Whether a pair of letters is one of endings, particles or pronouns: of hiragana alone, as
    Japanese grammar is written, or of stop words alone."""
    return (
        pair in stop or _HIRAGANA.fullmatch(pair) is not None or all(map(stop.__contains__, pair))
    )


def has_hiragana(word: str) -> bool:
    """Whether there are letters in it that Japanese writes its grammar with."""
    return _HIRAGANA.search(word) is not None


def unspaced_in(word: str) -> bool:
    """Whether a word has letters of a script that puts no spaces between words."""
    if word.isascii() or not _BEYOND.search(word):
        return False
    return has_unspaced(word) or _UNSPACED_RUN.search(word) is not None


def _bigrams(word: str) -> Iterator[str]:
    at = 0
    for run in _UNSPACED_RUN.finditer(word):
        if run.start() - at > 1:
            yield word[at : run.start()]
        letters = run[0]
        if len(letters) == 1:
            yield letters
        yield from (letters[n : n + 2] for n in range(len(letters) - 1))
        at = run.end()
    if len(word) - at > 1:
        yield word[at:]


def language_of(text: str) -> str | None:
    """The language of `text` (BCP 47) by its letters, if only one language writes them, or by the
    vote of its commonest words, those of many languages with a part of a vote for each; None if few
    are known."""
    if by_script := language_by_script(text[:SCRIPT_LETTERS]):
        return by_script
    if cyrillic.fills(text[:SCRIPT_LETTERS]):
        return in_cyrillic(text[:CYRILLIC_LETTERS])
    said = _WORD.findall(text.lower())[:LANGUAGE_WORDS]
    votes: dict[str, float] = {}
    met: dict[str, int] = {}
    known = _languages_of_word()
    for word, times in Counter(said).items():
        languages = known.get(word, ())
        for language in languages:
            votes[language] = votes.get(language, 0) + times / len(languages)
            met[language] = met.get(language, 0) + times
    best = max(votes, key=lambda name: votes[name], default=None)
    return best if best and met[best] * 20 >= len(said) else None


def language_by_script(text: str) -> str | None:
    """The language that alone writes as `text` is written (BCP 47); of Han letters without kana,
    Chinese."""
    if text.isascii():
        return None
    foreign = _ASCII.sub("", text)  # mostly quotation marks and letters with accents
    for script, least, language in _SCRIPTS:
        its = len(script.findall(foreign))
        if its and its > least * sum(map(str.isalpha, text)):
            return language
    return None


def in_cyrillic(text: str) -> str | None:
    """The language of a text that is mostly in Cyrillic (BCP 47); None if nothing tells it."""
    return cyrillic.language(text, _function_words())


@cache
def stop_words(language: str | None) -> frozenset[str]:
    """Words of a language that say nothing of what a text is about; none for one not known."""
    if language == "en":
        return _english()
    found = _function_words().get(language or "", NO_WORDS)
    return found | words_by_language("stopwords_other.txt", language or "").get(
        language or "", NO_WORDS
    )


@cache
def _capitals() -> re.Pattern[str]:
    """Two or more words with capitals, one sign between them. Compiled when first needed: to ask
    every letter for its case takes milliseconds, which a start has not."""
    letters = "".join(filter(str.isupper, map(chr, range(0x10000))))
    word = rf"[{letters}]{_JOINED}"
    # The search is for the class of letters it begins with; what stands before comes second.
    alone = r"(?<![^\W_].)(?<![^\W_]['’.\-&].)"
    return re.compile(rf"[{letters}]{alone}{_JOINED}(?:(?:[^\w.!?:\n\"“”]|_){word})+")


@cache
def _english() -> frozenset[str]:
    lines = (shipped("data") / "stopwords.txt").read_text("utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


@cache
def _function_words() -> dict[str, frozenset[str]]:
    return words_by_language("function_words.txt")


def words_by_language(name: str, only: str | None = None) -> dict[str, frozenset[str]]:
    """The words that a file of the data lists, language by language (BCP 47), of all or of one: all
    of the long one would hold a megabyte."""
    lines = (shipped("data") / name).read_text("utf-8").splitlines()
    rows = [line.split(maxsplit=1) for line in lines if line and not line.startswith("#")]
    return {of: frozenset(words.split()) for of, words in rows if only in (None, of)}


@cache
def _languages_of_word() -> dict[str, tuple[str, ...]]:
    by_word: dict[str, tuple[str, ...]] = {}
    for language, members in _function_words().items():
        for word in members:
            by_word[word] = (*by_word.get(word, ()), language)
    return by_word
