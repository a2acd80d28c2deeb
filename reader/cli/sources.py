"""`broadsheet sources`: where articles come from."""

from __future__ import annotations

import argparse

from reader.cli import asking, output, parsing


def arguments(parser: argparse.ArgumentParser) -> None:
    parsing.add_forms(parser)


def run(args: argparse.Namespace) -> int:
    from reader.exchange.records import source_record

    with asking.library() as lib, output.Rows(args.form) as rows:
        for source in lib.sources():
            counts = f"{source.unread} of {source.articles} unread"
            where = "" if source.url == source.title else source.url
            rows.put(
                source_record(source),
                f"{source.id:>4}",
                source.title,
                source.folder or "",
                counts,
                where,
                f"error: {source.error}" if source.error else "",
            )
        if not rows.count and args.form == "plain":
            output.say("There are no sources yet: `broadsheet add WHAT…` brings the first.")
    return output.OK
