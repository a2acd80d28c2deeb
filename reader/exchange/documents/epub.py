"""Articles as a book: EPUB 3.3, a chapter for each (W3C, EPUB 3.3 §3, §4, §5).

A zip of our own: the well-kept library for it has a licence that would bind this program's.
"""

from __future__ import annotations

import io
import uuid
import zipfile
from collections.abc import Sequence
from html import escape

from reader import clock
from reader.exchange.documents import web
from reader.exchange.documents.sheet import Sheet, name_of

CONTAINER = """<?xml version="1.0" encoding="utf-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="book/package.opf" media-type="application/oebps-package+xml"/>
</rootfiles></container>
"""


def write(sheets: Sequence[Sheet]) -> bytes:
    """One book with all the articles."""
    chapters = {f"article-{number}.xhtml": each for number, each in enumerate(sheets, 1)}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
        # First and as it is, so that the kind of file can be told from its beginning (OCF §4.3).
        book.writestr("mimetype", "application/epub+zip", zipfile.ZIP_STORED)
        book.writestr("META-INF/container.xml", CONTAINER)
        book.writestr("book/package.opf", _package(chapters))
        book.writestr("book/contents.xhtml", _contents(chapters))
        book.writestr("book/document.css", web.style())
        for name, each in chapters.items():
            book.writestr(f"book/{name}", _chapter(each))
    return out.getvalue()


def _package(chapters: dict[str, Sheet]) -> str:
    sheets = list(chapters.values())
    authors = dict.fromkeys(name for each in sheets for name in each.authors)
    told = [f"<dc:creator>{escape(name)}</dc:creator>" for name in authors]
    if len(sheets) == 1:
        [only] = sheets
        told.append(f"<dc:publisher>{escape(only.site)}</dc:publisher>" if only.site else "")
        told.append(f"<dc:source>{escape(only.address)}</dc:source>" if only.address else "")
        told.append(f"<dc:date>{escape(only.published)}</dc:date>" if only.published else "")
    languages = dict.fromkeys(each.language for each in sheets)
    items = [
        f'<item id="c{number}" href="{name}" media-type="application/xhtml+xml"/>'
        for number, name in enumerate(chapters, 1)
    ]
    spine = [f'<itemref idref="c{number}"/>' for number in range(1, len(items) + 1)]
    modified = clock.now().strftime("%Y-%m-%dT%H:%M:%SZ")
    return "\n".join(
        [
            '<?xml version="1.0" encoding="utf-8"?>',
            '<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id">',
            '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">',
            f'<dc:identifier id="id">urn:uuid:{_identity(sheets)}</dc:identifier>',
            f"<dc:title>{escape(name_of(sheets))}</dc:title>",
            *(f"<dc:language>{escape(each)}</dc:language>" for each in languages),
            *filter(None, told),
            f'<meta property="dcterms:modified">{modified}</meta>',
            "</metadata>",
            "<manifest>",
            '<item id="contents" href="contents.xhtml" media-type="application/xhtml+xml"'
            ' properties="nav"/>',
            '<item id="style" href="document.css" media-type="text/css"/>',
            *items,
            "</manifest>",
            "<spine>",
            *(['<itemref idref="contents"/>'] if len(chapters) > 1 else []),
            *spine,
            "</spine>",
            "</package>",
            "",
        ]
    )


def _identity(sheets: Sequence[Sheet]) -> uuid.UUID:
    """The same for the same articles, so that a book written again takes the place of the first."""
    said = "\n".join(each.address or f"{each.title}\t{each.seen.isoformat()}" for each in sheets)
    return uuid.uuid5(uuid.NAMESPACE_URL, said)


def _contents(chapters: dict[str, Sheet]) -> str:
    items = "\n".join(
        f'<li><a href="{name}">{escape(each.title)}</a></li>' for name, each in chapters.items()
    )
    inside = (
        '<nav epub:type="toc" xmlns:epub="http://www.idpf.org/2007/ops">\n'
        f"<h1>Contents</h1>\n<ol>\n{items}\n</ol>\n</nav>\n"
    )
    return _page("Contents", "en", inside)


def _chapter(sheet: Sheet) -> str:
    return _page(sheet.title, sheet.language, web.body(sheet))


def _page(title: str, language: str, inside: str) -> str:
    tongue = escape(language)
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n'
        f'<html xmlns="http://www.w3.org/1999/xhtml" lang="{tongue}" xml:lang="{tongue}">\n'
        f'<head><title>{escape(title)}</title>\n<link rel="stylesheet" href="document.css"/>'
        f"</head>\n<body>\n{inside}</body>\n</html>\n"
    )
