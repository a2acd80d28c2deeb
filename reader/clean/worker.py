"""Cleaning in a process of its own, so that no document can stop, stall or swell the reader.

A child (`python -m reader.clean.worker`) takes documents over a pipe and gives records back as
JSON; nothing it says is ever executed. It limits itself before it reads: memory once, CPU time anew
for each document. A document that kills its child is tried once more in a fresh one, in the
cheapest way there is for its form; after that its record says `failed:` and why. Together both
tries stay under 5 s of CPU and 300 MB, the starts of the children included.
"""

import contextlib
import json
import os
import resource
import select
import signal
import struct
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import asdict
from pathlib import Path
from typing import Any, BinaryIO, Self

from reader.model import Cleaned, Document, Related

CPU_SECONDS = 2.6
"""For the first try at one document."""
HURRIED_CPU_SECONDS = 1.7
"""For the second and last."""
MEMORY_BYTES = 230_000_000
"""Private writable memory of a child (RLIMIT_DATA); about 50 MB of mapped code come on top."""
RECYCLE_BYTES = 160_000_000
"""A child that holds more than this after a document makes room for a fresh one."""
WALL_SECONDS = 60.0
"""Enough for both limits on a machine that is busy with much else."""
DOCUMENT_BYTES = 64_000_000
"""Longer documents are cut before they are sent; cleaning reads far less of them."""

FRAME = struct.Struct(">II")

Work = tuple[Document, Mapping[int, int] | None]


class Cleaner:
    """Cleans documents in child processes. Close it, or use it as a context manager."""

    def __init__(self, processes: int = 1) -> None:
        self._children = [_Child() for _ in range(max(1, processes))]
        self._free = deque(self._children)
        self._turn = threading.Condition()

    def clean(self, document: Document, seen: Mapping[int, int] | None = None) -> Cleaned:
        """The article in `document`, as `reader.clean.clean` gives it. Never raises."""
        task = {"task": "clean", "seen": [[line, times] for line, times in (seen or {}).items()]}
        answer, cause = self._ask(document, task, CPU_SECONDS)
        if answer is None:
            answer, again = self._ask(document, {"task": "hurried"}, HURRIED_CPU_SECONDS)
            cause = cause if again is None else again
        if answer is None:
            return _failed(document, cause or "the cleaner gave no answer")
        return _cleaned(answer["cleaned"])

    def prints(self, document: Document) -> frozenset[int]:
        """`reader.clean.line_prints` of the document; empty if it cannot be read."""
        return self.site_lines(document)[1]

    def site_lines(self, document: Document) -> tuple[str | None, frozenset[int]]:
        """The site of a plain-text dump, by its address or by its own word, and its prints."""
        answer, _ = self._ask(document, {"task": "prints"}, CPU_SECONDS)
        return (answer["site"], frozenset(answer["prints"])) if answer else (None, frozenset())

    def clean_many(self, works: Iterable[Work]) -> Iterator[Cleaned]:
        """The articles of many documents, in their order, several at a time."""
        at_once = len(self._children)
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
        for child in self._children:
            child.stop()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _ask(
        self, document: Document, task: dict[str, Any], cpu_seconds: float
    ) -> tuple[dict[str, Any] | None, str | None]:
        """(the child's answer, None) or (None, why there is none)."""
        with self._turn:
            while not self._free:
                self._turn.wait()
            child = self._free.popleft()
        try:
            return child.ask(document, {**task, "cpu_seconds": cpu_seconds})
        finally:
            with self._turn:
                self._free.append(child)
                self._turn.notify()


class _Child:
    """One child process, started when it is first needed and again after it died."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def ask(
        self, document: Document, task: dict[str, Any]
    ) -> tuple[dict[str, Any] | None, str | None]:
        process = self._process or self._start()
        stdin, stdout = process.stdin, process.stdout
        assert stdin is not None
        assert stdout is not None
        body = document.body[:DOCUMENT_BYTES]
        head = {
            "url": document.url,
            "name": document.name,
            "content_type": document.content_type,
            "title": document.title,
            **task,
        }
        try:
            _write(stdin, json.dumps(head).encode("utf-8", "replace"), body)
            answer = _read_until(stdout, time.monotonic() + WALL_SECONDS)
        except TimeoutError:
            self.stop()
            return None, f"it took longer than {WALL_SECONDS:.0f} s"
        except (OSError, ValueError):
            return None, self._cause_of_death(task["cpu_seconds"])
        if answer.get("memory_bytes", 0) > RECYCLE_BYTES:
            self.stop()
        if error := answer.get("error"):
            self.stop()
            return None, str(error)
        return answer, None

    def _start(self) -> subprocess.Popen[bytes]:
        home = str(Path(__file__).resolve().parents[2])
        paths = [home, os.environ.get("PYTHONPATH", "")]
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, paths))}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "reader.clean.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            start_new_session=True,
        )
        return self._process

    def _cause_of_death(self, cpu_seconds: float) -> str:
        process = self._process
        self.stop()
        code = process.returncode if process else 0
        if code in (-signal.SIGPROF, -signal.SIGXCPU):
            return f"it needed more than {cpu_seconds:g} s of computing"
        if code == -signal.SIGKILL:
            return "the system ended the cleaner, perhaps for want of memory"
        return f"the cleaner stopped ({'signal' if code < 0 else 'exit'} {abs(code)})"

    def stop(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with contextlib.suppress(
                    OSError
                ):  # what was still to be flushed has no reader any more
                    pipe.close()
        try:
            process.wait(0.5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _write(pipe: BinaryIO | Any, head: bytes, body: bytes) -> None:
    pipe.write(FRAME.pack(len(head), len(body)))
    pipe.write(head)
    pipe.write(body)
    pipe.flush()


def _read_until(pipe: Any, deadline: float) -> dict[str, Any]:
    """One frame from a child. Raises TimeoutError, or EOFError (an OSError here) if it died."""
    length, _ = FRAME.unpack(_read_bytes(pipe, FRAME.size, deadline))
    answer = json.loads(_read_bytes(pipe, length, deadline))
    if not isinstance(answer, dict):
        raise ValueError("not an answer")
    return answer


def _read_bytes(pipe: Any, count: int, deadline: float) -> bytes:
    got = bytearray()
    poll = select.poll()
    poll.register(pipe, select.POLLIN)
    while len(got) < count:
        if not poll.poll(max(0.0, deadline - time.monotonic()) * 1000):
            raise TimeoutError
        piece = os.read(pipe.fileno(), min(count - len(got), 1 << 20))
        if not piece:
            raise BrokenPipeError
        got += piece
    return bytes(got)


def _cleaned(fields: dict[str, Any]) -> Cleaned:
    related = tuple(Related(**one) for one in fields.pop("related"))
    for name in ("authors", "warnings", "tags"):
        fields[name] = tuple(fields[name])
    return Cleaned(related=related, **fields)


def _failed(document: Document, cause: str) -> Cleaned:
    return Cleaned(document.title, "", "", "text", url=document.url, warnings=(f"failed: {cause}",))


def serve(requests: BinaryIO, answers: BinaryIO) -> None:
    """What the child does: read, clean, answer, until the pipe is closed."""
    _limit_memory()
    while len(frame := requests.read(FRAME.size)) == FRAME.size:
        head_length, body_length = FRAME.unpack(frame)
        head = json.loads(requests.read(head_length))
        body = requests.read(body_length)
        document = Document(body, head["url"], head["name"], head["content_type"], head["title"])
        signal.setitimer(signal.ITIMER_PROF, head["cpu_seconds"])
        try:
            answer = _answer(document, head)
        except MemoryError:
            answer = {"error": f"it needed more than {MEMORY_BYTES // 1_000_000} MB of memory"}
        except Exception as error:
            answer = {"error": f"{type(error).__name__} while cleaning"}
        del document, body
        signal.setitimer(signal.ITIMER_PROF, 0)
        answer["memory_bytes"] = _resident_bytes()
        _write(answers, json.dumps(answer).encode("ascii"), b"")


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
    from reader.clean import charset, clean, plainly, sniff

    if sniff.foreign(document.body):
        return clean(document)
    text = charset.decode(document.body, document.content_type)
    if sniff.form(text, document.name or document.url, document.content_type) == "html":
        from reader.clean.page import clean_page

        return clean_page(document, hurried=True)
    return plainly.uncut(document, text)


def _limit_memory() -> None:
    for limit in (resource.RLIMIT_DATA, resource.RLIMIT_CORE):
        value = MEMORY_BYTES if limit == resource.RLIMIT_DATA else 0
        try:
            resource.setrlimit(limit, (value, value))
        except (ValueError, OSError):
            continue  # not every system lets a process do this


def _resident_bytes() -> int:
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
    except (OSError, ValueError, IndexError):
        # Elsewhere the peak stands in for the present: kilobytes, on macOS bytes.
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return peak if sys.platform == "darwin" else peak * 1024
    return pages * resource.getpagesize()


if __name__ == "__main__":
    serve(sys.stdin.buffer, sys.stdout.buffer)
