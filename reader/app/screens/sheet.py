"""What the screens that lie over the room share: a style sheet, what is typed into them before they
are there, and how they are left."""

from pathlib import PurePath
from typing import TypeVar

from textual import events
from textual.screen import Screen
from textual.widgets import Input

from reader import paths

SHEET: list[str | PurePath] = [paths.shipped("styles") / "acts.tcss"]
"""Read when the first of them opens."""
Chosen = TypeVar("Chosen")


def leave(screen: Screen[Chosen], chosen: Chosen | None = None) -> None:
    """Close a sheet with what was chosen, if it is not closed: of keys that pour in, the one after
    Esc may have been on its way to it."""
    if screen.is_active:
        screen.dismiss(chosen)


def take_ahead(line: Input, event: events.Key) -> bool:
    """Put a letter into the line of a sheet that was typed before the line had the keyboard: people
    type ahead. False for other keys; the line keeps those that it gets itself."""
    if not event.is_printable or event.character is None:
        return False
    line.insert_text_at_cursor(event.character)
    return True
