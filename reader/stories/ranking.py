"""Which articles are like one, how close, and why.

    tables ──candidates──▶ some 200 ──score──▶ ranked ──class and reason──▶ answer

Candidates are what shares many postings or shingles, whatever its age, and more of the same days.
The score is cosine x decay by days apart, less the crowd: what an article has in common with the
other candidates too says that it is about everything, not that it is about this.
"""

import json
import math
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from reader.model import Closeness
from reader.stories.candidates import SHARING, best, following
from reader.stories.keeping import load, make
from reader.stories.neighbours import says_enough
from reader.stories.reasons import Reasons
from reader.stories.shingles import NEEDED, copied
from reader.stories.titles import in_series
from reader.stories.vectors import Query, Vector, unpack

NEAREST = 150
"""Candidates by postings alone."""
NEAREST_IN_TIME = 50
"""Further candidates from the same days."""
SAME_DAYS = 4
LOOKED_AT = 400
"""How far down the order by postings those of the same days are looked for."""
POSTINGS_READ = 20_000
"""Of the query's terms the rarest are followed until so many postings may have been read."""
DECAY_DAYS = 3.0
DECAY_FLOOR = 0.3
UNDATED = 0.5
"""Decay where a day is unknown. These and the crowd were found on AllSides, by halves of its events
(tests/benchmarks/bench_similar.py); the optimum is flat."""
CROWD_SHARE = 0.15
CROWD_OF = 5
CROWD_AMONG = 20
"""The crowd of each of the first so many is its mean cosine with the nearest of the others."""
SAME_STORY = 0.15
STORY_DAYS = 7
"""Cosine x decay from which, and days up to which, two articles tell one story where no story can
say it: one of them was not put into any yet, or is too slight for it. Stories know better (pairs of
AllSides: F1 .82, this .72; without dates .75, this .28), and what a person parted and tied."""
SAME_STORY_UNDATED = 0.42
"""Cosine for the same where a day is unknown: two affairs of one company reach .38."""

DAYS = """
    SELECT id FROM article_vec INDEXED BY article_vec_day
    WHERE id IN (SELECT value FROM json_each(?1)) AND day BETWEEN ?2 AND ?3"""
VECTORS = """
    SELECT v.id, v.day, v.v, a.story FROM article_vec v JOIN article a ON a.id = v.id
    WHERE v.id IN (SELECT value FROM json_each(?1)) AND NOT a.hidden"""
STORY = "SELECT story, title FROM article WHERE id = ?"
SHOWN = """
    SELECT v.id FROM article_vec v JOIN article a ON a.id = v.id WHERE NOT a.hidden ORDER BY v.id"""


@dataclass(frozen=True, slots=True)
class Ranked:
    """An article like another."""

    id: int
    score: float
    """Cosine x decay, less the crowd; from 0 to 1, falling down the list."""
    closeness: Closeness
    reason: tuple[str, ...]
    """Up to five terms they share, names first."""


@dataclass(slots=True)
class _Candidate:
    id: int
    days: int | None
    """Days apart, None if unknown."""
    vector: Vector
    story: int | None
    cosine: float
    titles: float
    score: float


def similar(
    conn: sqlite3.Connection, article_id: int, limit: int = 10, *, weakest: float = 0.0
) -> list[Ranked]:
    """Up to `limit` articles like this one, best first, of those that are indexed.

    Duplicates and the same story always count; background does from a cosine of `weakest`.
    """
    known = load(conn, article_id) or make(conn, article_id)
    if known is None or limit <= 0:
        return []
    day, own = known
    query = Query(own)
    ids = _candidates(conn, article_id, day, own, limit)
    scored = [
        _scored(query, day, other, other_day, unpack(blob), its_story)
        for other, other_day, blob, its_story in conn.execute(VECTORS, (json.dumps(ids),))
    ]
    scored.sort(key=lambda c: (-c.score, c.id))
    _thin_crowd(scored)
    story, title = conn.execute(STORY, (article_id,)).fetchone() or (None, "")
    reasons = Reasons(own)
    answer: list[Ranked] = []
    for c in scored:
        closeness = _closeness(own, story, c)
        if closeness is Closeness.DUPLICATE:
            [(_, its_title)] = conn.execute(STORY, (c.id,))
            if in_series(title, its_title):
                closeness = _told(own, story, c)
        if closeness is Closeness.BACKGROUND and c.cosine < weakest:
            continue
        answer.append(Ranked(c.id, c.score, closeness, reasons.shared_with(c.vector)))
        if len(answer) == limit:
            break
    return answer


def similar_every(conn: sqlite3.Connection, limit: int = 10) -> Iterator[tuple[int, list[Ranked]]]:
    """Every indexed article with its `similar`, in order of arrival."""
    for (article_id,) in conn.execute(SHOWN).fetchall():
        yield article_id, similar(conn, article_id, limit)


def _candidates(
    conn: sqlite3.Connection,
    article_id: int,
    day: int | None,
    own: Vector,
    limit: int,
) -> list[int]:
    nearest = max(NEAREST, limit)
    found = best(following(conn, own, POSTINGS_READ), nearest + LOOKED_AT)
    chosen = dict.fromkeys(found[: nearest + 1])
    if day is not None:
        rest = found[nearest + 1 :]
        near = conn.execute(DAYS, (json.dumps(rest), day - SAME_DAYS, day + SAME_DAYS))
        wanted = {row[0] for row in near}
        chosen |= dict.fromkeys([i for i in rest if i in wanted][:NEAREST_IN_TIME])
    copies = conn.execute(SHARING, (json.dumps(own.shingles), NEEDED, nearest))
    chosen |= dict.fromkeys(row[0] for row in copies)
    chosen.pop(article_id, None)
    return list(chosen)


def _scored(
    query: Query,
    day: int | None,
    other: int,
    other_day: int | None,
    vector: Vector,
    its_story: int | None,
) -> _Candidate:
    days = None if day is None or other_day is None else abs(day - other_day)
    cosine, titles = query.cosines(vector)
    return _Candidate(other, days, vector, its_story, cosine, titles, cosine * _decay(days))


def _decay(days: int | None) -> float:
    if days is None:
        return UNDATED
    return DECAY_FLOOR + (1 - DECAY_FLOOR) * math.exp(-days / DECAY_DAYS)


def _thin_crowd(scored: list[_Candidate]) -> None:
    """Put those first that are near the query but not near everything near it."""
    among = scored[:CROWD_AMONG]
    near: list[list[float]] = [[] for _ in among]
    for i, one in enumerate(among):
        query = Query(one.vector)
        for j in range(i):
            cosine = query.cosine(among[j].vector)
            near[i].append(cosine)
            near[j].append(cosine)
    for c, cosines in zip(among, near, strict=True):
        crowd = sum(sorted(cosines, reverse=True)[:CROWD_OF]) / CROWD_OF
        c.score = max(0.0, c.score - CROWD_SHARE * crowd)
    among.sort(key=lambda c: (-c.score, c.id))
    scored[:CROWD_AMONG] = among
    for before, c in pairwise(scored):
        c.score = min(c.score, before.score)


def _closeness(own: Vector, story: int | None, c: _Candidate) -> Closeness:
    if copied(own.shingles, c.vector.shingles, c.titles):
        return Closeness.DUPLICATE
    return _told(own, story, c)


def _told(own: Vector, story: int | None, c: _Candidate) -> Closeness:
    grouped = story is not None and c.story is not None
    if grouped and (story == c.story or (says_enough(own) and says_enough(c.vector))):
        told = story == c.story
    elif c.days is None:
        told = c.cosine >= SAME_STORY_UNDATED
    else:
        told = c.days <= STORY_DAYS and c.cosine * _decay(c.days) >= SAME_STORY
    return Closeness.SAME_STORY if told else Closeness.BACKGROUND
