"""The intake as a process of its own: `broadsheet add --jsonl`, its lines read as they come.

The reading process never works on foreign bytes and never waits on the network.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from reader import paths
from reader.text import safe

LINE_LIMIT = 1 << 20


@dataclass(frozen=True, slots=True)
class Arrived:
    """One line of the child: what became of one document."""

    status: str
    id: int | None
    title: str
    reason: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """How the child ended."""

    exit_code: int
    said: str
    """Its last word on stderr, which says why if something failed."""


class Intake:
    """One running child. It commits article by article, so ending it early loses nothing."""

    def __init__(self, home: Path | None = None) -> None:
        self._home = home
        self._process: asyncio.subprocess.Process | None = None

    @property
    def running(self) -> bool:
        return self._process is not None and self._process.returncode is None

    async def add(
        self,
        arguments: Sequence[str],
        arrived: Callable[[Arrived], None],
        stdin: bytes | None = None,
    ) -> Outcome:
        """Run `add` with `arguments`; `arrived` is called for each document as it is kept."""
        environment = dict(os.environ)
        if self._home is not None:
            environment["BROADSHEET_HOME"] = str(self._home)
        process = self._process = await asyncio.create_subprocess_exec(
            *paths.child("reader"),
            "add",
            "--jsonl",
            *arguments,
            stdin=asyncio.subprocess.PIPE if stdin is not None else asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            env=environment,
            limit=LINE_LIMIT,
            start_new_session=True,
        )
        if process.stdout is None or process.stderr is None:
            raise RuntimeError("the child has no pipes")
        feeding = asyncio.ensure_future(_feed(process, stdin))
        talking = asyncio.ensure_future(process.stderr.read())
        async for line in process.stdout:
            if (document := _document(line)) is not None:
                arrived(document)
        await feeding
        said = safe.prose((await talking).decode("utf-8", "replace")).strip()
        code = await process.wait()
        return Outcome(code, safe.line(said.splitlines()[-1] if said else ""))

    def end(self) -> None:
        """Stop the child, if it still runs."""
        if self._process is not None and self._process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                self._process.terminate()


async def _feed(process: asyncio.subprocess.Process, stdin: bytes | None) -> None:
    if stdin is None or process.stdin is None:
        return
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):
        process.stdin.write(stdin)
        await process.stdin.drain()
    process.stdin.close()


def _document(line: bytes) -> Arrived | None:
    try:
        record = json.loads(line)
    except ValueError:
        return None
    if not isinstance(record, dict):
        return None
    article_id = record.get("id")
    title = record.get("title") or record.get("what") or ""
    return Arrived(
        status=str(record.get("status") or ""),
        id=article_id if isinstance(article_id, int) else None,
        title=safe.line(str(title)),
        reason=safe.line(str(record.get("reason") or "")),
    )
