"""Which entry of a feed is which: told apart within one document, known again in the next.

    the same entry listed twice                   → one
    the same guid under another address           → two, the second known by both (Miniflux)
    no guid, an address of its own                → known by its address, trackers dropped
    no guid, an address shared with other entries → known by what it says

`print_of` is how an entry is known to be unchanged without cleaning it. What a feed changes for no
reader's sake, like the trackers in an address, does not count.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b

from reader.text.addresses import address

OPENING_LETTERS = 200
"""As much of a text as tells one entry from another."""


@dataclass(frozen=True, slots=True)
class Listed:
    """What tells an entry from others."""

    guid: str | None
    url: str | None
    title: str | None
    published: str | None
    text: str
    """The body, in whatever form the feed gives it."""


def names(entries: Sequence[Listed]) -> list[str | None]:
    """What each entry is to be known by within its source; None for one that was listed before."""
    shared = Counter(address(entry.url) for entry in entries if not _guid(entry))
    given: dict[str, Listed] = {}
    found: list[str | None] = []
    for entry in entries:
        name = _name(entry, shared)
        rival = given.get(name)
        if rival is not None and _guid(entry) and address(rival.url) != address(entry.url):
            name = f"{name}|{address(entry.url)}"
            rival = given.get(name)
        given.setdefault(name, entry)
        found.append(name if rival is None else None)
    return found


def print_of(entry: Listed, more: Iterable[str] = ()) -> bytes:
    """16 bytes that stay while nothing of an entry changes that a reader could see."""
    said = (entry.guid, address(entry.url), entry.title, entry.published, entry.text, *more)
    joined = "\0".join(part or "" for part in said)
    return blake2b(joined.encode("utf-8", "replace"), digest_size=16).digest()


def _guid(entry: Listed) -> str | None:
    return (entry.guid or "").strip() or None


def _name(entry: Listed, shared: Counter[str | None]) -> str:
    if guid := _guid(entry):
        return guid
    own = address(entry.url)
    if own and shared[own] == 1:
        return own
    said = (own or "", entry.title or "", entry.published or "", entry.text[:OPENING_LETTERS])
    joined = "\0".join(said).encode("utf-8", "replace")
    return f"content:{blake2b(joined, digest_size=16).hexdigest()}"
