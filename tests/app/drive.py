"""Opening the room under a pilot and pressing keys as a reader does."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from textual import events
from textual.keys import _character_to_key
from textual.pilot import Pilot

from reader.app import prepare_environment

prepare_environment()

from reader.app import screens  # noqa: E402
from reader.app.app import Broadsheet  # noqa: E402  (after the environment it reads)
from reader.app.screens.room import Room  # noqa: E402

screens.reading.REST_SECONDS = 0.03
screens.reading.KEEP_SECONDS = 0.03
screens.room.TIDY_SECONDS = 0
screens.fronting.WAITING_SECONDS = 0.03
screens.room.NUMBER_SECONDS = screens.room.LINK_SECONDS = 0.2
"""A reader in a hurry: what follows on rest is tested, not how long rest is."""

WIDE, MEDIUM, NARROW = (120, 40), (80, 24), (40, 12)


class Reader:
    """A person at the keyboard."""

    def __init__(self, app: Broadsheet, pilot: Pilot[int]) -> None:
        self.app = app
        self.pilot = pilot

    @property
    def room(self) -> Room:
        assert self.app.room is not None
        return self.app.room

    async def press(self, *keys: str) -> None:
        """Press keys, then wait as a reader does: until nothing is still being done."""
        # The pilot waits two idle times, 40 ms, after each key; a reader waits after the last.
        *first, last = keys
        for key in first:
            character = " " if key == "space" else key if len(key) == 1 else None
            name = _character_to_key(key) if len(key) == 1 else key
            self.app.post_message(events.Key(name, character))
        await self.pilot.press(last)
        await self.rest()

    async def type(self, text: str) -> None:
        await self.press(*("space" if letter == " " else letter for letter in text))

    async def rest(self) -> None:
        await self.pilot.pause()
        for _ in range(500):
            if self.room.resting:
                break
            await asyncio.sleep(0.01)
        await self.pilot.pause()

    async def resize(self, size: tuple[int, int]) -> None:
        await self.pilot.resize_terminal(*size)
        await asyncio.sleep(0.03)
        await self.rest()

    @property
    def title(self) -> str | None:
        """The title of the article on the page."""
        return self.room.article.title if self.room.article else None

    @property
    def said(self) -> str:
        return self.room.status.said

    def screen(self) -> list[str]:
        """The screen as text, line by line."""
        compositor = self.app.screen._compositor
        return ["".join(s.text for s in strip) for strip in compositor.render_strips()]

    def text(self) -> str:
        return "\n".join(self.screen())


@asynccontextmanager
async def reading(
    path: Path | None = None, size: tuple[int, int] = WIDE, open_id: int | None = None
) -> AsyncIterator[Reader]:
    """The room, open on a cache. Whatever went wrong inside it fails the test."""
    app = Broadsheet(path, open_id)
    async with app.run_test(size=size) as pilot:
        reader = Reader(app, pilot)
        await reader.rest()
        yield reader
        reader.room.leave()
        await pilot.pause()
    app.close()
    for trouble in app.troubles:
        raise trouble
