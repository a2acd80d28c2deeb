"""Names of keys: as the terminal sends them, as a person writes them, as they are shown.

A key has one name here, a printable one its character; keys one after the other are parted by a
space: `g g`. After an `@` stands where alone they mean something: `f@page`.
"""

from __future__ import annotations

from reader.app.actions import LISTS, Place

NAMED = frozenset(
    "space enter escape tab shift+tab backspace delete insert home end pageup pagedown up down "
    "left right f1 f2 f3 f4 f5 f6 f7 f8 f9 f10 f11 f12".split()
)
WITH_MODIFIERS = frozenset("up down left right home end pageup pagedown delete insert".split())
"""Keys that terminals tell apart with shift, alt or ctrl held; letters only with alt or ctrl."""
ALSO_CALLED = {
    "esc": "escape",
    "return": "enter",
    "ret": "enter",
    "del": "delete",
    "ins": "insert",
    "pgup": "pageup",
    "pgdn": "pagedown",
    "pgdown": "pagedown",
    "spc": "space",
    "backtab": "shift+tab",
    "bs": "backspace",
    "↓": "down",
    "↑": "up",
    "←": "left",
    "→": "right",
}
THE_SAME = {
    "ctrl+i": "tab",
    "ctrl+m": "enter",
    "ctrl+h": "backspace",
    "ctrl+[": "escape",
    "ctrl+left_square_bracket": "escape",
    "ctrl+/": "ctrl+_",
    "ctrl+underscore": "ctrl+_",
    "ctrl+backslash": "ctrl+\\",
    "ctrl+right_square_bracket": "ctrl+]",
}
"""Keys that a terminal does not tell apart, or that have two names."""
MODIFIERS = {"c": "ctrl", "m": "alt", "a": "alt", "s": "shift"}
"""As Emacs writes them: `C-x`, `M-x`."""
PLACES: dict[str, frozenset[Place]] = {
    **{str(place): frozenset({place}) for place in Place},
    "lists": LISTS,
}
"""What may stand after an `@`."""


def event_name(key: str, character: str | None) -> str:
    """One name for a key however the terminal sent it: printable ones by their character."""
    if key.startswith("alt+") and len(key.rpartition("+")[2]) == 1:
        return f"alt+{character or key[-1]}"
    if character and character.isprintable() and character != " ":
        return character
    return THE_SAME.get(key, key)


def read_keys(written: str) -> tuple[str, frozenset[Place] | None]:
    """Keys as a person writes them in the settings: their names here, and where alone they are
    meant, None for everywhere. Raises ValueError with what is wrong in words."""
    keys, places = written.strip(), None
    if len(keys) > 1 and "@" in keys[1:]:
        keys, _, place = keys.rpartition("@")
        if place not in PLACES:
            raise ValueError(f"there is no place '{place}' (only {', '.join(PLACES)})")
        places = PLACES[place]
    names = [_read_key(key) for key in keys.split()]
    if not names:
        raise ValueError("no key is named")
    if names[0].isdecimal() and len(names) > 1:
        raise ValueError("keys one after the other cannot begin with a digit, which counts")
    return " ".join(names), places


def _read_key(written: str) -> str:
    if len(written) == 1:
        if not written.isprintable():
            raise ValueError("a key that cannot be seen must be named: tab, enter, escape")
        return ALSO_CALLED.get(written, written)
    *modifiers, key = _parted(written)
    key = ALSO_CALLED.get(key.lower(), key)
    held = sorted({MODIFIERS.get(each.lower(), each.lower()) for each in modifiers})
    if unknown := [each for each in held if each not in ("alt", "ctrl", "shift")]:
        raise ValueError(f"there is no key '{unknown[0]}' to hold (only ctrl, alt, shift)")
    if len(key) > 1:
        key = key.lower()
    name = "+".join([*held, key.lower() if held == ["ctrl"] else key])
    name = THE_SAME.get(name, name)
    if name in NAMED:
        return name
    if held and key in WITH_MODIFIERS:
        return name
    if held in (["ctrl"], ["alt"]) and len(key) == 1 and (held == ["ctrl"] or key.isalpha()):
        return name
    if not held:
        raise ValueError(f"there is no key '{written}' (a letter or sign, or space, enter, …)")
    raise ValueError(f"a terminal does not tell '{written}' apart from other keys")


def _parted(written: str) -> list[str]:
    """`ctrl+x`, `ctrl-x`, `C-x` and `^X` as their parts."""
    if written.startswith("^") and len(written) == 2:
        return ["ctrl", written[1]]
    parts: list[str] = []
    rest = written
    while len(rest) > 1:
        at = next((i for i, letter in enumerate(rest) if letter in "+-" and i > 0), 0)
        if not at or at == len(rest) - 1:
            break
        parts.append(rest[:at])
        rest = rest[at + 1 :]
    return [*parts, rest]
