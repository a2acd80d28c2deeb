"""The files that belong to an entry of a feed in XML: episodes, films, pictures.

Of one file in several sizes or formats (a `media:group`; one address at several widths, as
newspapers list their pictures) the best is told from its variants.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reader.feeds.drafts import Attachment
from reader.feeds.elements import Element, Fields, Reader, words
from reader.feeds.model import DEAD_TYPES

TOLD = ("media:description", "media:title")


def attached(reader: Reader, fields: Fields) -> list[Attachment]:
    """The files of an entry; pictures that stand for it only where there is nothing else."""
    found: list[Attachment] = []
    variants: dict[Any, list[tuple[int, Attachment]]] = {}
    for each in (*fields.get("enclosure", ()), *fields.get("media:content", ())):
        if url := reader.address(each, each.get("url") or each.get("href")):
            file = _file(reader, each, url)
            found.append(file)
            if (one := _same(reader, each, url)) is not None:
                variants.setdefault(one, []).append((_worth(each), file))
    for same in variants.values():
        best = max(same, key=lambda variant: variant[0])[1]
        for _, file in same:
            file.is_aside = file.is_aside or file is not best
    return found


def stand_in(reader: Reader, fields: Fields) -> list[Attachment]:
    """The picture that an entry has in place of words and files, if it has one."""
    thumbnails = list(_thumbnails(reader, fields))
    return [max(thumbnails, key=lambda sized: sized[0])[1]] if thumbnails else []


def _thumbnails(reader: Reader, fields: Fields) -> Iterator[tuple[int, Attachment]]:
    for each in fields.get("media:thumbnail", ()):
        if url := reader.address(each, each.get("url")):
            yield _worth(each), Attachment(url, "image")


def _file(reader: Reader, element: Element, url: str) -> Attachment:
    kind = element.get("type") or element.get("medium")
    length = element.get("length") or element.get("fileSize")
    title = None
    if len(element):
        of_file = reader.fields(element)
        title = next(
            (told for key in TOLD for e in of_file.get(key, ()) if (told := words(e))), None
        )
    return Attachment(url, kind, length, title, is_aside=kind in DEAD_TYPES)


def _same(reader: Reader, element: Element, url: str) -> Any:
    """What variants of one file have in common; None for a file that stands alone."""
    group = element.getparent()
    if reader.names.of(group.tag) == "media:group":
        return group
    return url.partition("?")[0] if element.get("width") else None


def _worth(element: Element) -> int:
    """Of variants that are told to be the default that one, else the widest."""
    if (element.get("isDefault") or "").lower() == "true":
        return 10**9
    width = element.get("width") or ""
    return int(width) if width.isascii() and width.isdigit() and len(width) < 7 else 0
