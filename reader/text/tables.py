"""Tables set in a given width: columns shrink by wrapping, or else rows become records."""

from collections.abc import Callable, Iterator, Sequence

from reader.text.blocks import Inlines, Table
from reader.text.runs import Run, set_lines
from reader.text.width import cells, words

GAP_CELLS = 2
"""Space between columns; there are no upright rules."""
NARROWEST = 4
"""Cells a column is never set narrower than, unless its text is."""
WHOLE_WORD_CELLS = 14
"""Words up to this width are not broken to make a table fit."""

Row = Sequence[list[Run]]
Runs = Callable[[Inlines, str], list[Run]]


def set_table(table: Table, width_cells: int, runs: Runs) -> Iterator[list[Run]]:
    """The lines of `table`, each at most `width_cells` wide."""
    head = [runs(cell, "table-head") for cell in table.head]
    rows = [[runs(cell, "table") for cell in row] for row in table.rows]
    count = max((len(row) for row in (head, *rows)), default=0)
    if not count:
        return
    natural, least = _needs([head, *rows], count, width_cells)
    widths = _columns(natural, least, width_cells)
    if widths is None:
        yield from _records(head, rows, width_cells)
        return
    if any(map(_letters, head)):
        yield from _row(head, widths, table.align)
        total = sum(widths) + GAP_CELLS * (count - 1)
        yield [Run("─" * total, "rule", counts=False)]
    for number, row in enumerate(rows):
        if number and widths != natural:
            yield []
        yield from _row(row, widths, table.align)


def _needs(rows: Sequence[Row], count: int, width_cells: int) -> tuple[list[int], list[int]]:
    """For each column the width at which nothing wraps, and that at which no short word breaks."""
    natural, least = [1] * count, [1] * count
    for row in rows:
        for column, cell in enumerate(row):
            text = _letters(cell)
            natural[column] = max(natural[column], cells(text))
            if natural[column] > least[column]:
                word = max((cells(w.rstrip()) for w, _ in words(text, width_cells)), default=1)
                least[column] = max(least[column], min(word, WHOLE_WORD_CELLS))
    return natural, [max(min(NARROWEST, natural[c]), least[c]) for c in range(count)]


def _columns(natural: list[int], least: list[int], width_cells: int) -> list[int] | None:
    """A width for each column, or None where no widths will do."""
    room = width_cells - GAP_CELLS * (len(natural) - 1)
    if sum(natural) <= room:
        return natural
    if sum(least) > room:
        return None
    # What is left over goes to the columns that lack most, a cell at a time.
    widths = list(least)
    for _ in range(room - sum(widths)):
        column = max(range(len(widths)), key=lambda c: natural[c] / widths[c])
        if widths[column] >= natural[column]:
            break
        widths[column] += 1
    return widths


def _row(row: Row, widths: Sequence[int], align: Sequence[str]) -> Iterator[list[Run]]:
    columns = [list(set_lines(cell, width)) for cell, width in zip(row, widths, strict=False)]
    for number in range(max(map(len, columns), default=1)):
        line: list[Run] = []
        owed = 0
        for column, lines in enumerate(columns):
            part = lines[number] if number < len(lines) else []
            space = max(0, widths[column] - cells(_letters(part)))
            before = {"right": space, "center": space // 2}.get(_at(align, column), 0)
            if part:
                if owed + before:
                    line.append(Run(" " * (owed + before), "text", counts=False))
                line += part
                owed = space - before
            else:
                owed += space
            owed += GAP_CELLS
        yield line


def _records(head: Row, rows: Sequence[Row], width_cells: int) -> Iterator[list[Run]]:
    """Each row as a group of lines `Head: cell`; empty cells are left out."""
    if not rows:
        for cell in head:
            yield from set_lines(cell, width_cells)
    for number, row in enumerate(rows):
        if number:
            yield []
        for column, cell in enumerate(row):
            if not _letters(cell).strip():
                continue
            name = head[column] if column < len(head) else []
            if _letters(name).strip():
                cell = [*name, Run(": ", "table-head", counts=False), *cell]
            yield from set_lines(cell, width_cells)


def _letters(runs: Sequence[Run]) -> str:
    return "".join(run.text for run in runs)


def _at(align: Sequence[str], column: int) -> str:
    return align[column] if column < len(align) else ""
