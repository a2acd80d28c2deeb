"""Cleaning again: the raw bytes in the cache, read by today's cleaner."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from reader.clean.addresses import host
from reader.errors import NothingFound
from reader.intake import PROCESSES
from reader.intake.batch import is_held
from reader.intake.keeping import nothing_in, replace_text
from reader.model import Arrival, ArticleId, Document, Headline

if TYPE_CHECKING:
    from reader.clean.worker import Cleaner
    from reader.store import Cache

CHUNK = 50
"""Articles whose raw bytes are in memory at once."""


def reclean(cache: Cache, ids: Iterable[ArticleId]) -> Iterator[Arrival]:
    """Clean articles again; each arrival is committed. Articles without raw bytes are skipped."""
    from reader.clean.worker import Cleaner

    wanted = list(ids)
    with Cleaner(processes=PROCESSES) as cleaner:
        for start in range(0, len(wanted), CHUNK):
            yield from _chunk(cache, cleaner, wanted[start : start + CHUNK])


def _chunk(cache: Cache, cleaner: Cleaner, ids: list[ArticleId]) -> Iterator[Arrival]:
    headlines = cache.articles.headlines(ids)
    raw = {headline.id: cache.articles.raw(headline.id) for headline in headlines}
    again = (
        (document, _seen(cache, cleaner, headline, document))
        for headline in headlines
        if (document := raw[headline.id]) is not None
    )
    cleaned = cleaner.clean_many(again)
    for headline in headlines:
        if raw[headline.id] is None:
            yield _left_alone(headline, "skipped", "it came as text: there is no raw page")
            continue
        fresh = next(cleaned)
        if reason := nothing_in(fresh):
            yield _left_alone(headline, "refused", f"{reason}; the text it had is kept")
            continue
        try:
            arrival = replace_text(cache, headline.id, fresh)
        except NothingFound:
            continue  # deleted by another process meanwhile
        yield replace(arrival, guid=headline.guid, source=headline.source)


def _left_alone(headline: Headline, status: str, reason: str) -> Arrival:
    return Arrival(
        status, headline.id, headline.guid, headline.title, reason, source=headline.source
    )


def _seen(
    cache: Cache, cleaner: Cleaner, headline: Headline, document: Document
) -> dict[int, int] | None:
    site = host(document.url) or host(cache.articles.get(headline.id).url)
    if site is None:
        return None
    prints = cleaner.prints(document)
    counts = cache.articles.line_counts(site, prints, headline.id)
    return counts if prints and not is_held(prints, counts) else None
