"""Near copies folded away in a list: none is lost, each is reached through the one that stays."""

from __future__ import annotations

import json
from array import array
from collections.abc import Sequence
from typing import TYPE_CHECKING

from reader.model import Closeness, Similar, View
from reader.store import lists

if TYPE_CHECKING:
    from reader.store import Cache

UNFOLDED = ("starred", "front", "story")
"""Views in which each copy stands for itself, or that fold them in their own way."""
LISTED = "SELECT a.id FROM article a WHERE {where} AND a.id IN (SELECT value FROM json_each(?))"


def folded(cache: Cache, view: View, ids: Sequence[int]) -> tuple[array[int], dict[int, list[int]]]:
    """`ids` of a view without the copies of what it lists too; for each that stays its copies.

    What was asked for by words comes best first: there a text stands where its best copy stood.
    """
    from reader.stories.duplicates import duplicates

    kept = array("q", ids)
    if view.kind in UNFOLDED or not ids:
        return kept, {}
    with cache.explained():
        folds = duplicates(cache.reader(), ids)
    heads = _listed(cache, view, [fold.id for fold in folds], ids)
    copies: dict[int, list[int]] = {}
    for fold in folds:
        if fold.id in heads:
            copies[fold.id] = [copy for copy, _ in fold.copies]
    head_of = {copy: head for head, each in copies.items() for copy in each}
    if view.kind == "query":
        return array("q", dict.fromkeys(head_of.get(id, id) for id in kept)), copies
    return array("q", [id for id in kept if id not in head_of]), copies


def each_text_once(
    cache: Cache, found: Sequence[Similar]
) -> tuple[list[Similar], dict[int, list[int]]]:
    """What is like an article, without copies of what is named too; for each that has such, which
    these are. What is a copy of the article itself is told each by itself."""
    others = [each.headline.id for each in found if each.closeness is not Closeness.DUPLICATE]
    kept, copies = folded(cache, View("query"), others)
    away = set(others).difference(kept)
    return [each for each in found if each.headline.id not in away], copies


def _listed(cache: Cache, view: View, heads: list[int], ids: Sequence[int]) -> set[int]:
    """Those of `heads` that the view lists."""
    if not heads:
        return set()
    if view.kind == "query":
        return set(heads) & set(ids)
    where, parameters = lists.condition(view)
    sql = LISTED.format(where=where)
    return {id for (id,) in cache.read(sql, [*parameters, json.dumps(heads)])}
