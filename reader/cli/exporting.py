"""`broadsheet export`: articles out, to stdout, to one file, or to a folder of files."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from reader.cli import asking, output, parsing
from reader.errors import NothingFound, UsageError
from reader.library import Library
from reader.model import ArticleId, SourceKind

FEEDS = "opml"
DOCUMENTS = ("html", "docx", "pdf", "epub")
FORMATS = ("md", *DOCUMENTS, "json", "jsonl", FEEDS)

EPILOG = (
    "-o DIR/ (or a folder that exists) writes one file for each article, named for its title. "
    "Nothing is overwritten without --force. --to opml writes the feeds, not the articles."
)


def arguments(parser: argparse.ArgumentParser) -> None:
    asking.add_choice(parser, every=True)
    parser.add_argument(
        "--to", choices=FORMATS, help="the format (told by the name of FILE; otherwise md)"
    )
    parser.add_argument("-o", "--output", metavar="FILE|DIR/", help="where to (stdout)")
    parser.add_argument("--force", action="store_true", help="overwrite what is there")
    parsing.add_forms(parser)


def run(args: argparse.Namespace) -> int:
    to_stdout = args.output in (None, "-")
    asked = args.form if to_stdout and args.form in FORMATS else None
    format = args.to or asked or _told_by(args.output) or "md"
    with asking.library() as lib:
        if format == FEEDS:
            return _feeds(lib, args)
        ids = asking.chosen(lib, args.which, every=args.all)
        if not asking.are_ids(args.which):
            ids.sort()  # in order of arrival, in which import will number them again
        if to_stdout and format in DOCUMENTS:
            return _document_to_stdout(lib, ids, format)
        if to_stdout:
            return _to_stdout(lib, ids, format)
        if args.output.endswith(os.sep) or os.path.isdir(args.output):
            return _to_folder(lib, ids, format, Path(args.output), args)
        return _to_file(lib, ids, format, Path(args.output), args)


def _feeds(lib: Library, args: argparse.Namespace) -> int:
    from reader.exchange import files, opml

    if args.which:
        raise UsageError("--to opml lists the feeds: it takes no ids and no query")
    sources = lib.sources()
    count = sum(source.kind == SourceKind.FEED for source in sources)
    if not count:
        raise NothingFound("there is no feed to export: `broadsheet add` and `import` take feeds")
    if args.output in (None, "-"):
        for piece in opml.write(sources):
            output.write(piece)
        return output.OK
    if args.output.endswith(os.sep) or os.path.isdir(args.output):
        raise UsageError(f"--to opml writes one file: -o {os.path.join(args.output, 'feeds.opml')}")
    files.write_whole(Path(args.output), opml.write(sources), force=args.force)
    said = "1 feed" if count == 1 else f"{count:,} feeds"
    output.done(args.form, f"Exported {said} to {args.output}", path=args.output, feeds=count)
    return output.OK


def _told_by(name: str | None) -> str | None:
    """The format that the name of a file says; None for stdout and folders. Raises UsageError."""
    if name in (None, "-") or name.endswith(os.sep) or os.path.isdir(name):
        return None
    suffix = os.path.splitext(name)[1].removeprefix(".")
    if suffix and suffix not in FORMATS:
        raise UsageError(f"cannot tell the format from {name}: say --to {', '.join(FORMATS)}")
    return suffix or None


def _to_stdout(lib: Library, ids: list[ArticleId], format: str) -> int:
    from reader.exchange.exporting import pieces

    for piece in pieces(lib, ids, format, escape=output.escape_json):
        output.write(piece)
    return output.OK


def _document_to_stdout(lib: Library, ids: list[ArticleId], format: str) -> int:
    from reader.exchange.exporting import document

    output.write_bytes(document(lib, ids, format, output.say), f"--to {format}")
    return output.OK


def _to_file(
    lib: Library, ids: list[ArticleId], format: str, file: Path, args: argparse.Namespace
) -> int:
    from reader.exchange.exporting import to_file

    to_file(lib, ids, format, file, output.say, force=args.force)
    output.done(args.form, f"Exported {_articles(len(ids))} to {file}", path=str(file), ids=ids)
    return output.OK


def _to_folder(
    lib: Library, ids: list[ArticleId], format: str, folder: Path, args: argparse.Namespace
) -> int:
    from reader.exchange.exporting import to_folder

    with output.Rows(args.form) as rows:
        for id, path in to_folder(lib, ids, format, folder, output.say, force=args.force):
            rows.put({"id": id, "path": str(path)}, f"{id:>6}", str(path))
    return output.OK


def _articles(count: int) -> str:
    return "1 article" if count == 1 else f"{count:,} articles"
