"""What an answer means for a source: its articles, its schedule, its error, its new address.

Everything that one answer brings is in the cache before its outcome is given; what belongs to the
answer as a whole is written together with the last of its articles.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from reader import clock
from reader.errors import FetchError, Offline
from reader.feeds import schedule
from reader.fetch.answers import Answer
from reader.fetch.client import NOT_MODIFIED, refusal
from reader.intake.asking import Hosts, Job, LeftAlone
from reader.intake.keeping import index, nothing_in
from reader.intake.press import Page, Read, Reading
from reader.model import Arrival, Cleaned, Outcome, SourceKind
from reader.store import Cache, Incoming, fetches
from reader.store.identity import bytes_digest

CHUNK = 100
"""Entries of one transaction: the reading room never waits longer than for these."""
SIGHTINGS = 2
"""How often a permanent redirect is met before it is believed."""
GONE = 410
NO_TEXT = {
    "consent-wall": "a consent form stands in front of it",
    "not-an-article": "what it shows does not look like an article",
}
"""Warnings of pages that are not to take the place of a text, and what to say of them."""
SEVERAL = 3
"""As many feeds of a page are named in a sentence."""


@dataclass(slots=True)
class Fetched:
    """What came of asking a source, on its way into the cache."""

    job: Job
    answer: Answer | None = None
    failure: FetchError | None = None
    reading: Reading | None = None
    """What a feed's new body says."""
    cleaned: Cleaned | None = None
    """What a page's new body says."""
    arrivals: list[Arrival] = field(default_factory=list)
    """What became of its entries, once it is settled."""


class Settler:
    """Writes answers into a cache. All in one thread."""

    def __init__(self, cache: Cache, hosts: Hosts, full_text: str) -> None:
        self._cache = cache
        self._hosts = hosts
        self._full_text = full_text

    def settle(self, fetched: Fetched) -> Outcome:
        """What one source brought; all of it is committed."""
        answer, source = fetched.answer, fetched.job.source
        if answer is None:
            return self._unanswered(fetched)
        if answer.status == GONE:
            return self._gone(fetched)
        if answer.status == NOT_MODIFIED:
            if source.body is None:
                said = "the server says that nothing has changed, but nothing had come of it yet"
                return self._failed(fetched, said)
            return self._unchanged(fetched)
        if answer.status != 200:
            return self._failed(fetched, refusal(answer.status, answer.reason))
        if fetched.cleaned is not None:
            return self._page(fetched, fetched.cleaned)
        if fetched.reading is None:
            return self._unchanged(fetched)
        if fetched.reading.error is not None:
            return self._broken(fetched, fetched.reading)
        return self._feed(fetched, fetched.reading)

    def _unanswered(self, fetched: Fetched) -> Outcome:
        failure, source = fetched.failure, fetched.job.source
        assert failure is not None
        if isinstance(failure, LeftAlone):
            _, cause, until = failure.args
        elif isinstance(failure, Offline):
            cause, until = str(failure.args[1]), schedule.when_online(clock.now())
        else:
            return self._failed(fetched, str(failure.args[1]))
        with self._cache.write() as conn:
            fetches.put_off(conn, source.id, until, cause)
        return _outcome(fetched, "error", error=cause, next=until)

    def _failed(self, fetched: Fetched, cause: str) -> Outcome:
        source, now = fetched.job.source, clock.now()
        fails = source.fails + 1
        next = schedule.after_failure(now, fails, _told(source.hints))
        if fetched.answer is not None and (until := self._hosts.learn(fetched.answer)):
            next = max(next, until)
        with self._cache.write() as conn:
            self._note_hosts(conn, now)
            fetches.keep_failure(conn, source.id, now, next, cause, fails)
        return _outcome(fetched, "error", error=cause, next=next)

    def _gone(self, fetched: Fetched) -> Outcome:
        source, now = fetched.job.source, clock.now()
        cause = (
            "it is gone for good (410) and is not asked again; its articles are kept, "
            f"`broadsheet remove {source.id}` takes it off the list"
        )
        with self._cache.write() as conn:
            fetches.keep_failure(conn, source.id, now, None, cause, source.fails + 1, gone=True)
        return _outcome(fetched, "gone", error=cause)

    def _unchanged(self, fetched: Fetched) -> Outcome:
        hints = fetched.job.source.hints
        if broken := hints.get("broken"):
            return self._conclude_alone(fetched, hints, error=str(broken))
        return self._conclude_alone(fetched, hints)

    def _broken(self, fetched: Fetched, reading: Reading) -> Outcome:
        """What came is no feed. Its validators are kept, not to be given the same again."""
        if fetched.answer is not None and fetched.answer.broke_off:
            return self._failed(fetched, "its answer broke off; it is asked again")
        cause, announced = reading.error or "", []
        if reading.page is not None:
            announced = announced_by(reading.page)
            cause = no_feed(announced)
        hints = {"broken": cause, "announced": announced}
        return self._conclude_alone(fetched, hints, error=cause)

    def _conclude_alone(
        self, fetched: Fetched, hints: Mapping[str, Any], error: str | None = None
    ) -> Outcome:
        with self._cache.write() as conn:
            return self._conclude(conn, fetched, hints, error)

    def _feed(self, fetched: Fetched, reading: Reading) -> Outcome:
        source = fetched.job.source
        fresh = [entry for entry in reversed(reading.entries) if entry.cleaned is not None]
        prints = {entry.print for entry in reading.entries}
        rivals = dict.fromkeys(entry.name for entry in reading.entries)
        answer = fetched.answer
        assert answer is not None
        error = None
        if answer.broke_off:
            error = "its answer broke off; what had come is kept, and it is asked again"
            prints |= self._cache.fetches.listed(source.id)
            # What it does not list was perhaps to follow: nothing may take its place.
            rivals |= dict.fromkeys(fetches.listing(self._cache.reader(), source.id))
        for start in range(0, max(len(fresh), 1), CHUNK):
            part = fresh[start : start + CHUNK]
            with self._cache.write() as conn:
                if fetches.is_removed(conn, source.id):  # while it was asked
                    return _outcome(fetched, "unchanged")
                fetched.arrivals += self._entries(conn, fetched, part, rivals)
                if start + CHUNK < len(fresh):
                    fetches.add_listed(conn, source.id, (entry.print for entry in part))
                    continue
                fetches.introduce(conn, source.id, reading.title, reading.home)
                fetches.keep_listed(conn, source.id, prints)
                fetches.keep_listing(conn, source.id, rivals)
                outcome = self._conclude(conn, fetched, reading.hints or {}, error)
        return outcome

    def _entries(
        self,
        conn: sqlite3.Connection,
        fetched: Fetched,
        entries: Sequence[Read],
        rivals: Mapping[str, None],
    ) -> Iterator[Arrival]:
        source = fetched.job.source
        whole = fetches.with_whole_texts(conn, source.id)
        incoming = [
            Incoming(entry.name, entry.cleaned, rivals=rivals)
            for entry in entries
            if entry.cleaned is not None and entry.name not in whole
        ]
        kept = iter(self._cache.articles.keep_all(source.id, incoming))
        for entry in entries:
            if entry.cleaned is None:
                continue
            if (id := whole.get(entry.name)) is not None:
                fetches.want_page(conn, id)  # its beginning changed: the rest may have, too
                title = entry.cleaned.title
                yield Arrival("skipped", id, entry.name, title, "its page is looked at")
                continue
            arrival = next(kept)
            # Many come at once: the outcome need not wait until each has been compared.
            if arrival.id is not None and arrival.status == "updated":
                index(conn, arrival.id, entry.cleaned, arrival.title)
            if (
                arrival.id is not None
                and arrival.status == "added"
                and self._wants_page(fetched.job, entry)
            ):
                fetches.want_page(conn, arrival.id)
            yield arrival

    def _wants_page(self, job: Job, entry: Read) -> bool:
        policy = job.settings.full_text or self._full_text
        if entry.cleaned is None or not entry.cleaned.url or policy == "never":
            return False
        return policy == "always" or entry.is_teaser

    def _page(self, fetched: Fetched, cleaned: Cleaned) -> Outcome:
        answer, source = fetched.answer, fetched.job.source
        assert answer is not None
        reason = nothing_in(cleaned)
        for warning, said in NO_TEXT.items():
            if reason is None and warning in cleaned.warnings:
                reason = said
        if reason is not None and source.body is not None:
            return self._failed(fetched, f"{reason}; the text it had is kept")
        if reason is not None:
            return self._failed(fetched, reason)
        incoming = Incoming(
            source.added_as or source.url,
            cleaned,
            raw=answer.body,
            url=answer.url,
            content_type=answer.content_type,
        )
        with self._cache.write() as conn:
            if fetches.is_removed(conn, source.id):
                return _outcome(fetched, "unchanged")
            arrival = self._cache.articles.keep(source.id, incoming)
            if arrival.id is not None and arrival.status in ("added", "updated"):
                index(conn, arrival.id, cleaned, arrival.title)
            fetched.arrivals.append(arrival)
            return self._conclude(conn, fetched, {}, None)

    def _conclude(
        self,
        conn: sqlite3.Connection,
        fetched: Fetched,
        hints: Mapping[str, Any],
        error: str | None,
    ) -> Outcome:
        """Note what concerns the answer as a whole."""
        answer, source, now = fetched.answer, fetched.job.source, clock.now()
        assert answer is not None
        statuses = Counter(arrival.status for arrival in fetched.arrivals)
        changed = now if statuses["added"] or statuses["updated"] else source.changed
        next = self._next(fetched, hints, changed, failed=error is not None)
        is_readable = "broken" not in hints
        moved = answer.moved if is_readable else None
        times = 0 if moved is None else 1 + source.moved_times * (moved == source.moved_to)
        body = source.body if answer.status == NOT_MODIFIED else bytes_digest(answer.body)
        self._note_hosts(conn, now)
        self._keep_validators(conn, fetched)
        answered = fetches.Answered(
            now,
            next,
            None if answer.broke_off else body,
            hints,
            changed,
            error,
            moved,
            times,
            source.fails + 1 if error is not None else 0,
        )
        fetches.keep_answer(conn, source.id, answered)
        counts = {"new": statuses["added"], "changed": statuses["updated"]}
        if moved is not None and times >= SIGHTINGS:
            if fetches.move(conn, source.id, moved):
                return _outcome(fetched, "moved", **counts, error=error, next=next, moved_to=moved)
            error = f"it has moved to {moved}, which is a source of its own: remove one of both"
            fetches.put_off(conn, source.id, next, error)
        if any(counts.values()):
            return _outcome(fetched, "new", **counts, error=error, next=next)
        return _outcome(fetched, "error" if error else "unchanged", error=error, next=next)

    def _next(
        self,
        fetched: Fetched,
        hints: Mapping[str, Any],
        changed: datetime | None,
        *,
        failed: bool,
    ) -> datetime:
        source, now = fetched.job.source, clock.now()
        if failed:
            return schedule.after_failure(now, source.fails + 1, _told(hints))
        if source.kind == SourceKind.PAGE:
            return schedule.next_look(now, changed)
        moments = self._cache.fetches.moments(source.id, schedule.ENTRIES_LOOKED_AT)
        fresh_seconds = fetched.answer.fresh_seconds if fetched.answer else None
        return schedule.next_check(now, moments, _told(hints), fresh_seconds)

    def _keep_validators(self, conn: sqlite3.Connection, fetched: Fetched) -> None:
        answer, source = fetched.answer, fetched.job.source
        assert answer is not None
        etag, modified = answer.validators.etag, answer.validators.modified
        if answer.status == NOT_MODIFIED:  # which need not repeat them (RFC 9110 §15.4.5)
            had = fetched.job.validators.get(answer.url, (None, None))
            etag, modified = etag or had[0], modified or had[1]
        if answer.broke_off:
            etag = modified = None
        if (etag, modified) != fetched.job.validators.get(answer.url, (None, None)):
            fetches.keep_validators(conn, source.id, answer.url, etag, modified)

    def _note_hosts(self, conn: sqlite3.Connection, now: datetime) -> None:
        for host, until in self._hosts.told().items():
            fetches.leave_alone(conn, host, until, now)


def _told(hints: Mapping[str, Any]) -> schedule.Hints:
    """What a feed said of how often to ask it, as the cache keeps it."""
    return schedule.Hints(
        int(hints.get("wait_seconds", 0)),
        frozenset(hints.get("skip_hours", ())),
        frozenset(hints.get("skip_days", ())),
    )


def announced_by(page: Page) -> list[str]:
    """The first feeds that a page announces."""
    return [url for _, url, kind in page.candidates if kind][:SEVERAL]


def no_feed(announced: Sequence[str]) -> str:
    """What to say of a page that stands where a feed is expected, and announces these."""
    said = "the address gives a web page, not a feed"
    if not announced:
        return f"{said}; look in a browser whether the site still has one"
    return f"{said}; it announces {', '.join(announced)}: `broadsheet add` takes that"


def _outcome(fetched: Fetched, status: str, **facts: Any) -> Outcome:
    source, title = fetched.job.source, fetched.job.source.title
    if title == source.url and fetched.reading is not None:
        title = fetched.reading.title or title
    if next := facts.get("next"):
        facts["next"] = next.replace(microsecond=0)  # as the cache keeps it
    return Outcome(source.id, source.url, title, status, **facts)
