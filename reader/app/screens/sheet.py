"""What the screens that lie over the room share: a style sheet, and how they are left."""

from pathlib import PurePath
from typing import TypeVar

from textual.screen import Screen

from reader import paths

SHEET: list[str | PurePath] = [paths.shipped("styles") / "acts.tcss"]
"""Read when the first of them opens."""
Chosen = TypeVar("Chosen")


def leave(screen: Screen[Chosen], chosen: Chosen | None = None) -> None:
    """Close a sheet with what was chosen, if it is not closed: of keys that pour in, the one after
    Esc may have been on its way to it."""
    if screen.is_current:
        screen.dismiss(chosen)
