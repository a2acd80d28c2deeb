"""Where articles come from, as the cache keeps them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from reader import clock
from reader.errors import NothingFound
from reader.model import Source, SourceId, SourceKind
from reader.store.times import moment, seconds

if TYPE_CHECKING:
    from reader.store.cache import Cache

_COLUMNS = """id, kind, url, title, added_as, home, folder, articles, unread, last, next_check,
    error FROM source"""
ALL = f"SELECT {_COLUMNS} WHERE removed = 0 ORDER BY folder IS NULL, folder, title, id"
REMOVED = f"SELECT {_COLUMNS} WHERE removed = 1 ORDER BY id"
BY_ID = f"SELECT {_COLUMNS} WHERE id = ? AND removed = 0"
BY_URL = f"SELECT {_COLUMNS} WHERE url = ? AND removed = 0"
AMONG = f"SELECT {_COLUMNS} WHERE url IN (SELECT value FROM json_each(?)) AND removed = 0"
ANY_BY_URL = f"SELECT {_COLUMNS} WHERE url = ?"
ADD = f"""INSERT INTO source(kind, url, title, added_as, home, folder, added, removed)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT(url) DO NOTHING
    RETURNING {_COLUMNS.removesuffix("FROM source")}"""
BRING_BACK = "UPDATE source SET removed = 0 WHERE id = ?"
NOTE_FETCH = """UPDATE source SET last = ?, error = ?,
    fails = CASE WHEN ? IS NULL THEN 0 ELSE fails + 1 END WHERE id = ?"""


class Sources:
    """The sources of a cache."""

    def __init__(self, cache: Cache) -> None:
        self._cache = cache

    def all(self) -> list[Source]:
        """Every source, by folder, then title."""
        return [_source(row) for row in self._cache.read(ALL)]

    def removed(self) -> list[Source]:
        """Those that a person removed; of some there are articles that were kept."""
        return [_source(row) for row in self._cache.read(REMOVED)]

    def find(self, which: SourceId | int | str) -> Source:
        """The source of that id or address. Raises NothingFound."""
        row = self._cache.row(BY_ID if isinstance(which, int) else BY_URL, (which,))
        if row is None:
            raise NothingFound(f"there is no source {which}")
        return _source(row)

    def among(self, addresses: Iterable[str]) -> dict[str, Source]:
        """The sources that have one of these addresses, by it: one question for a long list."""
        rows = self._cache.read(AMONG, (json.dumps(list(addresses)),))
        return {source.url: source for source in map(_source, rows)}

    def addresses(self) -> set[str]:
        """The addresses of all sources, also of those that were removed."""
        return {url for (url,) in self._cache.read("SELECT url FROM source")}

    def add(
        self,
        kind: SourceKind | str,
        url: str,
        title: str,
        *,
        added_as: str | None = None,
        home: str | None = None,
        folder: str | None = None,
        removed: bool = False,
    ) -> Source:
        """The source of that address, made if there is none.

        One that was removed comes back with its articles. A folder given now replaces the old.
        `removed`: only for what was kept of it. It stays as it is, and out of sight if it is made.
        """
        from reader.text import safe

        with self._cache.write() as conn:
            folder = str(safe.line(folder)).strip() or None if folder else None
            row = (
                SourceKind(kind).value,
                url,
                str(safe.line(title)).strip() or url,
                added_as,
                home,
                folder,
                seconds(clock.now()),
                int(removed),
            )
            if made := conn.execute(ADD, row).fetchall():
                return _source(made[0])
            if removed:
                return _source(conn.execute(ANY_BY_URL, (url,)).fetchone())
            [known] = conn.execute("SELECT id, removed FROM source WHERE url = ?", (url,))
            found, was_removed = known
            if was_removed:
                self._cache.changes.bring_source_back(conn, found)
            if folder:
                conn.execute("UPDATE source SET folder = ? WHERE id = ?", (folder, found))
            return self.find(found)

    def remove(self, id: SourceId) -> str:
        """Take a source out of sight, and its articles but those a person marked, undoably; the
        sentence that says so."""
        return self._cache.changes.remove_source(id)

    def note_fetch(self, id: SourceId, at: datetime, error: str | None = None) -> None:
        """Remember when a source was last fetched, and what was wrong."""
        with self._cache.write() as conn:
            conn.execute(NOTE_FETCH, (seconds(at), error, error, id))


def _source(row: tuple[Any, ...]) -> Source:
    id, kind, url, title, added_as, home, folder, articles, unread, last, next_check, error = row
    return Source(
        id=SourceId(id),
        kind=SourceKind(kind),
        url=url,
        title=title,
        added_as=added_as,
        home=home,
        folder=folder,
        articles=articles,
        unread=unread,
        last=moment(last) if last is not None else None,
        next=moment(next_check) if next_check is not None else None,
        error=error,
    )
