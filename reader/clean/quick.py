"""The short way from a fragment to Markdown: from tag to tag, for what is sure to read back.

Most entries of feeds are paragraphs, links, quotes and lists of plain words, for which none of the
finer rules of `render` and `inline` matters, nor those by which a parser mends what is not nested
well. Whatever one of them might have a say in is refused, and then goes the long way; what is not
refused comes out the same both ways.
"""

import re
from collections.abc import Callable
from html.entities import name2codepoint
from itertools import pairwise

from reader.clean.boxes import BLOCKS, SOFT, SOFT_SIGNS, tags
from reader.clean.commonmark import destination
from reader.clean.pictures import picture

LONGEST = 300_000
"""Letters of HTML beyond which caps on its parts may matter."""
DEEPEST = 60
"""Elements inside each other."""
AROUND = tags("p div section article main")
"""Blocks that are nothing but what is in them."""
HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
LISTS = tags("ul ol")
ENDS_A_PARAGRAPH = tags("p div blockquote ul ol h1 h2 h3 h4 h5 h6")
"""Where its own end is not written, it ends where one of these begins (HTML §13.1.2.4)."""
MARKS = {"b": "**", "strong": "**", "i": "_", "em": "_"}
SEE_THROUGH = tags("span font u small time abbr big label")
UNSEEN = tags("script style iframe noscript button")
"""Of the elements whose text is not read those that are met."""
VOID = tags("br img")
"""Those of the inline elements that have no end."""
BREAK = "\0"

_TAG = re.compile(
    r"<(/?[a-z][a-z0-9-]*)((?:\s+[\w:-]+(?:=(?:\"[^\"<>]*\"|'[^'<>]*'))?)*\s*/?)>", re.ASCII
)
"""A tag in which nothing is odd; of any other the `<` stays, which is a mark."""
_ATTRIBUTE = re.compile(r"\s([\w:-]+)=(?:\"([^\"]*)\"|'([^']*)')", re.ASCII)
_COMMENT = re.compile(r"<!--(?!-?>)(?:[^<>-]|-(?!-))*-->")
_ENTITY = re.compile(r"&(?:#(\d{1,6})|(\w{2,8}));", re.ASCII)
_AMPERSAND = re.compile(r"&(?:amp|#0{0,3}38);")
_DOUBTFUL = re.compile(rf"&(?!{_AMPERSAND.pattern[1:]}|[a-zA-Z]\w*=)")
"""An ampersand in an address that may begin an entity."""
_ODD = re.compile("[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""What parsers leave out, or do not agree on."""
_MARKS = tuple("\\`*_[]<>~|&$^{}=")
"""What Markdown might see a mark in, wherever it stands; an address and `!` beside it are others.
To look for each of them takes a third of the time that looking for any takes."""
_CALL = re.compile(r"!\S")
_BEGINS_SOMETHING = re.compile(r"[#+:\-]|\d{1,9}[.)]")
"""And at the beginning of a line."""
_BESIDE_A_MARK = frozenset(".,;:?()\"'“”‘’–—…\0")
"""What may touch emphasis from outside without being part of it, beside white space."""

_ITEMS = ("- ", "1.")
"""What a list begins with, and no other block that is not refused."""

Block = tuple[str, str | None]
"""Its Markdown and its text, which a picture has not."""


class Refused(Exception):
    """The long way is needed."""


def render(html: str, resolve: Callable[[str], str | None]) -> tuple[str, str] | None:
    """A fragment as Markdown and as text, not yet gated; None if that is not sure."""
    if len(html) > LONGEST or BREAK in html:
        return None
    try:
        blocks = _Walk(html, resolve).blocks("", 0)
    except Refused:
        return None
    text = "\n\n".join([said for _, said in blocks if said is not None])
    return None if _has_mark(text) else ("\n\n".join([shown for shown, _ in blocks]), text)


class _Run:
    """Inline content on its way to be a block."""

    __slots__ = ("markdown", "pictures", "text")

    def __init__(self, text: str = "") -> None:
        self.markdown = [text] if text else []
        self.text = [text] if text else []
        self.pictures: list[Block] = []

    def say(self, text: str) -> None:
        if text:
            self.markdown.append(text)
            self.text.append(text)

    def last(self) -> str:
        """The last letter so far, or nothing."""
        return next((part[-1] for part in reversed(self.markdown) if part), "")


class _Walk:
    """Goes over a fragment once. Before each tag is a text, perhaps empty, and after the last."""

    def __init__(self, html: str, resolve: Callable[[str], str | None]) -> None:
        if "!" in html and "<!--" in html:
            html = _COMMENT.sub("", html)
        pieces = _TAG.split(html)
        self._texts, self._tags, self._attributes = pieces[::3], [*pieces[1::3], ""], pieces[2::3]
        if "/>" in html and any(
            told[-1:] == "/" and tag not in VOID
            for tag, told in zip(self._tags, self._attributes, strict=False)
        ):
            raise Refused  # ended for one parser, still open for another
        if "&" in html:
            self._texts = [_ENTITY.sub(_character, text) for text in self._texts]
        if not html.isascii() and any(sign in html for sign in SOFT_SIGNS):
            self._texts = [SOFT.sub("", text) for text in self._texts]
        self._at = 0
        """How many tags were passed."""
        self._resolve = resolve
        self._has_list = False
        self._quotes = self._inside = 0
        """How many quotes, and how many inline elements, stand around what is walked over."""

    def blocks(self, end: str, depth: int) -> list[Block]:
        """What a block holds, whose tag was just passed, up to its `end`."""
        if depth > DEEPEST:
            raise Refused
        out: list[Block] = []
        run = _Run(self._texts[self._at])
        broken = False  # was the last thing in the run a line break?
        while (tag := self._tags[self._at]) != end:
            if end == "/p" and (tag in ENDS_A_PARAGRAPH or tag[:1] in ("/", "")):
                self._texts[self._at] = ""  # said, and before a tag that is still to be passed
                return out + self._ended(run)
            self._at += 1
            if tag in BLOCKS:
                out += self._ended(run)
                out += self._block(tag, depth)
                run, broken = _Run(), False
            elif tag == "br" and broken:
                out += self._ended(run)
                run, broken = _Run(), False
            else:
                self._inline(run, tag, direct=True)
                broken = tag == "br" or (broken and tag in UNSEEN)
            text = self._texts[self._at]
            run.say(text)
            broken = broken and not text.strip()
        self._at += 1
        out += self._ended(run)
        if self._has_list and _has_lists_in_a_row(out):
            raise Refused  # they would be read as one
        return out

    def _block(self, tag: str, depth: int) -> list[Block]:
        if tag in AROUND:
            end = "/" + tag
            if self._tags[self._at] != end:
                return self.blocks(end, depth + 1)
            self._at += 1
            return _plain(self._texts[self._at - 1])
        if tag in HEADINGS:
            return self._heading(tag)
        if tag == "blockquote":
            return self._quote(depth)
        if tag in LISTS:
            return self._list(tag)
        raise Refused

    def _heading(self, tag: str) -> list[Block]:
        blocks = self._ended(self._filled(tag, marks=False))
        if not blocks or blocks[-1][1] is None:
            return blocks
        *pictures, (markdown, text) = blocks
        if "\n" in markdown or markdown.endswith("#"):
            raise Refused
        return [*pictures, (f"{'#' * HEADINGS[tag]} {markdown}", text)]

    def _quote(self, depth: int) -> list[Block]:
        if self._quotes > 1:
            raise Refused
        self._quotes += 1
        inside = self.blocks("/blockquote", depth + 1)
        self._quotes -= 1
        if not inside:
            return []
        said = [text for _, text in inside if text is not None]
        if len(said) < len(inside):
            raise Refused  # a picture's words would be text here
        body = "\n\n".join([markdown for markdown, _ in inside])
        quoted = "\n".join([f"> {line}" if line else ">" for line in body.split("\n")])
        return [(quoted, "\n".join(said))]

    def _list(self, tag: str) -> list[Block]:
        if "start" in self._attributes[self._at - 1]:
            raise Refused
        self._has_list = True
        items: list[Block] = []
        while not self._texts[self._at].strip():
            self._at += 1
            if self._tags[self._at - 1] != "li":
                break
            inside = self._ended(self._filled("li"))
            if len(inside) != 1 or inside[0][1] is None or "\n" in inside[0][0]:
                raise Refused
            mark = f"{len(items) + 1}." if tag == "ol" else "-"
            items.append((f"{mark} {inside[0][0]}", f"- {inside[0][1]}"))
        if self._tags[self._at - 1] != "/" + tag:
            raise Refused
        if not items:
            return []
        return [("\n".join(item[0] for item in items), "\n".join(str(item[1]) for item in items))]

    def _filled(self, tag: str, *, marks: bool = True) -> _Run:
        """The inline content of a block that must not hold others."""
        run = _Run()
        self._fill(run, tag, direct=marks)
        return run

    def _fill(self, run: _Run, tag: str, *, direct: bool) -> None:
        """Add what is inside an inline element, or a block that must not hold others."""
        self._inside += 1
        if self._inside > DEEPEST:
            raise Refused
        end = "/" + tag
        run.say(self._texts[self._at])
        while (inside := self._tags[self._at]) != end:
            self._at += 1
            self._inline(run, inside, direct=direct)
            run.say(self._texts[self._at])
        self._at += 1
        self._inside -= 1

    def _inline(self, run: _Run, tag: str, *, direct: bool) -> None:
        """Add an inline element. Emphasis is sure only `direct`ly in its block."""
        if tag == "br":
            run.say(BREAK)
        elif tag == "img":
            self._picture(run)
        elif tag == "a":
            self._link(run)
        elif tag in MARKS and direct:
            self._emphasis(run, tag)
        elif tag in SEE_THROUGH:
            self._fill(run, tag, direct=False)
        elif tag in UNSEEN and direct:
            self._pass_over(tag)
        else:
            raise Refused

    def _emphasis(self, run: _Run, tag: str) -> None:
        text = self._texts[self._at]
        self._at += 1
        if self._tags[self._at - 1] != "/" + tag:
            raise Refused
        if not text:
            return
        if text != text.strip() or not _may_touch(run.last()) or not _may_touch(self._next()):
            raise Refused
        run.markdown.append(MARKS[tag])
        run.say(text)
        run.markdown.append(MARKS[tag])

    def _next(self) -> str:
        """The letter that follows; one that no mark may touch where that is not plain."""
        if text := self._texts[self._at]:
            return text[0]
        tag = self._tags[self._at]
        return "" if tag in BLOCKS or tag in ("br", "") or tag[0] == "/" else "x"

    def _link(self, run: _Run) -> None:
        href = self._told().get("href", "")
        if href.startswith("#"):
            raise Refused  # perhaps a footnote
        text = self._texts[self._at]
        self._at += 1
        if self._tags[self._at - 1] != "/a":
            return self._linked_pictures(run)
        address = self._resolve(href) if text.strip() else None
        if address is None:
            run.say(text)
            return None
        if text != text.strip() or run.last() in ("!", "*", "_") or not text.isprintable():
            raise Refused
        run.markdown.append("[")
        run.say(text)
        run.markdown.append(f"]({destination(address)})")
        return None

    def _linked_pictures(self, run: _Run) -> None:
        """A link without words. The first tag inside it was just passed."""
        said = self._texts[self._at - 1]
        while (tag := self._tags[self._at - 1]) != "/a":
            if tag != "img":
                raise Refused
            self._picture(run)
            said += self._texts[self._at]
            self._at += 1
        if said.strip():
            raise Refused
        run.say(" " if said else "")

    def _picture(self, run: _Run) -> None:
        image = self._told()
        if not image.get("alt", "").isascii():
            raise Refused  # perhaps a picture of a character
        if shown := picture(image, self._resolve):
            run.pictures.append((shown, None))

    def _pass_over(self, tag: str) -> None:
        if "<" in self._texts[self._at] or self._tags[self._at] != "/" + tag:
            raise Refused
        self._at += 1

    def _told(self) -> dict[str, str]:
        """The attributes of the tag that was just passed; of one given twice the first counts."""
        told = self._attributes[self._at - 1]
        if "&" in told and _DOUBTFUL.search(told):
            raise Refused
        found: dict[str, str] = {}
        for name, one, other in _ATTRIBUTE.findall(told):
            if not (value := one or other).isprintable():
                raise Refused
            found.setdefault(name.lower(), _AMPERSAND.sub("&", value))
        return found

    def _ended(self, run: _Run) -> list[Block]:
        """The blocks of a run: its pictures, then what it says."""
        if not run.text:
            return run.pictures
        if len(run.text) == 1 and not run.pictures and run.markdown == run.text:
            return _plain(run.text[0])
        text = _squeezed("".join(run.text))
        if not text.strip(" \0"):
            return run.pictures
        markdown = _squeezed("".join(run.markdown))
        if BREAK not in text:
            if _BEGINS_SOMETHING.match(text):
                raise Refused
            return [*run.pictures, (markdown, text)]
        lines = [line for part in text.split(BREAK) if (line := part.strip())]
        if any(map(_BEGINS_SOMETHING.match, lines)):
            raise Refused
        shown = [line for part in markdown.split(BREAK) if (line := part.strip())]
        if len(shown) != len(lines):
            raise Refused
        return [*run.pictures, ("\\\n".join(shown), "\n".join(lines))]


def _has_lists_in_a_row(blocks: list[Block]) -> bool:
    begin = [markdown[:2] for markdown, _ in blocks]
    return any(one == other and one in _ITEMS for one, other in pairwise(begin))


def _plain(text: str) -> list[Block]:
    """The block of text without anything in it."""
    text = _squeezed(text)
    if not text or text == BREAK:
        return []
    if _BEGINS_SOMETHING.match(text):
        raise Refused
    return [(text, text)]


def _squeezed(text: str) -> str:
    """The text with every run of white space as one space; of one line it mostly is so already."""
    # No white space but the space itself is printable.
    if text.isprintable() and "  " not in text and text.strip() == text:
        return text
    if _ODD.search(text):
        raise Refused
    return " ".join(text.split())


def _character(entity: re.Match[str]) -> str:
    """What an entity stands for, where every parser agrees; else it is left, and its `&` a mark."""
    code = int(entity[1]) if entity[1] else name2codepoint.get(entity[2], 0)
    is_sure = 0xA0 <= code < 0x2300 and chr(code) not in SOFT_SIGNS
    return chr(code) if is_sure or code in (0x22, 0x27) else entity[0]


def _has_mark(text: str) -> bool:
    if any([mark in text for mark in _MARKS]):  # noqa: C419 - a generator takes twice as long
        return True
    return ("/" in text and "://" in text) or ("!" in text and bool(_CALL.search(text)))


def _may_touch(letter: str) -> bool:
    return not letter or letter.isspace() or letter in _BESIDE_A_MARK
