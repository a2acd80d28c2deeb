"""Killed at any moment, or cut off from power at any moment: what was promised is there.

Promised is: the file is sound; every act is there wholly or not at all, and none without those
before it. Killed, everything that was reported is there; without power, everything up to the last
reported star, tag or note (read marks and fetched articles may lose the last seconds).
"""

from __future__ import annotations

import contextlib
import os
import random
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import reader.store.cache as cache_room
from reader.library import Library
from reader.model import ArticleId, Cleaned, SourceKind, View
from reader.store import Incoming

apsw = pytest.importorskip("apsw")

KILLS = int(os.environ.get("BROADSHEET_KILLS", "50"))
POWER_CUTS = int(os.environ.get("BROADSHEET_POWER_CUTS", "60"))

Snapshot = tuple[object, ...]


def snapshot(library: Library) -> Snapshot:
    """All that the acts below change."""
    articles = library.cache.read(
        "SELECT a.id, a.title, a.unread, a.starred, a.hidden, a.edits, b.text, b.markdown"
        " FROM article a JOIN body b ON b.id = a.id ORDER BY a.id"
    )
    others = [
        library.cache.read(f"SELECT * FROM {table} ORDER BY 1, 2")
        for table in ("bookmark", "tag", "position", "revision")
    ]
    undoable = library.cache.read("SELECT id, unit, sentence FROM journal ORDER BY id")
    return (articles, *others, undoable, library.sources())


class Person:
    """Someone who keeps reading, starring, noting and undoing."""

    def __init__(self, library: Library, dice: random.Random) -> None:
        self.library = library
        self.dice = dice
        self.source = library.cache.sources.add(SourceKind.FEED, "https://a.invalid/f", "A")
        self.count = len(library.ids(View("all")))

    def act(self) -> bool:
        """Do something; was it something that must outlive a power cut once it is reported?"""
        acts: list[tuple[int, Callable[[], object], bool]] = [
            (5, self.arrive, False),
            (3, lambda: self.library.mark_read(self.some()), False),
            (1, lambda: self.library.mark_view_read(View("unread")), False),
            (2, self.correct, False),
            (2, lambda: self.library.star(self.some(), self.dice.random() < 0.7), True),
            (1, lambda: self.library.tag(self.some(), ["war"]), True),
            (1, lambda: self.library.note(self.some()[0], f"Note {self.dice.random()}"), True),
            (1, lambda: self.library.delete(self.some()[:1]), True),
            (2, self.library.undo, True),
        ]
        if self.count < 4:
            acts = acts[:1]
        [(_, do, lasts)] = self.dice.choices(acts, [weight for weight, _, _ in acts])
        do()
        return lasts

    def some(self) -> list[ArticleId]:
        ids = list(self.library.ids(View("all")))
        return [ArticleId(id) for id in self.dice.sample(ids, min(3, len(ids)))]

    def arrive(self) -> None:
        with self.library.cache.write():
            for _ in range(3):
                self.keep(f"{self.count}")
                self.count += 1

    def correct(self) -> None:
        self.keep(f"{self.dice.randrange(self.count)}")

    def keep(self, guid: str) -> None:
        text = f"{guid}: " + " ".join(self.dice.choices(WORDS, k=self.dice.randrange(20, 400)))
        cleaned = Cleaned(f"Title {guid}", text, text, "html")
        self.library.cache.articles.keep(self.source.id, Incoming(guid, cleaned))


WORDS = [f"{a}{b}" for a in ("storm", "flood", "river", "coast") for b in range(40)]


def faults(path: Path) -> list[str]:
    with Library.open(path) as library:
        return [f"{check.name}: {check.message}" for check in library.doctor() if not check.ok]


def test_a_killed_reader_has_lost_nothing(tmp_path):
    dice = random.Random(1)
    path = tmp_path / "broadsheet.db"
    left_a_log = 0
    for round in range(KILLS):
        reports, killed = os.pipe()
        child = os.fork()
        if child == 0:
            _read_until_killed(path, killed, seed=round)
        os.close(killed)
        first = os.read(reports, 8)
        time.sleep(dice.random() * 0.08)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        reported = first
        while more := os.read(reports, 1 << 16):
            reported += more
        os.close(reports)

        log = path.with_name(path.name + "-wal")
        left_a_log += log.exists() and log.stat().st_size > 0
        assert faults(path) == []
        with Library.open(path) as library:
            acts = library.state("acts")
        assert reported, "the reader never came to report anything"
        assert acts >= int.from_bytes(reported[-8:], "big")
    assert left_a_log > KILLS / 2


def _read_until_killed(path: Path, report: int, seed: int) -> None:
    """The child: act for ever, numbering each act in the cache before reporting the number."""
    with contextlib.suppress(BaseException), Library.open(path) as library:
        person = Person(library, random.Random(seed))
        acts = library.state("acts", 0)
        while True:
            person.act()
            acts += 1
            library.keep_state("acts", acts)
            os.write(report, acts.to_bytes(8, "big"))
    os._exit(1)


class Disk:
    """What reaches the disk when: a log of writes that can be played back to any moment.

    Until a file is synced each of its writes may be there, be missing, or be torn at a sector.
    """

    SECTOR = 512

    def __init__(self) -> None:
        self.log: list[tuple[Any, ...]] = []
        self.fail_at: int | None = None
        """Number of the write or sync that fails, for a disk with errors."""

    def note(self, *entry: Any) -> None:
        if self.fail_at is not None and entry[0] in "ws":
            self.fail_at -= 1
            if self.fail_at < 0:
                raise apsw.IOError("the disk has had enough")
        self.log.append(entry)

    def after_power_cut(
        self, start: dict[str, bytes], point: int, dice: random.Random
    ) -> dict[str, bytes]:
        """The files as found when power fails at `point` of the log."""
        stable = {name: bytearray(content) for name, content in start.items()}
        loose: list[tuple[Any, ...]] = []
        for entry in self.log[:point]:
            if entry[0] == "s":
                for each in loose:
                    if each[1] == entry[1]:
                        self._apply(stable, each)
                loose = [each for each in loose if each[1] != entry[1]]
            elif entry[0] != "promise":
                loose.append(entry)
        luck = dice.random()
        for entry in loose:
            if dice.random() >= luck:
                continue
            if entry[0] == "w" and dice.random() < 0.3:
                self._apply_torn(stable, entry, dice)
            else:
                self._apply(stable, entry)
        return {name: bytes(content) for name, content in stable.items()}

    def _apply(self, files: dict[str, bytearray], entry: tuple[Any, ...]) -> None:
        kind, name, *rest = entry
        if kind == "d":
            files.pop(name, None)
            return
        content = files.setdefault(name, bytearray())
        if kind == "t":
            del content[rest[0] :]
            return
        offset, written = rest
        content.extend(b"\0" * (offset - len(content)))
        content[offset : offset + len(written)] = written

    def _apply_torn(
        self, files: dict[str, bytearray], entry: tuple[Any, ...], dice: random.Random
    ) -> None:
        kind, name, offset, written = entry
        for start in range(0, len(written), self.SECTOR):
            if dice.random() < 0.5:
                part = written[start : start + self.SECTOR]
                self._apply(files, (kind, name, offset + start, part))


def logging_vfs(disk: Disk) -> Any:
    """A file system for SQLite that notes what it writes."""

    class LoggedFile(apsw.VFSFile):  # type: ignore[misc]
        def __init__(self, name: Any, flags: list[int]) -> None:
            shown = name.filename() if isinstance(name, apsw.URIFilename) else name
            self.name = os.path.basename(shown or "temporary")
            super().__init__("", name, flags)

        def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802
            disk.note("w", self.name, offset, bytes(data))
            super().xWrite(data, offset)

        def xTruncate(self, size: int) -> None:  # noqa: N802
            disk.note("t", self.name, size)
            super().xTruncate(size)

        def xSync(self, flags: int) -> None:  # noqa: N802
            disk.note("s", self.name)
            super().xSync(flags)

    class LoggedDisk(apsw.VFS):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__("logged", "")

        def xOpen(self, name: Any, flags: list[int]) -> Any:  # noqa: N802
            return LoggedFile(name, flags)

        def xDelete(self, name: str, sync: bool) -> None:  # noqa: N802
            disk.note("d", os.path.basename(name))
            super().xDelete(name, sync)

    return LoggedDisk()


class Connection:
    """An apsw connection that answers as one of sqlite3 does, for the parts the cache uses.

    It serves reading and writing alike: without shared memory there can be but one.
    """

    def __init__(self, place: str) -> None:
        flags = apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_URI
        self.own = apsw.Connection(place, vfs="logged", flags=flags)
        for setting in ("locking_mode = EXCLUSIVE", "wal_autocheckpoint = 60", "cache_size = 30"):
            self.execute(f"PRAGMA {setting}").fetchall()

    def execute(self, sql: str, parameters: Any = ()) -> Any:
        cursor = self.own.execute(sql, parameters)
        rows = cursor.fetchall()
        return Rows(rows, self.own.last_insert_rowid(), self.own.changes())

    def executemany(self, sql: str, many: Any) -> None:
        self.own.executemany(sql, many)

    @property
    def in_transaction(self) -> bool:
        return bool(self.own.in_transaction)

    def create_function(self, name: str, arguments: int, function: Any, **_: Any) -> None:
        self.own.create_scalar_function(name, function, arguments)

    def close(self) -> None:
        """The cache closes it for reading, then for writing; `own.close()` ends it."""


class Rows(list[Any]):
    def __init__(self, rows: list[Any], lastrowid: int, rowcount: int) -> None:
        super().__init__(rows)
        self.lastrowid, self.rowcount = lastrowid, rowcount

    def fetchall(self) -> list[Any]:
        return self

    def fetchone(self) -> Any:
        return self[0] if self else None


@contextlib.contextmanager
def over_the_logged_disk(
    path: Path, disk: Disk, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Library]:
    """A library whose writes are noted on `disk`."""
    vfs = logging_vfs(disk)
    connection = Connection(path.as_uri())
    connection.execute("PRAGMA synchronous = NORMAL")
    with monkeypatch.context() as patched:
        patched.setattr(cache_room, "connect", lambda place, **_: connection)
        yield Library.open(path)
    with contextlib.suppress(apsw.Error):
        connection.own.close()
    del vfs


def made(path: Path) -> dict[str, bytes]:
    """A new cache, and the files it is made of."""
    with Library.open(path) as library:
        Person(library, random.Random(0))
    return {each.name: each.read_bytes() for each in path.parent.iterdir()}


def test_a_power_cut_at_any_moment_loses_nothing_that_was_promised(tmp_path, monkeypatch):
    path = tmp_path / "run" / "broadsheet.db"
    start, disk, dice = made(path), Disk(), random.Random(2)
    states: list[Snapshot] = []
    with over_the_logged_disk(path, disk, monkeypatch) as library:
        person = Person(library, random.Random(3))
        states.append(snapshot(library))
        for _ in range(120):
            lasts = person.act()
            states.append(snapshot(library))
            if lasts and states[-1] != states[-2]:
                disk.note("promise", len(states) - 1)
    assert sum(entry[0] == "s" for entry in disk.log) > 20

    for cut in range(POWER_CUTS):
        point = dice.randrange(1, len(disk.log))
        promised = max((entry[1] for entry in disk.log[:point] if entry[0] == "promise"), default=0)
        found = tmp_path / f"cut{cut}" / "broadsheet.db"
        found.parent.mkdir()
        for name, content in disk.after_power_cut(start, point, dice).items():
            (found.parent / name).write_bytes(content)
            (found.parent / name).chmod(0o600)

        assert faults(found) == [], f"at {point}"
        with Library.open(found) as library:
            assert snapshot(library) in states[promised:], f"at {point}, promised {promised}"


@pytest.mark.parametrize("nth", [1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 233])
def test_a_disk_that_fails_once_leaves_whole_acts_only(tmp_path, monkeypatch, nth):
    path = tmp_path / "run" / "broadsheet.db"
    made(path)
    disk = Disk()
    failures = 0
    with over_the_logged_disk(path, disk, monkeypatch) as library:
        person = Person(library, random.Random(nth))
        disk.fail_at = nth
        for _ in range(60):
            before = snapshot(library)
            try:
                person.act()
            except apsw.Error:
                disk.fail_at = None
                failures += 1
                assert snapshot(library) == before
        last = snapshot(library)
    assert failures == 1
    assert faults(path) == []
    with Library.open(path) as library:
        assert snapshot(library) == last
