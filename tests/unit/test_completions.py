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
from reader.cli.offers import MOST
from reader.library import Library
from reader.model import Cleaned, SourceKind
from reader.store import Incoming

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
    asks = [(b"broadsheet conf\t", "config"), (b"--sam\t", "--sample")]
    in_zsh(script, asks, {**os.environ, "HOME": str(tmp_path)})


def in_zsh(script: Path, asks: list[tuple[bytes, str]], environment: dict[str, str]) -> str:
    """Type into a zsh that has the completions, each time until some words are seen."""
    zsh = needed("zsh")
    leader, follower = pty.openpty()
    with subprocess.Popen(
        [zsh, "-f", "-i", "-o", "no_beep"],
        stdin=follower,
        stdout=follower,
        stderr=follower,
        env={**environment, "TERM": "dumb", "PS1": "$ "},
        cwd=script.parent,
        start_new_session=True,
    ) as child:
        os.close(follower)
        seen = ""
        try:
            begin = "autoload -U compinit; compinit -D -u; PS1=re''ady'> '"
            os.write(leader, f"fpath=({script.parent} $fpath); {begin}\n".encode())
            seen_until(leader, "ready>")
            for typed, completed in asks:
                os.write(leader, typed)  # a tab with letters waiting behind it would be a tab
                seen += seen_until(leader, completed)
        finally:
            child.kill()
    os.close(leader)
    return seen


def seen_until(leader: int, words: str) -> str:
    """What is written until `words` are, for at most 20 seconds."""
    seen, until = "", time.monotonic() + 20
    while words not in seen and time.monotonic() < until:
        if select.select([leader], [], [], 0.2)[0]:
            seen += os.read(leader, 65_536).decode("utf-8", "replace")
    assert words in seen
    return seen


HOSTILE = "$(touch pwned) `touch pwned`; 'a' \"b\" \\ *: %F{red} ~ $HOME & | > pwned\tit\n\x1b[2J"


@pytest.fixture
def shelf(own_home, tmp_path) -> dict[str, str]:
    """Two sources and three articles, one of a title that means harm to a shell; the environment
    in which `broadsheet` is ours."""
    with Library.open() as library:
        gazette = library.cache.sources.add(SourceKind.FEED, "https://gazette.invalid/", "Gazette")
        hostile = library.cache.sources.add(SourceKind.FEED, "https://bad.invalid/", HOSTILE)
        for source, title in ((gazette, "Bridge shut"), (hostile, HOSTILE), (gazette, "Lamp lit")):
            cleaned = Cleaned(title, "Text.", "Text.", "html")
            library.cache.articles.keep(source.id, Incoming(title, cleaned))
    programs = tmp_path / "programs"
    programs.mkdir()
    ours = programs / "broadsheet"
    code = "from reader.cli import main; raise SystemExit(main())"
    ours.write_text(f"#!/bin/sh\nexec {sys.executable} -c '{code}' \"$@\"\n")
    ours.chmod(0o755)
    paths = f"{programs}{os.pathsep}{os.environ['PATH']}"
    checkout = str(Path(__file__).parents[2])
    return {**os.environ, "PATH": paths, "PYTHONPATH": checkout, "HOME": str(tmp_path)}


def unharmed(folder: Path) -> bool:
    return not list(folder.rglob("pwned"))


@pytest.mark.parametrize(
    ("asked", "numbers"),
    [
        (["--of", "articles"], ["3", "2", "1"]),
        (["--of", "articles", "--for=2"], ["2"]),
        (["--of", "articles", "--for=LAMP"], ["3"]),
        (["--of", "articles", "--for=--json"], []),
        (["--of", "sources", "--for=gaz"], ["1"]),
        (["--of", "stories"], []),
    ],
)
def test_numbers_are_offered_by_how_they_begin_and_by_titles(shelf, capsys, asked, numbers):
    assert main(["completions", *asked]) == 0
    rows = [line.split("\t") for line in capsys.readouterr().out.splitlines()]
    assert [row[0] for row in rows] == numbers
    assert all(len(row) == 2 and not set("\x1b\\`") & set(row[1]) for row in rows)


def test_without_a_cache_nothing_is_offered_and_none_is_made(own_home, capsys):
    assert main(["completions", "--of", "articles"]) in (0, 3, 4)
    assert capsys.readouterr().out == ""
    assert not (own_home / "broadsheet.db").exists()
    assert main(["completions"]) == 2


@pytest.mark.parametrize("script", ["bash"], indirect=True)
@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("broadsheet read ", {"1 (Bridge shut)", "3 (Lamp lit)"}),
        ("broadsheet read 3", {"3"}),
        ("broadsheet speak bridge", {"1"}),
        ("broadsheet mark read 1 lamp", {"3"}),
        ("broadsheet refresh gaz", {"1"}),
        ("broadsheet remove ", {"1 (Gazette)"}),
    ],
)
def test_bash_offers_numbers_with_titles_and_evaluates_none(
    script, typed, offered, tmp_path, shelf
):
    words = " ".join(f"'{word}'" for word in typed.split(" "))
    by_line = 'echo "${COMPREPLY[*]}"', 'printf "%s\\n" "${COMPREPLY[@]}"'
    asks = IN_BASH.format(script=script).replace(*by_line) + f"try {words}"
    done = subprocess.run(
        [needed("bash"), "--norc", "-c", asks],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env=shelf,
        check=True,
    )
    assert done.stderr == ""
    said = set(done.stdout.splitlines())
    hostile = {line for line in said if "touch" in line}
    assert said - hostile == offered
    assert len(hostile) == (len(offered) > 1 or typed.endswith("remove "))
    assert unharmed(tmp_path)


@pytest.mark.parametrize("script", ["fish"], indirect=True)
def test_fish_offers_numbers_with_titles_and_evaluates_none(script, tmp_path, shelf):
    asks = ["broadsheet read ", "broadsheet mark read 1 ", "broadsheet refresh "]
    for ask in asks:
        done = subprocess.run(
            [needed("fish"), "--no-config", "-c", f"source {script}; complete -C '{ask}'"],
            capture_output=True,
            text=True,
            cwd=tmp_path,
            env=shelf,
            check=True,
        )
        rows = dict(line.split("\t", 1) for line in done.stdout.splitlines() if "\t" in line)
        wanted = {"1": "Gazette"} if "refresh" in ask else {"1": "Bridge shut", "3": "Lamp lit"}
        assert wanted.items() <= rows.items()
        assert "touch pwned" in rows["2"]
    assert unharmed(tmp_path)


@pytest.mark.parametrize("script", ["fish"], indirect=True)
@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("broadsheet read bri", {"1": "Bridge shut"}),
        ("broadsheet mark read 1 Gat", {"4": "Gate stuck"}),
        ("broadsheet read 4", {"4": "Gate stuck"}),
        ("broadsheet read \\'touch", {}),
    ],
)
def test_fish_finds_numbers_by_words_of_their_titles(script, tmp_path, shelf, typed, offered):
    """Also of those that are too many to be offered at once."""
    with Library.open() as library:
        [gazette, *_] = library.sources()
        for title in ("Gate stuck", *(f"Day {day}" for day in range(MOST))):
            cleaned = Cleaned(title, "Text.", "Text.", "html")
            library.cache.articles.keep(gazette.id, Incoming(title, cleaned))
    done = subprocess.run(
        [needed("fish"), "--no-config", "-c", f'source {script}; complete -C "{typed}"'],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env=shelf,
        check=True,
    )
    assert dict(line.split("\t", 1) for line in done.stdout.splitlines()) == offered
    assert unharmed(tmp_path)


@pytest.mark.parametrize("script", ["zsh"], indirect=True)
def test_zsh_offers_numbers_with_titles_and_evaluates_none(script, tmp_path, shelf):
    seen = in_zsh(
        script,
        [
            (b"broadsheet read \t\t", "Bridge shut"),
            (b"\x15broadsheet read lam\t", "\b3"),
            (b"\x01echo \r", "\nbroadsheet read 3"),
            (b"\x15broadsheet remove \t\t", "Gazette"),
        ],
        shelf,
    )
    assert "touch pwned" in seen
    assert unharmed(tmp_path)


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
