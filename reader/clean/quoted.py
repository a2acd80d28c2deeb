"""The lines of a letter told apart: what its writer wrote, what is quoted, what is passed on.

    lines → list's footer and signature off → what is stated above another letter → each line's part

A letter that is answered stands below the answer whole, and is known to who reads it; or in pieces
between which the answer stands, and then it belongs there. A letter that is passed on is what
there is to read, and what stands above it is a note.
"""

import re
from collections.abc import Sequence
from enum import Enum

from reader.clean import mailers, openers, prose
from reader.clean.letter_head import (
    ADDRESS,
    RULE,
    Header,
    Stated,
    header_at,
    marks_letter,
    when_in,
)
from reader.noun import Noun

SAYS_LITTLE = 15
"""An answer of fewer words says nothing without the letter that it answers."""
NOTE_WORDS = 40
"""Words of the longest note above a letter whose subject does not say that it is passed on."""
ATTRIBUTION_LETTERS = 300
WRAPPED_LINES = 3
"""Lines on to which a mailer wraps who wrote, and when."""
SIGNATURE_LINES = 10
FOOTER_LINES = 8
"""Lines with something on them that a mailing list adds below a letter, at most."""
DEVICE_WORDS = 8
NESTED = 5
"""How often a letter may be passed on before that is no longer followed."""

_QUOTE = re.compile(r"[ \t]?>")
_MARKS = re.compile(r"(?:[ \t]?>)+[ \t]?")
_SIGNATURE = re.compile(r"-- ?$")
_LIST = re.compile(r"mailing list|listinfo|https?://\S|\S+@\S+\.\w", re.I)


class Part(Enum):
    """What a line of a letter is."""

    OWN = "own"
    NOTE = "note"
    """What who passed the letter on wrote above it."""
    QUOTED = "quoted"
    GONE = "gone"


class Told(Noun):
    """The lines of a letter, told apart."""

    parts: tuple[Part, ...]
    passed_on: Stated | None = None
    """Of whom, when and of what the letter is that is passed on in this one."""


def told(rows: Sequence[str], subject: str | None) -> Told:
    """Each line's part. Quoted lines begin with `>`; a subject says whether it is an answer."""
    parts = [Part.OWN] * len(rows)
    stated = _tell(list(rows), subject or "", parts, 0, NESTED)
    return Told(tuple(parts), stated)


def opened(rows: Sequence[str]) -> list[str]:
    """The lines, but those of a letter that is passed on as a quotation without its marks."""
    found = list(rows)
    depth = 0
    for at, row in enumerate(rows):
        deep, said = unquoted(row)
        if deep and not depth and marks_letter(said) == "forwarded":
            depth = deep
        if depth and deep >= depth:
            found[at] = "> " * (deep - depth) + said
    return found


def unquoted(line: str) -> tuple[int, str]:
    """How deep a line is quoted, and what it says."""
    marks = _MARKS.match(line)
    return (marks[0].count(">"), line[marks.end() :]) if marks else (0, line)


def _tell(
    rows: list[str], subject: str, parts: list[Part], begin: int, deeper: int
) -> Stated | None:
    """Tells the parts of the lines from `begin` on; what is stated of the innermost letter."""
    end = _without_footer(rows, parts, begin)
    _without_device(rows, parts, begin, end)
    header = next((h for at in range(begin, end) if (h := header_at(rows, at))), None)
    answers = mailers.is_answer(subject)
    answered = _next_attribution(rows, begin, end, answers)
    if header and (not answered or header.start <= answered[0]):
        if deeper and _passes_on(header, rows[begin : header.start], subject):
            _sign_off(rows, parts, begin, header.start)
            for at in range(begin, header.start):
                parts[at] = Part.NOTE if parts[at] is Part.OWN else parts[at]
            parts[header.start : header.end] = [Part.GONE] * (header.end - header.start)
            inner = header.stated.subject or subject
            deepest = _tell(rows, inner, parts, header.end, deeper - 1)
            return deepest or header.stated
        _below(rows, parts, begin, header.start, header.end, end)
        return None
    _sign_off(rows, parts, begin, end)
    own = (at for at in range(begin, end) if parts[at] is Part.OWN and rows[at].strip())
    last = max(own, default=begin)
    while answered:
        above, below, certain = answered
        quoted_to = _run(rows, below, end)
        if quoted_to == below and certain and answers:
            quoted_to = end  # a mailer that sets no marks: all that follows is the other letter
        if certain and last < quoted_to:
            _below(rows, parts, begin, above, below, end)
            return None
        for at in range(above, quoted_to):
            parts[at] = Part.QUOTED if at >= below else Part.OWN
        answered = _next_attribution(rows, quoted_to, end, answers)
    for at in range(begin, end):
        if parts[at] is Part.OWN and _QUOTE.match(rows[at]):
            parts[at] = Part.QUOTED
    return None


def _passes_on(header: Header, above: Sequence[str], subject: str) -> bool:
    if header.marked == "forwarded" or mailers.is_passed_on(subject):
        return True
    return not mailers.is_answer(subject) and _words(above) <= NOTE_WORDS


def _below(
    rows: Sequence[str], parts: list[Part], begin: int, above: int, below: int, end: int
) -> None:
    """The letter below an answer goes, unless the answer says too little without it."""
    above = _with_mark(rows, begin, above)
    _sign_off(rows, parts, begin, above)
    own = [at for at in range(begin, above) if parts[at] is Part.OWN]
    for at in own:
        parts[at] = Part.QUOTED if _QUOTE.match(rows[at]) else Part.OWN
    written = [rows[at] for at in own if parts[at] is Part.OWN]
    kept = Part.QUOTED if _words(written) < SAYS_LITTLE else Part.GONE
    for at in range(above, end):
        parts[at] = kept if at >= below else Part.GONE


def _with_mark(rows: Sequence[str], begin: int, above: int) -> int:
    """The line that marks what is below as the letter that is answered, if there is one above."""
    at = above - 1
    while at > begin and not rows[at].strip():
        at -= 1
    return at if at >= begin and marks_letter(rows[at]) else above


def _run(rows: Sequence[str], at: int, end: int) -> int:
    """The line below the quoted lines that begin at or after a few blank ones."""
    last = at
    while at < end and (not rows[at].strip() or _QUOTE.match(rows[at])):
        at += 1
        if rows[at - 1].strip():
            last = at
    return last


def _words(rows: Sequence[str]) -> int:
    return sum(prose.word_count(line) for line in rows)


def _without_footer(rows: Sequence[str], parts: list[Part], begin: int) -> int:
    """The line above what a mailing list adds: below a rule, with its address."""
    for at in range(len(rows) - 1, begin, -1):
        if RULE.fullmatch(rows[at].strip()):
            below = [line for line in rows[at + 1 :] if line.strip()]
            listed = sum(bool(_LIST.search(line) or openers.is_mailers(line)) for line in below)
            if not below or len(below) > FOOTER_LINES or listed < 1 or any(map(_reads, below)):
                break
            if header_at(rows, at):
                break
            parts[at:] = [Part.GONE] * (len(rows) - at)
            return at
    return len(rows)


def _without_device(rows: Sequence[str], parts: list[Part], begin: int, end: int) -> None:
    """Takes the last line of what a telephone's owner wrote off, if it only says so."""
    for at in range(begin + 1, end):
        line = " ".join(rows[at].casefold().split())
        if line.startswith(mailers.devices()) and prose.word_count(line) <= DEVICE_WORDS:
            after = next((row for row in rows[at + 1 : end] if row.strip()), "")
            if not after or _QUOTE.match(after) or not prose.worth(after) > 0:
                parts[at] = Part.GONE


def _reads(line: str) -> bool:
    return prose.word_count(line) > SAYS_LITTLE and not openers.is_mailers(line)


def _sign_off(rows: Sequence[str], parts: list[Part], begin: int, end: int) -> None:
    """What stands below `-- ` is a signature (RFC 3676 §4.3) and goes, up to a given line."""
    for at in range(end - 1, begin, -1):
        if _SIGNATURE.fullmatch(rows[at]):
            below = [line for line in rows[at + 1 : end] if line.strip()]
            if any(map(_QUOTE.match, below)):
                return  # it is the signature above a letter that is answered
            if len(below) <= SIGNATURE_LINES and any(line.strip() for line in rows[begin:at]):
                parts[at:end] = [Part.GONE] * (end - at)
            return


def _next_attribution(
    rows: Sequence[str], begin: int, end: int, answers: bool
) -> tuple[int, int, bool] | None:
    found = (_attribution(rows, at, answers) for at in range(begin, end))
    return next((each for each in found if each), None)


def _attribution(rows: Sequence[str], at: int, answers: bool) -> tuple[int, int, bool] | None:
    """Where a line that says who wrote what is quoted begins and ends, and whether it is certainly
    a mailer's: it has an address, or the hour in a letter that by its subject answers one."""
    line = rows[at].strip()
    if not line:
        return None
    if _QUOTE.match(line):
        return _quoted_attribution(rows, at)
    joined = ""
    for end in range(at + 1, min(at + WRAPPED_LINES, len(rows)) + 1):
        part = rows[end - 1].strip()
        if not part or _QUOTE.match(part):
            return None
        joined = f"{joined} {part}".strip()
        if part.endswith((":", "：")):
            break
    else:
        return None
    if len(joined) > ATTRIBUTION_LETTERS:
        return None
    when, address = when_in(joined), ADDRESS.search(joined)
    certain = address is not None or (answers and when is not None and "T" in when)
    if end > at + 1 and not when_in(line):
        return None  # who wrote begins on a later line
    follows = next((other for other in rows[end:] if other.strip()), "")
    is_quoted = bool(_QUOTE.match(follows))
    said = mailers.wrote().search(joined) is not None
    if (said and (certain or is_quoted)) or (when and address and is_quoted):
        return at, end, certain
    return None


def _quoted_attribution(rows: Sequence[str], at: int) -> tuple[int, int, bool] | None:
    """Who wrote what is quoted, where a mailer quotes that line too, as the first."""
    if at and _QUOTE.match(rows[at - 1]):
        return None
    depth, line = unquoted(rows[at])
    if depth > 1 or not (found := _attribution([line, "> "], 0, False)):
        return None
    return at, at + 1, found[2]
