"""What stands on the front page beside headlines, in words: since when, how much, by how many."""

from __future__ import annotations

from datetime import datetime

from reader.model import FrontPage, FrontStory
from reader.text.dates import ago

NAMED_SOURCES = 4


def since_in_words(page: FrontPage, now: datetime) -> str:
    """`Since yesterday, 08:12`; `Today`; `This week`."""
    if page.period != "since":
        return "Today" if page.period == "today" else "This week"
    if page.since is None:
        return "Everything that came"
    local, today = page.since.astimezone(), now.astimezone().date()
    days = (today - local.date()).days
    if days == 0:
        return f"Since {local:%H:%M}"
    if days == 1:
        return f"Since yesterday, {local:%H:%M}"
    day = f"{local:%A}" if days < 7 else f"{local.day} {local:%B}"
    return f"Since {day}, {local:%H:%M}"


def extent_in_words(stories: int, minutes: int) -> str:
    """`14 stories · 32 min`."""
    return f"{many(stories, 'story', 'stories')} · {time_in_words(minutes)}" if stories else ""


def more_in_words(more: int, how: str) -> str:
    """What did not come on the page, and how to have it; "" if nothing."""
    if not more:
        return ""
    return f"{many(more, 'more story is', 'more stories are')} not on this page: {how}"


def done_in_words(stories: int, minutes: int) -> str:
    """What a reader is told at the end of the page."""
    return f"That is all: {many(stories, 'story', 'stories')}, {time_in_words(minutes)}; done"


def story_in_words(story: FrontStory, *, copies: bool = True) -> str:
    """`4 sources · 6 new sentences · 3 min`."""
    return " · ".join(facts_in_words(story, copies=copies))


def facts_in_words(story: FrontStory, *, copies: bool = True) -> list[str]:
    """What is to be said of a story, each fact by itself; those that matter least last."""
    facts = []
    if len(story.sources) > 1:
        facts.append(many(len(story.sources), "source", "sources"))
    elif len(story.articles) - story.copies > 1:
        facts.append(many(len(story.articles) - story.copies, "article", "articles"))
    if story.copies and copies:
        facts.append(many(story.copies, "copy", "copies"))
    if story.edited:
        facts.append("edited")
    if story.new is not None:
        facts.append(many(story.new, "new sentence", "new sentences"))
    elif story.read and not story.edited:
        facts.append("partly read")
    if story.minutes:
        facts.append(time_in_words(story.minutes))
    return facts


def sources_in_words(story: FrontStory, most: int = NAMED_SOURCES) -> str:
    """`Northline, The Gazette and 2 more`."""
    names = ", ".join(story.sources[:most])
    rest = len(story.sources) - most
    return f"{names} and {rest} more" if rest > 0 else names


def age_in_words(story: FrontStory, now: datetime) -> str:
    """How long ago its news was."""
    return ago(story.newest, now)


def many(count: int, one: str, several: str) -> str:
    """`1 story`, `1,200 stories`."""
    return f"{count:,} {one if count == 1 else several}"


def time_in_words(minutes: int, gap: str = "\u00a0") -> str:
    """`45 min`, `2 h 5 min`."""
    hours, rest = divmod(minutes, 60)
    parts = ([str(hours), "h"] if hours else []) + ([str(rest), "min"] if rest or not hours else [])
    return gap.join(parts)


def time_in_brief(minutes: int) -> str:
    """`45 min`, `99 min`, `14 h`: never more than six letters."""
    return f"{minutes}\u00a0min" if minutes < 100 else f"{round(minutes / 60)}\u00a0h"
