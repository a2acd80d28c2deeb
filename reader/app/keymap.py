"""The keys that hold for a person: the registry, a preset over it, and their own over that.

A mistake costs only the key it is in: it is told with file, line and column, and the preset's keys
stay. Nothing here needs Textual.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from reader.app.actions import ACTIONS, EVERYWHERE, MOST_TIMES, Action, Place
from reader.app.keynames import read_keys
from reader.app.keys import Clash, clashes
from reader.app.presets import PRESETS
from reader.config import Keys, SettingsError

MACRO_GROUP = "Your macros"


@dataclass(frozen=True, slots=True)
class Keymap:
    """The acts with the keys that hold."""

    actions: tuple[Action, ...] = ACTIONS
    preset: str = "broadsheet"
    mistakes: tuple[str, ...] = ()
    """What of the settings does not hold, and why; each one line."""
    in_one_line: str = ""
    """The first mistake, its file without its folder, and how many more there are."""


def keymap(keys: Keys, registry: Sequence[Action] = ACTIONS) -> Keymap:
    """The keys that a person's settings come to."""
    mistakes: list[SettingsError] = []
    preset = keys.preset
    if preset not in PRESETS:
        mistakes.append(
            keys.mistake("preset", f"there is no preset '{preset}' (only {', '.join(PRESETS)})")
        )
        preset = "broadsheet"
    acts = with_preset(preset, registry)
    own = dict(_own_acts(keys, acts, mistakes))
    macros = dict(_macros(keys, acts, mistakes))
    chosen = _without_clashes(keys, acts, own, macros, mistakes)
    mistakes.sort(key=lambda mistake: mistake.args[1:3])
    return Keymap(tuple(chosen), preset, tuple(map(str, mistakes)), _in_one_line(mistakes))


def _in_one_line(mistakes: Sequence[SettingsError]) -> str:
    if not mistakes:
        return ""
    file, *place_and_cause = mistakes[0].args
    first = SettingsError(getattr(file, "name", file), *place_and_cause)
    more = len(mistakes) - 1
    return f"{first} (and {more} more: `broadsheet keys` tells them)" if more else str(first)


def with_preset(name: str, registry: Sequence[Action] = ACTIONS) -> list[Action]:
    """The acts with the keys of a preset."""
    preset = PRESETS[name]
    return [
        with_keys(action, preset[action.name]) if action.name in preset else action
        for action in registry
    ]


def with_keys(action: Action, written: Iterable[str]) -> Action:
    """An act with other keys, all of them. Raises ValueError with what is wrong in words."""
    keys: list[str] = []
    also: dict[str, frozenset[Place]] = {}
    for each in written:
        key, places = read_keys(each)
        if action.takes_number and not (key.isdecimal() and key != "0"):
            raise ValueError(f"{action.name} takes the digits 1 to 9 and no other key")
        if places is None:
            keys.append(key)
        elif places & action.where:
            also[key] = also.get(key, frozenset()) | (places & action.where)
        else:
            raise ValueError(f"{action.name} means nothing there")
    return replace(action, keys=tuple(dict.fromkeys(keys)), also=also)


def _own_acts(
    keys: Keys, acts: Sequence[Action], mistakes: list[SettingsError]
) -> Iterable[tuple[str, Action]]:
    known = {action.name: action for action in acts}
    for name, written in keys.acts.items():
        if name not in known:
            near = _nearest(name, known)
            mistakes.append(keys.mistake(name, f"there is no act '{name}'{near}"))
            continue
        try:
            action = with_keys(known[name], filter(None, written))
        except ValueError as error:
            mistakes.append(keys.mistake(name, f"{name}: {error}"))
            continue
        if name == "quit" and not action.all_keys:
            mistakes.append(keys.mistake(name, "quit needs a key: its own are kept"))
            continue
        yield name, action


def _macros(
    keys: Keys, acts: Sequence[Action], mistakes: list[SettingsError]
) -> Iterable[tuple[str, Action]]:
    known = {action.name: action for action in acts}
    for written, steps in keys.macros.items():
        try:
            key, places = read_keys(written)
            macro = tuple(_step(step, known) for step in steps)
        except ValueError as error:
            mistakes.append(keys.mistake(written, f"{written}: {error}", "macros"))
            continue
        yield (
            written,
            Action(
                f"macro {written}",
                (key,),
                ", then ".join(steps).replace("_", " "),
                where=places or EVERYWHERE,
                group=MACRO_GROUP,
                macro=macro,
            ),
        )


def _step(written: str, known: dict[str, Action]) -> tuple[str, int | None]:
    """An act of a macro, `down` or `5 down`. Raises ValueError."""
    times, _, name = written.strip().rpartition(" ")
    if name not in known:
        raise ValueError(f"there is no act '{name}'{_nearest(name, known)}")
    if not times:
        if known[name].takes_number:
            raise ValueError(f"{name} needs a number: '1 {name}'")
        return name, None
    if not (times.isdecimal() and times.isascii() and 1 <= int(times) <= MOST_TIMES):
        raise ValueError(f"'{written}': a number from 1 to {MOST_TIMES} goes before an act")
    if not (known[name].counts or known[name].takes_number):
        raise ValueError(f"'{written}': {name} does not count")
    return name, int(times)


def _without_clashes(
    keys: Keys,
    acts: Sequence[Action],
    own: dict[str, Action],
    macros: dict[str, Action],
    mistakes: list[SettingsError],
) -> list[Action]:
    """The acts with as many of the person's keys as do not clash: of two that do, the one that is
    theirs is not taken, and of two of theirs the later one."""
    order = [*own, *(macro.name for macro in macros.values())]
    while True:
        chosen = [own.get(action.name, action) for action in acts] + list(macros.values())
        found = clashes(chosen)
        if not found:
            return chosen
        named = {each.name: written for written, each in macros.items()}
        clash, blamed = min(
            (
                (clash, name)
                for clash in found
                for name in (clash.act, clash.other_act)
                if name in own or name in named
            ),
            key=lambda pair: -order.index(pair[1]),
        )
        if blamed in own:
            mistakes.append(keys.mistake(blamed, _in_words(clash, blamed)))
            del own[blamed]
        else:
            mistakes.append(keys.mistake(named[blamed], _in_words(clash, blamed), "macros"))
            del macros[named[blamed]]


def _in_words(clash: Clash, blamed: str) -> str:
    ours = blamed == clash.act
    key, other_key = (clash.key, clash.other_key) if ours else (clash.other_key, clash.key)
    other = clash.other_act if ours else clash.act
    if key == other_key:
        cause = f"'{key}' means {other} in {clash.place}"
    else:
        cause = f"'{key}' cannot be told from '{other_key}', which means {other} in {clash.place}"
    rest = "the macro is left out" if blamed.startswith("macro ") else f"{blamed} keeps its keys"
    return f"{cause}; {rest} unless {other} gets other ones"


def _nearest(name: str, known: Iterable[str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(name, list(known), 1)
    return f", perhaps {near[0]}" if near else " (`broadsheet keys` names them all)"
