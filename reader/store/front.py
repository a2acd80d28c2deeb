"""What the front page asks of the cache: a few questions over what came last."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from reader.model import LISTING
from reader.store.stories import SCALE

if TYPE_CHECKING:
    from reader.store.cache import Cache

NEWEST = "SELECT coalesce(max(id), 0) FROM article"
NEXT_SEEN = "SELECT id, seen FROM article WHERE id > ? ORDER BY id LIMIT 1"
UNREAD_AFTER = """SELECT id, story, source, sorted_at, seen FROM article
    WHERE id > ? AND unread = 1 AND hidden = 0 ORDER BY id DESC LIMIT ?"""
EDITED_AFTER = """SELECT id, story, source, changed, changed FROM article
    WHERE read_revision IS NOT NULL AND changed > ? AND unread = 0 AND hidden = 0
    ORDER BY changed DESC LIMIT ?"""
FIELDS = """a.id, a.story, a.source, coalesce(a.site, s.title), a.url, a.title, a.sorted_at,
    CASE WHEN s.kind = 'feed' THEN a.sorted_at ELSE a.seen END, a.unread, a.words, a.minutes,
    a.settles, a.named, CASE WHEN a.unread = 0 AND a.read_revision IS NOT NULL THEN a.changed END,
    a.id IS (SELECT headline FROM story WHERE story.id = a.story)"""
OF_STORIES = f"""SELECT {FIELDS} FROM article a JOIN source s ON s.id = a.source
    WHERE a.story IN (SELECT value FROM json_each(?)) AND a.hidden = 0"""
OF_ARTICLES = f"""SELECT {FIELDS} FROM article a JOIN source s ON s.id = a.source
    WHERE a.id IN (SELECT value FROM json_each(?)) AND a.hidden = 0"""
SOURCES = "SELECT id, kind, url, added_as FROM source WHERE removed = 0"
OPENINGS = """SELECT id, substr(text, 1, ?) FROM body
    WHERE id IN (SELECT value FROM json_each(?))"""
HASHES = """SELECT a.id, a.hash, s.spans FROM article a LEFT JOIN shown s ON s.article = a.id
    WHERE a.id IN (SELECT value FROM json_each(?))"""
NEWS = """SELECT article, basis, sentences, words FROM news
    WHERE article IN (SELECT value FROM json_each(?))"""
KEEP_NEWS = """INSERT OR REPLACE INTO news(article, basis, sentences, words)
    SELECT id, ?, ?, ? FROM article WHERE id = ?"""
NEAR = """SELECT one, max(cosine, 0) FROM likeness
    WHERE one IN (SELECT value FROM json_each(?1))
    AND +other IN (SELECT value FROM json_each(?2))"""
LEAST_NEARNESS = 0.05
"""Of what is too little alike to be noted."""

Row = tuple[
    int,
    int | None,
    int,
    str,
    str | None,
    str,
    int,
    int,
    int,
    int,
    int,
    int | None,
    int | None,
    int | None,
]
"""The fields of `reader.stories.front.Piece`, with the whole address."""


Arrived = tuple[int, int | None, int, int, int]
"""Id, story, source, when it was told, when it came."""


def newest(cache: Cache) -> int:
    """The article that came last."""
    [(found,)] = cache.read(NEWEST)
    return int(found)


def before(cache: Cache, moment: int) -> int:
    """The last article that came before `moment`: ids are in order of arrival."""
    low, high = 0, newest(cache)
    while low < high:
        middle = (low + high) // 2
        row = cache.row(NEXT_SEEN, (middle,))
        if row is None or row[1] >= moment:
            high = middle
        else:
            low = row[0]
    return low


def unread_after(cache: Cache, article: int, limit: int) -> list[Arrived]:
    """The unread articles that came after one."""
    return cache.read(UNREAD_AFTER, (article, limit))


def edited_after(cache: Cache, moment: int, limit: int) -> list[Arrived]:
    """The articles that were edited since they were read, from a moment on: the edit is what was
    told, and what came."""
    return cache.read(EDITED_AFTER, (moment, limit))


def of_stories(cache: Cache, stories: Collection[int]) -> list[Row]:
    """The articles of these stories, read or not."""
    return cache.read(OF_STORIES, (json.dumps(list(stories)),))


def of_articles(cache: Cache, ids: Collection[int]) -> list[Row]:
    """These articles."""
    return cache.read(OF_ARTICLES, (json.dumps(list(ids)),)) if ids else []


def sources(cache: Cache) -> list[tuple[int, bool, str, str | None]]:
    """(id, whether it is a feed, its address, what the person typed) of each source."""
    return [(id, kind in LISTING, url, added_as) for id, kind, url, added_as in cache.read(SOURCES)]


def openings(cache: Cache, ids: Iterable[int], characters: int) -> dict[int, str]:
    """How the texts of these articles begin."""
    return dict(cache.read(OPENINGS, (characters, json.dumps(list(ids)))))


def hashes(cache: Cache, ids: Iterable[int]) -> dict[int, bytes]:
    """What tells one text of these articles from another, and what of it was read."""
    return {
        id: hash + (spans or "").encode()
        for id, hash, spans in cache.read(HASHES, (json.dumps(list(ids)),))
    }


def news(cache: Cache, ids: Iterable[int]) -> dict[int, tuple[bytes, int, int]]:
    """What was counted of these articles: against what, sentences, words."""
    return {id: found for id, *found in cache.read(NEWS, (json.dumps(list(ids)),))}


def nearness(cache: Cache, ids: Iterable[int], read: Collection[int]) -> dict[int, float]:
    """How like each article is to what was read, in the mean, up to 1; 1 if it is among that."""
    ids = list(ids)
    alike = dict.fromkeys(ids, 0.0)
    for id, cosine in cache.read(NEAR, (json.dumps(ids), json.dumps(list(read)))):
        alike[id] += cosine / SCALE / len(read)
    return {id: 1.0 if id in read else max(LEAST_NEARNESS, alike[id]) for id in ids}


def keep_news(cache: Cache, id: int, basis: bytes, sentences: int, words: int) -> None:
    """Keep what was counted; in a cache that is only readable it is counted again."""
    if not cache.readonly:
        with cache.write() as conn:
            conn.execute(KEEP_NEWS, (basis, sentences, words, id))
