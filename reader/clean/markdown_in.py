"""Markdown → article: facts from the front matter, the title from the first heading, the body as it
is. Damaged Markdown is repaired first; sound Markdown comes through unchanged in meaning.

Raw HTML inside stays visible as text; a file that is mostly HTML blocks never comes here
(`sniff.form` calls it a page).
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from reader.clean import addresses, facts, front_matter, lines, names, prose, repair
from reader.clean.facts import Facts
from reader.clean.front_matter import Value
from reader.clean.lines import normal
from reader.model import Cleaned, Document, When

CAP = 2_000_000
"""Characters that are read."""
LINES_CAP = 20_000
"""Lines that are read: a parsed list item takes a kilobyte."""
LONGEST_TITLE = 300
"""Letters of the longest heading that may be a title."""

_ATX = re.compile(r"^ {0,3}(#{1,6})[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*$")
_SETEXT = re.compile(r"^ {0,3}={1,}[ \t]*$")
_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})")
_COMMENT = re.compile(r"^ {0,3}<!--.*?-->[ \t]*$", re.M | re.S)
_EMPHASIS = re.compile(r"(?<!\w)([*_]{1,3})(\S(?:.*?\S)?)\1(?!\w)")
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")


def clean_markdown(document: Document, text: str) -> Cleaned:
    """The article in a Markdown file; `text` is its decoded body."""
    from reader.clean import aggregator_dump, dump
    from reader.text import safe

    unix = text[:CAP].replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff")
    unix, truncated = lines.first_lines(unix, CAP, LINES_CAP)
    told, body = front_matter.split(unix)
    if (
        not told
        and (cleaned := aggregator_dump.clean_aggregated(document, lines.parted(body))) is not None
    ):
        return cleaned
    found = _facts(told)
    if repair.is_damaged(body):
        found.url = found.url or repair.source_of(body)
    heading, markdown = body_of(body, found.title)
    found.title = found.title or heading
    markdown = _without_byline(found, markdown)
    if not found.url and not document.url:
        found.url = addresses.named(body[:2000])
    cleaned = dump.record(
        document, markdown, found, trusted=True, truncated=truncated or len(text) > CAP
    )
    summary = _one(told, "description", "summary", "excerpt", "subtitle", "abstract", "dek")
    language = _one(told, "lang", "language", "locale")
    if language and not re.fullmatch(r"[A-Za-z]{2,3}(?:[-_].*)?", language):
        language = None
    return replace(
        cleaned,
        kind="markdown",
        summary=str(safe.prose(summary)) if summary else None,
        language=re.split(r"[-_]", language)[0].lower() if language else cleaned.language,
        quality=0.95 if cleaned.text else 0.0,
    )


def body_of(text: str, title: str | None) -> tuple[str | None, str]:
    """The first heading, if it is the title, and the Markdown below it, repaired if need be.

    A first heading that is not of the first level is the title only if it is the only one of its
    level, or says what is already known to be the title.
    """
    text = _without_comments(text)
    if repair.is_damaged(text):
        text = repair.repaired(text, title)
    rows = text.split("\n")
    at = next((n for n, row in enumerate(rows) if row.strip()), None)
    if at is None:
        return None, ""
    marked = _ATX.match(rows[at])
    if marked:
        heading, rest = marked[2], rows[at + 1 :]
        deep = len(marked[1]) > 1
    elif at + 1 < len(rows) and _SETEXT.match(rows[at + 1]):
        heading, rest, deep = rows[at].strip(), rows[at + 2 :], False
    else:
        return None, text.strip("\n")
    if len(heading) > LONGEST_TITLE:
        return None, text.strip("\n")
    said = words_of(heading)
    if title and normal(said) != normal(title) and not _nearly(said, title):
        # The front matter names the article otherwise: a first-level heading is then a section.
        return said or None, text.strip("\n")
    if marked and deep and not title and any(_level(row) == len(marked[1]) for row in rest):
        return None, text.strip("\n")
    return said or None, "\n".join(rest).strip("\n")


def words_of(inline: str) -> str:
    """Inline Markdown as plain words."""
    from reader.text import markdown as md

    return (
        " ".join(md.plain(inline).split()) if re.search(r"[\\*_`\[<&]", inline) else inline.strip()
    )


def _level(row: str) -> int:
    found = _ATX.match(row)
    return len(found[1]) if found else 0


def _nearly(said: str, title: str) -> bool:
    """Whether a heading is the title with a site's name added or its end cut."""
    a, b = normal(said), normal(title)
    return len(a) > 12 and len(b) > 12 and (a in b or b in a)


def _without_comments(text: str) -> str:
    if "<!--" not in text or _FENCE.search(text):
        return text
    return _COMMENT.sub("", text)


def _without_byline(found: Facts, markdown: str) -> str:
    """The body without a first paragraph that only says who wrote it and when."""
    for _ in range(3):
        head, gap, rest = markdown.lstrip("\n").partition("\n\n")
        plain = [_plain_row(row) for row in head.split("\n") if row.strip()]
        if (
            not gap
            or len(plain) > 3
            or not plain
            or re.match(r"\s{0,3}(?:#|```|~~~|\||[-*+] |\d+[.)] )", head)
        ):
            break
        if any(prose.word_count(row) > facts.SHORT_WORDS for row in plain):
            break
        trial = Facts(authors=list(found.authors))
        if not all(facts.read_row(trial, row) for row in plain):
            break
        found.authors = trial.authors
        found.published = found.published or trial.published
        found.modified = found.modified or trial.modified
        found.cached_at = found.cached_at or trial.cached_at
        found.section = found.section or trial.section
        found.site = found.site or trial.site
        found.url = found.url or trial.url
        found.tags = found.tags or trial.tags
        markdown = rest
    return markdown.strip("\n")


def _plain_row(row: str) -> str:
    return _EMPHASIS.sub(r"\2", _LINK.sub(r"\1", row)).replace("\\", "").strip(" >")


PUBLISHED = (
    "date", "published", "pubdate", "publishdate", "published_at", "created", "datepublished",
)  # fmt: skip
MODIFIED = ("updated", "modified", "lastmod", "last_modified", "updated_at", "datemodified")
CACHED = ("cached_at", "cached", "saved", "saved_at", "retrieved", "clipped", "archived")
ADDRESSES = (
    "url", "canonical", "canonical_url", "link", "source", "source_url", "original", "permalink",
)  # fmt: skip


def _facts(told: dict[str, Value]) -> Facts:
    found = Facts(title=_one(told, "title", "headline"))
    for key in ("author", "authors", "by", "byline", "creator"):
        value = told.get(key)
        told_names: Sequence[str] = value if isinstance(value, list) else [value] if value else []
        for name in told_names:
            split = names.split_names(name) or [name]
            found.authors += [one for one in split if one not in found.authors]
    found.published = _when(told, *PUBLISHED)
    found.modified = _when(told, *MODIFIED)
    found.cached_at = _when(told, *CACHED)
    found.section = _one(told, "section", "category", "categories", "rubric")
    found.site = _one(told, "site", "sitename", "site_name", "publisher", "publication")
    for key in ADDRESSES:
        address = _one(told, key)
        if address and re.match(r"https?://", address):
            found.url = found.url or address
        elif address and key == "source":
            found.site = found.site or address
    tags = told.get("tags") or told.get("keywords") or told.get("tag")
    if isinstance(tags, str):
        tags = [tag.strip() for tag in re.split(r"[,;]", tags)]
    found.tags = [tag for tag in tags or [] if tag]
    return found


def _one(told: dict[str, Value], *keys: str) -> str | None:
    for key in keys:
        value = told.get(key)
        if isinstance(value, list):
            value = value[0] if value else None
        if value:
            return value
    return None


def _when(told: dict[str, Value], *keys: str) -> When | None:
    value = _one(told, *keys)
    if not value:
        return None
    from reader.text import dates

    return dates.parse(value)
