"""What a shell offers to complete: numbers of the cache, each with a title that tells it apart."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from reader.model import View
from reader.text import safe
from reader.text.width import cut

if TYPE_CHECKING:
    from reader.library import Library

LOOKED_AT = 300
"""Articles, the newest, among which one is looked for."""
MOST = 30
"""What is offered at once; more is no help."""
TITLE_CELLS = 60
NOT_IN_TITLES = str.maketrans("\\`", "/'")
"""Signs that a shell might take for its own, though none of the scripts lets it see them so."""


def offers(library: Library, kind: str, begun: str) -> Iterator[tuple[int, str]]:
    """The numbers of `articles`, `sources` or `stories` that begin with a word, or have it in
    their title; the newest first."""
    sought = begun.casefold()
    matching = (
        (number, cut(safe.line(title).translate(NOT_IN_TITLES), TITLE_CELLS))
        for number, title in _all(library, kind)
        if str(number).startswith(sought) or (not begun.isdigit() and sought in title.casefold())
    )
    return islice(matching, MOST)


def _all(library: Library, kind: str) -> Iterator[tuple[int, str]]:
    if kind == "articles":
        for headline in library.headlines(library.ids(View("all"), limit=LOOKED_AT)):
            yield headline.id, headline.title
    elif kind == "sources":
        for source in library.sources():
            yield source.id, source.title
    else:
        for story in library.stories():
            yield story.id, story.label
