"""Opening the cache: whose file it is, who may read it, and where it may lie."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from reader.errors import (
    CacheCorrupt,
    CacheError,
    CacheForeign,
    CacheReadOnly,
    CacheTooNew,
    Interrupted,
    NothingFound,
)
from reader.library import Library
from reader.model import View
from reader.store import Cache, schema
from reader.store.connection import on_network


def digest(folder: Path) -> dict[str, str]:
    return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in folder.iterdir()}


def test_a_new_cache_and_its_folder_are_open_to_their_owner_only(cache_path):
    with Library.open(cache_path):
        pass

    assert stat.S_IMODE(cache_path.stat().st_mode) == 0o600
    assert stat.S_IMODE(cache_path.parent.stat().st_mode) == 0o700


def test_a_new_cache_is_whole_in_its_own_file_at_once(cache_path):
    with Library.open(cache_path):
        header = cache_path.read_bytes()[:100]

    assert int.from_bytes(header[68:72], "big") == schema.APPLICATION_ID
    assert int.from_bytes(header[60:64], "big") == schema.FORMAT


def test_an_up_to_date_cache_opens_without_the_heavy_libraries(library, press, cache_path):
    press.publish("a")
    code = (
        "import sys; from reader.library import Library; from reader.model import View\n"
        f"lib = Library.open({str(cache_path)!r})\n"
        "assert lib.headlines(lib.ids(View('all'), 500)[:50])\n"
        "print([m for m in ('sqlite_utils', 'lxml', 'textual', 'markdown_it', 'numpy')"
        " if m in sys.modules])"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"


def foreign(path: Path) -> None:
    with closing(sqlite3.connect(path)) as conn, conn:
        conn.execute("CREATE TABLE recipes(name)")
        conn.execute("INSERT INTO recipes VALUES ('soup')")


def foreign_with_an_id(path: Path) -> None:
    with closing(sqlite3.connect(path)) as conn, conn:
        conn.execute("PRAGMA application_id = 42")
        conn.execute("CREATE TABLE recipes(name)")


def newer(path: Path) -> None:
    Cache.open(path).close()
    with closing(sqlite3.connect(path)) as conn, conn:
        conn.execute(f"PRAGMA user_version = {schema.FORMAT + 1}")


def not_sqlite(path: Path) -> None:
    path.write_bytes(b"Dear diary, " * 100)


def cut_short(path: Path) -> None:
    path.write_bytes(b"SQLite format 3\0" + b"\0" * 20)


@pytest.mark.parametrize(
    ("make", "error"),
    [
        (foreign, CacheForeign),
        (foreign_with_an_id, CacheForeign),
        (newer, CacheTooNew),
        (not_sqlite, CacheCorrupt),
        (cut_short, CacheCorrupt),
    ],
)
def test_what_is_not_for_us_is_refused_in_a_sentence_and_left_as_it_was(cache_path, make, error):
    cache_path.parent.mkdir()
    make(cache_path)
    before = digest(cache_path.parent)

    with pytest.raises(error) as raised:
        Library.open(cache_path)

    assert str(cache_path) in str(raised.value)
    assert raised.value.exit_code == 4
    assert "\n" not in str(raised.value)
    assert digest(cache_path.parent) == before


def test_a_foreign_file_with_an_unfolded_log_is_left_as_it_was(cache_path):
    cache_path.parent.mkdir()
    conn = sqlite3.connect(cache_path)
    conn.execute("PRAGMA journal_mode = WAL")
    foreign(cache_path)
    conn.execute("INSERT INTO recipes VALUES ('bread')")
    conn.commit()
    for end in ("", "-wal"):
        copy = cache_path.with_name(f"copy.db{end}")
        copy.write_bytes(cache_path.with_name(cache_path.name + end).read_bytes())
    conn.close()
    copy = cache_path.with_name("copy.db")
    before = {end: copy.with_name(copy.name + end).read_bytes() for end in ("", "-wal")}

    with pytest.raises(CacheForeign):
        Library.open(copy)

    assert before[""] == copy.read_bytes()


def test_an_empty_file_becomes_a_cache(cache_path):
    cache_path.parent.mkdir()
    cache_path.touch()
    with Library.open(cache_path) as library:
        assert library.counts().all == 0


def test_looking_into_a_cache_that_is_not_there_makes_none(cache_path):
    with pytest.raises(NothingFound, match="there is no cache"):
        Library.open(cache_path, readonly=True)
    assert not cache_path.parent.exists()


def test_a_library_for_reading_refuses_to_change_anything(library, press, cache_path):
    id = press.id_of("a")
    with Library.open(cache_path, readonly=True) as reading:
        assert reading.article(id).title == "A quiet day"
        with pytest.raises(CacheReadOnly) as raised:
            reading.star([id])
        assert raised.value.exit_code == 4
        reading.keep_state("open", 1)
        reading.mark_read([])
    assert library.bookmarks() == []


def test_a_folder_where_a_file_should_be_is_one_clear_line(tmp_path):
    (tmp_path / "broadsheet.db").mkdir()
    with pytest.raises(CacheReadOnly, match="is a directory"):
        Library.open(tmp_path / "broadsheet.db")


@pytest.mark.parametrize("name", ["a b", "ü", "100%", "a?mode=ro", "a#b", "'"])
def test_the_folder_may_have_any_name(tmp_path, name):
    with Library.open(tmp_path / name / "broadsheet.db") as library:
        library.keep_state("a", 1)
    assert (tmp_path / name / "broadsheet.db").stat().st_size > 4096


MOUNTS = """\
/dev/vda / ext4 rw 0 0
server:/home /home/mia nfs4 rw 0 0
/dev/vdb /home/mia/disk ext4 rw 0 0
//nas/share /mnt/my\\040share cifs rw 0 0
"""


@pytest.mark.parametrize(
    ("path", "network"),
    [
        ("/var/lib/x.db", False),
        ("/home/mia/.local/x.db", True),
        ("/home/mia/disk/x.db", False),
        ("/home/miav/x.db", False),
        ("/mnt/my share/x.db", True),
    ],
)
def test_network_disks_are_known_by_their_mount(path, network):
    assert on_network(Path(path), MOUNTS) is network


def test_a_cache_carried_to_a_network_disk_and_back_changes_its_journal(
    library, press, cache_path, monkeypatch
):
    id = press.id_of("a")
    library.close()
    mode = lambda: cache_path.read_bytes()[18]  # noqa: E731 - 2 is write-ahead logging
    assert mode() == 2

    monkeypatch.setattr("reader.store.cache.on_network", lambda path: True)
    with Library.open(cache_path) as there:
        there.star([id])
        assert mode() == 1
    monkeypatch.undo()
    with Library.open(cache_path) as back:
        assert back.counts().starred == 1
    assert mode() == 2


def test_bookmarks_of_a_lost_cache_are_not_written_over(library, press, cache_path):
    library.star([press.id_of("a")])
    library.close()
    cache_path.unlink()

    with Library.open(cache_path) as fresh:
        fresh.star([])

    [kept] = cache_path.parent.glob("bookmarks-until-*.jsonl")
    assert "A quiet day" in kept.read_text()


def test_a_question_can_be_called_off_from_another_thread(library, press):
    import threading

    for n in range(300):
        press.publish(str(n), text="again and again " * 200)
    endless = """WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)
        SELECT count(*) FROM n"""
    over = threading.Event()

    def call_off() -> None:
        while not over.wait(0.1):  # again, should the question not have begun
            library.interrupt()

    caller = threading.Thread(target=call_off)
    caller.start()
    with pytest.raises(Interrupted):
        library.cache.read(endless)
    over.set()
    caller.join()
    assert library.search("again", 1)


def test_whatever_a_question_fails_of_once_it_is_called_off_it_was_called_off(library):
    def fail(called_off: int) -> None:
        if called_off:
            library.interrupt()
        raise ValueError

    library.cache.reader().create_function("fail", 1, fail)
    # Called off while it is made ready, SQLite says that something could not be made.
    with pytest.raises(Interrupted):
        library.cache.read("SELECT fail(1)")
    with pytest.raises(CacheError):
        library.cache.read("SELECT fail(0)")
    assert library.counts().all == 0


def test_each_thread_has_its_own_library(library, press):
    import threading

    press.publish("a")
    found: list[int] = []

    def look() -> None:
        with library.another() as mine:
            found.extend(mine.ids(View("all")))

    worker = threading.Thread(target=look)
    worker.start()
    worker.join()
    assert found == [1]


def test_a_part_that_fails_leaves_the_rest_of_a_transaction(library, press):
    def fail() -> None:
        with library.cache.write() as conn:
            conn.execute("UPDATE article SET title = 'half done'")
            raise RuntimeError

    with library.cache.write():
        id = press.id_of("kept")
        with pytest.raises(RuntimeError):
            fail()
    assert library.article(id).title == "A quiet day"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_can_still_be_read(library, press, cache_path):
    press.publish("a")
    library.close()
    cache_path.parent.chmod(0o500)
    try:
        with Library.open(cache_path) as reading:
            assert reading.readonly
            assert reading.counts().all == 1
    finally:
        cache_path.parent.chmod(0o700)


def test_what_sqlite_cannot_write_can_still_be_read(library, press, cache_path, monkeypatch):
    press.publish("a")
    library.close()
    monkeypatch.setattr("reader.store.cache._writable", lambda path: False)
    before = digest(cache_path.parent)
    with Library.open(cache_path) as reading:
        assert reading.readonly
        assert reading.search("nothing")
    assert digest(cache_path.parent) == before


def test_a_log_that_was_never_folded_in_is_read_too(library, press, cache_path, monkeypatch):
    press.publish("a")
    left = cache_path.parent.parent / "left"
    left.mkdir()
    for end in ("", "-wal"):
        name = cache_path.name + end
        (left / name).write_bytes(cache_path.with_name(name).read_bytes())
    monkeypatch.setattr("reader.store.cache._writable", lambda path: False)
    before = digest(left)

    with Library.open(left / cache_path.name) as reading:
        assert reading.counts().all == 1
        with reading.another() as second:
            assert second.counts().all == 1

    assert digest(left) == before
