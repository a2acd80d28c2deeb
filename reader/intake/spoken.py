"""The language of a feed's entries: by its word, and by their words where that tells nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.text import length
from reader.text.terms import language_by_script, language_of

if TYPE_CHECKING:
    from reader.feeds import Entry, Feed

TITLES = 50
SURE_WORDS = 30
"""So many words tell their language; fewer, by a `los` or a `die` among them, often another."""
FEW_WORDS = 15
"""Where nothing else tells it."""
TELLING_LETTERS, SCRIPT_LETTERS = 2_000, 100
DEFAULT = "en"
"""What programs declare of every feed, unless somebody says otherwise."""


class Spoken:
    """Tells the language of the entries of one feed."""

    def __init__(self, feed: Feed) -> None:
        declared = _code(feed.language)
        self._is_declared = bool(declared)
        self._language = declared
        if declared in (None, DEFAULT):
            titles = " ".join(each.title for each in feed.entries[:TITLES] if each.title)
            if length.words(titles) >= SURE_WORDS:
                self._language = language_of(titles) or declared

    def of(self, entry: Entry, text: str, words: int) -> str | None:
        """The language of an entry that has this text (BCP 47); None if nothing tells it."""
        own = _code(entry.language)
        if own not in (None, DEFAULT):
            return own
        told = language_by_script(f"{entry.title or ''} {text[:SCRIPT_LETTERS]}")
        enough = FEW_WORDS if self._language is None else SURE_WORDS
        if told is None and words >= enough and not (own or self._is_declared):
            told = language_of(text[:TELLING_LETTERS])
        return told or self._language or own


def _code(tag: str | None) -> str | None:
    return (tag or "").partition("-")[0].lower() or None
