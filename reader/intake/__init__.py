"""The pipeline: whatever a person names becomes articles in the cache, batch by committed batch.

    what → documents (file, folder, page, stdin) → clean, in child processes → store + stories

An `Arrival` is given only after its article is committed: what was reported is kept. Foreign bytes
are read and handed to a child; this process looks no further than their first line.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reader.intake.naming import Piece
    from reader.model import Arrival, ArticleId
    from reader.store import Cache

__all__ = ["add", "add_sample", "reclean"]

PROCESSES = 2
"""Children that clean; a folder of pages is done in half the time, and a reader keeps a core."""


def add(
    cache: Cache, what: Sequence[str], folder: str | None = None, stdin: bytes | None = None
) -> Iterator[Arrival]:
    """Bring in addresses, files and folders, and `stdin` where `-` stands. Never stops for one.

    Raises SeveralFeeds in the end, if a site left the choice to the person.
    """
    from reader.intake.adding import add

    return add(cache, what, folder, stdin)


def add_sample(cache: Cache) -> Iterator[Arrival]:
    """Bring in the edition that ships with the program, one source for each publication."""
    from reader.intake.sample import pieces

    return _take(cache, pieces())


def reclean(cache: Cache, ids: Iterable[ArticleId]) -> Iterator[Arrival]:
    """Clean again from the raw bytes in the cache."""
    from reader.intake.again import reclean

    return reclean(cache, ids)


def _take(cache: Cache, pieces: Iterable[Piece]) -> Iterator[Arrival]:
    from reader.clean.worker import Cleaner
    from reader.intake.keeping import Keeper

    with Cleaner(processes=PROCESSES) as cleaner:
        yield from Keeper(cache, cleaner).take(pieces)
