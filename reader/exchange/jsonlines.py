"""Articles read in from JSON lines: our own export, and the plain lines other programs write.

A line is `{id, title, text or markdown, url, published, source, …}`. Every line is answered, a bad
one with its number and what is wrong with it. A hundred at a time are committed and on the disk
before they are reported, so an import cut short is completed by running it again.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import IO

from reader import stories
from reader.errors import CleanError
from reader.exchange.feeds import compare, transaction, without_id
from reader.exchange.lines import Bad, Line, Origin, read_line
from reader.model import Arrival, Source
from reader.store import Cache

Named = tuple[str, str, bool, str]
"""What one source has in common: its address, its folder, whether it was removed, and the address
it may be known by."""
BATCH = 100
"""Lines to a transaction: each waits for the disk, so one line at a time would crawl."""
LONGEST_LINE = 30_000_000
"""Bytes; the largest document and what JSON adds to it."""

FOREIGN = (
    (b"<", "XML or HTML: `broadsheet add` takes pages"),
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a zip archive: unpack it first"),
    (b"\x1f\x8b", "compressed by gzip: unpack it first"),
    (b"SQLite format 3\0", "a database"),
)


def import_lines(cache: Cache, stream: IO[bytes], *, dry_run: bool = False) -> Iterator[Arrival]:
    """Keep what the lines of `stream` hold; each arrival is committed and on the disk. At the end
    they are compared, as many as there is time for; the rest is left to the next refresh, and to
    whoever asks for stories.

    Raises CleanError for what is no JSON at all.
    """
    numbered = enumerate(_lines(stream), 1)
    sources: dict[Named, Source] = {}
    while batch := [(n, line) for n, line in islice(numbered, BATCH)]:
        read = [_read(number, line) for number, line in batch if line.strip()]
        with transaction(cache, dry_run=dry_run) as conn:
            arrivals = [_keep(cache, conn, sources, each) for each in read]
        if dry_run:
            sources.clear()  # they were taken back with the batch
            arrivals = [without_id(each) for each in arrivals]
        elif any(isinstance(each, Line) and each.incoming.is_marked for each in read):
            cache.bookmarks.write_beside()
        yield from arrivals
    if not dry_run:
        compare(cache)


def _lines(stream: IO[bytes]) -> Iterator[bytes]:
    """The lines; those of a JSON list are its elements, each written as a line."""
    first = stream.readline(LONGEST_LINE + 1)
    while first and not first.strip():
        yield first
        first = stream.readline(LONGEST_LINE + 1)
    start = first.removeprefix(b"\xef\xbb\xbf").lstrip()
    for magic, called in FOREIGN:
        if start.startswith(magic):
            name = getattr(stream, "name", "stdin")
            raise CleanError(name, f"it is not JSON lines but {called}")
    if start.startswith(b"["):
        yield from _elements(start + stream.read())
        return
    line = start
    while line:
        if len(line) > LONGEST_LINE:
            line = _skip_rest(stream)
        yield line
        line = stream.readline(LONGEST_LINE + 1)


def _skip_rest(stream: IO[bytes]) -> bytes:
    """Go to the end of an endless line; what stands for it is refused by the reader."""
    while piece := stream.readline(1_000_000):
        if piece.endswith(b"\n"):
            break
    return b'"a line that is too long"\n'


def _elements(whole: bytes) -> Iterator[bytes]:
    try:
        elements = json.loads(whole)
    except (ValueError, RecursionError) as error:
        raise CleanError("the JSON list", f"it is not JSON ({_said(error)})") from error
    yield from (json.dumps(each).encode() for each in elements)


def _read(number: int, line: bytes) -> Line | Bad:
    try:
        return read_line(json.loads(line), f"line {number}")
    except RecursionError:
        return Bad(f"line {number}", "it is nested too deeply")
    except (ValueError, OverflowError) as error:
        return Bad(f"line {number}", f"it is not JSON ({_said(error)})")


def _said(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg.lower()}, column {error.colno}"
    if isinstance(error, UnicodeDecodeError):
        return f"byte {error.start + 1} is not UTF-8"
    return "nested too deeply" if isinstance(error, RecursionError) else str(error)[:100]


def _keep(
    cache: Cache,
    conn: sqlite3.Connection,
    sources: dict[Named, Source],
    line: Line | Bad,
) -> Arrival:
    if isinstance(line, Bad):
        return Arrival(
            "refused", guid=line.guid, title=line.title, reason=line.reason, what=line.place
        )
    origin = line.origin
    named = (origin.url, origin.folder or "", origin.removed, origin.address or "")
    source = sources.get(named)
    if source is None:
        source = sources[named] = _source(cache, origin)
    arrival = cache.articles.keep(source.id, line.incoming)
    if arrival.id is not None and arrival.status == "updated":
        cleaned = line.incoming.cleaned
        stories.index(conn, arrival.id, arrival.title or "", cleaned.text, line.day)
    reason = arrival.reason or line.remark
    return replace(
        arrival, guid=line.incoming.guid, reason=reason, what=line.place, source=source.title
    )


def _source(cache: Cache, origin: Origin) -> Source:
    """The source of a line, made if there is none. One known by no more than its address is looked
    for as it is: a line of bookmarks follows nothing, and does not bring back what was removed."""
    if origin.address and origin.address in cache.sources.addresses():
        return cache.sources.add(origin.kind, origin.address, origin.title, removed=True)
    return cache.sources.add(
        origin.kind,
        origin.url,
        origin.title,
        added_as=origin.added_as,
        home=origin.home,
        folder=origin.folder,
        removed=origin.removed,
    )
