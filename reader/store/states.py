"""Where the person left off: small JSON values that are nice to have again, never needed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from reader.store.cache import Cache


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
            conn.execute(
                "INSERT OR REPLACE INTO state(key, value) VALUES (?, ?)", (key, json.dumps(value))
            )
