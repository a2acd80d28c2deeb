"""The language of a text in Cyrillic, by the letters that few alphabets have and by its commonest
words; None rather than Russian where neither tells."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping

CYRILLIC = re.compile("[\u0400-\u052f]")
FILLED = 0.5
"""Share of a text's letters that are Cyrillic where it is in such a language."""
OWN_SHARE = 0.015
"""Share of letters of its own in a text of a Slavic language; Macedonian has the fewest, some two
of a hundred."""
NOT_SLAVIC_SHARE = 0.03
"""The same of other languages: Tajik and Mongolian have the fewest, some six of a hundred. Texts
that name places there have fewer."""
SLAVIC = frozenset("абвгдежзийклмнопрстуфхцчшщъыьэюяёѐѝіїєґўјљњџђћѓќѕ")
NOT_SLAVIC = (
    ("tg", "ӣӯҷ", "ғӣқӯҳҷ", "", "і"),
    ("kk", "ұ", "әғқңөұүһ", "", ""),
    ("kk", "әғқңөүһ", "әғқңөұүһ", "і", ""),
    ("uz", "қғҳ", "қғҳ", "ў", "і"),
    ("ky", "ң", "ңөү", "ө", "і"),
)
"""Language; letters of which it has some; all it has beyond the Slavic ones; of these one that it
has, and one that it has not."""
MONGOLIAN = frozenset(
    "нь юм гэж энэ байна байсан байгаа болон бөгөөд болно хийх хэн дээр нэг".split()
)
MORE_WORDS = {
    "ru": "во со об их чтобы этот эта уже только может когда где без",
    "uk": "не що від чи щоб цей ця вже лише можна із через",
    "bg": "го ги ще която което които който ако си през при между може му без има или към от",
    "sr": "из не би када који која које није због ако има или по до за ли бити са",
    "mk": "во го ги ќе со од дека кој што и на да се не за по ја е кои која може или",
    "be": "і не на у з са да што як для гэта ці па ад пры або яго калі ён можна",
}
"""Beside `data/function_words.txt`, what tells neighbours apart."""
OTHERS_WORDS = frozenset("он а о да у бар же".split())
"""Words of Russian that are also words elsewhere: ten is `он` in Turkic languages."""
RUSSIAN_SHARE = 0.04
SURE_LETTERS = 40
"""Of so many letters in Ukrainian or Belarusian one is `і`, but in one text of ten."""
NAMING_WORDS = 3
"""So many words of Russian tell it also where foreign letters, of names, stand among its own."""
QUOTED = 4
"""So many letters of its own stand against one that it has not, of a name or a quotation."""
AHEAD = 1.3
"""How far the votes for a language are ahead of the next, where only words tell it."""
_RUSSIAN = re.compile("[ыэё]|ь(?!о)|ъ[еёюя]")
"""Bulgarian has a soft sign only before `о` and no hard sign before these vowels, Serbian and
Macedonian have neither."""
_HARD = re.compile("ъ(?![еёюя])")
_WORD = re.compile(r"[\u0400-\u052f]+")


def fills(text: str) -> bool:
    """Whether a text is mostly written in Cyrillic."""
    if text.isascii():
        return False
    return len(CYRILLIC.findall(text)) > FILLED * sum(map(str.isalpha, text))


def language(text: str, function_words: Mapping[str, frozenset[str]]) -> str | None:
    """The language of a text that is mostly in Cyrillic (BCP 47)."""
    lowered = text.lower()
    letters = Counter(CYRILLIC.findall(lowered))
    words = _WORD.findall(lowered)
    known = {
        name: function_words.get(name, frozenset()) | set(more.split())
        for name, more in MORE_WORDS.items()
    }

    def often(some: Iterable[str], share: float = OWN_SHARE) -> bool:
        return sum(letters[letter] for letter in some) > share * letters.total()

    foreign = letters.keys() - SLAVIC
    if often(foreign, NOT_SLAVIC_SHARE):
        return _not_slavic(foreign, letters, words)
    if often("јљњџђћѓќѕ"):
        marks = {"sr": letters["ђ"] + letters["ћ"], "mk": sum(letters[one] for one in "ѓќѕ")}
        return _voted(words, known, marks)
    if often("іїєґў"):
        more = letters["і"] > letters["и"]
        if more and (letters["ў"] or (letters["ы"] and not known["be"].isdisjoint(words))):
            return "be"
        others = letters["ы"] + letters["э"] + letters["ъ"] + letters["ў"]
        own = letters["і"] + letters["ї"] + letters["є"]
        return "uk" if others * QUOTED < own else None
    return _of_common_letters(lowered, letters, words, known, bool(foreign))


def _of_common_letters(
    lowered: str,
    letters: Counter[str],
    words: list[str],
    known: Mapping[str, frozenset[str]],
    has_foreign: bool,
) -> str | None:
    its = sum(word in known["ru"] - OTHERS_WORDS for word in words)
    is_told = its >= (NAMING_WORDS if has_foreign else 1) and its >= RUSSIAN_SHARE * len(words)
    if _RUSSIAN.search(lowered):
        if not is_told:
            return None
        near = _neighbours(letters)
        return _voted(words, known, dict.fromkeys(["ru", *near], 0)) if near else "ru"
    if has_foreign:
        return None
    hard = len(_HARD.findall(lowered))
    return _voted(words, known, {"ru": 0, "uk": 0, "bg": hard, "sr": 0, "mk": 0})


def _neighbours(letters: Counter[str]) -> list[str]:
    """Languages that a text so short may be in though it has no letter that they alone have."""
    if letters.total() > SURE_LETTERS:
        return []
    ukrainian = [] if any(letters[one] for one in "ыэёъ") else ["uk"]
    return ukrainian if letters["и"] else [*ukrainian, "be"]


def _not_slavic(own: Iterable[str], letters: Counter[str], words: list[str]) -> str | None:
    for name, some, every, one, none in NOT_SLAVIC:
        fits = not set(own).isdisjoint(some) and set(own) <= set(every)
        if fits and (not one or letters[one]) and not (none and letters[none]):
            return name
    is_mongolian = set(own) <= set("өү") and not MONGOLIAN.isdisjoint(words)
    return "mn" if is_mongolian else None


def _voted(
    words: list[str], known: Mapping[str, frozenset[str]], marks: Mapping[str, float]
) -> str | None:
    """Of the languages in `marks` the one that most of its words speak for, each with a part for
    each that has it; marks count beside them."""
    votes = dict(marks)
    for word in words:
        having = [name for name in votes if word in known[name]]
        for name in having:
            if name != "ru" or word not in OTHERS_WORDS:
                votes[name] += 1 / len(having)
    best, second = sorted(votes, key=lambda name: -votes[name])[:2]
    return best if votes[best] and votes[best] >= AHEAD * votes[second] else None
