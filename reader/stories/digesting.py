"""Summaries and phrases of what is in a cache: made when they are asked for, then kept."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from reader.model import ArticleId, Story, Summary
from reader.store import digests

if TYPE_CHECKING:
    from reader.store import Cache

MOST_MEMBERS = 8
"""Articles of a story that its phrases are taken from, the last to come."""


def summaries(cache: Cache, ids: Iterable[int]) -> dict[ArticleId, Summary]:
    """What these articles are about; of those that are there."""
    wanted = list(ids)
    found = digests.kept(cache, wanted)
    missing = [id for id in wanted if id not in found]
    return found | _made(cache, missing) if missing else found


def of_story(cache: Cache, story: Story) -> tuple[Summary, tuple[str, ...]]:
    """The summary of the article a story is named after, and the phrases of its articles."""
    from reader.stories.phrases import READ_CHARACTERS, phrases_of

    named = next((m for m in story.members if m.title == story.label), story.members[-1])
    members = _without_copies(cache, [member.id for member in story.members])[-MOST_MEMBERS:]
    texts = digests.texts(cache, members, READ_CHARACTERS)
    said = summaries(cache, [named.id]).get(named.id, Summary("", False))
    return said, phrases_of([(each.title, each.text) for each in texts])


def _without_copies(cache: Cache, ids: Sequence[ArticleId]) -> list[ArticleId]:
    """Each text once: what one says once is not said twice because it was printed twice."""
    if len(ids) == 1:
        return list(ids)
    from reader.stories.duplicates import duplicates

    with cache.explained():
        folds = duplicates(cache.reader(), ids)
    away = {copy for fold in folds if fold.id in ids for copy, _ in fold.copies}
    return [id for id in ids if id not in away]


def _made(cache: Cache, ids: Sequence[int]) -> dict[ArticleId, Summary]:
    from reader.stories.summary import READ_CHARACTERS, summary

    made = {
        ArticleId(each.id): (
            each.record,
            summary(each.said, each.title, each.text, each.language),
        )
        for each in digests.texts(cache, ids, READ_CHARACTERS)
    }
    digests.keep(cache, made)
    return {id: found for id, (_, found) in made.items()}
