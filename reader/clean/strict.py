"""HTML split at its tags, where it is sure that every parser would read the same: no tag is odd,
none is closed for one parser and open for another, and each entity is one that all know.

How tags may be nested is for who walks over them to know.
"""

import re
from html.entities import name2codepoint

from reader.clean.boxes import SOFT, SOFT_SIGNS, tags

VOID = tags("br img")
"""Elements without an end, of those that are not refused."""

_TAG = re.compile(
    r"<(/?[a-z][a-z0-9-]*)((?:\s+[\w:-]+(?:=(?:\"[^\"<>]*\"|'[^'<>]*'))?)*\s*/?)>", re.ASCII
)
_ATTRIBUTE = re.compile(r"\s([\w:-]+)=(?:\"([^\"]*)\"|'([^']*)')", re.ASCII)
_COMMENT = re.compile(r"<!--(?!-?>)(?:[^<>-]|-(?!-))*-->")
_ENTITY = re.compile(r"&(?:#(\d{1,6});|(\w{2,8});|(?=[#\w]))", re.ASCII)
_AMPERSAND = re.compile(r"&(?:amp|#0{0,3}38);")
_DOUBTFUL = re.compile(rf"&(?!{_AMPERSAND.pattern[1:]}|[a-zA-Z]\w*=)")
"""An ampersand in an address that may begin an entity."""
_ODD = re.compile("[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""What parsers leave out, or do not agree on."""


class Refused(Exception):
    """A parser is needed, and who knows the finer rules."""


class Pieces:
    """A fragment in pieces: before each tag a text, perhaps empty, and one after the last."""

    __slots__ = ("_attributes", "tags", "texts")

    texts: list[str]
    """Without soft hyphens; white space as it came."""
    tags: list[str]
    """Their names, with `/` before that of an end; "" after the last text."""

    def __init__(self, html: str) -> None:
        if "!" in html and "<!--" in html:
            html = _COMMENT.sub("", html)
        pieces = _TAG.split(html)
        self.texts, self.tags, self._attributes = pieces[::3], [*pieces[1::3], ""], pieces[2::3]
        if html.count("<") > len(self._attributes):
            raise Refused
        if "/>" in html and any(
            told[-1:] == "/" and tag not in VOID
            for tag, told in zip(self.tags, self._attributes, strict=False)
        ):
            raise Refused
        if "&" in html:
            self.texts = [_ENTITY.sub(_character, text) for text in self.texts]
        if not html.isascii() and any(sign in html for sign in SOFT_SIGNS):
            self.texts = [SOFT.sub("", text) for text in self.texts]

    def attributes(self, at: int) -> dict[str, str]:
        """Those of a tag that have a value; of one given twice the first counts."""
        told = self._attributes[at]
        if "&" in told and _DOUBTFUL.search(told):
            raise Refused
        found: dict[str, str] = {}
        for name, one, other in _ATTRIBUTE.findall(told):
            if not (value := one or other).isprintable():
                raise Refused
            found.setdefault(name.lower(), _AMPERSAND.sub("&", value))
        return found


def squeezed(text: str) -> str:
    """The text with every run of white space as one space; of one line it mostly is so already."""
    # No white space but the space itself is printable.
    if text.isprintable() and "  " not in text and text.strip() == text:
        return text
    if _ODD.search(text):
        raise Refused
    return " ".join(text.split())


def _character(entity: re.Match[str]) -> str:
    code = int(entity[1]) if entity[1] else name2codepoint.get(entity[2] or "", 0)
    is_sure = 0xA0 <= code < 0x2300 and chr(code) not in SOFT_SIGNS
    if not is_sure and code not in (0x22, 0x26, 0x27, 0x3C, 0x3E):
        raise Refused
    return chr(code)
