"""The front page: opening it, walking through it by one key, what is found out about it later."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import replace

from reader import clock
from reader.app.actions import Place
from reader.app.merging import with_listed
from reader.app.screens.going import Going
from reader.app.widgets.sources import FRONT
from reader.library import Library
from reader.model import ArticleId, FrontPage, FrontStory, View
from reader.text.frontwords import done_in_words, since_in_words

MOST_STORIES = 50
"""Stories of a page. The rest is told as a number: a page that nobody can finish is none."""
FIRST_SUMMARIES = 10
"""Stories whose summaries are there at the first sight; a tall screen shows so many."""
SETTLE_SECONDS = 0.2
"""How long the page waits for read marks on their way to the cache; mostly there are none."""
WAITING_SECONDS = 1.0
"""How long after a change elsewhere the front page is counted; it takes up to 30 ms."""
PERIODS = ("since", "today", "week")


class Fronting(Going):
    """Everything about the front page."""

    def __init__(self, *args, **kwargs) -> None:  # type: ignore[no-untyped-def]
        super().__init__(*args, **kwargs)
        self.newest_shown: int | None = None
        """The article that came last when the front page was made; None if it was not yet."""
        self._waiting: int | None = None
        """Stories that the page had left, or would have, when they were last counted."""
        self._summarized: set[ArticleId] = set()

    def newly_here(self) -> bool:
        """Was the person away for long enough to be shown the front page first?"""
        return self.library.returns()

    def open_view(self, view: View, *, article: ArticleId | None = None, show: bool = True) -> None:
        if view.kind != "front":
            super().open_view(view, article=article, show=show)
            if self._waiting is None:
                self.later("waiting", WAITING_SECONDS, self._count_waiting)
            return
        self.change_view(view)
        page = self._page_of(view, article)
        self._show_page(page, page.stories, article)
        if show and self.front.chosen is not None:
            self.show_article(self.front.chosen)
        self.show_footer()

    def refresh_lists(self, *, keep_listed: bool = False) -> None:
        if self.view.kind != "front":
            super().refresh_lists(keep_listed=keep_listed)
            return
        page = self._page_of(self.view)
        chosen = self.front.story
        stayed = [
            story
            for story in self.front.stories
            if keep_listed or (story is chosen and self.article is not None)
        ]
        self._show_page(page, _with_stayed(page.stories, stayed, self.front.stories), chosen)
        self.recount()
        self.show_footer()

    def articles_listed(self) -> list[ArticleId]:
        if self.view.kind != "front":
            return super().articles_listed()
        return [id for story in self.front.stories for id in story.articles]

    def stories_waiting(self) -> int:
        shown = self.front.shown
        if self.view.kind == "front" and shown is not None:
            self._waiting = len(self.front.left)
        return self._waiting or 0

    def recount(self) -> None:
        super().recount()
        if self.view.kind != "front":
            self.later("waiting", WAITING_SECONDS, self._count_waiting)

    def _count_waiting(self) -> None:
        def done(stories: int) -> None:
            self._waiting = min(stories, MOST_STORIES)
            self._tell_waiting()

        config = self.config
        self.helper.ask(
            lambda library: library.front("since", 0, config).more, done, topic="waiting"
        )

    def _tell_waiting(self) -> None:
        """Only this number: the others are asked for when they may have changed."""
        if rows := self.sources.rows:
            chosen = self.sources.chosen if self.place is Place.SOURCES else self.view
            first = replace(rows[0], count=self.stories_waiting())
            self.sources.show([first, *rows[1:]], chosen or self.view)

    def act_go_front(self) -> None:
        self.go_view(self.view if self.view.kind == "front" else FRONT)

    def act_period(self) -> None:
        """The next of the three times a front page can be of."""
        if self.view.kind != "front":
            self.act_go_front()
            return
        at = PERIODS.index(str(self.view.value)) + 1
        self.go_view(View("front", PERIODS[at % len(PERIODS)]))
        if self.front.shown is not None:
            self.say(since_in_words(self.front.shown, clock.now()))

    def act_flow(self) -> None:
        """Read on. On the front page: the best article, then the next story, to the end."""
        if self.view.kind not in ("front", "story") or self.place is Place.SOURCES:
            super().act_flow()
        elif not self.page.display:
            self._open_story()
        else:
            self._read_on()

    def _open_story(self) -> None:
        """The best article of the chosen story; of the next one, if that was read."""
        rows = self.headlines
        headline = rows.headline(rows.cursor) if rows.row_count else None
        if headline is None or not headline.is_waiting:
            self._next_story()
            return
        self.to_page(rows.chosen)

    def _read_on(self) -> None:
        """To the next passage that is new, where something of the story was read before; else a
        page further; at the end to the next story."""
        galley = self.page.galley
        marking = galley.marking if galley is not None else None
        if galley is not None and marking and marking.in_words and self.page.shows_news:
            goes_on = marking.goes_on(self.page.shown_lines[1] - len(galley.head))
            if not goes_on and not self.go_new(1):
                self._next_story()
                return
            if not goes_on:
                self.mark_if_opened()
                return
        if self.page.at_end:
            self._next_story()
        else:
            self.mark_if_opened()
            self.page.page(1)

    def _next_story(self) -> None:
        self.mark_if_opened()
        if self.front.left and self.next_unread(1):
            if self.place is not Place.PAGE:
                self.to_page()
            return
        self.go_to(Place.HEADLINES)
        stories = self.front.stories
        if stories:
            self.say(done_in_words(len(stories), sum(story.minutes for story in stories)))
        else:
            self.say("Nothing new: you are done")

    def to_page(self, article_id: ArticleId | None = None) -> None:
        """Give the page the keyboard, and an article, or what it waits for. A page that was out of
        sight for no more than a moment is not told that it is back."""
        self.go_to(Place.PAGE)
        if article_id is not None:
            self.show_article(article_id)
        self.call_after_refresh(self.set_wanted)
        self.mark_if_opened()

    def _page_of(self, view: View, chosen: ArticleId | None = None) -> FrontPage:
        self.clerk.settle(SETTLE_SECONDS)
        page = self.library.front(str(view.value), MOST_STORIES, self.config, chosen=chosen)
        self.newest_shown = page.newest
        return page

    def _show_page(
        self,
        page: FrontPage,
        stories: Sequence[FrontStory],
        chosen: ArticleId | FrontStory | None,
    ) -> None:
        keys = [_key(story) for story in stories]
        row = None
        if isinstance(chosen, FrontStory) and _key(chosen) in keys:
            row = keys.index(_key(chosen))
        elif chosen is not None and not isinstance(chosen, FrontStory):
            row = next((r for r, story in enumerate(stories) if chosen in story.articles), None)
        ids = [story.named_by for story in stories if story.named_by not in self._summarized]
        said = self.library.quick_summaries(ids[:FIRST_SUMMARIES])
        self.front.show_page(page, stories, said, row or 0)
        self._tell_waiting()
        self._find_out(stories, ids)

    def _find_out(self, stories: Sequence[FrontStory], ids: Sequence[ArticleId]) -> None:
        """What takes longer: good summaries, and what is new in stories partly read."""
        followed = [story for story in stories if story.read and story.new is None]
        if not ids and not followed:
            return

        def work(library: Library) -> tuple[list[FrontStory], dict[ArticleId, str]]:
            said = {id: summary.text for id, summary in library.summaries(ids).items()}
            return [library.count_new(story) for story in followed], said

        def done(found: tuple[list[FrontStory], dict[ArticleId, str]]) -> None:
            self._summarized.update(found[1])
            self.front.tell(*found)
            self.show_footer()

        self.helper.ask(work, done, topic="front")


def _with_stayed(
    fresh: Sequence[FrontStory], stayed: Sequence[FrontStory], listed: Sequence[FrontStory]
) -> list[FrontStory]:
    """`fresh`, with those that stayed where they stood."""
    known = {_key(story): story for story in (*stayed, *fresh)}
    there = {_key(story) for story in stayed} | {_key(story) for story in fresh}
    old = array("q", [key for key in map(_key, listed) if key in there])
    merged = with_listed(array("q", map(_key, fresh)), old)
    return [known[key] for key in merged]


def _key(story: FrontStory) -> int:
    return -story.article if story.id is None else story.id
