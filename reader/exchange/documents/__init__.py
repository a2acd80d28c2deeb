"""Articles as documents for people who have no broadsheet: HTML, EPUB, Word, PDF.

    article ──sheet──▶ head, blocks, highlights ──▶ web │ epub │ word │ pdf ──▶ bytes

Each format has one module with `write(sheets) -> bytes`. A document fetches nothing when it is
opened: pictures are links, and scripts there are none.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reader.exchange.documents.sheet import Sheet

FORMATS = {"html": "web", "epub": "epub", "docx": "word", "pdf": "pdf"}
"""Format → the module that writes it."""


def writer(format: str) -> Callable[[Sequence[Sheet]], bytes]:
    """What writes articles in a format of `FORMATS`: takes sheets, gives the bytes of one file."""
    write: Callable[[Sequence[Sheet]], bytes] = import_module(f"{__name__}.{FORMATS[format]}").write
    return write
