"""One connection to the file, and what SQLite says turned into what a person can act on."""

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from reader.errors import (
    BroadsheetError,
    CacheBusy,
    CacheCorrupt,
    CacheError,
    CacheFull,
    CacheReadOnly,
    Interrupted,
)

BUSY_SECONDS = 10.0
"""How long to wait for another process's transaction; ours are slices of milliseconds."""
LOOK_AGAIN_SECONDS = 0.005
"""Between two looks whether another process has ended its transaction. SQLite's own waiting soon
looks ten times a second only, too seldom to meet the gap of one that writes without end."""
STREAK_SECONDS = 0.1
"""For so long one transaction may follow another at once."""
GAP_SECONDS = 2 * LOOK_AGAIN_SECONDS
"""How long others are then left to come in."""
BUSY_CODES = 0xFF
"""The part of an extended error code that says what kind of error it is."""
PAGES_KEPT_KIB = 8192
"""SQLite's page cache of a connection that writes."""
PAGES_READ_KIB = 2048
"""The same of one that reads; with more, what is similar is not found sooner, and a reading room
has three of them."""
LOG_LIMIT_BYTES = 16_000_000
"""Length to which the write-ahead log is cut back after a checkpoint."""

NETWORK_FILE_SYSTEMS = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "afs", "9p", "ceph", "glusterfs", "lustre"}
    | {"davfs", "vboxsf", "prl_fs"}
    | {f"fuse.{name}" for name in ("davfs2", "sshfs", "rclone", "glusterfs", "s3fs")}
)
"""Write-ahead logging needs memory shared by all readers, which these cannot give
(sqlite.org/wal.html, "All processes using a database must be on the same host computer")."""


def connect(place: str, *, readonly: bool, wal: bool) -> sqlite3.Connection:
    """A connection to `place`, a `file:` URI, with this program's settings."""
    conn = sqlite3.connect(
        place,
        uri=True,
        timeout=BUSY_SECONDS,
        isolation_level=None,
        check_same_thread=False,
        cached_statements=256,
    )
    try:
        conn.execute(f"PRAGMA cache_size = -{PAGES_READ_KIB if readonly else PAGES_KEPT_KIB}")
        conn.execute("PRAGMA temp_store = MEMORY")
        if readonly:
            conn.execute("PRAGMA query_only = ON")
        else:
            conn.execute("PRAGMA foreign_keys = ON")
            conn.execute(f"PRAGMA journal_size_limit = {LOG_LIMIT_BYTES}")
            conn.execute(f"PRAGMA synchronous = {'NORMAL' if wal else 'FULL'}")
    except (sqlite3.Error, UnicodeDecodeError):
        conn.close()
        raise
    return conn


def begin(conn: sqlite3.Connection) -> None:
    """Begin a transaction that writes, when the one of another process has ended.

    Raises sqlite3.OperationalError after BUSY_SECONDS.
    """
    ends = time.monotonic() + BUSY_SECONDS
    conn.execute("PRAGMA busy_timeout = 0")
    try:
        while True:
            try:
                conn.execute("BEGIN IMMEDIATE")
                return
            except sqlite3.OperationalError as error:
                is_busy = error.sqlite_errorcode & BUSY_CODES == sqlite3.SQLITE_BUSY
                if not is_busy or time.monotonic() >= ends:
                    raise
            time.sleep(LOOK_AGAIN_SECONDS)
    finally:
        conn.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000:.0f}")


class Turns:
    """Whose turn it is to write, among processes that know nothing of each other.

    Who writes one short transaction after the other, for minutes, would keep everybody out: the
    lock is free for some microseconds at a time. So a streak of them has gaps.
    """

    def __init__(self) -> None:
        self._streak_began = self._ended = 0.0

    def await_turn(self) -> None:
        """Leave a gap, if it is time for one."""
        now = time.monotonic()
        if now - self._ended > GAP_SECONDS:
            self._streak_began = now
        elif now - self._streak_began > STREAK_SECONDS:
            time.sleep(GAP_SECONDS)
            self._streak_began = time.monotonic()

    def end(self) -> None:
        """A transaction has ended."""
        self._ended = time.monotonic()


def uri(path: Path, options: str = "") -> str:
    """`path` as SQLite wants it, whatever letters are in its name."""
    return path.absolute().as_uri() + options


def on_network(path: Path, mounts: str | None = None) -> bool:
    """Does `path` lie on a file system that several machines share? Linux only; else no."""
    if mounts is None:
        try:
            mounts = Path("/proc/mounts").read_text(errors="replace")
        except OSError:
            return False
    real = os.path.realpath(path)
    best, kind = "", ""
    for line in mounts.splitlines():
        _, point, this_kind, *_ = [*line.split(" "), "", "", ""]
        point = point.replace("\\040", " ").replace("\\011", "\t").replace("\\134", "\\")
        inside = real == point or real.startswith(point.rstrip("/") + "/")
        if inside and len(point) >= len(best):
            best, kind = point, this_kind
    return kind in NETWORK_FILE_SYSTEMS


class Calls:
    """How often questions were called off."""

    __slots__ = ("off",)

    def __init__(self) -> None:
        self.off = 0


@contextmanager
def explained(path: Path, calls: Calls | None = None) -> Iterator[None]:
    """Turn what SQLite raises inside into one of `reader.errors`, naming `path`.

    Whatever a question fails of after it was called off, it is Interrupted: one that is met while
    it is being prepared fails in other words (`vtable constructor failed`).
    """
    before = calls.off if calls else 0
    try:
        yield
    except sqlite3.Error as error:
        if calls and calls.off != before:
            raise Interrupted("interrupted") from error
        raise in_words(path, error) from error
    except UnicodeDecodeError as error:
        # SQLite names the damaged thing in its message, and Python cannot read the name.
        raise CacheCorrupt(path, "a name in it is no text") from error


def in_words(path: Path, error: sqlite3.Error) -> BroadsheetError:
    """The failure for a person. SQLite's result codes: sqlite.org/rescode.html."""
    name = getattr(error, "sqlite_errorname", None) or ""
    said = " ".join(str(error).split())
    if name.startswith("SQLITE_FULL"):
        return CacheFull(path)
    if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
        return CacheCorrupt(path, said)
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return CacheBusy(path)
    if name.startswith("SQLITE_INTERRUPT") or said == "interrupted":  # Python may drop the name
        return Interrupted("interrupted")
    if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM")):
        return CacheReadOnly(path, said)
    if name.startswith("SQLITE_IOERR") and _disk_is_full(path):
        return CacheFull(path)
    if name.startswith("SQLITE_IOERR"):
        return CacheError(
            f"cannot use {path}: the disk reports an error ({said}). What was saved is kept."
        )
    return CacheError(f"cannot use {path}: SQLite says {said} ({name or type(error).__name__})")


def _disk_is_full(path: Path) -> bool:
    try:
        return os.statvfs(path.parent).f_bavail == 0
    except OSError:
        return False
