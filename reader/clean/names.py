"""Names of authors, told from the other short lines around an article."""

import re

from reader.clean import openers, prose

LONGEST_WORDS = 14
"""Words of the longest by-line."""

_AND_WORDS = "and|und|et|y|e|en|och|og|oraz|i|a|ja|ve|и|та|και|و|dan|và"
_AND = re.compile(rf"\s*(?:[,;、，&+]|\b(?:{_AND_WORDS})\b)\s*", re.I)
_AROUND_NAME = re.compile(r"^@|\s*[(（\[].*$|\s*<[^>]*>|\s+@\w+|\s*\S+@\S+\.\S+")
_LOOSE_END = re.compile(r"(?:\s+[a-zà-ÿа-я]{1,4})+$")
_PLACE = re.compile(r"\s+(?:in|at|aus|à|en|em|a|te|в)\s+[A-ZÀ-ÞА-Я].*$")
_ROLES = (
    "news", "correspondent", "reporter", "editor", "staff", "writer", "press", "times", "post",
    "agency", "agenc", "contributor", "redaktion", "redaktor", "redacción", "redação", "redazione",
    "rédaction", "korrespondent", "korrespondentin", "corresponsal", "journalist", "team", "desk",
    "special", "chief", "senior", "редакция", "корреспондент",
)  # fmt: skip
_ROLE = re.compile(rf"\b(?:{'|'.join(_ROLES)})\b", re.I)
PARTICLES = frozenset(
    [
        "de", "da", "do", "dos", "das", "del", "della", "di", "du", "la", "le", "van", "von", "der",
        "den", "ter", "ten", "af", "av", "el", "al", "bin", "ibn", "ben", "y", "e", "zu", "zum",
        "und", "of", "the", "mc", "san", "st",
    ]
)  # fmt: skip
_FROM = frozenset(("do", "da", "de", "dal", "dalla", "desde", "en", "from", "in", "aus", "à", "из"))
"""How a place is told behind a name and a comma: `Por Marina Lopes, do Recife`."""
_KOREAN_BY = re.compile(r"^([가-힣]{2,4})\s*기자\b")
_HAN_NAME = re.compile(r"[\u4e00-\u9fff々]{1,3} ?[\u3040-\u30ff\u4e00-\u9fff々]{1,3}")
_JAPANESE_BY = re.compile(r"^([\u3040-\u30ff\u4e00-\u9fff]{2,8}?)\s*(?:記者|编辑|記す)$")


def after_by(line: str) -> list[str]:
    """Names behind `By` and its like; none if the line only begins with such a word."""
    if found := _KOREAN_BY.match(line) or _JAPANESE_BY.match(line):
        return [found[1]]
    rest = openers.after(line, "authors")
    if not rest or prose.word_count(line) > LONGEST_WORDS or prose.ends_sentence(line):
        return []
    return split_names(rest)


def split_names(text: str) -> list[str]:
    """`Jane Doe, Ann Lee and Kim Roe (Reuters)` → three names; [] if it holds no name."""
    for label in ("authors", "published"):
        if inner := openers.after(text, label):
            text = inner if label == "authors" else text
    names: list[str] = []
    for number, part in enumerate(_AND.split(text)):
        name = _PLACE.sub("", _AROUND_NAME.sub("", part.strip(" .,:;–—-*_")))
        name = _without_role(_LOOSE_END.sub("", name).strip(" .,:;–—-*_"))
        if not name:
            continue
        if not is_name(name):
            break
        words = name.split()
        if number and words[0] in _FROM:
            continue
        # Behind a person's full name one word, or one in capitals, is where that person works.
        works_at = len(words) == 1 and name[0] < "\u2e80" and names and " " in names[0]
        if number and (works_at or _ROLE.search(name) or any(map(_is_shouted, words))):
            continue
        names.append(name)
    # A by-line in capitals throughout is set so, and its names are not written so.
    return [name.title() if text.isupper() and " " in name else name for name in names[:12]]


def without_place(text: str) -> str:
    """A name without where its bearer is: `Ann Lee in Oslo`."""
    return _PLACE.sub("", text)


def _without_role(name: str) -> str:
    """A name without what its bearer does, where no comma parts them: `Ann Lee Staff Writer`."""
    words = name.split()
    if len(words) < 4 or not _ROLE.fullmatch(words[-1]):
        return name
    is_inner = len(words[1].rstrip(".")) == 1 or words[1].lower() in PARTICLES
    return " ".join(words[: 3 if is_inner else 2])


def is_name(text: str) -> bool:
    """Whether a text may be the name of a person or a body."""
    words = text.split()
    if not 1 <= len(words) <= 5 or len(text) > 48 or re.search(r"[\d?!:;{}<>=\"]", text):
        return False
    if openers.kinds(text) or not any(c.isalpha() for c in text):
        return False
    if len(words) == 1 and len(text) > 6 and ord(text[0]) >= 0x2E80:
        return False
    cased = [w for w in words if w.lower() not in PARTICLES and w[0].isalpha()]
    return bool(cased) and all(w[0].isupper() or w[0].lower() == w[0].upper() for w in cased)


def is_person(text: str) -> bool:
    """Whether a line that stands alone looks like the name of one person."""
    words = text.split()
    cased = all(w[0].isupper() and not w.isupper() for w in words if w not in PARTICLES)
    return 2 <= len(words) <= 4 and cased and is_name(text) and not _ROLE.search(text)


def is_called(text: str) -> bool:
    """Whether a line is a name that begins as a by-line does: `De Volkskrant`."""
    first, _, rest = text.partition(" ")
    if not first[:1].isupper() or first.lower() not in PARTICLES:
        return False
    return len(rest.split()) < 3 and not is_person(rest) and is_name(rest)


def people(text: str) -> list[str]:
    """The persons on a line that has nothing but full names: `Ellie Marsh and Owen Pike`.
    What a full stop ends is a sentence, `Port of Ostrey, North Breakwater.`, and names nobody."""
    if prose.ends_sentence(text):
        return []
    if is_person(text) or (_HAN_NAME.fullmatch(text) and not openers.kinds(text)):
        return [text]
    parts = [part.strip() for part in _AND.split(text)]
    return parts if len(parts) <= 4 and all(map(is_person, parts)) else []


def further_people(text: str) -> list[str]:
    """The persons on a line that goes on from the name above it: `and Kim Roe`."""
    first, _, rest = text.partition(" ")
    goes_on = first == "&" or re.fullmatch(_AND_WORDS, first) is not None
    return people(rest) if goes_on and rest else []


def _is_shouted(word: str) -> bool:
    return len(word) > 1 and word.isupper()
