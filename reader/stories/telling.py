"""Stories and near copies as a person meets them: with headlines, without what is out of sight."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from datetime import timedelta
from operator import itemgetter

from reader import clock
from reader.errors import NothingFound
from reader.model import Copied, Copy, Headline, Story
from reader.store import Cache, lists
from reader.store.times import seconds
from reader.stories import comparing
from reader.stories.duplicates import duplicates as folds
from reader.stories.titles import naming

WEEK = timedelta(days=7)
"""A story of which nothing came for so long is old."""

STORYLESS = "SELECT count(*) FROM article WHERE story IS NULL"
OF_ARTICLES = """SELECT story FROM article
    WHERE id IN (SELECT value FROM json_each(:ids)) AND hidden = 0 AND story IS NOT NULL"""
SINCE = "SELECT story FROM article WHERE sorted_at >= :since AND hidden = 0 AND story IS NOT NULL"
EVERY = "SELECT id FROM story"
MEMBERS = f"""SELECT {lists.FIELDS}, t.headline
    FROM story t JOIN article a ON a.story = t.id JOIN source s ON s.id = a.source
    WHERE a.hidden = 0 AND t.id IN ({{}})"""


_PLACE = itemgetter(7, 0)
"""`sorted_at` and `id` of a row."""


def catch_up(cache: Cache, *, every: bool = False) -> None:
    """Put into stories what is in none yet: what appeared this week, or `every` article."""
    comparing.catch_up(cache, comparing.EVER if every else seconds(clock.now() - WEEK))


def storyless(cache: Cache) -> int:
    """How many articles are in no story yet."""
    [count] = cache.row(STORYLESS)
    return int(count)


def stories(
    cache: Cache, ids: Collection[int] | None = None, *, every: bool = False
) -> list[Story]:
    """The stories with an article among `ids`, or all; those that got one this week, or `every`.

    The newest first.
    """
    if ids is None:
        return _told(cache, EVERY if every else SINCE)
    return _told(cache, OF_ARTICLES if every else f"{OF_ARTICLES} INTERSECT {SINCE}", ids)


def story(cache: Cache, id: int) -> Story:
    """One story. Raises NothingFound."""
    found = _told(cache, "SELECT value FROM json_each(:ids)", [id])
    if not found:
        raise NothingFound(f"there is no story {id}: `broadsheet stories --all` lists them")
    return found[0]


def duplicates(cache: Cache, ids: Collection[int] | None = None) -> list[Copied]:
    """Near copies that one of `ids` is among, or all."""
    with cache.explained():
        found = folds(cache.reader(), ids)
    headlines = _headlines(
        cache, [id for fold in found for id in (fold.id, *(copy for copy, _ in fold.copies))]
    )
    return [
        Copied(
            headlines[fold.id],
            tuple(Copy(headlines[id], contained) for id, contained in fold.copies),
        )
        for fold in found
    ]


def _told(cache: Cache, chosen: str, ids: Iterable[int] = ()) -> list[Story]:
    """The stories whose numbers a question asks for, in one question."""
    since = seconds(clock.now() - WEEK)
    given = {"ids": json.dumps(list(ids)), "since": since}
    rows = cache.read(MEMBERS.format(chosen), given)
    members: dict[int, list[Headline]] = {}
    named: dict[int, int | None] = {}
    for *row, named_by in sorted(rows, key=_PLACE):
        headline = lists.headline(row)
        assert headline.story is not None
        members.setdefault(headline.story, []).append(headline)
        named[headline.story] = named_by
    told = [
        Story(
            number,
            _label(each, named[number]),
            tuple(each),
            sum(m.unread or m.is_edited_since for m in each),
        )
        for number, each in members.items()
    ]
    told.sort(key=lambda one: (one.members[-1].sorted_at, one.members[-1].id), reverse=True)
    return told


def _label(members: Sequence[Headline], named: int | None) -> str:
    if len(members) == 1:
        return members[0].title
    titles = {int(each.id): each.title for each in members}
    return titles[naming(titles, named)]


def _headlines(cache: Cache, ids: Iterable[int]) -> dict[int, Headline]:
    return {int(headline.id): headline for headline in cache.articles.headlines(ids)}
