"""Feeds offered to a person who has none yet. Data only; nothing is fetched."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass

from reader.paths import shipped


@dataclass(frozen=True, slots=True)
class Starter:
    """A well-known public feed."""

    topic: str
    title: str
    url: str
    language: str


def starters() -> list[Starter]:
    """All of them, topic by topic in the order of the list."""
    listed = shipped("data") / "feeds_starters.toml"
    told = tomllib.loads(listed.read_text(encoding="utf-8"))
    return [
        Starter(topic["name"], feed["title"], feed["url"], feed["language"])
        for topic in told["topic"]
        for feed in topic["feeds"]
    ]
