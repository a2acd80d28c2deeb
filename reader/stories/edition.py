"""The front page of a time, made from the cache: what came, how old it may be, what was read of it.

The order is decided by `reader.stories.front`; what is new to a person is counted apart, for the
few stories of which something was read, and kept until they have read more.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from reader import clock
from reader.errors import NothingFound
from reader.model import ArticleId, Coverage, FrontPage, FrontStory
from reader.store import digests, lists
from reader.store import front as asked
from reader.store.front import Arrived
from reader.store.times import moment, seconds
from reader.stories import front, visits
from reader.stories.duplicates import duplicates
from reader.stories.front import New, Piece, Ranked

if TYPE_CHECKING:
    from reader.store import Cache

Days = Callable[[str, str | None], int]
"""How many days the articles of a source may be on the page, by its address and what was typed."""
Marks = Callable[[ArticleId], Sequence[tuple[str, str]]]
"""The sentences of an article, each with its mark against what was read of its story."""

PERIODS = ("since", "today", "week")
MOST_ARRIVALS = 4_000
"""Unread articles looked at, the latest: two weeks of three hundred a day."""
WORDS_A_MINUTE = 238
"""Silent reading of English prose (Brysbaert, Journal of Memory and Language, 2019)."""
OPENING_CHARACTERS = 900
SUMMARY_SENTENCES = 2
VISIT = "visit"
"""The name of the state that is kept of visits."""


def page(
    cache: Cache,
    period: str,
    days: Days,
    limit: int | None = None,
    chosen: ArticleId | None = None,
) -> FrontPage:
    """The front page of a period, at most `limit` stories of it; with that of `chosen`, if this
    article was read, where it stood."""
    now = seconds(clock.now())
    newest = asked.newest(cache)
    after, begins = _window(cache, period, now)
    edits = asked.edited_after(cache, begins or 0, MOST_ARRIVALS)
    fresh, numbers, lone = _fresh(
        cache, days, after, begins if period != "since" else None, now, edits
    )
    pieces = list(map(Piece._make, asked.of_stories(cache, numbers)))
    pieces += map(Piece._make, asked.of_articles(cache, lone))
    several = _several(pieces)
    copy_of = _copies(cache, several)
    there = {piece.id for piece in several}
    alone = [each for each in pieces if each.edited_at is not None and each.id not in there]
    stories = front.ranked(pieces, fresh, copy_of, now, _counted(cache, [*several, *alone]))
    shown = stories if limit is None else stories[:limit]
    told = list(map(_told, shown))
    kept = None
    if chosen is not None and not any(chosen in story.articles for story in told):
        kept = _settled(cache, chosen, now)
    if kept is not None and chosen is not None:
        at = next((n for n, each in enumerate(shown) if each.score < kept.score), len(shown))
        told.insert(at, replace(_told(kept), article=chosen))
    return FrontPage(
        period,
        None if begins is None else moment(begins),
        tuple(told),
        len(stories) - len(shown),
        newest,
    )


def coverage(cache: Cache, number: int) -> Coverage:
    """All that is told of one story. Raises NothingFound."""
    pieces = [Piece._make(row) for row in asked.of_stories(cache, [number])]
    if not pieces:
        raise NothingFound(f"there is no story {number}")
    pieces.sort(key=lambda piece: (piece.sorted_at, piece.id))
    there = {piece.id for piece in pieces}
    found = _copies(cache, pieces) if len(pieces) > 1 else {}
    copy_of = {copy: head for copy, head in found.items() if copy in there and head in there}
    return Coverage(
        number,
        front.headline(pieces).title,
        tuple(lists.headlines(cache, [piece.id for piece in pieces])),
        front.hands(pieces, copy_of),
        {ArticleId(copy): ArticleId(head) for copy, head in copy_of.items()},
    )


def visited(cache: Cache, newest: int | None) -> None:
    """Note that the person is here now, and has been shown what came up to `newest`, or all."""
    now = seconds(clock.now())
    newest = asked.newest(cache) if newest is None else newest
    cache.states.keep(VISIT, visits.visited(cache.states.get(VISIT), now, newest))


def returns(cache: Cache) -> bool:
    """Was the person away long enough for this to be another visit?"""
    return visits.returns(cache.states.get(VISIT), seconds(clock.now()))


def count_new(cache: Cache, told: FrontStory, marks: Marks) -> FrontStory:
    """The story with what is new in it to who read some of it; the article with most of that goes
    first. Kept, so that it is counted again only when more was read, or a text changed."""
    if not told.read:
        return told
    bases = _bases(cache, told.read, told.news)
    known = asked.news(cache, told.news)
    near = asked.nearness(cache, told.news, told.read)
    found: dict[ArticleId, New] = {}
    for id in told.news[-front.MOST_COUNTED :]:
        basis, sentences, words = known.get(id, (b"", 0, 0))
        if basis != bases.get(id):
            told_marks = marks(id)
            # Without a mark nothing was held against it: what was opened was not looked at. Of
            # what was edited the text that was read is always there.
            bare = id not in told.read and not any(mark for _, mark in told_marks)
            new = [sentence for sentence, mark in told_marks if bare or mark == "new"]
            sentences, words = len(new), sum(len(sentence.split()) for sentence in new)
            asked.keep_news(cache, id, bases.get(id, b""), sentences, words)
        found[id] = New(sentences, words, near[id])
    first = max(found, key=lambda id: found[id].weight)
    return replace(told, article=first, new=found[first].sentences, minutes=minutes(found[first]))


def count_all(cache: Cache, period: str, days: Days, marks: Marks) -> None:
    """Count what is new in all stories of the page of which something was read. Articles in which
    nothing is are no news, and then earlier ones are counted."""
    before: list[FrontStory] = []
    while left := [s for s in page(cache, period, days).stories if s.read and s.new is None]:
        if left == before:
            return
        for story in left:
            count_new(cache, story, marks)
        before = left


def minutes(new: New) -> int:
    """How long it takes to read what is new; 0 if nothing is."""
    return -(-new.words // WORDS_A_MINUTE)


def quick_summaries(cache: Cache, ids: Sequence[ArticleId]) -> dict[ArticleId, str]:
    """What is said of articles without making it: kept, their source's own, or how they begin."""
    said = {id: summary.text for id, summary in digests.kept(cache, ids).items()}
    wanted = [id for id in ids if id not in said]
    titles = {}
    for each in lists.headlines(cache, wanted):
        titles[each.id] = each.title
        if each.summary:
            said[each.id] = each.summary
    wanted = [id for id in wanted if id not in said]
    openings = asked.openings(cache, wanted, OPENING_CHARACTERS) if wanted else {}
    return said | {
        ArticleId(id): opening(text, titles.get(ArticleId(id), "")) for id, text in openings.items()
    }


def opening(text: str, title: str = "") -> str:
    """The first sentences of a text, for a summary where its source gives none."""
    from reader.stories.summary import telling
    from reader.text.sentences import sentences

    spans = sentences(text)
    if len(spans) > 1 and spans[-1][1] == len(text):
        spans.pop()  # it was cut
    said = telling([" ".join(text[a:b].split()) for a, b in spans], title)
    return " ".join(said[:SUMMARY_SENTENCES])


def _window(cache: Cache, period: str, now: int) -> tuple[int, int | None]:
    """After which article the period begins, and when that is."""
    if period == "since":
        visit = visits.since(cache.states.get(VISIT), now)
        return visit.id, visit.at
    begins = lists.midnight() if period == "today" else now - front.WEEK_SECONDS
    return asked.before(cache, begins), begins


def _fresh(
    cache: Cache, days: Days, after: int, begins: int | None, now: int, edits: Iterable[Arrived]
) -> tuple[set[int], set[int], list[int]]:
    """The unread articles that may stand on the page, and those that were edited, the stories they
    are in, and those of them that are in none."""
    oldest: dict[int, tuple[bool, int]] = {}
    for source, feed, url, added_as in asked.sources(cache):
        allowed = days(url, added_as)
        aged = now - allowed * front.DAY_SECONDS if allowed else now + 1
        oldest[source] = feed, aged if begins is None else max(aged, begins)
    if begins is None and oldest:
        # Nothing is dated after it was seen, so what was seen before that is too old anyway.
        after = max(after, asked.before(cache, min(least for _, least in oldest.values())))
    fresh: set[int] = set()
    numbers: set[int] = set()
    lone: list[int] = []
    arrived = asked.unread_after(cache, after, MOST_ARRIVALS)
    for id, number, source, sorted_at, seen in (*edits, *arrived):
        feed, least = oldest.get(source, (True, now + 1))
        if (sorted_at if feed else seen) < least:
            continue
        fresh.add(id)
        if number is None:
            lone.append(id)
        else:
            numbers.add(number)
    return fresh, numbers, lone


def _settled(cache: Cache, article: ArticleId, now: int) -> Ranked | None:
    """The story of an article that was read, as it stood on the page before; None if the article is
    unread, or gone."""
    found = [Piece._make(row) for row in asked.of_articles(cache, [article])]
    if not found or found[0].is_news:
        return None
    number = found[0].story
    if number is not None:
        found = [Piece._make(row) for row in asked.of_stories(cache, [number])]
    unread = [piece._replace(unread=True, edited_at=None) for piece in found]
    there = {piece.id for piece in unread}
    [story] = front.ranked(unread, there, _copies(cache, unread), now)
    return story


def _several(pieces: Iterable[Piece]) -> list[Piece]:
    """Those of stories of more than one article."""
    pieces = list(pieces)
    sizes = Counter(piece.story for piece in pieces)
    return [piece for piece in pieces if piece.story is not None and sizes[piece.story] > 1]


def _copies(cache: Cache, pieces: Iterable[Piece]) -> dict[int, int]:
    """For each near copy the article it is folded under."""
    ids = [piece.id for piece in pieces]
    if not ids:
        return {}
    with cache.explained():
        folds = duplicates(cache.reader(), ids)
    return {copy: fold.id for fold in folds for copy, _ in fold.copies}


def _counted(cache: Cache, pieces: Sequence[Piece]) -> dict[int, New]:
    """What is known to be new in articles of stories of which something was read."""
    read: dict[int, list[int]] = {}
    news: dict[int, list[int]] = {}
    for piece in pieces:
        number = -piece.id if piece.story is None else piece.story
        if not piece.unread:
            read.setdefault(number, []).append(piece.id)
        if piece.is_news:
            news.setdefault(number, []).append(piece.id)
    ids = [id for number in read for id in news.get(number, ())]
    if not ids or not (kept := asked.news(cache, ids)):
        return {}
    found: dict[int, New] = {}
    for number, were in read.items():
        there = [id for id in news.get(number, ()) if id in kept]
        near = asked.nearness(cache, there, were)
        for id, basis in _bases(cache, were, there).items() if there else ():
            was, sentences, words = kept[id]
            if was == basis:
                found[id] = New(sentences, words, near[id])
    return found


def _bases(cache: Cache, read: Iterable[int], ids: Iterable[int]) -> dict[ArticleId, bytes]:
    """For each of `ids` what a count of its news rests on: its own text and those read."""
    import hashlib

    read, ids = sorted(read), list(ids)
    hashes = asked.hashes(cache, {*read, *ids})
    met = json.dumps([[id, hashes[id].hex()] for id in read if id in hashes]).encode()
    return {
        ArticleId(id): hashlib.blake2b(met + hashes[id], digest_size=8).digest()
        for id in ids
        if id in hashes
    }


def _told(story: Ranked) -> FrontStory:
    best, new, named_by = story.best, story.new, story.named_by
    return FrontStory(
        id=story.story,
        title=named_by.title,
        named_by=ArticleId(named_by.id),
        article=ArticleId(best.id),
        articles=tuple(ArticleId(piece.id) for piece in story.pieces),
        sources=story.hands,
        copies=story.copies,
        news=tuple(ArticleId(piece.id) for piece in story.news),
        read=tuple(map(ArticleId, story.read)),
        newest=moment(story.newest),
        minutes=best.minutes if new is None else minutes(new),
        new=None if new is None else new.sentences,
        edited=best.edited_at is not None,
    )
