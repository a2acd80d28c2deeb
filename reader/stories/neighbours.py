"""Which articles are near one, noted when it arrives, so that grouping reads no texts.

Noted are the nearest of all times, for what has no date, the nearest of the same days, and copies.
An article of another language is never near, nor one that is little more than a headline: alike
titles alone say too little (F1 below .5 on sets of headlines; only a copy of its text counts).
One that names others, in however like words, is noted as unlike, and so is one of another meeting
of the same parties, and a round-up that only touches what the other is about.
"""

import json
import math
import sqlite3
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from reader.store.stories import SCALE
from reader.stories.apart import Doubtful, Report
from reader.stories.candidates import best, following
from reader.stories.named import Named
from reader.stories.sameness import COMPANY, MOST_DAYS, Likeness, sameness
from reader.stories.shingles import ENOUGH, NEEDED, copied
from reader.stories.titles import in_series
from reader.stories.vectors import Query, Vector, unpack

NEAREST = 12
"""Of all times."""
NEAREST_IN_TIME = 40
"""Of the same days."""
LOOKED_AT = 150
"""Of those that share terms, the first. 50 more, in a cache of 100,000, brought one article of
cosine .2 or above beside 2,510."""
POSTINGS_READ = 6000
"""Of the article's terms the rarest are followed until so many postings may have been read."""
COPIES = 50
"""Of more, the first and the last to come are taken: whichever way they come, some of these are
then known to be copies of all the others, which are folded under them."""
SHARING = 500
"""Looked at for copies."""
LEAST_COSINE = 0.15
LEAST_IN_TIME = 0.08
"""What is less alike is not noted; the rule of `sameness` would find nothing in it."""
WORTH_READING = 0.1
"""Texts are read of what is so probably of one story; the others do not come together anyway."""
LEAST_UNDATED = 0.2
"""The same as a cosine, where a day is unknown."""
HEADLINE_TERMS = 8
"""Terms beyond those of its title without which an article is little more than a headline."""
STUB_TERMS = 4
"""And without which what has too few words for shingles cannot be a copy either."""

FACTS = """SELECT article, day, lang FROM story_facts
    WHERE article IN (SELECT value FROM json_each(?))"""
DAYS = """SELECT article, day FROM story_facts
    WHERE article IN (SELECT value FROM json_each(?)) AND day IS NOT NULL"""
SPEAKING = """SELECT article, day FROM story_facts
    WHERE article IN (SELECT value FROM json_each(?)) AND lang IS ?"""
GROUPED_SHARING = """
    SELECT id, shared FROM
        (SELECT id, count(*) AS shared FROM shingle
        WHERE h IN (SELECT value FROM json_each(?1)) AND id <> ?2 GROUP BY id HAVING shared >= ?3)
    JOIN story_facts ON article = id ORDER BY shared DESC LIMIT ?4"""
"""Of those that were grouped before: many copies may have come at once."""
VECTORS = "SELECT id, v FROM article_vec WHERE id IN (SELECT value FROM json_each(?))"
TITLES = "SELECT id, title FROM article WHERE id IN (SELECT value FROM json_each(?))"
NOTE = "INSERT INTO likeness(one, other, cosine, title, contained) VALUES (?, ?, ?, ?, ?)"
AS_SHARES = f"cosine / {SCALE}.0, title / {SCALE}.0, contained / {SCALE}.0"
NEXT = f"""SELECT cosine / {SCALE}.0, other FROM likeness
    WHERE one = ? ORDER BY cosine DESC, other LIMIT ?"""
PAIRS = f"""SELECT min(one, other), max(one, other), {AS_SHARES} FROM likeness
    WHERE one IN (SELECT value FROM json_each(?1))"""
# The plus keeps SQLite from looking up each of these with each of those.
PAIRS_AMONG = PAIRS + " AND +other IN (SELECT value FROM json_each(?2))"
PAIRS_WITHIN = PAIRS + " AND one < other AND +other IN (SELECT value FROM json_each(?1))"


@dataclass(frozen=True, slots=True)
class Facts:
    """What an article is grouped by, beside its words."""

    day: int | None
    """The day it counts as of, as `date.toordinal` counts; None if that is not known."""
    language: str | None


def facts(conn: sqlite3.Connection, ids: Collection[int]) -> dict[int, Facts]:
    """The facts of those of the articles that were grouped before."""
    if not ids:
        return {}
    rows = conn.execute(FACTS, (json.dumps(list(ids)),))
    return {id: Facts(day, language) for id, day, language in rows}


def days(conn: sqlite3.Connection, ids: Iterable[int]) -> dict[int, int]:
    """The days of those of the articles whose day is known."""
    return dict(conn.execute(DAYS, (json.dumps(list(ids)),)))


def note(
    conn: sqlite3.Connection, article_id: int, own: Vector, told: Facts, report: Report
) -> None:
    """Find what is near an article, and keep that in place of what was kept before."""
    before = forget(conn, article_id)
    rows = []
    for other, like in _near(conn, article_id, own, told, report, before):
        row = (round(SCALE * part) for part in (like.cosine, like.title, like.contained))
        rows += [(article_id, other, *(kept := tuple(row))), (other, article_id, *kept)]
    conn.executemany(NOTE, sorted(rows))


def forget(conn: sqlite3.Connection, article_id: int) -> list[int]:
    """Nothing is near the article any more; what was."""
    rows = conn.execute("SELECT other FROM likeness WHERE one = ?", (article_id,)).fetchall()
    others = [other for (other,) in rows]
    conn.executemany(
        "DELETE FROM likeness WHERE one = ? AND other = ?",
        [pair for other in others for pair in ((article_id, other), (other, article_id))],
    )
    return others


def nearest(conn: sqlite3.Connection, ids: Iterable[int]) -> dict[int, list[tuple[float, int]]]:
    """As much of what is near each of the articles as `company` asks for, nearest first."""
    return {id: conn.execute(NEXT, (id, COMPANY)).fetchall() for id in ids}


def pairs(
    conn: sqlite3.Connection, ids: Collection[int], among: Collection[int] | None = None
) -> dict[tuple[int, int], Likeness]:
    """What is near the articles, or of that what is `among` some; the smaller number first."""
    if among is None:
        rows = conn.execute(PAIRS, (json.dumps(list(ids)),))
    elif set(among) == set(ids):
        rows = conn.execute(PAIRS_WITHIN, (json.dumps(list(ids)),))
    else:
        rows = conn.execute(PAIRS_AMONG, (json.dumps(list(ids)), json.dumps(list(among))))
    return {
        (one, other): Likeness(cosine, title, contained)
        for one, other, cosine, title, contained in rows
    }


def _near(
    conn: sqlite3.Connection,
    article_id: int,
    own: Vector,
    told: Facts,
    report: Report,
    before: list[int],
) -> list[tuple[int, Likeness]]:
    terms = _own_terms(own)
    if _is_stub(own, terms):
        return []
    copies = _sharing(conn, article_id, own)
    if terms < HEADLINE_TERMS:
        nearest, before = [], []
    else:
        shared = following(conn, own, POSTINGS_READ)
        shared.pop(article_id, None)
        nearest = best(shared, LOOKED_AT)
    known = _worth_comparing(conn, nearest, told)
    known |= facts(conn, {*before, *copies}.difference(known))

    query, named = Query(own), Named(own, told.language)
    title_of = dict(conn.execute(TITLES, (json.dumps([article_id, *copies]),))) if copies else {}
    found = []
    doubtful: dict[int, Doubtful] = {}
    for other, blob in conn.execute(VECTORS, (json.dumps(list(known)),)):
        vector = unpack(blob)
        its_terms = _own_terms(vector)
        cosine, title = query.cosines(vector)
        share = copied(own.shingles, vector.shingles, title) if other in copies else 0.0
        is_copy = share > 0 and not _is_stub(vector, its_terms)
        is_copy = is_copy and not in_series(title_of.get(article_id, ""), title_of.get(other, ""))
        says_enough = min(terms, its_terms) >= HEADLINE_TERMS
        if not is_copy and (not says_enough or known[other].language != told.language):
            continue
        days = _days(told, known[other])
        least = LEAST_IN_TIME if days <= MOST_DAYS else LEAST_COSINE
        if is_copy:
            found.append((other, Likeness(cosine, title, share)))
        elif cosine >= least:
            foreign = named.is_foreign(vector, cosine)
            like = Likeness(-cosine if foreign else cosine, title, 0.0)
            found.append((other, like))
            if _may_come_together(like, days):
                doubtful[other] = Doubtful(like, vector, days)
    apart = report.apart_from(conn, doubtful)
    return [(id, like._replace(cosine=-like.cosine) if id in apart else like) for id, like in found]


def _may_come_together(like: Likeness, days: float) -> bool:
    """Whether two would perhaps be put into one story."""
    if days > MOST_DAYS:
        return days == math.inf and like.cosine >= LEAST_UNDATED
    return sameness(like, int(days), 0.0) >= WORTH_READING


def _worth_comparing(conn: sqlite3.Connection, ranked: list[int], told: Facts) -> dict[int, Facts]:
    """The first of those in the article's language, of all times and of the same days."""
    asked = (json.dumps(sorted(ranked)), told.language)
    day_of = dict(conn.execute(SPEAKING, asked))
    speaking = [id for id in ranked if id in day_of]
    of_its_days: list[int] = []
    if told.day is not None:
        first, last = told.day - MOST_DAYS, told.day + MOST_DAYS
        of_its_days = [id for id in speaking if first <= (day_of[id] or 0) <= last]
    chosen = {*speaking[:NEAREST], *of_its_days[:NEAREST_IN_TIME]}
    return {id: Facts(day_of[id], told.language) for id in sorted(chosen)}


def _sharing(conn: sqlite3.Connection, article_id: int, own: Vector) -> set[int]:
    asked = (json.dumps(own.shingles), article_id, NEEDED, SHARING)
    rows = conn.execute(GROUPED_SHARING, asked).fetchall()
    if len(rows) <= COPIES:
        return {id for id, _ in rows}
    alike = sorted(id for id, shared in rows if shared >= ENOUGH * rows[0][1])
    half = COPIES // 2
    return {*alike[:half], *alike[-half:]}


def _own_terms(v: Vector) -> int:
    """How many terms of an article are not those of its title; of many, so many at least."""
    at_least = len(v.body.numbers) - len(v.title.numbers)
    if at_least >= HEADLINE_TERMS:
        return at_least
    return len(set(v.body.numbers).difference(v.title.numbers))


def says_enough(v: Vector) -> bool:
    """Whether an article is more than a headline, and so can be in a story with others."""
    return _own_terms(v) >= HEADLINE_TERMS


def _is_stub(v: Vector, terms: int) -> bool:
    return terms < STUB_TERMS and len(v.shingles) <= NEEDED


def _days(told: Facts, other: Facts) -> float:
    """Days apart; never near where one is unknown."""
    if told.day is None or other.day is None:
        return float("inf")
    return abs(told.day - other.day)
