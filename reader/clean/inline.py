"""Inline content: what the elements inside one leaf mean, as tokens that `commonmark` sets."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from reader.clean.boxes import IMAGES, INVISIBLE, SOFT, raw_text, squeeze, text_of
from reader.clean.commonmark import (
    BREAK,
    Code,
    Mark,
    Raw,
    Surroundings,
    Text,
    code_span,
    destination,
    set_tokens,
)

EMPHASIS = {
    **dict.fromkeys(("b", "strong"), "strong"),
    **dict.fromkeys(("i", "em", "cite", "dfn", "var"), "em"),
    **dict.fromkeys(("s", "del", "strike"), "struck"),
}
EVERY_EMPHASIS = frozenset(EMPHASIS.values())
CODE = frozenset(("code", "kbd", "samp", "tt"))
PARTS_CAP = 2_000
"""A paragraph of more pieces is no writing; it is set without emphasis and links."""
SPACE_AROUND = re.compile(r"(\s*)(.*?)(\s*)\Z", re.DOTALL)


@dataclass
class Context(Surroundings):
    """What inline content needs to know of its page."""

    resolve: Callable[[str], str | None]
    """An address as the page writes it → absolute and allowed, or None."""
    footnote: Callable[[Any], str | None] = lambda link: None
    """A link → the label of the footnote it leads to, or None."""
    is_backlink: Callable[[Any], bool] = lambda link: False


def inline(
    parts: Sequence[Any], context: Context, *, emphasis: frozenset[str] = EVERY_EMPHASIS
) -> str:
    """The Markdown of a leaf's parts: one line, or several where the page has hard breaks."""
    tokens: list[Text | Raw | Mark] = []
    allowed = frozenset[str]() if context.plain else emphasis
    if len(parts) > PARTS_CAP:
        parts = ["".join(part if isinstance(part, str) else _bare(part) for part in parts)]
    _collect(parts, tokens, context, allowed, in_link=False)
    return set_tokens(tokens, context)


def _bare(element: Any) -> str:
    return " " if element.tag == "br" else raw_text(element)


def _collect(
    parts: Sequence[Any], out: list[Any], context: Context, allowed: frozenset[str], in_link: bool
) -> None:
    for part in parts:
        if isinstance(part, str):
            out.append(Text(SOFT.sub("", part)))
            continue
        tag = part.tag
        if not isinstance(tag, str) or tag in INVISIBLE:
            continue
        if tag == "br":
            out.append(Raw(BREAK))
        elif tag in IMAGES:
            if emoji := _emoji(part):
                out.append(Text(emoji))
        elif tag in CODE and not context.plain and not (in_link and "]" in raw_text(part)):
            before, text, after = _spaces(SOFT.sub("", raw_text(part)))
            if out and isinstance(out[-1], Code) and not before:
                text = out.pop().text + text  # two spans that touch would be read as one fence
            if before:
                out.append(Text(before))
            if text:
                out.append(Code(code_span(squeeze(text), context.in_cell), text))
            if after:
                out.append(Text(after))
        elif tag == "a" and not in_link:
            _collect_link(part, out, context, allowed)
        elif (kind := EMPHASIS.get(tag)) in allowed:
            opening, closing = Mark(kind, True), Mark(kind, False)
            opening.other, closing.other = closing, opening
            out.append(opening)
            _collect(children(part), out, context, allowed - {kind}, in_link)
            out.append(closing)
        else:
            _collect(children(part), out, context, allowed, in_link)


def _collect_link(link: Any, out: list[Any], context: Context, allowed: frozenset[str]) -> None:
    if context.is_backlink(link):
        return
    if label := context.footnote(link):
        out.append(Raw(f"[^{label}]"))
        return
    address = context.resolve(link.get("href") or "")
    if not address or not text_of(link):
        _collect(children(link), out, context, allowed, in_link=True)
        return
    inner: list[Any] = []
    _collect(children(link), inner, context, allowed, in_link=True)
    text = set_tokens(inner, context, in_link=True).replace(BREAK, " ")
    if not text.strip():
        return
    before, text, after = _spaces(text)
    out.append(Text(before))
    out.append(Raw(f"[{text}]({destination(address)})"))
    out.append(Text(after))


def children(element: Any) -> list[Any]:
    """An element's text and child elements with their tails, as parts."""
    parts: list[Any] = [element.text] if element.text else []
    for child in element:
        parts.append(child)
        if child.tail:
            parts.append(child.tail)
    return parts


def _emoji(image: Any) -> str | None:
    """Pictures of characters, which are text: their alt is one to a few non-ASCII characters."""
    alt = (image.get("alt") or "").strip()
    return alt if 0 < len(alt) <= 8 and not any(c.isascii() or c.isalpha() for c in alt) else None


def _spaces(text: str) -> tuple[str, str, str]:
    found = SPACE_AROUND.match(text)
    assert found is not None
    return found.group(1), found.group(2), found.group(3)
