"""An address that a person gives: a feed, a site that has one, or a page to keep.

It is asked once. A feed becomes a source with its entries; a page that announces one feed, and is
no article itself, becomes a source for that; one that announces several leaves the choice to the
person; any other page is kept as an article. What does not answer for the time being is kept as a
feed, with its error, and tried again.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from reader import clock, config
from reader.clean.addresses import host
from reader.errors import FetchError, FetchLater, NothingFound, Offline, SeveralFeeds
from reader.feeds import discovery, schedule
from reader.feeds.model import Candidate
from reader.fetch.addresses import target
from reader.fetch.answers import Answer
from reader.fetch.client import unanswered
from reader.fetch.pacing import Pace
from reader.intake.asking import Hosts, Job, LeftAlone, ask, name_of, settings_of
from reader.intake.naming import is_feed
from reader.intake.press import Page, Press, Reading
from reader.intake.settling import Fetched, Settler
from reader.model import Arrival, Document, Source, SourceId, SourceKind
from reader.store import fetches
from reader.store.fetches import Watched

if TYPE_CHECKING:
    from reader.store import Cache

FEED_SCHEME = re.compile(r"^feed:(?://(?=https?:))?", re.I)
BARE_HOST = re.compile(r"(?:\w(?:[\w-]*\w)?\.)+[^\W\d_]{2,24}(?:[/?]\S*)?", re.I)
NEARBY_HOST = re.compile(
    r"(?:localhost|\d{1,3}(?:\.\d{1,3}){3}|\[[0-9a-f:]+\]|(?:[\w-]+\.)+[^\W\d_]{2,24}(?=:))"
    r"(?::\d{1,5})?(?:[/?]\S*)?",
    re.I,
)
"""A machine by its number, or a server by its port: such seldom have certificates."""
ONE_ARTICLE = re.compile(r"/(?:19|20)\d\d/\d|/[^/]*-[^/]*-[^/]*/?$|\.html?$", re.I)
"""How the path of an article looks: a date, a title in words, a file."""
COMMENTS = re.compile(r"\bcomments?\b|/comments/", re.I)
MOST_GUESSES = 10
"""Places where a feed may be that nobody announces; each costs the site a request."""


def address_in(what: str) -> str | None:
    """The web address in what a person typed, if it is one."""
    said = FEED_SCHEME.sub("", what.strip())
    if said.startswith("//"):
        said = f"http:{said}"  # what `feed://` has always stood for
    scheme = said.partition("://")[0].lower()
    if "://" in said:
        return None if scheme == "file" else said
    for named, before in ((BARE_HOST, "https"), (NEARBY_HOST, "http")):
        if named.fullmatch(said) and not os.path.exists(what):
            return f"{before}://{said}"
    return None


class Subscriber:
    """Takes addresses into a cache. One for each run; close it."""

    def __init__(self, cache: Cache, folder: str | None) -> None:
        self._cache = cache
        self._folder = folder
        self._settings = config.load()
        self._hosts = Hosts(cache.fetches.hosts_to_leave_alone(clock.now()))
        self._press = Press()
        fetch = self._settings.fetch
        self._pace = Pace(fetch.host_interval_seconds, fetch.host_connections)

    def close(self) -> None:
        """End the child."""
        self._press.close()

    def take(self, url: str, typed: str) -> Iterator[Arrival] | Answer:
        """What came of an address, committed; or the answer that is to be kept as a page.

        `typed` is what stands for it in reports and in the cache, without the login that `url`
        may have. Raises SeveralFeeds, FetchError.
        """
        if (known := self._known(url)) is not None:
            return self._again(known, typed, url if target(url).credentials else None)
        job = self._job(url, typed)
        if listed := discovery.known_listing(job.source.url):
            return self._of_feeds([(each.title, each.url) for each in listed], typed)
        try:
            answer = self._ask(job, url)
            if answer.status != 200:
                raise unanswered(answer)
        except (FetchLater, LeftAlone) as failure:
            return iter([self._kept_for_later(job, typed, failure)])
        document = Document(answer.body, url=answer.url, content_type=answer.content_type)
        reading = self._press.read(document)
        if reading.error is None:
            return self._subscribed(job, answer, reading, typed)
        if answer.broke_off:
            raise FetchError(url, "the server broke off its answer; try again")
        if is_feed(document):
            raise FetchError(url, f"it is a feed, but {reading.error}")
        if reading.page is None or reading.page.is_article or ONE_ARTICLE.search(_path(url)):
            return answer
        return self._of_site(job, answer, reading.page, typed)

    def _ask(self, job: Job, typed: str | None = None) -> Answer:
        self._pace.await_turn(_host(job.source.url))
        return ask(job, self._hosts, typed=typed)

    def _of_site(
        self, job: Job, answer: Answer, page: Page, typed: str
    ) -> Iterator[Arrival] | Answer:
        announced = [Candidate(*each) for each in page.candidates if each[2] is not None]
        announced = discovery.in_one_format(announced)
        worthy = [each for each in announced if not COMMENTS.search(f"{each.title} {each.url}")]
        if len(worthy or announced) > 1:
            return self._of_feeds([(each.title, each.url) for each in announced], typed)
        is_home = not _path(job.source.url).strip("/")
        if announced:
            try:
                return self.take_feed((worthy or announced)[0].url, typed)
            except FetchError:
                found = self._first_feed(discovery.usual(answer.url), typed) if is_home else None
                if found is None:
                    raise
                return self._subscribed(*found, typed)
        if not is_home:
            return answer  # a page within a site is wanted for itself
        found = self._first_feed([Candidate(*each) for each in page.candidates], typed)
        return answer if found is None else self._subscribed(*found, typed)

    def _first_feed(
        self, places: Sequence[Candidate], typed: str
    ) -> tuple[Job, Answer, Reading] | None:
        tries = (self._read_feed(place.url, typed) for place in places[:MOST_GUESSES])
        return next((found for found in tries if found is not None), None)

    def _of_feeds(self, feeds: Sequence[tuple[str | None, str]], typed: str) -> Iterator[Arrival]:
        """Subscribe to the one feed of a site. Raises SeveralFeeds if there is a choice."""
        if len(feeds) > 1:
            named = [(title or "untitled", url) for title, url in feeds]
            raise SeveralFeeds(typed, "; ".join(map(" ".join, named)), named)
        return self.take_feed(feeds[0][1], typed)

    def take_feed(self, url: str, typed: str) -> Iterator[Arrival]:
        """Subscribe to a feed that a page announces. Raises FetchError if it is none."""
        if (known := self._known(url)) is not None:
            return self._again(known, typed)
        try:
            found = self._read_feed(url, typed, is_sure=True)
        except (FetchLater, LeftAlone) as failure:
            return iter([self._kept_for_later(self._job(url, typed), typed, failure)])
        except FetchError as failure:
            cause = f"the feed that it announces, {url}, is not to be had: {failure.args[1]}"
            raise FetchError(url, cause) from failure
        if found is None:
            raise FetchError(url, f"what it announces as its feed, {url}, is none")
        return self._subscribed(*found, typed)

    def _read_feed(
        self, url: str, typed: str, *, is_sure: bool = False
    ) -> tuple[Job, Answer, Reading] | None:
        job = self._job(url, typed)
        try:
            answer = self._ask(job)
            if answer.status != 200:
                raise unanswered(answer)
        except FetchError:
            if is_sure:
                raise
            return None
        document = Document(answer.body, url=answer.url, content_type=answer.content_type)
        reading = self._press.read(document)
        return None if reading.error is not None else (job, answer, reading)

    def _subscribed(
        self, job: Job, answer: Answer, reading: Reading, typed: str
    ) -> Iterator[Arrival]:
        source = self._source(job, reading, typed)
        made = replace(job, source=self._cache.fetches.one(source.id))
        fetched = Fetched(made, answer, reading=reading)
        settler = Settler(self._cache, self._hosts, self._settings.fetch.full_text)
        settler.settle(fetched)
        title = self._cache.sources.find(source.id).title
        for arrival in fetched.arrivals:
            yield replace(arrival, what=typed, source=title)
        if not fetched.arrivals:
            reason = "the feed lists nothing yet"
            yield Arrival("added", title=title, what=typed, source=title, reason=reason)

    def _again(
        self, known: Watched, typed: str, with_login: str | None = None
    ) -> Iterator[Arrival]:
        """An address that is a source already: asked again like one that was named."""
        if self._folder:
            self._cache.sources.add(known.kind, known.url, known.title, folder=self._folder)
        validators = self._cache.fetches.validators().get(known.id, {})
        job = Job(known, validators, settings_of(self._settings, known))
        fetched = Fetched(job)
        try:
            answer = fetched.answer = self._ask(job, with_login)
            if answer.status == 200:
                document = Document(answer.body, answer.url, content_type=answer.content_type)
                listed = self._cache.fetches.listed(known.id)
                fetched.reading = self._press.read(document, listed)
        except FetchError as failure:
            fetched.failure = failure
        settler = Settler(self._cache, self._hosts, self._settings.fetch.full_text)
        outcome = settler.settle(fetched)
        for arrival in fetched.arrivals:
            yield replace(arrival, what=typed, source=outcome.title)
        if not fetched.arrivals:
            status = "refused" if outcome.error else "skipped"
            reason = outcome.error or "nothing new in a feed that you have"
            yield Arrival(
                status, title=outcome.title, what=typed, source=outcome.title, reason=reason
            )

    def _kept_for_later(self, job: Job, typed: str, failure: FetchError) -> Arrival:
        """Keep what could not be reached as a source, to be tried again."""
        now = clock.now()
        cause = str(failure.args[1])
        next = schedule.after_failure(now, 1)
        if isinstance(failure, LeftAlone):
            next = failure.args[2]
        elif isinstance(failure, Offline):
            next = schedule.when_online(now)
        if held := self._hosts.until.get(_host(job.source.url)):
            next = max(next, held)
        with self._cache.write() as conn:
            source = self._source(job, Reading(), typed)
            for name, until in self._hosts.told().items():
                fetches.leave_alone(conn, name, until, now)
            if isinstance(failure, LeftAlone | Offline):
                fetches.put_off(conn, source.id, next, cause)
            else:
                fetches.keep_failure(conn, source.id, now, next, cause, 1)
        said = f"{cause}; it is kept, and tried again after {next:%Y-%m-%d %H:%M} UTC"
        return Arrival("refused", what=typed, source=source.title, reason=said)

    def _source(self, job: Job, reading: Reading, typed: str) -> Source:
        url = job.source.url
        title = reading.title or (host(url) if reading.hints is not None else None) or url
        return self._cache.sources.add(
            SourceKind.FEED,
            url,
            title,
            added_as=typed,
            home=reading.home,
            folder=self._folder,
        )

    def _known(self, url: str) -> Watched | None:
        try:
            source = self._cache.sources.find(target(url).url)
        except (FetchError, NothingFound):
            return None
        return self._cache.fetches.one(source.id) if source.kind == SourceKind.FEED else None

    def _job(self, url: str, typed: str) -> Job:
        """A job for an address that is no source yet. Raises FetchError for what is none."""
        clean = target(url).url
        blank = Watched(
            SourceId(0), SourceKind.FEED, clean, clean, typed,
            None, None, None, None, 0, False, None, 0, None, {}, None,
        )  # fmt: skip
        return Job(blank, {}, settings_of(self._settings, blank))


def _host(url: str) -> str:
    return name_of(target(url))


def _path(url: str) -> str:
    return urlsplit(url).path
