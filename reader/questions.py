"""All that can be asked of a library; nothing here changes what a person has."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from reader.errors import NothingFound
from reader.model import (
    LISTING,
    Anchor,
    Article,
    ArticleId,
    Bookmark,
    Copied,
    Counts,
    Coverage,
    FrontPage,
    FrontStory,
    Headline,
    Highlight,
    Hit,
    Revision,
    Similar,
    Source,
    SourceId,
    Story,
    Summary,
    View,
)
from reader.store.cache import Cache

if TYPE_CHECKING:
    from reader.config import Config
    from reader.stories import Ranked
    from reader.stories.revised import Edit


class Questions:
    """A cache and what can be asked of it."""

    def __init__(self, cache: Cache) -> None:
        self.cache = cache

    def sources(self) -> list[Source]:
        """Every source with its counts, by folder, then title."""
        return self.cache.sources.all()

    def removed_sources(self) -> list[Source]:
        """The sources that were removed; of some there are articles that were kept."""
        return self.cache.sources.removed()

    def announced(self) -> dict[SourceId, str]:
        """For sources whose address gives a page now where a feed was: the feed it announces."""
        return {
            source.id: str(urls[0])
            for source in self.cache.fetches.all()
            if (urls := source.hints.get("announced")) and source.error is not None
        }

    def counts(self) -> Counts:
        """The numbers of the source list."""
        return self.cache.articles.counts()

    def feeds(self) -> int:
        """How many sources list articles, whether they were asked yet or not."""
        return sum(source.kind in LISTING for source in self.sources())

    def ids(
        self, view: View, limit: int | None = None, after: ArticleId | None = None
    ) -> array[int]:
        """The articles of a view, newest first; the next `limit` that follow `after`."""
        if view.kind == "query":
            from reader.query import parse

            return self.cache.search.ids(parse(str(view.value or "")).selection, limit, after)
        return self.cache.articles.ids(view, limit=limit, after=after)

    def headlines(self, ids: Iterable[int]) -> list[Headline]:
        """The headlines of these articles, in this order; what is gone is left out."""
        return self.cache.articles.headlines(ids)

    def article(self, id: ArticleId) -> Article:
        """The article with its body. Raises NothingFound."""
        return self.cache.articles.get(id)

    def search(
        self, query: str, limit: int = 50, order: str = "blend", as_you_type: bool = False
    ) -> list[Hit]:
        """The best `limit` articles for a query, each with the piece of text that shows why.

        `order`: `new` newest first, `rank` most relevant first, `blend` both; a `sort:` in the
        query goes before. `as_you_type`: the last word may be unfinished, and the order is one
        that stays quick. An empty query finds nothing. Raises Interrupted.
        """
        from reader.query import parse

        asked = parse(query, as_you_type=as_you_type)
        if asked.asks_nothing:
            return []
        order = asked.order or order
        if as_you_type and order == "rank":
            order = "blend"
        return self.cache.search.hits(asked.selection, limit, order)

    def misread(self, query: str) -> str:
        """What fields of a query take that were given something else, in words; "" if none was."""
        from reader.query import parse

        return "; ".join(parse(query).misread)

    def similar(self, id: ArticleId, limit: int = 10, weakest: float = 0.0) -> list[Similar]:
        """The articles most like one, and why; background only from a likeness of `weakest`, 0 to
        1. Raises NothingFound."""
        from reader import stories

        if not self.headlines([id]):
            self.article(id)
        with self.cache.explained():
            found = stories.similar(self.cache.reader(), id, limit, weakest=weakest)
            return self._similar(found)

    def make_findable(self) -> None:
        """Let every article be found by what it is like, also those there was no time for yet."""
        from reader import stories

        stories.catch_up(self.cache, seconds=0)

    def similar_every(self, limit: int) -> Iterator[tuple[Headline, list[Similar]]]:
        """For every article the articles most like it."""
        from reader import stories

        stories.catch_up(self.cache)
        with self.cache.explained():
            for id, ranked in stories.similar_every(self.cache.reader(), limit):
                for headline in self.headlines([id]):
                    yield headline, self._similar(ranked)

    def stories(self, view: View | None = None, *, every: bool = False) -> list[Story]:
        """The stories that the articles of a view are in, or all; the newest first.

        Those of the last week, or `every` one whatever its age.
        """
        from reader.stories import telling

        ids = None if view is None or view.kind == "all" else self.ids(view)
        telling.catch_up(self.cache, every=every)
        return telling.stories(self.cache, ids, every=every)

    def is_uncompared(self) -> bool:
        """Is something left that there was no time to compare?"""
        from reader.store.states import RECOUNTED_TO, RESPELLED_TO, UNCOMPARED

        return any(self.cache.states.get(key) for key in (UNCOMPARED, RECOUNTED_TO, RESPELLED_TO))

    def storyless(self) -> int:
        """How many articles are in no story yet, because there was no time to compare them."""
        from reader.stories import telling

        return telling.storyless(self.cache)

    def story(self, id: int) -> Story:
        """A story with its articles. Raises NothingFound."""
        from reader.stories import telling

        telling.catch_up(self.cache)
        return telling.story(self.cache, id)

    def front(
        self,
        period: str = "since",
        limit: int | None = None,
        config: Config | None = None,
        *,
        counted: bool = False,
        chosen: ArticleId | None = None,
    ) -> FrontPage:
        """The stories of a period (`since` the last visit, `today`, `week`) that are not settled,
        the most important first, at most `limit`. Raises UsageError for wrong settings.

        `chosen`: an article that was read on the page; its story stays there though it is settled.
        `counted`: what is new in stories of which something was read is counted first, which
        takes its time; else it is told as far as it is known.
        """
        from reader.stories import edition

        if config is None:
            from reader.config import load

            config = load()
        if counted:
            from reader.stories import telling

            telling.catch_up(self.cache)
            edition.count_all(self.cache, period, config.front_days_of, self.sentences)
        return edition.page(self.cache, period, config.front_days_of, limit, chosen)

    def coverage(self, number: int) -> Coverage:
        """All that is told of one story. Raises NothingFound."""
        from reader.stories import edition

        return edition.coverage(self.cache, number)

    def folded(self, view: View, ids: Sequence[int]) -> tuple[array[int], dict[int, list[int]]]:
        """`ids` of a view without near copies of what it lists too, and these by what stays."""
        from reader.stories import folding

        return folding.folded(self.cache, view, ids)

    def each_text_once(
        self, found: Sequence[Similar]
    ) -> tuple[list[Similar], dict[int, list[int]]]:
        """What is like an article without near copies of what is named too, and these by what
        stays; copies of the article itself stay all."""
        from reader.stories import folding

        return folding.each_text_once(self.cache, found)

    def count_new(self, story: FrontStory) -> FrontStory:
        """A story of the front page with what is new in it, if something of it was read."""
        from reader.stories import edition

        return edition.count_new(self.cache, story, self.sentences)

    def quick_summaries(self, ids: Sequence[ArticleId]) -> dict[ArticleId, str]:
        """What these articles are about as far as it is told at once: what was kept of it, their
        source's own words, or how they begin. `summaries` is better, and makes what is not kept."""
        from reader.stories import edition

        return edition.quick_summaries(self.cache, ids)

    def returns(self) -> bool:
        """Was the person away long enough for this to be another visit?"""
        from reader.stories import edition

        return edition.returns(self.cache)

    def sentences(self, id: ArticleId) -> list[tuple[str, str]]:
        """The sentences of an article in order, each with its mark against what was read of its
        story and of what is very like it: `new`, `known` or "". Of an article that was edited
        since it was read, the edit is what is new. Raises NothingFound."""
        from reader.stories import held_against, novelty

        article = self.article(id)
        with self.cache.explained():
            conn = self.cache.reader()
            read = held_against.held_against(conn, id)
            later = held_against.is_later(conn, id, read)
        texts = [self.cache.articles.text_read(ArticleId(each)) for each in read]
        found = novelty.marks(article.text, texts, later=later)
        marks = [(said, str(mark)) for said, mark in found]
        if article.headline.is_edited_since:
            from reader.stories.reread import marks_of_edit

            articles, number = self.cache.articles, article.headline.read_revision
            old = next((each.text for each in articles.revisions(id) if each.number == number), "")
            return marks_of_edit(marks, articles.text_read(id), old)
        return marks

    def summary(self, id: ArticleId) -> Summary:
        """What an article is about, in its source's words or its own. Raises NothingFound."""
        found = self.summaries([id])
        if not found:
            raise NothingFound(f"there is no article {id}")
        return found[id]

    def summaries(self, ids: Iterable[int]) -> dict[ArticleId, Summary]:
        """What these articles are about; of those that are there. About a millisecond for each
        that nobody has asked for before."""
        from reader.stories import digesting

        return digesting.summaries(self.cache, ids)

    def phrases(self, id: ArticleId) -> tuple[str, ...]:
        """The few phrases that say what an article is about, at most eight, the most telling
        first. Raises NothingFound."""
        from reader.stories.phrases import phrases

        article = self.article(id)
        return phrases(article.title, article.text, article.language)

    def story_digest(self, story: Story) -> tuple[Summary, tuple[str, ...]]:
        """What a story is about: the summary of the article it is named after, and phrases of all
        of it."""
        from reader.stories import digesting

        return digesting.of_story(self.cache, story)

    def duplicates(self, view: View | None = None) -> list[Copied]:
        """Articles of a view, or all, that have near copies or are some; the newest first."""
        from reader.stories import telling

        ids = None if view is None or view.kind == "all" else self.ids(view)
        telling.catch_up(self.cache, every=True)
        return telling.duplicates(self.cache, ids)

    def revisions(self, id: ArticleId) -> list[Revision]:
        """Every text of the article, the oldest first, the present one last."""
        return self.cache.articles.revisions(id)

    def edit(self, id: ArticleId, before: int | None = None, after: int | None = None) -> Edit:
        """What changed between two revisions of an article, given by number; in the last edit if
        nothing is said. Raises NothingFound."""
        from reader.stories.revised import edit

        self.article(id)
        return edit(self.revisions(id), before, after)

    def bookmarks(self) -> list[Bookmark]:
        """Every starred article, the last starred first."""
        return self.cache.bookmarks.all()

    def highlights(self, id: ArticleId | None = None) -> list[Highlight]:
        """The highlights of an article in the order of its text; of all, the last made first."""
        kept = self.cache.highlights
        return kept.all() if id is None else kept.of(id)

    def position(self, id: ArticleId) -> Anchor | None:
        """Where the person stopped reading."""
        return self.cache.articles.position(id)

    def _similar(self, ranked: Iterable[Ranked]) -> list[Similar]:
        found = {each.id: each for each in ranked}
        return [
            Similar(headline, each.score, each.closeness, each.reason)
            for headline in self.headlines(found)
            for each in (found[headline.id],)
        ]
