"""When a page was published and modified, as precisely as it says."""

import re
from datetime import datetime
from typing import TYPE_CHECKING

from reader.clean import jsonld

if TYPE_CHECKING:
    from reader.clean.metadata import Statements

PUBLISHED = (
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished",
    "parsely-pub-date", "sailthru.date", "date", "pubdate", "publishdate", "publish-date",
    "dc.date.issued", "dcterms.created", "dcterms.date", "dc.date", "dc.date.created",
    "citation_publication_date", "article.published", "published-date", "cxenseparse:recs:publishtime",
    "article:published", "displaydate", "datecreated", "bt:pubdate", "created",
)  # fmt: skip
MODIFIED = (
    "article:modified_time", "og:updated_time", "og:article:modified_time", "datemodified",
    "last-modified", "dcterms.modified", "dc.date.modified", "lastmod", "revised",
)  # fmt: skip
ISO = re.compile(
    r"(?P<day>(?:19|20)\d\d-\d\d?-\d\d?)"
    r"(?:[T ]+(?P<time>\d\d?:\d\d(?::\d\d)?)(?:[.,]\d+)?\s*(?P<zone>Z|UTC|GMT|[+-]\d\d:?(?:\d\d)?)?)?"
)
EARLIEST_YEAR = 1990
"""Pages say 1970-01-01 when they do not know."""


def read(
    page: "Statements", url: str | None, guess: bool = True
) -> tuple[str | None, str | None, bool]:
    """(published, modified, whether published is a guess), each ISO 8601 or None."""
    published = _first(
        [
            jsonld.text(page.told("datePublished")),
            *(value for name in PUBLISHED for value in page.meta.get(name, [])[:1]),
            jsonld.text(page.told("dateCreated")),
            jsonld.text(page.told("uploadDate")),
            *_items(page, "datepublished", "datecreated"),
            *_times(page),
        ]
    )
    modified = _first(
        [
            jsonld.text(page.told("dateModified")),
            *(value for name in MODIFIED for value in page.meta.get(name, [])[:1]),
            *_items(page, "datemodified"),
        ]
    )
    guessed = False
    if published is None and guess:
        published = _guess(page, url)
        guessed = published is not None
    return published, modified, guessed


def _first(values: "list[str | None]") -> str | None:
    return next(filter(None, (iso(value) for value in values if value)), None)


def iso(text: str) -> str | None:
    """A machine's date as ISO 8601 with the precision it has, or None."""
    found = ISO.search(text)
    if not found:
        return _other_form(text)
    year, month, day = (int(part) for part in found["day"].split("-"))
    when = f"{year:04}-{month:02}-{day:02}"
    if found["time"]:
        hour, *rest = found["time"].split(":")
        when += "T" + ":".join([f"{int(hour):02}", *rest])
        if zone := found["zone"]:
            when += "Z" if zone in ("Z", "UTC", "GMT") else _zone(zone)
    return when if _sane(when) else None


def _zone(zone: str) -> str:
    digits = zone[1:].replace(":", "")
    return f"{zone[0]}{digits[:2]}:{digits[2:] or '00'}"


def _sane(when: str) -> bool:
    from reader import clock

    try:
        year = datetime.fromisoformat(when.replace("Z", "+00:00")).year
    except ValueError:
        return False
    return EARLIEST_YEAR <= year <= clock.now().year + 1


def _other_form(text: str) -> str | None:
    from email.utils import parsedate_to_datetime

    if compact := re.fullmatch(r"\s*((?:19|20)\d\d)(\d\d)(\d\d)(?:T?\d*)?\s*", text):
        return iso("-".join(compact.groups()))
    try:
        return iso(parsedate_to_datetime(text).isoformat())
    except (ValueError, TypeError, IndexError):
        pass
    from reader.text.dates import parse

    when = parse(text) if len(text) <= 80 else None
    return iso(when) if when else None


def _items(page: "Statements", *names: str) -> list[str | None]:
    return [
        element.get("datetime") or element.get("content") or element.text
        for name in names
        for element in page.items.get(name, [])[:2]
    ]


def _times(page: "Statements") -> list[str | None]:
    """`<time>` elements that the page marks as its date."""
    marked: list[str | None] = []
    for element in page.root.iter("time"):
        name = f"{element.get('class') or ''} {element.get('itemprop') or ''}".lower()
        if element.get("pubdate") is not None or re.search(
            r"publish|entry-date|post-date|pubdate", name
        ):
            if "updated" not in name or "published" in name:
                marked.append(element.get("datetime") or element.text)
    return marked


def _guess(page: "Statements", url: str | None) -> str | None:
    """htmldate's answer, which may come from the address or the text."""
    from copy import deepcopy

    from htmldate import find_date

    try:
        found = find_date(deepcopy(page.root), url=url, original_date=True, extensive_search=True)
    except Exception:
        # It raises what its parts raise. No date is an answer, too.
        return None
    return iso(found) if found else None
