"""A file that is ours: how it is known by its first bytes, and how a new one is made.

A new cache is made beside its place and moved there whole, so that none is ever met half made; of
several programs that begin at once, one makes it while the others wait.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from reader import paths
from reader.errors import CacheCorrupt, CacheForeign, CacheReadOnly, CacheTooNew
from reader.store import schema
from reader.store.connection import connect, uri

HEADER_BYTES = 100
MAGIC = b"SQLite format 3\0"


def header(path: Path) -> bytes:
    """The first bytes of the file; none if there is no file or nothing in it.

    Raises CacheReadOnly if it cannot be read.
    """
    try:
        with open(path, "rb") as file:
            return file.read(HEADER_BYTES)
    except FileNotFoundError:
        return b""
    except OSError as error:
        raise CacheReadOnly(path, _cause(error)) from error


def refuse_others(path: Path, header: bytes) -> None:
    """Refuse what is not for us (SQLite file format, §1.3). Raises CacheError of three kinds."""
    if len(header) < HEADER_BYTES or not header.startswith(MAGIC):
        raise CacheCorrupt(path, "it is not a SQLite file")
    refuse_ids(path, int.from_bytes(header[68:72], "big"), int.from_bytes(header[60:64], "big"))


def refuse_ids(path: Path, application_id: int, found: int) -> None:
    """Refuse a file of another program, or of a version that is newer than this one."""
    if application_id != schema.APPLICATION_ID:
        raise CacheForeign(path)
    if found > schema.FORMAT:
        raise CacheTooNew(path, found, schema.FORMAT)


def logs_ahead(header: bytes) -> bool:
    """Is the file in write-ahead mode?"""
    return header[18] == 2


def make(path: Path, *, wal: bool) -> None:
    """A new cache at `path`, for its owner only, unless another program is quicker.

    Raises CacheReadOnly.
    """
    new = path.with_name(f".{path.name}.new")
    try:
        paths.private_dir(path.parent)
        with _alone_in(path.parent):
            if header(path):
                return
            _remove(new)
            os.close(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
            _build(new, wal=wal)
            _set_bookmarks_aside(path)
            os.replace(new, path)
            _sync_folder(path.parent)
    except OSError as error:
        raise CacheReadOnly(path, _cause(error)) from error
    finally:
        with suppress(OSError):
            _remove(new)


def _build(new: Path, *, wal: bool) -> None:
    conn = connect(uri(new), readonly=False, wal=False)
    try:
        conn.execute("BEGIN IMMEDIATE")
        schema.migrate(conn)
        conn.execute("COMMIT")
        set_journal_mode(conn, wal=wal)
        conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    finally:
        conn.close()


def set_journal_mode(conn: sqlite3.Connection, *, wal: bool) -> None:
    """Log ahead, or keep what is changed aside until it is written."""
    conn.execute(f"PRAGMA journal_mode = {'WAL' if wal else 'DELETE'}").fetchall()


def _set_bookmarks_aside(path: Path) -> None:
    """A new cache begins where one was lost: its bookmarks are not to be written over."""
    from time import gmtime, strftime

    old = path.with_name("bookmarks.jsonl")
    if old.is_file() and old.stat().st_size:
        stamp = strftime("%Y%m%d-%H%M%S", gmtime(old.stat().st_mtime))
        old.rename(old.with_name(f"bookmarks-until-{stamp}.jsonl"))


@contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    """Others who ask for this folder wait; where locks are not to be had, nobody does."""
    descriptor = None
    try:
        with suppress(ImportError, OSError):
            import fcntl

            descriptor = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        if descriptor is not None:
            os.close(descriptor)


def _sync_folder(folder: Path) -> None:
    """Let the new name outlive a power cut, where folders can be synced."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _remove(new: Path) -> None:
    for end in ("", "-wal", "-shm", "-journal"):
        new.with_name(new.name + end).unlink(missing_ok=True)


def _cause(error: OSError) -> str:
    return (error.strerror or str(error)).lower()
