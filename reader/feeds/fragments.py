"""HTML of entries: sanitised by an allow-list, its addresses resolved, and the same as plain text.

nh3 (ammonia) parses as browsers do and writes the tree anew, so that nothing which was not read as
allowed is ever written. Scripts, styles, forms, frames, objects, handlers and every address but
http, https and mailto are gone; of what is dropped only scripts and styles lose their text.
"""

from __future__ import annotations

import re
import threading
from functools import cache
from html import escape, unescape
from urllib.parse import urljoin, urlsplit

from reader.text import addresses, powers, safe

_TAGS = """
    a abbr acronym address article aside b bdi bdo big blockquote br caption center cite code col
    colgroup dd del details dfn dir div dl dt em figcaption figure footer h1 h2 h3 h4 h5 h6 header
    hgroup hr i img ins kbd li main mark menu nav ol p picture pre q rp rt ruby s samp section
    small span strike strong sub summary sup table tbody td tfoot th thead time tr tt u ul var wbr
    audio video source track
"""
TAGS = frozenset(_TAGS.split())
ADDRESSES = frozenset({"href", "src", "cite", "poster"})
ATTRIBUTES = {
    "a": {"href", "title", "hreflang"},
    "img": {"src", "alt", "title", "width", "height"},
    "audio": {"src"},
    "video": {"src", "poster", "width", "height"},
    "source": {"src", "type"},
    "track": {"src", "kind", "label"},
    "abbr": {"title"},
    "acronym": {"title"},
    "dfn": {"title"},
    "bdo": {"dir"},
    "blockquote": {"cite"},
    "q": {"cite"},
    "del": {"cite", "datetime"},
    "ins": {"cite", "datetime"},
    "ol": {"start", "reversed", "type"},
    "li": {"value"},
    "time": {"datetime"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "col": {"span"},
    "colgroup": {"span"},
    "*": {"lang"},
}
FRAGMENT_CAP = 2_000_000
"""Characters of one piece of HTML; a long novel has a million."""
TEXTLESS = frozenset({"script", "style", "template", "head"})
"""Elements whose content goes with them."""

HAS_TAG = re.compile(r"<(?:/?[a-zA-Z][\w:-]*[\s/>]|!--)")
_SWALLOWS = re.compile(
    r"</?(?:noscript|noframes|noembed|plaintext|xmp|iframe|textarea|listing|title|select)"
    r"\b(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>",
    re.IGNORECASE,
)
"""Tags that make an HTML parser take what follows for something else than markup."""
_ENDLESS_TAG = re.compile(r"<[^<>]{20000,}>?")
"""Whose attributes would take the square of their number to tell apart; none means anything."""
_FOREIGN = re.compile(r"<(?:[\w-]+:)?(?:math|svg)\b", re.IGNORECASE)
_ANY_TAG = re.compile(r"</?([a-zA-Z][\w:-]*)(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>")
_INLINE_TAG = re.compile(
    r"</?(?:a|abbr|b|bdi|big|blink|br|center|cite|code|del|div|em|embed|font|frame|frameset|h[1-6]|"
    r"i|iframe|img|ins|kbd|li|link|mark|meta|object|ol|p|q|s|script|small|span|strike|strong|style|"
    r"sub|sup|tt|u|ul|var|wbr)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
"""Tags met in titles. `<T>` of a talk on generics is none of them."""
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")
_NO_MARKUP = re.compile(
    r"&(?:amp|quot|apos|nbsp|hellip|[lrsb][sd]?quo|[lr]aquo|[nm]dash|#\d{2,6}|#[xX][0-9a-fA-F]{2,5}"
    r"|[a-zA-Z](?:uml|acute|grave|circ|cedil|tilde|ring|slash|lig)|szlig|AElig|aelig);"
)
"""Names of letters and signs, which even what is called text is full of by mistake."""
_SLASHES = re.compile(r"^(https?):/{3,}", re.IGNORECASE)
_PRE = re.compile(r"<pre>(.*?)</pre>", re.DOTALL)
_REST_OF_TAG = r"(?:\s(?:[^<>\"]|\"[^\"]*\")*)?>"
_PARAGRAPH_TAG = re.compile(
    "</?(?:address|article|aside|blockquote|center|details|dd|dir|div|dl|dt|figcaption|figure|"
    "footer|h[1-6]|header|hgroup|hr|main|menu|nav|ol|p|pre|section|summary|table|ul)"
    f"{_REST_OF_TAG}"
)
_LINE_TAG = re.compile(f"(?:</?(?:li|tr|caption)|<br){_REST_OF_TAG}")
_CELL_END = re.compile("</(?:td|th|rt)>")
_OTHER_TAG = re.compile(r"</?[a-z](?:[^<>\"]|\"[^\"]*\")*>")
_NO_PICTURE = re.compile(r"<img(?: (?!src=)[a-z]+=\"[^\"]*\")*>")
_BLANKS = re.compile(r"\n{3,}")
_PLAIN_ADDRESS = re.compile(
    r"https?://[a-z0-9.-]+(?::\d+)?(?:/[\w/.,;:@!$&'()*+=~?%#-]*)?", re.ASCII
)


def sanitised(html: str, base: str | None) -> str:
    """Allowed HTML only, every address in it absolute. Text without tags becomes escaped text."""
    html = html[:FRAGMENT_CAP]
    if not HAS_TAG.search(html):
        return escape(_safe(unescape(html)).strip(), quote=False)
    if len(html) > 20_000:
        html = _ENDLESS_TAG.sub("", html)
    html = _SWALLOWS.sub("", html)
    if _FOREIGN.search(html):  # ammonia takes the text of formulas away with their elements
        html = _ANY_TAG.sub(_if_known, html)
    return _NO_PICTURE.sub("", _safe(_sanitiser().clean(html, base))).strip()


def plain(html: str) -> str:
    """Sanitised HTML as text: blocks parted by blank lines, lines by line ends.

    It needs no gate of its own: nh3 writes no character as an entity but `& < > "` and the no-break
    space, so whatever is in the text was there to be seen when the HTML passed.
    """
    if "<" not in html:
        return " ".join(unescape(html).split())
    html = powers.raised(html)
    if "<pre>" in html:
        pieces = _PRE.split(html)
        pieces[::2] = [_flowing(piece) for piece in pieces[::2]]
        pieces[1::2] = [_OTHER_TAG.sub("", piece).strip("\n") for piece in pieces[1::2]]
        text = "\n\n".join(piece for piece in pieces if piece)
    else:
        text = _flowing(html)
    return unescape(text).strip()


def _flowing(html: str) -> str:
    if "\n" in html or "  " in html or "\t" in html:
        html = " ".join(html.split())
    text = _PARAGRAPH_TAG.sub("\n\n", html)
    text = _LINE_TAG.sub("\n", text)
    text = _OTHER_TAG.sub("", _CELL_END.sub(" ", text))
    while " \n" in text or "\n " in text:
        text = text.replace(" \n", "\n").replace("\n ", "\n")
    return _BLANKS.sub("\n\n", text).strip()


def _safe(text: str) -> str:
    return str(safe.prose(text))


def _if_known(tag: re.Match[str]) -> str:
    name = tag[1].lower()
    return tag[0] if name in TAGS or name in TEXTLESS else ""


def title(value: str, form: str) -> str | None:
    """A title, name or description as one piece of plain text; None if nothing is left."""
    if form == "maybe" and "<" not in value and "&" not in value:
        return " ".join(value.split()) or None
    html = form == "html" or (
        form == "maybe" and bool(_INLINE_TAG.search(value) or _ENTITY.search(value))
    )
    if form == "text" and "&" in value:
        value = _NO_MARKUP.sub(lambda found: unescape(found[0]), value)
    if html and form == "maybe" and not _INLINE_TAG.search(value):
        value = unescape(value)
    elif html:
        value = plain(sanitised(value, None))
    return " ".join(value.split()) or None


def resolve(url: str | None, base: str | None) -> str | None:
    """`url` made absolute by `base`; None if no safe http, https or mailto address comes of it."""
    if not url:
        return None
    if _PLAIN_ADDRESS.fullmatch(url):
        return url
    if base and addresses.PLAIN_PATH.fullmatch(url):
        return addresses.origin(base) + url
    url = _SLASHES.sub(r"\1://", "".join(url.split("\n")).strip())
    try:
        if base and not urlsplit(url).scheme:
            url = urljoin(base, url)
        elif not urlsplit(url).scheme:
            return None
    except ValueError:
        return None
    return safe.link(url)


def base_of_entries(url: str | None, home: str | None) -> str | None:
    """What relative addresses of entries are meant by: the address of the feed, unless it lies at a
    distributor's and the site elsewhere."""
    if not (url and home and (site := safe.link(home)) and (feed := safe.link(url))):
        return url
    return url if addresses.origin(feed) == addresses.origin(site) else site


class _Sanitiser(threading.local):
    """One of nh3's sanitisers, which takes longer to make than to use, and the base it is at."""

    def __init__(self) -> None:
        import nh3

        self._base: str | None = None
        self._cleaner = nh3.Cleaner(
            tags=set(TAGS),
            clean_content_tags=set(TEXTLESS),
            attributes={tag: set(names) for tag, names in ATTRIBUTES.items()},
            attribute_filter=self._permitted,
            url_schemes={"http", "https", "mailto"},
            link_rel=None,
            strip_comments=True,
        )

    def clean(self, html: str, base: str | None) -> str:
        self._base = base
        return self._cleaner.clean(html)

    def _permitted(self, _: str, attribute: str, value: str) -> str | None:
        return resolve(value, self._base) if attribute in ADDRESSES else value


@cache
def _sanitiser() -> _Sanitiser:
    return _Sanitiser()
