"""A cache of the first format becomes one of today with all that is in it."""

from reader.library import Library
from reader.model import View
from reader.store import schema


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
