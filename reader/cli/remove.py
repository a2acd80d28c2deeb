"""`broadsheet remove`: sources that are no longer wanted."""

from __future__ import annotations

import argparse

from reader.cli import asking, output, parsing
from reader.intake.called import called


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "source", nargs="+", metavar="SOURCE", help="a source's id, address or title"
    )
    parsing.add_forms(parser)


def run(args: argparse.Namespace) -> int:
    with asking.library() as lib:
        known = lib.sources()
        sources = {source.id: source for source in (called(known, word) for word in args.source)}
        with output.Rows(args.form) as rows:
            for source in sources.values():
                sentence = lib.remove_source(source.id)
                rows.put({"done": sentence, "source": source.id}, sentence)
    return output.OK
