"""Articles out: as Markdown with front matter, as JSON, as JSON lines that import reads back, and
as documents (`reader.exchange.documents`)."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Protocol

from reader.errors import NothingFound
from reader.exchange.documents import FORMATS as DOCUMENTS
from reader.exchange.files import write_whole
from reader.exchange.records import marked_record, record
from reader.model import Article, ArticleId, Bookmark, Highlight, Marked, Source, SourceId, Summary
from reader.text import safe


class Shelf(Protocol):
    """Where articles are taken from."""

    def article(self, id: ArticleId, /) -> Article: ...
    def sources(self) -> list[Source]: ...
    def removed_sources(self) -> list[Source]: ...
    def bookmarks(self) -> list[Bookmark]: ...
    def highlights(self, id: ArticleId | None = None, /) -> list[Highlight]: ...
    def summary(self, id: ArticleId, /) -> Summary: ...


OF_THIS_CACHE = ("story", "edits")
"""What a row says of its neighbours in this cache, and another cache has to find out anew."""


def _silent(said: str) -> None:
    """Of text there is nothing to warn of."""


class Exporter:
    """Writes articles of one shelf in one format."""

    def __init__(self, shelf: Shelf, format: str, warn: Callable[[str], None] = _silent) -> None:
        self._shelf = shelf
        self._warn = warn
        self._told: set[str] = set()
        """Scripts without a font that have been warned of."""
        self._format = format
        self._sources = {source.id: source for source in shelf.sources()}
        self._removed = {source.id: source for source in shelf.removed_sources()}
        self._starred = {mark.headline.id: mark.starred_at for mark in shelf.bookmarks()}

    def document(self, ids: Iterable[ArticleId]) -> bytes:
        """Articles as one document."""
        from reader.exchange.documents import writer
        from reader.exchange.documents.sheet import sheet

        shelf = self._shelf
        sheets = [sheet(shelf.article(id), self._marked(id), shelf.summary(id)) for id in ids]
        if not sheets:
            raise NothingFound("there is nothing to export")
        made = writer(self._format)(sheets)
        if self._format == "pdf":
            from reader.exchange.documents.fonts import warning

            if said := warning(sheets, self._told):
                self._warn(said)
        return made

    def file(self, id: ArticleId) -> bytes:
        """One article, as the bytes of a file of its own."""
        if self._format in DOCUMENTS:
            return self.document([id])
        return self.text(id).encode("utf-8", "replace")

    def text(self, id: ArticleId) -> str:
        """One article, as it stands in a file of its own."""
        article = self._shelf.article(id)
        if self._format == "md":
            return markdown(article, self._marked(id))
        ends = {"json": 2, "jsonl": None}[self._format]
        return json.dumps(self.line(article), ensure_ascii=False, indent=ends) + "\n"

    def line(self, article: Article) -> dict[str, Any]:
        """The article with everything that import needs to make it again."""
        made = {k: v for k, v in record(article).items() if k not in OF_THIS_CACHE}
        starred_at = self._starred.get(article.id)
        return made | {
            "starred_at": starred_at.isoformat() if starred_at else None,
            "highlights": [marked_record(each) for each in self._marked(article.id)],
            "origin": self._origin(article.headline.source_id),
        }

    def _origin(self, id: SourceId) -> dict[str, Any] | None:
        """The source as import needs it; one that was removed does not come back by an import."""
        source = self._sources.get(id) or self._removed.get(id)
        if source is None:
            return None
        return {
            "kind": str(source.kind),
            "url": source.url,
            "added_as": source.added_as,
            "home": source.home,
            "folder": source.folder,
            **({"removed": True} if id in self._removed else {}),
        }

    def _marked(self, id: ArticleId) -> list[Marked]:
        return [each.marked for each in self._shelf.highlights(id)]


def document(
    shelf: Shelf, ids: Iterable[ArticleId], format: str, warn: Callable[[str], None]
) -> bytes:
    """The articles as the bytes of one document; `warn` is told what it cannot show. Raises
    NothingFound, BroadsheetError."""
    return Exporter(shelf, format, warn).document(ids)


def to_file(
    shelf: Shelf,
    ids: Sequence[ArticleId],
    format: str,
    file: Path,
    warn: Callable[[str], None],
    *,
    force: bool = False,
) -> None:
    """The articles in one file, whole or not at all; `warn` as in `document`. Raises
    BroadsheetError."""
    is_document = format in DOCUMENTS
    content = [document(shelf, ids, format, warn)] if is_document else pieces(shelf, ids, format)
    write_whole(file, content, force=force)


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
    shelf: Shelf,
    ids: Iterable[ArticleId],
    format: str,
    folder: Path,
    warn: Callable[[str], None],
    *,
    force: bool = False,
) -> Iterator[tuple[ArticleId, Path]]:
    """One file for each article; those of one title are told apart by a number. `warn` is told
    what a document cannot show."""
    exporter = Exporter(shelf, format, warn)
    taken: set[str] = set()
    for id in ids:
        name = _free_name(shelf.article(id).title, f".{format}", taken)
        write_whole(folder / name, [exporter.file(id)], force=force)
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
