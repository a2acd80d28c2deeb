"""Where in a text the words of a question stand, and the piece of text that shows them best."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache

from reader.store import grams

LENGTH = 160
"""Letters of a snippet; two lines of a terminal pane."""
BEFORE = 40
"""Letters shown before the first word found."""
LOOKED_AT = 200_000
"""Letters of a text that are searched for a snippet."""
SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Term:
    """A word or phrase to find. `prefix`: longer words that begin so count; `inside`: so do words
    that hold it, as in scripts without spaces."""

    text: str
    prefix: bool = False
    inside: bool = False


@dataclass(frozen=True)
class Finder:
    """The words of a question, to be found again in a text."""

    terms: tuple[Term, ...]

    @cached_property
    def _pattern(self) -> re.Pattern[str] | None:
        parts = [part for term in self.terms if (part := _pattern_of(term))]
        return re.compile("|".join(parts), re.IGNORECASE) if parts else None

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Where the words stand in `text`, as (start, end)."""
        if self._pattern is None:
            return []
        if text.isascii():
            return list(_apart(sorted(self._plain_spans(text.lower()))))
        return [match.span() for match in self._pattern.finditer(text) if match.group()]

    @cached_property
    def _plain_patterns(self) -> list[tuple[re.Pattern[str], bool]]:
        return [
            (re.compile(plain), term.text[:1].isalnum() and not term.inside)
            for term in self.terms
            if (plain := _plain_pattern_of(term))
        ]

    def _plain_spans(self, lowered: str) -> Iterator[tuple[int, int]]:
        """The same for plain letters, four times as fast: a pattern that begins with a letter is
        looked for by that letter, one that begins with a condition is tried at each."""
        for pattern, at_word in self._plain_patterns:
            for match in pattern.finditer(lowered):
                start, end = match.span()
                if not (at_word and start and _in_word(lowered[start - 1])):
                    yield start, end

    def snippet(self, text: str) -> tuple[str, tuple[tuple[int, int], ...]]:
        """The piece of `text` with most of the words, on one line, and where they stand in it."""
        spans = self.spans(text[:LOOKED_AT])
        start = _best_start(text, spans)
        if start:
            start = text.find(" ", max(start - 1, 0), start + BEFORE) + 1 or start
        piece = SPACE.sub(" ", text[start : start + 2 * LENGTH]).strip()
        if len(piece) > LENGTH:
            cut = piece[:LENGTH].rstrip()
            at_space = cut.rpartition(" ")[0]
            piece = (at_space if len(at_space) > LENGTH // 2 else cut) + "…"
        if start:
            piece = "…" + piece
        return piece, tuple(self.spans(piece))


def _in_word(letter: str) -> bool:
    return letter.isalnum() or letter == "_"


def _apart(spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Of spans in order, those that do not overlap one before."""
    reached = 0
    for start, end in spans:
        if start >= reached:
            yield start, end
            reached = end


def _best_start(text: str, spans: list[tuple[int, int]]) -> int:
    """Where a snippet begins that shows the most different words; the earliest of the best."""
    best, best_start = 0, 0
    for index, (start, _) in enumerate(spans[:60]):
        shown: set[str] = set()
        for other_start, other_end in spans[index : index + 20]:
            if other_end > start + LENGTH - BEFORE:
                break
            shown.add(text[other_start:other_end].casefold())
        if len(shown) > best:
            best, best_start = len(shown), start
    return max(best_start - BEFORE, 0) if best_start > BEFORE else 0


@lru_cache(maxsize=512)
def _pattern_of(term: Term) -> str:
    """A pattern that finds a term as the index does: letters with and without their marks."""
    body = r"[\W_]+".join("".join(map(_letter, word)) for word in term.text.split())
    if not body or term.inside:
        return body
    before = r"(?<!\w)" if term.text[:1].isalnum() else ""
    return before + body + _after(term)


def _plain_pattern_of(term: Term) -> str:
    """A pattern for text in small plain letters; nothing if the term cannot stand in such."""
    text = "".join(map(_plain, term.text)).lower()
    if not text.isascii() or not text.strip():
        return ""
    return r"[\W_]+".join(map(re.escape, text.split())) + ("" if term.inside else _after(term))


def _after(term: Term) -> str:
    if term.prefix:
        return r"\w*"
    return r"(?!\w)" if term.text[-1:].isalnum() else ""


def _plain(letter: str) -> str:
    if letter in APOSTROPHES:
        return "'"
    return "-" if letter in DASHES else unicodedata.normalize("NFD", letter)[0]


APOSTROPHES = "'’ʼ‘"
DASHES = "‐‑–-"


@lru_cache(maxsize=4096)
def _letter(letter: str) -> str:
    """A letter and the forms of it that count as the same."""
    if letter in APOSTROPHES:
        return f"[{APOSTROPHES}]"
    if letter in DASHES:
        return f"[{DASHES}]"
    base = unicodedata.normalize("NFD", letter)[0]
    forms = _marked().get(base.lower(), "")
    return f"[{re.escape(base)}{forms}]" if forms else re.escape(base)


@cache
def _marked() -> dict[str, str]:
    """For each plain letter the letters that are it with a mark on."""
    found: dict[str, str] = {}
    for code in (*range(0xC0, 0x250), *range(0x370, 0x530), *range(0x1E00, 0x2000)):
        letter = chr(code)
        base = unicodedata.normalize("NFD", letter)[0]
        if base != letter and base.isalpha():
            found[base.lower()] = found.get(base.lower(), "") + letter
    return found


def holds(term: str, prefix: int, text: str | None) -> bool:
    """Does the text hold the term to the letter? For SQL."""
    if not text:
        return False
    pattern = _pattern_of(Term(term, bool(prefix), grams.has_run(term)))
    return bool(pattern) and _compiled(pattern).search(text) is not None


def folded(text: str | None) -> str:
    """The text for a comparison that minds no case. For SQL."""
    return (text or "").casefold()


@lru_cache(maxsize=64)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)
