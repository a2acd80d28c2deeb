"""`broadsheet completions`: what a shell needs to complete our words, by shtab."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from reader.cli import output, parsing

SHELLS = ("bash", "zsh", "fish")
PLACES = {
    "bash": "~/.local/share/bash-completion/completions/broadsheet",
    "zsh": "a folder of $fpath, as _broadsheet",
    "fish": "~/.config/fish/completions/broadsheet.fish",
}
EPILOG = "Put what it prints where the shell looks: " + "; ".join(
    f"{shell}: {place}" for shell, place in PLACES.items()
)
OF_FILES = ("FILE", "DIR", "WHAT", "M.jsonl")
"""Names of arguments that may be files."""


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("shell", choices=SHELLS, help="the shell it is for")
    parsing.add_forms(parser)


def run(args: argparse.Namespace) -> int:
    script = completions(args.shell)
    output.one(args.form, lambda: {"shell": args.shell, "script": script}, lambda: script)
    return output.OK


def completions(shell: str) -> str:
    """The script for one of `SHELLS`."""
    import shtab

    from reader.cli.tree import whole

    parser = whole()
    for action in _actions(parser):
        if isinstance(action.choices, dict) and not isinstance(action, argparse._SubParsersAction):
            action.choices = list(action.choices)  # shtab takes every dict for sub-commands
        named = str(action.metavar or "")
        if any(each in named for each in OF_FILES):
            action.complete = shtab.FILE  # type: ignore[attr-defined]
    return shtab.complete(parser, shell).rstrip("\n") + "\n"


def _actions(parser: argparse.ArgumentParser) -> Iterator[argparse.Action]:
    for action in parser._actions:
        yield action
        if isinstance(action, argparse._SubParsersAction):
            for sub in action.choices.values():
                yield from _actions(sub)
