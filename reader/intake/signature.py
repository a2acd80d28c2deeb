"""The line by which a blog signs each entry in its feed: "The post … appeared first on …", in the
language of the blog. It says nothing that is not said above it.
"""

from __future__ import annotations

import re
from html import unescape

from reader.text.addresses import address

SIGNED_WITHIN = 3_000
"""Characters of HTML, of which most are addresses and the title."""
MOST_LETTERS = 60
"""Outside of its links; the longest of WordPress's translations have 40."""
_LINK = re.compile(
    r"<a\s[^<>]*?href\s*=\s*([\"'])(.*?)\1[^<>]*>.*?</a\s*>", re.IGNORECASE | re.DOTALL
)
_TAG = re.compile("<[^<>]*>")


def without_signature(html: str, page: str | None, home: str | None) -> str:
    """The HTML of an entry without a last paragraph that but links to the entry and to its site."""
    start = html.rfind("<p", max(0, len(html) - SIGNED_WITHIN))
    if page is None or start < 0 or not 2 <= html.count("<a ", start) <= 3:
        return html
    closing = html[start:]
    places = {address(unescape(link[2])) for link in _LINK.finditer(closing)}
    own = address(page)
    sites = {place for place in places - {own} if _is_site_of(own, place, home)}
    said = " ".join(_TAG.sub("", _LINK.sub("", closing)).split())
    if own not in places or not sites or places != {own, *sites} or len(said) > MOST_LETTERS:
        return html
    return html[:start].rstrip()


def _is_site_of(own: str | None, place: str | None, home: str | None) -> bool:
    if own is None or place is None:
        return False
    return place == address(home) or own.startswith(place.removesuffix("/") + "/")
