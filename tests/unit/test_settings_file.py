"""`config`: the settings file is made, opened, checked, and holds every setting there is."""

from __future__ import annotations

import json
import os
import re
import stat
import subprocess
import sys
import tomllib
from dataclasses import fields, replace
from pathlib import Path

import pytest

from reader import config
from reader.cli import main, settings_file
from reader.cli.settings_file import FETCH, GENERAL, PROGRAM, SOURCE, commented

CHECKOUT = Path(__file__).resolve().parent.parent.parent


def test_the_file_sets_nothing_as_it_is_made(tmp_path):
    file = tmp_path / "config.toml"
    file.write_text(commented())

    assert tomllib.loads(commented()) == {}
    assert config.load(file) == config.Config()
    assert max(map(len, commented().splitlines())) <= 100


def test_every_line_may_be_woken_and_says_what_holds_without_it(tmp_path):
    file = tmp_path / "config.toml"
    awake = re.sub(r"^# ", "", commented(), flags=re.M)
    file.write_text(awake)

    loaded = config.load(file)
    source, program = loaded.source.values()
    assert program.command
    holds = config.Config(theme="auto", speaker=("espeak-ng", "--stdin"))
    assert replace(loaded, source={}) == holds
    for each in SOURCE:
        assert getattr(source, each.name) is not None


@pytest.mark.parametrize(
    ("table", "kind"),
    [(GENERAL, config.Config), (FETCH, config.Fetch), ((*SOURCE, *PROGRAM), config.Feed)],
)
def test_no_setting_is_missing_and_none_is_made_up(table, kind):
    known = {each.name for each in fields(kind)} - {"fetch", "source"}

    assert {setting.name for setting in table} == known


def test_the_readme_names_the_same_values():
    readme = (CHECKOUT / "README.md").read_text("utf-8")
    for setting in GENERAL:
        row = re.search(rf"^\| `{setting.name}` \|.*\| ([^|]*) \|$", readme, re.M)
        assert row, setting.name
        assert f"`{setting.value}`" in row[0], setting.name
    fetch = readme.split("```toml\n[fetch]\n")[1].split("\n\n")[0]
    assert tomllib.loads(fetch) == tomllib.loads(
        "\n".join(f"{each.name} = {each.value}" for each in FETCH)
    )
    assert settings_file.ONE_SOURCE in readme


def test_without_a_terminal_it_says_where_the_file_is_and_makes_none(own_home, capsys):
    for words in (["config"], ["config", "--path"]):
        assert main(words) == 0
        assert capsys.readouterr().out == f"{own_home}/config.toml\n"
    assert not (own_home / "config.toml").exists()


def test_sound_settings_are_said_to_be_sound(own_home, capsys):
    assert main(["config", "--check"]) == 0
    assert "none is needed" in capsys.readouterr().out
    (own_home / "config.toml").write_text("measure_cells = 60\n")
    assert main(["config", "--check"]) == 0
    assert capsys.readouterr().out == f"{own_home}/config.toml is sound\n"


@pytest.mark.parametrize(
    ("text", "place", "cause"),
    [
        ("measure_cells = \n", "line 1, column 17", "invalid value"),
        ("a = 1\n", "line 1, column 1", "there is no setting 'a'"),
        ("\n[fetch]\nparallel = 0\n", "line 3, column 1", "parallel must be a whole number"),
        ("cursor = 1\n", "line 1, column 1", "cursor must be true or false"),
        ('theme = "ink\n', "line 1, column 13", "illegal character"),
    ],
)
def test_a_mistake_is_named_with_line_and_column(own_home, capsys, text, place, cause):
    (own_home / "config.toml").write_text(text)

    assert main(["config", "--check"]) == 2
    said = capsys.readouterr().err
    assert f"config.toml, {place}: " in said
    assert cause in said
    assert "as if there were none" in said
    assert main(["config", "--json"]) == 2
    record = json.loads(capsys.readouterr().out)
    assert record["exists"] is True
    assert cause in record["error"]


def test_the_sample_is_the_file_that_would_be_made(capsys):
    assert main(["config", "--sample"]) == 0
    assert capsys.readouterr().out == commented()


EDIT = """\
import pathlib, sys
file = pathlib.Path(sys.argv[-1])
file.write_text(file.read_text() + {more!r})
"""


def in_editor(home: Path, more: str, **environment: str) -> tuple[int, str]:
    """Run `config` on a terminal with an editor that writes `more`; exit code and what was said."""
    script = home / "an editor.py"
    script.write_text(EDIT.format(more=more))
    leader, follower = os.openpty()
    environment = {"EDITOR": f"{sys.executable} '{script}'"} | environment
    with subprocess.Popen(
        [sys.executable, "-m", "reader", "config"],
        stdin=follower,
        stdout=follower,
        stderr=follower,
        env={**os.environ, "VISUAL": "", **environment},
    ) as child:
        os.close(follower)
        said = b""
        while True:
            try:
                piece = os.read(leader, 65_536)
            except OSError:
                break
            said += piece
    os.close(leader)
    return child.returncode, said.decode().replace("\r\n", "\n")


def test_the_editor_opens_a_file_that_only_its_owner_reads(own_home):
    code, said = in_editor(own_home, "measure_cells = 60\n")

    file = own_home / "config.toml"
    assert (code, said) == (0, f"{file} is sound\n")
    assert file.read_text() == commented() + "measure_cells = 60\n"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    code, said = in_editor(own_home, "measure_cells = 60\n")
    assert code == 2
    assert "cannot overwrite a value" in said.lower()
    assert file.read_text().startswith(commented()), "what is there is never made anew"


def test_an_editor_that_cannot_be_started_is_named(own_home):
    code, said = in_editor(own_home, "", VISUAL="no-such-editor -w")

    assert code == 2
    assert "cannot start no-such-editor" in said
    assert f"the file is {own_home}/config.toml" in said
    assert in_editor(own_home, "", VISUAL="'")[0] == 2
    assert "ended with an error (1)" in in_editor(own_home, "", VISUAL="false")[1]


def test_settings_that_cannot_be_written_are_left_alone(own_home):
    (own_home / "file").write_text("")
    code, said = in_editor(own_home, "", BROADSHEET_HOME=f"{own_home}/file/inside")

    assert code == 2
    assert "cannot write" in said
