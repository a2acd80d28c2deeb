"""Themes of the person's own: `themes/NAME.toml` beside the settings.

    base = "ink"          # the theme it begins from; otherwise paper, or ink if dark = true
    dark = true
    accent = "#d08770"    # any ink or paper of reader.app.themes, as #rrggbb or ansi_red

A mistake is a sentence with file, line and column; the other themes are there all the same.
"""

from __future__ import annotations

import re
from dataclasses import fields, replace
from pathlib import Path

from reader import paths
from reader.app.themes import BUILT_IN, INK, PAPER, Palette, contrast
from reader.config import read_table
from reader.errors import UsageError

COLOURS = tuple(
    name
    for name in (each.name for each in fields(Palette))
    if name not in ("name", "dark", "ansi") and not name.endswith("_style")
)
READABLE = 4.5
"""WCAG 2.2, 1.4.3 (AA)."""
MOST_THEMES = 100
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}|ansi_(?:bright_)?[a-z]+")
_ANSI = {"ansi_default"} | {
    f"ansi_{bright}{name}"
    for bright in ("", "bright_")
    for name in ("black", "red", "green", "yellow", "blue", "magenta", "cyan", "white")
}


def folder() -> Path:
    """Where a person's themes lie; it need not exist."""
    return paths.config_file().parent / "themes"


def own_themes(place: Path | None = None) -> tuple[list[Palette], list[str]]:
    """The themes in a folder (the person's own) by name, and a sentence for each mistake."""
    place = place or folder()
    if not place.is_dir():
        return [], []
    found, mistakes = [], []
    for file in sorted(place.glob("*.toml"))[:MOST_THEMES]:
        try:
            palette = read_theme(file)
        except UsageError as error:
            mistakes.append(str(error))
            continue
        found.append(palette)
        mistakes += [f"{file}: {said}" for said in hard_to_read(palette)[:1]]
    return found, mistakes


def read_theme(file: Path) -> Palette:
    """The theme in a file, named after it. Raises UsageError."""
    place, table = read_table(file)
    built_in = {palette.name: palette for palette in BUILT_IN}
    if file.stem in built_in:
        raise place.mistake(None, f"{file.stem} is the name of a theme that is there already")
    base = table.pop("base", None)
    if base is not None and base not in built_in:
        raise place.mistake("base", f"base must be one of {', '.join(built_in)}")
    dark = table.pop("dark", None)
    if dark is not None and not isinstance(dark, bool):
        raise place.mistake("dark", "dark must be true or false")
    ground = built_in[base] if base else INK if dark else PAPER
    for key, value in table.items():
        if key not in COLOURS:
            raise place.mistake(key, f"there is no colour '{key}' (only {', '.join(COLOURS)})")
        if not (isinstance(value, str) and _is_colour(value)):
            raise place.mistake(key, f'{key} must be a colour: "#1a2b3c" or "ansi_red"')
    palette = replace(ground, name=file.stem, dark=ground.dark if dark is None else dark, **table)
    # Themes of the terminal's own colours are sent without change; one true colour ends that.
    return replace(palette, ansi=all(getattr(palette, each).startswith("ansi") for each in COLOURS))


def hard_to_read(palette: Palette) -> list[str]:
    """A sentence for each ink that is hard to read on a paper it is printed on."""
    said = []
    for ink, paper in (
        *((ink, "paper") for ink in ("ink", "quiet", "accent", "link")),
        ("ink", "bar"),
        ("mark_ink", "mark"),
    ):
        one, other = getattr(palette, ink), getattr(palette, paper)
        if one.startswith("#") and other.startswith("#") and contrast(one, other) < READABLE:
            said.append(
                f"{ink} on {paper} is hard to read (contrast {contrast(one, other):.1f},"
                f" {READABLE} is enough)"
            )
    return said


def _is_colour(value: str) -> bool:
    return bool(_COLOUR.fullmatch(value)) and (value.startswith("#") or value in _ANSI)
