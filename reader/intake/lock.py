"""One refresh at a time. The lock goes with the process that holds it, however that ends."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path
from typing import Self

from reader.errors import BroadsheetError, CacheReadOnly


class AlreadyRefreshing(BroadsheetError):
    """Facts: the process that refreshes, in words."""

    says = "another refresh is running{0}; what it finds will be in the cache when it is done"


class Lock:
    """A lock beside the cache, with the number of the process that holds it inside.

    A file that is left behind by a process that was killed locks nothing.
    """

    def __init__(self, cache: Path) -> None:
        self.path = cache.with_name("refresh.lock")
        self._descriptor: int | None = None

    def __enter__(self) -> Self:
        """Raises AlreadyRefreshing, CacheReadOnly."""
        flags = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW
        try:
            descriptor = os.open(self.path, flags, 0o600)
        except OSError as error:
            raise CacheReadOnly(self.path, (error.strerror or str(error)).lower()) from error
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            holder = os.read(descriptor, 20).decode("ascii", "replace").strip()
            os.close(descriptor)
            raise AlreadyRefreshing(f" (process {holder})" if holder.isdigit() else "") from error
        except OSError:
            pass  # a disk without locks: better twice than never
        os.truncate(descriptor, 0)
        os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
        self._descriptor = descriptor
        return self

    def __exit__(self, *_: object) -> None:
        if self._descriptor is not None:
            os.truncate(self._descriptor, 0)
            os.close(self._descriptor)
            self._descriptor = None
