"""What a server said to a request: the document, or why there is none, and when to come back.

Validators are kept as they came, byte for byte, and belong to the address that gave them: sent to
another, even one it redirects to, they would mean something else (RFC 9110 §8.8, §13.1).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from reader.noun import Noun

LONGEST_VALIDATOR = 1_000
"""Characters. No server means more by one, and it is kept and sent for years."""
MAX_AGE = re.compile(r"(?:^|[,\s])max-age\s*=\s*\"?(\d{1,12})", re.I)
NEVER_FRESH = re.compile(r"(?:^|[,\s])no-(?:cache|store)\b", re.I)


class Validators(Noun):
    """What a server gave to ask by whether a document has changed; opaque."""

    etag: str | None = None
    modified: str | None = None

    def __bool__(self) -> bool:
        return bool(self.etag or self.modified)

    def headers(self) -> dict[str, str]:
        """The conditions of a request. Both are sent: an ETag may change where a date stays."""
        said = {"If-None-Match": self.etag, "If-Modified-Since": self.modified}
        return {name: value for name, value in said.items() if value}


class Answer(Noun):
    """The end of a visit, whatever its status."""

    url: str
    """The address at the end of the redirects, without credentials."""
    status: int
    reason: str = ""
    body: bytes = b""
    """Empty unless the status is 200."""
    content_type: str | None = None
    validators: Validators = Validators()
    fresh_seconds: int | None = None
    """For how long the server says that asking again is of no use."""
    retry_seconds: int | None = None
    """For how long the server asks not to be asked at all."""
    moved: str | None = None
    """The address that redirects said to be permanent lead to, from the first hop on."""
    broke_off: bool = False
    """The answer ended early; `body` is what had come."""


def validators_in(headers: Mapping[str, str]) -> Validators:
    """The validators of an answer."""
    return Validators(_short(headers.get("ETag")), _short(headers.get("Last-Modified")))


def fresh_seconds(headers: Mapping[str, str], now: datetime) -> int | None:
    """How long an answer stays fresh by `Cache-Control` or `Expires` (RFC 9111 §4.2)."""
    told = headers.get("Cache-Control", "")
    if NEVER_FRESH.search(told):
        return None
    if found := MAX_AGE.search(told):
        age = headers.get("Age", "")
        return max(0, int(found[1]) - (int(age) if age.isdigit() and len(age) < 12 else 0))
    return _seconds_until(headers.get("Expires"), headers, now)


def retry_seconds(headers: Mapping[str, str], now: datetime) -> int | None:
    """How long `Retry-After` asks to wait: seconds, or until a date (RFC 9110 §10.2.3).

    Where the server's clock and ours differ, the longer of both waits is the polite one.
    """
    told = (headers.get("Retry-After") or "").strip()
    if told.isascii() and told.isdigit() and len(told) < 12:
        return int(told)
    waits = (_seconds_until(told, headers, now), _seconds_until(told, {}, now))
    return max((wait for wait in waits if wait is not None), default=None)


def _seconds_until(told: str | None, headers: Mapping[str, str], now: datetime) -> int | None:
    """By the server's own clock where it tells the time, so that a wrong one does no harm."""
    until = _moment(told)
    if until is None:
        return None
    return max(0, round((until - (_moment(headers.get("Date")) or now)) / timedelta(seconds=1)))


def _moment(told: str | None) -> datetime | None:
    try:
        found = parsedate_to_datetime(told or "")
    except (TypeError, ValueError, IndexError, OverflowError):
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _short(value: str | None) -> str | None:
    """A header's value, unless it cannot be sent back."""
    if not value or len(value) > LONGEST_VALIDATOR or "\n" in value or "\r" in value:
        return None
    return value
