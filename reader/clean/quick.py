"""The short way from a fragment to Markdown: from tag to tag, for what is sure to read back.

Most entries of feeds are paragraphs, links, quotes and lists, for which none of the finer rules of
`render` and `inline` matters, nor those by which a parser mends what is not nested well. Whatever
one of them might have a say in is refused, and then goes the long way, which takes ten times as
long; what is not refused comes out the same both ways.
"""

import re
from collections.abc import Callable
from itertools import pairwise

from reader.clean.boxes import BLOCKS, tags
from reader.clean.commonmark import destination, safe_start
from reader.clean.pictures import picture
from reader.clean.strict import Pieces, Refused, squeezed

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
MARKS = {"b": "**", "strong": "**", "i": "_", "em": "_", "cite": "_"}
SEE_THROUGH = tags("span font u ins small time abbr big label")
SEE_THROUGH_IN_HEADINGS = SEE_THROUGH | tags("b strong")
UNSEEN = tags("script style iframe noscript button")
"""Of the elements whose text is not read those that are met."""
BREAK = "\0"

_SIGNS = tuple("\\`*_[]<~&")
"""What Markdown may see a mark in that stands inside a line. To look for each of them takes a third
of the time that looking for any takes."""
_MARK = re.compile(r"\\|~~|\]\n?\(|\[\n?\^|<(?![\s\d])|&#?\w+;")
"""What it does see a mark in, or what has to be set with care not to be one."""
_LONE = "`*_~<"
"""Signs that are none alone, in a paragraph without marks."""
_MAY_BEGIN = re.compile(r"[#>+*:~`=_\[|\d-]")
"""What may be the first of a mark at the beginning of a line."""
_BESIDE_A_MARK = frozenset(".,;:?()\"'“”‘’–—…\0")
"""What may touch emphasis from outside without being part of it, beside white space."""
_BEFORE_NO_LINK = ("!", "*", "_", "[", "]")
_ITEMS = ("- ", "1.")
"""What a list begins with, and no other block that is not refused."""

Block = tuple[str, str | None]
"""Its Markdown and its text, which a picture has not."""


def render(html: str, resolve: Callable[[str], str | None]) -> tuple[str, str] | None:
    """A fragment as Markdown and as text, not yet gated; None if that is not sure."""
    if len(html) > LONGEST or BREAK in html:
        return None
    try:
        blocks = _Walk(Pieces(html), resolve).blocks("", 0)
    except Refused:
        return None
    text = "\n\n".join([said for _, said in blocks if said is not None])
    if any([sign in text for sign in _SIGNS]) and _has_mark(text, blocks):  # noqa: C419 - faster
        return None
    return "\n\n".join([shown for shown, _ in blocks]), text


class _Run:
    """Inline content on its way to be a block."""

    __slots__ = ("markdown", "pictures", "text")

    def __init__(self, text: str = "") -> None:
        self.markdown = [text] if text else []
        self.text = [text] if text else []
        self.pictures: list[Block] = []

    def say(self, text: str) -> None:
        """Add plain text."""
        if text:
            self.markdown.append(text)
            self.text.append(text)

    def last(self) -> str:
        """The last letter so far, or nothing."""
        return next((part[-1] for part in reversed(self.markdown) if part), "")

    def is_broken(self) -> bool:
        """Whether a line break was the last thing so far."""
        said = (part for part in reversed(self.text) if part.strip() or part == BREAK)
        return next(said, "") == BREAK

    def words(self) -> tuple[str, str]:
        """The Markdown and the text, which is to be words alone."""
        text = "".join(self.text)
        if self.pictures or BREAK in text:
            raise Refused
        return "".join(self.markdown), text


class _Walk:
    """Goes over the pieces of a fragment once."""

    def __init__(self, pieces: Pieces, resolve: Callable[[str], str | None]) -> None:
        self._pieces = pieces
        self._texts, self._tags = pieces.texts, pieces.tags
        self._at = 0
        """How many tags were passed."""
        self._resolve = resolve
        self._has_list = False
        self._is_in_link = False
        self._seen_through = SEE_THROUGH
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
                return out + _ended(run)
            self._at += 1
            if tag in BLOCKS:
                out += _ended(run)
                out += self._block(tag, depth)
                run, broken = _Run(), False
            elif tag == "br" and broken:
                out += _ended(run)
                run, broken = _Run(), False
            else:
                self._inline(run, tag, direct=True)
                broken = tag == "br" or (broken and tag in UNSEEN)
            text = self._texts[self._at]
            run.say(text)
            broken = broken and not text.strip()
        self._at += 1
        out += _ended(run)
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
        if tag == "figure":
            return self._figure()
        raise Refused

    def _heading(self, tag: str) -> list[Block]:
        self._seen_through = SEE_THROUGH_IN_HEADINGS
        run = self._filled(tag, marks=False)
        self._seen_through = SEE_THROUGH
        pictures, run.pictures = run.pictures, []
        markdown, text = map(squeezed, run.words())
        if not text:
            return pictures
        if markdown.endswith("#"):
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
        if "start" in self._pieces.attributes(self._at - 1):
            raise Refused
        self._has_list = True
        items: list[Block] = []
        while not self._texts[self._at].strip():
            self._at += 1
            if self._tags[self._at - 1] != "li":
                break
            inside = _ended(self._filled("li"))
            if len(inside) != 1 or inside[0][1] is None or "\n" in inside[0][0]:
                raise Refused
            mark = f"{len(items) + 1}." if tag == "ol" else "-"
            items.append((f"{mark} {inside[0][0]}", f"- {inside[0][1]}"))
        if self._tags[self._at - 1] != "/" + tag:
            raise Refused
        if not items:
            return []
        return [("\n".join(item[0] for item in items), "\n".join(str(item[1]) for item in items))]

    def _figure(self) -> list[Block]:
        """A picture, and below it what is said of it."""
        run, told = _Run(self._texts[self._at]), ("", "")
        while (tag := self._tags[self._at]) != "/figure":
            self._at += 1
            if tag == "figcaption" and not told[1]:
                told = self._filled(tag, marks=False).words()
            else:
                self._inline(run, tag, direct=True)
            run.say(self._texts[self._at])
        self._at += 1
        markdown, text = map(squeezed, told)
        if not run.pictures or "".join(run.text).strip() or "*" in markdown:
            raise Refused
        *others, (shown, _) = run.pictures
        return [*others, (f"{shown}\n*{markdown}*", text)] if text else run.pictures

    def _filled(self, tag: str, *, marks: bool = True) -> _Run:
        """The inline content of an element whose tag was just passed, up to its end."""
        run = _Run()
        self._fill(run, tag, direct=marks)
        return run

    def _fill(self, run: _Run, tag: str, *, direct: bool) -> None:
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
        """Add an inline element. Emphasis is sure only `direct`ly in its block or link."""
        if tag == "br":
            if self._inside and run.is_broken():
                raise Refused  # what holds it is perhaps a block
            run.say(BREAK)
        elif tag == "img":
            self._picture(run)
        elif tag == "a":
            self._link(run, direct=direct)
        elif tag in self._seen_through:
            self._fill(run, tag, direct=False)
        elif tag in MARKS and direct:
            self._emphasis(run, tag)
        elif tag in UNSEEN and direct:
            self._pass_over(tag)
        else:
            raise Refused

    def _emphasis(self, run: _Run, tag: str) -> None:
        markdown, text = self._filled(tag, marks=False).words()
        before, said, after = _parted(text)
        run.say(before)
        if not said:
            return run.say(after)
        if not _may_touch(run.last()) or not _may_touch(after or self._next()):
            raise Refused
        run.markdown.append(f"{MARKS[tag]}{markdown.strip()}{MARKS[tag]}")
        run.text.append(said)
        return run.say(after)

    def _next(self) -> str:
        """The letter that follows; one that no mark may touch where that is not plain."""
        if text := self._texts[self._at]:
            return text[0]
        tag = self._tags[self._at]
        return "" if tag in BLOCKS or tag in ("br", "") or tag[0] == "/" else "x"

    def _link(self, run: _Run, *, direct: bool) -> None:
        href = self._pieces.attributes(self._at - 1).get("href", "")
        if self._is_in_link or href.startswith("#"):
            raise Refused  # the latter is perhaps a footnote
        self._is_in_link = True
        inner = self._filled("a", marks=direct)
        self._is_in_link = False
        if not (said := "".join(inner.text)).strip():
            run.pictures += inner.pictures
            run.say(said)
            return
        markdown, text = inner.words()
        before, said, after = _parted(text)
        run.say(before)
        address = self._resolve(href)
        is_plain = markdown == text
        if address is None and is_plain:
            run.say(said + after)
            return
        is_odd = "[" in said or "]" in said or said[0] == "^"
        if address is None or is_odd or run.last() in _BEFORE_NO_LINK:
            raise Refused
        run.markdown.append(f"[{markdown.strip()}]({destination(address)})")
        run.text.append(said)
        run.say(after)

    def _picture(self, run: _Run) -> None:
        image = self._pieces.attributes(self._at - 1)
        if not image.get("alt", "").isascii():
            raise Refused  # perhaps a picture of a character
        if shown := picture(image, self._resolve):
            run.pictures.append((shown, None))

    def _pass_over(self, tag: str) -> None:
        # What begins with a script or a style is taken for the head of a page.
        if self._tags[self._at] != "/" + tag or self._tags[0] in UNSEEN:
            raise Refused
        self._at += 1


def _ended(run: _Run) -> list[Block]:
    """The blocks of a run: its pictures, then what it says."""
    if not run.text:
        return run.pictures
    if len(run.text) == 1 and not run.pictures and run.markdown == run.text:
        return _plain(run.text[0])
    text = squeezed("".join(run.text))
    if not text.strip(" \0"):
        return run.pictures
    markdown = squeezed("".join(run.markdown))
    if BREAK not in text:
        return [*run.pictures, (_begun(markdown), text)]
    lines = [line for part in text.split(BREAK) if (line := part.strip())]
    shown = [_begun(line) for part in markdown.split(BREAK) if (line := part.strip())]
    if len(shown) != len(lines):
        raise Refused
    return [*run.pictures, ("\\\n".join(shown), "\n".join(lines))]


def _plain(text: str) -> list[Block]:
    """The block of text without anything in it."""
    text = squeezed(text)
    return [(_begun(text), text)] if text and text != BREAK else []


def _begun(line: str) -> str:
    return safe_start(line) if _MAY_BEGIN.match(line) else line


def _parted(text: str) -> tuple[str, str, str]:
    """The white space before, the words, the white space after."""
    said = text.strip()
    if said == text:
        return "", text, ""
    begin = text.index(said)
    return text[:begin], said, text[begin + len(said) :]


def _has_lists_in_a_row(blocks: list[Block]) -> bool:
    begin = [markdown[:2] for markdown, _ in blocks]
    return any(one == other and one in _ITEMS for one, other in pairwise(begin))


def _has_mark(text: str, blocks: list[Block]) -> bool:
    return _MARK.search(text) is not None or any(
        said is not None and _may_pair(shown, said) for shown, said in blocks
    )


def _may_pair(markdown: str, text: str) -> bool:
    """May a sign find another that makes it a mark?"""
    counts = [text.count(sign) for sign in _LONE]
    return any(counts) and (max(counts) > 1 or markdown != text)


def _may_touch(letter: str) -> bool:
    return not letter or letter.isspace() or letter in _BESIDE_A_MARK
