"""What becomes of an article that arrives: new, a new text of one we have, or nothing new.

    `reader.store.meeting` finds the article we have
      same record                → skipped
      same words, other details  → details replaced, skipped (`reader.text.edits`)
      same bytes, other words    → the cleaner got better: text replaced, no revision
      other words                → a revision; id, read mark, star, place in lists stay

The index row is written in the same transaction, deleted first with the very text it was made of.
"""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Sequence
from dataclasses import astuple
from dataclasses import replace as replace_fields

from reader import clock
from reader.model import LISTING, Arrival, ArticleId, Cleaned, SourceId, SourceKind
from reader.store import brought, fetches, grams, identity, schema, shown, tally
from reader.store.gating import gated
from reader.store.incoming import Incoming
from reader.store.meeting import Comer, Known, Shelf, find, with_id
from reader.store.times import seconds, sort_stamp
from reader.store.vanished import Vanished
from reader.text import addresses

PACKING = 6
"""zlib's level; 9 saves under 2 % on pages for half as much time again."""
KIND = "SELECT kind FROM source WHERE id = ?"
GONE = "SELECT 1 FROM tombstone WHERE source = ? AND key IN (?, ?)"
ADD = """INSERT INTO article(source, key, guid, title, url, address, site, published, sorted_at,
    seen, changed, unread, starred, words, minutes, lang, summary, record, hash)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""
CHANGE = """UPDATE article SET title = ?, url = coalesce(?, url), address = coalesce(?, address),
    site = ?, published = ?, sorted_at = ?, changed = ?, edits = ?, words = ?, minutes = ?,
    lang = ?, summary = ?, record = ?, hash = ? WHERE id = ?"""
RENAME = """UPDATE article SET key = ?, url = coalesce(?, url), address = coalesce(?, address)
    WHERE id = ?"""
NOT_REREAD = """UPDATE article SET read_revision = edits + 1
    WHERE id = ? AND unread = 0 AND read_revision IS NULL"""
ADD_BODY = """INSERT INTO body(id, text, markdown, authors, kind, section, modified,
    cached_at, quality, related, warnings, keywords, title_grams, grams)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""
"""Not `OR REPLACE`: for a statement that may do two things SQLite sets a mark to come back to, and
at each of those the full-text index writes out what it has gathered."""
PUT_RAW = """INSERT OR REPLACE INTO raw(id, packed, hash, url, name, content_type, title)
    VALUES (?, ?, ?, ?, ?, ?, ?)"""
INDEX = "INSERT INTO fts(rowid, title, authors, text) VALUES (?, ?, ?, ?)"
"""With the values that `searched` has: read back from there it takes five times as long."""
UNINDEX = """INSERT INTO fts(fts, rowid, title, authors, text)
    SELECT 'delete', id, title, authors, text FROM searched WHERE id = ?"""
SEGMENTS = 8
"""Parts of one size that the index gathers before it merges them (FTS5, `automerge`). Of 80,000
articles that came fifty at a time each costs 0.104 ms with 8, 0.136 with its own 4, and words are
found as fast. With 16, where all are merged at once, one commit takes 283 ms in place of 20."""
SEGMENTS_SET = "SELECT v FROM fts_config WHERE k = 'automerge'"
SET_SEGMENTS = "INSERT INTO fts(fts, rank) VALUES('automerge', ?)"
OLD_TEXT = """INSERT INTO revision(article, number, seen, title, text, markdown)
    SELECT a.id, a.edits + 1, a.changed, a.title, b.text, b.markdown
    FROM article a JOIN body b ON b.id = a.id WHERE a.id = ?"""


def keep_all(conn: sqlite3.Connection, source: SourceId, many: Sequence[Incoming]) -> list[Arrival]:
    """Put articles of one source where they belong, in this order, inside the transaction the
    caller has begun."""
    [kind] = map(SourceKind, conn.execute(KIND, (source,)).fetchone())
    now = seconds(clock.now())
    comers = [Comer(source, kind, incoming, now) for incoming in many]
    shelf = Shelf(conn, source, comers) if len(comers) > 1 else None
    listed = many[0].rivals if many and kind in LISTING else None
    vanished = Vanished(conn, source, listed, comers) if listed else None
    arrivals = [_keep(conn, each, shelf, vanished) for each in comers]
    added = [each for each in comers if each.is_new]
    unread = sum(each.incoming.unread for each in added)
    tally.adjust(conn, [source] * len(added), [source] * unread, +1)
    return arrivals


def merge_seldom(conn: sqlite3.Connection) -> None:
    """Let the index gather `SEGMENTS`, from now on; files made by older versions do not yet."""
    if conn.execute(SEGMENTS_SET).fetchone() != (SEGMENTS,):
        conn.execute(SET_SEGMENTS, (SEGMENTS,))


def _keep(
    conn: sqlite3.Connection, comer: Comer, shelf: Shelf | None, vanished: Vanished | None
) -> Arrival:
    guid = comer.incoming.guid
    if not comer.cleaned.text.strip() and not comer.cleaned.title:
        return Arrival("refused", guid=guid, reason="there is nothing to read in it")
    if shelf is None or shelf.may_hold(comer):
        if (known := find(conn, comer)) is not None:
            if comer.incoming.rivals:
                _rename(conn, known, comer)
            return _meet(conn, known, comer)
        names = (comer.source, comer.key, comer.told)
        if comer.kind in LISTING and conn.execute(GONE, names).fetchone():
            return Arrival("skipped", guid=guid, reason="it was deleted before")
    if vanished is not None and (id := vanished.like(comer)) is not None:
        known = with_id(conn, ArticleId(id))
        _rename(conn, known, comer)
        return _meet(conn, known, comer)
    return _add(conn, comer)


def _rename(conn: sqlite3.Connection, known: Known, comer: Comer) -> None:
    """From now on it is known by the name that its feed gives it, and to be had where that says."""
    if known.key != comer.key:
        url = identity.storable(comer.url) if comer.url else None
        conn.execute(RENAME, (comer.key, url, comer.address, known.id))


def replace(conn: sqlite3.Connection, id: ArticleId, cleaned: Cleaned) -> Arrival:
    """Give an article the text a better cleaner made of the same bytes; no revision."""
    known = with_id(conn, id)
    cleaned = gated(cleaned)
    return _change(conn, known, None, cleaned, cleaned.url, edited=False)


def _meet(conn: sqlite3.Connection, known: Known, comer: Comer) -> Arrival:
    """The article is there already: what is new about it, and what was marked elsewhere?"""
    marks = () if known.hidden else brought.put_lacking(conn, known.id, comer.incoming, comer.seen)
    arrival = _compare(conn, known, comer)
    if marks:
        now = f"now {', '.join(marks)}"
        return replace_fields(arrival, reason=f"{arrival.reason}; {now}" if arrival.reason else now)
    return arrival


def _compare(conn: sqlite3.Connection, known: Known, comer: Comer) -> Arrival:
    """What the text that comes is to the one that is there."""
    incoming = comer.incoming
    went_with_source = known.hidden in (schema.SOURCE_REMOVED, schema.LET_GO)
    if known.hidden:
        marked_elsewhere = went_with_source and incoming.is_marked
        if comer.kind in LISTING and not marked_elsewhere:
            return Arrival("skipped", ArticleId(known.id), incoming.guid, known.title)
        _bring_back(conn, known)
        if marked_elsewhere:
            brought.put(conn, known.id, incoming, comer.seen)
    may_be_headline = incoming.is_headline or comer.kind not in LISTING
    if may_be_headline and not comer.cleaned.text.strip() and _has_text(conn, known.id):
        return Arrival("skipped", ArticleId(known.id), incoming.guid, known.title, "its text stays")
    if comer.kind in LISTING and incoming.raw is None and fetches.is_whole(conn, known.id):
        # Its feed has renamed it: the beginning that a feed gives is not to replace its page.
        return Arrival("skipped", ArticleId(known.id), incoming.guid, known.title)
    same_bytes = incoming.raw is not None and _raw_digest(conn, known.id) == identity.bytes_digest(
        incoming.raw
    )
    edited = not same_bytes and not incoming.is_fuller
    arrival = _change(conn, known, incoming, comer.cleaned, comer.url, edited=edited)
    if known.hidden and arrival.status == "skipped":
        why = "it had gone with its source" if went_with_source else "it had been deleted"
        return Arrival("added", arrival.id, arrival.guid, arrival.title, why)
    return arrival


def _add(conn: sqlite3.Connection, comer: Comer) -> Arrival:
    """A new article. Its source's numbers are the caller's to change."""
    incoming, cleaned, key = comer.incoming, comer.cleaned, comer.key
    title = cleaned.title or "Untitled"
    digest = identity.text_digest(title, cleaned.text, cleaned.markdown)
    row = (
        comer.source,
        key,
        identity.storable(incoming.guid) if incoming.guid else key,
        title,
        identity.storable(comer.url) if comer.url else None,
        comer.address,
        cleaned.site,
        cleaned.published,
        comer.stamp,
        comer.seen,
        comer.seen,
        int(incoming.unread),
        int(incoming.starred),
        cleaned.words,
        cleaned.minutes,
        cleaned.language,
        cleaned.summary,
        identity.record_digest(cleaned, digest),
        digest,
    )
    id = ArticleId(conn.execute(ADD, row).lastrowid or 0)
    _put_body(conn, id, title, cleaned)
    _put_raw(conn, id, incoming)
    if incoming.site:
        remember_lines(conn, id, incoming.site, incoming.prints)
    brought.put(conn, id, incoming, comer.seen)
    comer.is_new = True
    return Arrival("added", id, incoming.guid, title)


def _change(
    conn: sqlite3.Connection,
    known: Known,
    incoming: Incoming | None,
    cleaned: Cleaned,
    url: str | None,
    *,
    edited: bool,
) -> Arrival:
    from reader.text import edits

    guid = incoming.guid if incoming else None
    id = ArticleId(known.id)
    title = cleaned.title or known.title
    digest = identity.text_digest(title, cleaned.text, cleaned.markdown)
    record = identity.record_digest(cleaned, digest)
    if record == known.record:
        return Arrival("skipped", id, guid, known.title)
    now = seconds(clock.now())
    [old] = conn.execute("SELECT text FROM body WHERE id = ?", (id,)).fetchone()
    new_text = digest != known.hash and edits.reads_differently(
        known.title, old, title, cleaned.text
    )
    is_revision = edited and new_text
    # A date once given stays, unless the same bytes are only read better now.
    published = (known.published or cleaned.published) if edited else cleaned.published
    conn.execute(UNINDEX, (id,))
    if is_revision:
        conn.execute(OLD_TEXT, (id,))
        conn.execute(NOT_REREAD, (id,))
    address = addresses.address(url)
    changed = (
        title,
        identity.storable(url) if url else None,
        identity.storable(address) if address else None,
        cleaned.site,
        published,
        sort_stamp(published or cleaned.cached_at, known.seen),
        now if is_revision else known.changed,
        known.edits + is_revision,
        cleaned.words,
        cleaned.minutes,
        cleaned.language,
        cleaned.summary,
        record,
        digest,
        id,
    )
    conn.execute(CHANGE, changed)
    conn.execute("DELETE FROM body WHERE id = ?", (id,))
    _put_body(conn, id, title, cleaned)
    if cleaned.text != old:
        shown.carry(conn, id, old, cleaned.text)
    if incoming is not None:
        _put_raw(conn, id, incoming)
        remember_lines(conn, id, incoming.site, incoming.prints)
    if is_revision:
        return Arrival("updated", id, guid, title)
    if new_text:
        return Arrival("updated", id, guid, title, "the same page, cleaned better")
    return Arrival("skipped", id, guid, title, "only details changed")


def _put_body(conn: sqlite3.Connection, id: int, title: str, cleaned: Cleaned) -> None:
    """Write what is read of it, and let it be found by that."""
    related = [astuple(each) for each in cleaned.related]
    authors = "\n".join(cleaned.authors)
    title_grams, text_grams = grams.index_text(title), grams.index_text(cleaned.text)
    conn.execute(
        ADD_BODY,
        (
            id,
            cleaned.text,
            cleaned.markdown,
            authors,
            cleaned.kind,
            cleaned.section,
            cleaned.modified,
            cleaned.cached_at,
            cleaned.quality,
            _json(related),
            _json(cleaned.warnings),
            _json(cleaned.tags),
            title_grams,
            text_grams,
        ),
    )
    indexed = (_with_grams(title, title_grams), authors, _with_grams(cleaned.text, text_grams))
    conn.execute(INDEX, (id, *indexed))


def _with_grams(text: str, found: str | None) -> str:
    return text if found is None else f"{text}\n{found}"


def _json(values: object) -> str | None:
    return json.dumps(values, ensure_ascii=False) if values else None


def _put_raw(conn: sqlite3.Connection, id: int, incoming: Incoming) -> None:
    if incoming.raw is None:
        return
    facts = (incoming.url, incoming.name, incoming.content_type, incoming.title)
    conn.execute(
        PUT_RAW,
        (
            id,
            zlib.compress(incoming.raw, PACKING),
            identity.bytes_digest(incoming.raw),
            *(identity.storable(fact) if fact else None for fact in facts),
        ),
    )


def _has_text(conn: sqlite3.Connection, id: int) -> bool:
    [text] = conn.execute("SELECT trim(text) FROM body WHERE id = ?", (id,)).fetchone()
    return bool(text)


def _raw_digest(conn: sqlite3.Connection, id: int) -> bytes | None:
    row = conn.execute("SELECT hash FROM raw WHERE id = ?", (id,)).fetchone()
    return row[0] if row else None


def remember_lines(
    conn: sqlite3.Connection, id: int, site: str | None, prints: frozenset[int]
) -> None:
    """Note the lines of a page, in place of those it had before."""
    conn.execute("DELETE FROM site_line WHERE article = ?", (id,))
    if site:
        conn.executemany(
            "INSERT OR IGNORE INTO site_line(site, print, article) VALUES (?, ?, ?)",
            [(site, line, id) for line in prints],
        )


def _bring_back(conn: sqlite3.Connection, known: Known) -> None:
    [source] = conn.execute(
        "UPDATE article SET hidden = ? WHERE id = ? RETURNING source", (schema.SHOWN, known.id)
    ).fetchone()
    tally.adjust(conn, [source], [source] if known.unread else [], +1)
