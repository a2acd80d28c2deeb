"""Cleaning in a process of its own, so that no document can stop, stall or swell the reader.

A document that ends its child is tried once more in a fresh one, in the cheapest way there is for
its form; after that its record says `failed:` and why. Together both tries stay under 5 s of CPU
and 300 MB, the starts of the children included.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import asdict
from typing import Any, Self

from reader import confined
from reader.model import Cleaned, Document, Related

CPU_SECONDS = 2.6
"""For the first try at one document."""
HURRIED_CPU_SECONDS = 1.7
"""For the second and last."""

Work = tuple[Document, Mapping[int, int] | None]


class Cleaner:
    """Cleans documents in child processes. Close it, or use it as a context manager."""

    def __init__(self, processes: int = 1) -> None:
        self._pool = confined.Pool("reader.clean.worker", processes)
        self._children = self._pool.children

    def clean(self, document: Document, seen: Mapping[int, int] | None = None) -> Cleaned:
        """The article in `document`, as `reader.clean.clean` gives it. Never raises."""
        task = {"task": "clean", "seen": [[line, times] for line, times in (seen or {}).items()]}
        answer, cause = self._pool.ask(document, task, CPU_SECONDS)
        if answer is None:
            answer, again = self._pool.ask(document, {"task": "hurried"}, HURRIED_CPU_SECONDS)
            cause = cause if again is None else again
        if answer is None:
            return _failed(document, cause or "the cleaner gave no answer")
        return _cleaned(answer["cleaned"])

    def prints(self, document: Document) -> frozenset[int]:
        """`reader.clean.line_prints` of the document; empty if it cannot be read."""
        return self.site_lines(document)[1]

    def site_lines(self, document: Document) -> tuple[str | None, frozenset[int]]:
        """The site of a plain-text dump, by its address or by its own word, and its prints."""
        answer, _ = self._pool.ask(document, {"task": "prints"}, CPU_SECONDS)
        return (answer["site"], frozenset(answer["prints"])) if answer else (None, frozenset())

    def clean_many(self, works: Iterable[Work]) -> Iterator[Cleaned]:
        """The articles of many documents, in their order, several at a time."""
        at_once = self._pool.size
        with ThreadPoolExecutor(at_once, thread_name_prefix="cleaner") as pool:
            waiting: deque[Future[Cleaned]] = deque()
            try:
                for document, seen in works:
                    waiting.append(pool.submit(self.clean, document, seen))
                    if len(waiting) > 2 * at_once:
                        yield waiting.popleft().result()
                while waiting:
                    yield waiting.popleft().result()
            finally:
                for future in waiting:
                    future.cancel()

    def close(self) -> None:
        """End the children. The cleaner may be used again; it then starts new ones."""
        self._pool.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _cleaned(fields: dict[str, Any]) -> Cleaned:
    related = tuple(Related(**one) for one in fields.pop("related"))
    for name in ("authors", "warnings", "tags"):
        fields[name] = tuple(fields[name])
    return Cleaned(related=related, **fields)


def _failed(document: Document, cause: str) -> Cleaned:
    return Cleaned(document.title, "", "", "text", url=document.url, warnings=(f"failed: {cause}",))


def _answer(document: Document, head: dict[str, Any]) -> dict[str, Any]:
    from reader import clean

    if head["task"] == "prints":
        prints = clean.line_prints(document)
        return {"prints": sorted(prints), "site": clean.site_of(document) if prints else None}
    if head["task"] == "hurried":
        return {"cleaned": asdict(_hurried(document))}
    cleaned = clean.clean(document, dict(head["seen"]))
    if any(warning.endswith(" while cleaning") for warning in cleaned.warnings):
        # Want of memory shows as MemoryError, or as ImportError of what could not be loaded.
        raise MemoryError
    return {"cleaned": asdict(cleaned)}


def _hurried(document: Document) -> Cleaned:
    """The cheapest cleaning that still gives something to read."""
    from reader.clean import charset, clean, foreign, plainly, sniff

    if foreign.begins_as(document.body):
        return clean(document)
    text = charset.decode(document.body, document.content_type)
    if sniff.form(text, document.name or document.url, document.content_type) == "html":
        from reader.clean.page import clean_page

        return clean_page(document, hurried=True)
    return plainly.uncut(document, text)


if __name__ == "__main__":
    confined.serve(_answer)
