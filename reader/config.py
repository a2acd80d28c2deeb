"""The person's settings: `config.toml`, every key optional, every mistake named with its place."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from reader import paths
from reader.errors import UsageError

NARROWEST_CELLS, WIDEST_CELLS = 45, 90
MARK_READ = ("rest", "open", "never")


@dataclass(frozen=True, slots=True)
class Config:
    """The settings, with what holds where the file says nothing."""

    theme: str | None = None
    """The theme of the reading room by name; None is the one last chosen there."""
    measure_cells: int = 70
    """Width of the text column, 45 to 90."""
    mark_read: str = "rest"
    """When an article counts as read: after the cursor has rested on it, `open`, or `never`."""


class SettingsError(UsageError):
    """Facts: file, line, column, cause with its cure."""

    says = "{0}, line {1}, column {2}: {3}"


def load(file: Path | None = None) -> Config:
    """The settings in `file` (the person's own); defaults if there is none. Raises UsageError."""
    file = file or paths.config_file()
    try:
        source = file.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return Config()
    except UnicodeDecodeError as error:
        before = error.object[: error.start]
        line, column = before.count(b"\n") + 1, error.start - before.rfind(b"\n")
        raise SettingsError(file, line, column, "the file is not UTF-8: save it as such") from error
    except OSError as error:
        raise UsageError(f"cannot read {file}: {error.strerror or error}") from error
    return _checked(file, source, _parsed(file, source))


def _parsed(file: Path, source: str) -> dict[str, Any]:
    import tomllib

    try:
        return tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        place = re.search(r" \(at (?:line (\d+), column (\d+)|end of document)\)$", str(error))
        said = str(error)[: place.start()] if place else str(error)
        if place and place[1]:
            line, column = int(place[1]), int(place[2])
        else:
            rows = source.split("\n")
            line, column = len(rows), len(rows[-1]) + 1
        raise SettingsError(file, line, column, f"{said[:1].lower()}{said[1:]}") from error
    except RecursionError as error:
        raise SettingsError(file, 1, 1, "it is nested too deeply") from error


def _checked(file: Path, source: str, settings: dict[str, Any]) -> Config:
    known = {field.name for field in fields(Config)}
    for key, value in settings.items():
        if key not in known:
            line, column = _place(source, key)
            names = ", ".join(sorted(known))
            raise SettingsError(file, line, column, f"there is no setting '{key}' (only {names})")
        if wrong := WRONG[key](value):
            line, column = _place(source, key)
            raise SettingsError(file, line, column, f"{key} must be {wrong}")
    return Config(**settings)


def _theme(value: object) -> str | None:
    return None if isinstance(value, str) and value else "the name of a theme, in quotes"


def _measure(value: object) -> str | None:
    fits = type(value) is int and NARROWEST_CELLS <= value <= WIDEST_CELLS
    return None if fits else f"a number from {NARROWEST_CELLS} to {WIDEST_CELLS}"


def _mark_read(value: object) -> str | None:
    return None if value in MARK_READ else f"one of {', '.join(map(repr, MARK_READ))}"


WRONG = {"theme": _theme, "measure_cells": _measure, "mark_read": _mark_read}
"""For each setting: what a value must be, if this one is not that."""


def _place(source: str, key: str) -> tuple[int, int]:
    """Line and column, from 1, where a key of the top table stands."""
    quoted = re.escape(key)
    at = re.search(rf"^[ \t]*\[*[ \t]*(?P<key>\"?'?{quoted})\b", source, re.M)
    start = at.start("key") if at else 0
    return source.count("\n", 0, start) + 1, start - source.rfind("\n", 0, start)
