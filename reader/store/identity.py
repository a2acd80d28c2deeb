"""Is this the article we have? Keys and digests.

An article is known within its source by the id its publisher gave it, else by its address, else
by its content (research of four readers: lemon24/reader, Miniflux, NetNewsWire, newsboat).
"""

from __future__ import annotations

import json
from dataclasses import astuple, fields
from hashlib import blake2b

from reader.model import BY_CONTENT, Cleaned
from reader.text.addresses import address

_DETAILS = tuple(each.name for each in fields(Cleaned) if each.name not in ("text", "markdown"))
_RELATED = _DETAILS.index("related")


def key(guid: str | None, url: str | None, cleaned: Cleaned) -> str:
    """What an article is known by within its source."""
    if guid and guid.strip():
        return guid.strip()
    if found := address(url):
        return found
    start = "\0".join((cleaned.title or "", cleaned.published or "", cleaned.text[:200]))
    return BY_CONTENT + blake2b(_bytes(start), digest_size=16).hexdigest()


def told(title: str | None, published: str | None, stamp: int) -> str | None:
    """What an article that is gone is known by if its feed renames it: its title and its moment;
    None if it has not both."""
    return f"told:{stamp}:{title[:200]}" if title and published else None


def record_digest(cleaned: Cleaned, text: bytes) -> bytes:
    """16 bytes that differ when anything in the record differs; `text` is its `text_digest`."""
    # As `astuple` would give them, which copies deeply what nobody changes.
    values = [getattr(cleaned, name) for name in _DETAILS]
    values[_RELATED] = [astuple(each) for each in cleaned.related]
    return blake2b(json.dumps(values).encode("ascii") + text, digest_size=16).digest()


def text_digest(title: str, text: str, markdown: str) -> bytes:
    """16 bytes that tell whether the disk still gives back the text that was written."""
    return blake2b(_bytes(f"{title}\0{text}\0{markdown}"), digest_size=16).digest()


def bytes_digest(body: bytes) -> bytes:
    """16 bytes of what came over the wire."""
    return blake2b(body, digest_size=16).digest()


def storable(text: str) -> str:
    """`text` without lone surrogates, which no database takes; else as it was."""
    return text if text.isascii() else _bytes(text).decode()


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "replace")
