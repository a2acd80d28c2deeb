"""The one polite HTTP client: an address in, a document out, within limits of size and time.

Only http and https; the address connected to is the one that was checked; nothing a page or a
redirect names leads into a private network. No cookies, no Referer, certificates always verified.
Nothing else in broadsheet opens a connection.
"""

from reader.model import Document

__all__ = ["fetch"]


def fetch(url: str, *, typed: bool = True) -> Document:
    """The document at `url`, whose own address is where the redirects ended. Raises FetchError.

    `typed`: a person gave this address, so it may be loopback or private.
    """
    from reader.fetch.client import Visit

    return Visit(url, typed=typed).document()
