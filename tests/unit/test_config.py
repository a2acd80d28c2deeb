"""The person's settings, and mistakes in them named with their place."""

from pathlib import Path

import pytest

from reader import config
from reader.errors import UsageError


@pytest.fixture
def settings(own_home: Path):
    def write(text: str | bytes) -> Path:
        file = own_home / "config.toml"
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        return file

    return write


def test_nothing_needs_to_be_set():
    assert config.load() == config.Config()


def test_what_is_set_holds(settings):
    settings('theme = "ink"\nmeasure_cells = 60\nmark_read = "open"\n')

    assert config.load() == config.Config(theme="ink", measure_cells=60, mark_read="open")


@pytest.mark.parametrize(
    ("text", "line", "column", "named"),
    [
        ("measure_cells = 200", 1, 1, "measure_cells must be a number from 45 to 90"),
        ("measure_cells = true", 1, 1, "measure_cells must be"),
        ('theme = "ink"\n\n  mark_read = "later"', 3, 3, "mark_read must be one of 'rest'"),
        ("theme = 3", 1, 1, "theme must be the name of a theme"),
        ("# colours\ncolour = 1", 2, 1, "there is no setting 'colour'"),
        ("theme = 'ink'\n[fetsh]\nx = 1", 2, 2, "there is no setting 'fetsh'"),
        ("[fetch]\nparallel = 0", 2, 1, "parallel must be a whole number from 1 to 64"),
        ("[fetch]\nhost_connection = 1", 2, 1, "there is no setting 'host_connection'"),
        ("fetch = 3", 1, 1, "fetch must be a table"),
        ('[source."http://x/f"]\nfull_text = "yes"', 2, 1, "full_text must be one of 'auto'"),
        ('[source."http://x/f"]\npassword_command = "pass"', 2, 1, "a program and its words"),
        ("[source]\nx = 1", 2, 1, "a source must be a table"),
        ("theme = ", 1, 9, "invalid value"),
        ("theme = 'a'\ntheme = 'b'", 2, 12, "cannot overwrite a value"),
        (b"theme = '\xff'", 1, 10, "not UTF-8"),
        ("x = " + "[" * 20_000, 1, 1, "nested too deeply"),
    ],
)
def test_a_mistake_is_named_with_its_place(settings, text, line, column, named):
    file = settings(text)

    with pytest.raises(UsageError) as caught:
        config.load()

    assert str(caught.value).startswith(f"{file}, line {line}, column {column}: ")
    assert named in str(caught.value)
    assert caught.value.exit_code == 2


def test_a_folder_in_its_place_is_one_sentence(own_home: Path):
    (own_home / "config.toml").mkdir()

    with pytest.raises(UsageError, match="cannot read"):
        config.load()


def test_what_is_set_in_tables_holds(settings):
    settings(
        "[fetch]\nhost_interval_seconds = 0\nkeep_days = 90\n"
        '[source."http://x/f"]\nverify_tls = false\npassword_command = ["pass", "x"]\n'
    )

    found = config.load()

    assert (found.fetch.host_interval_seconds, found.fetch.keep_days) == (0, 90)
    assert found.source["http://x/f"].password_command == ("pass", "x")
    assert not found.source["http://x/f"].verify_tls
