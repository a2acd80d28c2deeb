"""The title of a dump: of the short lines above the prose, and of the parts of the page's own
title, the one that words, place and repetition speak for most.

What each sign counts was fitted; `tests/benchmarks/fit_titles.py` says on what, and fits it anew.
"""

import math
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from reader.clean import openers, prose
from reader.clean.facts import date_of, pieces_of
from reader.clean.joins import LIST_MARK
from reader.clean.lines import normal
from reader.clean.marginalia import is_credit, is_minutes
from reader.clean.names import after_by, is_person

TITLE_WITHIN = 60
"""Lines above the prose among which the title is looked for, besides the first five."""
INTO_PROSE = 12
"""Lines from the beginning of the prose on that may be the title: a teaser may stand above it."""
PAGE_TITLE_WITHIN = 5
"""Lines at the top of a dump among which the page's own title stands, with the site's name."""
FAR_BELOW = 40
"""Lines below the beginning of the prose where a part of the page's own title is still found."""
LONG_LETTERS = 12
"""Letters of the shortest line whose repetition speaks for it, wherever it stands."""
META_WORDS = 14
"""Words of the longest line that may be a date or by-line below a title."""
BYLINE_WORDS = 6
"""Words of a line that begins as a by-line, names one, and is no title for certain."""
SAID_LINES = 1_000
"""Lines in which a title is looked for once more: beside comments, in the way to the page."""
OPENING_LETTERS = 700
BODY_LETTERS = 6_000
"""Letters of the text that its title shares words with."""

Signs = dict[str, float]

_LONG_WORD = re.compile(r"\w{3,}")
_TRAIL = re.compile(r"\S\s[>›»→]\s\S")
"""The way from the front page to this one: `Home > Region > Article`."""
_LABEL_LIKE = re.compile(r"(?:^|\s)[^\s:：]{1,14}[:：]")
_SITE_PART = re.compile(r"\s*(?:[|·•»›«∙]|\s[-–—~]\s|\s:\s|::|\s//\s)\s*")
_EDGE_MARKS = re.compile(r"^[\s|·•»›«∙:–—~/-]+|[\s|·•»›«∙:–—~/-]+$")


@dataclass(slots=True)
class Candidate:
    """A text that may be the title, where it stands, and what speaks for it."""

    title: str
    at: int
    site: str | None = None
    signs: Signs = field(default_factory=dict)

    def score(self, weights: Mapping[str, float]) -> float:
        """How likely it is the title, as log odds against there being none."""
        return sum(weights.get(sign, 0.0) * value for sign, value in self.signs.items())


WEIGHTS: dict[str, float] = {
    "a day in it": -3.23,
    "a name in it": 0.77,
    "above": -0.38,
    "amid menus": -1.02,
    "any": -0.91,
    "arrow": -0.21,
    "begins the page's": 0.78,
    "below": -2.14,
    "day above": 0.72,
    "day below": 1.68,
    "first line": 1.95,
    "first of prose": -1.00,
    "full stop": -2.03,
    "furniture": -1.50,
    "in the page's": 2.16,
    "length": 1.01,
    "many words": -1.31,
    "name below": -0.15,
    "one word": -1.86,
    "part of the page's": 3.38,
    "part's share": 2.38,
    "part's tail": -1.11,
    "person": -0.49,
    "prose before": -0.84,
    "reads": -0.21,
    "rest is shown": 0.50,
    "rest shared": -0.27,
    "rest words": -1.02,
    "said again": 0.70,
    "section": -0.39,
    "sentence": 0.20,
    "shared": 1.57,
    "shared with the opening": 1.04,
    "small letter": -0.77,
    "split": 0.31,
    "split prose": -1.00,
    "split sentence": -2.00,
    "split share": 0.56,
    "split tail": -0.90,
    "standfirst": 1.16,
    "the page's": 2.76,
    "three words": -1.00,
    "top": -0.52,
    "two words": -0.99,
}
"""What each sign counts, as log odds. Fitted on 982 dumps of one half of the hosts of two
corpora; on the other half .67 of the titles are right, where rules piled up by hand had .56. `first
of prose`, `split prose` and `split sentence` were then chosen alone, the others held: of 733 bodies
without a title on the other half .82 get none, where .77 did, and no title is lost for it."""


class Words(NamedTuple):
    """The words of a text, how often it has each, and in their order."""

    counts: Counter[str]
    in_order: list[str]

    @classmethod
    def of(cls, text: str) -> "Words":
        counts = Counter(_LONG_WORD.findall(text))
        return cls(counts, sorted(counts))

    def has(self, word: str, times: int) -> bool:
        """Whether the text has the word so many times, perhaps with another ending."""
        found = self.counts[word]
        if found < times and len(word) > 5:
            stem, found = word[:-2], 0
            at = bisect_left(self.in_order, stem)
            while at < len(self.in_order) and self.in_order[at].startswith(stem):
                found += self.counts[self.in_order[at]]
                at += 1
        return found >= times


@dataclass(frozen=True, slots=True)
class Place:
    """A dump as its title is looked for in it."""

    lines: Sequence[str]
    worth: Sequence[float]
    begin: int
    """Number of the line where the prose begins."""
    body: Words
    named: str | None
    """The title by the word of a feed or a person, in its normal form."""
    known: list[str]
    """The lines down to somewhat below `begin`, in their normal form."""
    count: Counter[str]
    parts: dict[str, tuple[int, str, str, float]]
    """What the lines at the top are made of: the number of the line, its other part, which end."""
    top: Sequence[str]
    """The lines at the top, where the page's own title may be, in their normal form."""
    said: str
    """All that the lines below the top say, in its normal form."""
    opening: Words
    """The words with which the text begins."""
    meta: dict[int, bool] = field(default_factory=dict)

    def is_meta(self, at: int) -> bool:
        """Whether a line is a date, a by-line or the minutes of reading."""
        if at not in self.meta:
            self.meta[at] = at < len(self.lines) and _is_meta(self.lines[at])
        return self.meta[at]


def find_title(
    lines: Sequence[str], worth: Sequence[float], begin: int, body: str, named: str | None
) -> tuple[str, int, str | None] | None:
    """The title, the number of its line, and the site's name if a line shows both; None if absent.

    `begin` is where the prose begins; `body` is its text, whose words a title shares. `named` is
    the title by the word of a feed or a person.
    """
    found = candidates(lines, worth, begin, body, named)
    if not found:
        return None
    best = max(found, key=lambda candidate: (candidate.score(WEIGHTS), candidate.at))
    likely = best.score(WEIGHTS) > 0 or (best.at == 0 and begin <= 2)
    return (best.title, best.at, best.site) if likely else None


def candidates(
    lines: Sequence[str], worth: Sequence[float], begin: int, body: str, named: str | None
) -> list[Candidate]:
    """Every text that may be the title, with its signs."""
    normals = [normal(line) for line in lines[: max(SAID_LINES, begin + FAR_BELOW)]]
    known = normals[: begin + FAR_BELOW]
    place = Place(
        lines, worth, begin, Words.of(normal(body[:BODY_LETTERS])),
        normal(named) if named else None, known, Counter(known), _parts(lines, known),
        known[:PAGE_TITLE_WITHIN], "\n".join(normals[PAGE_TITLE_WITHIN:SAID_LINES]),
        Words.of(normal(body[:OPENING_LETTERS])),
    )  # fmt: skip
    found = []
    for at, text in enumerate(lines[: len(known)]):
        near = at < PAGE_TITLE_WITHIN or begin - TITLE_WITHIN <= at < begin + INTO_PROSE
        told = not (near and worth[at] <= 0) and _is_told_of(place, known[at])
        if not told and (not near or (worth[at] > 0 and text.endswith((".", "。")))):
            continue
        if looks_like_title(text):
            found.append(Candidate(text, at, _site_of(place, at), _signs(place, at, text)))
    return found + list(_of_the_page(place))


def _is_told_of(place: Place, known: str) -> bool:
    """Whether a line far from the prose is a part of the page's title, or stands in it twice."""
    if known in place.parts or known == place.named:
        return True
    long = len(known) >= LONG_LETTERS
    return long and (place.count[known] > 1 or any(known in top for top in place.top))


def _parts(lines: Sequence[str], known: Sequence[str]) -> dict[str, tuple[int, str, str, float]]:
    """The parts of the lines at the top, at either end of a separator."""
    found: dict[str, tuple[int, str, str, float]] = {}
    for at, line in enumerate(lines[:PAGE_TITLE_WITHIN]):
        for mark in list(_SITE_PART.finditer(line))[:6]:
            head, tail = line[: mark.start()].strip(), line[mark.end() :].strip()
            if not head or not tail:
                continue
            share = len(head) / (len(head) + len(tail))
            found.setdefault(normal(head), (at, tail, "head", share))
            found.setdefault(normal(tail), (at, head, "tail", 1 - share))
    return found


def _site_of(place: Place, at: int) -> str | None:
    """The name of the site beside the title, where a line at the top has both."""
    if told := place.parts.get(place.known[at]):
        names = [part.strip() for part in _SITE_PART.split(told[1]) if part.strip()]
        return (names[-1] if told[2] == "head" else names[0]) if names else None
    return None


def _of_the_page(place: Place) -> Iterator[Candidate]:
    """The parts of the page's own title, which may stand nowhere else."""
    for part, (at, rest, end, share) in place.parts.items():
        line = place.lines[at]
        text = line[: len(line) - len(rest)] if end == "head" else line[len(rest) :]
        text = _EDGE_MARKS.sub("", text)
        if not text or normal(text) != part or not looks_like_title(text):
            continue
        signs = _signs(place, at, text)
        signs.update(
            {
                "split": 1.0,
                "split share": share,
                "split tail": float(end == "tail"),
                "rest is shown": float(normal(rest) in place.count),
                "rest words": math.log1p(prose.word_count(rest)),
                "rest shared": _shared(normal(rest), place.body),
                "split prose": float(place.worth[at] > 0),
                "split sentence": float(
                    at == 0 and place.worth[0] > 0 and line.endswith((".", "…", "。"))
                ),
            }
        )
        yield Candidate(text, at, rest, signs)


def _signs(place: Place, at: int, text: str) -> Signs:
    known = place.known[at] if text is place.lines[at] else normal(text)
    words = prose.word_count(text)
    below = place.lines[at + 1] if at + 1 < len(place.lines) else ""
    below_words = prose.word_count(below)
    signs: Signs = {
        "any": 1.0,
        "one word": float(words == 1),
        "two words": float(words == 2),
        "three words": float(words == 3),
        "many words": float(words > 18),
        "length": min(math.log1p(words), 3.0),
        "shared": _shared(known, place.body, at >= place.begin),
        "shared with the opening": _shared(known, place.opening, at >= place.begin),
        "arrow": float(text[0] in "«»←→‹›/"),
        "a day in it": float(date_of(text) is not None),
        "a name in it": float(openers.after(text, "authors") is not None),
        "section": float(known in openers.section_names()),
        "said again": _said(place, known),
        "sentence": float(prose.ends_sentence(text)),
        "full stop": float(words > 3 and text.endswith((".", "。", "…"))),
        "person": float(is_person(text)),
        "furniture": float(openers.is_furniture(text)),
        "first line": float(at == 0),
        "first of prose": float(at == 0 and min(place.worth[:2]) > 0 and len(place.worth) > 1),
        "top": float(at < PAGE_TITLE_WITHIN),
        "named": float(place.named is not None and known == place.named),
        "small letter": float(text[0].islower()),
        "above": math.log1p(max(0, place.begin - at)),
        "below": math.log1p(max(0, at + 1 - place.begin)),
        "reads": float(place.worth[at] > 0),
        "standfirst": float(below_words >= 9 and 3 <= words < below_words and at + 1 < place.begin),
        "prose before": float(at > 0 and place.worth[at - 1] > 0),
    }
    for gap in range(1, 6):
        if place.is_meta(at + gap):
            signs["day below"] = 1 / gap
            break
    for gap in range(1, 4):
        if at >= gap and place.is_meta(at - gap):
            signs["day above"] = 1 / gap
            break
    below_at = range(at + 1, min(at + 3, place.begin))
    signs["name below"] = float(any(is_person(place.lines[n]) for n in below_at))
    between = at > 0 and max(below_words, prose.word_count(place.lines[at - 1])) <= 3
    if between and not signs["name below"] and not place.is_meta(at + 1):
        signs["amid menus"] = 1.0
    told = place.parts.get(known)
    if told and told[0] != at:
        signs["part of the page's"] = 1.0
        signs["part's share"] = told[3]
        signs["part's tail"] = float(told[2] == "tail")
    elif at and known == place.known[0]:
        signs["the page's"] = 1.0
    elif at and words >= 3 and len(known) >= LONG_LETTERS:
        signs["in the page's"] = float(known in place.known[0])
        signs["begins the page's"] = float(place.known[0].startswith(known))
    return signs


def _said(place: Place, known: str) -> float:
    """How often a longer line says these words, as those about comments and ways to a page do."""
    if len(known) < LONG_LETTERS:
        return 0.0
    return math.log1p(max(0, place.said.count(known) - place.count[known]))


def _shared(known: str, body: Words, is_of_it: bool = False) -> float:
    """The share of a line's words that the body has, too: once more, if the line is of it."""
    own = [w for w in _LONG_WORD.findall(known) if w not in prose.function_words()]
    least = 2 if is_of_it else 1
    return sum(body.has(word, least) for word in own) / len(own) if own else 0.0


def looks_like_title(line: str) -> bool:
    """Short, and neither a sentence, a label, a date nor a word of furniture."""
    words = prose.word_count(line)
    if not 1 <= words <= 28 or len(line) > 220 or line[0] in "-*•–—<{":
        return False
    if line.endswith((",", ";", ":", "：", "|")) or (prose.ends_sentence(line) and words > 14):
        return False
    if LIST_MARK.match(line) or re.match(r"\w{1,2}[:：]\s", line):
        return False
    if _TRAIL.search(line) and "«" not in line:
        return False
    if (
        openers.kinds(line)
        or openers.spelled(line) == {"share"}
        or openers.labelled(line)
        or is_minutes(line)
        or is_credit(line)
    ):
        return False
    if len(pieces_of(line)) > 1 and len(_LABEL_LIKE.findall(line)) > 1:
        return False
    if re.match(r"(?:https?://|www\.)\S+$", line):
        return False
    from reader.text import dates

    return dates.parse_line(line) is None and not _is_byline(line, words)


def _is_byline(line: str, words: int) -> bool:
    named = after_by(line)
    return len(named) > 1 or bool(named and words <= BYLINE_WORDS)


def _is_meta(line: str) -> bool:
    if prose.word_count(line) > META_WORDS:
        return False
    if is_minutes(line) or date_of(line) or after_by(line):
        return True
    # `Last updated 6 minutes ago`
    return any(map(str.isdigit, line)) and openers.after(line, "modified") is not None
