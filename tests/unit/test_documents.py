"""The documents say what the program does: verbs, options, keys, settings, exit codes, commands.

`BROADSHEET_WRITE=1 pytest tests/unit/test_documents.py` writes the table of keys anew.
"""

import os
import re
import tomllib
from dataclasses import fields
from pathlib import Path

import pytest

from reader import __version__, config
from reader.cli import output, verbs

CHECKOUT = Path(__file__).resolve().parent.parent.parent
README = CHECKOUT / "README.md"
KEYS = re.compile(r"(<!-- keys:[^\n]*-->\n)(.*?)(<!-- /keys -->)", re.S)


@pytest.fixture(scope="module")
def readme() -> str:
    return README.read_text(encoding="utf-8")


def test_the_table_of_keys_is_that_of_the_registry(readme):
    from reader.app.actions import key_table

    if os.environ.get("BROADSHEET_WRITE"):
        readme = KEYS.sub(lambda found: f"{found[1]}\n{key_table()}\n{found[3]}", readme)
        README.write_text(readme, encoding="utf-8")

    assert KEYS.search(readme)[2].strip() == key_table().strip()


@pytest.mark.parametrize("name", verbs.VERBS)
def test_every_verb_is_in_the_readme(readme, name):
    assert re.search(rf"^\| `{name}[ `]", readme, re.M)


@pytest.mark.parametrize("name", ["", *verbs.VERBS])
def test_the_readme_names_no_option_that_is_not_there(readme, name):
    known = set(verbs.parser_of(name)._option_string_actions)
    rows = re.findall(rf"^\| `{name}(?: ([^|]*(?:\\\|[^|]*)*))?` \|", readme, re.M) if name else []
    said = {option for row in rows for option in re.findall(r"(?<![\w-])--?[a-z][a-z-]*", row)}

    assert said <= known


@pytest.mark.parametrize("name", ["", *verbs.VERBS])
def test_every_option_says_what_it_does(name):
    for action in verbs.parser_of(name)._actions:
        assert action.help, action


def test_the_readme_names_every_verb_it_shows(readme):
    in_table = re.findall(r"^\| `([a-z]+)[ `]", readme.split("## On the command line")[1], re.M)
    shown = set(in_table) - {"broadsheet", "id", "title", "text", "kind", "words", "quality"}
    shown -= {"related", "warnings"} | {setting.name for setting in fields(config.Config)}

    assert shown <= set(verbs.VERBS)


def test_every_setting_is_in_the_readme(readme):
    for setting in fields(config.Config):
        assert f"| `{setting.name}` |" in readme


def test_every_field_of_a_cleaned_record_is_in_the_readme(readme):
    from reader.exchange.records import cleaned_record
    from reader.model import Cleaned

    for name in cleaned_record("x", Cleaned(None, "", "", "text")):
        assert f"`{name}`" in readme


def test_every_exit_code_is_in_the_readme_and_the_help(readme):
    said = readme.split("The exit code is")[1].split("\n\n")[0]
    overview = verbs.overview()
    for code in (
        output.OK,
        output.SOME_FAILED,
        output.USAGE,
        output.NOTHING_FOUND,
        output.CACHE_UNUSABLE,
        output.INTERRUPTED,
    ):
        assert re.search(rf"\b{code}\b", said)
        assert re.search(rf"\b{code}\b", overview)


def test_both_commands_stand_whole_on_a_line_of_their_own(readme):
    commands = re.findall(r"^python3 -m venv .*$", readme, re.M)

    assert len(commands) == 2
    assert commands[0].endswith("&& .venv/bin/broadsheet")
    assert commands[1].endswith("&& .venv/bin/pytest")


def test_ci_runs_the_readmes_own_test_command(readme):
    script = (CHECKOUT / ".ci" / "run").read_text(encoding="utf-8")

    assert "README.md" in script
    assert "mypy --strict reader" in script
    assert "ruff check" in script
    assert os.access(CHECKOUT / ".ci" / "run", os.X_OK)


def test_links_inside_the_checkout_lead_somewhere(readme):
    for document in (README, CHECKOUT / "CONTRIBUTING.md", CHECKOUT / "CHANGELOG.md"):
        for link in re.findall(r"\]\((?!https?:|#)([^)\s]+)\)", document.read_text("utf-8")):
            assert (CHECKOUT / link).exists(), f"{document.name}: {link}"


def test_the_version_is_said_once():
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))

    assert "version" not in project["project"]
    assert re.fullmatch(r"\d+\.\d+\.\d+", __version__)


def test_the_change_log_keeps_its_form():
    log = (CHECKOUT / "CHANGELOG.md").read_text(encoding="utf-8")
    headings = re.findall(r"^## (.*)$", log, re.M)

    assert headings[0] == "[Unreleased]"
    assert all(re.fullmatch(r"\[\d+\.\d+\.\d+\] - \d{4}-\d\d-\d\d", each) for each in headings[1:])
    kinds = set(re.findall(r"^### (.*)$", log, re.M))
    assert kinds <= {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}


def test_the_rooms_of_contributing_are_the_rooms_there_are():
    table = (CHECKOUT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`(reader/[\w.]+/?)`", table))

    for room in named:
        assert (CHECKOUT / room).exists(), room
    for room in (CHECKOUT / "reader").iterdir():
        if room.is_dir() and (room / "__init__.py").exists():
            assert f"reader/{room.name}/" in named, room.name
