"""What a person has read that an article is held against, to tell what is new in it.

That is what they read of its story, and what is alike and of the same days: grouping parts two
accounts of one event that share few words, and the person would be shown as new what they know.
What they took out of the story stays out, and so does what names others: of another fire nothing is
known, however like the words.
"""

import json
import sqlite3
from collections.abc import Iterable, Sequence

from reader.store import stories as kept
from reader.stories import neighbours
from reader.stories.candidates import best, following
from reader.stories.keeping import load
from reader.stories.named import Named
from reader.stories.sameness import MOST_DAYS
from reader.stories.vectors import Query, unpack

MOST = 20
"""Articles that another is held against: the latest of its story, then those most like it."""
ALIKE = 0.08
"""Cosine from which an article outside the story counts. Of 613 that were read before another on
their event it leaves out 12 (.1 left out 23); of other articles of the same ten days one in twelve
is that alike, and in those hardly anything is found to be known (bench_novelty.py)."""
LOOKED_AT = 40
POSTINGS_READ = 6000

OF_STORY = """
    SELECT o.id FROM article a JOIN article o ON o.story = a.story
    WHERE a.id = ?1 AND o.id <> ?1 AND o.unread = 0 AND o.hidden = 0
    ORDER BY o.sorted_at DESC, o.id DESC LIMIT ?2"""
READ = """
    SELECT id FROM article
    WHERE id IN (SELECT value FROM json_each(?)) AND unread = 0 AND hidden = 0"""
VECTORS = "SELECT id, v FROM article_vec WHERE id IN (SELECT value FROM json_each(?))"


def held_against(conn: sqlite3.Connection, article_id: int) -> list[int]:
    """The read articles to hold one against, those of its story first; at most `MOST`."""
    of_story = [id for (id,) in conn.execute(OF_STORY, (article_id, MOST))]
    alike = (id for id in _alike(conn, article_id) if id not in of_story)
    return [*of_story, *alike][:MOST]


def is_later(conn: sqlite3.Connection, article_id: int, read: Sequence[int]) -> bool:
    """Whether an article came a day or more after all that was read. Not where a day is unknown."""
    facts = neighbours.facts(conn, [article_id, *read])
    days = [each.day for id in read if (each := facts.get(id)) and each.day is not None]
    own = facts.get(article_id)
    if own is None or own.day is None or not read or len(days) < len(read):
        return False
    return own.day > max(days)


def _alike(conn: sqlite3.Connection, article_id: int) -> Iterable[int]:
    """Read articles of the same days and the same language, the most alike first."""
    known = load(conn, article_id)
    told = neighbours.facts(conn, [article_id]).get(article_id)
    if known is None or told is None:
        return []
    _, own = known
    shared = following(conn, own, POSTINGS_READ)
    shared.pop(article_id, None)
    was_read = {id for (id,) in conn.execute(READ, (json.dumps(list(shared)),))}
    sharing = best({id: shared[id] for id in was_read}, LOOKED_AT)
    parted = kept.rifts(conn, [article_id, *sharing])
    near = [
        id
        for id, other in neighbours.facts(conn, sharing).items()
        if (None in (other.language, told.language) or other.language == told.language)
        and (told.day is None or other.day is None or abs(told.day - other.day) <= MOST_DAYS)
        and (article_id, id) not in parted
    ]
    query, named = Query(own), Named(own, told.language)
    cosines: dict[int, float] = {}
    for id, blob in conn.execute(VECTORS, (json.dumps(near),)):
        vector = unpack(blob)
        cosine = query.cosine(vector)
        if cosine >= ALIKE and not named.is_foreign(vector, cosine):
            cosines[id] = cosine
    return sorted(cosines, key=lambda id: (-cosines[id], id))
