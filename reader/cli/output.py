"""The one place for stdout, stderr and exit codes.

Data goes to stdout, talk to stderr. Every string for a terminal has passed `reader.text.safe`;
JSON is UTF-8 with everything a terminal could take for a command written as `\\uXXXX`.

Exit codes: 0 ok · 1 some work failed · 2 usage or settings · 3 nothing found · 4 the cache cannot
be used · 130 interrupted.
"""

from __future__ import annotations

import os
import sys

from reader.errors import BroadsheetError, UsageError

TYPE_CHECKING = False  # typing itself is a sixth of the time that `--help` takes
if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Mapping
    from types import TracebackType
    from typing import Any, Self

    Record = Mapping[str, Any]

OK, SOME_FAILED, USAGE, NOTHING_FOUND, CACHE_UNUSABLE, INTERRUPTED = 0, 1, 2, 3, 4, 130

UNSAFE_IN_JSON = (
    "[\x7f-\x9f\ud800-\udfff\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\U000e0000-\U000e007f]"
)
"""What `json` leaves bare though a terminal or a line reader may act on it: DEL and C1, lone
surrogates, line and paragraph separators, bidi controls, tag characters."""


def streamed(form: str) -> str:
    """The form for work that takes its time: JSON lines where no person is watching."""
    return "jsonl" if form == "plain" and not on_terminal() else form


def on_terminal() -> bool:
    """Is stdout a terminal?"""
    return sys.stdout is not None and sys.stdout.isatty()


def as_json(record: object) -> str:
    """`record` as one line of JSON that is safe to show."""
    import json

    return escape_json(json.dumps(record, ensure_ascii=False))


def escape_json(text: str) -> str:
    """JSON text with what a terminal may act on as escapes: the same values, safe to show."""
    import re

    return re.sub(UNSAFE_IN_JSON, _escaped, text)


def _escaped(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x10000:
        return f"\\u{code:04x}"
    code -= 0x10000
    return f"\\u{0xD800 + (code >> 10):04x}\\u{0xDC00 + (code & 0x3FF):04x}"


class StdoutGone(Exception):
    """Whoever read our stdout has stopped listening."""


def write(text: str) -> None:
    """Put safe text on stdout and flush it, so that a reader sees each piece when it is true."""
    if sys.stdout is None:
        return
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError as error:
        raise StdoutGone from error
    except OSError as error:
        raise BroadsheetError(f"cannot write the output: {error.strerror or error}") from error


def write_bytes(data: bytes, what: str) -> None:
    """Put a document on stdout. Raises UsageError where that is a terminal, which shows none."""
    if sys.stdout is None:
        return
    if sys.stdout.isatty():
        raise UsageError(f"{what} is no text for a terminal: -o FILE puts it into a file")
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except BrokenPipeError as error:
        raise StdoutGone from error
    except OSError as error:
        raise BroadsheetError(f"cannot write the output: {error.strerror or error}") from error


def line(*cells: str) -> None:
    """One line on stdout, each cell made safe: parted by tabs, or by spaces for a person."""
    if on_terminal():
        write("  ".join(map(_padded, cells)).rstrip() + "\n")
    else:
        write("\t".join(_safe(cell).strip() for cell in cells).rstrip() + "\n")


def _padded(cell: str) -> str:
    """The gate takes runs of spaces for one; those that align columns stay."""
    bare = cell.strip(" ")
    if not bare:
        return cell
    left = len(cell) - len(cell.lstrip(" "))
    return " " * left + _safe(bare) + " " * (len(cell) - left - len(bare))


def _safe(text: str) -> str:
    from reader.text import safe

    return safe.line(text, cap=10_000)


def say(text: str) -> None:
    """One line of talk on stderr, made safe, without the logins that addresses may have."""
    from reader.text import safe
    from reader.text.addresses import without_login

    if sys.stderr is not None:
        try:
            sys.stderr.write(safe.line(without_login(text), cap=2_000) + "\n")
            sys.stderr.flush()
        except OSError:  # nobody listens: there is no other place to say so
            return


def one(form: str, record: Callable[[], Record], text: Callable[[], str]) -> None:
    """One object as JSON, or the text (which must be safe) for a person."""
    if form == "plain":
        write(text())
    else:
        write(as_json(record()) + "\n")


def done(form: str, sentence: str, **facts: object) -> None:
    """What a change did: a sentence for a person, `{done, …}` for a program."""
    if form == "plain":
        line(sentence)
    else:
        write(as_json({"done": sentence, **facts}) + "\n")


class Rows:
    """A list on stdout, each row written and flushed at once.

    As `--json` it is valid as a whole even when the work fails half-way.
    """

    def __init__(self, form: str) -> None:
        self.form = form
        self.count = 0

    def put(self, record: Record, *cells: str) -> None:
        """One row: `record` for programs, `cells` (made safe here) for people."""
        if self.form == "plain":
            line(*cells)
        elif self.form == "jsonl":
            write(as_json(record) + "\n")
        else:
            # The line is ended with its row: who reads line by line waits for no other row.
            write(("[\n" if self.count == 0 else ",") + as_json(record) + "\n")
        self.count += 1

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.form == "json" and not isinstance(error, StdoutGone):
            write("]\n" if self.count else "[]\n")


def run_guarded(work: Callable[[], int]) -> int:
    """Run `work` and turn whatever it raises into an exit code and at most one line."""
    _speak_utf8()
    try:
        return work()
    except BroadsheetError as error:
        say(f"broadsheet: {error}")
        return error.exit_code
    except StdoutGone:
        # Python flushes stdout once more at exit and would complain; give it somewhere to write.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    except KeyboardInterrupt:
        say("broadsheet: interrupted; what was committed before is kept")
        return INTERRUPTED
    except SystemExit as stop:  # argparse ends `--help` so
        return stop.code if isinstance(stop.code, int) else OK
    except Exception as error:  # the last net: no traceback reaches a person
        say(f"broadsheet: {apology(error)}")
        return SOME_FAILED


def _speak_utf8() -> None:
    """Files and pipes get UTF-8 whatever the locale; a terminal gets what it can show."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            encoding = stream.encoding if stream.isatty() else "utf-8"
            stream.reconfigure(encoding=encoding, errors="backslashreplace")


def apology(error: Exception) -> str:
    """Keep the traceback in the log and say where."""
    from reader import faults

    said = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    log = faults.write_down(error)
    where = f"the details are in {log}" if log else "no log could be written"
    return f"this is a fault of broadsheet's own, sorry ({said}); {where}"
