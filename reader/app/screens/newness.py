"""What is new to the reader: marks on the page, going from one new passage to the next, and noting
what of an article was before their eyes."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

from reader.app.galley import Galley
from reader.app.marking import Marking
from reader.app.screens import reading
from reader.app.screens.reading import Reading
from reader.app.watch import Watch
from reader.app.widgets.page import Page
from reader.library import Library
from reader.model import ArticleId


class Newness(Reading):
    """Everything about what the reader knows already."""

    def __init__(self, *args, **kwargs) -> None:  # type: ignore[no-untyped-def]
        super().__init__(*args, **kwargs)
        self._changes = 0
        """How often something was read or changed; marks made before may be out of date."""
        self._marked_after: tuple[Galley, int] | None = None
        self._watched: tuple[Galley, Watch] | None = None
        self._noted: tuple[ArticleId, set[tuple[int, int]]] | None = None

    def change(
        self, work: Callable[[Library], str | None], then: Callable[[], None] | None = None
    ) -> None:
        self._changes += 1
        self._noted = None  # it may be unread again, and then what was noted no longer counts
        super().change(work, then)

    def rested(self) -> None:
        super().rested()
        if (galley := self.page.galley) is not None and self.article is not None:
            self._watch(galley)
            self._look_for_news(galley)
            self.later("shown", reading.KEEP_SECONDS, self.note_shown)

    def set_again(self) -> None:
        before = self.page.galley
        self.note_shown()
        super().set_again()
        after = self.page.galley
        if after is None or after is before:
            return
        if before is not None and before.marking is not None and after.like(before):
            after.mark(before.marking)
            after.shows_edit = before.shows_edit
            self.page.show_news()
        self.rest_soon()

    def on_page_scrolled(self, message: Page.Scrolled) -> None:
        super().on_page_scrolled(message)
        if (galley := self.page.galley) is not None:
            self._watch(galley)
            self.later("shown", reading.KEEP_SECONDS, self.note_shown)

    def keep_place(self) -> None:
        self.note_shown()
        super().keep_place()

    def note_shown(self) -> None:
        """Write down what was on the screen long enough to have been read."""
        galley, article = self.page.galley, self.article
        if galley is None or article is None or galley.marking is None or self.library.readonly:
            return
        if self._watched is None or self._watched[0] is not galley:
            return
        if self._noted is None or self._noted[0] != article.id:
            self._noted = (article.id, set())
        noted = self._noted[1]
        above = len(galley.head)
        fresh = [
            span
            for first, last in self._watched[1].seen(monotonic())
            for span in galley.marking.shown(first - above, last - above)
            if span not in noted
        ]
        if fresh:
            noted.update(fresh)
            edits = galley.article.headline.edits
            self.clerk.ask(lambda library: library.showed(article.id, fresh, edits))

    def go_new(self, step: int) -> bool:
        """Go to the next (1) or previous (-1) new passage of the article. False: there is none."""
        found = self.page.to_passage(step) if self.page.display else None
        if found is None:
            return False
        self.say(f"New passage {found[0]} of {found[1]}")
        return True

    def act_next_new(self, count: int = 1) -> None:
        if not self.go_new(count):
            self.say("The new passage goes on" if self._goes_on() else self._why_none("after"))

    def act_previous_new(self, count: int = 1) -> None:
        if not self.go_new(-count):
            self.say(self._why_none("before"))

    def act_toggle_new(self) -> None:
        shows = not self.page.shows_news
        self.page.show_news(shows)
        said = "What you know already recedes" if shows else "All sentences look alike"
        self.choose("shows_news", shows, said)

    def _reread(self, article_id: ArticleId) -> None:
        """What was edited is marked, and before the reader's eyes: they know it from now on."""
        if self.config.mark_read != "never" and not self.library.readonly:
            self.headlines.changed(article_id, unread=False)
            self.change(lambda library: library.saw(article_id))

    def _goes_on(self) -> bool:
        """Is there something new below what is shown?"""
        galley = self.page.galley
        if galley is None or galley.marking is None:
            return False
        return galley.marking.is_new_from(self.page.shown_lines[1] - len(galley.head))

    def _why_none(self, side: str) -> str:
        found = self.page.galley.marking if self.page.galley else None
        if found is None or not found.in_words:
            return "You have read nothing else about this: nothing is marked"
        return f"Nothing {side} this is new to you" if found.new else "Nothing here is new to you"

    def _watch(self, galley: Galley) -> None:
        if self._watched is None or self._watched[0] is not galley:
            self._watched = (galley, Watch(reading.KEEP_SECONDS))
        self._watched[1].shows(*self.page.shown_lines, monotonic())

    def _look_for_news(self, galley: Galley) -> None:
        asked = (galley, self._changes)
        if galley.marking is not None and (galley.shows_edit or self._marked_after == asked):
            return
        article_id = galley.article.id

        def done(found: Marking) -> None:
            self._marked_after = asked
            before = galley.marking
            galley.mark(found)
            seen = (before.spans if before else {}) != found.spans
            if self.page.galley is galley and seen:
                self.page.show_news()
            if galley.shows_edit:
                self._reread(article_id)
            self.later("shown", reading.KEEP_SECONDS, self.note_shown)

        self.helper.ask(
            lambda library: galley.marked(library.sentences(article_id)), done, topic="news"
        )
