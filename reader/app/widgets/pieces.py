"""From pieces of text with a role to strips of the screen.

A `Look` is the roles of one widget resolved to styles, once for each state a row can be in and
only when first drawn with, so that drawing a line reads no style sheet.
"""

from collections.abc import Callable, Iterable, Sequence

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from reader.text import safe
from reader.text.width import cells, cut

Piece = tuple[str, str]
"""Text that has passed the gate, and its role."""
Pieces = list[Piece]
SEPARATOR = " · "
"""Stands between facts of one line."""
LEAST_NAME, LEAST_END = 16, 6
"""Cells that a name in the middle of a line keeps, and one at its end, where more is not missed."""

PLAIN, QUIET_BAR, BAR = 0, 1, 2
"""States of a row: not chosen, chosen in another pane, chosen where the keyboard is."""


class Look:
    """Styles by state and role."""

    reorders = False
    """Are right-to-left letters put in the order of the screen here, not by the terminal? One
    answer for the program (`bidi` in the settings)."""

    def __init__(
        self, roles: Iterable[str], base: Style, find: Callable[[str], Style], bars: bool = True
    ) -> None:
        known = frozenset(roles)
        states = [base]
        if bars:
            states += [base + find("bar-quiet"), base + find("bar")]
        same: dict[Style, Style] = {}
        self._bases = [same.setdefault(ground, ground) for ground in states]
        self._styles = [_Styles(ground, known, find, same) for ground in self._bases]

    def base(self, state: int = PLAIN) -> Style:
        return self._bases[state]

    def style(self, role: str, state: int = PLAIN) -> Style:
        """The style of `role`; roles that the widget does not know are plain text."""
        return self._styles[state][role]

    def strip(self, pieces: Pieces, width_cells: int, state: int = PLAIN) -> Strip:
        """One line, cut or filled to `width_cells`."""
        styles, base = self._styles[state], self._bases[state]
        segments: list[Segment] = []
        for text, role in pieces:
            style = styles[role]
            # One style is one object here; joined, each run costs its escape sequences once.
            if segments and segments[-1].style is style:
                segments[-1] = Segment(segments[-1].text + text, style)
            elif text:
                segments.append(Segment(text, style))
        space = width_cells - sum(cells(segment.text) for segment in segments)
        if space > 0 and segments and segments[-1].style is base:
            segments[-1] = Segment(segments[-1].text + " " * space, base)
            return Strip(segments, width_cells)
        return Strip(segments).adjust_cell_length(width_cells, base)

    def space(self, width_cells: int, state: int = PLAIN) -> Segment:
        return Segment(" " * width_cells, self._bases[state])

    def blank(self, width_cells: int, state: int = PLAIN) -> Strip:
        return Strip.blank(width_cells, self._bases[state])


class _Styles(dict[str, Style]):
    """The styles of one state by role, each looked up when it is first asked for. Two that look
    alike are one object."""

    def __init__(
        self,
        ground: Style,
        known: frozenset[str],
        find: Callable[[str], Style],
        same: dict[Style, Style],
    ) -> None:
        super().__init__()
        self._ground, self._known, self._find, self._same = ground, known, find, same

    def __missing__(self, role: str) -> Style:
        found = self._ground
        if role in self._known:
            own = self._find(role)
            # Reversed, a coloured ink would be the paper: blocks of colour as long as the words.
            is_block = self._ground.reverse and own.bgcolor is None
            found = self._ground + (own.without_color if is_block else own)
        self[role] = found = self._same.setdefault(found, found)
        return found


def fit(text: str, width_cells: int) -> str:
    """`text` cut or filled with spaces to exactly `width_cells`."""
    short = cut(text, width_cells)
    return short + " " * (width_cells - cells(short))


def fit_right(text: str, width_cells: int) -> str:
    """`text` cut, or pushed to the right of `width_cells`."""
    short = cut(text, width_cells)
    return " " * (width_cells - cells(short)) + short


def enumerated(before: str, phrases: Sequence[str], width_cells: int) -> str:
    """`before` and as many of the phrases as fit, whole; of the first at least the beginning."""
    said = before + safe.line(phrases[0])
    for phrase in map(safe.line, phrases[1:]):
        if cells(said) + cells(phrase) + 2 > width_cells:
            break
        said += f", {phrase}"
    return cut(said, width_cells)


def facts(said: Sequence[str], width_cells: int, name: int | None = None) -> str:
    """What is said, parted by dots: whole facts only. If they are too many the last ones go; the
    one at `name`, which says something when cut, too, stays, and gives way first if it is long."""
    kept: list[str] = [safe.line(fact) for fact in said]
    while (over := cells(SEPARATOR.join(kept)) - width_cells) > 0:
        last = len(kept) - 1
        gives_way = last if name is None or last == 0 else name
        left = cells(kept[gives_way]) - over
        if last == 0 or (name is not None and left >= (LEAST_END if name == last else LEAST_NAME)):
            kept[gives_way] = cut(kept[gives_way], left)
        elif name == last:
            del kept[last - 1]
            name = last - 1
        else:
            del kept[last]
    return SEPARATOR.join(kept)


def highlighted(text: str, role: str, marks: Iterable[tuple[int, int]]) -> Pieces:
    """`text` in `role`, with the character spans `marks` in the role `mark`."""
    pieces: Pieces = []
    at = 0
    for start, end in sorted(marks):
        if start < at or end <= start:
            continue
        if start > at:
            pieces.append((text[at:start], role))
        pieces.append((text[start:end], "mark"))
        at = end
    if at < len(text):
        pieces.append((text[at:], role))
    return pieces


def marked(pieces: Pieces, marks: list[tuple[int, int]]) -> Pieces:
    """`pieces` with character spans of their joined text in the role `mark`."""
    found: Pieces = []
    at = 0
    for text, role in pieces:
        inside = [
            (max(0, start - at), min(len(text), end - at))
            for start, end in marks
            if start < at + len(text) and end > at
        ]
        found += highlighted(text, role, inside)
        at += len(text)
    return found


def in_screen_order(pieces: Pieces) -> Pieces:
    """A line of text as it is sent to the terminal."""
    if not Look.reorders:
        return pieces
    from reader.text.bidi import visual

    return visual(pieces)


def columns_in_screen_order(pieces: Pieces) -> Pieces:
    """A row of columns as it is sent to the terminal."""
    if not Look.reorders:
        return pieces
    from reader.text.bidi import visual_each

    return visual_each(pieces)
