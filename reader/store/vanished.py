"""Which entry that a feed lists no more is the one at the door, under another name?

A feed without ids and dates that moves to another host or lays its pages out anew, or edits an
entry that has no address, gives it another name. It is the entry that vanished from the list

    with the same title and words     → at another page of the same host, or of another if several
                                        move at once; or without a page of its own, as it was
    at the same path of another host  → if the title is the same, and the text but for an edit
    without an address, in the same
    place among those that stayed     → if the title is the same, and the text but for an edit,
                                        or the whole of a text long enough to be of one entry only

and none if several fit, or the dates differ: an entry that is there twice is a nuisance, one that
is taken for another is lost.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence

from reader.model import BY_CONTENT, SourceId
from reader.noun import Noun
from reader.store import fetches
from reader.store.meeting import Comer
from reader.text import addresses

GONE = """SELECT a.id, a.key, a.address, a.title, a.published, a.sorted_at, b.text
    FROM article a JOIN body b ON b.id = a.id
    WHERE a.source = ? AND a.key IN (SELECT value FROM json_each(?))"""
LONG_LETTERS = 200
"""A text of so many letters is no "Read on" that every entry has."""
GRAM_LETTERS = 8
"""So many letters in a row, in any script, are seldom shared by chance."""
ALIKE = 0.5
"""Share of the shorter text that is found in the longer one, if it is an edit of it."""
READ_LETTERS = 20_000
"""As much of a text is compared."""
SAID_BYTES = 30
"""Of title and text together. Fewer, "Open thread" or "本日の一枚", may be of another each day."""
NUMBERED = re.compile(r"\w*\d\w*")
"""What differs in the addresses of one column from day to day."""
AT_ONCE = 2
"""So many entries with the words of others do not come together but by a move."""
STAMPED_AT_LEAST, STAMPED_SECONDS = 3, 900
"""So many entries of one moment, so shortly before they were asked for, have that of the asking."""
MANY = 5
"""Of more that have so much in common none is told from the others: nor is it looked which."""

AT_PATH, IN_PLACE, SAYS = "at the path", "in the place", "says"
SAME_WORDS = "has the same words"
Clue = tuple[str, str, object]
"""What it is; the title, or for `SAYS` the text; where that was found, or what else is the same."""
Place = tuple[str | None, str | None]
"""Of an entry: the names of the nearest above and below that both lists have."""


class Gone(Noun):
    """An article whose entry is listed no more."""

    id: int
    name: str
    address: str | None
    title: str
    published: str | None
    stamp: int
    text: str


class Vanished:
    """The entries that a feed listed the last time and does not list now."""

    def __init__(
        self,
        conn: sqlite3.Connection,
        source: SourceId,
        now: Collection[str],
        comers: Sequence[Comer],
    ) -> None:
        before = fetches.listing(conn, source)
        left = [name for name in before if name not in now]
        rows = conn.execute(GONE, (source, json.dumps(left))) if left else ()
        gone = [Gone(*row) for row in rows]
        stayed = set(now).intersection(before) if gone else set()
        self._places = _places(now, stayed) | _places(before, stayed) if stayed else {}
        self._gone: dict[Clue, list[Gone]] = {}
        for each in gone:
            for clue in self._clues(each.name, each.address, each.title, each.text):
                self._gone.setdefault(clue, []).append(each)
        self._taken: set[int] = set()
        said = {_words_of(each) for each in comers if gone and _says_enough(each)}
        self._is_move = sum(each in self._gone for each in said) >= AT_ONCE
        self._are_stamped = (
            len(comers) >= STAMPED_AT_LEAST
            and len({each.stamp for each in comers}) == 1
            and abs(comers[0].seen - comers[0].stamp) < STAMPED_SECONDS
        )

    def like(self, comer: Comer) -> int | None:
        """The id of the one that is the comer; it is taken, and can be none other."""
        title, text = comer.cleaned.title or "", comer.cleaned.text
        fit: set[int] = set()
        for clue in self._clues(comer.key, comer.address, title, text) if self._gone else ():
            found = [each for each in self._gone.get(clue, ()) if each.id not in self._taken]
            if len(found) > MANY:
                return None
            fit |= {each.id for each in found if self._is(each, comer, clue)}
        if len(fit) != 1:
            return None
        self._taken |= fit
        return fit.pop()

    def _clues(self, name: str, address: str | None, title: str, text: str) -> Iterator[Clue]:
        """What one that is the same has in common with it."""
        yield _words(title, text)
        if address and not addresses.is_front(address) and (at := addresses.within_host(address)):
            yield AT_PATH, title, at
        place = self._places.get(name)
        if name.startswith(BY_CONTENT) and place not in (None, (None, None)):
            yield IN_PLACE, title, (address, place)
            if len(text) >= LONG_LETTERS:
                yield SAYS, text, (address, place)

    def _is(self, gone: Gone, comer: Comer, clue: Clue) -> bool:
        """Is it the comer, with which it shares a clue?"""
        is_dated = gone.published and comer.cleaned.published
        if is_dated and gone.stamp != comer.stamp:
            return clue[0] == SAME_WORDS and self._are_stamped and gone.address == comer.address
        if clue[0] == SAYS:
            return True
        if clue[0] == SAME_WORDS:
            return self._may_have_moved(gone, comer)
        if clue[0] == AT_PATH and gone.address == comer.address:
            return False
        return _are_alike(gone.text, comer.cleaned.text)

    def _may_have_moved(self, gone: Gone, comer: Comer) -> bool:
        """Can an entry with the same words be the same, by where it stood and where it stands?"""
        if not (self._is_move or _says_enough(comer)):
            return False
        if gone.address == comer.address:
            return True
        if not (gone.address and comer.address) or addresses.is_front(comer.address):
            return self._is_move
        if _host(gone.address) != _host(comer.address):
            return self._is_move
        # A column that says the same each day has pages that differ by their numbers.
        is_column = NUMBERED.sub("0", gone.address) == NUMBERED.sub("0", comer.address)
        return not is_column or len(gone.text) >= LONG_LETTERS


def _words(title: str, text: str) -> Clue:
    return SAME_WORDS, title, _said(text)


def _said(text: str) -> str:
    from reader.text import edits  # its patterns take 10 ms to compile

    return edits.said(text)


def _words_of(comer: Comer) -> Clue:
    return _words(comer.cleaned.title or "", comer.cleaned.text)


def _says_enough(comer: Comer) -> bool:
    """Does an entry say so much that no other would say the same?"""
    said = (comer.cleaned.title or "") + comer.cleaned.text
    return len(said.encode("utf-8", "replace")) >= SAID_BYTES


def _host(address: str) -> str:
    return addresses.origin(address)


def _places(names: Iterable[str], stayed: Collection[str]) -> dict[str, Place]:
    """Where those that did not stay stand among those that did."""
    listed = list(names)
    above: dict[str, str | None] = {}
    last: str | None = None
    for name in listed:
        above[name] = last
        last = name if name in stayed else last
    found: dict[str, Place] = {}
    last = None
    for name in reversed(listed):
        if name in stayed:
            last = name
        else:
            found[name] = above[name], last
    return found


def _are_alike(old: str, new: str) -> bool:
    """Is one text an edit of the other?"""
    if _said(old) == _said(new):
        return True
    shorter, longer = sorted((_grams(old), _grams(new)), key=len)
    return bool(shorter) and len(shorter & longer) >= ALIKE * len(shorter)


def _grams(text: str) -> set[str]:
    letters = " ".join(text[:READ_LETTERS].split())
    return {letters[at : at + GRAM_LETTERS] for at in range(len(letters) - GRAM_LETTERS + 1)}
