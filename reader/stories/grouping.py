"""Articles of one event put into one story as they arrive.

    article ─▶ its neighbours ─▶ their stories, all their articles ─▶ linked anew ─▶ stories

What an article touches is grouped again as a whole, by likenesses alone, so that hardly anything
hangs on the order of arrival; each group keeps the number of the story it has most articles of.
What a person tied together goes as one, what they parted stays apart. An article of which nothing
changed is not looked at again.
"""

import json
import sqlite3
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import chain

from reader.model import LISTING
from reader.store import stories as kept
from reader.stories import lead, neighbours
from reader.stories.apart import Report
from reader.stories.features import LANGUAGE_CHARACTERS, language_at
from reader.stories.linking import linked
from reader.stories.neighbours import Facts
from reader.stories.roundups import READ_CHARACTERS
from reader.stories.sameness import Likeness, company, sameness
from reader.stories.vectors import Vector

ENOUGH = 0.3
"""Mean probability that two groups are of one story, from which they are put together."""
WORTH_A_LOOK = 0.1
"""A story is looked at if one of its articles is so probably of the same."""
TOUCHED_ARTICLES = 80
"""Articles grouped anew at one time, from the stories that come nearest."""
GREAT_STORY = 40
"""A story of more articles grows, but is not torn up again."""

ARRIVED = """
    SELECT a.hash, a.story, a.seen, a.lang, s.kind, b.cached_at, a.title, substr(b.text, 1, ?2)
    FROM article a JOIN source s ON s.id = a.source JOIN body b ON b.id = a.id WHERE a.id = ?1"""
GROUPED = "SELECT day, lang, hash FROM story_facts WHERE article = ?"
KEEP = """
    INSERT INTO story_facts(article, day, lang, hash) VALUES (?, ?, ?, ?)
    ON CONFLICT(article) DO UPDATE SET day = excluded.day, lang = excluded.lang,
    hash = excluded.hash"""
STORIES = """SELECT id, story FROM article
    WHERE id IN (SELECT value FROM json_each(?)) AND story IS NOT NULL"""
MEMBERS = "SELECT id FROM article WHERE story = ? ORDER BY id LIMIT ?"
"""Also what is out of sight: it may come back, and belongs where it was."""


def place(conn: sqlite3.Connection, article_id: int, own: Vector, day: int | None) -> None:
    """Put an article into a story, in the caller's transaction; again if it has changed.

    `day` is the day it was published. An entry of a feed without one counts as of the day it was
    fetched: feeds list what is new. Of a file nobody knows.
    """
    row = conn.execute(ARRIVED, (article_id, READ_CHARACTERS)).fetchone()
    if row is None:
        return
    hash, story, seen, declared, kind, cached_at, title, text = row
    if day is None and kind in LISTING:
        day = _day(cached_at) or datetime.fromtimestamp(seen, UTC).toordinal()
    told = Facts(day, _language(text[:LANGUAGE_CHARACTERS], declared))
    if (
        story is not None
        and (told.day, told.language, hash) == conn.execute(GROUPED, (article_id,)).fetchone()
    ):
        return
    report = Report(title, text, told.language, own)
    conn.execute(KEEP, (article_id, told.day, told.language, hash))
    report.keep(conn, article_id)
    neighbours.note(conn, article_id, own, told, report)
    changed = regroup(conn, article_id)
    [(story,)] = conn.execute("SELECT story FROM article WHERE id = ?", (article_id,))
    lead.name(conn, sorted({story, *changed}))


def doubt(conn: sqlite3.Connection, article_id: int) -> None:
    """Let the article be placed again though it is as it was."""
    conn.execute("DELETE FROM story_facts WHERE article = ?", (article_id,))


@dataclass(frozen=True, slots=True)
class Touched:
    """What is grouped anew together."""

    story_of: dict[int, int | None]
    """The articles, with the stories they are in now."""
    great: dict[int, int]
    """Of each great story among those the one article that stands for all of it."""


def regroup(conn: sqlite3.Connection, article_id: int) -> set[int]:
    """Group anew what the article touches; the stories that have changed, which have no names now.
    What that costs does not grow with great stories."""
    touched = _touched(conn, article_id)
    stands_for = _stand_ins(conn, touched)
    near = _nearness(conn, touched, stands_for)
    rifts = {
        (stands_for[one], stands_for[other])
        for one, other in kept.rifts(conn, list(stands_for))
        if stands_for[one] != stands_for[other]
    }
    weight = dict.fromkeys(touched.great.values(), GREAT_STORY + 1)
    units = _units(conn, touched, stands_for)
    return _number(conn, linked(units, near, rifts, ENOUGH, weight), touched.story_of, weight)


def leave(conn: sqlite3.Connection, article_id: int) -> None:
    """The article is out of all stories until it is placed again."""
    neighbours.forget(conn, article_id)
    row = conn.execute("SELECT story FROM article WHERE id = ?", (article_id,)).fetchone()
    conn.execute("DELETE FROM story_facts WHERE article = ?", (article_id,))
    if row and row[0] is not None:
        kept.move(conn, [article_id], None)
        kept.settle(conn, [row[0]])
        lead.name(conn, [row[0]])


def _touched(conn: sqlite3.Connection, article_id: int) -> Touched:
    """The articles to group anew, those of the nearest stories first."""
    near = _probabilities(conn, neighbours.pairs(conn, [article_id]))
    others = {max(pair) if min(pair) == article_id else min(pair): p for pair, p in near.items()}
    best: dict[int, float] = {}
    [(own,)] = conn.execute("SELECT story FROM article WHERE id = ?", (article_id,))
    if own is not None:
        best[own] = 1.0
    for id, story in conn.execute(STORIES, (json.dumps(list(others)),)):
        if others[id] >= WORTH_A_LOOK:
            best[story] = max(best.get(story, 0.0), others[id])
    touched = Touched({article_id: own}, {})
    room = TOUCHED_ARTICLES - 1
    for story in sorted(best, key=lambda story: (-best[story], story)):
        members = [id for (id,) in conn.execute(MEMBERS, (story, GREAT_STORY + 1))]
        if len(members) > room and len(touched.story_of) > 1:
            continue
        room -= len(members)
        if len(members) > GREAT_STORY:
            touched.great[story] = members[0]
            members = members[:1]
        touched.story_of.update(dict.fromkeys(members, story))
    if own in touched.great and touched.great[own] != article_id:
        del touched.story_of[article_id]  # it is stood for, as all of its story
    return touched


def _stand_ins(conn: sqlite3.Connection, touched: Touched) -> dict[int, int]:
    """Each article that matters here with the one that stands for it: itself, but in great stories.

    Of these only those matter that one of the others is near to, or that a person parted from it or
    tied to it.
    """
    stands_for = {id: id for id in touched.story_of}
    if not touched.great:
        return stands_for
    met = [id for id, story in touched.story_of.items() if story not in touched.great]
    beyond = {other for pair in neighbours.pairs(conn, met) for other in pair}.difference(
        stands_for
    )
    beyond |= kept.minded(conn, met).difference(stands_for)
    for id, story in conn.execute(STORIES, (json.dumps(sorted(beyond)),)):
        if story in touched.great:
            stands_for[id] = touched.great[story]
    return stands_for


def _nearness(
    conn: sqlite3.Connection, touched: Touched, stands_for: dict[int, int]
) -> dict[tuple[int, int], float]:
    """How near two are that are grouped: the probability of a pair; with great stories the sum."""
    met = [id for id, story in touched.story_of.items() if story not in touched.great]
    pairs = neighbours.pairs(conn, met, among=stands_for)
    near: dict[tuple[int, int], float] = {}
    for (a, b), probability in _probabilities(conn, pairs).items():
        one, other = sorted((stands_for[a], stands_for[b]))
        near[one, other] = near.get((one, other), 0.0) + probability
    return near


def _probabilities(
    conn: sqlite3.Connection, pairs: dict[tuple[int, int], Likeness]
) -> dict[tuple[int, int], float]:
    """How probably pairs are of one story."""
    ids = set(chain.from_iterable(pairs))
    day_of = neighbours.days(conn, ids)
    undated = ids.difference(day_of)
    lonely = {id for pair in pairs if not undated.isdisjoint(pair) for id in pair}
    nearest = neighbours.nearest(conn, lonely)
    found = {}
    for (a, b), like in pairs.items():
        if a in day_of and b in day_of:
            found[a, b] = sameness(like, abs(day_of[a] - day_of[b]), 0.0)
        else:
            found[a, b] = sameness(like, None, max(company(nearest[a], b), company(nearest[b], a)))
    return found


def _units(
    conn: sqlite3.Connection, touched: Touched, stands_for: dict[int, int]
) -> list[list[int]]:
    """What is not torn: what a person tied together; else single articles."""
    root = {id: id for id in touched.story_of}

    def find(id: int) -> int:
        while root[id] != id:
            id = root[id]
        return id

    first: dict[int, int] = {}
    for id, bond in kept.bonds(conn, list(stands_for)).items():
        root[find(stands_for[id])] = find(first.setdefault(bond, stands_for[id]))
    units: dict[int, list[int]] = {}
    for id in touched.story_of:
        units.setdefault(find(id), []).append(id)
    return list(units.values())


def _number(
    conn: sqlite3.Connection,
    groups: list[list[int]],
    story_of: dict[int, int | None],
    weight: dict[int, int],
) -> set[int]:
    """Give each group the number of the story it has most articles of, or a new one; the stories
    that have changed."""
    counts: list[Counter[int]] = [Counter() for _ in groups]
    for count, group in zip(counts, groups, strict=True):
        for id in group:
            if (story := story_of[id]) is not None:
                count[story] += weight.get(id, 1)
    claims = sorted(
        (-number, story, at) for at, count in enumerate(counts) for story, number in count.items()
    )
    number: dict[int, int] = {}
    taken: set[int] = set()
    for _, story, at in claims:
        if at not in number and story not in taken:
            number[at] = story
            taken.add(story)
    changed = set()
    for at, group in enumerate(groups):
        story = number.get(at) or kept.new_story(conn)
        moved = [id for id in group if story_of[id] != story]
        if moved:
            kept.move(conn, moved, story)
            changed |= {story, *(old for id in moved if (old := story_of[id]) is not None)}
    kept.settle(conn, sorted(changed))
    return changed


def _language(beginning: str, declared: str | None) -> str | None:
    """The language of a text by its own words and letters, or as its page declares it."""
    return (
        language_at(beginning) or (declared or "").replace("_", "-").split("-")[0].lower() or None
    )


def _day(when: str | None) -> int | None:
    try:
        return date.fromisoformat((when or "")[:10]).toordinal()
    except ValueError:
        return None
