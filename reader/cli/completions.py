"""`broadsheet completions`: what a shell needs to complete our words, by shtab."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from reader.cli import output, parsing
from reader.errors import UsageError

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
OFFERED = {"ID": "articles", "ARTICLE": "articles", "SOURCE": "sources", "STORY": "stories"}
"""Names of arguments that are numbers of the cache, and what has them."""

IN_BASH = """\
# $1=the word that was begun; of several each has its title behind it, the only one has none
{name}() {{
  local -a numbers=() titles=()
  local number title at
  while IFS=$'\\t' read -r number title; do
    numbers+=("$number") titles+=("$title")
  done < <({asks}"$1" 2>/dev/null)
  if [ "${{#numbers[@]}}" = 1 ]; then
    printf '%s\\n' "${{numbers[0]}}"
  else
    for at in "${{!numbers[@]}}"; do printf '%s (%s)\\n' "${{numbers[at]}}" "${{titles[at]}}"; done
  fi
}}"""
IN_ZSH = """\
{name}() {{
  local -a offered
  local number title
  while IFS=$'\\t' read -r number title; do
    offered+=("$number:${{title//:/}}")
  done < <({asks}"$PREFIX" 2>/dev/null)
  _describe -V '{kind}' offered -U
}}"""


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("shell", nargs="?", choices=SHELLS, help="the shell it is for")
    parser.add_argument(
        "--of",
        choices=sorted(set(OFFERED.values())),
        help="list what the scripts offer: numbers, each with a title behind a tab",
    )
    parser.add_argument(
        "--for",
        dest="begun",
        default="",
        metavar="WORD",
        help="of these only what begins with WORD, or has it in its title",
    )
    parsing.add_forms(parser)


def run(args: argparse.Namespace) -> int:
    if args.of:
        return _offer(args)
    if args.shell is None:
        raise UsageError(f"completions for which shell? Say {', '.join(SHELLS)}")
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
        elif kind := OFFERED.get(named.partition("…")[0].partition("|")[0]):
            action.complete = _offers(kind)  # type: ignore[attr-defined]
    return shtab.complete(parser, shell).rstrip("\n") + "\n"


def _offer(args: argparse.Namespace) -> int:
    from reader.cli import asking
    from reader.cli.offers import offers

    with asking.library(readonly=True) as lib, output.Rows(args.form) as rows:
        for number, title in offers(lib, args.of, args.begun):
            rows.put({"id": number, "title": title}, str(number), title)
    return output.OK


def _offers(kind: str) -> dict[str, object]:
    """What shtab needs to offer numbers of the cache. Titles are foreign: no shell may evaluate
    one, so each script reads them as lines, and nowhere as words."""
    asks = f"broadsheet completions --of {kind} --for="
    name = f"_broadsheet_{kind}"
    return {
        "bash": name,
        "zsh": name,
        "fish": f"({asks}(commandline -ct) 2>/dev/null)",
        "preamble": {
            "bash": IN_BASH.format(name=name, asks=asks),
            "zsh": IN_ZSH.format(name=name, asks=asks, kind=kind),
        },
    }


def _actions(parser: argparse.ArgumentParser) -> Iterator[argparse.Action]:
    for action in parser._actions:
        yield action
        if isinstance(action, argparse._SubParsersAction):
            for sub in action.choices.values():
                yield from _actions(sub)
