"""The terminal's own cursor, for those whose magnifier or braille row follows it."""

from pathlib import Path

import gazette
import pytest
from harness import Terminal

SHOW, HIDE = b"\x1b[?25h", b"\x1b[?25l"


@pytest.fixture
def cache(own_home: Path) -> Path:
    path = own_home / "broadsheet.db"
    gazette.fill(path, 60)
    return path


def at_cursor(terminal: Terminal) -> str:
    """The screen from the cursor to the end of its line."""
    cursor = terminal.screen.cursor
    return terminal.screen.display[cursor.y][cursor.x :]


def test_it_stands_on_the_chosen_row_if_it_is_asked_for(cache, own_home):
    (own_home / "config.toml").write_text("cursor = true\n")
    with Terminal() as terminal:
        terminal.wait_for("1 of 60")
        terminal.read(0.3)
        assert terminal.sent.rfind(SHOW) > terminal.sent.rfind(HIDE)
        rows = []
        for number in (2, 3, 4):
            terminal.press("j")
            terminal.wait_for(f"{number} of 60")
            terminal.read(0.2)
            assert at_cursor(terminal).startswith("▌"), number
            rows.append(terminal.screen.cursor.y)
        assert rows == [rows[0], rows[0] + 1, rows[0] + 2]
        terminal.press("g", "f", "j")
        terminal.read(0.3)
        assert at_cursor(terminal).startswith("▌")
        terminal.press("/", "lamp")
        terminal.read(0.5)
        assert terminal.screen.cursor.y == terminal.lines - 1
        terminal.press("esc")
        terminal.read(0.4)
        terminal.press("Q")
        assert terminal.wait_for_end() == 0
        assert terminal.is_restored()


def test_on_the_page_it_stands_at_the_word_that_was_found(cache, own_home):
    (own_home / "config.toml").write_text("cursor = true\n")
    with Terminal(size=(80, 24)) as terminal:
        terminal.wait_for("of 60")
        terminal.press("enter", "f", "the", "enter", "n")
        terminal.read(0.5)
        assert "the" in at_cursor(terminal).casefold()
        terminal.press("Q")
        terminal.wait_for_end()


def test_it_is_hidden_if_nobody_asked(cache):
    with Terminal() as terminal:
        terminal.wait_for("of 60")
        terminal.press("j")
        terminal.read(0.2)
        assert SHOW not in terminal.sent
        terminal.press("Q")
        assert terminal.wait_for_end() == 0
