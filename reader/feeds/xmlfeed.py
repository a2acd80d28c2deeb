"""RSS of every version, RDF, Atom and CDF: one reader, since feeds mix their vocabularies.

Where several elements may say the same thing, the order of the names below decides, and of one
name the first that says anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from reader.feeds import files
from reader.feeds.drafts import Attachment, EntryDraft, FeedDraft, Markup
from reader.feeds.elements import Element, Fields, Reader, language, words
from reader.feeds.fragments import base_of_entries

TITLES = ("title", "dc:title", "media:title", "itunes:title")
CONTENTS = ("content:encoded", "content", "xhtml:body", "body", "xhtml:div", "fullitem")
SUMMARIES = (
    "description",
    "summary",
    "abstract",
    "dc:description",
    "itunes:summary",
    "media:description",
    "tagline",
    "subtitle",
    "itunes:subtitle",
    "dcterms:abstract",
    "googleplay:description",
)
TAG = re.compile("<[^<>]*>")
TOLD_IN_LINES = ("media:description", "itunes:summary", "itunes:subtitle")
"""Plain text by their vocabularies, though some put HTML there."""
DESCRIPTIONS = ("description", "tagline", "subtitle", *SUMMARIES, "info")
AUTHORS = ("dc:creator", "dc:author", "author", "itunes:author", "googleplay:author")
EDITORS = (*AUTHORS, "managingeditor")
PUBLISHED = ("published", "issued", "pubdate", "dcterms:issued", "created", "dcterms:created")
UPDATED = (
    "updated",
    "modified",
    "lastbuilddate",
    "dc:date",
    "dcterms:modified",
    "lastmod",
)
ENTRY_NAMES = ("item", "entry")
MOST_ENTRIES = 20_000


def read(root: Element, url: str | None, text: str) -> FeedDraft | None:
    """The draft of a feed, or None if the tree is none."""
    reader = Reader(root, url, text)
    name = reader.names.of(root.tag).rpartition(":")[2]
    if name not in ("rss", "feed", "rdf", "channel"):
        return None
    fields = reader.fields(root)
    channel = root
    if name in ("rss", "rdf") and (channels := fields.get("channel")):
        channel = channels[0]
        for key, found in reader.fields(channel).items():
            fields[key] = found + (fields.get(key, []) if key in ENTRY_NAMES else [])
    feed = FeedDraft(_format(root, name, reader))
    _describe(feed, reader, channel, fields)
    reader.url = base_of_entries(url, feed.home)
    places = [entry for key in ENTRY_NAMES for entry in fields.get(key, ())]
    if items := fields.get("items"):
        places += [entry for entry in items[0] if reader.names.of(entry.tag) in ENTRY_NAMES]
    if len(places) > MOST_ENTRIES:
        feed.warnings.append("truncated")
    feed.entries = [_entry(reader, place, feed) for place in places[:MOST_ENTRIES]]
    return feed


def _format(root: Element, name: str, reader: Reader) -> str:
    if name == "feed":
        return "Atom 1.0" if "2005" in root.tag else f"Atom {root.get('version') or '0.3'}"
    if name == "channel":
        return "CDF" if reader.names.of(root.tag) == "channel" else "RSS"
    if name == "rdf":
        return "RSS 0.9" if "my.netscape.com" in str(root.nsmap.values()) else "RSS 1.0"
    return f"RSS {(root.get('version') or '').strip()[:8]}".strip()


def _describe(feed: FeedDraft, reader: Reader, channel: Element, fields: Fields) -> None:
    feed.title = _markup(reader, fields, TITLES, None)
    feed.description = _markup(reader, fields, DESCRIPTIONS, "html")
    for rel, address, _ in _links(reader, fields):
        if rel == "alternate" and not feed.home:
            feed.home = address
        elif rel == "self" and not feed.url:
            feed.url = address
    if not feed.home:
        feed.home = reader.address(channel, _attribute(channel, "href"))
    feed.language = (
        language(_words(fields, ("language", "dc:language")))
        or reader.language(channel)
        or reader.language(channel.getparent() if channel.getparent() is not None else channel)
    )
    feed.authors = _people(reader, fields, EDITORS)
    feed.published = _words(fields, PUBLISHED)
    feed.updated = _last(fields, UPDATED) or _attribute(channel, "lastmod")
    feed.tags = _tags(reader, fields)
    for redirect in fields.get("redirect", ()):
        fields.update(reader.fields(redirect))
    feed.moved_to = _words(fields, ("itunes:new-feed-url", "newlocation"))
    feed.ttl = _words(fields, ("ttl",))
    feed.update_period = _words(fields, ("sy:updateperiod",))
    feed.update_frequency = _words(fields, ("sy:updatefrequency",))
    feed.skip_hours = [w for e in fields.get("skiphours", ()) for h in e if (w := words(h))]
    feed.skip_days = [w for e in fields.get("skipdays", ()) for d in e if (w := words(d))]


def _entry(reader: Reader, place: Element, feed: FeedDraft) -> EntryDraft:
    fields = reader.fields(place)
    groups = fields.get("media:group", ())
    for group in groups:
        for key, found in reader.fields(group).items():
            fields[key] = fields.get(key, []) + found
    entry = EntryDraft(
        id=_words(fields, ("guid", "id")) or _about(reader, place),
        title=_markup(reader, fields, TITLES, None),
        authors=_people(reader, fields, AUTHORS),
        published=_words(fields, PUBLISHED),
        updated=_last(fields, UPDATED) or _attribute(place, "lastmod"),
        language=language(_words(fields, ("dc:language", "language"))) or reader.language(place),
        tags=_tags(reader, fields),
        comments=_words(fields, ("comments", "wfw:comment")),
    )
    if not entry.published:  # the only date of RSS 1.0 is that of the entry itself
        entry.published = _words(fields, ("dc:date",))
    _place_texts(entry, reader, fields)
    _place_links(entry, reader, place, fields)
    if not entry.authors and "author" not in fields and feed.format.startswith("Atom"):
        entry.authors = _of_source(reader, fields) or feed.authors  # RFC 4287 §4.1.2
    if entry.comments:
        entry.comments = reader.address(place, entry.comments)
    return entry


def _place_texts(entry: EntryDraft, reader: Reader, fields: Fields) -> None:
    contents = [m for key in CONTENTS for e in fields.get(key, ()) if (m := _text(reader, e))]
    entry.content = max(contents, key=_worth, default=None)
    told = [key for key in SUMMARIES if key in fields]
    if "summary" in told and "description" in told and entry.content is None:
        # Both at once: the one that calls itself a summary is the shorter of the two.
        entry.content = _markup(reader, fields, ("description",), "html")
        told.remove("description")
    entry.summary = _markup(reader, fields, told, "html")
    if entry.content is None and "description" in told:
        entry.content = _notes(reader, fields, entry.summary)


def _notes(reader: Reader, fields: Fields, summary: Markup | None) -> Markup | None:
    """What an episode tells at length beside its description, if it is not the same again."""
    notes = _markup(reader, fields, ("itunes:summary", "googleplay:description"), "maybe")
    told = len(TAG.sub("", summary.value)) if summary else 0
    return notes if notes and len(TAG.sub("", notes.value)) > 1.5 * told else None


def _text(reader: Reader, element: Element) -> Markup | None:
    return reader.markup(element, "html")


def _worth(content: Markup) -> tuple[bool, int]:
    """Of several contents (languages, formats) HTML goes before text, then the longer."""
    return content.form != "text", len(content.value)


def _place_links(entry: EntryDraft, reader: Reader, place: Element, fields: Fields) -> None:
    links = list(_links(reader, fields))
    original = _words(fields, ("feedburner:origlink",))
    entry.url = reader.address(place, original) if original else None
    for rel, address, element in links:
        if rel == "alternate" and not entry.url:
            entry.url = address
        elif rel == "enclosure":
            entry.attachments.append(
                Attachment(
                    address, element.get("type"), element.get("length"), element.get("title")
                )
            )
        elif rel == "replies" and not entry.comments:
            entry.comments = address
    if not entry.url:
        entry.url = reader.address(place, _attribute(place, "href")) or _permalink(fields)
    entry.attachments += files.attached(reader, fields)
    for each in fields.get("content", ()):
        if source := reader.address(each, each.get("src")):
            if not (each.get("type") or "").startswith(("text", "html", "xhtml")):
                entry.attachments.append(Attachment(source, each.get("type")))
            elif not entry.url:
                entry.url = source
    if entry.content is entry.summary is None and not entry.attachments:
        entry.attachments = files.stand_in(reader, fields)


def _links(reader: Reader, fields: Fields) -> Iterator[tuple[str, str, Element]]:
    """(relation, address, element) of every link."""
    for each in fields.get("link", ()):
        told = each.get("href")
        if told is None:
            told = words(each)
        if (address := reader.address(each, told)) or (told == "" and reader.base(each)):
            rel = (each.get("rel") or "alternate").strip().lower()
            yield rel.rpartition("/")[2], address or str(reader.base(each)), each
    for key in ("url", "xhtml:link"):
        for each in fields.get(key, ()) if "link" not in fields else ():
            if address := reader.address(each, each.get("href") or words(each)):
                yield "alternate", address, each


def _permalink(fields: Fields) -> str | None:
    for each in fields.get("guid", ()):
        told = words(each) or ""
        if (each.get("isPermaLink") or "true").strip().lower() != "false" and "://" in told:
            return told
    for each in fields.get("id", ()):
        told = words(each) or ""
        if told.startswith(("http://", "https://")):
            return told
    return None


def _about(reader: Reader, place: Element) -> str | None:
    for name, value in place.attrib.items():
        if reader.names.of(name) == "rdf:about":
            return str(value).strip() or None
    return None


def _attribute(element: Element, name: str) -> str | None:
    """An attribute whatever its case: CDF shouts."""
    found: str | None = element.get(name)
    return found if found is not None else element.get(name.upper())


def _markup(reader: Reader, fields: Fields, keys: Iterable[str], form: str | None) -> Markup | None:
    for key in keys:
        as_told = "maybe" if key in TOLD_IN_LINES and form else form
        for each in fields.get(key, ()):
            if found := reader.markup(each, as_told):
                return found
    return None


def _words(fields: Fields, keys: Iterable[str]) -> str | None:
    for key in keys:
        for each in fields.get(key, ()):
            if found := words(each):
                return found
    return None


def _last(fields: Fields, keys: Iterable[str]) -> str | None:
    """As `_words`, but of one name the last: a later update overtakes an earlier one."""
    for key in keys:
        for each in fields.get(key, [])[::-1]:
            if found := words(each):
                return found
    return None


def _people(reader: Reader, fields: Fields, keys: Iterable[str]) -> list[str]:
    for key in keys:
        people = [name for e in fields.get(key, ()) if (name := reader.person(e))]
        if people and not (key.startswith("dc:") and all("@" in name for name in people)):
            return people
    return [name for key in keys for e in fields.get(key, ()) if (name := reader.person(e))][:1]


def _of_source(reader: Reader, fields: Fields) -> list[str]:
    for source in fields.get("source", ()):
        if len(source):
            return _people(reader, reader.fields(source), AUTHORS)
    return []


def _tags(reader: Reader, fields: Fields) -> list[str]:
    tags = [tag for e in fields.get("tags", ()) for tag in (words(e) or "").split(",")]
    for key in ("category", "dc:subject", "media:category"):
        for each in fields.get(key, ()):
            told = each.get("label") or each.get("term") or words(each)
            tags += [told] if told else []
    for key in ("itunes:category", "googleplay:category"):
        for each in fields.get(key, ()):
            tags += [
                text for e in each.iter() if isinstance(e.tag, str) and (text := e.get("text"))
            ]
    for key in ("keywords", "itunes:keywords", "media:keywords"):
        for each in fields.get(key, ()):
            tags += (words(each) or "").split(",")
    return tags
