"""The open file: who may use it, one writer at a time, a reading connection for each thread.

Before the first write the file has been found to be ours and of a format we know; the first look
is at its header bytes, because even opening a file lets SQLite fold its log into it.
"""

import os
import shutil
import sqlite3
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from reader import paths
from reader.errors import CacheCorrupt, CacheForeign, CacheReadOnly, CacheTooNew, NothingFound
from reader.store import schema
from reader.store.articles import Articles
from reader.store.bookmarks import Bookmarks
from reader.store.changes import Changes
from reader.store.connection import BUSY_SECONDS, connect, explained, on_network, uri
from reader.store.search import Search
from reader.store.snippets import folded, holds
from reader.store.sources import Sources
from reader.store.states import States

MAGIC = b"SQLite format 3\0"


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
        self._depth = 0
        self._closed = False
        self._owner = 0
        self.sources = Sources(self)
        self.articles = Articles(self)
        self.changes = Changes(self)
        self.bookmarks = Bookmarks(self)
        self.states = States(self)
        self.search = Search(self)

    @classmethod
    def open(cls, path: Path | str | None = None, *, readonly: bool = False) -> "Cache":
        """The cache at `path`, made if there is none.

        Where the folder cannot be written, it is opened for reading. Raises CacheForeign,
        CacheTooNew, CacheCorrupt and CacheReadOnly, all before any write; NothingFound if
        `readonly` and there is no file.
        """
        path = Path(path if path is not None else paths.cache_file()).expanduser().absolute()
        with explained(path):
            header = _header(path)
            if header is None and readonly:
                raise NothingFound(f"there is no cache at {path} yet: `broadsheet add` begins one")
            if header is not None:
                _refuse_others(path, header)
                if not _writable(path):
                    return cls._for_reading(path)
            else:
                _make_place(path)
            wal = not on_network(path)
            cache = cls(path, uri(path), readonly=readonly, wal=wal)
            try:
                cache._bring_up_to_date(new=not header)
                if header and not readonly and (header[18] == 2) != wal:
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
            cache._bring_up_to_date(new=False)
        except BaseException:
            cache.close()
            raise
        return cache

    def another(self) -> "Cache":
        """The same file, opened for another thread."""
        if self._copy is not None:
            return Cache._for_reading(self.path)
        return Cache(self.path, self._place, readonly=self.readonly, wal=self._wal)

    def explained(self) -> AbstractContextManager[None]:
        """What SQLite raises inside becomes one of `reader.errors`."""
        return explained(self.path)

    def read(self, sql: str, parameters: Any = ()) -> list[Any]:
        """All rows of one question, on this thread's own connection."""
        with explained(self.path):
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
            conn.create_function("holds", 3, holds, deterministic=True)
            conn.create_function("folded", 1, folded, deterministic=True)
            self._local.conn = conn
            self._readers.append(conn)
        return conn

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
                    conn.execute("BEGIN IMMEDIATE")
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
                finally:
                    if durable and self._wal:
                        conn.execute("PRAGMA synchronous = NORMAL")

    def interrupt(self) -> None:
        """Call off what other threads are asking; writes go on. They raise Interrupted."""
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

    def _bring_up_to_date(self, *, new: bool) -> None:
        [application_id] = self.reader().execute("PRAGMA application_id").fetchone()
        [found] = self.reader().execute("PRAGMA user_version").fetchone()
        if application_id == schema.APPLICATION_ID and found == schema.FORMAT:
            return
        _refuse_ids(self.path, application_id, found)
        if not application_id and self._has_tables():
            raise CacheForeign(self.path)
        if self.readonly:
            raise CacheReadOnly(self.path, "it has yet to be brought to the present format")
        self._migrate(new=new)

    def _change_journal_mode(self) -> None:
        """The file was carried to or from a network disk."""
        self._close_readers()
        with suppress(sqlite3.OperationalError):  # in use elsewhere: the next open will do it
            _set_journal_mode(self._writer_or_fail(), "WAL" if self._wal else "DELETE", wait=False)

    def _close_readers(self) -> None:
        for conn in self._readers:
            conn.close()
        self._readers.clear()
        self._local = threading.local()

    def _has_tables(self) -> bool:
        return bool(self.reader().execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone())

    def _migrate(self, *, new: bool) -> None:
        if new:
            self.bookmarks.set_older_aside()
        conn = self._writer_or_fail()
        conn.execute("PRAGMA synchronous = FULL")
        with self.write():
            [found] = conn.execute("PRAGMA user_version").fetchone()
            if found != schema.FORMAT:
                schema.migrate(conn)
        _set_journal_mode(conn, "WAL" if self._wal else "DELETE")
        if self._wal:
            # Until the first checkpoint a power cut can bring back the journal of the mode
            # switch, and with it an unreadable file.
            conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            conn.execute("PRAGMA synchronous = NORMAL")
        self._close_readers()


def _header(path: Path) -> bytes | None:
    """The first bytes of the file; None if there is no file. Raises CacheReadOnly."""
    try:
        with open(path, "rb") as file:
            return file.read(100)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise CacheReadOnly(path, (error.strerror or str(error)).lower()) from error


def _refuse_others(path: Path, header: bytes) -> None:
    """Refuse by the header alone what is surely not for us."""
    if not header:
        return
    if len(header) < 100 or not header.startswith(MAGIC):
        raise CacheCorrupt(path, "it is not a SQLite file")
    found = int.from_bytes(header[60:64], "big")
    application_id = int.from_bytes(header[68:72], "big")
    _refuse_ids(path, application_id, found)
    # Ours is made with a rollback journal and has its id from the first commit on.
    log, journal = (path.with_name(path.name + end) for end in ("-wal", "-journal"))
    holds_something = int.from_bytes(header[28:32], "big") > 1 or _size(log) > 0
    if not application_id and holds_something and not _size(journal):
        raise CacheForeign(path)


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def _refuse_ids(path: Path, application_id: int, found: int) -> None:
    if application_id not in (0, schema.APPLICATION_ID):
        raise CacheForeign(path)
    if application_id and found > schema.FORMAT:
        raise CacheTooNew(path, found, schema.FORMAT)


def _writable(path: Path) -> bool:
    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)


def _make_place(path: Path) -> None:
    """The folder and an empty file, open to their owner only. Raises CacheReadOnly."""
    try:
        paths.private_dir(path.parent)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))
    except OSError as error:
        raise CacheReadOnly(path, (error.strerror or str(error)).lower()) from error


def _set_journal_mode(conn: sqlite3.Connection, mode: str, *, wait: bool = True) -> None:
    """Switch the mode, which waits for nobody by itself while another opens the same new file."""
    give_up = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            conn.execute(f"PRAGMA journal_mode = {mode}").fetchall()
            return
        except sqlite3.OperationalError:
            if not wait or time.monotonic() > give_up:
                raise
            time.sleep(0.01)
