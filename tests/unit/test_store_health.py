"""Doctor, backup, numbers."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing

import pytest

from reader.errors import UsageError
from reader.library import Library


def wrong(library: Library) -> dict[str, str]:
    return {check.name: check.message for check in library.doctor() if not check.ok}


@pytest.fixture
def filled(library, press):
    for n in range(10):
        press.publish(str(n), f"Text {n} 天気", f"Title {n}")
    return library


def spoil(library: Library, sql: str) -> None:
    with closing(sqlite3.connect(library.path)) as conn, conn:
        conn.execute("PRAGMA foreign_keys = OFF")
        conn.execute(sql)


def test_a_sound_cache_is_found_sound(filled):
    assert wrong(filled) == {}
    assert all(check.message for check in filled.doctor())


@pytest.mark.parametrize(
    ("sql", "check"),
    [
        ("UPDATE body SET markdown = 'rot' WHERE id = 3", "texts"),
        ("UPDATE body SET text = 'rot' WHERE id = 3", "texts"),
        ("DELETE FROM body WHERE id = 3", "orphans"),
        ("DELETE FROM source", "orphans"),
        ("INSERT INTO tag VALUES ('x', 99)", "orphans"),
    ],
)
def test_what_is_wrong_is_found(filled, sql, check):
    spoil(filled, sql)
    assert check in wrong(filled)


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM fts_docsize WHERE id = 3",
        "DELETE FROM fts_data WHERE id > 10",
        "INSERT INTO fts(fts, rowid, title, authors, text) VALUES ('delete', 3, '', '', 'Text')",
    ],
)
def test_a_search_index_that_is_not_whole_is_rebuilt(filled, sql):
    spoil(filled, sql)
    [said] = [check for check in filled.doctor() if check.name == "search"]
    assert said.ok
    assert "rebuilt" in said.message
    assert wrong(filled) == {}
    assert len(filled.search("text", 20)) == 10


def test_wrong_numbers_are_put_right(filled):
    spoil(filled, "UPDATE source SET unread = 77")
    [said] = [check for check in filled.doctor() if check.name == "counts"]
    assert said.ok
    assert "put right" in said.message
    assert filled.counts().unread == 10


def test_a_cache_that_can_only_be_read_is_told_with_the_cure(filled, monkeypatch):
    filled.close()
    monkeypatch.setattr(os, "access", lambda path, mode: path != filled.path.parent)
    with Library.open(filled.path) as reading:
        assert reading.readonly
        [said] = wrong(reading).values()
    assert "can only be read" in said
    assert f"`chmod u+w {filled.path.parent}`" in said


def test_an_open_file_is_told(filled):
    filled.path.chmod(0o644)
    assert "chmod 600" in wrong(filled)["permissions"]


def test_a_damaged_page_is_told_not_raised(filled):
    with filled.cache.write() as conn:
        [[root]] = conn.execute("SELECT rootpage FROM sqlite_master WHERE name = 'body'").fetchall()
    filled.close()
    with filled.path.open("r+b") as file:
        file.seek((root - 1) * 4096)
        file.write(b"\xff" * 4096)
    with Library.open(filled.path) as damaged:
        found = wrong(damaged)
    assert "damaged" in found["structure"]
    assert "backup" in found["structure"]


def test_a_backup_is_whole_and_only_for_its_owner(filled, tmp_path):
    target = filled.backup(tmp_path / "copy.db")
    assert target.stat().st_mode & 0o077 == 0
    with Library.open(target) as copy:
        assert copy.counts() == filled.counts()
        assert copy.search("天気")
    assert [p.name for p in tmp_path.glob(".*")] == []


def test_a_backup_into_a_folder_names_itself(filled, tmp_path, monkeypatch):
    monkeypatch.setenv("BROADSHEET_NOW", "2026-03-05T18:00:00Z")
    assert filled.backup(tmp_path).name == "broadsheet-20260305-180000.db"


def test_a_backup_that_cannot_be_written_says_so_and_leaves_the_old(filled, tmp_path):
    with pytest.raises(UsageError, match="cannot write"):
        filled.backup(tmp_path / "no" / "such" / "folder.db")
    with pytest.raises(UsageError, match="the cache itself"):
        filled.backup(filled.path)


def test_numbers(filled):
    stats = filled.stats()
    assert (stats["articles"], stats["unread"], stats["sources"]) == (10, 10, 1)
    assert stats["size_bytes"] > 4096
