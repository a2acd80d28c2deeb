"""The nouns of feeds. Text has passed `reader.text.safe`; unknown is None, never "" or 0."""

from __future__ import annotations

from reader.model import When
from reader.noun import Noun

DEAD_TYPES = ("application/x-shockwave-flash",)
"""Films that nothing plays any more, in place of which some feeds still name them."""


class Enclosure(Noun):
    """A file that belongs to an entry: an episode, a film, a picture."""

    url: str
    type: str | None = None
    """Its media type by the feed's word, `audio/mpeg`, or at least `image`."""
    length: int | None = None
    """Bytes by the feed's word."""
    title: str | None = None
    """What the feed calls it, or says is to be seen in it."""
    is_aside: bool = False
    """A variant of one beside it, or what the feed shows with many entries: nothing to show."""

    @property
    def plays(self) -> bool:
        return (self.type or "").startswith(("audio", "video", *DEAD_TYPES))

    @property
    def is_picture(self) -> bool:
        if self.type:
            return self.type.startswith("image")
        path = self.url.partition("?")[0].lower()
        return path.endswith((".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif"))


class Entry(Noun):
    """One listing of a feed, before cleaning."""

    id: str | None
    """The feed's own id of it, verbatim but for spaces around; None where the feed gives none."""
    title: str | None
    """Plain text."""
    url: str | None
    """The page it lists: absolute, http or https."""
    authors: tuple[str, ...] = ()
    """Names, or addresses where there is no name."""
    published: When | None = None
    updated: When | None = None
    summary: str | None = None
    """Sanitised HTML with its addresses resolved; as published if it was read `raw`."""
    content: str | None = None
    """Likewise; None where the feed carries no more than a summary."""
    text: str = ""
    """`content`, else `summary`, as plain text: blocks parted by blank lines. "" if read `raw`."""
    language: str | None = None
    tags: tuple[str, ...] = ()
    enclosures: tuple[Enclosure, ...] = ()
    comments: str | None = None
    """Address of the page where it is talked about."""
    base: str | None = None
    """What addresses in `summary` and `content` are relative to, until they are resolved."""


class Rhythm(Noun):
    """How often a feed asks to be fetched."""

    ttl_minutes: int | None = None
    """RSS 2.0 `ttl`."""
    period_seconds: int | None = None
    """`sy:updatePeriod` divided by `sy:updateFrequency` (RSS 1.0 syndication module)."""
    skip_hours: tuple[int, ...] = ()
    """Hours of the day in UTC, 0 to 23."""
    skip_days: tuple[int, ...] = ()
    """Days of the week, Monday is 0."""


class Feed(Noun):
    """A document that lists entries, and what it says of itself."""

    title: str | None
    url: str | None
    """Where it was got from; else the address it gives as its own."""
    home: str | None = None
    """The page whose news it lists."""
    description: str | None = None
    """Plain text."""
    language: str | None = None
    """BCP 47, `en-US`."""
    kind: str = "feed"
    """The kind of source it makes, as in `SourceKind`: `feed`, or `page` for a page without one."""
    format: str | None = None
    """`RSS 2.0`, `RSS 1.0`, `Atom 1.0`, `JSON Feed 1.1`…"""
    authors: tuple[str, ...] = ()
    published: When | None = None
    updated: When | None = None
    tags: tuple[str, ...] = ()
    moved_to: str | None = None
    """The address the feed says it has moved to (`itunes:new-feed-url`)."""
    rhythm: Rhythm = Rhythm()
    entries: tuple[Entry, ...] = ()
    """In the feed's order."""
    warnings: tuple[str, ...] = ()
    """`mended` (faults that lost nothing), `damaged` (read as far as it goes), `truncated`."""


class Candidate(Noun):
    """An address that may be a feed of a site."""

    title: str | None
    url: str
    kind: str | None = None
    """`rss`, `atom` or `json` if the site says so; None for a guess that may lead nowhere."""
