"""Which entry that a feed lists no more is the one at the door, under another name?

A feed without ids and dates that moves to another host, or edits an entry that has no address,
gives it another name. It is the entry that vanished from the list

    at the same path of another host  → if the title is the same, and the text but for an edit
    without an address, in the same
    place among those that stayed     → if the title is the same, and the text but for an edit,
                                        or the whole of a text long enough to be of one entry only

and none if several fit, or the dates differ: an entry that is there twice is a nuisance, one that
is taken for another is lost.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from reader.model import BY_CONTENT, SourceId
from reader.store import fetches
from reader.store.meeting import Comer
from reader.text import addresses, edits

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
MANY = 5
"""Of more that have so much in common none is told from the others: nor is it looked which."""

AT_PATH, IN_PLACE, SAYS = "at the path", "in the place", "says"
Clue = tuple[str, str, object]
"""What it is; the title, or for `SAYS` the text; where that was found."""
Place = tuple[str | None, str | None]
"""Of an entry: the names of the nearest above and below that both lists have."""


@dataclass(frozen=True, slots=True)
class Gone:
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

    def __init__(self, conn: sqlite3.Connection, source: SourceId, now: Collection[str]) -> None:
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

    def like(self, comer: Comer) -> int | None:
        """The id of the one that is the comer; it is taken, and can be none other."""
        title, text = comer.cleaned.title or "", comer.cleaned.text
        fit: set[int] = set()
        for clue in self._clues(comer.key, comer.address, title, text) if self._gone else ():
            found = [each for each in self._gone.get(clue, ()) if each.id not in self._taken]
            if len(found) > MANY:
                return None
            fit |= {each.id for each in found if _is(each, comer, clue)}
        if len(fit) != 1:
            return None
        self._taken |= fit
        return fit.pop()

    def _clues(self, name: str, address: str | None, title: str, text: str) -> Iterator[Clue]:
        """What one that is the same has in common with it."""
        if address and not addresses.is_front(address) and (at := addresses.within_host(address)):
            yield AT_PATH, title, at
        place = self._places.get(name)
        if name.startswith(BY_CONTENT) and place not in (None, (None, None)):
            yield IN_PLACE, title, (address, place)
            if len(text) >= LONG_LETTERS:
                yield SAYS, text, (address, place)


def _is(gone: Gone, comer: Comer, clue: Clue) -> bool:
    """Is it the comer, with which it shares a clue?"""
    if gone.published and comer.cleaned.published and gone.stamp != comer.stamp:
        return False
    if clue[0] == SAYS:
        return True
    if clue[0] == AT_PATH and gone.address == comer.address:
        return False
    return _are_alike(gone.text, comer.cleaned.text)


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
    if edits.said(old) == edits.said(new):
        return True
    shorter, longer = sorted((_grams(old), _grams(new)), key=len)
    return bool(shorter) and len(shorter & longer) >= ALIKE * len(shorter)


def _grams(text: str) -> set[str]:
    letters = " ".join(text[:READ_LETTERS].split())
    return {letters[at : at + GRAM_LETTERS] for at in range(len(letters) - GRAM_LETTERS + 1)}
