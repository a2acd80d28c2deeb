"""`broadsheet keys`: which key does what in the reading room, as it is set up."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from reader.app.actions import Action, shown, written
from reader.app.presets import PRESETS
from reader.cli import output, parsing
from reader.errors import NothingFound

EPILOG = (
    'Keys are set in config.toml, `keys = "vim"` or a table `[keys]`; what of it does not hold is '
    "told on stderr, and the exit code is 2."
)


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "words", nargs="*", metavar="WORD", help="only acts with these words in them, or a key"
    )
    parser.add_argument("--preset", choices=tuple(PRESETS), help="the keys of a preset, not yours")
    parsing.add_forms(parser)


def run(args: argparse.Namespace) -> int:
    from reader import config
    from reader.app.keymap import keymap

    found = keymap(config.Keys(args.preset) if args.preset else config.load().keys)
    words = " ".join(args.words)
    with output.Rows(args.form) as rows:
        for act in found.actions:
            if holds(act, args.words):
                rows.put(_record(act), f"{' '.join(written(act)):<18}", f"{act.name:<16}", act.help)
    for mistake in found.mistakes:
        output.say(f"broadsheet: {mistake}")
    if not rows.count:
        raise NothingFound(f"no act is called so: {words}")
    return output.USAGE if found.mistakes else output.OK


def holds(act: Action, words: Sequence[str]) -> bool:
    """Is it the act with this key or name, or are all the words in what is said of it?"""
    asked = " ".join(words)
    text = f"{act.name} {act.help} {act.group}".casefold().replace("_", " ")
    own = {*map(shown, act.all_keys), *act.all_keys, act.name}
    return asked in own or all(word.casefold() in text for word in words)


def _record(act: Action) -> dict[str, object]:
    return {
        "act": act.name,
        "keys": list(act.all_keys),
        "where": sorted(act.where),
        "only": {key: sorted(places) for key, places in act.also.items()},
        "counts": act.counts,
        "group": act.group,
        "help": act.help,
    }
