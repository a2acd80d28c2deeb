"""What the tables know of an article: written when it arrives, replaced when it changes."""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from reader.store import postings
from reader.stories import grouping
from reader.stories.features import READ_CHARACTERS, features
from reader.stories.rarity import Counting, Rarity, count_article
from reader.stories.vectors import Vector, pack, unpack, vector

SHINGLE = "INSERT INTO shingle(h, id) VALUES (?, ?)"
UNSHINGLE = "DELETE FROM shingle WHERE id = ?1 AND h IN (SELECT value FROM json_each(?2))"
KEEP = "INSERT INTO article_vec(id, day, v) VALUES (?, ?, ?)"
ARTICLE = """
    SELECT a.title, b.text, a.published FROM article a JOIN body b ON b.id = a.id WHERE a.id = ?"""
SEEN = f"{ARTICLE} AND NOT a.hidden"
ARTICLES = """
    SELECT a.id, a.title, substr(b.text, 1, ?2), a.published
    FROM article a JOIN body b ON b.id = a.id
    WHERE a.id IN (SELECT value FROM json_each(?1))
    AND a.id NOT IN (SELECT id FROM article_vec) ORDER BY a.id"""
UNINDEXED = """SELECT id FROM article
    WHERE story IS NULL AND id NOT IN (SELECT id FROM article_vec) ORDER BY id"""
UNGROUPED = """SELECT id FROM article
    WHERE story IS NULL AND sorted_at >= ? ORDER BY sorted_at DESC, id DESC"""
POSTING_SCALE = 1000
"""Weights of postings are whole numbers: parts of the article's length, in thousandths."""


def index(
    conn: sqlite3.Connection,
    article_id: int,
    title: str,
    text: str,
    day: int | None,
) -> None:
    """Make an article findable and put it into a story, in the caller's transaction.

    Again after a change: it replaces. `day` is the day it was published, as `date.toordinal`
    counts; None if that is not known.
    """
    found = features(title, text, Rarity(conn))
    if _holds(conn, article_id):
        _unwrite(conn, article_id)
    else:
        count_article(conn, found.rarity)
    own = vector(found)
    _write(conn, article_id, day, own)
    grouping.place(conn, article_id, own, day)


def index_many(conn: sqlite3.Connection, ids: Sequence[int], *, counted: bool = False) -> None:
    """Make those of the articles findable that are not yet, in the caller's transaction.

    Of each it comes out as `index` would do it, one after the other, but what they have in common
    is read and written once. Words that were `counted` before are not counted again.
    """
    rare = Counting(conn)
    rows: list[tuple[int, int | None, bytes]] = []
    posts: list[postings.Posting] = []
    shingles: list[tuple[int, int]] = []
    for article_id, title, text, published in _read_many(conn, ids):
        found = features(title, text, rare)
        if not counted:
            rare.count(found.rarity)
        own = vector(found)
        rows.append((article_id, _day(published), pack(own)))
        posts += _posts(article_id, own)
        shingles += [(h, article_id) for h in own.shingles]
    rare.write()
    conn.executemany(KEEP, rows)
    postings.add(conn, posts)
    # In the order of the table: neighbours share pages.
    conn.executemany(SHINGLE, sorted(shingles))


def count_anew(conn: sqlite3.Connection, ids: Sequence[int]) -> None:
    """Count the words of articles whose words are told apart otherwise than they were, as those of
    articles that come, in the caller's transaction."""
    rare = Counting(conn)
    for article_id in ids:
        title, text, _ = _read(conn, article_id)
        rare.count(features(title, text, rare).rarity)
    rare.write()


def index_anew(conn: sqlite3.Connection, ids: Sequence[int]) -> None:
    """Index and group such articles again, in the caller's transaction."""
    for article_id in ids:
        _unwrite(conn, article_id)
    index_many(conn, ids, counted=True)
    for article_id in ids:
        grouping.doubt(conn, article_id)
    group(conn, ids)


def forget(conn: sqlite3.Connection, article_id: int) -> None:
    """Take an article out of the comparison, in the caller's transaction; unknown ones too."""
    grouping.leave(conn, article_id)
    _unwrite(conn, article_id)


def _unwrite(conn: sqlite3.Connection, article_id: int) -> None:
    known = load(conn, article_id)
    if known is None:
        return
    _, v = known
    postings.remove(conn, article_id, v.body.numbers[: v.posted])
    conn.execute(UNSHINGLE, (article_id, json.dumps(v.shingles)))
    conn.execute("DELETE FROM article_vec WHERE id = ?", (article_id,))


def load(conn: sqlite3.Connection, article_id: int) -> tuple[int | None, Vector] | None:
    """Day and vector of an article; None if it is not indexed."""
    row = conn.execute("SELECT day, v FROM article_vec WHERE id = ?", (article_id,)).fetchone()
    return (row[0], unpack(row[1])) if row else None


def make(conn: sqlite3.Connection, article_id: int) -> tuple[int | None, Vector] | None:
    """Day and vector of an article that is not indexed, without writing; None if it is not there
    or out of sight."""
    row = conn.execute(SEEN, (article_id,)).fetchone()
    if row is None:
        return None
    title, text, published = row
    return _day(published), vector(features(title, text, Rarity(conn)))


def rebuild(conn: sqlite3.Connection) -> None:
    """Index and group every article anew, in the caller's transaction, with counts made afresh.

    For a cache whose tables a newer way of indexing has left behind. Days stay as they were told;
    an article never indexed gets the day it was published.
    """
    days = dict(conn.execute("SELECT id, day FROM article_vec"))
    for table in ("term_df", "article_vec", "posted", "shingle", "likeness", "story_facts"):
        conn.execute(f"DELETE FROM {table}")
    ids = [row[0] for row in conn.execute("SELECT id FROM article ORDER BY id")]
    for article_id in ids:
        title, text, _ = _read(conn, article_id)
        count_article(conn, features(title, text, Rarity(conn)).rarity)
    rare = Rarity(conn)
    for article_id in ids:
        title, text, published = _read(conn, article_id)
        day = days[article_id] if article_id in days else _day(published)
        own = vector(features(title, text, rare))
        _write(conn, article_id, day, own)
        grouping.place(conn, article_id, own, day)


def unindexed(conn: sqlite3.Connection) -> list[int]:
    """Articles that cannot be found yet, in order of arrival."""
    return [id for (id,) in conn.execute(UNINDEXED)]


def ungrouped(conn: sqlite3.Connection, since: int) -> list[int]:
    """Articles in no story yet that appeared since a moment, the newest first."""
    return [id for (id,) in conn.execute(UNGROUPED, (since,))]


def group(conn: sqlite3.Connection, ids: Iterable[int]) -> None:
    """Put articles into stories, in the caller's transaction."""
    for article_id in ids:
        known = load(conn, article_id)
        if known is not None:
            grouping.place(conn, article_id, known[1], known[0])


def _holds(conn: sqlite3.Connection, article_id: int) -> bool:
    found = conn.execute("SELECT 1 FROM article_vec WHERE id = ?", (article_id,))
    return found.fetchone() is not None


def _read_many(
    conn: sqlite3.Connection, ids: Iterable[int]
) -> Iterator[tuple[int, str, str, str | None]]:
    yield from conn.execute(ARTICLES, (json.dumps(list(ids)), READ_CHARACTERS))


def _read(conn: sqlite3.Connection, article_id: int) -> tuple[str, str, str | None]:
    row: tuple[str, str, str | None] = conn.execute(ARTICLE, (article_id,)).fetchone()
    return row


def _day(published: str | None) -> int | None:
    try:
        return date.fromisoformat((published or "")[:10]).toordinal()
    except ValueError:
        return None


def _write(conn: sqlite3.Connection, article_id: int, day: int | None, v: Vector) -> None:
    conn.execute(KEEP, (article_id, day, pack(v)))
    postings.add(conn, _posts(article_id, v))
    conn.executemany(SHINGLE, [(h, article_id) for h in v.shingles])


def _posts(article_id: int, v: Vector) -> list[postings.Posting]:
    scale = POSTING_SCALE / (v.body.length or 1)
    found_by = zip(v.body.numbers[: v.posted], v.body.weights, strict=False)
    return [(h, article_id, round(w * scale)) for h, w in found_by]
