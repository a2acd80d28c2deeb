"""The whole text of an entry that is but a beginning, fetched by a child when the reader asks."""

from __future__ import annotations

import asyncio

from reader.app.child import Arrived, PageFetcher
from reader.app.screens.refreshing import Refreshing
from reader.model import ArticleId


class Fetching(Refreshing):
    """Everything that fetches one article's page."""

    def __init__(self, *args, **kwargs) -> None:  # type: ignore[no-untyped-def]
        super().__init__(*args, **kwargs)
        self.page_fetcher = PageFetcher(self.app_home())
        self._fetching: asyncio.Task[None] | None = None

    def act_fetch_whole(self) -> None:
        if self.page_fetcher.running:
            self.say("Still fetching a page; a moment")
            return
        article_id = self.current_id()
        if article_id is None:
            self.say("Choose an article whose page is to be fetched")
            return
        self.say("Fetching its page …")
        self._fetching = asyncio.ensure_future(self._fetch(article_id))

    async def _fetch(self, article_id: ArticleId) -> None:
        try:
            arrived, outcome = await self.page_fetcher.fetch(article_id)
        except Exception as error:  # the room outlives its child, however that ended
            self.page_fetcher.end()
            self.app.trouble(error)
            return
        said = in_words(arrived) if arrived else outcome.said or "The page could not be fetched"
        self.call_next(self._fetched, article_id, said)

    def _fetched(self, article_id: ArticleId, said: str) -> None:
        self.headlines.forget()
        self.refresh_article(article_id)
        self.say(said)


def in_words(arrived: Arrived) -> str:
    """What became of one page."""
    if arrived.status == "updated":
        return "The whole text is here"
    if arrived.status == "skipped":
        return "Its page says the same as what is here"
    return f"Its page could not be had: {arrived.reason}"
