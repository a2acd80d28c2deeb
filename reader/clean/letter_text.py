"""The plain text of a letter → what there is to read of it: its writer's lines whole again, what is
quoted between them as quotations, without what is passed on from below.
"""

import re
from collections.abc import Iterator, Sequence

from reader.clean import lines, prose, quoted, sniff
from reader.clean.boxes import words_of
from reader.clean.joins import LIST_MARK
from reader.clean.letter_head import Stated
from reader.clean.quoted import Part
from reader.noun import Noun

MARGINS = (55, 100)
"""Letters of the longest line of a text that a mailer wrapped (RFC 5322 §2.1.1 advises 78)."""
HEADING_LETTERS = 80
UNDER = re.compile(r"[=~*#-]{3,}")
_BULLET = re.compile(r"^[*#]{1,4}[ \t]+")
SHARE_WRAPPED = 0.9
"""So many of the lines fit into that margin; the others hold an address that cannot be wrapped."""


class Letter(Noun):
    """A letter, told apart."""

    text: str
    """What is to be read; lines that are quoted begin with `> `, a paragraph on each."""
    is_marked: bool = False
    """It is written as Markdown."""
    note: str = ""
    """What who passed it on wrote above it."""
    passed_on: Stated | None = None


def read(
    text: str, subject: str | None, sender: str | None = None, *, flowed: bool = False
) -> Letter:
    """The letter in a text. `flowed`: a line that ends with a space goes on below (RFC 3676)."""
    rows = quoted.opened(lines.rows(text))
    told = quoted.told(rows, subject)
    of = {
        part: [row if at is part else "" for row, at in zip(rows, told.parts, strict=True)]
        for part in Part
    }
    is_marked = sniff.marks("\n".join(map(_unruled, of[Part.OWN]))) >= sniff.MARKDOWN_MARKS
    margin = None if is_marked else _margin(rows)
    body: list[str] = []
    if not is_marked:
        rows = _headed(rows)
    for at, part in enumerate(told.parts):
        if part is Part.OWN:
            body.append(rows[at])
        elif part is Part.QUOTED and (not at or told.parts[at - 1] is not Part.QUOTED):
            end = next(
                (n for n in range(at, len(rows)) if told.parts[n] is not Part.QUOTED), len(rows)
            )
            body += ["", *_quotation(rows[at:end]), ""]
        elif part is not Part.QUOTED:
            body.append("")
    return Letter(
        "\n".join(_whole(_unsaid(body, sender), margin, flowed)).strip("\n"),
        is_marked,
        "\n".join(_whole(of[Part.NOTE], margin, flowed)).strip("\n"),
        told.passed_on,
    )


def _unsaid(rows: list[str], sender: str | None) -> list[str]:
    """The lines without the first, if it only says who sent them."""
    first = next((at for at, row in enumerate(rows) if row.strip()), len(rows))
    is_sender = rows[first:] and sender and words_of(rows[first]) == words_of(sender)
    return rows[first + 1 :] if is_sender else rows


def _unruled(row: str) -> str:
    """A line, if it is no rule: people draw those who have never heard of Markdown."""
    return "" if UNDER.fullmatch(row.strip()) else _BULLET.sub("", row)


def _headed(rows: Sequence[str]) -> list[str]:
    """The lines with `## ` before those that stand over a rule, perhaps between two, and no such
    rules."""
    found = list(rows)
    for at, row in enumerate(rows[:-1]):
        said = _BULLET.sub("", row.strip())
        is_short = 0 < len(said) <= HEADING_LETTERS and any(map(str.isalpha, said))
        is_over = UNDER.fullmatch(rows[at + 1].strip()) is not None
        is_apart = not at or not rows[at - 1].strip() or bool(UNDER.fullmatch(rows[at - 1].strip()))
        if is_short and is_over and is_apart and not prose.ends_sentence(said):
            found[at] = f"## {said}"
            found[at + 1] = ""
            if at and rows[at - 1].strip():
                found[at - 1] = ""
    return found


def _margin(rows: Sequence[str]) -> int | None:
    """How long the lines are at most to which a text was wrapped; None if it was not."""
    lengths = [len(row) for row in rows if row.strip() and " " in row.strip()]
    fit = [length for length in lengths if length <= MARGINS[1]]
    if not fit or len(fit) < SHARE_WRAPPED * len(lengths) or max(fit) < MARGINS[0]:
        return None
    return max(fit)


def _whole(rows: Sequence[str], margin: int | None, flowed: bool) -> Iterator[str]:
    """The lines, each with those on to which it was wrapped: the first word of the next line did
    not fit on it."""
    whole: str | None = None
    last = ""
    for row in rows:
        if whole is not None and _goes_on(last, row, margin, flowed):
            whole = f"{whole.rstrip()} {row.strip()}"
        else:
            if whole is not None:
                yield whole
            whole = row
        last = row
    if whole is not None:
        yield whole


def _goes_on(row: str, after: str, margin: int | None, flowed: bool) -> bool:
    if (
        not row.strip()
        or not after.strip()
        or row.startswith((">", "## "))
        or after.startswith(">")
    ):
        return False
    if flowed and row.endswith(" "):
        return True
    if margin is None or after[:1].isspace() or LIST_MARK.match(after):
        return False
    if not any(map(str.isalnum, row)) or not any(map(str.isalnum, after)):
        return False
    fits = len(row.rstrip()) + 1 + len(after.split()[0]) <= margin
    return not fits and prose.word_count(row) > 2


def _quotation(rows: Sequence[str]) -> Iterator[str]:
    """Quoted lines, a paragraph on each, the marks before it; a blank line between."""
    paragraph: list[str] = []
    depth = 0
    for row in [*rows, ""]:
        deep, said = quoted.unquoted(row)
        if paragraph and (not said.strip() or deep != depth):
            yield f"{'> ' * max(1, depth)}{' '.join(paragraph)}"
            yield ""
            paragraph = []
        if said.strip():
            depth = deep
            paragraph.append(said.strip())
