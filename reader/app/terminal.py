"""The terminal as it is listened to: any bytes may come, and what is pasted is never a key.

Textual's own listening dies of bytes that are not UTF-8, after which no key is answered, and it
takes escape sequences inside a paste for keys, so that a pasted text could mark, remove or leave.
"""

from __future__ import annotations

import contextlib
import os
import selectors
import sys
import time
from codecs import getincrementaldecoder
from collections.abc import Iterable
from queue import Full

from textual import events
from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver
from textual.message import Message

from reader.app.background import ASK, ASK_NO_MORE, Answers
from reader.app.pen import thrifty

PASTE_BEGINS, PASTE_ENDS = "\x1b[200~", "\x1b[201~"
MOST_PASTED = 64_000_000
"""Letters of a paste that are kept; an intake looks no further."""
READ_BYTES = 65_536
STALL_SECONDS = 5.0
"""How long a terminal may take nothing before frames are left out; on 9,600 baud a whole screen
takes as long."""
SHORT_STALL_SECONDS = 0.05
POLL_SECONDS = 0.1
SILENT_TERMINALS = ("linux", "dumb")
"""They would not answer, or would print the question."""
FLOOD_LETTERS, FLOOD_KINDS = 200, 10
"""Letters in one read, and different ones among them, from which on they are a paste."""
LONGEST_KEY = 64
"""Letters in one read above which a last Esc is surely no key of its own."""


class KeyParser(XTermParser):
    """Keys and mouse as Textual reads them; pastes whole, whatever they hold."""

    def __init__(self, debug: bool = False) -> None:
        super().__init__(debug)
        self._pasted: list[str] | None = None
        self._pasted_letters = 0
        self._held = ""
        self._answers = Answers()

    def feed(self, data: str) -> Iterable[Message]:
        if not data:
            yield from super().feed(data)
            return
        data, self._held = self._held + data, ""
        while data:
            if self._pasted is not None:
                data, whole = self._take_paste(data)
                if whole is not None:
                    yield events.Paste(whole)
                continue
            keys, begins, data = data.partition(PASTE_BEGINS)
            if begins:
                self._pasted = []
                self._pasted_letters = 0
            else:
                keys, self._held = _without_a_beginning(keys)
            keys, told = self._answers.take(keys)
            yield from told
            if keys:
                yield from super().feed(keys)

    @property
    def is_idle(self) -> bool:
        """Is nothing begun that the next letters would belong to?"""
        return self._pasted is None and not self._held

    def _take_paste(self, data: str) -> tuple[str, str | None]:
        """What follows the paste, and the paste once its end has come."""
        assert self._pasted is not None
        text, ends, rest = data.partition(PASTE_ENDS)
        if not ends:
            text, self._held = _without_a_start_of(PASTE_ENDS, text)
        if self._pasted_letters < MOST_PASTED:
            self._pasted.append(text)
            self._pasted_letters += len(text)
        if not ends:
            return "", None
        whole = "".join(self._pasted)
        self._pasted = None
        return rest, _with_line_ends(whole.replace("\x00", ""))


class TerminalDriver(LinuxDriver):
    """Textual's driver, listening with `KeyParser`."""

    _missed = False
    """Was something not written, so that the screen is not what it should be?"""

    def start_application_mode(self) -> None:
        """As Textual does, and ask whether the terminal is light or dark."""
        if (watch := getattr(self._app, "watch_signals", None)) is not None:
            watch()  # before anything of the terminal is changed, so that all of it is restored
        super().start_application_mode()  # type: ignore[no-untyped-call]
        if getattr(self._app, "keeps_cursor", False):
            self.write("\x1b[?25h")
        if os.environ.get("TERM") not in SILENT_TERMINALS:
            self.write(ASK)

    def _get_terminal_size(self) -> tuple[int, int]:
        """The size as the terminal tells it. Textual would rather believe COLUMNS and LINES, which
        a shell may have exported before the window was made larger."""
        for stream in (sys.__stdout__, sys.__stdin__, sys.__stderr__):
            with contextlib.suppress(AttributeError, ValueError, OSError):
                columns, lines = os.get_terminal_size(stream.fileno())  # type: ignore[union-attr]
                if columns and lines:
                    return columns, lines
        return super()._get_terminal_size()

    def write(self, data: str) -> None:
        """Hand over what is to be written. Textual would wait for ever for a terminal that has
        gone, or that takes nothing any more, and no signal could end the program."""
        if self._handed_over(thrifty(data)):
            if self._missed:
                self._missed = False
                self._app.call_next(getattr(self._app, "repaint", self._app.refresh))
        else:
            self._missed = True

    @property
    def is_stuck(self) -> bool:
        """Does the terminal not take what was written last?"""
        return self._missed and self._writer_thread is not None and self._writer_thread.is_alive()

    def close(self) -> None:
        """Wait until all is written, if the terminal takes it."""
        if self._handed_over(None) and self._writer_thread is not None:
            self._writer_thread.join(STALL_SECONDS)

    def _handed_over(self, data: str | None) -> bool:
        """Give it to the thread that writes; False if that is gone or takes nothing for long."""
        writer = self._writer_thread
        patience = SHORT_STALL_SECONDS if self._missed else STALL_SECONDS
        until = time.monotonic() + patience
        while writer is not None and writer.is_alive() and time.monotonic() < until:
            try:
                writer._queue.put(data, timeout=SHORT_STALL_SECONDS)
            except Full:
                continue
            return True
        return False

    def stop_application_mode(self) -> None:
        if os.environ.get("TERM") not in SILENT_TERMINALS:
            self.write(ASK_NO_MORE)
        super().stop_application_mode()

    def run_input_thread(self) -> None:
        """Read what is typed until the program ends, or the terminal does."""
        parser = KeyParser(self._debug)
        letters = getincrementaldecoder("utf-8")("replace")
        flood = ""
        with selectors.SelectSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                if selector.select(POLL_SECONDS):
                    try:
                        typed = os.read(self.fileno, READ_BYTES)
                    except OSError:
                        break
                    if not typed:
                        break
                    # Half a letter is no text yet, and no text would be the end to the parser.
                    text = letters.decode(typed)
                    if flood or (parser.is_idle and _is_flood(text)):
                        flood += text if len(flood) < MOST_PASTED else ""
                    elif text:
                        for event in parser.feed(text):
                            self.process_message(event)
                elif flood:
                    self.process_message(events.Paste(_with_line_ends(flood)))
                    flood = ""
                for event in parser.tick():
                    self.process_message(event)


def _is_flood(text: str) -> bool:
    """Is it a paste from a terminal that does not say so? Nobody types so much between two looks,
    and a key that is held is but one letter."""
    return len(text) >= FLOOD_LETTERS and "\x1b" not in text and len(set(text)) >= FLOOD_KINDS


def _with_line_ends(pasted: str) -> str:
    """What was pasted, its lines ended as a text's are: terminals send the key Enter for each."""
    return pasted.replace("\r\n", "\n").replace("\r", "\n")


def _without_a_beginning(keys: str) -> tuple[str, str]:
    """Keys without what may be the first half of a paste's beginning, and that half."""
    rest, half = _without_a_start_of(PASTE_BEGINS, keys)
    if half == "\x1b" and len(keys) < LONGEST_KEY:
        return keys, ""
    return rest, half


def _without_a_start_of(mark: str, text: str) -> tuple[str, str]:
    """`text` parted before its last letters, if those are the first of `mark`."""
    for length in range(min(len(mark) - 1, len(text)), 0, -1):
        if text.endswith(mark[:length]):
            return text[:-length], text[-length:]
    return text, ""
