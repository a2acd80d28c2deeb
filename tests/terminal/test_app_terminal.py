"""The reading room in a terminal: it comes back whole, and sends nothing that is not its own."""

import os
import re
import signal
from pathlib import Path

import gazette
import pytest
from harness import Terminal

from reader.library import Library

EVIL = {
    "clipboard": "Quiet \x1b]52;c;ZXZpbA==\x07 title",
    "window title": "\x1b]0;pwned\x07Storm",
    "clear": "Before\x1b[2J\x1b[Hafter",
    "eight bit": "Colour \x9b31m red \x9d0;pwned\x9c end",
    "device": "\x1bP+q544e\x1b\\ asks",
    "bidi": "abc\u202edef\u2066ghi",
    "link": "\x1b]8;;https://evil.example\x1b\\click\x1b]8;;\x1b\\",
    "nul": "nul\x00 and del\x7f",
    "markup": "[/b] [@click=app.quit]x[/] [/",
    "surrogate": "lone \ud800 half",
}
OWN_OSC = re.compile(rb"\x1b\](?:10;\?|11;\?|22;)")
"""What Textual itself asks: the terminal's colours, the shape of the pointer."""


@pytest.fixture
def cache(own_home: Path) -> Path:
    path = own_home / "broadsheet.db"
    gazette.fill(path, 60)
    return path


def test_it_opens_reads_and_leaves_the_terminal_as_it_was(cache):
    with Terminal() as terminal:
        terminal.wait_for("of 60")
        terminal.press("j", "enter", "space", "tab")
        assert "broadsheet" not in terminal.text().splitlines()[-1]
        terminal.press("Q")
        assert terminal.wait_for_end() == 0
        assert terminal.is_restored()
        assert b"Traceback" not in terminal.sent


def test_the_start_paints_the_screen_once(cache):
    cache.with_name("config.toml").write_text('mark_read = "never"\n')  # which paints again
    with Terminal() as terminal:
        terminal.wait_for("of 60")
        terminal.read(0.1)
        for words in (b"b r o a d s h e e t", b"Starred", b"Today"):
            assert terminal.sent.count(words) == 1


def test_a_key_on_the_front_page_sends_the_lines_under_the_bar(own_home):
    gazette.fill(own_home / "broadsheet.db", 200, front=True)
    with Terminal() as terminal:
        terminal.wait_for("stories")
        terminal.read(1.0)
        sent = len(terminal.sent)
        terminal.write(b"j")
        terminal.read(0.5)
        assert "▌" in terminal.text()
        assert 100 < len(terminal.sent) - sent < 1600  # six lines of 93 cells


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_it_with_the_place_kept(cache, number):
    with Terminal() as terminal:
        terminal.wait_for("of 60")
        terminal.press("j", "j")
        terminal.wait_for("3 of 60")
        terminal.signal(number)
        assert terminal.wait_for_end() == 128 + number
        assert terminal.is_restored()
    with Library.open(cache) as library:
        kept = library.state("session")
        assert kept["article"] == 58


def test_ctrl_c_leaves_as_q_does(cache):
    with Terminal() as terminal:
        terminal.wait_for("of 60")
        terminal.press("ctrl+c")
        assert terminal.wait_for_end() == 0
        assert terminal.is_restored()


def test_a_closed_window_ends_it_with_the_place_kept(cache):
    with Terminal() as terminal:
        terminal.wait_for("of 60")
        terminal.press("j", "j", "j")
        terminal.wait_for("4 of 60")
        terminal.hang_up()
        terminal.process.wait(20)
    with Library.open(cache) as library:
        assert library.state("session")["article"] == 57


def test_a_storm_of_resizes_leaves_a_whole_page(cache):
    with Terminal() as terminal:
        terminal.wait_for("of 60")
        for columns, lines in [(40, 12), (200, 60), (19, 4), (80, 24), (1, 1), (33, 7)] * 4:
            terminal.resize(columns, lines)
            terminal.read(0.01)
        terminal.resize(100, 35)
        terminal.wait_for("of 60")
        terminal.press("Q")
        assert terminal.wait_for_end() == 0


def test_too_small_a_terminal_says_so(cache):
    with Terminal(size=(19, 4)) as terminal:
        terminal.wait_for("too small")
        terminal.press("Q")
        assert terminal.wait_for_end() == 0


@pytest.mark.parametrize("term", ["linux", "screen-256color", "xterm", "vt100"])
def test_other_terminals_show_it_too(cache, term):
    with Terminal(environment={"TERM": term, "COLORTERM": ""}) as terminal:
        terminal.wait_for("of 60")
        terminal.press("Q")
        assert terminal.wait_for_end() == 0


def test_without_colour_no_colour_is_sent(cache):
    with Terminal(environment={"NO_COLOR": "1"}) as terminal:
        terminal.wait_for("of 60")
        terminal.press("j", "tab")
        terminal.read(0.3)
        colours = re.findall(rb"\x1b\[[0-9;]*(?<![0-9])[34]8;[25][0-9;]*m", terminal.sent)
        assert colours == []
        assert re.search(rb"\x1b\[(?:[0-9]+;)*7[;m]", terminal.sent), "the bar is not reversed"
        terminal.press("Q")
        terminal.wait_for_end()


def test_an_empty_cache_opens_on_the_sample_edition(own_home):
    with Terminal() as terminal:
        terminal.wait_for("Three ways to begin")
        terminal.wait_for("The sample edition is here")
        terminal.press("space")
        terminal.wait_for("%")
        terminal.press("Q")
        assert terminal.wait_for_end() == 0


def test_a_pasted_text_of_one_word_is_of_one_word(cache):
    with Terminal() as terminal:
        terminal.wait_for("of 60")
        terminal.press(f"\x1b[200~{'x' * 500}\x1b[201~")
        terminal.wait_for("Enter adds the pasted text (1 word)")
        terminal.press("esc")
        terminal.read(0.4)  # Q right behind it would be alt+Q
        terminal.press("Q")
        assert terminal.wait_for_end() == 0


def test_a_short_text_of_several_lines_is_pasted_as_terminals_send_it(cache):
    """With a carriage return at the end of each line, as if Enter had been typed."""
    with Terminal() as terminal:
        terminal.wait_for("of 60")
        terminal.press("\x1b[200~The gate is stuck\r\rIt will be mended soon.\x1b[201~")
        terminal.wait_for("Enter adds the pasted text (9 words)")


def test_a_pasted_page_is_added_and_opened(cache):
    text = "A letter to the editor\n\nThe gulls have taken the clock. " + "They keep it. " * 30
    with Terminal() as terminal:
        terminal.wait_for("of 60")
        terminal.press(f"\x1b[200~{text}\x1b[201~")
        terminal.wait_for("Enter adds the pasted text")
        terminal.press("enter")
        terminal.wait_for("1 added")
        terminal.wait_for("gulls have taken the clock")
        terminal.press("Q")
        terminal.wait_for_end()


def test_what_a_paste_holds_is_never_a_key(cache):
    sequences = "words \x1b[31mA\x1b[0m \x1b]52;c;QQ==\x07 \x1b[2J m\x1b[1;9Q \x1bOP\n" * 40
    with Library.open(cache) as library:
        before = library.counts().unread
    with Terminal() as terminal:
        terminal.wait_for("of 60")
        paste = b"\x1b[200~" + sequences.encode() + b"caf\xe9 \xff\xfe \x1b[201"
        for start in range(0, len(paste), 700):
            os.write(terminal.leader, paste[start : start + 700])
            terminal.read(0.02)
        os.write(terminal.leader, b"~")
        terminal.wait_for("Enter adds the pasted text")
        terminal.press("esc")
        terminal.read(0.4)  # an Esc with a letter right behind it would be another key
        terminal.press("j")
        terminal.wait_for("2 of 60")
    with Library.open(cache) as library:
        assert before - library.counts().unread <= 2  # the two that were shown
        assert library.undo() is None


def test_bytes_that_are_no_letters_leave_the_keys_working(cache):
    with Terminal() as terminal:
        terminal.wait_for("of 60")
        os.write(terminal.leader, b"\xff\xc3\x28\xf0\x9f")
        terminal.press("j", "down")
        terminal.wait_for("3 of 60")


def test_a_file_is_added_by_its_path(cache, tmp_path):
    page = tmp_path / "my notes.md"
    page.write_text("# Notes from the pier\n\n" + "Somebody painted the lamp green. " * 20)
    with Terminal() as terminal:
        terminal.wait_for("of 60")
        terminal.press("a", str(page), "enter")
        terminal.wait_for("Notes from the pier")
        terminal.wait_for("painted the lamp green")
        terminal.press("Q")
        terminal.wait_for_end()


def test_nothing_of_an_attackers_sequences_reaches_the_terminal(own_home):
    path = own_home / "broadsheet.db"
    with Library.open(path) as library:
        for number, title in enumerate(EVIL.values()):
            _smuggle(library, title, number)
    with Terminal() as terminal:
        terminal.wait_for(f"{len(EVIL)} stories")
        terminal.press("g", "a")
        terminal.wait_for(f"of {len(EVIL)}")
        for _ in EVIL:
            terminal.press("j")
            terminal.read(0.1)
        terminal.press("tab", "space", "/", "pwned")
        for keys in (["esc"], ["?"], ["esc"], ["t"], ["esc"], ["Q"]):
            terminal.read(0.5)
            terminal.press(*keys)
        terminal.wait_for_end()
        sent = terminal.sent
    assert b"52;c;" not in sent
    assert b"pwned\x07" not in sent
    assert b"]0;" not in sent
    assert b"]8;;" not in sent
    assert b"+q544e" not in sent
    assert "\u202e".encode() not in sent
    assert "\u2066".encode() not in sent
    assert b"\x00" not in sent
    assert b"\x7f" not in sent
    for c1 in range(0x80, 0xA0):
        assert chr(c1).encode() not in sent
    oscs = [sent[match.start() : match.start() + 12] for match in re.finditer(rb"\x1b\]", sent)]
    assert [osc for osc in oscs if not OWN_OSC.match(osc)] == []
    assert "[/b]" in terminal.text() or b"[/b]" in sent


def _smuggle(library: Library, text: str, number: int) -> None:
    """Put a text into the cache past the gate at its door, as a broken import would."""
    article = gazette.add(library, f"placeholder {number}", "A body. " * 5)
    raw = text.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    with library.cache.write() as conn:
        conn.execute("UPDATE article SET title = ?, site = ? WHERE id = ?", (raw, raw, article))
        conn.execute(
            "UPDATE body SET markdown = ?, authors = ? WHERE id = ?",
            (f"# {raw}\n\n{raw}\n\n- {raw}\n\n> {raw}\n\n`{raw}`", f'["{article}"]', article),
        )
        conn.execute("UPDATE source SET title = ?, folder = ?", (raw, raw))
