"""Lists: views, sources, going through headlines, what arrives while one reads."""

from __future__ import annotations

from array import array
from collections.abc import Iterable

from reader.app.actions import Place
from reader.app.merging import with_listed
from reader.app.screens.abridging import Abridging
from reader.app.widgets.headlines import Extra, Headlines
from reader.app.widgets.rows import Rows
from reader.app.widgets.sources import ALL, STARRED, TODAY, UNREAD, source_rows
from reader.library import Library
from reader.model import ArticleId, Counts, Headline, Source, View

FIRST_IDS = 300
"""Ids read when a view is opened: what a tall screen shows, several times over."""
MORE_IDS = 2_000
"""Ids read when the end of the known ones comes near; about 1 ms."""
LOOK_BACK = 600
"""Rows of the list that are looked through for an unread one before the cache is asked."""
LEFT_BY_READING = ("unread", "today")
"""Views that an article leaves when it is read."""

EMPTY = {
    "unread": "Everything is read",
    "today": "Nothing new today",
    "starred": "No bookmarks yet: {star} keeps an article",
    "all": "Nothing here yet: {add} adds a file, a folder or an address",
}


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
        """How many stories of the front page are not settled, as far as that is known."""
        raise NotImplementedError

    def articles_listed(self) -> list[ArticleId]:
        """Every article that the rows of the list stand for."""
        return [ArticleId(id) for id in self.headlines.ids]

    def next_unread(self, step: int) -> bool:
        """Choose the next (1) or previous (-1) unread article, wrapping around. False: none."""
        row = self._unread_row(step)
        if row is None:
            return self._unread_elsewhere() if step > 0 else False
        self._choose(row)
        return True

    def on_rows_moved(self, message: Rows.Moved) -> None:
        if message.rows is self.headlines:
            self._show_chosen()
        elif message.rows is self.sources and self.sources.chosen not in (
            None,
            self.view,
        ):
            self.later("view", 0.04, self._open_chosen_source)
        self.show_footer()

    def on_rows_opened(self, message: Rows.Opened) -> None:
        self.act_open()

    def on_headlines_needs_more(self, message: Headlines.NeedsMore) -> None:
        headlines = self.headlines
        if headlines.complete or self.view.kind == "query":
            return
        last = ArticleId(headlines.ids[-1])
        headlines.extend(*self.listed(self.view, MORE_IDS, last))
        self.show_footer()

    def act_down(self, count: int = 1) -> None:
        self._move(count)

    def act_up(self, count: int = 1) -> None:
        self._move(-count)

    def act_page_down(self, count: int = 1) -> None:
        self._page(count)

    def act_page_up(self, count: int = 1) -> None:
        self._page(-count)

    def act_half_down(self, count: int = 1) -> None:
        self._page(0.5 * count)

    def act_half_up(self, count: int = 1) -> None:
        self._page(-0.5 * count)

    def act_top(self, number: int | None = None) -> None:
        if number is not None:
            self._go_to_number(number)
        elif self.place is Place.PAGE:
            self.page.to_top()
        else:
            self._list().to_top()

    def act_bottom(self, number: int | None = None) -> None:
        if number is not None:
            self._go_to_number(number)
            return
        if self.place is Place.PAGE:
            self.page.to_bottom()
            return
        if self.place is Place.HEADLINES:
            self._know_every_id()
        self._list().to_bottom()

    def act_flow(self) -> None:
        """Read on: a page further; from the end of the article to the next unread one."""
        if self.place is Place.SOURCES:
            self.act_open()
            return
        if not self.page.display:
            self.act_open()
        elif not self.page.at_end:
            self.mark_if_opened()
            self.page.page(1)
        elif not self.next_unread(1):
            self.say("Everything here is read")

    def act_next_unread(self) -> None:
        if not self.next_unread(1):
            self.say("Everything here is read")

    def act_previous_unread(self) -> None:
        if not self.next_unread(-1):
            self.say("Nothing unread before this")

    def act_next_article(self, count: int = 1) -> None:
        self._step(count)

    def act_previous_article(self, count: int = 1) -> None:
        self._step(-count)

    def act_open(self) -> None:
        place = self.place
        if place is Place.SOURCES:
            self._open_chosen_source()
            self.go_to(Place.HEADLINES)
        elif place is Place.SIMILAR:
            if (article_id := self.similar.chosen) is not None:
                self.remember_return()
                self.go_to(Place.PAGE)
                self.open_article(article_id)
        elif self.headlines.chosen is not None:
            self.go_to(Place.PAGE)
            self.show_article(self.headlines.chosen)
            self.mark_if_opened()

    def open_article(self, article_id: ArticleId) -> None:
        """Show an article from elsewhere; the list follows if it holds it."""
        row = self.headlines.row_of(article_id)
        if row is not None:
            self._choose(row)
        self.show_article(article_id)
        self.mark_if_opened()

    def mark_if_opened(self) -> None:
        if self.config.mark_read in ("open", "rest"):
            self.mark_current_read()

    def act_return_to(self) -> None:
        if not self.returns:
            self.say("No article before this one")
            return
        back = self.returns.pop()
        if back.view != self.view and back.view.kind != "query":
            self.open_view(back.view, article=back.article, show=False)
        self.go_to(back.place if back.place is not Place.SIMILAR else Place.PAGE)
        self.open_article(back.article)

    def act_next_source(self, count: int = 1) -> None:
        self._go_source(count)

    def act_previous_source(self, count: int = 1) -> None:
        self._go_source(-count)

    def act_go_all(self) -> None:
        self.go_view(ALL)

    def act_go_unread(self) -> None:
        self.go_view(UNREAD)

    def act_go_starred(self) -> None:
        self.go_view(STARRED)

    def act_go_today(self) -> None:
        self.go_view(TODAY)

    def act_go_sources(self) -> None:
        self.go_to(Place.SOURCES)

    def act_go_similar(self) -> None:
        self.go_to(Place.SIMILAR)
        self.look_for_similar()

    def go_view(self, view: View) -> None:
        """List a view and give its headlines the keyboard."""
        self.open_view(view)
        self.sources.show(self.sources.rows, view)
        if self.place is not Place.HEADLINES:
            self.go_to(Place.HEADLINES)

    def _empty_words(self, view: View) -> str:
        words = EMPTY.get(view.kind, "Nothing here")
        return words.format(star=self.key_of("star"), add=self.key_of("add"))

    def _move(self, step: int) -> None:
        if self.place is Place.PAGE:
            self.page.scroll_lines(step)
        else:
            self._list().move(step)

    def _page(self, pages: float) -> None:
        if self.place is Place.PAGE:
            self.page.page(pages)
        else:
            self._list().page(pages)

    def _go_to_number(self, number: int) -> None:
        """To the number as the last line counts: rows in a list, percent on the page."""
        if self.place is Place.PAGE:
            self.page.to_percent(number)
            return
        rows = self._list()
        if self.place is Place.HEADLINES and number > rows.row_count:
            self._know_every_id()
        rows.cursor = number - 1

    def _list(self) -> Rows:
        places: dict[Place, Rows] = {Place.SOURCES: self.sources, Place.SIMILAR: self.similar}
        return places.get(self.place, self.headlines)

    def _step(self, step: int) -> None:
        if self.headlines.row_count:
            self._choose(self.headlines.validate_cursor(self.headlines.cursor + step))

    def _choose(self, row: int) -> None:
        """Put the headline cursor on a row and show its article at once."""
        with self.headlines.prevent(Rows.Moved):
            self.headlines.cursor = row
        self._show_chosen()

    def _show_chosen(self) -> None:
        if (article_id := self.headlines.chosen) is not None:
            self.show_article(article_id)
        self.show_footer()

    def _open_chosen_source(self) -> None:
        view = self.sources.chosen
        if view is not None and view != self.view:
            self.open_view(view)

    def _go_source(self, step: int) -> None:
        view = self.sources.next_with_articles(step)
        if view is None:
            self.say(f"No sources yet: {self.key_of('add')} adds one")
        else:
            self.go_view(view)

    def _extras(self, view: View) -> dict[int, Extra] | None:
        """What the reader wrote to bookmarks, as second lines of their list."""
        if view.kind != "starred":
            return None
        extras = {}
        for bookmark in self.library.bookmarks():
            tags = " ".join(f"#{tag}" for tag in bookmark.tags)
            words = "  ".join(filter(None, (tags, bookmark.note)))
            extras[int(bookmark.headline.id)] = Extra(words)
        return extras

    def _unread_row(self, step: int) -> int | None:
        headlines = self.headlines
        count, start = headlines.row_count, headlines.cursor
        for distance in range(1, min(count, LOOK_BACK)):
            row = (start + step * distance) % count
            headline = headlines.headline(row)
            if headline is not None and self.waits(headline):
                return row
        if count > LOOK_BACK:
            return self._unread_row_by_cache(step)
        return None

    def waits(self, headline: Headline) -> bool:
        """Whether the next unread article may be this one. On the front page an edit brings back
        what was read."""
        return headline.is_waiting if self.view.kind == "front" else headline.unread

    def _unread_row_by_cache(self, step: int) -> int | None:
        """In a long list: ask the cache which articles are unread, and find the nearest below."""
        self._know_every_id()
        unread = set(self.library.ids(UNREAD))
        ids = self.headlines.ids
        count, start = len(ids), self.headlines.cursor
        order: Iterable[int] = ((start + step * distance) % count for distance in range(1, count))
        return next((row for row in order if ids[row] in unread), None)

    def _know_every_id(self) -> None:
        """Know every id of the list."""
        headlines = self.headlines
        if not headlines.complete and headlines.ids and self.view.kind != "query":
            headlines.extend(*self.listed(self.view, after=ArticleId(headlines.ids[-1])))

    def _unread_elsewhere(self) -> bool:
        """The next source that has something unread, from a list of one source."""
        if self.view.kind not in ("source", "folder"):
            return False
        rows = self.sources.rows
        here = next((i for i, row in enumerate(rows) if row.view == self.view), 0)
        for distance in range(1, len(rows)):
            row = rows[(here + distance) % len(rows)]
            if row.kind in ("source", "lone") and row.count and row.view and row.view != self.view:
                self.open_view(row.view, show=False)
                self.sources.show(rows, row.view)
                first = self._first_unread()
                if first is not None:
                    self._choose(first)
                    self.say(f"On to {row.label}")
                    return True
        return False

    def _first_unread(self) -> int | None:
        for row in range(min(self.headlines.row_count, LOOK_BACK)):
            headline = self.headlines.headline(row)
            if headline is not None and headline.unread:
                return row
        return None

    @staticmethod
    def _with_kept(ids: array[int], chosen: int | None, old: array[int]) -> array[int]:
        """In a list that drops what was read, keep the chosen article where it stood."""
        if chosen is None or chosen in ids:
            return ids
        before = old[: old.index(chosen)]
        at = next((ids.index(i) + 1 for i in reversed(before) if i in ids), 0)
        ids.insert(at, chosen)
        return ids
