"""`broadsheet config`: the settings file, opened in the person's editor."""

from __future__ import annotations

import argparse
import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

from reader.cli import output, parsing
from reader.errors import BroadsheetError, UsageError

EPILOG = (
    "Without an option it opens the settings file in $VISUAL or $EDITOR; a file that is not there "
    "yet is made first, with every setting explained and commented out. Where there is no terminal "
    "it prints where the file is."
)
EDITORS = ("sensible-editor", "nano", "vi")
"""What to open it with where the person has not said."""


def arguments(parser: argparse.ArgumentParser) -> None:
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--path", action="store_true", help="print where the file is, or would be")
    what.add_argument("--check", action="store_true", help="say whether the settings are sound")
    what.add_argument(
        "--sample", action="store_true", help="print a file with every setting, commented out"
    )
    parsing.add_forms(parser)


def run(args: argparse.Namespace) -> int:
    from reader import paths
    from reader.cli.settings_file import commented

    file = paths.config_file()
    if args.sample:
        output.one(args.form, lambda: {"sample": commented()}, commented)
    elif args.check or args.form != "plain":
        return _check(file, args.form)
    elif args.path or not _at_terminal():
        output.write(f"{file}\n")
    else:
        _make(file, commented())
        _edit(file)
        return _check(file, args.form)
    return output.OK


def _check(file: Path, form: str) -> int:
    from reader import config
    from reader.app.keymap import keymap

    keys: tuple[str, ...] = ()
    try:
        keys = keymap(config.load(file).keys).mistakes
        mistake = "; ".join(keys)
    except BroadsheetError as error:
        mistake = str(error)
    if form != "plain":
        record = {"path": str(file), "exists": file.exists(), "error": mistake or None}
        output.one(form, lambda: record, str)
    elif keys:
        output.say(f"broadsheet: {mistake}. All other settings hold")
    elif mistake:
        output.say(
            f"broadsheet: {mistake}. Until it is mended the settings are as if there were none"
        )
    else:
        output.line(
            f"{file} is sound" if file.exists() else f"there is no {file}, and none is needed"
        )
    return output.USAGE if mistake else output.OK


def _at_terminal() -> bool:
    return output.on_terminal() and sys.stdin is not None and sys.stdin.isatty()


def _make(file: Path, text: str) -> None:
    """Write the file, unless there is one. Raises UsageError."""
    from reader import paths

    try:
        paths.private_dir(file.parent)
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as made:
            made.write(text)
    except FileExistsError:
        return
    except OSError as error:
        raise UsageError(
            f"cannot write {file}: {error.strerror or error}. Make its folder writable, or set "
            "BROADSHEET_HOME to one that is"
        ) from error


def _edit(file: Path) -> None:
    """Open the editor and wait until it is closed. Raises UsageError."""
    command = editor()
    if not command:
        raise UsageError(f"no editor found: set EDITOR; the file is {file}")
    try:
        ended = subprocess.run([*command, str(file)], check=False).returncode
    except OSError as error:
        raise UsageError(
            f"cannot start {command[0]} ({error.strerror or error}): set EDITOR; the file is {file}"
        ) from error
    if ended:
        raise UsageError(f"{command[0]} ended with an error ({ended}); the file is {file}")


def editor() -> list[str]:
    """The person's editor with its words, `VISUAL` before `EDITOR`; empty if there is none."""
    for name in ("VISUAL", "EDITOR"):
        told = os.environ.get(name, "").strip()
        try:
            words = shlex.split(told)
        except ValueError as error:
            raise UsageError(f"{name} is not understood ({error}): {told}") from error
        if words:
            return words
    return [found for found in map(shutil.which, EDITORS) if found][:1]
