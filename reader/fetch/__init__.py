"""The one polite HTTP client: an address in, a document out, within limits of size and time.

Only http and https; the address connected to is the one that was checked; nothing a page or a
redirect names leads into a private network. No cookies, no Referer, certificates always verified.
Nothing else in broadsheet opens a connection.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.model import Document

if TYPE_CHECKING:
    from reader.fetch.client import Manner

__all__ = ["fetch"]


def fetch(url: str, *, typed: bool = True, manner: Manner | None = None) -> Document:
    """The document at `url`, whose own address is where the redirects ended. Raises FetchError.

    `typed`: a person gave this address, so it may be loopback or private.
    """
    from reader.fetch.client import PLAIN, Visit

    return Visit(url, typed=typed, manner=manner or PLAIN).document()
