"""What one element of a feed holds: its text as markup, people, links, with base and language."""

from __future__ import annotations

import base64
import binascii
import re
from collections import defaultdict
from typing import Any

from reader.feeds.drafts import Markup
from reader.feeds.fragments import resolve
from reader.feeds.names import ATOM, ATOM_03, XML, Names

Element = Any
Fields = dict[str, list[Element]]

_ADDRESS = re.compile(r"[\w.+%'-]+@[\w-]+(?:\.[\w-]+)+")
_BY = re.compile(r"^(?:(?:[Bb]y|BY)\s+(?=\w)|(?:[Vv]on|[Pp]ar|[Pp]or)\s+(?=[A-ZÀ-Þ]\w*\s[A-ZÀ-Þ]))")
"""What begins a by-line, and no name: `Von Neumann` is one."""
_MARKED_UP = re.compile(r"</?[a-zA-Z][\w:-]*[\s/>]")


class Reader:
    """Reads the elements of one document."""

    def __init__(self, root: Element, url: str | None, text: str) -> None:
        self.names = Names(root.tag if isinstance(root.tag, str) else "")
        self.url = url
        """What addresses are relative to where the document does not say."""
        self._has_bases = "xml:base" in text
        self._has_languages = "xml:lang" in text

    def fields(self, element: Element) -> Fields:
        """The children of an element by name."""
        found: Fields = defaultdict(list)
        of = self.names.of
        for child in element:
            found[of(child.tag)].append(child)
        return found

    def base(self, element: Element) -> str | None:
        """What xml:base says, absolute (RFC 3986 §5.1); None if the document sets none."""
        if not self._has_bases:
            return None
        told = [e.get(XML + "base") for e in (element, *element.iterancestors())]
        if not any(told):
            return None
        base = self.url
        for each in reversed(told):
            if each and (found := resolve(each, base)) and not found.startswith("mailto:"):
                base = found
        return base

    def language(self, element: Element) -> str | None:
        """The nearest xml:lang; None where the document sets none, or takes it back."""
        if not self._has_languages:
            return None
        for each in (element, *element.iterancestors()):
            if (told := each.get(XML + "lang")) is not None:
                return language(told)
        return None

    def address(self, element: Element, url: str | None) -> str | None:
        """`url` made absolute by xml:base or the document's address where one is known."""
        url = (url or "").strip()
        if not url:
            return None
        return resolve(url, self.base(element) or self.url) or url

    def markup(self, element: Element, form: str | None = None) -> Markup | None:
        """The text of an element and what it is; None if it is empty.

        `form`: what it is where neither the element nor its vocabulary says.
        """
        told = (element.get("type") or "").strip().lower()
        mode = (element.get("mode") or "").lower()
        declared = _form_of(told)
        if len(element):
            value = inner(element)
            written = "".join(element.itertext())
            if told in ("html", "text/html") and _MARKED_UP.search(written):
                value = written  # escaped HTML inside a div of its own, as TypePad wrote it
            declared = "html"
        else:
            value = element.text or ""
            if mode == "base64" or (told and declared is None):
                value, declared = _unpacked(value), declared or "html"
        if not value.strip():
            return None
        if declared is None:
            vocabulary = element.tag.rpartition("}")[0].lstrip("{")
            declared = "text" if vocabulary in (ATOM, ATOM_03) else form or "maybe"
        elif declared == "text" and form == "html" and not element.tag.startswith("{"):
            declared = "maybe"
        return Markup(value.strip(), declared, self.base(element))

    def person(self, element: Element) -> str | None:
        """The name an element holds, as a child or as text; the address if there is no name."""
        if not len(element):
            return name_in(element.text or "")
        found = self.fields(element)
        for key in ("name", "itunes:name", "email", "itunes:email"):
            for each in found.get(key, ()):
                if told := (each.text or "").strip():
                    return _BY.sub("", told)
        return None


def words(element: Element) -> str | None:
    """The plain characters of an element, trimmed; None if there are none."""
    text = element.text if not len(element) else "".join(element.itertext())
    return (text or "").strip() or None


def inner(element: Element) -> str:
    """What is inside an element as HTML; a single div that only wraps it is left out."""
    from html import escape

    from lxml import etree

    for each in element.iter(etree.Element):
        each.tag = each.tag.rpartition("}")[2]
    wrapped = element
    if len(element) == 1 and element[0].tag == "div" and not _says(element.text, element[0].tail):
        wrapped = element[0]
    pieces = [escape(wrapped.text or "", quote=False)]
    pieces += (etree.tostring(child, method="html", encoding="unicode") for child in wrapped)
    return "".join(pieces)


def _says(*texts: str | None) -> bool:
    return any(text and text.strip() for text in texts)


def name_in(text: str) -> str | None:
    """`Jane Doe` from `jane@example.org (Jane Doe)`, `Jane Doe <jane@example.org>` and the like;
    the address where it stands alone."""
    text = _BY.sub("", " ".join(text.split()))
    found = _ADDRESS.search(text)
    if not found:
        return text.strip(" ()<>") or None
    rest = text.replace(found[0], " ").replace("mailto:", "").replace("<>", " ")
    rest = " ".join(re.sub(r"[()<>\[\]]", " ", rest).split()).strip(" ,;:-\"'")
    return rest or found[0]


def language(told: str | None) -> str | None:
    """A language tag as BCP 47 writes it; None if it is none."""
    tag = (told or "").strip().replace("_", "-")
    return tag if re.fullmatch(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8}){0,4}", tag) else None


def _form_of(told: str) -> str | None:
    """`text` or `html` by a type attribute; None if it says neither."""
    kind = told.partition(";")[0].strip()
    if kind in ("text", "text/plain", "plain"):
        return "text"
    if kind in ("html", "xhtml", "text/html") or kind.endswith(("+xml", "/xml")):
        return "html"
    return "text" if kind.startswith("text/") else None


def _unpacked(value: str) -> str:
    """Base64 of text as text; the value itself if it is no such thing (RFC 4287 §4.1.3.3)."""
    try:
        return base64.b64decode("".join(value.split()), validate=True).decode("utf-8")
    except (binascii.Error, ValueError):
        return value
