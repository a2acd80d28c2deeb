"""Any document becomes an article fit to read, or says honestly why it does not.

`clean` takes bytes in any encoding and any of four forms (a page in HTML, a mail, Markdown, or the
plain text that is left when a page loses its tags) and never raises. Text is never lost silently:
what could not be told from its surroundings comes out whole, with the warning `not-cleaned`.

Lines that stand on several pages of one site are its furniture, not its news. `line_prints` gives
what to remember of a page, `site_of` under which name, and `clean` takes the count as `seen`.
"""

from collections.abc import Mapping
from dataclasses import replace

from reader.model import Cleaned, Document

__all__ = ["clean", "line_prints", "site_of"]


def clean(
    document: Document, seen: Mapping[int, int] | None = None, *, is_letter: bool = False
) -> Cleaned:
    """The article in `document`. Never raises; `warnings` tells what went wrong.

    `seen`: how many other pages of the same site hold a line, by the line's print. `is_letter`: it
    is the body of a mail, of which also the short lines at its ends are read.
    """
    from reader.clean import charset, foreign, letter, sniff

    if (other := foreign.kind_of(document.body)) is not None:
        refusal = f"failed: it is {other.called}, which is not read as text"
        return _nothing(document, "text", ": ".join(filter(None, (refusal, other.cure))))
    kind = "text"
    try:
        text = charset.decode(document.body, document.content_type)
        if sniff.is_binary(text):
            return _nothing(document, "text", "failed: it is no text in any known encoding")
        if letter.is_mail(text, document.name, document.content_type):
            return letter.clean_mail(document)
        if not is_letter and (copied := letter.clean_copied(document, text)) is not None:
            return copied
        kind = sniff.form(text, document.name or document.url, document.content_type)
        if is_letter and kind == "markdown" and "markdown" not in (document.content_type or ""):
            kind = "text"  # it is known to be none, whatever it looks like
        if kind == "html":
            from reader.clean.page import clean_page

            return clean_page(document)
        if kind == "markdown":
            from reader.clean.markdown_in import clean_markdown

            return clean_markdown(document, text)
        from reader.clean.dump import clean_dump

        cleaned = clean_dump(document, text, seen or {}, is_letter=is_letter)
        return cleaned if cleaned.text else _one_line(cleaned, text)
    except Exception as error:  # any bytes must give an answer; this one names the defect
        return _nothing(document, kind, f"failed: {type(error).__name__} while cleaning")


def line_prints(document: Document) -> frozenset[int]:
    """Prints (63-bit) of the lines of a plain-text dump; none for other forms."""
    from reader.clean import charset, foreign, lines, sniff

    if foreign.begins_as(document.body):
        return frozenset()
    text = charset.decode(document.body, document.content_type)
    if sniff.form(text, document.name or document.url, document.content_type) != "text":
        return frozenset()
    return lines.prints(text)


def site_of(document: Document) -> str | None:
    """The host of the document's address, else of the one its text names as its own."""
    from reader.clean import addresses, charset

    if host := addresses.host(document.url):
        return host
    return addresses.host(addresses.named(charset.decode(document.body, document.content_type)))


def _one_line(cleaned: Cleaned, text: str) -> Cleaned:
    """A document of one line is that line, however much it looks like a title; so is one of a few
    lines that were all taken for the title."""
    from reader.clean.compose import escaped
    from reader.text import length, safe

    whole = safe.prose(text).strip()
    if " ".join(whole.split()) == cleaned.title:
        whole = cleaned.title
    if not whole or "\n" in whole:
        return cleaned
    return replace(
        cleaned,
        text=whole,
        markdown=escaped(whole),
        words=length.words(whole),
        minutes=length.minutes(whole),
        warnings=(*cleaned.warnings, "title-derived"),
    )


def _nothing(document: Document, kind: str, warning: str) -> Cleaned:
    return Cleaned(
        title=document.title, text="", markdown="", kind=kind, url=document.url, warnings=(warning,)
    )
