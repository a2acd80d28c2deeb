"""HTML to a tree, whatever the HTML is: too long, too deep, half of it missing.

libxml2 gives up at a depth of 256 and then hands back an empty tree without a word (2.14; 2,048
with `huge_tree`). So a page on which it gave up is flattened first: wrappers go, then whatever is
too deep, but never text.
"""

import re
from typing import Any

from reader.clean.boxes import tags
from reader.text import powers

HTML_CAP = 3_000_000
"""Characters of HTML that are read. News pages of 2024 have a median of 0.2 million."""
WRAPPER_DEPTH = 120
"""Below this, elements that mean nothing by themselves are no longer opened."""
DEPTH_CAP = 200
"""Below this nothing is opened; libxml2 stops at 256 and adds a few levels of its own."""

TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]*)(?:[^>\"']|\"[^\"]*\"|'[^']*')*+>")
VOID = tags("area base br col embed hr img input link meta param source track wbr frame keygen")
WRAPPERS = tags(
    "div span section article main font b i u em strong small big center a form label ins del "
    "tt s strike sub sup q cite abbr acronym nobr"
)
CLOSED_BY_THE_NEXT = tags("p li dt dd tr td th option optgroup thead tbody tfoot")
"""Elements whose end tag may be left out (HTML §13.1.2.4)."""


def parse(html: str, *, bare: bool = False) -> Any:
    """The root element of the page, or None if there is nothing in it.

    `bare`: of elements without the methods of lxml.html, which other libraries need. They cost
    less, as Python is not asked for the class of each.
    """
    html = powers.raised(html[:HTML_CAP])
    root, gave_up = _parse(html, bare)
    if gave_up:
        root, _ = _parse(flatten(html), bare)
    return root


def _parse(html: str, bare: bool) -> tuple[Any, bool]:
    from lxml import etree

    make: Any = etree.HTMLParser
    if not bare:
        from lxml import html as manners

        make = manners.HTMLParser
    parser = make(encoding="utf-8", remove_pis=True, remove_comments=True)
    try:
        root = etree.fromstring(html.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        root = None
    if root is None:
        return None, bool(parser.error_log)
    too_deep = any("xcessive depth" in error.message for error in parser.error_log)
    return root, too_deep or (len(html) > 200 and len(root) == 0)


def flatten(html: str) -> str:
    """The same HTML with no element deeper than `DEPTH_CAP`. Linear in its length."""
    out: list[str] = []
    open_tags: list[tuple[str, bool]] = []
    count: dict[str, int] = {}
    depth = 0
    end = 0
    for tag in TAG.finditer(html):
        closing, name = tag.group(1), tag.group(2).lower()
        out.append(html[end : tag.start()])
        end = tag.end()
        if name in VOID:
            out.append(tag.group())
            continue
        if closing:
            if not count.get(name):
                continue
            while True:
                top, was_kept = open_tags.pop()
                count[top] -= 1
                depth -= was_kept
                if was_kept:
                    out.append(f"</{top}>")
                if top == name:
                    break
            continue
        if name in CLOSED_BY_THE_NEXT and open_tags and open_tags[-1][0] == name:
            _, was_kept = open_tags.pop()
            count[name] -= 1
            depth -= was_kept
            if was_kept:
                out.append(f"</{name}>")
        keep = depth < (WRAPPER_DEPTH if name in WRAPPERS else DEPTH_CAP)
        open_tags.append((name, keep))
        count[name] = count.get(name, 0) + 1
        depth += keep
        out.append(tag.group() if keep else " ")
    out.append(html[end:])
    return "".join(out)
