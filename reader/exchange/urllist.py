"""Lists of addresses, a line each: written by hand, or newsboat's `urls` with tags and titles.

newsboat's grammar (doc/chapter-firststeps, src/fileurlreader.cpp) holds a plain list, so one reader
reads both: the address, then tags, of which `~Title` renames and `!` hides; what follows a `#` is a
comment; a word in quotes may hold spaces.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reader.exchange.feeds import Listed, PassedOver
from reader.text import safe

LONGEST_LINE = 10_000
"""Letters; no address is longer, and what follows it is a few words."""

_WORD = re.compile(r'\s*+(?:"((?:[^"\\]++|\\.)*+)"?|(?!#)(\S++))', re.S)
_BACKSLASH = re.compile(r"\\(.)", re.S)
_ESCAPES = {"n": "\n", "r": "\r", "t": "\t"}
_ADDRESS = re.compile(r"(?:https?|feed)(?::|%3a)|(?:exec|filter|query):", re.I)
_BARE_HOST = re.compile(r"(?:[\w-]+\.)+[a-z][a-z-]*[a-z](?::\d+)?(?:/\S*)?", re.I)


def is_list(head: str) -> bool:
    """Does a text that begins like this list addresses, one a line?"""
    lines = (line.strip() for line in head.split("\n")[:200])
    words = [_words(line[:LONGEST_LINE]) for line in lines if line and not line.startswith("#")]
    firsts = [each[0] for each in words if each]
    like = sum(bool(_ADDRESS.match(first) or _BARE_HOST.fullmatch(first)) for first in firsts)
    return like * 3 >= len(firsts) > 0 and like > 0


def read(text: str) -> Iterator[Listed | PassedOver]:
    """Every address the text lists, in its order; tags of one listed twice are put together."""
    merged: dict[str, list[str]] = {}
    for number, line in enumerate(text.split("\n"), 1):
        if len(line) > LONGEST_LINE:
            yield PassedOver(f"line {number}", "the line is too long for an address")
        elif words := _words(line):
            address, *tags = words
            if _BARE_HOST.fullmatch(address) and "://" not in address:
                address = f"https://{address}"
            merged.setdefault(address, []).extend(tags)
    for address, tags in merged.items():
        yield _listed(address, tags)


def _words(line: str) -> list[str]:
    """The words of a line as newsboat parts them; none for a comment."""
    words = []
    at = 0
    line = line.strip()
    while found := _WORD.match(line, at):
        quoted, bare = found.groups()
        words.append(_unescaped(quoted) if quoted is not None else bare)
        at = found.end()
    return words


def _unescaped(quoted: str) -> str:
    return _BACKSLASH.sub(lambda found: _ESCAPES.get(found[1], found[1]), quoted)


def _listed(address: str, tags: list[str]) -> Listed:
    title = next((line for tag in tags if tag.startswith("~") and (line := _line(tag[1:]))), None)
    folders = list(dict.fromkeys(_line(tag) for tag in tags if tag[:1] not in ("~", "!", "")))
    remarks = []
    if others := [folder for folder in folders[1:] if folder]:
        remarks.append(f"a source has one folder; left out: {', '.join(others)}")
    if any(tag.startswith("!") for tag in tags):
        remarks.append("it is hidden in newsboat, and shown here")
    return Listed(
        address, title, folders[0] or None if folders else None, remark="; ".join(remarks) or None
    )


def _line(text: str) -> str:
    return str(safe.line(text))
