"""What a text is about, as terms: words without the words that say nothing, and names.

Chinese, Japanese, Thai and the like put no spaces between words; their runs become overlapping
pairs of letters, which are compared as well as words are (Nie et al., SIGIR 1999, for Chinese).
"""

import re
from collections.abc import Iterator
from functools import cache

from reader.paths import shipped
from reader.text.width import unspaced

LANGUAGE_WORDS = 300
"""Words at the beginning of a text that tell its language."""
MANY_CAPITALS = 0.5
"""Above this share of capitals a text is set in them, and they name nothing."""

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_NAME_PART = re.compile(r"[^\W_]+(?:['’.\-&][^\W_]+)*|[.!?:\n\"“”]")
_APOSTROPHE = re.compile("['’]")
_UNSPACED_RUN = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\U00020000-\U0003ffff]+"
)


def words(text: str, language: str | None = None) -> list[str]:
    """The words of `text` in order and in small letters, without the stop words of its language;
    of `it's` and `l'homme` the longer part counts, runs of unspaced letters are bigrams."""
    lowered = text.lower()
    stop = stop_words(language or language_of(lowered))
    found: list[str] = []
    for word in _WORD.findall(lowered):
        if not word.isascii() and unspaced_in(word):
            found += _bigrams(word)
            continue
        if "'" in word or "’" in word:
            word = max(_APOSTROPHE.split(word), key=len)
        if len(word) > 1 and word not in stop:
            found.append(word)
    return found


def names(text: str) -> list[str]:
    """Runs of two or more words with capitals that do not begin a sentence, as they are written."""
    found: list[str] = []
    run: list[str] = []
    begins, last = True, -1

    def close() -> None:
        if len(run) > 1:
            found.append(" ".join(run))
        run.clear()

    for match in _NAME_PART.finditer(text):
        part = match[0]
        if len(part) == 1 and not part.isalnum():
            close()
            begins = True
        elif part[0].isupper():
            if run and match.start() - last > 1:
                close()
            if not begins:
                run.append(_APOSTROPHE.split(part)[0])
            begins = False
        else:
            close()
            begins = False
        last = match.end()
    close()
    return found


def unspaced_in(word: str) -> bool:
    """Whether a word has letters of a script that puts no spaces between words."""
    return any(map(unspaced, word))


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
    """The language of `text` (BCP 47) by the vote of its commonest words; None if few are known."""
    votes: dict[str, int] = {}
    seen = 0
    for match in _WORD.finditer(text.lower()):
        for language in _languages_of_word().get(match[0], ()):
            votes[language] = votes.get(language, 0) + 1
        seen += 1
        if seen >= LANGUAGE_WORDS:
            break
    best = max(votes, key=lambda name: votes[name], default=None)
    return best if best and votes[best] * 20 >= seen else None


def stop_words(language: str | None) -> frozenset[str]:
    """Words of a language that say nothing of what a text is about; none for one not known."""
    if language == "en":
        return _english()
    return _function_words().get(language or "", frozenset())


@cache
def _english() -> frozenset[str]:
    lines = (shipped("data") / "stopwords.txt").read_text("utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


@cache
def _function_words() -> dict[str, frozenset[str]]:
    lines = (shipped("data") / "function_words.txt").read_text("utf-8").splitlines()
    rows = [line.split() for line in lines if line and not line.startswith("#")]
    return {row[0]: frozenset(row[1:]) for row in rows}


@cache
def _languages_of_word() -> dict[str, tuple[str, ...]]:
    by_word: dict[str, tuple[str, ...]] = {}
    for language, members in _function_words().items():
        for word in members:
            by_word[word] = (*by_word.get(word, ()), language)
    return by_word
