"""What stands above a letter that is quoted, passed on or copied: by whom, when, and of what."""

import re
from collections.abc import Sequence

from reader.clean import lines, mailers
from reader.model import When
from reader.noun import Noun

HEAD_LETTERS = 2_000
HEAD_LINES = 40
"""Lines of the longest such header; a letter may have gone to many."""

_DASHES = re.compile(r"^[\s*_=–—-]+|[\s*_=–—:：-]+$")
RULE = re.compile(r"[_=*–—-]{10,}|-{2} ?$")
_FIELD = re.compile(r"[*_\s]{0,3}([^\W\d_][^\d:：<>@]{0,20}?)[*_\s]{0,3}[:：][*_]{0,2}\s*(.*)$")
ADDRESS = re.compile(r"[<(\[]?(?:mailto:)?[^\s<>()\[\]@]+@[^\s<>()\[\]@]+\.\w+[>)\]]?")


class Stated(Noun):
    """What is stated above a letter inside another."""

    sender: str | None = None
    sent: When | None = None
    subject: str | None = None


class Header(Noun):
    start: int
    end: int
    """The line below it."""
    stated: Stated
    marked: str | None
    """`forwarded` or `original`, as the line above says."""


def stated_above(text: str) -> tuple[Stated, str] | None:
    """What a text states of itself before it begins, as one copied out of a mail reader does, and
    the text below: who sent it, when, and its subject, all three."""
    begins = text[:HEAD_LETTERS].lstrip("\ufeff \t\r\n")
    first = begins.split("\n", 1)[0].rstrip()
    if not (_field(first) or marks_letter(first)):
        return None
    rows = lines.rows(text)
    at = next(n for n, row in enumerate(rows) if row.strip())
    if (header := header_at(rows, at)) is None:
        return None
    said = header.stated
    told = bool(said.sender and said.sent and said.subject)
    return (said, "\n".join(rows[header.end :])) if told else None


def header_at(rows: Sequence[str], at: int) -> Header | None:
    """The header of another letter that begins at a line, with the line above that marks it."""
    start, marked = at, marks_letter(rows[at])
    if marked or RULE.fullmatch(rows[at].strip()):
        at += 1
        while at < len(rows) and not rows[at].strip():
            at += 1
    said: dict[str, str] = {}
    end = at
    last = min(len(rows), at + HEAD_LINES)
    while at < last:
        if kind := _field(rows[at]):
            if not kind[1] and at + 1 < len(rows) and _is_value(rows[at + 1]):
                at += 1
                kind = kind[0], rows[at].strip(" *\t")
            said.setdefault(*kind)
            end = at + 1
        elif not rows[at].strip() and not said:
            return None
        elif not rows[at].strip() or not _goes_on(rows, at, said):
            break
        else:
            end = at + 1
        at += 1
    sent = when_in(said.get("sent", ""))
    named = "subject" in said or any(map(ADDRESS.search, said.values()))
    if "from" not in said or len(said) < 3 or not (named or marked):
        return None  # `From`, `To` and `Date` may be of an exhibition
    stated = Stated(_sender(said["from"]), sent, said.get("subject") or None)
    return Header(start, end, stated, marked)


def _goes_on(rows: Sequence[str], at: int, said: dict[str, str]) -> bool:
    """Whether a line of a header is the rest of the one above: more addresses, a long subject."""
    if len(said) < 2:
        return False
    return bool(ADDRESS.search(rows[at])) or (
        at + 1 < len(rows) and _field(rows[at + 1]) is not None
    )


def _is_value(row: str) -> bool:
    """Whether a line below a label alone is what it gives, as where both are cells of a table."""
    return bool(row.strip()) and _field(row) is None


def _field(line: str) -> tuple[str, str] | None:
    """What a line of a header gives, and its value."""
    if (found := _FIELD.match(line)) is None:
        return None
    kinds = mailers.labels().get(" ".join(found[1].casefold().split()))
    return (kinds, found[2].strip(" *\t")) if kinds else None


def marks_letter(line: str) -> str | None:
    """Whether a line says that what is below is `forwarded`, or the `original` that is answered."""
    said = " ".join(_DASHES.sub("", line).casefold().replace("’", "'").split())
    return mailers.markers().get(said)


def _sender(value: str) -> str | None:
    """Who sent a letter, by name, else by address."""
    name = ADDRESS.sub("", value).strip(" \"'*,;<>()[]\t")
    address = ADDRESS.search(value)
    return name or (address[0].removeprefix("<").strip("<>()[]") if address else None)


def when_in(text: str) -> When | None:
    from reader.text import dates

    return dates.parse(text) if any(map(str.isdigit, text)) else None
