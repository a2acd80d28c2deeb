"""One event told twice: by an evening paper, and fuller by a morning one. For tests of news."""

from __future__ import annotations

import io
import json
from pathlib import Path

from reader.library import Library
from reader.model import ArticleId

EVENING = """\
The crews of all nine ferries at Norvik stopped work on Monday over unpaid overtime. Their union \
asks for four hundred crowns a month and a winter bonus for everybody aboard.

Islanders queued at the pharmacy and the bakery before noon. The harbour office expects no \
sailing before Thursday at the earliest.
"""
MORNING = """\
The crews of all nine ferries at Norvik stopped work on Monday over unpaid overtime. Harald Moe, \
who owns the line, offered two hundred crowns in a letter sent to the crews on Tuesday night.

- Islanders queued at the pharmacy and the bakery before noon.
- The **hospital** at Sund sent its patients home by [helicopter](https://example.org/fly).

The harbour office expects no sailing before Thursday at the earliest. Parliament will debate an \
emergency subsidy of nine million crowns on Friday, the minister Ingrid Dahl announced.
"""


def write(path: Path, *, long: bool = False, ends: bool = True) -> dict[str, ArticleId]:
    """Put both into a cache; `long` makes of the morning one several screens, and without `ends`
    the added ones are its last."""
    more = "\n\n".join(
        f"Paragraph {n} says of mooring {n * 37} that its rope, of {n + 2} strands, held the night."
        for n in range(1, 40 if long else 0)
    )
    lines = [
        _line("evening", "Ferry crews at Norvik walk out", EVENING, "2026-11-22T17:00:00Z"),
        _line(
            "morning",
            "Norvik ferry crews stop work; owner offers half",
            _with(more, MORNING, ends) if more else MORNING,
            "2026-11-23T06:00:00Z",
        ),
    ]
    with Library.open(path) as library:
        return {a.guid: a.id for a in library.import_lines(io.BytesIO("\n".join(lines).encode()))}


def _with(more: str, text: str, ends: bool) -> str:
    if not ends:
        return f"{text}\n{more}\n"
    return text.replace("The harbour office", f"{more}\n\nThe harbour office")


def _line(id: str, title: str, text: str, published: str) -> str:
    record = {"id": id, "title": title, "markdown": text, "published": published}
    return json.dumps(record | {"source": f"The {id.title()} Sheet"})
