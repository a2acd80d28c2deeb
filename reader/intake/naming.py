"""What a person named, told apart: an address, a file, a folder, stdin. Bytes are not looked into
beyond their first lines.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterator
from functools import partial
from io import BytesIO
from pathlib import Path
from urllib.parse import unquote, urlsplit

from reader import paths
from reader.clean.addresses import host
from reader.errors import CleanError, UsageError
from reader.fetch.programs import is_program
from reader.intake import documents, mailbox
from reader.model import Document, SourceKind
from reader.noun import Noun


class Origin(Noun):
    """The source that a piece will belong to, once something of it is kept."""

    kind: SourceKind
    url: str
    title: str | None
    """None: whatever the first page kept calls its site."""
    added_as: str
    home: str | None = None
    folder: str | None = None


class Piece(Noun):
    """One document on its way in."""

    what: str
    """What to call it in a report."""
    origin: Origin
    guid: str | None
    load: Callable[[], Document]
    """Raises CleanError or FetchError."""
    file: Path | None = None
    """Where it lies on this machine, be it with others in one file."""
    site: str | None = None
    """The host whose pages share furniture with it, as far as that is known before reading it."""
    passed_over: str | None = None
    """Why it is not even to be looked at, though nothing is wrong with it."""


_SUFFIXES = """
    css js mjs map json jsonl xml csv tsv log lock pyc so dll exe bin
    png jpg jpeg gif webp avif ico bmp tif tiff svg woff woff2 ttf otf eot
    mp3 mp4 m4a m4v ogg ogv oga wav flac webm mov avi
    zip gz bz2 xz zst 7z tar db sqlite sqlite3
"""
NOT_ARTICLES = frozenset(_SUFFIXES.split())
"""Suffixes of what lies beside articles in a folder, above all in that of a saved page."""

PROLOG = (
    rb"\s*(?:\xef\xbb\xbf)?\s*"
    rb"(?:<\?xml[^>]*\?>|<!--.*?-->|<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>|<\?[^>]*\?>|\s)*"
)
FEED = re.compile(PROLOG + rb"<(?P<root>rss|feed|rdf:RDF|opml|channel)[\s>:]", re.I | re.S)
XML = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*<\?xml\b", re.I)
ROOT_OF_DATA = re.compile(PROLOG + rb"<(?!(?:\w+:)?html\b)[\w:.-]+[\s/>]", re.I | re.S)
JSON_FEED = re.compile(rb'\s*\{[^}]{0,2000}"version"\s*:\s*"https?://jsonfeed\.org/')
PROBE_BYTES = 4_000


def pieces(what: str, folder: str | None, stdin: bytes | None) -> Iterator[Piece]:
    """The documents that `what` names, in order. Raises UsageError if it names nothing at all."""
    if not what.strip():
        raise UsageError("add what? An empty name is no address, file or folder")
    if is_program(what):
        table = f'[source."{what}"] with command = ["…"]'
        raise UsageError(f"{what} names a program: put {table} into {paths.config_file()}")
    if what == "-":
        origin = Origin(SourceKind.FILE, "paste:", "Pasted", what, folder=folder)
        if mailbox.is_mailbox(pasted := BytesIO(stdin or b"")):
            yield from (
                Piece("-", origin, None, partial(_mail, mail)) for mail in mailbox.mails(pasted)
            )
        else:
            yield Piece("-", origin, None, partial(_pasted, stdin))
    elif what.startswith("file://"):
        yield from _from_path(Path(unquote(urlsplit(what).path)), what, folder)
    else:
        yield from _from_path(Path(what), what, folder)


def listed_elsewhere(document: Document) -> str | None:
    """Why a document is no article though it is sound: it lists articles, and who takes it."""
    found = FEED.match(document.body[:PROBE_BYTES])
    if found and found["root"].lower() == b"opml":
        return "it is a list of feeds (OPML): `broadsheet import` takes it"
    if is_feed(document):
        return "it is a feed: add the address that it comes from, to follow it"
    if document.url and _is_data(document.body):
        return "it is data that programs exchange, and no page to read"
    name = (document.name or "").lower()
    if name.endswith((".jsonl", ".ndjson")):
        return "it holds articles as JSON lines: `broadsheet import` takes them"
    return None


def is_feed(document: Document) -> bool:
    """Does a document begin as feeds do?"""
    start = document.body[:PROBE_BYTES]
    if found := FEED.match(start):
        return found["root"].lower() != b"opml"
    return JSON_FEED.match(start) is not None


def _is_data(body: bytes) -> bool:
    start = body[:PROBE_BYTES]
    if XML.match(start):
        return ROOT_OF_DATA.match(start) is not None
    if not start.lstrip().startswith((b"{", b"[")):
        return False
    try:
        json.loads(body)
    except (ValueError, RecursionError):
        return False
    return True


def shown(path: Path | str) -> str:
    """A path as text that can be stored: bytes that are no UTF-8 become escapes."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def page(document: Document, url: str, what: str, folder: str | None) -> Piece:
    """The page at an address, which has been fetched."""
    origin = Origin(SourceKind.PAGE, url, None, what, folder=folder)
    return Piece(what, origin, url, lambda: document, site=host(url))


def _from_path(path: Path, what: str, folder: str | None) -> Iterator[Piece]:
    absolute = Path(os.path.abspath(path))
    url = shown(absolute)
    if not os.path.isdir(path):
        origin = Origin(SourceKind.FILE, url, shown(absolute.name), shown(what), folder=folder)
        yield from _of_file(path, shown(what), shown(absolute.name), origin)
        return
    origin = Origin(SourceKind.FOLDER, url, shown(absolute.name) or url, shown(what), folder=folder)
    for found in documents.walk(path):
        inside = shown(found.path.relative_to(path))
        if found.refusal:
            yield Piece(inside, origin, inside, partial(_refuse, inside, found.refusal))
        elif beside_articles(found.path):
            reason = "it is not text to read but belongs to a page or another program"
            load = partial(_file, found.path)
            yield Piece(inside, origin, inside, load, found.path, passed_over=reason)
        else:
            yield from _of_file(found.path, inside, inside, origin)


def _of_file(path: Path, what: str, guid: str, origin: Origin) -> Iterator[Piece]:
    """The document in a file, or the mails of a mailbox."""
    try:
        with documents.opened(path) as file:
            if mailbox.is_mailbox(file):
                for mail in mailbox.mails(file):
                    name = f"#{shown(mail.name)}"
                    yield Piece(what + name, origin, guid + name, partial(_mail, mail), path)
                return
    except CleanError:
        pass  # it is told when it is loaded
    yield Piece(what, origin, guid, partial(_file, path), path)


def beside_articles(path: Path) -> bool:
    """Does the name say that this is a picture, a script or the like?"""
    return path.suffix.lower().removeprefix(".") in NOT_ARTICLES


def _file(path: Path) -> Document:
    return Document(documents.read_file(path), name=shown(path.name))


def _mail(mail: mailbox.Mail) -> Document:
    if len(mail.body) > documents.LARGEST_DOCUMENT:
        raise CleanError(
            mail.name, f"it is larger than {documents.LARGEST_DOCUMENT // 1_000_000} MB"
        )
    return Document(mail.body, name="mail.eml")


def _pasted(stdin: bytes | None) -> Document:
    if not (stdin or b"").strip():
        raise CleanError("stdin", "it is empty")
    return Document(stdin or b"")


def _refuse(name: str, reason: str) -> Document:
    raise CleanError(name, reason)
