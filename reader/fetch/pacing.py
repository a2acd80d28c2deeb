"""Whose turn it is: at most so many requests to one host at once, and so long between two.

A host here is host and port. Jobs wait in the order they came, each at the door of its host; a
host that is slow or busy keeps nobody else waiting.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

Job = TypeVar("Job")


@dataclass(slots=True)
class _Door(Generic[Job]):
    """The jobs that wait for one host."""

    waiting: deque[Job] = field(default_factory=deque)
    inside: int = 0
    opens: float = 0.0
    """By the monotonic clock."""


class Turns(Generic[Job]):
    """Hands out jobs to threads, keeping the peace of every host.

    Of the threads that wait one at least has looked since anything changed, and knows when the next
    door opens. Were all woken each time, a dozen would look for what one can take.
    """

    def __init__(self, interval_seconds: float = 1.0, connections: int = 2) -> None:
        self._interval_seconds = interval_seconds
        self._connections = connections
        self._doors: dict[Hashable, _Door[Job]] = {}
        self._changed = threading.Condition()
        self._closed = False
        self._left = 0

    def add(self, host: Hashable, job: Job) -> None:
        """Let a job wait for its host."""
        with self._changed:
            self._doors.setdefault(host, _Door()).waiting.append(job)
            self._left += 1
            self._changed.notify()

    def take(self) -> tuple[Hashable, Job] | None:
        """The next job that may go now, waiting for one; None once all are taken or `close`d.

        Whoever takes a job says `done` with its host.
        """
        with self._changed:
            while not self._closed and self._left:
                now = time.monotonic()
                soonest: float | None = None
                for host, door in self._doors.items():
                    if not door.waiting or door.inside >= self._connections:
                        continue
                    if door.opens <= now:
                        door.inside += 1
                        door.opens = now + self._interval_seconds
                        self._left -= 1
                        self._changed.notify()  # another is to look when the next door opens
                        return host, door.waiting.popleft()
                    soonest = min(soonest or door.opens, door.opens)
                self._changed.wait(None if soonest is None else soonest - now)
            self._changed.notify_all()
            return None

    def done(self, host: Hashable) -> None:
        """A job of this host has been answered."""
        with self._changed:
            self._doors[host].inside -= 1
            self._changed.notify()  # one alone finds room

    def close(self) -> None:
        """Give out nothing more."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()


class Pace:
    """Waits where one thread alone asks a host again and again: so many requests may follow each
    other at once, as a site and its feed do; from then on there is the interval between two."""

    def __init__(self, interval_seconds: float = 1.0, at_once: int = 2) -> None:
        self._interval_seconds = interval_seconds
        self._leeway_seconds = (at_once - 1) * interval_seconds
        self._due: dict[Hashable, float] = {}
        """When the next request would be made if all came evenly, by the monotonic clock."""

    def await_turn(self, host: Hashable) -> None:
        """Wait until this host may be asked."""
        now = time.monotonic()
        due = max(self._due.get(host, now), now)
        if (wait := due - now - self._leeway_seconds) > 0:
            time.sleep(wait)
        self._due[host] = due + self._interval_seconds
