"""`broadsheet front`: the front page in words."""

from __future__ import annotations

import argparse
import shutil
from typing import TYPE_CHECKING

from reader.cli import asking, output, parsing

if TYPE_CHECKING:
    from reader.library import Library
    from reader.model import FrontPage, FrontStory

EPILOG = (
    "A story leaves the page once the article of its headline was read, unless another tells twice "
    "as much, or when it has become old (`front_days` in config.toml). Visits are those "
    "to the reading room; to list here is none."
)
PERIODS = {
    "since": "what came since the last visit (if nothing else is said)",
    "today": "what came today",
    "week": "what came in the last seven days",
}
WIDEST_CELLS, NARROWEST_CELLS = 76, 30
SUMMARY_LINES = 2


def arguments(parser: argparse.ArgumentParser) -> None:
    period = parser.add_mutually_exclusive_group()
    for name, help_text in PERIODS.items():
        period.add_argument(
            f"--{name}", dest="period", action="store_const", const=name, help=help_text
        )
    parser.set_defaults(period="since")
    parser.add_argument(
        "-n", "--limit", type=asking.how_many, default=50, help="how many at most (50; 0: all)"
    )
    parsing.add_forms(parser)


def run(args: argparse.Namespace) -> int:
    from reader.exchange.records import front_record, front_story_record

    with asking.library() as lib:
        page = lib.front(args.period, args.limit or None, counted=True)
        found = lib.summaries([story.named_by for story in page.stories])
        said = {id: summary.text for id, summary in found.items()}
        if args.form == "plain":
            _print(lib, page, said)
        elif args.form == "json":
            output.one("json", lambda: front_record(page, said), str)
        else:
            with output.Rows("jsonl") as rows:
                for story in page.stories:
                    rows.put(front_story_record(story, said))
    return output.OK


def _print(lib: Library, page: FrontPage, said: dict) -> None:  # type: ignore[type-arg]
    from reader import clock
    from reader.text import frontwords

    since = frontwords.since_in_words(page, clock.now())
    if not page.stories:
        feeds = lib.feeds()
        no_feeds = "There are no articles yet: `broadsheet add WHAT…` brings the first."
        said_so = asking.feeds_wait(feeds) if feeds else no_feeds
        output.say(f"{since}: nothing new. Done." if lib.counts().all else said_so)
        return
    width = max(NARROWEST_CELLS, min(WIDEST_CELLS, shutil.get_terminal_size().columns - 2))
    extent = frontwords.extent_in_words(len(page.stories), page.minutes)
    lines = [since, extent, "─" * 12]
    for story in page.stories:
        lines += ["", *_story(story, said.get(story.named_by, ""), width)]
    more = frontwords.more_in_words(page.more, "`-n 0` lists all")
    lines += ["", "─" * 12, f"That is all{f'; {more}' if more else ''}."]
    output.write("\n".join(lines) + "\n")


def _story(story: FrontStory, summary: str, width_cells: int) -> list[str]:
    from reader import clock
    from reader.text import frontwords, safe
    from reader.text.width import cells, clamp, wrap

    facts = filter(
        None,
        (
            frontwords.sources_in_words(story),
            frontwords.story_in_words(story),
            frontwords.age_in_words(story, clock.now()).replace(" ", "\u00a0"),
        ),
    )
    lines = [
        *wrap(safe.line(story.title), width_cells),
        *wrap(safe.line(" · ".join(facts)), width_cells),
    ]
    lines += [
        f"  {line}" for line in clamp(safe.line(summary, 1_000), width_cells - 2, SUMMARY_LINES)
    ]
    how = f"  broadsheet read {story.article}"
    return [*lines, how] if cells(how) <= width_cells else lines
