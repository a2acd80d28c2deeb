"""JSON Feed 1.0 and 1.1 (jsonfeed.org). What has the wrong type counts as not there."""

from __future__ import annotations

import json
import re
from typing import Any

from reader.errors import FeedError, NotAFeed
from reader.feeds.drafts import Attachment, EntryDraft, FeedDraft, Markup
from reader.feeds.elements import language
from reader.feeds.fragments import base_of_entries, resolve

Fields = dict[str, Any]
_DECODER = json.JSONDecoder(parse_int=str, parse_float=str, strict=False)
"""Numbers stay as they are written: an id is its text, whatever its size."""
_ITEMS = re.compile(r'"items"\s*:\s*\[')
_BETWEEN = re.compile(r"[\s,]*")


def read(text: str, url: str | None) -> FeedDraft:
    """The draft of a JSON Feed. Raises FeedError if it is none."""
    warnings = []
    try:
        told = _DECODER.decode(text)
    except (ValueError, RecursionError) as error:
        told = _as_far_as_sound(text)
        if told is None:
            raise FeedError("it begins like a JSON feed but is not sound JSON") from error
        warnings.append("damaged")
    if not isinstance(told, dict) or not isinstance(told.get("items"), list):
        raise NotAFeed("it is JSON, but no JSON Feed")
    version = (_text(told, "version") or "").rpartition("/")[2]
    feed = FeedDraft(
        f"JSON Feed {version[:8]}".strip(),
        title=_plain(told, "title"),
        url=_address(told, "feed_url", url),
        home=_address(told, "home_page_url", url),
        description=_plain(told, "description"),
        language=language(_text(told, "language")),
        authors=_authors(told),
        warnings=warnings,
    )
    base = base_of_entries(url, feed.home)
    feed.entries = [_entry(item, feed, base) for item in told["items"] if isinstance(item, dict)]
    return feed


def _as_far_as_sound(text: str) -> Fields | None:
    """What came of a feed that broke off or ends in something else: its items up to there."""
    begin = _ITEMS.search(text)
    if begin is None:
        return None
    try:
        told = _DECODER.decode(text[: begin.start()].rstrip().rstrip(",") + "}")
    except (ValueError, RecursionError):
        told = {}
    items: list[Any] = []
    at = begin.end()
    try:
        while True:
            item, at = _DECODER.raw_decode(text, _BETWEEN.match(text, at).end())  # type: ignore[union-attr]
            items.append(item)
    except (ValueError, RecursionError):
        return {**told, "items": items} if items else None


def _entry(item: Fields, feed: FeedDraft, url: str | None) -> EntryDraft:
    html, text = _text(item, "content_html"), _text(item, "content_text")
    summary = _text(item, "summary")
    entry = EntryDraft(
        id=_text(item, "id"),
        title=_plain(item, "title"),
        url=_address(item, "url", url) or _address(item, "external_url", url),
        authors=_authors(item) or feed.authors,
        published=_text(item, "date_published"),
        updated=_text(item, "date_modified"),
        summary=Markup(summary, "text") if summary else None,
        content=Markup(html, "html") if html else Markup(text, "text") if text else None,
        language=language(_text(item, "language")),
        tags=[tag for tag in _list(item, "tags") if isinstance(tag, str)],
    )
    if picture := _address(item, "image", url) or _address(item, "banner_image", url):
        entry.attachments.append(Attachment(picture, "image"))
    for each in _list(item, "attachments"):
        if isinstance(each, dict) and (found := _address(each, "url", url)):
            entry.attachments.append(
                Attachment(
                    found,
                    _text(each, "mime_type"),
                    _text(each, "size_in_bytes"),
                    _text(each, "title"),
                )
            )
    if entry.url is None and (entry.id or "").startswith(("http://", "https://")):
        entry.url = entry.id
    return entry


def _authors(told: Fields) -> list[str]:
    people = _list(told, "authors") or [told.get("author")]
    names = [_text(person, "name") for person in people if isinstance(person, dict)]
    return [name for name in names if name]


def _plain(told: Fields, key: str) -> Markup | None:
    text = _text(told, key)
    return Markup(text, "text") if text else None


def _text(told: Fields, key: str) -> str | None:
    value = told.get(key)
    return value.strip() or None if isinstance(value, str) else None


def _address(told: Fields, key: str, base: str | None) -> str | None:
    address = _text(told, key)
    return resolve(address, base) or address if address else None


def _list(told: Fields, key: str) -> list[Any]:
    value = told.get(key)
    return value if isinstance(value, list) else []
