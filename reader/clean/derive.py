"""A title for a text that has none: its first sentence, sensibly shortened."""

import re

from reader.text.dateline import without_dateline

LONGEST = 90
"""Letters of a derived title; the longest tenth of newspaper headlines is above."""
SHORTEST = 30
"""Letters before which a clause is too little to be a title."""

SHORTEST_SENTENCE = 8
"""Letters before which a full stop ends an abbreviation rather than a sentence."""

_SENTENCE_END = re.compile(r"[.!?。！？؟۔।…][\"'”’»“)\]」』]*(?=\s+\S|$)|[。！？]")
_ABBREVIATED = re.compile(
    r"(?:\b[A-Z]|\b(?:Mr|Mrs|Ms|Dr|St|Prof|Sen|Gov|Gen|No|vs|Nr|bzw|z\.B))\.$"
)
_CLAUSE_END = re.compile(r"[,;:，、；：]\s?| [–—-] ")


def headline(text: str) -> str | None:
    """The first sentence of `text` without its dateline and full stop. One longer than a headline
    is cut at a clause or word, with an ellipsis. None if there are no words."""
    paragraph = next((p for p in map(str.strip, text.split("\n")) if re.search(r"\w", p)), None)
    if paragraph is None:
        return None
    sentence = _first_sentence(without_dateline(" ".join(paragraph[:2000].split())))
    if len(sentence) <= LONGEST:
        return sentence.rstrip(".。") or None
    clauses = [m.start() for m in _CLAUSE_END.finditer(sentence, SHORTEST, LONGEST)]
    end = clauses[-1] if clauses else sentence.rfind(" ", SHORTEST, LONGEST)
    if end <= 0:
        end = LONGEST // 2 if ord(sentence[0]) > 0x2E80 else LONGEST
    return sentence[:end].rstrip(" ,;:–—-") + "…"


def _first_sentence(paragraph: str) -> str:
    for end in _SENTENCE_END.finditer(paragraph):
        sentence = paragraph[: end.end()]
        if len(sentence) >= SHORTEST_SENTENCE and not _ABBREVIATED.search(sentence):
            return sentence
    return paragraph
