"""The whole command as one parser, for what is generated from it: completions, the manual page."""

from __future__ import annotations

import argparse
from importlib import import_module

from reader.cli import verbs
from reader.cli.parsing import Formatter

DESCRIPTION = (
    "A newspaper for the terminal: give it pages, feeds, files and folders; it takes the clutter "
    "away, keeps the articles, and shows what is like each of them. Without a verb it opens the "
    "reading room, or adds WHAT and shows it."
)
EPILOG = (
    "Exit status: 0 all went well, 1 some work failed, 2 a mistake in the command or the settings, "
    "3 nothing found, 4 the cache cannot be used, 130 interrupted. BROADSHEET_HOME names a folder "
    "that holds cache and settings together; BROADSHEET_PLAIN=1 reads line by line; NO_COLOR, "
    "VISUAL, EDITOR and BROWSER are respected."
)


def whole() -> argparse.ArgumentParser:
    """The parser with a sub-parser for every verb. It is read, not used to parse with: a word that
    is no verb is something to add."""
    parser = argparse.ArgumentParser(
        prog="broadsheet",
        usage="broadsheet [options] [VERB | WHAT …]",
        description=DESCRIPTION,
        epilog=EPILOG,
        formatter_class=Formatter,
    )
    parser.add_argument("-V", "--version", action="version", version="", help="the version")
    _arguments_of("", parser, positionals=False)
    subparsers = parser.add_subparsers(title="verbs", metavar="VERB")
    for name, verb in verbs.VERBS.items():
        sub = subparsers.add_parser(
            name,
            help=verb.help,
            usage=f"broadsheet {name} {verb.usage} [options]".replace("  ", " "),
            description=f"{verb.help[0].upper()}{verb.help[1:]}.",
            formatter_class=Formatter,
        )
        _arguments_of(name, sub)
    return parser


def _arguments_of(name: str, parser: argparse.ArgumentParser, *, positionals: bool = True) -> None:
    """Give a parser the arguments of a verb; for the command itself, its options alone."""
    verb = verbs.VERBS.get(name, verbs.SHOW)
    module = import_module(f"reader.cli.{verb.module}")
    if positionals:
        module.arguments(parser)
        return
    own = argparse.ArgumentParser(add_help=False)
    module.arguments(own)
    for action in own._actions:
        if action.option_strings:
            parser._add_action(action)
