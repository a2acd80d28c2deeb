"""Events of made-up words and articles that tell of them: who is alike is plain by construction."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from reader import stories
from reader.library import Library
from reader.model import Cleaned, SourceKind
from reader.store import Incoming

SYLLABLES = "ba ce di fo gu ka le mi no pu ra se ti vo zu".split()
COMMON = "the of and to in that was said for with on as it by at from".split()
KEPT = "SELECT a.title, b.text FROM article a JOIN body b ON b.id = a.id WHERE a.id = ?"


def wording(event: str, size: int = 60) -> list[str]:
    """Words that only this event has."""
    dice = random.Random(event)
    return ["".join(dice.choices(SYLLABLES, k=4)) for _ in range(size)]


def told(event: str, teller: str, length: int = 140, own: float = 0.3) -> str:
    """One article's text: words of its event, some of its own, and those that all texts have."""
    dice = random.Random(f"{event} by {teller}")
    topic, mine = wording(event), wording(f"{event} {teller}", 200)
    said = []
    for n in range(length):
        said.append(dice.choice(mine if dice.random() < own else topic))
        said.append(dice.choice(COMMON))
        if n % 12 == 11:
            said[-1] += "."
    return " ".join(said)


@dataclass
class Newsroom:
    """A library that articles come into by name; the part of a name before the colon is its event.

    `flood:gazette` tells of the event `flood`, in the words of `gazette`.
    """

    library: Library
    kind: SourceKind = SourceKind.FEED

    def __post_init__(self) -> None:
        self.id_of: dict[str, int] = {}

    @classmethod
    def at(cls, path: Path, kind: SourceKind = SourceKind.FEED) -> Newsroom:
        return cls(Library.open(path), kind)

    def arrive(
        self,
        name: str,
        day: str | None = "2026-03-03",
        *,
        title: str | None = None,
        text: str | None = None,
        **facts: object,
    ) -> int:
        """Keep and index an article as the intake does; again under its name, it replaces."""
        kept = self.keep(name, day, title=title, text=text, **facts)
        [(title, text)] = self.library.cache.read(KEPT, (kept,))
        with self.library.cache.write() as conn:
            ordinal = date.fromisoformat(day).toordinal() if day else None
            stories.index(conn, kept, title, text, ordinal)
        return kept

    def keep(
        self,
        name: str,
        day: str | None = "2026-03-03",
        *,
        title: str | None = None,
        text: str | None = None,
        **facts: object,
    ) -> int:
        """Keep an article as a refresh does, that is not compared yet."""
        event, _, teller = name.partition(":")
        text = told(event, teller) if text is None else text
        title = title or " ".join(wording(event)[:5])
        cache = self.library.cache
        with cache.write():
            source = cache.sources.add(self.kind, f"https://{teller or 'x'}.invalid/", teller)
            facts |= {"published": f"{day}T08:00:00Z" if day else None, "words": len(text.split())}
            cleaned = Cleaned(title, text, text, "text", **facts)
            arrival = cache.articles.keep(source.id, Incoming(name, cleaned))
            assert arrival.id is not None
        self.id_of[name] = int(arrival.id)
        return int(arrival.id)

    def groups(self) -> set[frozenset[str]]:
        """Who is with whom."""
        return {
            frozenset(member.guid for member in story.members)
            for story in self.library.stories(every=True)
        }

    def story_of(self, name: str) -> int:
        [headline] = self.library.headlines([self.id_of[name]])
        assert headline.story is not None
        return headline.story

    def state(self) -> object:
        """All that is known of stories, but the number the next one gets."""
        read = self.library.cache.read
        return (
            read("SELECT id, story FROM article ORDER BY id"),
            read("SELECT * FROM story ORDER BY id"),
            read("SELECT article, bond FROM story_bond ORDER BY article"),
            read("SELECT one, other FROM story_rift ORDER BY one, other"),
        )
