"""What was done, and how to take it back.

A row says in a sentence what was done and holds the steps that undo it, written in the same
transaction as the change. Rows of one unit were one act, each saying what was done up to it; the
newest is taken back first, each row in a transaction of its own, so that undoing half a million
read marks never holds the file long, and one that was cut off is finished by undoing again.
"""

from __future__ import annotations

import json
import sqlite3
import zlib
from typing import TYPE_CHECKING, Any

from reader import clock
from reader.store import undoing
from reader.store.times import seconds

if TYPE_CHECKING:
    from reader.store.cache import Cache

UNITS_KEPT = 1000
"""Acts that can be taken back; what fell out of reach is erased for good where it was hidden."""
NEXT_UNIT = "SELECT coalesce(max(unit), 0) + 1 FROM journal"
RECORD = "INSERT INTO journal(unit, at, sentence, inverse) VALUES (?, ?, ?, ?)"
LAST = "SELECT id, unit, sentence, inverse FROM journal ORDER BY id DESC LIMIT 1"
OUT_OF_REACH = "SELECT id, inverse FROM journal WHERE unit <= ? ORDER BY id"

Step = list[Any]
"""The name of a step in `reader.store.undoing`, and its JSON arguments."""


def next_unit(conn: sqlite3.Connection) -> int:
    """The number of the next act."""
    [unit] = conn.execute(NEXT_UNIT).fetchone()
    return int(unit)


def record(
    conn: sqlite3.Connection, sentence: str, inverse: list[Step], unit: int | None = None
) -> None:
    """Note an act, or a slice of one, with the steps that take it back."""
    packed = zlib.compress(json.dumps(inverse, separators=(",", ":")).encode(), 1)
    unit = next_unit(conn) if unit is None else unit
    conn.execute(RECORD, (unit, seconds(clock.now()), sentence, packed))
    forget(conn, unit - UNITS_KEPT)


def undo(cache: Cache) -> str | None:
    """Take back the last act; the sentence that says so, or None if there is none left."""
    said: str | None = None
    unit: int | None = None
    while True:
        with cache.write(durable=True) as conn:
            row = conn.execute(LAST).fetchone()
            if row is None or (unit is not None and row[1] != unit):
                return said
            id, unit, sentence, inverse = row
            for step in json.loads(zlib.decompress(inverse)):
                undoing.take_back(conn, step)
            conn.execute("DELETE FROM journal WHERE id = ?", (id,))
            said = said or f"Took back: {sentence[:1].lower()}{sentence[1:]}"


def forget(conn: sqlite3.Connection, unit: int) -> None:
    """Let go of the acts up to `unit`, and erase what they had only hidden."""
    for id, inverse in conn.execute(OUT_OF_REACH, (unit,)).fetchall():
        for step in json.loads(zlib.decompress(inverse)):
            undoing.make_final(conn, step)
        conn.execute("DELETE FROM journal WHERE id = ?", (id,))
