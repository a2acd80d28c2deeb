"""Files and folders looked at again: what is new or changed comes in, the rest is not even read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

from reader import clock
from reader.errors import CleanError
from reader.intake.keeping import Keeper
from reader.intake.naming import Piece, pieces, shown
from reader.model import Arrival, Outcome
from reader.store import fetches
from reader.store.fetches import Watched
from reader.store.identity import bytes_digest

if TYPE_CHECKING:
    from reader.clean.worker import Cleaner
    from reader.store import Cache

PASTED = "paste:"
"""The address of what was pasted, which cannot be looked at again."""
RAW = """SELECT r.hash FROM article a JOIN raw r ON r.id = a.id
    WHERE a.source = ? AND a.key = ?"""


def look_again(cache: Cache, cleaner: Cleaner, source: Watched) -> Outcome:
    """Bring in what changed under the path of a source; all of it is committed."""
    path, now = Path(source.url), clock.now().replace(microsecond=0)
    if not path.exists():
        cause = f"there is nothing at {source.url} any more; what came from there is kept"
        with cache.write() as conn:
            fetches.keep_failure(conn, source.id, now, now, cause, source.fails + 1)
        return Outcome(source.id, source.url, source.title, "error", error=cause, next=now)
    look = _Look(cache, source)
    arrivals = list(Keeper(cache, cleaner).take(look.changed()))
    failed = [arrival for arrival in arrivals if arrival.status == "refused"]
    counts = Counter(arrival.status for arrival in arrivals)
    error = _error(failed)
    with cache.write() as conn:
        fetches.keep_listed(conn, source.id, look.prints - look.prints_of(failed))
        came = now if counts["added"] or counts["updated"] else source.changed
        answered = fetches.Answered(now, now, None, {}, came, error)
        fetches.keep_answer(conn, source.id, answered)
    status = "new" if counts["added"] or counts["updated"] else "error" if error else "unchanged"
    return Outcome(
        source.id,
        source.url,
        source.title,
        status,
        new=counts["added"],
        changed=counts["updated"],
        error=error,
        next=now,
    )


def _error(failed: list[Arrival]) -> str | None:
    if not failed:
        return None
    first = failed[0]
    more = f" and {len(failed) - 1} more" if len(failed) > 1 else ""
    return f"{first.what}{more}: {first.reason}"


class _Look:
    """One look over the files of a source."""

    def __init__(self, cache: Cache, source: Watched) -> None:
        self._cache = cache
        self._source = source
        self._known = cache.fetches.listed(source.id)
        self._print: dict[str | None, bytes] = {}

    @property
    def prints(self) -> set[bytes]:
        """The files that were met, by name, size and time of change."""
        return set(self._print.values())

    def prints_of(self, arrivals: list[Arrival]) -> set[bytes]:
        return {self._print[each.what] for each in arrivals if each.what in self._print}

    def changed(self) -> Iterator[Piece]:
        """The files that are not as they were when they were last read."""
        for piece in pieces(self._source.url, None, None):
            if piece.passed_over:
                continue
            print = _print(piece)
            if print is None:
                yield piece
                continue
            self._print[piece.what] = print
            if print not in self._known and not self._is_kept(piece):
                yield piece

    def _is_kept(self, piece: Piece) -> bool:
        """Was this very file, or mail, read when the source was added?"""
        row = self._cache.row(RAW, (self._source.id, piece.guid))
        try:
            return row is not None and row[0] == bytes_digest(piece.load().body)
        except CleanError:
            return False


def _print(piece: Piece) -> bytes | None:
    if piece.file is None:
        return None
    try:
        facts = piece.file.stat()
    except (OSError, ValueError):
        return None
    said = f"{shown(piece.guid or '')}\0{facts.st_size}\0{facts.st_mtime_ns}"
    return blake2b(said.encode("utf-8", "replace"), digest_size=16).digest()
