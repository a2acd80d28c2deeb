"""Words after a verb, told apart: options anywhere, and nothing after `--` is one."""

from __future__ import annotations

import argparse
import os

from reader.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, NoReturn

TAIL = "\0{}"
"""Stands for a word after `--` while argparse looks: no real argument can hold a NUL."""


class Formatter(argparse.HelpFormatter):
    """Lays out help. argparse makes one for every argument and asks shutil for the width each time,
    which costs a short command a twentieth of its time."""

    def __init__(self, prog: str, **options: Any) -> None:
        super().__init__(prog, **{"width": _width_cells(), **options})


class Parser(argparse.ArgumentParser):
    """An argument parser whose failures are sentences, like all others."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options, formatter_class=Formatter, allow_abbrev=False)

    def error(self, message: str) -> NoReturn:
        raise UsageError(f"{message} (`{self.prog} --help` names every option)")


def _width_cells() -> int:
    try:
        columns = int(os.environ.get("COLUMNS") or os.get_terminal_size(1).columns)
    except (OSError, ValueError):
        columns = 80
    return max(40, min(columns, 100) - 2)


def add_forms(parser: argparse.ArgumentParser) -> None:
    """Give a verb `--json` and `--jsonl`."""
    forms = parser.add_mutually_exclusive_group()
    forms.add_argument(
        "--json", dest="form", action="store_const", const="json", help="one JSON object or list"
    )
    forms.add_argument(
        "--jsonl", dest="form", action="store_const", const="jsonl", help="one JSON object a line"
    )
    parser.set_defaults(form="plain")


def parse(parser: argparse.ArgumentParser, words: list[str]) -> argparse.Namespace:
    """The arguments in `words`. Raises UsageError.

    `parse_intermixed_args` alone loses its way when options and `--` meet (bpo-17050), so the
    words after `--` are hidden from it behind placeholders.
    """
    tail: list[str] = []
    if "--" in words:
        cut = words.index("--")
        words, tail = words[:cut], words[cut + 1 :]
    args = parser.parse_intermixed_args(words + [TAIL.format(i) for i in range(len(tail))])

    def real(value: object) -> object:
        if isinstance(value, list):
            return [real(each) for each in value]
        if isinstance(value, str) and value.startswith("\0"):
            return tail[int(value[1:])]
        return value

    for name, value in vars(args).items():
        setattr(args, name, real(value))
    return args
