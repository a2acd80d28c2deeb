"""Addresses of pages, in the one form by which two of them are seen to be the same."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import urljoin, urlsplit, urlunsplit

TRACKING = frozenset(
    {"fbclid", "gclid", "dclid", "gbraid", "wbraid", "msclkid", "yclid", "twclid", "igshid"}
    | {"mc_cid", "mc_eid", "_hsenc", "_hsmi", "mkt_tok", "vero_id", "oly_anon_id", "oly_enc_id"}
    | {"s_cid", "wickedid", "rb_clickid"}
)
"""Query parameters that tell who followed a link, never what it shows (Miniflux, urlcleaner.go)."""
TRACKING_PREFIXES = ("utm_", "at_", "mtm_", "pk_")
PLAIN_PATH = re.compile(
    r"/(?![/.])(?:[\w,;:@!$&'()*+=~-]|[./](?![./]))*(?:\?[\w/.,;=&%+-]*)?", re.ASCII
)
"""An address on the same host that needs only its beginning to be absolute."""
PORTS = {"http": 80, "https": 443}
LOGIN = re.compile(r"(?<=://)[^/?#\s]*@")
_PLAIN = re.compile(
    r"https?(://[a-z0-9][a-z0-9.-]*(?::(?!(?:80|443)/)(?:[1-9]\d{0,3}|[1-5]\d{4}))?"
    r"/[\w/.,;:@!$&'()*+=~%-]*)",
    re.ASCII,
)
"""An address in which there is nothing to drop and nothing to lower."""
_ORIGIN = re.compile(r"https?://[a-z0-9.-]+(?::\d+)?(?=/)")


def origin(base: str) -> str:
    """The scheme and host of an address, without a stroke after them. Raises ValueError."""
    return plain[0] if (plain := _ORIGIN.match(base)) else urljoin(base, "/")[:-1]


@lru_cache(maxsize=64)
def address(url: str | None) -> str | None:
    """`url` in the one form by which two addresses of a page are seen to be the same."""
    if not url:
        return None
    if plain := _PLAIN.fullmatch(url):
        return f"https{plain[1]}"
    try:
        parts = urlsplit(url.strip())
        host, port = (parts.hostname or "").lower(), parts.port
    except ValueError:
        return url.strip() or None
    if parts.scheme.lower() not in PORTS or not host:
        return url.strip() or None
    shown_port = f":{port}" if port and port not in PORTS.values() else ""
    query = "&".join(part for part in parts.query.split("&") if part and not _tracks(part))
    fragment = parts.fragment if parts.fragment.startswith("!") else ""
    return urlunsplit(("https", host + shown_port, parts.path or "/", query, fragment))


def is_front(url: str) -> bool:
    """Is this the front page of a host?"""
    place = within_host(url)
    return place is not None and place[0] in ("", "/") and not place[1]


def within_host(url: str) -> tuple[str, str, str] | None:
    """Where on its host something is: path, query and fragment; None if it is no address."""
    try:
        return urlsplit(url)[2:]
    except ValueError:  # what a feed gives need not be one: `http://[b/`
        return None


def without_login(said: str) -> str:
    """What a person typed, or what is said of it, without the logins in its addresses."""
    return LOGIN.sub("", said) if "@" in said else said


def _tracks(parameter: str) -> bool:
    name = parameter.partition("=")[0].lower()
    return name in TRACKING or name.startswith(TRACKING_PREFIXES)
