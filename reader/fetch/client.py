"""One visit to an address: hops, limits, and what went wrong in words."""

from __future__ import annotations

import base64
import socket
import ssl
import threading
import time
import zlib
from contextlib import suppress
from http.client import HTTPException
from typing import TYPE_CHECKING

from reader import __version__
from reader.errors import FetchError
from reader.fetch import connect
from reader.fetch.addresses import Target, is_public, redirected, target
from reader.model import Document

if TYPE_CHECKING:
    from urllib3.connection import HTTPConnection
    from urllib3.response import BaseHTTPResponse, HTTPResponse

MOST_REDIRECTS = 10
LARGEST_RAW = 15_000_000
"""Bytes over the wire, as Miniflux (HTTP_CLIENT_MAX_BODY_SIZE)."""
LARGEST_DECODED = 25_000_000
"""Bytes after decompression: a small page may be a bomb."""
WHOLE_VISIT_SECONDS = 60.0
"""All hops together. A watchdog keeps it, since a server that drips never times out."""
SILENCE_SECONDS = 20.0
"""Without a single byte."""
USER_AGENT = f"broadsheet/{__version__} (a newspaper for the terminal)"
REDIRECTS = (301, 302, 303, 307, 308)
MOST_CODINGS = 2


class Visit:
    """Fetches one document, following redirects. Use once."""

    def __init__(
        self, url: str, *, typed: bool = True, seconds: float = WHOLE_VISIT_SECONDS
    ) -> None:
        self._at = target(url)
        self._typed = typed
        self._first: tuple[str, int] | None = None
        """Host and port that redirects may stay on though they are private; None before any hop."""
        self._seconds = seconds
        self._ends = time.monotonic() + seconds

    def document(self) -> Document:
        """The document at the end of the redirects. Raises FetchError."""
        for _ in range(MOST_REDIRECTS + 1):
            outcome = self._hop()
            if isinstance(outcome, Document):
                return outcome
            self._at = outcome
        raise FetchError(self._at.url, f"it redirects more than {MOST_REDIRECTS} times")

    def _hop(self) -> Document | Target:
        from urllib3.exceptions import HTTPError

        watchdog = Watchdog(self._left())
        seconds = min(SILENCE_SECONDS, self._left())
        conn = connect.connection(self._at, self._choice(), seconds, watchdog.watch)
        try:
            outcome = self._answer(conn)
            if watchdog.has_bitten:  # a body without a length ends as if it were whole
                raise FetchError(self._at.url, self._too_slow())
            return outcome
        except (OSError, HTTPError, HTTPException, ValueError) as error:
            raise FetchError(self._at.url, self._cause(error, watchdog.has_bitten)) from error
        finally:
            watchdog.release()
            conn.close()

    def _choice(self) -> list[str]:
        """The IP addresses that this hop may use."""
        found = connect.addresses(self._at)
        private = self._typed if self._first is None else self._at.origin == self._first
        choice = connect.allowed(self._at, found, private=private)
        if self._first is None:
            # Only a typed address that is itself private opens its own host and port.
            self._first = ("", 0) if all(map(is_public, choice)) else self._at.origin
        return choice

    def _answer(self, conn: HTTPConnection) -> Document | Target:
        headers = {
            "Accept": "text/html, application/xhtml+xml, text/*;q=0.9, */*;q=0.5",
            "Accept-Encoding": "gzip, deflate",
            "Connection": "close",
            "Host": self._at.authority,
            "User-Agent": USER_AGENT,
        }
        if self._at.credentials:
            told = base64.b64encode(self._at.credentials.encode()).decode("ascii")
            headers["Authorization"] = f"Basic {told}"
        conn.request(
            "GET", self._at.path, headers=headers, preload_content=False, decode_content=False
        )
        answer = conn.getresponse()
        if answer.status in REDIRECTS and (location := answer.headers.get("Location")):
            return redirected(self._at, location)
        if answer.status != 200:
            raise FetchError(self._at.url, refusal(answer.status, answer.reason))
        body = self._decoded(answer, self._raw(answer))
        return Document(body, url=self._at.url, content_type=answer.headers.get("Content-Type"))

    def _raw(self, answer: HTTPResponse) -> bytes:
        pieces = []
        size_bytes = 0
        while piece := answer.read(65_536, decode_content=False):
            pieces.append(piece)
            size_bytes += len(piece)
            if size_bytes > LARGEST_RAW:
                raise FetchError(self._at.url, f"it is larger than {LARGEST_RAW // 1_000_000} MB")
        return b"".join(pieces)

    def _decoded(self, answer: BaseHTTPResponse, body: bytes) -> bytes:
        told = answer.headers.get("Content-Encoding", "")
        codings = [coding.strip().lower() for coding in told.split(",") if coding.strip()]
        if len(codings) > MOST_CODINGS:
            raise FetchError(self._at.url, "it is compressed more than twice over")
        for coding in reversed(codings):
            if coding == "identity":
                continue
            if coding not in WINDOW_BITS:
                cause = f"the server compresses it in a way that was not asked for ({coding})"
                raise FetchError(self._at.url, cause)
            body = self._inflated(body, coding)
        return body

    def _inflated(self, body: bytes, coding: str) -> bytes:
        for bits in WINDOW_BITS[coding]:
            try:
                whole = inflated(body, bits, LARGEST_DECODED + 1)
            except zlib.error:
                continue
            if len(whole) > LARGEST_DECODED:
                size = LARGEST_DECODED // 1_000_000
                raise FetchError(self._at.url, f"it is larger than {size} MB once unpacked")
            return whole
        raise FetchError(self._at.url, f"its {coding} compression is damaged; try again")

    def _left(self) -> float:
        left = self._ends - time.monotonic()
        if left <= 0:
            raise FetchError(self._at.url, self._too_slow())
        return left

    def _too_slow(self) -> str:
        return f"it did not arrive within {self._seconds:.0f} seconds; try again later"

    def _cause(self, error: Exception, late: bool) -> str:
        if late or isinstance(error, TimeoutError):
            return self._too_slow() if late else "the server fell silent; try again later"
        if isinstance(error, ssl.SSLCertVerificationError):
            return f"its certificate is not valid ({error.verify_message})"
        reason = error.__cause__ or error.__context__ or error
        if isinstance(reason, ssl.SSLCertVerificationError):
            return f"its certificate is not valid ({reason.verify_message})"
        if isinstance(error, ssl.SSLError):
            return f"no secure connection ({error.reason or 'TLS failed'})"
        return f"the server broke off its answer ({type(error).__name__}); try again"


WINDOW_BITS = {
    "gzip": (zlib.MAX_WBITS | 16,),
    "x-gzip": (zlib.MAX_WBITS | 16,),
    "deflate": (zlib.MAX_WBITS, -zlib.MAX_WBITS),
}
"""How to unpack a coding. `deflate` comes with and without its wrapper (RFC 9110 §8.4.1.2)."""

REFUSALS = {
    401: "the server asks for a login",
    402: "the server asks for payment",
    403: "the server does not let programs read it; save the page in a browser and add the file",
    404: "there is no such page; check the address",
    410: "the page is gone for good",
    429: "the server asks to come back later",
    451: "the page is withheld for legal reasons",
}


def refusal(status: int, reason: str | None) -> str:
    """What an answer without a document means, in words."""
    said = f" {reason}" if reason else ""
    if words := REFUSALS.get(status):
        return f"{words} ({status}{said})"
    if status >= 500:
        return f"the server has a fault of its own ({status}{said}); try again later"
    return f"the server gave no page ({status}{said})"


def inflated(body: bytes, bits: int, most_bytes: int) -> bytes:
    """`body` unpacked, at most `most_bytes` of it. Raises zlib.error where it is cut short.

    Members of gzip may follow each other (RFC 1952 §2.2).
    """
    whole = b""
    while body:
        inflater = zlib.decompressobj(bits)
        whole += inflater.decompress(body, most_bytes - len(whole))
        if len(whole) >= most_bytes:
            break
        if not inflater.eof:
            raise zlib.error("cut short")
        body = inflater.unused_data.lstrip(b"\0")
    return whole


class Watchdog:
    """Ends a visit that takes too long, whatever it is waiting for."""

    def __init__(self, seconds: float) -> None:
        self.has_bitten = False
        self._line: socket.socket | None = None
        self._timer = threading.Timer(seconds, self._bite)
        self._timer.daemon = True
        self._timer.start()

    def watch(self, line: socket.socket) -> None:
        """Keep a hold on the connection that TLS, which takes the socket over, cannot loosen."""
        self._line = line.dup()

    def release(self) -> None:
        """The visit is over."""
        self._timer.cancel()
        if self._line is not None:
            self._line.close()

    def _bite(self) -> None:
        self.has_bitten = True
        if self._line is not None:
            with suppress(OSError):
                self._line.shutdown(socket.SHUT_RDWR)
