"""`broadsheet mark`: read, unread, star, unstar."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from reader.cli import asking, output, parsing
from reader.library import Library
from reader.model import ArticleId

STATES: dict[str, Callable[[Library, list[ArticleId]], str]] = {
    "read": lambda lib, ids: lib.mark_read(ids),
    "unread": lambda lib, ids: lib.mark_read(ids, read=False),
    "star": lambda lib, ids: lib.star(ids),
    "unstar": lambda lib, ids: lib.star(ids, starred=False),
}


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("state", choices=STATES, help="what to mark the articles")
    asking.add_choice(parser, every=True)
    parsing.add_forms(parser)


def run(args: argparse.Namespace) -> int:
    with asking.library() as lib:
        ids = asking.chosen(lib, args.which, every=args.all)
        output.done(args.form, STATES[args.state](lib, ids), ids=ids)
    return output.OK
