"""The pictures of the article on the page: fetched only by the key, kept only in memory."""

from __future__ import annotations

import asyncio
import json
from collections import OrderedDict
from collections.abc import Mapping
from typing import Any

from reader.app.child import PictureGetter
from reader.app.halfblocks import MOST_LINES, Picture, picture_of
from reader.app.screens.saving import Saving
from reader.model import Article, ArticleId
from reader.text import safe

ARTICLES_KEPT = 4
"""Articles whose pictures stay in memory."""
LEAST_LINES = 4
BESIDE_LINES = 3
"""Lines of the page that a picture leaves to its words."""
COLOURS = ("256", "truecolor")


class Picturing(Saving):
    """Everything that shows pictures."""

    def __init__(self, *args, **kwargs) -> None:  # type: ignore[no-untyped-def]
        super().__init__(*args, **kwargs)
        self.picture_getter = PictureGetter(self.app_home())
        self._pictures: OrderedDict[ArticleId, dict[str, Picture]] = OrderedDict()
        self._picturing: asyncio.Task[None] | None = None

    def act_pictures(self) -> None:
        article, galley = self.article, self.page.galley
        if self.picture_getter.running:
            self.picture_getter.end()
            self.say("No more pictures are fetched")
        elif article is None or galley is None:
            self.say("Open an article whose pictures are to be shown")
        elif self._pictures.pop(article.id, None) is not None:
            self.refresh_article(article.id)
            self.say("The pictures are gone from the page")
        elif not self.config.pictures:
            self.say("Pictures are off: pictures = true in config.toml lets this key fetch them")
        elif not self._has_colours:
            self.say("Pictures need a terminal of 256 colours or more; this one has fewer")
        elif not (urls := galley.picture_urls):
            self.say("This article has no pictures")
        else:
            self.say(f"Fetching {_counted(len(urls))} …")
            self._picturing = asyncio.ensure_future(self._get(article, urls))

    @property
    def _has_colours(self) -> bool:
        return not self.app.without_colour and self.app.console.color_system in COLOURS

    async def _get(self, article: Article, urls: list[str]) -> None:
        came: dict[str, Picture] = {}
        causes: list[str] = []

        def took(record: dict[str, Any]) -> None:
            picture = picture_of(record)
            if picture is not None and (url := record.get("url")) in urls:
                came[str(url)] = picture
            else:
                causes.append(safe.line(str(record.get("cause") or "it cannot be read")))

        own = article.headline.source_id
        source = next((each for each in self.library.sources() if each.id == own), None)
        given = {"url": source.url, "added_as": source.added_as} if source else None
        try:
            told = json.dumps({"urls": urls, "source": given}).encode()
            outcome = await self.picture_getter.run((), took, told)
        except Exception as error:  # the room outlives its child, however that ended
            self.picture_getter.end()
            self.app.trouble(error)
            return
        if outcome.exit_code > 0 and not came and not causes:
            causes.append(outcome.said)
        self.call_next(self._got, article.id, came, causes)

    def _got(self, article_id: ArticleId, came: dict[str, Picture], causes: list[str]) -> None:
        if came:
            self._pictures[article_id] = came
            while len(self._pictures) > ARTICLES_KEPT:
                self._pictures.popitem(last=False)
            self.refresh_article(article_id)
        them = "it" if len(came) == 1 else "them"
        said = f"{_counted(len(came))} here; {self.key_of('pictures')} takes {them} away"
        if causes and came:
            self.say(f"{said}; {len(causes)} not to be had: {causes[0]}")
        elif causes:
            self.say(f"No picture: {causes[0]}")
        elif came:
            self.say(said)

    def pictures_of(self, article_id: ArticleId) -> Mapping[str, Picture]:
        return self._pictures.get(article_id, {})

    @property
    def picture_lines(self) -> int:
        return min(MOST_LINES, max(LEAST_LINES, self.page.size.height - BESIDE_LINES))


def _counted(count: int) -> str:
    return "1 picture" if count == 1 else f"{count} pictures"
