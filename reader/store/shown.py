"""How much of an article was on the screen: of what was opened and left, only that was read.

An article that is read and has no row here was read whole: it was marked so by the person, or came
so from elsewhere. Spans are (start, end) in characters of the article's text. Of an article that
was edited since, the revision counts that was read (`article.read_revision`), until it is opened or
marked again. What was read then goes with its sentences: those that stand in the present text as
they did are read there, others are not.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence

TABLES = """
CREATE TABLE shown(
    article INTEGER PRIMARY KEY REFERENCES article(id) ON DELETE CASCADE,
    spans TEXT NOT NULL
) STRICT;
"""
OPEN = "INSERT OR IGNORE INTO shown(article, spans) VALUES (?, '[]')"
KEPT = "SELECT spans FROM shown WHERE article = ?"
KEEP = "UPDATE shown SET spans = ?2 WHERE article = ?1"
FORGET = """DELETE FROM shown WHERE article IN (SELECT value FROM json_each(?))
    RETURNING article, spans"""
PART = "SELECT article FROM shown WHERE article IN (SELECT value FROM json_each(?))"
PUT = "INSERT OR REPLACE INTO shown(article, spans) SELECT id, ? FROM article WHERE id = ?"
OF_PRESENT = """SELECT s.spans FROM shown s JOIN article a ON a.id = s.article
    WHERE s.article = ? AND a.read_revision IS NULL"""
OF_EARLIER = """SELECT r.text, b.text, s.spans FROM article a JOIN body b ON b.id = a.id
    JOIN revision r ON r.article = a.id AND r.number = a.read_revision
    LEFT JOIN shown s ON s.article = a.id WHERE a.id = ?"""
READ = """SELECT coalesce(r.text, b.text), s.spans FROM article a JOIN body b ON b.id = a.id
    LEFT JOIN revision r ON r.article = a.id AND r.number = a.read_revision
    LEFT JOIN shown s ON s.article = a.id WHERE a.id = ?"""
PRESENT = "SELECT 1 FROM article WHERE id = ? AND edits = ?"
COUNTS = "SELECT 1 FROM article WHERE id = ? AND read_revision = ?"
REREAD = """UPDATE article SET read_revision = NULL
    WHERE read_revision IS NOT NULL AND id IN (SELECT value FROM json_each(?))"""

Span = tuple[int, int]


def opened(conn: sqlite3.Connection, article: int) -> None:
    """An article counts as read from now on, but nothing of it was on the screen yet."""
    conn.execute(OPEN, (article,))


def add(
    conn: sqlite3.Connection, article: int, spans: Sequence[Span], edits: int | None = None
) -> None:
    """These parts of the text as it was after so many edits (None: as it is) were on the screen,
    too. Nothing changes for an article that was read whole, nor by a text that is neither the
    present one nor that which counts."""
    if edits is None or is_present(conn, article, edits):
        open_again(conn, article)
    elif conn.execute(COUNTS, (article, edits + 1)).fetchone() is None:
        return
    row = conn.execute(KEPT, (article,)).fetchone()
    if row is not None:
        conn.execute(KEEP, (article, json.dumps(joined([*_read(row[0]), *spans]))))


def is_present(conn: sqlite3.Connection, article: int, edits: int) -> bool:
    """Is the text after so many edits the one that the article has?"""
    return conn.execute(PRESENT, (article, edits)).fetchone() is not None


def open_again(conn: sqlite3.Connection, article: int) -> None:
    """If an article was edited since it was read, from now on its present text counts."""
    row = conn.execute(OF_EARLIER, (article,)).fetchone()
    if row is not None:
        old, new, kept = row
        spans = _read(kept) if kept is not None else [(0, len(old))]
        conn.execute(PUT, (json.dumps(carried(old, new, spans)), article))
    reread(conn, [article])


def carry(conn: sqlite3.Connection, article: int, old: str, new: str) -> None:
    """The text of an article is another now."""
    row = conn.execute(OF_PRESENT, (article,)).fetchone()
    if row is not None:
        conn.execute(PUT, (json.dumps(carried(old, new, _read(row[0]))), article))


def whole(conn: sqlite3.Connection, articles: Iterable[int]) -> list[tuple[int, str]]:
    """These articles count as read whole. What `put_back` needs to undo that."""
    return conn.execute(FORGET, (json.dumps(list(articles)),)).fetchall()


def put_back(conn: sqlite3.Connection, rows: Iterable[tuple[int, str]]) -> None:
    """Of these articles only a part was read, after all."""
    conn.executemany(PUT, [(spans, article) for article, spans in rows])


def of_whole(conn: sqlite3.Connection, articles: Sequence[int]) -> list[int]:
    """Those of these read articles that were read whole."""
    part = {id for (id,) in conn.execute(PART, (json.dumps(articles),))}
    return [id for id in articles if id not in part]


def reread(conn: sqlite3.Connection, articles: Iterable[int]) -> None:
    """Of these articles the person has the present text in view, or does not care for another."""
    conn.execute(REREAD, (json.dumps(list(articles)),))


def text_read(conn: sqlite3.Connection, article: int) -> str:
    """What of a read article's text was read: each sentence that was shown at least by half."""
    row = conn.execute(READ, (article,)).fetchone()
    if row is None:
        return ""
    text, spans = row
    return str(text) if spans is None else shown_of(text, _read(spans))


def shown_of(text: str, spans: Sequence[Span]) -> str:
    """The sentences of `text` that lie at least by half in `spans`."""
    kept: list[str] = []
    before = 0
    for start, end in _shown_sentences(text, spans):
        kept.append(("\n\n" if "\n" in text[before:start] else " ") + text[start:end])
        before = end
    return "".join(kept).strip()


def carried(old: str, new: str, spans: Sequence[Span]) -> list[Span]:
    """The parts of `new` whose sentences were read in `old`, of which `spans` were shown."""
    from reader.text.sentences import sentences

    read = {tuple(old[start:end].split()) for start, end in _shown_sentences(old, spans)}
    told = sentences(new) if read else []
    until = [*(start for start, _ in told[1:]), len(new)]
    return joined(
        (start, next_start)
        for (start, end), next_start in zip(told, until, strict=False)
        if tuple(new[start:end].split()) in read
    )


def _shown_sentences(text: str, spans: Sequence[Span]) -> Iterator[Span]:
    from reader.text.sentences import sentences

    for start, end in sentences(text) if spans else ():
        seen = sum(max(0, min(end, stop) - max(start, begin)) for begin, stop in spans)
        if 2 * seen >= end - start:
            yield start, end


def joined(spans: Iterable[Span]) -> list[Span]:
    """`spans` in order, those that touch made one."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        elif end > start:
            found.append((start, end))
    return found


def _read(spans: str) -> list[Span]:
    return [(int(start), int(end)) for start, end in json.loads(spans)]
