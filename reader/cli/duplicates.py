"""`broadsheet duplicates`: near copies of one text, folded under one of them."""

from __future__ import annotations

import argparse

from reader.cli import asking, output, parsing
from reader.errors import NothingFound

EPILOG = "Nothing is deleted: the copies are listed and read like any other article."


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("query", nargs="*", metavar="QUERY", help=asking.QUERY_HELP)
    parsing.add_forms(parser)


def run(args: argparse.Namespace) -> int:
    from reader.exchange.records import copied_record

    view = asking.view_of(args.query)
    with asking.library() as lib, output.Rows(args.form) as rows:
        for copied in lib.duplicates(view):
            count = len(copied.copies)
            sites = dict.fromkeys(c.headline.site or c.headline.source for c in copied.copies)
            copies = f"+{count} {'copy' if count == 1 else 'copies'}: {', '.join(sites)}"
            headline = copied.headline
            rows.put(
                copied_record(copied),
                f"{headline.id:>6}",
                headline.title,
                headline.site or headline.source,
                copies,
                " ".join(str(copy.headline.id) for copy in copied.copies),
            )
        if not rows.count:
            if view.kind == "query":
                raise NothingFound(f"nothing that matches has a copy: {view.value}")
            if args.form == "plain":
                output.say("No article has a near copy.")
    return output.OK
