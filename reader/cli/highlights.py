"""`broadsheet highlights`: the pieces of articles that the person highlighted."""

from __future__ import annotations

import argparse

from reader.cli import asking, output, parsing
from reader.errors import NothingFound, UsageError

EPILOG = (
    "Highlights are made in the reading room: v on the page, then h, or n with a note. They go out "
    "with `export` and come back with `import`."
)

MOST_DIGITS = 19
"""More are no number that SQLite keeps."""


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "what", nargs="*", metavar="ID|QUERY", help="only those of one article, or of some"
    )
    parser.add_argument(
        "--remove", nargs="+", metavar="NUMBER", help="take highlights away, by their numbers"
    )
    parser.add_argument(
        "--note",
        nargs=2,
        metavar=("NUMBER", "TEXT"),
        help="write a note to a highlight; an empty one takes it off",
    )
    parsing.add_forms(parser)


def run(args: argparse.Namespace) -> int:
    from reader.exchange.records import highlight_record
    from reader.model import View

    if args.remove:
        return _remove(args)
    if args.note:
        return _note(args)
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
    numbers = [_number(each) for each in (*args.remove, *args.what)]
    with asking.library() as lib:
        output.done(args.form, lib.unhighlight(numbers), highlights=numbers)
    return output.OK


def _note(args: argparse.Namespace) -> int:
    number = _number(args.note[0])
    with asking.library() as lib:
        output.done(args.form, lib.note_highlight(number, args.note[1]), highlights=[number])
    return output.OK


def _number(word: str) -> int:
    if not (word.isdecimal() and word.isascii() and len(word) < MOST_DIGITS):
        raise UsageError(f"a highlight has a number, not '{word}': `broadsheet highlights`")
    return int(word)
