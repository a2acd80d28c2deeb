"""What a page says of itself in JSON-LD (schema.org), however badly it is written."""

import html
import json
import re
from collections.abc import Iterator
from typing import Any

ARTICLE = re.compile(r"(?:Article|BlogPosting|Report|Review|LiveBlogPosting|NewsStory|Recipe)$")
PAGE = re.compile(r"(?:WebPage|ItemPage|CreativeWork|VideoObject|AboutPage)$")
PUBLISHER = re.compile(r"(?:WebSite|NewsMediaOrganization|Organization)$")
COMMENT = re.compile(r"^\s*(?:<!--|//<!\[CDATA\[|/\*.*?\*/)|(?:-->|//\]\]>)\s*$")
ASIDE = frozenset(("review", "comment", "citation", "mentions", "hasPart", "isPartOf", "about"))
"""Under these keys an article speaks of other works, which other people wrote."""
NODES_CAP = 2_000

Node = dict[str, Any]


def nodes(root: Any) -> list[Node]:
    """Every object of the page's JSON-LD, outer before inner, `@graph`s and lists opened."""
    found: list[Node] = []
    for script in root.iter("script"):
        if "ld+json" in (script.get("type") or "").lower():
            for node in _walk(_load(script.text or "")):
                if len(found) >= NODES_CAP:
                    return found
                found.append(node)
    return found


def _load(text: str) -> Any:
    text = COMMENT.sub("", text).strip().rstrip(";")
    for attempt in (text, html.unescape(text), re.sub(r",\s*([}\]])", r"\1", text)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _walk(value: Any, depth: int = 0) -> Iterator[Node]:
    if depth > 20:
        return
    if isinstance(value, list):
        for item in value:
            yield from _walk(item, depth + 1)
    elif isinstance(value, dict):
        yield value
        for item in value.values():
            if isinstance(item, (dict, list)):
                yield from _walk(item, depth + 1)


def of_kind(found: list[Node], kind: re.Pattern[str]) -> list[Node]:
    """The nodes whose `@type` matches."""
    return [node for node in found if any(kind.search(name) for name in kinds(node))]


def set_aside(found: list[Node]) -> set[int]:
    """Identities of the nodes that stand in an article as its reviews, comments, sources."""
    return {
        id(inner)
        for node in of_kind(found, ARTICLE)
        for key in ASIDE & node.keys()
        for inner in _walk(node[key])
    }


def kinds(node: Node) -> list[str]:
    """The node's types, which may be one or a list, short or as addresses."""
    named = node.get("@type")
    listed = named if isinstance(named, list) else [named]
    return [name for name in listed if isinstance(name, str)]


def text(value: Any) -> str | None:
    """A value as text: the first of a list, the name of an object."""
    if isinstance(value, list):
        return next(filter(None, (text(item) for item in value)), None)
    if isinstance(value, dict):
        return text(value.get("name") or value.get("@value"))
    if isinstance(value, str):
        plain = " ".join(html.unescape(value).split())
        return plain or None
    return None


def names(value: Any, found: list[Node]) -> list[str]:
    """The names of persons: strings, objects, lists of either, or references by `@id`."""
    if isinstance(value, list):
        return [name for item in value for name in names(item, found)]
    if isinstance(value, dict):
        if "name" in value:
            return names(value["name"], found)
        wanted = value.get("@id")
        for node in found:
            if wanted and node.get("@id") == wanted and "name" in node:
                return names(node["name"], found)
        return []
    one = text(value)
    return [one] if one else []
