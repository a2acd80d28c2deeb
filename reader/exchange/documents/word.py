"""Articles as a Word document (OOXML, ECMA-376), by python-docx.

The library knows no links, no lists that begin anew and no paragraphs from right to left; these are
written as the standard has them (§17.16.22, §17.9, §17.3.1.6).
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import UTC
from typing import Any

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

BODY, MONO = "Georgia", "Courier New"
BODY_POINTS, SMALL_POINTS = 11, 9.5
INDENT_POINTS, HEAD_POINTS = 18, 14
AFTER_BIDI = tuple(
    f"w:{name}"
    for name in "adjustRightInd snapToGrid spacing ind contextualSpacing mirrorIndents "
    "suppressOverlap jc textDirection textAlignment textboxTightWrap outlineLvl divId cnfStyle rPr "
    "sectPr pPrChange".split()
)
"""What stands after `bidi` among the facts of a paragraph, whose order is fixed (§17.3.1.26)."""
LONGEST_PROPERTY = 255
"""Characters of a property of a document, as Word takes them."""


def write(sheets: Sequence[Sheet]) -> bytes:
    """One document with all the articles, each on a page of its own."""
    from docx import Document

    document: Any = Document()
    _set_styles(document)
    _describe(document, sheets)
    for number, each in enumerate(sheets):
        if number:
            document.add_page_break()
        _Writer(document).sheet(each)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _set_styles(document: Any) -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    black = RGBColor(0, 0, 0)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = BODY, Pt(BODY_POINTS)
    normal.paragraph_format.space_after = Pt(8)
    normal.paragraph_format.line_spacing = 1.25
    for name, points in (("Title", 24), *((f"Heading {n}", 17 - n) for n in range(1, 7))):
        style = document.styles[name]
        style.font.name, style.font.size, style.font.color.rgb = BODY, Pt(points), black
        style.font.bold = True
        fonts = style.element.rPr.rFonts  # the template names fonts of its theme, which go before
        for which in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{which}"), None)
    title = document.styles["Title"].element.pPr
    if (border := title.find(qn("w:pBdr"))) is not None:
        title.remove(border)
    facts = document.styles.add_style("Facts", WD_STYLE_TYPE.PARAGRAPH)
    facts.base_style = normal
    facts.font.size, facts.font.color.rgb = Pt(SMALL_POINTS), RGBColor(0x55, 0x55, 0x55)
    facts.paragraph_format.space_after = Pt(2)
    cell = document.styles.add_style("Cell", WD_STYLE_TYPE.PARAGRAPH)
    cell.base_style = normal
    cell.font.size, cell.paragraph_format.line_spacing = Pt(SMALL_POINTS), 1.0
    cell.paragraph_format.space_after = cell.paragraph_format.space_before = Pt(2)
    code = document.styles.add_style("Code", WD_STYLE_TYPE.PARAGRAPH)
    code.base_style = normal
    code.font.name, code.font.size = MONO, Pt(SMALL_POINTS)
    code.paragraph_format.line_spacing = 1.0
    code.paragraph_format.left_indent = Pt(INDENT_POINTS)


def _describe(document: Any, sheets: Sequence[Sheet]) -> None:
    """The properties by which a file is found again."""
    facts = document.core_properties
    facts.title = name_of(sheets)[:LONGEST_PROPERTY]
    authors = dict.fromkeys(name for each in sheets for name in each.authors)
    facts.author = "; ".join(authors)[:LONGEST_PROPERTY]
    facts.comments = ""
    if len(sheets) == 1:
        facts.language = sheets[0].language
        facts.created = facts.modified = sheets[0].seen.astimezone(UTC).replace(tzinfo=None)
        facts.comments = (sheets[0].address or "")[:LONGEST_PROPERTY]


class _Writer:
    """Writes articles to the end of a document."""

    def __init__(self, document: Any) -> None:
        self._document = document
        self._indent = 0
        """Quotes and meanings around what is written."""
        self._lists = 0
        """Lists around it."""
        self._item: tuple[str, int | None] | None = None
        """Style and number of the list whose item the next paragraph begins."""

    def sheet(self, sheet: Sheet) -> None:
        from docx.shared import Pt

        self._say(sheet.title, "Title")
        for fact in sheet.facts:
            self._say(fact, "Facts")
        self._fill(self._paragraph("Facts", ""), sheet.origin)
        self._document.paragraphs[-1].paragraph_format.space_after = Pt(HEAD_POINTS)
        if sheet.summary:
            said = self._say(sheet.summary, "Normal")
            said.runs[0].italic = True
            said.paragraph_format.space_after = Pt(HEAD_POINTS)
        if sheet.note:
            self._quoted([Paragraph((Inline(sheet.note, "text"),))])
        self._blocks(sheet.blocks)
        if sheet.highlights:
            self._say("Highlights", "Heading 2")
        for quote, note in sheet.highlights:
            self._quoted([Paragraph((Inline(quote, "text"),))])
            if note:
                self._say(note, "Normal")

    def _blocks(self, blocks: Iterable[Block]) -> None:
        for block in blocks:
            self._block(block)

    def _block(self, block: Block) -> None:
        match block:
            case Paragraph(inlines):
                self._fill(self._paragraph("Normal", text_of(inlines)), inlines)
            case Heading(level, inlines):
                style = f"Heading {heading_level(level)}"
                self._fill(self._paragraph(style, text_of(inlines)), inlines)
            case Quote(inside):
                self._quoted(inside)
            case Listing(items, start, _):
                self._list(items, start)
            case Code(text, _):
                self._paragraph("Code", "").add_run(text)
            case Table():
                self._table(block)
            case Rule():
                self._centred("* * *")
            case Figure(alt, url, caption):
                shown = Inline(alt or "Picture", "em", url)
                told = (Inline("\n", "break"), *caption) if caption else ()
                self._fill(self._paragraph("Normal", alt), (shown, *told))
            case Definitions(pairs):
                for term, meanings in pairs:
                    paragraph = self._paragraph("Normal", text_of(term))
                    paragraph.paragraph_format.keep_with_next = True
                    self._fill(paragraph, term, bold=True)
                    for each in meanings:
                        self._quoted(each)
            case Footnotes(notes):
                self._centred("* * *")
                for label, inside in notes:
                    first, *rest = inside or (Paragraph(()),)
                    mark = Inline(f"[{label}]", "note-mark")
                    if isinstance(first, Paragraph):
                        first = Paragraph((mark, Inline(" ", "text"), *first.inlines))
                    else:
                        rest = [first, *rest]
                        first = Paragraph((mark,))
                    self._blocks([first, *rest])

    def _quoted(self, inside: Iterable[Block]) -> None:
        self._indent += 1
        self._blocks(inside)
        self._indent -= 1

    def _list(self, items: Iterable[tuple[Block, ...]], start: int | None) -> None:
        self._lists += 1
        depth = min(self._lists, 3)
        kind = "List Bullet" if start is None else "List Number"
        style = kind if depth == 1 else f"{kind} {depth}"
        number = None if start is None else self._numbers_from(style, start)
        for item in items:
            self._item = (style, number)
            self._blocks(item or (Paragraph(()),))
            self._item = None
        self._lists -= 1

    def _numbers_from(self, style: str, start: int) -> int:
        """A numbering of its own, from `start`: all lists of a style else count on."""
        from docx.oxml.ns import qn

        numbering = self._document.part.numbering_part.numbering_definitions._numbering
        used = self._document.styles[style].element.pPr.numPr.numId.val
        abstract = next(n for n in numbering.num_lst if n.numId == used).abstractNumId.val
        made = numbering.add_num(abstract)
        made.add_lvlOverride(ilvl=0).add_startOverride(start)
        return int(made.get(qn("w:numId")))

    def _table(self, block: Table) -> None:
        from docx.enum.text import WD_PARAGRAPH_ALIGNMENT

        rows = [row for row in (block.head, *block.rows) if row]
        columns = max(map(len, rows), default=0)
        if not columns:
            return
        table = self._document.add_table(len(rows), columns, style="Table Grid")
        table.autofit = True
        for at, row in enumerate(rows):
            is_head = at == 0 and any(block.head)
            # By row: each look at `table.cell` reads the whole table anew.
            for column, (cell, place) in enumerate(zip(row, table.rows[at].cells, strict=False)):
                paragraph = place.paragraphs[0]
                paragraph.style = "Cell"
                _turn(paragraph, text_of(cell))
                align = block.align[column] if column < len(block.align) else ""
                if align in ("center", "right"):
                    paragraph.alignment = WD_PARAGRAPH_ALIGNMENT[align.upper()]
                self._fill(paragraph, cell, bold=is_head)
        self._document.add_paragraph()

    def _centred(self, said: str) -> None:
        from docx.enum.text import WD_PARAGRAPH_ALIGNMENT

        self._document.add_paragraph(said).alignment = WD_PARAGRAPH_ALIGNMENT.CENTER

    def _say(self, text: str, style: str) -> Any:
        paragraph = self._paragraph(style, text)
        paragraph.add_run(text)
        return paragraph

    def _paragraph(self, style: str, text: str) -> Any:
        """A new paragraph that runs as `text` does, an item's first in the style of its list."""
        from docx.shared import Pt

        item, self._item = self._item, None
        is_first = item is not None and style == "Normal"
        paragraph = self._document.add_paragraph(style=item[0] if item and is_first else style)
        if item and is_first and item[1] is not None:
            of_list = paragraph._p.get_or_add_pPr().get_or_add_numPr()
            of_list.get_or_add_ilvl().val = 0
            of_list.get_or_add_numId().val = item[1]
        indent = self._indent + (0 if is_first else self._lists)
        if indent and not (is_first and self._indent == 0):
            levels = indent + (self._lists if is_first else 0)
            paragraph.paragraph_format.left_indent = Pt(INDENT_POINTS * levels)
        _turn(paragraph, text)
        return paragraph

    def _fill(self, paragraph: Any, inlines: Inlines, *, bold: bool = False) -> None:
        for url, runs in linked(inlines):
            made = [_run(paragraph, each) for each in runs]
            for run in made:
                run.bold = True if bold else run.bold
            if url:
                _link(paragraph, made, url)


def _run(paragraph: Any, inline: Inline) -> Any:
    run = paragraph.add_run()
    if inline.role == "break":
        run.add_break()
        return run
    run.text = label_of(inline) if inline.role == "note-mark" else inline.text
    role = inline.role
    run.bold = role in ("strong", "strong-em") or None
    run.italic = role in ("em", "strong-em", "caption") or None
    run.font.strike = role == "strike" or None
    run.font.superscript = role == "note-mark" or None
    if role == "code":
        run.font.name = MONO
    if runs_rtl(run.text):
        run.font.rtl = True
    return run


def _link(paragraph: Any, runs: Sequence[Any], url: str) -> None:
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    link = OxmlElement("w:hyperlink")
    link.set(
        qn("r:id"), paragraph.part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    )
    runs[0]._r.addprevious(link)
    for run in runs:
        run.font.underline = True
        link.append(run._r)


def _turn(paragraph: Any, text: str) -> None:
    """Let a paragraph run from right to left if its text does."""
    from docx.oxml import OxmlElement

    if runs_rtl(text):
        facts = paragraph._p.get_or_add_pPr()
        facts.insert_element_before(OxmlElement("w:bidi"), *AFTER_BIDI)
