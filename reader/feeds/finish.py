"""From drafts to the record: sanitised, resolved, gated, and nothing in it twice."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from reader.feeds import fragments, wording
from reader.feeds.dates import when
from reader.feeds.drafts import Attachment, EntryDraft, FeedDraft, Markup
from reader.feeds.fragments import resolve
from reader.feeds.model import Enclosure, Entry, Feed, Rhythm
from reader.text import safe

LONGEST_ID = 2_000
TEXT_CAP = 12_000_000
"""Bytes of all entries together; the largest of 200 real feeds had 5 million."""
MOST_TAGS, MOST_AUTHORS, MOST_ENCLOSURES = 50, 20, 50
PERIODS = {"hourly": 3600, "daily": 86_400, "weekly": 604_800, "monthly": 2_592_000,
           "yearly": 31_536_000}  # fmt: skip
WORDINGS = {"text": wording.of_text, "html": wording.of_html, "maybe": wording.of_either}
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
LONGEST_TTL_MINUTES = 7 * 24 * 60


def feed(draft: FeedDraft, url: str | None, *, raw: bool) -> Feed:
    """The feed of a draft that came from `url`."""
    home = _page(draft.home, url)
    entries: list[Entry] = []
    warnings = list(draft.warnings)
    room = TEXT_CAP
    for each in draft.entries:
        entry = _entry(each, home or url, url, raw=raw)
        room -= _weight(entry.content) + _weight(entry.summary)
        if room < 0 and entries:
            warnings.append("truncated")
            break
        entries.append(entry)
    return Feed(
        title=_line(draft.title),
        url=safe.link(url) if url else _page(draft.url, None),
        home=home,
        description=_line(draft.description, cap=5_000),
        language=draft.language,
        format=draft.format,
        authors=_lines(draft.authors, MOST_AUTHORS),
        published=when(draft.published or ""),
        updated=when(draft.updated or ""),
        tags=_lines(draft.tags, MOST_TAGS),
        moved_to=_page(draft.moved_to, url),
        rhythm=_rhythm(draft),
        entries=tuple(_with_own_pictures_aside(entries)),
        warnings=tuple(dict.fromkeys(warnings)),
    )


def _entry(draft: EntryDraft, home: str | None, url: str | None, *, raw: bool) -> Entry:
    page = _page(draft.url, home)
    base = page or home
    summary, content = (_html(m, base, raw=raw) for m in (draft.summary, draft.content))
    told = draft.content or draft.summary
    return Entry(
        id=_id(draft.id),
        title=_line(draft.title),
        url=page,
        authors=_lines(draft.authors, MOST_AUTHORS),
        published=when(draft.published or ""),
        updated=when(draft.updated or ""),
        summary=summary,
        content=content,
        text="" if raw else fragments.plain(content or summary or ""),
        language=draft.language,
        tags=_lines(draft.tags, MOST_TAGS),
        enclosures=_enclosures(draft.attachments, base),
        comments=_page(draft.comments, base),
        base=(told.base if told else None) or base,
    )


def _weight(html: str | None) -> int:
    """About how many bytes the text has in UTF-8."""
    return 0 if html is None else len(html) if html.isascii() else 3 * len(html)


def _html(markup: Markup | None, base: str | None, *, raw: bool) -> str | None:
    if markup is None:
        return None
    html = WORDINGS[markup.form](markup.value)
    return html if raw else fragments.sanitised(html, markup.base or base) or None


def _page(url: str | None, base: str | None) -> str | None:
    found = resolve(url, base)
    return found if found and not found.startswith("mailto:") else None


def _id(told: str | None) -> str | None:
    """Verbatim, but no longer than an index should hold."""
    told = (told or "").strip()
    if len(told) > LONGEST_ID:
        digest = hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()
        told = f"{told[: LONGEST_ID - 72]}…sha256:{digest}"
    return told or None


def _line(markup: Markup | None, cap: int = safe.LINE_CAP) -> str | None:
    if markup is None:
        return None
    text = fragments.title(wording.unwrapped(markup.value), markup.form)
    return safe.line(text, cap) or None if text else None


def _lines(texts: Iterable[str], most: int) -> tuple[str, ...]:
    """The texts on a line each, trimmed, without those that came before."""
    kept: dict[str, None] = {}
    for text in texts:
        if told := safe.line(fragments.title(text, "maybe") or ""):
            kept.setdefault(told)
        if len(kept) >= most:
            break
    return tuple(kept)


def _enclosures(attachments: list[Attachment], base: str | None) -> tuple[Enclosure, ...]:
    found: dict[str, Enclosure] = {}
    for each in attachments[:MOST_ENCLOSURES]:
        if url := _page(each.url, base):
            kind = safe.line(each.type or "", 100) or None
            length, title = _number(each.length, 10**15), safe.line(each.title or "") or None
            found.setdefault(url, Enclosure(url, kind, length, title, each.is_aside))
    return tuple(found.values())


def _with_own_pictures_aside(entries: list[Entry]) -> list[Entry]:
    """The entries; a picture that several have is that of their author or feed, and of none."""
    seen = Counter(file.url for entry in entries for file in entry.enclosures if file.is_picture)
    if not any(times > 1 for times in seen.values()):
        return entries
    return [
        replace(
            entry,
            enclosures=tuple(
                replace(file, is_aside=True) if seen[file.url] > 1 else file
                for file in entry.enclosures
            ),
        )
        for entry in entries
    ]


def _rhythm(draft: FeedDraft) -> Rhythm:
    period = PERIODS.get((draft.update_period or "").strip().lower())
    often = _number(draft.update_frequency, 10_000) or 1
    hours = (_number(hour, 24) for hour in draft.skip_hours)
    days = (DAYS.index(key) for day in draft.skip_days if (key := day.strip()[:3].lower()) in DAYS)
    return Rhythm(
        ttl_minutes=_number(draft.ttl, LONGEST_TTL_MINUTES) or None,
        period_seconds=max(60, period // often) if period else None,
        skip_hours=tuple(sorted({hour % 24 for hour in hours if hour is not None})),
        skip_days=tuple(sorted(set(days))),
    )


def _number(told: str | None, most: int) -> int | None:
    """A whole number from 0 to `most`, cut off there; None for anything else."""
    digits = (told or "").strip().partition(".")[0]
    if not re.fullmatch(r"\d{1,400}", digits, re.ASCII):
        return None
    return min(int(digits), most)
