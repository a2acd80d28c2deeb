"""Reading aloud: a child speaks, the page follows it, the same key silences it."""

from __future__ import annotations

import asyncio

from reader.app.child import Voice
from reader.app.screens.looking import Looking
from reader.model import Anchor, ArticleId


class Speaking(Looking):
    """Everything that is heard."""

    def __init__(self, *args, **kwargs) -> None:  # type: ignore[no-untyped-def]
        super().__init__(*args, **kwargs)
        self.voice = Voice(self.app_home())
        self._speaking: asyncio.Task[None] | None = None

    def act_speak(self) -> None:
        if self._speaking is not None and not self._speaking.done():
            if not self.voice.running:
                self._speaking.cancel()
            self.voice.silence()
            self.say("Silent")
            return
        article_id = self.current_id()
        if article_id is None:
            self.say("Choose an article to be read aloud")
            return
        self.say("Reading aloud; the same key stops it")
        self._speaking = asyncio.ensure_future(self._speak(article_id))

    async def _speak(self, article_id: ArticleId) -> None:
        on_page = self.article is not None and self.article.id == article_id
        place = self.page.reading_place if on_page else None
        try:
            outcome = await self.voice.speak(
                article_id, place.block if place else 0, lambda b: self._heard(article_id, b)
            )
        except asyncio.CancelledError:
            self.voice.end()
            raise
        except OSError as error:
            self.app.trouble(error)
            return
        if not self.is_mounted or self.voice.silenced:
            return
        self.say("Read to the end" if outcome.exit_code == 0 else outcome.said or "It broke off")

    def _heard(self, article_id: ArticleId, block: int) -> None:
        """A block is being said: bring it into view, if its article is on the page."""
        galley = self.page.galley
        if galley is None or galley.article.id != article_id or not self.page.display:
            return
        line = galley.line_of(Anchor(block, 0, ""))
        first = self.page.scroll_offset.y
        if not first <= line < first + self.page.size.height:
            self.page.go_to_line(line)
