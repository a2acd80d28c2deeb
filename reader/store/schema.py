"""The tables, and the steps by which an older file becomes a new one.

Lists never touch a body: what a headline needs stands in `article`, the text in `body`. Partial
indexes serve every list in its own order, so that a page costs the same at any depth and size.
They hold the columns of their own condition too: older SQLite would look each row up to test it.

`hidden` says why an article is out of all lists: 1 the person deleted it, 2 its source was removed,
3 it was kept then for a star, tag, note or highlight, and lost the last of them since.
`source.articles` and `source.unread` count what is not hidden and are kept in the same transaction
as every change (`reader.store.tally`).

A step, once released, is never edited: a new one is appended and FORMAT raised with it.
"""

import sqlite3
from typing import Any

from reader.store import digests, highlights, postings, shown, states, stories

APPLICATION_ID = 0x42524453
"""`BRDS`, at byte 68 of the file (SQLite file format, §1.3.16)."""
FORMAT = 16
"""What this version writes into `user_version`, at byte 60."""

SHOWN, DELETED, SOURCE_REMOVED, LET_GO = 0, 1, 2, 3
"""Values of `article.hidden`."""

FIRST = """
CREATE TABLE source(
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    url TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    added_as TEXT,
    home TEXT,
    folder TEXT,
    added INTEGER NOT NULL,
    removed INTEGER NOT NULL DEFAULT 0,
    etag TEXT,
    modified TEXT,
    last INTEGER,
    next_check INTEGER,
    error TEXT,
    fails INTEGER NOT NULL DEFAULT 0,
    articles INTEGER NOT NULL DEFAULT 0,
    unread INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE article(
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    source INTEGER NOT NULL REFERENCES source(id),
    key TEXT NOT NULL,
    guid TEXT NOT NULL,
    title TEXT NOT NULL,
    url TEXT,
    address TEXT,
    site TEXT,
    published TEXT,
    sorted_at INTEGER NOT NULL,
    seen INTEGER NOT NULL,
    changed INTEGER NOT NULL,
    unread INTEGER NOT NULL DEFAULT 1,
    starred INTEGER NOT NULL DEFAULT 0,
    hidden INTEGER NOT NULL DEFAULT 0,
    edits INTEGER NOT NULL DEFAULT 0,
    story INTEGER,
    words INTEGER NOT NULL DEFAULT 0,
    minutes INTEGER NOT NULL DEFAULT 0,
    lang TEXT,
    summary TEXT,
    record BLOB NOT NULL,
    hash BLOB NOT NULL,
    UNIQUE(source, key)
) STRICT;

CREATE TABLE body(
    id INTEGER PRIMARY KEY REFERENCES article(id) ON DELETE CASCADE,
    text TEXT NOT NULL,
    markdown TEXT NOT NULL,
    authors TEXT NOT NULL DEFAULT '',
    kind TEXT NOT NULL,
    section TEXT,
    modified TEXT,
    cached_at TEXT,
    quality REAL NOT NULL DEFAULT 0,
    related TEXT,
    warnings TEXT,
    keywords TEXT,
    title_grams TEXT,
    grams TEXT
) STRICT;

CREATE TABLE raw(
    id INTEGER PRIMARY KEY REFERENCES article(id) ON DELETE CASCADE,
    packed BLOB NOT NULL,
    hash BLOB NOT NULL,
    url TEXT,
    name TEXT,
    content_type TEXT,
    title TEXT
) STRICT;

CREATE TABLE revision(
    article INTEGER NOT NULL REFERENCES article(id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    seen INTEGER NOT NULL,
    title TEXT NOT NULL,
    text TEXT NOT NULL,
    markdown TEXT NOT NULL,
    PRIMARY KEY(article, number)
) STRICT;

CREATE TABLE bookmark(
    article INTEGER PRIMARY KEY REFERENCES article(id) ON DELETE CASCADE,
    starred_at INTEGER,
    note TEXT
) STRICT;

CREATE TABLE tag(
    name TEXT NOT NULL COLLATE NOCASE,
    article INTEGER NOT NULL REFERENCES article(id) ON DELETE CASCADE,
    PRIMARY KEY(name, article)
) WITHOUT ROWID, STRICT;

CREATE TABLE position(
    article INTEGER PRIMARY KEY REFERENCES article(id) ON DELETE CASCADE,
    block INTEGER NOT NULL,
    offset INTEGER NOT NULL,
    quote TEXT NOT NULL
) STRICT;

CREATE TABLE state(key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID, STRICT;

CREATE TABLE journal(
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    unit INTEGER NOT NULL,
    at INTEGER NOT NULL,
    sentence TEXT NOT NULL,
    inverse BLOB NOT NULL
) STRICT;

CREATE TABLE tombstone(
    source INTEGER NOT NULL REFERENCES source(id) ON DELETE CASCADE,
    key TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY(source, key)
) WITHOUT ROWID, STRICT;

CREATE TABLE site_line(
    site TEXT NOT NULL,
    print INTEGER NOT NULL,
    article INTEGER NOT NULL REFERENCES article(id) ON DELETE CASCADE,
    PRIMARY KEY(site, print, article)
) WITHOUT ROWID, STRICT;

CREATE TABLE term_df(h INTEGER PRIMARY KEY, n INTEGER NOT NULL) STRICT;
CREATE TABLE article_vec(id INTEGER PRIMARY KEY, day INTEGER, v BLOB NOT NULL) STRICT;
CREATE TABLE posting(h INTEGER, id INTEGER, w INTEGER, PRIMARY KEY(h, id)) WITHOUT ROWID, STRICT;
CREATE TABLE shingle(h INTEGER, id INTEGER, PRIMARY KEY(h, id)) WITHOUT ROWID, STRICT;

CREATE INDEX article_recent ON article(sorted_at DESC, id DESC, source, hidden)
    WHERE hidden = 0;
CREATE INDEX article_unread ON article(sorted_at DESC, id DESC, source, unread, hidden)
    WHERE unread = 1 AND hidden = 0;
CREATE INDEX article_source ON article(source, sorted_at DESC, id DESC, hidden)
    WHERE hidden = 0;
CREATE INDEX article_source_unread ON article(source, sorted_at DESC, id DESC, unread, hidden)
    WHERE unread = 1 AND hidden = 0;
CREATE INDEX article_starred ON article(sorted_at DESC, id DESC, source, starred, hidden)
    WHERE starred = 1 AND hidden = 0;
CREATE INDEX article_hidden ON article(source, hidden) WHERE hidden > 0;
CREATE INDEX article_address ON article(source, address) WHERE address IS NOT NULL;
CREATE INDEX tag_article ON tag(article);
CREATE INDEX site_line_article ON site_line(article);

CREATE VIEW searched AS
    SELECT a.id AS id,
        CASE WHEN b.title_grams IS NULL THEN a.title
             ELSE a.title || char(10) || b.title_grams END AS title,
        b.authors AS authors,
        CASE WHEN b.grams IS NULL THEN b.text ELSE b.text || char(10) || b.grams END AS text
    FROM article a JOIN body b ON b.id = a.id;
CREATE VIRTUAL TABLE fts USING fts5(title, authors, text, content='searched', content_rowid='id',
    tokenize='unicode61 remove_diacritics 2');
INSERT INTO fts(fts, rank) VALUES('rank', 'bm25(4.0, 2.0, 1.0)');
"""

SECOND = """
ALTER TABLE source ADD COLUMN gone INTEGER NOT NULL DEFAULT 0;
ALTER TABLE source ADD COLUMN moved_to TEXT;
ALTER TABLE source ADD COLUMN moved_times INTEGER NOT NULL DEFAULT 0;
ALTER TABLE source ADD COLUMN body BLOB;
ALTER TABLE source ADD COLUMN hints TEXT;
ALTER TABLE source ADD COLUMN changed INTEGER;

CREATE TABLE validator(
    source INTEGER NOT NULL REFERENCES source(id) ON DELETE CASCADE,
    url TEXT NOT NULL,
    etag TEXT,
    modified TEXT,
    PRIMARY KEY(source, url)
) WITHOUT ROWID, STRICT;

CREATE TABLE listed(
    source INTEGER NOT NULL REFERENCES source(id) ON DELETE CASCADE,
    print BLOB NOT NULL,
    PRIMARY KEY(source, print)
) WITHOUT ROWID, STRICT;

CREATE TABLE host(name TEXT PRIMARY KEY, until INTEGER NOT NULL) WITHOUT ROWID, STRICT;

CREATE TABLE fuller(
    article INTEGER PRIMARY KEY REFERENCES article(id) ON DELETE CASCADE,
    state INTEGER NOT NULL,
    tries INTEGER NOT NULL DEFAULT 0,
    next INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE INDEX fuller_wanted ON fuller(next) WHERE state = 0;
"""
"""What a refresh remembers: of a source and each of its addresses, the entries its document listed
last, the hosts that want to be left alone, and the pages that are to be fetched for entries which
are but a beginning."""

FOURTH = """
ALTER TABLE article ADD COLUMN settles INTEGER;

CREATE TABLE news(
    article INTEGER PRIMARY KEY REFERENCES article(id) ON DELETE CASCADE,
    basis BLOB NOT NULL,
    sentences INTEGER NOT NULL,
    words INTEGER NOT NULL
) STRICT;
"""
"""For the front page: the newest article of its story when an article was read, and how much of an
article was found new, against which texts (`basis`)."""

TENTH = """
CREATE INDEX article_edited ON article(changed) WHERE read_revision IS NOT NULL;
"""
"""For the front page, to which an article comes back that was edited since it was read."""

ELEVENTH = "CREATE INDEX article_vec_day ON article_vec(id, day)"
"""Days beside each other: a vector fills a quarter of a page."""

TWELFTH = """
CREATE TABLE listing(
    source INTEGER PRIMARY KEY REFERENCES source(id) ON DELETE CASCADE,
    names TEXT NOT NULL
) STRICT;
"""
"""What a feed listed last, in its order: what takes the place of an entry may be that entry."""

THIRTEENTH = f"""
INSERT OR REPLACE INTO state(key, value)
    SELECT '{states.RESPELLED_TO}', max(id) + 1 FROM article HAVING max(id) IS NOT NULL
"""
"""Articles with vowel signs were indexed by shards of their words: which those are is looked for in
the background (`reader.stories.respelling`)."""

FOURTEENTH = """
ALTER TABLE story_facts ADD COLUMN meets INTEGER;
ALTER TABLE story_facts ADD COLUMN local BLOB
"""
"""Whether an article says which of several meetings it tells of, and whether it may be a round-up
(`reader.stories.roundups.Parted.locality`); null where that is not known, and its text is read."""

FIFTEENTH = "ALTER TABLE article ADD COLUMN named INTEGER"
"""For the front page: the article its story was named after when an article was read. Another may
lend the name later, and who read the first is still done with what there was."""

SIXTEENTH = f"""
INSERT OR REPLACE INTO state(key, value)
    SELECT name.value, max(article.id) + 1
    FROM article, json_each('["{states.RECOUNTED_TO}", "{states.RESPELLED_TO}"]') AS name
    GROUP BY name.value
"""
"""Articles in languages that bend their words were indexed by the forms of these."""


def migrate(conn: sqlite3.Connection) -> None:
    """Bring the open file to FORMAT, inside the transaction the caller has begun.

    The caller holds the write lock: `Migrations.apply` reads what is pending before it locks, and
    two programs that open a new file at once would both create the tables.
    """
    import sqlite_utils
    from sqlite_utils import Migrations

    steps = Migrations("broadsheet")

    @steps(name="first")
    def first(db: Any) -> None:
        for statement in _statements(FIRST):
            db.conn.execute(statement)

    @steps(name="second")
    def second(db: Any) -> None:
        for statement in _statements(SECOND):
            db.conn.execute(statement)

    @steps(name="third")
    def third(db: Any) -> None:
        for statement in _statements(stories.TABLES):
            db.conn.execute(statement)

    @steps(name="fourth")
    def fourth(db: Any) -> None:
        for statement in _statements(FOURTH):
            db.conn.execute(statement)

    @steps(name="fifth")
    def fifth(db: Any) -> None:
        for statement in _statements(shown.TABLES):
            db.conn.execute(statement)

    @steps(name="sixth")
    def sixth(db: Any) -> None:
        for statement in _statements(digests.TABLES):
            db.conn.execute(statement)

    @steps(name="seventh")
    def seventh(db: Any) -> None:
        for statement in _statements(stories.WAITING):
            db.conn.execute(statement)

    @steps(name="eighth")
    def eighth(db: Any) -> None:
        for statement in _statements(highlights.TABLES):
            db.conn.execute(statement)

    @steps(name="ninth")
    def ninth(db: Any) -> None:
        postings.repack(db.conn)

    @steps(name="tenth")
    def tenth(db: Any) -> None:
        for statement in _statements(TENTH):
            db.conn.execute(statement)

    @steps(name="eleventh")
    def eleventh(db: Any) -> None:
        db.conn.execute(ELEVENTH)

    @steps(name="twelfth")
    def twelfth(db: Any) -> None:
        for statement in _statements(TWELFTH):
            db.conn.execute(statement)

    @steps(name="thirteenth")
    def thirteenth(db: Any) -> None:
        db.conn.execute(THIRTEENTH)

    @steps(name="fourteenth")
    def fourteenth(db: Any) -> None:
        for statement in _statements(FOURTEENTH):
            db.conn.execute(statement)

    @steps(name="fifteenth")
    def fifteenth(db: Any) -> None:
        db.conn.execute(FIFTEENTH)

    @steps(name="sixteenth")
    def sixteenth(db: Any) -> None:
        db.conn.execute(SIXTEENTH)

    steps.apply(sqlite_utils.Database(conn, execute_plugins=False))
    conn.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    conn.execute(f"PRAGMA user_version = {FORMAT}")


def _statements(script: str) -> list[str]:
    """The statements of a script. `executescript` would commit the transaction it runs in."""
    return [part for part in script.split(";\n") if part.strip()]
