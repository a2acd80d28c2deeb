"""Lists: views, their articles, the counts of the sources, what arrives while one reads."""

from __future__ import annotations

from array import array

from reader.app.actions import Place
from reader.app.merging import with_listed
from reader.app.screens.abridging import Abridging
from reader.app.shelves import empty_words
from reader.app.widgets.headlines import Extra, Headlines
from reader.app.widgets.sources import source_rows
from reader.library import Library
from reader.model import ArticleId, Counts, Source, View

FIRST_IDS = 300
"""Ids read when a view is opened: what a tall screen shows, several times over."""
MORE_IDS = 2_000
"""Ids read when the end of the known ones comes near; about 1 ms."""
LEFT_BY_READING = ("unread", "today")
"""Views that an article leaves when it is read."""


class Listing(Abridging):
    """Everything about which articles are listed."""

    def open_view(self, view: View, *, article: ArticleId | None = None, show: bool = True) -> None:
        """List a view, with the cursor on `article` if it is there."""
        self.change_view(view)
        ids, complete = self.listed(view, FIRST_IDS)
        article = self.lists.stands_for(article)
        if article is not None and article not in ids and not complete:
            ids, complete = self.listed(view)
            article = self.lists.stands_for(article)
        if article is not None and article not in ids and view.kind in LEFT_BY_READING:
            self._put_back(article, ids, view)
        cursor = ids.index(article) if article is not None and article in ids else 0
        self.headlines.empty_text = self._empty_words(view)
        self.headlines.show(
            ids,
            complete=complete,
            cursor=cursor,
            extras=self._extras(view),
            with_source=view.kind != "source",
        )
        if show and self.headlines.chosen is not None:
            self.show_article(self.headlines.chosen)
        self.show_footer()

    def _put_back(self, article: ArticleId, ids: array[int], view: View) -> None:
        """Put an article that left a view by being read where it stood there."""
        if not self.library.headlines([article]):
            return
        after = self.library.ids(view, limit=1, after=article)
        ids.insert(ids.index(after[0]) if after and after[0] in ids else len(ids), article)

    def listed(
        self, view: View, limit: int | None = None, after: ArticleId | None = None
    ) -> tuple[array[int], bool]:
        """The articles of a view, near copies folded away if so wished; and are these all?"""
        ids = self.library.ids(view, limit=limit, after=after)
        complete = limit is None or len(ids) < limit
        copies: dict[int, list[int]] = {}
        if not self.unfolded:
            ids, copies = self.library.folded(view, ids)
        self.lists.copies = copies if after is None else {**self.lists.copies, **copies}
        return ids, complete

    def change_view(self, view: View) -> None:
        """From now on this is the view; what lists it comes into sight."""
        before, held = self.headlines, self.focused is self.headlines
        self.view = view
        if self.headlines is not before:
            self.set_out(self.place)
            if held:
                self.set_focus(self.headlines, scroll_visible=False)

    def refresh_lists(self, *, keep_listed: bool = False) -> None:
        """Look at the cache again. What is being read stays where it is on the screen; with
        `keep_listed` also in the list of unread ones whatever was listed."""
        headlines = self.headlines
        if self.view.kind != "query":
            old = headlines.ids
            top_row = headlines.row_at(headlines.scroll_offset.y)
            reading = self.article is not None or self._wanted is not None
            chosen = headlines.chosen if reading else None
            wanted = max(FIRST_IDS, len(old) + 50)
            ids, complete = self.listed(self.view, wanted)
            if keep_listed and self.view.kind in LEFT_BY_READING:
                ids = with_listed(ids, old)
            ids = self._with_kept(ids, chosen, old)
            cursor = ids.index(chosen) if chosen is not None and chosen in ids else 0
            shift = cursor - headlines.cursor if reading else 0
            headlines.show(
                ids,
                complete=complete,
                cursor=cursor,
                top_line=headlines.top_of(max(0, top_row + shift)),
                extras=self._extras(self.view),
                with_source=self.view.kind != "source",
            )
        self.recount()
        self.show_footer()

    def recount(self) -> None:
        def work(library: Library) -> tuple[list[Source], Counts]:
            return library.sources(), library.counts()

        self.helper.ask(work, lambda found: self.show_counts(*found), topic="counts")

    def show_counts(self, sources: list[Source], counts: Counts) -> None:
        """Show the source list with fresh numbers."""
        self.nameplate.show(counts.unread)
        self.articles_kept = counts.all
        rows = source_rows(sources, counts, self.stories_waiting())
        if rows != self.sources.rows:
            chosen = self.sources.chosen if self.place is Place.SOURCES else self.view
            self.sources.show(rows, chosen or self.view)

    def stories_waiting(self) -> int:
        """How many stories the front page has left, as far as that is known."""
        raise NotImplementedError

    def articles_listed(self) -> list[ArticleId]:
        """Every article that the rows of the list stand for."""
        return [ArticleId(id) for id in self.headlines.ids]

    def on_headlines_needs_more(self, message: Headlines.NeedsMore) -> None:
        headlines = self.headlines
        if headlines.complete or self.view.kind == "query":
            return
        last = ArticleId(headlines.ids[-1])
        headlines.extend(*self.listed(self.view, MORE_IDS, last))
        self.show_footer()

    def _empty_words(self, view: View) -> str:
        return empty_words(view.kind, star=self.key_of("star"), add=self.key_of("add"))

    def _extras(self, view: View) -> dict[int, Extra] | None:
        """What the reader wrote to bookmarks, as second lines of their list."""
        if view.kind != "starred":
            return None
        extras = {}
        for bookmark in self.library.bookmarks():
            tags = " ".join(f"#{tag}" for tag in bookmark.tags)
            words = " · ".join(filter(None, (tags, bookmark.note)))
            extras[int(bookmark.headline.id)] = Extra(words)
        return extras

    def _know_every_id(self) -> None:
        """Know every id of the list."""
        headlines = self.headlines
        if not headlines.complete and headlines.ids and self.view.kind != "query":
            headlines.extend(*self.listed(self.view, after=ArticleId(headlines.ids[-1])))

    @staticmethod
    def _with_kept(ids: array[int], chosen: int | None, old: array[int]) -> array[int]:
        """In a list that drops what was read, keep the chosen article where it stood."""
        if chosen is None or chosen in ids:
            return ids
        before = old[: old.index(chosen)]
        at = next((ids.index(i) + 1 for i in reversed(before) if i in ids), 0)
        ids.insert(at, chosen)
        return ids
