"""Facts of an article that a dump shows as lines: title, names, dates, section, tags.

Each is read only where such lines stand, around the title and right after the body, and each line
read as a fact is no longer text. A date inside the prose is never the article's date.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from reader.clean import openers, prose
from reader.clean.lines import normal
from reader.model import When

SHORT_WORDS = 14
"""Words of the longest line that may be a fact."""
HEADER_LINES = 14
"""Lines between title and text that are searched; above the title four."""

_PIECES = re.compile(r"\s*(?:[|•·⋅‧●¦/]|\s[–—-]\s|\s{2,}|,\s+(?=\d))\s*")
_AND = re.compile(
    r"\s*(?:[,;、，&+]|\b(?:and|und|et|y|e|en|och|og|oraz|i|a|ja|ve|и|та|та|και|و|dan|và)\b)\s*",
    re.I,
)
_AROUND_NAME = re.compile(r"^@|\s*[(（\[].*$|\s*<[^>]*>|\s+@\w+|\s*\S+@\S+\.\S+")
_PLACE = re.compile(r"\s+(?:in|at|aus|à|en|em|a|te|в)\s+[A-ZÀ-ÞА-Я].*$")
_ROLE = re.compile(
    r"\b(?:news|correspondent|reporter|editor|staff|writer|press|times|post|agency|agenc|contributor|"
    r"redaktion|redaktor|redacción|redação|redazione|rédaction|korrespondent|corresponsal|journalist|"
    r"team|desk|special|chief|senior|korrespondentin|редакция|корреспондент)\b",
    re.I,
)
_PARTICLES = frozenset(
    "de da do dos das del della di du la le van von der den ter ten af av el al bin ibn ben y e zu "
    "zum und of the mc san st".split()
)
_MINUTES = re.compile(
    r"^\W*(?:(?:reading|read|lesezeit|lesedauer|lecture|temps de lecture|durée de lecture|"
    r"tiempo de lectura|lectura|tempo di lettura|lettura|tempo de leitura|leitura|leestijd|"
    r"czas czytania|время чтения|час читання|okuma süresi|lästid|læsetid|lesetid|doba čtení|"
    r"estimated reading time|time to read|reading time|読了時間|読了目安|この記事は|阅读时间|閱讀時間|"
    r"预计阅读|讀完約|읽는 시간|وقت القراءة|مدة القراءة|waktu baca)\W*)?"
    r"(?:(?:about|approx\.?|ca\.?|env\.?|約|约|大约|少要|~|≈|<)\s*)?\d{1,3}(?:\s*[-–]\s*\d{1,3})?\s*"
    r"(?:min(?:\.|s|uten?|utes?|utos?|uti|uto|uut|uuttia|uter|utter|ut|uty|utter)?|мин(?:\.|ут[аы]?)?|"
    r"хв(?:\.|илин[аи]?)?|dk|dakika|分钟?|分鐘|分で読めます|분|دقائق|دقيقة|menit|phút)"
    r"(?:[\s-]*(?:read(?:ing)?(?: time)?|lesezeit|lesedauer|lesen|de lecture|de lectura|di lettura|"
    r"de leitura|leestijd|leestid|czytania|чтения|читання|okuma|lästid|læsning|lesing|で読める|阅读|"
    r"閱讀|읽기|قراءة|lukuaika|baca|đọc))?\W*$",
    re.I,
)
_CREDIT = re.compile(
    r"^\W*(?:photo(?:graph)?s?|picture|image|bild(?:er|quelle|nachweis)?|foto(?:s|grafie|credit|hinweis)?"
    r"|fotó|crédit(?:s)? photo|crédits?|credit(?:s|o)?|illustration|grafik|kuva|zdjęcie|fot\.?|фото|"
    r"иллюстрация|写真|画像|撮影|图片?|圖片?|图源|摄影|사진|صورة|imagen|imagem|immagine|quelle|getty images|reuters|"
    r"file photo|symbolbild|archivbild|afbeelding|beeld)\b[^.!?]{0,12}(?:[:：/|©]|by\b|von\b|par\b|"
    r"credit|提供)|^\W*(?:getty images?|afp|reuters|dpa|ap photo|shutterstock|istock|unsplash|pixabay)"
    r"\b[^.]{0,60}$|^©|\((?:photo|foto|image|bild|credit|picture)[^)]{0,80}\)$|"
    r"/\s*(?:afp|reuters|dpa|ap|getty images?|shutterstock|epa|imago|picture alliance)\b\W*$",
    re.I,
)
_CAPTURED = re.compile(r"^\W*(\d{1,2}|\d{4})\W")
_SITE_PART = re.compile(r"\s*(?:[|·•»›]|\s[-–—]\s|\s:\s|::)\s*")
_KOREAN_BY = re.compile(r"^([가-힣]{2,4})\s*기자\b")
_JAPANESE_BY = re.compile(r"^([\u3040-\u30ff\u4e00-\u9fff]{2,8}?)\s*(?:記者|编辑|記す)$")


@dataclass(slots=True)
class Facts:
    """What the lines of a dump say of the article, and which lines said it."""

    title: str | None = None
    title_at: int | None = None
    site: str | None = None
    authors: list[str] = field(default_factory=list)
    published: When | None = None
    modified: When | None = None
    cached_at: When | None = None
    section: str | None = None
    url: str | None = None
    tags: list[str] = field(default_factory=list)
    spent: set[int] = field(default_factory=set)
    """Numbers of the lines that are facts, and so no text."""


def is_minutes(line: str) -> bool:
    """`5 min read`, in many languages."""
    return len(line) < 60 and bool(_MINUTES.match(line))


def is_credit(line: str) -> bool:
    """Whether a short line only names who took a picture."""
    return len(line) < 160 and prose.word_count(line) <= 16 and bool(_CREDIT.search(line))


def find_title(
    lines: Sequence[str], begin: int, body: str, named: str | None, skipped: Iterable[int] = ()
) -> tuple[str, int, str | None] | None:
    """The title, the number of its line, and the site's name if a line shows both; None if absent.

    `begin` is where the prose begins; `body` is its text, whose words a title shares. `named` is
    the title by the word of a feed or a person.
    """
    skip = set(skipped)
    known = [normal(line) for line in lines]
    body_words = set(re.findall(r"\w{3,}", normal(body[:6000])))
    wanted = normal(named) if named else None
    best: tuple[float, int, str | None] | None = None
    for at in range(min(begin + 2, len(lines))):
        if at in skip or not looks_like_title(lines[at]):
            continue
        if at > begin and any(prose.worth(line) > 0 for line in lines[begin:at]):
            break
        score, site = 0.0, None
        if wanted and (known[at] == wanted or (len(known[at]) > 12 and known[at] in wanted)):
            score += 3
        others = [other for n, other in enumerate(known) if n != at and n <= begin + 40]
        if known[at] in others:
            score += 2
        for other in others:
            if other.startswith(known[at]) and len(known[at]) > 8:
                rest = _SITE_PART.split(other[len(known[at]) :])
                if len(rest) > 1 and not rest[0]:
                    score += 2
                    line = lines[known.index(other)]
                    site = _SITE_PART.split(line[len(lines[at]) :])[-1].strip() or None
                    break
        words = prose.word_count(lines[at])
        score += 1 if 4 <= words <= 18 else -1 if words < 3 else 0
        own = [w for w in re.findall(r"\w{3,}", known[at]) if w not in prose.function_words()]
        if own:
            score += 2.5 * sum(_shares(w, body_words) for w in own) / len(own)
        score -= min(3.0, 0.12 * max(0, begin - at))
        score += 0.7 * any(_is_meta(line) for line in lines[at + 1 : at + 6])
        if any(prose.worth(line) > 12 for line in lines[at + 1 : begin]):
            score -= 2
        if best is None or score >= best[0]:
            best = (score, at, site or (best[2] if best and known[best[1]] == known[at] else None))
    if best is None or (best[0] < 0.5 and not (best[1] == 0 and begin <= 2)):
        return None
    return lines[best[1]], best[1], best[2]


def looks_like_title(line: str) -> bool:
    """Short, and neither a sentence, a label, a date nor a word of furniture."""
    words = prose.word_count(line)
    if not 1 <= words <= 28 or len(line) > 220 or line[0] in "-*•–—<{":
        return False
    if line.endswith((",", ";", ":", "：", "…", "|")) or (prose.ends_sentence(line) and words > 14):
        return False
    if line.endswith((".", "。")) and words > 3:
        return False
    if openers.kinds(line) or openers.labelled(line) or is_minutes(line) or is_credit(line):
        return False
    if openers.is_furniture(line) or re.match(r"(?:https?://|www\.)\S+$", line):
        return False
    return not _date(line) or words > 6


def _shares(word: str, body: set[str]) -> bool:
    """Whether the body has the word, perhaps with another ending."""
    return word in body or (len(word) > 5 and any(w.startswith(word[:-2]) for w in body))


def _is_meta(line: str) -> bool:
    if prose.word_count(line) > SHORT_WORDS:
        return False
    return is_minutes(line) or bool(_date(line)) or bool(_names_after(line))


def read_header(facts: Facts, lines: Sequence[str], begin: int) -> None:
    """Facts of the lines from just above the title to the first prose."""
    start = 0 if facts.title_at is None else max(0, facts.title_at - 4)
    start = max(start, begin - 40)
    after_title = facts.title_at if facts.title_at is not None else start
    for at in range(start, min(begin, after_title + 1 + HEADER_LINES)):
        if at == facts.title_at or at in facts.spent:
            continue
        _read_line(facts, lines, at, begin, above=at < after_title)
    if not facts.authors:
        _lone_name(facts, lines, begin, after_title)


def read_tail(facts: Facts, lines: Sequence[str], end: int) -> None:
    """Facts of the lines that follow the body: authors, section, tags."""
    for at in range(end, min(len(lines), end + 16)):
        found = openers.kinds(lines[at])
        told = openers.labelled(lines[at])
        if told and len(lines[at]) < 300:
            _labelled_fact(facts, told.kinds, told.value, in_header=False)
        elif found & {"authors", "section", "tags"} and at + 1 < len(lines):
            _listed_fact(facts, found, lines, at)
        elif found & {"related", "comments", "footer"}:
            break


def _read_line(
    facts: Facts, lines: Sequence[str], at: int, begin: int, above: bool = False
) -> None:
    line = lines[at]
    if prose.word_count(line) > 2 * SHORT_WORDS or len(line) > 300:
        return
    if is_minutes(line):
        facts.spent.add(at)
        return
    if told := openers.labelled(line):
        if _labelled_fact(facts, told.kinds, told.value, in_header=True):
            facts.spent.add(at)
        return
    found = openers.kinds(line)
    if found & {"authors", "published", "modified", "cached", "section"} and at + 1 < begin:
        if _listed_fact(facts, found, lines, at):
            facts.spent.update({at, at + 1})
        return
    if above and not _date(line):
        return
    taken = False
    for piece in [p for p in _PIECES.split(line) if p] if not _date_only(line) else [line]:
        taken = read_piece(facts, piece) or taken
    if taken and prose.word_count(line) <= SHORT_WORDS + 6:
        facts.spent.add(at)


def read_row(facts: Facts, row: str) -> bool:
    """Whether a line holds facts and nothing else; if so they are now in `facts`."""
    if is_minutes(row):
        return True
    if told := openers.labelled(row):
        return read_label(facts, told)
    pieces = [row] if _date_only(row) else [piece for piece in _PIECES.split(row) if piece]
    return all([read_piece(facts, piece) or _is_source(piece) for piece in pieces]) and bool(
        facts.authors or facts.published or facts.modified
    )


def read_label(facts: Facts, told: openers.Labelled) -> bool:
    """Whether a label above the text and its value are a fact."""
    return _labelled_fact(facts, told.kinds, told.value, in_header=True)


def _is_source(piece: str) -> bool:
    return prose.word_count(piece) <= 3 and piece[0].isupper() and not prose.ends_sentence(piece)


def read_piece(facts: Facts, piece: str) -> bool:
    """Whether a piece of a line is a date, a length or a by-line; if so it is now in `facts`."""
    if is_minutes(piece):
        return True
    if names := _names_after(piece):
        facts.authors += [name for name in names if name not in facts.authors]
        return True
    if prose.word_count(piece) > SHORT_WORDS:
        return False
    for label in ("modified", "published"):
        if (rest := openers.after(piece, label)) and (when := _date(rest)):
            _keep_date(facts, label, when)
            return True
    if when := _date(piece):
        _keep_date(facts, "published", when)
        return True
    return False


def _keep_date(facts: Facts, label: str, when: When) -> None:
    if label == "modified":
        facts.modified = facts.modified or when
    elif label == "cached":
        facts.cached_at = facts.cached_at or when
    elif facts.published is None:
        facts.published = when
    elif facts.modified is None and when[:10] > facts.published[:10]:
        facts.modified = when


def _labelled_fact(facts: Facts, found: frozenset[str], value: str, in_header: bool) -> bool:
    for label in ("cached", "modified", "published"):
        if label in found and (when := _date(value)):
            _keep_date(facts, label, when)
            return True
    if "authors" in found and (names := split_names(value)):
        facts.authors += [name for name in names if name not in facts.authors]
        return True
    if "section" in found and prose.word_count(value) <= 8:
        facts.section = facts.section or re.split(r"[,|>/»›]", value)[0].strip() or None
        return True
    if "tags" in found:
        facts.tags += [t.strip(" #") for t in re.split(r"[,|;、，]|\s#", value) if t.strip(" #")][
            :20
        ]
        return True
    if "original" in found and (url := re.search(r"https?://[^\s)\]>]+", value)):
        facts.url = facts.url or url[0]
        return True
    if in_header and found & {"site", "original"} and prose.word_count(value) <= 6:
        facts.site = facts.site or value
        return True
    return bool(in_header and found & {"advert", "share"})


def _listed_fact(facts: Facts, found: frozenset[str], lines: Sequence[str], at: int) -> bool:
    value = lines[at + 1]
    if openers.kinds(value) or prose.word_count(value) > SHORT_WORDS:
        return False
    for label in ("cached", "modified", "published"):
        if label in found and (when := _date(value)):
            _keep_date(facts, label, when)
            return True
    if "authors" in found:
        names: list[str] = []
        for line in lines[at + 1 : at + 7]:
            more = split_names(line) if not openers.kinds(line) else []
            if not more or (names and prose.word_count(line) > 4):
                break
            names += more
        if names:
            facts.authors += [name for name in names if name not in facts.authors]
            return True
    if "section" in found:
        facts.section = facts.section or value
        return True
    if "tags" in found:
        for line in lines[at + 1 : at + 13]:
            if openers.kinds(line) or prose.word_count(line) > 5:
                break
            facts.tags.append(line.strip(" #"))
        return True
    return False


def _lone_name(facts: Facts, lines: Sequence[str], begin: int, after: int) -> None:
    """A name that stands alone beside the date or the minutes is the author's."""
    zone = range(after + 1, min(begin, after + 1 + HEADER_LINES))
    dated = {at for at in facts.spent if at in zone}
    for at in zone:
        if at in facts.spent or not {at - 1, at + 1} & dated:
            continue
        words = lines[at].split()
        cased = all(w[0].isupper() and not w.isupper() for w in words if w not in _PARTICLES)
        if 2 <= len(words) <= 4 and cased and is_name(lines[at]) and not _ROLE.search(lines[at]):
            if not any(lines[at] == other for n, other in enumerate(lines) if n != at):
                facts.authors.append(lines[at])
                facts.spent.add(at)
                return


def _names_after(line: str) -> list[str]:
    """Names behind `By` and its like; none if the line only begins with such a word."""
    if found := _KOREAN_BY.match(line) or _JAPANESE_BY.match(line):
        return [found[1]]
    rest = openers.after(line, "authors")
    if not rest or prose.word_count(line) > SHORT_WORDS or prose.ends_sentence(line):
        return []
    return split_names(rest)


def split_names(text: str) -> list[str]:
    """`Jane Doe, Ann Lee and Kim Roe (Reuters)` → three names; [] if it holds no name."""
    for label in ("authors", "published"):
        if inner := openers.after(text, label):
            text = inner if label == "authors" else text
    names: list[str] = []
    for number, part in enumerate(_AND.split(text)):
        name = _PLACE.sub("", _AROUND_NAME.sub("", part.strip(" .,:;–—-*_"))).strip(" .,:;–—-*_")
        if not name:
            continue
        if not is_name(name):
            break
        if number and (_ROLE.search(name) or any(w.isupper() and len(w) > 1 for w in name.split())):
            continue
        names.append(name)
    return names[:12]


def is_name(text: str) -> bool:
    """Whether a text may be the name of a person or a body."""
    words = text.split()
    if not 1 <= len(words) <= 5 or len(text) > 48 or re.search(r"[\d?!:;{}<>=\"]", text):
        return False
    if openers.kinds(text) or not any(c.isalpha() for c in text):
        return False
    if len(words) == 1 and len(text) > 6 and ord(text[0]) >= 0x2E80:
        return False
    cased = [w for w in words if w.lower() not in _PARTICLES and w[0].isalpha()]
    return bool(cased) and all(w[0].isupper() or w[0].lower() == w[0].upper() for w in cased)


def _date_only(line: str) -> bool:
    return bool(_date(line)) and prose.word_count(line) <= 6 and not _names_after(line)


def _date(text: str) -> When | None:
    if len(text) > 120 or not any(c.isdigit() for c in text):
        return None
    from reader.text import dates

    return dates.parse(text)
