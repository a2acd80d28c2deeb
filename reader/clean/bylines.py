"""The names of a page's authors."""

import re
from typing import TYPE_CHECKING, Any

from reader.clean import jsonld
from reader.clean.boxes import squeeze, text_of, words_of
from reader.clean.titles import is_site, site_names

if TYPE_CHECKING:
    from reader.clean.metadata import Statements

BY = re.compile(
    r"^(?:(?:written|posted|published|geschrieben|text|reported|story|words|authors?|autor(?:in)?|"
    r"autore|auteur)\s*[:|]?\s*(?:by|von)?|by|von|par|por|di|door|av|af|przez)\b[\s:]+",
    re.IGNORECASE,
)
AND = re.compile(r"\s*(?:[,;|/&•·]|\b(?:and|und|et|y|och|og|en)\b)\s+|\s*[;|]\s*", re.IGNORECASE)
TAIL = re.compile(
    r"\s*(?:[\(\[|].*|\b(?:on|am|um|at|in|für|for|via)\s+(?:\d|[A-Z]).*|"
    r"\d{1,2}[./:]\d.*|@\w+.*|\S+@\S+.*)$"
)
NOT_A_NAME = re.compile(
    r"https?:|www\.|\.(?:com|de|org|net)\b|^\W*$|^\d+$|^(?:admin|administrator|redaktion|editor|"
    r"author|autor|unknown|anonymous|staff|none|null|undefined|read more|mehr)$",
    re.IGNORECASE,
)
AUTHOR_BOX = (
    './/a[contains(concat(" ", normalize-space(@rel), " "), " author ")]',
    './/*[contains(concat(" ", normalize-space(@class), " "), " vcard ")]'
    '//*[contains(concat(" ", normalize-space(@class), " "), " fn ")]',
    ".//*[self::a or self::span or self::p or self::div or self::strong or self::address]"
    '[@class="author" or @class="byline" or @class="author-name" or @class="author__name" '
    'or @class="byline-name" or @class="article-author" or @class="post-author" '
    'or @class="entry-author" or @class="autor" or @class="article__author" or @class="name"]',
    './/*[contains(@class, "author") and (contains(@class, "name") or contains(@class, "link"))]',
    './/*[contains(@class, "byline") or contains(@class, "byLine")]',
)
LONGEST = 60


def read(page: "Statements", site: str | None, host: str) -> tuple[str, ...]:
    """The authors' names, as the most deliberate statement has them; () if the page names none."""
    names = site_names(site, host)
    for offer in _offers(page):
        found = [name for text in offer for name in split(text)]
        kept = [name for name in found if not is_site(words_of(name), names)]
        if kept:
            return tuple(dict.fromkeys(kept))[:12]
    return ()


def _offers(page: "Statements") -> "list[list[str]]":
    metas = ("author", "article:author", "dc.creator", "dcterms.creator", "citation_author",
             "parsely-author", "sailthru.author", "byl", "twitter:creator", "og:article:author")  # fmt: skip
    offers: list[list[str]] = [
        [n for node in page.articles[:1] for n in jsonld.names(node.get("author"), page.nodes)],
        [n for node in page.articles[:1] for n in jsonld.names(node.get("creator"), page.nodes)],
    ]
    for name in metas:
        values = page.meta.get(name, [])
        offers.append([v for v in values if not v.startswith("@")])
    for key in ("author", "creator"):
        elements = page.items.get(key, [])[:3]
        offers.append([_named(element) for element in elements if element.tag != "meta"])
    for path in AUTHOR_BOX:
        offers.append([text_of(element) for element in page.root.xpath(path)[:1]])
    return offers


def _named(element: Any) -> str:
    inner = element.xpath('.//*[@itemprop="name"]')
    named = inner[0] if inner else element
    return squeeze(named.get("content") or "") or text_of(named)


def split(text: str) -> list[str]:
    """The names in a by-line: `By A. Smith and B. Jones, Berlin` holds two, and a place."""
    text = squeeze(text)
    if len(text) > 200:
        return []
    text = BY.sub("", text)
    names = []
    for part in AND.split(text):
        name = TAIL.sub("", BY.sub("", part)).strip(" \t-–—:,.;|/*")
        if 1 < len(name) <= LONGEST and not NOT_A_NAME.search(name) and len(name.split()) <= 6:
            names.append(name)
    return names
