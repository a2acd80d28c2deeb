"""One JSON line as an article: which names it may use, and what is made of missing ones.

Foreign lines are taken as they are meant: a name or a list of names, a date as people and programs
write it. What our own export wrote comes back as it was.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from reader.exchange.paragraphs import as_markdown
from reader.model import Cleaned, Marked, Related, SourceKind, When
from reader.store import Incoming
from reader.text import markdown as md
from reader.text import safe
from reader.text.length import minutes, words
from reader.text.terms import language_of

BODIES = ("text", "markdown")
HEADLINE_ONLY = "there is no text: it is kept as a headline"
KINDS = ("html", "markdown", "text")
ISO = re.compile(
    r"\d{4}(?:-\d\d(?:-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?(?:Z|[+-]\d\d:?\d\d)?)?)?)?"
)
LANGUAGE_LETTERS = 2000
MILLISECONDS_FROM = 1e11
"""An epoch number above this counts milliseconds: in seconds it would be the year 5138."""

MOST_HIGHLIGHTS = 10_000
"""Of one article; a line that has more is no work of a person."""


@dataclass(frozen=True, slots=True)
class Origin:
    """The source a line belongs to."""

    kind: SourceKind
    url: str
    title: str
    added_as: str | None = None
    home: str | None = None
    folder: str | None = None
    removed: bool = False
    """Only what was kept of it is brought, not the source."""
    address: str | None = None
    """Of a line that says no more of its source: where that is, if it is one of the cache's."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line that holds an article."""

    place: str
    origin: Origin
    incoming: Incoming
    day: int | None
    """The day it was published, as `date.toordinal` counts."""
    remark: str | None = None
    """What of it is missing, or was not understood."""


@dataclass(frozen=True, slots=True)
class Bad:
    """A line that holds none."""

    place: str
    reason: str
    guid: str | None = None
    title: str | None = None


def read_line(given: object, place: str) -> Line | Bad:
    """The article in one parsed line."""
    if not isinstance(given, dict):
        return Bad(place, "it is not an object {id, title, text, …}")
    guid = _name(given.get("guid")) or _name(given.get("id"))
    title = _text(given.get("title"))
    text, markdown = _text(given.get("text")), _text(given.get("markdown"))
    is_headline = not (text or "").strip() and not (markdown or "").strip()
    if is_headline and any(given.get(name) and not _text(given[name]) for name in BODIES):
        return Bad(place, "it has neither text nor markdown", guid, title)
    if is_headline and not (title or "").strip():
        return Bad(place, "it has neither title nor text", guid, title)
    if text is None:
        text = md.plain(markdown or "")
    if markdown is None:
        markdown = as_markdown(text)
    published, remark = _when(given.get("published", given.get("date")))
    if is_headline:
        remark = "; ".join(filter(None, (HEADLINE_ONLY, remark)))
    cleaned = Cleaned(
        title=title,
        text=text,
        markdown=markdown,
        kind=given["kind"] if given.get("kind") in KINDS else "text",
        authors=_names(given.get("authors", given.get("author"))),
        published=published,
        modified=_when(given.get("modified"))[0],
        cached_at=_when(given.get("cached_at"))[0],
        section=_text(given.get("section")),
        site=_text(given.get("site")),
        url=_text(given.get("url")),
        language=_language(given, text),
        summary=_text(given.get("summary")),
        related=_related(given.get("related")),
        words=_count(given.get("words")) or words(text),
        minutes=_count(given.get("minutes")) or minutes(text),
        quality=_share(given.get("quality")),
        warnings=_names(given.get("warnings")),
    )
    starred_at = _moment(given.get("starred_at"))
    incoming = Incoming(
        guid,
        cleaned,
        unread=_truth(given.get("unread"), default=not _truth(given.get("read"), default=False)),
        starred=_truth(given.get("starred"), default=starred_at is not None),
        tags=_names(given.get("tags")),
        note=_text(given.get("note")),
        highlights=tuple(_highlights(given.get("highlights"))),
        seen=_moment(given.get("seen")),
        starred_at=starred_at,
        is_headline=is_headline,
    )
    return Line(place, _origin(given, incoming), incoming, _day(published), remark)


def _language(given: dict[str, Any], text: str) -> str | None:
    """As the line says, or by the text if it says nothing; our export says that it is unknown."""
    if "language" in given or "lang" in given:
        return _text(given.get("language", given.get("lang")))
    return language_of(text[:LANGUAGE_LETTERS])


def _origin(given: dict[str, Any], incoming: Incoming) -> Origin:
    """The source it names; the one our export described, down to its kind. One that was removed
    only holds what a mark keeps."""
    source = given.get("source")
    if isinstance(source, dict):
        source = source.get("title") or source.get("name")
    title = _gated(source) or "Imported"
    facts = given.get("origin")
    removed = isinstance(facts, dict) and _truth(facts.get("removed"), default=False)
    if removed and not incoming.is_marked:
        facts = None
    if isinstance(facts, dict) and (url := _gated(facts.get("url"))):
        kind = facts.get("kind")
        return Origin(
            SourceKind(kind) if kind in set(SourceKind) else SourceKind.IMPORT,
            url,
            title,
            _gated(facts.get("added_as")),
            _gated(facts.get("home")),
            _gated(facts.get("folder")),
            removed,
        )
    address = None if isinstance(facts, dict) else _gated(given.get("source_url"))
    return Origin(SourceKind.IMPORT, f"import:{title}", title, address=address)


def _highlights(value: object) -> Iterator[Marked]:
    """The pieces that were highlighted, as far as they can be understood."""
    for each in value[:MOST_HIGHLIGHTS] if isinstance(value, list) else ():
        if isinstance(each, dict) and (quote := _text(each.get("quote"))):
            yield Marked(
                quote,
                _text(each.get("before")) or "",
                _count(each.get("start")),
                _text(each.get("note")),
                _moment(each.get("made_at")),
            )


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _gated(value: object) -> str | None:
    """One safe line; what the store does not pass through the gate itself."""
    return (safe.line(value, cap=4_000).strip() or None) if isinstance(value, str) else None


def _name(value: object) -> str | None:
    """A name verbatim; numbers are names too."""
    if isinstance(value, bool):
        return None
    return (
        str(value) if isinstance(value, int | float) or (value and isinstance(value, str)) else None
    )


def _names(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,) if value.strip() else ()
    if not isinstance(value, list):
        return ()
    named = (each.get("name") if isinstance(each, dict) else each for each in value)
    return tuple(name for name in named if isinstance(name, str) and name.strip())


def _related(value: object) -> tuple[Related, ...]:
    if not isinstance(value, list):
        return ()
    return tuple(
        Related(
            title, _text(each.get("source")), _text(each.get("summary")), _text(each.get("url"))
        )
        for each in value
        if isinstance(each, dict) and (title := _text(each.get("title")))
    )


def _truth(value: object, *, default: bool) -> bool:
    return bool(value) if isinstance(value, bool | int) else default


def _count(value: object) -> int:
    return value if type(value) is int and 0 < value < 10**9 else 0


def _share(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return 1.0
    return min(1.0, max(0.0, float(value)))


def _when(value: object) -> tuple[When | None, str | None]:
    """A date, and a remark if it was given and not understood."""
    if value is None or value == "":
        return None, None
    if isinstance(value, int | float) and not isinstance(value, bool):
        found = _from_epoch(value)
    else:
        found = _from_words(value) if isinstance(value, str) else None
    return found, None if found else "its date was not understood: it stands as undated"


def _from_epoch(value: float) -> When | None:
    try:
        stamp = value / 1000 if abs(value) > MILLISECONDS_FROM else value
        return When(datetime.fromtimestamp(stamp, UTC).isoformat(timespec="seconds"))
    except (ValueError, OverflowError, OSError):
        return None


def _from_words(value: str) -> When | None:
    said = value.strip()
    if ISO.fullmatch(said):
        try:
            datetime.fromisoformat(said + {4: "-01-01", 7: "-01"}.get(len(said), ""))
        except ValueError:
            return None
        return When(said.replace(" ", "T"))
    if re.fullmatch(r"-?\d{9,13}(?:\.\d+)?", said):
        return _from_epoch(float(said))
    from email.utils import parsedate_to_datetime

    try:
        return When(parsedate_to_datetime(said).isoformat())
    except (ValueError, TypeError, IndexError, OverflowError):
        from reader.text import dates

        return dates.parse(said[:200])


def _moment(value: object) -> datetime | None:
    found, _ = _when(value)
    try:
        moment = datetime.fromisoformat(found) if found else None
    except ValueError:
        return None
    return moment.replace(tzinfo=UTC) if moment and moment.tzinfo is None else moment


def _day(published: str | None) -> int | None:
    try:
        return date.fromisoformat((published or "")[:10]).toordinal()
    except ValueError:
        return None
