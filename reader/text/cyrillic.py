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
KYRGYZ_OR_MONGOLIAN = frozenset("ңөү")
"""Letters of both but for the first, and of none of their own besides."""
MORE_WORDS = {
    "ru": "во со об их чтобы этот эта уже только может когда где без",
    "uk": "не що від чи щоб цей ця вже лише можна із через",
    "bg": "го ги ще която което които който ако си през при между може му без има или към от",
    "sr": "из не би када који која које није због ако има или по до за ли бити са",
    "mk": "во го ги ќе со од дека кој што и на да се не за по ја е кои која може или",
    "be": "і не на у з са да што як для гэта ці па ад пры або яго калі ён можна",
    "ky": "жана менен бул бир үчүн эмес болгон боюнча кийин ошол анын жылы дагы жок керек болуп "
    "алар ушул тууралуу бирок эки үч бар эле ал экенин деген азыр кайра абдан көп дейт айтты",
    "mn": "нь юм гэж энэ байна байсан байгаа болон бөгөөд болно хийх хэн дээр нэг гэсэн хүн бас "
    "мөн тэр тэд их боловч учир хоёр гурван жил оны улсын олон шинэ байв болсон талаар өөр хэлэв",
}
"""What tells neighbours apart, beside the words in `data/function_words.txt`, which has none of
Kyrgyz and Mongolian."""
OTHERS_WORDS = frozenset("он а о да у бар же их".split())
"""Words of Russian that are also words elsewhere: ten is `он` in Turkic languages."""
RUSSIAN_SHARE = 0.04
SURE_LETTERS = 40
"""Of so many letters in Ukrainian or Belarusian one is `і`, but in one text of ten; in Tatar or
Kazakh one that Kyrgyz has not."""
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
    russian = sum(word in known["ru"] - OTHERS_WORDS for word in words)
    if often(foreign, NOT_SLAVIC_SHARE):
        return _not_slavic(foreign, letters, words, known, russian)
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
    return _of_common_letters(lowered, letters, words, known, foreign, russian)


def _of_common_letters(
    lowered: str,
    letters: Counter[str],
    words: list[str],
    known: Mapping[str, frozenset[str]],
    foreign: Iterable[str],
    russian: int,
) -> str | None:
    least_russian = max(NAMING_WORDS if foreign else 1, RUSSIAN_SHARE * len(words))
    is_told = russian >= least_russian
    if _RUSSIAN.search(lowered):
        if not is_told:
            return _kyrgyz_or_mongolian(foreign, letters, words, known, russian)
        near = _neighbours(letters)
        return _voted(words, known, dict.fromkeys(["ru", *near], 0)) if near else "ru"
    if foreign:
        return _kyrgyz_or_mongolian(foreign, letters, words, known, russian)
    hard = len(_HARD.findall(lowered))
    return _voted(words, known, {"ru": 0, "uk": 0, "bg": hard, "sr": 0, "mk": 0})


def _neighbours(letters: Counter[str]) -> list[str]:
    """Languages that a text so short may be in though it has no letter that they alone have."""
    if letters.total() > SURE_LETTERS:
        return []
    ukrainian = [] if any(letters[one] for one in "ыэёъ") else ["uk"]
    return ukrainian if letters["и"] else [*ukrainian, "be"]


def _not_slavic(
    own: Iterable[str],
    letters: Counter[str],
    words: list[str],
    known: Mapping[str, frozenset[str]],
    russian: int,
) -> str | None:
    for name, some, every, one, none in NOT_SLAVIC:
        fits = not set(own).isdisjoint(some) and set(own) <= set(every)
        if fits and (not one or letters[one]) and not (none and letters[none]):
            return name
    return _kyrgyz_or_mongolian(own, letters, words, known, russian)


def _kyrgyz_or_mongolian(
    own: Iterable[str],
    letters: Counter[str],
    words: list[str],
    known: Mapping[str, frozenset[str]],
    russian: int,
) -> str | None:
    """Which of two that share their own letters: by words, and by `к` and `х`, of which each has
    one in loan words only. None if it has letters of others, or no word of it, and of a longer
    text not even the letter. It has more of these than words of Russian."""
    if not own or not set(own) <= KYRGYZ_OR_MONGOLIAN:
        return None
    marks = {
        "ky": letters["к"] > QUOTED * letters["х"],
        "mn": letters["х"] > QUOTED * letters["к"] and not letters["ң"],
    }
    found = _voted(words, known, marks)
    if found is None:
        return None
    told = sum(word in known[found] for word in words)
    by_letters = letters.total() > SURE_LETTERS and marks[found]
    return found if told + by_letters > russian else None


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
