"""`broadsheet stories`: what happened, each event once."""

from __future__ import annotations

import argparse

from reader.cli import asking, output, parsing
from reader.errors import NothingFound
from reader.model import Story

EPILOG = (
    "With a QUERY: the stories that one of the articles it finds is in. "
    "Every article is in one story, though it may be alone there."
)


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("query", nargs="*", metavar="QUERY", help=asking.QUERY_HELP)
    parser.add_argument(
        "--all", action="store_true", help="whatever their age, not those of the last week alone"
    )
    parser.add_argument(
        "-n", "--limit", type=asking.how_many, default=0, help="how many at most (0: all of them)"
    )
    parsing.add_forms(parser)


def run(args: argparse.Namespace) -> int:
    from reader.exchange.records import story_record

    view = asking.view_of(args.query)
    with asking.library() as lib, output.Rows(args.form) as rows:
        found = lib.stories(view, every=args.all)
        for story in found[: args.limit or None]:
            people = args.form == "plain"
            rows.put(story_record(story), *(story_cells(story) if people else ()))
        if not found:
            older = "" if args.all else " in the last week: `--all` lists those of any age"
            if view.kind == "query":
                raise NothingFound(f"no story matches: {view.value}{older}")
            if args.form == "plain":
                output.say(f"There are no stories{older}.")
    return output.OK


def story_cells(story: Story) -> tuple[str, ...]:
    """Number, what is new in it, its label, who tells it."""
    sources = list(dict.fromkeys(member.site or member.source for member in story.members))
    count = len(story.members)
    told_by = ", ".join(sources[:3]) + (f" and {len(sources) - 3} more" if sources[3:] else "")
    if not output.on_terminal():
        newest = next((m.published for m in reversed(story.members) if m.published), "")
        return str(story.id), str(story.new), str(count), newest, told_by, story.label
    articles = "1 article" if count == 1 else f"{count} articles"
    new = f"{story.new} new" if story.new else "read"
    return f"{story.id:>6}", story.label, f"({articles}, {new}: {told_by})"
