"""`broadsheet remove`: sources that are no longer wanted."""

from __future__ import annotations

import argparse

from reader.cli import asking, output, parsing
from reader.errors import NothingFound
from reader.fetch.addresses import as_kept
from reader.library import Library
from reader.model import Source


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "source", nargs="+", metavar="SOURCE", help="a source's id or address, as `sources` shows"
    )
    parsing.add_forms(parser)


def run(args: argparse.Namespace) -> int:
    with asking.library() as lib:
        sources = [_named(lib, word) for word in args.source]
        with output.Rows(args.form) as rows:
            for source in sources:
                sentence = lib.remove_source(source.id)
                rows.put({"done": sentence, "source": source.id}, sentence)
    return output.OK


def _named(lib: Library, word: str) -> Source:
    names = {word, as_kept(word)}
    for source in lib.sources():
        if not names.isdisjoint((str(source.id), source.url, source.added_as)):
            return source
    raise NothingFound(f"there is no source {word}: `broadsheet sources` lists them")
