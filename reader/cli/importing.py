"""`broadsheet import`: collections in."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from reader.cli import asking, output, parsing
from reader.cli.add import report
from reader.cli.refresh import still_waiting
from reader.errors import CleanError, UsageError

if TYPE_CHECKING:
    from reader.library import Library
    from reader.model import Arrival

EPILOG = (
    "The form is told by how a file begins: OPML, newsboat's urls and cache.db, addresses one a "
    "line, or JSON lines {id, title, text or markdown, url, published, source}, also those that "
    "`broadsheet export --to jsonl` writes, which come back without loss. The word newsboat "
    "stands for its own folder; of a folder, newsboat's files and all *.jsonl and *.opml are "
    "taken. Nothing is fetched, no command of another program is carried over. Cut short, it is "
    "completed by running it again."
)
NEWSBOAT = "newsboat"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "what",
        nargs="*",
        metavar="FILE|DIR|-",
        help="OPML, newsboat's files, addresses or JSON lines; newsboat: what it keeps here",
    )
    parser.add_argument(
        "--starter",
        action="store_true",
        help="feeds to begin with, of the topics named, or of all; with --dry-run, list them",
    )
    parser.add_argument("--dry-run", action="store_true", help="say what would come, keep nothing")
    parsing.add_forms(parser)


def run(args: argparse.Namespace) -> int:
    from reader.exchange.sniff import NotImported

    if not args.what and not args.starter:
        raise UsageError("import what? Give files, folders, - for stdin, newsboat, or --starter")
    with asking.library() as lib:
        before, waited = _feeds(lib), lib.storyless()
        try:
            code = report(_arrivals(lib, args), args.form)
        except CleanError as error:
            raise NotImported(*error.args) from error
        if args.dry_run:
            output.say("That was a rehearsal: nothing was kept.")
        elif new := _feeds(lib) - before:
            feeds, hold = (
                ("1 feed is", "it holds") if new == 1 else (f"{new:,} feeds are", "they hold")
            )
            output.say(f"{feeds} new; `broadsheet refresh` fetches what {hold}.")
        if (waiting := lib.storyless()) > waited:
            output.say(still_waiting(waiting))
    return code


def _feeds(lib: Library) -> int:
    return sum(source.kind == "feed" for source in lib.sources())


def _arrivals(lib: Library, args: argparse.Namespace) -> Iterator[Arrival]:
    if args.starter:
        yield from lib.import_starters(args.what, dry_run=args.dry_run)
        return
    for what in args.what:
        yield from _of(lib, what, dry_run=args.dry_run)


def _of(lib: Library, what: str, *, dry_run: bool) -> Iterator[Arrival]:
    from reader.exchange import collection
    from reader.exchange.sniff import NotImported
    from reader.intake import documents

    if what == "-":
        if sys.stdin is None:
            raise NotImported("stdin", "it is closed")
        yield from lib.import_collection(sys.stdin.buffer, "stdin", dry_run=dry_run)
        return
    if what == NEWSBOAT and not os.path.lexists(what):
        yield from lib.import_newsboat(collection.newsboats_own(), dry_run=dry_run)
        return
    if os.path.isdir(what):
        yield from _of_folder(lib, Path(what), dry_run=dry_run)
        return
    with documents.opened(Path(what)) as stream:
        if collection.is_database(stream):
            pair = collection.Pair(None, Path(what))
            yield from lib.import_newsboat(pair, dry_run=dry_run)
        else:
            yield from lib.import_collection(stream, what, dry_run=dry_run)


def _of_folder(lib: Library, folder: Path, *, dry_run: bool) -> Iterator[Arrival]:
    from reader.exchange import collection
    from reader.exchange.sniff import NotImported

    pair = collection.pair_in(folder)
    if pair is not None:
        yield from lib.import_newsboat(pair, dry_run=dry_run)
    files = sorted(
        file
        for file in folder.iterdir()
        if file.suffix.lower() in collection.LISTS and file.is_file() and not file.is_symlink()
    )
    for file in files:
        yield from _of(lib, str(file), dry_run=dry_run)
    if pair is None and not files:
        raise NotImported(
            str(folder), "there is no file named *.jsonl or *.opml in it, and nothing of newsboat's"
        )
