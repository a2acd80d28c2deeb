"""The cached article of an aggregator's page that lost its tags."""

import re
from collections.abc import Sequence
from dataclasses import replace

from reader.clean import aggregator, aggregator_top, lines, repair, similar_list
from reader.clean.aggregator import Reading
from reader.clean.boxes import words_of
from reader.clean.facts import Facts
from reader.clean.joins import Line, lines_of
from reader.model import Cleaned, Document

_HEADING = re.compile(r"\s*#{1,6}\s")


def clean_aggregated(document: Document, parted: list[str]) -> Cleaned | None:
    """The cached article of an aggregator's page; None if the page is none."""
    page = _gapped(parted)
    head = (line.text for line in page[: aggregator.HEADER_LINES])
    if not any(aggregator.may_tell_of_a_copy(text, words_of(text)) for text in head):
        return None
    page = aggregator.parted(page)
    told = aggregator.read(page)
    return _compose(document, page, told) if told else None


def _gapped(parted: list[str]) -> list[Line]:
    """Lines with their gaps, not joined: an aggregator's page is made of whole blocks."""
    found, gap = [], 0
    for text in parted:
        if text:
            found.append(Line(text, gap))
        gap = 0 if text else gap + 1
    return found


def _compose(document: Document, page: list[Line], told: Reading) -> Cleaned:
    from reader.clean import dump
    from reader.text import safe

    found, texts = told.found, [line.text for line in page]
    body = page[told.body.start : told.body.stop]
    aggregator_top.read_top(found, texts[: told.first], " ".join(line.text for line in body))
    lists = (similar_list.of_lines(texts[rows.start : rows.stop]) for rows in told.lists)
    related = similar_list.fullest(lists)
    if found.site:
        found.site, found.section = aggregator_top.site_and_section(
            found.site, [r.source for r in related if r.source], found.section
        )
    markdown = _markdown(found, body, texts[: told.body.start])
    cleaned = dump.record(document, markdown, found, trusted=True, truncated=False)
    return replace(
        cleaned,
        summary=str(safe.prose(told.summary)) if told.summary else None,
        related=tuple(related),
        quality=0.95,
    )


def _markdown(found: Facts, body: list[Line], above: list[str]) -> str:
    """The copy, which is Markdown or plain; its heading may be the title."""
    from reader.clean import dump

    text = "\n\n".join(line.text for line in body)
    found.url = repair.source_of(text) or found.url or repair.source_of("\n".join(above))
    if (written := as_written(text, found.title)) is not None:
        found.title = found.title or written[0]
        return written[1]
    return dump.composed([line for line in lines_of(_spaced(body)) if not _is_title(line, found)])


def as_written(text: str, title: str | None) -> tuple[str | None, str] | None:
    """The heading and the rest of a copy in Markdown, whole or damaged; None if it is in none."""
    if not repair.is_damaged(text) and not _HEADING.match(text):
        return None
    from reader.clean.markdown_in import body_of

    heading, body = body_of(text, title)
    return heading, repair.without_source(body)


def _spaced(page: Sequence[Line]) -> list[str]:
    out: list[str] = []
    for line in page:
        out += [""] * line.gap + [line.text]
    return out


def _is_title(line: Line, found: Facts) -> bool:
    return found.title is not None and lines.normal(line.text) == lines.normal(found.title)
