"""`broadsheet reclean`: a better cleaner gets a second chance at pages kept raw."""

from __future__ import annotations

import argparse

from reader.cli import asking, parsing
from reader.cli.add import report

EPILOG = (
    "An article whose text comes out different gets a new revision; its marks, notes and place "
    "stay. Articles that came as text (import) have no raw page and are skipped."
)


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("query", nargs="*", metavar="QUERY", help=asking.QUERY_HELP)
    parsing.add_forms(parser)


def run(args: argparse.Namespace) -> int:
    with asking.library() as lib:
        return report(lib.reclean(asking.view_of(args.query)), args.form)
