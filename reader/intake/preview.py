"""What a feed, a site or a file would deliver, with nothing kept.

    address → fetch → feed? else page → its feeds, one of which is fetched → the page itself

Foreign bytes are read in children with limits. An address that a page names is fetched as a
stranger's: private networks stay closed to it, unless it is on the host and port that were typed.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Self
from urllib.parse import unquote, urlsplit

from reader.errors import BroadsheetError, CleanError, FeedError, FetchError, NotAFeed
from reader.feeds.model import Candidate, Entry, Feed
from reader.intake import documents
from reader.model import Cleaned, Document

if TYPE_CHECKING:
    from reader.clean.worker import Cleaner
    from reader.feeds.worker import FeedReader
    from reader.intake.asking import Passerby

MOST_TRIES = 5
"""Candidates of one site that are fetched until one is a feed."""


@dataclass(frozen=True, slots=True)
class Preview:
    """A source as it would be, and the other feeds of its site."""

    feed: Feed
    candidates: tuple[Candidate, ...] = ()


@dataclass(frozen=True, slots=True)
class Wanted:
    """A document to look at: what to call it, and how to get its bytes."""

    name: str
    load: Callable[[], Document]
    """Raises CleanError."""


class Previewer:
    """Looks at sources. Close it, or use it as a context manager."""

    def __init__(self, processes: int = 1) -> None:
        from reader.clean.worker import Cleaner
        from reader.feeds.worker import FeedReader

        self._processes = processes
        self._reader: FeedReader = FeedReader(processes)
        self._cleaner: Cleaner = Cleaner(processes)

    def of(self, what: str, base_url: str | None = None) -> Preview:
        """The preview of an address, a file, or stdin as `-`.

        Raises FetchError, CleanError or FeedError if there is nothing to read.
        """
        if "://" in what and not what.startswith("file://"):
            return self._of_site(what)
        if what == "-":
            return self.of_document(Document(documents.read_stdin(), url=base_url))
        path = Path(unquote(urlsplit(what).path) if what.startswith("file://") else what)
        body = documents.read_file(path)
        return self.of_document(Document(body, url=base_url, name=path.name))

    def of_document(self, document: Document) -> Preview:
        """The preview of bytes that are at hand; nothing is fetched."""
        try:
            return Preview(self._reader.read(document))
        except NotAFeed:
            candidates = self._reader.discover(document) if document.url else []
            return self._of_page(document, candidates)

    def of_many(self, batch: Sequence[Wanted]) -> Iterator[tuple[str, Preview | BroadsheetError]]:
        """Name and preview of each document in order, or the reason why there is none."""
        with ThreadPoolExecutor(self._processes, thread_name_prefix="preview") as pool:
            waiting: deque[Future[Preview | BroadsheetError]] = deque()
            for number, wanted in enumerate(batch):
                waiting.append(pool.submit(self._tried, wanted))
                if len(waiting) > 2 * self._processes:
                    name = batch[number + 1 - len(waiting)].name
                    yield name, waiting.popleft().result()
            for wanted in batch[len(batch) - len(waiting) :]:
                yield wanted.name, waiting.popleft().result()

    @cached_property
    def _passerby(self) -> Passerby:
        from reader.intake.asking import Passerby

        return Passerby()

    def close(self) -> None:
        """End the children."""
        self._reader.close()
        self._cleaner.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _tried(self, wanted: Wanted) -> Preview | BroadsheetError:
        try:
            return self.of_document(wanted.load())
        except BroadsheetError as error:
            return error

    def _of_site(self, url: str) -> Preview:
        from reader.feeds.discovery import known_listing

        if found := self._first_of(known_listing(url), url):
            return found
        document = self._passerby.document(url)
        try:
            return Preview(self._reader.read(document))
        except NotAFeed:
            candidates = self._reader.discover(document)
        if found := self._first_of(candidates, url):
            return found
        return self._of_page(document, [each for each in candidates if each.kind])

    def _first_of(self, candidates: Sequence[Candidate], typed: str) -> Preview | None:
        """The preview of the first that is a feed."""
        for candidate in candidates[:MOST_TRIES]:
            try:
                near = _same_host(candidate.url, typed)
                found = self._passerby.document(candidate.url, typed=near)
                return Preview(self._reader.read(found), tuple(candidates))
            except (FetchError, FeedError):
                continue
        return None

    def _of_page(self, document: Document, candidates: Sequence[Candidate]) -> Preview:
        cleaned = self._cleaner.clean(document)
        if not cleaned.text.strip():
            failed = (w.partition("failed: ")[2] for w in cleaned.warnings)
            cause = next(filter(None, failed), "it holds neither a feed nor anything to read")
            raise CleanError(document.url or document.name or "it", cause)
        return Preview(as_feed(cleaned, document), tuple(candidates))


def as_feed(cleaned: Cleaned, document: Document) -> Feed:
    """A page without a feed as a source of kind `page`, whose one entry it is."""
    from reader.feeds import fragments
    from reader.text import markdown

    url = cleaned.url or document.url
    content = fragments.sanitised(markdown.parser().render(cleaned.markdown), url)
    entry = Entry(
        id=url or document.name,
        title=cleaned.title,
        url=url,
        authors=cleaned.authors,
        published=cleaned.published,
        updated=cleaned.modified,
        summary=escape(cleaned.summary, quote=False) if cleaned.summary else None,
        content=content,
        text=cleaned.text,
        language=cleaned.language,
        tags=cleaned.tags,
    )
    return Feed(
        title=cleaned.site or cleaned.title,
        url=url,
        home=url,
        language=cleaned.language,
        kind="page",
        entries=(entry,),
        warnings=cleaned.warnings,
    )


def _same_host(url: str, typed: str) -> bool:
    one, other = urlsplit(url), urlsplit(typed)
    return (one.hostname, one.port) == (other.hostname, other.port)
