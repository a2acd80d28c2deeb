"""The intake as a process of its own: `add --jsonl` or `refresh --jsonl`, read line by line.

The reading process never works on foreign bytes and never waits on the network.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from reader import courtesy, paths
from reader.noun import Noun
from reader.text import safe

LINE_LIMIT = 1 << 20


class Arrived(Noun):
    """One line of the child: what became of one document."""

    status: str
    id: int | None
    title: str
    reason: str
    what: str = ""
    """What was named: all entries of a feed have its address here."""
    candidates: tuple[tuple[str, str], ...] = ()
    """The feeds of a site that has several, as (title, address): one of them is to be chosen."""


class Asked(Noun):
    """One line of a refresh: what came of one source."""

    id: int
    title: str
    new: int
    changed: int
    error: str | None


class Outcome(Noun):
    """How the child ended."""

    exit_code: int
    said: str
    """Its last word on stderr, which says why if something failed."""


class Child:
    """One running child. It commits as it goes, so ending it early loses nothing. It has a session
    of its own and only pipes: whatever becomes of it, the terminal is never its."""

    module = "reader"
    """What it runs; words are the verbs of `reader`."""
    steps_back = False
    """Does it leave the processor to whoever reads meanwhile?"""

    def __init__(self, home: Path | None = None) -> None:
        self._home = home
        self._process: asyncio.subprocess.Process | None = None

    @property
    def running(self) -> bool:
        return self._process is not None and self._process.returncode is None

    async def run(
        self,
        words: Sequence[str],
        took: Callable[[dict[str, Any]], None],
        stdin: bytes | None = None,
    ) -> Outcome:
        """Run a verb; `took` is called for each record as it is printed."""
        environment = dict(os.environ)
        if self._home is not None:
            environment["BROADSHEET_HOME"] = str(self._home)
        process = self._process = await asyncio.create_subprocess_exec(
            *paths.child(self.module),
            *words,
            stdin=asyncio.subprocess.PIPE if stdin is not None else asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            env=environment,
            limit=LINE_LIMIT,
            start_new_session=True,
        )
        if self.steps_back:
            courtesy.step_back(process.pid)
        if process.stdout is None or process.stderr is None:
            raise RuntimeError("the child has no pipes")
        feeding = asyncio.ensure_future(_feed(process, stdin))
        talking = asyncio.ensure_future(process.stderr.read())
        async for line in process.stdout:
            if (record := _record(line)) is not None:
                took(record)
        await feeding
        said = safe.prose((await talking).decode("utf-8", "replace")).strip()
        code = await process.wait()
        return Outcome(code, safe.line(said.splitlines()[-1] if said else ""))

    def end(self) -> None:
        """Stop the child, if it still runs."""
        if self._process is not None and self._process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                self._process.terminate()


class Intake(Child):
    """The child that adds."""

    async def add(
        self,
        arguments: Sequence[str],
        arrived: Callable[[Arrived], None],
        stdin: bytes | None = None,
    ) -> Outcome:
        """Run `add` with `arguments`; `arrived` is called for each document as it is kept."""
        words = ("add", "--jsonl", *arguments)
        return await self.run(words, lambda record: arrived(_document(record)), stdin)


class Refresher(Child):
    """The child that asks sources what is new."""

    steps_back = True

    async def refresh(self, sources: Sequence[str], asked: Callable[[Asked], None]) -> Outcome:
        """Ask these sources, or what is due; `asked` is called as each is done with."""

        def took(record: dict[str, Any]) -> None:
            if (source := _source(record)) is not None:
                asked(source)

        return await self.run(("refresh", "--jsonl", "--compare", "--", *sources), took)


class Comparer(Child):
    """The child that puts into stories what there was no time for when it came."""

    module = "reader.intake.comparing"
    steps_back = True

    async def compare(self) -> Outcome:
        """Compare all that is left."""
        return await self.run((), lambda record: None)


class PageFetcher(Child):
    """The child that fetches the page of one article."""

    async def fetch(self, article_id: int) -> tuple[Arrived | None, Outcome]:
        """Fetch its page; what became of it, and how the child ended."""
        came: list[Arrived] = []
        words = ("fetch", "--jsonl", "--", str(article_id))
        outcome = await self.run(words, lambda record: came.append(_document(record)))
        return (came[0] if came else None), outcome


class Saver(Child):
    """The child that writes an article to a file."""

    async def save(self, article_id: int, file: Path, *, force: bool = False) -> Outcome:
        """Write it, in the form that the name of the file says; `force`: over what is there."""
        over = ("--force",) if force else ()
        words = ("export", "--json", *over, "-o", str(file), "--", str(article_id))
        return await self.run(words, lambda record: None)


class PictureGetter(Child):
    """The child that fetches the pictures of an article, and has them decoded."""

    module = "reader.pictures.getting"


class Voice(Child):
    """The child that reads an article aloud."""

    def __init__(self, home: Path | None = None) -> None:
        super().__init__(home)
        self.silenced = False
        """Was it told to be silent?"""

    async def speak(self, article_id: int, block: int, heard: Callable[[int], None]) -> Outcome:
        """Read an article aloud from a block on; `heard` is called with each as it begins."""
        self.silenced = False

        def took(record: dict[str, Any]) -> None:
            if isinstance(at := record.get("block"), int):
                heard(at)

        words = ("speak", "--jsonl", "--block", str(block), "--", str(article_id))
        return await self.run(words, took)

    def silence(self) -> None:
        """Stop it."""
        self.silenced = True
        self.end()


async def _feed(process: asyncio.subprocess.Process, stdin: bytes | None) -> None:
    if stdin is None or process.stdin is None:
        return
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):
        process.stdin.write(stdin)
        await process.stdin.drain()
    process.stdin.close()


def _record(line: bytes) -> dict[str, Any] | None:
    try:
        record = json.loads(line)
    except ValueError:
        return None
    return record if isinstance(record, dict) else None


def _document(record: dict[str, Any]) -> Arrived:
    article_id = record.get("id")
    title = record.get("title") or record.get("what") or ""
    return Arrived(
        status=str(record.get("status") or ""),
        id=article_id if isinstance(article_id, int) else None,
        title=safe.line(str(title)),
        reason=safe.line(str(record.get("reason") or "")),
        what=str(record.get("what") or ""),
        candidates=tuple(
            (safe.line(str(each.get("title") or "")), str(each["url"]))
            for each in record.get("candidates") or ()
            if isinstance(each, dict) and each.get("url")
        ),
    )


def _source(record: dict[str, Any]) -> Asked | None:
    source_id = record.get("id")
    if not isinstance(source_id, int):
        return None
    return Asked(
        id=source_id,
        title=safe.line(str(record.get("title") or record.get("url") or "")),
        new=_number(record.get("new")),
        changed=_number(record.get("changed")),
        error=safe.line(str(record["error"])) if record.get("error") else None,
    )


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0
