"""The line front on a real terminal: lines that fit it, and no raw control byte ever."""

import fcntl
import json
import os
import pty
import re
import select
import struct
import subprocess
import sys
import termios
from pathlib import Path

import pytest

from reader import paths
from reader.text.width import cells

CHECKOUT = Path(__file__).resolve().parent.parent.parent

HOSTILE = [
    "plain [/b] [@click=app.quit]x[/]",
    "\x1b]52;c;ZXZpbA==\x07clip",
    "\x9b31mred\x1b[2J\x1b]0;pwned\x07",
    "\u202egnp.exe\U000e0041\u2066",
    "w" * 20_000,
    "lone \ud800 surrogate\x00",
    "名のない船、海へ 汐凪造船で電池フェリー進水 " * 4,
]


def on_terminal(*words: str, columns: int = 80) -> tuple[int, str]:
    """Run a command with a terminal as its stdout and stderr; its exit code and all it wrote."""
    leader, follower = pty.openpty()
    fcntl.ioctl(follower, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    env = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES")}
    with subprocess.Popen(
        [sys.executable, "-m", "reader", *words],
        stdin=subprocess.DEVNULL,
        stdout=follower,
        stderr=follower,
        cwd=CHECKOUT,
        env=env,
    ) as child:
        os.close(follower)
        written = b""
        while select.select([leader], [], [], 30)[0]:
            try:
                piece = os.read(leader, 65_536)
            except OSError:
                break
            if not piece:
                break
            written += piece
    os.close(leader)
    return child.returncode, written.decode().replace("\r\n", "\n")


@pytest.fixture
def hostile(tmp_path):
    lines = [
        {
            "id": title,
            "title": title,
            "text": f"{title}\n\nsecond {title}",
            "source": f"S {title[:300]}",
            "authors": [title],
            "tags": ["a" + title[:50].replace(" ", "")],
            "note": title,
            "summary": title,
            "url": f"https://a.example/{number}?{title[:100]}",
        }
        for number, title in enumerate(HOSTILE)
    ]
    file = tmp_path / "hostile.jsonl"
    file.write_text("\n".join(map(json.dumps, lines)))
    return file


def test_hostile_titles_reach_the_terminal_tame(hostile):
    code, said = on_terminal("import", str(hostile))
    assert code == 0
    assert said.endswith(f"{len(HOSTILE)} added\n")
    for words in (
        ["list"],
        ["search", "second"],
        ["sources"],
        ["read", "1"],
        ["read", "2"],
        ["read", "3", "--plain"],
        ["read", "5"],
        ["read", "7"],
        ["similar", "1"],
        ["similar", "--every"],
        ["tag", "x", "1", "2"],
        ["list", "--json"],
        ["read", "2", "--json"],
        ["export", "2", "3"],
        ["export", "2", "3", "--to", "jsonl"],
        ["doctor"],
        ["undo"],
        ["read", "\x1b[2J\x9b1m"],
    ):
        _, said = on_terminal(*words)
        wild = re.findall(
            r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", said
        )
        assert not wild, words
        assert said


@pytest.mark.parametrize("columns", [40, 80, 200])
def test_rows_fit_the_terminal(hostile, columns):
    on_terminal("import", str(hostile))

    _, said = on_terminal("list", columns=columns)

    rows = said.splitlines()
    assert len(rows) == len(HOSTILE)
    assert max(map(cells, rows)) <= min(columns, 120)


def test_an_article_is_set_in_a_column(own_home):
    (own_home / "config.toml").write_text("measure_cells = 50\n")
    on_terminal("add", "--sample")

    _, said = on_terminal("read", "1", columns=100)
    assert max(map(cells, said.splitlines())) <= 52
    _, said = on_terminal("read", "1", columns=40)
    assert max(map(cells, said.splitlines())) <= 40


def test_work_is_summed_up_for_a_person(tmp_path):
    (tmp_path / "a.md").write_text("# Gate\n\nThe lock gate stuck for the third time.")

    code, said = on_terminal("add", str(tmp_path / "a.md"), str(tmp_path / "b.md"))

    assert code == 1
    added, refused, total = said.splitlines()
    assert added.split() == ["added", "1", "Gate"]
    assert "there is no such file" in refused
    assert total == "1 added, 1 refused"


def test_files_of_the_folder_one_is_in_are_never_run(own_home, tmp_path):
    for name in ("json.py", "reader.py", "lxml.py"):
        (tmp_path / name).write_text("raise SystemExit('run by mistake')\n")
    (tmp_path / "note.md").write_text("# A note\n\nIt has some words of its own.\n")

    ran = subprocess.run(
        [*paths.child("reader"), "add", "note.md"], cwd=tmp_path, capture_output=True, text=True
    )

    assert ran.returncode == 0, ran.stderr
    assert json.loads(ran.stdout)["status"] == "added"


def test_what_is_new_has_a_sign_before_its_lines(tmp_path):
    known = "The council of Ostrey voted on Tuesday to rebuild the breached harbour wall in stone."
    fresh = "Professor Ingrid Malmo warned that 412 houses may flood before the spring."
    table = "| Pier | Metres |\n|---|---|\n| North | 4 |\n| Southern | 12 |"
    lines = [
        {"id": "a", "title": "A wall", "markdown": known},
        {"id": "b", "title": "A wall again", "markdown": f"{known}\n\n{fresh}\n\n{table}"},
    ]
    file = tmp_path / "two.jsonl"
    file.write_text(
        "\n".join(json.dumps(line | {"published": "2026-03-03", "source": "x"}) for line in lines)
    )
    on_terminal("import", str(file))
    on_terminal("mark", "read", "1")

    code, said = on_terminal("read", "2", "--new", columns=60)

    assert code == 0
    assert "\n· The council of Ostrey voted" in said
    assert "\n+ Professor Ingrid Malmo" in said
    assert all(cells(line) <= 60 for line in said.splitlines())
    head, row = (
        next(line for line in said.splitlines() if word in line) for word in ("Pier", "Southern")
    )
    assert head.index("Metres") == row.index("12"), "columns stand under their heads"
