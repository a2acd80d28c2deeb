"""Finding: search of every article as one types, and words in the article on the page."""

from __future__ import annotations

from array import array
from collections.abc import Sequence

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


class Found(Noun):
    """What a search found."""

    ids: array[int]
    """The articles, the best first."""
    copies: dict[int, list[int]]
    """Of those that have near copies, which are no rows."""
    extras: dict[int, Extra]
    more: bool
    """Is there more than is listed?"""
    misread: str
    """Where nothing was found, what was not understood in the query."""


def found_of(library: Library, words: str, hits: Sequence[Hit], unfolded: bool) -> Found:
    """The articles that a search is answered with, near copies folded away if so wished."""
    ids = array("q", [hit.headline.id for hit in hits])
    copies: dict[int, list[int]] = {}
    if not unfolded:
        ids, copies = library.folded(View("query"), ids)
    extras = {int(hit.headline.id): Extra(hit.snippet, hit.marks) for hit in hits}
    misread = library.misread(words) if not hits else ""
    return Found(ids, copies, extras, len(hits) >= MOST_HITS, misread)


class Finding(Telling):
    """Everything that looks for words."""

    def __init__(self, *args, **kwargs) -> None:  # type: ignore[no-untyped-def]
        super().__init__(*args, **kwargs)
        self._before: Before | None = None
        self.awaits_hits = False
        """Was a search ended of which the hits are still on their way?"""
        self._asked = ""

    def act_search(self) -> None:
        if self.view.kind != "query":
            article = self.headlines.chosen
            self._before = Before(self.view, article, self.place)
        words = str(self.view.value) if self.view.kind == "query" else ""
        self.set_out(Place.HEADLINES)
        self.open_prompt(
            "Search",
            words,
            self._search_as_typed,
            self._search_done,
            self.leave_search,
            hint='words of any article, "a phrase", title: source: tag: is:unread',
        )

    def act_find(self) -> None:
        if self.article is None:
            self.say("Nothing is open to find words in")
            return
        self.go_to(Place.PAGE)
        self.open_prompt(
            "Find here",
            self.find_words,
            self._find_as_typed,
            self._find_done,
            hint="words of this article",
        )

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
        self._asked, self.awaits_hits = "", False
        before, self._before = self._before, None
        if before is not None:
            self.open_view(before.view, article=before.article)
            self.go_to(before.place)

    def search_now(self, words: str, chosen: ArticleId | None = None) -> None:
        """Search in the finder's thread; an older search still running is broken off. `chosen` is
        the article to stand on, if it is found."""
        self._asked = words
        self.finder.interrupt()
        if not words.strip():
            return

        unfolded = self.unfolded

        def work(library: Library) -> Found:
            hits = library.search(words, limit=MOST_HITS, as_you_type=True)
            return found_of(library, words, hits, unfolded)

        def done(found: Found) -> None:
            if self._asked == words:
                self.awaits_hits = False
                self._show_hits(words, found, chosen)

        self.finder.ask(work, done, topic="search")

    def search_again(self) -> None:
        """List anew what was searched for, on the article that is chosen."""
        self.search_now(str(self.view.value), self.headlines.chosen)

    def _search_as_typed(self, words: str) -> None:
        self.search_now(words)

    def _search_done(self, words: str) -> None:
        if not words.strip():
            self.leave_search()
            return
        self.search_now(words)
        self.awaits_hits = True
        self.go_to(Place.HEADLINES)

    def _show_hits(self, words: str, found: Found, chosen: ArticleId | None) -> None:
        self.change_view(View("query", words))
        why = f": {found.misread}" if found.misread else ""
        self.headlines.empty_text = f"Nothing found{why}"
        self.lists.copies = found.copies
        chosen = self.lists.stands_for(chosen)
        ids = found.ids
        self.headlines.show(
            ids,
            complete=True,
            cursor=ids.index(chosen) if chosen is not None and chosen in ids else 0,
            extras=found.extras,
            words=self.searched_words(),
        )
        self.more_hits = found.more
        more = "+" if self.more_hits else ""
        self.prompt_note("nothing found" if not ids else f"{len(ids)}{more} found")
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
        self.prompt_note("" if not self.find_words else f"{count:,} found" if count else "not here")

    def _find_done(self, words: str) -> None:
        if words.strip() != self.find_words:  # Enter came before what was typed was told
            self._find_as_typed(words)
        if self.find_words and self.page.matches:
            self.show_footer()
        else:
            self.act_end_find()
            if words.strip():
                self.say(f"“{words.strip()}” is not in this article")

    def _to_match(self, step: int) -> None:
        if self.page.to_match(step) is not None:
            self.show_footer()
