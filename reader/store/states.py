"""Where the person left off: small JSON values that are nice to have again, never needed."""

from __future__ import annotations

import json
import sqlite3
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from reader.store.cache import Cache

ALL = "SELECT key, value FROM state"
KEEP = "INSERT OR REPLACE INTO state(key, value) VALUES (?, ?)"
UNCOMPARED = "uncompared"
"""True while something is left that there was no time to compare; the room then goes on with it."""

RECOUNTED_TO = "recounted_to"
RESPELLED_TO = "respelled_to"
"""Number of the article down to which those are counted anew, then indexed anew, that an older
version indexed by other words (`reader.stories.respelling`); None when all are."""


class States:
    """Values by name."""

    def __init__(self, cache: Cache) -> None:
        self._cache = cache

    def get(self, key: str, default: Any = None) -> Any:
        """The value kept under `key`, or `default`."""
        row = self._cache.row("SELECT value FROM state WHERE key = ?", (key,))
        return json.loads(row[0]) if row else default

    def keep(self, key: str, value: Any) -> None:
        """Keep a JSON value; in a cache that is only readable it is forgotten."""
        if self._cache.readonly:
            return
        with self._cache.write() as conn:
            put(conn, key, value)

    def all(self) -> dict[str, Any]:
        """Every value that is kept, by its key."""
        return {key: json.loads(value) for key, value in self._cache.read(ALL)}


def put(conn: sqlite3.Connection, key: str, value: Any) -> None:
    """Keep a JSON value under a key; None keeps none."""
    if value is None:
        conn.execute("DELETE FROM state WHERE key = ?", (key,))
    else:
        conn.execute(KEEP, (key, json.dumps(value)))
