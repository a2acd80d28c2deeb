"""The one door for both fronts: open a cache, ask it, change it, take it back.

Questions return whole small results; changes return the sentence that says what was done. Heavy
rooms are imported by the method that needs them, so that opening a library stays cheap.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import IO, TYPE_CHECKING, Any, Self

from reader.model import (
    Anchor,
    Arrival,
    ArticleId,
    Check,
    Marked,
    Outcome,
    SourceId,
    View,
)
from reader.questions import Questions
from reader.store.cache import Cache
from reader.store.stories import UNNAMED

if TYPE_CHECKING:
    from reader.exchange.collection import Pair


class Library(Questions):
    """A cache and all that can be done with it.

    One thread, one library: `another()` gives a worker its own.
    """

    @classmethod
    def open(cls, path: Path | str | None = None, readonly: bool = False) -> Library:
        """The library at `path`, or the person's own. Raises CacheError, NothingFound."""
        return cls(Cache.open(path, readonly=readonly))

    def another(self) -> Library:
        """The same library for another thread."""
        return Library(self.cache.another())

    @property
    def path(self) -> Path:
        return self.cache.path

    @property
    def readonly(self) -> bool:
        """Can nothing be changed? Where the folder cannot be written, for instance."""
        return self.cache.readonly

    def close(self) -> None:
        self.cache.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def interrupt(self) -> None:
        """Call off a question that another thread is asking this library."""
        self.cache.interrupt()

    def visited(self, newest: int | None = None) -> None:
        """Note that the person is here now and was shown what came up to the article `newest`,
        or everything: "since the last visit" is told from that."""
        from reader.stories import edition

        edition.visited(self.cache, newest)

    def mark_read(self, ids: Iterable[int], read: bool = True) -> str:
        """Mark articles read, or unread."""
        return self.cache.changes.mark_read(ids, read)

    def mark_text_read(self, id: ArticleId, read: bool = True) -> str:
        """Mark an article read, or unread, with the near copies of its text."""
        return self.cache.changes.mark_text_read(id, read)

    def saw(self, id: ArticleId, edits: int | None = None) -> None:
        """Mark an article, and copies of its text, read because it was shown; nothing that undo
        would have to take back. `edits` as for `showed`."""
        self.cache.changes.saw(id, edits)

    def showed(
        self, id: ArticleId, spans: Sequence[tuple[int, int]], edits: int | None = None
    ) -> None:
        """Note which parts of an article's text, (start, end) in characters, were on the screen:
        of an article that was only opened they alone count as read. `edits`: how often the text
        on the screen had been edited, if there may be another by now."""
        self.cache.changes.showed(id, spans, edits)

    def mark_view_read(self, view: View) -> str:
        """Mark read all that a view shows now."""
        if view.kind == "query":
            return self.cache.changes.mark_read(self.ids(view))
        return self.cache.changes.mark_view_read(view)

    def star(self, ids: Iterable[int], starred: bool = True) -> str:
        """Star articles, or unstar them."""
        return self.cache.changes.star(ids, starred)

    def tag(self, ids: Iterable[int], add: Iterable[str] = (), remove: Iterable[str] = ()) -> str:
        """Give articles tags and take others away. Raises UsageError for an empty tag."""
        return self.cache.changes.tag(ids, add, remove)

    def note(self, id: ArticleId, text: str | None) -> str:
        """Write a note to an article; empty takes it away. Raises NothingFound."""
        return self.cache.changes.note(id, text)

    def highlight(self, id: ArticleId, marked: Marked) -> str:
        """Highlight a piece of an article. Raises NothingFound, UsageError for nothing."""
        return self.cache.changes.highlight(id, marked)

    def unhighlight(self, ids: Iterable[int]) -> str:
        """Take highlights away, by their numbers. Raises NothingFound."""
        return self.cache.changes.unhighlight(ids)

    def note_highlight(self, id: int, text: str | None) -> str:
        """Write a note to a highlight; empty takes it away. Raises NothingFound."""
        return self.cache.changes.note_highlight(id, text)

    def split(self, id: ArticleId) -> str:
        """Take an article out of its story for good. Raises NothingFound."""
        said = self.cache.changes.split(id)
        self._name_stories()
        return said

    def merge(self, story: int, other: int) -> str:
        """Make one story of two for good, known by the number of the first. Raises NothingFound."""
        said = self.cache.changes.merge(story, other)
        self._name_stories()
        return said

    def remove_source(self, id: SourceId) -> str:
        """Take a source out of sight, and its articles but those that were starred, tagged, noted
        or highlighted. Raises NothingFound."""
        return self.cache.changes.remove_source(id)

    def delete(self, ids: Iterable[int]) -> str:
        """Take articles out of all lists."""
        return self.cache.changes.delete(ids)

    def undo(self) -> str | None:
        """Take back the last change; the sentence that says so, or None if there is none."""
        said = self.cache.changes.undo()
        self._name_stories()
        return said

    def keep_position(self, id: ArticleId, anchor: Anchor) -> None:
        """Remember where the person stopped reading."""
        self.cache.articles.keep_position(id, anchor)

    def state(self, key: str, default: Any = None) -> Any:
        """A value kept by `keep_state`, or `default`."""
        return self.cache.states.get(key, default)

    def keep_state(self, key: str, value: Any) -> None:
        """Keep a JSON value of the session: the open view, the widths of panes."""
        self.cache.states.keep(key, value)

    def choose(self, key: str, value: Any, sentence: str, before: Any = None) -> None:
        """Keep a JSON value that the person chose; undo says the sentence, and goes back to what
        was kept, or to `before`."""
        self.cache.changes.choose(key, value, sentence, before)

    def states(self) -> dict[str, Any]:
        """Every value kept by `keep_state` and `choose`, by its key."""
        return self.cache.states.all()

    def add(
        self, what: Sequence[str], folder: str | None = None, stdin: bytes | None = None
    ) -> Iterator[Arrival]:
        """Add pages, files, folders or stdin (`-`); each arrival is given once it is kept."""
        from reader import intake

        return intake.add(self.cache, what, folder=folder, stdin=stdin)

    def add_sample(self) -> Iterator[Arrival]:
        """Add the sample edition."""
        from reader import intake

        return intake.add_sample(self.cache)

    def refresh(
        self, sources: Sequence[str] = (), force: bool = False, *, compare: bool = False
    ) -> Iterator[Outcome]:
        """Bring in what is new, from what is due or from these; each outcome is committed.

        `compare`: all that came is then put into stories, however long it takes.
        """
        from reader.intake.refresh import refresh

        return refresh(self.cache, sources, force, compare=compare)

    def fetch_whole(self, ids: Iterable[ArticleId]) -> Iterator[Arrival]:
        """Fetch the pages of articles that are but a beginning; each is given once it is kept.
        Raises NothingFound."""
        from reader.intake.pages import fetch_asked

        return fetch_asked(self.cache, ids)

    def import_lines(self, stream: IO[bytes]) -> Iterator[Arrival]:
        """Add articles given as JSON lines; each arrival is given once it is on the disk."""
        from reader import exchange

        return exchange.import_lines(self.cache, stream)

    def import_collection(
        self, stream: IO[bytes], name: str, *, dry_run: bool = False
    ) -> Iterator[Arrival]:
        """Add what a stream holds, its form told by how it begins. Raises NotImported."""
        from reader.exchange import collection

        return collection.take_stream(self.cache, stream, name, dry_run=dry_run)

    def import_newsboat(self, pair: Pair, *, dry_run: bool = False) -> Iterator[Arrival]:
        """Add newsboat's feeds and articles, with what was read. Raises NotImported."""
        from reader.exchange import collection

        return collection.take_pair(self.cache, pair, dry_run=dry_run)

    def import_starters(
        self, topics: Sequence[str] = (), *, dry_run: bool = False
    ) -> Iterator[Arrival]:
        """Add the feeds to begin with, of these topics or of all. Raises UsageError."""
        from reader.exchange import feeds, starter

        return feeds.take(self.cache, starter.starters(topics), dry_run=dry_run)

    def reclean(self, view: View) -> Iterator[Arrival]:
        """Clean the articles of a view anew from the bytes that were kept."""
        from reader import intake

        return intake.reclean(self.cache, map(ArticleId, self.ids(view)))

    def backup(self, target: Path) -> Path:
        """A whole, checked copy; `target` may be a folder. Raises UsageError, CacheError."""
        from reader.store import health

        return health.backup(self.cache, target)

    def doctor(self) -> list[Check]:
        """Look at everything that can be wrong with the cache."""
        from reader.store import health

        return health.doctor(self.cache)

    def stats(self) -> dict[str, object]:
        """The cache in numbers."""
        from reader.store import health

        return health.stats(self.cache)

    def _name_stories(self) -> None:
        """Name the stories that lost their names because a person changed them."""
        if self.cache.read(UNNAMED):
            from reader.stories import lead

            with self.cache.write() as conn:
                lead.name_all(conn)
