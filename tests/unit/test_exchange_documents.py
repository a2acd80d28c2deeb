"""Articles as HTML, EPUB, Word and PDF: whole, sound files, in which foreign text is only text."""

from __future__ import annotations

import io
import json
import os
import re
import sys
import zipfile
from xml.dom import minidom

import docx
import pypdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reader import cli
from reader.exchange import documents, exporting
from reader.exchange.documents import pdf, web
from reader.exchange.documents.sheet import sheet
from reader.library import Library
from reader.model import ArticleId, Marked, Summary
from reader.text.blocks import text_of

EVERYTHING = """\
Intro with **bold**, *em*, ***both***, ~~gone~~, `code()` and a
[link **bold**](https://example.org/a?b=1&c=2).\\
After a break, a note[^1] and another[^b].

1. one
2. two
    - inner
    - second

7. next

> A quote
> > deeper

| Name | Value |
|:-----|------:|
| a    | 1     |
| <c>  | 22    |

```python
def f(x):
    return "<b>" & x
```

---

![A wall](https://news.example/wall.jpg)
*The long arm.*

Term
: Meaning one

هذا نص عربي يسير من اليمين إلى اليسار.

## 見出し

[^1]: The *first* note.
[^b]: Second note
"""
SAID = (
    "Intro with", "bold", "code()", "After a break", "one", "inner", "A quote", "deeper", "Name",
    "22", "<c>", "def f(x):", "A wall", "The long arm.", "Term", "Meaning one", "The first note.",
    "Second note", "Facts & <Figures>", "Ann Bo", "Gazette",
)  # fmt: skip
HOSTILE = [
    '#read("/etc/passwd") #import "@preview/x:1.0.0" $x^2$ @ref <label> // c',
    "</p></body><script>alert(1)</script>",
    "]]> <![CDATA[ <!-- -- > &amp; &#0; &#xFFFE; \ufffe",
    "[click](javascript:alert(1)) [x](file:///etc/passwd)",
    "> " * 200 + "deep",
    "".join(f"{'  ' * n}- level {n}\n" for n in range(80)),
    "| a |\n|---|\n" + "| b | c | d |\n" * 50,
    "[^a] [^a] [^ü/x] \n\n[^a]: note [^a]\n[^ü/x]: other",
    "\u202eevil\u202c \x1b[31mred\x07",
    "`" * 40 + " ```",
    "1. \n2.\n\n- \n\n>\n",
    "é́́́́́́́́́́́́́́́́ 👩‍👩‍👧 \U0001f3f4",
]


@pytest.fixture
def say(own_home, capsys):
    def main(*words: str) -> tuple[int, str, str]:
        code = cli.main(list(words))
        return code, *capsys.readouterr()

    return main


@pytest.fixture
def kept(own_home):
    """Two articles: one with all that Markdown has, one of a line."""
    lines = [
        {
            "id": "a",
            "title": "Facts & <Figures>",
            "markdown": EVERYTHING,
            "url": "https://gazette.example/a?x=1&y=2",
            "published": "2026-03-12T14:05:00+00:00",
            "source": "Gazette",
            "authors": ["Ann Bo"],
            "language": "en",
        },
        {"id": "b", "title": "Of one line", "text": "Only this.", "source": "Gazette"},
    ]
    with Library.open() as library:
        list(library.import_lines(io.BytesIO("\n".join(map(json.dumps, lines)).encode())))


def words_of(data: bytes, format: str) -> str:
    """All that a document says."""
    if format == "html":
        return text_in(data.decode())
    if format == "epub":
        book = zipfile.ZipFile(io.BytesIO(data))
        return " ".join(text_in(book.read(n).decode()) for n in chapters(book))
    if format == "pdf":
        return " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages)
    document = docx.Document(io.BytesIO(data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([each.text for each in document.paragraphs] + cells)


def text_in(html: str) -> str:
    def letters(node: minidom.Node) -> str:
        if node.nodeName in ("style", "title"):
            return ""
        return node.nodeValue or "".join(map(letters, node.childNodes)) + " "

    return " ".join(letters(minidom.parseString(html)).split())


def chapters(book: zipfile.ZipFile) -> list[str]:
    return sorted(name for name in book.namelist() if "/article-" in name)


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("format", documents.FORMATS)
def test_all_that_an_article_says_is_there(kept, say, tmp_path, format):
    file = tmp_path / f"out.{format}"
    assert say("export", "1", "-o", str(file))[0] == 0
    said = squeezed(words_of(file.read_bytes(), format))
    assert [each for each in SAID if squeezed(each) not in said] == []


@pytest.mark.parametrize("format", documents.FORMATS)
def test_several_are_one_document_or_one_file_each(kept, say, tmp_path, format):
    assert say("export", "--all", "--to", format, "-o", str(tmp_path / "all"))[0] == 0
    said = squeezed(words_of((tmp_path / "all").read_bytes(), format))
    assert "Facts&<Figures>" in said
    assert "Onlythis." in said
    assert say("export", "--all", "--to", format, "-o", f"{tmp_path}/each/")[0] == 0
    names = sorted(each.name for each in (tmp_path / "each").iterdir())
    assert names == [f"Facts & Figures.{format}".replace("& ", ""), f"Of one line.{format}"]


@pytest.mark.parametrize("format", documents.FORMATS)
def test_a_document_goes_to_a_pipe_but_to_no_terminal(kept, capfdbinary, monkeypatch, format):
    assert cli.main(["export", "2", "--to", format]) == 0
    assert "Only this." in words_of(capfdbinary.readouterr().out, format)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    assert cli.main(["export", "2", "--to", format]) == 2
    out, err = capfdbinary.readouterr()
    assert out == b""
    assert b"-o FILE" in err


@pytest.mark.parametrize("format", documents.FORMATS)
def test_of_nothing_no_document_is_made(kept, say, tmp_path, format):
    say("mark", "read", "--all")
    code, _, err = say("export", "is:unread", "--to", format, "-o", str(tmp_path / "x"))
    assert (code, list(tmp_path.iterdir())) == (
        3,
        [each for each in tmp_path.iterdir() if each.is_dir()],
    )
    assert err.startswith("broadsheet: ")


def test_a_page_loads_nothing_and_is_well_formed(kept, say, tmp_path):
    say("export", "--all", "-o", str(tmp_path / "x.html"))
    page = (tmp_path / "x.html").read_text(encoding="utf-8")
    minidom.parseString(page)
    assert page.startswith("<!DOCTYPE html>")
    assert web.POLICY in page
    assert not re.search(r"<(?:img|script|link|iframe|object)\b|\bsrc=|url\(|@import", page)
    assert '<a href="https://news.example/wall.jpg">A wall</a>' in page
    assert '<p dir="rtl">' in page
    # A footnote leads to its own article's note.
    for at in re.findall(r'href="#([^"]+)"', page):
        assert page.count(f'id="{at}"') == 1


def test_a_book_is_as_the_standard_wants_it(kept, say, tmp_path):
    say("export", "--all", "-o", str(tmp_path / "x.epub"))
    book = zipfile.ZipFile(tmp_path / "x.epub")
    first = book.infolist()[0]
    assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
    assert (tmp_path / "x.epub").read_bytes()[30:58] == b"mimetypeapplication/epub+zip"
    package = minidom.parseString(book.read("book/package.opf"))
    listed = {f"book/{item.getAttribute('href')}" for item in package.getElementsByTagName("item")}
    assert listed == {n for n in book.namelist() if n.startswith("book/")} - {"book/package.opf"}
    ids = {item.getAttribute("id") for item in package.getElementsByTagName("item")}
    assert {each.getAttribute("idref") for each in package.getElementsByTagName("itemref")} <= ids
    for name in (n for n in book.namelist() if n.endswith((".xhtml", ".xml"))):
        minidom.parseString(book.read(name))
    told = {m.getAttribute("property"): m for m in package.getElementsByTagName("meta")}
    modified = told["dcterms:modified"].firstChild.nodeValue
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", modified)
    contents = book.read("book/contents.xhtml").decode()
    assert re.findall(r'href="(article-\d\.xhtml)"', contents) == [
        name.removeprefix("book/") for name in chapters(book)
    ]


def test_a_book_written_again_is_the_same_book(kept, say, tmp_path):
    def identity(name: str) -> str:
        say("export", "1", "-o", str(tmp_path / name))
        package = minidom.parseString(zipfile.ZipFile(tmp_path / name).read("book/package.opf"))
        return str(package.getElementsByTagName("dc:identifier")[0].firstChild.nodeValue)

    assert identity("a.epub") == identity("b.epub")


def test_a_word_document_has_links_lists_sides_and_properties(kept, say, tmp_path):
    say("export", "1", "-o", str(tmp_path / "x.docx"))
    document = docx.Document(str(tmp_path / "x.docx"))
    by_text = {each.text: each for each in document.paragraphs}
    facts = document.core_properties
    assert (facts.title, facts.author) == ("Facts & <Figures>", "Ann Bo")
    [link] = [
        each for p in document.paragraphs for each in p.hyperlinks if each.text == "link bold"
    ]
    assert link.url == "https://example.org/a?b=1&c=2"
    assert by_text["one"].style.name == "List Number"
    assert by_text["inner"].style.name == "List Bullet 2"
    assert by_text["見出し"].style.name == "Heading 2"
    [arabic] = [each for text, each in by_text.items() if text.startswith("هذا")]
    assert arabic._p.pPr.find(docx.oxml.ns.qn("w:bidi")) is not None
    assert [[c.text for c in row.cells] for row in document.tables[0].rows][1] == ["a", "1"]


def test_numbers_of_a_list_begin_where_it_says(say, own_home, tmp_path):
    with Library.open() as library:
        given = {"id": "n", "title": "Lists", "markdown": "1. a\n2. b\n\ntext\n\n7. c\n8. d\n"}
        list(library.import_lines(io.BytesIO(json.dumps(given).encode())))
    for format in ("docx", "pdf", "html"):
        say("export", "1", "-o", str(tmp_path / f"x.{format}"))
    document = docx.Document(str(tmp_path / "x.docx"))
    numbers = [p._p.pPr.numPr.numId.val for p in document.paragraphs if p.text in "abcd"]
    assert numbers[0] == numbers[1] != numbers[2] == numbers[3]
    assert 'w:startOverride w:val="7"' in document.part.numbering_part.element.xml
    assert "7." in words_of((tmp_path / "x.pdf").read_bytes(), "pdf")
    assert '<ol start="7">' in (tmp_path / "x.html").read_text()


def test_a_pdf_is_named_and_its_links_lead_where_they_say(kept, say, tmp_path):
    say("export", "1", "-o", str(tmp_path / "x.pdf"))
    made = pypdf.PdfReader(tmp_path / "x.pdf")
    assert (made.metadata.title, made.metadata.author) == ("Facts & <Figures>", "Ann Bo")
    links = {
        note.get_object()["/A"]["/URI"]
        for page in made.pages
        for note in page.get("/Annots", ())
        if "/A" in note.get_object()
    }
    assert links == {
        "https://gazette.example/a?x=1&y=2",
        "https://example.org/a?b=1&c=2",
        "https://news.example/wall.jpg",
    }


def test_what_the_reader_highlighted_and_wrote_goes_along(kept, say, own_home, tmp_path):
    say("note", "1", "Mine & yours")
    with Library.open() as library:
        library.highlight(ArticleId(1), Marked("A quote", note="Indeed"))
    for format in documents.FORMATS:
        say("export", "1", "-o", str(tmp_path / f"x.{format}"))
        said = squeezed(words_of((tmp_path / f"x.{format}").read_bytes(), format))
        assert said.count("Aquote") == 2
        assert "Indeed" in said
        assert "Mine&yours" in said


@pytest.mark.parametrize("format", documents.FORMATS)
@pytest.mark.parametrize("given", HOSTILE, ids=range(len(HOSTILE)))
def test_foreign_text_is_only_text(say, own_home, tmp_path, format, given):
    with Library.open() as library:
        record = {"id": "h", "title": given[:100], "markdown": given, "url": "https://a.example/"}
        list(library.import_lines(io.BytesIO(json.dumps(record).encode())))
    code, _, err = say("export", "1", "--to", format, "-o", str(tmp_path / "x"))
    assert (code, [line for line in err.splitlines() if "no font" not in line]) == (0, [])
    data = (tmp_path / "x").read_bytes()
    assert b"root:x:0" not in data
    assert "root:x:" not in words_of(data, format)
    if format == "html":
        assert "<script" not in data.decode()
        assert "javascript:" not in "".join(re.findall(r'href="[^"]*"', data.decode()))


@given(
    st.text(
        st.one_of(st.sampled_from("[]()*_`~|>#-+:!^\\<&\n\n  1.a"), st.characters()), max_size=300
    )
)
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_text_makes_sound_documents(kept, text):
    with Library.open() as library:
        article = library.article(1)
    from dataclasses import replace

    from reader.text import safe

    made = [sheet(replace(article, markdown=safe.prose(text)), (), Summary("", False))]
    for format in documents.FORMATS:
        words_of(documents.writer(format)(made), format)


def test_without_typst_the_other_formats_are_named(kept, say, monkeypatch, tmp_path):
    monkeypatch.setitem(sys.modules, "typst", None)
    code, _, err = say("export", "1", "-o", str(tmp_path / "x.pdf"))
    assert (code, (tmp_path / "x.pdf").exists()) == (1, False)
    assert pdf.NO_TYPST in err


def test_what_typst_cannot_set_is_said_in_a_line(kept, say, monkeypatch, tmp_path):
    def fails(*_: object, **__: object) -> bytes:
        raise RuntimeError("layout did\nnot converge")

    monkeypatch.setattr("typst.compile", fails)
    code, _, err = say("export", "1", "-o", str(tmp_path / "x.pdf"))
    assert code == 1
    assert "cannot make a PDF: layout did not converge; --to html" in err


@pytest.mark.skipif(os.name != "posix", reason="a program of the shell stands in for fontconfig")
def test_letters_without_a_font_are_told_once(say, own_home, tmp_path, monkeypatch):
    stand_in = tmp_path / "bin" / "fc-list"
    stand_in.parent.mkdir()
    # It has fonts for Japanese only: あ is U+3042.
    stand_in.write_text('#!/bin/sh\ncase "$1" in *3042*) echo Noto;; esac\n')
    stand_in.chmod(0o755)
    monkeypatch.setenv("PATH", f"{stand_in.parent}:{os.environ['PATH']}")
    given = [
        {"id": n, "title": f"{n}", "text": "Latin, ελληνικά, あ, ไทย and हिन्दी 🎉"} for n in "ab"
    ]
    with Library.open() as library:
        list(library.import_lines(io.BytesIO("\n".join(map(json.dumps, given)).encode())))
    _, _, err = say("export", "--all", "--to", "pdf", "-o", f"{tmp_path}/out/")
    assert err.count("no font here has the letters of Devanagari") == 1
    assert "Thai" in err
    assert not re.search("Greek|Hiragana|Latin", err)


def test_without_fontconfig_nothing_is_claimed(kept, say, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    _, _, err = say("export", "1", "-o", str(tmp_path / "x.pdf"))
    assert "no font" not in err


def test_headings_quotes_and_lists_that_lie_too_deep_become_paragraphs(kept):
    with Library.open() as library:
        article = library.article(1)
    from dataclasses import replace

    deep = replace(article, markdown="> " * 30 + "bottom")
    [block] = sheet(deep, (), Summary("", False)).blocks
    depth = 0
    while hasattr(block, "blocks"):
        [block] = block.blocks
        depth += 1
    assert (depth, text_of(block.inlines)) == (6, "bottom")


def test_documents_come_from_the_shelf_alone(kept):
    """What exports documents asks for articles, sources, bookmarks, highlights and summaries."""
    with Library.open() as library:
        data = exporting.document(library, [library.article(1).id], "html", print)
    assert data.startswith(b"<!DOCTYPE html>")
