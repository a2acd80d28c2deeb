"""`broadsheet search`: articles by their words, best first."""

from __future__ import annotations

import argparse
from itertools import zip_longest

from reader.cli import asking, output, parsing
from reader.cli.rows import headline_cells
from reader.cli.summaries import Summaries
from reader.errors import UsageError

EPILOG = (
    "What follows `--` is never an option, so words that begin with a dash go there: "
    "broadsheet search -- storm -harbour"
)


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("query", nargs="*", metavar="QUERY", help=asking.QUERY_HELP)
    parser.add_argument(
        "--sort",
        choices=("blend", "new", "rank"),
        default="blend",
        help="best of the recent ones first (blend), newest first, or best first",
    )
    parser.add_argument(
        "-n",
        "--limit",
        type=asking.how_many,
        default=50,
        help="how many at most (50; 0 is all of them)",
    )
    parsing.add_forms(parser)


def run(args: argparse.Namespace) -> int:
    from reader.exchange.records import row

    query = " ".join(args.query).strip()
    if not query:
        raise UsageError("search for what? Give words or a query")
    with asking.library() as lib, output.Rows(args.form) as rows:
        hits = lib.search(query, limit=args.limit or EVERYTHING, order=args.sort)
        headlines = [hit.headline for hit in hits]
        told = [] if args.form == "plain" else Summaries(lib).of(headlines)
        for hit, said in zip_longest(hits, told):
            record = row(hit.headline, said) | {"snippet": hit.snippet}
            rows.put(record, *headline_cells(hit.headline))
            if args.form == "plain" and output.on_terminal() and hit.snippet:
                output.line(" " * 8, hit.snippet)
        if not rows.count:
            raise asking.nothing_matches(lib, query)
    return output.OK


EVERYTHING = 2**31 - 1
