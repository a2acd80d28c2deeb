"""`broadsheet add`: what a person names comes into the cache."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from reader.cli import asking, output, parsing
from reader.errors import SeveralFeeds, UsageError
from reader.model import Arrival
from reader.text.addresses import without_login

if TYPE_CHECKING:
    from reader.library import Library

EPILOG = (
    "A folder is read with all the folders in it; hidden files, links, pipes and devices are left "
    "out. Adding the same again changes nothing; a file that changed becomes a new revision. "
    "Each line of output is true when it is printed: the article is committed."
)


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "what", nargs="*", metavar="WHAT", help="feeds, sites, pages, files, folders; - is stdin"
    )
    parser.add_argument(
        "--from-stdin",
        action="store_true",
        help="read WHAT from stdin, one a line: no list of processes then shows a login in it",
    )
    parser.add_argument("--folder", metavar="F", help="put the sources into this folder of yours")
    parser.add_argument("--sample", action="store_true", help="add the bundled sample edition")
    parsing.add_forms(parser)


def run(args: argparse.Namespace) -> int:
    what = [*args.what, *_from_stdin(args.what)] if args.from_stdin else args.what
    if not what and not args.sample:
        raise UsageError("add what? Give addresses, files or folders, - for stdin, or --sample")
    with asking.library() as lib:
        try:
            code = report(arrivals(lib, what, args.folder, sample=args.sample), args.form)
        except SeveralFeeds as several:
            chosen = choose(several)
            code = report(arrivals(lib, [chosen], args.folder), args.form)
    if code == output.OK and any(without_login(each) != each for each in what):
        output.say(LOGIN_IS_NOT_KEPT)
    return code


LOGIN_IS_NOT_KEPT = (
    "The login in the address is kept nowhere: to have it sent again, put user and "
    'password_command under [source."ADDRESS"] into the settings (`broadsheet config`).'
)


def _from_stdin(what: list[str]) -> list[str]:
    """What the lines of stdin name. Raises UsageError if stdin is to be an article as well."""
    if "-" in what:
        raise UsageError("stdin is either names (--from-stdin) or an article (-): give one of them")
    lines = os.fsdecode(asking.stdin()).split("\n")
    return [line.removesuffix("\r") for line in lines if line.strip()]


def choose(several: SeveralFeeds) -> str:
    """The feed that a person at a terminal chooses of those a site has. Raises SeveralFeeds."""
    typed, _, feeds = several.args
    output.say(f"{typed} has several feeds:")
    for number, (title, url) in enumerate(feeds, 1):
        output.say(f"{number}. {title}: {url}")
    if not (output.on_terminal() and sys.stdin is not None and sys.stdin.isatty()):
        raise several
    output.say("Which one? Its number, or nothing to leave:")
    said = sys.stdin.readline().strip()
    if not (said.isascii() and said.isdigit() and 1 <= int(said[:6]) <= len(feeds)):
        raise several
    return str(feeds[int(said) - 1][1])


def arrivals(
    lib: Library, what: list[str], folder: str | None, *, sample: bool = False
) -> Iterator[Arrival]:
    """Everything that comes in. stdin is read only if it was named."""
    if sample:
        yield from lib.add_sample()
    if what:
        stdin = asking.stdin() if "-" in what else None
        yield from lib.add(what, folder=folder, stdin=stdin)


def report(arrived: Iterator[Arrival], form: str) -> int:
    """Print what became of each as it is committed, and sum up for a person."""
    form = output.streamed(form)
    counts: dict[str, int] = {}
    with output.Rows(form) as rows:
        for arrival in _or_choices(arrived, rows):
            counts[arrival.status] = counts.get(arrival.status, 0) + 1
            if form != "plain" and arrival.status == "refused":
                _complain(arrival, counts["refused"])
            number = f"{arrival.id:>6}" if arrival.id is not None else " " * 6
            called = arrival.title or arrival.guid or arrival.what or ""
            rows.put(
                arrival_record(arrival),
                f"{arrival.status:<8}",
                number,
                called,
                arrival.reason or "",
            )
    if form == "plain":
        said = ", ".join(f"{counts[status]} {status}" for status in STATUSES if status in counts)
        output.say(said or "There was nothing to add.")
    return output.SOME_FAILED if "refused" in counts else output.OK


def _or_choices(arrived: Iterator[Arrival], rows: output.Rows) -> Iterator[Arrival]:
    """What arrives. Where a site leaves a choice, a program gets it as a row of its own."""
    try:
        yield from arrived
    except SeveralFeeds as several:
        if rows.form != "plain":
            rows.put(choice_record(several))
        raise


COMPLAINTS = 20
"""Refusals named on stderr beside the data; a file of ten thousand bad lines is one complaint."""


def _complain(arrival: Arrival, number: int) -> None:
    if number <= COMPLAINTS:
        output.say(f"broadsheet: {arrival.what or arrival.title}: {arrival.reason}")
    elif number == COMPLAINTS + 1:
        output.say("broadsheet: and more, which the output names")


STATUSES = ("added", "updated", "skipped", "refused")


def arrival_record(arrival: Arrival) -> dict[str, Any]:
    """What became of one document: what was named, its source, and the article it is now."""
    return {
        "what": arrival.what,
        "source": arrival.source,
        "status": arrival.status,
        "id": arrival.id,
        "guid": arrival.guid,
        "title": arrival.title,
        "reason": arrival.reason,
    }


def choice_record(several: SeveralFeeds) -> dict[str, Any]:
    """A site that was not added because it has several feeds, one of which is to be named."""
    typed, _, feeds = several.args
    refused = Arrival("refused", what=typed, reason="it has several feeds: add the one you want")
    candidates = [{"title": title, "url": url} for title, url in feeds]
    return arrival_record(refused) | {"candidates": candidates}
