"""What the child of `press` does: a document read, its entries named, printed and rendered."""

from __future__ import annotations

import re
import signal
from collections.abc import Collection
from datetime import UTC, datetime
from typing import Any

from reader import clock, confined, feeds
from reader.clean import charset, foreign, fragment, sniff
from reader.errors import FeedError
from reader.feeds import Entry, Feed, identity
from reader.feeds.schedule import Hints
from reader.intake import attached
from reader.intake.press import sent
from reader.intake.signature import without_signature
from reader.intake.spoken import Spoken
from reader.model import Cleaned, Document, When
from reader.store.gating import opening
from reader.text import length

ENTRY_CPU_SECONDS = 0.02
"""For rendering, on average, one of its entries; a second for the first."""
TEASER_WORDS = 80
"""A summary shorter than that, with a page of its own behind it, is but a beginning."""
SUMMARY_LETTERS = 1_000
GOES_ON = (
    "read more", "continue reading", "read the rest", "read full story", "read full article",
    "more at", "weiterlesen", "mehr lesen", "lire la suite", "en savoir plus", "leer más",
    "seguir leyendo", "leggi tutto", "continua a leggere", "lees verder", "läs mer", "les mer",
    "læs mere", "ler mais", "leia mais", "czytaj dalej", "читать далее", "続きを読む", "阅读全文",
    "阅读更多",
)  # fmt: skip
"""What a link is called that leads to the rest of a text."""
BROKEN_OFF = re.compile(
    r"(?:…|\.\.\.|\[…\]|\[\.\.\.\.\]|\(…\)|\(\.\.\.\))\s*\W?\s*$"
    rf"|(?:{'|'.join(GOES_ON)})\b[^\n]{{0,60}}$",
    re.I,
)
"""How a text ends that goes on elsewhere."""
END_LETTERS = 100
"""Of a text, in which all of that stands."""
SIGNS_OF_MORE = ("…", "...", *GOES_ON)
"""Without any of which that pattern finds nothing: told ten times as fast."""
TAG = r"<[^<>]{0,5000}>"
ARTICLE = re.compile(
    rb"<meta[^>]{1,200}og:type[\"'][^>]{1,200}content=[\"']article[\"']"
    rb"|<meta[^>]{1,200}article:published_time"
    rb"|\"@type\"\s*:\s*\"(?:\w*NewsArticle|BlogPosting|Article|Report\w*)\"",
    re.I,
)
"""What a page says that is one article, and no front page."""


def _answer(document: Document, head: dict[str, Any]) -> dict[str, Any]:
    known = {bytes.fromhex(each) for each in head["known"]}
    try:
        feed = feeds.read(
            document.body, url=document.url, content_type=document.content_type, raw=True
        )
    except FeedError as error:
        return _no_feed(document, str(error.args[-1]))
    return _feed(feed, known, hurried=head["task"] == "hurried")


def _no_feed(document: Document, refusal: str) -> dict[str, Any]:
    told: dict[str, Any] = {"refusal": refusal}
    if not document.body.strip():
        return {"refusal": "it is empty"}
    if foreign.begins_as(document.body) is not None:
        return told
    text = charset.decode(document.body, document.content_type)
    if sniff.form(text, document.name or document.url, document.content_type) == "html":
        found = feeds.discover(document.body, document.url or "")
        told["page"] = {
            "candidates": [[each.title, each.url, each.kind] for each in found],
            "is_article": ARTICLE.search(document.body) is not None,
        }
    return told


def _feed(feed: Feed, known: Collection[bytes], *, hurried: bool) -> dict[str, Any]:
    listed = [
        identity.Listed(each.id, each.url, each.title, each.published, _body(each))
        for each in feed.entries
    ]
    named = [
        (name, identity.print_of(one, (each.updated or "",)), each)
        for name, one, each in zip(identity.names(listed), listed, feed.entries, strict=True)
        if name is not None and not _is_empty(each)
    ]
    fresh = sum(print not in known for _, print, _ in named)
    if not hurried:
        signal.setitimer(signal.ITIMER_PROF, 1 + ENTRY_CPU_SECONDS * fresh)
    spoken = Spoken(feed)
    now = clock.now()
    texts: list[str] = []
    entries: list[tuple[Any, ...]] = []
    for name, print, each in named:
        if print in known:
            entries.append((name, print.hex(), None, False))
            continue
        cleaned, is_teaser = _cleaned(feed, each, spoken, now, hurried=hurried)
        entries.append((name, print.hex(), sent(cleaned, texts), is_teaser))
    return {
        "texts": texts,
        "title": feed.title,
        "home": feed.home,
        "hints": _hints(feed),
        "entries": entries,
    }


def _is_empty(entry: Entry) -> bool:
    return not (entry.title or entry.url or entry.enclosures or _body(entry).strip())


def _hints(feed: Feed) -> dict[str, Any]:
    hints = Hints.of(feed.rhythm)
    return {
        "wait_seconds": hints.wait_seconds,
        "skip_hours": sorted(hints.skip_hours),
        "skip_days": sorted(hints.skip_days),
    }


def _body(entry: Entry) -> str:
    return entry.content or entry.summary or ""


def _cleaned(
    feed: Feed, entry: Entry, spoken: Spoken, now: datetime, *, hurried: bool
) -> tuple[Cleaned, bool]:
    """The article that an entry is, and whether it is but the beginning of one."""
    base = entry.base or entry.url or feed.home or feed.url
    body = without_signature(_body(entry), entry.url, feed.home)
    markdown, text = _rendered(body, base, hurried=hurried)
    if entry.comments and markdown == f"[{text}]({entry.comments})":
        text = ""  # where it is talked about can be followed, but tells nothing of it
    words = length.words(text)
    is_teaser = bool(entry.url) and _is_teaser(entry, text, words)
    title = entry.title or opening(text) or attached.title(entry, markdown)
    if files := (*entry.enclosures, *attached.embedded(body, base)):
        markdown, text = attached.with_files(files, markdown, text)
    summary = None
    if entry.summary and entry.content:
        told = without_signature(entry.summary, entry.url, feed.home)
        summary = _text_of(told, base, hurried=hurried)[:SUMMARY_LETTERS]
    cleaned = Cleaned(
        title=title,
        text=text,
        markdown=markdown,
        kind="html",
        authors=entry.authors,
        published=_not_ahead(entry.published or entry.updated, now),
        modified=entry.updated,
        url=entry.url,
        language=spoken.of(entry, text, words),
        summary=summary or None,
        words=words,
        minutes=-(-words // length.WORDS_A_MINUTE),
        quality=0.5 if is_teaser else 1.0,
        warnings=("teaser",) if is_teaser else (),
        tags=entry.tags,
    )
    return cleaned, is_teaser


def _rendered(html: str, base: str | None, *, hurried: bool) -> tuple[str, str]:
    if not hurried:
        return fragment.render(html, base)
    return fragment.plain(re.sub(TAG, " ", html))


def _text_of(html: str, base: str | None, *, hurried: bool) -> str:
    return fragment.text(re.sub(TAG, " ", html) if hurried else html, base)


def _is_teaser(entry: Entry, text: str, words: int) -> bool:
    end = text[-END_LETTERS:]
    said = end.lower()
    for sign in SIGNS_OF_MORE:  # a generator would take as long as all the rest
        if sign in said:
            if BROKEN_OFF.search(end):
                return True
            break
    if entry.content is not None or words >= TEASER_WORDS:
        return False
    # What has no title is a note, what plays an episode or a film: of neither is there more.
    return entry.title is not None and not any(file.plays for file in entry.enclosures)


def _not_ahead(when: When | None, now: datetime) -> When | None:
    """A date, or the present moment in place of one to come: such a date tells nothing."""
    if when is None:
        return None
    try:
        moment = datetime.fromisoformat(when)
    except ValueError:
        return when
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return when if moment <= now else When(now.isoformat(timespec="seconds"))


if __name__ == "__main__":
    confined.serve(_answer)
