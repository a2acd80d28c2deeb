"""Articles as a PDF, set by typst.

The text goes to typst as data (JSON in its inputs) and is never part of a program of its language,
so there is nothing to escape. It reads no file and no package: its root is an empty folder.
"""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Iterable, Sequence
from typing import Any

from reader import clock, paths
from reader.errors import BroadsheetError
from reader.exchange.documents.sheet import (
    Sheet,
    heading_level,
    label_of,
    linked,
    name_of,
    runs_rtl,
)
from reader.text.blocks import (
    Block,
    Code,
    Definitions,
    Figure,
    Footnotes,
    Heading,
    Inline,
    Inlines,
    Listing,
    Paragraph,
    Quote,
    Rule,
    Table,
    text_of,
)

NO_TYPST = (
    "PDF needs typst, which is not installed here: pip install typst; --to html needs nothing"
)
LANGUAGE = re.compile(r"[a-z]{2,3}")
Told = dict[str, Any]


class NotSet(BroadsheetError):
    """Facts: why typst could not set it."""

    says = "cannot make a PDF: {0}; --to html makes a page that any browser prints"


def write(sheets: Sequence[Sheet]) -> bytes:
    """One PDF with all the articles, each beginning on a page of its own. Raises NotSet, and
    BroadsheetError where typst is not installed."""
    try:
        import typst
    except ImportError as error:
        raise BroadsheetError(NO_TYPST) from error
    set_in_type: Any = typst.compile
    template = (paths.shipped("styles") / "document.typ").read_bytes()
    authors = dict.fromkeys(name for each in sheets for name in each.authors)
    given = {
        "title": name_of(sheets),
        "authors": json.dumps(list(authors)),
        "sheets": json.dumps([_sheet(each) for each in sheets]),
    }
    with tempfile.TemporaryDirectory(prefix="broadsheet-") as empty:
        try:
            made = set_in_type(
                template,
                root=empty,
                package_path=empty,
                package_cache_path=empty,
                sys_inputs=given,
                format="pdf",
                timestamp=int(clock.now().timestamp()),
            )
        except Exception as error:
            raise NotSet(" ".join(str(error).split())) from error
    return bytes(made)


def _sheet(sheet: Sheet) -> Told:
    return {
        "lang": sheet.language if LANGUAGE.fullmatch(sheet.language) else "en",
        "title": _paragraph(_said(sheet.title)),
        "facts": [*map(_paragraph, map(_said, sheet.facts)), _paragraph(sheet.origin)],
        "summary": _lines(sheet.summary),
        "note": _lines(sheet.note),
        "blocks": _blocks(sheet.blocks),
        "highlights": [
            {"quote": _lines(quote), "note": _lines(note)} for quote, note in sheet.highlights
        ],
    }


def _said(text: str) -> Inlines:
    return (Inline(text, "text"),)


def _lines(text: str | None) -> list[Told]:
    return [_paragraph(_said(line)) for line in (text or "").split("\n") if line.strip()]


def _paragraph(inlines: Inlines) -> Told:
    return {"type": "paragraph", "rtl": runs_rtl(text_of(inlines)), "line": _line(inlines)}


def _blocks(blocks: Iterable[Block]) -> list[Told]:
    return [told for block in blocks if (told := _block(block))]


def _block(block: Block) -> Told | None:
    match block:
        case Paragraph(inlines):
            return _paragraph(inlines)
        case Heading(level, inlines):
            return {**_paragraph(inlines), "type": "heading", "level": heading_level(level)}
        case Quote(inside):
            return {"type": "quote", "blocks": _blocks(inside)}
        case Listing(items, start, tight):
            told = {"items": [_blocks(each) for each in items], "tight": tight}
            if start is None:
                return {"type": "bullets", **told}
            return {"type": "numbers", "start": start, **told}
        case Code(text, language):
            return {"type": "code", "text": text, "lang": language}
        case Rule():
            return {"type": "rule"}
        case Figure(alt, url, caption):
            shown = (Inline(alt or "Picture", "em", url),)
            told_too = (Inline("\n", "break"), *caption) if caption else ()
            return _paragraph((*shown, *told_too))
        case Table():
            return _table(block)
        case Definitions(pairs):
            return {
                "type": "terms",
                "items": [
                    {"term": _line(term), "blocks": [b for each in told_of for b in _blocks(each)]}
                    for term, told_of in pairs
                ],
            }
        case Footnotes(notes):
            return {
                "type": "notes",
                "notes": [{"label": label, "blocks": _blocks(each)} for label, each in notes],
            }
    return None


def _table(block: Table) -> Told | None:
    rows = [row for row in block.rows if row]
    columns = max(map(len, (block.head, *rows)), default=0)
    if not columns:
        return None

    def whole(row: Sequence[Inlines]) -> list[list[Told]]:
        return [_line(row[at]) if at < len(row) else [] for at in range(columns)]

    align = [each or "left" for each in block.align[:columns]]
    return {
        "type": "table",
        "columns": columns,
        "align": align + ["left"] * (columns - len(align)),
        "head": whole(block.head) if any(block.head) else [],
        "cells": [cell for row in rows for cell in whole(row)],
    }


def _line(inlines: Inlines) -> list[Told]:
    return [{"url": url, "runs": list(map(_run, runs))} for url, runs in linked(inlines)]


def _run(run: Inline) -> Told:
    return {"role": run.role, "text": label_of(run) if run.role == "note-mark" else run.text}
