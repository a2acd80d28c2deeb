"""The names of a page's authors."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from reader.clean import credit, jsonld, names, signs
from reader.clean.boxes import words_of
from reader.clean.heading import Near
from reader.clean.titles import is_site, site_names

if TYPE_CHECKING:
    from reader.clean.metadata import Statements

NAMES_CAP = 12
METAS = (
    "author", "article:author", "og:article:author", "dc.creator", "dcterms.creator", "byl",
    "citation_author", "parsely-author", "sailthru.author", "cxenseparse:author", "dc.contributor",
)  # fmt: skip


class Offer(NamedTuple):
    """What may be the authors' names."""

    texts: list[str]
    told: bool = True
    """Whether the page says that they are, and are people; else they only may be."""


def read(
    page: "Statements",
    site: str | None,
    host: str,
    near: Near,
    beside: Sequence[str] = (),
) -> tuple[str, ...]:
    """The authors' names, as the most deliberate statement has them; () if the page names none.

    A full name goes before a single word, which is often an account. `near` are the lines around
    the heading, `beside` the names that they give when they are read as those of a dump.
    """
    sites = [*site_names(site, host), *(words_of(name) for name in page.publishers())]
    stated = _stated(_offers(page, near, beside), sites) or _names(_guessed(page.root), sites)
    lines = (_names([line], sites) for line in signs.lines(near.lines))
    return _completed(stated, next(filter(_is_full, lines), ()))[:NAMES_CAP]


def _stated(offers: Iterable[Offer], sites: list[list[str]]) -> tuple[str, ...]:
    """The first full name among what is offered; or else a word, the site's own name, a desk."""
    spare: tuple[str, ...] = ()
    own: tuple[str, ...] = ()
    desk: tuple[str, ...] = ()
    backing = 0
    for offer in offers:
        if desk and not spare and not offer.told:
            return desk
        found = _names(offer.texts, sites)
        if offer.told:
            own = own or tuple(filter(names.is_person, _names(offer.texts, [])))
            desk = desk or tuple(filter(None, map(credit.desk, offer.texts)))[:1]
        if not found:
            continue
        is_doubtful = backing > 1 and _is_forename(spare) and not _spells_out(found, spare[0])
        if _is_full(found) and not is_doubtful:
            return found
        spare = spare or found
        backing += found == spare
    return spare or own or desk


def _names(texts: Iterable[str], sites: list[list[str]]) -> tuple[str, ...]:
    """The names in some texts, each once, without those of the site."""
    found = (name for text in texts for name in credit.split(text) if credit.is_name(name))
    return tuple(dict.fromkeys(name for name in found if not is_site(words_of(name), sites)))


def _is_full(found: Sequence[str]) -> bool:
    return any(" " in name for name in found)


def _completed(stated: tuple[str, ...], shown: tuple[str, ...]) -> tuple[str, ...]:
    """The names of the by-line if it has those that the page states, and others or fewer words:
    statements are often of the first of several, and have a day or a place glued on."""
    known, seen = [*map(words_of, stated)], [*map(words_of, shown)]
    has_all = all(any(name[: len(one)] == one for one in seen) for name in known)
    return shown if known and has_all else stated


def _is_forename(names: Sequence[str]) -> bool:
    """Whether the one name is written as people write theirs, not as accounts are."""
    return len(names) == 1 and names[0].istitle()


def _spells_out(names: Sequence[str], word: str) -> bool:
    """Whether one of the names is the longer form of a word: `Jane Doe` of `Jane`."""
    return any(word.casefold() in words_of(name) for name in names)


def _offers(page: "Statements", near: Near, beside: Sequence[str]) -> Iterator[Offer]:
    organisations: list[str] = []
    for key in ("author", "creator"):
        for node in page.articles:
            value = node.get(key)
            if _is_organisation(value):
                organisations += jsonld.names(value, page.nodes)
            else:
                yield Offer(jsonld.names(value, page.nodes))
    for name in METAS:
        # What holds an address tells of an account, or of who made the look of the page.
        yield Offer([v for v in page.meta.get(name, []) if v[0] != "@" and "://" not in v])
    yield Offer(_labelled(page))
    for key in ("author", "creator"):
        elements = [e for e in page.items.get(key, []) if not signs.is_beside(e)]
        works = [signs.work(element) for element in elements]
        of_first = (e for e, of in zip(elements, works, strict=True) if of is works[0])
        yield Offer([signs.named(element) for element in of_first])
    for text in signs.elements(page.root):
        yield Offer([text])
    for text in signs.lines(near.lines):
        yield Offer([text])
    yield Offer([name for name in beside if not credit.is_latin_word(name)], told=False)
    for text in near.people:
        yield Offer([text], told=False)
    for text in signs.signatures(near.below):
        yield Offer([text], told=False)
    yield Offer(organisations, told=False)


def _labelled(page: "Statements") -> list[str]:
    """What a card for Slack or Twitter says beside `Written by` (`twitter:label1`, `data1`)."""
    return [
        value
        for number in "12"
        for label in page.meta.get(f"twitter:label{number}", [])[:1]
        for value in page.meta.get(f"twitter:data{number}", [])[:1]
        if credit.BY.match(f"{label} {value}") or signs.SIGN.search(label.lower())
    ]


def _guessed(root: Any) -> list[str]:
    """trafilatura's guess from class names: .39 right by itself, +.03 where all else is silent."""
    from trafilatura.metadata import extract_author

    try:
        found = extract_author(root)
    except Exception:
        return []  # it raises what its parts raise; one guess less
    return found.split("; ") if found else []


def _is_organisation(value: Any) -> bool:
    if isinstance(value, list):
        return bool(value) and all(_is_organisation(one) for one in value)
    return isinstance(value, dict) and any("Organization" in kind for kind in jsonld.kinds(value))
