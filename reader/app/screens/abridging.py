"""An article in short, and what was edited in it."""

from __future__ import annotations

from reader.app.screens.newness import Newness
from reader.app.screens.reading import abridged
from reader.model import ArticleId


class Abridging(Newness):
    """Everything that says in a few words what an article says, or does not say any more."""

    def act_summary(self) -> None:
        self.with_summary = shows = not self.with_summary
        self.galleys.forget()
        self.set_again()
        self.choose("with_summary", shows, f"Articles with{'' if shows else 'out'} their summary")
        if shows and self.article is not None and abridged(self.library, self.article) is None:
            self.say("Articles with their summary; this one is too short for one")

    def act_differences(self) -> None:
        if (article_id := self._article_on_page_or_chosen()) is None:
            return
        edits = next((each.edits for each in self.library.headlines([article_id])), 0)
        if not edits:
            self.say("It has not been edited since it came")
            return
        from reader.app.screens.differing import Differing

        self.app.push_screen(Differing(self.library, article_id, self.config.measure_cells))

    def _article_on_page_or_chosen(self) -> ArticleId | None:
        return self.article.id if self.article is not None else self.headlines.chosen
