"""What kind of collection a file is, by how it begins."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from typing import IO

from reader.clean.foreign import BY_PDFTOTEXT
from reader.errors import BroadsheetError, NothingFound
from reader.exchange import opml, urllist

HEAD_BYTES = 16_384
"""How much of a file is looked at. Some programs put a long comment before the first outline."""
LINES, OPML, ADDRESSES, SQLITE = "JSON lines", "OPML", "a list of addresses", "SQLite"

MAGIC = (
    (b"%PDF-", f"it is a PDF document: {BY_PDFTOTEXT}"),
    (b"PK\x03\x04", "it is a zip archive: unpack it first"),
    (b"\x1f\x8b", "it is compressed by gzip: unpack it first"),
    (b"BZh", "it is compressed by bzip2: unpack it first"),
    (b"\xfd7zXZ\0", "it is compressed by xz: unpack it first"),
    (b"From ", "it is a mailbox, which this version does not read"),
    (b"WARC/", "it is a web archive, which this version does not read"),
    (b"MIME-Version:", "it is a mail or an archived page, which this version does not read"),
)
_FEED = re.compile(r"<(?:\w+:)?(?:rss|feed|rdf)\b", re.I)
_BOOKMARKS = re.compile(r"<!DOCTYPE\s+NETSCAPE-Bookmark", re.I)


class NotImported(BroadsheetError):
    """A collection could not be imported. Facts: its name, cause."""

    says = "cannot import {0}: {1}"


@dataclass(frozen=True, slots=True)
class Begun:
    """A stream of which the beginning has been looked at, and can be read again."""

    form: str
    stream: IO[bytes]


def begin(stream: IO[bytes], name: str) -> Begun:
    """Tell the form of a stream. Raises NotImported for what is no collection, NothingFound for
    what is empty."""
    head = _head(stream)
    if len(head) < HEAD_BYTES and not head.removeprefix(b"\xef\xbb\xbf").strip():
        raise NothingFound(f"cannot import {name}: there is nothing in it")
    return Begun(form_of(head, name), _whole(head, stream))


def form_of(head: bytes, name: str) -> str:
    """The form of what begins with `head`. Raises NotImported."""
    from reader.clean import charset

    if head.startswith(b"SQLite format 3\0"):
        return SQLITE
    for magic, reason in MAGIC:
        if head.startswith(magic):
            raise NotImported(name, reason)
    text = charset.decode(head).lstrip("\ufeff \t\r\n")
    if not text or text[0] in "[{":
        return LINES
    if text[0] == "<":
        return _markup(text, name)
    if _is_table(text):
        raise NotImported(name, "it is a table (CSV), which this version does not read")
    if urllist.is_list(text):
        return ADDRESSES
    if name.lower().endswith((".jsonl", ".ndjson", ".json")) or text[0] in '"-0123456789tfn':
        return LINES
    raise NotImported(
        name, "it is neither JSON lines nor OPML, newsboat's urls or a list of addresses"
    )


def _markup(text: str, name: str) -> str:
    if opml.BEGINS.search(text):
        return OPML
    if _FEED.search(text):
        raise NotImported(name, "it is a feed, not a list of feeds: `broadsheet add` takes it")
    if _BOOKMARKS.search(text):
        raise NotImported(name, "it holds a browser's bookmarks, which this version does not read")
    raise NotImported(name, "it is not JSON lines but XML or HTML: `broadsheet add` takes pages")


def _is_table(text: str) -> bool:
    """Does the first line name columns, one of them `url`?"""
    columns = [name.strip(' "').lower() for name in text.split("\n", 1)[0].split(",")]
    return len(columns) > 1 and "url" in columns


def _head(stream: IO[bytes]) -> bytes:
    """The beginning, as far as it is there: a slow writer is not waited for longer than needed."""
    read = getattr(stream, "read1", stream.read)
    head = b""
    while len(head) < HEAD_BYTES and (piece := read(HEAD_BYTES - len(head))):
        head += piece
        if b"\n" in head.lstrip() and head.lstrip()[:1] in (b"{", b"["):
            break
    return head


def _whole(head: bytes, stream: IO[bytes]) -> IO[bytes]:
    return io.BufferedReader(_Joined(head, stream))


class _Joined(io.RawIOBase):
    """What was read of a stream, and then its rest."""

    def __init__(self, head: bytes, stream: IO[bytes]) -> None:
        self._head = head
        self._stream = stream
        self._read = getattr(stream, "read1", stream.read)
        self.name = getattr(stream, "name", "stdin")

    def readable(self) -> bool:
        return True

    def readinto(self, room: memoryview) -> int:  # type: ignore[override]
        piece = self._head[: len(room)] or self._read(len(room))
        self._head = self._head[len(piece) :] if self._head else b""
        room[: len(piece)] = piece
        return len(piece)
