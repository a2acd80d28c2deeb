"""`broadsheet tag`: the person's own words for articles."""

from __future__ import annotations

import argparse

from reader.cli import asking, output, parsing
from reader.errors import UsageError


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("tag", metavar="WORD", help="the tag, one word")
    asking.add_choice(parser)
    parser.add_argument("--remove", action="store_true", help="take the tag away")
    parsing.add_forms(parser)


def run(args: argparse.Namespace) -> int:
    if not args.tag or any(c.isspace() or c == "," for c in args.tag):
        raise UsageError(f"'{args.tag}' is not a tag: a tag is one word without commas")
    with asking.library() as lib:
        ids = asking.chosen(lib, args.which)
        if args.remove:
            sentence = lib.tag(ids, remove=(args.tag,))
        else:
            sentence = lib.tag(ids, add=(args.tag,))
        output.done(args.form, sentence, ids=ids)
    return output.OK
