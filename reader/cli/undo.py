"""`broadsheet undo`: take back the last change, whoever of the two fronts made it."""

from __future__ import annotations

import argparse

from reader.cli import asking, output, parsing
from reader.errors import NothingFound


def arguments(parser: argparse.ArgumentParser) -> None:
    parsing.add_forms(parser)


def run(args: argparse.Namespace) -> int:
    with asking.library() as lib:
        sentence = lib.undo()
        if sentence is None:
            raise NothingFound("there is nothing to take back")
        output.done(args.form, sentence)
    return output.OK
