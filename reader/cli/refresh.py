"""`broadsheet refresh`: ask the sources what is new."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from reader.cli import asking, output, parsing

if TYPE_CHECKING:
    from reader.model import Outcome

EPILOG = (
    "Without SOURCE, what is due is asked: when that is follows what a source publishes and what "
    "its server says. A SOURCE (id, address or title) is asked though it is not due, but not while "
    "its host wants to be left alone. Each line is true when it is printed: its articles are "
    "committed. One refresh runs at a time; one that is ended goes on the next time."
)


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "source", nargs="*", metavar="SOURCE", help="a source's id, address or title"
    )
    parser.add_argument(
        "--force",
        action="store_true",
        help="ask although it is not due, and although a host wants to be left alone",
    )
    parser.add_argument(
        "--compare",
        action="store_true",
        help="put all that came into stories before ending, however long that takes",
    )
    parsing.add_forms(parser)


def run(args: argparse.Namespace) -> int:
    form = output.streamed(args.form)
    counts = {"new": 0, "changed": 0, "sources": 0, "failed": 0}
    with asking.library() as lib, output.Rows(form) as rows:
        for outcome in lib.refresh(args.source, args.force, compare=args.compare):
            counts["sources"] += 1
            counts["new"] += outcome.new
            counts["changed"] += outcome.changed
            counts["failed"] += outcome.status in FAILED
            rows.put(outcome_record(outcome), *_cells(outcome))
        waiting = lib.storyless() if form == "plain" else 0
    if form == "plain":
        output.say(_sum(**counts))
    if waiting:
        output.say(still_waiting(waiting))
    return output.SOME_FAILED if counts["failed"] else output.OK


FAILED = ("error", "gone")


def still_waiting(count: int) -> str:
    """What to say of articles that there was no time to compare."""
    are = "article is" if count == 1 else "articles are"
    return (
        f"{count:,} {are} not in a story yet, the oldest: the next refresh goes on with them, "
        "`broadsheet refresh --compare` does it at once."
    )


def outcome_record(outcome: Outcome) -> dict[str, Any]:
    """What came of one source."""
    return {
        "id": outcome.id,
        "url": outcome.url,
        "title": outcome.title,
        "status": outcome.status,
        "new": outcome.new,
        "changed": outcome.changed,
        "error": outcome.error,
        "next": outcome.next.isoformat() if outcome.next else None,
        "moved_to": outcome.moved_to,
    }


def _cells(outcome: Outcome) -> tuple[str, ...]:
    came = f"{outcome.new} new" if outcome.new else ""
    if outcome.changed:
        came = ", ".join(filter(None, (came, f"{outcome.changed} changed")))
    moved = f"moved to {outcome.moved_to}" if outcome.moved_to else ""
    said = outcome.error or moved or ""
    return f"{outcome.status:<9}", f"{outcome.id:>4}", outcome.title, came, said


def _sum(new: int, changed: int, sources: int, failed: int) -> str:
    if not sources:
        return "Nothing is due: `broadsheet sources` shows when what is, --force asks all the same."
    said = f"{sources} asked: {new} new, {changed} changed"
    return f"{said}, {failed} failed" if failed else said
