"""The edition that ships with the program, in the raw forms people meet."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from reader import paths
from reader.clean.addresses import host
from reader.intake import documents
from reader.intake.naming import Origin, Piece
from reader.model import Document, SourceKind

FOLDER = "Sample edition"


def pieces() -> Iterator[Piece]:
    """The documents of every publication, in the order of `edition.toml`."""
    edition = paths.shipped("data") / "sample"
    listed = tomllib.loads((edition / "edition.toml").read_text(encoding="utf-8"))
    for publication in listed["publication"]:
        name, home = publication["folder"], publication.get("home")
        origin = Origin(
            SourceKind.SAMPLE,
            f"sample:{name}",
            publication["title"],
            added_as="--sample",
            home=home,
            folder=FOLDER,
        )
        for found in documents.walk(edition / name):
            guid = f"{name}/{found.path.name}"
            yield Piece(guid, origin, guid, partial(_document, found.path), site=host(home))


def _document(path: Path) -> Document:
    return Document(documents.read_file(path), name=path.name)
