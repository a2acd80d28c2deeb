"""Bytes from the person's own machine: files, folders and stdin, with their limits.

Nothing here waits on a pipe or a device, follows a link out of the folder it was given, or reads
more than an article can be.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from reader.errors import CleanError
from reader.noun import Noun

LARGEST_DOCUMENT = 25_000_000
"""Bytes; as much as the fetcher takes after decoding (research: Miniflux stops at 15 MB)."""
WHOLE_FILE = 4_000_000_000
"""Bytes; for files of many articles, which are read in lines."""


_ENDINGS = """
    _files .files _file -Dateien _fichiers _archivos _arquivos _ficheiros _bestanden _filer -filer
    _pliki _soubory _tiedostot _elemei _dosyalar _fajlovi _failid _fails _bylos
"""
PARTS_ENDINGS = tuple(_ENDINGS.split())
"""How browsers of several languages end its name."""


class Found(Noun):
    """A file in a folder, and why it is not to be read, if it is not."""

    path: Path
    refusal: str | None = None


@contextmanager
def opened(path: Path, *, cap_bytes: int = WHOLE_FILE) -> Iterator[BinaryIO]:
    """A regular file to read from. Raises CleanError with the cause."""
    try:
        # Opening a FIFO would wait for a writer for ever; O_NONBLOCK does not.
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except (OSError, ValueError) as error:
        raise CleanError(str(path), _cause(error)) from error
    try:
        refusal = _refusal(os.fstat(descriptor), cap_bytes)
    except OSError as error:
        refusal = _cause(error)
    if refusal:
        os.close(descriptor)
        raise CleanError(str(path), refusal)
    with open(descriptor, "rb") as file:
        yield file


def read_file(path: Path, *, cap_bytes: int = LARGEST_DOCUMENT) -> bytes:
    """The bytes of a regular file. Raises CleanError with the cause."""
    with opened(path, cap_bytes=cap_bytes) as file:
        try:
            return file.read(cap_bytes + 1)
        except OSError as error:
            raise CleanError(str(path), _cause(error)) from error


def read_stdin(*, cap_bytes: int = LARGEST_DOCUMENT) -> bytes:
    """All of stdin. Raises CleanError with the cause."""
    if sys.stdin is None:
        raise CleanError("stdin", "it is closed")
    try:
        body = sys.stdin.buffer.read(cap_bytes + 1)
    except OSError as error:
        raise CleanError("stdin", _cause(error)) from error
    if len(body) > cap_bytes:
        raise CleanError("stdin", f"it is larger than {cap_bytes // 1_000_000} MB")
    return body


def walk(folder: Path) -> Iterator[Found]:
    """The files under `folder` in the order of their names, hidden ones and links out left out.

    A symbolic link to a file inside the folder is left out too: the file itself is met anyway.
    So are the parts of a saved page (`Page_files` beside `Page.html`): frames, advertisements.
    """
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        yield Found(folder, _cause(error))
        return
    parts = _parts_of_pages(entry.name for entry in entries)
    for entry in entries:
        if entry.name.startswith(".") or entry.is_symlink():
            continue
        path = Path(entry.path)
        if entry.is_dir(follow_symlinks=False):
            if entry.name not in parts:
                yield from walk(path)
            continue
        try:
            facts = entry.stat(follow_symlinks=False)
        except OSError as error:
            yield Found(path, _cause(error))
            continue
        yield Found(path, _refusal(facts, LARGEST_DOCUMENT))


def _parts_of_pages(names: Iterable[str]) -> set[str]:
    """What a browser calls the folder with the parts of a page saved beside it."""
    stems = [name.rpartition(".")[0] for name in names if name.lower().endswith((".html", ".htm"))]
    return {stem + ending for stem in stems for ending in PARTS_ENDINGS}


def _refusal(facts: os.stat_result, cap_bytes: int) -> str | None:
    if stat.S_ISDIR(facts.st_mode):
        return "it is a folder"
    if not stat.S_ISREG(facts.st_mode):
        return "it is not a regular file but a pipe, socket or device"
    if facts.st_size > cap_bytes:
        return f"it is larger than {cap_bytes // 1_000_000} MB"
    return None


def _cause(error: OSError | ValueError) -> str:
    if isinstance(error, FileNotFoundError):
        return "there is no such file"
    if isinstance(error, PermissionError):
        return "its permissions do not allow reading it"
    if isinstance(error, OSError):
        return (error.strerror or str(error)).lower()
    return "its name holds a character that no file name can"
