"""feedparser's own expectations, translated to our record.

Beside every file stands an expression on feedparser's result. Those of its comparisons that speak
of a field we keep are translated and judged; an expression that speaks of others only (rights,
generators, geography…) is not counted. Text is compared as a reader sees it; HTML by its text, its
links and its pictures, since which harmless tags survive is a matter of taste; dates as moments.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from lxml import html as lxml_html

from reader.feeds import Entry, Feed
from reader.text import safe
from reader.text.dates import moment

ADDRESS = "http://127.0.0.1:8097/feed.xml"
"""Where the files that were made for an HTTP server are supposed to come from."""
_LOCATION = re.compile(rb"^Header:\s+Content-Location:\s*(\S+)", re.MULTILINE)
"""Or that they name themselves: our reader is told the address that was fetched in the end."""

FEED_TEXTS = {"title": "title", "subtitle": "description", "tagline": "description",
              "description": "description", "info": "description"}  # fmt: skip
MOMENTS = {"published": "published", "updated": "updated", "date": "updated",
           "modified": "updated", "issued": "published", "created": "published"}  # fmt: skip


@dataclass(frozen=True)
class Case:
    """A file, and what is expected of it."""

    name: str
    body: bytes
    expect: str
    url: str


@dataclass(frozen=True)
class Claim:
    """One comparison of an expectation that speaks of a field we keep."""

    path: tuple[Any, ...]
    value: Any


def cases(folder: Path) -> Iterator[Case]:
    """Every file with its expectation."""
    for line in (folder / "expectations.jsonl").read_text(encoding="utf-8").splitlines():
        told = json.loads(line)
        body = (folder / told["file"]).read_bytes()
        location = _LOCATION.search(body)
        url = urljoin(ADDRESS, location[1].decode()) if location else ADDRESS
        yield Case(told["file"], body, told["expect"], safe.link(url) or ADDRESS)


def claims(expect: str) -> list[Claim] | None:
    """The claims of an expression on kept fields; None if it has none, or others beside them."""
    found: list[Claim] = []
    for part in _parts(ast.parse(expect.strip(), mode="eval").body):
        if isinstance(part, ast.Compare) and len(part.ops) >= 1:
            sides = [part.left, *part.comparators]
            try:
                value = ast.literal_eval(sides[-1]) if not isinstance(sides[-1], ast.BinOp) else (
                    eval(compile(ast.Expression(sides[-1]), "", "eval"), {"__builtins__": {}})
                )  # fmt: skip
            except (ValueError, SyntaxError):
                return None
            if not all(isinstance(op, ast.Eq | ast.Is) for op in part.ops):
                return None
            for side in sides[:-1]:
                path = _path(side)
                if path is None or not keeps(path):
                    return None
                found.append(Claim(path, value))
        elif not (isinstance(part, ast.Name | ast.UnaryOp | ast.Constant)):
            return None
    return found or None


def keeps(path: tuple[Any, ...]) -> bool:
    """Does our record have the field?"""
    match path:
        case ("version",):
            return True
        case ("feed", name) if name in FEED_TEXTS or name in MOMENTS:
            return True
        case ("feed", name, "value"):
            return name.removesuffix("_detail") in FEED_TEXTS
        case ("feed", "link" | "language" | "ttl" | "newlocation" | "author"):
            return True
        case ("entries", int(), name) if name in MOMENTS:
            return True
        case (_, *_, name) if isinstance(name, str) and name.endswith("_parsed"):
            return name.removesuffix("_parsed") in MOMENTS and len(path) < 4
        case ("entries", int(), "id" | "guid" | "link" | "title" | "comments" | "author"):
            return True
        case ("entries", int(), "summary" | "description" | "language"):
            return True
        case ("entries", int(), "title_detail" | "summary_detail", "value"):
            return True
        case ("entries", int(), "content", int(), "value"):
            return True
        case ("entries", int(), "enclosures", int(), *rest):
            return not rest or rest[0] in ("href", "url", "length", "type")
        case (*_, "tags", int(), "term") | (*_, "authors", int(), "name"):
            return "source" not in path
        case (*_, "author_detail", "name"):
            return "source" not in path
        case _:
            return False


def holds(feed: Feed, claim: Claim) -> bool:
    """Is the claim true of our record?"""
    path, expected = claim.path, claim.value
    if path == ("version",):
        kind, digits = expected.rstrip("0123456789un"), "".join(filter(str.isdigit, expected))
        return (feed.format or "").lower() == f"{kind} {digits[0]}.{digits[1:]}"
    if path[0] == "feed":
        return _holds(feed, None, path[1:], expected)
    number = path[1]
    return number < len(feed.entries) and _holds(feed, feed.entries[number], path[2:], expected)


def _holds(feed: Feed, entry: Entry | None, path: tuple[Any, ...], expected: Any) -> bool:
    of: Any = entry or feed
    name = path[0].removesuffix("_detail") if path[-1] in ("value",) else path[0]
    if path[0].endswith("_parsed"):
        told = getattr(of, MOMENTS[path[0].removesuffix("_parsed")])
        return told is not None and moment(told).timetuple()[:6] == tuple(expected[:6])
    if name in MOMENTS:
        told = getattr(of, MOMENTS[name])
        return told is not None and moment(told) == _moment(expected)
    match path:
        case ("tags", number, "term"):
            return number < len(of.tags) and of.tags[number] == expected
        case ("authors", number, "name"):
            return number < len(of.authors) and of.authors[number] == expected
        case ("author_detail", "name"):
            return of.authors[:1] == (expected,)
        case ("author",):
            return bool(of.authors) and of.authors[0] in expected
        case ("enclosures", number, *rest):
            return _enclosure(of.enclosures[number], rest, expected)
        case ("link",):
            return (of.url if entry else feed.home) == expected
        case ("id",) | ("guid",):
            return entry is not None and entry.id == expected
        case ("comments" | "language",):
            return getattr(of, path[0]) == expected
        case ("ttl",):
            return str(feed.rhythm.ttl_minutes) == expected
        case ("newlocation",):
            return feed.moved_to == expected
    if entry is None:
        return _same_text(getattr(feed, FEED_TEXTS[name]), expected)
    if name == "title":
        return _same_text(entry.title, expected)
    pieces = (entry.content, entry.summary) if name == "content" else (entry.summary, entry.content)
    return _same_html(next((piece for piece in pieces if piece), None), expected)


def _enclosure(enclosure: Any, rest: list[str], expected: Any) -> bool:
    told = {"href": enclosure.url, "url": enclosure.url, "type": enclosure.type,
            "length": None if enclosure.length is None else str(enclosure.length)}  # fmt: skip
    if rest:
        return told[rest[0]] == expected
    return all(told[key] == value for key, value in expected.items())


def _moment(told: str) -> datetime:
    try:
        read = datetime.fromisoformat(told)
    except ValueError:
        read = parsedate_to_datetime(told)
    return read.astimezone(UTC) if read.tzinfo else read.replace(tzinfo=UTC)


def _same_text(told: str | None, expected: str) -> bool:
    told = _squeezed(told or "")
    return told in (_squeezed(expected), _squeezed(_seen(expected)[0]))


def _same_html(told: str | None, expected: str) -> bool:
    ours, theirs = _seen(told or ""), _seen(expected)
    return ours == theirs or (ours[0] == _squeezed(expected) and not ours[1])


def _seen(html: str) -> tuple[str, list[tuple[str, str | None]]]:
    """The text, and the addresses of links and pictures."""
    if "<" not in html:
        return _squeezed(unescape(html)), []
    tree = lxml_html.fromstring(f"<div>{html}</div>")
    links = [(e.tag, safe.link(unescape(url))) for e in tree.iter("a", "img")
             for url in (e.get("href") or e.get("src"),) if url]  # fmt: skip
    return _squeezed(tree.text_content()), links


def _squeezed(text: str) -> str:
    return " ".join(text.split())


def _parts(node: ast.expr) -> list[ast.expr]:
    if isinstance(node, ast.BoolOp) and isinstance(node.op, ast.And):
        return [part for value in node.values for part in _parts(value)]
    return [node]


def _path(node: ast.expr) -> tuple[Any, ...] | None:
    match node:
        case ast.Name(id=("feed" | "entries" | "version") as name):
            return (name,)
        case ast.Subscript(value=inside, slice=ast.Constant(value=key)):
            path = _path(inside)
            return (*path, key) if path else None
        case ast.Attribute(value=inside, attr=key):
            path = _path(inside)
            return (*path, key) if path else None
    return None
