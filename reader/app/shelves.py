"""The sources wherever they are listed: their order, when one in trouble is tried again; and what
is said where a list is empty.

Nothing here needs Textual, for the line-mode reader tells all of it, too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime

from reader.model import Source

EMPTY = {
    "unread": "Everything is read",
    "today": "Nothing new today",
    "starred": "Nothing is starred yet: {star} stars an article",
    "all": "Nothing here yet: {add} adds a file, a folder or an address",
}
"""By the kind of a view, what its list says that has no article."""


def empty_words(kind: str, *, star: str, add: str) -> str:
    """What the empty list of a view says; `star` and `add` are what does these acts."""
    return EMPTY.get(kind, "Nothing here").format(star=star, add=add)


def shelves(sources: Iterable[Source]) -> list[tuple[str, list[Source]]]:
    """The sources by their folders: first those in none, whose folder is "", then each folder by
    name with its sources by name."""
    folders: dict[str, list[Source]] = {}
    for source in sorted(sources, key=lambda each: _as_counted(_named(each.title))):
        folders.setdefault(source.folder or "", []).append(source)
    return [(folder, folders[folder]) for folder in sorted(folders, key=_as_counted)]


def next_try(moment: datetime | None, now: datetime) -> str:
    """When a source is tried again: `next try 14:05`, `next try Tue 3 Nov, 14:05`."""
    if moment is None:
        return "not tried again"
    if moment <= now:
        return "next try: now, with R"
    local, today = moment.astimezone(), now.astimezone()
    day = "" if local.date() == today.date() else f"{local:%a} {local.day} {local:%b}, "
    return f"next try {day}{local:%H:%M}"


def _named(title: str) -> str:
    """What a source is called: without a title, its address as it is shown."""
    return (title.partition("://")[2] or title).removeprefix("www.")


def _as_counted(name: str) -> list[tuple[int, str]]:
    """In the order of names, `Part 2` before `Part 10`."""
    parts = re.split(r"([0-9]{1,9})", name.casefold())
    return [(int(part), "") if part.isascii() and part.isdigit() else (-1, part) for part in parts]
