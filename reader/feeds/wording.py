"""What a feed says to be text, as HTML; and HTML that comes wrapped once too often, unwrapped.

text of lines                          → its paragraphs, its lines where they were meant as such
&lt;p&gt;Escaped twice&lt;/p&gt;       → <p>Escaped twice</p>
text that is `<p>HTML</p>` all the same → as HTML
<![CDATA[wrapped twice]]>              → wrapped twice
"""

from __future__ import annotations

import re
from html import escape, unescape
from itertools import pairwise

from reader.feeds.fragments import HAS_TAG

_KNOWN = (
    "a|article|b|blockquote|br|center|code|dd|div|dl|dt|em|figure|font|h[1-6]|hr|i|iframe|img|li|ol|p"
    "|pre|section|small|span|strong|sub|sup|table|td|tr|u|ul|video"
)
_TAG = re.compile(rf"</?(?:{_KNOWN})(?:\s[^<>]*)?/?>", re.IGNORECASE)
_WHOLE = re.compile(
    rf"\s*<(?P<name>{_KNOWN})(?:\s[^<>]*)?/?>.*(?:</(?:{_KNOWN})\s*>|<(?:br|img|hr)(?:\s[^<>]*)?/?>)\s*",
    re.IGNORECASE | re.DOTALL,
)
"""Text that begins with one tag and ends with another: nobody writes so of HTML."""
_SECTION = re.compile(r"<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
_ITS_OWN_LINE = re.compile(r"[-–—•*·▶►➤✅#@(]|\d{1,2}:\d\d|\d{1,3}[.)]\s|https?://|www\.")
"""How a line begins that is one by itself: of a list, of chapters, an address."""
_ADDRESS = re.compile(r"\bhttps?://[^\s<>\"'()]+(?:\([^\s<>\"'()]*\))*[^\s<>\"'().,;:!?…。、]")
_SENTENCE_END = (".", "!", "?", ":", "…", "。", "！", "？")
WRAPPED_LETTERS = 50
"""No program that wraps text makes shorter lines of it."""
SLACK_LETTERS = 8
"""So much earlier than it has to, who wraps by hand ends a line."""
PARAGRAPH_LETTERS = 120
"""A longer line is a paragraph."""


def of_text(text: str) -> str:
    """Plain text as HTML that shows its paragraphs and lines."""
    text = text.strip()
    if _WHOLE.fullmatch(text):
        return text
    return _laid_out(escape(text, quote=False))


def of_html(html: str) -> str:
    """HTML without what it is wrapped in once too often."""
    if "<![CDATA[" in html:
        html = _SECTION.sub(r"\1", html)
    if HAS_TAG.search(html):
        return html
    if "&lt;" in html and _WHOLE.fullmatch(twice := unescape(html)):
        return twice
    return _laid_out(html.strip())


def of_either(value: str) -> str:
    """HTML if any is in it, else text."""
    return of_html(value) if _TAG.search(value) else of_text(value)


def unwrapped(title: str) -> str:
    """A title without the CDATA that was put around it within another."""
    found = _SECTION.fullmatch(title.strip())
    return found[1] if found else title


def _laid_out(text: str) -> str:
    """Escaped text with its lines and links."""
    text = _in_lines(text) if "\n" in text else text
    return _ADDRESS.sub(r'<a href="\g<0>">\g<0></a>', text) if "://" in text else text


def _in_lines(text: str) -> str:
    paragraphs = [
        paragraph
        for part in re.split(r"\n[ \t\r]*\n\s*", text)
        for paragraph in _paragraphs([line.strip() for line in part.splitlines() if line.strip()])
    ]
    return (
        "".join(f"<p>{each}</p>" for each in paragraphs) if len(paragraphs) > 1 else paragraphs[0]
    )


def _paragraphs(lines: list[str]) -> list[str]:
    if any(len(line) > PARAGRAPH_LETTERS for line in lines):
        return lines
    return [" ".join(lines) if _are_wrapped(lines) else "<br>".join(lines)]


def _are_wrapped(lines: list[str]) -> bool:
    """Are the lines those of a page that the text was wrapped for? Then the first word of each
    had no room in the line before."""
    width = max(map(len, lines))
    if width < WRAPPED_LETTERS or all(line.endswith(_SENTENCE_END) for line in lines[:-1]):
        return False
    return all(
        len(line) + 1 + len(below.split(" ", 1)[0]) > width - SLACK_LETTERS
        and not _ITS_OWN_LINE.match(below)
        for line, below in pairwise(lines)
    )
