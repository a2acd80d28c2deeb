"""A feed that broke off, or that forgot to close: the ends that are missing are written.

What was open keeps its text, and what comes after CDATA that never closes is read as what it is.
All of it is linear in the length of the feed, whatever is open in it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from reader.feeds import xmltext

_OPENS, _CLOSES = "<![CDATA[", "]]>"
_AROUND = re.compile(r"<([A-Za-z_][\w:.-]{0,60})(?:\s[^<>]{0,400})?>\s{0,200}\Z")
_OUTER_END = re.compile(r"</(item|entry|channel|rss|feed|rdf:RDF)\s{0,9}>", re.IGNORECASE)
_HALF_A_TAG = re.compile(r"<(?:/?[A-Za-z_][^<>]*|/|!(?:-{0,2}|\[[CDAT]*))?\Z")
_TAG = re.compile(
    r"<(?P<end>/?)(?P<name>[A-Za-z_][\w:.-]*+)"
    r"(?:[^<>\"'/]++|\"[^\"<]*+\"|'[^'<]*+'|/(?!>)|[\"'])*+(?P<empty>/?)>"
)


def ended(text: str) -> str:
    """Text that mending did not make well-formed, mended once more with its ends written."""
    text = xmltext.mended(with_closed_cdata(text))
    return with_ends(text, xmltext.sections(text)[::2])


def swallows(text: str) -> bool:
    """May there be CDATA that swallows what follows, though all is well-formed?"""
    return text.count(_OPENS) > text.count(_CLOSES)


def with_closed_cdata(text: str) -> str:
    """CDATA that does not end, or swallows the next, ends where the element around it does, or the
    entry, or the feed.

    An article about XML may hold `<![CDATA[` as its text: only where the end of the element comes
    before that is it taken for another.
    """
    pieces: list[str] = []
    done = at = 0
    end = -1  # of the section looked at, or of a later one
    last_end = text.rfind(_CLOSES)
    while (start := text.find(_OPENS, at)) >= 0:
        inside = start + len(_OPENS)
        if end < inside:
            end = text.find(_CLOSES, inside) if inside <= last_end else len(text)
        nested = text.find(_OPENS, inside, end)
        is_open = end == len(text)
        if nested < 0 and not is_open:
            at = end + len(_CLOSES)
            continue
        limit = nested if nested >= 0 else end
        around = _AROUND.search(text, max(done, start - 600), start)
        stop = text.find(f"</{around[1]}", inside, limit) if around else -1
        ends = ""
        if stop < 0 and around and (outer := _OUTER_END.search(text, inside, limit)):
            stop = outer.start()
            is_entry = outer[1].lower() in ("item", "entry")
            ends = f"</{around[1]}>" + ("" if is_entry else _entry_end(text, done, start))
        if stop >= 0:
            pieces += (text[done:stop].removesuffix("]]"), _CLOSES, ends)
            done = at = stop
        elif is_open:
            return "".join([*pieces, text[done:].removesuffix("]]"), _CLOSES])
        else:
            at = end + len(_CLOSES)
    return "".join([*pieces, text[done:]])


def _entry_end(text: str, after: int, before: int) -> str:
    """The end tag of the entry that begins between two places and does not end there, if any."""
    begun = max(("item", "entry"), key=lambda name: text.rfind(f"<{name}", after, before))
    is_open = text.rfind(f"<{begun}", after, before) > text.rfind(f"</{begun}", after, before)
    return f"</{begun}>" if is_open else ""


def with_ends(text: str, markup: Iterable[str]) -> str:
    """The text without half a tag at its end, and with the end tags that are missing there.

    `markup`: its pieces that are neither CDATA nor comment, in order.
    """
    open_tags: list[str] = []
    is_open: Counter[str] = Counter()
    for piece in markup:
        for tag in _TAG.finditer(piece):
            name = tag["name"]
            if tag["empty"]:
                continue
            if not tag["end"]:
                open_tags.append(name)
                is_open[name] += 1
            elif is_open[name]:
                while (closed := open_tags.pop()) != name:
                    is_open[closed] -= 1
                is_open[name] -= 1
    if not text.endswith(_CLOSES):
        text = _HALF_A_TAG.sub("", text)
    return text + "".join(f"</{name}>" for name in reversed(open_tags))
