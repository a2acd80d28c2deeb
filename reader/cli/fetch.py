"""`broadsheet fetch`: the whole text of entries of which the feed gave but a beginning."""

from __future__ import annotations

import argparse

from reader.cli import asking, parsing
from reader.cli.add import report

EPILOG = (
    "The page of each article is fetched and cleaned; what it gives more than the feed becomes the "
    "article's text. You ask for these pages yourself, so robots.txt does not concern them; a host "
    "that wants to be left alone is. Why a page was not to be had stands with the article."
)


def arguments(parser: argparse.ArgumentParser) -> None:
    asking.add_choice(parser)
    parsing.add_forms(parser)


def run(args: argparse.Namespace) -> int:
    with asking.library() as lib:
        return report(lib.fetch_whole(asking.chosen(lib, args.which)), args.form)
