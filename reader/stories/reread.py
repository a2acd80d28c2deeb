"""What an edit brought, to a person who read the article before it."""

from collections.abc import Sequence

from reader.stories.novelty import Mark
from reader.text.edits import said
from reader.text.sentences import sentences


def marks_of_edit(marks: Sequence[tuple[str, str]], read_text: str) -> list[tuple[str, str]]:
    """The sentences with their marks for one who has read `read_text` of the same article: what
    stood there is known, other words are new, also where only one of them was corrected."""
    known = {said(read_text[start:end]) for start, end in sentences(read_text)}
    return [(sentence, _mark(said(sentence), known)) for sentence, _ in marks]


def _mark(words: str, known: set[str]) -> str:
    if not words:
        return ""
    return str(Mark.KNOWN if words in known else Mark.NEW)
