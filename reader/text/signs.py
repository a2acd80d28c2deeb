"""Names where capitals do not tell them, in scripts that have none and in German, by what stands
beside them: titles, the words for a town or a company, what the names of places end with, articles
(`data/name_signs.txt`).

Not all are found, and not all found are names. It is enough to tell two events in the same words
apart, for what both have, name or not, speaks for one event.
"""

import re
from collections.abc import Iterator
from functools import cache
from itertools import chain

from reader.text.spelled import Spelled
from reader.text.terms import names, stop_words, words_by_language

LANGUAGES = frozenset({"ar", "fa", "ur", "hi", "ko", "zh", "ja", "de"})
UNSPACED = frozenset({"zh", "ja"})
PERSON_WORDS = 2
"""Words of a person's name after a title; of a place it is one."""
PLACE_LETTERS = 2
"""Letters of a Chinese name before its ending: nothing parts it from what stands before."""
ARABIC_PREFIXES = ("وب", "ول", "و", "ب", "ل", "ف")
"""Written as one with the word that follows."""
COMPOUND = frozenset("ابن أبو أبي آل عبد بن أم".split())
"""Arabic words that a name only begins with."""
_WORD = Spelled(r"{L}+")
_HAN = "\u4e00-\u9fff々"
_KATAKANA = "\u30a1-\u30faー"


def signed(text: str, language: str | None) -> dict[str, str]:
    """The words of names, as `terms.words` gives them, each as it is written, pairs of letters as
    the whole name; none in languages that tell names by capitals."""
    if language not in LANGUAGES:
        return {}
    if language == "de":
        return _without_article(text)
    if language not in UNSPACED:
        return _beside(text, language)
    found: dict[str, str] = {}
    for match in _unspaced(language).finditer(text):
        name = match["name"]
        if not any(never in name for never in _signs(language, "never")):
            found |= {name[n : n + 2].lower(): name for n in range(len(name) - 1)}
    return found


def _without_article(text: str) -> dict[str, str]:
    """Words that German, whose nouns have capitals too, writes as names: several in a row or after
    `in` or `from`, and nowhere after an article."""
    nouns = set(_after_article().findall(text))
    found = {*_after_preposition().findall(text), *chain.from_iterable(map(str.split, names(text)))}
    return {word.lower(): word for word in found.difference(nouns)}


def _beside(text: str, language: str) -> dict[str, str]:
    """Names by the titles before and after them."""
    persons, places = _signs(language, "person"), _signs(language, "place")
    bearers = tuple(_signs(language, "bearer"))
    stop = stop_words(language) | _signs(language, "never")
    said = [(match[0], match.start(), match.end()) for match in _WORD.of(text).finditer(text)]

    def following(at: int, most: int) -> Iterator[str]:
        """The words after one that nothing but a space parts from it."""
        while most and at + 1 < len(said) and said[at + 1][1] == said[at][2] + 1:
            at += 1
            word = said[at][0]
            if text[said[at][1] - 1] != " " or word in stop or len(word) < 2:
                return
            yield word
            most -= word not in COMPOUND

    ending = _ending()
    found: dict[str, str] = {}
    for at, (word, start, _) in enumerate(said):
        bare = _without_prefix(word, persons | places) if language == "ar" else word
        if bare in persons or bare in places:
            name = list(following(at, PERSON_WORDS if bare in persons else 1))
        elif bearers and at and word.startswith(bearers) and said[at - 1][2] == start - 1:
            name = [before] if (before := said[at - 1][0]) not in stop else []
        elif ending.fullmatch(word):
            name = [word]
        else:
            continue
        found |= {part.lower(): part for part in name}
    return found


def _without_prefix(word: str, signs: frozenset[str]) -> str:
    if word in signs:
        return word
    bare = (word.removeprefix(prefix) for prefix in ARABIC_PREFIXES if word.startswith(prefix))
    return next((each for each in bare if each in signs), word)


@cache
def _unspaced(language: str) -> re.Pattern[str]:
    """What names are told by where nothing parts words."""
    bearer, ending = _any_of(language, "bearer"), _any_of(language, "ending")
    if language == "ja":
        return re.compile(
            rf"(?P<name>[{_HAN}]{{2,5}}?(?=(?:{bearer}))|[{_HAN}ヶケ]{{1,3}}?(?:{ending})"
            rf"|[{_HAN}]{{2,4}}(?:[{_KATAKANA}]{{3,}}|[A-Z]{{2,}})|[{_KATAKANA}・]{{3,}})"
        )
    surname = f"[{''.join(_signs(language, 'surname'))}]"
    person = "".join({title[-1] for title in _signs(language, "person")})
    return re.compile(
        rf"(?P<name>(?<=[{person}]){surname}[{_HAN}]{{1,2}}"
        rf"|{surname}[{_HAN}]{{1,2}}?(?=(?:{bearer}))"
        rf"|[{_HAN}]{{{PLACE_LETTERS}}}(?:{ending})|[{_HAN}]{{1,6}}(?:·[{_HAN}]{{1,6}})+)"
    )


@cache
def _after_article() -> re.Pattern[str]:
    articles = _any_of("de", "article")
    return re.compile(rf"\b(?i:{articles})(?: [a-zäöüß]+)? ([A-ZÄÖÜ][\wäöüß]+)")


@cache
def _after_preposition() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_any_of('de', 'place')}) ([A-ZÄÖÜ][\wäöüß]+)")


@cache
def _ending() -> re.Pattern[str]:
    hindi, korean = _any_of("hi", "ending"), _any_of("ko", "ending")
    never = _any_of("ko", "never")
    particles = "에서|으로|까지|부터|에|의|는|은|가|이|를|을|로|와|과"
    return re.compile(
        rf"[\u0900-\u097f]{{2,}}(?:{hindi})"
        rf"|(?!(?:{never}))[가-힣]{{2,6}}(?:{korean})(?:{particles})?"
    )


def _any_of(language: str, kind: str) -> str:
    return "|".join(sorted(map(re.escape, _signs(language, kind)), key=lambda s: (-len(s), s)))


@cache
def _signs(language: str, kind: str) -> frozenset[str]:
    return _rows().get(f"{language}:{kind}", frozenset())


@cache
def _rows() -> dict[str, frozenset[str]]:
    return words_by_language("name_signs.txt")
