"""`broadsheet doctor`: is everything sound, and if not, what to do."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from reader.cli import asking, output, parsing
from reader.errors import BroadsheetError, CacheError
from reader.model import Check


def arguments(parser: argparse.ArgumentParser) -> None:
    parsing.add_forms(parser)


def run(args: argparse.Namespace) -> int:
    checks = [_settings()]
    unusable = False
    try:
        with asking.library() as lib:
            checks += lib.doctor()
    except CacheError as error:
        checks.append(Check("cache", False, str(error)))
        unusable = True
    checks.append(_log())
    code = report(checks, args.form)
    return output.CACHE_UNUSABLE if unusable else code


def report(checks: Sequence[Check], form: str) -> int:
    """Print findings; the exit code says whether all is well."""
    ok = all(check.ok for check in checks)
    findings = [{"name": c.name, "ok": c.ok, "message": c.message} for c in checks]
    if form == "plain":
        for check in checks:
            output.line("ok  " if check.ok else "FAIL", check.name, check.message)
    else:
        output.one(form, lambda: {"ok": ok, "checks": findings}, str)
    return output.OK if ok else output.SOME_FAILED


def _settings() -> Check:
    from reader import config, paths
    from reader.app.keymap import keymap

    try:
        mistakes = keymap(config.load().keys).mistakes
    except BroadsheetError as error:
        return Check("settings", False, str(error))
    if mistakes:
        return Check("settings", False, "; ".join(mistakes))
    file = paths.config_file()
    return Check("settings", True, f"{file} is sound" if file.exists() else "none, none needed")


def _log() -> Check:
    """Where faults of our own are written down, and when the last one was."""
    from datetime import datetime

    from reader import faults

    try:
        log = faults.log_file()
        last = datetime.fromtimestamp(log.stat().st_mtime).astimezone()
    except FileNotFoundError:
        return Check("log", True, f"faults would be written down in {log}; there are none")
    except (OSError, BroadsheetError) as error:
        return Check("log", False, str(error))
    return Check("log", True, f"faults are written down in {log}, the last {last:%Y-%m-%d %H:%M}")
