"""What is in the cache, whether it is sound, and a copy of it: in words a person can act on."""

from __future__ import annotations

import os
import shlex
import shutil
import sqlite3
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from reader.errors import BroadsheetError, CacheError, UsageError
from reader.model import Check
from reader.store import identity, schema, tally
from reader.store.connection import explained, on_network

if TYPE_CHECKING:
    from reader.store.cache import Cache

LOW_SPACE_BYTES = 100_000_000
"""Free space under which a warning is due; a backup needs as much as the file."""
HASHED = """SELECT a.id, a.title, b.text, b.markdown, a.hash
    FROM article a JOIN body b ON b.id = a.id WHERE a.id > ? ORDER BY a.id LIMIT 500"""
STATS = """SELECT count(*), total(unread), total(starred), total(words), min(sorted_at),
    max(sorted_at) FROM article WHERE hidden = 0"""
Finding = tuple[bool, str]


def doctor(cache: Cache) -> list[Check]:
    """Look at everything that can be wrong. Each finding says what to do, if anything is to do.

    A log left over by a program that was killed has been folded in by SQLite on opening, which
    is as it should be.
    """
    return [_check(name, look, cache) for name, look in LOOKS.items()]


def _check(name: str, look: Callable[[Cache], Finding], cache: Cache) -> Check:
    try:
        return Check(name, *look(cache))
    except sqlite3.Error as error:
        return Check(name, False, f"could not be checked: {error}")
    except (BroadsheetError, OSError) as error:
        return Check(name, False, str(error))


def _file(cache: Cache) -> Finding:
    shut = [str(p) for p in (cache.path, cache.path.parent) if not os.access(p, os.W_OK)]
    if shut:
        return False, (
            f"{cache.path} can only be read, so nothing can be fetched, marked or starred: "
            f"`chmod u+w {shlex.join(shut)}` where that is yours, or set BROADSHEET_HOME to a "
            "folder that can be written"
        )
    size = cache.path.stat().st_size
    mode = " (opened for reading only)" if cache.readonly else ""
    return True, f"{cache.path}, {size / 1e6:.1f} MB, format {schema.FORMAT}{mode}"


def _permissions(cache: Cache) -> Finding:
    for path in (cache.path, cache.bookmarks.beside):
        if path.exists() and stat.S_IMODE(path.stat().st_mode) & 0o077:
            return False, f"others can read {path}: `chmod 600 {path}` closes it to them"
    return True, "only you can read it"


def _space(cache: Cache) -> Finding:
    free = shutil.disk_usage(cache.path.parent).free
    said = f"{free / 1e9:.1f} GB free" if free > 1e9 else f"{free / 1e6:.0f} MB free"
    if free < LOW_SPACE_BYTES:
        return False, f"only {said} where the cache is: make room, or nothing more can be kept"
    return True, said


def _disk(cache: Cache) -> Finding:
    if on_network(cache.path):
        return True, (
            "the cache is on a network disk: it works, more slowly, "
            "but should be used from one machine at a time"
        )
    return True, "the disk is this machine's own"


def _structure(cache: Cache) -> Finding:
    [(said,), *_] = cache.read("PRAGMA integrity_check(1)")
    if said != "ok":
        return False, f"the file is damaged ({' '.join(said.split())}): {_RESTORE}"
    return True, "the file is in order"


_RESTORE = (
    "move it away and restore your last `broadsheet db backup`; "
    "your starred articles are also in bookmarks.jsonl beside it"
)


def _texts(cache: Cache) -> Finding:
    bad, seen, last = [], 0, 0
    while rows := cache.read(HASHED, (last,)):
        last, seen = rows[-1][0], seen + len(rows)
        bad += [id for id, *texts, hash in rows if identity.text_digest(*texts) != hash]
    if bad:
        return False, (
            f"{len(bad)} of {seen} articles are not as they were written (the first is {bad[0]}): "
            "`broadsheet reclean` makes them anew where their pages were kept"
        )
    return True, f"all {seen} articles read back as they were written"


def _search(cache: Cache) -> Finding:
    [(articles,)] = cache.read("SELECT count(*) FROM body")
    [(indexed,)] = cache.read("SELECT count(*) FROM fts_docsize")
    if cache.readonly and articles != indexed:
        return False, "the search index is not whole: run doctor where it may write"
    if cache.readonly or (articles == indexed and _index_fits(cache)):
        return True, f"all {articles} articles can be searched"
    with cache.write() as conn:
        conn.execute("INSERT INTO fts(fts) VALUES('rebuild')")
    if not _index_fits(cache):
        return False, f"the search index does not fit the articles, rebuilt or not: {_RESTORE}"
    return True, f"the search index was not whole and has been rebuilt of {articles} articles"


def _index_fits(cache: Cache) -> bool:
    try:
        with cache.write() as conn:
            conn.execute("INSERT INTO fts(fts, rank) VALUES('integrity-check', 1)")
    except CacheError:
        return False
    return True


def _orphans(cache: Cache) -> Finding:
    lost = {
        "articles without text": (
            "SELECT count(*) FROM article WHERE id NOT IN (SELECT id FROM body)"
        ),
        "texts without article": (
            "SELECT count(*) FROM body WHERE id NOT IN (SELECT id FROM article)"
        ),
        "articles without source": (
            "SELECT count(*) FROM article WHERE source NOT IN (SELECT id FROM source)"
        ),
        "broken references": "SELECT count(*) FROM pragma_foreign_key_check",
    }
    for what, sql in lost.items():
        [(count,)] = cache.read(sql)
        if count:
            return False, f"{count} {what}: {_RESTORE}"
    return True, "everything belongs to something"


def _counts(cache: Cache) -> Finding:
    off = tally.wrong(cache.reader())
    if not off:
        return True, "the numbers of the source list are right"
    if cache.readonly:
        return False, f"the numbers of {len(off)} sources are off: run doctor where it may write"
    with cache.write() as conn:
        count = tally.put_right(conn)
    return True, f"the numbers of {count} sources were off and have been put right"


def _sources(cache: Cache) -> Finding:
    """That a source fails is no fault of the cache, but should be known."""
    [(sources, failing)] = cache.read("SELECT count(*), count(error) FROM source WHERE removed = 0")
    if not failing:
        return True, f"none of {sources} sources has an error"
    return True, f"{failing} of {sources} have an error: `broadsheet sources` shows which and why"


LOOKS: dict[str, Callable[[Cache], Finding]] = {
    "file": _file,
    "permissions": _permissions,
    "space": _space,
    "disk": _disk,
    # The index first: newer SQLite counts it into the structure, but it can be rebuilt.
    "search": _search,
    "structure": _structure,
    "texts": _texts,
    "orphans": _orphans,
    "counts": _counts,
    "sources": _sources,
}


def backup(cache: Cache, target: Path) -> Path:
    """A whole copy at `target`, which may be a folder; there is either all of it or none.

    Raises UsageError if it cannot be written there, CacheError if the copy is not sound.
    """
    from reader import clock

    target = target.expanduser().absolute()
    if target.is_dir():
        target = target / f"broadsheet-{clock.now():%Y%m%d-%H%M%S}.db"
    if target == cache.path or (target.exists() and target.samefile(cache.path)):
        raise UsageError(f"{target} is the cache itself: name another file to copy it to")
    new = target.with_name(f".{target.name}.{os.getpid()}.new")
    try:
        os.close(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        _copy(cache, new)
        os.replace(new, target)
    except OSError as error:
        raise UsageError(
            f"cannot write {target}: {(error.strerror or str(error)).lower()}"
        ) from error
    finally:
        for left in _files(new):
            left.unlink(missing_ok=True)
    return target


def _copy(cache: Cache, new: Path) -> None:
    with explained(cache.path):
        source = cache.reader()
    with explained(new):
        copy = sqlite3.connect(new)
        try:
            source.backup(copy, pages=-1)
            copy.execute("PRAGMA journal_mode = DELETE").fetchall()
            [said] = copy.execute("PRAGMA quick_check(1)").fetchone()
        finally:
            copy.close()
    if said != "ok":
        raise CacheError(f"the copy of {cache.path} is not sound ({said}): run `broadsheet doctor`")
    with open(new, "rb") as file:
        os.fsync(file.fileno())


def _files(path: Path) -> Iterator[Path]:
    for end in ("", "-wal", "-shm", "-journal"):
        yield path.with_name(path.name + end)


def stats(cache: Cache) -> dict[str, object]:
    """The cache in numbers."""
    articles, unread, starred, words, oldest, newest = cache.row(STATS)
    [(sources,)] = cache.read("SELECT count(*) FROM source WHERE removed = 0")
    [(revisions,)] = cache.read("SELECT count(*) FROM revision")
    [(tags,)] = cache.read("SELECT count(DISTINCT name) FROM tag")
    [(hidden,)] = cache.read("SELECT count(*) FROM article WHERE hidden > 0")
    [(undoable,)] = cache.read("SELECT count(DISTINCT unit) FROM journal")
    [(sqlite,)] = cache.read("SELECT sqlite_version()")
    return {
        "path": str(cache.path),
        "format": schema.FORMAT,
        "size_bytes": sum(path.stat().st_size for path in _files(cache.path) if path.exists()),
        "sources": sources,
        "articles": articles,
        "unread": int(unread),
        "starred": int(starred),
        "words": int(words),
        "oldest": _day(oldest),
        "newest": _day(newest),
        "revisions": revisions,
        "tags": tags,
        "hidden": hidden,
        "undoable": undoable,
        "sqlite": sqlite,
    }


def _day(stamp: int | None) -> str | None:
    from reader.store.times import moment

    return moment(stamp).isoformat() if stamp is not None else None
