"""What a page says of itself: title, authors, dates, section, site, language, address, summary.

Every fact is asked of the page's own statements, from the most deliberate (JSON-LD, OpenGraph,
microdata) to the most incidental (a class name, the text). A date found only in the text is marked
as guessed.
"""

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

from reader.clean import bylines, heading, jsonld, moments, titles
from reader.clean.boxes import Page, squeeze, text_of, words_of
from reader.model import Document

SITE_CHARS = 80
PAYWALL_NAMES = ("content_tier", "article:content_tier")


@dataclass(frozen=True, slots=True)
class Facts:
    """A page's metadata. Not yet through `reader.text.safe`."""

    title: str | None = None
    authors: tuple[str, ...] = ()
    published: str | None = None
    published_guessed: bool = False
    modified: str | None = None
    section: str | None = None
    site: str | None = None
    url: str | None = None
    base: str | None = None
    """What the page's links are relative to."""
    language: str | None = None
    summary: str | None = None
    body: str | None = None
    """The article's text by JSON-LD, often cut short."""
    locked: bool = False
    """Whether the page says that it is not free to read in full."""
    claims_article: bool = False
    """Whether the page calls itself an article."""


LOCALE = re.compile(
    r"(?P<language>[a-z]{2,3})(?=[-_,;]|$)(?:[-_][a-z]{4})?(?:[-_](?P<region>[a-z]{2})(?![a-z]))?"
)
"""A language with its script and region, as BCP 47 and Open Graph write them, lower case."""


class Statements:
    """A page's statements, gathered once: `<meta>`, JSON-LD, microdata."""

    def __init__(self, root: Any) -> None:
        self.root = root
        self.meta: dict[str, list[str]] = {}
        for element in root.iter("meta"):
            content = " ".join((element.get("content") or "").split())
            if not content:
                continue
            for attribute in ("property", "name", "http-equiv"):
                for name in (element.get(attribute) or "").lower().split():
                    self.meta.setdefault(name, []).append(content)
        self.nodes = jsonld.nodes(root)
        aside = jsonld.set_aside(self.nodes)
        found = jsonld.of_kind(self.nodes, jsonld.ARTICLE)
        self.articles = [node for node in found if id(node) not in aside]
        self.pages = jsonld.of_kind(self.nodes, jsonld.PAGE)
        self.items: dict[str, list[Any]] = {}
        for element in root.xpath("//*[@itemprop]"):
            for name in element.get("itemprop").lower().split():
                self.items.setdefault(name, []).append(element)

    def first(self, *names: str) -> str | None:
        """The first `<meta>` content under any of the names, in the order of the names."""
        return next((self.meta[name][0] for name in names if name in self.meta), None)

    def language(self) -> str | None:
        """The primary language that the page names (BCP 47)."""
        return self.locale()[0]

    def locale(self) -> tuple[str | None, str | None]:
        """The primary language that the page names, and its region, upper case (BCP 47)."""
        outer = self.root if self.root.tag == "html" else self.root.find(".//html")
        attributes = ("lang", "{http://www.w3.org/XML/1998/namespace}lang", "xml:lang")
        for candidate in (
            *([] if outer is None else [outer.get(name) for name in attributes]),
            self.first("content-language", "og:locale", "dc.language", "language"),
            jsonld.text(self.told("inLanguage")),
        ):
            told = LOCALE.match((candidate or "").strip().lower())
            if told:
                return told["language"], (told["region"] or "").upper() or None
        return None, None

    def publishers(self) -> list[str]:
        """The names under which the page speaks of its publisher."""
        named = [jsonld.text(self.told("publisher")), self.first("og:site_name", "dc.publisher")]
        return [name for name in named if name]

    def told(self, key: str, pages_too: bool = True) -> Any:
        """The value of a JSON-LD key of the article, or else of the page."""
        for node in [*self.articles, *(self.pages if pages_too else [])]:
            if node.get(key):
                return node[key]
        return None


def read(
    root: Any, document: Document, *, page_boxes: Page | None = None, guess_dates: bool = True
) -> Facts:
    """The facts of the page. Never raises on what a page may contain."""
    page = Statements(root)
    url, base = _addresses(page, document.url)
    head = heading.lines_of(page_boxes) if page_boxes is not None else None
    shown = head.texts if head else ()
    above = heading.above_byline(shown)
    site = _site(page, url or document.url, shown, above)
    host = urlsplit(url or document.url or "").hostname or ""
    title = titles.choose(page, site, host, document.title, shown, above)
    beside = heading.facts_of(head, title) if head else None
    near = heading.near(page_boxes, title) if page_boxes else heading.Near([], [], [])
    published, modified, guessed = moments.read(page, document.url, guess_dates, beside)
    return Facts(
        title=title,
        authors=bylines.read(page, site, host, near, beside.authors if beside else ()),
        published=published,
        published_guessed=guessed,
        modified=modified,
        section=_section(page),
        site=site,
        url=url,
        base=base,
        language=page.language(),
        summary=_summary(page),
        body=_body(page),
        locked=_locked(page),
        claims_article=bool(page.articles) or page.first("og:type") == "article",
    )


def _addresses(page: Statements, url: str | None) -> tuple[str | None, str | None]:
    base = url
    for element in page.root.iter("base"):
        if href := (element.get("href") or "").strip():
            base = _join(url, href)
            break
    candidates = [
        *(
            link.get("href")
            for link in page.root.iter("link")
            if "canonical" in (link.get("rel") or "").lower().split()
        ),
        page.first("og:url"),
        jsonld.text(page.told("url", pages_too=False)),
    ]
    for candidate in candidates:
        if not candidate:
            continue
        address = _join(url, candidate.strip())
        if address and address.startswith(("http://", "https://")) and _same_page(address, url):
            return address, base or address
    return url, base


def _same_page(address: str, url: str | None) -> bool:
    """A canonical address that is only the site's front page is a mistake of the template."""
    return not (url and urlsplit(address).path in ("", "/") and urlsplit(url).path not in ("", "/"))


def _join(base: str | None, href: str) -> str | None:
    try:
        return urljoin(base or "", href) or None
    except ValueError:
        return None


def _site(
    page: Statements, url: str | None, shown: Sequence[str] = (), above: str | None = None
) -> str | None:
    """The publication's name; of several, the first that fits the host."""
    host = urlsplit(url or "").hostname or ""
    offers = [
        page.first("og:site_name", "al:ios:app_name", "application-name", "copyright-site"),
        jsonld.text(page.told("publisher")),
        *(jsonld.text(node.get("name")) for node in jsonld.of_kind(page.nodes, jsonld.PUBLISHER)),
        page.first("dc.publisher", "citation_journal_title"),
    ]
    named = [
        name
        for offer in offers
        if (name := (offer or "").lstrip("@").strip()) and len(name) <= SITE_CHARS
        if "://" not in name
    ]
    in_host = titles.site_names(None, host)
    fitting = (name for name in named if titles.names_site(words_of(name), in_host, 0.0))
    handle = (page.first("twitter:site") or "").lstrip("@") or None
    found = next(fitting, None) or next(iter(named), None)
    found = found or titles.site_in_title(page, host)
    return found or titles.site_beside_title(page, shown, above) or handle


def _section(page: Statements) -> str | None:
    told = jsonld.text(page.told("articleSection", pages_too=False))
    section = told or page.first(
        "article:section", "og:article:section", "section", "cxenseparse:section"
    )
    return section if section and len(section) <= 60 and "://" not in section else None


def _summary(page: Statements) -> str | None:
    for candidate in (
        page.first("og:description", "description", "twitter:description", "dc.description"),
        jsonld.text(page.told("description", pages_too=False)),
        *(
            element.get("content") or text_of(element)
            for element in page.items.get("description", [])[:1]
        ),
    ):
        if candidate and len(candidate) > 20:
            return squeeze(candidate)
    return None


def _body(page: Statements) -> str | None:
    told = page.told("articleBody")
    return html.unescape(told) if isinstance(told, str) and told.strip() else None


def _locked(page: Statements) -> bool:
    for node in [*page.articles, *page.pages]:
        if str(node.get("isAccessibleForFree", "")).lower() in ("false", "0", "no"):
            return True
    return (page.first(*PAYWALL_NAMES) or "").lower() in ("locked", "metered-locked", "premium")
