"""Facts of an article that a dump shows as lines: title, names, dates, section, tags.

Each is read only where such lines stand, around the title and right after the body, and each line
read as a fact is no longer text. A date inside the prose is never the article's date.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from reader.clean import openers, prose
from reader.clean.marginalia import is_minutes
from reader.clean.names import after_by, further_people, is_person, people, split_names
from reader.model import When

SHORT_WORDS = 14
"""Words of the longest line that may be a fact."""
HEADER_LINES = 14
"""Lines between title and text that are searched; above the title four."""

NEAR_LINES = 8
"""Lines above the text that are searched where the title stands far from it."""

_LABELS = re.compile(r"\s+(?=([^\W\d_][^\s:：]{0,13})\s?[:：](?!\d))")
_ADDRESS = re.compile(r"\s*<[^<>\s]+@[^<>\s]+>$")
"""Behind the name of who sent a letter that is passed on."""
_PIECES = re.compile(r"\s*[|•·⋅‧●¦]\s*|\s[–—/-]\s|\s{2,}")


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
    summary: str | None = None
    editors: list[str] = field(default_factory=list)
    """Who saw to the text; its authors where nobody else is named."""
    spent: set[int] = field(default_factory=set)
    """Numbers of the lines that are facts, and so no text."""


def read_header(facts: Facts, lines: Sequence[str], begin: int) -> None:
    """Facts of the lines from just above the title to the first prose."""
    start = 0 if facts.title_at is None else max(0, facts.title_at - 4)
    start = max(start, begin - 40)
    after_title = facts.title_at if facts.title_at is not None else start
    zone = range(start, min(begin, after_title + 1 + HEADER_LINES))
    # What stands below the title is of it; a day above may be the day of the print.
    for at in sorted(zone, key=lambda at: at < after_title):
        if at == facts.title_at or at in facts.spent:
            continue
        if at < after_title and facts.authors and facts.published:
            continue
        _read_line(facts, lines, at, begin, above=at < after_title)
    for at in range(max(after_title + 1 + HEADER_LINES, begin - NEAR_LINES), begin):
        if not facts.published and at not in facts.spent:
            _read_line(facts, lines, at, begin, above=True)
    if not facts.authors:
        _lone_name(facts, lines, begin, after_title)
    facts.authors = facts.authors or facts.editors


def read_tail(facts: Facts, lines: Sequence[str], end: int) -> None:
    """Facts of the lines that follow the body: authors, section, tags."""
    for at in range(end, min(len(lines), end + 16)):
        found = openers.kinds(lines[at])
        told = openers.labelled(lines[at])
        if told and len(lines[at]) < 300:
            _labelled_fact(facts, told.kinds, told.value, in_header=False)
        elif found & {"authors", "section", "tags"} and at + 1 < len(lines):
            _listed_fact(facts, found, lines, at)
        elif not found and prose.word_count(lines[at]) <= SHORT_WORDS:
            _unlabelled_fact(facts, lines[at])
        elif found & {"related", "comments", "footer"}:
            break


def _unlabelled_fact(facts: Facts, line: str) -> None:
    """`Posted on August 2, 2019`, `Written by Pia Lindqvist`, where the header had nothing."""
    dated = openers.after(line, "published")
    if facts.published is None and dated and (when := date_of(dated)):
        facts.published = when
    if not facts.authors:
        facts.authors += after_by(line)


def _read_line(
    facts: Facts, lines: Sequence[str], at: int, begin: int, above: bool = False
) -> None:
    line = lines[at]
    if prose.word_count(line) > 2 * SHORT_WORDS or len(line) > 300:
        return
    if is_minutes(line):
        facts.spent.add(at)
        return
    if (told := openers.labelled(line)) and len(_labelled_parts(line)) == 1:
        if _labelled_fact(facts, told.kinds, told.value, in_header=True):
            facts.spent.add(at)
        return
    found = frozenset[str]() if date_of(line) else openers.kinds(line)
    if found & {"authors", "published", "modified", "cached", "section"} and at + 1 < begin:
        if _listed_fact(facts, found, lines, at):
            facts.spent.update({at, at + 1})
        return
    if above and not (date_of(line) or after_by(line)):
        return
    taken = False
    pieces = pieces_of(line)
    for piece in pieces:
        taken = _read_told(facts, piece) or taken
    _name_beside_date(facts, pieces)
    if taken and prose.word_count(line) <= SHORT_WORDS + 6:
        facts.spent.add(at)


def read_row(facts: Facts, row: str) -> bool:
    """Whether a line holds facts and nothing else; if so they are now in `facts`."""
    if is_minutes(row):
        return True
    pieces = pieces_of(row)
    if len(pieces) == 1 and (told := openers.labelled(row)):
        return read_label(facts, told)
    taken = [_read_told(facts, piece) or _is_source(piece) for piece in pieces]
    _name_beside_date(facts, pieces)
    return all(taken) and bool(facts.authors or facts.published or facts.modified)


def pieces_of(line: str) -> list[str]:
    """What stands side by side on a line of facts. A date and its time are one piece, whatever
    parts them; a label begins a piece: `2026-03-08 Source: Evening Post Author: Li Wen`."""
    return [piece for part in parts_of(line) for piece in _labelled_parts(part)]


def parts_of(line: str) -> list[str]:
    """What a sign parts on a line, a date and its time being one."""
    from reader.text import dates

    if not _PIECES.search(line):
        return [line] if line else []
    if dated := dates.find(line):
        start, end = dated[1]
        line = line[:start] + _PIECES.sub(" ", line[start:end]) + line[end:]
    return [part for part in _PIECES.split(line) if part]


def _labelled_parts(line: str) -> list[str]:
    """A line cut where labels begin, if any of them is known."""
    places = list(_LABELS.finditer(line))
    if not any(openers.kinds(place[1]) for place in places):
        return [line]
    starts = [0, *(place.end() for place in places)]
    ends = [*(place.start() for place in places), len(line)]
    return [line[start:end] for start, end in zip(starts, ends, strict=True) if start < end]


def _name_beside_date(facts: Facts, pieces: Sequence[str]) -> None:
    """`25 October 2026 · Hester Vane`: the one name on the date's line is the author's."""
    people = [piece for piece in pieces if is_person(piece)]
    if len(people) == 1 and not facts.authors and any(map(date_of, pieces)):
        facts.authors.append(people[0])


def read_label(facts: Facts, told: openers.Labelled) -> bool:
    """Whether a label above the text and its value are a fact."""
    return _labelled_fact(facts, told.kinds, told.value, in_header=True)


def _read_told(facts: Facts, piece: str) -> bool:
    told = openers.labelled(piece)
    return bool(told and read_label(facts, told)) or read_piece(facts, piece)


def _is_source(piece: str) -> bool:
    return prose.word_count(piece) <= 3 and piece[0].isupper() and not prose.ends_sentence(piece)


def read_piece(facts: Facts, piece: str) -> bool:
    """Whether a piece of a line is a date, a length or a by-line; if so it is now in `facts`."""
    if is_minutes(piece):
        return True
    from reader.text import dates

    dated = dates.find(piece) if len(piece) <= 120 and any(map(str.isdigit, piece)) else None
    start, end = dated[1] if dated else (len(piece), len(piece))
    before, after = piece[:start].strip(" ,;–—-"), piece[end:].strip(" ,;–—-")
    rest = f"{before} {after}".strip()
    if prose.word_count(rest) > SHORT_WORDS:
        return False
    names = after_by(before) or after_by(after)
    facts.authors += [name for name in names if name not in facts.authors]
    if dated:
        told = before if dates.find(after) else rest
        label = "modified" if _says(told, "modified") else "published"
        _keep_date(facts, label, dated[0])
        if not facts.authors and is_person(rest):
            facts.authors.append(rest)
        _keep_second_date(facts, piece[end:])
    return bool(names or dated)


def _keep_second_date(facts: Facts, rest: str) -> None:
    """`Published 21 August at 18:45, updated 22 August at 07:10` on one line."""
    from reader.text import dates

    if (more := dates.find(rest)) and _says(rest[: more[1][0]].strip(" ,;()–—-"), "modified"):
        _keep_date(facts, "modified", more[0])


def _says(label: str, kind: str) -> bool:
    return kind in openers.kinds(label) or openers.after(label + " x", kind) is not None


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
        if label in found and (when := date_of(value)):
            _keep_date(facts, label, when)
            return True
    if "authors" in found and (names := split_names(_without_date(value))):
        facts.authors += [name for name in names if name not in facts.authors]
        if in_header and (when := date_of(value)):
            _keep_date(facts, "published", when)
        return True
    if "editors" in found and (names := split_names(value)):
        facts.editors = facts.editors or names
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
        facts.site = facts.site or _ADDRESS.sub("", value) or value
        return True
    return bool(in_header and found & {"advert", "share"})


def _without_date(value: str) -> str:
    """What stands before a date: `Written by: Ann Lee 12 January 2026`."""
    from reader.text import dates

    dated = dates.find(value)
    return value[: dated[1][0]] if dated and dated[1][0] else value


def _listed_fact(facts: Facts, found: frozenset[str], lines: Sequence[str], at: int) -> bool:
    value = lines[at + 1]
    if openers.kinds(value) or prose.word_count(value) > SHORT_WORDS:
        return False
    for label in ("cached", "modified", "published"):
        if label in found and (when := date_of(value)):
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
    """Names that stand alone beside the date or the minutes are the authors': `Ann Lee`, and
    perhaps `and Kim Roe` below."""
    zone = range(after + 1, min(begin, after + 1 + HEADER_LINES))
    dated = {at for at in facts.spent if at in zone}
    for at in zone:
        if at in facts.spent or not (found := people(lines[at])):
            continue
        end = at + 1
        while end in zone and (more := further_people(lines[end])):
            found, end = [*found, *more], end + 1
        if not {at - 2, at - 1, end} & dated:
            continue
        if all(lines[at] != other for n, other in enumerate(lines) if n != at):
            facts.authors += found
            facts.spent.update(range(at, end))
            return


def date_of(text: str) -> When | None:
    """The date in a short text; None for a longer one, whose dates are of what it tells."""
    if len(text) > 120 or not any(c.isdigit() for c in text):
        return None
    from reader.text import dates

    return dates.parse(text)
