"""Names of elements, whatever namespace address, prefix or case a feed gives them.

A name is `title` in any of the vocabularies that list entries (RSS of every kind, Atom, CDF), and
`dc:creator`, `media:group`… in the modules that are known. Other modules come as `?:name`, so that
they cannot pass for what they are not.
"""

from functools import cached_property

CORE = ""
OTHER = "?"
VOCABULARIES = {
    CORE: (
        "",
        "http://www.w3.org/2005/atom",
        "http://purl.org/atom/ns#",
        "http://purl.org/rss/1.0",
        "http://my.netscape.com/rdf/simple/0.9",
        "http://my.netscape.com/publish/formats/rss-0.91.dtd",
        "http://channel.netscape.com/rdf/simple/0.9",
        "http://blogs.law.harvard.edu/tech/rss",
        "http://cyber.law.harvard.edu/rss",
        "http://cyber.harvard.edu/rss",
        "http://purl.org/net/rss1.1",
        "http://www.rssboard.org/rss-specification",
        "http://example.com/newformat#",
        "http://example.com/necho",
        "http://purl.org/echo",
        "http://purl.org/pie",
        "uri/of/echo/namespace#",
    ),
    "rdf": ("http://www.w3.org/1999/02/22-rdf-syntax-ns#",),
    "dc": (
        "http://purl.org/dc/elements/1.1",
        "http://purl.org/dc/elements/1.0",
        "http://purl.org/metadata/dublin_core#",
        "http://purl.org/rss/1.0/modules/dc",
    ),
    "dcterms": ("http://purl.org/dc/terms", "http://purl.org/rss/1.0/modules/dcterms"),
    "content": ("http://purl.org/rss/1.0/modules/content",),
    "sy": ("http://purl.org/rss/1.0/modules/syndication",),
    "media": (
        "http://search.yahoo.com/mrss",
        "http://tools.search.yahoo.com/mrss",
        "https://search.yahoo.com/mrss",
        "http://video.search.yahoo.com/mrss",
        "http://www.rssboard.org/media-rss",
    ),
    "itunes": (
        "http://www.itunes.com/dtds/podcast-1.0.dtd",
        "https://www.itunes.com/dtds/podcast-1.0.dtd",
        "http://example.com/dtds/podcast-1.0.dtd",
    ),
    "googleplay": ("http://www.google.com/schemas/play-podcasts/1.0",),
    "feedburner": (
        "http://rssnamespace.org/feedburner/ext/1.0",
        "http://feedburner.com/feedburner",
    ),
    "xhtml": ("http://www.w3.org/1999/xhtml", "http://www.w3.org/1999/xhtml#"),
    "slash": ("http://purl.org/rss/1.0/modules/slash",),
    "wfw": ("http://wellformedweb.org/commentapi",),
    "thr": ("http://purl.org/syndication/thread/1.0",),
    "xlink": ("http://www.w3.org/1999/xlink",),
}
"""Prefix → addresses, in lower case and without the slash at their end (both vary in the wild)."""

ATOM = "http://www.w3.org/2005/Atom"
ATOM_03 = "http://purl.org/atom/ns#"
XML = "{http://www.w3.org/XML/1998/namespace}"
BY_PREFIX = {prefix: addresses[0] for prefix, addresses in VOCABULARIES.items() if prefix} | {
    "atom": ATOM.lower(),
    "atom10": ATOM.lower(),
    "a10": ATOM.lower(),
    "rss": VOCABULARIES[CORE][3],
}
"""What a prefix means that a feed uses without saying."""

_PREFIXES = {address: prefix for prefix, all in VOCABULARIES.items() for address in all}


class Names:
    """The names of one document, looked up once each."""

    def __init__(self, root_tag: str) -> None:
        self._own = _namespace(root_tag)[0]
        """What the root is in counts as the vocabulary of the feed, known or not."""
        self._known: dict[str, str] = {}

    def of(self, tag: object) -> str:
        """The name of an element by its tag; "" for what is no element."""
        if not isinstance(tag, str):
            return ""
        name = self._known.get(tag)
        if name is None:
            name = self._known[tag] = self._name(tag)
        return name

    def _name(self, tag: str) -> str:
        address, local = _namespace(tag)
        prefix = _PREFIXES.get(address)
        if prefix is None:
            userland = address.startswith("http://backend.userland.com/")
            prefix = CORE if userland or address == self._own else OTHER
        return f"{prefix}:{local}" if prefix else local

    @cached_property
    def is_rdf(self) -> bool:
        return _PREFIXES.get(self._own) == "rdf"


def _namespace(tag: str) -> tuple[str, str]:
    """(address as it is compared, local name in lower case)."""
    address, _, local = tag.rpartition("}")
    return address.lstrip("{").lower().rstrip("/"), local.lower()
