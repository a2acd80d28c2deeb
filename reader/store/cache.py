"""The open file: who may use it, one writer at a time, a reading connection for each thread.

Before the first write the file has been found to be ours and of a format we know; the first look
is at its header bytes, because even opening a file lets SQLite fold its log into it.
"""

import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from reader import paths
from reader.errors import CacheError, CacheReadOnly, NothingFound
from reader.store import making, schema
from reader.store.articles import Articles
from reader.store.connection import Calls, Turns, begin, connect, explained, on_network, uri
from reader.store.sources import Sources
from reader.store.states import States

if TYPE_CHECKING:
    from reader.store.bookmarks import Bookmarks
    from reader.store.changes import Changes
    from reader.store.fetches import Fetches
    from reader.store.highlights import Highlights
    from reader.store.search import Search

OLDEST_SQLITE = (3, 37, 0)
"""The first with STRICT tables; RETURNING came in 3.35."""


class Cache:
    """The cache, opened. `Cache.open` makes one; close it, or use it in a `with`."""

    def __init__(self, path: Path, place: str, *, readonly: bool, wal: bool) -> None:
        self.path = path
        self.readonly = readonly
        self._place = place
        self._wal = wal
        self._copy: Path | None = None
        self._local = threading.local()
        self._readers: list[sqlite3.Connection] = []
        self._writer: sqlite3.Connection | None = None
        self._writing = threading.RLock()
        self._turns = Turns()
        self._depth = 0
        self._closed = False
        self._calls = Calls()
        self._owner = 0
        self.sources = Sources(self)
        self.articles = Articles(self)
        self.states = States(self)

    @classmethod
    def open(cls, path: Path | str | None = None, *, readonly: bool = False) -> "Cache":
        """The cache at `path`, made if there is none.

        Where the folder cannot be written, it is opened for reading. Raises CacheForeign,
        CacheTooNew, CacheCorrupt and CacheReadOnly, all before any write; NothingFound if
        `readonly` and there is no file.
        """
        path = Path(path if path is not None else paths.cache_file()).expanduser().absolute()
        if sqlite3.sqlite_version_info < OLDEST_SQLITE:
            raise CacheError(
                f"cannot open {path}: this Python brings SQLite {sqlite3.sqlite_version}, "
                f"broadsheet needs {'.'.join(map(str, OLDEST_SQLITE))}; use a newer Python"
            )
        with explained(path):
            wal = not on_network(path)
            header = making.header(path)
            if header:
                making.refuse_others(path, header)
            elif readonly:
                raise NothingFound(f"there is no cache at {path} yet: `broadsheet add` begins one")
            else:
                making.make(path, wal=wal)
            if not _writable(path):
                return cls._for_reading(path)
            cache = cls(path, uri(path), readonly=readonly, wal=wal)
            try:
                cache._bring_up_to_date()
                if header and not readonly and making.logs_ahead(header) != wal:
                    cache._change_journal_mode()
            except BaseException:
                cache.close()
                raise
            return cache

    @classmethod
    def _for_reading(cls, path: Path) -> "Cache":
        """The file in a folder that cannot be written, where SQLite cannot make its own files.

        `immutable` leaves a log unread that was never folded in, so with one both are copied.
        """
        import shutil
        import tempfile

        log = path.with_name(path.name + "-wal")
        if _size(log):
            folder = Path(tempfile.mkdtemp(prefix="broadsheet-"))
            copy = folder / path.name
            shutil.copyfile(path, copy)
            shutil.copyfile(log, folder / log.name)
            cache = cls(path, uri(copy), readonly=True, wal=True)
            cache._copy = folder
        else:
            cache = cls(path, uri(path, "?immutable=1"), readonly=True, wal=True)
        try:
            cache._bring_up_to_date()
        except BaseException:
            cache.close()
            raise
        return cache

    @cached_property
    def changes(self) -> "Changes":
        """What a person changes."""
        from reader.store.changes import Changes

        return Changes(self)

    @cached_property
    def bookmarks(self) -> "Bookmarks":
        """What a person starred."""
        from reader.store.bookmarks import Bookmarks

        return Bookmarks(self)

    @cached_property
    def highlights(self) -> "Highlights":
        """What a person highlighted."""
        from reader.store.highlights import Highlights

        return Highlights(self)

    @cached_property
    def fetches(self) -> "Fetches":
        """What a refresh remembers."""
        from reader.store.fetches import Fetches

        return Fetches(self)

    @cached_property
    def search(self) -> "Search":
        """Articles by what is in them."""
        from reader.store.search import Search

        return Search(self)

    def another(self) -> "Cache":
        """The same file, opened for another thread."""
        if self._copy is not None:
            return Cache._for_reading(self.path)
        return Cache(self.path, self._place, readonly=self.readonly, wal=self._wal)

    def explained(self) -> AbstractContextManager[None]:
        """What SQLite raises inside becomes one of `reader.errors`."""
        return explained(self.path, self._calls)

    def read(self, sql: str, parameters: Any = ()) -> list[Any]:
        """All rows of one question, on this thread's own connection."""
        with self.explained():
            return self.reader().execute(sql, parameters).fetchall()

    def row(self, sql: str, parameters: Any = ()) -> Any:
        """The one row of a question, or None."""
        rows = self.read(sql, parameters)
        return rows[0] if rows else None

    def reader(self) -> sqlite3.Connection:
        """This thread's reading connection. Inside `write()`, the writing one."""
        if self._depth and self._writer is not None and self._owns_write():
            return self._writer
        conn: sqlite3.Connection | None = getattr(self._local, "conn", None)
        if conn is None:
            if self._closed:
                raise sqlite3.ProgrammingError("the cache is closed")
            conn = connect(self._place, readonly=True, wal=self._wal)
            self._local.conn = conn
            self._readers.append(conn)
        return conn

    def leave(self) -> None:
        """Close this thread's reading connection, for a thread that ends before the cache does."""
        conn: sqlite3.Connection | None = getattr(self._local, "conn", None)
        if conn is not None:
            self._local.conn = None
            self._readers.remove(conn)
            conn.close()

    @contextmanager
    def write(self, *, durable: bool = False) -> Iterator[sqlite3.Connection]:
        """One transaction, all or nothing; inside another a part of it, likewise all or nothing.

        `durable` waits until the disk has it, for what only the person has; the outermost
        transaction decides. BEGIN IMMEDIATE takes
        the lock first: a transaction that begins by reading and writes later fails at once when
        another process wrote in between, and no waiting helps.
        """
        with self._writing:
            if self._depth:
                with self._joined() as conn:
                    yield conn
                return
            with explained(self.path):
                conn = self._writer_or_fail()
                if durable and self._wal:
                    conn.execute("PRAGMA synchronous = FULL")
                try:
                    self._turns.await_turn()
                    begin(conn)
                    self._depth, self._owner = 1, threading.get_ident()
                    try:
                        yield conn
                        conn.execute("COMMIT")
                    except BaseException:
                        # A full disk has rolled back already; a second ROLLBACK would raise
                        # and hide the cause.
                        if conn.in_transaction:
                            conn.execute("ROLLBACK")
                        raise
                    finally:
                        self._depth = 0
                        self._turns.end()
                finally:
                    if durable and self._wal:
                        conn.execute("PRAGMA synchronous = NORMAL")

    def writing(self) -> sqlite3.Connection | None:
        """The connection of the transaction this thread is in, if it is in one.

        For what is small and often: a part of its own (`write` in `write`) makes the full-text
        index write out all it has gathered, for every article a third of a millisecond.
        """
        return self._writer if self._depth and self._owns_write() else None

    def interrupt(self) -> None:
        """Call off what other threads are asking; writes go on. They raise Interrupted."""
        self._calls.off += 1
        for conn in list(self._readers):
            conn.interrupt()

    def close(self) -> None:
        """Close every connection. The last process to do so folds the log into the file."""
        self._closed = True
        self._close_readers()
        if self._writer is not None:
            self._writer.close()
            self._writer = None
        if self._copy is not None:
            import shutil

            shutil.rmtree(self._copy, ignore_errors=True)
            self._copy = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @contextmanager
    def _joined(self) -> Iterator[sqlite3.Connection]:
        conn = self._writer_or_fail()
        conn.execute("SAVEPOINT part")
        self._depth += 1
        try:
            yield conn
            conn.execute("RELEASE part")
        except BaseException:
            if conn.in_transaction:
                conn.execute("ROLLBACK TO part")
                conn.execute("RELEASE part")
            raise
        finally:
            self._depth -= 1

    def _owns_write(self) -> bool:
        return self._owner == threading.get_ident()

    def _writer_or_fail(self) -> sqlite3.Connection:
        if self.readonly:
            raise CacheReadOnly(self.path, "it was opened for reading only")
        if self._writer is None:
            self._writer = connect(self._place, readonly=False, wal=self._wal)
        return self._writer

    def _bring_up_to_date(self) -> None:
        """The header's word, asked again of SQLite, which knows what is still in the log."""
        [application_id] = self.reader().execute("PRAGMA application_id").fetchone()
        [found] = self.reader().execute("PRAGMA user_version").fetchone()
        making.refuse_ids(self.path, application_id, found)
        if found == schema.FORMAT:
            return
        if self.readonly:
            raise CacheReadOnly(self.path, "it has yet to be brought to the present format")
        with self.write(durable=True) as conn:
            [found] = conn.execute("PRAGMA user_version").fetchone()
            if found != schema.FORMAT:
                schema.migrate(conn)
        self._close_readers()

    def _change_journal_mode(self) -> None:
        """The file was carried to or from a network disk."""
        self._close_readers()
        with suppress(sqlite3.OperationalError):  # in use elsewhere: the next open will do it
            making.set_journal_mode(self._writer_or_fail(), wal=self._wal)

    def _close_readers(self) -> None:
        for conn in self._readers:
            conn.close()
        self._readers.clear()
        self._local = threading.local()


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def _writable(path: Path) -> bool:
    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)
