"""`broadsheet list`: articles, newest first."""

from __future__ import annotations

import argparse

from reader.cli import asking, output, parsing

EPILOG = (
    "What follows `--` is never an option, so words that begin with a dash go there: "
    "broadsheet list -- storm -harbour"
)


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("query", nargs="*", metavar="QUERY", help=asking.QUERY_HELP)
    parser.add_argument(
        "-n",
        "--limit",
        type=asking.how_many,
        default=50,
        help="how many at most (50; 0 is all of them)",
    )
    parsing.add_forms(parser)


def run(args: argparse.Namespace) -> int:
    from reader.cli.summaries import Summaries
    from reader.exchange.records import row

    if people := args.form == "plain":
        from reader.cli.rows import headline_cells

    view = asking.view_of(args.query)
    with asking.library() as lib, output.Rows(args.form) as rows:
        ids = lib.ids(view, limit=args.limit or None)
        summaries = Summaries(lib)
        for start in range(0, len(ids), CHUNK):
            headlines = lib.headlines(ids[start : start + CHUNK])
            if people:
                for headline in headlines:
                    rows.put({}, *headline_cells(headline))
                continue
            for headline, said in zip(headlines, summaries.of(headlines), strict=True):
                rows.put(row(headline, said))
        if not rows.count:
            if view.kind == "query":
                raise asking.nothing_matches(lib, str(view.value))
            if people:
                output.say("There are no articles yet: `broadsheet add WHAT…` brings the first.")
    return output.OK


CHUNK = 500
"""Headlines asked for at once; SQLite takes 32,766 parameters, memory decides before that."""
