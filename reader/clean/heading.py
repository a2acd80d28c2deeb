"""What the lines around a page's heading say: names, dates. They are read as those of a dump are.

Where a page makes no statement of who wrote it and when, it shows it there, to people.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from reader.clean import facts, names, openers, prose
from reader.clean.boxes import Leaf, Page, raw_text, text_of, words_of
from reader.clean.facts import Facts
from reader.text import dates

TOP_LEAVES = 150
"""Leaves of a page among which its heading and what is shown beside it stand."""
BODY_WORDS = 20
"""The first block of so many words below the heading is the text, or its standfirst."""
TITLE_WORDS = 4
HEAD_LINES = 3
"""Lines right below a title that tell who wrote and when."""
ABOVE, BELOW = 3, 12
"""How far around the heading a by-line stands."""
AFTER_BODY = 3
"""Lines below a standfirst that may still be of the heading."""


PERSON = re.compile(
    r"/(?:authors?|autor(?:en|es|in)?|auteurs?|autore|users?|user-?[a-z]+|members?|profiles?|profil|"
    r"redakteure?|contributors?|journalists?|writers?|staff)(?:/|\.php\?)[^/]"
)
"""Addresses of pages about a person."""
SUBJECT = re.compile(
    r"/(?:categor(?:y|ies|ie|ia)|kategorien?|tags?|topics?|themen?|rubrik(?:en)?|sections?|label)/"
)
"""Addresses of pages about a subject."""
HEADINGS = ("h2", "h3", "h4", "h5", "h6", "figcaption")
"""Elements whose text is a heading of what follows, or of a picture, though it may be a name."""
ACCOUNT = re.compile(r"log-?in|log-?out|sign-?(?:in|up)|regist|passw", re.IGNORECASE)
"""Addresses where readers come in."""


@dataclass(frozen=True, slots=True)
class Near:
    """What stands around the heading."""

    lines: list[str]
    people: list[str]
    """The texts of links to pages about people."""
    below: list[Leaf]
    """All that follows."""


@dataclass(frozen=True, slots=True)
class Head:
    """The lines at the top of a page."""

    texts: list[str]
    tags: list[str]
    """In which element each stands."""
    leaves: list[Leaf]


def lines_of(page: Page) -> Head:
    """The texts at the top of a page, each with the element it is in."""
    top: list[Leaf] = [leaf for leaf in page.leaves[:TOP_LEAVES] if leaf.text]
    texts, tags = [], []
    for leaf in top:
        for text in broken(leaf):
            texts.append(text)
            tags.append(leaf.box.tag)
    return Head(texts, tags, top)


def broken(leaf: Leaf) -> list[str]:
    """The lines of a leaf: old pages part what stands around a heading by `<br>`."""
    if len(leaf.words) > BODY_WORDS:
        return [leaf.text]
    lines = [""]
    for part in leaf.parts:
        pieces = (part if isinstance(part, str) else raw_text(part)).split("\n")
        is_break = not isinstance(part, str)
        lines[-1] += pieces[0] if is_break else " ".join(pieces)
        if is_break:
            lines += pieces[1:]
    return [line for line in (" ".join(line.split()) for line in lines) if line]


def above_byline(texts: Sequence[str]) -> str | None:
    """The line of the top that stands right above both a name and a day as titles do, whatever its
    mark-up; None if none does before the text begins."""
    for at, text in enumerate(texts):
        if prose.word_count(text) >= BODY_WORDS:
            return None
        if _may_head(text) and tells_who_and_when(texts[at + 1 : at + 1 + HEAD_LINES]):
            return text
    return None


def tells_who_and_when(texts: Sequence[str]) -> bool:
    """Whether lines begin with a name and tell a day."""
    if not texts or not (names.after_by(texts[0]) or _is_who(texts[0])):
        return False
    return any(dates.parse_line(text) is not None for text in texts[1:])


def _may_head(text: str) -> bool:
    words = prose.word_count(text)
    is_line = TITLE_WORDS <= words < BODY_WORDS and not prose.ends_sentence(text)
    return is_line and not (openers.kinds(text) or openers.labelled(text) or _is_who(text))


def _is_who(text: str) -> bool:
    return names.is_person(names.without_place(text))


def facts_of(head: Head, title: str | None) -> Facts | None:
    """The names and dates beside the heading; None where no heading is found."""
    at = _heading(head, title)
    if at is None:
        return None
    begin = _body(head, at)
    found = Facts(title_at=at)
    facts.read_header(found, head.texts, begin)
    if found.authors:
        others = {head.texts[n] for n in range(at, begin) if head.tags[n] in HEADINGS}
        others |= _subjects(head)
        found.authors = [name for name in found.authors if name not in others]
    return found


def _subjects(head: Head) -> set[str]:
    """The texts of links to pages about a subject."""
    links = (link for leaf in head.leaves for link in _links_on_a_line(leaf))
    return {text_of(link) for link in links if _is_of_a_subject(link)}


def near(page: Page, title: str | None) -> Near:
    """What stands around the heading, where a by-line does; nothing where no heading is found."""
    wanted = words_of(title or "")
    heads = [leaf for leaf in page.leaves if leaf.box.tag in ("h1", "h2", "h3")]
    same = [leaf for leaf in heads if leaf.words == wanted]
    first = [leaf for tag in ("h1", "h2") for leaf in heads if leaf.box.tag == tag]
    at = next((leaf.index for leaf in [*same, *first]), None)
    if at is None:
        return Near([], [], [])
    around = page.leaves[max(0, at - ABOVE) : at + BELOW]
    prose_at = [leaf.index for leaf in around if leaf.index > at and len(leaf.words) > BODY_WORDS]
    end = prose_at[1] if len(prose_at) > 1 else at + BELOW
    links = [link for leaf in around if leaf.index < end for link in _links_on_a_line(leaf)]
    return Near(
        [line for leaf in around for line in broken(leaf)],
        [text_of(link) for link in links if _is_of_a_person(link)],
        page.leaves[at + BELOW :],
    )


def _links_on_a_line(leaf: Leaf) -> list[Any]:
    is_prose = len(leaf.words) > BODY_WORDS or prose.ends_sentence(leaf.text)
    return [] if is_prose else leaf.links


def _is_of_a_subject(link: Any) -> bool:
    told = "tag" in (link.get("rel") or "").split()
    return told or bool(SUBJECT.search(link.get("href") or ""))


def _is_of_a_person(link: Any) -> bool:
    address = link.get("href") or ""
    return bool(PERSON.search(address)) and not ACCOUNT.search(address)


def _heading(head: Head, title: str | None) -> int | None:
    wanted = words_of(title or "")
    same = [n for n, text in enumerate(head.texts) if wanted and words_of(text) == wanted]
    marked = [n for n in same if head.tags[n] in ("h1", "h2", "h3")]
    first = [n for n, tag in enumerate(head.tags) if tag == "h1"]
    return next(iter([*marked, *same[-1:], *first]), None)


def _body(head: Head, at: int) -> int:
    """Where the text begins: at the second long block, if a standfirst and a by-line come first."""
    below = range(at + 1, len(head.texts))
    long = [n for n in below if prose.word_count(head.texts[n]) >= BODY_WORDS]
    if not long:
        return len(head.texts)
    first = long[0]
    if len(long) > 1 and 1 < long[1] - first <= AFTER_BODY + 1 and first - at <= 2:
        return long[1]
    return first
