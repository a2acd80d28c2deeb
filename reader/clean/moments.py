"""When a page was published and modified, as precisely as it says."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING

from reader.clean import jsonld

if TYPE_CHECKING:
    from reader.clean.facts import Facts
    from reader.clean.metadata import Statements

OPENGRAPH = ("article:published_time", "og:article:published_time")
"""Before JSON-LD: where the two differ, it has the date that the page shows (+.007 right)."""
PUBLISHED = (
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished",
    "parsely-pub-date", "sailthru.date", "date", "pubdate", "publishdate", "publish-date",
    "dc.date.issued", "dcterms.created", "dcterms.date", "dc.date", "dc.date.created",
    "citation_publication_date", "article.published", "published-date", "article:published",
    "cxenseparse:recs:publishtime", "displaydate", "datecreated", "bt:pubdate", "created",
)  # fmt: skip
OF_THE_FILE = (
    "date", "dcterms.created", "dcterms.date", "dc.date", "dc.date.created", "datecreated",
    "created",
)  # fmt: skip
"""Those that may speak of the file, or of its last change."""
MODIFIED = (
    "article:modified_time", "og:updated_time", "og:article:modified_time", "datemodified",
    "last-modified", "dcterms.modified", "dc.date.modified", "lastmod", "revised",
)  # fmt: skip
ISO = re.compile(
    r"(?P<day>(?:19|20)\d\d(?P<sign>[-/.])\d\d?(?P=sign)\d\d?)(?!\d)"
    r"(?:[T ]+(?P<time>\d\d?:\d\d(?::\d\d)?)(?:[.,]\d+)?\s*"
    r"(?P<zone>Z|UTC|GMT|[+-]\d\d:?(?:\d\d)?)?)?"
)
PUBLISHED_NAME = re.compile(r"publish|entry-date|post-date|pubdate")
EARLIEST_YEAR = 1990
"""Pages say 1970-01-01 when they do not know."""


def read(
    page: "Statements", url: str | None, guess: bool = True, beside: "Facts | None" = None
) -> tuple[str | None, str | None, bool]:
    """(published, modified, whether published is a guess), each ISO 8601 or None.

    `beside` is what the lines beside the heading say.
    """
    published = _first(
        [
            *(value for name in OPENGRAPH for value in page.meta.get(name, [])[:1]),
            jsonld.text(page.told("datePublished")),
            *(value for name in PUBLISHED for value in page.meta.get(name, [])[:1]),
            jsonld.text(page.told("dateCreated")),
            jsonld.text(page.told("uploadDate")),
            *_items(page, "datepublished", "datecreated"),
        ],
        page,
    )
    shown = iso(beside.published) if beside and beside.published else None
    if published and shown and shown[:10] < published[:10] and _is_of_the_file(page, published):
        published = shown
    if published is None:
        in_address = _in_address(url)
        times = [when for when in map(iso, filter(None, _times(page))) if when]
        same_day = [when for when in times if in_address and when.startswith(in_address)]
        several = len({when[:10] for when in times}) > 1
        published = next(iter(same_day), in_address)
        if published is None and times and not several:
            published = times[0]
    modified = _first(
        [
            jsonld.text(page.told("dateModified")),
            *(value for name in MODIFIED for value in page.meta.get(name, [])[:1]),
            *_items(page, "datemodified"),
        ],
        page,
    )
    if published:
        published = _local(published, page, url, shown)
    guessed = False
    if published is None and (shown or guess):
        published = shown or _guess(page, url)
        guessed = published is not None and published[:10] not in _days_marked(page)
    if published and len(published) == DAY_CHARS:
        published = _with_its_hour(published, page, shown)
    modified = modified or _first(_revised(page), page)
    if modified is None and beside and beside.modified:
        modified = iso(beside.modified)
    return published, modified, guessed


def _is_of_the_file(page: "Statements", when: str) -> bool:
    """Whether no statement but those that may speak of the file gives that moment."""
    named = {name for name in PUBLISHED for value in page.meta.get(name, []) if iso(value) == when}
    told = jsonld.text(page.told("datePublished"))
    return bool(named) and named <= set(OF_THE_FILE) and not told


DAY_CHARS = len("2026-01-01")


def _with_its_hour(day: str, page: "Statements", shown: str | None) -> str:
    """The day with the hour that the page shows with it, if it does."""
    times = (iso(element.get("datetime") or "") for element in page.root.iter("time"))
    offers = (when for when in (*times, shown) if when and when.startswith(f"{day}T"))
    return next((when for when in offers if not MIDNIGHT.search(when)), day)


MIDNIGHT = re.compile(r"T00:00(?::00)?(?:Z|[+-]00:00)?$")
"""The hour of pages that know the day only."""


def _revised(page: "Statements") -> list[str | None]:
    """`<time>` elements that the page marks as its last change."""
    return [
        element.get("datetime") or element.text
        for element in page.root.iter("time")
        if (name := (element.get("class") or "").lower())
        and re.search(r"(?:^|[\s_-])(?:updated|modified)(?:$|[\s_-])", name)
        and "publish" not in name
    ]


IN_SLASHES = re.compile(r"(?<![\d/])([0-3]?\d)/([0-3]?\d)/(?:19|20)\d\d(?![\d/])")
MONTH_FIRST_REGIONS = frozenset(["US", "PH", "FM", "MH", "PW", "GU", "PR", "AS", "VI"])
"""Where people write the month first (CLDR, short date patterns `M/d/yy`)."""
SLASHED = re.compile(r"\s*(\d\d?)/(\d\d?)/((?:19|20)\d\d)(?P<rest>\D.*)?$")
IN_ADDRESS = re.compile(r"/((?:19|20)\d\d)[/-](0?[1-9]|1[0-2])[/-](0?[1-9]|[12]\d|3[01])(?:/|-|$)")
SAME_MOMENT_SECONDS = 90
MINUTE_CHARS = len("2026-01-01T00:00")
FARTHEST_ZONE_SECONDS = 14 * 3600


def _month_first(page: "Statements") -> bool | None:
    """Does `05/11/2022` begin with the month here? As the other dates of the page have it that can
    be read in one way only, then as its region does; in English of no region nobody knows."""
    told = [(int(a), int(b)) for a, b in IN_SLASHES.findall(page.root.xpath("string()"))]
    ways = {a <= 12 for a, b in told if (a > 12) != (b > 12) and min(a, b) <= 12}
    if len(ways) == 1:
        return ways.pop()
    language, region = page.locale()
    if region is not None and (language == "en" or region in MONTH_FIRST_REGIONS):
        return region in MONTH_FIRST_REGIONS
    return None if language in (None, "en") else False


def _in_order(text: str, page: "Statements") -> str:
    """A date in slashes as year, month and day, where it is known which is which."""
    found = SLASHED.match(text)
    month_first = _month_first(page) if found else None
    if not found or month_first is None:
        return text
    first, second, year = found.group(1), found.group(2), found.group(3)
    month, day = (first, second) if month_first else (second, first)
    return f"{year}-{month}-{day}" if int(month) <= 12 else text


def _local(when: str, page: "Statements", url: str | None, shown: str | None) -> str:
    """The same moment in the time of the newsroom, if the page has it: UTC may be another day."""
    if not when.endswith(("Z", "+00:00")):
        return when
    moment = datetime.fromisoformat(when.replace("Z", "+00:00"))
    for other in [*filter(None, map(iso, _told_elsewhere(page))), *([shown] if shown else [])]:
        if "T" not in other or other.endswith(("Z", "+00:00")):
            continue
        local = datetime.fromisoformat(other)
        if local.tzinfo is not None:
            if abs((local - moment).total_seconds()) <= SAME_MOMENT_SECONDS:
                return other
            continue
        ahead = (local - moment.replace(tzinfo=None)).total_seconds()
        # Of a clock without seconds they are lost.
        ahead += moment.second if len(other) == MINUTE_CHARS else 0
        if ahead and abs(ahead) <= FARTHEST_ZONE_SECONDS and ahead % 1800 == 0:
            sign, minutes = "+" if ahead > 0 else "-", int(abs(ahead)) // 60
            return f"{other}{sign}{minutes // 60:02}:{minutes % 60:02}"
    return _on_the_day_of_the_address(when, moment, url)


def _told_elsewhere(page: "Statements") -> Iterator[str]:
    """Moments that the page tells in `<time>` and, for old machines, in `<meta>`."""
    for element in page.root.iter("time"):
        yield element.get("datetime") or ""
    for name in PUBLISHED:
        yield from page.meta.get(name, [])


def _on_the_day_of_the_address(when: str, moment: datetime, url: str | None) -> str:
    """The same moment in the nearest zone where it falls on the day that the address has."""
    day = _in_address(url)
    if day is None or when.startswith(day):
        return when
    for hours in range(1, 13):
        for zone in (timezone(timedelta(hours=hours)), timezone(timedelta(hours=-hours))):
            local = moment.astimezone(zone).isoformat()
            if local.startswith(day):
                return local
    return when


def _in_address(url: str | None) -> str | None:
    found = IN_ADDRESS.search(url or "")
    return iso("-".join(found.groups())) if found else None


def _first(values: "list[str | None]", page: "Statements") -> str | None:
    offers = (iso(_in_order(value, page)) for value in values if value)
    return next(filter(None, offers), None)


def iso(text: str) -> str | None:
    """A machine's date as ISO 8601 with the precision it has, or None."""
    found = ISO.search(text)
    if not found:
        return _other_form(text)
    year, month, day = (int(part) for part in found["day"].split(found["sign"]))
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
        told = element.get("pubdate") is not None or PUBLISHED_NAME.search(name)
        if told and ("updated" not in name or "published" in name):
            marked.append(element.get("datetime") or element.text)
    return marked


def _days_marked(page: "Statements") -> set[str]:
    """Days that the page sets as `<time datetime>`: finding one of them is no guess."""
    told = (iso(element.get("datetime") or "") for element in page.root.iter("time"))
    return {when[:10] for when in told if when}


def _guess(page: "Statements", url: str | None) -> str | None:
    """htmldate's answer, which may come from the address or the text."""
    from copy import deepcopy

    from htmldate import find_date

    try:
        found = find_date(deepcopy(page.root), url=url, original_date=True, extensive_search=True)
    except Exception:
        # It raises what its parts raise. No date is an answer, too.
        return None
    if not found or found.endswith("-01-01"):
        return None  # it read a year, of a copyright line mostly
    return iso(found)
