"""What befalls a terminal: signals, storms, slow lines, other terminals, no home. Whatever it is,
the terminal is given back as it was found, and nothing that was read or marked is lost."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import gazette
import pytest
from harness import CHECKOUT, Terminal

from reader.library import Library

ALTERNATE = b"\x1b[?1049h"
OF_16_COLOURS = re.compile(r"\x1b\[([0-9;]*)m")


@pytest.fixture
def cache(own_home: Path) -> Path:
    path = own_home / "broadsheet.db"
    gazette.fill(path, 120)
    return path


def quit_and_check(terminal: Terminal) -> None:
    terminal.press("Q")
    assert terminal.wait_for_end() == 0
    assert terminal.is_restored()
    assert b"Traceback" not in terminal.sent


def test_no_key_is_lost_in_a_storm_of_resizes(cache):
    with Terminal() as terminal:
        terminal.wait_for("1 of 120")
        sizes = [(90, 30), (40, 12), (200, 60), (19, 4), (120, 40)]
        for number in range(40):
            os.write(terminal.leader, b"j")
            terminal.resize(*sizes[number % len(sizes)])
            terminal.read(0.005)
        terminal.resize(120, 40)
        terminal.wait_for("41 of 120")
        quit_and_check(terminal)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_while_the_screen_is_being_taken_gives_it_back(cache, number):
    for wait in (0.0, 0.02, 0.06):
        with Terminal() as terminal:
            terminal.wait_quietly(ALTERNATE)
            time.sleep(wait)
            terminal.signal(number)
            assert terminal.wait_for_end() == 128 + number
            assert terminal.is_restored(), wait


def test_stopped_and_continued_from_a_shell_it_comes_back_where_it_was(cache):
    environment = {"PS1": "shell$ ", "PYTHON": sys.executable, "HISTFILE": None}
    shell = ["bash", "--norc", "--noprofile", "-i"]
    with Terminal(program=shell, environment=environment) as terminal:
        terminal.wait_for("shell$")
        terminal.press('"$PYTHON" -m reader', "enter")
        terminal.wait_for("1 of 120")
        terminal.press("j", "j")
        terminal.wait_for("3 of 120")
        for stop in ("key", "signal"):
            begun = len(terminal.sent)
            if stop == "key":
                terminal.press("\x1a")
            else:
                terminal.wait_for("of 120")
                os.kill(_child_of(terminal.process.pid), signal.SIGTSTP)
            terminal.wait_for_more("Stopped", terminal.sent[:begun])
            assert terminal.sent.rfind(b"\x1b[?1049l") > begun
            assert terminal.sent.rfind(b"\x1b[?25h") > begun
            terminal.press("echo here", "enter")
            terminal.wait_for("here")
            before = terminal.sent
            terminal.press("fg", "enter")
            terminal.wait_for_more("of 120", before)
        terminal.press("j")
        terminal.wait_for("4 of 120")
        terminal.press("Q")
        terminal.read(1.5)
        terminal.press("echo code $?", "enter")
        terminal.wait_for("code 0")
        assert terminal.sent.rfind(b"\x1b[?1049l") > terminal.sent.rfind(b"\x1b[?1049h")


def _child_of(shell: int) -> int:
    found = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(shell)], capture_output=True, text=True, check=True
    )
    return int(found.stdout.split()[0])


def test_what_a_shell_exported_of_an_older_window_is_not_believed(cache):
    with Terminal(environment={"COLUMNS": "33", "LINES": "7"}) as terminal:
        terminal.wait_for("1 of 120")
        assert "of 120" in terminal.text().splitlines()[-1]
        terminal.resize(100, 30)
        terminal.read(0.5)
        terminal.press("j")
        terminal.wait_for("2 of 120")
        assert "2 of 120" in terminal.text().splitlines()[-1]
        quit_and_check(terminal)


@pytest.mark.parametrize("term", ["linux", "xterm", "screen"])
def test_a_terminal_of_16_colours_is_sent_no_others(cache, term):
    with Terminal(environment={"TERM": term, "COLORTERM": ""}) as terminal:
        terminal.wait_for("of 120")
        terminal.press("j", "enter", "space", "T", "?", "esc")
        terminal.read(0.3)
        sent = terminal.sent.decode("utf-8", "replace")
        assert [sgr for sgr in OF_16_COLOURS.findall(sent) if re.search(r"[34]8;[25]", sgr)] == []
        terminal.press("Q")
        assert terminal.wait_for_end() == 0
        assert terminal.is_restored()


def test_in_tmux_the_pane_is_as_it_was(cache, tmp_path):
    tmux = shutil.which("tmux")
    if tmux is None:
        pytest.skip("tmux is not installed")
    server = [tmux, "-S", str(tmp_path / "tmux"), "-f", "/dev/null"]
    command = f"echo before; cd {CHECKOUT}; {sys.executable} -m reader; echo after $?; sleep 60"

    def shown() -> str:
        return subprocess.run(
            [*server, "capture-pane", "-p"], capture_output=True, text=True, check=False
        ).stdout

    def until(words: str) -> str:
        end = time.monotonic() + 20
        while words not in shown():
            assert time.monotonic() < end, shown()
            time.sleep(0.05)
        return shown()

    environment = {**os.environ, "TERM": "screen-256color", "PYTHONPATH": str(CHECKOUT)}
    begin = ["new-session", "-d", "-x", "100", "-y", "30", command]
    subprocess.run([*server, *begin], env=environment, check=True)
    try:
        page = until("1 of 120")
        assert "┐" not in page  # nothing that another terminal would draw as a letter
        subprocess.run([*server, "send-keys", "j", "j", "Enter"], check=True)
        until("%")
        subprocess.run([*server, "resize-window", "-x", "70", "-y", "20"], check=True)
        subprocess.run([*server, "send-keys", "q"], check=True)
        until("3 of 120")
        subprocess.run([*server, "send-keys", "Q"], check=True)
        assert until("after 0").split() == ["before", "after", "0"]
        flags = [*server, "display-message", "-p", "#{cursor_flag}#{mouse_any_flag}#{alternate_on}"]
        assert subprocess.run(flags, capture_output=True, text=True, check=True).stdout == "100\n"
    finally:
        subprocess.run([*server, "kill-server"], check=False)


def test_with_the_mouse_off_the_terminal_is_never_asked_for_it(cache, own_home):
    (own_home / "config.toml").write_text("mouse = false\n")
    with Terminal() as terminal:
        terminal.wait_for("1 of 120")
        terminal.press("j", "enter", "q")
        quit_and_check(terminal)
        assert re.findall(rb"\x1b\[\?(?:1000|1002|1003|1006|1015|1016)h", terminal.sent) == []


def test_nothing_moves_by_itself(cache):
    with Terminal() as terminal:
        terminal.wait_for("1 of 120")
        terminal.press("enter", "space")
        terminal.read(1.5)
        before = len(terminal.sent)
        for _ in range(10):
            terminal.read(0.2)
        assert len(terminal.sent) == before, "no blinking, no spinner, no clock"
        motion = (
            "from reader.app import prepare_environment as p; p(); from textual import constants"
        )
        show = f"{motion}; print(constants.TEXTUAL_ANIMATIONS, constants.SMOOTH_SCROLL)"
        done = subprocess.run(
            [sys.executable, "-c", show], capture_output=True, text=True, check=True
        )
        assert done.stdout.split() == ["none", "False"]


def test_a_slow_line_carries_few_bytes_for_a_key_and_catches_up(cache):
    with Terminal() as terminal:
        terminal.wait_for("1 of 120")
        terminal.read(0.5)
        start = len(terminal.sent)
        assert start < 80_000
        sizes = []
        for _ in range(5):
            before = len(terminal.sent)
            os.write(terminal.leader, b"j")
            terminal.read(0.3)
            sizes.append(len(terminal.sent) - before)
        assert sorted(sizes)[2] < 12_000, "one headline on: two rows of the list, and the page"
        terminal.press("tab")
        terminal.read(0.3)
        before = len(terminal.sent)
        for _ in range(100):
            os.write(terminal.leader, b"j")  # nobody reads the other end meanwhile
            time.sleep(0.002)
        terminal.press("tab", "tab", "tab")
        terminal.read(1.0)
        assert len(terminal.sent) - before < 400_000, "frames nobody could see are left out"
        quit_and_check(terminal)


def test_a_terminal_that_takes_nothing_more_lets_the_program_end(cache):
    with Terminal() as terminal:
        terminal.wait_for("1 of 120")
        terminal.press("j", "j")
        terminal.wait_for("3 of 120")
        for _ in range(60):
            os.write(terminal.leader, b"\x0c")  # each draws all of it, and nobody reads
            time.sleep(0.03)
        terminal.signal(signal.SIGTERM)
        assert terminal.process.wait(30) == 128 + signal.SIGTERM
    with Library.open(cache) as library:
        assert library.state("session")["article"] == 118


def test_a_paste_of_a_megabyte_is_offered_and_does_nothing_by_itself(cache):
    text = b"Uq Q A m r " * 95_000
    with Terminal() as terminal:
        terminal.wait_for("1 of 120")
        terminal.write(b"\x1b[200~" + text + b"\x1b[201~")
        terminal.wait_for("Enter adds the pasted text")
        terminal.press("esc")
        terminal.read(0.4)
        terminal.press("j")
        terminal.wait_for("2 of 120")
        terminal.press("/")
        terminal.read(0.3)
        terminal.write(b"\x1b[200~" + text + b"\x1b[201~")
        terminal.read(1.0)
        terminal.press("esc")
        terminal.read(0.4)
        quit_and_check(terminal)
    with Library.open(cache) as library:
        assert library.undo() is None


def test_a_paste_from_a_terminal_that_does_not_say_so_is_no_key_either(cache):
    text = "Quite A mess: m, U, s and Q are keys, del is not.\r" * 60
    with Terminal(environment={"TERM": "linux", "COLORTERM": ""}) as terminal:
        terminal.wait_for("1 of 120")
        terminal.write(text.encode())
        terminal.wait_for("Enter adds the pasted text")
        terminal.press("esc")
        terminal.read(0.4)
        terminal.write(b"j" * 300)  # a key that was held while the line stood still
        terminal.wait_for("120 of 120")
        quit_and_check(terminal)
    with Library.open(cache) as library:
        assert library.undo() is None


def test_without_a_home_one_line_says_so(own_home):
    gone = dict.fromkeys(("HOME", "BROADSHEET_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"))
    lost = "import pwd, sys; pwd.getpwuid = lambda uid: (_ for _ in ()).throw(KeyError(uid)); "
    run = "from reader.cli import main; sys.exit(main())"
    with Terminal(environment=gone, python=("-c", lost + run)) as terminal:
        assert terminal.wait_for_end() == 2
        assert terminal.sent.count(b"\n") == 1
        assert b"set HOME, or BROADSHEET_HOME" in terminal.sent
        assert ALTERNATE not in terminal.sent


def test_broken_settings_are_named_and_the_room_opens(cache, own_home):
    (own_home / "config.toml").write_text('\nmeasure_cells = "wide"\n')
    with Terminal(size=(80, 24)) as terminal:
        terminal.wait_for("The defaults hold, for in config.toml, line 2, column 1: measure_cells")
        quit_and_check(terminal)


READ_ONLY = """\
import sys
from reader.cli import main
from reader.library import Library
whole = Library.open
Library.open = classmethod(lambda cls, path=None, readonly=False: whole(path, readonly=True))
sys.exit(main())
"""


def test_where_nothing_can_be_kept_one_reads_all_the_same(cache):
    with Terminal(python=("-c", READ_ONLY)) as terminal:
        terminal.wait_for("Nothing can be kept here")
        terminal.press("j", "enter", "space")
        terminal.wait_for("%")
        terminal.press("s")
        terminal.wait_for("cannot write")
        quit_and_check(terminal)


FAULTY = """\
import sys
from reader.app import prepare_environment
prepare_environment()
from reader.app.screens.room import Room
from reader.app.widgets.headlines import Headlines
from reader.cli import main
from reader.library import Library

def handler(self):
    raise ZeroDivisionError("in a handler")

def worker(self, *arguments, **options):
    raise ZeroDivisionError("in a thread")

def drawing(self, row, width, whole=Headlines.draw, once=[]):
    if row == 3 and not once:
        once.append(row)
        raise ZeroDivisionError("in a drawing")
    return whole(self, row, width)

def act_later(self):
    self.later("fault", 0.01, lambda: 1 / 0)

Room.act_zen = handler
Library.tag = worker
Headlines.draw = drawing
Room.act_theme = act_later
sys.exit(main())
"""


def test_a_fault_in_any_place_is_one_line_and_in_the_log_and_the_room_goes_on(cache, own_home):
    with Terminal(python=("-c", FAULTY)) as terminal:
        terminal.wait_for("That did not work (ZeroDivisionError); it is written down in")
        for keys in (["z"], ["T"], ["t", "word", "enter"]):
            terminal.press("j")
            terminal.read(0.3)
            assert "That did not work" not in terminal.text()
            terminal.press(*keys)
            terminal.wait_for("That did not work (ZeroDivisionError)")
        terminal.press("s")
        terminal.wait_for("Starred")
        quit_and_check(terminal)
    log = (own_home / "broadsheet.log").read_text()
    for place in ("in a handler", "in a thread", "in a drawing", "division by zero"):
        assert place in log
    assert (own_home / "broadsheet.log").stat().st_mode & 0o077 == 0
    with Library.open(cache) as library:
        assert len(library.bookmarks()) == 1
