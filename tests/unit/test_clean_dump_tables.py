"""Tables of pasted pages stay whole, as far as what was pasted still tells their rows."""

import pytest

from reader.clean import clean
from reader.model import Document

ABOVE = (
    "The harbour office raises its fees from the first of April, for the first time in eleven "
    "years, and boats of every length are concerned by it."
)
BELOW = (
    "The office says that the money is for the dredging of the inner basin, which has lost a metre "
    "of its depth since the storm of 2019."
)
ROWS = [
    ["Length", "Summer", "Winter"],
    ["up to 8 m", "12", "6"],
    ["up to 10 m", "16", "8"],
    ["over 12 m", "30", "15"],
]
MENU = "Skip to content\nHome\nNews\nSport\nContact\nSearch\n"


def body(table: str, gap: str = "\n") -> str:
    page = (
        f"{MENU}Harbour fees rise in spring\nBy Ann Lee\n12 March 2026\n{ABOVE}{gap}"
        f"The fees for a night are these:{gap}{table}{gap}{BELOW}\nRelated articles\nFerry\n"
    )
    return clean(Document(page.encode())).markdown


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
@pytest.mark.parametrize("between", ["\t", " | "])
def test_a_table_copied_out_of_a_page_is_a_table(between, gap):
    markdown = body("\n".join(between.join(row) for row in ROWS), gap)

    assert markdown == (
        f"{ABOVE}\n\nThe fees for a night are these:\n\n"
        "| Length | Summer | Winter |\n| --- | --- | --- |\n| up to 8 m | 12 | 6 |\n"
        f"| up to 10 m | 16 | 8 |\n| over 12 m | 30 | 15 |\n\n{BELOW}"
    )


def test_an_empty_cell_keeps_its_place_and_a_bar_in_a_cell_its_sign():
    markdown = body("\tSummer\tWinter\nby day\t\t6|7\nby night\t12\t6")

    assert "|  | Summer | Winter |" in markdown
    assert "| by day |  | 6\\|7 |" in markdown


def test_the_last_row_of_a_table_whose_cells_are_lines_stands_with_the_others():
    cells = [cell for row in ROWS for cell in row]

    assert body("\n".join(cells)) == (
        f"{ABOVE}\n\nThe fees for a night are these:\n\n" + "\\\n".join(cells) + f"\n\n{BELOW}"
    )


def test_the_last_row_of_a_table_whose_rows_are_lines_stands_with_the_others():
    rows = [" ".join(row) for row in ROWS]

    assert body("\n".join(rows)) == (
        f"{ABOVE}\n\nThe fees for a night are these:\n\n" + "\\\n".join(rows) + f"\n\n{BELOW}"
    )


def test_a_heading_below_short_lines_is_none_of_them():
    verse = "The boats went out\nat the turn of the tide\nand nobody counted\nthe lamps on the quay"

    assert body(f"{verse}\nWhat the office says").endswith(f"## What the office says\n\n{BELOW}")


def test_indented_lines_and_a_bar_of_links_are_no_table():
    markdown = body("\t\tThe basin\tis shallow now.\n\t\tHome | News\n\t\tSport | Contact")

    assert "| ---" not in markdown
