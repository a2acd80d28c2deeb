"""A cache of the first format becomes one of today with all that is in it."""

import pytest
from events import Newsroom

from reader.library import Library
from reader.model import View
from reader.store import postings, schema


def test_a_cache_of_the_first_format_is_brought_up_to_date(press, library, cache_path):
    id = press.id_of("a")
    library.star([id])
    with library.cache.write() as conn:
        for table in ("validator", "listed", "host", "fuller"):
            conn.execute(f"DROP TABLE {table}")
        for column in ("gone", "moved_to", "moved_times", "body", "hints", "changed"):
            conn.execute(f"ALTER TABLE source DROP COLUMN {column}")
        conn.execute("DELETE FROM _sqlite_migrations WHERE name = 'second'")
        conn.execute("PRAGMA user_version = 1")
    library.close()

    with Library.open(cache_path) as upgraded:
        [found] = upgraded.cache.read("PRAGMA user_version")
        assert found == (schema.FORMAT,)
        assert upgraded.article(id).headline.starred
        assert list(upgraded.ids(View("starred"))) == [id]
        assert upgraded.cache.fetches.all()[0].gone is False
        assert all(check.ok for check in upgraded.doctor())


def test_articles_of_a_cache_with_a_row_for_each_posting_are_still_found(shelf_of_the_eighth):
    path, before, alike = shelf_of_the_eighth

    with Library.open(path) as upgraded:
        assert list(postings.every(upgraded.cache.reader())) == before
        assert [(one.headline.id, one.score) for one in upgraded.similar(1)] == alike
        assert upgraded.cache.read("SELECT 1 FROM sqlite_master WHERE name = 'posting'") == []
        assert all(check.ok for check in upgraded.doctor())


@pytest.fixture
def shelf_of_the_eighth(tmp_path):
    """A cache as the eighth format kept it, with its postings and what is similar in it."""
    room = Newsroom.at(tmp_path / "old.db")
    for name in ("flood:a", "flood:b", "chess:a", "chess:b"):
        room.arrive(name)
    alike = [(one.headline.id, one.score) for one in room.library.similar(1)]
    assert alike
    with room.library.cache.write() as conn:
        before = list(postings.every(conn))
        conn.execute(
            "CREATE TABLE posting(h INTEGER, id INTEGER, w INTEGER, PRIMARY KEY(h, id))"
            " WITHOUT ROWID, STRICT"
        )
        conn.executemany("INSERT INTO posting VALUES (?, ?, ?)", before)
        conn.execute("DROP TABLE posted")
        conn.execute("DROP INDEX article_vec_day")
        conn.execute("DROP INDEX article_edited")
        conn.execute("DELETE FROM _sqlite_migrations WHERE name IN ('ninth', 'tenth', 'eleventh')")
        conn.execute("PRAGMA user_version = 8")
    room.library.close()
    return tmp_path / "old.db", before, alike
