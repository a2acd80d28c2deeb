"""The line-mode reader: the reading room in lines, its equal for ears, fingers and pipes.

Lines follow each other: no alternate screen, nothing drawn, no cursor moved, no colour. Commands
are read from a terminal with its own cursor, or from a pipe until it ends.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence

from reader.cli import asking, output
from reader.cli.plain.bringing import Bringing
from reader.cli.plain.commands import COMMANDS, Unknown, help_lines, parsed
from reader.config import Config, load
from reader.errors import BroadsheetError
from reader.library import Library
from reader.model import View

PROMPT = "> "
SESSION = "session"


class Plain(Bringing):
    """The room, and the loop that takes commands."""

    left = False

    def do_help(self, word: str = "") -> None:
        lines = list(help_lines(word))
        for line in lines or [f"No command is about {word}."]:
            self.say(line)

    def do_quit(self, word: str = "") -> None:
        self.left = True

    def obey(self, typed: str) -> None:
        """Do what was typed. Whatever fails is said, and the next command is taken."""
        self.lines_said = 0
        try:
            command, rest = parsed(typed)
        except Unknown as unknown:
            self.fail(f"'{unknown}' is no command: ? lists them.")
            return
        try:
            self.try_to(getattr(self, f"do_{command.name}"), rest)
        except KeyboardInterrupt:
            self.say("Stopped.")
        except output.StdoutGone:
            raise
        except Exception as error:  # the last net: the reader stays, and the log has the rest
            self.fail(output.apology(error))

    def read(self, commands: Iterator[str]) -> int:
        """Take commands until they end. Returns the exit code."""
        try:
            for typed in commands:
                self.obey(typed)
                if self.left:
                    break
        finally:
            self.leave()
        return output.SOME_FAILED if self.failures and not self.interactive else output.OK

    def leave(self) -> None:
        """Keep which list was open, and that the front page was seen."""
        if self.library.readonly:
            return
        view = self.listed.view
        if view is not None and view.kind != "query":
            article = self.page.article.id if self.page else None
            kept = {"view": [view.kind, view.value], "article": article, "place": "headlines"}
            self.library.keep_state(SESSION, kept)
        if self.shown_until:
            self.library.visited(self.shown_until)


def run(library: Library, came: Sequence[int] = (), what: str = "") -> int:
    """Read in lines until the reader leaves or the commands end. Returns the exit code.

    `came`: articles that were just added from `what`, to begin with.
    """
    interactive = output.on_terminal() and sys.stdin is not None and sys.stdin.isatty()
    config, mistake = _settings()
    room = Plain(library, config, interactive=interactive)
    if mistake:
        room.fail(f"{mistake}. The settings are as if there were none.")
    waiting = 0 if library.counts().all else library.feeds()
    if waiting:
        room.say(asking.feeds_wait(waiting, "`R`"))
    elif not library.counts().all:
        for _ in library.add_sample():
            pass
        room.say("The cache was empty, so this is the sample edition. `a` and an address adds.")
    if interactive:
        room.say("broadsheet, line by line. ? lists the commands, q leaves.")
    if came:
        room.try_to(lambda: room.show_what_came(what, came))
    else:
        room.try_to(lambda: _open_where_left(room))
    return room.read(_typed() if interactive else _piped())


def _open_where_left(room: Plain) -> None:
    """The list of the last visit, as far as it is still there."""
    from reader.cli.plain.listing import TITLES

    kept = room.library.state(SESSION)
    kind = kept["view"][0] if isinstance(kept, dict) and kept.get("view") else "all"
    kind = kind if kind in TITLES else "all"
    if not room.library.ids(View(kind), limit=1):
        kind = "all"
    room.open_view(View(kind), TITLES[kind])


def _settings() -> tuple[Config, str]:
    """The settings, or the defaults and what is wrong with them."""
    try:
        return load(), ""
    except BroadsheetError as error:
        return Config(), str(error)


def _typed() -> Iterator[str]:
    """Lines typed at a terminal, edited by readline where there is one."""
    try:
        import readline
    except ImportError:  # a Python without it: the terminal's own line editing does
        pass
    else:
        readline.parse_and_bind("set enable-bracketed-paste off")  # it writes sequences
    while True:
        try:
            yield input(PROMPT)
        except EOFError:
            output.write("\n")
            return
        except KeyboardInterrupt:
            output.write("\nq leaves.\n")


def _piped() -> Iterator[str]:
    """Lines of stdin, whatever bytes they hold."""
    if sys.stdin is None:
        return
    if hasattr(sys.stdin, "reconfigure"):
        sys.stdin.reconfigure(encoding="utf-8", errors="replace")
    for line in sys.stdin:
        yield line.rstrip("\r\n")


__all__ = ["COMMANDS", "run"]
