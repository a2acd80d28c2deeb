"""From documents to articles in the cache: clean in child processes, commit each, then say so.

Pages of one site show each other's furniture (`reader.intake.batch`): those of one chunk, those
that came before, and, for what was cleaned too early to know them, those that come later in the
run: these are cleaned a second time at its end.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING

from reader import clock, stories
from reader.clean.addresses import host
from reader.errors import CleanError, FetchError
from reader.intake.batch import Site, is_held
from reader.intake.naming import Origin, Piece, listed_elsewhere
from reader.model import Arrival, ArticleId, Cleaned, Document, Source
from reader.store import Cache, Incoming

if TYPE_CHECKING:
    from reader.clean.worker import Cleaner

CHUNK = 24
"""Documents looked at together before the first of them is committed."""
CHUNK_BYTES = 30_000_000
"""Bytes after which a chunk is closed early, for the sake of memory."""


@dataclass(slots=True)
class Loaded:
    """A piece whose bytes are here, and what its lines say."""

    piece: Piece
    document: Document
    site: str | None
    prints: frozenset[int]


@dataclass(slots=True)
class Dump:
    """A page of a site, as it was cleaned with what was known of the site at that time."""

    id: ArticleId
    piece: Piece
    prints: frozenset[int]
    known_lines: int


class Keeper:
    """Takes pieces into a cache. One for each run."""

    def __init__(self, cache: Cache, cleaner: Cleaner) -> None:
        self._cache = cache
        self._cleaner = cleaner
        self._sources: dict[str, Source] = {}
        self._sites: dict[str, Site] = {}
        self._dumps: dict[str, list[Dump]] = {}

    def take(self, pieces: Iterable[Piece]) -> Iterator[Arrival]:
        """Keep every piece that holds something to read; each arrival is committed."""
        waiting = iter(pieces)
        while met := list(self._load_chunk(waiting)):
            yield from self._keep_chunk(met)
        self._look_again()

    def _load_chunk(self, waiting: Iterator[Piece]) -> Iterator[Loaded | Arrival]:
        size_bytes = 0
        for piece in islice(waiting, CHUNK):
            loaded = self._load(piece)
            yield loaded
            size_bytes += len(loaded.document.body) if isinstance(loaded, Loaded) else 0
            if size_bytes > CHUNK_BYTES:
                return

    def _keep_chunk(self, met: list[Loaded | Arrival]) -> Iterator[Arrival]:
        loaded = [each for each in met if isinstance(each, Loaded)]
        cleaned = self._cleaner.clean_many(
            (each.document, self._seen(each.site, each.prints)) for each in loaded
        )
        for each in met:
            if isinstance(each, Arrival):
                yield each
            else:
                yield self._keep(each, next(cleaned))

    def _load(self, piece: Piece) -> Loaded | Arrival:
        if piece.passed_over:
            return _arrival(piece, "skipped", piece.passed_over)
        try:
            document = piece.load()
        except (CleanError, FetchError) as error:
            return _arrival(piece, "refused", str(error.args[1]))
        if reason := listed_elsewhere(document):
            return _arrival(piece, "refused", reason)
        named, prints = self._cleaner.site_lines(document)
        site = named or piece.site
        if site:
            self._sites.setdefault(site, Site()).meet(document.url, prints)
        return Loaded(piece, document, site, prints)

    def _seen(self, site: str | None, prints: frozenset[int]) -> Mapping[int, int] | None:
        """How many other pages of the site hold each line, here and in the cache."""
        if not (site and prints):
            return None
        counts = self._cache.articles.line_counts(site, prints)
        if is_held(prints, counts):
            counts = {}  # the cache holds this very page: its own sentences are no furniture
        if site in self._sites:
            for line, count in self._sites[site].seen(None, prints).items():
                counts[line] = max(count, counts.get(line, 0))
        return counts or None

    def _keep(self, loaded: Loaded, cleaned: Cleaned) -> Arrival:
        piece, document = loaded.piece, loaded.document
        if reason := nothing_in(cleaned):
            return _arrival(piece, "refused", reason)
        with self._cache.write() as conn:
            source = self._source(piece.origin, cleaned, document)
            arrival = self._cache.articles.keep(source.id, _incoming(loaded, cleaned))
            if arrival.id is not None and arrival.status in ("added", "updated"):
                index(conn, arrival.id, cleaned, arrival.title)
            self._cache.sources.note_fetch(source.id, clock.now())
        self._sources[piece.origin.url] = source
        if arrival.id is not None and loaded.site and loaded.prints:
            lines = len(self._seen(loaded.site, loaded.prints) or ())
            dump = Dump(arrival.id, piece, loaded.prints, lines)
            self._dumps.setdefault(loaded.site, []).append(dump)
        return replace(arrival, what=piece.what, source=source.title, guid=arrival.guid)

    def _source(self, origin: Origin, cleaned: Cleaned, document: Document) -> Source:
        if known := self._sources.get(origin.url):
            return known
        title = origin.title or cleaned.site or host(document.url) or origin.url
        return self._cache.sources.add(
            origin.kind,
            origin.url,
            title,
            added_as=origin.added_as,
            home=origin.home,
            folder=origin.folder,
        )

    def _look_again(self) -> None:
        """Clean once more what was read before enough of its site was known."""
        for site, dumps in self._dumps.items():
            for dump in dumps:
                seen = self._sites[site].seen(None, dump.prints) if site in self._sites else {}
                if len(seen) <= dump.known_lines:
                    continue
                try:
                    cleaned = self._cleaner.clean(dump.piece.load(), seen)
                except (CleanError, FetchError):
                    continue  # it went away meanwhile; what was read of it is kept
                if nothing_in(cleaned):
                    continue
                replace_text(self._cache, dump.id, cleaned)


def replace_text(cache: Cache, id: ArticleId, cleaned: Cleaned) -> Arrival:
    """Give an article the text that a better cleaning made of the same bytes."""
    with cache.write() as conn:
        arrival = cache.articles.replace(id, cleaned)
        if arrival.status == "updated":
            index(conn, id, cleaned, arrival.title)
    return arrival


def index(conn: sqlite3.Connection, id: ArticleId, cleaned: Cleaned, title: str | None) -> None:
    """Let the article be found by what is like it, in the transaction that keeps it."""
    stories.index(conn, id, title or "", cleaned.text, day_of(cleaned.published))


def day_of(published: str | None) -> int | None:
    """The day of a `When` as `date.toordinal` counts; None where the day is not known."""
    try:
        return date.fromisoformat((published or "")[:10]).toordinal()
    except ValueError:
        return None


def nothing_in(cleaned: Cleaned) -> str | None:
    """Why there is nothing to keep, or None if there is."""
    if cleaned.text.strip():
        return None
    for warning in cleaned.warnings:
        if warning.startswith("failed: "):
            return warning.removeprefix("failed: ")
    return "there is nothing to read in it"


def _incoming(loaded: Loaded, cleaned: Cleaned) -> Incoming:
    document = loaded.document
    return Incoming(
        loaded.piece.guid,
        cleaned,
        raw=document.body,
        url=document.url,
        name=document.name,
        content_type=document.content_type,
        title=document.title,
        site=loaded.site,
        prints=loaded.prints,
    )


def _arrival(piece: Piece, status: str, reason: str) -> Arrival:
    return Arrival(
        status, guid=piece.guid, reason=reason, what=piece.what, source=piece.origin.title
    )
