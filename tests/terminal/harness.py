"""A terminal that a test can type at and read: `os.openpty`, with pyte as the screen.

Every byte the program writes is kept as it was written, so that a test can ask not only what was
seen but what was sent.
"""

from __future__ import annotations

import fcntl
import os
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType

import pyte

CHECKOUT = Path(__file__).resolve().parents[2]
KEYS = {
    "enter": b"\r",
    "tab": b"\t",
    "esc": b"\x1b",
    "space": b" ",
    "down": b"\x1b[B",
    "up": b"\x1b[A",
    "backspace": b"\x7f",
    "ctrl+c": b"\x03",
    "pgdn": b"\x1b[6~",
}
NOT_FOR_PYTE = re.compile(
    rb"\x1b\[[<>=?][0-9;:]*\$?[A-Za-z]|\x1b[P_^X][^\x1b\x07]*(?:\x1b\\|\x07)"
    rb"|\x1b\][^\x1b\x07]*(?:\x1b\\|\x07)"
)
"""Sequences that pyte 0.8 would print; they change nothing that a test looks at."""
PATIENCE_SECONDS = 20.0


class Terminal:
    """One program on one pseudo terminal."""

    def __init__(
        self,
        *arguments: str,
        size: tuple[int, int] = (120, 40),
        environment: Mapping[str, str | None] | None = None,
        python: Sequence[str] = ("-m", "reader"),
        program: Sequence[str] = (),
    ) -> None:
        """`program` is what to run in place of `python` with its words."""
        self.columns, self.lines = size
        self.screen = pyte.Screen(self.columns, self.lines)
        self._stream = pyte.ByteStream(self.screen)
        self.sent = b""
        self._pending = b""
        leader, follower = os.openpty()
        self._resize_pty(leader)
        self.before = termios.tcgetattr(follower)
        surroundings = {
            **os.environ,
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
            "PYTHONPATH": str(CHECKOUT),
            "COLUMNS": None,
            "LINES": None,
            **(environment or {}),
        }
        self.process = subprocess.Popen(
            [*program, *arguments] if program else [sys.executable, *python, *arguments],
            stdin=follower,
            stdout=follower,
            stderr=follower,
            env={name: value for name, value in surroundings.items() if value is not None},
            cwd="/",
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
        )
        self.leader, self.follower = leader, follower

    def __enter__(self) -> Terminal:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        for end in (self.leader, self.follower):
            if end >= 0:
                os.close(end)

    def text(self) -> str:
        """What the screen shows."""
        return "\n".join(self.screen.display)

    def read(self, seconds: float) -> None:
        """Take in what is written during `seconds`."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            ready, _, _ = select.select([self.leader], [], [], left)
            if not ready:
                return
            try:
                written = os.read(self.leader, 65536)
            except OSError:
                return
            if not written:
                return
            self.sent += written
            self._show(written)

    def wait_for(self, words: str) -> None:
        """Read until the screen shows `words`."""
        until = time.monotonic() + PATIENCE_SECONDS
        while words not in self.text():
            if time.monotonic() > until or self.process.poll() is not None:
                raise AssertionError(f"no {words!r} on the screen:\n{self.text()}")
            self.read(0.05)

    def wait_for_more(self, words: str, before: bytes) -> None:
        """Read until `words` are written after what had been written `before`."""
        until = time.monotonic() + PATIENCE_SECONDS
        while words.encode() not in self.sent[len(before) :]:
            if time.monotonic() > until:
                raise AssertionError(f"no further {words!r}:\n{self.text()}")
            self.read(0.05)

    def wait_for_end(self) -> int:
        """Read until the program has ended. Returns its exit code."""
        until = time.monotonic() + PATIENCE_SECONDS
        while self.process.poll() is None and time.monotonic() < until:
            self.read(0.05)
        self.read(0.1)
        return self.process.wait(1)

    def press(self, *keys: str) -> None:
        for key in keys:
            os.write(self.leader, KEYS.get(key, key.encode()))
            self.read(0.05)

    def write(self, data: bytes) -> None:
        """Send bytes as fast as the program takes them, reading meanwhile what it writes."""
        until = time.monotonic() + PATIENCE_SECONDS
        while data and time.monotonic() < until:
            _, writable, _ = select.select([], [self.leader], [], 0.05)
            if writable:
                data = data[os.write(self.leader, data[:1024]) :]
            self.read(0.001)
        assert not data, "the program takes no more bytes"

    def wait_quietly(self, words: bytes) -> None:
        """Read until `words` were written, whatever the screen shows."""
        until = time.monotonic() + PATIENCE_SECONDS
        while words not in self.sent:
            assert time.monotonic() < until, f"no {words!r}"
            self.read(0.005)

    def resize(self, columns: int, lines: int) -> None:
        self.columns, self.lines = columns, lines
        self.screen.resize(lines, columns)
        self._resize_pty(self.leader)
        os.killpg(self.process.pid, signal.SIGWINCH)

    def signal(self, number: int) -> None:
        os.kill(self.process.pid, number)

    def hang_up(self) -> None:
        """Close the terminal, as when its window is closed."""
        os.close(self.leader)
        os.close(self.follower)
        self.leader = self.follower = -1

    def is_restored(self) -> bool:
        """True if the terminal is as it was found: its modes, its cursor, its first screen."""
        now = termios.tcgetattr(self.follower)
        modes = [now[:4] == self.before[:4]]
        for on, off in (
            (b"\x1b[?1049h", b"\x1b[?1049l"),
            (b"\x1b[?25l", b"\x1b[?25h"),
            (b"\x1b[?1000h", b"\x1b[?1000l"),
            (b"\x1b[?1003h", b"\x1b[?1003l"),
            (b"\x1b[?1006h", b"\x1b[?1006l"),
            (b"\x1b[?1004h", b"\x1b[?1004l"),
            (b"\x1b[?2004h", b"\x1b[?2004l"),
            (b"\x1b[?2031h", b"\x1b[?2031l"),
            (b"\x1b[?7l", b"\x1b[?7h"),
            (b"\x1b[>", b"\x1b[<u"),
        ):
            modes.append(self.sent.rfind(off) >= self.sent.rfind(on))
        return all(modes)

    def _resize_pty(self, end: int) -> None:
        size = struct.pack("HHHH", self.lines, self.columns, 0, 0)
        fcntl.ioctl(end, termios.TIOCSWINSZ, size)

    def _show(self, written: bytes) -> None:
        whole = self._pending + written
        cut = whole.rfind(b"\x1b")
        if (
            cut >= 0
            and len(whole) - cut < 200
            and not re.search(rb"[A-Za-z\\\x07]", whole[cut + 2 :])
        ):
            self._pending, whole = whole[cut:], whole[:cut]
        else:
            self._pending = b""
        self._stream.feed(NOT_FOR_PYTE.sub(b"", whole))
