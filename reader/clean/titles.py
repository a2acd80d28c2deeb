"""A page's title without the name of its site."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from reader.clean import jsonld
from reader.clean.boxes import raw_text, squeeze, text_of, words_of

if TYPE_CHECKING:
    from reader.clean.metadata import Statements

HAN = r"[\u3000-\u30ff\u3400-\u9fff\uac00-\ud7af\uff00-\uffef]"
"""A letter of a script that sets no spaces around what parts a title from a site."""
HARD = re.compile(
    r"\s+[|\-–—·•»«›‹/~∙⋅]+\s+|\s*[|｜»›]\s*|\s*::\s*"
    rf"|(?<={HAN})[-_—–]+(?={HAN})"
)
"""Separators that part a title from a site; a colon more often stands inside a title."""
PARTS = re.compile(rf"{HARD.pattern}|:\s+")
"""Where two names of a page may meet, of which it shows each by itself."""
KICKER = re.compile(
    r"kicker|(?:over|roof|top|sub|head-?sub)-?(?:line|title|heading)|super-?title|eyebrow|dachzeile|"
    r"spitzmarke|slogan|label|(?:^|[\s_-])(?:category|section|topic|tags?|prefix|date)(?:$|[\s_-])",
    re.IGNORECASE,
)
"""How class names say that something stands above, below or before a title: `article__kicker`."""
UNENDED = re.compile(r"</?(?:title|meta|link|script|style|body)\b", re.IGNORECASE)
BETWEEN = " :|-–—"
LONGEST = 300
TITLE_WORDS = 3
SITE_WORDS = 5


def choose(
    page: "Statements",
    site: str | None,
    host: str,
    told: str | None,
    shown: Sequence[str] = (),
    above: str | None = None,
) -> str | None:
    """The best title: of all that the page offers, the one that most of the others contain.

    `shown` are the texts at the top of the page, among which one may be the title without a tag;
    `above` is the one that stands above a by-line or a day."""
    offers = [(source, text) for source, text in _offers(page) if text and len(text) <= LONGEST]
    if not any(source in ("h1", "headline", "og:title") for source, _ in offers):
        offers += [("shown", text) for text in _shown(page, shown)]
        if above and not _tells_title(page, shown, above):
            offers.append(("above", above))
    if not offers:
        return told
    names = site_names(site, host)
    texts = [words_of(text) for _, text in offers]
    bare = [without_site(text, names, texts) for _, text in offers]
    bare_texts = [words_of(text) for text in bare]
    shown_heading = _only_heading(offers, bare_texts, names)
    best, best_score = None, float("-inf")
    for at, (source, _) in enumerate(offers):
        words = bare_texts[at]
        if not words or is_site(words, names):
            continue
        backing = sum(_contains(other, words) for other in bare_texts)
        same = sum(other == words for other in bare_texts)
        score = backing + 0.5 * same + WEIGHT.get(source, 0.0) - 0.01 * at
        if at == shown_heading:
            score += HEADING
        if len(words) == 1 and backing < 3:
            score -= 1  # a section's name, more often than a title of one word
        if score > best_score:
            best, best_score = bare[at], score
    return best or told


def _only_heading(
    offers: list[tuple[str, str]], texts: list[list[str]], names: list[list[str]]
) -> int | None:
    """Which offer is the one heading that is shown to people, if it may be the title: search
    engines and networks are told another. One with a title in it has something glued on."""
    shown = [n for n, (source, _) in enumerate(offers) if source == "h1"]
    shown = [n for n in shown if not is_site(texts[n], names)]
    if len(shown) != 1 or len(texts[shown[0]]) < TITLE_WORDS:
        return None
    heading = texts[shown[0]]
    whole = (words for (_, text), words in zip(offers, texts, strict=True) if not CUT.search(text))
    parts = (words for words in whole if TITLE_WORDS <= len(words) < len(heading))
    return None if any(_contains(heading, words) for words in parts) else shown[0]


HEADING = 3.0
CUT = re.compile(r"(?:…|\.\.\.)$")
WEIGHT = {
    "headline": 0.6,
    "h1": 0.6,
    "og:title": 0.5,
    "twitter:title": 0.2,
    "title": 0.0,
    "above": 2.0,
}


def _offers(page: "Statements") -> Iterable[tuple[str, str | None]]:
    yield "headline", jsonld.text(page.told("headline"))
    yield "og:title", page.first("og:title")
    yield "twitter:title", page.first("twitter:title")
    yield (
        "meta",
        page.first("title", "dc.title", "citation_title", "sailthru.title", "parsely-title"),
    )
    for element in page.items.get("headline", [])[:1]:
        yield "microdata", squeeze(element.get("content") or "") or text_of(element)
    headings = [heading_text(h1) for h1 in page.root.iter("h1")]
    for heading in [text for text in headings if text][:3]:
        yield "h1", heading
    for title in page.root.iter("title"):
        if title.getparent() is not None and title.getparent().tag == "head":
            yield "title", title_text(title)
            break


def title_text(title: Any) -> str:
    """What the page's `<title>` says; one that is never ended holds what follows it."""
    return squeeze(UNENDED.split(title.text or "", maxsplit=1)[0])


def heading_text(h1: Any) -> str:
    """What a heading says without the kicker, day or second line that stands in an element of its
    own in it; all of it, should nothing else be left."""
    children = [child for child in h1 if isinstance(child.tag, str)]
    loose = squeeze("".join([h1.text or "", *(child.tail or "" for child in h1)]))
    if len(children) == 1 and not loose:
        return heading_text(children[0])
    rest = [h1.text or ""]
    for child in h1:
        rest += ["" if _is_beside_title(child) else raw_text(child), child.tail or ""]
    text = squeeze("".join(rest)).strip(BETWEEN)
    return text if len(words_of(text)) > 1 else text_of(h1)


def _is_beside_title(element: Any) -> bool:
    return element.tag in ("small", "time") or bool(KICKER.search(element.get("class") or ""))


def _shown(page: "Statements", shown: Sequence[str]) -> Iterator[str]:
    """The part of `<title>` that the page also shows by itself; the longest, should it be two."""
    for title in page.root.iter("title"):
        parts = [part.strip() for part in PARTS.split(title_text(title))]
        texts = {tuple(words_of(text)) for text in shown}
        found = [part for part in parts if tuple(words_of(part)) in texts]
        if len(parts) > 1 and found:
            yield max(found, key=len)
        return


def _masthead(page: "Statements", shown: Sequence[str]) -> str | None:
    """The part of `<title>` that is shown by itself, too, as a name is."""
    texts = {tuple(words_of(text)) for text in shown}
    parts = (part for title in page.root.iter("title") for part in HARD.split(title_text(title)))
    named = (part.strip() for part in parts if 1 < len(words_of(part)) <= SITE_WORDS)
    return next((part for part in named if tuple(words_of(part)) in texts), None)


def _tells_title(page: "Statements", shown: Sequence[str], above: str) -> bool:
    """Whether a part of `<title>` is of the line above the by-line, or is shown near or below."""
    at = list(shown).index(above)
    below = {tuple(words_of(text)) for text in shown[max(1, at - 1) :]}
    parts = [
        words_of(part)
        for title in page.root.iter("title")
        for part in PARTS.split(title_text(title))
    ]
    said = words_of(above)
    return any(
        (tuple(part) in below and len(part) > 1)
        or (len(part) >= TITLE_WORDS and _contains(said, part))
        for part in parts
    )


def site_beside_title(
    page: "Statements", shown: Sequence[str], above: str | None = None
) -> str | None:
    """The site's name where `<title>` is a heading of the page, a separator, and a few words; or
    where it has no title, but a name that stands `above` the one that the page shows."""
    is_other = above and not _tells_title(page, shown, above)
    if is_other and (name := _masthead(page, shown[: list(shown).index(above or "")])):
        return name
    headings = {tuple(words_of(text_of(h1))) for h1 in page.root.iter("h1", "h2", "h3")}
    headings |= {tuple(words_of(text)) for text in shown if len(words_of(text)) >= TITLE_WORDS}
    for title in page.root.iter("title"):
        text = title_text(title)
        for mark in HARD.finditer(text):
            head, tail = text[: mark.start()], text[mark.end() :]
            name = HARD.split(tail)[-1].strip()
            begin = tuple(words_of(head))
            begins_one = len(begin) >= TITLE_WORDS and any(
                heading[: len(begin)] == begin for heading in headings
            )
            if (begin in headings or begins_one) and 0 < len(words_of(name)) <= SITE_WORDS:
                return name
        break
    return None


def site_names(site: str | None, host: str) -> list[list[str]]:
    """The ways a title may name its site, as words."""
    names = [words_of(site)] if site else []
    parts = [part for part in host.lower().split(".") if part not in ("www", "m", "amp", "blog")]
    if len(parts) >= 2:
        names += [words_of(" ".join(parts)), words_of(parts[-2]), words_of("".join(parts))]
    return [name for name in names if name]


def is_site(words: list[str], names: list[list[str]]) -> bool:
    """Whether the words are a name of the site and nothing else."""
    joined = "".join(words)
    return any(joined == "".join(name) for name in names)


def names_site(words: list[str], names: list[list[str]], share: float) -> bool:
    """Whether the words name the site, and at least that share of them is its name."""
    joined = "".join(words)
    for name in names:
        short = "".join(name)
        if len(short) >= 3 and short in joined and len(short) >= share * len(joined):
            return True
        if len(joined) >= 4 and joined in short:
            return True
    return False


AT_END, AT_START = 0.3, 0.7
"""Titles begin with a name that the site also bears (`Dropbox's new design - How it came about`)
more often than they end with one."""


def without_site(text: str, names: list[list[str]], others: list[list[str]]) -> str:
    """The title without segments at its ends that name the site or that no other offer has."""
    while found := list(HARD.finditer(text)):
        first, last = found[0], found[-1]
        head, tail = text[: first.start()], text[last.end() :]
        if len(words_of(tail)) <= 6 and names_site(words_of(tail), names, AT_END):
            text = text[: last.start()]
        elif len(words_of(head)) <= 6 and names_site(words_of(head), names, AT_START):
            text = text[first.end() :]
        else:
            rest, other_rest = text[: last.start()], text[first.end() :]
            if any(words_of(rest) == other for other in others):
                text = rest
            elif any(words_of(other_rest) == other for other in others):
                text = other_rest
            break
    return text.strip()


def _contains(outer: list[str], inner: list[str]) -> bool:
    width = len(inner)
    return any(outer[at : at + width] == inner for at in range(len(outer) - width + 1))


def site_in_title(page: "Statements", host: str) -> str | None:
    """The site's name where only the title tells it, beside a segment that fits the host."""
    for title in page.root.iter("title"):
        segments: list[str] = [part.strip() for part in HARD.split(title_text(title))]
        names = site_names(None, host)
        for segment in reversed(segments) if len(segments) > 1 else ():
            if len(segment) <= 40 and names_site(words_of(segment), names, AT_START / 2):
                return segment
        break
    return None
