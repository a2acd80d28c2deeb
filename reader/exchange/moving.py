"""From newsboat to broadsheet: its feeds as sources, its articles as theirs, in one go.

Articles come in batches, each committed before it is reported. What is here already is left as it
is, but for one thing: what was read there is read here, too.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from reader import clock, stories
from reader.exchange import newsboat, urllist
from reader.exchange.feeds import Listed, PassedOver, compare, take, transaction, without_id
from reader.model import Arrival, Cleaned, Source, SourceKind
from reader.store import Incoming, retention
from reader.store.times import seconds
from reader.text import addresses
from reader.text.length import minutes, words

if TYPE_CHECKING:
    from reader.clean.fragments import Fragments, Rendered
    from reader.store import Cache

PROCESSES = 2
BATCH = 200
"""Articles to a transaction; each waits for the disk."""


def take_newsboat(
    cache: Cache, urls: str | None, database: Path | None, *, dry_run: bool = False
) -> Iterator[Arrival]:
    """Keep what newsboat has: of the text of its `urls` the feeds, of its database the articles.

    Without `urls` every feed in the database is followed. Raises NotImported.
    """
    if database is None:
        yield from take(cache, urllist.read(urls or ""), dry_run=dry_run)
        return
    with newsboat.opened(database) as theirs:
        known = {feed.address: feed for feed in theirs.feeds()}
        listed = list(_listings(urls, known))
        yield from take(cache, listed, dry_run=dry_run)
        keys = {_key(each.address) for each in listed if isinstance(each, Listed)}
        follows = {key for key in keys if not key.startswith(newsboat.NOT_FOLLOWED)}
        move = _Move(cache, known, follows, dry_run=dry_run)
        if not dry_run:
            move.bury(theirs.deleted())
        yield from move.articles(theirs)


def _listings(
    urls: str | None, known: Mapping[str, newsboat.Feed]
) -> Iterator[Listed | PassedOver]:
    """What `urls` lists, with the titles and homes that the database knows."""
    if urls is None:
        yield from (Listed(feed.address, feed.title, home=feed.home) for feed in known.values())
        return
    for each in urllist.read(urls):
        feed = known.get(each.address) if isinstance(each, Listed) else None
        if isinstance(each, Listed) and feed is not None:
            each = replace(each, title=each.title or feed.title, home=feed.home)
        yield each


def _key(address: str) -> str:
    return newsboat.Feed(address, None, None).key


class _Move:
    """Takes the articles over. One for each import."""

    def __init__(
        self,
        cache: Cache,
        known: Mapping[str, newsboat.Feed],
        follows: set[str],
        *,
        dry_run: bool,
    ) -> None:
        self._cache = cache
        self._known = known
        self._follows = follows
        self._dry_run = dry_run
        self._sources: dict[str, Source] = {}

    def bury(self, deleted: Iterable[tuple[str, str, str | None]]) -> None:
        """Let what was deleted there (perhaps all that was read) not come again with its feed."""
        with transaction(self._cache, dry_run=False) as conn:
            for feed, guid, url in deleted:
                if _key(feed) in self._follows:
                    names = filter(None, (guid.strip(), addresses.address(url)))
                    retention.bury(conn, self._source(feed).id, names, seconds(clock.now()))

    def articles(self, theirs: newsboat.Cache) -> Iterator[Arrival]:
        from reader.clean.fragments import Fragments

        with Fragments(PROCESSES) as fragments:
            waiting: list[tuple[newsboat.Item, Rendered]] = []
            for pair in _rendered(fragments, theirs):
                waiting.append(pair)
                if len(waiting) >= BATCH:
                    yield from self._keep(waiting)
                    waiting = []
            yield from self._keep(waiting)
        if not self._dry_run:
            compare(self._cache)

    def _keep(self, batch: list[tuple[newsboat.Item, Rendered]]) -> list[Arrival]:
        if not batch:
            return []
        with transaction(self._cache, dry_run=self._dry_run) as conn:
            arrivals = []
            met: dict[int, newsboat.Item] = {}
            for item, rendered in batch:
                source = self._source(item.feed)
                incoming = _incoming(item, rendered)
                arrival = self._cache.articles.keep(source.id, incoming)
                if arrival.id is not None and arrival.status == "updated":
                    day = date.fromisoformat(item.published[:10]) if item.published else None
                    stories.index(
                        conn,
                        arrival.id,
                        arrival.title or "",
                        rendered.text,
                        day.toordinal() if day else None,
                    )
                if arrival.id is not None and arrival.status != "added":
                    met[arrival.id] = item
                arrivals.append(replace(arrival, source=source.title, what=item.url or item.guid))
            read_too = self._read_there(met)
        if self._dry_run:
            self._sources.clear()  # they were taken back with the batch
            arrivals = [without_id(each) for each in arrivals]
        return [
            replace(each, reason=_and(each.reason, "marked read, as it is in newsboat"))
            if each.id in read_too
            else each
            for each in arrivals
        ]

    def _read_there(self, met: Mapping[int, newsboat.Item]) -> set[int]:
        """Mark read what newsboat says was read and is unread here; which these are."""
        found = {
            headline.id
            for headline in self._cache.articles.headlines(met)
            if headline.unread
            and not met[headline.id].unread
            and headline.guid.strip() == met[headline.id].guid.strip()
        }
        if found:
            self._cache.changes.mark_read(found)
        return {int(id) for id in found}

    def _source(self, address: str) -> Source:
        if known := self._sources.get(address):
            return known
        feed = self._known.get(address) or newsboat.Feed(address, None, None)
        kind = SourceKind.FEED if feed.key in self._follows else SourceKind.IMPORT
        url = feed.key
        if kind is SourceKind.IMPORT and not url.startswith(newsboat.NOT_FOLLOWED):
            url = newsboat.NOT_FOLLOWED + url
        title = feed.title or (address if url != feed.key else "newsboat")
        source = self._cache.sources.add(kind, url, title, home=feed.home)
        self._sources[address] = source
        return source


def _rendered(
    fragments: Fragments, theirs: newsboat.Cache
) -> Iterator[tuple[newsboat.Item, Rendered]]:
    from reader.clean.fragments import Fragment

    items: deque[newsboat.Item] = deque()

    def contents() -> Iterator[Fragment]:
        for batch in theirs.items():
            for item in batch:
                items.append(item)
                yield Fragment(item.content, item.base, item.is_plain)

    for rendered in fragments.render_many(contents()):
        yield items.popleft(), rendered


def _incoming(item: newsboat.Item, rendered: Rendered) -> Incoming:
    markdown, text = rendered.markdown, rendered.text
    if item.enclosure and item.enclosure not in markdown:
        # As a refresh writes it, so that the same entry is seen to be the same.
        called = re.sub(r"[^\w/.+-]", "", item.enclosure_type or "") or "file"
        target = item.enclosure.replace("(", "%28").replace(")", "%29")
        if called.startswith("image"):
            markdown = f"{markdown}\n\n![]({target})".strip()
        else:
            markdown = f"{markdown}\n\n[{called}]({target})".strip()
            text = f"{text}\n\n{called}".strip()
    cleaned = Cleaned(
        title=item.title,
        text=text,
        markdown=markdown,
        kind="text" if item.is_plain else "html",
        authors=(item.author,) if item.author else (),
        published=item.published,
        url=item.url,
        language=rendered.language,
        words=words(text),
        minutes=minutes(text),
        quality=1.0 if text else 0.0,
        warnings=(rendered.warning,) if rendered.warning else (),
    )
    return Incoming(
        item.guid or None,
        cleaned,
        title=item.url,
        unread=item.unread,
        starred=bool(item.flags),
        tags=tuple(f"flag-{letter}" for letter in item.flags),
    )


def _and(one: str | None, other: str) -> str:
    return f"{one}; {other}" if one else other
