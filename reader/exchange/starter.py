"""Feeds to begin with: well-known public news by topic, as addresses and nothing more."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence

from reader import paths
from reader.errors import UsageError
from reader.exchange.feeds import Listed


def starters(topics: Sequence[str] = ()) -> Iterator[Listed]:
    """The feeds of these topics, or of all. Raises UsageError for a topic that is not there."""
    listed = _listed()
    wanted = [_folder(listed, topic) for topic in topics] or list(listed)
    for folder in dict.fromkeys(wanted):
        for feed in listed[folder]:
            yield Listed(feed["url"], feed["title"], folder, feed.get("home"))


def topics() -> list[str]:
    """The topics there are, each the folder its feeds are put into."""
    return list(_listed())


def _listed() -> dict[str, list[dict[str, str]]]:
    file = paths.shipped("data") / "starter_feeds.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))


def _folder(listed: dict[str, list[dict[str, str]]], topic: str) -> str:
    for folder in listed:
        if folder.casefold() == topic.strip().casefold():
            return folder
    raise UsageError(f"there are no starter feeds on '{topic}': the topics are {', '.join(listed)}")
