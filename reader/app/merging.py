"""A list that changes while it is read: what comes joins it, what was in it stays."""

from __future__ import annotations

from array import array


def with_listed(fresh: array[int], listed: array[int]) -> array[int]:
    """The ids of `fresh`, with those that only `listed` holds where they stood: after the nearest
    before them that is in both, or first of all."""
    known, common = set(fresh), set(listed)
    stayed: dict[int | None, list[int]] = {}
    before: int | None = None
    for article in listed:
        if article in known:
            before = article
        else:
            stayed.setdefault(before, []).append(article)
    merged = array("q")
    leading = stayed.pop(None, [])
    for article in fresh:
        if leading and article in common:
            merged.extend(leading)
            leading = []
        merged.append(article)
        merged.extend(stayed.get(article, ()))
    merged.extend(leading)
    return merged
