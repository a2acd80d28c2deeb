"""What the readers of the formats hand on: the feed's own words, not yet resolved or sanitised."""

from dataclasses import dataclass, field


@dataclass(slots=True)
class Markup:
    """A piece of text, and what its author says it is."""

    value: str
    form: str = "maybe"
    """`text`, `html`, or `maybe`: HTML only if it looks like it, as everywhere in RSS."""
    base: str | None = None
    """xml:base, absolute, if the feed sets one."""


@dataclass(slots=True)
class Attachment:
    url: str
    type: str | None = None
    """Its media type, or at least what it is: `image`."""
    length: str | None = None
    title: str | None = None
    """What the feed calls it, or says is to be seen in it."""
    is_aside: bool = False
    """Is it another size or format of one that stands beside it, or what nobody can play?"""


@dataclass(slots=True)
class EntryDraft:
    id: str | None = None
    title: Markup | None = None
    url: str | None = None
    """Resolved against xml:base only."""
    authors: list[str] = field(default_factory=list)
    published: str | None = None
    updated: str | None = None
    summary: Markup | None = None
    content: Markup | None = None
    language: str | None = None
    tags: list[str] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    comments: str | None = None


@dataclass(slots=True)
class FeedDraft:
    format: str
    title: Markup | None = None
    url: str | None = None
    """The address it gives as its own."""
    home: str | None = None
    description: Markup | None = None
    language: str | None = None
    authors: list[str] = field(default_factory=list)
    published: str | None = None
    updated: str | None = None
    tags: list[str] = field(default_factory=list)
    moved_to: str | None = None
    ttl: str | None = None
    update_period: str | None = None
    update_frequency: str | None = None
    skip_hours: list[str] = field(default_factory=list)
    skip_days: list[str] = field(default_factory=list)
    entries: list[EntryDraft] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
