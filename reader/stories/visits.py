"""Visits of a person: when the last one was, and whether another begins."""

from __future__ import annotations

from dataclasses import dataclass

PAUSE_SECONDS = 2 * 3600
"""Absence after which somebody who returns makes a new visit."""


@dataclass(frozen=True, slots=True)
class Visit:
    """When a person came last, and what was the newest article then."""

    id: int
    at: int | None


def since(kept: object, now: int) -> Visit:
    """The end of the visit before this one, of what was kept of them; nothing if there was none."""
    began, last = _visits(kept)
    return last if last.at is not None and returns(kept, now) else began


def returns(kept: object, now: int) -> bool:
    """Does another visit begin now, or the first?"""
    _, last = _visits(kept)
    return last.at is None or now - last.at > PAUSE_SECONDS


def visited(kept: object, now: int, newest: int) -> dict[str, list[int | None]]:
    """What to keep of a visit that goes on, or ends, now."""
    before = since(kept, now)
    return {"since": [before.id, before.at], "last": [newest, now]}


def _visits(kept: object) -> tuple[Visit, Visit]:
    """Beginning and end of the last visit, as far as they can be understood."""
    never = Visit(0, None)
    if not isinstance(kept, dict):
        return never, never
    return _visit(kept.get("since")) or never, _visit(kept.get("last")) or never


def _visit(kept: object) -> Visit | None:
    match kept:
        case [int(id), (int() | None) as at]:
            return Visit(id, at)
    return None
