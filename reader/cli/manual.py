"""`broadsheet man`: the manual page, by argparse-manpage from the parsers themselves."""

from __future__ import annotations

import argparse

from reader.cli import output, parsing

EPILOG = (
    "To read it: broadsheet man | man -l -. To keep it: "
    "broadsheet man > ~/.local/share/man/man1/broadsheet.1"
)


def arguments(parser: argparse.ArgumentParser) -> None:
    parsing.add_forms(parser)


def run(args: argparse.Namespace) -> int:
    page = manual()
    output.one(args.form, lambda: {"page": page}, lambda: page)
    return output.OK


def manual() -> str:
    """The manual page in troff. Its date is that of the program's files, not of today."""
    from datetime import UTC, datetime

    from argparse_manpage.manpage import Manpage

    from reader import __version__, paths
    from reader.cli.tree import whole

    written = (paths.PACKAGE / "__init__.py").stat().st_mtime
    facts = {
        "project_name": "broadsheet",
        "version": __version__,
        "manual_title": "broadsheet",
        "description": "a newspaper for the terminal",
        "date": f"{datetime.fromtimestamp(written, UTC):%Y-%m-%d}",
    }
    return str(Manpage(whole(), facts))
