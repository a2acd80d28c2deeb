"""Opening an address outside: no shell, nothing of the address is ever an option."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from contextlib import AbstractContextManager
from typing import Protocol

from reader.text import safe

IN_TERMINAL = frozenset({"w3m", "lynx", "links", "links2", "elinks", "browsh", "carbonyl"})
"""Browsers that need the terminal for themselves."""


class Suspends(Protocol):
    """A front that can lend its terminal to another program."""

    def suspend(self) -> AbstractContextManager[None]: ...


def open_address(url: str, front: Suspends) -> str:
    """Hand a web or mail address to the person's browser. Returns the sentence that says so."""
    address = safe.link(url)
    if address is None:
        return "That is not an address of the web or of mail; it is not opened"
    command = browser_command(address)
    if command is None:
        return "No browser found: set BROWSER, or copy the address with y"
    name = os.path.basename(command[0])
    try:
        if name in IN_TERMINAL:
            with front.suspend():
                subprocess.run(command, check=False)
        else:
            subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
    except OSError as error:
        return f"{name} could not be started: {error.strerror or error}"
    return f"Opened with {name}"


def browser_command(address: str) -> list[str] | None:
    """What to run: the first of `BROWSER` there is (`%s` is the address), or the system's own."""
    for told in os.environ.get("BROWSER", "").split(os.pathsep):
        words = told.split()
        if words and (found := shutil.which(words[0])):
            rest = [word.replace("%s", address) for word in words[1:]]
            return [found, *rest] if "%s" in told else [found, *rest, address]
    if sys.platform == "darwin":
        return ["open", address]
    graphical = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    names = ["xdg-open", "wslview"] if graphical else ["wslview"]
    names += ["www-browser", "w3m", "lynx"]
    found_name = next((path for name in names if (path := shutil.which(name))), None)
    return [found_name, address] if found_name else None
