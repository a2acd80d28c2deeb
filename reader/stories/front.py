"""The front page: which stories stand on it, in which order, and when one of them is settled.

    articles in the window ─▶ their stories ─▶ settled? ─▶ headline, best article, rank

Nothing here asks or keeps anything: it decides over plain values. A story counts as one unread
thing. It is settled once the article that names it was read, or the fullest, with all its copies,
until an article arrives that was not there at that time.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from reader.stories.titles import naming, telling

DAY_SECONDS = 86_400
WEEK_SECONDS = 7 * DAY_SECONDS
HALF_LIFE_HOURS = 24
"""After so many hours a story needs as many more sources as to begin with to keep its place."""
FOLLOWED = 0.6
"""What a story counts for of which something was read: its news is but a part of it."""
ENOUGH_WORDS = 1_200
"""Words beyond which a longer article is not the better one to read."""
NEARLY_AS_FULL = 0.8
"""Share of the fullest text from which an article that came later is the better one."""
WHOLE = 1 / 3
"""Share of the fullest text that is more than the beginning which a feed gives, or a note."""
MOST_OF_IT = 1 / 2
"""Share of the fullest text with which an article tells enough of a story to settle it."""
SAME_TEXT = 0.9
"""Share of an article's words that a copy of it must have to settle it."""
MOST_COUNTED = 4
"""Articles of a story in which is counted what is new, the latest."""
MUCH_NEWS = 10
"""Sentences that are new to a person from which a story they follow counts in full."""
SHARED_HOSTS = frozenset(
    (
        "medium.com youtube.com reddit.com github.com news.google.com facebook.com x.com "
        "twitter.com linkedin.com news.ycombinator.com tumblr.com bsky.app"
    ).split()
)
"""Hosts on which many publish, each on a path of their own."""


class Piece(NamedTuple):
    """An article as far as the front page needs it."""

    id: int
    story: int | None
    source: int
    place: str
    """The name of who published it."""
    url: str | None
    title: str
    sorted_at: int
    fresh_at: int
    """When it was news: what a feed lists, as of its date; what a person brought, as it came."""
    unread: bool
    words: int
    minutes: int
    settles: int | None
    """The newest article of its story when this one was read."""
    named: int | None = None
    """The article its story was named after when this one was read."""
    edited_at: int | None = None
    """When it was edited, if that was after it had been read."""
    names: bool = False
    """Whether its story is named after it."""

    @property
    def is_news(self) -> bool:
        """Whether there is something in it that the person has not read."""
        return self.unread or self.edited_at is not None

    @property
    def told_at(self) -> int:
        """When what is not read of it was told."""
        return self.sorted_at if self.edited_at is None else self.edited_at


class New(NamedTuple):
    """What of an article is new to somebody who read others of its story."""

    sentences: int
    words: int
    nearness: float = 1.0
    """How like it is to what was read of the story, up to 1."""

    @property
    def weight(self) -> float:
        """How much it tells of the story: much is new in a round-up, and of other things."""
        return self.sentences * self.nearness


NOT_COUNTED: Mapping[int, New] = {}
UNKNOWN = New(1, 0)


@dataclass(frozen=True, slots=True)
class Ranked:
    """A story with its place on the page."""

    story: int | None
    pieces: tuple[Piece, ...]
    """All its articles, the earliest first."""
    hands: tuple[str, ...]
    """Who tells it independently, the earliest first."""
    copy_of: Mapping[int, int]
    """For each near copy the article it is folded under; also of other stories."""
    news: tuple[Piece, ...]
    """Articles that are unread and add something, each text once, and those that were edited."""
    counted: Mapping[int, New]
    """What is new in the latest of `news`, where something of the story was read and that was
    counted."""
    newest: int
    """The date of the last of the news."""
    score: float

    @property
    def best(self) -> Piece:
        """What to read of it first: the article with most that is new, as far as that is known."""
        if not self.counted:
            return best(self.news, headline(self.pieces).id, self.copy_of)
        latest = [piece for piece in self.news if piece.id in self.counted]
        return max(latest, key=lambda each: (self.counted[each.id].weight, each.told_at))

    @property
    def new(self) -> New | None:
        """What is new in the best article, if it was counted."""
        return self.counted[self.best.id] if self.counted else None

    @property
    def texts(self) -> list[Piece]:
        """Each text once: `pieces` without near copies."""
        return without_copies(self.pieces, self.copy_of)

    @property
    def named_by(self) -> Piece:
        """The article whose title names it."""
        return headline(self.pieces)

    @property
    def copies(self) -> int:
        """Near copies among its articles."""
        return len(self.pieces) - len(self.texts)

    @property
    def read(self) -> tuple[int, ...]:
        """Its articles that were read."""
        return tuple(piece.id for piece in self.pieces if not piece.unread)


def ranked(
    pieces: Iterable[Piece],
    fresh: set[int],
    copy_of: Mapping[int, int],
    now: int,
    counted: Mapping[int, New] = NOT_COUNTED,
) -> list[Ranked]:
    """The stories of `pieces` that are not settled, the most important first.

    `pieces` are all articles of the stories asked about, `fresh` those that may bring a story to
    the page, `copy_of` names the article that a near copy is folded under, `counted` says what is
    new in articles of stories of which something was read.
    """
    stories: dict[int, list[Piece]] = {}
    for piece in pieces:
        stories.setdefault(-piece.id if piece.story is None else piece.story, []).append(piece)
    found = [
        story
        for each in stories.values()
        if (story := _ranked(each, fresh, copy_of, now, counted)) is not None
    ]
    found.sort(key=lambda story: (-story.score, -story.newest, -story.news[-1].id))
    return found


def hands(pieces: Sequence[Piece], copy_of: Mapping[int, int]) -> tuple[str, ...]:
    """Who tells a story of their own: of one paper the earliest, and of a text with its copies. Who
    copies from two papers does not make them one."""
    pieces = without_copies(pieces, copy_of)
    places = [piece.place.casefold() for piece in pieces]
    hosts = [_host(piece.url) for piece in pieces]
    if len(set(places)) == 1 or (len(set(hosts)) == 1 and hosts[0] is not None):
        return (pieces[0].place,)
    root: dict[object, object] = {}

    def find(key: object) -> object:
        while (above := root.setdefault(key, key)) != key:
            key = above
        return key

    for piece, place, host in zip(pieces, places, hosts, strict=True):
        own = find(piece.id)
        ties: list[object] = [("place", place)]
        if host is not None:
            ties.append(("host", host))
        if piece.id in copy_of:
            ties.append(copy_of[piece.id])
        for tie in ties:
            root[find(tie)] = own
    first: dict[object, str] = {}
    for piece in pieces:
        first.setdefault(find(piece.id), piece.place)
    return tuple(first.values())


def headline(pieces: Sequence[Piece]) -> Piece:
    """The article whose title names a story, the same as in lists of stories."""
    named = next((piece.id for piece in pieces if piece.names), None)
    chosen = naming({piece.id: piece.title for piece in pieces}, named)
    return next(piece for piece in pieces if piece.id == chosen)


def best(texts: Sequence[Piece], named: int, copy_of: Mapping[int, int]) -> Piece:
    """What to read first: the article a story is `named` after, for that is what its headline
    promises; the fullest where that is read, or a mere beginning."""
    promised = _telling_at_least(WHOLE, texts, named, copy_of)
    return fullest(texts) if promised is None else promised


def fullest(texts: Sequence[Piece]) -> Piece:
    """Of the articles nearly as full as the fullest that whose title says most of what all say, and
    then the latest."""
    enough = NEARLY_AS_FULL * _fullness(texts)
    full = [piece for piece in texts if piece.words >= enough]
    if len(full) == 1:
        return full[0]
    says = telling({piece.id: piece.title for piece in texts})
    return max(full, key=lambda piece: (says[piece.id], piece.sorted_at, piece.id))


def _telling_at_least(
    share: float, texts: Sequence[Piece], named: int, copy_of: Mapping[int, int]
) -> Piece | None:
    """The article a story is named after, or the text it is a copy of, if it is there and has such
    a share of the fullest text."""
    least = share * _fullness(texts)
    ids = named, copy_of.get(named)
    return next((piece for piece in texts if piece.id in ids and piece.words >= least), None)


def _fullness(texts: Iterable[Piece]) -> int:
    return max(min(piece.words, ENOUGH_WORDS) for piece in texts)


def without_copies(pieces: Iterable[Piece], copy_of: Mapping[int, int]) -> list[Piece]:
    """Each text once: that of a fold under which the others are folded."""
    pieces = list(pieces)
    there = {piece.id for piece in pieces}
    return [piece for piece in pieces if copy_of.get(piece.id) not in there]


def _ranked(
    pieces: list[Piece],
    fresh: set[int],
    copy_of: Mapping[int, int],
    now: int,
    counted: Mapping[int, New],
) -> Ranked | None:
    if len(pieces) == 1:
        [only] = pieces
        if not only.is_news or only.id not in fresh:
            return None
        if not only.unread and not counted.get(only.id, UNKNOWN).sentences:
            return None
        known = counted if only.id in counted else NOT_COUNTED
        return _placed(pieces, [only], known, copy_of, now)
    pieces.sort(key=lambda piece: (piece.sorted_at, piece.id))
    news = _news(pieces, copy_of)
    heads = {piece.id for piece in news}
    # A copy stands for its text only if that is not among the news itself.
    texts = [piece for piece in news if copy_of.get(piece.id) not in heads]
    if any(not piece.unread for piece in pieces):
        texts = [piece for piece in texts if counted.get(piece.id, UNKNOWN).sentences]
    if not any(piece.id in fresh for piece in texts):
        return None
    texts.sort(key=lambda piece: (piece.told_at, piece.id))  # an edit is the latest news
    return _placed(pieces, texts, _latest(texts, counted), copy_of, now)


def _latest(news: Sequence[Piece], counted: Mapping[int, New]) -> Mapping[int, New]:
    """What was counted of the latest of the news, if it was of all these."""
    ids = [piece.id for piece in news[-MOST_COUNTED:]]
    return {id: counted[id] for id in ids} if counted.keys() >= {*ids} else NOT_COUNTED


def _placed(
    pieces: list[Piece],
    news: list[Piece],
    counted: Mapping[int, New],
    copy_of: Mapping[int, int],
    now: int,
) -> Ranked:
    told_by = hands(pieces, copy_of)
    age_seconds = now - max(max(piece.fresh_at, piece.edited_at or 0) for piece in news)
    followed = any(not piece.unread for piece in pieces)
    score = importance(len(told_by), age_seconds)
    if followed:
        sentences = max((each.sentences for each in counted.values()), default=0)
        score *= FOLLOWED * (min(1.0, sentences / MUCH_NEWS) if counted else 1.0)
    return Ranked(
        story=pieces[0].story,
        pieces=tuple(pieces),
        hands=told_by,
        copy_of=copy_of,
        news=tuple(news),
        counted=counted,
        newest=max(piece.told_at for piece in news),
        score=score,
    )


def importance(sources: int, age_seconds: float) -> float:
    """How much a story matters, by how many tell it independently and how long ago its news is."""
    hours = max(0.0, age_seconds) // 3600  # whole ones: what came together is told by its dates
    return float((1 + math.log2(sources)) * 0.5 ** (hours / HALF_LIFE_HOURS))


def _news(pieces: list[Piece], copy_of: Mapping[int, int]) -> list[Piece]:
    """The unread articles that were not settled by one that was read, and the edited ones."""
    read = [piece for piece in pieces if not piece.unread]
    if not read:
        return pieces
    settled = _settled(read, pieces, copy_of)
    texts: dict[int, int] = {}
    for piece in read:
        text = copy_of.get(piece.id, piece.id)
        texts[text] = max(texts.get(text, 0), piece.words)
    return [
        piece
        for piece in pieces
        if piece.edited_at is not None
        or (
            piece.unread
            and piece.id > settled
            and texts.get(copy_of.get(piece.id, piece.id), -1) < SAME_TEXT * piece.words
        )
    ]


def _settled(read: list[Piece], pieces: list[Piece], copy_of: Mapping[int, int]) -> int:
    """The newest article that counts as settled, because what was read was the fullest of those
    there were, the one they are named after, or a copy of these; 0 if it was not."""
    settled = 0
    settling: dict[tuple[int, int | None], list[Piece]] = {}
    for piece in read:
        upto = max(piece.settles or 0, piece.id)
        if upto <= settled:
            continue
        then = upto, piece.named
        if then not in settling:
            there = [each for each in pieces if each.id <= upto]
            settling[then] = _settling(there, piece.named, copy_of)
        text = copy_of.get(piece.id, piece.id)
        if any(
            text == copy_of.get(each.id, each.id) and piece.words >= SAME_TEXT * each.words
            for each in settling[then]
        ):
            settled = upto
    return settled


def _settling(
    pieces: Sequence[Piece], named: int | None, copy_of: Mapping[int, int]
) -> list[Piece]:
    """What is enough to read of a story: its fullest text, or the one it was `named` after unless
    half of the story is not in that."""
    texts = without_copies(pieces, copy_of)
    if named is None:
        named = headline(pieces).id
    promised = _telling_at_least(MOST_OF_IT, texts, named, copy_of)
    return [fullest(texts)] if promised is None else [promised, fullest(texts)]


def _host(url: str | None) -> str | None:
    """The host of an address if all on it is published by one hand."""
    if not url or not url.startswith(("http://", "https://")):
        return None
    name = url.split("/", 3)[2].lower().removeprefix("www.")
    return None if name in SHARED_HOSTS else name
