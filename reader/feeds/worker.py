"""Feeds read in a process of their own, so that no feed can stop, stall or swell the reader.

Start of the child included, a feed costs at most 5 s of CPU and 300 MB; one that wants more gives
a FeedError that says so, and the next feed a new child.
"""

from __future__ import annotations

from dataclasses import fields
from typing import Any, Self

from reader import confined
from reader.errors import FeedError, NotAFeed
from reader.feeds.model import Candidate, Enclosure, Entry, Feed, Rhythm
from reader.feeds.reading import LARGEST_BYTES, TOO_LARGE
from reader.model import Document

CPU_SECONDS = 4.2
"""For one feed; starting a child costs another 0.3 s on a slow core."""


class FeedReader:
    """Reads feeds in child processes. Close it, or use it as a context manager."""

    def __init__(self, processes: int = 1) -> None:
        self._pool = confined.Pool("reader.feeds.worker", processes)

    def read(self, document: Document, *, raw: bool = False) -> Feed:
        """`reader.feeds.read` of the document. Raises NotAFeed, or FeedError, also for one
        that costs too much.

        May be called from several threads.
        """
        if len(document.body) > LARGEST_BYTES:
            raise FeedError(TOO_LARGE)
        return unpacked(self._answer(document, {"task": "read", "raw": raw})["feed"])

    def discover(self, document: Document) -> list[Candidate]:
        """`reader.feeds.discover` of a page; empty for one that cannot be read."""
        try:
            answer = self._answer(document, {"task": "discover"})
        except FeedError:
            return []
        return [Candidate(*each) for each in answer["candidates"]]

    def close(self) -> None:
        """End the children. The reader may be used again; it then starts new ones."""
        self._pool.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _answer(self, document: Document, task: confined.Record) -> confined.Record:
        answer, cause = self._pool.ask(document, task, CPU_SECONDS)
        if answer is None:
            raise FeedError(f"it could not be read: {cause}")
        if refusal := answer.get("refusal"):
            raise NotAFeed(refusal) if answer["other"] else FeedError(refusal)
        return answer


def packed(feed: Feed) -> dict[str, Any]:
    """The feed as plain values of JSON."""
    told = _shallow(feed)
    told["rhythm"] = _shallow(feed.rhythm)
    told["entries"] = [_shallow(entry) for entry in feed.entries]
    for entry in told["entries"]:
        entry["enclosures"] = [_shallow(each) for each in entry["enclosures"]]
    return told


def unpacked(told: dict[str, Any]) -> Feed:
    """The feed that `packed` gave."""
    rhythm = told.pop("rhythm")
    rhythm["skip_hours"], rhythm["skip_days"] = map(
        tuple, (rhythm["skip_hours"], rhythm["skip_days"])
    )
    entries = []
    for entry in told.pop("entries"):
        entry["enclosures"] = tuple(Enclosure(**each) for each in entry["enclosures"])
        entry["authors"], entry["tags"] = tuple(entry["authors"]), tuple(entry["tags"])
        entries.append(Entry(**entry))
    for name in ("authors", "tags", "warnings"):
        told[name] = tuple(told[name])
    return Feed(**told, rhythm=Rhythm(**rhythm), entries=tuple(entries))


def _shallow(noun: Any) -> dict[str, Any]:
    return {field.name: getattr(noun, field.name) for field in fields(noun)}


def _answer(document: Document, head: confined.Record) -> confined.Record:
    from reader import feeds

    try:
        if head["task"] == "discover":
            found = feeds.discover(document.body, document.url or "")
            return {"candidates": [[c.title, c.url, c.kind] for c in found]}
        feed = feeds.read(
            document.body,
            url=document.url,
            content_type=document.content_type,
            raw=head["raw"],
        )
    except FeedError as error:
        return {"refusal": str(error), "other": isinstance(error, NotAFeed)}
    return {"feed": packed(feed)}


if __name__ == "__main__":
    confined.serve(_answer)
