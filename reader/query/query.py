"""A query, parsed: what it selects, in what order, where its words stand, and what it means."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from reader.query import grammar, sql
from reader.query.tree import EVERYTHING, NOTHING, All, Node, Words
from reader.store.search import Selection
from reader.store.snippets import Finder

FEWEST_LETTERS = 2
"""Of the last word while it is typed: one letter begins a tenth of all words."""


@dataclass(frozen=True)
class Query:
    """What a person asks for."""

    text: str
    tree: Node
    order: str | None = None
    """`new`, `rank` or `blend`, if the query says so."""
    misread: tuple[str, ...] = ()
    """What fields take that were given something else: to be told where nothing is found."""

    @property
    def asks_nothing(self) -> bool:
        """Is there no condition in it, so that it selects every article?"""
        return self.tree == EVERYTHING

    @cached_property
    def selection(self) -> Selection:
        """What SQLite is to look for. Dates such as `3d` count from the moment of asking."""
        return sql.selection(self.tree)

    @cached_property
    def finder(self) -> Finder:
        """Finds the query's words in a text, to be shown."""
        return Finder(sql.terms(self.tree))

    def explain(self) -> str:
        """How the query was understood, in its own language."""
        return f"{self.tree}" + (f" sort:{self.order}" if self.order else "")


def parse(text: str, *, as_you_type: bool = False) -> Query:
    """Read a query. Never raises.

    `as_you_type`: the last word may be the beginning of one.
    """
    parsed = grammar.parse(text)
    tree = parsed.tree
    if as_you_type and text and not text[-1].isspace() and text[-1] not in '")*':
        tree = _open_ended(tree, text)
    return Query(text, tree, parsed.order, parsed.misread)


def _open_ended(tree: Node, text: str) -> Node:
    """The tree with its last word as the beginning of one; a single letter does not count yet."""
    if isinstance(tree, All) and tree.nodes:
        last = _open_ended(tree.nodes[-1], text)
        rest = tree.nodes[:-1]
        if last == NOTHING:
            return rest[0] if len(rest) == 1 else All(rest)
        return All((*rest, last))
    if not isinstance(tree, Words) or not text.rstrip().endswith(tree.text.rpartition(" ")[2]):
        return tree
    if len(tree.text) < FEWEST_LETTERS and tree.text.isascii():
        return NOTHING
    return replace(tree, prefix=True)
