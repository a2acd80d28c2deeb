"""What an edit brought, to a person who read the article before it."""

import re
from collections.abc import Sequence

from reader.stories.novelty import Mark
from reader.text.edits import said

_STOP = re.compile(r"[.!?…।॥؟۔]+[\"'”’»)\]]*(?:\s+|\Z)|[。！？｡]+|\n+")


def marks_of_edit(marks: Sequence[tuple[str, str]], read_text: str) -> list[tuple[str, str]]:
    """The sentences with their marks for one who has read `read_text` of the same article: what
    stood there is known, other words are new, also where only one of them was corrected.

    What stands between two stops is compared: where a sentence ends may hang on what is around it.
    """
    known = set(_parts(read_text))
    return [(sentence, _mark(_parts(sentence), known)) for sentence, _ in marks]


def _parts(text: str) -> list[str]:
    return [words for part in _STOP.split(text) if (words := said(part))]


def _mark(parts: Sequence[str], known: set[str]) -> str:
    if not parts:
        return ""
    return str(Mark.KNOWN if known.issuperset(parts) else Mark.NEW)
