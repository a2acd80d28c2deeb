"""An edit laid out for the page: what went struck out, what came underlined, both with signs.

`[-gone-]` and `{+came+}` are the signs of `git diff --word-diff`; they tell without any colour.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from reader.app.masthead import AIRY
from reader.app.widgets.pieces import Pieces
from reader.text import safe
from reader.text.width import wrap

if TYPE_CHECKING:
    from reader.stories.revised import Edit
    from reader.text.worddiff import Piece

SIGNS = {"same": ("", ""), "gone": ("[-", "-]"), "came": ("{+", "+}")}
ROLES = {"same": "text", "gone": "gone", "came": "came"}

Run = tuple[str, str]
"""Text and its role."""


def laid_out(edit: Edit, count: int, width_cells: int) -> tuple[list[Pieces], list[int]]:
    """The lines of an edit, of an article with `count` revisions, and those in which a change
    begins."""
    from reader.text.worddiff import Fold, folded

    airy = width_cells >= AIRY
    lines: list[Pieces] = [[]] if airy else []
    lines.append([("WHAT WAS EDITED", "kicker")])
    for paragraph in _paragraphs(edit.title, "title"):
        lines += wrapped(paragraph, width_cells)
    lines += [[]] if airy else []
    for said in _facts(edit, count):
        lines += [[(line, "quiet")] for line in wrap(said, width_cells)]
    lines += [[("─" * 12, "rule")], []] if airy else [[]]
    changes: list[int] = []
    body = folded(edit.text)
    if not body:
        lines.append([("The text is the same.", "quiet")])
    block: list[Piece] = []
    for piece in [*body, None]:
        if piece is not None and not isinstance(piece, Fold):
            block.append(piece)
            continue
        for paragraph in _paragraphs(block, "text"):
            _set(paragraph, width_cells, lines, changes)
        block = []
        if piece is not None:
            said = f"· · ·  {piece.words:,} words as they were"
            lines += [*([(line, "quiet")] for line in wrap(said, width_cells)), []]
    return lines, changes


def _set(
    paragraph: Sequence[Run], width_cells: int, lines: list[Pieces], changes: list[int]
) -> None:
    """Add a paragraph and the blank line after it; note where changes begin."""
    before = ""
    for line in wrapped(paragraph, width_cells):
        roles = [role for text, role in line if text.strip()]
        for role in roles:
            if role in ("gone", "came") and before not in ("gone", "came"):
                changes.append(len(lines))
            before = role
        lines.append(line)
    lines.append([])


def _facts(edit: Edit, count: int) -> list[str]:
    before, after = edit.before, edit.after
    gone, came = edit.words
    was, now = before.seen.astimezone(), after.seen.astimezone()
    day = "" if was.date() == now.date() else f"{now.day} {now:%b %Y} "
    said = [
        f"Text {before.number} → {after.number} of {count} · "
        f"{was.day} {was:%b %Y %H:%M} → {day}{now:%H:%M}"
    ]
    parts = [
        f"{n:,} {'word' if n == 1 else 'words'} {how}"
        for n, how in ((gone, "gone"), (came, "new"))
        if n
    ]
    return [*said, " · ".join(parts) or "The same words"]


def _paragraphs(pieces: Iterable[Piece], same: str) -> list[list[Run]]:
    """The runs of each paragraph, with the signs around what changed in it."""
    found: list[list[Run]] = [[]]
    for piece in pieces:
        left, right = SIGNS[piece.kind]
        role = same if piece.kind == "same" else ROLES[piece.kind]
        for number, part in enumerate(piece.text.split("\n\n")):
            if number:
                found.append([])
            text = safe.line(part, cap=1_000_000) if part.strip() else " " if part else ""
            lead = " " if part[:1].isspace() and part.strip() else ""
            tail = " " if part[-1:].isspace() and part.strip() else ""
            if text.strip():
                found[-1] += [(lead, same), (left + text.strip() + right, role), (tail, same)]
            elif text:
                found[-1].append((" ", same))
    return [runs for runs in found if any(text.strip() for text, _ in runs)]


def wrapped(runs: Sequence[Run], width_cells: int) -> list[Pieces]:
    """Runs of text in lines of at most `width_cells`, each letter in its role."""
    text = " ".join("".join(part for part, _ in runs).split())
    letters = iter((letter, role) for part, role in runs for letter in part if not letter.isspace())
    lines: list[Pieces] = []
    for line in wrap(text, width_cells):
        pieces: Pieces = []
        role = ""
        space = ""
        for letter in line:
            if letter.isspace():
                space += letter
                continue
            _, now = next(letters)
            if space and pieces:
                inside = now == role
                pieces.append((space, role if inside else "text"))
                space = ""
            role = now
            pieces.append((letter, role))
        lines.append(_joined(pieces))
    return lines


def _joined(pieces: Pieces) -> Pieces:
    """Neighbours of one role made one."""
    found: Pieces = []
    for text, role in pieces:
        if found and found[-1][1] == role:
            found[-1] = (found[-1][0] + text, role)
        else:
            found.append((text, role))
    return found
