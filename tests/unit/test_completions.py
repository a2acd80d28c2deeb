"""Completions and the manual page: made from the parsers, tried in the shells themselves."""

from __future__ import annotations

import os
import pty
import select
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from reader.cli import main, verbs
from reader.cli.completions import SHELLS, completions
from reader.cli.manual import manual

IN_BASH = """\
source {script}
set_for=$(complete -p broadsheet | sed 's/.*-F \\([^ ]*\\).*/\\1/')
try() {{
    COMP_WORDS=("$@"); COMP_CWORD=$(( $# - 1 )); COMPREPLY=()
    $set_for broadsheet "${{COMP_WORDS[COMP_CWORD]}}" "${{COMP_WORDS[COMP_CWORD-1]}}"
    echo "${{COMPREPLY[*]}}"
}}
"""


def needed(shell: str) -> str:
    path = shutil.which(shell)
    if path is None:
        pytest.skip(f"{shell} is not installed")
    return path


@pytest.fixture
def script(tmp_path, capsys, request) -> Path:
    file = tmp_path / "_broadsheet"
    assert main(["completions", request.param]) == 0
    file.write_text(capsys.readouterr().out)
    return file


@pytest.mark.parametrize("script", ["bash"], indirect=True)
@pytest.mark.parametrize(
    ("typed", "completed"),
    [
        ("broadsheet ex", "export"),
        ("broadsheet export --t", "--to"),
        ("broadsheet mark un", "unread unstar"),
        ("broadsheet config --", "--help --path --check --sample --json --jsonl"),
        ("broadsheet add a_pa", "a_page.html"),
        ("broadsheet --pl", "--plain"),
    ],
)
def test_bash_completes(script, typed, completed, tmp_path):
    bash = needed("bash")
    (tmp_path / "a_page.html").write_text("")
    words = " ".join(f"'{word}'" for word in typed.split())
    done = subprocess.run(
        [bash, "--norc", "-c", IN_BASH.format(script=script) + f"try {words}"],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        check=True,
    )

    assert done.stderr == ""
    assert set(done.stdout.split()) == set(completed.split())


@pytest.mark.parametrize("script", ["fish"], indirect=True)
def test_fish_completes(script, tmp_path):
    fish = needed("fish")
    asks = ["broadsheet ex", "broadsheet mark uns", "broadsheet config --sam"]
    done = subprocess.run(
        [
            fish,
            "--no-config",
            "-c",
            f"source {script}; " + "".join(f"complete -C '{a}';" for a in asks),
        ],
        capture_output=True,
        text=True,
        env={**os.environ, "HOME": str(tmp_path)},
        check=True,
    )

    offered = [line.split("\t")[0] for line in done.stdout.splitlines()]
    assert offered == ["export", "unstar", "--sample"]


@pytest.mark.parametrize("script", ["zsh"], indirect=True)
def test_zsh_completes(script, tmp_path):
    zsh = needed("zsh")
    leader, follower = pty.openpty()
    environment = {**os.environ, "TERM": "dumb", "HOME": str(tmp_path), "PS1": "$ "}
    with subprocess.Popen(
        [zsh, "-f", "-i", "-o", "no_beep"],
        stdin=follower,
        stdout=follower,
        stderr=follower,
        env=environment,
        start_new_session=True,
    ) as child:
        os.close(follower)
        try:
            begin = "autoload -U compinit; compinit -D -u; PS1=re''ady'> '"
            os.write(leader, f"fpath=({script.parent} $fpath); {begin}\n".encode())
            seen_until(leader, "ready>")
            for typed, completed in (
                (b"broadsheet conf\t", "config"),
                (b"--sam\t", "--sample"),
            ):
                os.write(leader, typed)  # a tab with letters waiting behind it would be a tab
                seen_until(leader, completed)
        finally:
            child.kill()
    os.close(leader)


def seen_until(leader: int, words: str) -> str:
    """What is written until `words` are, for at most 20 seconds."""
    seen, until = "", time.monotonic() + 20
    while words not in seen and time.monotonic() < until:
        if select.select([leader], [], [], 0.2)[0]:
            seen += os.read(leader, 65_536).decode("utf-8", "replace")
    assert words in seen
    return seen


@pytest.mark.parametrize("shell", SHELLS)
def test_every_verb_is_completed(shell):
    script = completions(shell)

    for name in verbs.VERBS:
        assert name in script


def test_the_manual_tells_of_every_verb_with_its_options():
    page = manual().replace("\\-", "-")

    for name in verbs.VERBS:
        assert f"broadsheet {name}" in page.replace("\\fR", "").replace("\\fB", "").replace(
            "\\fI\\,", ""
        )
        for option in set(verbs.parser_of(name)._option_string_actions) - {"-h", "--help"}:
            assert option in page
    assert "BROADSHEET_HOME" in page


def test_the_manual_is_sound_troff(tmp_path):
    groff = needed("groff")
    done = subprocess.run(
        [groff, "-man", "-k", "-Tutf8", "-ww", "-z"],
        input=manual().encode(),
        capture_output=True,
        check=True,
    )

    assert done.stderr == b""


def test_neither_is_loaded_by_another_verb():
    code = "import sys; from reader.cli import main; main(['list']); print('shtab' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.splitlines()[-1] == "False"
