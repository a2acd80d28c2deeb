"""Articles out: as Markdown with front matter, as JSON, as JSON lines that import reads back."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Protocol

from reader.exchange.files import write_whole
from reader.exchange.records import marked_record, record
from reader.model import Article, ArticleId, Bookmark, Highlight, Marked, Source
from reader.text import safe


class Shelf(Protocol):
    """Where articles are taken from."""

    def article(self, id: ArticleId, /) -> Article: ...
    def sources(self) -> list[Source]: ...
    def bookmarks(self) -> list[Bookmark]: ...
    def highlights(self, id: ArticleId | None = None, /) -> list[Highlight]: ...


OF_THIS_CACHE = ("story", "edits")
"""What a row says of its neighbours in this cache, and another cache has to find out anew."""


class Exporter:
    """Writes articles of one shelf in one format."""

    def __init__(self, shelf: Shelf, format: str) -> None:
        self._shelf = shelf
        self._format = format
        self._sources = {source.id: source for source in shelf.sources()}
        self._starred = {mark.headline.id: mark.starred_at for mark in shelf.bookmarks()}

    def text(self, id: ArticleId) -> str:
        """One article, as it stands in a file of its own."""
        article = self._shelf.article(id)
        if self._format == "md":
            return markdown(article, [each.marked for each in self._shelf.highlights(id)])
        ends = {"json": 2, "jsonl": None}[self._format]
        return json.dumps(self.line(article), ensure_ascii=False, indent=ends) + "\n"

    def line(self, article: Article) -> dict[str, Any]:
        """The article with everything that import needs to make it again."""
        made = {k: v for k, v in record(article).items() if k not in OF_THIS_CACHE}
        starred_at = self._starred.get(article.id)
        source = self._sources.get(article.headline.source_id)
        return made | {
            "starred_at": starred_at.isoformat() if starred_at else None,
            "highlights": [
                marked_record(each.marked) for each in self._shelf.highlights(article.id)
            ],
            "origin": source
            and {
                "kind": str(source.kind),
                "url": source.url,
                "added_as": source.added_as,
                "home": source.home,
                "folder": source.folder,
            },
        }


def pieces(
    shelf: Shelf, ids: Sequence[ArticleId], format: str, escape: Callable[[str], str] = str
) -> Iterator[str]:
    """The articles as the text of one file, piece by piece; JSON passes through `escape`."""
    exporter = Exporter(shelf, format)
    for number, id in enumerate(ids):
        text = exporter.text(id)
        if format == "md":
            yield text if number == 0 else "\n" + text
        elif format == "jsonl":
            yield escape(text)
        else:
            yield ("[\n" if number == 0 else ",\n") + escape(text.rstrip("\n"))
    if format == "json":
        yield "\n]\n" if ids else "[]\n"


def to_folder(
    shelf: Shelf, ids: Iterable[ArticleId], format: str, folder: Path, *, force: bool = False
) -> Iterator[tuple[ArticleId, Path]]:
    """One file for each article; those of one title are told apart by a number."""
    exporter = Exporter(shelf, format)
    taken: set[str] = set()
    for id in ids:
        name = _free_name(shelf.article(id).title, f".{format}", taken)
        write_whole(folder / name, [exporter.text(id)], force=force)
        yield id, folder / name


def _free_name(title: str, suffix: str, taken: set[str]) -> str:
    number = 1
    name = safe.file_name(title, suffix)
    # Case folded, for file systems on which two names that differ in case are one.
    while name.casefold() in taken:
        number += 1
        name = safe.file_name(title, f" {number}{suffix}")
    taken.add(name.casefold())
    return name


def markdown(article: Article, highlights: Sequence[Marked] = ()) -> str:
    """The article with front matter whose keys Obsidian knows (JSON strings are sound YAML), and at
    its end what was highlighted, each with its note."""
    headline = article.headline
    facts: dict[str, object] = {
        "title": headline.title,
        "source": article.url,
        "site": headline.site or headline.source,
        "author": list(article.authors),
        "published": headline.published,
        "modified": article.modified,
        "created": article.seen.isoformat(),
        "language": article.language,
        "description": headline.summary,
        "tags": ["-".join(tag.split()) for tag in article.tags],
        "note": article.note,
    }
    told = (
        f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in facts.items() if value
    )
    front = "\n".join(safe.line(each, cap=20_000) for each in told)
    title = safe.line(headline.title)
    body = f"---\n{front}\n---\n\n# {title}\n\n{article.markdown.strip()}\n"
    if not highlights:
        return body
    return "\n".join([body, "## Highlights\n", *map(_quoted, highlights)])


def _quoted(marked: Marked) -> str:
    """A highlight as a quote, its note under it."""
    quote = "\n".join(f"> {line}".rstrip() for line in marked.quote.split("\n"))
    return f"{quote}\n\n{marked.note}\n" if marked.note else f"{quote}\n"
