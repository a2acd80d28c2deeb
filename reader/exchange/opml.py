"""OPML (opml.org/spec2.opml): lists of feeds in folders, as other readers write and read them.

What is met in the wild is rarely well-formed, so outlines are read tag by tag: a broken entity, a
bare `&`, a lost end tag or a cut-off file costs at most the outline it stands in. No document type
is looked at, so no entity is ever expanded. Reading is linear in the length of the file.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from email.utils import format_datetime

from reader import clock
from reader.exchange.feeds import Listed, PassedOver
from reader.model import Source, SourceKind
from reader.text import safe

BEGINS = re.compile(r"<(?:\w+:)?(?:opml|outline)\b", re.I)
"""What tells an OPML file from other markup."""
FOLDER_DEPTH = 6
"""Folders inside each other; what is deeper is put into the sixth."""
SEPARATOR = "/"

_TAG = re.compile(r"<(/?)(?:\w+:)?outline\b|<(/)(?:body|opml)\b", re.I)
# Possessive, and never begun inside a name: an attribute flood is read once.
_ATTRIBUTE = re.compile(
    r"(?<![\w:.-])([\w:.-]++)\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^\s\"'<>]++))"
)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|\w{1,31});", re.I)
_ESCAPED_TWICE = re.compile(
    r"&amp;(?=(?:amp|lt|gt|quot|apos|nbsp|#\d{1,7}|#x[0-9a-f]{1,6});)", re.I
)
_FEED_TYPES = ("rss", "atom", "rdf", "feed", "rss1", "rss2", "")
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def read(text: str) -> Iterator[Listed | PassedOver]:
    """Every feed the text lists, in its order, and every outline that is none."""
    around: list[tuple[str, ...]] = []  # for each outline that is open, the path of what is in it
    commented = 0  # how many outlines are open around us since one was commented out
    ended = False
    text = _without_comments(text)
    tags = list(_TAG.finditer(text))
    ends = [tag.start() for tag in tags[1:]] + [len(text)]
    for tag, end in zip(tags, ends, strict=False):
        if tag[2]:
            ended = True
            continue
        if tag[1]:
            if around:
                around.pop()
                commented = max(0, commented - 1)
            continue
        piece = text[tag.end() : end]
        said, closed = _attributes(piece)
        path = around[-1] if around else ()
        if commented or said.get("iscomment", "").lower() == "true":
            commented += not closed
            if _address(said):
                yield _passed_over(said, "it is commented out there", "skipped")
        else:
            yield from _listing(said, SEPARATOR.join(path) or None, piece, has_children=not closed)
        if not closed:
            label = None if _address(said) else _label(said)
            around.append((*path, label) if label and len(path) < FOLDER_DEPTH else path)
    if tags and not ended:
        yield PassedOver(
            "the end of the list",
            "the file is cut off: the feeds before that are read, the rest is missing",
        )


def _without_comments(text: str) -> str:
    pieces = []
    at = 0
    while (start := text.find("<!--", at)) >= 0 and (end := text.find("-->", start + 4)) >= 0:
        pieces.append(text[at:start])
        at = end + 3
    return "".join([*pieces, text[at:]])


def _attributes(piece: str) -> tuple[dict[str, str], bool]:
    """The attributes of a tag, their names in small letters, and whether it closes itself."""
    said: dict[str, str] = {}
    end = 0
    for found in _ATTRIBUTE.finditer(piece):
        if ">" in piece[end : found.start()]:
            break
        end = found.end()
        value = next(group for group in found.groups()[1:] if group is not None)
        if found[4] and value.endswith("/") and piece.startswith(">", end):
            value, end = value[:-1], end - 1  # <outline xmlUrl=http://a/>
        said.setdefault(found[1].lower().rpartition(":")[2], _plain(value))
    return said, piece[end:].partition(">")[0].rstrip().endswith("/")


def _plain(value: str) -> str:
    value = _ESCAPED_TWICE.sub("&", value)
    return _ENTITY.sub(lambda entity: html.unescape(entity[0]), value).strip()


def _address(said: dict[str, str]) -> str | None:
    if address := said.get("xmlurl"):
        return address
    return said.get("url") if said.get("type", "").lower() in _FEED_TYPES else None


def _listing(
    said: dict[str, str], folder: str | None, piece: str, *, has_children: bool
) -> Iterator[Listed | PassedOver]:
    if address := _address(said):
        yield Listed(
            address,
            _label(said),
            folder or _category(said),
            safe.link(said.get("htmlurl", "")),
            "its filter command is left out" if said.get("filtercmd") else None,
        )
    elif other := said.get("url"):
        if said["type"].lower() == "include" or other.lower().endswith((".opml", ".opml.xml")):
            yield _passed_over(said, f"it is another list, at {other}: import that by itself")
        else:
            yield _passed_over(said, f"it is a page: `broadsheet add {other}` takes it")
    elif site := said.get("htmlurl"):
        yield _passed_over(
            said, f"it has no feed address: `broadsheet add {site}` looks for the site's feed"
        )
    elif "xmlurl" not in said and "xmlurl" in piece.lower():
        yield _passed_over(said, "its address cannot be told from the rest: a quote is missing")
    elif said.get("type", "").lower() in ("rss", "atom") and not has_children:
        yield _passed_over(said, "it has no address")


def _passed_over(said: dict[str, str], reason: str, status: str = "refused") -> PassedOver:
    label = _label(said)
    return PassedOver(_address(said) or label or "an outline", _line(reason), label, status)


def _line(text: str) -> str:
    return str(safe.line(text, cap=1_000))


def _label(said: dict[str, str]) -> str | None:
    """`text` is what is to be shown (OPML 2.0, Text attribute); some write only `title`."""
    return next((label for name in ("text", "title") if (label := _line(said.get(name, "")))), None)


def _category(said: dict[str, str]) -> str | None:
    """The first category, by which some readers say the folder: `/news/world,/daily`."""
    first = said.get("category", "").partition(",")[0]
    return _line(first.strip().strip(SEPARATOR)) or None


def write(sources: Iterable[Source]) -> Iterator[str]:
    """The feeds as OPML 2.0, piece by piece: by folder, folders inside folders; nothing secret."""
    yield (
        '<?xml version="1.0" encoding="UTF-8"?>\n<opml version="2.0">\n<head>\n'
        "<title>Feeds of broadsheet</title>\n"
        f"<dateCreated>{format_datetime(clock.now())}</dateCreated>\n"
        "<docs>http://opml.org/spec2.opml</docs>\n</head>\n<body>\n"
    )
    inside: list[str] = []
    feeds = (source for source in sources if source.kind == SourceKind.FEED)
    for source in sorted(feeds, key=lambda each: (_parts(each.folder), each.title, each.id)):
        path = _parts(source.folder)
        shared = _shared(inside, path)
        yield from _ends(len(inside), shared)
        for depth in range(shared, len(path)):
            yield f"{'  ' * depth}<outline text={_quoted(path[depth])}>\n"
        inside = path
        title = _quoted(source.title)
        home = f" htmlUrl={_quoted(source.home)}" if source.home else ""
        yield (
            f'{"  " * len(path)}<outline type="rss" text={title} title={title}'
            f" xmlUrl={_quoted(source.url)}{home}/>\n"
        )
    yield from _ends(len(inside), 0)
    yield "</body>\n</opml>\n"


def _ends(depth: int, down_to: int) -> Iterator[str]:
    for level in range(depth - 1, down_to - 1, -1):
        yield f"{'  ' * level}</outline>\n"


def _shared(one: list[str], other: list[str]) -> int:
    """How many outer folders two paths have in common."""
    pairs = zip(one, other, strict=False)
    return next((at for at, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


def _parts(folder: str | None) -> list[str]:
    """The folders of a path; a name that only looks like a path stays one name."""
    if not folder:
        return []
    parts = folder.split(SEPARATOR)
    is_path = len(parts) <= FOLDER_DEPTH and all(part and part == part.strip() for part in parts)
    return parts if is_path else [folder]


def _quoted(text: str) -> str:
    """An attribute's value. An `&` that would be read as escaped twice is written as a number."""
    kept = html.escape(_NOT_XML.sub("", text), quote=True)
    kept = _ESCAPED_TWICE.sub("&#38;", kept)
    return f'"{kept}"'.replace("\n", "&#10;").replace("\t", "&#9;")
