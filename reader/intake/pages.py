"""Whole texts: the pages of entries that were but a beginning, fetched politely and one by one.

Where nobody asked for each of these pages, the site's robots.txt is heeded. What is wanted stands
in the cache; what is not fetched in this run is fetched in the next. Why a page is not to be had is
noted with the article.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import timedelta
from time import monotonic
from typing import TYPE_CHECKING

from reader import clock, config
from reader.config import Config
from reader.errors import FetchError, FetchLater, NothingFound, Offline
from reader.fetch.addresses import target
from reader.fetch.answers import Answer
from reader.fetch.client import Manner, Visit, unanswered
from reader.fetch.credentials import Credentials
from reader.fetch.pacing import Pace, Turns
from reader.fetch.robots import LARGEST_BYTES, Robots
from reader.intake.asking import Hosts, Job, LeftAlone, name_of, settings_of
from reader.intake.keeping import index, nothing_in
from reader.intake.naming import listed_elsewhere
from reader.model import Arrival, Article, ArticleId, Cleaned, Document
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
        arrival = fetcher.fetch(one)
        came += arrival is not None and arrival.status == "updated"
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


def fetch_asked(cache: Cache, ids: Iterable[ArticleId]) -> Iterator[Arrival]:
    """Fetch the pages of these articles because a person asks for each; what became of each is
    committed when it is given. robots.txt, which is for programs that go by themselves, does not
    concern them; a host that wants to be left alone is left alone. Raises NothingFound."""
    from reader.clean.worker import Cleaner

    settings = config.load()
    hosts = Hosts(cache.fetches.hosts_to_leave_alone(clock.now()))
    cleaner = Cleaner()
    try:
        fetcher = _Fetcher(cache, cleaner, settings, hosts, asked=True)
        pace = Pace(settings.fetch.host_interval_seconds, settings.fetch.host_connections)
        for id in ids:
            article = cache.articles.get(id)
            if article.url is None:
                yield _arrival(article, "refused", "it has no address")
                continue
            try:
                wanted = _Wanted(id, article.headline.source_id, article.url, 0)
            except FetchError as error:
                yield _arrival(article, "refused", str(error.args[1]))
                continue
            pace.await_turn(wanted.host)
            yield fetcher.fetch(wanted) or _arrival(article, "refused", "it was deleted meanwhile")
    finally:
        cleaner.close()


class _Fetcher:
    def __init__(
        self,
        cache: Cache,
        cleaner: Cleaner,
        settings: Config,
        hosts: Hosts,
        *,
        asked: bool = False,
    ) -> None:
        self._cache = cache
        self._cleaner = cleaner
        self._settings = settings
        self._hosts = hosts
        self._asked = asked
        """Does a person ask for each page?"""
        self._sources = {source.id: source for source in cache.fetches.all()}
        self._robots: dict[int, Robots] = {}

    def fetch(self, one: _Wanted) -> Arrival | None:
        """What became of the article; it is committed. None if the article was deleted."""
        arrival = self._fetch(one)
        if told := self._hosts.told():
            with self._cache.write() as conn:
                for host, until in told.items():
                    fetches.leave_alone(conn, host, until, clock.now())
        return arrival

    def _fetch(self, one: _Wanted) -> Arrival | None:
        try:
            answer = self._ask(one)
        except (LeftAlone, Offline) as error:
            return self._not_now(one, str(error.args[1]))
        except FetchLater as error:
            return self._not_now(one, str(error.args[1]), put_off=True)
        except FetchError as error:
            return self._give_up(one, str(error.args[1]))
        document = Document(answer.body, url=answer.url, content_type=answer.content_type)
        if listed_elsewhere(document):
            return self._give_up(one, "its address leads to a feed or to data, not to a page")
        return self._keep(one, answer, self._cleaner.clean(document))

    def _ask(self, one: _Wanted) -> Answer:
        source = self._sources[one.source]  # type: ignore[index]
        job = Job(source, {}, settings_of(self._settings, source))
        try:
            at = target(source.url)
        except FetchError:  # a folder, an import, a program: it has no host to be near to
            at = None
        manner = Manner(
            secrets=Credentials(at, job.settings).headers if at else None,
            may_ask=self._hosts.refuse,
            verify=job.settings.verify_tls,
            near=at.origin if at and job.is_typed else None,
        )
        if not self._asked and not self._robots_of(one, manner).allow(one.url):
            raise FetchError(one.url, "the site asks programs not to fetch it (robots.txt)")
        answer = Visit(one.url, typed=False, manner=manner).answer()
        self._hosts.learn(answer)
        if answer.status != 200:
            raise unanswered(answer)
        return answer

    def _robots_of(self, one: _Wanted, manner: Manner) -> Robots:
        def ask(url: str) -> Answer:
            small = replace(manner, most_bytes=4 * LARGEST_BYTES, seconds=20.0)
            return Visit(url, typed=False, manner=small).answer()

        return self._robots.setdefault(one.source, Robots(ask))

    def _keep(self, one: _Wanted, answer: Answer, page: Cleaned) -> Arrival | None:
        try:
            article = self._cache.articles.get(one.id)
        except NothingFound:
            return None
        if (reason := why_not_whole(article, page)) is not None:
            return self._give_up(one, reason)
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
            fetches.note_page(conn, one.id, None)
        reason = None if arrival.status == "updated" else arrival.reason
        source = article.headline.source
        return replace(arrival, id=one.id, what=one.url, source=source, reason=reason)

    def _not_now(self, one: _Wanted, reason: str, *, put_off: bool = False) -> Arrival | None:
        """Leave it for a later run; for the last time it is given up."""
        if put_off and not self._asked:
            tries = one.tries + 1
            state = fetches.WANTED if tries < TRIES else fetches.GIVEN_UP
            with self._cache.write() as conn:
                fetches.page_came(conn, one.id, state, tries, clock.now() + TRY_AGAIN * tries)
                fetches.note_page(conn, one.id, reason)
        return self._refused(one, reason)

    def _give_up(self, one: _Wanted, reason: str) -> Arrival | None:
        with self._cache.write() as conn:
            fetches.page_came(conn, one.id, fetches.GIVEN_UP, one.tries + 1)
            fetches.note_page(conn, one.id, reason)
        return self._refused(one, reason)

    def _refused(self, one: _Wanted, reason: str) -> Arrival | None:
        try:
            return _arrival(self._cache.articles.get(one.id), "refused", reason)
        except NothingFound:
            return None


def why_not_whole(article: Article, page: Cleaned) -> str | None:
    """Why a page is no better than what the feed gave; None if it is."""
    if (reason := nothing_in(page)) is not None:
        return reason
    more = page.words >= FEW * article.headline.words
    if "consent-wall" in page.warnings:
        return "a consent form stands in front of its page"
    if "paywall" in page.warnings and not more:
        return "its page is for subscribers"
    if "not-an-article" in page.warnings:
        return "its page does not look like an article"
    return None if more else "its page gives no more than the feed"


def _arrival(article: Article, status: str, reason: str) -> Arrival:
    headline = article.headline
    return Arrival(
        status,
        article.id,
        headline.guid,
        headline.title,
        reason,
        what=article.url,
        source=headline.source,
    )


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
