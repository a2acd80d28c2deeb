"""The line-mode reader in a terminal: the terminal's own cursor, and not one sequence sent."""

from pathlib import Path

import gazette
import pytest
from harness import Terminal

DUMB = {"TERM": "dumb", "COLORTERM": ""}


@pytest.fixture
def cache(own_home: Path) -> Path:
    path = own_home / "broadsheet.db"
    gazette.fill(path, 60)
    return path


def test_a_dumb_terminal_gets_lines_by_itself_and_no_sequence(cache):
    with Terminal(size=(60, 16), environment=DUMB) as terminal:
        terminal.wait_for("Enter lists more.")
        terminal.press("o 2", "enter")
        terminal.wait_for("Enter reads on;")
        first = terminal.sent
        terminal.press("enter")
        terminal.wait_for_more("Enter reads on;", first)
        terminal.press("s", "enter")
        terminal.wait_for("Starred")
        terminal.press("q", "enter")
        assert terminal.wait_for_end() == 0
        assert terminal.is_restored()
        assert b"\x1b" not in terminal.sent
        assert max(map(len, terminal.sent.decode().splitlines())) <= 60


def test_what_is_said_at_once_fits_a_small_terminal(cache):
    with Terminal("--plain", size=(40, 12), environment=DUMB) as terminal:
        terminal.wait_for("Enter lists more.")
        terminal.read(0.3)
        assert "1. " in terminal.text(), "the first row is still to be seen"
        terminal.press("3", "enter")
        terminal.wait_for("Enter reads on;")
        assert "3. " in terminal.text(), "and so is the title"
        terminal.press("q", "enter")
        assert terminal.wait_for_end() == 0


def test_asked_for_lines_a_capable_terminal_stays_as_it_is(cache):
    with Terminal("--plain") as terminal:
        terminal.wait_for("Enter lists more.")
        before = terminal.sent
        terminal.press("ctrl+c")
        terminal.wait_for_more("q leaves.", before)  # what is typed sooner is thrown away with it
        terminal.press("where", "enter")
        terminal.wait_for("none is open")
        terminal.press("\x04")
        assert terminal.wait_for_end() == 0
        assert terminal.is_restored()
        assert b"\x1b[?" not in terminal.sent
        assert b"\x1b[H" not in terminal.sent


def test_for_good_by_the_environment(cache):
    with Terminal(environment={**DUMB, "TERM": "xterm", "BROADSHEET_PLAIN": "1"}) as terminal:
        terminal.wait_for("Enter lists more.")
        terminal.press("q", "enter")
        assert terminal.wait_for_end() == 0


def test_a_closed_window_ends_it(cache):
    with Terminal(environment=DUMB) as terminal:
        terminal.wait_for("Enter lists more.")
        terminal.hang_up()
        terminal.process.wait(20)


def test_highlights_and_marks_in_a_dumb_terminal(cache):
    with Terminal(size=(60, 16), environment=DUMB) as terminal:
        terminal.wait_for("Enter lists more.")
        for typed, said in (
            ("o 2", "Enter reads on;"),
            ("hl the", "Highlighted"),
            ("M a", "returns here"),
            ("'", "Marked: a."),
            ("U", "Took back: marked a"),
            ("hl", "1. “"),
        ):
            terminal.press(typed, "enter")
            terminal.wait_for(said)
        terminal.press("q", "enter")
        assert terminal.wait_for_end() == 0
        assert b"\x1b" not in terminal.sent
        assert max(map(len, terminal.sent.decode().splitlines())) <= 60
