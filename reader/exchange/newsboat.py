"""What newsboat keeps: its list of feeds (`urls`) and its articles (`cache.db`).

Both are only read. An article keeps the id its feed gave it, whether it was read, and its flags:
what a person flagged is starred here and tagged `flag-x`. Articles of a feed that is not followed
here (a command, a query, one taken off the list) come along without their feed.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import blake2b
from pathlib import Path
from urllib.parse import quote

from reader.exchange.feeds import NotAFeed, followed
from reader.exchange.sniff import NotImported
from reader.model import When
from reader.text import safe

NOT_FOLLOWED = "import:newsboat:"
"""What the address of a source begins with whose articles came without their feed."""
LONGEST_VALUE = 30_000_000
"""Bytes of one value; SQLite refuses longer ones (a damaged file may claim any length)."""
AT_ONCE = 400
"""Articles read at a time: no cursor stays open, and newsboat may go on writing."""
PLAIN = ("text/plain", "plain")
LONGEST_WAIT_SECONDS = 5.0

FEEDS = "SELECT rssurl, url, title FROM rss_feed ORDER BY rowid"
ORDER = "SELECT id FROM rss_item WHERE coalesce({deleted}, 0) = 0 ORDER BY pubDate, id"
DELETED = "SELECT feedurl, guid, url FROM rss_item WHERE {deleted} = 1"
ITEMS = "SELECT {columns} FROM rss_item WHERE id IN ({ids})"
COLUMNS = """id feedurl guid title author url base pubDate content content_mime_type unread flags
    enclosure_url enclosure_type""".split()
"""In the order in which `_item` takes them. Those that came with later versions of newsboat may be
missing (src/cache.cpp: flags 1.2, deleted 2.1, base 2.5, content_mime_type 2.22)."""


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed that newsboat has articles of."""

    address: str
    """As newsboat was told it, a command among them."""
    title: str | None
    home: str | None

    @property
    def key(self) -> str:
        """What its address comes to once it is followed here; otherwise a name that tells nothing
        of a command."""
        try:
            return followed(self.address)[0]
        except NotAFeed:
            digest = blake2b(self.address.encode("utf-8", "replace"), digest_size=6)
            return NOT_FOLLOWED + digest.hexdigest()


@dataclass(frozen=True, slots=True)
class Item:
    """An article of newsboat's."""

    feed: str
    guid: str
    title: str | None
    author: str | None
    url: str | None
    base: str | None
    """What addresses in its content are relative to."""
    published: When | None
    content: str
    is_plain: bool
    unread: bool
    flags: str
    enclosure: str | None
    """Address of the file that belongs to it."""
    enclosure_type: str | None


class Cache:
    """A `cache.db`, open for reading. Raises NotImported, also while it is read."""

    def __init__(self, path: Path, conn: sqlite3.Connection) -> None:
        self._path = path
        self._conn = conn
        self._columns = {row[1] for row in conn.execute("PRAGMA table_info(rss_item)")}

    def feeds(self) -> list[Feed]:
        """The feeds it knows."""
        return [
            Feed(_text(address) or "", _line(title), safe.link(_text(home) or ""))
            for address, home, title in self._all(FEEDS)
        ]

    def items(self) -> Iterator[list[Item]]:
        """Its articles but for deleted ones, the oldest first, some at a time."""
        asked = ORDER.format(deleted=self._column("deleted"))
        order = [id for (id,) in self._all(asked) if isinstance(id, int)]
        columns = ", ".join(map(self._column, COLUMNS))
        for start in range(0, len(order), AT_ONCE):
            ids = order[start : start + AT_ONCE]
            asked = ITEMS.format(columns=columns, ids=",".join("?" * len(ids)))
            rows = {row[0]: row[1:] for row in self._all(asked, ids)}
            yield [_item(*rows[id]) for id in ids if id in rows]

    def deleted(self) -> list[tuple[str, str, str | None]]:
        """What was deleted there: address of the feed, guid, address of the article."""
        rows = self._all(DELETED.format(deleted=self._column("deleted")))
        return [
            (_text(feed) or "", _text(guid) or "", safe.link(_text(url) or ""))
            for feed, guid, url in rows
        ]

    def _column(self, name: str) -> str:
        return name if name in self._columns else "NULL"

    def _all(self, asked: str, values: list[int] | None = None) -> list[tuple[object, ...]]:
        with explained(self._path):
            return self._conn.execute(asked, values or ()).fetchall()


@contextmanager
def opened(path: Path) -> Iterator[Cache]:
    """newsboat's cache at `path`, never written to. Raises NotImported."""
    with explained(path):
        conn = _connection(path)
    try:
        with explained(path):
            found = conn.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            tables = {name for (name,) in found}
            if not {"rss_feed", "rss_item"} <= tables:
                raise NotImported(str(path), "it is a database, but not newsboat's")
            cache = Cache(path, conn)
        yield cache
    finally:
        conn.close()


def _connection(path: Path) -> sqlite3.Connection:
    """Read-only; where that asks for files of SQLite's own that cannot be made, as it lies there.

    A log of newsboat's that was never folded in is then not seen.
    """
    address = f"file:{quote(str(path.absolute()))}"
    for options in ("?mode=ro", "?immutable=1"):
        conn = sqlite3.connect(address + options, uri=True, timeout=LONGEST_WAIT_SECONDS)
        conn.text_factory = _decoded
        conn.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST_VALUE)
        try:
            conn.execute("PRAGMA trusted_schema = OFF")
            conn.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except sqlite3.OperationalError as error:
            conn.close()
            if options != "?mode=ro" or _is_locked(error):
                raise
        else:
            return conn
    raise AssertionError("one of them opened or raised")


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """SQLite's complaints in words. Raises NotImported."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        if _is_locked(error):
            reason = "newsboat is writing to it; leave newsboat, then import again"
        elif "no such column" in str(error):
            reason = f"it was written by a newsboat that is too old or too new ({error})"
        else:
            reason = f"the database is damaged ({error}); the file is as it was"
        raise NotImported(str(path), reason) from error
    except (sqlite3.Error, OverflowError, MemoryError) as error:
        raise NotImported(str(path), f"it cannot be read ({error})") from error


def _is_locked(error: sqlite3.Error) -> bool:
    return "locked" in str(error) or "busy" in str(error)


def _decoded(body: bytes) -> str:
    return body.decode("utf-8", "replace")


def _item(
    feed: object,
    guid: object,
    title: object,
    author: object,
    url: object,
    base: object,
    date: object,
    content: object,
    mime: object,
    unread: object,
    flags: object,
    enclosure: object,
    enclosure_type: object,
) -> Item:
    address = safe.link(_text(url) or "")
    return Item(
        feed=_text(feed) or "",
        guid=_text(guid) or address or "",
        title=_line(title),
        author=_line(author),
        url=address,
        base=safe.link(_text(base) or "") or address,
        published=_when(date),
        content=_text(content) or "",
        is_plain=(_text(mime) or "").lower() in PLAIN,
        unread=unread != 0,
        flags=_flags(flags),
        enclosure=safe.link(_text(enclosure) or ""),
        enclosure_type=_line(enclosure_type),
    )


def _flags(value: object) -> str:
    """The letters a person may have set (newsboat takes a-z and A-Z)."""
    letters = (c for c in _text(value) or "" if c.isascii() and c.isalpha())
    return "".join(sorted(set(letters)))


def _when(date: object) -> When | None:
    """Seconds since 1970; newsboat writes 0 where it knows no date."""
    if not isinstance(date, int | float) or date <= 0:
        return None
    try:
        return When(datetime.fromtimestamp(date, UTC).isoformat(timespec="seconds"))
    except (ValueError, OverflowError, OSError):
        return None


def _text(value: object) -> str | None:
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return value if isinstance(value, str) else None


def _line(value: object) -> str | None:
    text = _text(value)
    return (str(safe.line(text)) or None) if text else None
