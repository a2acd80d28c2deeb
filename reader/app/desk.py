"""Work off the key path: threads that each hold one connection to the cache.

A hand does its jobs one after the other and hands the result back to the event loop. A job asked
for under the same `topic` takes the place of one still waiting, so held keys leave no queue behind.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from reader.library import Library


@dataclass(slots=True)
class Job:
    topic: str | None
    work: Callable[[Library], Any]
    done: Callable[[Any], None] | None
    failed: Callable[[Exception], None]


class Hand:
    """One thread, one connection. `deliver` brings a call back to the event loop."""

    def __init__(
        self,
        name: str,
        open_library: Callable[[], Library],
        deliver: Callable[[Callable[[], None]], None],
        failed: Callable[[Exception], None],
    ) -> None:
        self._name = name
        self._open = open_library
        self._deliver = deliver
        self._failed = failed
        self._jobs: deque[Job] = deque()
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None
        self._library: Library | None = None
        self._working_on: Job | None = None
        self._closing = False

    def ask(
        self,
        work: Callable[[Library], Any],
        done: Callable[[Any], None] | None = None,
        *,
        topic: str | None = None,
    ) -> None:
        """Have `work` done; `done` gets its result on the event loop. With a topic, only the
        newest job of that topic is kept."""
        job = Job(topic, work, done, self._failed)
        with self._changed:
            if self._closing:
                return
            if topic is not None:
                self._jobs = deque(waiting for waiting in self._jobs if waiting.topic != topic)
            self._jobs.append(job)
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name=self._name, daemon=True)
                self._thread.start()
            self._changed.notify()

    def interrupt(self) -> None:
        """Break off a question that the cache is working on: its answer is no longer wanted."""
        with self._changed:
            if self._working_on is not None and self._library is not None:
                self._library.interrupt()

    def settle(self, seconds: float) -> bool:
        """Wait until every job is done; False if that took longer than `seconds`."""
        with self._changed:
            return self._changed.wait_for(
                lambda: not self._jobs and self._working_on is None, seconds
            )

    @property
    def idle(self) -> bool:
        with self._changed:
            return not self._jobs and self._working_on is None

    def close(self, seconds: float = 3.0) -> None:
        """Finish what was asked for, then end."""
        self.settle(seconds)
        with self._changed:
            self._closing = True
            self._changed.notify()
        if self._thread is not None:
            self._thread.join(seconds)

    def _run(self) -> None:
        while True:
            with self._changed:
                self._working_on = None
                self._changed.notify_all()
                while not self._jobs and not self._closing:
                    self._changed.wait()
                if not self._jobs:
                    break
                job = self._working_on = self._jobs.popleft()
            self._do(job)
        if self._library is not None:
            self._library.close()

    def _do(self, job: Job) -> None:
        try:
            if self._library is None:
                self._library = self._open()
            result = job.work(self._library)
        except Exception as error:  # whatever a job dies of, the next one is done
            caught = error
            self._deliver(lambda: job.failed(caught))
        else:
            if job.done is not None:
                done = job.done
                self._deliver(lambda: done(result))
