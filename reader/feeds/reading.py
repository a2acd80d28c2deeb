"""Bytes to a feed: which format it is in, and what to do if it is not well-formed.

strict parser → again after mending → again with missing ends written → feedparser, for the rest
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from reader.errors import FeedError, NotAFeed
from reader.feeds import finish, jsonfeed, letters, unended, xmlfeed, xmltext
from reader.feeds.drafts import FeedDraft
from reader.feeds.model import Feed

LARGEST_BYTES = 25_000_000
"""As the fetcher takes at most; the largest of 200 real feeds had 5 MB."""
TOO_LARGE = f"it is larger than {LARGEST_BYTES // 1_000_000} MB"


def read(
    body: bytes, *, url: str | None = None, content_type: str | None = None, raw: bool = False
) -> Feed:
    """The feed in `body`; see `reader.feeds.read`."""
    from reader.clean import charset, foreign

    if len(body) > LARGEST_BYTES:
        raise FeedError(TOO_LARGE)
    if other := foreign.kind_of(body):
        raise NotAFeed(f"it is {other.called}, not a feed")
    text = letters.restored(charset.decode(body, content_type))
    if not text or text.isspace():
        raise FeedError("it is empty")
    if text.lstrip()[:1] in "{[":
        return finish.feed(jsonfeed.read(text, url), url, raw=raw)
    return finish.feed(_draft(text, url), url, raw=raw)


def _draft(text: str, url: str | None) -> FeedDraft:
    from lxml.etree import XMLSyntaxError

    text, junk = xmltext.rooted(text)
    text, cut = xmltext.within_limits(text)
    warnings = ["mended"] * junk + ["truncated"] * cut
    if unended.swallows(text) and (closed := unended.with_closed_cdata(text)) != text:
        return _unended(closed, url, warnings)
    try:
        tree = xmltext.parse(text)
    except XMLSyntaxError:
        text = xmltext.mended(text)
        warnings.append("mended")
        try:
            tree = xmltext.parse(text)
        except XMLSyntaxError as error:
            if "xcessive depth" in str(error):
                raise FeedError("it nests its elements deeper than any feed does") from error
            return _unended(text, url, warnings)
    return _read(tree, text, url, warnings)


def _read(tree: Any, text: str, url: str | None, warnings: list[str]) -> FeedDraft:
    draft = xmlfeed.read(tree, url, text)
    if draft is None:
        raise NotAFeed("its root is not that of a feed")
    if not draft.entries and ("<item" in text or "<entry" in text):
        return _damaged(text, url, warnings)
    draft.warnings += warnings
    return draft


def _unended(text: str, url: str | None, warnings: list[str]) -> FeedDraft:
    """The draft of what is well-formed once the ends that are missing are written."""
    from lxml.etree import XMLSyntaxError

    text = unended.ended(text)
    try:
        tree = xmltext.parse(text)
    except XMLSyntaxError:
        return _damaged(text, url, warnings)
    draft = _read(tree, text, url, [])
    if not draft.entries and draft.title is None:
        return _damaged(text, url, warnings)  # which says so
    return replace(draft, warnings=["damaged"])


def _damaged(text: str, url: str | None, warnings: list[str]) -> FeedDraft:
    from reader.feeds import broken

    draft = broken.read(text, url)
    draft.warnings += [each for each in warnings if each != "mended"] + ["damaged"]
    return draft
