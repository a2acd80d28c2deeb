"""Bytes to a feed: which format it is in, and what to do if it is not well-formed.

strict parser → the same after mending → feedparser, for what has no end or closes wrongly
"""

from __future__ import annotations

from reader.errors import FeedError, NotAFeed
from reader.feeds import finish, jsonfeed, xmlfeed, xmltext
from reader.feeds.drafts import FeedDraft
from reader.feeds.model import Feed

LARGEST_BYTES = 25_000_000
"""As the fetcher takes at most; the largest of 200 real feeds had 5 MB."""
TOO_LARGE = f"it is larger than {LARGEST_BYTES // 1_000_000} MB"


def read(
    body: bytes, *, url: str | None = None, content_type: str | None = None, raw: bool = False
) -> Feed:
    """The feed in `body`; see `reader.feeds.read`."""
    from reader.clean import charset, sniff

    if len(body) > LARGEST_BYTES:
        raise FeedError(TOO_LARGE)
    if called := sniff.foreign(body):
        raise NotAFeed(f"it is {called}, not a feed")
    text = charset.decode(body, content_type)
    if not text.strip():
        raise FeedError("it is empty")
    if text.lstrip()[:1] in "{[":
        return finish.feed(jsonfeed.read(text, url), url, raw=raw)
    return finish.feed(_draft(text, url), url, raw=raw)


def _draft(text: str, url: str | None) -> FeedDraft:
    from lxml.etree import XMLSyntaxError

    text, junk = xmltext.rooted(text)
    text, cut = xmltext.within_limits(text)
    warnings = ["mended"] * junk + ["truncated"] * cut
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
            return _damaged(text, url, warnings)
    draft = xmlfeed.read(tree, url, text)
    if draft is None:
        raise NotAFeed("its root is not that of a feed")
    if not draft.entries and ("<item" in text or "<entry" in text):
        return _damaged(text, url, warnings)
    draft.warnings += warnings
    return draft


def _damaged(text: str, url: str | None, warnings: list[str]) -> FeedDraft:
    from reader.feeds import broken

    draft = broken.read(text, url)
    draft.warnings += [each for each in warnings if each != "mended"] + ["damaged"]
    return draft
