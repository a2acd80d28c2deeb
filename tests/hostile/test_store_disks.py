"""Full disks, disks that only read, rotten and cut files: one clear line each, nothing lost."""

from __future__ import annotations

import os
import random
import re
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from reader.errors import BroadsheetError, CacheCorrupt, CacheFull, CacheReadOnly
from reader.library import Library
from reader.model import Cleaned, SourceKind, View
from reader.store import Incoming

FLIPS = int(os.environ.get("BROADSHEET_FLIPS", "60"))


def fill(library: Library, count: int, start: int = 0, words: int = 200) -> None:
    source = library.cache.sources.add(SourceKind.FEED, "https://a.invalid/f", "A")
    dice = random.Random(start)
    for n in range(start, start + count):
        text = " ".join(f"word{dice.randrange(3000)}" for _ in range(words))
        cleaned = Cleaned(f"Title {n}", text, text, "html")
        library.cache.articles.keep(source.id, Incoming(str(n), cleaned))


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "home" / "broadsheet.db") as opened:
        fill(opened, 30)
        yield opened


def until_full(library: Library) -> int:
    """Fill until it is refused; how many articles were kept."""
    kept = library.counts().all

    def fill_for_ever() -> None:
        nonlocal kept
        while True:
            fill(library, 1, start=1000 + kept)
            kept += 1

    with pytest.raises(CacheFull, match="the disk is full") as raised:
        fill_for_ever()
    assert raised.value.exit_code == 4
    return kept


def test_a_full_disk_is_one_clear_line_and_loses_nothing(library):
    with library.cache.write() as conn:
        [[pages]] = conn.execute("PRAGMA page_count").fetchall()
        conn.execute(f"PRAGMA max_page_count = {pages + 20}")
    kept = until_full(library)

    assert library.counts().all == kept
    assert len(library.search("title", kept + 5)) == kept
    assert library.mark_read([1]) == "Marked 1 article read"
    path = library.path
    library.close()
    with Library.open(path) as again:
        assert again.counts().all == kept
        assert all(check.ok for check in again.doctor())


def mounted(folder: Path, options: str) -> bool:
    folder.mkdir(exist_ok=True)
    command = ["mount", "-t", "tmpfs", "-o", options, "none", str(folder)]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 3 MB of its own, where the machine allows it."""
    folder = tmp_path / "disk"
    if os.geteuid() != 0 or not mounted(folder, "size=3m"):
        pytest.skip("mounting a small disk takes root")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_really_full_disk(small_disk):
    with Library.open(small_disk / "broadsheet.db") as library:
        fill(library, 5)
        library.star([1])
        kept = until_full(library)
        assert library.counts().all == kept
        assert library.search("title", 5)
        with pytest.raises(CacheFull):
            library.backup(small_disk / "copy.db")
        assert not list(small_disk.glob(".*"))
    with Library.open(small_disk / "broadsheet.db") as again:
        assert (again.counts().all, again.counts().starred) == (kept, 1)
        found = {check.name: check for check in again.doctor()}
        assert not found["space"].ok
        assert found["structure"].ok
        assert found["texts"].ok


@pytest.mark.parametrize("closed", [True, False], ids=["closed", "left with a log"])
def test_a_disk_that_only_reads_is_read(small_disk, closed):
    path = small_disk / "broadsheet.db"
    writer = Library.open(path)
    fill(writer, 10)
    if closed:
        writer.close()
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=closed)
    with Library.open(path) as library:
        assert library.readonly or not closed
        assert library.counts().all == 10
        assert library.search("title")
        if library.readonly:
            with pytest.raises(CacheReadOnly) as raised:
                library.star([1])
            assert raised.value.exit_code == 4
    subprocess.run(["mount", "-o", "remount,rw", str(small_disk)], check=True)
    writer.close()


def test_no_cache_can_be_made_where_nothing_can_be_written(small_disk):
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    with pytest.raises(CacheReadOnly) as raised:
        Library.open(small_disk / "home" / "broadsheet.db")
    assert "Make the folder writable" in str(raised.value)


LOOKS: list[Callable[[Library], object]] = [
    lambda lib: lib.headlines(lib.ids(View("all"))),
    lambda lib: lib.counts(),
    lambda lib: lib.sources(),
    lambda lib: [lib.article(id) for id in lib.ids(View("all"))],
    lambda lib: lib.search("title word1*", 10),
    lambda lib: lib.mark_view_read(View("all")),
    lambda lib: lib.star([1, 2]),
    lambda lib: fill(lib, 3, start=500),
    lambda lib: lib.undo(),
    lambda lib: lib.bookmarks(),
    lambda lib: lib.stats(),
]


MENDED = re.compile("rebuilt|put right")


def use(path: Path) -> list[str]:
    """Do everything; what was said to be wrong, or mended. Only errors for people may come."""
    said: list[str] = []
    try:
        with Library.open(path) as library:
            said += [c.message for c in library.doctor() if not c.ok or MENDED.search(c.message)]
            for look in LOOKS:
                try:
                    look(library)
                except BroadsheetError as error:
                    said.append(str(error))
    except BroadsheetError as error:
        said.append(str(error))
    return said


def test_a_rotten_bit_anywhere_ends_in_words_and_is_mostly_noticed(library, tmp_path):
    path = library.path
    library.close()
    whole, dice = path.read_bytes(), random.Random(4)
    written = [place for place, byte in enumerate(whole) if byte]
    noticed = 0
    for flip in range(FLIPS):
        rotten = bytearray(whole)
        place = dice.choice(written)
        rotten[place] ^= 1 << dice.randrange(8)
        found = tmp_path / f"flip{flip}" / "broadsheet.db"
        found.parent.mkdir()
        found.touch(0o600)
        found.write_bytes(rotten)
        said = use(found)
        assert not any("\n" in sentence for sentence in said)
        noticed += bool(said)
    assert noticed >= FLIPS * 0.85


def test_an_index_that_lists_what_is_read_as_unread_ends_in_words(library):
    indexes = "SELECT * FROM sqlite_schema WHERE type = 'index' AND name LIKE 'article%unread'"
    path = library.path
    library.close()
    with closing(sqlite3.connect(path)) as conn:
        kept = conn.execute(indexes).fetchall()
        conn.execute("PRAGMA writable_schema = ON")
        conn.execute(f"DELETE FROM sqlite_schema WHERE rowid IN ({indexes.replace('*', 'rowid')})")
        conn.commit()
    with closing(sqlite3.connect(path)) as conn:
        conn.execute("UPDATE article SET unread = 0")
        conn.execute("PRAGMA writable_schema = ON")
        conn.executemany("INSERT INTO sqlite_schema VALUES (?, ?, ?, ?, ?)", kept)
        conn.commit()
    with Library.open(path) as opened, pytest.raises(CacheCorrupt, match="index of unread"):
        opened.mark_view_read(View("all"))


def test_a_file_cut_anywhere_ends_in_words(library, tmp_path):
    path = library.path
    library.close()
    whole = path.read_bytes()
    for length in (0, 1, 50, 99, 100, 4095, 4096, 4097, 20_000, len(whole) // 2, len(whole) - 1):
        found = tmp_path / f"cut{length}" / "broadsheet.db"
        found.parent.mkdir()
        found.write_bytes(whole[:length])
        assert use(found) or not length
