"""Where a page shows who wrote it: elements named for the author, lines beside the heading."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any

from reader.clean import jsonld
from reader.clean.boxes import Leaf, squeeze, text_of
from reader.clean.credit import LINE_CHARS

SIGN = re.compile(
    r"(?:^|[\s_-]|(?<=[a-z]))(?:author|autor|autorin|redakteur|journalist|contributor|byline|byl|"
    r"writer|verfasser|auteur|posted-?by|submitted)(?:s|in)?(?=$|[\s_-]|[A-Z]|name|link|info|box)"
    r"|(?:^|\s)by(?:\s|$)",
)
"""How class names say that an author follows: `post-author`, `authorName`, `c-byline__name`."""
EXACT = re.compile(r"name|link|fn\b|rel-author", re.IGNORECASE)
NAMED = ("class", "id", "data-testid", "data-component", "data-qa", "data-test")
BESIDE = re.compile(
    r"comment|respond|reply|kommentar|sidebar|related|recommend|widget|teaser|popular|forum"
    r"|bio\b|disqus|promo|newsletter",
    re.IGNORECASE,
)
"""Boxes whose authors wrote something else."""
CAPITAL = r"(?:(?:von|van|de|del|della|der|den|da|di|la|le|zu|Dr\.|Prof\.)\s+)*[A-ZÀ-ÖØ-Þ][\w.'’-]+"
NAME = rf"{CAPITAL}(?:\s+{CAPITAL}){{1,3}}"
NAMES = rf"{NAME}(?:(?:\s+(?:and|und|et|y|e|&)\s+|\s*,\s*){NAME})*"
LINE = re.compile(
    r"(?:By|BY|Von|VON|Par|Por|Di|Door|Av|Af|Text|Autor(?:in|en)?|Authors?|Text und Fotos?)"
    rf"\s*:?\s+{NAMES}\b"
)
"""How a line begins that says who wrote the article."""
WHOLE_LINE = re.compile(
    r"(?:(?i:(?:ein )?(?:artikel|beitrag|text) von|(?:written|text|words|story) by|by|von|par|por)"
    rf"\s*:?\s+|[\d./: -]{{6,20}}(?:Uhr)?\s*[-–—|·•,]\s*)(?P<names>{NAMES})"
    r"(?:\s*[-–—|·•,(].*\d.*)?"
)
"""Such a line in any case of letters, or a name behind a day, and nothing but a day besides."""
DAY = re.compile(r"\d{1,2}[./]\d{1,2}[./](?:19|20)?\d\d|\b(?:19|20)\d\d\b")
WITH_DAY = re.compile(
    r"(?:^|[\s|·•,–—-])(?i:von|by|par|por|door|av|af|autor(?:in)?:?|author:?|redaktion:)\s+"
    rf"(?P<name>[\w.'’-]+(?:\s+{CAPITAL}){{0,2}})\s*(?:$|[,|(·•–—-]|(?i:am|on|at|le|el|um)\s)"
)
"""In a line with a day, what stands behind `by` may be an account: `by jane on 3/4/2026`."""
ABOVE_DAY = re.compile(r"(?i:von|by|par|por|door|autor(?:in)?:?|author:?)\s+(?P<name>[\w.'’-]+)")
SIGNATURE = re.compile(
    r"(?:(?:Autor(?:in|en|innen)?|Authors?|Auteure?s?|Texte?|Texto|Testo|Tekst|Redaktion|Story|"
    r"Words)\s*:|(?:Von|By|Par|Por|Written by|Text by|Ein (?:Artikel|Beitrag|Text) von):?)\s+"
    rf"(?P<names>{NAMES})\s*(?:$|[,.(|–/-])"
)
SIGNATURE_CHARS = 120
AUTHOR = ("author", "creator")
LABEL = re.compile(r"(?i:von|by|autor(?:in|en)?|authors?|auteurs?)\s*:?")


def elements(root: Any) -> Iterator[str]:
    """What stands in elements that are named for the author, exact ones first."""
    exact: list[str] = []
    loose: list[str] = []
    linked: list[str] = []
    for element in root.iter("a", "span", "p", "div", "strong", "address", "b", "li", "cite", "em"):
        is_link = "author" in (element.get("rel") or "").split()
        name = " ".join(element.get(attribute) or "" for attribute in NAMED)
        if not is_link and not SIGN.search(name) and "vcard" not in name.split():
            continue
        if is_beside(element):
            continue
        # What stands in elements of its own stands apart, as `By` beside a link.
        text = squeeze(" ".join(element.itertext()))
        if not 1 < len(text) <= LINE_CHARS:
            continue
        (linked if is_link else exact if EXACT.search(name) else loose).append(text)
    for found in (linked, exact, loose):
        yield from found[:4]


def is_beside(element: Any) -> bool:
    at = element
    for _ in range(8):
        if at is None or at.tag in ("article", "main", "body"):
            return False
        if at.tag in ("aside", "footer", "nav", "figure"):
            return True
        if BESIDE.search(f"{at.get('class') or ''} {at.get('id') or ''}"):
            return True
        if at.get("itemprop") in jsonld.ASIDE:
            return True
        at = at.getparent()
    return False


def lines(near: Sequence[str]) -> Iterator[str]:
    """By-lines in the text around the heading: `By Jane Doe`, `Author:` above `Jane Doe`."""
    for text, below in pairwise([*near, ""]):
        if len(text) > LINE_CHARS:
            continue
        if found := LINE.match(text):
            yield found.group()
        elif found := WHOLE_LINE.fullmatch(text):
            yield found["names"]
        elif LABEL.fullmatch(text) and re.fullmatch(NAMES, below):
            yield below
        elif found := _account(text, below):
            yield found["name"]


def _account(text: str, below: str) -> re.Match[str] | None:
    if DAY.search(text):
        return WITH_DAY.search(text)
    return ABOVE_DAY.fullmatch(text) if DAY.search(below) else None


def signatures(leaves: Iterable[Leaf]) -> Iterator[str]:
    """Names in lines that tell below the text who wrote it: `Author: Jane Doe, University of X`."""
    for leaf in leaves:
        found = SIGNATURE.match(leaf.text) if len(leaf.text) <= SIGNATURE_CHARS else None
        if found and not is_beside(leaf.box.element):
            yield found["names"]


def work(author: Any) -> Any:
    """The thing that an element names the author of: an `itemscope`, or an article, around it."""
    return next(
        (
            above
            for above in author.iterancestors()
            if above.tag == "article"
            or (above.get("itemscope") is not None and above.get("itemprop") not in AUTHOR)
        ),
        None,
    )


def named(element: Any) -> str:
    inner = element.xpath('.//*[@itemprop="name"]')
    named = inner[0] if inner else element
    return squeeze(named.get("content") or "") or text_of(named)
