"""`broadsheet similar`: what is like an article, and why."""

from __future__ import annotations

import argparse

from reader.cli import asking, output, parsing
from reader.cli.summaries import Summaries
from reader.errors import UsageError


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "id", nargs="?", metavar="ID", help="broadsheet's id, as `broadsheet list` shows it"
    )
    parser.add_argument("-n", "--limit", type=asking.how_many, default=10, help="how many (10)")
    parser.add_argument(
        "--every", action="store_true", help="the articles like each article, one line for each"
    )
    parsing.add_forms(parser)


def run(args: argparse.Namespace) -> int:
    if args.every == bool(args.id):
        raise UsageError("similar takes one ID, or --every")
    return _every(args) if args.every else _one(args)


def _one(args: argparse.Namespace) -> int:
    from reader.exchange.records import similar_record

    with asking.library() as lib, output.Rows(args.form) as rows:
        article = lib.article(asking.article_id(args.id)).headline
        lib.make_findable()
        found = lib.similar(article.id, limit=args.limit)
        told = Summaries(lib).of([like.headline for like in found])
        for like, said in zip(found, told, strict=True):
            rows.put(
                similar_record(like, said),
                f"{like.headline.id:>6}",
                f"{like.score:.2f}",
                str(like.closeness),
                like.headline.title,
                like.headline.source,
                ", ".join(like.reason),
            )
        if not rows.count and args.form == "plain":
            output.say(f"Nothing in the cache is like: {article.title}")
    return output.OK


def _every(args: argparse.Namespace) -> int:
    from reader.exchange.records import similar_record

    form = output.streamed(args.form)
    with asking.library() as lib, output.Rows(form) as rows:
        summaries = Summaries(lib)
        for headline, found in lib.similar_every(args.limit):
            told = summaries.of([each.headline for each in found])
            like = [similar_record(each, said) for each, said in zip(found, told, strict=True)]
            best = ", ".join(f"{each.headline.id} ({each.score:.2f})" for each in found)
            rows.put(
                {"id": headline.id, "guid": headline.guid, "similar": like},
                f"{headline.id:>6}",
                headline.title,
                best,
            )
    return output.OK
