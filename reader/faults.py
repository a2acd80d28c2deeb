"""Faults of our own, written down where the person can find them: the log."""

from __future__ import annotations

import os
import sys
import traceback
from pathlib import Path

from reader import clock, paths
from reader.errors import BroadsheetError
from reader.text.addresses import without_login

LOG = "broadsheet.log"
MOST_BYTES = 1_000_000
"""A log that is longer becomes `broadsheet.log.old`, and a new one begins."""


def log_file() -> Path:
    """Where faults are written down. Raises UsageError where there is no home."""
    return paths.state_dir() / LOG


def write_down(error: BaseException) -> Path | None:
    """Append a fault with all that led to it to the log. Returns the log; None if it could not be
    written."""
    try:
        paths.private_dir(paths.state_dir())
        log = log_file()
        if log.exists() and log.stat().st_size > MOST_BYTES:
            log.replace(log.with_name(f"{LOG}.old"))
        flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT
        with os.fdopen(os.open(log, flags, 0o600), "a", encoding="utf-8", errors="replace") as file:
            file.write(f"{clock.now().isoformat()} {without_login(repr(sys.argv))}\n")
            file.writelines(map(without_login, traceback.format_exception(error)))
            file.write("\n")
    except (OSError, ValueError, BroadsheetError):
        return None
    return log
