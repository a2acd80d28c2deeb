"""The name of a dump's site, where more than one place of the page gives the same."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from reader.clean import names, openers, prose
from reader.clean.lines import normal

NAME_WORDS = 5
NAME_LETTERS = 40
TITLE_PARTS = 3
"""Parts of the longest page's own title; a line of more is a menu."""
ABOVE_LINES = 40
"""Lines above the title among which the name stands that the copyright begins with."""
HOLDER_LETTERS = 80
MENU_LINES = 6
TOP_LINES = 2
"""Lines at the top that may be the page's own title, with the site's name at one end."""
SHORT_LINE = 120
"""Letters of the longest line whose mention of a name counts."""
EDGE_LINES = 60
"""Lines at either end in which a site speaks of itself."""
FOOT_LINES = 25
"""Lines at the bottom in which a copyright is the site's, not a photographer's."""
ENOUGH = 3
"""How much must speak for a name: the page's title 2, the copyright 2, a line of its own 1, each
time that it is said besides 1. On dumps of pages with their own title .37 of 38 names are right
where the title alone gave .32, without it .11 where none was."""

_PARTED = re.compile(r"\s*[|·•»«›]\s*|\s[-–—]\s|\s::\s")
_COPYRIGHT = re.compile(
    r"(?:©|\(c\)|\bcopyright\b)(?:[\s©:]|\(c\)|\bcopyright\b|\bby\b)*(?:(?:19|20)\d\d(?:\s*[-–/]\s*(?:(?:19|20)\d\d)?)?,?\s*)?"
    r"(?:by\s+)?(?P<name>[^\W\d_][^|·•,;:()/]{1,60})",
    re.I,
)
_BEFORE = re.compile(
    r"^(?!copyright|proudly|alle? |seo)(?P<name>[^|·•,;:()/©®™]{2,40}?)[®™]?[,.|·•–—-]?\s+"
    r"(?:©|\(c\)|(?:is )?(?:proudly )?powered by\b|alle rechte|all rights)",
    re.I,
)
"""`OpenAI © 2015`, `Small Machines, powered by WordPress`."""
_ARTICLE = re.compile(r"^(?:the|die|der|das|le|la|les|l['’]|el|los|il|lo|de|het|o|a)\s+", re.I)
_YEAR = re.compile(r"[\s,–—-]+(?:19|20)\d\d\W*$")
_BEHIND_NAME = re.compile(
    r"(?:\s*[.–—-]?\s*\b(?:inc|llc|ltd|limited|gmbh|ag|s\.?a|all rights|alle rechte|"
    r"tous droits|todos los|reserved|impressum|terms|privacy|(?:19|20)\d\d)\b|\.\s).*$",
    re.I,
)


def find_site(texts: Sequence[str], title: str | None, title_at: int | None = None) -> str | None:
    """The name that most of the places speak for; None if too little does. `title_at` is the number
    of the title's line."""
    edges = [*texts[:EDGE_LINES], *texts[max(EDGE_LINES, len(texts) - EDGE_LINES) :]]
    score: Counter[str] = Counter()
    spelled: dict[str, str] = {}
    above = texts[: min(title_at or 0, ABOVE_LINES)]
    for name, worth in _offers(edges, above, normal(title) if title else ""):
        known = normal(name)
        if known not in spelled or worth > score[known]:
            score[known] = max(score[known], 0) + worth
            spelled.setdefault(known, name)
    short = [
        normal(text)
        for at, text in enumerate(edges)
        if at and len(text) <= SHORT_LINE and not _COPYRIGHT.search(text)
        if at >= TOP_LINES or len(_PARTED.split(text)) == 1
    ]
    if edges and normal(edges[0]) in score:
        short.append(normal(edges[0]))  # no title of the page, but the name alone
    said = "\n".join(short)
    for known in score:
        if known in said:
            mentions = len(re.findall(rf"(?<!\w){re.escape(known)}(?!\w)", said))
            score[known] += min(3, mentions + (known in short))
    best = max(score, key=lambda known: (score[known], -len(known)), default=None)
    return spelled[best] if best is not None and score[best] >= ENOUGH else None


def _offers(edges: Sequence[str], above: Sequence[str], title: str) -> Iterator[tuple[str, int]]:
    """Names that the page's title, its copyright, its first line above a menu, or that and its foot
    give, with what each counts."""
    if above and (first := _first_name(above)):
        yield first, 3
    for text in edges[:TOP_LINES]:
        parts = [part for part in _PARTED.split(text) if part]
        for part in {parts[0], parts[-1]} if 1 < len(parts) <= TITLE_PARTS else ():
            if _is_name(part) and normal(part) != title:
                yield part, 2
    for text in edges[-FOOT_LINES:]:
        dated = _YEAR.search(text) if len(text) < NAME_LETTERS else None
        name = text[: dated.start()] if dated else ""
        if name and title != normal(name) == normal(edges[0]) and _is_name(name):
            yield name, 2
        if found := _COPYRIGHT.search(text) if len(text) < 300 else None:
            name = _BEHIND_NAME.sub("", found["name"]).strip(" .-–—")
            begin = [line for line in above if _begins(found["name"], line)]
            fullest = max(begin, key=len, default=None)
            if fullest and normal(fullest) != title:
                yield fullest, 2
            elif _is_name(name) and normal(name) != title:
                yield name, 2
        elif (said := _BEFORE.match(text)) and _is_name(said["name"]):
            yield said["name"], 2


def _first_name(above: Sequence[str]) -> str | None:
    """The line with which a page begins, if it is a name of several words above a menu."""
    name, rest = above[0], above[1 : 1 + MENU_LINES]
    words = name.split()
    if not _is_name(name) or not 2 <= len(words) <= NAME_WORDS:
        return None
    cased = all(word[0].isupper() or word.lower() in names.PARTICLES for word in words)
    told = any(openers.kinds(word) or normal(word) in openers.section_names() for word in words)
    is_menu = 2 * sum(prose.word_count(text) <= 3 or "|" in text for text in rest) > len(rest)
    return name if cased and words[0][0].isupper() and not told and is_menu and rest else None


def _begins(holder: str, line: str) -> bool:
    """Whether a copyright's holder begins with a line: `Meridian Media` with `The Meridian`."""
    if len(line) > HOLDER_LETTERS or normal(line) in openers.section_names():
        return False
    name, whole = (_ARTICLE.sub("", normal(text)) for text in (line, holder))
    is_word = not whole[len(name) :][:1].isalnum()
    return len(name) > 3 and whole.startswith(name) and is_word and not openers.kinds(line)


def _is_name(text: str) -> bool:
    return (
        2 <= len(text) <= NAME_LETTERS
        and prose.word_count(text) <= NAME_WORDS
        and not openers.kinds(text)
        and normal(text) not in openers.section_names()
        and not prose.ends_sentence(text)
    )
