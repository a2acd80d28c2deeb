"""The person's settings: `config.toml`, every key optional, every mistake named with its place."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from reader import paths
from reader.errors import UsageError
from reader.noun import Noun

NARROWEST_CELLS, WIDEST_CELLS = 45, 90
MARK_READ = ("rest", "open", "never")
HEADLINE = ("title", "source", "age")
HEADLINE_COLUMNS = (*HEADLINE, "minutes", "words")
BIDI = ("terminal", "reorder", "off")
FULL_TEXT = ("auto", "always", "never")
Wrong = Callable[[object], str | None]
"""What a value must be, if it is not that."""


class Feed(Noun):
    """What the person said of one source, in a table `[source."ADDRESS"]`."""

    full_text: str | None = None
    """`auto`, `always` or `never`; None is as `[fetch]` says."""
    keep_days: int | None = None
    keep_articles: int | None = None
    front_days: int | None = None
    """Days its articles may be on the front page; None is as for all sources."""
    verify_tls: bool = True
    user: str | None = None
    password_env: str | None = None
    """The variable of the environment that holds the password."""
    password_command: tuple[str, ...] = ()
    """What prints the password: a program and its words, run without a shell."""
    password_keyring: str | None = None
    """The service under which the system's keyring holds the password of `user`."""
    command: tuple[str, ...] = ()
    """Of a source `exec:NAME`: what prints it, a program and its words, run without a shell."""
    headers: Mapping[str, str] = {}
    headers_env: Mapping[str, str] = {}
    """Headers whose values stand in variables of the environment."""
    cookies_file: str | None = None
    """A `cookies.txt` as browsers export it."""


class Fetch(Noun):
    """How the network is used: the table `[fetch]`."""

    host_interval_seconds: float = 1.0
    """Between the starts of two requests to one host and port."""
    host_connections: int = 2
    """To one host and port at once."""
    parallel: int = 12
    """Requests at once, to all hosts together."""
    full_text: str = "auto"
    """Fetch the pages of entries: where they are but the beginning, `always`, or `never`."""
    keep_days: int = 0
    """Articles of feeds older than this go, marked ones never; 0 keeps them."""
    keep_articles: int = 0
    """So many articles of each feed are kept, marked ones besides; 0 keeps all."""


@dataclass(frozen=True, slots=True)
class Keys:
    """Which keys do what in the reading room: `keys`, a preset's name, or the table `[keys]`."""

    preset: str = "broadsheet"
    acts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """For an act by name all its keys, in place of the preset's; none for an act without."""
    macros: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """For keys the acts they do, one after the other: the table `[keys.macros]`."""
    place: Place | None = field(default=None, compare=False, repr=False)

    def mistake(self, key: str, said: str, table: str | None = None) -> SettingsError:
        """What to tell of a mistake in an act or a macro; which acts there are, only the reading
        room knows."""
        if self.place is None:
            return SettingsError("the settings", 1, 1, said)
        return self.place.inside("keys" if table is None else f"keys.{table}").mistake(key, said)


class Config(Noun):
    """The settings, with what holds where the file says nothing."""

    theme: str | None = None
    """The theme of the reading room by name, or `auto`; None is the one last chosen there."""
    measure_cells: int = 70
    """Width of the text column, 45 to 90."""
    mark_read: str = "rest"
    """When an article counts as read: after the cursor has rested on it, `open`, or `never`."""
    headline: tuple[str, ...] = HEADLINE
    """The columns of a headline, from left to right; `title` among them."""
    bidi: str = "terminal"
    """Right-to-left paragraphs: set to the right and ordered by the `terminal`; `reorder`ed here,
    for one that does not; or `off`."""
    front_days: int = 7
    """After so many days articles leave the front page, never the cache; 0 keeps them off it."""
    cursor: bool = False
    """Keep the terminal's own cursor on the chosen row, for magnifiers and braille."""
    mouse: bool = True
    """Take clicks and the wheel; else they are the terminal's own, to select text with."""
    speaker: tuple[str, ...] = ()
    """What reads aloud, a program and its words, which gets the text on stdin; empty is what is
    found."""
    notify: bool = False
    """Tell the desktop what a refresh begun in the reading room brought."""
    pictures: bool = False
    """May a key fetch and show the pictures of the article on the page?"""
    keys: Keys = Keys()
    """The keys of the reading room."""
    fetch: Fetch = Fetch()
    source: Mapping[str, Feed] = {}
    """What is said of single sources, by their addresses."""

    def front_days_of(self, url: str, added_as: str | None) -> int:
        """How many days the articles of a source may be on the front page."""
        said = self.source.get(url) or self.source.get(added_as or "")
        return self.front_days if said is None or said.front_days is None else said.front_days


class SettingsError(UsageError):
    """Facts: file, line, column, cause with its cure."""

    says = "{0}, line {1}, column {2}: {3}"


def load(file: Path | None = None) -> Config:
    """The settings in `file` (the person's own); defaults if there is none. Raises UsageError."""
    file = file or paths.config_file()
    try:
        place, settings = read_table(file)
    except FileNotFoundError:
        return Config()
    return _checked(place, settings)


def read_table(file: Path) -> tuple[Place, dict[str, Any]]:
    """What a TOML file holds, and the place to name mistakes in it by. Raises FileNotFoundError,
    UsageError."""
    try:
        source = file.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        raise
    except UnicodeDecodeError as error:
        before = error.object[: error.start]
        line, column = before.count(b"\n") + 1, error.start - before.rfind(b"\n")
        raise SettingsError(file, line, column, "the file is not UTF-8: save it as such") from error
    except OSError as error:
        raise UsageError(f"cannot read {file}: {error.strerror or error}") from error
    return Place(file, source), _parsed(file, source)


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


def _checked(place: Place, settings: dict[str, Any]) -> Config:
    values = _values(place, settings, Config, WRONG)
    if "fetch" in values:
        inner = _values(place.inside("fetch"), values["fetch"], Fetch, WRONG_IN_FETCH)
        values["fetch"] = Fetch(**inner)
    if "source" in values:
        values["source"] = {
            address: _feed(place.inside(address), table)
            for address, table in values["source"].items()
        }
    for name in ("headline", "speaker"):
        if name in values:
            values[name] = tuple(values[name])
    if "keys" in values:
        values["keys"] = _keys(place.inside("keys"), values["keys"])
    return Config(**values)


def _keys(place: Place, keys: str | dict[str, Any]) -> Keys:
    if isinstance(keys, str):
        return Keys(keys, place=place)
    acts = dict(keys)
    preset, macros = acts.pop("preset", "broadsheet"), acts.pop("macros", {})
    if not isinstance(preset, str):
        raise place.mistake("preset", "preset must be the name of a set of keys, in quotes")
    if not isinstance(macros, dict):
        raise place.mistake("macros", 'macros must be a table: "g x" = ["star", "next_unread"]')
    inner = place.inside("keys.macros")
    for key, value in (*acts.items(), *macros.items()):
        listed = value if isinstance(value, list) else [value]
        if not all(isinstance(each, str) for each in listed) or (key in macros and not listed):
            where = inner if key in macros else place
            raise where.mistake(key, f"{key} must be a text or a list of texts, in quotes")
    return Keys(preset, _each_listed(acts), _each_listed(macros), place)


def _each_listed(table: dict[str, Any]) -> dict[str, tuple[str, ...]]:
    return {
        key: (value,) if isinstance(value, str) else tuple(value) for key, value in table.items()
    }


def _feed(place: Place, table: object) -> Feed:
    if not isinstance(table, dict):
        raise place.mistake(None, 'a source must be a table: [source."https://…"]')
    values = _values(place, table, Feed, WRONG_IN_SOURCE)
    for key in ("password_command", "command"):
        values[key] = tuple(values.get(key, ()))
    is_program = (place.table or "").startswith("exec:")
    if is_program and not values["command"]:
        raise place.mistake(None, 'it needs a command: command = ["program", "word"]')
    if values["command"] and not is_program:
        raise place.mistake("command", 'only a source [source."exec:NAME"] has a command')
    return Feed(**values)


def _values(
    place: Place, settings: dict[str, Any], kind: type, wrong: Mapping[str, Wrong]
) -> dict[str, Any]:
    known = {each.name for each in fields(kind)}
    for key, value in settings.items():
        if key not in known:
            names = ", ".join(sorted(known))
            raise place.mistake(key, f"there is no setting '{key}' (only {names})")
        if (cause := wrong[key](value)) is not None:
            raise place.mistake(key, f"{key} must be {cause}")
    return dict(settings)


class Place(Noun):
    """A table of the file, to name the line of a mistake by."""

    file: Path
    source: str
    table: str | None = None

    def inside(self, table: str) -> Place:
        return Place(self.file, self.source, table)

    def mistake(self, key: str | None, said: str) -> SettingsError:
        """The error to raise for what is wrong with a key of this table."""
        return SettingsError(self.file, *self._of(key or ""), said)

    def _of(self, key: str) -> tuple[int, int]:
        """Line and column, from 1, where the key stands."""
        begin = 0
        if self.table is not None:
            header = rf"^[ \t]*\[[^\]\n]*{re.escape(self.table)}[^\]\n]*\]"
            alone = rf"^[ \t]*{re.escape(self.table)}[ \t]*="
            header_at = re.search(f"{header}|{alone}", self.source, re.M)
            begin = header_at.start() if header_at else 0
        quoted = re.escape(key)
        found = (
            re.compile(rf"^[ \t]*\[*[ \t]*(?P<key>\"?'?{quoted})(?![\w-])", re.M) if key else None
        )
        at = found.search(self.source, begin) if found else None
        start = at.start("key") if at else begin
        line = self.source.count("\n", 0, start) + 1
        return line, start - self.source.rfind("\n", 0, start)


def _theme(value: object) -> str | None:
    return None if isinstance(value, str) and value else 'the name of a theme or "auto", in quotes'


def _measure(value: object) -> str | None:
    fits = type(value) is int and NARROWEST_CELLS <= value <= WIDEST_CELLS
    return None if fits else f"a number from {NARROWEST_CELLS} to {WIDEST_CELLS}"


def _mark_read(value: object) -> str | None:
    return None if value in MARK_READ else f"one of {', '.join(map(repr, MARK_READ))}"


def _headline(value: object) -> str | None:
    fits = (
        isinstance(value, list)
        and "title" in value
        and all(each in HEADLINE_COLUMNS for each in value)
        and len(set(value)) == len(value)
    )
    return None if fits else f"a list with title in it, of {', '.join(HEADLINE_COLUMNS)}"


def _bidi(value: object) -> str | None:
    return None if value in BIDI else f"one of {', '.join(map(repr, BIDI))}"


def _whole(least: int, most: int) -> Wrong:
    def wrong(value: object) -> str | None:
        fits = type(value) is int and least <= value <= most
        return None if fits else f"a whole number from {least} to {most}"

    return wrong


def _seconds(value: object) -> str | None:
    fits = isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 3600
    return None if fits else "a number of seconds from 0 to 3600"


def _full_text(value: object) -> str | None:
    return None if value in FULL_TEXT else f"one of {', '.join(map(repr, FULL_TEXT))}"


def _yes_or_no(value: object) -> str | None:
    return None if isinstance(value, bool) else "true or false"


def _text(value: object) -> str | None:
    return None if isinstance(value, str) and value else "text, in quotes"


def _texts(value: object) -> str | None:
    fits = isinstance(value, list) and value and all(isinstance(e, str) and e for e in value)
    return None if fits else 'a program and its words: ["pass", "show", "paper"]'


def _names(value: object) -> str | None:
    fits = isinstance(value, dict) and all(isinstance(each, str) for each in value.values())
    return None if fits else 'a table of names and texts: {X-Key = "…"}'


def _preset_or_table(value: object) -> str | None:
    return None if isinstance(value, str | dict) else "the name of a set of keys, or a table"


def _table(value: object) -> str | None:
    return None if isinstance(value, dict) else "a table"


WRONG: dict[str, Wrong] = {
    "theme": _theme,
    "measure_cells": _measure,
    "mark_read": _mark_read,
    "headline": _headline,
    "bidi": _bidi,
    "front_days": _whole(0, 100_000),
    "cursor": _yes_or_no,
    "mouse": _yes_or_no,
    "speaker": _texts,
    "notify": _yes_or_no,
    "pictures": _yes_or_no,
    "keys": _preset_or_table,
    "fetch": _table,
    "source": _table,
}
"""For each setting: what a value must be, if this one is not that."""
WRONG_IN_FETCH: dict[str, Wrong] = {
    "host_interval_seconds": _seconds,
    "host_connections": _whole(1, 8),
    "parallel": _whole(1, 64),
    "full_text": _full_text,
    "keep_days": _whole(0, 100_000),
    "keep_articles": _whole(0, 10_000_000),
}
WRONG_IN_SOURCE: dict[str, Wrong] = {
    "full_text": _full_text,
    "keep_days": _whole(0, 100_000),
    "keep_articles": _whole(0, 10_000_000),
    "front_days": _whole(0, 100_000),
    "verify_tls": _yes_or_no,
    "user": _text,
    "password_env": _text,
    "password_command": _texts,
    "password_keyring": _text,
    "command": _texts,
    "headers": _names,
    "headers_env": _names,
    "cookies_file": _text,
}
