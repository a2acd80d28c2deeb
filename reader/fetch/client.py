"""One visit to an address: hops, limits, and what went wrong in words."""

from __future__ import annotations

import base64
import ssl
import time
from collections.abc import Callable, Mapping
from http.client import HTTPException
from typing import TYPE_CHECKING

from reader import __version__, clock
from reader.errors import FetchError, FetchLater
from reader.fetch import codings, connect, proxies
from reader.fetch.addresses import Target, is_public, redirected, target
from reader.fetch.answers import (
    Answer,
    Validators,
    fresh_seconds,
    retry_seconds,
    validators_in,
)
from reader.fetch.watchdog import Watchdog
from reader.model import Document
from reader.noun import Noun

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
PERMANENT = (301, 308)
TRANSFORMED = 203
"""The 200 of a proxy that changed something on the way (RFC 9110 §15.3.4)."""
NOT_MODIFIED = 304
MOST_CODINGS = 2
PAGES = "text/html, application/xhtml+xml, text/*;q=0.9, */*;q=0.5"
"""What to say is wanted where an article is expected."""


class Manner(Noun):
    """How an address is to be asked."""

    accept: str = PAGES
    validators: Callable[[str], Validators] | None = None
    """Those that an address gave the last time; each hop has its own."""
    secrets: Callable[[Target], Mapping[str, str]] | None = None
    """Headers that only this host may see."""
    may_ask: Callable[[Target], None] | None = None
    """Raises FetchError where a host is not to be asked now; called before each hop."""
    verify: bool = True
    """Must the certificate be valid?"""
    most_redirects: int = MOST_REDIRECTS
    most_bytes: int | None = None
    """After decompression; None is LARGEST_DECODED."""
    seconds: float = WHOLE_VISIT_SECONDS
    keeps_part: bool = False
    """Is an answer that breaks off worth something as far as it came?"""
    near: tuple[str, int] | None = None
    """Host and port that the person named, which may be private though this address was not."""


PLAIN = Manner()


class Visit:
    """Fetches one document, following redirects. Use once."""

    def __init__(
        self,
        url: str,
        *,
        typed: bool = True,
        seconds: float | None = None,
        manner: Manner = PLAIN,
    ) -> None:
        self._at = target(url)
        self._typed = typed
        self._manner = manner
        self._first: tuple[str, int] | None = None
        """Host and port that redirects may stay on though they are private; None before any hop."""
        self._seconds = seconds or manner.seconds
        self._ends = time.monotonic() + self._seconds
        self._moved: str | None = None
        self._only_permanent = True

    def document(self) -> Document:
        """The document at the end of the redirects. Raises FetchError."""
        answer = self.answer()
        if answer.status != 200:
            raise unanswered(answer)
        return Document(answer.body, url=answer.url, content_type=answer.content_type)

    def answer(self) -> Answer:
        """What the server at the end of the redirects says. Raises FetchError if none answers."""
        met: set[str] = set()
        for _ in range(self._manner.most_redirects + 1):
            if self._at.url in met:
                cause = "it redirects in a circle, as sites do that insist on a cookie"
                raise FetchError(self._at.url, cause)
            met.add(self._at.url)
            outcome = self._hop()
            if isinstance(outcome, Answer):
                return outcome
            self._at = outcome
        most = self._manner.most_redirects
        raise FetchError(self._at.url, f"it redirects more than {most} times")

    def _hop(self) -> Answer | Target:
        from urllib3.exceptions import HTTPError

        if self._manner.may_ask is not None:
            self._manner.may_ask(self._at)
        watchdog = Watchdog(self._left())
        seconds = min(SILENCE_SECONDS, self._left())
        proxy = proxies.proxy_for(self._at)
        choice = self._choice(proxy)
        conn = connect.connection(
            self._at, choice, seconds, watchdog.watch, proxy=proxy, verify=self._manner.verify
        )
        try:
            outcome = self._answer(conn, proxy)
            if watchdog.has_bitten:  # a body without a length ends as if it were whole
                raise FetchLater(self._at.url, self._too_slow())
            return outcome
        except (OSError, HTTPError, HTTPException, ValueError) as error:
            raise self._failure(error, watchdog.has_bitten) from error
        finally:
            watchdog.release()
            conn.close()

    def _choice(self, proxy: Target | None) -> list[str]:
        """The IP addresses that this hop may use."""
        try:
            found = connect.addresses(self._at)
        except FetchError:
            if proxy is None:
                raise
            found = []  # only the proxy knows the name
        private = self._typed if self._first is None else self._at.origin == self._first
        private = private or self._at.origin == self._manner.near
        choice = connect.allowed(self._at, found, private=private) if found else []
        if self._first is None:
            # Only a typed address that is itself private opens its own host and port.
            self._first = ("", 0) if all(map(is_public, choice)) else self._at.origin
        return choice if proxy is None else connect.addresses(proxy)

    def _answer(self, conn: HTTPConnection, proxy: Target | None) -> Answer | Target:
        path = self._at.path
        headers = self._headers()
        if proxy is not None and self._at.scheme == "http":
            path = self._at.url
            headers |= proxies.authorization(proxy)
        conn.request("GET", path, headers=headers, preload_content=False, decode_content=False)
        answer = conn.getresponse()
        if answer.status in REDIRECTS and (location := answer.headers.get("Location")):
            there = redirected(self._at, location)
            self._only_permanent = self._only_permanent and answer.status in PERMANENT
            if self._only_permanent:
                self._moved = there.url
            return there
        status = 200 if answer.status == TRANSFORMED else answer.status
        body, broke_off = b"", False
        if status == 200:
            raw, broke_off = self._raw(answer)
            body, ended = self._decoded(answer, raw, broke_off)
            broke_off = broke_off or not ended
        now = clock.now()
        return Answer(
            self._at.url,
            status,
            answer.reason or "",
            body,
            answer.headers.get("Content-Type"),
            validators_in(answer.headers),
            fresh_seconds(answer.headers, now),
            retry_seconds(answer.headers, now),
            self._moved,
            broke_off,
        )

    def _headers(self) -> dict[str, str]:
        headers = {
            "Accept": self._manner.accept,
            "Accept-Encoding": codings.accepted(),
            "Connection": "close",
            "Host": self._at.authority,
            "User-Agent": USER_AGENT,
        }
        if self._manner.validators is not None:
            headers |= self._manner.validators(self._at.url).headers()
        if self._at.credentials:
            told = base64.b64encode(self._at.credentials.encode()).decode("ascii")
            headers["Authorization"] = f"Basic {told}"
        if self._manner.secrets is not None:
            headers |= self._manner.secrets(self._at)
        return headers

    def _raw(self, answer: HTTPResponse) -> tuple[bytes, bool]:
        """What came over the wire, and whether it broke off (if that is allowed)."""
        from urllib3.exceptions import HTTPError

        pieces = []
        size_bytes = 0
        try:
            while piece := answer.read1(65_536, decode_content=False):
                pieces.append(piece)
                size_bytes += len(piece)
                if size_bytes > LARGEST_RAW:
                    cause = f"it is larger than {LARGEST_RAW // 1_000_000} MB"
                    raise FetchError(self._at.url, cause)
                if size_bytes > self._most_bytes and not answer.headers.get("Content-Encoding"):
                    raise FetchError(self._at.url, self._too_large(""))
        except (OSError, HTTPError, HTTPException):
            if not (self._manner.keeps_part and size_bytes):
                raise
            return b"".join(pieces), True
        return b"".join(pieces), False

    def _decoded(
        self, answer: BaseHTTPResponse, body: bytes, broke_off: bool
    ) -> tuple[bytes, bool]:
        told = answer.headers.get("Content-Encoding", "")
        named = [coding.strip().lower() for coding in told.split(",") if coding.strip()]
        if len(named) > MOST_CODINGS:
            raise FetchError(self._at.url, "it is compressed more than twice over")
        ended = True
        for coding in reversed(named):
            if coding == "identity":
                continue
            if not codings.is_known(coding):
                if codings.is_plain(body):
                    continue  # "utf-8", "none": no coding at all, and browsers do not mind
                cause = f"the server compresses it in a way that was not asked for ({coding})"
                raise FetchError(self._at.url, cause)
            body, whole = self._unpacked(body, coding)
            ended = ended and whole
        if body.startswith(codings.GZIP_MAGIC):  # a file `feed.xml.gz`, or packed once too often
            body, whole = self._unpacked(body, "gzip")
            ended = ended and whole
        if not ended and not self._manner.keeps_part:
            raise FetchLater(self._at.url, f"its {told} compression is damaged; try again")
        return body, ended

    def _unpacked(self, body: bytes, coding: str) -> tuple[bytes, bool]:
        try:
            whole, ended = codings.unpacked(body, coding, self._most_bytes + 1)
        except codings.Damaged as error:
            cause = f"its {coding} compression is damaged; try again"
            raise FetchLater(self._at.url, cause) from error
        if len(whole) > self._most_bytes:
            raise FetchError(self._at.url, self._too_large(" once unpacked"))
        return whole, ended

    @property
    def _most_bytes(self) -> int:
        return self._manner.most_bytes or LARGEST_DECODED

    def _too_large(self, when: str) -> str:
        return f"it is larger than {self._most_bytes // 1_000_000} MB{when}"

    def _left(self) -> float:
        left = self._ends - time.monotonic()
        if left <= 0:
            raise FetchLater(self._at.url, self._too_slow())
        return left

    def _too_slow(self) -> str:
        return f"it did not arrive within {self._seconds:.0f} seconds; try again later"

    def _failure(self, error: Exception, late: bool) -> FetchError:
        if late:
            return FetchLater(self._at.url, self._too_slow())
        if isinstance(error, TimeoutError):
            return FetchLater(self._at.url, "the server fell silent; try again later")
        reason = error if isinstance(error, ssl.SSLError) else error.__cause__ or error.__context__
        if isinstance(reason, ssl.SSLCertVerificationError):
            return FetchError(
                self._at.url, f"its certificate is not valid ({reason.verify_message})"
            )
        if isinstance(reason, ssl.SSLError):
            cause = f"no secure connection ({reason.reason or 'TLS failed'})"
            return FetchError(self._at.url, cause)
        cause = f"the server broke off its answer ({type(error).__name__}); try again"
        return FetchLater(self._at.url, cause)


REFUSALS = {
    401: "the server asks for a login; `broadsheet config` takes one for it",
    402: "the server asks for payment",
    403: "the server does not let programs read it; save the page in a browser and add the file",
    404: "there is no such page; check the address",
    410: "the page is gone for good",
    429: "the server asks to come back later",
    451: "the page is withheld for legal reasons",
}


FOR_THE_TIME_BEING = (408, 425, 429)


def refusal(status: int, reason: str | None) -> str:
    """What an answer without a document means, in words."""
    said = f" {reason}" if reason else ""
    if words := REFUSALS.get(status):
        return f"{words} ({status}{said})"
    if status >= 500:
        return f"the server has a fault of its own ({status}{said}); try again later"
    return f"the server gave no page ({status}{said})"


def unanswered(answer: Answer) -> FetchError:
    """Why there is no document in an answer."""
    cause = refusal(answer.status, answer.reason)
    later = answer.status >= 500 or answer.status in FOR_THE_TIME_BEING
    return (FetchLater if later else FetchError)(answer.url, cause)
