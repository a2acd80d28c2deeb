"""The feeds that a collection lists, whatever its form: read off, judged, and kept as sources.

A collection is another program's file, and some of them run commands. Only addresses of the web are
taken; a command is refused by name and never carried over. Nothing is fetched here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import urlsplit, urlunsplit

from reader import stories
from reader.model import Arrival, SourceKind
from reader.text import safe

if TYPE_CHECKING:
    import sqlite3

    from reader.model import Source
    from reader.store import Cache

COMPARING_SECONDS = 30.0
"""Of computing, for comparing what an import brought, the newest first; years of articles take
longer than anybody waits. The next refresh goes on with the rest."""
AT_ONCE = 10_000
"""Articles that are all made findable before the first is put into a story."""
BATCH = 500
"""Feeds to a transaction; each waits for the disk."""
DEFAULT_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Listed:
    """A feed as a collection lists it."""

    address: str
    """As the collection writes it."""
    title: str | None = None
    folder: str | None = None
    home: str | None = None
    remark: str | None = None
    """What of the listing is not carried over."""


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A listing that is no feed to follow, and why."""

    what: str
    reason: str
    title: str | None = None
    status: str = "refused"


class NotAFeed(Exception):
    """An address that will not be followed. Fact: the reason."""


def take(
    cache: Cache, listings: Iterable[Listed | PassedOver], *, dry_run: bool = False
) -> Iterator[Arrival]:
    """Keep the feeds as sources; each arrival is committed. One that is there stays as it is."""
    waiting = iter(listings)
    met: dict[str, str | None] = {}
    while batch := list(islice(waiting, BATCH)):
        judged = [_judged(each) for each in batch]
        names = (name for each in judged if isinstance(each, _Feed) for name in each.names)
        with transaction(cache, dry_run=dry_run):
            here = cache.sources.among(names)
            arrivals = [
                _keep(cache, each, here, met) if isinstance(each, _Feed) else _refused(each)
                for each in judged
            ]
        yield from arrivals


@contextmanager
def transaction(cache: Cache, *, dry_run: bool) -> Iterator[sqlite3.Connection]:
    """A transaction that reaches the disk; as a dry run, one that is taken back at its end."""
    try:
        with cache.write(durable=True) as conn:
            yield conn
            if dry_run:
                raise _TakenBack
    except _TakenBack:
        return


def compare(cache: Cache) -> None:
    """Compare what came, as much of it as there is time for."""
    stories.keep_up(cache, COMPARING_SECONDS, AT_ONCE)


def without_id(arrival: Arrival) -> Arrival:
    """What a dry run says of an article: one that would be new has no id yet."""
    return replace(arrival, id=None) if arrival.status == "added" else arrival


class _TakenBack(Exception):
    """Ends a dry run."""


@dataclass(frozen=True, slots=True)
class _Feed:
    """A listing that can be followed."""

    listing: Listed
    url: str
    remark: str | None
    """What was left out of its address."""

    @property
    def names(self) -> tuple[str, str]:
        """The addresses under which it may be here."""
        return self.url, self.listing.address.strip()


def _judged(listing: Listed | PassedOver) -> _Feed | PassedOver:
    if isinstance(listing, PassedOver):
        return listing
    try:
        return _Feed(listing, *followed(listing.address))
    except NotAFeed as error:
        return PassedOver(listing.address, str(error), listing.title)


def _refused(listing: PassedOver) -> Arrival:
    shown = safe.line(listing.what, cap=200)
    return Arrival(
        listing.status, guid=shown, title=listing.title, reason=listing.reason, what=shown
    )


def _keep(
    cache: Cache, feed: _Feed, here: Mapping[str, Source], met: dict[str, str | None]
) -> Arrival:
    listing, url = feed.listing, feed.url
    remarks = [each for each in (feed.remark, listing.remark) if each]
    arrival = Arrival("added", guid=url, title=listing.title or url, what=url)
    if url in met:
        where = f", in {met[url]}" if met[url] else ""
        return replace(arrival, status="skipped", reason=f"it is listed twice{where}")
    met[url] = listing.folder
    known = next((here[name] for name in feed.names if name in here), None)
    if known is not None and (known.folder or not listing.folder):
        placed = f"it is here already{f', in {known.folder}' if known.folder else ''}"
        reason = "; ".join([placed, *remarks])
        return replace(
            arrival, status="skipped", title=known.title, reason=reason, source=known.title
        )
    source = cache.sources.add(
        SourceKind.FEED,
        known.url if known else url,
        listing.title or url,
        added_as=safe.line(listing.address, cap=4_000) if "@" not in listing.address else url,
        home=listing.home,
        folder=listing.folder,
    )
    if source.folder:
        remarks.insert(0, f"in {source.folder}")
    return replace(
        arrival,
        status="updated" if known else "added",
        title=source.title,
        reason="; ".join(remarks) or None,
        source=source.title,
    )


def followed(address: str) -> tuple[str, str | None]:
    """The address in the one form it is kept in, and what was left out of it. Raises NotAFeed."""
    given = address.strip()
    lowered = given.lower()
    if not given:
        raise NotAFeed("it has no address")
    if lowered.startswith(("|", "exec:", "filter:")):
        raise NotAFeed(_command(given))
    if lowered.startswith("query:"):
        raise NotAFeed(
            "it is a query feed, in a language that is not ours: `broadsheet search` finds the same"
        )
    if lowered.startswith("feed:"):  # feed://host/…, feed:https://host/…
        rest = given[5:]
        given = rest if "://" in rest else "https://" + rest.removeprefix("//")
    url = safe.link(given)
    if url is None or url.startswith("mailto:"):
        raise NotAFeed("it is no address of the web (http or https)")
    parts = urlsplit(url)
    host, port = parts.hostname or "", parts.port
    if ":" in host:
        host = f"[{host}]"
    netloc = host if port in (None, DEFAULT_PORTS[parts.scheme]) else f"{host}:{port}"
    remark = (
        "the name and password in its address are left out: they do not belong into the cache"
        if "@" in parts.netloc
        else None
    )
    return urlunsplit((parts.scheme, netloc, parts.path or "/", parts.query, "")), remark


def _command(given: str) -> str:
    """Why a command is refused, with the plain feed behind a filter as the way out."""
    begins = given.rfind("http")
    plain = (
        safe.link(given[begins:]) if given.lower().startswith("filter:") and begins > 0 else None
    )
    way_out = f"; `broadsheet add {plain}` follows the feed unfiltered" if plain else ""
    return f"it would run a command, which an import never carries over{way_out}"
