"""What is kept of stories: how alike articles are, what groups them, what a person decided.

An article is in one story, `article.story`; that of one article is a story too. Articles of one
bond stay together whatever is found of them, and two with a rift between them are never in one
story: these are the person's own words, the last of which holds.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from typing import Any

TABLES = """
CREATE TABLE story(id INTEGER PRIMARY KEY AUTOINCREMENT, headline INTEGER) STRICT;

CREATE TABLE story_facts(
    article INTEGER PRIMARY KEY REFERENCES article(id) ON DELETE CASCADE,
    day INTEGER,
    lang TEXT,
    hash BLOB NOT NULL
) STRICT;

CREATE TABLE likeness(
    one INTEGER NOT NULL REFERENCES article(id) ON DELETE CASCADE,
    other INTEGER NOT NULL,
    cosine INTEGER NOT NULL,
    title INTEGER NOT NULL,
    contained INTEGER NOT NULL,
    PRIMARY KEY(one, other)
) WITHOUT ROWID, STRICT;

CREATE TABLE story_bond(
    article INTEGER PRIMARY KEY REFERENCES article(id) ON DELETE CASCADE,
    bond INTEGER NOT NULL
) STRICT;

CREATE TABLE story_rift(
    one INTEGER NOT NULL REFERENCES article(id) ON DELETE CASCADE,
    other INTEGER NOT NULL,
    PRIMARY KEY(one, other)
) WITHOUT ROWID, STRICT;

CREATE INDEX likeness_copies ON likeness(one, other, contained) WHERE contained > 0;
CREATE INDEX article_story ON article(story) WHERE story IS NOT NULL;
CREATE INDEX article_storyless ON article(id) WHERE story IS NULL;
"""
"""`likeness` holds each pair twice, in thousandths; `contained` is above 0 for near copies only.
`story.headline` is the article whose title names the story."""

SCALE = 1000
"""Likenesses are kept in thousandths."""

WAITING = """
DROP INDEX IF EXISTS article_storyless;
CREATE INDEX article_waiting ON article(sorted_at DESC, id DESC) WHERE story IS NULL;
"""
"""What is in no story yet, the newest first."""

MEMBERS = "SELECT id FROM article WHERE story = ? ORDER BY id"
MOVE = "UPDATE article SET story = ? WHERE id IN (SELECT value FROM json_each(?))"
NAMED = """SELECT 1 FROM story s JOIN article a ON a.id = s.headline
    WHERE s.id = ?1 AND a.story = ?1 AND a.hidden = 0"""
UNNAMED = "SELECT id FROM story WHERE headline IS NULL"
NAME = "UPDATE story SET headline = ?2 WHERE id = ?1 AND headline IS NOT ?2"
MINDED = """SELECT other FROM story_rift WHERE one IN (SELECT value FROM json_each(?1))
    UNION SELECT article FROM story_bond WHERE bond IN
        (SELECT bond FROM story_bond WHERE article IN (SELECT value FROM json_each(?1)))"""
BONDS = "SELECT article, bond FROM story_bond WHERE article IN (SELECT value FROM json_each(?))"
RIFTS = """SELECT one, other FROM story_rift WHERE one IN (SELECT value FROM json_each(?1))
    AND other IN (SELECT value FROM json_each(?1))"""

HELD = """
    SELECT o.id FROM likeness l JOIN article a ON a.id = l.one JOIN article o ON o.id = l.other
    WHERE l.one = ? AND l.contained > 0 AND o.story = a.story AND 9 * o.words <= 10 * a.words"""

Step = list[Any]


def new_story(conn: sqlite3.Connection) -> int:
    """A story without articles yet; the caller gives it some."""
    return conn.execute("INSERT INTO story DEFAULT VALUES").lastrowid or 0


def members(conn: sqlite3.Connection, story: int) -> list[int]:
    """The articles of a story, also those out of sight."""
    return [id for (id,) in conn.execute(MEMBERS, (story,))]


def move(conn: sqlite3.Connection, ids: Iterable[int], story: int | None) -> None:
    """Put articles into a story."""
    conn.execute(MOVE, (story, json.dumps(list(ids))))


def settle(conn: sqlite3.Connection, stories: Iterable[int]) -> None:
    """Drop those of the stories that are empty now."""
    for story in stories:
        if conn.execute("SELECT 1 FROM article WHERE story = ? LIMIT 1", (story,)).fetchone():
            conn.execute("INSERT OR IGNORE INTO story(id) VALUES (?)", (story,))
        else:
            conn.execute("DELETE FROM story WHERE id = ?", (story,))


def _changed(conn: sqlite3.Connection, stories: Iterable[int]) -> None:
    """Stories that a person changed have no name until they are given one again
    (`reader.stories.lead`)."""
    stories = list(stories)
    settle(conn, stories)
    conn.executemany("UPDATE story SET headline = NULL WHERE id = ?", [(each,) for each in stories])


def name(conn: sqlite3.Connection, story: int, headline: int) -> None:
    """Name a story after one of its articles."""
    conn.execute(NAME, (story, headline))


def is_named(conn: sqlite3.Connection, story: int) -> bool:
    """Whether a story is named after an article that is there."""
    return conn.execute(NAMED, (story,)).fetchone() is not None


def unnamed(conn: sqlite3.Connection) -> list[int]:
    """The stories without a name."""
    return [id for (id,) in conn.execute(UNNAMED)]


def bonds(conn: sqlite3.Connection, ids: Sequence[int]) -> dict[int, int]:
    """Which of these articles a person has tied together: those with the same number."""
    return dict(conn.execute(BONDS, (json.dumps(ids),)))


def minded(conn: sqlite3.Connection, ids: Sequence[int]) -> set[int]:
    """The articles that a person has tied to one of these or parted from it."""
    return {id for (id,) in conn.execute(MINDED, (json.dumps(ids),))}


def rifts(conn: sqlite3.Connection, ids: Sequence[int]) -> set[tuple[int, int]]:
    """Pairs of these articles that a person has parted, each in both orders."""
    return set(conn.execute(RIFTS, (json.dumps(ids),)))


def copies_held(conn: sqlite3.Connection, article: int) -> list[int]:
    """The near copies of an article in its story that it holds whole: read with it, for it was
    their text that was read."""
    return [id for (id,) in conn.execute(HELD, (article,))]


def split(conn: sqlite3.Connection, article: int) -> list[Step]:
    """Give an article a story of its own; what takes that back. Nothing if it has one already."""
    [story] = conn.execute("SELECT story FROM article WHERE id = ?", (article,)).fetchone()
    rest = [id for id in members(conn, story) if id != article] if story is not None else []
    if not rest:
        return []
    inverse = _as_it_is(conn, [article, *rest])
    conn.execute("DELETE FROM story_bond WHERE article = ?", (article,))
    _part(conn, [(article, other) for other in rest])
    own = new_story(conn)
    move(conn, [article], own)
    _changed(conn, [story, own])
    return [inverse]


def merge(conn: sqlite3.Connection, story: int, other: int) -> list[Step]:
    """Tie two stories into the first of them; what takes that back. Nothing if they are one."""
    ours, theirs = members(conn, story), members(conn, other)
    if story == other or not ours or not theirs:
        return []
    both = [*ours, *theirs]
    inverse = _as_it_is(conn, both)
    _join(conn, [(a, b) for a in ours for b in theirs])
    [bond] = conn.execute("SELECT coalesce(max(bond), 0) + 1 FROM story_bond").fetchone()
    conn.executemany(
        "INSERT OR REPLACE INTO story_bond(article, bond) VALUES (?, ?)", [(a, bond) for a in both]
    )
    move(conn, theirs, story)
    _changed(conn, [story, other])
    return [inverse]


def put_back(
    conn: sqlite3.Connection,
    places: list[list[int]],
    tied: list[list[int]],
    parted: list[list[int]],
) -> None:
    """Put articles back into the stories they were in, with the ties and rifts of that time."""
    ids = json.dumps([article for article, _ in places])
    left = [
        story
        for (story,) in conn.execute(
            "SELECT DISTINCT story FROM article WHERE story IS NOT NULL"
            " AND id IN (SELECT value FROM json_each(?))",
            (ids,),
        )
    ]
    inside = "IN (SELECT value FROM json_each(?1))"
    conn.execute(f"DELETE FROM story_bond WHERE article {inside}", (ids,))
    conn.execute(f"DELETE FROM story_rift WHERE one {inside} AND other {inside}", (ids,))
    there = {id for (id,) in conn.execute(f"SELECT id FROM article WHERE id {inside}", (ids,))}
    conn.executemany(
        "INSERT INTO story_bond(article, bond) VALUES (?, ?)",
        [(article, bond) for article, bond in tied if article in there],
    )
    _part(conn, [(one, other) for one, other in parted if one in there and other in there])
    for article, story in places:
        move(conn, [article], story)
    _changed(conn, {*left, *(story for _, story in places)})


def _as_it_is(conn: sqlite3.Connection, ids: list[int]) -> Step:
    """The step that makes everything about these articles as it is now."""
    sql = "SELECT id, story FROM article WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id"
    places = [list(row) for row in conn.execute(sql, (json.dumps(ids),))]
    tied = [list(row) for row in bonds(conn, ids).items()]
    parted = [list(pair) for pair in sorted(rifts(conn, ids)) if pair[0] < pair[1]]
    return ["put_stories_back", places, tied, parted]


def _part(conn: sqlite3.Connection, pairs: Iterable[tuple[int, int]]) -> None:
    conn.executemany(
        "INSERT OR IGNORE INTO story_rift(one, other) VALUES (?, ?)", _both_ways(pairs)
    )


def _join(conn: sqlite3.Connection, pairs: Iterable[tuple[int, int]]) -> None:
    conn.executemany("DELETE FROM story_rift WHERE one = ? AND other = ?", _both_ways(pairs))


def _both_ways(pairs: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    return [pair for one, other in pairs for pair in ((one, other), (other, one))]
