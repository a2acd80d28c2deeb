"""The shapes in which articles leave: rows and records of plain JSON values.

Scripts rely on the names here. A change of one is a change of the program's interface.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from reader.model import (
    Article,
    Bookmark,
    Cleaned,
    Copied,
    FrontPage,
    FrontStory,
    Headline,
    Highlight,
    Marked,
    Related,
    Similar,
    Source,
    Story,
    Summary,
)

Record = dict[str, Any]


def cleaned_record(id: str, cleaned: Cleaned) -> Record:
    """What `clean` says of one document."""
    return {
        "id": id,
        "title": cleaned.title,
        "authors": list(cleaned.authors),
        "published": cleaned.published,
        "modified": cleaned.modified,
        "cached_at": cleaned.cached_at,
        "section": cleaned.section,
        "site": cleaned.site,
        "url": cleaned.url,
        "language": cleaned.language,
        "kind": cleaned.kind,
        "summary": cleaned.summary,
        "related": [related_record(each) for each in cleaned.related],
        "text": cleaned.text,
        "markdown": cleaned.markdown,
        "words": cleaned.words,
        "minutes": cleaned.minutes,
        "quality": round(cleaned.quality, 3),
        "warnings": list(cleaned.warnings),
    }


def related_record(related: Related) -> Record:
    """A related article as the page lists it; `url` only where it gives one."""
    record: Record = {
        "title": related.title,
        "source": related.source,
        "summary": related.summary,
    }
    return record | {"url": related.url} if related.url else record


def row(headline: Headline, summary: str | None = None) -> Record:
    """An article as a list shows it; `summary` if it is not to be what the source gave."""
    return {
        "id": headline.id,
        "guid": headline.guid,
        "title": headline.title,
        "source": headline.source,
        "published": headline.published,
        "unread": headline.unread,
        "starred": headline.starred,
        "story": headline.story,
        "words": headline.words,
        "summary": summary or headline.summary,
    }


def record(article: Article) -> Record:
    """An article whole."""
    return row(article.headline) | {
        "url": article.url,
        "authors": list(article.authors),
        "modified": article.modified,
        "cached_at": article.cached_at,
        "seen": article.seen.isoformat(),
        "section": article.section,
        "site": article.headline.site,
        "language": article.language,
        "kind": article.kind,
        "minutes": article.headline.minutes,
        "quality": article.quality,
        "warnings": list(article.warnings),
        "tags": list(article.tags),
        "note": article.note,
        "edits": article.headline.edits,
        "related": [related_record(each) for each in article.related],
        "text": article.text,
        "markdown": article.markdown,
    }


def similar_record(similar: Similar, summary: str | None = None) -> Record:
    """An article like another, and why; `summary` as in `row`."""
    headline = similar.headline
    return {
        "id": headline.id,
        "guid": headline.guid,
        "title": headline.title,
        "source": headline.source,
        "published": headline.published,
        "score": round(similar.score, 4),
        "class": str(similar.closeness),
        "reason": list(similar.reason),
        "summary": summary or headline.summary,
    }


def story_record(story: Story) -> Record:
    """A story with its articles, the oldest first."""
    return {
        "id": story.id,
        "label": story.label,
        "members": [
            {
                "id": member.id,
                "guid": member.guid,
                "title": member.title,
                "source": member.source,
                "published": member.published,
            }
            for member in story.members
        ],
        "new": story.new,
    }


def digest_record(summary: Summary, phrases: Sequence[str]) -> Record:
    """What something is about; `summary_by` says in whose words."""
    return {
        "summary": summary.text or None,
        "summary_by": "source" if summary.is_own else "broadsheet",
        "phrases": list(phrases),
    }


def front_record(page: FrontPage, said: Mapping[Any, str]) -> Record:
    """The front page; `said` are the summaries of articles."""
    return {
        "period": page.period,
        "since": _moment(page.since),
        "count": len(page.stories),
        "minutes": page.minutes,
        "more": page.more,
        "stories": [front_story_record(story, said) for story in page.stories],
    }


def front_story_record(story: FrontStory, said: Mapping[Any, str]) -> Record:
    """A story of the front page, the best article first to be read."""
    return {
        "id": story.id,
        "headline": story.title,
        "article": story.article,
        "articles": list(story.articles),
        "sources": list(story.sources),
        "copies": story.copies,
        "unread": list(story.news),
        "new_sentences": story.new,
        "edited": story.edited,
        "minutes": story.minutes,
        "newest": _moment(story.newest),
        "summary": said.get(story.named_by) or None,
    }


def copied_record(copied: Copied) -> Record:
    """An article with its near copies."""
    headline = copied.headline
    return {
        "id": headline.id,
        "guid": headline.guid,
        "title": headline.title,
        "source": headline.source,
        "copies": [
            {
                "id": copy.headline.id,
                "guid": copy.headline.guid,
                "source": copy.headline.source,
                "containment": round(copy.containment, 3),
            }
            for copy in copied.copies
        ],
    }


def source_record(source: Source) -> Record:
    """A source with its counts."""
    return {
        "id": source.id,
        "title": source.title,
        "url": source.url,
        "added_as": source.added_as,
        "home": source.home,
        "kind": str(source.kind),
        "folder": source.folder,
        "articles": source.articles,
        "unread": source.unread,
        "last": _moment(source.last),
        "next": _moment(source.next),
        "error": source.error,
    }


def highlight_record(highlight: Highlight) -> Record:
    """A highlight with its number and its article's."""
    return {"id": highlight.id, "article": highlight.article, **marked_record(highlight.marked)}


def marked_record(marked: Marked) -> Record:
    """A highlight as export writes it and import reads it back."""
    return {
        "quote": marked.quote,
        "before": marked.before,
        "start": marked.start,
        "note": marked.note,
        "made_at": _moment(marked.made_at),
    }


def bookmark_record(bookmark: Bookmark) -> Record:
    """A starred article with what was written to it."""
    return row(bookmark.headline) | {
        "starred_at": bookmark.starred_at.isoformat(),
        "note": bookmark.note,
        "tags": list(bookmark.tags),
    }


def _moment(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
