"""The style sheet of the screens that lie over the room, read when the first of them opens."""

from pathlib import PurePath

from reader import paths

SHEET: list[str | PurePath] = [paths.shipped("styles") / "acts.tcss"]
