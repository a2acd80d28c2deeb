"""A cache of the first format becomes one of today with all that is in it."""

from itertools import count

import pytest
from events import Newsroom
from invented_events import bring, groups, told_in

from reader import stories
from reader.intake import comparing
from reader.library import Library
from reader.model import View
from reader.store import postings, schema
from reader.stories import features, respelling
from reader.text.spelled import Spelled


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


HARBOUR = "बंदरगाह पर आग लगी और दमकल की नावें रात भर पानी डालती रहीं, कोई घायल नहीं हुआ"
HINDI = {
    "harbour:a": f"{HARBOUR}. मछुआरों ने बताया कि गोदाम का आधा हिस्सा जल गया है",
    "harbour:b": f"बंदरगाह की आग बुझ गई। {HARBOUR}. गोदाम के मालिक ने दमकल को धन्यवाद दिया",
    "school:a": "विद्यालय में नई पुस्तकें आईं और बच्चों ने दिन भर कहानियाँ पढ़ीं, शिक्षिका प्रसन्न हैं",
}


@pytest.fixture
def shelf_of_shards(own_home, monkeypatch):
    """A cache whose Hindi was indexed when vowel signs were taken for no letters, and what is
    found in it and by whom today."""
    expected = filled(own_home / "new.db")
    with monkeypatch.context() as patch:
        patch.setattr(Spelled, "of", lambda self, text: self._plain)
        assert filled(own_home / "broadsheet.db") != expected
    with Library.open() as library, library.cache.write() as conn:
        conn.execute("DELETE FROM _sqlite_migrations WHERE name = 'thirteenth'")
        conn.execute("PRAGMA user_version = 12")
    return expected


def filled(path):
    room = Newsroom.at(path)
    for name in ("flood:a", "flood:b"):
        room.arrive(name)
    for name, text in HINDI.items():
        room.arrive(name, title=text.split(".")[0], text=text)
    found = found_in(room.library)
    room.library.close()
    return found


def found_in(library):
    """Which are like which, which are in one story, and by what words that are none of the text."""
    alike = {id: library.similar(id) for id in library.ids(View("all"))}
    words = {word.strip(".,") for text in HINDI.values() for word in text.split()}
    said = {word for every in list(alike.values())[:3] for one in every for word in one.reason}
    return (
        {id: [one.headline.id for one in every] for id, every in alike.items()},
        sorted(sorted(m.id for m in story.members) for story in library.stories(every=True)),
        said - words,
    )


def test_words_with_vowel_signs_that_an_older_version_broke_are_made_whole(shelf_of_shards):
    with Library.open() as library:
        before = found_in(library)
        assert before != shelf_of_shards, "to open it is not the time for that"
        assert library.is_uncompared(), "the room has it done while one reads"

    comparing.main()

    with Library.open() as library:
        assert found_in(library) == shelf_of_shards
        assert not library.is_uncompared()


def test_a_refresh_makes_them_whole_a_few_at_a_time(shelf_of_shards, monkeypatch):
    monkeypatch.setattr(respelling, "INDEXED_AT_ONCE", 1)
    refreshes = 0
    with Library.open() as library:
        while library.is_uncompared():
            clock = count(0.0, 3.0)
            monkeypatch.setattr(respelling.time, "process_time", lambda clock=clock: next(clock))
            stories.keep_up(library.cache, 5)
            refreshes += 1
        assert refreshes > 2
        assert found_in(library) == shelf_of_shards


BENT = [one for one in told_in("inflected") if one.event.startswith(("Polish", "Russian"))]


@pytest.fixture
def shelf_of_forms(own_home, monkeypatch):
    """A cache whose Polish and Russian were indexed by the forms of their words, and the stories
    that are made of them today."""
    with Library.open(own_home / "new.db") as library:
        bring(library, BENT)
        expected = groups(library)
    with monkeypatch.context() as patch:
        patch.setattr(features, "stemmer", lambda language: None)
        with Library.open() as library:
            bring(library, BENT)
            assert groups(library) != expected
    with Library.open() as library, library.cache.write() as conn:
        conn.execute("DELETE FROM _sqlite_migrations WHERE name = 'sixteenth'")
        conn.execute("PRAGMA user_version = 15")
    return expected


def test_articles_that_an_older_version_compared_by_forms_of_words_are_compared_anew(
    shelf_of_forms,
):
    with Library.open() as library:
        assert groups(library) != shelf_of_forms, "to open it is not the time for that"
        assert library.is_uncompared(), "the room has it done while one reads"

    comparing.main()

    with Library.open() as library:
        assert groups(library) == shelf_of_forms
        assert not library.is_uncompared()
        assert all(check.ok for check in library.doctor())


def test_a_refresh_compares_them_anew_a_few_at_a_time(shelf_of_forms, monkeypatch):
    monkeypatch.setattr(respelling, "INDEXED_AT_ONCE", 1)
    refreshes = 0
    with Library.open() as library:
        while library.is_uncompared():
            clock = count(0.0, 3.0)
            monkeypatch.setattr(respelling.time, "process_time", lambda clock=clock: next(clock))
            stories.keep_up(library.cache, 5)
            refreshes += 1
        assert refreshes > len(BENT), "their words are counted first, then they are indexed"
        assert groups(library) == shelf_of_forms
