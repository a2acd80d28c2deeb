"""The lines of a letter told apart: what its writer wrote, what is quoted, what is passed on.

    lines → list's footer and signature off → what is stated above another letter → each line's part

A letter that is answered stands below the answer whole, and is known to who reads it; or in pieces
between which the answer stands, and then it belongs there. A letter that is passed on is what
there is to read, and what stands above it is a note.
"""

import re
import tomllib
from collections.abc import Sequence
from enum import Enum
from functools import cache

from reader.clean import lines, openers, prose
from reader.model import When
from reader.noun import Noun
from reader.paths import shipped

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
HEAD_LETTERS = 2_000
DEVICE_WORDS = 8
NESTED = 5
"""How often a letter may be passed on before that is no longer followed."""

_QUOTE = re.compile(r"[ \t]?>")
_MARKS = re.compile(r"(?:[ \t]?>)+[ \t]?")
_DASHES = re.compile(r"^[\s*_=–—-]+|[\s*_=–—:：-]+$")
_RULE = re.compile(r"[_=*–—-]{10,}|-{2} ?$")
_SIGNATURE = re.compile(r"-- ?$")
_FIELD = re.compile(r"[*_\s]{0,3}([^\W\d_][^\d:：<>@]{0,20}?)[*_\s]{0,3}[:：][*_]{0,2}\s*(.*)$")
_ADDRESS = re.compile(r"[<(\[]?(?:mailto:)?[^\s<>()\[\]@]+@[^\s<>()\[\]@]+\.\w+[>)\]]?")
_LIST = re.compile(r"mailing list|listinfo|https?://\S|\S+@\S+\.\w", re.I)


class Part(Enum):
    """What a line of a letter is."""

    OWN = "own"
    NOTE = "note"
    """What who passed the letter on wrote above it."""
    QUOTED = "quoted"
    GONE = "gone"


class Stated(Noun):
    """What is stated above a letter inside another."""

    sender: str | None = None
    sent: When | None = None
    subject: str | None = None


class Told(Noun):
    """The lines of a letter, told apart."""

    parts: tuple[Part, ...]
    passed_on: Stated | None = None
    """Of whom, when and of what the letter is that is passed on in this one."""


class _Header(Noun):
    start: int
    end: int
    """The line below it."""
    stated: Stated
    marked: str | None
    """`forwarded` or `original`, as the line above says."""


def told(rows: Sequence[str], subject: str | None) -> Told:
    """Each line's part. Quoted lines begin with `>`; a subject says whether it is an answer."""
    parts = [Part.OWN] * len(rows)
    stated = _tell(list(rows), subject or "", parts, 0, NESTED)
    return Told(tuple(parts), stated)


def stated_above(text: str) -> tuple[Stated, str] | None:
    """What a text states of itself before it begins, as one copied out of a mail reader does, and
    the text below: who sent it, when, and its subject, all three."""
    begins = text[:HEAD_LETTERS].lstrip("\ufeff \t\r\n")
    first = begins.split("\n", 1)[0].rstrip()
    if not (_field(first) or _marks(first)):
        return None
    rows = lines.rows(text)
    at = next(n for n, row in enumerate(rows) if row.strip())
    if (header := _header_at(rows, at)) is None:
        return None
    said = header.stated
    told = bool(said.sender and said.sent and said.subject)
    return (said, "\n".join(rows[header.end :])) if told else None


def unquoted(line: str) -> tuple[int, str]:
    """How deep a line is quoted, and what it says."""
    marks = _MARKS.match(line)
    return (marks[0].count(">"), line[marks.end() :]) if marks else (0, line)


def is_answer(subject: str) -> bool:
    return _prefixed("answer").match(subject) is not None


def is_passed_on(subject: str) -> bool:
    return _prefixed("passed_on").match(subject) is not None


def without_passing_on(subject: str) -> str:
    """A subject without what mailers set before it when a letter is passed on."""
    while found := _prefixed("passed_on").match(subject):
        subject = subject[found.end() :]
    return subject


def _tell(
    rows: list[str], subject: str, parts: list[Part], begin: int, deeper: int
) -> Stated | None:
    """Tells the parts of the lines from `begin` on; what is stated of the innermost letter."""
    end = _without_footer(rows, parts, begin)
    _without_device(rows, parts, begin, end)
    header = next((h for at in range(begin, end) if (h := _header_at(rows, at))), None)
    answers = is_answer(subject)
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


def _passes_on(header: _Header, above: Sequence[str], subject: str) -> bool:
    if header.marked == "forwarded" or is_passed_on(subject):
        return True
    return not is_answer(subject) and _words(above) <= NOTE_WORDS


def _below(
    rows: Sequence[str], parts: list[Part], begin: int, above: int, below: int, end: int
) -> None:
    """The letter below an answer goes, unless the answer says too little without it."""
    _sign_off(rows, parts, begin, above)
    own = [at for at in range(begin, above) if parts[at] is Part.OWN]
    for at in own:
        parts[at] = Part.QUOTED if _QUOTE.match(rows[at]) else Part.OWN
    written = [rows[at] for at in own if parts[at] is Part.OWN]
    kept = Part.QUOTED if _words(written) < SAYS_LITTLE else Part.GONE
    for at in range(above, end):
        parts[at] = kept if at >= below else Part.GONE


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
        if _RULE.fullmatch(rows[at].strip()):
            below = [line for line in rows[at + 1 :] if line.strip()]
            listed = sum(bool(_LIST.search(line) or openers.is_mailers(line)) for line in below)
            if not below or len(below) > FOOTER_LINES or listed < 1 or any(map(_reads, below)):
                break
            if _header_at(rows, at):
                break
            parts[at:] = [Part.GONE] * (len(rows) - at)
            return at
    return len(rows)


def _without_device(rows: Sequence[str], parts: list[Part], begin: int, end: int) -> None:
    """Takes the last line of what a telephone's owner wrote off, if it only says so."""
    for at in range(begin + 1, end):
        line = " ".join(rows[at].casefold().split())
        if line.startswith(_devices()) and prose.word_count(line) <= DEVICE_WORDS:
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


def _header_at(rows: Sequence[str], at: int) -> _Header | None:
    """The header of another letter that begins at a line, with the line above that marks it."""
    start, marked = at, _marks(rows[at])
    if marked or _RULE.fullmatch(rows[at].strip()):
        at += 1
        while at < len(rows) and not rows[at].strip():
            at += 1
    said: dict[str, str] = {}
    end = at
    while at < len(rows):
        if kind := _field(rows[at]):
            said.setdefault(*kind)
            end = at + 1
        elif not rows[at].strip() and not said:
            return None
        elif not rows[at].strip() or not _goes_on(rows, at, said):
            break
        else:
            end = at + 1
        at += 1
    sent = _when(said.get("sent", ""))
    named = "subject" in said or any(map(_ADDRESS.search, said.values()))
    if "from" not in said or len(said) < 3 or not (named or marked):
        return None  # `From`, `To` and `Date` may be of an exhibition
    stated = Stated(_sender(said["from"]), sent, said.get("subject") or None)
    return _Header(start, end, stated, marked)


def _goes_on(rows: Sequence[str], at: int, said: dict[str, str]) -> bool:
    """Whether a line of a header is the rest of the one above: more addresses, a long subject."""
    if len(said) < 2:
        return False
    return bool(_ADDRESS.search(rows[at])) or (
        at + 1 < len(rows) and _field(rows[at + 1]) is not None
    )


def _field(line: str) -> tuple[str, str] | None:
    """What a line of a header gives, and its value."""
    if (found := _FIELD.match(line)) is None:
        return None
    kinds = _labels().get(" ".join(found[1].casefold().split()))
    return (kinds, found[2].strip(" *\t")) if kinds else None


def _marks(line: str) -> str | None:
    """Whether a line says that what is below is `forwarded`, or the `original` that is answered."""
    said = " ".join(_DASHES.sub("", line).casefold().replace("’", "'").split())
    return _markers().get(said)


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
    when, address = _when(joined), _ADDRESS.search(joined)
    certain = address is not None or (answers and when is not None and "T" in when)
    if end > at + 1 and not _when(line):
        return None  # who wrote begins on a later line
    follows = next((other for other in rows[end:] if other.strip()), "")
    is_quoted = bool(_QUOTE.match(follows))
    said = _wrote().search(joined) is not None
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


def _when(text: str) -> When | None:
    from reader.text import dates

    return dates.parse(text) if any(map(str.isdigit, text)) else None


def _sender(value: str) -> str | None:
    """Who sent a letter, by name, else by address."""
    name = _ADDRESS.sub("", value).strip(" \"'*,;<>()[]\t")
    address = _ADDRESS.search(value)
    return name or (address[0].removeprefix("<").strip("<>()[]") if address else None)


@cache
def _labels() -> dict[str, str]:
    kinds = ("to", "sent", "from", "subject")
    return {word: kind for kind in kinds for words in _written()[kind].values() for word in words}


@cache
def _markers() -> dict[str, str]:
    kinds = ("original", "forwarded")
    return {
        phrase: kind
        for kind in kinds
        for phrases in _written()[kind].values()
        for phrase in phrases
    }


@cache
def _devices() -> tuple[str, ...]:
    return tuple(phrase for phrases in _written()["device"].values() for phrase in phrases)


@cache
def _wrote() -> re.Pattern[str]:
    words = {word for words in _written()["wrote"].values() for word in words}
    spaced = sorted(word for word in words if word[0] < "\u2e80")
    solid = sorted(word for word in words if word[0] >= "\u2e80")
    return re.compile(
        rf"(?<!\w)(?:{'|'.join(map(re.escape, spaced))})(?!\w)|{'|'.join(solid)}", re.I
    )


@cache
def _prefixed(kind: str) -> re.Pattern[str]:
    """What mailers set before a subject; a count may stand with it: `Re[2]:`."""
    words = sorted({re.escape(word) for words in _written()[kind].values() for word in words})
    return re.compile(rf"\s*(?:{'|'.join(words)})(?:\s?[\[(]\d+[\])])?\s?[:：]\s*(?=\S)", re.I)


@cache
def _written() -> dict[str, dict[str, list[str]]]:
    with (shipped("data") / "mail.toml").open("rb") as file:
        return tomllib.load(file)
