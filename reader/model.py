"""The nouns of broadsheet, and nothing that acts on them.

Text has passed `reader.text.safe`. Unknown is None, never "" or 0. A `When` is an ISO 8601 string
as precise as its source was: `2023-01-23` says that the hour is not known. Moments that broadsheet
itself notes are aware datetimes in UTC.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NewType

from reader.noun import Noun

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

ArticleId = NewType("ArticleId", int)
"""Place in order of arrival; never reused."""
SourceId = NewType("SourceId", int)
When = NewType("When", str)
"""ISO 8601: `2023-01-23`, `2026-04-20T14:43`, `2026-04-20T14:43:00+02:00`."""


class Document(Noun):
    """Bytes as they came, with what is known of them before anyone has read them."""

    body: bytes
    url: str | None = None
    """Its address, which is also the base of its links."""
    name: str | None = None
    """Its file name, for the format and for messages."""
    content_type: str | None = None
    """What the server said it is, with the charset (RFC 9110 §8.3)."""
    title: str | None = None
    """Its title on the word of whoever named it: a feed, a search, a person."""


class Related(Noun):
    """A related article that the page itself lists. `url` is None where the page names none."""

    title: str
    source: str | None = None
    summary: str | None = None
    url: str | None = None


class Cleaned(Noun):
    """What cleaning makes of one document: the record of `broadsheet clean`."""

    title: str | None
    text: str
    """Plain text of the body: blocks parted by blank lines, no Markdown, no title."""
    markdown: str
    """The body without the title, in CommonMark with tables, footnotes and definition lists."""
    kind: str
    """The form it came in: `html`, `markdown` or `text`."""
    authors: tuple[str, ...] = ()
    published: When | None = None
    modified: When | None = None
    cached_at: When | None = None
    """When another reader, whose page this is, says it made its copy. Never a publication date."""
    section: str | None = None
    site: str | None = None
    url: str | None = None
    language: str | None = None
    """BCP 47 primary language, `en`."""
    summary: str | None = None
    related: tuple[Related, ...] = ()
    words: int = 0
    minutes: int = 0
    """Reading time, rounded up; 0 only where there is nothing to read."""
    quality: float = 0.0
    """How sure the cleaner is that this is the whole article and nothing else, from 0 to 1."""
    warnings: tuple[str, ...] = ()
    """`title-derived`, `date-guessed`, `truncated`, `paywall`, `consent-wall`, `not-an-article`,
    `not-cleaned`, or `failed: ` and a cause; of an entry also `teaser`, and `no-page: ` and why."""
    tags: tuple[str, ...] = ()


class SourceKind(StrEnum):
    FILE = "file"
    FOLDER = "folder"
    PAGE = "page"
    FEED = "feed"
    IMPORT = "import"
    SAMPLE = "sample"
    PROGRAM = "program"
    """A command of the person's own settings, whose output is read like a feed or a page."""


LISTING = frozenset({SourceKind.FEED, SourceKind.PROGRAM})
"""Sources that list entries, whose names for them are not always to be trusted."""
BY_CONTENT = "content:"
"""How what an article is known by begins, where it has neither an id nor an address of its own."""


class Source(Noun):
    """Where articles come from."""

    id: SourceId
    kind: SourceKind
    url: str
    """Its address or absolute path, once in the cache; for an import `import:` and the name."""
    title: str
    added_as: str | None = None
    """What the person typed."""
    home: str | None = None
    folder: str | None = None
    """The person's grouping of sources."""
    articles: int = 0
    unread: int = 0
    last: datetime | None = None
    """When it was last fetched."""
    next: datetime | None = None
    error: str | None = None


class Headline(Noun):
    """An article as a list shows it, without its body."""

    id: ArticleId
    guid: str
    title: str
    source_id: SourceId
    source: str
    """The title of its source."""
    site: str | None
    """The publication by its own word, which may differ from the source (aggregator, folder)."""
    published: When | None
    sorted_at: datetime
    """Its place in lists: `published`, else `cached_at`, else when it was first seen."""
    unread: bool
    starred: bool
    story: int | None
    words: int
    minutes: int
    summary: str | None
    edits: int = 0
    """How many revisions came after the first."""
    read_revision: int | None = None
    """The revision the person read, if it is not the present one; None if they read that, or
    none."""

    @property
    def is_edited_since(self) -> bool:
        """The person has read it, and it was edited afterwards."""
        return not self.unread and self.read_revision is not None

    @property
    def is_waiting(self) -> bool:
        """There is something in it that the person has not read."""
        return self.unread or self.read_revision is not None


class Article(Noun):
    """An article with its body, as the page shows it."""

    headline: Headline
    text: str
    markdown: str
    url: str | None
    authors: tuple[str, ...]
    modified: When | None
    cached_at: When | None
    section: str | None
    language: str | None
    kind: str
    related: tuple[Related, ...]
    quality: float
    warnings: tuple[str, ...]
    seen: datetime
    tags: tuple[str, ...] = ()
    note: str | None = None

    @property
    def id(self) -> ArticleId:
        return self.headline.id

    @property
    def title(self) -> str:
        return self.headline.title


class Revision(Noun):
    """One text of an article in time, the oldest first numbered 1."""

    number: int
    seen: datetime
    title: str
    text: str
    markdown: str


class Summary(Noun):
    """What an article is about, in a few sentences."""

    text: str
    is_own: bool
    """It is the source's own; else it is made of sentences of the article."""


class Bookmark(Noun):
    """A starred article with what the person wrote to it."""

    headline: Headline
    starred_at: datetime
    note: str | None
    tags: tuple[str, ...]


class Marked(Noun):
    """A piece of a text that the person marked, to be found again by its words."""

    quote: str
    before: str = ""
    """What stands before it, to tell it from the same words elsewhere."""
    start: int = 0
    """Letters of the text before it, blanks not counted: the first guess."""
    note: str | None = None
    made_at: datetime | None = None
    """None is now."""


class Highlight(Noun):
    """A piece of an article that the person highlighted."""

    id: int
    article: ArticleId
    marked: Marked


class Anchor(Noun):
    """A place in an article that survives resize and re-clean: block by its text, then offset."""

    block: int
    """Index of the block, the first guess."""
    offset: int
    """Characters into the block's plain text."""
    quote: str
    """How the block's text begins (at most 60 characters), to find it again when blocks move."""


class Closeness(StrEnum):
    DUPLICATE = "duplicate"
    SAME_STORY = "same story"
    BACKGROUND = "background"


class Similar(Noun):
    """An article like another, and why."""

    headline: Headline
    score: float
    """Cosine of term vectors times time decay, 0 to 1."""
    closeness: Closeness
    reason: tuple[str, ...]
    """Three to five shared terms, names first."""


class Story(Noun):
    """Articles on one event, one at least."""

    id: int
    label: str
    """The title of that member which is most like the others."""
    members: tuple[Headline, ...]
    """Oldest first."""
    new: int
    """Members that are unread, or were edited since they were read."""


class FrontStory(Noun):
    """A story on the front page: one thing to read."""

    id: int | None
    """Its number; None for an article that is in no story yet."""
    title: str
    """The title that says most, of those of its articles."""
    named_by: ArticleId
    """The article that has this title."""
    article: ArticleId
    """What to read of it first."""
    articles: tuple[ArticleId, ...]
    """All its articles, the earliest first."""
    sources: tuple[str, ...]
    """Who tells it independently of each other, the earliest first."""
    copies: int
    """Near copies among its articles."""
    news: tuple[ArticleId, ...]
    """Articles that are unread and add something, each text once, and those that were edited since
    they were read."""
    read: tuple[ArticleId, ...]
    """Articles that were read."""
    newest: datetime
    """The date of the last of its news."""
    minutes: int
    """Reading time of `article`, or of what is new in it once that was counted."""
    new: int | None = None
    """Sentences of `article` that are new to who read `read`; None if that was not counted."""
    edited: bool = False
    """`article` was read, and edited afterwards: what is new in it is the edit."""


class Coverage(Noun):
    """All that is told of one story."""

    id: int
    title: str
    """The title that says most, of those of its articles."""
    members: tuple[Headline, ...]
    """Its articles, the earliest first."""
    sources: tuple[str, ...]
    """Who tells it independently of each other, the earliest first."""
    copy_of: Mapping[ArticleId, ArticleId]
    """For each near copy the article it is folded under."""


class FrontPage(Noun):
    """The stories of a time that are not settled, the most important first."""

    period: str
    """`since` (the last visit), `today` or `week`."""
    since: datetime | None
    """When that time begins; None if there was no visit before."""
    stories: tuple[FrontStory, ...]
    more: int
    """Stories beyond those."""
    newest: int
    """The article that came last."""

    @property
    def minutes(self) -> int:
        """How long it takes to read all of it."""
        return sum(story.minutes for story in self.stories)


class Copy(Noun):
    """A near copy of another article."""

    headline: Headline
    containment: float
    """How much of the smaller text is in the other, 0 to 1."""


class Copied(Noun):
    """An article with its near copies, which lists may fold under it."""

    headline: Headline
    copies: tuple[Copy, ...]


class Hit(Noun):
    """A search result. `snippet` is plain text; `marks` are (start, end) character spans in it."""

    headline: Headline
    snippet: str
    marks: tuple[tuple[int, int], ...] = ()


class View(Noun):
    """A list a person can look at: what the source list shows, or a query."""

    kind: str
    """`all`, `unread`, `today`, `starred`, `source`, `folder`, `query`, `front` or `story`."""
    value: str | int | None = None
    """The source's id, the folder's name, the query's text, the time of the front page (`since`,
    `today` or `week`), or the story's number."""


class Counts(Noun):
    """Numbers of the source list."""

    all: int
    unread: int
    today: int
    """Unread articles of today."""
    starred: int
    unread_by_source: Mapping[SourceId, int]


class Arrival(Noun):
    """What became of one document or entry on its way into the cache."""

    status: str
    """`added`, `updated` (a new revision), `skipped` (nothing new) or `refused`."""
    id: ArticleId | None = None
    guid: str | None = None
    title: str | None = None
    reason: str | None = None
    what: str | None = None
    """What the person named, or the file in the folder they named."""
    source: str | None = None
    """The title of its source."""


class Outcome(Noun):
    """What a refresh found at one source; its articles are committed."""

    id: SourceId
    url: str
    """The address that was asked."""
    title: str
    status: str
    """`new` (articles came or changed), `unchanged`, `moved` (for good, which is kept), `gone`
    (for good, not asked again) or `error`."""
    new: int = 0
    changed: int = 0
    """Articles with a new revision."""
    error: str | None = None
    """What was wrong and what to do."""
    next: datetime | None = None
    """When it is asked again."""
    moved_to: str | None = None


class Check(Noun):
    """One finding of `doctor`."""

    name: str
    ok: bool
    message: str
