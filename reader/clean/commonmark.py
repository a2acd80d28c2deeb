"""Tokens of one leaf to Markdown: set so that CommonMark reads back these words and no others.

Only what would parse differently at its position is escaped, so that text stays readable as text.
Emphasis whose marks would not open or close where they stand (CommonMark §6.2, flanking) is
dropped, its text never. White space between siblings stays, as one space.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

BREAK = "\x00"
"""Stands for a hard line break until the whole leaf is known; no text has it (see `charset`)."""

ALWAYS = r"\\(?=[!-/:-@\[-`{-~]|\s*$)|<(?=[A-Za-z/!?]|$)|&(?=#?\w+;)"
UNSAFE_START = re.compile(
    r"(?=#{1,6}(?:\s|$)|>|[-+*](?:\s|$)|[:~]\s|~~~|```|=+\s*$|(?:-\s*)+$|(?:\*\s*){3,}$|(?:_\s*){3,}$|\[(?:\\.|[^\]\\])*\]:"
    r"|[|:\s-]*-[|:\s-]*$)"
)
"""A line that would begin a heading, quote, item, definition, fence, rule, reference or table."""
PLAIN_ADDRESS = re.compile(r"[\w/:.,;@!$'*+=~?%#-]*", re.ASCII)
"""An address in which Markdown sees no sign of its own."""
NUMBERED = re.compile(r"(\d{1,9})(?=[.)](?:\s|$))")


@dataclass
class Text:
    """Words of the page, still to be escaped."""

    text: str


@dataclass
class Raw:
    """Markdown that is finished: a link's end, a code span."""

    markdown: str


@dataclass
class Code(Raw):
    """A code span, and what is in it."""

    text: str


@dataclass(eq=False)
class Mark:
    """One end of an emphasis. `other` is its counterpart."""

    kind: str
    opens: bool
    other: "Mark | None" = None
    dropped: bool = False


@dataclass(kw_only=True)
class Surroundings:
    """What stands around a leaf, and so what could be misread in it."""

    plain: bool = False
    """Without emphasis, with every mark escaped."""
    in_cell: bool = False
    shares_line: bool = False
    """Whether other leaves stand on the same line, so that a mark may find its partner there."""


def set_tokens(tokens: list[Any], around: Surroundings, in_link: bool = False) -> str:
    """Tokens to Markdown: spaces out of emphasis, marks that work, escapes where needed."""
    tokens = _squeezed(tokens, space_before=not in_link)
    tokens = _joined(_merge_emphasis(_spaces_outwards(tokens)))
    whole = "".join(token.text for token in tokens if isinstance(token, Text))
    has_marks = around.shares_line or any(isinstance(token, Mark) for token in tokens)
    # A code span begins before links are looked for, so a link may hold the other backtick.
    has_code = (
        in_link
        or around.shares_line
        or any(isinstance(t, Raw) and t.markdown != BREAK for t in tokens)
    )
    brackets = in_link or around.shares_line or "](" in whole or "[^" in whole
    escape = _escaper(whole, has_marks, has_code, brackets, around.plain)
    pieces: list[Any] = []
    for at, token in enumerate(tokens):
        if isinstance(token, Text):
            text = escape(token.text)
            before = tokens[at - 1] if at else None
            after = tokens[at + 1] if at + 1 < len(tokens) else None
            if text.endswith("!") and isinstance(after, Raw) and after.markdown.startswith("["):
                text = text[:-1] + "\\!"
            if text[0] in "([:" and isinstance(before, Raw) and before.markdown.startswith("[^"):
                text = "\\" + text
            if around.in_cell:
                text = text.replace("|", "\\|")
            pieces.append(text)
        else:
            pieces.append(token.markdown if isinstance(token, Raw) else token)
    return _place_marks(pieces)


def lines(markdown: str, in_cell: bool = False) -> str:
    """Hard breaks written out, and each line's start made safe."""
    if in_cell:
        return markdown.replace(BREAK, " ").strip()
    found = [line.strip() for line in markdown.split(BREAK)]
    return "\\\n".join(safe_start(line) for line in found if line)


def code_span(text: str, in_cell: bool = False) -> str:
    """A code span that holds the text whatever backticks are in it."""
    text = text.replace("\n", " ").strip()
    if not text:
        return ""
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if text.startswith("`") or text.endswith("`") else ""
    if in_cell:
        text = text.replace("|", "\\|")
    return f"{fence}{pad}{text}{pad}{fence}"


def destination(address: str) -> str:
    """An address as a link destination (CommonMark §6.3)."""
    if PLAIN_ADDRESS.fullmatch(address):
        return address
    address = address.replace("\\", "%5C").replace("<", "%3C").replace(">", "%3E")
    address = re.sub(r"&(?=#?\w+;)", "&amp;", address).replace(" ", "%20").replace("|", "%7C")
    if address.count("(") != address.count(")") or re.search(r"\)[^(]*\(", address):
        address = address.replace("(", "%28").replace(")", "%29")
    return address


def _squeezed(tokens: list[Any], space_before: bool) -> list[Any]:
    """White space runs become one space, none beside a break, nor after a space before."""
    out: list[Any] = []
    for token in _joined(tokens):
        if isinstance(token, Text):
            text = re.sub(r"\s+", " ", token.text)
            if space_before and text.startswith(" "):
                text = text[1:]
            if text:
                space_before = text.endswith(" ")
                out.append(Text(text))
        elif isinstance(token, Raw):
            if token.markdown:
                if token.markdown == BREAK:
                    _strip_end(out)
                space_before = token.markdown == BREAK
                out.append(token)
        else:
            out.append(token)
    return out


def _joined(tokens: list[Any]) -> list[Any]:
    """Neighbouring texts as one, so that a mark and what gives it meaning are seen together."""
    out: list[Any] = []
    for token in tokens:
        if isinstance(token, Text) and out and isinstance(out[-1], Text):
            out[-1] = Text(out[-1].text + token.text)
        elif not isinstance(token, Raw) or token.markdown:
            out.append(token)
    return out


def _strip_end(tokens: list[Any]) -> None:
    for at in range(len(tokens) - 1, -1, -1):
        token = tokens[at]
        if isinstance(token, Text):
            token.text = token.text.rstrip(" ")
            if token.text:
                return
        elif isinstance(token, Raw):
            return


def _spaces_outwards(tokens: list[Any]) -> list[Any]:
    """Emphasis neither begins nor ends with a space or a break."""
    tokens = [t for t in tokens if not (isinstance(t, Text) and not t.text)]
    changed = True
    while changed:
        changed = False
        for at in range(len(tokens) - 1):
            mark, text = tokens[at], tokens[at + 1]
            if isinstance(mark, Mark) and mark.opens and _leads_space(text):
                if isinstance(text, Text):
                    tokens[at : at + 2] = [Text(" "), mark, Text(text.text[1:])]
                else:
                    tokens[at : at + 2] = [text, mark]
                changed = True
            text, mark = tokens[at], tokens[at + 1]
            if isinstance(mark, Mark) and not mark.opens and _trails_space(text):
                if isinstance(text, Text):
                    tokens[at : at + 2] = [Text(text.text[:-1]), mark, Text(" ")]
                else:
                    tokens[at : at + 2] = [mark, text]
                changed = True
        if changed:
            tokens = [t for t in tokens if not (isinstance(t, Text) and not t.text)]
    return tokens


def _leads_space(token: Any) -> bool:
    if isinstance(token, Text):
        return token.text.startswith(" ")
    return isinstance(token, Raw) and token.markdown == BREAK


def _trails_space(token: Any) -> bool:
    if isinstance(token, Text):
        return token.text.endswith(" ")
    return isinstance(token, Raw) and token.markdown == BREAK


def _merge_emphasis(tokens: list[Any]) -> list[Any]:
    """Emphasis around nothing goes; two of a kind that touch become one."""
    out: list[Any] = []
    for token in tokens:
        last = out[-1] if out else None
        if isinstance(token, Mark) and isinstance(last, Mark):
            if last.opens and not token.opens and last.other is token:
                out.pop()
                continue
            if not last.opens and token.opens and last.kind == token.kind:
                first = last.other
                out.pop()
                end = token.other
                assert first is not None
                assert end is not None
                first.other, end.other = end, first
                continue
        out.append(token)
    return out


def _escaper(
    whole: str, has_marks: bool, has_code: bool, brackets: bool, everything: bool
) -> Callable[[str], str]:
    """What to escape in this leaf: a mark that has no partner in it stays as it is."""
    pattern = ALWAYS
    if everything or has_marks or whole.count("*") > 1:
        pattern += r"|(?<!\s)\*|\*(?!\s)"
    if everything or has_marks or whole.count("_") > 1:
        pattern += r"|(?<![^\W_])_|_(?![^\W_])"
    if everything or has_marks or whole.count("~~") > 1:
        pattern += r"|~"
    if everything or has_code or whole.count("`") > 1:
        pattern += r"|`"
    if everything or brackets:
        pattern += r"|[\[\]]"
    compiled = re.compile(pattern)
    return lambda text: compiled.sub(r"\\\g<0>", text)


def _place_marks(pieces: list[Any]) -> str:
    """Marks as characters, where they open and close; elsewhere they are left out."""
    changed = True
    while changed:  # a mark left out may have been what let its neighbour work
        changed = False
        for at, mark in enumerate(pieces):
            if isinstance(mark, Mark) and not mark.dropped and not _works(pieces, at):
                mark.dropped = changed = True
                if mark.other is not None:
                    mark.other.dropped = True
    return "".join(
        piece if isinstance(piece, str) else "" if piece.dropped else _character(piece)
        for piece in pieces
    )


def _character(mark: Mark) -> str:
    return {"strong": "**", "em": "_", "struck": "~~"}[mark.kind]


def _works(pieces: list[Any], at: int) -> bool:
    """Whether the mark stands where CommonMark lets it open or close."""
    mark = pieces[at]
    before, after = _neighbour(pieces, at, -1), _neighbour(pieces, at, 1)
    if not mark.opens:
        before, after = after, before
    # From here on, `after` is the side of the emphasised text, for both ends alike.
    if after == "" or after.isspace() or after == BREAK:
        return False
    outside_is_edge = before == "" or before.isspace() or before == BREAK
    if mark.kind == "em":
        # An underscore never works inside a word, and is safe beside anything else.
        return outside_is_edge or (_is_punctuation(before) and before not in "_\\")
    if _is_punctuation(after):
        return outside_is_edge or _is_punctuation(before)
    return True


def _neighbour(pieces: list[Any], at: int, step: int) -> str:
    at += step
    while 0 <= at < len(pieces):
        piece = pieces[at]
        if isinstance(piece, str):
            if piece:
                return piece[0] if step > 0 else piece[-1]
        elif not piece.dropped:
            return _character(piece)[0]
        at += step
    return ""


def _is_punctuation(char: str) -> bool:
    return unicodedata.category(char)[0] in "PS"


def safe_start(line: str) -> str:
    if found := NUMBERED.match(line):
        return f"{found.group()}\\{line[found.end() :]}"
    return "\\" + line if UNSAFE_START.match(line) else line
