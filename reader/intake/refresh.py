"""The whole intake for what is due: ask, read, keep, and say what came of each source.

    due sources ─▶ turns ─▶ threads that ask (and wait on children that read) ─▶ one writer

One run at a time. Only the thread that iterates writes, a source at a time; an `Outcome` is given
when its articles are committed, so a run may end anywhere, and the next one goes on from there.
"""

from __future__ import annotations

import os
import queue
import threading
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass

from reader import clock, config, courtesy, stories
from reader.clean.worker import Cleaner
from reader.config import Config
from reader.errors import FetchError
from reader.fetch import connect
from reader.fetch.addresses import target
from reader.fetch.pacing import Turns
from reader.fetch.programs import EXEC, is_program
from reader.intake import local, pages
from reader.intake.asking import Hosts, Job, ask, name_of, settings_of
from reader.intake.called import called
from reader.intake.lock import Lock
from reader.intake.press import Press
from reader.intake.settling import Fetched, Settler
from reader.model import LISTING, Document, Outcome, SourceKind
from reader.store import Cache, retention
from reader.store.fetches import NEVER_SCHEDULED_SECONDS, Watched
from reader.store.identity import bytes_digest
from reader.store.times import seconds

ASKED = (SourceKind.FEED, SourceKind.PAGE, SourceKind.PROGRAM)
"""Kinds of sources that are asked: on the network, or by a command of the person's own."""
LOOKED_AT = (SourceKind.FILE, SourceKind.FOLDER)
"""Kinds of sources that lie on this machine."""
PROCESSES = 2 if (len(courtesy.processors()) or os.cpu_count() or 1) > 2 else 1
"""Children that read. On two processors a second one costs an eighth more computing, for no gain by
the clock."""
COMPARING_SECONDS = 1.0
"""Computing for which what came is compared, the newest first. The next refresh goes on with the
rest, and the room of stories does it when it is asked. Of the 400 entries of a first day with
twenty feeds 310 are in stories after it, else the first front page would be one of single articles;
left out it would not be saved, but be done while somebody reads."""
SPARE_SECONDS = 0.2
"""The same where nothing came, for what an earlier run had no time for."""
WAITING = 6
"""Answers that may lie in memory before they are written."""


def refresh(
    cache: Cache, which: Sequence[str] = (), force: bool = False, *, compare: bool = False
) -> Iterator[Outcome]:
    """Bring in what is new from the sources that are due, or from those named.

    A source named by id, address or title is asked though it is not due, but not while its host
    wants to be left alone; `force` ignores both. `compare`: all that came is compared, however long
    it takes. Raises AlreadyRefreshing, NothingFound, UsageError.
    """
    settings = config.load()
    with Lock(cache.path):
        enlist_programs(cache, settings)
        chosen = _chosen(cache, which, force)
        yield from Run(cache, settings, force).take(chosen, compare=compare)


def enlist_programs(cache: Cache, settings: Config) -> None:
    """Make sources of the commands in the settings; one that was removed stays so."""
    known = cache.sources.addresses()
    for address in settings.source:
        if is_program(address) and address not in known:
            title = address.removeprefix(EXEC)
            cache.sources.add(SourceKind.PROGRAM, address, title, added_as=address)


def _chosen(cache: Cache, which: Sequence[str], force: bool) -> list[Watched]:
    every = cache.fetches.all()
    if which:
        chosen = [called(every, word) for word in which]
        return list({source.id: source for source in chosen}.values())
    now = clock.now()

    def is_due(source: Watched) -> bool:
        if source.gone or source.url == local.PASTED:
            return False
        if force or source.kind in LOOKED_AT:
            return source.kind in (*ASKED, *LOOKED_AT)
        if source.kind not in ASKED:
            return False
        if source.next is not None:
            return clock.is_over(source.next, now)
        return source.last is None or (now - source.last).total_seconds() >= NEVER_SCHEDULED_SECONDS

    return [source for source in every if is_due(source)]


@dataclass(slots=True)
class _Failed:
    """A thread met what it should not have."""

    error: BaseException


class Run:
    """One run over some sources."""

    def __init__(self, cache: Cache, settings: Config, force: bool = False) -> None:
        self._cache = cache
        self._settings = settings
        self._hosts = Hosts(cache.fetches.hosts_to_leave_alone(clock.now()), is_forced=force)
        self._settler = Settler(cache, self._hosts, settings.fetch.full_text)
        self._press = Press(PROCESSES)
        self._cleaner = Cleaner()
        self._force = force

    def take(
        self, sources: Sequence[Watched], *, whole_texts: bool = True, compare: bool = False
    ) -> Iterator[Outcome]:
        """Refresh these sources; each outcome is committed."""
        came = 0
        try:
            for _, outcome in self.asked(sources):
                came += outcome.new
                yield outcome
            for source in sources:
                if source.kind in LOOKED_AT and source.url != local.PASTED:
                    yield local.look_again(self._cache, self._cleaner, source)
                elif source.kind not in ASKED:
                    yield Outcome(source.id, source.url, source.title, "unchanged")
            if whole_texts:
                pages.fetch_wanted(self._cache, self._cleaner, self._settings, self._hosts)
            self._let_go()
            self.close()
            if compare:
                stories.catch_up(self._cache)
                stories.respell(self._cache)
            else:
                stories.keep_up(self._cache, COMPARING_SECONDS if came else SPARE_SECONDS)
        finally:
            self.close()

    def asked(self, sources: Sequence[Watched]) -> Iterator[tuple[Fetched, Outcome]]:
        """Ask those of the sources that lie on the network; what came of each is committed."""
        validators = self._cache.fetches.validators()
        jobs = [
            Job(source, validators.get(source.id, {}), settings_of(self._settings, source))
            for source in sources
            if source.kind in ASKED and (self._force or not source.gone)
        ]
        for source in sources:
            if source.kind in ASKED and source.gone and not self._force:
                yield _not_asked(source)
        for fetched in self._answers(jobs):
            yield fetched, self._settler.settle(fetched)

    def close(self) -> None:
        """End the children."""
        self._press.close()
        self._cleaner.close()

    def _answers(self, jobs: Sequence[Job]) -> Iterator[Fetched]:
        """What came of each job, in the order in which it came."""
        fetch = self._settings.fetch
        turns: Turns[Job] = Turns(fetch.host_interval_seconds, fetch.host_connections)
        answers: queue.Queue[Fetched | _Failed] = queue.Queue(WAITING)
        for job in jobs:
            turns.add(_host(job), job)
        connect.get_ready()
        crew = [
            threading.Thread(target=self._work, args=(turns, answers), daemon=True)
            for _ in range(min(fetch.parallel, len(jobs)))
        ]
        for thread in crew:
            thread.start()
        try:
            for _ in jobs:
                came = answers.get()
                if isinstance(came, _Failed):
                    raise came.error
                yield came
        finally:
            turns.close()
            for thread in crew:
                # Whoever waits with an answer in hand is let go; who waits on the net goes with us.
                while thread.is_alive() and not answers.empty():
                    with suppress(queue.Empty):
                        answers.get_nowait()

    def _work(self, turns: Turns[Job], answers: queue.Queue[Fetched | _Failed]) -> None:
        try:
            self._take_turns(turns, answers)
        finally:
            self._cache.leave()

    def _take_turns(self, turns: Turns[Job], answers: queue.Queue[Fetched | _Failed]) -> None:
        while (turn := turns.take()) is not None:
            host, job = turn
            fetched = Fetched(job)
            try:
                try:
                    fetched.answer = ask(job, self._hosts)
                except FetchError as failure:
                    fetched.failure = failure
                finally:
                    turns.done(host)
                self._read(fetched)
            except BaseException as error:  # the writing thread must hear of it
                answers.put(_Failed(error))
                return
            answers.put(fetched)

    def _read(self, fetched: Fetched) -> None:
        """Have the body read by a child, unless it is that of the last time."""
        answer, source = fetched.answer, fetched.job.source
        if answer is None or answer.status != 200:
            return
        if source.body is not None and bytes_digest(answer.body) == source.body:
            return
        url = None if source.kind == SourceKind.PROGRAM else answer.url
        document = Document(answer.body, url=url, content_type=answer.content_type)
        if source.kind == SourceKind.PAGE:
            fetched.cleaned = self._cleaner.clean(document)
            return
        fetched.reading = self._press.read(document, self._cache.fetches.listed(source.id))
        if source.kind == SourceKind.PROGRAM and fetched.reading.error is not None:
            fetched.reading, fetched.cleaned = None, self._cleaner.clean(document)

    def _let_go(self) -> None:
        """Let old articles of feeds go, where the person set a limit."""
        fetch, now = self._settings.fetch, seconds(clock.now())
        for source in self._cache.fetches.all():
            own = settings_of(self._settings, source)
            days = fetch.keep_days if own.keep_days is None else own.keep_days
            most = fetch.keep_articles if own.keep_articles is None else own.keep_articles
            if source.kind not in LISTING or not (days or most):
                continue
            while True:
                with self._cache.write() as conn:
                    went = retention.expire(
                        conn,
                        source.id,
                        now,
                        before=now - days * 86_400 if days else None,
                        most=most or None,
                        forget=stories.forget,
                    )
                if went < retention.AT_ONCE:
                    break


def _host(job: Job) -> str:
    with suppress(FetchError):
        return name_of(target(job.source.url))
    return ""


def _not_asked(source: Watched) -> tuple[Fetched, Outcome]:
    gone = Outcome(source.id, source.url, source.title, "gone", error=source.error)
    return Fetched(Job(source, {}, config.Feed())), gone
