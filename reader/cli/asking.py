"""What the verbs that look into the cache have in common: opening it, and naming articles in it."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from reader.cli import output
from reader.errors import NothingFound, UsageError
from reader.model import ArticleId, View

if TYPE_CHECKING:
    import argparse

    from reader.library import Library

QUERY_HELP = (
    'words, "a phrase", -without, title: author: source: tag: lang:, is:unread|read|starred, '
    "before: after:"
)


def library(*, readonly: bool = False) -> Library:
    """The person's cache. Raises CacheError."""
    from reader.library import Library

    return Library.open(readonly=readonly)


def add_choice(parser: argparse.ArgumentParser, *, every: bool = False) -> None:
    """Let a verb name articles: by their ids, or by a query."""
    parser.add_argument(
        "which",
        nargs="*",
        metavar="ID…|QUERY",
        help=f"broadsheet's ids, or a query: {QUERY_HELP}",
    )
    if every:
        parser.add_argument("--all", action="store_true", help="every article in the cache")


def view_of(words: Sequence[str]) -> View:
    """The view a query opens; without words, all articles."""
    query = " ".join(words).strip()
    return View("query", query) if query else View("all")


def article_id(word: str) -> ArticleId:
    """An id as a person types it. Raises UsageError."""
    if not (word.isascii() and word.isdigit() and len(word) < 19):
        raise UsageError(f"'{word}' is not an id: `broadsheet list` shows them in its first column")
    return ArticleId(int(word))


def chosen(lib: Library, words: Sequence[str], *, every: bool = False) -> list[ArticleId]:
    """The articles that ids or a query name. Raises NothingFound for an unknown id or no match."""
    if every:
        if words:
            raise UsageError("--all takes no ids and no query")
        return [ArticleId(id) for id in lib.ids(View("all"))]
    if not words:
        raise UsageError("which articles? Give ids or a query")
    if are_ids(words):
        wanted = list(dict.fromkeys(article_id(word) for word in words))
        known = {headline.id for headline in lib.headlines(wanted)}
        if missing := [id for id in wanted if id not in known]:
            raise NothingFound(f"there is no article {missing[0]}")
        return wanted
    found = [ArticleId(id) for id in lib.ids(view_of(words))]
    if not found:
        raise nothing_matches(lib, " ".join(words))
    return found


def nothing_matches(lib: Library, query: str) -> NothingFound:
    """What is said where a query finds nothing, with what was not understood in it."""
    why = lib.misread(query)
    return NothingFound(f"nothing matches: {query}" + (f" ({why})" if why else ""))


def are_ids(words: Sequence[str]) -> bool:
    """Do the words name articles by their ids, and not by a query?"""
    return bool(words) and all(word.isascii() and word.isdigit() for word in words)


def stdin() -> bytes:
    """All of stdin; a person at a terminal is told that we wait for them. Raises CleanError."""
    from reader.intake import documents

    if sys.stdin is not None and sys.stdin.isatty():
        output.say("Reading from the terminal: paste or type, then Ctrl-D on a line of its own.")
    return documents.read_stdin()


def how_many(word: str) -> int:
    """A number of rows for `--limit`; 0 is all of them."""
    import argparse

    if not (word.isascii() and word.isdigit() and len(word) < 10):
        raise argparse.ArgumentTypeError(f"'{word}' is not a number from 0 up")
    return int(word)


def feeds_wait(count: int, asks: str = "`broadsheet refresh`") -> str:
    """What to say where there are feeds and no articles."""
    are = "1 feed is" if count == 1 else f"{count:,} feeds are"
    return f"{are} here, and nothing of them yet: {asks} asks what they have."
