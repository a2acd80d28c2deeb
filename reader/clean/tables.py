"""Tables of a page: their rows and cells, and whether they are tables at all."""

from collections.abc import Iterator

from reader.clean.boxes import Box

LAYOUT_CELL_WORDS = 60
"""A table with a cell of more words, or with blocks in its cells, lays out a page."""
IN_LAYOUTS = frozenset("h1 h2 h3 h4 h5 h6 ul ol pre".split())
"""What no cell of a table of values has in it."""


def rows_of(table: Box) -> Iterator[list[Box]]:
    """The rows of a table; cells that stand straight in a table or its head make one."""
    loose: list[Box] = []
    for child in table.children:
        if not isinstance(child, Box):
            continue
        if child.tag in ("td", "th"):
            loose.append(child)
        elif child.tag == "tr":
            cells = [c for c in child.children if isinstance(c, Box) and c.tag in ("td", "th")]
            if cells:
                yield cells
        elif child.tag in ("thead", "tbody", "tfoot"):
            yield from rows_of(child)
    if loose:
        yield loose


def span(cell: Box) -> int:
    """How many columns a cell fills."""
    try:
        return max(1, min(int(cell.element.get("colspan") or 1), 50))
    except ValueError:
        return 1


def in_values(box: Box, known: dict[Box, bool]) -> bool:
    """Whether the box is in a table of values; a table that lays out a page is none. `known`
    remembers the tables that were looked at."""
    for above in box.ancestors():
        if above.tag == "table":
            if above not in known:
                known[above] = not lays_out(above, list(rows_of(above)))
            if known[above]:
                return True
    return False


def lays_out(table: Box, rows: list[list[Box]]) -> bool:
    """Does a table lay out a page, instead of holding values?"""
    if table.element.get("role") in ("presentation", "none"):
        return True
    if max((len(row) for row in rows), default=0) < 2 or table.element.find(".//table") is not None:
        return True
    cells = [cell for row in rows for cell in row]
    in_cells = {leaf.index for cell in cells for leaf in cell.leaves()}
    captions = {
        leaf.index
        for child in table.children
        if isinstance(child, Box) and child.tag == "caption"
        for leaf in child.leaves()
    }
    if any(leaf.index not in in_cells | captions for leaf in table.leaves()):
        return True
    if len(rows) == 1 and any(_is_no_value(cell) for cell in cells):
        return True
    return any(
        sum(len(leaf.words) for leaf in cell.leaves()) > LAYOUT_CELL_WORDS
        or any(isinstance(part, Box) and part.tag in IN_LAYOUTS for part in cell.children)
        for cell in cells
    )


def _is_no_value(cell: Box) -> bool:
    """Is a cell, of which there is but one row, a picture or made of blocks?"""
    return any(
        isinstance(part, Box) or (not part.text and bool(part.pictures)) for part in cell.children
    )
