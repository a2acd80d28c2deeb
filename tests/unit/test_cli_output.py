"""What comes out: JSON that is safe to show, sentences for failures, codes for scripts."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.cli import output
from reader.errors import CacheError, FetchError, NothingFound, UsageError

CHECKOUT = Path(__file__).resolve().parent.parent.parent


def broadsheet(*words: str, **options: object) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "reader", *words],
        capture_output=True,
        check=False,
        cwd=CHECKOUT,
        **options,
    )


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda children: st.lists(children) | st.dictionaries(st.text(), children),
    max_leaves=8,
)


@given(ANYTHING)
def test_json_says_the_same_and_nothing_a_terminal_acts_on(value):
    text = output.as_json(value)

    assert json.loads(text) == value
    assert "\n" not in text
    assert not any(ord(c) < 32 or 0x7F <= ord(c) < 0xA0 or 0xD800 <= ord(c) < 0xE000 for c in text)
    text.encode("utf-8")


def test_readable_letters_stay_readable():
    assert output.as_json({"title": "Köln 東京"}) == '{"title": "Köln 東京"}'


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (FetchError("http://x/", "no host"), 1),
        (UsageError("no such option"), 2),
        (NothingFound("no article 9"), 3),
        (CacheError("damaged"), 4),
        (KeyboardInterrupt(), 130),
    ],
)
def test_a_failure_is_one_sentence_and_a_code(error, code, capsys):
    def fail() -> int:
        raise error

    assert output.run_guarded(fail) == code
    said = capsys.readouterr().err
    assert said.startswith("broadsheet: ")
    assert said.count("\n") == 1


def test_a_fault_of_our_own_is_one_sentence_with_the_traceback_in_the_log(capsys, own_home):
    def fail() -> int:
        raise ValueError("seven", "https://me:hush@gazette.example/")

    assert output.run_guarded(fail) == 1
    said = capsys.readouterr().err
    log = own_home / "broadsheet.log"
    assert "ValueError: ('seven'" in said
    assert str(log) in said
    assert "Traceback" not in said
    assert "Traceback" in log.read_text()
    assert "hush" not in said + log.read_text()
    assert log.stat().st_mode & 0o077 == 0


def test_a_failure_cannot_write_on_the_screen(capsys):
    def fail() -> int:
        raise FetchError("http://x/\x1b[2J\x9b31m\u202e", "two\nlines")

    output.run_guarded(fail)

    said = capsys.readouterr().err
    assert said == "broadsheet: cannot fetch http://x/: two lines\n"


def test_a_list_is_valid_as_a_whole_even_if_the_work_fails(capsys):
    def fail() -> int:
        with output.Rows("json") as rows:
            rows.put({"a": 1})
            raise UsageError("half-way")

    assert output.run_guarded(fail) == 2
    assert json.loads(capsys.readouterr().out) == [{"a": 1}]


def test_each_row_of_a_list_is_a_line_that_is_whole_when_it_is_written(capsys):
    with output.Rows("json") as rows:
        for number in range(3):
            rows.put({"a": number})
            last = capsys.readouterr().out.splitlines(keepends=True)[-1]
            assert json.loads(last.lstrip(",")) == {"a": number}
            assert last.endswith("\n")


def test_an_empty_list_is_a_list(capsys):
    with output.Rows("json"):
        pass

    assert json.loads(capsys.readouterr().out) == []


def test_a_reader_that_leaves_early_hears_nothing_and_sees_no_error():
    lines = broadsheet("add", "--sample", "--jsonl")
    assert lines.returncode == 0
    command = f"{sys.executable} -m reader list --jsonl -n 0 | head -n 1; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(
        ["bash", "-c", command], capture_output=True, text=True, check=True, cwd=CHECKOUT
    )
    first, code = done.stdout.splitlines()
    assert json.loads(first)["id"]
    assert code == "0"
    assert done.stderr == ""


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs /dev/full")
def test_a_full_disk_behind_stdout_is_a_sentence():
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "reader", "--help"],
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
            cwd=CHECKOUT,
        )

    assert done.returncode == 1
    assert done.stderr.startswith(b"broadsheet: cannot write the output: ")
    assert done.stderr.count(b"\n") == 1


def test_closed_streams_are_no_fault():
    command = f"{sys.executable} -m reader list <&- >&- 2>&-"
    done = subprocess.run(["bash", "-c", command], check=False, cwd=CHECKOUT)

    assert done.returncode == 0


def test_json_is_utf8_in_any_locale():
    done = broadsheet("add", "--sample", "--json", env={**os.environ, "LC_ALL": "C"})

    titles = [each["title"] for each in json.loads(done.stdout.decode("utf-8"))]
    assert any(not title.isascii() for title in titles)


def test_an_interrupted_command_ends_with_130_and_one_sentence(tmp_path):
    file = tmp_path / "many.jsonl"
    line = json.dumps({"title": "T", "text": "The gate stuck again. " * 50})
    file.write_text("\n".join(line[:-1] + f', "id": {n}}}' for n in range(20_000)))
    with subprocess.Popen(
        [sys.executable, "-m", "reader", "import", str(file), "--jsonl"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=CHECKOUT,
    ) as child:
        child.stdout.readline()
        child.send_signal(signal.SIGINT)
        _, said = child.communicate(timeout=30)

    assert child.returncode == 130
    assert said == b"broadsheet: interrupted; what was committed before is kept\n"
