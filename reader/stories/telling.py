"""Stories and near copies as a person meets them: with headlines, without what is out of sight."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from datetime import timedelta

from reader import clock
from reader.errors import NothingFound
from reader.model import Copied, Copy, Headline, Story
from reader.store import Cache
from reader.store.times import seconds
from reader.stories import comparing
from reader.stories.duplicates import duplicates as folds

WEEK = timedelta(days=7)
"""A story of which nothing came for so long is old."""

STORYLESS = "SELECT count(*) FROM article WHERE story IS NULL"
OF_ARTICLES = """SELECT DISTINCT story FROM article
    WHERE id IN (SELECT value FROM json_each(?)) AND hidden = 0 AND story IS NOT NULL"""
SINCE = """SELECT DISTINCT story FROM article
    WHERE sorted_at >= ? AND hidden = 0 AND story IS NOT NULL"""
EVERY = "SELECT DISTINCT story FROM article WHERE hidden = 0 AND story IS NOT NULL"
MEMBERS = """SELECT a.id, a.story, s.headline FROM article a JOIN story s ON s.id = a.story
    WHERE a.story IN (SELECT value FROM json_each(?)) AND a.hidden = 0
    ORDER BY a.sorted_at, a.id"""


def catch_up(cache: Cache, *, every: bool = False) -> None:
    """Put into stories what is in none yet: what appeared this week, or `every` article."""
    comparing.catch_up(cache, 0 if every else seconds(clock.now() - WEEK))


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
    if ids is not None:
        chosen = {story for (story,) in cache.read(OF_ARTICLES, (json.dumps(list(ids)),))}
    elif every:
        chosen = {story for (story,) in cache.read(EVERY)}
    else:
        chosen = _since_last_week(cache)
    if ids is not None and not every:
        chosen &= _since_last_week(cache)
    return _told(cache, chosen)


def story(cache: Cache, id: int) -> Story:
    """One story. Raises NothingFound."""
    found = _told(cache, [id])
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


def _since_last_week(cache: Cache) -> set[int]:
    return {story for (story,) in cache.read(SINCE, (seconds(clock.now() - WEEK),))}


def _told(cache: Cache, chosen: Iterable[int]) -> list[Story]:
    rows = cache.read(MEMBERS, (json.dumps(list(chosen)),))
    headlines = _headlines(cache, [id for id, _, _ in rows])
    members: dict[int, list[Headline]] = {}
    named: dict[int, int | None] = {}
    for id, number, headline in rows:
        if id in headlines:
            members.setdefault(number, []).append(headlines[id])
            named[number] = headline
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


def _label(members: list[Headline], headline: int | None) -> str:
    return next((m.title for m in members if m.id == headline), members[0].title)


def _headlines(cache: Cache, ids: Iterable[int]) -> dict[int, Headline]:
    return {int(headline.id): headline for headline in cache.articles.headlines(ids)}
