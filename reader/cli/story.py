"""`broadsheet story`: one story, and the person's word on what belongs to it."""

from __future__ import annotations

import argparse

from reader.cli import asking, output, parsing
from reader.cli.rows import headline_cells, wrapped
from reader.errors import NothingFound, UsageError
from reader.library import Library

EPILOG = "What you part or merge stays so, whatever arrives; `broadsheet undo` takes it back."


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("id", metavar="STORY", help="number, as `broadsheet stories` shows it")
    change = parser.add_mutually_exclusive_group()
    change.add_argument(
        "--split", metavar="ARTICLE", help="take this article of the story out of it"
    )
    change.add_argument("--merge", metavar="STORY", help="take the articles of this story into it")
    parsing.add_forms(parser)


def run(args: argparse.Namespace) -> int:
    number = story_number(args.id)
    with asking.library() as lib:
        if args.split is not None:
            _split(lib, number, args)
        elif args.merge is not None:
            _merge(lib, number, args)
        else:
            _show(lib, number, args.form)
    return output.OK


def _show(lib: Library, number: int, form: str) -> None:
    from reader.exchange.records import digest_record, story_record

    story = lib.story(number)
    summary, phrases = lib.story_digest(story)
    if form != "plain":
        output.one(form, lambda: story_record(story) | digest_record(summary, phrases), str)
        return
    output.line(story.label)
    if summary.text and output.on_terminal():
        for text in wrapped(summary.text):
            output.line(text)
    for member in story.members:
        output.line(*headline_cells(member))


def _split(lib: Library, number: int, args: argparse.Namespace) -> None:
    article = asking.article_id(args.split)
    if article not in {member.id for member in lib.story(number).members}:
        raise NothingFound(f"there is no article {article} in story {number}")
    sentence = lib.split(article)
    output.done(args.form, sentence, id=number, article=article, story=_story_of(lib, article))


def _merge(lib: Library, number: int, args: argparse.Namespace) -> None:
    other = story_number(args.merge)
    if other == number:
        raise UsageError(f"story {number} cannot be merged with itself")
    for each in (number, other):
        lib.story(each)
    output.done(args.form, lib.merge(number, other), id=number, merged=other)


def _story_of(lib: Library, article: int) -> int | None:
    return next((headline.story for headline in lib.headlines([article])), None)


def story_number(word: str) -> int:
    """The number of a story as a person types it. Raises UsageError."""
    if not (word.isascii() and word.isdigit() and len(word) < 19):
        raise UsageError(
            f"'{word}' is not a story: `broadsheet stories` shows their numbers in its first column"
        )
    return int(word)
