"""An entry's text with the files that belong to it and that it does not show itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import unescape
from itertools import islice

from reader.feeds import Enclosure, Entry
from reader.feeds.fragments import resolve
from reader.text import safe

SIZED = re.compile(r"-\d{2,4}x\d{2,4}(?=\.\w{3,4}\b)")
"""How WordPress names a smaller copy of a picture."""
PICTURE = re.compile(r"!\[(?P<told>(?:[^\]\\]|\\.)*)\]\((?P<url>[^\s)]*)")
PLAYER = re.compile(r"<(?P<name>iframe|video|audio)\b(?P<rest>[^<>]{0,1500})>", re.I)
MOST_PLAYERS = 50
ATTRIBUTE = re.compile(r"([\w-]+)\s*=\s*([\"'])(.*?)\2", re.S)
SOURCE = re.compile(r"<source\b[^<>]*?\bsrc\s*=\s*([\"'])(.*?)\1", re.I)
SOURCE_WITHIN = 2_000
FILM = re.compile(r"allowfullscreen|/(?:embed|player|videos?)\b", re.I)
"""What tells a frame with a film from one with a form or an advertisement."""
ESCAPED = re.compile(r"\\(.)")
MARKS = re.compile(r"([\\`*_\[\]<>!])")


def with_files(files: Sequence[Enclosure], markdown: str, text: str) -> tuple[str, str]:
    """The Markdown and the plain text of an entry, and after them its files: pictures as pictures,
    others as links that say what they are."""
    for file in files:
        url = safe.link(file.url)
        if url is None or file.is_aside:
            continue
        target = url.replace("(", "%28").replace(")", "%29")
        if file.is_picture:
            if _bare(url) not in SIZED.sub("", markdown):
                markdown = f"{markdown}\n\n![{_escaped(file.title)}]({target})".strip()
        elif url not in markdown:
            shown = _called(file)
            markdown = f"{markdown}\n\n[{shown}]({target})".strip()
            text = f"{text}\n\n{_plain(shown)}".strip()
    return markdown, text


def embedded(html: str, base: str | None) -> list[Enclosure]:
    """The films and sounds that a page would play within the text: what is left of them here."""
    found: dict[str, Enclosure] = {}
    for tag in islice(PLAYER.finditer(html), MOST_PLAYERS):
        name = tag["name"].lower()
        told = {key.lower(): unescape(value) for key, _, value in ATTRIBUTE.findall(tag["rest"])}
        address = told.get("src")
        if name == "iframe" and not FILM.search(tag[0]):
            continue
        if not address and name != "iframe":
            source = SOURCE.search(html, tag.end(), tag.end() + SOURCE_WITHIN)
            address = unescape(source[2]) if source else None
        if url := resolve(address, base):
            kind = "audio" if name == "audio" else "video"
            found.setdefault(url, Enclosure(url, kind, title=told.get("title") or None))
    return list(found.values())


def title(entry: Entry, markdown: str) -> str | None:
    """What to call an entry that has neither title nor words: by what is said of its first picture
    or file, else by its address."""
    shown = PICTURE.search(markdown)
    files = [file for file in entry.enclosures if not file.is_aside]
    told = [_plain(shown["told"])] if shown else []
    told += [file.title or "" for file in files]
    places = [entry.url or "", *(file.url for file in files), shown["url"] if shown else ""]
    return next(filter(None, (*told, *map(_shown, places))), None)


def _bare(url: str) -> str:
    """The address of a picture whatever its size."""
    return SIZED.sub("", _shown(url).partition("?")[0])


def _shown(url: str) -> str:
    return url.partition("://")[2]


def _escaped(title: str | None) -> str:
    return MARKS.sub(r"\\\1", safe.line(title or "", 2_000))


def _plain(markdown: str) -> str:
    return ESCAPED.sub(r"\1", markdown)


def _called(file: Enclosure) -> str:
    length = file.length or 0
    size = f", {length / 1e6:.0f} MB" if length > 1e6 else ""
    called = re.sub(r"[^\w/.+-]", "", file.type or "") or "file"
    named = f"{_escaped(file.title)}, " if file.title else ""
    return f"{named}{called}{size}"
