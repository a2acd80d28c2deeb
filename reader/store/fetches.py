"""What a refresh has to remember between two runs, and when which source is due.

All that belongs to one answer (articles, validators, schedule, what the document listed) is written
in the transaction of its last articles: a run that is cut short asks again as if it had not asked.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from reader.model import ArticleId, SourceId, SourceKind
from reader.noun import Noun
from reader.store.times import moment, seconds

if TYPE_CHECKING:
    from reader.store.cache import Cache

NEVER_SCHEDULED_SECONDS = 3600
"""After which a source that was fetched once, and given no time to come back, is due."""
NO_PAGE = "no-page: "
"""A warning that begins so says why the page of an entry was not to be had."""
WANTED, WHOLE, GIVEN_UP = 0, 1, 2
"""Values of `fuller.state`."""

_COLUMNS = """id, kind, url, title, added_as, home, last, next_check, error, fails, gone, moved_to,
    moved_times, body, hints, changed FROM source WHERE removed = 0"""
ALL = f"SELECT {_COLUMNS} ORDER BY coalesce(next_check, last, 0), coalesce(last, 0), id"
ONE = f"SELECT {_COLUMNS} AND id = ?"
VALIDATORS = "SELECT source, url, etag, modified FROM validator"
PUT_VALIDATOR = "INSERT OR REPLACE INTO validator(source, url, etag, modified) VALUES (?, ?, ?, ?)"
DROP_VALIDATOR = "DELETE FROM validator WHERE source = ? AND url = ?"
ANSWERED = """UPDATE source SET last = ?, next_check = ?, error = ?, fails = ?, gone = 0,
    moved_to = ?, moved_times = ?, body = ?, hints = ?, changed = ? WHERE id = ?"""
FAILED = """UPDATE source SET last = ?, next_check = ?, error = ?, fails = ?, gone = ?
    WHERE id = ?"""
PUT_OFF = "UPDATE source SET next_check = ?, error = ? WHERE id = ?"
MOMENTS = """SELECT sorted_at FROM article WHERE source = ? AND hidden = 0
    ORDER BY sorted_at DESC, id DESC LIMIT ?"""
WANT = """INSERT INTO fuller(article, state) VALUES (?, 0)
    ON CONFLICT(article) DO UPDATE SET state = 0, tries = 0, next = 0"""
PAGE_CAME = """INSERT INTO fuller(article, state, tries, next) VALUES (?, ?, ?, ?)
    ON CONFLICT(article) DO UPDATE
    SET state = excluded.state, tries = excluded.tries, next = excluded.next"""
KEEP_LISTING = """INSERT INTO listing(source, names) VALUES (?, ?)
    ON CONFLICT(source) DO UPDATE SET names = excluded.names WHERE names != excluded.names"""
LATEST_LISTED = """SELECT key FROM article WHERE source = ?1 ORDER BY id DESC
    LIMIT (SELECT count(*) FROM listed WHERE source = ?1)"""
WHOLE_TEXTS = """SELECT a.key, a.id FROM fuller f CROSS JOIN article a ON a.id = f.article
    WHERE a.source = ? AND f.state = ?"""
PAGES = """SELECT a.id, a.source, coalesce(a.url, ''), f.tries FROM fuller f
    JOIN article a ON a.id = f.article JOIN source s ON s.id = a.source
    WHERE f.state = 0 AND f.next <= ? AND a.hidden = 0 AND s.removed = 0 ORDER BY a.id DESC"""


class Watched(Noun):
    """A source as the refresh sees it."""

    id: SourceId
    kind: SourceKind
    url: str
    title: str
    added_as: str | None
    home: str | None
    last: datetime | None
    next: datetime | None
    error: str | None
    fails: int
    """How many times in a row it could not be read."""
    gone: bool
    moved_to: str | None
    """Where its last answer came from by permanent redirects."""
    moved_times: int
    """How many times in a row it was there."""
    body: bytes | None
    """Digest of the last answer that was read."""
    hints: Mapping[str, Any]
    changed: datetime | None
    """When something new last came of it."""


class Answered(Noun):
    """What is kept of an answer that could be read."""

    at: datetime
    next: datetime
    body: bytes | None
    hints: Mapping[str, Any]
    changed: datetime | None
    error: str | None = None
    """What is wrong with it all the same."""
    moved_to: str | None = None
    moved_times: int = 0
    fails: int = 0


class Fetches:
    """The memory of the refresh."""

    def __init__(self, cache: Cache) -> None:
        self._cache = cache

    def all(self) -> list[Watched]:
        """Every source, the longest due first; of those due together who was asked longest ago.

        A feed that its host always refuses would else come first for ever, and keep its
        neighbours there from being asked."""
        return [_watched(row) for row in self._cache.read(ALL)]

    def one(self, id: SourceId) -> Watched:
        """The source of that id, which must be there."""
        return _watched(self._cache.row(ONE, (id,)))

    def validators(self) -> dict[SourceId, dict[str, tuple[str | None, str | None]]]:
        """The validators that each address of each source gave last."""
        found: dict[SourceId, dict[str, tuple[str | None, str | None]]] = {}
        for source, url, etag, modified in self._cache.read(VALIDATORS):
            found.setdefault(SourceId(source), {})[url] = (etag, modified)
        return found

    def listed(self, source: SourceId) -> set[bytes]:
        """The prints of the entries that its document listed last."""
        rows = self._cache.read("SELECT print FROM listed WHERE source = ?", (source,))
        return {found for (found,) in rows}

    def hosts_to_leave_alone(self, now: datetime) -> dict[str, datetime]:
        """Until when which host wants no request."""
        rows = self._cache.read("SELECT name, until FROM host WHERE until > ?", (seconds(now),))
        return {name: moment(until) for name, until in rows}

    def moments(self, source: SourceId, limit: int) -> list[datetime]:
        """When its latest articles were published."""
        return [moment(at) for (at,) in self._cache.read(MOMENTS, (source, limit))]

    def pages_wanted(self, now: datetime) -> list[tuple[ArticleId, SourceId, str, int]]:
        """Articles whose whole text is to be fetched, newest first: id, source, address, tries."""
        rows = self._cache.read(PAGES, (seconds(now),))
        return [(ArticleId(id), SourceId(source), url, tries) for id, source, url, tries in rows]


def keep_validators(
    conn: sqlite3.Connection, source: SourceId, url: str, etag: str | None, modified: str | None
) -> None:
    """Remember, byte for byte, what an address gave to ask it by the next time."""
    if etag or modified:
        conn.execute(PUT_VALIDATOR, (source, url, etag, modified))
    else:
        conn.execute(DROP_VALIDATOR, (source, url))


def keep_listed(conn: sqlite3.Connection, source: SourceId, prints: Iterable[bytes]) -> None:
    """Remember which entries the document listed, in place of those it listed before."""
    wanted = set(prints)
    rows = conn.execute("SELECT print FROM listed WHERE source = ?", (source,)).fetchall()
    known = {found for (found,) in rows}
    conn.executemany(
        "DELETE FROM listed WHERE source = ? AND print = ?",
        [(source, each) for each in known - wanted],
    )
    conn.executemany(
        "INSERT INTO listed(source, print) VALUES (?, ?)",
        [(source, each) for each in wanted - known],
    )


def add_listed(conn: sqlite3.Connection, source: SourceId, prints: Iterable[bytes]) -> None:
    """Remember some more entries that the document lists."""
    conn.executemany(
        "INSERT OR IGNORE INTO listed(source, print) VALUES (?, ?)",
        [(source, each) for each in prints],
    )


def listing(conn: sqlite3.Connection, source: SourceId) -> list[str]:
    """What the entries that its document listed last are known by, in its order."""
    row = conn.execute("SELECT names FROM listing WHERE source = ?", (source,)).fetchone()
    if row is not None:
        return json.loads(row[0])  # type: ignore[no-any-return]
    # Not noted before the twelfth format: as many as it listed, of those that came last.
    return [key for (key,) in conn.execute(LATEST_LISTED, (source,))]


def keep_listing(conn: sqlite3.Connection, source: SourceId, names: Iterable[str]) -> None:
    """Remember in which order the document listed its entries."""
    conn.execute(KEEP_LISTING, (source, json.dumps(list(names))))


def keep_answer(conn: sqlite3.Connection, source: SourceId, answered: Answered) -> None:
    """Note that a source answered, and when to ask it again."""
    conn.execute(
        ANSWERED,
        (
            seconds(answered.at),
            seconds(answered.next),
            answered.error,
            answered.fails,
            answered.moved_to,
            answered.moved_times,
            answered.body,
            json.dumps(dict(answered.hints)) if answered.hints else None,
            seconds(answered.changed) if answered.changed else None,
            source,
        ),
    )


def keep_failure(
    conn: sqlite3.Connection,
    source: SourceId,
    at: datetime,
    next: datetime | None,
    error: str,
    fails: int,
    gone: bool = False,
) -> None:
    """Note that a source could not be read, why, and when to try again (None: not of our own)."""
    until = seconds(next) if next else None
    conn.execute(FAILED, (seconds(at), until, error, fails, int(gone), source))


def is_removed(conn: sqlite3.Connection, source: SourceId) -> bool:
    """Has the person taken the source off the list?"""
    [removed] = conn.execute("SELECT removed FROM source WHERE id = ?", (source,)).fetchone()
    return bool(removed)


def put_off(conn: sqlite3.Connection, source: SourceId, next: datetime, error: str) -> None:
    """Note that a source was not asked, and why."""
    conn.execute(PUT_OFF, (seconds(next), error, source))


def leave_alone(conn: sqlite3.Connection, host: str, until: datetime, now: datetime) -> None:
    """Remember that a host wants no request for a while."""
    conn.execute("DELETE FROM host WHERE until <= ?", (seconds(now),))
    conn.execute("INSERT OR REPLACE INTO host(name, until) VALUES (?, ?)", (host, seconds(until)))


def move(conn: sqlite3.Connection, source: SourceId, url: str) -> bool:
    """Give a source the address it has moved to, unless that is a source of its own."""
    taken = conn.execute("SELECT 1 FROM source WHERE url = ?", (url,)).fetchone()
    if taken is None:
        conn.execute(
            "UPDATE source SET url = ?, moved_to = NULL, moved_times = 0 WHERE id = ?",
            (url, source),
        )
    return taken is None


def introduce(
    conn: sqlite3.Connection, source: SourceId, title: str | None, home: str | None
) -> None:
    """Give a source that had only an address its title, and its home if it has none."""
    if title:
        conn.execute("UPDATE source SET title = ? WHERE id = ? AND title = url", (title, source))
    if home:
        conn.execute("UPDATE source SET home = ? WHERE id = ? AND home IS NULL", (home, source))


def with_whole_texts(conn: sqlite3.Connection, source: SourceId) -> dict[str, ArticleId]:
    """By key, the articles of a source whose text was fetched from their pages."""
    return {key: ArticleId(id) for key, id in conn.execute(WHOLE_TEXTS, (source, WHOLE))}


def is_whole(conn: sqlite3.Connection, id: int) -> bool:
    """Was the text of an article fetched from its page?"""
    wanted = "SELECT 1 FROM fuller WHERE article = ? AND state = ?"
    return conn.execute(wanted, (id, WHOLE)).fetchone() is not None


def want_page(conn: sqlite3.Connection, id: ArticleId) -> None:
    """Remember that the page of an article is to be fetched."""
    conn.execute(WANT, (id,))


def page_came(
    conn: sqlite3.Connection,
    id: ArticleId,
    state: int,
    tries: int = 0,
    next: datetime | None = None,
) -> None:
    """Note what became of fetching the page of an article."""
    conn.execute(PAGE_CAME, (id, state, tries, seconds(next) if next else 0))


def note_page(conn: sqlite3.Connection, id: ArticleId, reason: str | None) -> None:
    """Note with an article why its page was not to be had, in place of what was noted before."""
    row = conn.execute("SELECT warnings FROM body WHERE id = ?", (id,)).fetchone()
    if row is None:
        return
    others = [each for each in json.loads(row[0] or "[]") if not each.startswith(NO_PAGE)]
    warnings = [*others, NO_PAGE + reason] if reason else others
    kept = json.dumps(warnings) if warnings else None
    conn.execute("UPDATE body SET warnings = ? WHERE id = ?", (kept, id))


def _watched(row: tuple[Any, ...]) -> Watched:
    id, kind, url, title, added_as, home, last, next_check, error, fails, *rest = row
    gone, moved_to, moved_times, body, hints, changed = rest
    return Watched(
        SourceId(id),
        SourceKind(kind),
        url,
        title,
        added_as,
        home,
        moment(last) if last is not None else None,
        moment(next_check) if next_check is not None else None,
        error,
        fails,
        bool(gone),
        moved_to,
        moved_times,
        body,
        json.loads(hints) if hints else {},
        moment(changed) if changed is not None else None,
    )
