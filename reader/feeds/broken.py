"""Feeds that stay ill-formed after mending, by feedparser, which reads as far as a feed goes.

It is asked not to sanitise or resolve, which costs most of its time and is done here anyway, and
gets bytes only: a string it would take for an address or a path. Its worst cases grow with the
square of the input, so this belongs into a child with limits.
"""

from __future__ import annotations

import re
from typing import Any

from reader.errors import FeedError
from reader.feeds.drafts import Attachment, EntryDraft, FeedDraft, Markup
from reader.feeds.elements import language, name_in
from reader.feeds.fragments import base_of_entries, resolve

LARGEST_TEXT = 4_000_000
"""Characters; feedparser reads about 2.5 MB a second without sanitising, on a quiet core."""
_ENDLESS_TAG = re.compile(r"<[^<>]{20000,}>?")
"""No tag that means anything is as long; feedparser takes the square of its attributes' number."""
_VERSIONS = {"rss": "RSS", "atom": "Atom", "cdf": "CDF", "json": "JSON Feed"}


def read(text: str, url: str | None) -> FeedDraft:
    """The draft of a damaged feed. Raises FeedError if nothing of a feed is found in it."""
    import feedparser

    warnings = ["truncated"] if len(text) > LARGEST_TEXT else []
    text = _ENDLESS_TAG.sub("", text[:LARGEST_TEXT])
    found = feedparser.parse(
        b'<?xml version="1.0" encoding="utf-8"?>' + text.encode("utf-8", "replace"),
        sanitize_html=False,
        resolve_relative_uris=False,
        response_headers={"content-type": "application/xml; charset=utf-8"},
    )
    told = found.feed
    if not found.entries and not told.get("title"):
        raise FeedError("it is too damaged to read: no entry and no title is left of it")
    draft = FeedDraft(
        _format(found.get("version") or ""),
        title=_markup(told.get("title_detail")),
        home=_page(told, url),
        description=_markup(told.get("subtitle_detail")),
        language=language(told.get("language")),
        authors=_people(told),
        published=told.get("published"),
        updated=told.get("updated"),
        tags=_tags(told),
        ttl=told.get("ttl"),
        update_period=told.get("sy_updateperiod"),
        update_frequency=told.get("sy_updatefrequency"),
        warnings=warnings,
    )
    base = base_of_entries(url, draft.home)
    draft.entries = [_entry(each, base) for each in found.entries]
    return draft


def _entry(told: Any, url: str | None) -> EntryDraft:
    contents = [markup for each in told.get("content", ()) if (markup := _markup(each))]
    content = max(contents, key=lambda each: len(each.value), default=None)
    summary = _markup(told.get("summary_detail"))
    if summary and content and summary.value == content.value:
        summary = None
    published = told.get("published") or told.get("created")
    links = [link for link in told.get("links", ()) if link.get("rel") == "enclosure"]
    links += told.get("media_content", ())
    return EntryDraft(
        id=told.get("id"),
        title=_markup(told.get("title_detail")),
        url=told.get("feedburner_origlink") or _page(told, url),
        authors=_people(told),
        published=published,
        updated=told.get("updated") if told.get("updated") != published else None,
        summary=summary,
        content=content,
        language=language((told.get("title_detail") or {}).get("language")),
        tags=_tags(told),
        attachments=[
            Attachment(address, each.get("type"), each.get("length") or each.get("filesize"))
            for each in links
            if (address := each.get("href") or each.get("url"))
        ],
        comments=told.get("comments"),
    )


def _page(told: Any, base: str | None) -> str | None:
    link = told.get("link")
    if link and told.get("guidislink") and "://" not in (told.get("id") or ""):
        return None  # a guid is a link if it is not said to be none; a number is none all the same
    return (resolve(link, base) or link) if link else None


def _markup(detail: Any) -> Markup | None:
    if not detail or not (detail.get("value") or "").strip():
        return None
    form = "maybe" if detail.get("type") == "text/plain" else "html"
    base = detail.get("base") or None
    return Markup(detail["value"], form, base if base and "://" in base else None)


def _people(told: Any) -> list[str]:
    people = [each.get("name") or each.get("email") for each in told.get("authors", ()) if each]
    return [name for each in people if each and (name := name_in(each))]


def _tags(told: Any) -> list[str]:
    tags = (each.get("label") or each.get("term") for each in told.get("tags", ()))
    return [tag for tag in tags if tag]


def _format(version: str) -> str:
    kind = version.rstrip("0123456789un")
    digits = "".join(c for c in version if c.isdigit())
    number = f"{digits[0]}.{digits[1:]}" if len(digits) > 1 else digits
    return f"{_VERSIONS.get(kind, 'RSS')} {number}".strip()
