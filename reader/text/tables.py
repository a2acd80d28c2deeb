"""Tables set in a given width: columns shrink by wrapping, or else rows become records."""

from collections.abc import Callable, Iterator, Sequence

from reader.text.blocks import Inlines, Table, text_of
from reader.text.runs import Run, set_lines
from reader.text.width import cells, words

GAP_CELLS = 2
"""Space between columns; there are no upright rules."""
NARROWEST = 4
"""Cells a column is never set narrower than, unless its text is."""
WHOLE_WORD_CELLS = 14
"""Words up to this width are not broken to make a table fit."""

Runs = Callable[[Inlines, str], list[Run]]


def set_table(table: Table, width_cells: int, runs: Runs) -> Iterator[list[Run]]:
    """The lines of `table`, each at most `width_cells` wide."""
    count = max((len(row) for row in (table.head, *table.rows)), default=0)
    if not count:
        return
    widths = _columns([table.head, *table.rows], count, width_cells)
    if widths is None:
        yield from _records(table, width_cells, runs)
        return
    total = sum(widths) + GAP_CELLS * (count - 1)
    if any(text_of(cell).strip() for cell in table.head):
        yield from _row(table.head, widths, table.align, runs, "table-head")
        yield [Run("─" * total, "rule", counts=False)]
    set_rows = [list(_row(row, widths, table.align, runs, "table")) for row in table.rows]
    wrapped = any(len(lines) > 1 for lines in set_rows)
    for number, lines in enumerate(set_rows):
        if number and wrapped:
            yield []
        yield from lines


def _columns(rows: Sequence[Sequence[Inlines]], count: int, width_cells: int) -> list[int] | None:
    """A width for each column, or None where no widths will do."""
    natural, least = [1] * count, [1] * count
    for row in rows:
        for column, cell in enumerate(row):
            text = text_of(cell)
            natural[column] = max(natural[column], *(cells(part) for part in text.split("\n")))
            word = max((cells(w.rstrip()) for w, _ in words(text, width_cells)), default=1)
            least[column] = max(least[column], min(word, WHOLE_WORD_CELLS))
    room = width_cells - GAP_CELLS * (count - 1)
    if sum(natural) <= room:
        return natural
    least = [max(min(NARROWEST, natural[c]), least[c]) for c in range(count)]
    if sum(least) > room:
        return None
    # What is left over goes to the columns that lack most, a cell at a time.
    widths = list(least)
    for _ in range(room - sum(widths)):
        column = max(range(count), key=lambda c: natural[c] / widths[c])
        if widths[column] >= natural[column]:
            break
        widths[column] += 1
    return widths


def _row(
    row: Sequence[Inlines], widths: Sequence[int], align: Sequence[str], runs: Runs, role: str
) -> Iterator[list[Run]]:
    columns = [
        list(set_lines(runs(cell, role), width)) for cell, width in zip(row, widths, strict=False)
    ]
    for number in range(max(map(len, columns), default=1)):
        line: list[Run] = []
        owed = 0
        for column, lines in enumerate(columns):
            part = lines[number] if number < len(lines) else []
            space = max(0, widths[column] - sum(cells(run.text) for run in part))
            before = {"right": space, "center": space // 2}.get(_at(align, column), 0)
            if part:
                if owed + before:
                    line.append(Run(" " * (owed + before), "text"))
                line += part
                owed = space - before
            else:
                owed += space
            owed += GAP_CELLS
        yield line


def _records(table: Table, width_cells: int, runs: Runs) -> Iterator[list[Run]]:
    """Each row as a group of lines `Head: cell`."""
    for number, row in enumerate(table.rows or (table.head,)):
        if number:
            yield []
        for column, cell in enumerate(row):
            if not text_of(cell).strip():
                continue
            head = runs(table.head[column], "table-head") if column < len(table.head) else []
            if table.rows and any(run.text.strip() for run in head):
                head.append(Run(": ", "table-head", counts=False))
            else:
                head = []
            yield from set_lines([*head, *runs(cell, "table")], width_cells)


def _at(align: Sequence[str], column: int) -> str:
    return align[column] if column < len(align) else ""
