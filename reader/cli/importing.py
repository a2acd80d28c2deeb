"""`broadsheet import`: collections in."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from reader.cli import asking, parsing
from reader.cli.add import report
from reader.errors import BroadsheetError, CleanError

if TYPE_CHECKING:
    from reader.library import Library
    from reader.model import Arrival

EPILOG = (
    "JSON lines: {id, title, text or markdown, url, published, source}, or the lines that "
    "`broadsheet export --to jsonl` writes, which come back without loss. Cut short, it is "
    "completed by running it again."
)


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "file", metavar="FILE|DIR|-", help="JSON lines; of a folder all files named *.jsonl"
    )
    parsing.add_forms(parser)


class NotImported(BroadsheetError):
    """A file could not be imported. Facts: its name, cause."""

    says = "cannot import {0}: {1}"


def run(args: argparse.Namespace) -> int:
    with asking.library() as lib:
        try:
            return report(_arrivals(lib, args.file), args.form)
        except CleanError as error:
            raise NotImported(*error.args) from error


def _arrivals(lib: Library, what: str) -> Iterator[Arrival]:
    from reader.intake import documents

    if what == "-":
        if sys.stdin is None:
            raise NotImported("stdin", "it is closed")
        yield from lib.import_lines(sys.stdin.buffer)
        return
    for file in _files(Path(what)):
        with documents.opened(file) as stream:
            yield from lib.import_lines(stream)


def _files(what: Path) -> list[Path]:
    if not os.path.isdir(what):
        return [what]
    found = sorted(f for f in what.glob("*.jsonl") if f.is_file())
    if not found:
        raise NotImported(str(what), "there is no file named *.jsonl in it")
    return found
