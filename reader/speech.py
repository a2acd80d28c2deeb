"""An article read aloud, paragraph by paragraph, by a program of the system.

No shell; the text goes in on stdin, or as one argument after `--`. Who is spoken to may stop it at
any moment: only the child that speaks is ended.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reader.errors import BroadsheetError
from reader.model import Article
from reader.text import safe
from reader.text.dates import when

LONGEST_CHARACTERS = 5_000
"""Of one piece that is said at once: minutes; and less than what one argument may hold."""
LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})?")
INSTALL = (
    "no program that speaks was found: install speech-dispatcher (spd-say) or espeak-ng, "
    'or name one in config.toml: speaker = ["piper-say"]'
)


class SpeechError(BroadsheetError):
    """It could not be read aloud. Fact: cause with its cure."""


@dataclass(frozen=True, slots=True)
class Way:
    """How a program is made to speak."""

    name: str
    words: tuple[str, ...] = ()
    language: tuple[str, ...] = ()
    """What stands before the language; empty where it takes none."""
    as_argument: bool = False
    """The text follows as an argument after `--`, and does not go in on stdin."""
    hush: tuple[str, ...] = ()
    """What silences it, where to end the child is not enough."""


WAYS = (
    Way("spd-say", ("--wait",), ("--language",), as_argument=True, hush=("--cancel",)),
    Way("espeak-ng", ("--stdin",), ("-v",)),
    Way("espeak", ("--stdin",), ("-v",)),
    Way("say", ("-f", "-")),
)
"""The person's own speech dispatcher first: it has the voice and the pace they chose."""


@dataclass(frozen=True, slots=True)
class Piece:
    """What is said at once, and the block of the text it is from; None before the text begins."""

    text: str
    block: int | None


def pieces(article: Article) -> list[Piece]:
    """An article as it is said: what it is, then its paragraphs."""
    from reader.text.markdown import blocks
    from reader.text.spoken import passages

    headline = article.headline
    facts = [headline.site or headline.source]
    facts += [f"By {', '.join(article.authors)}"] if article.authors else []
    facts += [when(headline.published)] if headline.published else []
    said = [Piece(f"{safe.line(headline.title)}.", None), Piece(f"{'. '.join(facts)}.", None)]
    for passage in passages(blocks(article.markdown)):
        text = safe.line(passage.lead + passage.text, cap=1_000_000)
        said += [Piece(part, passage.block) for part in _short(text)]
    return said


def piece_of(said: Sequence[Piece], block: int) -> int:
    """The first piece that is of a block, or follows it."""
    found = (at for at, each in enumerate(said) if each.block is not None and each.block >= block)
    return next(found, 0) if block > 0 else 0


class Speaker:
    """A program that speaks, found when this is made. Raises SpeechError if there is none."""

    def __init__(self, language: str | None = None, told: Sequence[str] = ()) -> None:
        """`told`: a program of the person's own with its words; it gets the text on stdin."""
        self._way, self._path = _found(told)
        fits = bool(self._way.language and language and LANGUAGE.fullmatch(language))
        self._language = (*self._way.language, language or "") if fits else ()
        self._child: subprocess.Popen[bytes] | None = None

    @property
    def name(self) -> str:
        return self._way.name

    def say(self, text: str) -> None:
        """Say it, and wait until it was said. Raises SpeechError."""
        code, cause = self._run(text)
        if code and self._language:
            self._language = ()  # no voice for this language is better than no voice
            code, cause = self._run(text)
        if code > 0:
            raise SpeechError(f"{self.name} could not speak ({cause or f'it ended with {code}'})")

    def stop(self) -> None:
        """Be silent now."""
        if self._child is None or self._child.poll() is not None:
            return
        self._child.terminate()
        try:
            self._child.wait(1)
        except subprocess.TimeoutExpired:
            self._child.kill()
            self._child.wait()
        if self._way.hush:
            with contextlib.suppress(OSError, subprocess.SubprocessError):
                subprocess.run(
                    [self._path, *self._way.hush],
                    stdin=subprocess.DEVNULL,
                    capture_output=True,
                    timeout=2,
                    check=False,
                )

    def _run(self, text: str) -> tuple[int, str]:
        tail = ("--", text) if self._way.as_argument else ()
        try:
            self._child = subprocess.Popen(
                [self._path, *self._way.words, *self._language, *tail],
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
            )
        except OSError as error:
            raise SpeechError(f"cannot start {self.name}: {error.strerror or error}") from error
        given = None if tail else f"{text}\n".encode()
        _, complaint = self._child.communicate(given)
        lines = complaint.decode("utf-8", "replace").strip().splitlines()
        return self._child.returncode, safe.line(lines[-1] if lines else "")


def _found(told: Sequence[str]) -> tuple[Way, str]:
    if told:
        path = shutil.which(os.path.expanduser(told[0]))
        if path is None:
            raise SpeechError(f"the speaker of your settings is not there: {told[0]}")
        return Way(os.path.basename(told[0]), tuple(told[1:])), path
    for way in WAYS:
        if path := shutil.which(way.name):
            return way, path
    raise SpeechError(INSTALL)


def _short(text: str) -> Iterator[str]:
    """A text in pieces that are not too long, parted between sentences where there are some."""
    from reader.text.sentences import sentences

    if len(text) <= LONGEST_CHARACTERS:
        yield from [text] if text.strip() else []
        return
    piece = ""
    for start, end in sentences(text):
        for at in range(start, end, LONGEST_CHARACTERS):
            part = text[at : min(end, at + LONGEST_CHARACTERS)]
            if piece and len(piece) + len(part) >= LONGEST_CHARACTERS:
                yield piece
                piece = ""
            piece = f"{piece} {part}".strip()
    if piece:
        yield piece
