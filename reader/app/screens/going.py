"""Going through what is listed: rows, pages, the next unread article, other lists."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from reader.app.actions import Place
from reader.app.screens.listing import Listing
from reader.app.widgets.rows import Rows
from reader.app.widgets.sources import ALL, STARRED, TODAY, UNREAD
from reader.model import ArticleId, Headline, View

LOOK_BACK = 600
"""Rows of the list that are looked through for an unread one before the cache is asked."""
VIEW_SECONDS = 0.04
"""How long the cursor stays on a source before its articles are listed."""


class Going(Listing):
    """Everything about going through what is listed."""

    def next_unread(self, step: int) -> bool:
        """Choose the next (1) or previous (-1) unread article, wrapping around. False: none."""
        row = self._unread_row(step)
        if row is None:
            return self._unread_elsewhere() if step > 0 else False
        self._choose(row)
        return True

    def on_rows_moved(self, message: Rows.Moved) -> None:
        self._follow(message.rows)

    def on_rows_opened(self, message: Rows.Opened) -> None:
        self.act_open()

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
            self._go(Rows.to_top)

    def act_bottom(self, number: int | None = None) -> None:
        if number is not None:
            self._go_to_number(number)
            return
        if self.place is Place.PAGE:
            self.page.to_bottom()
            return
        if self.place is Place.HEADLINES:
            self._know_every_id()
        self._go(Rows.to_bottom)

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

    def _move(self, step: int) -> None:
        if self.place is Place.PAGE:
            self.page.scroll_lines(step)
        else:
            self._go(lambda rows: rows.move(step))

    def _page(self, pages: float) -> None:
        if self.place is Place.PAGE:
            self.page.page(pages)
        else:
            self._go(lambda rows: rows.page(pages))

    def _go_to_number(self, number: int) -> None:
        """To the number as the last line counts: rows in a list, percent on the page."""
        if self.place is Place.PAGE:
            self.page.to_percent(number)
            return
        rows = self._list()
        if self.place is Place.HEADLINES and number > rows.row_count:
            self._know_every_id()
        rows.cursor = number - 1

    def _go(self, move: Callable[[Rows], None]) -> None:
        """Move in the list that has the keyboard, and show what follows in the same frame: told by
        a message, it would wait for the next. While more keys wait it is told, for then only the
        last of them is worth showing."""
        rows = self._list()
        if self._more_waits:
            move(rows)
            return
        before = rows.cursor
        with rows.prevent(Rows.Moved):
            move(rows)
        if rows.cursor != before:
            self._follow(rows)

    @property
    def _more_waits(self) -> bool:
        """Has another key come, or whatever else is to be answered?"""
        pumps = (self, self.app, self.focused)
        return any(pump is not None and pump.message_queue_size for pump in pumps)

    def _follow(self, rows: Rows) -> None:
        """Show what belongs to the row that was chosen."""
        if rows is self.headlines:
            self._show_chosen()
            return
        if rows is self.sources and self.sources.chosen not in (None, self.view):
            self.later("view", VIEW_SECONDS, self._open_chosen_source)
        self.show_footer()

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
