"""`broadsheet speak`: an article read aloud."""

from __future__ import annotations

import argparse
import contextlib
import signal
from collections.abc import Callable
from types import FrameType
from typing import TYPE_CHECKING

from reader import speech
from reader.cli import asking, output, parsing
from reader.errors import CacheError, UsageError
from reader.model import Anchor, Article

if TYPE_CHECKING:
    from reader.library import Library

EPILOG = (
    "It speaks through spd-say, espeak-ng, espeak or say, the first of them that is installed, or "
    "through the program that `speaker` in config.toml names. Ctrl-C stops it. How far it came is "
    "kept: --on goes on from there, or from where you stopped reading."
)


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("id", metavar="ID", help="broadsheet's id, as `broadsheet list` shows it")
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--on", action="store_true", help="go on where the article was left")
    where.add_argument(
        "--block", metavar="N", help="begin with block N of the text (0 is the first)"
    )
    parsing.add_forms(parser)


def run(args: argparse.Namespace) -> int:
    with asking.library() as lib, output.Rows(args.form) as rows:
        article = lib.article(asking.article_id(args.id))
        block = _block(args.block)
        if args.on and (place := lib.position(article.id)) is not None:
            block = place.block
        signal.signal(signal.SIGTERM, _stopped)
        aloud(
            lib,
            article,
            block,
            lambda piece: rows.put({"block": piece.block, "text": piece.text}, piece.text),
        )
    return output.OK


def aloud(lib: Library, article: Article, block: int, told: Callable[[speech.Piece], None]) -> None:
    """Read an article aloud from a block on; `told` is called with each piece before it is said.
    Raises SpeechError; and what stops it, once there is silence."""
    from reader import config

    speaker = speech.Speaker(article.language, config.load().speaker)
    said = speech.pieces(article)
    try:
        for piece in said[speech.piece_of(said, block) :]:
            told(piece)
            if piece.block is not None:
                _keep(lib, article, piece.block)
            speaker.say(piece.text)
        _keep(lib, article, 0)
    finally:
        speaker.stop()


def _stopped(number: int, frame: FrameType | None) -> None:
    raise SystemExit(128 + number)


def _keep(lib: Library, article: Article, block: int) -> None:
    """Note how far it came, as far as that can be noted."""
    from reader.text.layout import QUOTE_LETTERS
    from reader.text.markdown import blocks

    if lib.readonly:
        return
    text = blocks(article.markdown)
    quote = text[block].plain[:QUOTE_LETTERS] if 0 < block < len(text) else ""
    with contextlib.suppress(CacheError):  # somebody else is writing: a place lost, no sentence
        lib.keep_position(article.id, Anchor(block, 0, quote))


def _block(word: str | None) -> int:
    if word is None:
        return 0
    if not (word.isascii() and word.isdigit() and len(word) < 9):
        raise UsageError(f"'{word}' is not the number of a block")
    return int(word)
