"""What the rows of an answer say of their articles. Apart from `rows`, which is for people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reader.library import Library
    from reader.model import ArticleId, Headline

MOST_SUMMED = 500
"""Rows of one answer that get a summary made; those of a longer one have what the source gave."""


class Summaries:
    """The summaries of the rows of one answer."""

    def __init__(self, lib: Library) -> None:
        self._lib = lib
        self._left = MOST_SUMMED
        self._known: dict[ArticleId, str] = {}

    def of(self, headlines: Sequence[Headline]) -> list[str | None]:
        """What each of these articles is about."""
        asked = [each.id for each in headlines if each.id not in self._known][: self._left]
        if asked:
            self._left -= len(asked)
            found = self._lib.summaries(asked)
            self._known |= {id: each.text for id, each in found.items()}
        return [self._known.get(each.id) or each.summary for each in headlines]
