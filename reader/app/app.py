"""The program: a cache, a theme, one reading room, and a terminal that is always restored."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
from collections.abc import Iterator
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, ClassVar

from textual.app import App
from textual.driver import Driver
from textual.message import Message
from textual.screen import Screen

from reader import faults, paths
from reader.app.background import Background
from reader.app.cursor import whereabouts
from reader.app.galley import Galley
from reader.app.own_themes import own_themes
from reader.app.screens.room import Room
from reader.app.themes import AUTO, BUILT_IN, follow, theme_of
from reader.app.widgets.pieces import Look
from reader.app.widgets.sturdy import Sturdy
from reader.config import Config, SettingsError, load
from reader.errors import BroadsheetError, Interrupted
from reader.library import Library

if TYPE_CHECKING:
    from rich.console import RenderableType

STYLE_SHEETS = ("base", "lists", "page")
"""In this order: later sheets win where two say the same."""
MOST_TROUBLES = 200
"""Failures after which the room gives up, with a line that says where they are written."""
DARK_TERMINAL = "dark_terminal"
"""Under this the last answer of the terminal is kept, so that the next start begins with it."""
DARK_BACKGROUNDS = ("0", "1", "2", "3", "4", "5", "6", "8")
"""Colours of the sixteen that are dark."""
ENDING_SIGNALS = (signal.SIGTERM, signal.SIGHUP)


class Broadsheet(App[int], inherit_bindings=False):
    """The reading room as a program."""

    TITLE = "broadsheet"
    ENABLE_COMMAND_PALETTE = False
    ALLOW_SELECT = False
    """Lines are selected by `v`, and by the terminal itself; a double click opens."""
    CSS_PATH: ClassVar[list[str | PurePath]] = [
        paths.shipped("styles") / f"{name}.tcss" for name in STYLE_SHEETS
    ]

    def __init__(self, library_path: Path | None = None, open_id: int | None = None) -> None:
        """Raises CacheError if the cache cannot be used."""
        # Told of NO_COLOR, Textual makes greys of colours; our `mono` sends no colour at all.
        self.without_colour = bool(os.environ.get("NO_COLOR"))
        with _unset("NO_COLOR"):
            super().__init__()
        self.library = Library.open(library_path)
        self._settings_error: str | None = None
        self.config = self._settings()
        self.troubles: list[Exception] = []
        self._settle_direction()
        self._terminal_is_dark = self._was_dark()
        own, mistakes = own_themes()
        self.palettes = {palette.name: palette for palette in (*BUILT_IN, *own)}
        self._settings_error = self._settings_error or (mistakes[0] if mistakes else None)
        for palette in self.palettes.values():
            self.register_theme(theme_of(palette))
        self.follows_terminal = False
        """Is the theme light or dark as the terminal is?"""
        self.set_reactive(App.theme, self._first_theme())
        self._refresh_truecolor_filter(self.ansi_theme)
        self.stylesheet.set_variables(self.get_css_variables())
        self._open_id = open_id
        self.room: Room | None = None

    def read(self) -> int:
        """Run until the reader leaves. Returns the exit code."""
        try:
            code = self.run(mouse=self.config.mouse)
        finally:
            self.close()
        if getattr(self._driver, "is_stuck", False):
            os._exit(code or 0)  # Python would flush stdout, and wait for the terminal for ever
        return code or 0

    def close(self) -> None:
        """Let the hands finish, and close the cache."""
        if self.room is not None:
            for hand in (self.room.finder, self.room.helper, self.room.clerk):
                hand.close()
        self.library.close()

    def get_default_screen(self) -> Room:
        """The room is the only screen there is to begin with: one over Textual's own blank
        screen would have the terminal painted twice before anything is read."""
        self.room = Room(self.library, self.config, open_id=self._open_id)
        return self.room

    def get_driver_class(self) -> type[Driver]:
        """Textual's choice, but a terminal is listened to in our own way."""
        chosen = super().get_driver_class()
        if chosen.__module__ != "textual.drivers.linux_driver":
            return chosen
        from reader.app.terminal import TerminalDriver

        return TerminalDriver

    def on_mount(self) -> None:
        self.watch_signals()
        self.app_resume_signal.subscribe(self, lambda _: self.call_after_refresh(self.repaint))
        if self._settings_error and self.room is not None:
            self.call_after_refresh(self.room.say, self._settings_error)

    @property
    def theme_names(self) -> list[str]:
        """What a person may choose: the terminal's light or dark, or a theme by name."""
        return [AUTO, *self.palettes]

    @property
    def theme_chosen(self) -> str:
        """The choice that holds, `auto` or a theme's name."""
        return AUTO if self.follows_terminal else self.theme

    def choose_theme(self, name: str) -> None:
        """Change to a theme, or let the terminal's light or dark decide."""
        self.follows_terminal = name == AUTO
        self.theme = self._terminals_theme() if self.follows_terminal else name

    def wear_theme_kept(self) -> None:
        """Change to the theme that was chosen last, of the settings if there is none."""
        kept = self.library.state("theme")
        self.choose_theme(kept if kept in self.theme_names else self.config.theme or AUTO)

    def refresh_css(self, animate: bool = True) -> None:
        """As Textual does when the theme has changed, and have every widget look its inks up
        again: those are none of the styles that Textual compares."""
        super().refresh_css(animate=animate)
        for screen in self.screen_stack:
            for widget in screen.walk_children(Sturdy):
                widget.notify_style_update()
                widget.refresh()

    def next_theme(self) -> str:
        """Change to the next theme. Returns the sentence that names it."""
        names = self.theme_names
        self.choose_theme(names[(names.index(self.theme_chosen) + 1) % len(names)])
        follows = f": {self.theme}, as the terminal is" if self.follows_terminal else ""
        return f"Theme {self.theme_chosen}{follows}"

    def on_background(self, message: Background) -> None:
        """The terminal told whether it is light or dark."""
        if self.library.state(DARK_TERMINAL) is not message.dark and self.room is not None:
            dark = message.dark
            self.room.clerk.ask(lambda library: library.keep_state(DARK_TERMINAL, dark))
        self._terminal_is_dark = message.dark
        if self.follows_terminal and self.theme != self._terminals_theme():
            self.theme = self._terminals_theme()

    def trouble(self, error: Exception) -> None:
        """A failure: one line for the reader, the rest for the log. The room stays open."""
        if isinstance(error, Interrupted):
            return
        self.troubles.append(error)
        said = self._in_words(error)
        if self.room is not None and self.room.is_mounted:
            self.room.say(said)
        elif self.room is not None:  # it is about to open, and then has a line to say it in
            self.call_after_refresh(self.room.say, said)

    async def _dispatch_message(self, message: Message) -> None:
        if self.room is None or not self.room.is_mounted:
            await super()._dispatch_message(message)
            return
        try:
            await super()._dispatch_message(message)
        except Exception as error:  # as for every widget: told, and the program goes on
            self.trouble(error)

    def _handle_exception(self, error: Exception) -> None:
        """What Textual calls before it ends the program; only a room that cannot open, or one
        that fails without end, is worth ending it for."""
        if self.room is not None and self.room.is_mounted and len(self.troubles) <= MOST_TROUBLES:
            self.trouble(error)
            return
        from rich.text import Text

        self._return_code = 1
        if self._exception is None:
            self._exception = error
            self._exception_event.set()
        self.panic(Text(f"broadsheet: {self._in_words(error)}"))

    def _display(self, screen: Screen[object], renderable: RenderableType | None) -> None:
        """Draw; the terminal's cursor then stands where the reader is, if it is to be seen."""
        if self.keeps_cursor and (place := whereabouts(self.focused)) is not None:
            self.cursor_position = place
        super()._display(screen, renderable)

    def repaint(self) -> None:
        """Send all of the screen: the terminal may not show what was sent before."""
        screen = self.screen
        self._display(
            screen,
            screen._compositor.render_update(full=True, screen_stack=self._background_screens),
        )

    @property
    def keeps_cursor(self) -> bool:
        """Is the terminal's own cursor kept visible?"""
        return self.config.cursor

    async def action_quit(self) -> None:
        if self.room is not None:
            self.room.leave()
        else:
            self.exit(0)

    def watch_signals(self) -> None:
        """From now on a signal that ends the program ends it in order, the terminal restored."""
        loop = asyncio.get_running_loop()
        for number in ENDING_SIGNALS:
            with contextlib.suppress(NotImplementedError, RuntimeError, ValueError):
                loop.add_signal_handler(number, self._signalled, number)

    def _signalled(self, number: int) -> None:
        if self.room is not None and self.room.is_mounted:
            self.room.leave(128 + number)
        else:
            self.exit(128 + number)

    def _settle_direction(self) -> None:
        """Who puts right-to-left letters in order, by the settings."""
        Galley.align_rtl = self.config.bidi != "off"
        Look.reorders = self.config.bidi == "reorder"
        if Look.reorders:
            from reader.text.bidi import needs_library

            try:
                needs_library()
            except BroadsheetError as error:
                Look.reorders = False
                self._settings_error = str(error)

    def _first_theme(self) -> str:
        if self.without_colour:
            return "mono"
        wanted = str(self.config.theme or self.library.state("theme") or AUTO)
        if wanted in self.palettes:
            return wanted
        if self.config.theme and wanted != AUTO:
            names = ", ".join(self.theme_names)
            self._settings_error = f"There is no theme '{self.config.theme}' (only {names})"
        self.follows_terminal = True
        return self._terminals_theme()

    def _terminals_theme(self) -> str:
        return follow(self._terminal_is_dark)

    def _was_dark(self) -> bool:
        """Is the terminal dark? As it said the last time, or as COLORFGBG has it (rxvt)."""
        kept = self.library.state(DARK_TERMINAL)
        if isinstance(kept, bool):
            return kept
        return os.environ.get("COLORFGBG", "").rpartition(";")[2] in DARK_BACKGROUNDS

    def _settings(self) -> Config:
        """The person's settings; a mistake in them is said, and the defaults hold."""
        try:
            return load()
        except SettingsError as error:
            file, line, column, cause = error.args
            place = f"{Path(file).name}, line {line}, column {column}"
            self._settings_error = f"The defaults hold, for in {place}: {cause}"
        except BroadsheetError as error:
            self._settings_error = f"The defaults hold: {error}"
        return Config()

    def _in_words(self, error: Exception) -> str:
        if isinstance(error, BroadsheetError):
            return str(error)
        log = faults.write_down(error) if len(self.troubles) <= MOST_TROUBLES else None
        where = f"; it is written down in {log}" if log else ""
        return f"That did not work ({type(error).__name__}){where}. Your articles are as they were"


@contextlib.contextmanager
def _unset(name: str) -> Iterator[None]:
    """The environment without one variable, for a while."""
    told = os.environ.pop(name, None)
    try:
        yield
    finally:
        if told is not None:
            os.environ[name] = told
