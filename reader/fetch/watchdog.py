"""The end of visits that take too long, whatever they are waiting for.

A server that drips never times out. One thread watches over all visits of a process: a timer for
each would be a thread for each.
"""

from __future__ import annotations

import socket
import threading
import time
from contextlib import suppress


class Watchdog:
    """Watches over one visit, from now on until it is released."""

    def __init__(self, seconds: float) -> None:
        self.has_bitten = False
        self.ends = time.monotonic() + seconds
        self._line: socket.socket | None = None
        _kennel.let_out(self)

    def watch(self, line: socket.socket) -> None:
        """Keep a hold on the connection that TLS, which takes the socket over, cannot loosen."""
        self._line = line.dup()

    def release(self) -> None:
        """The visit is over."""
        _kennel.call_back(self)
        if self._line is not None:
            self._line.close()

    def bite(self) -> None:
        """End the visit."""
        self.has_bitten = True
        if self._line is not None:
            with suppress(OSError):
                self._line.shutdown(socket.SHUT_RDWR)


class _Kennel:
    """The thread of all watchdogs. It sleeps until the first of them would have to bite, and ends
    if none is out by then."""

    def __init__(self) -> None:
        self._out: set[Watchdog] = set()
        self._changed = threading.Condition()
        self._wakes: float | None = None
        """When it looks again, by the monotonic clock; None if there is nobody who would."""

    def let_out(self, dog: Watchdog) -> None:
        with self._changed:
            self._out.add(dog)
            if self._wakes is None:
                self._wakes = dog.ends
                threading.Thread(target=self._keep, daemon=True).start()
            elif dog.ends < self._wakes:
                self._changed.notify()

    def call_back(self, dog: Watchdog) -> None:
        with self._changed:
            self._out.discard(dog)

    def _keep(self) -> None:
        with self._changed:
            while self._out:
                now = time.monotonic()
                for dog in [each for each in self._out if each.ends <= now]:
                    self._out.discard(dog)
                    dog.bite()
                self._wakes = min((dog.ends for dog in self._out), default=now)
                self._changed.wait(self._wakes - now)
            self._wakes = None


_kennel = _Kennel()
