"""What stays of a word in all its forms, for languages that bend their words: two accounts of one
event have most of their words in common, and few of the forms.

A word is cut to its first letters, which for such languages finds as much as stemming by the rules
of each (McNamee & Mayfield, Information Retrieval 7, 2004). German, whose compounds begin alike, is
left as it is: cut to five letters 80 of 694 German pages came into stories with others, whole 19.
"""

import re
from collections.abc import Callable
from functools import cache

from reader.text.terms import has_hiragana

LETTERS = {
    **dict.fromkeys("ru uk be bg sr mk pl cs sk".split(), 5),
    **dict.fromkeys("tr az kk ky uz".split(), 5),
    **dict.fromkeys("fi hu".split(), 6),
    "ar": 5,
}
"""Letters by which a word is known. Of 75 pairs of invented accounts of one event in seven of these
languages 58 come together, with a letter more 53, whole 11. Finnish and Hungarian put words
together, and are known by one more."""
_ARABIC_PREFIX = re.compile(r"(?:[وف]?(?:ال|بال|كال|لل)|و)(?=\w{3})")
"""Articles and little words, written as one with what follows (Larkey, Ballesteros & Connell, SIGIR
2002)."""


@cache
def stemmer(language: str | None) -> Callable[[str], str] | None:
    """What gives the stem of a word in small letters, empty if it is but one of grammar; None for a
    language whose words are compared as they are."""
    if language == "ja":
        return _without_grammar
    letters = LETTERS.get(language or "")
    if letters is None:
        return None
    if language == "ar":
        return lambda word: _cut(_without_prefix(word), letters)
    return lambda word: _cut(word, letters)


def _cut(word: str, letters: int) -> str:
    return word if len(word) <= letters or word.isdigit() else word[:letters]


def _without_prefix(word: str) -> str:
    prefix = _ARABIC_PREFIX.match(word)
    return word[prefix.end() :] if prefix else word


def _without_grammar(pair: str) -> str:
    """Nothing of pairs of letters that hold an ending, or the end of a word and a particle."""
    return "" if has_hiragana(pair) else pair
