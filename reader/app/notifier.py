"""Telling the desktop: only where the person asked for it, and only in words of our own."""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual.app import App


def notify(text: str, app: App[int]) -> None:
    """Show a notice by the desktop's own program, else have the terminal show it (OSC 9). `text`
    must be of our own making."""
    command = notifying_command(text)
    if command is not None:
        try:
            subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
        except OSError:
            command = None
    if command is None and app._driver is not None:
        app._driver.write(f"\x1b]9;broadsheet: {text}\x07")


def notifying_command(text: str) -> list[str] | None:
    """What to run, or None where there is no desktop of this machine."""
    graphical = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    program = shutil.which("notify-send") if graphical else None
    return [program, "--app-name=broadsheet", "--", "broadsheet", text] if program else None
