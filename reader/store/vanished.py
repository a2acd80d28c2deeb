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
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from reader.model import BY_CONTENT, SourceId
from reader.store import fetches
from reader.store.meeting import Comer
from reader.text import addresses, edits

GONE = """SELECT id, key, address, title, published, sorted_at FROM article
    WHERE source = ? AND key IN (SELECT value FROM json_each(?))"""
TEXT = "SELECT text FROM body WHERE id = ?"
LONG_LETTERS = 200
"""A text of so many letters is no "Read on" that every entry has."""
GRAM_LETTERS = 8
"""So many letters in a row, in any script, are seldom shared by chance."""
ALIKE = 0.5
"""Share of the shorter text that is found in the longer one, if it is an edit of it."""

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


class Vanished:
    """The entries that a feed listed the last time and does not list now."""

    def __init__(self, conn: sqlite3.Connection, source: SourceId, now: Collection[str]) -> None:
        self._conn = conn
        before = fetches.listing(conn, source)
        left = [name for name in before if name not in now]
        rows = conn.execute(GONE, (source, json.dumps(left))) if left else ()
        self._gone = [Gone(*row) for row in rows]
        if self._gone:
            stayed = set(now).intersection(before)
            self._places = _places(now, stayed) | _places(before, stayed)
        self._texts: dict[int, str] = {}

    def like(self, comer: Comer) -> int | None:
        """The id of the one that is the comer; it is taken, and can be none other."""
        fit = [gone for gone in self._gone if self._is(gone, comer)]
        if len(fit) != 1:
            return None
        self._gone.remove(fit[0])
        return fit[0].id

    def _is(self, gone: Gone, comer: Comer) -> bool:
        cleaned = comer.cleaned
        if gone.published and cleaned.published and gone.stamp != comer.stamp:
            return False
        same_title = gone.title == cleaned.title
        if _moved(gone.address, comer.address):
            return same_title and _are_alike(self._text(gone), cleaned.text)
        if not self._in_its_place(gone, comer):
            return False
        old, new = edits.said(self._text(gone)), edits.said(cleaned.text)
        if old == new:
            return len(new) >= LONG_LETTERS
        return same_title and _are_alike(old, new)

    def _in_its_place(self, gone: Gone, comer: Comer) -> bool:
        if gone.address != comer.address:
            return False
        if not (gone.name.startswith(BY_CONTENT) and comer.key.startswith(BY_CONTENT)):
            return False
        place = self._places.get(gone.name)
        return place != (None, None) and place == self._places.get(comer.key)

    def _text(self, gone: Gone) -> str:
        if gone.id not in self._texts:
            [self._texts[gone.id]] = self._conn.execute(TEXT, (gone.id,)).fetchone()
        return self._texts[gone.id]


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


def _moved(old: str | None, new: str | None) -> bool:
    """Are these one path on two hosts, and no front page?"""
    if old is None or new is None or old == new or addresses.is_front(new):
        return False
    place = addresses.within_host(new)
    return place is not None and place == addresses.within_host(old)


def _are_alike(old: str, new: str) -> bool:
    """Is one text an edit of the other?"""
    if old == new:
        return True
    shorter, longer = sorted((_grams(old), _grams(new)), key=len)
    return bool(shorter) and len(shorter & longer) >= ALIKE * len(shorter)


def _grams(text: str) -> set[str]:
    letters = " ".join(text.split())
    return {letters[at : at + GRAM_LETTERS] for at in range(len(letters) - GRAM_LETTERS + 1)}
