"""Invented events as they stand in `invented/*.txt`: articles with the event each tells of."""

from __future__ import annotations

import json
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from reader.library import Library

FOLDER = Path(__file__).parent / "invented"


@dataclass(frozen=True)
class Told:
    """One article."""

    event: str
    source: str
    at: str
    development: int | None
    """Which development of its event its title tells; None if it should not name the story."""
    title: str
    text: str

    @property
    def id(self) -> str:
        return f"{self.event}: {self.source} {self.at}"

    @property
    def is_round_up(self) -> bool:
        return self.event.startswith("round-up")


def told_in(name: str) -> list[Told]:
    """The articles of a set, in the order of its file."""
    found = []
    for part in (FOLDER / f"{name}.txt").read_text("utf-8").split("\n== ")[1:]:
        head, title, text = part.strip().split("\n", 2)
        place, at, development = head.split(" | ")
        event, source = place.split(": ")
        number = None if development == "-" else int(development)
        found.append(Told(event, source, at, number, title, text))
    return found


def bring(library: Library, articles: list[Told]) -> None:
    """Import the articles in this order."""
    lines = [
        {"id": one.id, "title": one.title, "text": one.text, "published": one.at}
        | {"source": one.source}
        for one in articles
    ]
    for _ in library.import_lines(BytesIO("\n".join(map(json.dumps, lines)).encode())):
        pass


def groups(library: Library) -> set[frozenset[str]]:
    """The stories as sets of articles."""
    return {
        frozenset(member.guid for member in story.members) for story in library.stories(every=True)
    }
