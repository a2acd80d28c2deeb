"""Where a site keeps its feeds: by its own word, by rules for known sites, by guesses.

Nothing is fetched here; whoever asked fetches the candidates in their order. Guesses are made only
where there is nothing better.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import SplitResult, urljoin, urlsplit

from reader.feeds.fragments import resolve
from reader.feeds.model import Candidate
from reader.paths import shipped
from reader.text import safe

KINDS = {
    "application/rss+xml": "rss",
    "application/rdf+xml": "rss",
    "application/x.atom+xml": "atom",
    "application/atom+xml": "atom",
    "application/feed+json": "json",
    "application/json": "json",
    "application/xml": "rss",
    "text/xml": "rss",
    "text/rss": "rss",
    "text/rss+xml": "rss",
}
"""Types of alternates that are feeds (plain JSON only if its address says so)."""
MOST_CANDIDATES = 30
PAGE_CAP = 2_000_000
"""Characters of the page that rules look into."""

_COMMENTS = re.compile(r"comment|kommentar|commentaire|comentario|replies", re.IGNORECASE)
_FEED_LINK = re.compile(
    r"(?:/(?:feeds?|rss|atom)/?|[./](?:rss|atom|rdf)|/(?:rss|feed|atom|index)\.(?:xml|json|rdf)"
    r"|[?&]feed=(?:rss2?|atom)|[?&]format=(?:rss|atom|feed))$",
    re.IGNORECASE,
)
_FORMAT = re.compile(
    r"(?<![^\W_])(?:rss|atom|rdf|xml|json|feeds?|index|alt)(?:\s?[012]?\.\d+|[012])?(?![^\W_])"
)
_LITTLE_FOLLOWS = re.compile(r"/?(?:(?:videos|featured|streams|about|recent|posts)/?)?(?:[?#].*)?")
"""What may come after the address of a list: a tab of it, a query."""


@dataclass(frozen=True, slots=True)
class Rule:
    """Feeds of one sort of site."""

    name: str
    address: re.Pattern[str]
    page: re.Pattern[str] | None
    feeds: tuple[tuple[str, str, str], ...]
    """Title, kind, address with groups by name in braces."""
    is_listing: bool = False
    """Is such an address, if little follows, a list by itself and never an article?"""


def discover(body: bytes, url: str) -> list[Candidate]:
    """See `reader.feeds.discover`."""
    from reader.clean import charset, tree

    html = charset.decode(body)
    root = tree.parse(html, bare=True)
    found = _announced(root, url) if root is not None else []
    found += known(url, html[:PAGE_CAP])
    if root is not None and not found:
        found += _linked(root, url)
    if not found:
        found += usual(url)
    first: dict[str, Candidate] = {}
    for each in found:
        first.setdefault(each.url.partition("#")[0], each)
    return list(first.values())[:MOST_CANDIDATES]


def known(url: str, html: str = "") -> list[Candidate]:
    """What the rules for known sites say of an address, and of its page if there is one."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return []
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return []
    address = url.partition("://")[2].removeprefix("www.")
    return _by_rules("rule", parts, address, html) or _by_rules("software", parts, address, html)


def known_listing(url: str) -> list[Candidate]:
    """The feeds of an address that is a list of a known site, by the address alone: no page need be
    asked, which such sites often keep from programs. Nothing for an address that is a feed."""
    if _FEED_LINK.search(url):
        return []
    address = url.partition("://")[2].removeprefix("www.")
    for rule in _rules("rule"):
        at = rule.address.match(address) if rule.is_listing and rule.page is None else None
        if at and _LITTLE_FOLLOWS.fullmatch(address, at.end()):
            return known(url)
    return []


def in_one_format(announced: Sequence[Candidate]) -> list[Candidate]:
    """The candidates, of one feed in several formats the first."""
    kept: list[Candidate] = []
    for each in announced:
        if not any(_are_one(each, other) for other in kept):
            kept.append(each)
    return kept


def usual(url: str) -> list[Candidate]:
    """Addresses where many sites have a feed: in the folder of the page, then at the root."""
    try:
        folder = urljoin(url, ".").rstrip("/")
        places = [urljoin(url, "/").rstrip("/")]
    except ValueError:
        return []
    paths: list[str] = _told()["well_known"]
    addresses = [place + path for place in places for path in paths]
    if folder and folder not in places:
        addresses = [folder + path for path in paths[:3]] + addresses
    return [Candidate(None, address) for each in addresses if (address := safe.link(each))]


def _are_one(one: Candidate, other: Candidate) -> bool:
    """Are these formats of one feed? Such are called the same but for the format, and are of two
    kinds, or lie at the same address but for it."""
    title = _plain_name(one.title or "")
    if title != _plain_name(other.title or ""):
        return False
    is_other_kind = bool(title) and one.kind != other.kind
    return is_other_kind or _plain_name(one.url) == _plain_name(other.url)


def _plain_name(name: str) -> str:
    """A title or an address without the words of formats in it."""
    return " ".join(re.findall(r"[^\W_]+", _FORMAT.sub(" ", name.lower())))


def _by_rules(sort: str, parts: SplitResult, address: str, html: str) -> list[Candidate]:
    taken: set[str] = set()
    found = []
    for rule in _rules(sort):
        at = rule.address.match(address)
        if not at or rule.name in taken:
            continue
        seen = rule.page.search(html) if rule.page else None
        if rule.page and not seen:
            continue
        taken.add(rule.name)
        groups = {"origin": f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"}
        for match in filter(None, (at, seen)):
            told = {key.rstrip("2"): value for key, value in match.groupdict().items() if value}
            groups.update(told)
        for title, kind, template in rule.feeds:
            if feed := safe.link(template.format_map(groups)):
                found.append(Candidate(f"{rule.name}: {title}", feed, kind))
    return found


def _announced(root: Any, url: str) -> list[Candidate]:
    """What `<link rel=alternate>` says (WHATWG HTML §4.6.7.1); feeds of comments come last."""
    base = _base(root, url)
    found: list[Candidate] = []
    for link in root.iter("link"):
        rel = (link.get("rel") or "").lower().split()
        kind = KINDS.get((link.get("type") or "").partition(";")[0].strip().lower())
        told = link.get("href") or ""
        if not kind and "feed" not in rel:
            continue
        if ("alternate" not in rel and "feed" not in rel) or "stylesheet" in rel:
            continue
        if kind == "json" and not re.search("feed|json$", told, re.IGNORECASE):
            continue
        if (address := _web(told, base)) and "/wp-json/" not in address:
            found.append(Candidate(safe.line(link.get("title") or "", 200) or None, address, kind))
    return sorted(found, key=lambda each: bool(_COMMENTS.search(f"{each.title} {each.url}")))


def _linked(root: Any, url: str) -> list[Candidate]:
    """Links in the text of the page whose address looks like a feed."""
    base = _base(root, url)
    found = []
    for link in root.iter("a"):
        address = _web(link.get("href"), base)
        if address and _FEED_LINK.search(address):
            words = " ".join("".join(link.itertext()).split())
            found.append(Candidate(safe.line(words, 200) or None, address))
    return found


def _base(root: Any, url: str) -> str:
    for base in root.iter("base"):
        if found := _web(base.get("href"), url):
            return found
    return url


def _web(told: str | None, base: str) -> str | None:
    told = (told or "").strip()
    if told.startswith("feed:"):
        told = told.removeprefix("feed:")
        told = f"https:{told}" if told.startswith("//") else told
    found = resolve(told, base)
    return found if found and not found.startswith("mailto:") else None


@cache
def _told() -> dict[str, Any]:
    rules = shipped("data") / "feeds_sites.toml"
    return tomllib.loads(rules.read_text(encoding="utf-8"))


@cache
def _rules(sort: str) -> tuple[Rule, ...]:
    return tuple(
        Rule(
            told["name"],
            re.compile(told["address"]),
            re.compile(told["page"]) if "page" in told else None,
            tuple((feed["title"], feed["kind"], feed["url"]) for feed in told["feeds"]),
            told.get("listing", False),
        )
        for told in _told()[sort]
    )
