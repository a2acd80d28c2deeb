"""Makes what newsboat keeps: `urls`, and a `cache.db` with the tables of version 2.36."""

import sqlite3
from pathlib import Path
from typing import Any

SCHEMA = """
CREATE TABLE rss_feed(rssurl VARCHAR(1024) PRIMARY KEY NOT NULL, url VARCHAR(1024) NOT NULL,
    title VARCHAR(1024) NOT NULL, lastmodified INTEGER(11) NOT NULL DEFAULT 0,
    is_rtl INTEGER(1) NOT NULL DEFAULT 0, etag VARCHAR(128) NOT NULL DEFAULT '');
CREATE TABLE rss_item(id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, guid VARCHAR(64) NOT NULL,
    title VARCHAR(1024) NOT NULL, author VARCHAR(1024) NOT NULL, url VARCHAR(1024) NOT NULL,
    feedurl VARCHAR(1024) NOT NULL, pubDate INTEGER NOT NULL, content VARCHAR(65535) NOT NULL,
    unread INTEGER(1) NOT NULL, enclosure_url VARCHAR(1024), enclosure_type VARCHAR(1024),
    enqueued INTEGER(1) NOT NULL DEFAULT 0, flags VARCHAR(52),
    deleted INTEGER(1) NOT NULL DEFAULT 0, base VARCHAR(128) NOT NULL DEFAULT '',
    content_mime_type VARCHAR(255) NOT NULL DEFAULT '',
    enclosure_description VARCHAR(1024) NOT NULL DEFAULT '',
    enclosure_description_mime_type VARCHAR(128) NOT NULL DEFAULT '');
CREATE TABLE google_replay(id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, guid VARCHAR(64),
    state INTEGER NOT NULL, ts INTEGER NOT NULL);
CREATE TABLE metadata(db_schema_version_major INTEGER NOT NULL,
    db_schema_version_minor INTEGER NOT NULL);
INSERT INTO metadata VALUES (2, 22);
CREATE INDEX idx_rssurl ON rss_feed(rssurl);
CREATE INDEX idx_guid ON rss_item(guid);
CREATE INDEX idx_feedurl ON rss_item(feedurl);
"""

NOVEMBER = 1_700_000_000


class Shelf:
    """A folder in which newsboat keeps its things."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.database = folder / "cache.db"
        self._conn = sqlite3.connect(self.database)
        self._conn.executescript(SCHEMA)
        self._count = 0

    def feed(self, address: str, title: str = "The Gazette", home: str = "") -> str:
        self._conn.execute(
            "INSERT INTO rss_feed(rssurl, url, title) VALUES (?, ?, ?)", (address, home, title)
        )
        self._conn.commit()
        return address

    def item(self, feed: str, guid: str, *, unread: bool = False, **values: Any) -> None:
        self._count += 1
        row = {
            "guid": guid,
            "title": f"Report {self._count}",
            "author": "",
            "url": f"https://gazette.example/{self._count}",
            "feedurl": feed,
            "pubDate": NOVEMBER + 60 * self._count,
            "content": f"<p>This is what report {self._count} says.</p>",
            "unread": int(unread),
            **values,
        }
        names = ", ".join(row)
        marks = ", ".join("?" * len(row))
        self._conn.execute(f"INSERT INTO rss_item({names}) VALUES ({marks})", list(row.values()))

    def urls(self, *lines: str) -> None:
        (self.folder / "urls").write_text("\n".join(lines) + "\n", encoding="utf-8")

    def done(self) -> Path:
        self._conn.commit()
        self._conn.close()
        return self.folder
