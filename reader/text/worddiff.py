"""How one text became another, word by word: what went, what came, what stayed.

Paragraphs that are the same are matched first; the words of those between are compared then
(difflib: Ratcliff and Metzener, Pattern Matching, 1988). Texts too long for that are compared by
sentence, so that the time stays bounded.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from reader.text.sentences import sentences
from reader.text.spelled import Spelled

SAME, GONE, CAME = "same", "gone", "came"
MOST_PAIRS = 400_000
"""Pairs of a word of one text and the same word of the other that are looked at, at most; with
more, sentences are compared first."""
SCATTERED_WORDS = 2
"""Fewer words that stayed between two changes are shown with them: confetti is hard to read."""
CONTEXT_WORDS = 14
"""Words shown before and after a change."""
LONGEST_SENTENCE = 300
"""Letters of a sentence that is shown whole around a change."""
PARAGRAPH = "\n\n"

_TOKEN = Spelled(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]"
    r"|{L}+(?:['’.,\-]{L}+)*|\n\n|\s+|[^\w\s]|_"
)
_BREAK = re.compile(r"\n\s*\n|\n(?=\s*(?:[-*•–]|\d+[.)])\s)")


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text that stayed, went or came."""

    kind: str
    """`same`, `gone` or `came`."""
    text: str
    """Paragraphs in it are parted by a blank line."""


@dataclass(frozen=True, slots=True)
class Fold:
    """Text that stayed and is not shown."""

    words: int


def differences(old: str, new: str) -> list[Piece]:
    """How `old` became `new`, in order: joined, what stayed and went is the old text, what stayed
    and came the new one, but for white space."""
    before, after = _paragraphs(old), _paragraphs(new)
    found: list[Piece] = []
    for kind, a, b in _matched(before, after):
        if kind == SAME:
            found.append(Piece(SAME, PARAGRAPH.join(b)))
        else:
            found += _of_words(PARAGRAPH.join(a), PARAGRAPH.join(b))
        found.append(Piece(SAME, PARAGRAPH))
    return _tidied(found[:-1])


def folded(pieces: Sequence[Piece], context_words: int = CONTEXT_WORDS) -> list[Piece | Fold]:
    """The pieces with what stayed cut to what stands around a change; nothing if none changed."""
    if all(piece.kind == SAME for piece in pieces):
        return []
    shown: list[Piece | Fold] = []
    for number, piece in enumerate(pieces):
        if piece.kind != SAME:
            shown.append(piece)
            continue
        before = context_words if number else 0
        after = context_words if number < len(pieces) - 1 else 0
        shown += _cut(piece.text, before, after)
    return shown


def counted(pieces: Iterable[Piece]) -> tuple[int, int]:
    """How many words went and how many came."""
    words = {SAME: 0, GONE: 0, CAME: 0}
    for piece in pieces:
        words[piece.kind] += sum(token[0].isalnum() for token in _TOKEN.findall(piece.text))
    return words[GONE], words[CAME]


def _paragraphs(text: str) -> list[str]:
    return [" ".join(part.split()) for part in _BREAK.split(text) if part.strip()]


def _of_words(old: str, new: str) -> list[Piece]:
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    if _pairs(before, after) > MOST_PAIRS:
        return _of_sentences(old, new)
    return _gathered(_pieces(_matched(before, after)))


def _of_sentences(old: str, new: str) -> list[Piece]:
    """The same for long texts: words are compared where sentences differ."""
    runs = list(_matched(_sentences(old), _sentences(new)))
    if len(runs) == 1:
        return _pieces(runs)
    found: list[Piece] = []
    for kind, a, b in runs:
        found += _pieces([(kind, a, b)]) if kind == SAME else _of_words("".join(a), "".join(b))
    return _tidied(found)


def _pieces(runs: Iterable[tuple[str, Sequence[str], Sequence[str]]]) -> list[Piece]:
    found: list[Piece] = []
    for kind, a, b in runs:
        if kind == SAME:
            found.append(Piece(SAME, "".join(b)))
        else:
            found += [Piece(k, "".join(part)) for k, part in ((GONE, a), (CAME, b)) if part]
    return found


def _sentences(text: str) -> list[str]:
    """The sentences, each with the space after it."""
    starts = [start for start, _ in sentences(text)]
    ends = [*starts[1:], len(text)]
    return [text[a:b] for a, b in zip(starts, ends, strict=True)]


def _matched(
    old: Sequence[str], new: Sequence[str]
) -> Iterator[tuple[str, Sequence[str], Sequence[str]]]:
    """Runs of both that are the same, and those between, with what they were and what they are."""
    head = 0
    while head < min(len(old), len(new)) and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < min(len(old), len(new)) - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    if head:
        yield SAME, old[:head], new[:head]
    a, b = old[head : len(old) - tail], new[head : len(new) - tail]
    if _pairs(a, b) > MOST_PAIRS:
        yield GONE, a, b
    else:
        matcher = SequenceMatcher(str.isspace, a, b, autojunk=False)
        for kind, i, j, k, m in matcher.get_opcodes():
            yield SAME if kind == "equal" else GONE, a[i:j], b[k:m]
    if tail:
        yield SAME, old[len(old) - tail :], new[len(new) - tail :]


def _pairs(old: Sequence[str], new: Sequence[str]) -> int:
    """How often something of one is in the other: what it costs to match them."""
    times = Counter(new)
    return sum(n * times[each] for each, n in Counter(old).items() if not each.isspace())


def _gathered(pieces: Sequence[Piece]) -> list[Piece]:
    """Changes with next to nothing between them made one."""
    found: list[Piece] = []
    for number, piece in enumerate(pieces):
        inside = 0 < number < len(pieces) - 1
        if piece.kind == SAME and inside and _is_scattered(piece.text, pieces, number):
            found += [Piece(GONE, piece.text), Piece(CAME, piece.text)]
        else:
            found.append(piece)
    return _tidied(found)


def _is_scattered(text: str, pieces: Sequence[Piece], number: int) -> bool:
    """Whether what stayed is less than what changed on either side of it."""
    if PARAGRAPH in text:
        return False
    words = sum(token[0].isalnum() for token in _TOKEN.findall(text))
    around = (pieces[number - 1].text, pieces[number + 1].text)
    return words == 0 or (
        words <= SCATTERED_WORDS and all(len(part) > len(text) for part in around)
    )


def _tidied(pieces: Iterable[Piece]) -> list[Piece]:
    """Neighbours of one kind joined; of a change what went before what came."""
    found: list[Piece] = []
    gone = came = ""
    for piece in [*pieces, Piece(SAME, "")]:
        if piece.kind == GONE:
            gone += piece.text
            continue
        if piece.kind == CAME:
            came += piece.text
            continue
        found += [Piece(k, text) for k, text in ((GONE, gone), (CAME, came)) if text]
        gone = came = ""
        if piece.text and found and found[-1].kind == SAME:
            found[-1] = Piece(SAME, found[-1].text + piece.text)
        elif piece.text:
            found.append(piece)
    return found


def _cut(text: str, before: int, after: int) -> list[Piece | Fold]:
    """The beginning and end of a text, whole sentences if they are not long, if much is between."""
    places = [match.start() for match in _TOKEN.of(text).finditer(text) if match[0][0].isalnum()]
    if len(places) - before - after <= 2 * CONTEXT_WORDS:
        return [Piece(SAME, text)]
    start = _sentence_end(text, places[before]) if before else 0
    end = _sentence_start(text, places[-after]) if after else len(text)
    hidden = sum(start <= place < end for place in places)
    if hidden < CONTEXT_WORDS:
        return [Piece(SAME, text)]
    parts = (Piece(SAME, text[:start].rstrip()), Fold(hidden), Piece(SAME, text[end:]))
    return [part for part in parts if isinstance(part, Fold) or part.text]


def _sentence_end(text: str, place: int) -> int:
    return next((b for _, b in sentences(text[: place + LONGEST_SENTENCE]) if b > place), place)


def _sentence_start(text: str, place: int) -> int:
    begin = max(0, place - LONGEST_SENTENCE)
    starts = [begin + a for a, _ in sentences(text[begin:place]) if a or not begin]
    return starts[-1] if starts else place
