"""Keys typed ahead: they are about what is on its way, and wait until it is there."""

from __future__ import annotations

from collections import deque

from textual import events

from reader.app.actions import Place
from reader.app.screens.sizing import Sizing

AHEAD_SECONDS, MOST_WAITS = 0.01, 100
"""How often it is looked whether what keys wait for has come, and how many times."""


class Ahead(Sizing):
    """Everything about which key is taken when."""

    def __init__(self, *args, **kwargs) -> None:  # type: ignore[no-untyped-def]
        super().__init__(*args, **kwargs)
        self._ahead: deque[events.Key] = deque()
        self._waited_times = 0
        self.is_moving = False
        """Were panes shown or hidden, and are not in their new places yet?"""

    def on_mount(self) -> None:
        self.screen_layout_refresh_signal.subscribe(self, self._moved)

    def _moved(self, screen: object) -> None:
        self.is_moving = False

    def take_key(self, event: events.Key) -> None:
        """Do what a key means where the reader is."""
        raise NotImplementedError

    def on_key(self, event: events.Key) -> None:
        """Take a key; one typed ahead of what it is about waits until that is there."""
        if not self._ahead and not self._is_coming:
            self.take_key(event)
            return
        event.stop()
        event.prevent_default()
        self._ahead.append(event)
        if len(self._ahead) == 1:
            self._waited_times = 0
            self.later("ahead", AHEAD_SECONDS, self._catch_up)

    @property
    def _is_coming(self) -> bool:
        """Is what the next key is about still on its way: the article, its page, or hits?"""
        if self.prompt is not None or not self.is_active:
            return False
        on_page = self.place is Place.PAGE and self.page.display
        return self.awaits_hits or (on_page and (self.is_awaited or self.is_moving))

    def _catch_up(self) -> None:
        """Take the keys that waited, as far as nothing is on its way. Esc waits for no hits, and
        nothing is waited for without end."""
        while self._ahead:
            impatient = self._ahead[-1].key == "escape" or self._waited_times >= MOST_WAITS
            if self._is_coming and not impatient:
                self._waited_times += 1
                self.later("ahead", AHEAD_SECONDS, self._catch_up)
                return
            self._waited_times, self.awaits_hits = 0, False
            self.take_key(self._ahead.popleft())
