"""Reading: showing an article, keeping the place in it, what follows when the reader rests."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from reader.app.actions import Place
from reader.app.galley import Galley
from reader.app.halfblocks import Picture
from reader.app.screens.base import RoomBase
from reader.app.widgets.page import Page
from reader.errors import NothingFound
from reader.library import Library
from reader.model import Anchor, Article, ArticleId, Similar, Summary, View
from reader.noun import Noun

REST_SECONDS = 0.13
"""How long the cursor stays before it is meant (research/textual.md §6: 120 to 150 ms)."""
KEEP_SECONDS = 1.0
"""How long a page is still before the place on it is written down."""
MOST_RETURNS = 50
WEAKEST = 0.1
"""Likeness under which an article is no background either: two that share a common word."""


class Return(Noun):
    """Where `backspace` leads: an article, its list, and which pane had the keyboard."""

    view: View
    article: ArticleId
    place: Place


SHORTER = 0.6
"""What is longer than this share of a text does not shorten it."""


def abridged(library: Library, article: Article) -> Summary | None:
    """The summary of an article; None where reading the text is as quick."""
    summary = library.summary(article.id)
    return summary if 0 < len(summary.text) <= SHORTER * len(article.text) else None


def with_summary(similar: Similar, summary: Summary | None) -> Similar:
    """One of the articles like another, with what it is about."""
    text = summary.text if summary else similar.headline.summary
    return replace(similar, headline=replace(similar.headline, summary=text))


class Reading(RoomBase):
    """Everything about the one article on the page."""

    def __init__(self, *args, **kwargs) -> None:  # type: ignore[no-untyped-def]
        super().__init__(*args, **kwargs)
        self.returns: list[Return] = []
        self.with_summary = False
        """Does an article have its summary at its head?"""
        self._wanted: tuple[ArticleId, Anchor | None] | None = None
        self._opening: ArticleId | None = None
        """What was opened, and counts as read once it is on the page."""
        self._once_set: tuple[ArticleId, Sequence[Callable[[], None]]] | None = None
        """What is to be done with an article once it is on the page."""
        self._once_finished: list[Callable[[], None]] = []
        """And once the whole of it is set."""

    def show_article(
        self, article_id: ArticleId, *, top: bool = False, anchor: Anchor | None = None
    ) -> None:
        """Put an article on the page, at `anchor` or where it was left."""
        if self.article is not None and self.article.id == article_id and self.page.galley:
            self.light_up()
            self.rest_soon()
            return
        self.keep_place()
        if not self.page.display or not self.page.size.width:
            self._wanted = (article_id, anchor)
            self.article = None
            self.rest_soon()
            return
        if anchor is None and not top:
            anchor = self.library.position(article_id)
        try:
            galley = self._galley(article_id, whole=anchor is not None)
        except NothingFound as error:
            self.say(str(error))
            return
        self._wanted = None
        self.article = galley.article
        self.find_words = ""
        self.page.show(galley, galley.line_of(anchor), anchor)
        self.light_up()
        if not galley.complete:
            self._finish(galley)
        self.rest_soon()
        self.show_footer()

    def set_again(self) -> None:
        """Set the article on the page again, for another width or with new facts, place kept."""
        if self._wanted is not None:
            article_id, anchor = self._wanted
            self.show_article(article_id, anchor=anchor)
            if self.article is not None and self.article.id == self._opening:
                self.mark_current_read()
            once, self._once_set = self._once_set, None
            if once is not None and once[0] == article_id and self.article is not None:
                for act in once[1]:
                    act()
            return
        if self.article is None:
            return
        anchor = self.page.reading_place
        try:
            galley = self._galley(self.article.id, whole=anchor is not None)
        except NothingFound:
            return
        self.article = galley.article
        self.page.show(galley, galley.line_of(anchor), anchor)
        self.light_up()
        if not galley.complete:
            self._finish(galley)
        self.show_footer()

    def once_set(self, act: Callable[[], None]) -> None:
        """Do `act` when the article that waits for the page is on it; at once if none waits."""
        if self._wanted is None:
            act()
            return
        id, before = self._wanted[0], self._once_set
        acts = before[1] if before is not None and before[0] == id else ()
        self._once_set = id, (*acts, act)

    def once_finished(self, act: Callable[[], None]) -> None:
        """Do `act` when the article on the page is set to its end; at once if it is."""
        galley = self.page.galley
        if galley is not None and not galley.complete:
            self._once_finished.append(act)
            return
        self.page.grown()  # its last line may not have been told yet
        act()

    @property
    def is_awaited(self) -> bool:
        """Does an article wait for the page to come into sight?"""
        return self._wanted is not None

    def set_wanted(self) -> None:
        """Set what waits for the page to come into sight, if it has."""
        if self._wanted is not None and self.page.display and self.page.size.width:
            self.set_again()

    def pictures_of(self, article_id: ArticleId) -> Mapping[str, Picture]:
        """The pictures that the reader had fetched for an article, by their addresses."""
        return {}

    @property
    def picture_lines(self) -> int:
        """How high a picture may be."""
        return 0

    def light_up(self) -> None:
        """Mark on the page what is looked for: in this article, or in all of them."""
        phrases = [self.find_words] if self.find_words else self.searched_words()
        if phrases or self.page.matches:
            self.page.find(*phrases)

    def searched_words(self) -> list[str]:
        """The words of the search whose hits are listed."""
        return []

    def refresh_article(self, article_id: ArticleId | None) -> None:
        """The facts of an article changed: set it again if it is on the page."""
        if article_id is None:
            self.galleys.forget()
        else:
            self.galleys.forget(article_id)
        if self.article and (article_id is None or self.article.id == article_id):
            self.set_again()

    def keep_place(self) -> None:
        """Write down where the page stands."""
        if self.article is None or self.page.galley is None or self.library.readonly:
            return
        article_id, anchor = self.article.id, self.page.reading_place or Anchor(0, 0, "")
        self.clerk.ask(
            lambda library: library.keep_position(article_id, anchor), topic=f"place {article_id}"
        )

    def rest_soon(self) -> None:
        self.later("rest", REST_SECONDS, self.rested)

    def rested(self) -> None:
        """The reader stays on this article: it counts as read, and what is near it is prepared."""
        article = self.article
        if article is None:
            return
        looking = self.prompt is None and self.place in (Place.HEADLINES, Place.PAGE)
        looking = looking and self.page.display
        if self.config.mark_read == "rest" and looking:
            self.mark_current_read()
        if self.similar.display:
            self.look_for_similar()
        self._set_neighbours()

    def mark_current_read(self) -> None:
        """Count the article on the page as read, without a word and with nothing to undo; one that
        is not there yet, once it is."""
        article = self.article
        self._opening = self._wanted[0] if article is None and self._wanted else None
        if article is None or self.library.readonly:
            return
        if article.headline.is_edited_since:
            # That its edit was read is noted with what of it is shown, which marks what it brought.
            self.headlines.changed(article.id, unread=False)
        if not self.is_unread(article.id):
            return
        self.headlines.changed(article.id, unread=False)
        self.change(lambda library: library.saw(article.id), self.look_at_copies)

    def look_at_copies(self) -> None:
        """What is read, or unread again, is so with its copies: show it where these have rows."""
        if self.unfolded or self.view.kind == "starred":
            self.lists.look_again()

    def is_unread(self, article_id: ArticleId) -> bool:
        """As the list shows it, which is ahead of the cache; else as the cache knows it."""
        row = self.headlines.row_of(article_id)
        headline = self.headlines.headline(row) if row is not None else None
        if headline is not None and headline.id == article_id:
            return headline.unread
        found = self.library.headlines([article_id])
        return bool(found) and found[0].unread

    def look_for_similar(self) -> None:
        """Fill the sidebar for the article on the page, or the one that would be there."""
        article_id = self.article.id if self.article else self._wanted and self._wanted[0]
        if article_id is None:
            return

        unfolded = self.unfolded

        def work(library: Library) -> tuple[list[Similar], dict[int, list[int]]]:
            found = library.similar(article_id, weakest=WEAKEST)
            copies: dict[int, list[int]] = {}
            if not unfolded:
                found, copies = library.each_text_once(found)
            said = library.summaries([each.headline.id for each in found])
            return [with_summary(each, said.get(each.headline.id)) for each in found], copies

        def done(came: tuple[list[Similar], dict[int, list[int]]]) -> None:
            if self.article is None or self.article.id == article_id:
                self.similar.show(*came)

        self.helper.ask(work, done, topic="similar")

    def remember_return(self) -> None:
        """Let `backspace` lead back to here."""
        if self.article is None:
            return
        here = Return(self.view, self.article.id, self.place)
        if not self.returns or self.returns[-1] != here:
            self.returns = [*self.returns[1 - MOST_RETURNS :], here]

    def on_page_resized(self, message: Page.Resized) -> None:
        self.set_again()

    def on_page_scrolled(self, message: Page.Scrolled) -> None:
        if self._wanted is not None and self.page.display and self.page.size.width:
            self.set_again()  # it came back at its old width, which asks for no new lines
        self.show_footer()
        self.later("keep place", KEEP_SECONDS, self.keep_place)

    def _galley(self, article_id: ArticleId, *, whole: bool) -> Galley:
        width = self.page.line_cells
        ready = self.galleys.get(article_id, width)
        if ready is not None and (ready.complete or not whole):
            return ready
        return self._set(self.library, article_id, width, whole=whole)

    def _set(
        self, library: Library, article_id: ArticleId, width: int, *, whole: bool = True
    ) -> Galley:
        """An article set for a width. Raises NothingFound."""
        article = library.article(article_id)
        summary = abridged(library, article) if self.with_summary else None
        galley = Galley(
            article,
            width,
            whole=whole,
            summary=summary,
            pictures=self.pictures_of(article_id),
            picture_lines=self.picture_lines,
        )
        return self.galleys.keep(galley)

    def _finish(self, galley: Galley) -> None:
        def done(_: None) -> None:
            after, self._once_finished = self._once_finished, []
            if self.page.galley is galley:
                self.page.grown()
                self.light_up()
                self.show_footer()
                for act in after:
                    act()

        self.helper.ask(lambda library: galley.finish(), done)

    def _set_neighbours(self) -> None:
        """Set the articles before and after this one, so that the next key finds them ready."""
        row = self.headlines.row_of(self.article.id) if self.article else None
        if row is None:
            return
        width = self.page.line_cells
        ids = self.headlines.ids
        near = [ArticleId(ids[r]) for r in (row + 1, row - 1) if 0 <= r < len(ids)]

        def work(library: Library) -> None:
            for article_id in near:
                if self.galleys.get(article_id, width) is None:
                    try:
                        self._set(library, article_id, width)
                    except NothingFound:
                        continue

        self.helper.ask(work, topic="neighbours")
