"""Addresses of a document: its host, the one that it names itself, and those that it links."""

import re
from collections.abc import Callable
from urllib.parse import urljoin, urlsplit

from reader.text import addresses, safe

_CANONICAL = re.compile(r"""<link\b[^>]{0,300}\brel=["']?canonical\b[^>]{0,2000}>""", re.I)
_HREF = re.compile(r"""\bhref=["']?(https?://[^"'\s>]+)""", re.I)
_SOURCE_LINE = re.compile(
    r"(?:^|[\s#*_])(?:source|original(?: article| url| link)?|canonical(?: url)?|url|link|"
    r"permalink|quelle|fuente|fonte|bron|источник|lien)"
    r"\**:\**\s*\**\s*(?:\[[^\]\n]*\]\()?<?(https?://[^\s)\]>]+)",
    re.I | re.M,
)


def host(url: str | None) -> str | None:
    """The host of an http address without `www.`, in lower case."""
    try:
        parts = urlsplit(url or "")
        name = parts.hostname if parts.scheme in ("http", "https") else None
    except ValueError:
        return None
    return name.removeprefix("www.") if name else None


def named(text: str) -> str | None:
    """The address a page or dump says it has: its canonical link, or a line `Source: https://…`."""
    head = text[:100_000]
    if (link := _CANONICAL.search(head)) and (href := _HREF.search(link[0])):
        return href[1]
    if said := _SOURCE_LINE.search(head[:20_000]):
        return said[1].rstrip(".,;")
    return None


def resolver(base: str | None) -> Callable[[str], str | None]:
    """What makes the page's addresses absolute, and None of those that are not to be followed."""
    host: str | None = None

    def resolve(href: str) -> str | None:
        nonlocal host
        href = href.strip()
        if not href or href.startswith("#"):
            return None
        try:
            if base and addresses.PLAIN_PATH.fullmatch(href):
                host = host or addresses.origin(base)
                return safe.link(host + href)
            if href.startswith(("https://", "http://")) and (found := safe.link(href)):
                return found
            return safe.link(urljoin(base or "", href))
        except ValueError:
            return None

    return resolve
