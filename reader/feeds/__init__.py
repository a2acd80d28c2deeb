"""Documents that list articles: RSS 0.9x, 1.0, 2.0, Atom 0.3, 1.0, CDF, JSON Feed; and how to find
them.

`read` gives the same record whatever the format, and never loses text silently: what is not
well-formed is mended where that loses nothing, else read as far as it goes by feedparser, and the
record says so. Bytes of strangers belong into the child of `reader.feeds.worker`, which has limits;
`read` itself is what that child does.

    bytes → characters → mended if need be → tree → drafts → entries (sanitised, resolved, gated)

`discover` finds the feeds of a site in its page and by rules; it fetches nothing.
"""

from reader.feeds.model import Candidate, Enclosure, Entry, Feed, Rhythm

__all__ = ["Candidate", "Enclosure", "Entry", "Feed", "Rhythm", "discover", "read"]


def read(
    body: bytes, *, url: str | None = None, content_type: str | None = None, raw: bool = False
) -> Feed:
    """The feed in `body`. Raises NotAFeed, or FeedError if it cannot be read.

    `url`: where it ended up coming from, the base of its relative addresses. `raw`: leave the HTML
    of entries as it is, for a cleaner that will do its own work on it.
    """
    from reader.feeds.reading import read

    return read(body, url=url, content_type=content_type, raw=raw)


def discover(html: bytes, url: str) -> list[Candidate]:
    """Feeds that the page at `url` announces, then those that rules know or guess; best first."""
    from reader.feeds.discovery import discover

    return discover(html, url)
