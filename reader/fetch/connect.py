"""Connections to checked addresses: a name is resolved once, and what was checked is connected."""

from __future__ import annotations

import errno
import http.client
import socket
import ssl
import time
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

from reader.errors import FetchError, FetchLater, Offline
from reader.fetch.addresses import Target, is_public
from reader.fetch.proxies import authorization

if TYPE_CHECKING:
    from urllib3.connection import HTTPConnection

CONNECT_SECONDS = 10.0
"""For one address of a host; a host with two dead ones still answers in time."""


class Final(http.client.HTTPResponse):
    """An answer without the interim ones before it (RFC 9110 §15.2), of which `http.client` passes
    over 100 alone: servers send 103 to whoever asks."""

    def _read_status(self) -> tuple[str, int, str]:
        said: tuple[str, int, str] = super()._read_status()  # type: ignore[misc]
        while 100 < said[1] < 200:
            http.client.parse_headers(self.fp)
            said = super()._read_status()  # type: ignore[misc]
        return said


def get_ready() -> None:
    """Load urllib3 before several threads want it at once: it does not stand that."""
    import urllib3.connection  # noqa: F401


def addresses(at: Target) -> list[str]:
    """The IP addresses of a host, in the system's order. Raises FetchError."""
    try:
        found = socket.getaddrinfo(at.host, at.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        if getattr(error, "errno", None) == socket.EAI_AGAIN:
            cause = f"this machine is not online: nobody tells where {at.host} is"
            raise Offline(at.url, cause) from error
        cause = f"there is no host named {at.host}, or this machine is not online"
        raise FetchError(at.url, cause) from error
    return list(dict.fromkeys(str(sockaddr[0]) for *_, sockaddr in found))


def allowed(at: Target, found: list[str], *, private: bool) -> list[str]:
    """Those of `found` that may be connected to. Raises FetchError if there are none."""
    fit = found if private else [address for address in found if is_public(address)]
    if not fit:
        raise FetchError(
            at.url,
            "it leads into a private network, which only an address that you typed may do",
        )
    return fit


def connection(
    at: Target,
    choice: list[str],
    seconds: float,
    met: Callable[[socket.socket], None],
    *,
    proxy: Target | None = None,
    verify: bool = True,
) -> HTTPConnection:
    """A connection to `at` that goes to one of the addresses in `choice` and to no other.

    `met` is given the bare socket once it is connected, before any TLS. With a `proxy` the
    addresses are those of the proxy.
    """
    from urllib3.connection import HTTPConnection, HTTPSConnection

    door = proxy or at

    def connect() -> socket.socket:
        line = _connected(door, choice, time.monotonic() + seconds)
        met(line)
        line.settimeout(seconds)
        return line

    made: HTTPConnection
    if at.scheme == "https":
        made = HTTPSConnection(door.host, door.port, timeout=seconds, ssl_context=_trust(verify))
        if not verify:
            made.assert_hostname = False
        if proxy is not None:
            made.set_tunnel(at.host, at.port, headers=authorization(proxy))
    else:
        made = HTTPConnection(door.host, door.port, timeout=seconds)
    made.response_class = Final
    # urllib3's one seam between the name and the socket; TLS still verifies the name.
    made._new_conn = connect  # type: ignore[method-assign]
    return made


def _connected(at: Target, choice: list[str], ends: float) -> socket.socket:
    failure: OSError | None = None
    for address in choice:
        left = ends - time.monotonic()
        if left <= 0:
            failure = TimeoutError()
            break
        try:
            return socket.create_connection((address, at.port), min(CONNECT_SECONDS, left))
        except OSError as error:
            failure = error
    if isinstance(failure, TimeoutError):
        raise FetchLater(at.url, f"{at.authority} does not answer; try again later") from failure
    if isinstance(failure, ConnectionRefusedError):
        cause = f"{at.authority} refuses the connection: nothing listens there"
        raise FetchLater(at.url, cause) from failure
    cause = (failure.strerror or str(failure)) if failure else "no address"
    if failure is not None and failure.errno in (errno.ENETUNREACH, errno.ENETDOWN):
        raise Offline(at.url, f"this machine is not online ({cause.lower()})") from failure
    raise FetchLater(at.url, f"{at.authority} cannot be reached ({cause.lower()})") from failure


@cache
def _trust(verify: bool) -> ssl.SSLContext:
    """The system's certificates, or certifi's where the system has none.

    Made once: to read 140 certificates for each of 200 feeds would take seconds.
    """
    context = ssl.create_default_context()
    if not verify:
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        return context
    places = ssl.get_default_verify_paths()
    if not (places.cafile or places.capath or context.cert_store_stats()["x509_ca"]):
        import certifi

        context.load_verify_locations(certifi.where())
    return context
