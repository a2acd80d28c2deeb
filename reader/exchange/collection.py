"""Whatever collection a person gives: told apart by how it begins, and brought in."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING

from reader.exchange import opml, sniff, urllist
from reader.exchange.feeds import Listed, PassedOver, take
from reader.exchange.sniff import NotImported

if TYPE_CHECKING:
    from reader.model import Arrival
    from reader.store import Cache

LARGEST_LIST = 50_000_000
"""Bytes of a list of feeds; 100,000 of them take eight million."""
NEWSBOAT = "newsboat"
LISTS = (".jsonl", ".opml")
"""Suffixes of what is taken of a folder."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Where newsboat keeps its feeds and its articles, as far as they are there."""

    urls: Path | None
    database: Path | None


def take_stream(
    cache: Cache, stream: IO[bytes], name: str, *, dry_run: bool = False
) -> Iterator[Arrival]:
    """Keep what a stream holds: JSON lines, OPML, or a list of addresses. Raises NotImported,
    CleanError."""
    from reader.exchange.jsonlines import import_lines

    begun = sniff.begin(stream, name)
    if begun.form == sniff.LINES:
        yield from import_lines(cache, begun.stream, dry_run=dry_run)
        return
    if begun.form == sniff.SQLITE:
        raise NotImported(name, "it is a database: name newsboat's cache.db as a file")
    listings = _listings(begun.form, _text(begun.stream, name))
    found = False
    for arrival in take(cache, listings, dry_run=dry_run):
        found = True
        yield arrival
    if not found:
        raise NotImported(name, "there is no feed in it")


def take_pair(cache: Cache, pair: Pair, *, dry_run: bool = False) -> Iterator[Arrival]:
    """Keep what newsboat keeps. Raises NotImported."""
    from reader.exchange.moving import take_newsboat

    urls = None
    if pair.urls is not None:
        try:
            with open(pair.urls, "rb") as stream:
                urls = _text(stream, str(pair.urls))
        except OSError as error:
            raise NotImported(str(pair.urls), (error.strerror or str(error)).lower()) from error
    yield from take_newsboat(cache, urls, pair.database, dry_run=dry_run)


def is_database(stream: IO[bytes]) -> bool:
    """Does a file that can be wound back begin as SQLite's do?"""
    head = stream.read(16)
    stream.seek(0)
    return head == b"SQLite format 3\0"


def pair_in(folder: Path) -> Pair | None:
    """newsboat's files in one folder, or None if there is neither."""
    return _pair(folder / "urls", folder / "cache.db")


def newsboats_own() -> Pair:
    """The files of the person's own newsboat, where it looks for them. Raises NotImported.

    As newsboat does: the places of XDG if they are there, otherwise `~/.newsboat`.
    """
    home = Path.home()
    config = Path(os.environ.get("XDG_CONFIG_HOME") or home / ".config") / NEWSBOAT
    shelf = Path(os.environ.get("XDG_DATA_HOME") or home / ".local" / "share") / NEWSBOAT
    dotted = home / ".newsboat"
    pair = _pair(config / "urls", shelf / "cache.db") or pair_in(dotted)
    if pair is None:
        raise NotImported(NEWSBOAT, f"there is nothing of it in {config}, {shelf} or {dotted}")
    return pair


def _pair(urls: Path, database: Path) -> Pair | None:
    pair = Pair(urls if urls.is_file() else None, database if database.is_file() else None)
    return pair if pair.urls or pair.database else None


def _text(stream: IO[bytes], name: str) -> str:
    from reader.clean import charset

    body = stream.read(LARGEST_LIST + 1)
    if len(body) > LARGEST_LIST:
        raise NotImported(name, f"it is larger than {LARGEST_LIST // 1_000_000} MB")
    return charset.decode(body)


def _listings(form: str, text: str) -> Iterator[Listed | PassedOver]:
    return opml.read(text) if form == sniff.OPML else urllist.read(text)
