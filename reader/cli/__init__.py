"""The line front: one small module per verb, data on stdout, talk on stderr, no Textual.

`main` never raises and never prints a traceback: a failure is one sentence and an exit code.
Nothing heavy is imported before a verb needs it, so that `--help` and `list` stay quick.
"""

from __future__ import annotations

import sys

TYPE_CHECKING = False  # typing itself is a sixth of the time that `--help` takes
if TYPE_CHECKING:
    from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code (`reader.cli.output` says which means what)."""
    from reader.cli.output import run_guarded

    if argv is not None:
        return run_guarded(lambda: _dispatch(list(argv)))
    import gc

    # What a command makes while it starts is no garbage, and at its end the system takes all:
    # to look for some at both times costs `list` a sixth of what it takes.
    gc.set_threshold(50_000, 20, 20)
    try:
        return run_guarded(lambda: _dispatch(sys.argv[1:]))
    finally:
        gc.freeze()


def _dispatch(words: list[str]) -> int:
    from reader.cli import verbs

    if not words:
        return verbs.run("", [])
    first, *rest = words
    if first in ("-h", "--help", "help") and not rest:
        from reader.cli.output import write

        write(verbs.overview())
        return 0
    if first in ("-V", "--version"):
        from reader import __version__
        from reader.cli.output import write

        write(f"broadsheet {__version__}\n")
        return 0
    if first in verbs.VERBS:
        return verbs.run(first, rest)
    verbs.refuse_unless_addable(words)
    return verbs.run("", words)
