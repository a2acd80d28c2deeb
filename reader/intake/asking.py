"""How a source is asked: with its own validators and secrets, and not where a host said no."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from reader import clock, config
from reader.config import Config, Feed
from reader.errors import FetchError
from reader.feeds.schedule import patience_seconds
from reader.fetch import fetch, programs
from reader.fetch.addresses import Target, is_typed, same_host, target
from reader.fetch.answers import Answer, Validators
from reader.fetch.client import MOST_REDIRECTS, PAGES, Manner, Visit
from reader.fetch.credentials import Credentials
from reader.fetch.pacing import Pace
from reader.model import Document, SourceKind
from reader.noun import Noun
from reader.store.fetches import Watched

FEEDS = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml, "
    "application/xml;q=0.9, text/xml;q=0.9, */*;q=0.7"
)
LARGEST_FEED = 10_000_000
"""Bytes once unpacked."""
FEED_SECONDS = 30.0
FEED_REDIRECTS = 5


NOT_FOR_OTHERS: Mapping[str, Any] = {
    name: getattr(Feed(), name)
    for name in (
        *("user", "password_env", "password_command", "password_keyring"),
        *("headers", "headers_env", "cookies_file", "verify_tls"),
    )
}
"""Settings of a source that are meant for one host alone, as they are where nothing is set."""


class LeftAlone(FetchError):
    """A host that asked for patience was not asked. Facts: address, cause, until when."""


@dataclass(slots=True)
class Hosts:
    """Which hosts want to be left alone, for all threads of a run."""

    until: dict[str, datetime]
    is_forced: bool = False
    """Is nobody to be left alone?"""
    news: dict[str, datetime] = field(default_factory=dict)
    """What this run has learned, still to be written down."""
    _learning: threading.Lock = field(default_factory=threading.Lock)

    def refuse(self, at: Target) -> None:
        """Raises LeftAlone for a host that is not to be asked now."""
        until = self.until.get(name_of(at))
        if until is not None and not self.is_forced and not clock.is_over(until, clock.now()):
            cause = f"{at.authority} asked to be left alone until {until:%Y-%m-%d %H:%M} UTC"
            cure = "`broadsheet refresh --force` asks all the same"
            raise LeftAlone(at.url, f"{cause}; {cure}", until)

    def learn(self, answer: Answer) -> datetime | None:
        """Until when the host of an answer wants no more requests, if it said so."""
        wait = patience_seconds(answer.status, answer.retry_seconds)
        if wait is None:
            return None
        until = clock.now() + timedelta(seconds=wait)
        with self._learning:
            self.until[name_of(target(answer.url))] = until
            self.news[name_of(target(answer.url))] = until
        return until

    def told(self) -> dict[str, datetime]:
        """What was learned since this was last asked."""
        with self._learning:
            news, self.news = self.news, {}
            return news


def name_of(at: Target) -> str:
    """Host and port, as they are kept."""
    return f"{at.host}:{at.port}"


class Job(Noun):
    """A source to be asked."""

    source: Watched
    validators: Mapping[str, tuple[str | None, str | None]]
    settings: Feed

    @property
    def is_typed(self) -> bool:
        """Did the person give this address, or another that led to it?"""
        return is_typed(self.source.url, self.source.added_as)


def settings_of(config: Config, source: Watched) -> Feed:
    """What the person said of a source, by its address or the one it was added as.

    Of the latter nothing that only its host may know, if the source has moved to another.
    """
    if (own := config.source.get(source.url)) is not None:
        return own
    said = config.source.get(source.added_as or "")
    if said is None or same_host(source.added_as or "", source.url):
        return said or Feed()
    return replace(said, **NOT_FOR_OTHERS)


def ask(job: Job, hosts: Hosts, typed: str | None = None) -> Answer:
    """What a source answers. Raises FetchError; LeftAlone if it was not even asked.

    `typed` is the address as a person has just given it, of which nobody knows what it is: it may
    have a login in it, and be a large page.
    """
    if job.source.kind == SourceKind.PROGRAM:
        return programs.run(job.source.url, job.settings.command)
    at = target(job.source.url)
    is_page = job.source.kind == SourceKind.PAGE
    manner = Manner(
        accept=PAGES if is_page else FEEDS,
        validators=lambda url: Validators(*job.validators.get(url, (None, None))),
        secrets=Credentials(at, job.settings).headers,
        may_ask=hosts.refuse,
        verify=job.settings.verify_tls,
        most_redirects=MOST_REDIRECTS if typed else FEED_REDIRECTS,
        most_bytes=None if is_page or typed else LARGEST_FEED,
        seconds=FEED_SECONDS,
        keeps_part=not is_page,
    )
    answer = Visit(typed or job.source.url, typed=job.is_typed, manner=manner).answer()
    hosts.learn(answer)
    return answer


class Passerby:
    """Asks addresses that need be no sources, with the logins that the settings have for them."""

    def __init__(self) -> None:
        self._settings = config.load()
        fetch = self._settings.fetch
        self._pace = Pace(fetch.host_interval_seconds, fetch.host_connections)

    def document(self, url: str, *, typed: bool = True) -> Document:
        """What is at an address; `typed` if a person named it. Raises FetchError."""
        at = target(url)
        own = self._settings.source.get(at.url) or Feed()
        manner = Manner(secrets=Credentials(at, own).headers, verify=own.verify_tls)
        self._pace.await_turn(name_of(at))
        return fetch(url, typed=typed, manner=manner)
