"""What a person changes: read marks, stars, tags, notes, the look. Each can be taken back.

Each method returns the sentence that says what was done. What was so already is not changed, not
journalled, and so not undone either.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from reader import clock
from reader.errors import CacheCorrupt, NothingFound, UsageError
from reader.model import ArticleId, Marked, SourceId, View
from reader.store import highlights, journal, lists, shown, states, stories, undoing
from reader.store.times import seconds
from reader.text import safe

if TYPE_CHECKING:
    from reader.store.cache import Cache

SLICE = 1500
"""Articles marked in one transaction: 5 to 15 ms, in which nobody else can write."""
UNREAD_OF_VIEW = """SELECT a.id FROM article a
    WHERE a.unread = 1 AND a.id <= ? AND {where} {order} LIMIT ?"""
MARKS = ("starred", "tagged", "noted", "highlighted")
STAYED = """SELECT count(*), coalesce(sum(starred), 0),
    coalesce(sum(EXISTS (SELECT 1 FROM tag WHERE article = a.id)), 0),
    coalesce(sum(EXISTS (SELECT 1 FROM bookmark WHERE article = a.id AND note IS NOT NULL)), 0),
    coalesce(sum(EXISTS (SELECT 1 FROM highlight WHERE article = a.id)), 0)
    FROM article a WHERE source = ? AND hidden = 0"""


class Changes:
    """The acts of a person on a cache."""

    def __init__(self, cache: Cache) -> None:
        self._cache = cache

    def mark_read(self, ids: Iterable[int], read: bool = True) -> str:
        """Mark articles read, or unread."""
        return self._mark(_slices(list(ids)), read)

    def saw(self, id: ArticleId, edits: int | None = None) -> None:
        """Mark an article read because it was shown, with the copies of its text. That is no act
        of its own: were it one to take back, undo would lead through everything read since before
        it reached a mistake."""
        with self._cache.write() as conn:
            if edits is None or shown.is_present(conn, id, edits):
                shown.open_again(conn, id)
            for read in undoing.set_unread(conn, [id, *stories.copies_held(conn, id)], False):
                shown.opened(conn, read)

    def mark_text_read(self, id: ArticleId, read: bool = True) -> str:
        """Mark an article read, or unread, with the copies of its text."""
        return self.mark_read([id, *stories.copies_held(self._cache.reader(), id)], read)

    def showed(
        self, id: ArticleId, spans: Sequence[tuple[int, int]], edits: int | None = None
    ) -> None:
        """Note which parts of an article's text were on the screen, after so many edits."""
        with self._cache.write() as conn:
            shown.add(conn, id, spans, edits)

    def mark_view_read(self, view: View) -> str:
        """Mark read all that a view shows now, newest first; what comes meanwhile stays unread."""
        return self._mark(self._unread_slices(view), read=True)

    def star(self, ids: Iterable[int], starred: bool = True) -> str:
        """Star articles, or unstar them."""
        with self._cache.write(durable=True) as conn:
            now = seconds(clock.now())
            inverse: list[journal.Step] = []
            for id, was_starred, starred_at in _stars(conn, ids):
                if bool(was_starred) != starred:
                    undoing.set_star(conn, id, now if starred else None)
                    inverse.append(["set_star", id, starred_at if was_starred else None])
            done = "Starred" if starred else "Unstarred"
            changed = [step[1] for step in inverse]
            went = _gone_with_source(conn, inverse, changed)
            sentence = _said(conn, inverse, done, changed, went)
        self._cache.bookmarks.write_beside()
        return sentence

    def tag(self, ids: Iterable[int], add: Iterable[str] = (), remove: Iterable[str] = ()) -> str:
        """Give articles tags and take others away."""
        added, removed = _tags(add), _tags(remove)
        with self._cache.write(durable=True) as conn:
            wanted = _present(conn, ids)
            inverse: list[journal.Step] = []
            for name in added:
                if changed := undoing.add_tag(conn, name, wanted):
                    inverse.append(["remove_tag", name, changed])
            for name in removed:
                if changed := undoing.remove_tag(conn, name, wanted):
                    inverse.append(["add_tag", name, changed])
            touched = sorted({id for step in inverse for id in step[2]})
            done = " ".join([*(f"+{name}" for name in added), *(f"-{name}" for name in removed)])
            went = _gone_with_source(conn, inverse, touched)
            sentence = _said(conn, inverse, f"Tagged {done} on", touched, went)
        self._cache.bookmarks.write_beside()
        return sentence

    def note(self, id: ArticleId, text: str | None) -> str:
        """Write a note to an article in place of the one it had; empty takes it away."""
        note = str(safe.prose(text)).strip() or None if text else None
        with self._cache.write(durable=True) as conn:
            if not _present(conn, [id]):
                raise NothingFound(f"there is no article {id}")
            row = conn.execute("SELECT note FROM bookmark WHERE article = ?", (id,)).fetchone()
            old = row[0] if row else None
            inverse: list[journal.Step] = [["set_note", id, old]] if old != note else []
            undoing.set_note(conn, id, note)
            went = _gone_with_source(conn, inverse, [id])
            sentence = _said(conn, inverse, "Noted on" if note else "Took the note off", [id], went)
        self._cache.bookmarks.write_beside()
        return sentence

    def highlight(self, id: ArticleId, marked: Marked) -> str:
        """Highlight a piece of an article. Raises NothingFound, UsageError for nothing."""
        with self._cache.write(durable=True) as conn:
            if not _present(conn, [id]):
                raise NothingFound(f"there is no article {id}")
            row = highlights.row_of(id, marked, seconds(clock.now()))
            if row is None:
                raise UsageError("a highlight needs at least one letter")
            new = undoing.put_highlight(conn, row)
            sentence = f"Highlighted {_quoted(row[2])}"
            journal.record(conn, sentence, [["drop_highlight", new]])
        self._cache.bookmarks.write_beside()
        return sentence

    def unhighlight(self, ids: Iterable[int]) -> str:
        """Take highlights away, by their numbers. Raises NothingFound for one that is not there."""
        with self._cache.write(durable=True) as conn:
            rows = []
            for id in dict.fromkeys(ids):
                row = undoing.drop_highlight(conn, id)
                if row is None:
                    raise NothingFound(f"there is no highlight {id}")
                rows.append(row)
            if not rows:
                return "Nothing to change: it was so already"
            one = f"the highlight {_quoted(rows[0][2])}"
            done = f"Took off {one if len(rows) == 1 else f'{len(rows)} highlights'}"
            inverse: list[journal.Step] = [["put_highlight", list(row)] for row in rows]
            of = list(dict.fromkeys(row[1] for row in rows))
            sentence = done + _gone_with_source(conn, inverse, of)
            journal.record(conn, sentence, inverse)
        self._cache.bookmarks.write_beside()
        return sentence

    def note_highlight(self, id: int, text: str | None) -> str:
        """Write a note to a highlight in place of the one it had; empty takes it away. Raises
        NothingFound."""
        note = str(safe.prose(text)).strip() or None if text else None
        with self._cache.write(durable=True) as conn:
            row = highlights.find(conn, id)
            if row is None:
                raise NothingFound(f"there is no highlight {id}")
            old = row[5]
            if old == note:
                return "Nothing to change: it was so already"
            highlights.set_note(conn, id, note)
            sentence = f"{'Noted on' if note else 'Took the note off'} {_quoted(row[2])}"
            journal.record(conn, sentence, [["set_highlight_note", id, old]])
        self._cache.bookmarks.write_beside()
        return sentence

    def delete(self, ids: Iterable[int]) -> str:
        """Take articles out of all lists."""
        with self._cache.write(durable=True) as conn:
            hidden = undoing.hide(conn, list(ids))
            inverse: list[journal.Step] = [["show", hidden]] if hidden else []
            sentence = _said(conn, inverse, "Deleted", hidden)
        self._cache.bookmarks.write_beside()
        return sentence

    def remove_source(self, id: SourceId) -> str:
        """Take a source out of sight, and its articles but those that were starred, tagged, noted
        or highlighted. Raises NothingFound."""
        source = self._cache.sources.find(id)
        with self._cache.write(durable=True) as conn:
            count = undoing.hide_source(conn, id)
            sentence = f"Removed {source.title} with its {_articles(count)}{_stayed(conn, id)}"
            journal.record(conn, sentence, [["show_source", id]])
        self._cache.bookmarks.write_beside()
        return sentence

    def split(self, id: ArticleId) -> str:
        """Take an article out of its story, into one of its own. Raises NothingFound."""
        with self._cache.write(durable=True) as conn:
            if not _present(conn, [id]):
                raise NothingFound(f"there is no article {id}")
            return _said(conn, stories.split(conn, id), "Took", [id], " out of its story")

    def merge(self, story: int, other: int) -> str:
        """Make one story of two, under the number of the first. Raises NothingFound."""
        with self._cache.write(durable=True) as conn:
            for each in (story, other):
                if not _present(conn, stories.members(conn, each)):
                    raise NothingFound(f"there is no story {each}")
            inverse = stories.merge(conn, story, other)
            ids = _present(conn, stories.members(conn, story))
            return _said(conn, inverse, "Made one story of", ids)

    def choose(self, key: str, value: Any, sentence: str, before: Any = None) -> None:
        """Keep what a person chose of the room itself, under a key of the states; `sentence` says
        it, `before` is what held if not what was kept (a setting may have stood before it). In a
        cache that is only readable nothing is kept."""
        if self._cache.readonly:
            return
        with self._cache.write() as conn:
            before = self._cache.states.get(key) if before is None else before
            if before != value:
                states.put(conn, key, value)
                journal.record(conn, sentence, [["set_state", key, before]])

    def bring_source_back(self, conn: sqlite3.Connection, id: SourceId) -> None:
        """A removed source was added again: its articles are there again too."""
        undoing.show_source(conn, id)

    def undo(self) -> str | None:
        """Take back the last act; the sentence that says so, or None if there is none left."""
        said = journal.undo(self._cache)
        if said:
            self._cache.bookmarks.write_beside()
        return said

    def _mark(self, slices: Iterator[Sequence[int]], read: bool) -> str:
        done = "Marked {} " + ("read" if read else "unread")
        total, unit, sentence = 0, None, f"Nothing was {'unread' if read else 'read'}"
        for ids in slices:
            with self._cache.write() as conn:
                shown.reread(conn, ids)
                inverse, touched = _read_whole(conn, ids) if read else _unread(conn, ids)
                if not inverse:
                    continue
                total += touched
                sentence = done.format(_articles(total))
                unit = journal.next_unit(conn) if unit is None else unit
                journal.record(conn, sentence, inverse, unit)
        return sentence

    def _unread_slices(self, view: View) -> Iterator[Sequence[int]]:
        where, parameters = lists.condition(view)
        sql = UNREAD_OF_VIEW.format(where=where, order=lists.ORDER)
        last = lists.newest_id(self._cache.reader())
        before: list[int] = []
        while rows := self._cache.read(sql, (last, *parameters, SLICE)):
            ids = [id for (id,) in rows]
            if ids == before:  # they were marked, and are still listed: it would never end
                raise CacheCorrupt(self._cache.path, "its index of unread articles is wrong")
            yield ids
            before = ids


def _read_whole(conn: sqlite3.Connection, ids: Sequence[int]) -> tuple[list[journal.Step], int]:
    """Mark articles read, also those that were only opened; the way back, and how many it were."""
    part = shown.whole(conn, ids)
    changed = undoing.set_unread(conn, ids, False)
    inverse: list[journal.Step] = [["set_unread", changed, True]] if changed else []
    inverse += [["put_shown_back", part]] if part else []
    return inverse, len({*changed, *(id for id, _ in part)})


def _unread(conn: sqlite3.Connection, ids: Sequence[int]) -> tuple[list[journal.Step], int]:
    """Mark articles unread; the way back, and how many it were."""
    changed = undoing.set_unread(conn, ids, True)
    if not changed:
        return [], 0
    whole = shown.of_whole(conn, changed)
    inverse: list[journal.Step] = [["set_unread", changed, False]]
    inverse += [["read_whole", whole]] if whole else []
    return inverse, len(changed)


def _slices(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(ids), SLICE):
        yield ids[start : start + SLICE]


def _stars(conn: sqlite3.Connection, ids: Iterable[int]) -> list[tuple[int, int, int | None]]:
    return conn.execute(
        """SELECT a.id, a.starred, k.starred_at FROM article a
        LEFT JOIN bookmark k ON k.article = a.id
        WHERE a.id IN (SELECT value FROM json_each(?)) AND a.hidden = 0""",
        (json.dumps(list(ids)),),
    ).fetchall()


def _present(conn: sqlite3.Connection, ids: Iterable[int]) -> list[int]:
    sql = "SELECT id FROM article WHERE id IN (SELECT value FROM json_each(?)) AND hidden = 0"
    return [id for (id,) in conn.execute(sql, (json.dumps(list(ids)),)).fetchall()]


def _tags(names: Iterable[str]) -> list[str]:
    """Tags as they are kept. Raises UsageError for one that says nothing."""
    cleaned = [" ".join(str(safe.line(name, cap=80)).split()).lstrip("#") for name in names]
    if not all(cleaned):
        raise UsageError("a tag needs at least one letter")
    return list(dict.fromkeys(cleaned))


def _said(
    conn: sqlite3.Connection,
    inverse: list[journal.Step],
    done: str,
    ids: Sequence[int],
    whither: str = "",
) -> str:
    """Journal an act that changed something, and say it: one article by its title."""
    if not inverse:
        return "Nothing to change: it was so already"
    if len(ids) == 1:
        [title] = conn.execute("SELECT title FROM article WHERE id = ?", (ids[0],)).fetchone()
        sentence = f"{done} “{title if len(title) <= 60 else title[:59].rstrip() + '…'}”{whither}"
    else:
        sentence = f"{done} {_articles(len(ids))}{whither}"
    journal.record(conn, sentence, inverse)
    return sentence


def _gone_with_source(
    conn: sqlite3.Connection, inverse: list[journal.Step], ids: Sequence[int]
) -> str:
    """What became of those that only this mark had kept; they are erased once the act is final."""
    present = set(_present(conn, ids))
    gone = [id for id in ids if id not in present]
    if not gone:
        return ""
    inverse.append(["settle", gone])
    return ", gone with its source" if len(ids) == 1 else f", {len(gone):,} gone with their source"


def _stayed(conn: sqlite3.Connection, source: SourceId) -> str:
    """Which articles of a removed source are kept, and for what."""
    kept, *why = conn.execute(STAYED, (source,)).fetchone()
    marks = [mark for mark, found in zip(MARKS, why, strict=True) if found]
    *others, last = marks or [""]
    said = f"{', '.join(others)} or {last}" if others else last
    return f" and kept the {_articles(kept)} you {said}" if kept else ""


def _quoted(text: str) -> str:
    line = " ".join(text.split())
    return f"“{line if len(line) <= 36 else line[:35].rstrip() + '…'}”"


def _articles(count: int) -> str:
    return f"{count:,} article{'' if count == 1 else 's'}"
