"""Lines of plain text as Markdown: paragraphs, unmarked headings, lists, verse.

What is written parses back to the same words: a mark is escaped only where it would be one.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import groupby

from reader.clean import prose
from reader.clean.joins import LIST_MARK, Line, is_row
from reader.text.width import cells

HEADING_WORDS = 12
HEADING_LETTERS = 90
"""Bounds of a line that may be an unmarked heading between two blocks of prose."""
LABEL_WORDS = 2
"""Words of a heading with a colon; more of them speak to what follows."""
LIKE_LABEL_WORDS, LIKE_LABELS = 7, 3
"""Words of a longer one, and how many such lines a text has that uses them as headings."""
VERSE_LINES = 4
"""Short lines in a row that are kept as lines: verse, an address, a table's cells."""
VERSE_LETTERS = 60

_URL = re.compile(r"https?://[^\s<>\"“”«»]+[^\s<>\"“”«».,;:!?)\]'’、。]")
_MARKS = re.compile(
    r"\\(?=[!-/:-@\[-`{-~])|<(?=[A-Za-z/!?])|&(?=#?\w{1,31};)|\](?=[(\[])|(?<=\[)\^|`|"
    r"(?<![\s*])\*|\*(?![\s*])|(?<![^\W_])_|_(?![^\W_])|~(?=~)|(?<=~)~|\*(?=\*)|\$(?=\$)"
)
_START = re.compile(r"^(?:[#>+:~|=-]|\*(?=\s|$)|\[[^\]]+\]:|(?:[*_] *){3,}$)")
_NUMBER = re.compile(r"^(\d{1,9})([.)])(?=\s|$)")
_BULLET = re.compile(r"^[-*•‣▪●◦·∙»►▶✓✔➤○■□]\s+")
_NUMBER_OF = re.compile(r"\d+")
_ORDINAL = re.compile(r"^\(?(\d{1,3})[.)]\s+(?=\S)")
_QUOTED = re.compile(r"^((?:> )+)(?=\S)")


def with_quotations(lines: Sequence[Line]) -> str:
    """The lines of a letter as Markdown blocks; those that begin with `> ` are quoted, with `## `
    headings."""
    blocks: list[str] = []
    for (depth, heading), group in groupby(lines, key=_depth_and_heading):
        if heading is not None:
            blocks.append(f"## {_escaped(heading).rstrip('#').rstrip()}")
            continue
        rows = [replace(line, text=_QUOTED.sub("", line.text, count=1)) for line in group]
        mark = "> " * depth
        blocks.append("\n".join(f"{mark}{row}".rstrip() for row in markdown_of(rows).split("\n")))
    return "\n\n".join(blocks)


def _depth_and_heading(line: Line) -> tuple[int, str | None]:
    marks = _QUOTED.match(line.text)
    return (marks[1].count(">") if marks else 0), headed(line.text)


def markdown_of(lines: Sequence[Line]) -> str:
    """The lines as Markdown blocks, parted by blank lines."""
    blocks: list[str] = []
    at = 0
    while at < len(lines):
        taken, block = _block(lines, at)
        blocks.append(block)
        at += taken
    return "\n\n".join(block for block in blocks if block)


def headed(text: str) -> str | None:
    """The heading that a line of a letter is, which says so by `## `; None for others."""
    return text[3:] if text.startswith("## ") else None


def _block(lines: Sequence[Line], at: int) -> tuple[int, str]:
    text = lines[at].text
    if _BULLET.match(text):
        items = _run(lines, at, lambda line: bool(_BULLET.match(line)))
        return len(items), "\n".join(
            "- " + (escaped(_BULLET.sub("", item, count=1)) or "\u200b") for item in items
        )
    if numbered := _numbered(lines, at):
        first = int(_NUMBER_OF.findall(text)[0])
        return len(numbered), "\n".join(
            f"{first + n}. {escaped(_ORDINAL.sub('', item, count=1))}"
            for n, item in enumerate(numbered)
        )
    if rows := _rows(lines, at):
        lone = " ".join(rows[0])
        return len(rows), _table(rows) if len(rows) > 1 else escaped(lone)
    if verse := _verse(lines, at):
        return len(verse), "\\\n".join(escaped(line) for line in verse)
    if is_heading(lines, at):
        return 1, f"## {_escaped(text).rstrip('#').rstrip()}"
    return 1, escaped(text)


def is_heading(lines: Sequence[Line], at: int) -> bool:
    """Whether a line is a heading without marks: short, unended, and prose comes next."""
    if at + 1 >= len(lines) or not (_looks_like_heading(lines[at].text) or _is_label(lines, at)):
        return False
    # Two headings in a row are one level each: the second must lead to prose.
    if _asks(lines[at].text) and _asks(lines[at + 1].text):
        return False  # questions in a row are a list of them
    return _leads(lines, at + 1) or _is_second(lines, at + 1)


def _looks_like_heading(text: str) -> bool:
    if len(text) > HEADING_LETTERS or not any(c.isalpha() for c in text):
        return False
    words = prose.word_count(text)
    if words > HEADING_WORDS or text[0].islower() or text[0] in '-–—*•("“„«':
        return False
    if text.endswith(("?", "!", "？", "！")):
        return 2 <= words <= 9
    return not (prose.ends_sentence(text) or text.endswith((",", "，", "、", "-", "–", "—")))


def _asks(text: str) -> bool:
    return text.endswith(("?", "？")) and _looks_like_heading(text)


def _is_label(lines: Sequence[Line], at: int) -> bool:
    """Whether a line is `Background:` above a paragraph, and not what someone says there. A longer
    one is if others are like it."""
    if not _may_be_label(lines, at):
        return False
    words = prose.word_count(lines[at].text)
    if words <= LABEL_WORDS and lines[at + 1].gap:
        return True
    others = (n for n in range(len(lines) - 1) if _may_be_label(lines, n))
    return words <= LIKE_LABEL_WORDS and sum(1 for _ in others) >= LIKE_LABELS


def _may_be_label(lines: Sequence[Line], at: int) -> bool:
    text, below = lines[at].text, lines[at + 1].text
    return (
        text.endswith((":", "：")) and bool(lines[at].gap)
        and (text[0].isupper() or not text[0].isalpha()) and len(text) <= HEADING_LETTERS
        and below[0].isalnum() and not LIST_MARK.match(below) and prose.worth(below) > 0
    )  # fmt: skip


def _is_second(lines: Sequence[Line], at: int) -> bool:
    """Whether a line is the heading below a heading, or a date or name between it and prose."""
    text = lines[at].text
    if at + 1 >= len(lines) or prose.worth(lines[at + 1].text) <= 0:
        return False
    if _looks_like_heading(text):
        return True
    short = len(text) <= HEADING_LETTERS and prose.word_count(text) <= HEADING_WORDS
    return short and not prose.ends_sentence(text)


def _leads(lines: Sequence[Line], at: int) -> bool:
    """Whether a heading stands above the line: prose, a list, or the sentence that opens one."""
    text = lines[at].text
    if prose.worth(text) > 0 or LIST_MARK.match(text):
        return True
    opens = text.endswith((":", "：")) and at + 1 < len(lines)
    return opens and bool(LIST_MARK.match(lines[at + 1].text))


def _run(lines: Sequence[Line], at: int, fits: Callable[[str], bool]) -> list[str]:
    items = []
    for line in lines[at:]:
        if not fits(line.text):
            break
        items.append(line.text)
    return items


def _rows(lines: Sequence[Line], at: int) -> list[list[str]]:
    """The rows of a table, each as its cells."""
    columns = lines[at].text.count("\t")
    rows = _run(lines, at, lambda text: columns > 0 and text.count("\t") == columns)
    return [row.split("\t") for row in rows]


def _table(rows: Sequence[Sequence[str]]) -> str:
    shown = ["| " + " | ".join(map(_cell, row)) + " |" for row in rows]
    return "\n".join([shown[0], "|" + " --- |" * len(rows[0]), *shown[1:]])


def _cell(text: str) -> str:
    return _escaped(text).replace("|", "\\|")


def _numbered(lines: Sequence[Line], at: int) -> list[str]:
    """Items that count on from the first; a lone number before prose is a heading's."""
    items: list[str] = []
    first: int | None = None
    for line in lines[at:]:
        found = _ORDINAL.match(line.text)
        if not found or (first is not None and int(found[1]) != first + len(items)):
            break
        first = int(found[1]) if first is None else first
        items.append(line.text)
    return items if len(items) > 1 else []


def _verse(lines: Sequence[Line], at: int) -> list[str]:
    """Short lines in a row, up to the next gap, that are neither sentences nor headings."""
    found: list[str] = []
    if lines[at].text.endswith((":", "：")) and prose.word_count(lines[at].text) > LABEL_WORDS:
        return []  # it opens what follows
    for line in lines[at:]:
        if (found and line.gap) or is_row(line.text):
            break
        if len(line.text) > VERSE_LETTERS or LIST_MARK.match(line.text):
            break
        if cells(line.text) > VERSE_LETTERS and line.text.endswith("。"):
            break  # it is a paragraph: one in Japanese has half as many letters
        found.append(line.text)
    if len(found) < VERSE_LINES or sum(map(_is_sentence, found)) > len(found) / 2:
        return []
    end = at + len(found)
    is_like = _has_number(found[-1]) and 2 * sum(map(_has_number, found)) > len(found)
    if end < len(lines) and not lines[end].gap and not is_like and is_heading(lines, end - 1):
        # The last short line before prose may be its heading, if it is not like those above.
        found.pop()
    return found if len(found) >= VERSE_LINES - 1 else []


def _has_number(text: str) -> bool:
    return any(map(str.isdigit, text))


def _is_sentence(text: str) -> bool:
    return prose.ends_sentence(text) and text[-1] not in ";:" and text[0].isupper()


def escaped(text: str) -> str:
    """Plain text that Markdown reads as the same text; bare addresses become links."""
    out, last = [], 0
    for url in _URL.finditer(text):
        out += [_escaped(text[last : url.start()]), f"<{url[0]}>"]
        last = url.end()
    out.append(_escaped(text[last:]))
    joined = "".join(out)
    if number := _NUMBER.match(joined):
        return f"{number[1]}\\{joined[number.end(1) :]}"
    return "\\" + joined if _START.match(joined) else joined


def _escaped(text: str) -> str:
    lonely = text.count("*") == 1, text.count("_") == 1, text.count("`") == 1
    if not _MARKS.search(text):
        return text

    def mark(found: re.Match[str]) -> str:
        char = found[0]
        if (
            (char == "*" and lonely[0])
            or (char == "_" and lonely[1])
            or (char == "`" and lonely[2])
        ):
            return char
        return "\\" + char

    return _MARKS.sub(mark, text)
