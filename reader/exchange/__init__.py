"""Collections in and articles out.

What is exported as JSON lines is read back by import without loss; an import that was cut short
is completed by running it again.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from reader.model import Arrival
    from reader.store import Cache

__all__ = ["import_lines"]


def import_lines(cache: Cache, stream: IO[bytes]) -> Iterator[Arrival]:
    """Keep what the JSON lines of `stream` hold; each arrival is committed and on the disk."""
    from reader.exchange.jsonlines import import_lines

    return import_lines(cache, stream)
