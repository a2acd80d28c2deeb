"""The similar articles that a page lists: title, source and summary of each, where it says them.

In lines they are told apart by their order and shape; where a page's markup says what is of one
item, by that.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from reader.clean import facts, names, openers, prose
from reader.clean.facts import Facts
from reader.model import Related

MOST = 50
"""Items that are read of one list."""
SUMMARY_WORDS = 12
"""Shortest line that can only be a summary."""
SHORT_SUMMARY_WORDS = 6
"""Shortest one if it ends as a sentence does."""
SOURCE_WORDS = 6

BEHIND = frozenset({"footer", "comments", "newsletter", "share", "tags"})
"""What comes after such a list, or between its items."""
OF_ONE_FORM = 3
"""Items from which a form that all of them have is no chance."""
_NAMED_BETWEEN = re.compile(r", ([^,:：]{2,40})[:：] ?")
"""The source in `Title, Source: summary`."""
_SOURCE_FIRST = re.compile(r"^([^:：]{2,40})[:：] ?(.+)$", re.S)
"""`Source: summary`."""
_TITLE_AND_SOURCE = re.compile(r"^(.{12,}\S)(?: [—–-] | ?[|·] ?)([^—–|·]{2,40})$")


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of an item that stand together."""

    text: str
    href: str | None = None
    """Where they lead, as the page wrote it."""
    is_heading: bool = False


def of_lines(texts: Sequence[str]) -> list[Related]:
    """Title, source and summary, over and over; source and summary may be missing."""
    kept: list[str] = []
    for text in texts:
        kinds = openers.kinds(text) or openers.spelled(text)
        if kinds & BEHIND or text.startswith("©"):
            break
        if not kinds:
            kept.append(text)
    if in_one := _all_in_one(kept):
        return in_one[:MOST]
    counts = Counter(kept)
    found: list[Related] = []
    state = "title"
    title, source, summary = "", None, None
    for text in kept:
        if state == "source" and _is_source(named := _without_facts(text), counts):
            source, state = named, "summary"
        elif state in ("source", "summary") and is_summary(text):
            summary, state = text, "title"
        elif state != "title" and _is_fact(text):
            continue
        else:
            found += _related(title, source, summary)
            title, source, summary, state = text, None, None, "source"
            if (parts := _TITLE_AND_SOURCE.match(text)) and _is_source(parts[2], counts):
                title, source, state = parts[1], parts[2], "summary"
    found += _related(title, source, summary)
    return _with_sources(_without_button(found))[:MOST]


def _without_button(found: list[Related]) -> list[Related]:
    """The items without a last one that is a bare title, where all others say source and summary:
    a button of the page."""
    others, last = found[:-1], found[-1:]
    full = len(others) > 1 and all(one.source and one.summary for one in others)
    return others if full and not any(one.source or one.summary for one in last) else found


def of_items(items: Sequence[Sequence[Piece]]) -> list[Related]:
    """What each item says, whatever the order in which it does."""
    found: list[Related] = []
    for item in items:
        found += _of_item(item)
    if not any(one.source or one.summary for one in found):
        found = _all_in_one([one.title for one in found], [one.url for one in found]) or found
    return _with_sources(found)[:MOST]


def fullest(lists: Iterable[list[Related]]) -> list[Related]:
    """The list that says most of its items; the first of several."""
    return max(lists, key=lambda found: sum(map(_said, found)), default=[])


def _said(item: Related) -> int:
    return 1 + 2 * bool(item.source) + 3 * bool(item.summary)


def _all_in_one(texts: Sequence[str], urls: Sequence[str | None] = ()) -> list[Related]:
    """The items where each says title, source and summary in one line; none where one does not."""
    parts = [parts for text in texts if (parts := _in_one(text))]
    if not OF_ONE_FORM <= len(parts) == len(texts):
        return []
    return [
        one
        for (title, source, summary), url in zip_longest(parts, urls)
        for one in _related(title, source, summary, url)
    ]


def _in_one(text: str) -> tuple[str, str, str] | None:
    """Title, source and summary of a line that says all three. A title may have comma and colon,
    too, but there a name seldom stands between them."""
    found = [
        (text[: said.start()], said[1], text[said.end() :])
        for said in _NAMED_BETWEEN.finditer(text)
        if said.start() and _tells_source(said[1], text[said.end() :])
    ]
    names = (parts for parts in found if not parts[1][0].islower())
    return next(names, found[0] if found else None)


def _with_sources(found: list[Related]) -> list[Related]:
    """The items with the source that stands before the summary of each, if it does."""
    parts = [_SOURCE_FIRST.match(one.summary or "") for one in found]
    told = [said for said in parts if said and _tells_source(said[1], said[2])]
    if not OF_ONE_FORM <= len(told) == len(found) or any(one.source for one in found):
        return found
    return [
        replace(one, source=said[1], summary=said[2]) for one, said in zip(found, told, strict=True)
    ]


def _tells_source(name: str, summary: str) -> bool:
    """Whether the words before and after a colon may be a source and a summary."""
    is_name = _may_be_source(name) and not _is_beside(name)
    return is_name and is_summary(summary)


def _of_item(pieces: Sequence[Piece]) -> list[Related]:
    said = [piece for piece in pieces if not _is_beside(piece.text)]
    named = [piece for piece in said if not openers.labelled(piece.text)]
    if not named:
        return []
    title = _title(named)
    source = summary = None
    for piece in said:
        if piece is title:
            continue
        told = openers.labelled(piece.text)
        if told and told.kinds & {"site", "original"}:
            source = source or told.value
        elif told and "summary" in told.kinds:
            summary = summary or told.value
        elif is_summary(piece.text):
            summary = max(summary or "", piece.text, key=len)
        elif not source and _may_be_source(name := _without_facts(piece.text)):
            source = name
    text = title.text
    if not source and (parts := _TITLE_AND_SOURCE.match(text)) and _may_be_source(parts[2]):
        text, source = parts[1], parts[2]
    href = title.href or next((piece.href for piece in said if piece.href), None)
    return _related(text, source, summary, href)


def _title(pieces: Sequence[Piece]) -> Piece:
    """The heading of an item, else the longest of its links that is no summary."""
    headings = [piece for piece in pieces if piece.is_heading]
    linked = [piece for piece in pieces if piece.href and not is_summary(piece.text)]
    return max(headings or linked or pieces[:1], key=lambda piece: prose.word_count(piece.text))


def _is_beside(text: str) -> bool:
    """A button, a score, a day: what is said beside an item, not of it."""
    if openers.kinds(text) or openers.spelled(text):
        return True
    return not is_summary(text) and not any(map(_is_named, facts.pieces_of(text)))


def _is_named(piece: str) -> bool:
    """Whether a piece of a line may be a title or a name."""
    if not any(map(str.isalpha, piece)) or "%" in piece or openers.kinds(piece):
        return False
    return not _is_fact(piece)


def _related(
    title: str, source: str | None, summary: str | None, url: str | None = None
) -> list[Related]:
    from reader.text import safe

    if not title:
        return []
    return [
        Related(
            str(safe.line(title)),
            str(safe.line(source)) if source else None,
            str(safe.prose(summary)) if summary else None,
            url,
        )
    ]


def _without_facts(text: str) -> str:
    """The name of a source without the day and the minutes beside it, or `via` before it."""
    name = next(filter(_is_named, facts.pieces_of(text)), text)
    return openers.after(name, "site") or name


def _is_fact(text: str) -> bool:
    """Whether a piece of a line is a day, a length or a by-line; `De Volkskrant` is none."""
    return facts.read_piece(Facts(), text) and not names.is_called(text)


def _may_be_source(text: str) -> bool:
    words = prose.word_count(text)
    return 0 < words <= SOURCE_WORDS and not prose.ends_sentence(text)


def _is_source(text: str, counts: dict[str, int]) -> bool:
    words = prose.word_count(text)
    return counts.get(text, 0) > 1 or (words <= 5 and not prose.ends_sentence(text))


def is_summary(text: str) -> bool:
    """Whether a line is so long, or so much of a sentence, that it is no title or name."""
    words = prose.word_count(text)
    return words >= SUMMARY_WORDS or (words >= SHORT_SUMMARY_WORDS and text[-1] in ".。…!！")
