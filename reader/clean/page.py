"""One HTML page → `Cleaned`: parsed, chosen, rendered, described."""

from collections.abc import Sequence
from typing import Any

from reader.clean import (
    aggregator_page,
    boxes,
    choose,
    consent,
    furniture,
    islands,
    letter_ends,
    letter_page,
    members,
    mend,
    metadata,
    notices,
    plainly,
    tree,
    voices,
    whole,
)
from reader.clean.charset import decode
from reader.clean.compose import markdown_of
from reader.clean.joins import Line
from reader.clean.letter_page import LetterPage
from reader.clean.metadata import Facts
from reader.model import Cleaned, Document, When

ELEMENTS_FOR_THE_LIBRARIES = 20_000
"""On pages of more elements only the own voice is heard: trafilatura takes more than linear time,
over 40 s for 75,000 paragraphs. Of 1,120 news pages and others none has more."""
LANGUAGE_PROBE_CHARS = 5_000
HURRIED_HTML_CAP = 600_000
LEAST_SHARE = 0.25
"""The last resort's choice is believed if it is at least this share of the page's text."""
BODY_IS_THERE = 0.5
"""Less than this share of the words in the body that the page gives as JSON-LD or data: it shows
only a part."""


def clean_page(
    document: Document, *, hurried: bool = False, letter: LetterPage | None = None
) -> Cleaned:
    """The article of an HTML page; `warnings` says what could not be done.

    `hurried` asks our own voice alone, which is linear in the length of the page. Of a `letter` all
    is kept that is its writer's and not its mailer's.
    """
    html = decode(document.body, document.content_type)
    cap = HURRIED_HTML_CAP if hurried else tree.HTML_CAP
    cut_short = ["truncated"] if len(html) > cap else []
    root = letter.root if letter else tree.parse(html[:cap])
    if root is None:
        return _nothing(document, cut_short)
    page = boxes.cut(root)
    if not any(leaf.text for leaf in page.leaves):
        # An end tag missing before the text, or a page that is only there without scripts.
        for element in list(root.iter("noscript")):
            element.tag = "div"
        page = boxes.cut(root)
    if page.cut_short and not cut_short:
        cut_short = ["truncated"]
    facts = metadata.read(root, document, page_boxes=page, guess_dates=not hurried)
    few = sum(1 for _ in root.iter()) <= ELEMENTS_FOR_THE_LIBRARIES
    spoken = _spoken(root) if few and not hurried else {}
    choice = choose.choose(page, spoken, voices.own(page))
    chosen = choice.leaves
    if copy := aggregator_page.read(page, facts, document.url):
        facts, chosen = copy.facts, copy.kept(page)
    chosen, second, third = consent.without_forms(
        page, *map(set, (chosen, choice.second, choice.third))
    )
    kept = furniture.without_furniture(page, chosen, facts.title, facts.authors)
    if not copy:
        kept = mend.mend(page, kept, second, third, facts.title)
    kept = furniture.without_offers(page, kept)
    kept = furniture.without_next_articles(page, kept, facts.title)
    kept = members.without_labels(page, kept)
    if letter:
        kept = _letter(page, kept, letter, document.title)
    warnings = [*cut_short, *(["date-guessed"] if facts.published_guessed else [])]
    words = sum(len(page.leaves[at].words) for at in kept)
    told = facts.body or (islands.body_in(root) if words < islands.LEAST_WORDS else None) or ""
    if words < BODY_IS_THERE * len(boxes.words_of(told)):
        body = _told_body(told, facts.base)
    elif copy and copy.markdown:
        body = whole.of_markdown(copy.markdown)
    elif words:
        body = whole.rendered(page, kept, facts.base)
        if letter and letter.note:
            body = whole.below(whole.rendered(page, set(letter.note), facts.base), body)
        warnings += notices.notices(page, kept, facts)
    else:
        body = _last_resort(html, page)
        warnings.append("not-cleaned" if body[1] else "not-an-article")
    cleaned = _record(document, facts, body, choice.agreement, list(dict.fromkeys(warnings)))
    return copy.on(cleaned) if copy else cleaned


def _spoken(root: Any) -> dict[str, Sequence[str]]:
    return {
        "trafilatura": voices.trafilatura_lines(root),
        "readability": voices.readability_lines(root),
    }


def _letter(page: boxes.Page, kept: set[int], letter: LetterPage, title: str | None) -> set[int]:
    lines = letter_page.lines_of(page, letter, kept)
    own = sorted(letter.own)
    read = {own[n] for n in letter_ends.letter_of(lines, title, letter.sender)}
    return read | letter_page.pictures_of(page, kept & letter.own, read)


def _told_body(body: str, base: str | None) -> tuple[str, str]:
    """The body as the page's JSON-LD or data give it, which some write as HTML."""
    root = tree.parse(body, bare=True) if "</" in body else None
    if root is None:
        return whole.of_markdown(markdown_of([Line(text, 1) for text in plainly.paragraphs(body)]))
    page = boxes.cut(root)
    return whole.rendered(page, set(range(len(page.leaves))), base)


def _last_resort(html: str, page: boxes.Page) -> tuple[str, str]:
    """Some text, if there is any: resiliparse's choice, or else all there is."""
    from resiliparse.extract.html2text import extract_plain_text

    text = extract_plain_text(html[: tree.HTML_CAP], main_content=True, alt_texts=False)
    everything = [leaf.text for leaf in page.leaves if leaf.text]
    if len(text) < LEAST_SHARE * sum(map(len, everything)):
        return whole.paragraphs(everything)
    return whole.paragraphs(plainly.paragraphs(text))


def _record(
    document: Document,
    facts: Facts,
    body: tuple[str, str],
    agreement: float,
    warnings: list[str],
) -> Cleaned:
    from reader.text import length, safe
    from reader.text.terms import language_of

    markdown, text = body

    def line(text: str | None, cap: int = 500) -> str | None:
        return str(safe.line(text, cap)) or None if text else None

    title = line(facts.title)
    if title is None and text:
        title = line(text.split("\n", 1)[0], 120)
        warnings.append("title-derived")
    return Cleaned(
        title=title,
        text=text,
        markdown=markdown,
        kind="html",
        authors=tuple(filter(None, (line(author, 100) for author in facts.authors))),
        published=When(facts.published) if facts.published else None,
        modified=When(facts.modified) if facts.modified else None,
        section=line(facts.section, 80),
        site=line(facts.site, 100),
        url=safe.link(facts.url) if facts.url else document.url,
        language=facts.language or language_of(text[:LANGUAGE_PROBE_CHARS]),
        summary=line(facts.summary, 1000),
        words=length.words(text),
        minutes=length.minutes(text),
        quality=round(agreement, 3) if text else 0.0,
        warnings=tuple(warnings),
    )


def _nothing(document: Document, warnings: list[str]) -> Cleaned:
    return Cleaned(
        document.title, "", "", "html", url=document.url, warnings=(*warnings, "not-an-article")
    )
