"""The steps by which acts are taken back, and what remains to do once they no longer can be."""

import json
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from reader import clock
from reader.store import highlights, schema, shown, states, stories, tally
from reader.store.arrivals import UNINDEX
from reader.store.identity import told
from reader.store.retention import MARKED, bury
from reader.store.times import seconds

SET_UNREAD = """UPDATE article SET unread = ?1,
        settles = CASE WHEN ?1 THEN settles
            ELSE (SELECT max(m.id) FROM article m WHERE m.story = article.story) END,
        named = CASE WHEN ?1 THEN named
            ELSE (SELECT headline FROM story WHERE story.id = article.story) END
    WHERE id IN (SELECT value FROM json_each(?2)) AND unread <> ?1 RETURNING id, source, hidden"""
HIDE = """UPDATE article SET hidden = ?1 WHERE id IN (SELECT value FROM json_each(?2))
    AND hidden = ?3 RETURNING id, source, unread"""
HIDE_SOURCE = f"""UPDATE article AS a SET hidden = {schema.SOURCE_REMOVED}
    WHERE source = ? AND hidden = {schema.SHOWN} AND NOT {MARKED} RETURNING id, source, unread"""
SHOW_SOURCE = f"""UPDATE article SET hidden = {schema.SHOWN}
    WHERE source = ? AND hidden IN ({schema.SOURCE_REMOVED}, {schema.LET_GO})
    RETURNING id, source, unread"""
LET_GO = f"""UPDATE article AS a SET hidden = {schema.LET_GO}
    WHERE id IN (SELECT value FROM json_each(?)) AND hidden = {schema.SHOWN}
    AND (SELECT removed FROM source s WHERE s.id = a.source) AND NOT {MARKED}
    RETURNING id, source, unread"""
KEEP = f"""UPDATE article AS a SET hidden = {schema.SHOWN}
    WHERE id IN (SELECT value FROM json_each(?))
    AND hidden IN ({schema.SOURCE_REMOVED}, {schema.LET_GO}) AND {MARKED}
    RETURNING id, source, unread"""
STILL_HIDDEN = """SELECT id FROM article
    WHERE id IN (SELECT value FROM json_each(?)) AND hidden > 0"""
STAR = """INSERT INTO bookmark(article, starred_at) SELECT id, ?2 FROM article WHERE id = ?1
    ON CONFLICT(article) DO UPDATE SET starred_at = ?2"""
NOTE = """INSERT INTO bookmark(article, note) VALUES (?1, ?2)
    ON CONFLICT(article) DO UPDATE SET note = ?2"""
BARE = "DELETE FROM bookmark WHERE article = ? AND starred_at IS NULL AND note IS NULL"
NAMES = "SELECT source, key, title, published, sorted_at FROM article WHERE id = ?"


def set_unread(conn: sqlite3.Connection, ids: Iterable[int], unread: bool) -> list[int]:
    """Mark articles; those that were not so before."""
    rows = conn.execute(SET_UNREAD, (int(unread), json.dumps(list(ids)))).fetchall()
    listed = [source for _, source, hidden in rows if not hidden]
    tally.adjust(conn, [], listed, +1 if unread else -1)
    return [id for id, _, _ in rows]


def set_star(conn: sqlite3.Connection, id: int, starred_at: int | None) -> None:
    """Star an article as of then, or unstar it."""
    starred = starred_at is not None
    conn.execute("UPDATE article SET starred = ? WHERE id = ?", (int(starred), id))
    conn.execute(STAR, (id, starred_at))
    conn.execute(BARE, (id,))
    settle(conn, [id])


def set_note(conn: sqlite3.Connection, id: int, note: str | None) -> None:
    """Give an article a note, or none."""
    conn.execute(NOTE, (id, note))
    conn.execute(BARE, (id,))
    settle(conn, [id])


def hide(conn: sqlite3.Connection, ids: Iterable[int]) -> list[int]:
    """Take articles out of all lists; those that were in one."""
    wanted = (schema.DELETED, json.dumps(list(ids)), schema.SHOWN)
    return _tallied(conn, conn.execute(HIDE, wanted).fetchall(), -1)


def show(conn: sqlite3.Connection, ids: Iterable[int]) -> list[int]:
    """Put articles back into the lists."""
    wanted = (schema.SHOWN, json.dumps(list(ids)), schema.DELETED)
    return _tallied(conn, conn.execute(HIDE, wanted).fetchall(), +1)


def hide_source(conn: sqlite3.Connection, source: int) -> int:
    """Take a source out of sight, and its articles but those a person marked; how many articles."""
    conn.execute("UPDATE source SET removed = 1 WHERE id = ?", (source,))
    return len(_tallied(conn, conn.execute(HIDE_SOURCE, (source,)).fetchall(), -1))


def show_source(conn: sqlite3.Connection, source: int) -> int:
    """Bring back a source with the articles that went with it."""
    conn.execute("UPDATE source SET removed = 0 WHERE id = ?", (source,))
    return len(_tallied(conn, conn.execute(SHOW_SOURCE, (source,)).fetchall(), +1))


def settle(conn: sqlite3.Connection, ids: Iterable[int]) -> list[int]:
    """Only its marks keep an article whose source was removed: let go those that have none now,
    and take back those that have one again. Those that went."""
    among = (json.dumps(list(ids)),)
    _tallied(conn, conn.execute(KEEP, among).fetchall(), +1)
    return _tallied(conn, conn.execute(LET_GO, among).fetchall(), -1)


def put_highlight(conn: sqlite3.Connection, row: Sequence[Any]) -> int:
    """Highlight a piece of an article, or do so again; its number."""
    number = highlights.put(conn, row)
    settle(conn, [row[1]])
    return number


def drop_highlight(conn: sqlite3.Connection, id: int) -> highlights.Row | None:
    """Take a highlight away; what it was."""
    row = highlights.drop(conn, id)
    settle(conn, [row[1]] if row else [])
    return row


def add_tag(conn: sqlite3.Connection, name: str, ids: Iterable[int]) -> list[int]:
    """Tag articles; those that had not that tag."""
    add = "INSERT OR IGNORE INTO tag(name, article) SELECT ?, id FROM article WHERE id = ?"
    changed = [id for id in ids if conn.execute(add, (name, id)).rowcount > 0]
    settle(conn, changed)
    return changed


def remove_tag(conn: sqlite3.Connection, name: str, ids: Iterable[int]) -> list[int]:
    """Untag articles; those that had that tag."""
    remove = "DELETE FROM tag WHERE name = ? AND article = ?"
    changed = [id for id in ids if conn.execute(remove, (name, id)).rowcount > 0]
    settle(conn, changed)
    return changed


def take_back(conn: sqlite3.Connection, step: list[Any]) -> None:
    """Do one step of an inverse."""
    name, *arguments = step
    STEPS[name](conn, *arguments)


def make_final(conn: sqlite3.Connection, step: list[Any]) -> None:
    """The step will never be taken: erase for good what waited for it, unless it came back."""
    name, *arguments = step
    among = "SELECT id FROM article WHERE id IN (SELECT value FROM json_each(?)) AND hidden = ?"
    of_source = "SELECT id FROM article WHERE source = ? AND hidden = ?"
    match name, arguments:
        case "show", [ids]:
            waiting = conn.execute(among, (json.dumps(ids), schema.DELETED))
        case "settle", [ids]:
            waiting = conn.execute(among, (json.dumps(ids), schema.LET_GO))
        case "show_source", [source]:
            waiting = conn.execute(of_source, (source, schema.SOURCE_REMOVED))
        case _:
            return
    ids = [id for (id,) in waiting.fetchall()]
    settle(conn, ids)  # of older versions, which let go of all but the starred ones
    erase(conn, [id for (id,) in conn.execute(STILL_HIDDEN, (json.dumps(ids),)).fetchall()])


def erase(conn: sqlite3.Connection, ids: Iterable[int]) -> None:
    """Remove articles for good, leaving a tombstone so that a feed does not bring them again."""
    at = seconds(clock.now())
    for id in ids:
        for source, key, title, published, stamp in conn.execute(NAMES, (id,)).fetchall():
            bury(conn, source, filter(None, (key, told(title, published, stamp))), at)
        conn.execute(UNINDEX, (id,))
        conn.execute("DELETE FROM article_vec WHERE id = ?", (id,))
        conn.execute("DELETE FROM article WHERE id = ?", (id,))


def _tallied(conn: sqlite3.Connection, rows: list[tuple[int, int, int]], by: int) -> list[int]:
    sources = [source for _, source, _ in rows]
    tally.adjust(conn, sources, [source for _, source, unread in rows if unread], by)
    return [id for id, _, _ in rows]


STEPS: dict[str, Callable[..., object]] = {
    "set_unread": set_unread,
    "set_star": set_star,
    "set_note": set_note,
    "show": show,
    "show_source": show_source,
    "settle": settle,
    "add_tag": add_tag,
    "remove_tag": remove_tag,
    "put_shown_back": shown.put_back,
    "read_whole": shown.whole,
    "put_highlight": put_highlight,
    "drop_highlight": drop_highlight,
    "set_highlight_note": highlights.set_note,
    "put_stories_back": stories.put_back,
    "set_state": states.put,
}
