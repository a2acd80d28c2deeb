"""Work on foreign bytes in processes of their own, so that none can stop, stall or swell the rest.

A child (a module of ours that ends in `serve`) takes documents over a pipe and gives
answers back as JSON; nothing it says is ever executed. What an answer has under `texts`, a list of
long ones, travels beside the JSON: to quote them takes three times as long as all the rest. A child
limits itself before it reads: memory once, CPU time anew for each document. A document that ends
its child costs that document only.
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
from collections.abc import Callable
from itertools import accumulate, pairwise
from pathlib import Path
from typing import Any, BinaryIO

from reader import courtesy, paths
from reader.model import Document

MEMORY_BYTES = 230_000_000
"""Private writable memory of a child (RLIMIT_DATA); about 50 MB of mapped code come on top."""
RECYCLE_BYTES = 160_000_000
"""A child that holds more than this after a document makes room for a fresh one."""
WALL_SECONDS = 60.0
"""Enough for any CPU limit on a machine that is busy with much else."""
DOCUMENT_BYTES = 64_000_000
"""Longer documents are cut before they are sent; no reader of them looks that far."""

ALLOCATION = {"MALLOC_TRIM_THRESHOLD_": "32000000", "MALLOC_MMAP_THRESHOLD_": "4000000"}
"""As much as that a child keeps of what it lets go (mallopt(3), of glibc). Else it gives it back
after each document, and has to ask for every page of it anew, and have it zeroed, for the next."""

FRAME = struct.Struct(">II")

Record = dict[str, Any]
Answer = tuple[Record | None, str | None]
"""(what the child says, None) or (None, why it says nothing)."""


class Pool:
    """Children that all run one module. Close it when done; it may be used again."""

    def __init__(self, module: str, processes: int = 1) -> None:
        self.size = max(1, processes)
        self.children = [_Child(module) for _ in range(self.size)]
        self._free = deque(self.children)
        self._turn = threading.Condition()

    def ask(self, document: Document, task: Record, cpu_seconds: float) -> Answer:
        """What a child makes of the document; waits for one that is free."""
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

    def close(self) -> None:
        """End the children."""
        for child in self.children:
            child.stop()


class _Child:
    """One child process, started when it is first needed and again after it died."""

    def __init__(self, module: str) -> None:
        self._module = module
        self._process: subprocess.Popen[bytes] | None = None

    def ask(self, document: Document, task: Record) -> Answer:
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
        self._process = subprocess.Popen(
            paths.child(self._module),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            env={**os.environ, **ALLOCATION},
        )
        return self._process

    def _cause_of_death(self, cpu_seconds: float) -> str:
        process = self._process
        self.stop()
        code = process.returncode if process else 0
        if code in (-signal.SIGPROF, -signal.SIGXCPU):
            return f"it needed more than {cpu_seconds:g} s of computing"
        if code == -signal.SIGKILL:
            return "the system ended the process that read it, perhaps for want of memory"
        said = f"{'signal' if code < 0 else 'exit'} {abs(code)}"
        return f"the process that read it stopped ({said})"

    def stop(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                # What was still to be flushed has no reader any more.
                with contextlib.suppress(OSError):
                    pipe.close()
        try:
            process.wait(0.5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def serve(answer: Callable[[Document, Record], Record]) -> None:
    """What a child does: read, work, answer, until the pipe is closed."""
    requests, answers = sys.stdin.buffer, sys.stdout.buffer
    _limit_memory()
    is_back = False
    while len(frame := requests.read(FRAME.size)) == FRAME.size:
        head_length, body_length = FRAME.unpack(frame)
        head = json.loads(requests.read(head_length))
        body = requests.read(body_length)
        document = Document(body, head["url"], head["name"], head["content_type"], head["title"])
        del body
        is_back = is_back or courtesy.stay_back(os.getpid())
        signal.setitimer(signal.ITIMER_PROF, head["cpu_seconds"])
        beside = b""
        try:
            said = answer(document, head)
            said["memory_bytes"] = _resident_bytes()
            texts = said.pop("texts", ())
            said["lengths"] = list(map(len, texts))
            told = json.dumps(said, ensure_ascii=False).encode("utf-8", "replace")
            beside = "".join(texts).encode("utf-8", "replace")
            del said, texts
        except MemoryError:
            told = _sorry(f"it needed more than {MEMORY_BYTES // 1_000_000} MB of memory")
        except Exception as error:
            told = _sorry(f"{type(error).__name__} while reading it")
        del document
        signal.setitimer(signal.ITIMER_PROF, 0)
        _write(answers, told, beside)


def _sorry(cause: str) -> bytes:
    return json.dumps({"error": cause}).encode("ascii")


def _write(pipe: BinaryIO | Any, head: bytes, body: bytes) -> None:
    pipe.write(FRAME.pack(len(head), len(body)))
    pipe.write(head)
    pipe.write(body)
    pipe.flush()


def _read_until(pipe: Any, deadline: float) -> Record:
    """One frame from a child. Raises TimeoutError, or EOFError (an OSError here) if it died."""
    length, beside = FRAME.unpack(_read_bytes(pipe, FRAME.size, deadline))
    answer = json.loads(_read_bytes(pipe, length, deadline))
    texts = _read_bytes(pipe, beside, deadline).decode("utf-8", "replace")
    if not isinstance(answer, dict):
        raise ValueError("not an answer")
    ends = list(accumulate(answer.pop("lengths", ())))
    answer["texts"] = [texts[start:end] for start, end in pairwise((0, *ends))]
    return answer


def _read_bytes(pipe: Any, count: int, deadline: float) -> bytearray:
    if count > MEMORY_BYTES:
        raise ValueError("longer than any answer")
    got = bytearray(count)
    missing = memoryview(got)
    poll = select.poll()
    poll.register(pipe, select.POLLIN)
    while missing:
        if not poll.poll(max(0.0, deadline - time.monotonic()) * 1000):
            raise TimeoutError
        came = os.readv(pipe.fileno(), [missing])
        if not came:
            raise BrokenPipeError
        missing = missing[came:]
    return got


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
