"""Near copies folded under one of them; none is ever lost.

Copies are pairs (`reader.stories.neighbours` notes them as articles arrive). A fold is one article
and those that are copies of it, not also the copies of its copies: two pieces that quote the same
short notice whole are not copies of each other. It is the earliest of those that are whole; of
several that came at one time that with the fullest headline, and then with the least put around it.
"""

import json
import sqlite3
from collections.abc import Collection
from dataclasses import dataclass

from reader.store.stories import SCALE

WHOLE = 0.9
"""Share of the words of the longest copy from which one counts as whole."""

PAIRS = "SELECT one, other, contained FROM likeness WHERE contained > 0"
PAIRS_OF = PAIRS + " AND one IN (SELECT value FROM json_each(?))"
SHOWN = """SELECT id, sorted_at, words, length(title) FROM article
    WHERE hidden = 0 AND id IN (SELECT value FROM json_each(?))"""


@dataclass(frozen=True, slots=True)
class Fold:
    """An article and its near copies."""

    id: int
    copies: tuple[tuple[int, float], ...]
    """Each copy with how much of the smaller text is in the other; in order of arrival."""


def duplicates(conn: sqlite3.Connection, ids: Collection[int] | None = None) -> list[Fold]:
    """The folds that one of `ids` is in, or all; the newest first."""
    likes = _copies(conn, ids)
    rows = conn.execute(SHOWN, (json.dumps(list(likes)),)).fetchall()
    when = {id: sorted_at for id, sorted_at, _, _ in rows}
    size = {id: (words, title) for id, _, words, title in rows}
    likes = {
        id: shown
        for id, others in likes.items()
        if id in when and (shown := {o: c for o, c in others.items() if o in when})
    }
    # What two articles hold whole is a piece of each of them, and they are no pieces of it.
    pieces = {
        id: {o for o in others if WHOLE * size[o][0] <= size[id][0]} for id, others in likes.items()
    }
    folds = []
    left = set(likes)
    # What has most copies goes first, so that a chain of copies parts where it is weakest.
    for hub in sorted(likes, key=lambda id: (-len(pieces[id]), when[id], id)):
        if hub not in left:
            continue
        circle = {hub, *(pieces[hub] & left)}
        if len(circle) == 1:
            continue
        head = _first_whole(circle, likes, when, size)
        copies = sorted(circle - {head})
        folds.append(Fold(head, tuple((copy, likes[head][copy]) for copy in copies)))
        left -= circle
    wanted = None if ids is None else set(ids)
    if wanted is not None:
        folds = [f for f in folds if wanted & {f.id, *(copy for copy, _ in f.copies)}]
    return sorted(folds, key=lambda fold: (-when[fold.id], -fold.id))


def _first_whole(
    circle: set[int],
    likes: dict[int, dict[int, float]],
    when: dict[int, int],
    size: dict[int, tuple[int, int]],
) -> int:
    """The earliest that is whole, of those of which all the others are copies."""
    centres = [id for id in circle if circle - {id} <= likes[id].keys()]
    longest = max(size[id][0] for id in centres)
    whole = [id for id in centres if size[id][0] >= WHOLE * longest]
    return min(whole, key=lambda id: (when[id], -size[id][1], size[id][0], id))


def _copies(conn: sqlite3.Connection, ids: Collection[int] | None) -> dict[int, dict[int, float]]:
    """What is a copy of what: of `ids`, their copies and the copies of these; or of all."""
    found: dict[int, dict[int, float]] = {}
    if ids is None:
        for one, other, contained in conn.execute(PAIRS):
            found.setdefault(one, {})[other] = contained / SCALE
        return found
    waiting = set(ids)
    while waiting:
        rows = conn.execute(PAIRS_OF, (json.dumps(list(waiting)),)).fetchall()
        for one, other, contained in rows:
            found.setdefault(one, {})[other] = contained / SCALE
        waiting = {other for _, other, _ in rows}.difference(found)
    return found
