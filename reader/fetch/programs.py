"""Sources that are programs of the person's own: what one prints is read as if it had been fetched.

Only `config.toml` can name a program; nothing that comes from outside can (a list of feeds that
holds `exec:` is refused). No shell is between, and time and size are limited.
"""

from __future__ import annotations

import os
import selectors
import signal
import subprocess
import time
from collections.abc import Sequence

from reader.errors import FetchError
from reader.fetch.answers import Answer

EXEC = "exec:"
"""What the address of such a source begins with, as newsboat has it."""
SECONDS = 60.0
LARGEST_BYTES = 10_000_000
"""What a program prints is a feed or a page; the longest of those are shorter."""
SAID_BYTES = 4_000
READ_BYTES = 65_536


def is_program(address: str) -> bool:
    """Does an address name a program of the person's own?"""
    return address.startswith(EXEC)


def run(address: str, command: Sequence[str]) -> Answer:
    """What the program of a source prints. Raises FetchError."""
    if not command:
        raise FetchError(address, "your settings name no command for it any more")
    try:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise FetchError(address, f"its command ({command[0]}) cannot be run: {why}") from error
    try:
        body, said = _read(address, process)
        code = process.wait(timeout=SECONDS)
    except subprocess.TimeoutExpired as error:
        raise FetchError(address, f"its command did not end within {SECONDS:.0f} s") from error
    finally:
        _end(process)
    if code != 0:
        last = said.decode("utf-8", "replace").strip().rpartition("\n")[2]
        raise FetchError(address, f"its command ended with code {code}{': ' if last else ''}{last}")
    return Answer(address, 200, body=body)


def _read(address: str, process: subprocess.Popen[bytes]) -> tuple[bytes, bytes]:
    """All that a program prints, and the beginning of what it says on stderr."""
    assert process.stdout is not None
    assert process.stderr is not None
    printed: list[bytes] = []
    said = b""
    size = 0
    ends = time.monotonic() + SECONDS
    with selectors.DefaultSelector() as waiting:
        waiting.register(process.stdout, selectors.EVENT_READ)
        waiting.register(process.stderr, selectors.EVENT_READ)
        while waiting.get_map():
            ready = waiting.select(max(0.0, ends - time.monotonic()))
            if not ready and time.monotonic() >= ends:
                raise FetchError(address, f"its command did not end within {SECONDS:.0f} s")
            for key, _ in ready:
                part = os.read(key.fd, READ_BYTES)
                if not part:
                    waiting.unregister(key.fileobj)
                elif key.fileobj is process.stdout:
                    printed.append(part)
                    size += len(part)
                elif len(said) < SAID_BYTES:
                    said += part
            if size > LARGEST_BYTES:
                most = LARGEST_BYTES // 1_000_000
                raise FetchError(address, f"its command printed more than {most} MB")
    return b"".join(printed), said


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a program with all that it has started."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        process.kill()
    process.wait()
    for stream in (process.stdout, process.stderr):
        if stream is not None:
            stream.close()
