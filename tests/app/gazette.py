"""Caches of generated news, the same every time, for tests of the reading room and its speed."""

from __future__ import annotations

import random
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from reader.library import Library
from reader.model import ArticleId, Cleaned, SourceKind, When
from reader.store import Incoming

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
SOURCES = (
    ("The Harbour Gazette", "Morning"),
    ("Northline", "Morning"),
    ("Fen & Field", "Morning"),
    ("Quay and Tonnage", "Trade"),
    ("The Printer's Quarterly", "Trade"),
    ("Low Water", None),
    ("Letters from the Marsh", None),
)


def _words(text: str) -> list[str]:
    return text.split()


NOUNS = _words(
    "harbour council ferry bridge minister library court storm railway market orchard school "
    "hospital strike report river island vote budget museum tide lamp engine weather"
)
VERBS = _words(
    "opens delays rejects repairs questions finds loses wins plans halts restores counts"
)
ADJECTIVES = _words("old new northern quiet costly flooded empty second public wooden late early")
FILLER = _words(
    "the of and a in that it was for on as with by at from had but they which this not are "
    "his her its were have been one all there would who their more when people after could"
)


def headline(random_: random.Random) -> str:
    pick = random_.choice
    words = [pick(ADJECTIVES), pick(NOUNS), pick(VERBS), pick(ADJECTIVES), pick(NOUNS)]
    return " ".join(words).capitalize()


def sentence(random_: random.Random, words: int = 18) -> str:
    bag = NOUNS + ADJECTIVES + FILLER * 2
    return " ".join(random_.choice(bag) for _ in range(words)).capitalize() + "."


def body(random_: random.Random, words: int) -> str:
    """Markdown with paragraphs, a list, a quote and a heading among them."""
    blocks: list[str] = []
    count = 0
    while count < words:
        kind = random_.random()
        if kind < 0.07:
            blocks.append("## " + headline(random_))
        elif kind < 0.13:
            blocks.append("\n".join(f"- {sentence(random_, 12)}" for _ in range(3)))
            count += 36
        elif kind < 0.18:
            blocks.append("> " + sentence(random_, 30))
            count += 30
        else:
            lines = [sentence(random_) for _ in range(4)]
            lines[1] = "**" + lines[1] + "** [and the record](https://example.org/record)"
            blocks.append(" ".join(lines))
            count += 76
    return "\n\n".join(blocks)


def fill(
    path: Path, articles: int, *, words: int = 250, unread: float = 0.6, front: bool = False
) -> None:
    """Write `articles` to a cache at `path`, one every 37 minutes back from NOW.

    Its reader was here just now and looked at all articles; with `front` they never were, and
    the front page is what they see first.
    """
    random_ = random.Random(1701)
    with Library.open(path) as library:
        cache = library.cache
        sources = [
            cache.sources.add(SourceKind.PAGE, f"https://{i}.example.org/", title, folder=folder).id
            for i, (title, folder) in enumerate(SOURCES)
        ]
        texts = [body(random_, words) for _ in range(min(articles, 50))]
        for start in range(0, articles, 500):
            with cache.write():
                for number in range(start, min(articles, start + 500)):
                    cache.articles.keep(
                        sources[number % len(sources)],
                        _incoming(random_, number, articles, texts, unread),
                    )
        if not front:
            all_open(library)


def all_open(library: Library) -> None:
    """The reader left just now, by NOW as by the clock, with the list of all articles open."""
    library.keep_state("session", {"view": ["all", None], "article": None, "place": "headlines"})
    left = int(max(NOW.timestamp(), time.time()))
    library.keep_state("visit", {"since": [0, None], "last": [0, left]})


def _incoming(
    random_: random.Random, number: int, articles: int, texts: list[str], unread: float
) -> Incoming:
    text = texts[number % len(texts)]
    moment = NOW - timedelta(minutes=37 * (articles - number))
    return Incoming(
        guid=f"g{number}",
        cleaned=Cleaned(
            title=headline(random_),
            text=text,
            markdown=text,
            kind="html",
            authors=("Ada Thorne", "Ben Osei") if number % 3 else (),
            published=When(moment.isoformat()),
            section="Harbour" if number % 4 == 0 else None,
            url=f"https://example.org/{number}",
            language="en",
            summary=sentence(random_, 14),
            words=len(text.split()),
            minutes=max(1, len(text.split()) // 220),
            quality=0.9,
        ),
        unread=random_.random() < unread,
        seen=moment,
    )


def add(library: Library, title: str | None, markdown: str, **facts: object) -> ArticleId:
    """Keep one article, newer than all others unless `published` says otherwise."""
    source = library.cache.sources.add(SourceKind.FILE, "/letters", "Letters")
    facts.setdefault("published", When(NOW.isoformat()))
    cleaned = Cleaned(title=title, text=markdown, markdown=markdown, kind="text", **facts)  # type: ignore[arg-type]
    arrival = library.cache.articles.keep(
        source.id, Incoming(guid=str(len(markdown)) + str(title), cleaned=cleaned)
    )
    if arrival.id is None:
        raise AssertionError(arrival)
    return arrival.id
