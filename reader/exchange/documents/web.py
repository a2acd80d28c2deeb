"""Articles as one HTML page, and the XHTML of their bodies, which EPUB shares.

What is written is well-formed XML and valid HTML5 at once (W3C, Polyglot Markup). The page may load
nothing: its Content-Security-Policy says so, and a picture is a link to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from reader import paths
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

POLICY = "default-src 'none'; style-src 'unsafe-inline'"
_ROLES = {
    "strong": ("<strong>", "</strong>"),
    "em": ("<em>", "</em>"),
    "strong-em": ("<strong><em>", "</em></strong>"),
    "strike": ("<s>", "</s>"),
    "code": ("<code>", "</code>"),
    "caption": ('<span class="picture">', "</span>"),
}


def write(sheets: Sequence[Sheet]) -> bytes:
    """One page with all the articles."""
    title = escape(name_of(sheets))
    language = sheets[0].language if sheets else "und"
    articles = "\n".join(
        f'<article lang="{escape(each.language)}">\n{body(each, f"a{number}-")}</article>'
        for number, each in enumerate(sheets, 1)
    )
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(language)}">\n<head>\n<meta charset="utf-8"/>\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1"/>\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}"/>\n'
        '<meta name="referrer" content="no-referrer"/>\n'
        f"<title>{title}</title>\n<style>\n{style()}</style>\n</head>\n<body>\n"
        f"{articles}\n</body>\n</html>\n"
    ).encode("utf-8", "replace")


def style() -> str:
    """The style sheet of documents."""
    return (paths.shipped("styles") / "document.css").read_text(encoding="utf-8")


def body(sheet: Sheet, prefix: str = "") -> str:
    """An article as the inside of a page; `prefix` tells its footnotes from those of others."""
    page = _Page(prefix)
    parts = ["<header>", f"<h1{_side(sheet.title)}>{escape(sheet.title)}</h1>"]
    parts += [f'<p class="facts"{_side(fact)}>{escape(fact)}</p>' for fact in sheet.facts]
    parts.append(f'<p class="facts">{page.line(sheet.origin)}</p>')
    if sheet.summary:
        parts.append(f'<p class="summary"{_side(sheet.summary)}>{_with_breaks(sheet.summary)}</p>')
    if sheet.note:
        parts.append(f'<p class="note"{_side(sheet.note)}>{_with_breaks(sheet.note)}</p>')
    parts += ["</header>", *page.blocks(sheet.blocks)]
    if sheet.highlights:
        parts += ['<section class="highlights">', "<h2>Highlights</h2>"]
        for quote, note in sheet.highlights:
            parts.append(f"<blockquote><p{_side(quote)}>{_with_breaks(quote)}</p></blockquote>")
            parts += [f'<p class="note"{_side(note)}>{_with_breaks(note)}</p>'] if note else []
        parts.append("</section>")
    return "\n".join(parts) + "\n"


class _Page:
    """Writes the blocks of one article."""

    def __init__(self, prefix: str) -> None:
        self._prefix = prefix

    def blocks(self, blocks: Iterable[Block]) -> list[str]:
        """Blocks, each in as many pieces as it likes."""
        return [part for block in blocks for part in self._block(block)]

    def _block(self, block: Block) -> list[str]:
        match block:
            case Paragraph(inlines):
                return [f"<p{_side(text_of(inlines))}>{self.line(inlines)}</p>"]
            case Heading(level, inlines):
                name = f"h{heading_level(level)}"
                return [f"<{name}{_side(text_of(inlines))}>{self.line(inlines)}</{name}>"]
            case Quote(inside):
                return ["<blockquote>", *self.blocks(inside), "</blockquote>"]
            case Listing():
                return self._list(block)
            case Code(text, _):
                return [f'<pre dir="ltr"><code>{escape(text)}</code></pre>']
            case Table():
                return self._table(block)
            case Rule():
                return ["<hr/>"]
            case Figure(alt, url, caption):
                shown = escape(alt or "Picture")
                shown = f'<a href="{escape(url)}">{shown}</a>' if url else shown
                told = f"<figcaption>{self.line(caption)}</figcaption>" if caption else ""
                return [f'<figure><p class="picture">{shown}</p>{told}</figure>']
            case Definitions(pairs):
                parts = ["<dl>"]
                for term, meanings in pairs:
                    parts.append(f"<dt>{self.line(term)}</dt>")
                    parts += [f"<dd>{''.join(self.blocks(each))}</dd>" for each in meanings]
                return [*parts, "</dl>"]
            case Footnotes(notes):
                return ['<section class="notes">', *map(self._note, notes), "</section>"]
        return []

    def _list(self, block: Listing) -> list[str]:
        name = "ul" if block.start is None else "ol"
        start = f' start="{block.start}"' if block.start not in (None, 1) else ""
        parts = [f"<{name}{start}>"]
        for item in block.items:
            first = item[0] if item else None
            if block.tight and isinstance(first, Paragraph):
                rest = "".join(self.blocks(item[1:]))
                side = _side(text_of(first.inlines))
                parts.append(f"<li{side}>{self.line(first.inlines)}{rest}</li>")
            else:
                parts.append(f"<li>{''.join(self.blocks(item))}</li>")
        return [*parts, f"</{name}>"]

    def _table(self, block: Table) -> list[str]:
        def row(cells: Sequence[Inlines], name: str) -> str:
            told = []
            for at, cell in enumerate(cells):
                align = block.align[at] if at < len(block.align) else ""
                look = f' class="{align}"' if align in ("center", "right") else ""
                told.append(f"<{name}{look}>{self.line(cell)}</{name}>")
            return f"<tr>{''.join(told)}</tr>"

        head = [f"<thead>{row(block.head, 'th')}</thead>"] if any(block.head) else []
        rows = [row(each, "td") for each in block.rows if each]
        inside = ["<tbody>", *rows, "</tbody>"] if rows else []
        return ["<table>", *head, *inside, "</table>"] if head or inside else []

    def _note(self, note: tuple[str, tuple[Block, ...]]) -> str:
        label, blocks = note
        inside = "".join(self.blocks(blocks))
        return f'<div id="{self._id(label)}"><sup>{escape(label)}</sup>{inside}</div>'

    def _id(self, label: str) -> str:
        # Only letters and digits of ASCII are sure to be a name in XML; the rest is told by number.
        name = "".join(c if c.isascii() and c.isalnum() else f"-{ord(c):x}" for c in label)
        return f"{self._prefix}note-{name}"

    def line(self, inlines: Inlines) -> str:
        """A line of runs."""
        parts = []
        for url, runs in linked(inlines):
            said = "".join(map(self._run, runs))
            parts.append(f'<a href="{escape(url)}">{said}</a>' if url else said)
        return "".join(parts)

    def _run(self, run: Inline) -> str:
        if run.role == "break":
            return "<br/>"
        if run.role == "note-mark":
            label = label_of(run)
            said = f"<sup>{escape(label)}</sup>"
            return said if run.url else f'<a href="#{self._id(label)}">{said}</a>'
        before, after = _ROLES.get(run.role, ("", ""))
        return f"{before}{escape(run.text)}{after}"


def _side(text: str) -> str:
    """The direction of a block of its own, where it is not that of most."""
    return ' dir="rtl"' if runs_rtl(text) else ""


def _with_breaks(text: str) -> str:
    return "<br/>".join(map(escape, text.split("\n")))
