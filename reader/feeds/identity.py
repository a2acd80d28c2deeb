"""Which entry of a feed is which: told apart within one document, known again in the next.

    the same entry listed twice, or two of which
      one could not tell which is which           → one
    a guid of one entry                           → known by it
    one guid at several addresses                 → each known by both (after Miniflux)
    one guid at one address, titles and dates
      differ: a generator that gives all the same → each known by its title and date as well
    no guid, an address of its own                → known by its address, trackers dropped
    no guid, an address shared with other entries
      or that of a front page                     → known by what it says

`print_of` is how an entry is known to be unchanged without cleaning it. What a feed changes for no
reader's sake, like the trackers in an address, does not count.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from hashlib import blake2b

from reader.model import BY_CONTENT
from reader.noun import Noun
from reader.text.addresses import address, is_front

OPENING_LETTERS = 200
"""As much of a text as tells one entry from another."""


class Listed(Noun):
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
    guids: dict[str, list[Listed]] = {}
    for entry in entries:
        if guid := _guid(entry):
            guids.setdefault(guid, []).append(entry)
    own = {guid: _way_of_naming(listed) for guid, listed in guids.items()}
    given: set[str] = set()
    said: dict[tuple[str, str, str | None], list[str]] = {}
    found: list[str | None] = []
    for entry in entries:
        guid = _guid(entry)
        name = own[guid](entry) if guid else _name(entry, shared)
        found.append(None if name in given or _is_copy(entry, said) else name)
        given.add(name)
    return found


def _is_copy(entry: Listed, said: dict[tuple[str, str, str | None], list[str]]) -> bool:
    """Does an entry show nothing that another did not show? From then on it has been said."""
    place = address(entry.url)
    if not (place and entry.title and entry.text):
        return False
    texts = said.setdefault((place, entry.title, entry.published), [])
    is_copy = entry.text in texts
    texts.append(entry.text)
    return is_copy


def _way_of_naming(listed: Sequence[Listed]) -> Callable[[Listed], str]:
    """How to name entries of one guid, so that each has a name of its own, and keeps it."""
    if len(listed) == 1:
        return lambda entry: _guid(entry) or ""
    at: dict[str | None, list[Listed]] = {}
    for entry in listed:
        at.setdefault(address(entry.url), []).append(entry)

    def name(entry: Listed) -> str:
        place = address(entry.url)
        said = [_guid(entry) or ""]
        if len(at) > 1:
            said.append(place or "")
        if _are_different(at[place]):
            said.append(_digest(_headline(entry), entry.published or ""))
        return "|".join(said)

    return name


def _are_different(entries: Sequence[Listed]) -> bool:
    """Are these several entries, and not the texts of one in time (RFC 4287 §4.1.1)?

    Those would have one date, and most likely one title.
    """
    headlines = {_headline(entry) for entry in entries}
    dates = {entry.published for entry in entries}
    return len(headlines) > 1 and (len(dates) > 1 or dates == {None})


def _headline(entry: Listed) -> str:
    return entry.title or entry.text[:OPENING_LETTERS]


def print_of(entry: Listed, more: Iterable[str] = ()) -> bytes:
    """16 bytes that stay while nothing of an entry changes that a reader could see."""
    said = (entry.guid, address(entry.url), entry.title, entry.published, entry.text, *more)
    joined = "\0".join(part or "" for part in said)
    return blake2b(joined.encode("utf-8", "replace"), digest_size=16).digest()


def _guid(entry: Listed) -> str | None:
    return (entry.guid or "").strip() or None


def _name(entry: Listed, shared: Counter[str | None]) -> str:
    own = address(entry.url)
    if own and shared[own] == 1 and not is_front(own):
        return own
    opening = entry.text[:OPENING_LETTERS]
    digest = _digest(own or "", entry.title or "", entry.published or "", opening)
    return BY_CONTENT + digest


def _digest(*said: str) -> str:
    return blake2b("\0".join(said).encode("utf-8", "replace"), digest_size=16).hexdigest()
