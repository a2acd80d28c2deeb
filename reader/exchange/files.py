"""Files written whole or not at all, and never over another unless that was asked for."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from reader.errors import BroadsheetError


class ExportError(BroadsheetError):
    """A file could not be written. Facts: path, cause with its cure."""

    says = "cannot write {0}: {1}"


def write_whole(file: Path, pieces: Iterable[str | bytes], *, force: bool = False) -> None:
    """Put the pieces into `file`: all of them, or nothing and ExportError."""
    try:
        if not force and os.path.lexists(file):
            raise ExportError(str(file), "it exists already; --force overwrites it")
        file.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(prefix=".broadsheet-", dir=file.parent)
        try:
            with os.fdopen(descriptor, "wb") as out:
                out.writelines(
                    each if isinstance(each, bytes) else each.encode("utf-8", "replace")
                    for each in pieces
                )
                out.flush()
                os.fsync(out.fileno())
            os.chmod(name, 0o666 & ~_umask())
            _put(name, file, force=force)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise ExportError(str(file), (error.strerror or str(error)).lower()) from error


def _put(name: str, file: Path, *, force: bool) -> None:
    """Give the finished file its name. Unlike a rename, a link fails if the name was just taken."""
    if force:
        os.replace(name, file)
        return
    try:
        os.link(name, file)
    except FileExistsError as error:
        raise ExportError(str(file), "it exists already; --force overwrites it") from error
    except OSError:  # file systems without hard links
        os.replace(name, file)
        return
    os.unlink(name)


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
