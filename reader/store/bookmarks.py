"""What the person starred, and a plain copy of it beside the cache that outlives a damaged one."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from reader.model import ArticleId, Bookmark
from reader.store.times import moment

if TYPE_CHECKING:
    from reader.store.cache import Cache

STARRED = """SELECT k.article, k.starred_at, k.note
    FROM bookmark k CROSS JOIN article a ON a.id = k.article
    WHERE k.starred_at IS NOT NULL AND a.hidden = 0 ORDER BY k.starred_at DESC, k.article DESC"""
"""CROSS: SQLite would go through all articles to find the few."""
TAGS = """SELECT t.article, t.name FROM bookmark k CROSS JOIN tag t ON t.article = k.article
    WHERE k.starred_at IS NOT NULL ORDER BY t.name"""
LINES = """
    SELECT json_object('guid', a.guid, 'title', a.title, 'url', a.url, 'source', s.title,
        'origin', json_patch('{}', json_object('kind', s.kind, 'url', s.url,
            'added_as', s.added_as, 'home', s.home, 'folder', s.folder,
            'removed', json(iif(s.removed, 'true', NULL)))),
        'published', a.published, 'unread', json(iif(a.unread, 'true', 'false')),
        'starred_at', strftime('%Y-%m-%dT%H:%M:%SZ', k.starred_at, 'unixepoch'), 'note', k.note,
        'tags', (SELECT json_group_array(name) FROM tag WHERE article = a.id),
        'highlights', (SELECT json_group_array(json_object('quote', quote, 'before', before,
            'start', start, 'note', note,
            'made_at', strftime('%Y-%m-%dT%H:%M:%SZ', made_at, 'unixepoch')))
            FROM highlight WHERE article = a.id))
    FROM article a JOIN source s ON s.id = a.source LEFT JOIN bookmark k ON k.article = a.id
    WHERE a.hidden = 0 AND a.id IN
        (SELECT article FROM bookmark UNION SELECT article FROM tag
            UNION SELECT article FROM highlight)
    ORDER BY a.id"""


class Bookmarks:
    """The bookmarks of a cache."""

    def __init__(self, cache: Cache) -> None:
        self._cache = cache

    @property
    def beside(self) -> Path:
        """The file of JSON lines that says again what the person starred, tagged and noted."""
        return self._cache.path.with_name("bookmarks.jsonl")

    def all(self) -> list[Bookmark]:
        """Every starred article, the last starred first."""
        rows = self._cache.read(STARRED)
        tags: dict[int, list[str]] = {}
        for id, name in self._cache.read(TAGS):
            tags.setdefault(id, []).append(name)
        headlines = {h.id: h for h in self._cache.articles.headlines(id for id, _, _ in rows)}
        return [
            Bookmark(headlines[ArticleId(id)], moment(at), note, tuple(tags.get(id, ())))
            for id, at, note in rows
            if id in headlines  # another process may have deleted it between the questions
        ]

    def write_beside(self) -> None:
        """Write the copy anew, whole or not at all. What it says is safe in the cache already, so
        a disk that cannot take it is no failure of the act it follows."""
        lines = "".join(f"{line}\n" for (line,) in self._cache.read(LINES))
        new = self.beside.with_name(f".bookmarks.{os.getpid()}.new")
        try:
            with open(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
                file.write(lines.encode())
            os.replace(new, self.beside)
        except OSError:
            new.unlink(missing_ok=True)
