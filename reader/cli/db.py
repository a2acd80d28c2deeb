"""`broadsheet db`: the cache as a file."""

from __future__ import annotations

import argparse
from pathlib import Path

from reader.cli import asking, output, parsing
from reader.errors import UsageError


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "task",
        choices=("backup", "check", "stats"),
        help="copy the cache to FILE while it is in use, check every page of it, or measure it",
    )
    parser.add_argument(
        "target", nargs="?", metavar="FILE", help="where the backup goes (beside the cache)"
    )
    parsing.add_forms(parser)


def run(args: argparse.Namespace) -> int:
    if args.target and args.task != "backup":
        raise UsageError(f"db {args.task} takes no file")
    return {"backup": _backup, "check": _check, "stats": _stats}[args.task](args)


def _backup(args: argparse.Namespace) -> int:
    from reader import paths

    target = Path(args.target) if args.target else paths.cache_file().parent
    if target.is_file():
        raise UsageError(f"{target} exists already: name another file")
    with asking.library() as lib:
        made = lib.backup(target)
    output.done(args.form, f"Backed up to {made}", path=str(made))
    return output.OK


def _check(args: argparse.Namespace) -> int:
    from reader.cli.doctor import report

    with asking.library() as lib:
        return report(lib.doctor(), args.form)


def _stats(args: argparse.Namespace) -> int:
    with asking.library() as lib:
        stats = lib.stats()
    output.one(args.form, lambda: stats, lambda: "".join(f"{key}: {stats[key]}\n" for key in stats))
    return output.OK
