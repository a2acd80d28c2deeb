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
from datetime import UTC, date, datetime

from reader.model import SourceKind
from reader.store import stories as kept
from reader.stories import neighbours
from reader.stories.linking import linked
from reader.stories.neighbours import Facts
from reader.stories.sameness import Likeness, company, sameness
from reader.stories.vectors import Vector
from reader.text.terms import language_of
from reader.text.width import unspaced

ENOUGH = 0.3
"""Mean probability that two groups are of one story, from which they are put together."""
WORTH_A_LOOK = 0.1
"""A story is looked at if one of its articles is so probably of the same."""
TOUCHED_ARTICLES = 80
"""Articles grouped anew at one time, from the stories that come nearest."""
GREAT_STORY = 40
"""A story of more articles grows, but is not torn up again."""
LANGUAGE_LETTERS = 2500

ARRIVED = """
    SELECT a.hash, a.story, a.seen, a.lang, s.kind, b.cached_at, substr(b.text, 1, ?2)
    FROM article a JOIN source s ON s.id = a.source JOIN body b ON b.id = a.id WHERE a.id = ?1"""
GROUPED = "SELECT day, lang, hash FROM story_facts WHERE article = ?"
KEEP = "INSERT OR REPLACE INTO story_facts(article, day, lang, hash) VALUES (?, ?, ?, ?)"
STORIES = """SELECT id, story FROM article
    WHERE id IN (SELECT value FROM json_each(?)) AND story IS NOT NULL"""
MEMBERS = """SELECT id, story FROM article
    WHERE story IN (SELECT value FROM json_each(?)) ORDER BY id"""
"""Also what is out of sight: it may come back, and belongs where it was."""


def place(conn: sqlite3.Connection, article_id: int, own: Vector, day: int | None) -> None:
    """Put an article into a story, in the caller's transaction; again if it has changed.

    `day` is the day it was published. An entry of a feed without one counts as of the day it was
    fetched: feeds list what is new. Of a file nobody knows.
    """
    row = conn.execute(ARRIVED, (article_id, LANGUAGE_LETTERS)).fetchone()
    if row is None:
        return
    hash, story, seen, declared, kind, cached_at, beginning = row
    if day is None and kind == SourceKind.FEED:
        day = _day(cached_at) or datetime.fromtimestamp(seen, UTC).toordinal()
    told = Facts(day, _language(beginning, declared))
    if (
        story is not None
        and (told.day, told.language, hash) == conn.execute(GROUPED, (article_id,)).fetchone()
    ):
        return
    conn.execute(KEEP, (article_id, told.day, told.language, hash))
    neighbours.note(conn, article_id, own, told)
    regroup(conn, article_id)


def regroup(conn: sqlite3.Connection, article_id: int) -> None:
    """Group anew what the article touches."""
    story_of = _touched(conn, article_id)
    ids = list(story_of)
    near = _probabilities(conn, ids)
    groups = linked(_units(conn, story_of), near, kept.rifts(conn, ids), ENOUGH)
    _number(conn, groups, story_of)


def storyless(conn: sqlite3.Connection, at_most: int) -> list[int]:
    """Articles that are in no story yet."""
    sql = "SELECT id FROM article WHERE story IS NULL ORDER BY id LIMIT ?"
    return [id for (id,) in conn.execute(sql, (at_most,))]


def leave(conn: sqlite3.Connection, article_id: int) -> None:
    """The article is out of all stories until it is placed again."""
    neighbours.forget(conn, article_id)
    row = conn.execute("SELECT story FROM article WHERE id = ?", (article_id,)).fetchone()
    conn.execute("DELETE FROM story_facts WHERE article = ?", (article_id,))
    if row and row[0] is not None:
        kept.move(conn, [article_id], None)
        kept.settle(conn, [row[0]])


def _touched(conn: sqlite3.Connection, article_id: int) -> dict[int, int | None]:
    """The articles to group anew, with the stories they are in now; the nearest stories first."""
    near = _probabilities(conn, [article_id], inside=False)
    others = {max(pair) if min(pair) == article_id else min(pair): p for pair, p in near.items()}
    best: dict[int, float] = {}
    [(own,)] = conn.execute("SELECT story FROM article WHERE id = ?", (article_id,))
    if own is not None:
        best[own] = 1.0
    for id, story in conn.execute(STORIES, (json.dumps(list(others)),)):
        if others[id] >= WORTH_A_LOOK:
            best[story] = max(best.get(story, 0.0), others[id])
    members: dict[int, list[int]] = {}
    for id, story in conn.execute(MEMBERS, (json.dumps(list(best)),)):
        members.setdefault(story, []).append(id)
    touched: dict[int, int | None] = {article_id: own}
    for story in sorted(members, key=lambda story: (-best[story], story)):
        if len(touched) == 1 or len(touched) + len(members[story]) <= TOUCHED_ARTICLES:
            touched |= dict.fromkeys(members[story], story)
    return touched


def _probabilities(
    conn: sqlite3.Connection, ids: list[int], *, inside: bool = True
) -> dict[tuple[int, int], float]:
    """How probably pairs are of one story: those among `ids`, or those of `ids` with any other."""
    noted = neighbours.noted(conn, ids)
    if inside:
        wanted = set(ids)
        pairs = {
            (one, other): like
            for one, likes in noted.items()
            for other, like in likes.items()
            if one < other and other in wanted
        }
    else:
        pairs = {
            (min(one, other), max(one, other)): like
            for one, likes in noted.items()
            for other, like in likes.items()
        }
    known = neighbours.facts(conn, {id for pair in pairs for id in pair})
    days = {(a, b): _days(known.get(a), known.get(b)) for a, b in pairs}
    lonely = {id for pair, apart in days.items() if apart is None for id in pair}
    noted |= neighbours.noted(conn, lonely.difference(noted))
    nearest = {id: _nearest(noted.get(id, {})) for id in lonely}
    found = {}
    for (a, b), like in pairs.items():
        crowd = 0.0
        if days[a, b] is None:
            crowd = max(company(nearest[a], b), company(nearest[b], a))
        found[a, b] = sameness(like, days[a, b], crowd)
    return found


def _nearest(likes: dict[int, Likeness]) -> list[tuple[float, int]]:
    return [(like.cosine, id) for id, like in likes.items()][:3]


def _units(conn: sqlite3.Connection, story_of: dict[int, int | None]) -> list[list[int]]:
    """What is not torn: what a person tied together, and great stories; else single articles."""
    bonds = kept.bonds(conn, list(story_of))
    sizes = Counter(story_of.values())
    root = {id: id for id in story_of}

    def find(id: int) -> int:
        while root[id] != id:
            id = root[id]
        return id

    first: dict[tuple[str, int], int] = {}
    for id, story in story_of.items():
        ties = [("bond", bonds[id])] if id in bonds else []
        if story is not None and sizes[story] > GREAT_STORY:
            ties.append(("story", story))
        for tie in ties:
            root[find(id)] = find(first.setdefault(tie, id))
    units: dict[int, list[int]] = {}
    for id in story_of:
        units.setdefault(find(id), []).append(id)
    return list(units.values())


def _number(
    conn: sqlite3.Connection, groups: list[list[int]], story_of: dict[int, int | None]
) -> None:
    """Give each group the number of the story it has most articles of, or a new one."""
    claims = sorted(
        (-count, story, at)
        for at, group in enumerate(groups)
        for story, count in Counter(story_of[id] for id in group).items()
        if story is not None
    )
    number: dict[int, int] = {}
    for _, story, at in claims:
        if at not in number and story not in number.values():
            number[at] = story
    changed = set()
    for at, group in enumerate(groups):
        story = number.get(at) or kept.new_story(conn)
        moved = [id for id in group if story_of[id] != story]
        if moved:
            kept.move(conn, moved, story)
            changed |= {story, *(old for id in moved if (old := story_of[id]) is not None)}
    kept.settle(conn, sorted(changed))


def _language(beginning: str, declared: str | None) -> str | None:
    """The language of a text by its own words, by its letters, or as its page declares it."""
    if told := language_of(beginning):
        return told
    if any("\u3040" <= letter <= "\u30ff" for letter in beginning):
        return "ja"
    if sum(map(unspaced, beginning)) * 2 > len(beginning):
        return "zh"
    return (declared or "").replace("_", "-").split("-")[0].lower() or None


def _day(when: str | None) -> int | None:
    try:
        return date.fromisoformat((when or "")[:10]).toordinal()
    except ValueError:
        return None


def _days(one: Facts | None, other: Facts | None) -> int | None:
    if one is None or other is None or one.day is None or other.day is None:
        return None
    return abs(one.day - other.day)
