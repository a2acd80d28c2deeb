"""The names in a line that credits them: `By A. Smith and B. Jones, Brussels | 12 March`."""

import re
from collections.abc import Iterable, Iterator

from reader.clean import names
from reader.clean.boxes import squeeze, tags

NAME_CHARS = 60
LINE_CHARS = 160
BY = re.compile(
    r"^(?:(?:mehr )?(?:artikel|beiträge|posts) (?:von|vom autor)\s*:?|"
    r"alle posts vom autor(?=\s?[A-Z])|themenstarter(?:in)?(?=\s)|text und interview\s*:|"
    r"(?:eine? )?(?:kolumne|kommentar|gastbeitrag|analyse|essay|rezension|bericht|reportage|"
    r"im wortlaut|interview) von(?=\s)|interview\s*:|erstellt von|veröffentlicht\s?von(?=[A-Z])|"
    r"(?:über|about|more from)(?=\s[A-Z])|"
    r"(?:view )?(?:all )?posts by|(?:zeige )?alle beiträge von|"
    r"(?:ein |pressemitteilung |text )?(?:beitrag|artikel)?\s?von|veröffentlicht von|"
    r"geschrieben von|verfasst von|eingestellt von|gepostet von|publié par|escrito por|"
    r"publicado por|(?:written|posted|published|reported|reviewed|story|words|text)\s*:?\s+by|"
    r"(?:text(?:,| und| &) )?(?:autor(?:in|en)?|authors?|auteurs?|autore|autores|text|fotos?|"
    r"photos?)(?:\s*[:|/]|(?=\s+[A-Z]))|redaktion\s*[:|/]|"
    r"by|vom?|par|por|di|door|av|af|przez)(?:(?=[\s:])|(?<=autor)(?=[A-Z]))[\s:]*",
    re.IGNORECASE,
)
AND = re.compile(
    r"\s*[,;|•·&]\s+|\s*[;|•]\s*|\s+(?:and|und|et|y|och|og|&|e|en)\s+|\s+/\s+", re.IGNORECASE
)
TAIL = re.compile(
    r"\s*(?:[(\[|<»›].*|\s[-–—]\s.*|\b(?:on|am|um|at|in|für|for|via|from)\s+(?:\d|[A-Z]).*|"
    r"\d{1,2}(?:[./:]\d|\s*\.?\s+[A-Z][a-zä]{2}).*|(?<=\s)@\w+.*|\s+\S+@\S+.*)$"
)
MONTHS = (
    r"(?:jan(?:uary|uar)?|feb(?:ruary|ruar)?|march|märz|apr(?:il)?|may|mai|june?|juni?|july?|juli|"
    r"aug(?:ust)?|sept?(?:ember)?|o[ck]t(?:ober)?|nov(?:ember)?|de[cz](?:ember)?)\.?"
)
WEEKDAYS = (
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|montag|dienstag|mittwoch|donnerstag|freitag|"
    r"samstag|sonntag)"
)
LABELS = (
    r"(?:stand|datum|date|posted|published|updated|last updated|follow(?:ing)?|shares?|uhr|"
    r"veröffentlicht|aktualisiert|publiziert|publié|publicado|kommentare?|comments?)\b:?"
)
BEYOND = re.compile(
    rf"(?<=\w)(?:\s*[→†↗›»]|\s+\d+$|\s+{MONTHS}\s+\d|"
    rf"\s+(?:{LABELS}|{WEEKDAYS})(?=\s|$)).*$",
    re.IGNORECASE,
)
GLUED = re.compile(r"(?<=[a-zà-ÿ])(?:Follow|Posted|Published|Updated|Share|Veröffentlicht).*$")
"""What a page sets behind a name without a mark between: a day, a label, a button."""
ROLE = re.compile(
    r"\b(?:senior|staff|chief|director|professor|technologist|editors?|reporters?|correspondents?|"
    r"(?:co-?)?founder|manager|head of|writer|journalist(?:in)?|redakteur(?:in)?|redaktion|"
    r"projektleiter(?:in)?|leiter(?:in)?|pressesprecher(?:in)?|geschäftsführer(?:in)?|vorsitzender?|"
    r"experte|expertin|university|universität|institute?|landesanstalt|stiftung|foundation|gmbh|"
    r"agency|agentur|news|ceo|president|ph\.?d)\b",
    re.IGNORECASE,
)
"""Behind a person's name: who that is, and where, not one more name."""
NOT_A_NAME = re.compile(
    r"https?:|www\.|^\W*$|^[\d\W]+$|^(?:(?:wordpress|web|site|super)?-?(?:admin\w*|master)|"
    r"redaktion|editor(?:ial)?|editors|redactie|redacción|author|autor(?:in)?|unknown|anonymous|"
    r"staff|text|last|none|null|undefined|no author|name|by|von|read more|mehr|guest|gast|user|"
    r"team|share|follow|username|(?:the|der|die) (?:author|autor(?:in)?)|alle beiträge|all posts|"
    rf"{LABELS}|{MONTHS}|{WEEKDAYS}|"
    r"(?:ph\.?\s?d|m\.?d|r\.?d|m\.?s|b\.?a|m\.?a|msc|bsc|mph|rn|jr|sr|esq)\.?|"
    r"(?:senior |staff |chief |guest |special )?"
    r"(?:writer|reporter|correspondent|journalist|contributor|columnist|editor)|e\.\s?v\.?)$",
    re.IGNORECASE,
)
DESK = re.compile(
    r"(?:die |la |the )?(?:redaktion|redactie|redacción|redação|redazione|rédaction|newsroom)|"
    r"(?:die |the )?(?:news|web|online|editorial|staff)[ -]?(?:desk|team|staff|redaktion|"
    r"writers?|reporters?|board)|(?:the )?editors",
    re.IGNORECASE,
)
"""Who writes where no person signs."""
PARTICLES = tags(
    "de da do dos das del della di du la le van von vom der den ter ten af av el al bin ibn ben y "
    "e zu zum und of the mc san st for and für d'"
)
NO_PART = tags(
    "veröffentlicht publiziert posted published updated last read minutes min email subscribe "
    "follow share kommentare comments januar februar märz juli september oktober november dezember "
    "january february july october december"
)
"""Words that no name has."""
OTHER_SCRIPT = re.compile(r"[\u0370-\u1fff\u2e80-\ufaff]")
"""Letters of scripts whose by-lines `names` knows; `BY` is of Latin ones."""


def split(text: str) -> list[str]:
    """The names in a by-line: `By A. Smith and B. Jones` holds two."""
    text = squeeze(text)
    if len(text) > LINE_CHARS:
        return []
    if OTHER_SCRIPT.search(text) and (told := names.after_by(text)):
        return told
    found = list(_names(AND.split(BY.sub("", text))))
    return [name for name in found if name]


def _names(parts: Iterable[str]) -> Iterator[str]:
    for number, part in enumerate(parts):
        if number and ROLE.search(part):
            break
        name = _bare(part)
        if re.search(r"[a-z]{2}\.$|\b[A-Z]\.$", part) and not name.endswith("."):
            name = name + "." if re.search(r"\b(?:[A-Z]|Jr|Sr)\.$", part) else name
        if 1 < len(name) <= NAME_CHARS and not NOT_A_NAME.search(name) and len(name.split()) <= 6:
            yield name


def _bare(part: str) -> str:
    """A name without what stands before and behind it."""
    name = BEYOND.sub("", GLUED.sub("", TAIL.sub("", BY.sub("", part.strip()))))
    return name.strip(" \t-–—:,.;|/*\"'")


def is_name(text: str) -> bool:
    """Whether a text can be a name: capitals throughout, or one word."""
    words = [word for word in text.split() if word.lower() not in PARTICLES]
    if len(words) <= 1:
        return bool(words)
    capital = sum(not word[0].islower() for word in words)
    return capital == len(words) and not any(word.lower() in NO_PART for word in words)


def is_latin_word(text: str) -> bool:
    """Whether a text is one word of a script in which names have two."""
    return " " not in text and not OTHER_SCRIPT.search(text)


def desk(text: str) -> str | None:
    """The desk that a by-line names in a person's place: `von Redaktion, 24. Januar 2022`."""
    name = _bare(AND.split(squeeze(text))[0])
    return name if DESK.fullmatch(name) else None
