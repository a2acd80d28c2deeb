"""Which addresses may be asked: how one is written, and where it leads.

A page that is read may name addresses of its reader's own network (server-side request forgery).
So a private address is reached only when a person typed it, and redirects from it stay on its host
and port. What is checked is the address that is connected to, at every hop: checking a name and
then connecting to it would let the name change its mind in between (DNS rebinding).
"""

from __future__ import annotations

import ipaddress
import re
from contextlib import suppress
from urllib.parse import quote, unquote, urljoin, urlsplit

from reader.errors import FetchError
from reader.noun import Noun

PORTS = {"http": 80, "https": 443}
NAT64 = (ipaddress.ip_network("64:ff9b::/96"), ipaddress.ip_network("64:ff9b:1::/48"))
"""IPv6 ranges that lead to the IPv4 address in their last 32 bits (RFC 6052, RFC 8215)."""
LONGEST_URL = 8_000
"""Characters; RFC 9110 §4.1 asks servers for 8,000 octets."""


class Target(Noun):
    """An address taken apart, fit to be asked for."""

    scheme: str
    host: str
    """In ASCII, without brackets."""
    port: int
    path: str
    """Path and query, percent-encoded."""
    credentials: str | None
    """`user:password` as it stood in the address; never part of `url`."""

    @property
    def url(self) -> str:
        """The address as text, without credentials."""
        return f"{self.scheme}://{self.authority}{self.path}"

    @property
    def authority(self) -> str:
        """Host, and the port where it is not the usual one."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def origin(self) -> tuple[str, int]:
        return self.host, self.port


def target(url: str) -> Target:
    """Take an address apart. Raises FetchError for what is not http or https."""
    said = "".join(c for c in url.strip() if c.isprintable())[:LONGEST_URL]
    try:
        parts = urlsplit(said)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise FetchError(said, "it is not an address (http://… or https://…)") from error
    scheme = parts.scheme.lower()
    if scheme not in PORTS:
        raise FetchError(said, "only http:// and https:// addresses can be fetched")
    if not host:
        raise FetchError(said, "it names no host")
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~")
    query = "?" + quote(parts.query, safe="/%:@!$&'()*+,;=~?[]") if parts.query else ""
    credentials = None
    if parts.username is not None:
        credentials = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
    return Target(scheme, _ascii(said, host), port or PORTS[scheme], path + query, credentials)


def redirected(here: Target, location: str) -> Target:
    """Where a redirect leads. Credentials do not go along to another host.

    `location` is the header as `http.client` gives it, a letter for each byte; bytes that are no
    ASCII are UTF-8 to every browser.
    """
    with suppress(UnicodeError):
        location = location.encode("latin-1").decode("utf-8")
    there = target(urljoin(here.url, location))
    same = (here.scheme, *here.origin) == (there.scheme, *there.origin)
    kept = here.credentials if same else None
    return Target(there.scheme, there.host, there.port, there.path, kept)


def is_public(address: str) -> bool:
    """Does an IP address belong to the open internet, whatever it is wrapped in?"""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if inner is None and any(ip in network for network in NAT64):
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
        if ip.is_site_local:
            return False
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


def _ascii(url: str, host: str) -> str:
    try:
        name = host if host.isascii() else host.encode("idna").decode("ascii")
    except UnicodeError as error:
        raise FetchError(url, "its host is not a name that can be looked up") from error
    if not re.fullmatch(r"[a-z0-9._~:%-]+", name):
        raise FetchError(url, "its host holds characters that no host has")
    return name


def as_kept(word: str) -> str:
    """An address in the form in which sources keep theirs; any other word as it is."""
    try:
        return target(word).url
    except FetchError:
        return word


def same_host(one: str, other: str) -> bool:
    """Do two addresses lead to one host, the other not less securely?"""
    try:
        here, there = target(one), target(other)
    except FetchError:
        return one == other
    upgraded = (here.port, there.port) == (PORTS["http"], PORTS["https"])
    same = (here.scheme, here.port) == (there.scheme, there.port)
    return here.host == there.host and (same or upgraded)


def is_typed(url: str, added_as: str | None) -> bool:
    """Did the person give the address of a source, or another that leads to the same host?"""
    said = added_as or url
    if "://" not in said:
        return True
    try:
        return target(said).origin == target(url).origin
    except FetchError:
        return True
