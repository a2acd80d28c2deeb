"""`broadsheet` without a verb: the reading room; with something to read, that in it."""

from __future__ import annotations

import argparse
import os
import sys
from typing import TYPE_CHECKING

from reader.cli import asking, output, parsing
from reader.cli.add import arrival_record, arrivals
from reader.cli.rows import headline_cells
from reader.errors import BroadsheetError, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reader.library import Library
    from reader.model import Arrival, ArticleId


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "what", nargs="*", metavar="WHAT", help="a page address, a file, a folder; - is stdin"
    )
    parser.add_argument("--folder", metavar="F", help="put the source into this folder of yours")
    parser.add_argument(
        "--plain",
        action="store_true",
        help="read line by line, nothing drawn: for a screen reader, a dumb terminal or a pipe",
    )
    parsing.add_forms(parser)


def run(args: argparse.Namespace) -> int:
    if args.what:
        return _add_and_show(args)
    keys_come = sys.stdin is not None and sys.stdin.isatty()
    if _line_by_line(args) or (args.form == "plain" and keys_come and _is_dumb()):
        return _plain(args)
    if args.form == "plain" and _can_draw() and keys_come:
        return _room(None)
    return _front_page(args.form)


def _line_by_line(args: argparse.Namespace) -> bool:
    """Did the person ask for lines, now or (BROADSHEET_PLAIN) for good?"""
    if args.plain and args.form != "plain":
        raise UsageError("--plain is for people and --json for programs: give one of them")
    return args.plain or (args.form == "plain" and bool(os.environ.get("BROADSHEET_PLAIN")))


def _is_dumb() -> bool:
    return output.on_terminal() and not _can_draw()


def _plain(args: argparse.Namespace, came: Sequence[int] = ()) -> int:
    from reader.cli import plain

    with asking.library() as lib:
        return plain.run(lib, came, " ".join(args.what))


def _can_draw() -> bool:
    """Is there a terminal that a screen can be drawn on? A dumb one gets lines, as a pipe does."""
    return output.on_terminal() and os.environ.get("TERM", "dumb") != "dumb"


def _room(open_id: ArticleId | None) -> int:
    from reader.app import run as open_room

    return open_room(open_id=open_id)


def _front_page(form: str) -> int:
    """What the reading room would open on, as lines: there is no terminal to draw on."""
    from reader.exchange.records import row
    from reader.model import View

    with asking.library() as lib, output.Rows(form) as rows:
        waiting = 0 if lib.counts().all else lib.feeds()
        if waiting:
            output.say(asking.feeds_wait(waiting))
        elif not lib.counts().all:
            for _ in lib.add_sample():
                pass
            output.say(
                "The cache was empty, so this is the sample edition. To begin: `broadsheet add "
                "URL`, `broadsheet add FILE` or `broadsheet add DIR`."
            )
        for headline in lib.headlines(lib.ids(View("all"), limit=50)):
            rows.put(row(headline), *headline_cells(headline))
    return output.OK


def _add_and_show(args: argparse.Namespace) -> int:
    """Bring it in; then the room opens at it, or it is printed where there is no terminal."""
    with asking.library() as lib:
        came = list(arrivals(lib, args.what, args.folder))
        shown = [each for each in came if each.id is not None]
        for each in came:
            if each.status == "refused":
                output.say(f"broadsheet: {each.what or each.title}: {each.reason}")
        if not shown:
            raise BroadsheetError("nothing was added: there is nothing to show")
        in_lines = _line_by_line(args) or (args.form == "plain" and _is_dumb())
        drawn = args.form == "plain" and _can_draw() and not in_lines
        if not drawn and not in_lines:
            _print(lib, shown, args.form)
    refused = len(shown) < len(came)
    if in_lines:
        if "-" in args.what and output.on_terminal():
            _take_terminal()
        code = _plain(args, [each.id for each in shown if each.id is not None])
        return code or (output.SOME_FAILED if refused else output.OK)
    if drawn:
        _take_terminal()
        return _room(shown[0].id)
    return output.SOME_FAILED if refused else output.OK


def _print(lib: Library, shown: list[Arrival], form: str) -> None:
    """One article whole, several as a list."""
    from reader.cli.reading import show

    if len(shown) == 1 and shown[0].id is not None:
        show(lib, lib.article(shown[0].id), form)
        return
    with output.Rows(form) as rows:
        for each in shown:
            rows.put(arrival_record(each), str(each.id), each.status, each.title or "")


def _take_terminal() -> None:
    """After a page was piped in, keys come from the terminal itself (`curl … | broadsheet -`)."""
    if sys.stdin is None or sys.stdin.isatty():
        return
    terminal = os.open("/dev/tty", os.O_RDWR)
    os.dup2(terminal, 0)
    os.close(terminal)
    sys.stdin = os.fdopen(0, encoding="utf-8", closefd=False)
