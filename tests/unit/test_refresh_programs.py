"""Programs of the person's own as sources: only from their settings, within limits, in words."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from reader.fetch import programs
from reader.model import SourceKind, View

FEED = """<rss version="2.0"><channel><title>Lists</title>
<item><guid>1</guid><title>One</title><description>{}</description></item>
<item><guid>2</guid><title>Two</title><description>The second of them, as told.</description></item>
</channel></rss>"""


@pytest.fixture
def configure(own_home):
    """Write a source `exec:lists` whose command is a Python program."""

    def write(program: str, more: str = "") -> None:
        command = json.dumps([sys.executable, "-c", program])
        (own_home / "config.toml").write_text(f'[source."exec:lists"]\ncommand = {command}\n{more}')

    return write


def prints(text: str) -> str:
    return f"print({text!r})"


def test_what_a_program_prints_is_read_like_a_feed(library, configure):
    configure(prints(FEED.format("The first of them, as told.")))
    [outcome] = library.refresh()
    assert (outcome.status, outcome.new, outcome.url) == ("new", 2, "exec:lists")
    [source] = library.sources()
    assert (source.kind, source.title, source.error) == (SourceKind.PROGRAM, "lists", None)
    assert source.next is not None

    assert list(library.refresh()) == [], "it is not due again at once"
    configure(prints(FEED.format("The first of them, told anew.")))
    [outcome] = library.refresh(["exec:lists"])
    assert (outcome.new, outcome.changed) == (0, 1)


def test_a_program_that_prints_a_page_gives_one_article_with_revisions(library, configure):
    page = "<html><head><title>Tide</title></head><body><article>{}</article></body></html>"
    text = "<p>High water is expected at the old pier at ten past four this afternoon.</p>" * 9
    configure(prints(page.format(text)))
    [outcome] = library.refresh()
    assert (outcome.status, outcome.new) == ("new", 1)
    configure(prints(page.format(text.replace("four", "five"))))
    [outcome] = library.refresh(["exec:lists"])
    assert (outcome.new, outcome.changed) == (0, 1)
    [id] = library.ids(View("all"))
    assert "five" in library.article(id).text
    assert len(library.revisions(id)) == 2


@pytest.mark.parametrize(
    ("program", "said"),
    [
        ("import sys; sys.exit('the list is closed')", "ended with code 1: the list is closed"),
        ("pass", "there is nothing to read in it"),
        ("print('x' * 11_000_000)", "printed more than 10 MB"),
    ],
    ids=["fails", "prints nothing", "prints too much"],
)
def test_a_program_that_fails_is_a_source_in_trouble(library, configure, program, said):
    configure(program)
    [outcome] = library.refresh()
    assert outcome.status == "error"
    assert said in (outcome.error or "")
    assert library.sources()[0].error == outcome.error


def test_a_program_that_does_not_end_is_ended_with_all_it_started(
    library, configure, own_home, monkeypatch
):
    monkeypatch.setattr(programs, "SECONDS", 1.0)
    note = own_home / "pid"
    configure(
        "import subprocess, sys, time\n"
        f"child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])\n"
        f"open({str(note)!r}, 'w').write(str(child.pid))\n"
        "time.sleep(60)"
    )
    [outcome] = library.refresh()
    assert "did not end within 1 s" in (outcome.error or "")
    look = ["ps", "-o", "stat=", "-p", note.read_text()]
    states = (subprocess.run(look, capture_output=True).stdout.strip()[:1] for _ in range(200))
    assert any(state in (b"", b"Z") for state in states), "a kill takes effect when it is its turn"


def test_a_command_that_is_not_there_is_named(library, own_home):
    (own_home / "config.toml").write_text('[source."exec:no"]\ncommand = ["no-such-program"]\n')
    [outcome] = library.refresh()
    assert "its command (no-such-program) cannot be run: No such file" in (outcome.error or "")


def test_no_shell_is_between(library, configure, own_home):
    command = json.dumps([sys.executable, "-c", "import sys; print(sys.argv[1])", "$(touch pwned)"])
    (own_home / "config.toml").write_text(f'[source."exec:sh"]\ncommand = {command}\n')
    list(library.refresh())
    assert not os.path.exists("pwned")


def test_a_command_that_left_the_settings_is_not_run_again(library, configure, own_home):
    configure(prints(FEED.format("The first of them, as told.")))
    list(library.refresh())
    (own_home / "config.toml").write_text("")
    [outcome] = library.refresh(["exec:lists"])
    assert outcome.error == "your settings name no command for it any more"
    assert len(library.ids(View("all"))) == 2


def test_a_program_that_was_removed_does_not_come_back(library, configure):
    configure(prints(FEED.format("The first of them, as told.")))
    list(library.refresh())
    library.remove_source(library.sources()[0].id)
    assert list(library.refresh()) == []
    assert library.sources() == []


def test_adding_a_program_says_where_it_belongs(own_home):
    done = subprocess.run(
        [sys.executable, "-m", "reader", "add", "exec:lists"], capture_output=True, text=True
    )
    assert done.returncode == 2
    assert '[source."exec:lists"] with command' in done.stderr
    assert "config.toml" in done.stderr


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[source."exec:x"]\nkeep_days = 3\n', "it needs a command"),
        ('[source."https://a.example/"]\ncommand = ["x"]\n', 'only a source [source."exec:NAME"]'),
        ('[source."exec:x"]\ncommand = "ls"\n', "command must be a program and its words"),
    ],
)
def test_mistakes_in_the_settings_are_told_with_their_line(own_home, text, said):
    (own_home / "config.toml").write_text(text)
    done = subprocess.run(
        [sys.executable, "-m", "reader", "refresh"], capture_output=True, text=True
    )
    assert done.returncode == 2
    assert said in done.stderr
    assert "line " in done.stderr
