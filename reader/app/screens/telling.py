"""Stories: one opened as a timeline, an article taken out of one, two made one, copies folded."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from reader.app.actions import Place
from reader.app.screens.fronting import Fronting
from reader.app.screens.reading import WEAKEST
from reader.app.widgets.timeline import Background
from reader.errors import NothingFound
from reader.library import Library
from reader.model import ArticleId, Closeness, Coverage, Headline, View
from reader.noun import Noun
from reader.text import safe
from reader.text.width import cut

MOST_BACKGROUND = 8
TITLE_CELLS = 40
"""Of a title that is named in the last line."""


def _without_copies(
    library: Library, found: Sequence[Headline], inside: Collection[ArticleId]
) -> Background:
    """Of older pieces the best few, the latest first, each text once with its copies."""
    kept, folds = library.folded(View("query"), [each.id for each in found])
    best = list(kept)[:MOST_BACKGROUND]
    copies = {head: [id for id in folds.get(head, ()) if id not in inside] for head in best}
    pieces = library.headlines([*best, *(id for each in copies.values() for id in each)])
    return Background(
        tuple(sorted(pieces, key=lambda each: each.sorted_at, reverse=True)),
        {ArticleId(id): ArticleId(head) for head, each in copies.items() for id in each},
    )


def _members(coverage: Coverage) -> set[ArticleId]:
    return {member.id for member in coverage.members}


class Before(Noun):
    """What was open before a story was."""

    view: View
    article: ArticleId | None
    place: Place


class Telling(Fronting):
    """Everything about single stories."""

    def __init__(self, *args, **kwargs) -> None:  # type: ignore[no-untyped-def]
        super().__init__(*args, **kwargs)
        self.before_story: Before | None = None
        self._to_merge: tuple[int, str] | None = None
        """The story that waits for another to be merged with, and its title."""

    def open_view(self, view: View, *, article: ArticleId | None = None, show: bool = True) -> None:
        if view.kind != "story":
            super().open_view(view, article=article, show=show)
            return
        try:
            coverage = self.library.coverage(int(view.value or 0))
        except NothingFound as error:
            self.say(str(error))
            return
        self.change_view(view)
        self.timeline.show_story(coverage, chosen=article)
        self._look_for_background()
        if show and self.timeline.chosen is not None:
            self.show_article(self.timeline.chosen)
        self.show_footer()

    def refresh_lists(self, *, keep_listed: bool = False) -> None:
        if self.view.kind != "story":
            super().refresh_lists(keep_listed=keep_listed)
            return
        try:
            coverage = self.library.coverage(int(self.view.value or 0))
        except NothingFound:  # it was merged with another, or its last article was removed
            self.leave_story()
            return
        self.timeline.show_again(coverage)
        self._look_for_background()
        self.recount()
        self.show_footer()

    def articles_listed(self) -> list[ArticleId]:
        coverage = self.timeline.coverage
        if self.view.kind != "story" or coverage is None:
            return super().articles_listed()
        return [member.id for member in coverage.members]

    def act_open(self) -> None:
        """On the front page, a story of several articles opens as a timeline."""
        story = self.front.story if self.view.kind == "front" else None
        several = story is not None and len(story.articles) > 1
        if self.place is Place.HEADLINES and story is not None and several and story.id is not None:
            self._open_story_view(story.id, story.article)
        else:
            super().act_open()

    def act_coverage(self) -> None:
        """Everything told of the story that the article is in."""
        if (headline := self._meant()) is None:
            return
        if headline.story is None:
            self.say("This article is in no story yet")
        elif self.view == View("story", headline.story):
            self.go_to(Place.HEADLINES)
        else:
            self._open_story_view(headline.story, headline.id)

    def open_story_again(self, number: int, article: ArticleId | None) -> None:
        """Open the story that was open over the list, if it is still there."""
        self.before_story = Before(self.view, self.headlines.chosen, Place.HEADLINES)
        self.open_view(View("story", number), article=article)
        if self.view.kind != "story":  # it was merged with another, or its last article removed
            self.before_story = None
            self.say("")

    def leave_story(self) -> None:
        """Back to what was open before the story was."""
        before, self.before_story = self.before_story, None
        if before is None:
            self.act_go_front()
            return
        self.open_view(before.view, article=before.article)
        self.go_to(before.place)

    def act_split(self) -> None:
        if (headline := self._meant()) is not None:
            self._change_stories(lambda library: library.split(headline.id))

    def act_merge(self) -> None:
        """Mark a story, or merge this one into the one that is marked."""
        if (headline := self._meant()) is None:
            return
        number, title = headline.story, cut(safe.line(self._called(headline)), TITLE_CELLS)
        if number is None:
            self.say("This article is in no story yet")
            return
        marked, self._to_merge = self._to_merge, None
        if marked is None:
            self._to_merge = number, title
            key = self.key_of("merge")
            said = f"{key} on another story makes them one; {key} here again does not"
            self.say(f"Marked: “{title}”. {said}")
        elif marked[0] == number:
            self.say("No longer marked")
        else:
            first = marked[0]
            self._change_stories(lambda library: library.merge(first, number))

    def search_again(self) -> None:
        """List anew what was searched for."""
        raise NotImplementedError

    def act_copies(self) -> None:
        """Fold near copies, or give each a row."""
        self.unfolded = not self.unfolded
        unfolded = self.unfolded
        if self.view.kind == "story":
            self.timeline.unfold(unfolded)
        else:
            self.timeline.unfolded = unfolded
            if self.view.kind == "query":
                self.search_again()
            else:
                self.refresh_lists()
        self.look_for_similar()
        said = "Every copy has a row" if unfolded else "Near copies are folded under one"
        self.choose("unfolded", unfolded, said)

    def _next_story(self) -> None:
        """From a story to its next unread article; after the last of them, on with the front."""
        if self.view.kind != "story":
            super()._next_story()
            return
        self.mark_if_opened()
        row = self._unread_row(1)
        if row is not None and row < self.timeline.told:
            self._choose(row)
            if self.place is not Place.PAGE:
                self.to_page()
            return
        self.leave_story()
        if self.view.kind == "front":
            self._open_story()
        else:
            self.say("All that is told of this story is read")

    def _open_story_view(self, number: int, article: ArticleId) -> None:
        if self.view.kind != "story":
            chosen = self.headlines.chosen
            self.before_story = Before(self.view, chosen, self.place)
        self.open_view(View("story", number), article=article)
        self.go_to(Place.HEADLINES)

    def _look_for_background(self) -> None:
        """What the story is about, in phrases, and older pieces that are like it but not of it."""
        coverage = self.timeline.coverage
        if coverage is None or not coverage.members:
            return
        latest = coverage.members[-1]
        inside = _members(coverage)

        def work(library: Library) -> tuple[Background, tuple[str, ...]]:
            _, phrases = library.story_digest(library.story(coverage.id))
            found = [
                each.headline
                for each in library.similar(latest.id, weakest=WEAKEST)
                if each.closeness is Closeness.BACKGROUND
                and each.headline.id not in inside
                and each.headline.sorted_at <= latest.sorted_at
            ]
            return _without_copies(library, found, inside), phrases

        def done(came: tuple[Background, tuple[str, ...]]) -> None:
            background, phrases = came
            now = self.timeline.coverage
            if now is not None and (now.id, _members(now)) == (coverage.id, _members(coverage)):
                self.timeline.show_background(background, phrases)

        self.helper.ask(work, done, topic="background")

    def _change_stories(self, work) -> None:  # type: ignore[no-untyped-def]
        def done(sentence: str) -> None:
            self.refresh_lists()
            self.look_for_similar()
            self.say(f"{sentence}; {self.key_of('undo')} takes it back")

        self.clerk.ask(work, done)

    def _called(self, headline: Headline) -> str:
        """How the story of an article is called where the reader is."""
        story, coverage = self.front.story, self.timeline.coverage
        if self.view.kind == "front" and story is not None and headline.id in story.articles:
            return story.title
        if self.view.kind == "story" and coverage is not None and coverage.id == headline.story:
            return coverage.title
        return headline.title

    def _meant(self) -> Headline | None:
        article_id = self.current_id()
        found = self.library.headlines([article_id]) if article_id is not None else []
        if not found:
            self.say("Choose an article first")
            return None
        return found[0]
