"""Which of the articles that are like one do not belong to it, by what they say: those of another
meeting of the same parties, and where one of the two only touches what the other is about.

Most articles tell of no meeting and of one event alone. That is kept with each (`story_facts.meets`
and `.local`), so that the texts of most need not be read again.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass

from reader.stories.occasions import is_another, occasion, tells_of_one
from reader.stories.roundups import READ_CHARACTERS, Parted, may_touch
from reader.stories.sameness import Likeness
from reader.stories.vectors import Vector

MOST_TOUCHED = 0.45
"""Cosine of texts or titles from which neither of two is a round-up that only touches the other;
those invented came to .41."""

KEEP = "UPDATE story_facts SET meets = ?, local = ? WHERE article = ?"
KEPT = """SELECT article, meets, local FROM story_facts
    WHERE article IN (SELECT value FROM json_each(?))"""
TEXTS = """SELECT a.id, a.title, substr(b.text, 1, ?2) FROM article a
    JOIN body b ON b.id = a.id WHERE a.id IN (SELECT value FROM json_each(?1))"""


@dataclass(frozen=True, slots=True)
class Doubtful:
    """An article that is like another."""

    like: Likeness
    vector: Vector
    days: float
    """Between the two; infinity if a day is unknown."""

    @property
    def may_touch(self) -> bool:
        """Whether it is so little alike that one of the two may only touch what the other tells."""
        return self.like.cosine < MOST_TOUCHED and self.like.title < MOST_TOUCHED


class Report:
    """What one article says, beside others that are like it."""

    def __init__(self, title: str, text: str, language: str | None, own: Vector) -> None:
        self._language = language
        self._vector = own
        self._weight_of = own.body.weight_of()
        self._meeting = occasion(title, text, language)
        self._meets = tells_of_one(self._meeting)
        self._parted = Parted(text, own, language)
        self._local = self._parted.locality()

    def keep(self, conn: sqlite3.Connection, article_id: int) -> None:
        """Keep what may set the article apart from those that come later."""
        conn.execute(KEEP, (self._meets, self._local, article_id))

    def apart_from(self, conn: sqlite3.Connection, doubtful: Mapping[int, Doubtful]) -> set[int]:
        """Those that do not belong to the article."""
        found = {id for id, other in doubtful.items() if other.may_touch and self._touches(other)}
        left = doubtful.keys() - found
        reading = {}
        for id, meets, local in conn.execute(KEPT, (json.dumps(list(left)),)) if left else ():
            other = doubtful[id]
            meeting = self._meets and meets != 0 and other.days >= 1
            touched = other.may_touch and (
                local is None or may_touch(local, other.vector, self._weight_of)
            )
            if meeting or touched:
                reading[id] = meeting, touched
        if reading:
            for id, title, text in conn.execute(TEXTS, (json.dumps([*reading]), READ_CHARACTERS)):
                meeting, touched = reading[id]
                if (meeting and self._is_of_another_meeting(doubtful[id], title, text)) or (
                    touched
                    and Parted(text, doubtful[id].vector, self._language).touches(self._weight_of)
                ):
                    found.add(id)
        return found

    def _touches(self, other: Doubtful) -> bool:
        if not self._local:
            return False
        its_weight = other.vector.body.weight_of()
        return may_touch(self._local, self._vector, its_weight) and self._parted.touches(its_weight)

    def _is_of_another_meeting(self, other: Doubtful, title: str, text: str) -> bool:
        return is_another(self._meeting, occasion(title, text, self._language), other.days)
