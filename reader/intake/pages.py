"""Whole texts: the pages of entries that were but a beginning, fetched politely and one by one.

Nobody asked for each of these pages, so the site's robots.txt is heeded. What is wanted stands in
the cache; what is not fetched in this run is fetched in the next.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from time import monotonic
from typing import TYPE_CHECKING

from reader import clock
from reader.config import Config
from reader.errors import FetchError, FetchLater, NothingFound
from reader.fetch.addresses import target
from reader.fetch.answers import Answer
from reader.fetch.client import Manner, Visit, unanswered
from reader.fetch.credentials import Credentials
from reader.fetch.pacing import Turns
from reader.fetch.robots import LARGEST_BYTES, Robots
from reader.intake.asking import Hosts, Job, LeftAlone, name_of, settings_of
from reader.intake.keeping import index, nothing_in
from reader.model import Article, ArticleId, Cleaned, Document
from reader.store import Incoming, fetches

if TYPE_CHECKING:
    from reader.clean.worker import Cleaner
    from reader.store import Cache

A_SOURCE = 10
"""Pages of one source in a run, the newest first."""
A_RUN = 100
RUN_SECONDS = 120.0
"""For all pages of a run; what is left waits for the next."""
TRIES = 3
TRY_AGAIN = timedelta(hours=4)
FEW = 0.9
"""A page that gives fewer words than this share of its beginning gives nothing new."""


def fetch_wanted(cache: Cache, cleaner: Cleaner, settings: Config, hosts: Hosts) -> int:
    """Fetch pages whose articles want them; how many whole texts came."""
    wanted = _chosen(cache)
    if not wanted:
        return 0
    fetcher = _Fetcher(cache, cleaner, settings, hosts)
    turns: Turns[_Wanted] = Turns(settings.fetch.host_interval_seconds, 1)
    for one in wanted:
        turns.add(one.host, one)
    ends = monotonic() + RUN_SECONDS
    came = 0
    while monotonic() < ends and (turn := turns.take()) is not None:
        host, one = turn
        came += fetcher.fetch(one)
        turns.done(host)
    return came


class _Wanted:
    """An article whose page is to be fetched."""

    __slots__ = ("host", "id", "source", "tries", "url")

    def __init__(self, id: ArticleId, source: int, url: str, tries: int) -> None:
        self.id, self.source, self.url, self.tries = id, source, url, tries
        self.host = name_of(target(url))


def _chosen(cache: Cache) -> list[_Wanted]:
    """The newest few of each source; what has no address that can be asked is given up."""
    found: list[_Wanted] = []
    of_source: Counter[int] = Counter()
    for id, source, url, tries in cache.fetches.pages_wanted(clock.now()):
        if of_source[source] >= A_SOURCE or len(found) >= A_RUN:
            continue
        try:
            found.append(_Wanted(id, source, url, tries))
        except FetchError:
            with cache.write() as conn:
                fetches.page_came(conn, id, fetches.GIVEN_UP)
            continue
        of_source[source] += 1
    return found


class _Fetcher:
    def __init__(self, cache: Cache, cleaner: Cleaner, settings: Config, hosts: Hosts) -> None:
        self._cache = cache
        self._cleaner = cleaner
        self._settings = settings
        self._hosts = hosts
        self._sources = {source.id: source for source in cache.fetches.all()}
        self._robots: dict[int, Robots] = {}

    def fetch(self, one: _Wanted) -> bool:
        """Did the whole text come? Whatever came of it is committed."""
        try:
            answer = self._ask(one)
        except LeftAlone:
            return False
        except FetchLater:
            self._put_off(one)
            return False
        except FetchError:
            self._conclude(one, fetches.GIVEN_UP)
            return False
        document = Document(answer.body, url=answer.url, content_type=answer.content_type)
        return self._keep(one, answer, self._cleaner.clean(document))

    def _ask(self, one: _Wanted) -> Answer:
        source = self._sources[one.source]  # type: ignore[index]
        job = Job(source, {}, settings_of(self._settings, source))
        at = target(source.url)
        near = at.origin if job.is_typed else None
        manner = Manner(
            secrets=Credentials(at, job.settings).headers,
            may_ask=self._hosts.refuse,
            verify=job.settings.verify_tls,
            near=near,
        )

        def ask(url: str) -> Answer:
            small = replace(manner, most_bytes=4 * LARGEST_BYTES, seconds=20.0)
            return Visit(url, typed=False, manner=small).answer()

        robots = self._robots.setdefault(one.source, Robots(ask))
        if not robots.allow(one.url):
            raise FetchError(one.url, "the site asks programs not to fetch it (robots.txt)")
        answer = Visit(one.url, typed=False, manner=manner).answer()
        self._hosts.learn(answer)
        if answer.status != 200:
            raise unanswered(answer)
        return answer

    def _keep(self, one: _Wanted, answer: Answer, page: Cleaned) -> bool:
        try:
            article = self._cache.articles.get(one.id)
        except NothingFound:
            return False  # deleted meanwhile
        if not _is_whole(article, page):
            self._conclude(one, fetches.GIVEN_UP)
            return False
        with self._cache.write() as conn:
            incoming = Incoming(
                article.headline.guid,
                _merged(article, page),
                raw=answer.body,
                url=answer.url,
                content_type=answer.content_type,
                is_fuller="teaser" in article.warnings,
            )
            arrival = self._cache.articles.keep(article.headline.source_id, incoming)
            if arrival.id is not None and arrival.status == "updated":
                index(conn, arrival.id, incoming.cleaned, arrival.title)
            fetches.page_came(conn, one.id, fetches.WHOLE)
        return True

    def _put_off(self, one: _Wanted) -> None:
        tries = one.tries + 1
        state = fetches.WANTED if tries < TRIES else fetches.GIVEN_UP
        with self._cache.write() as conn:
            fetches.page_came(conn, one.id, state, tries, clock.now() + TRY_AGAIN * tries)

    def _conclude(self, one: _Wanted, state: int) -> None:
        with self._cache.write() as conn:
            fetches.page_came(conn, one.id, state, one.tries + 1)


def _is_whole(article: Article, page: Cleaned) -> bool:
    """Does the page give more than the feed did, and not a wall in front of it?"""
    if nothing_in(page) or set(page.warnings) & {"consent-wall", "not-an-article"}:
        return False
    return page.words >= FEW * article.headline.words


def _merged(article: Article, page: Cleaned) -> Cleaned:
    """The page's text under what the feed says of it, which knows its own entries best."""
    headline = article.headline
    return replace(
        page,
        title=headline.title,
        authors=article.authors or page.authors,
        published=headline.published or page.published,
        modified=article.modified or page.modified,
        url=article.url,
        summary=headline.summary or page.summary or article.text[:500] or None,
        language=article.language or page.language,
    )
