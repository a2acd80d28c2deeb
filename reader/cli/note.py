"""`broadsheet note`: what the person has to say about an article."""

from __future__ import annotations

import argparse

from reader.cli import asking, output, parsing


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("id", metavar="ID", help="broadsheet's id, as `broadsheet list` shows it")
    parser.add_argument(
        "text", nargs="*", metavar="TEXT", help="the note; - reads stdin, nothing takes it away"
    )
    parsing.add_forms(parser)


def run(args: argparse.Namespace) -> int:
    id = asking.article_id(args.id)
    text = " ".join(args.text)
    if args.text == ["-"]:
        text = asking.stdin().decode("utf-8", "replace")
    with asking.library() as lib:
        lib.article(id)
        output.done(args.form, lib.note(id, text.strip() or None), ids=[id])
    return output.OK
