"""From characters to a tree: strictly, else mended in ways that lose nothing.

The parser never sees a document type: what stands before the root is read here, entities are
written out as characters (only those of HTML, and short ones a feed declares itself), and a feed
that nests its entities is refused. So there is nothing to expand and nothing to load.
"""

from __future__ import annotations

import re
from html.entities import html5
from typing import Any

from reader.errors import FeedError, NotAFeed
from reader.feeds.names import BY_PREFIX

ROOT = re.compile(r"<(?:[\w.-]+:)?(?P<name>rss|feed|rdf|channel)(?=[\s/>])", re.IGNORECASE)
_PAGE = re.compile(r"<(?:html|head|body|!doctype\s+html)\b", re.IGNORECASE)
_PROLOG = re.compile(r"(?:\s|<\?[^>]*\?>|<!--.*?-->)*", re.DOTALL)
_DOCTYPE = re.compile(r"<!DOCTYPE\b[^\[>]*(?:\[(?P<subset>.*?)\]\s*)?>", re.DOTALL | re.IGNORECASE)
_DECLARED = re.compile(r"<!ENTITY\s+(?P<name>[\w.:-]+)\s+(?P<rest>[^>]*)>")
_LITERAL = re.compile(r"\s*([\"'])(?P<value>(?:(?!\1).)*)\1\s*", re.DOTALL)
_CHARACTER = re.compile(r"&#(?:x[0-9a-fA-F]{1,6}|\d{1,7});")
LONGEST_ENTITY = 100
"""Characters a feed's own entity may stand for; real ones are letters and firm names."""
MOST_OWN_ENTITIES = 2_000

LONGEST_TEXT = 2_000_000
"""Characters of one text; libxml2 refuses ten million, and nobody reads two."""

_SECTION = re.compile(r"<!(?:\[CDATA\[|--)")
_AMPERSAND = re.compile(r"&(#[xX][0-9a-fA-F]{1,8};|#\d{1,9};|[a-zA-Z][\w.-]{0,40};)?")
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ESCAPE = re.compile(r"(?:\x1b|&#(?:0*27|[xX]0*1[bB]);)([@-_])")
_BELL = re.compile(r"\x07|&#(?:0*7|[xX]0*7);")
_LESS_THAN = re.compile(r"<(?![/a-zA-Z_!?:])")
_PREFIX = re.compile(r"(?:</?|\s)([A-Za-z_][\w.-]*):[A-Za-z_][\w.-]*(?=[\s/>=])")
_DECLARATION = re.compile(r"xmlns:([\w.-]+)\s*=\s*(\"[^\"]*\"|'[^']*')")
XML_NAMES = frozenset({"amp", "lt", "gt", "quot", "apos"})


def rooted(text: str) -> tuple[str, bool]:
    """The text from its root element on, and whether something stood before that does not belong
    there. Raises FeedError if there is no root of a feed, or its entities are not to be trusted.
    """
    at = _PROLOG.match(text)
    start = at.end() if at else 0
    own: dict[str, str] = {}
    if doctype := _DOCTYPE.match(text, start):
        own = _own_entities(doctype["subset"] or "", text[doctype.end() :])
        at = _PROLOG.match(text, doctype.end())
        start = at.end() if at else doctype.end()
    junk = False
    root = ROOT.match(text, start)
    if root is None:
        root, junk = ROOT.search(text, start), True
    # Old pages carry their licence as RDF, in a comment or without.
    if root is None or (junk and _PAGE.search(text, start, min(root.start(), start + 4000))):
        raise NotAFeed(f"it is {_what(text)}, not a feed")
    text = text[root.start() :]
    if own:
        text = _in_markup(text, lambda piece: _written_out(piece, own))
    return text, junk


def within_limits(text: str) -> tuple[str, bool]:
    """The text with no piece of it longer than `LONGEST_TEXT`, and whether one was."""
    if len(text) <= LONGEST_TEXT:
        return text, False
    pieces = sections(text)
    # Split, since a pattern that looks for so many letters looks anew from each of them.
    pieces[::2] = [
        "<".join(run[:LONGEST_TEXT] for run in piece.split("<")) for piece in pieces[::2]
    ]
    pieces[1::2] = [
        piece if len(piece) <= LONGEST_TEXT else piece[:LONGEST_TEXT] + "]]>"
        for piece in pieces[1::2]
    ]
    cut = "".join(pieces)
    return cut, len(cut) < len(text)


def parse(text: str) -> Any:
    """The root element of well-formed text. Raises lxml's XMLSyntaxError otherwise."""
    from lxml import etree

    parser = etree.XMLParser(
        encoding="utf-8",
        recover=False,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    return etree.fromstring(text.encode("utf-8", "replace"), parser)


def mended(text: str) -> str:
    """The text with faults taken out that can be without loss: names of HTML characters, bare
    ampersands and less-than signs, control characters, undeclared prefixes, what follows the end.
    """
    # Terminal sequences in their 8-bit form (ECMA-48 §5.3) are legal in XML, and the gate then
    # knows them whole; without their ESC alone they would leave rubbish behind.
    text = _BELL.sub("\x9c", _ESCAPE.sub(lambda found: chr(ord(found[1]) + 0x40), text))
    text = _in_markup(_ILLEGAL.sub("", text), _escaped)
    if root := ROOT.match(text):
        closing = re.compile(rf"</(?:[\w.-]+:)?{root['name']}\s*>", re.IGNORECASE)
        ends = [end.end() for end in closing.finditer(text)]
        text = text[: ends[-1]] if ends else text
        text = _with_prefixes(text, root.end())
    return text


def _in_markup(text: str, change: Any) -> str:
    """`change` applied to what is neither CDATA nor comment."""
    pieces = sections(text)
    pieces[::2] = [change(piece) for piece in pieces[::2]]
    return "".join(pieces)


def sections(text: str) -> list[str]:
    """The text in pieces: markup, then CDATA or a comment, then markup… Linear, whatever is open.

    CDATA that does not end lasts to the end; a comment that does not is none.
    """
    pieces: list[str] = []
    done = at = 0
    last_comment_ends = text.rfind("-->")
    while opening := _SECTION.search(text, at):
        is_comment = opening[0] == "<!--"
        if is_comment and opening.end() > last_comment_ends:
            at = opening.end()
            continue
        end = text.find("-->" if is_comment else "]]>", opening.end())
        end = len(text) if end < 0 else end + 3
        pieces += (text[done : opening.start()], text[opening.start() : end])
        done = at = end
    return [*pieces, text[done:]]


def _escaped(piece: str) -> str:
    return _LESS_THAN.sub("&lt;", _AMPERSAND.sub(_reference, piece))


def _reference(match: re.Match[str]) -> str:
    said = match[1]
    if not said:
        return "&amp;"
    if said.startswith("#"):
        number = int(said[2:-1], 16) if said[1] in "xX" else int(said[1:-1])
        legal = number in (9, 10, 13) or 32 <= number < 0xD800 or 0xE000 <= number < 0xFFFE
        return match[0].lower() if legal or 0x10000 <= number < 0x110000 else ""
    name = said[:-1]
    if name in XML_NAMES:
        return match[0]
    character = html5.get(said) or html5.get(name.lower() + ";")
    return character.replace("&", "&amp;").replace("<", "&lt;") if character else f"&amp;{said}"


def _with_prefixes(text: str, after_name: int) -> str:
    """The root also declares the prefixes that are used and that it does not declare."""
    end = text.find(">", after_name)
    declared = {match[1] for match in _DECLARATION.finditer(text, after_name, max(end, after_name))}
    used = {match[1] for match in _PREFIX.finditer("".join(sections(text)[::2]))} - {
        "xml",
        "xmlns",
    }
    missing = sorted(used - declared)[:200]
    if not missing:
        return text
    elsewhere = {match[1]: match[2][1:-1] for match in _DECLARATION.finditer(text)}
    told = "".join(
        f' xmlns:{prefix}="{elsewhere.get(prefix) or BY_PREFIX.get(prefix.lower())}"'
        if elsewhere.get(prefix) or BY_PREFIX.get(prefix.lower())
        else f' xmlns:{prefix}="urn:undeclared:{prefix}"'
        for prefix in missing
    )
    return text[:after_name] + told + text[after_name:]


def _own_entities(subset: str, text: str) -> dict[str, str]:
    """What the entities stand for that a feed declares itself and uses."""
    own: dict[str, str] = {}
    for number, declared in enumerate(_DECLARED.finditer(subset)):
        name = declared["name"]
        if f"&{name};" not in text:
            continue
        literal = _LITERAL.fullmatch(declared["rest"])
        if literal is None:
            continue  # it would have to be fetched; its name stays in the text as it is written
        value = literal["value"]
        if "&" in _CHARACTER.sub("", value) or "%" in value or "<" in value:
            if f"{name};" in html5:
                continue
            raise FeedError("it builds its text from entities of entities, as XML bombs do")
        if len(value) > LONGEST_ENTITY or number > MOST_OWN_ENTITIES:
            raise FeedError("it declares entities far longer than names, as XML bombs do")
        own[name] = value
    return own


def _written_out(piece: str, own: dict[str, str]) -> str:
    return _AMPERSAND.sub(lambda match: own.get((match[1] or "")[:-1], match[0]), piece)


def _what(text: str) -> str:
    head = text[:4000].lstrip().lower()
    if not head.strip("\0"):
        return "empty"
    if "<html" in head or head.startswith("<!doctype html"):
        return "a web page"
    if ROOT.search(head) is None and re.match(r"<(?:\?xml|opml)", head):
        return "a list of feeds (OPML)" if "<opml" in head else "another kind of XML"
    return "something else"
