"""Many fragments of HTML rendered at once, in processes of their own.

Items of a feed are short: asking a child for each would cost as much as the work. So a batch goes
over at a time, and only if it ends its child are its fragments sent one by one, and the one that
does it again is read in the cheapest way, as text without tags.
"""

import html
import json
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Self

from reader import confined
from reader.model import Document

BATCH = 40
"""Fragments to a batch at most."""
BATCH_CHARS = 1_000_000
"""A batch is closed at this length, so that one child need not hold much."""
CPU_SECONDS = 2.6
HURRIED_CPU_SECONDS = 1.0
HURRIED_CHARS = 400_000
LANGUAGE_PROBE_CHARS = 5_000


@dataclass(frozen=True, slots=True)
class Fragment:
    """A piece of HTML, or of plain text, and what its addresses are relative to."""

    source: str
    base: str | None = None
    is_plain: bool = False


@dataclass(frozen=True, slots=True)
class Rendered:
    """A fragment as the cache keeps it. Both texts have passed the gate."""

    markdown: str
    text: str
    language: str | None = None
    warning: str | None = None
    """`not-cleaned` if only its words could be had."""


class Fragments:
    """Renders fragments in child processes. Close it, or use it as a context manager."""

    def __init__(self, processes: int = 1) -> None:
        self._pool = confined.Pool("reader.clean.fragments", processes)

    def render_many(self, fragments: Iterable[Fragment]) -> Iterator[Rendered]:
        """What becomes of each, in order. Never raises for any fragment."""
        at_once = self._pool.size
        with ThreadPoolExecutor(at_once, thread_name_prefix="fragments") as threads:
            waiting: deque[Future[list[Rendered]]] = deque()
            try:
                for batch in _batches(fragments):
                    waiting.append(threads.submit(self.render, batch))
                    if len(waiting) > 2 * at_once:
                        yield from waiting.popleft().result()
                while waiting:
                    yield from waiting.popleft().result()
            finally:
                for future in waiting:
                    future.cancel()

    def render(self, batch: list[Fragment]) -> list[Rendered]:
        """One batch."""
        if not any(each.source.strip() for each in batch):
            return [Rendered("", "")] * len(batch)
        told = self._ask(batch, "render", CPU_SECONDS)
        if told is None and len(batch) > 1:
            return [rendered for each in batch for rendered in self.render([each])]
        if told is None:
            told = self._ask(batch, "hurried", HURRIED_CPU_SECONDS)
        return told or [Rendered("", "", warning="not-cleaned")] * len(batch)

    def _ask(self, batch: list[Fragment], task: str, cpu_seconds: float) -> list[Rendered] | None:
        told = json.dumps([[each.source, each.base, each.is_plain] for each in batch])
        document = Document(told.encode("ascii"))
        answer, _ = self._pool.ask(document, {"task": task}, cpu_seconds)
        return [Rendered(*each) for each in answer["rendered"]] if answer else None

    def close(self) -> None:
        """End the children."""
        self._pool.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _batches(fragments: Iterable[Fragment]) -> Iterator[list[Fragment]]:
    batch: list[Fragment] = []
    chars = 0
    for fragment in fragments:
        batch.append(fragment)
        chars += len(fragment.source)
        if len(batch) >= BATCH or chars > BATCH_CHARS:
            yield batch
            batch, chars = [], 0
    if batch:
        yield batch


def _answer(document: Document, head: dict[str, Any]) -> dict[str, Any]:
    render = _hurried if head["task"] == "hurried" else _render
    return {"rendered": [render(*each) for each in json.loads(document.body)]}


def _render(source: str, base: str | None, is_plain: bool) -> list[Any]:
    from reader.clean import fragment, tree
    from reader.text.terms import language_of

    warning = "truncated" if len(source) > tree.HTML_CAP else None
    source = source[: tree.HTML_CAP]
    markdown, text = fragment.plain(source) if is_plain else fragment.render(source, base)
    return [markdown, text, language_of(text[:LANGUAGE_PROBE_CHARS]), warning]


def _hurried(source: str, base: str | None, is_plain: bool) -> list[Any]:
    from reader.clean import fragment, tree

    words = html.unescape(tree.TAG.sub(" ", source[:HURRIED_CHARS]))
    return [*fragment.plain(words), None, "not-cleaned"]


if __name__ == "__main__":
    confined.serve(_answer)
