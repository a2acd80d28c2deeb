"""What titles tell: which of several on one event says most, and which belong to a series."""

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from itertools import chain

from reader.paths import shipped
from reader.text.dateword import month_names, weekday_names
from reader.text.spelled import Spelled

TITLE_WORDS = 14
"""Distinct words of a title up to which more say more."""

_ASKING = ("?", "？", "؟")
_SEGMENT = re.compile(r"\s*[:：|｜【】\[\]]\s*|\s[-–—]\s")
_SPOKEN = re.compile(
    r"""\s*(?:["“”„«»][^"“”„«»]{20,}["“”«»]|[「『][^」』]{10,}[」』]|['‘‚].{20,}?['’‘](?=\s*[:,–—]))"""
)
"""A quote of some words at the beginning: what somebody says of the news."""
_WORD = Spelled(r"{L}{4,}|\d+")


def telling(titles: Mapping[int, str]) -> dict[int, float]:
    """How much each title says: what others say too, and a little for what it alone does."""
    shared = _shared(titles)
    told = {}
    for id, title in titles.items():
        said = _words(title)
        others = sum(map(shared.__getitem__, said)) - len(said)
        scale = 0.6 if stands_aside(title) else 1.0
        told[id] = scale * (others + 0.2 * min(len(said), TITLE_WORDS))
    return told


def naming(titles: Mapping[int, str], named: int | None) -> int:
    """The article whose title a story is called by: the one it is `named` after, if it is there;
    else the one that says most, of equals the first."""
    if named is not None and named in titles:
        return named
    says = telling(titles)
    return max(titles, key=says.__getitem__)


def stands_aside(title: str) -> bool:
    """Whether a title does not tell: it asks, is all in capitals, begins with what somebody says,
    or calls its article an opinion, an interview, a running text (`data/genres.txt`). Of 3,148 of
    AllSides 100 do so without asking or shouting."""
    if title.rstrip().endswith(_ASKING) or title.isupper() or _SPOKEN.match(title):
        return True
    segments = [segment for segment in _SEGMENT.split(title.casefold().strip()) if segment]
    return len(segments) > 1 and not _genres().isdisjoint((segments[0], segments[-1]))


@cache
def _genres() -> frozenset[str]:
    lines = (shipped("data") / "genres.txt").read_text("utf-8").splitlines()
    words = chain.from_iterable(line.split()[1:] for line in lines if not line.startswith("#"))
    return frozenset(word.replace("_", " ").casefold() for word in words)


def in_series(one: str, other: str) -> bool:
    """Whether two titles differ in nothing but numbers, months and days of the week: `Crossword No
    29,501`, `Who is hiring? (March)`. Under them stand the same words, and yet they are not the
    same."""
    one, other = one.casefold().strip(), other.casefold().strip()
    bare = _bare(one)
    return one != other and bare == _bare(other) and any(map(str.isalpha, bare))


def _bare(title: str) -> str:
    return " ".join(_numbering().sub("#", title).split())


@cache
def _numbering() -> re.Pattern[str]:
    names = f"{weekday_names()}|{month_names()}"
    return re.compile(rf"\d+(?:[.,:/-]\d+)*(?:st|nd|rd|th)?|\b(?:{names})(?!\w)\.?", re.IGNORECASE)


def _shared(titles: Mapping[int, str]) -> dict[str, int]:
    """In how many of the titles a word stands."""
    shared: dict[str, int] = {}
    for title in titles.values():
        for word in _words(title):
            shared[word] = shared.get(word, 0) + 1
    return shared


@lru_cache(maxsize=4096)
def _words(title: str) -> frozenset[str]:
    return frozenset(_WORD.findall(title.casefold()))
