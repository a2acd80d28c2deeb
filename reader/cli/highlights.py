"""`broadsheet highlights`: the pieces of articles that the person highlighted."""

from __future__ import annotations

import argparse

from reader.cli import asking, output, parsing
from reader.errors import NothingFound, UsageError

EPILOG = (
    "Highlights are made in the reading room: v on the page, then h, or n with a note. They go out "
    "with `export` and come back with `import`."
)


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "what", nargs="*", metavar="ID|QUERY", help="only those of one article, or of some"
    )
    parser.add_argument(
        "--remove", nargs="+", metavar="NUMBER", help="take highlights away, by their numbers"
    )
    parsing.add_forms(parser)


def run(args: argparse.Namespace) -> int:
    from reader.exchange.records import highlight_record
    from reader.model import View

    if args.remove:
        return _remove(args)
    with asking.library() as lib, output.Rows(args.form) as rows:
        if len(args.what) == 1 and args.what[0].isdecimal():
            id = asking.article_id(args.what[0])
            lib.article(id)
            found = lib.highlights(id)
        else:
            found = lib.highlights()
            view = asking.view_of(args.what)
            if view != View("all"):
                wanted = set(lib.ids(view))
                found = [each for each in found if each.article in wanted]
        titles = {each.id: each.title for each in lib.headlines({each.article for each in found})}
        for each in found:
            title = titles.get(each.article, "")
            rows.put(
                highlight_record(each) | {"title": title},
                f"{each.id:>4}",
                f"{each.article:>6}",
                title,
                "“" + " ".join(each.marked.quote.split()) + "”",
                each.marked.note or "",
            )
        if not rows.count:
            if args.what:
                raise NothingFound(f"nothing is highlighted in {' '.join(args.what)}")
            if args.form == "plain":
                output.say("Nothing is highlighted yet: v on the page, then h.")
    return output.OK


def _remove(args: argparse.Namespace) -> int:
    numbers = [*args.remove, *args.what]
    if wrong := [each for each in numbers if not (each.isdecimal() and each.isascii())]:
        raise UsageError(f"a highlight has a number, not '{wrong[0]}': `broadsheet highlights`")
    with asking.library() as lib:
        output.done(args.form, lib.unhighlight(map(int, numbers)), highlights=[*map(int, numbers)])
    return output.OK
