"""`broadsheet timer`: what makes the system refresh by itself, printed or put in its place."""

from __future__ import annotations

import argparse
import os
import shlex
import subprocess
import sys
from pathlib import Path

from reader.cli import output, parsing
from reader.errors import BroadsheetError, UsageError

EPILOG = (
    "Asking often costs nobody anything: a refresh asks only what is due, and each source is due "
    "as often as it publishes. --install writes the two files and switches the timer on; what it "
    "does is undone by `systemctl --user disable --now broadsheet.timer`."
)
NAMES = ("broadsheet.service", "broadsheet.timer")
REFRESH = ("refresh", "--compare")
"""Nobody waits for the end of it."""
SHORTEST_MINUTES, LONGEST_MINUTES = 5, 1440


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--cron", action="store_true", help="a line for `crontab -e` instead")
    parser.add_argument("--install", action="store_true", help="write it and switch it on")
    parser.add_argument(
        "--every", metavar="MIN", default="15", help="minutes between two looks (15)"
    )
    parsing.add_forms(parser)


def run(args: argparse.Namespace) -> int:
    minutes = _minutes(args.every)
    if args.cron and args.install:
        raise UsageError("--install is for systemd; put the line of --cron in place: `crontab -e`")
    if args.cron:
        line = cron_line(minutes)
        output.one(args.form, lambda: {"cron": line}, lambda: line + "\n")
        return output.OK
    units = dict(zip(NAMES, (service(), timer(minutes)), strict=True))
    if args.install:
        output.done(args.form, f"The timer is on: {install(units)}", files=list(units))
        return output.OK
    folder = unit_folder()
    output.one(
        args.form,
        lambda: {"folder": str(folder), "files": units},
        lambda: "\n".join(f"# {folder / name}\n{text}" for name, text in units.items()),
    )
    return output.OK


def _minutes(word: str) -> int:
    if word.isascii() and word.isdigit() and SHORTEST_MINUTES <= int(word[:6]) <= LONGEST_MINUTES:
        return int(word)
    raise UsageError(f"--every takes minutes from {SHORTEST_MINUTES} to {LONGEST_MINUTES}")


def command() -> list[str]:
    """How this very program is started, wherever it is installed."""
    own = Path(sys.argv[0]).absolute()
    if own.name == "broadsheet" and os.access(own, os.X_OK):
        return [str(own), *REFRESH]
    return [sys.executable, "-P", "-m", "reader", *REFRESH]


def service() -> str:
    """The unit that refreshes once."""
    # systemd reads quoting and % of its own (systemd.service(5), "Command lines").
    words = " ".join(_quoted(word) for word in command())
    home = os.environ.get("BROADSHEET_HOME")
    named = f"Environment={_quoted(f'BROADSHEET_HOME={home}')}\n" if home else ""
    return (
        "[Unit]\nDescription=Ask the sources of broadsheet what is new\n"
        "Wants=network-online.target\nAfter=network-online.target\n\n"
        f"[Service]\nType=oneshot\n{named}ExecStart={words}\n"
        "Nice=10\nSuccessExitStatus=1\n"  # that one source of many failed is no failure
    )


def timer(minutes: int) -> str:
    """The unit that says when."""
    return (
        "[Unit]\nDescription=Refresh broadsheet while you are at the machine\n\n"
        f"[Timer]\nOnStartupSec=2min\nOnUnitActiveSec={minutes}min\nRandomizedDelaySec=60\n\n"
        "[Install]\nWantedBy=timers.target\n"
    )


def cron_line(minutes: int) -> str:
    """The same for cron."""
    # Cron counts anew with every hour and day: only what divides them comes evenly.
    if minutes < 60:
        when = f"*/{_divisor(60, minutes)} * * * *"
    else:
        when = f"{os.getpid() % 60} */{_divisor(24, minutes // 60)} * * *"
    home = os.environ.get("BROADSHEET_HOME")
    named = f"BROADSHEET_HOME={shlex.quote(home)} " if home else ""
    words = " ".join(map(shlex.quote, command()))
    # To cron a % is the end of the line (crontab(5)).
    return f"{when} {named}{words} >/dev/null 2>&1".replace("%", "\\%")


def _divisor(whole: int, most: int) -> int:
    """The largest number up to `most` that divides the hour or the day."""
    return next(part for part in range(most, 0, -1) if whole % part == 0)


def unit_folder() -> Path:
    """Where the person's own units lie."""
    base = os.environ.get("XDG_CONFIG_HOME") or "~/.config"
    return Path(base).expanduser() / "systemd" / "user"


def install(units: dict[str, str]) -> str:
    """Write the units and switch the timer on; where they are. Raises BroadsheetError."""
    folder = unit_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in units.items():
            new = folder / f".{name}.new"
            new.write_text(text, encoding="utf-8")
            os.replace(new, folder / name)
    except OSError as error:
        raise BroadsheetError(f"cannot write {folder}: {error.strerror or error}") from error
    for words in (["daemon-reload"], ["enable", "--now", NAMES[1]]):
        try:
            done = subprocess.run(
                ["systemctl", "--user", *words], capture_output=True, text=True, timeout=60
            )
        except (OSError, subprocess.SubprocessError) as error:
            raise BroadsheetError(
                f"the units are in {folder}, but systemd is not to be had here: "
                "`broadsheet timer --cron` prints a line for cron"
            ) from error
        if done.returncode:
            said = " ".join(done.stderr.split())[:200]
            raise BroadsheetError(
                f"the units are in {folder}, but systemctl says: {said}; "
                "without systemd, `broadsheet timer --cron` prints a line for cron"
            )
    return str(folder / NAMES[1])


def _quoted(word: str) -> str:
    escaped = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%")
    return f'"{escaped}"' if any(c in word for c in " \t\"'\\;") else escaped
