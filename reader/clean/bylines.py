"""The names of a page's authors."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from reader.clean import jsonld, names
from reader.clean.boxes import Page, squeeze, tags, text_of, words_of
from reader.clean.titles import is_site, site_names

if TYPE_CHECKING:
    from reader.clean.metadata import Statements

NAMES_CAP = 12
NAME_CHARS = 60
LINE_CHARS = 160
HEAD_LEAVES = 12
"""How far below the heading a by-line stands."""

METAS = (
    "author", "article:author", "og:article:author", "dc.creator", "dcterms.creator", "byl",
    "citation_author", "parsely-author", "sailthru.author", "cxenseparse:author", "dc.contributor",
)  # fmt: skip
BY = re.compile(
    r"^(?:(?:mehr )?(?:artikel|beiträge|posts) (?:von|vom autor)\s*:?|alle posts vom autor|"
    r"interview\s*:|erstellt von|veröffentlicht\s?von(?=[A-Z])|(?:über|about|more from)(?=\s[A-Z])|"
    r"(?:view )?(?:all )?posts by|(?:zeige )?alle beiträge von|"
    r"(?:ein |pressemitteilung |text )?(?:beitrag|artikel)?\s?von|veröffentlicht von|"
    r"geschrieben von|verfasst von|eingestellt von|gepostet von|publié par|escrito por|"
    r"publicado por|(?:written|posted|published|reported|reviewed|story|words|text)\s*:?\s+by|"
    r"(?:text(?:,| und| &) )?(?:autor(?:in|en)?|authors?|auteurs?|autore|autores|text|fotos?|"
    r"photos?)(?:\s*[:|/]|(?=\s+[A-Z]))|redaktion\s*[:|/]|"
    r"by|vom?|par|por|di|door|av|af|przez)(?=[\s:])[\s:]*",
    re.IGNORECASE,
)
AND = re.compile(
    r"\s*[,;|•·&]\s+|\s*[;|•]\s*|\s+(?:and|und|et|y|och|og|&|e|en)\s+|\s+/\s+", re.IGNORECASE
)
TAIL = re.compile(
    r"\s*(?:[(\[|<»›].*|\s[-–—]\s.*|\b(?:on|am|um|at|in|für|for|via|from)\s+(?:\d|[A-Z]).*|"
    r"\d{1,2}(?:[./:]\d|\s*\.?\s+[A-Z][a-zä]{2}).*|(?<=\s)@\w+.*|\s+\S+@\S+.*)$"
)
MONTHS = (
    r"(?:jan(?:uary|uar)?|feb(?:ruary|ruar)?|march|märz|apr(?:il)?|may|mai|june?|juni?|july?|juli|"
    r"aug(?:ust)?|sept?(?:ember)?|o[ck]t(?:ober)?|nov(?:ember)?|de[cz](?:ember)?)\.?"
)
WEEKDAYS = (
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|montag|dienstag|mittwoch|donnerstag|freitag|"
    r"samstag|sonntag)"
)
LABELS = (
    r"(?:stand|datum|date|posted|published|updated|last updated|follow(?:ing)?|shares?|uhr|"
    r"veröffentlicht|aktualisiert|publiziert|publié|publicado|kommentare?|comments?)\b:?"
)
BEYOND = re.compile(
    rf"(?<=\w)(?:\s*[→†↗›»]|\s+\d+$|\s+{MONTHS}\s+\d|"
    rf"\s+(?:{LABELS}|{WEEKDAYS})(?=\s|$)).*$",
    re.IGNORECASE,
)
GLUED = re.compile(r"(?<=[a-zà-ÿ])(?:Follow|Posted|Published|Updated|Share|Veröffentlicht).*$")
"""What a page sets behind a name without a mark between: a day, a label, a button."""
ROLE = re.compile(
    r"\b(?:senior|staff|chief|director|professor|technologist|editors?|reporters?|correspondents?|"
    r"(?:co-?)?founder|manager|head of|writer|journalist(?:in)?|redakteur(?:in)?|redaktion|"
    r"projektleiter(?:in)?|leiter(?:in)?|pressesprecher(?:in)?|geschäftsführer(?:in)?|vorsitzender?|"
    r"experte|expertin|university|universität|ph\.?d)\b",
    re.IGNORECASE,
)
"""Behind a person's name: who that is, and where, not one more name."""
NOT_A_NAME = re.compile(
    r"https?:|www\.|^\W*$|^[\d\W]+$|^(?:(?:wordpress|web|site|super)?-?(?:admin\w*|master)|"
    r"redaktion|editor(?:ial)?|editors|redactie|redacción|author|autor(?:in)?|unknown|anonymous|"
    r"staff|text|last|none|null|undefined|no author|name|by|von|read more|mehr|guest|gast|user|"
    r"team|share|follow|username|(?:the|der|die) (?:author|autor(?:in)?)|alle beiträge|all posts|"
    rf"{LABELS}|{MONTHS}|{WEEKDAYS}|"
    r"(?:ph\.?\s?d|m\.?d|r\.?d|m\.?s|b\.?a|m\.?a|msc|bsc|mph|rn|jr|sr|esq)\.?|"
    r"(?:senior |staff |chief |guest |special )?"
    r"(?:writer|reporter|correspondent|journalist|contributor|columnist|editor)|e\.\s?v\.?)$",
    re.IGNORECASE,
)
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
PARTICLES = tags(
    "de da do dos das del della di du la le van von vom der den ter ten af av el al bin ibn ben y "
    "e zu zum und of the mc san st for and für d'"
)
NO_PART = tags(
    "veröffentlicht publiziert posted published updated last read minutes min email subscribe "
    "follow share kommentare comments januar februar märz juli september oktober november dezember "
    "january february july october december"
)
"""Words that no name has."""
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
LABEL = re.compile(r"(?i:von|by|autor(?:in|en)?|authors?|auteurs?)\s*:?")


def read(
    page: "Statements",
    site: str | None,
    host: str,
    boxes: Page | None = None,
    beside: Sequence[str] = (),
) -> tuple[str, ...]:
    """The authors' names, as the most deliberate statement has them; () if the page names none.

    A full name goes before a single word, which is often an account. `beside` are the names that
    the lines beside the heading give.
    """
    sites = [*site_names(site, host), *(words_of(name) for name in page.publishers())]
    spare: tuple[str, ...] = ()
    offers = _offers(page, boxes, beside)
    for offer in offers:
        found = [name for text in offer for name in split(text)]
        found = [name for name in found if is_name(name)]
        kept = tuple(dict.fromkeys(name for name in found if not is_site(words_of(name), sites)))
        if kept and any(" " in name for name in kept):
            return kept[:NAMES_CAP]
        spare = spare or kept[:NAMES_CAP]
    return spare


def _offers(page: "Statements", boxes: Page | None, beside: Sequence[str]) -> Iterator[list[str]]:
    organisations: list[str] = []
    for key in ("author", "creator"):
        for node in page.articles:
            value = node.get(key)
            if _is_organisation(value):
                organisations += jsonld.names(value, page.nodes)
            else:
                yield jsonld.names(value, page.nodes)
    for name in METAS:
        yield [value for value in page.meta.get(name, []) if not value.startswith("@")]
    yield _labelled(page)
    for key in ("author", "creator"):
        elements = [e for e in page.items.get(key, []) if e.tag != "meta" and not _is_beside(e)]
        yield [_named(element) for element in elements[:3]]
    yield from _signs(page.root)
    if boxes is not None:
        yield from _lines(boxes)
    yield list(beside)
    yield organisations
    yield _trafilatura(page.root)


def _labelled(page: "Statements") -> list[str]:
    """What a card for Slack or Twitter says beside `Written by` (`twitter:label1`, `data1`)."""
    return [
        value
        for number in "12"
        for label in page.meta.get(f"twitter:label{number}", [])[:1]
        for value in page.meta.get(f"twitter:data{number}", [])[:1]
        if BY.match(f"{label} {value}") or SIGN.search(label.lower())
    ]


def _trafilatura(root: Any) -> list[str]:
    """trafilatura's guess from class names; .39 right by itself, +.05 where all else is silent."""
    from trafilatura.metadata import extract_author

    try:
        found = extract_author(root)
    except Exception:
        return []  # it raises what its parts raise; one guess less
    return found.split("; ") if found else []


def is_name(text: str) -> bool:
    """Whether a text can be a name: capitals throughout, or one word."""
    words = [word for word in text.split() if word.lower() not in PARTICLES]
    if len(words) <= 1:
        return bool(words)
    capital = sum(not word[0].islower() for word in words)
    return capital == len(words) and not any(word.lower() in NO_PART for word in words)


def _is_organisation(value: Any) -> bool:
    if isinstance(value, list):
        return bool(value) and all(_is_organisation(one) for one in value)
    return isinstance(value, dict) and any("Organization" in kind for kind in jsonld.kinds(value))


def _named(element: Any) -> str:
    inner = element.xpath('.//*[@itemprop="name"]')
    named = inner[0] if inner else element
    return squeeze(named.get("content") or "") or text_of(named)


def _signs(root: Any) -> Iterator[list[str]]:
    """What stands in elements that are named for the author, exact ones first."""
    exact: list[str] = []
    loose: list[str] = []
    linked: list[str] = []
    for element in root.iter("a", "span", "p", "div", "strong", "address", "b", "li", "cite", "em"):
        is_link = "author" in (element.get("rel") or "").split()
        name = " ".join(element.get(attribute) or "" for attribute in NAMED)
        if not is_link and not SIGN.search(name) and "vcard" not in name.split():
            continue
        if _is_beside(element):
            continue
        # What stands in elements of its own stands apart, as `By` beside a link.
        text = squeeze(" ".join(element.itertext()))
        if not 1 < len(text) <= LINE_CHARS:
            continue
        (linked if is_link else exact if EXACT.search(name) else loose).append(text)
    for found in (linked, exact, loose):
        for text in found[:4]:
            yield [text]


def _is_beside(element: Any) -> bool:
    at = element
    for _ in range(8):
        if at is None or at.tag in ("article", "main", "body"):
            return False
        if at.tag in ("aside", "footer", "nav"):
            return True
        if BESIDE.search(f"{at.get('class') or ''} {at.get('id') or ''}"):
            return True
        at = at.getparent()
    return False


def _lines(boxes: Page) -> Iterator[list[str]]:
    """By-lines in the text around the heading: `By Jane Doe`, `Author:` above `Jane Doe`."""
    heads = {leaf.box.tag: leaf.index for leaf in reversed(boxes.leaves)}
    head = heads.get("h1", heads.get("h2"))
    if head is None:
        return
    near = [leaf.text for leaf in boxes.leaves[max(0, head - 3) : head + HEAD_LEAVES]]
    for text, below in zip(near, [*near[1:], ""], strict=True):
        if len(text) > LINE_CHARS:
            continue
        if found := LINE.match(text):
            yield [found.group()]
        elif found := WHOLE_LINE.fullmatch(text):
            yield [found["names"]]
        elif LABEL.fullmatch(text) and re.fullmatch(NAMES, below):
            yield [below]


OTHER_SCRIPT = re.compile(r"[\u0370-\u1fff\u2e80-\ufaff]")
"""Letters of scripts whose by-lines `names` knows; `BY` is of Latin ones."""


def split(text: str) -> list[str]:
    """The names in a by-line: `By A. Smith and B. Jones` holds two."""
    text = squeeze(text)
    if len(text) > LINE_CHARS:
        return []
    if OTHER_SCRIPT.search(text) and (told := names.after_by(text)):
        return told
    found = list(_names(AND.split(BY.sub("", text))))
    return [name for name in found if name]


def _names(parts: Iterable[str]) -> Iterator[str]:
    for number, part in enumerate(parts):
        if number and ROLE.search(part):
            break
        name = BEYOND.sub("", GLUED.sub("", TAIL.sub("", BY.sub("", part.strip()))))
        name = name.strip(" \t-–—:,.;|/*\"'")
        if re.search(r"[a-z]{2}\.$|\b[A-Z]\.$", part) and not name.endswith("."):
            name = name + "." if re.search(r"\b(?:[A-Z]|Jr|Sr)\.$", part) else name
        if 1 < len(name) <= NAME_CHARS and not NOT_A_NAME.search(name) and len(name.split()) <= 6:
            yield name
