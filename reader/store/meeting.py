"""Which article is the one at the door, if it is one that we have?

By its key; else, where names are not to be trusted (a feed that renames its entries, a document
without a name), by an address that no other has, an address with the title or the date, or both of
these.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from typing import Any

from reader.model import BY_CONTENT, LISTING, ArticleId, SourceId, SourceKind
from reader.noun import Noun
from reader.store import identity
from reader.store.gating import gated
from reader.store.incoming import Incoming
from reader.store.times import seconds, sort_stamp
from reader.text import addresses

FACTS = """SELECT id, key, hidden, unread, record, hash, title, published, seen, changed,
    edits
    FROM article """
BY_KEY = FACTS + "WHERE source = ? AND key = ?"
BY_ADDRESS = (
    FACTS
    + """WHERE source = ? AND address = ? AND (title = ? OR published IS NOT NULL AND sorted_at = ?)
    ORDER BY id DESC LIMIT 1"""
)
ALONE_AT = (
    FACTS  # some feeds give every entry the address of their front page, or of another
    + """WHERE source = ?1 AND address = ?2 AND abs(sorted_at - ?3) <= ?4
    AND (SELECT count(*) FROM article WHERE source = ?1 AND address = ?2) = 1"""
)
RENAMED_SECONDS = 7 * 86_400
"""So far apart in time an address alone tells that two are one: BBC News numbers its guids anew
with each edit, and changes title and date. Later it may be a page that something new is put on."""
BY_TITLE = (
    FACTS
    + """WHERE source = ? AND hidden = 0 AND sorted_at = ? AND title = ? AND published IS NOT NULL
    ORDER BY id DESC LIMIT 1"""
)
BY_ID = FACTS + "WHERE id = ?"
AMONG = "IN (SELECT value FROM json_each(?))"
KEYS = f"SELECT key FROM article WHERE source = ? AND key {AMONG}"
KEYS_GONE = f"SELECT key FROM tombstone WHERE source = ? AND key {AMONG}"
ADDRESSES = f"SELECT address FROM article WHERE source = ? AND address {AMONG}"
STAMPS = f"SELECT sorted_at FROM article WHERE source = ? AND hidden = 0 AND sorted_at {AMONG}"


class Known(Noun):
    """The row of an article that is in the cache."""

    id: int
    key: str
    hidden: int
    unread: int
    record: bytes
    hash: bytes
    title: str
    published: str | None
    seen: int
    changed: int
    edits: int


class Comer:
    """An article at the door, through the gate, with all that it may be known by."""

    __slots__ = (
        "address", "cleaned", "incoming", "is_new", "key", "kind", "seen", "source", "stamp",
        "told", "url",
    )  # fmt: skip

    def __init__(self, source: SourceId, kind: SourceKind, incoming: Incoming, now: int) -> None:
        cleaned = gated(incoming.cleaned, incoming.title, incoming.name)
        url = cleaned.url or incoming.url
        address = addresses.address(url)
        self.source, self.kind = source, kind
        self.incoming, self.cleaned, self.url = incoming, cleaned, url
        self.key = identity.storable(identity.key(incoming.guid, url, cleaned))
        self.address = identity.storable(address) if address else None
        self.seen = seconds(incoming.seen) if incoming.seen else now
        self.stamp = sort_stamp(cleaned.published or cleaned.cached_at, self.seen)
        self.told = identity.told(cleaned.title, cleaned.published, self.stamp)
        self.is_new = False

    @property
    def has_own_address(self) -> bool:
        """Is its address that of a page, and of no other entry?"""
        is_shared = self.key.startswith(BY_CONTENT)
        return self.address is not None and not (is_shared or addresses.is_front(self.address))


class Shelf:
    """What a source has that many comers may be: asked once for all of them, not once for each.

    What it does not hold is surely new; what it may hold is looked for.
    """

    def __init__(self, conn: sqlite3.Connection, source: SourceId, comers: Sequence[Comer]) -> None:
        def held(statement: str, wanted: set[Any]) -> set[Any]:
            rows = conn.execute(statement, (source, json.dumps(list(wanted))))
            return {value for (value,) in rows}

        keys = {each.key for each in comers}
        gone = keys | {each.told for each in comers}
        self._keys = held(KEYS, keys) | held(KEYS_GONE, gone)
        self._addresses = held(ADDRESSES, {each.address for each in comers if each.address})
        self._stamps = held(STAMPS, {each.stamp for each in comers})

    def may_hold(self, comer: Comer) -> bool:
        """Whether it may be there already. From then on it is."""
        it_may = (
            comer.key in self._keys
            or comer.told in self._keys
            or comer.address in self._addresses
            or comer.stamp in self._stamps
        )
        self._keys.add(comer.key)
        self._stamps.add(comer.stamp)
        if comer.address:
            self._addresses.add(comer.address)
        return it_may


def find(conn: sqlite3.Connection, comer: Comer) -> Known | None:
    """The article we have, by key, or on a second chance where names are not to be trusted."""
    cleaned, incoming = comer.cleaned, comer.incoming
    row = conn.execute(BY_KEY, (comer.source, comer.key)).fetchone()
    if row is None and (incoming.guid is None or comer.kind in LISTING):
        if comer.address:
            stamp = comer.stamp if cleaned.published else None
            # A title that comes each week tells nothing of what links the front page, as all do.
            title = cleaned.title if comer.has_own_address else None
            wanted = (comer.source, comer.address, title, stamp)
            row = conn.execute(BY_ADDRESS, wanted).fetchone()
            if row is None and incoming.rivals and comer.has_own_address:
                near = (comer.source, comer.address, comer.stamp, RENAMED_SECONDS)
                row = conn.execute(ALONE_AT, near).fetchone()
        if row is None and cleaned.published and (title := cleaned.title):
            row = conn.execute(BY_TITLE, (comer.source, comer.stamp, title)).fetchone()
        if row is not None and row[1] in incoming.rivals:
            row = None
    return Known(*row) if row else None


def with_id(conn: sqlite3.Connection, id: ArticleId) -> Known:
    """The article of that id, which must be there."""
    return Known(*conn.execute(BY_ID, (id,)).fetchone())
