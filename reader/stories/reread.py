"""What an edit brought, to a person who read the article before it."""

import re
from collections.abc import Sequence

from reader.stories.novelty import Mark
from reader.text.edits import said

_STOP = re.compile(r"[.!?…।॥؟۔]+[\"'”’»)\]]*(?:\s+|\Z)|[。！？｡]+|\n+")


def marks_of_edit(
    marks: Sequence[tuple[str, str]], read_text: str, old_text: str
) -> list[tuple[str, str]]:
    """The sentences with their marks for one who had `old_text` of the same article before them and
    read `read_text` of it: what was read is known, and what did not stand there is new, also where
    only one word was corrected. What they left unread is no news of the edit: it keeps its mark.

    What stands between two stops is compared: where a sentence ends may hang on what is around it.
    """
    known, stood = set(_parts(read_text)), set(_parts(old_text))
    return [(sentence, _mark(_parts(sentence), known, stood, mark)) for sentence, mark in marks]


def _parts(text: str) -> list[str]:
    return [words for part in _STOP.split(text) if (words := said(part))]


def _mark(parts: Sequence[str], known: set[str], stood: set[str], before: str) -> str:
    if not parts:
        return ""
    if known.issuperset(parts):
        return str(Mark.KNOWN)
    return before if stood.issuperset(parts) else str(Mark.NEW)
