"""A server of feeds on loopback, which answers as a test says and remembers what was asked."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Callable
from dataclasses import dataclass, field

Respond = Callable[["Handler"], None]


@dataclass
class Entry:
    """What a feed of the newsstand lists."""

    guid: str | None
    title: str = "A quiet day"
    text: str = "Nothing happened today, and nobody minded very much."
    link: str | None = None
    published: str | None = "Mon, 06 Jan 2025 08:00:00 GMT"

    def xml(self) -> str:
        parts = [f"<title>{self.title}</title>"]
        if self.guid is not None:
            parts.append(f'<guid isPermaLink="false">{self.guid}</guid>')
        if self.link is not None:
            parts.append(f"<link>{self.link}</link>")
        if self.published is not None:
            parts.append(f"<pubDate>{self.published}</pubDate>")
        body = f"<content:encoded><![CDATA[<p>{self.text}</p>]]></content:encoded>"
        return f"<item>{''.join(parts)}{body}</item>"


def rss(*entries: Entry, more: str = "") -> bytes:
    """An RSS feed."""
    items = "".join(entry.xml() for entry in entries)
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        "<title>Low Sluice Gazette</title><link>http://gazette.example/</link>"
        f"<description>News</description>{more}{items}</channel></rss>"
    ).encode()


@dataclass
class Page:
    """What an address answers with."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.0"
    stand: Newsstand

    def do_GET(self) -> None:
        self.stand.asked.append((self.path, dict(self.headers)))
        page = self.stand.pages.get(self.path, Page(b"no such page", 404))
        if callable(page):
            page(self)
            return
        etag = page.headers.get("ETag")
        date = page.headers.get("Last-Modified")
        told = self.headers.get("If-None-Match"), self.headers.get("If-Modified-Since")
        same = told[0] == etag if etag and told[0] else bool(date) and told[1] == date
        self.send_response_only(304 if page.status == 200 and same else page.status)
        for name, value in page.headers.items():
            self.send_header(name, value)
        self.end_headers()
        if not (page.status == 200 and same):
            self.wfile.write(page.body)

    def log_message(self, *_: object) -> None:
        pass


class Newsstand:
    """The server."""

    Entry = Entry
    rss = staticmethod(rss)

    def __init__(self) -> None:
        self.pages: dict[str, Page | Respond] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        handler = type("Own", (Handler,), {"stand": self})
        self._http = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._http.daemon_threads = True
        self.port = self._http.server_address[1]
        threading.Thread(target=self._http.serve_forever, args=(0.02,), daemon=True).start()

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def sell(self, path: str, body: bytes = b"", status: int = 200, **headers: str) -> str:
        """Let an address answer; its whole address. `ETag="…"`, `Retry_After="5"` are headers."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.pages[path] = Page(body, status, named)
        return self.url(path)

    def asked_for(self, path: str) -> list[dict[str, str]]:
        """The headers of each request for an address."""
        return [headers for asked, headers in self.asked if asked == path]

    def close(self) -> None:
        self._http.shutdown()
        self._http.server_close()
