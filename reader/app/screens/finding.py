"""Finding: search of every article as one types, and words in the article on the page."""

from __future__ import annotations

from array import array

from reader.app.actions import Place
from reader.app.screens.telling import Telling
from reader.app.widgets.headlines import Extra
from reader.library import Library
from reader.model import ArticleId, Hit, View
from reader.noun import Noun

MOST_HITS = 200


class Before(Noun):
    """What was looked at before a search, to come back to."""

    view: View
    article: ArticleId | None
    place: Place


class Finding(Telling):
    """Everything that looks for words."""

    def __init__(self, *args, **kwargs) -> None:  # type: ignore[no-untyped-def]
        super().__init__(*args, **kwargs)
        self._before: Before | None = None
        self._asked = ""

    def act_search(self) -> None:
        if self.view.kind != "query":
            article = self.headlines.chosen
            self._before = Before(self.view, article, self.place)
        words = str(self.view.value) if self.view.kind == "query" else ""
        self.set_out(Place.HEADLINES)
        self.open_prompt(
            "Search", words, self._search_as_typed, self._search_done, self.leave_search
        )

    def act_find(self) -> None:
        if self.article is None:
            self.say("Nothing is open to find words in")
            return
        self.go_to(Place.PAGE)
        self.open_prompt("Find here", self.find_words, self._find_as_typed, self._find_done)

    def act_next_match(self, count: int = 1) -> None:
        self._to_match(count)

    def act_previous_match(self, count: int = 1) -> None:
        self._to_match(-count)

    def act_end_find(self) -> None:
        self.find_words = ""
        self.page.find("")
        self.show_footer()

    def leave_search(self) -> None:
        """Back to what was listed before the search."""
        self.finder.interrupt()
        self._asked = ""
        before, self._before = self._before, None
        if before is not None:
            self.open_view(before.view, article=before.article)
            self.go_to(before.place)

    def search_now(self, words: str) -> None:
        """Search in the finder's thread; an older search still running is broken off."""
        self._asked = words
        self.finder.interrupt()
        if not words.strip():
            return

        def work(library: Library) -> list[Hit]:
            return library.search(words, limit=MOST_HITS, as_you_type=True)

        def done(hits: list[Hit]) -> None:
            if self._asked == words:
                self._show_hits(words, hits)

        self.finder.ask(work, done, topic="search")

    def _search_as_typed(self, words: str) -> None:
        self.search_now(words)

    def _search_done(self, words: str) -> None:
        if not words.strip():
            self.leave_search()
            return
        self.search_now(words)
        self.go_to(Place.HEADLINES)

    def _show_hits(self, words: str, hits: list[Hit]) -> None:
        self.change_view(View("query", words))
        self.headlines.empty_text = "Nothing found"
        self.headlines.show(
            array("q", [hit.headline.id for hit in hits]),
            complete=True,
            extras={int(hit.headline.id): Extra(hit.snippet, hit.marks) for hit in hits},
            words=self.searched_words(),
        )
        self.more_hits = len(hits) >= MOST_HITS
        more = "+" if self.more_hits else ""
        self.prompt_note("nothing found" if not hits else f"{len(hits)}{more} found")
        if self.headlines.chosen is not None and self.page.display:
            self.later("preview", 0.13, self._preview)
        self.show_footer()

    def searched_words(self) -> list[str]:
        if self.view.kind != "query":
            return []
        words = str(self.view.value).split()
        lit = [word.strip('"()*') for word in words if not word.startswith("-") and ":" not in word]
        return [word for word in lit if word not in ("", "OR", "AND")]

    def _preview(self) -> None:
        """Show the best hit beside the list, once the typing pauses."""
        if self.view.kind == "query" and self.headlines.chosen is not None:
            self.show_article(self.headlines.chosen)

    def _find_as_typed(self, words: str) -> None:
        self.find_words = words.strip()
        count = self.page.find(self.find_words)
        self.page.to_match(0)
        self.prompt_note("" if not self.find_words else f"{count} found" if count else "not here")

    def _find_done(self, words: str) -> None:
        self.find_words = words.strip()
        if self.find_words and self.page.matches:
            self.show_footer()
        else:
            self.act_end_find()
            if words.strip():
                self.say(f"“{words.strip()}” is not in this article")

    def _to_match(self, step: int) -> None:
        if self.page.to_match(step) is not None:
            self.show_footer()
