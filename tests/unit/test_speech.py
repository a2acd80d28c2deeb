"""An article read aloud, by a speaker that writes down what it was given."""

from __future__ import annotations

import io
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from reader import speech
from reader.cli import main
from reader.library import Library
from reader.model import Anchor, Cleaned, SourceKind
from reader.store import Incoming

TEXT = """\
The lamp is lit.

## What it lights

- The pier.
- The $(reboot) `bar`; "harbour" --help

> Nobody asked us.
"""
SPEAKER = """\
#!{python}
import json, pathlib, sys, time
log = pathlib.Path({log!r})
given = "" if "--" in sys.argv else sys.stdin.read()
with log.open("a") as file:
    file.write(json.dumps([sys.argv[1:], given]) + "\\n")
if {slow!r} and not sys.argv[1].startswith("--c"):
    time.sleep(30)
sys.exit(1 if {deaf_to!r} and {deaf_to!r} in sys.argv else 0)
"""


@pytest.fixture
def article(own_home: Path) -> int:
    with Library.open() as library:
        source = library.cache.sources.add(SourceKind.FEED, "https://gazette.invalid/", "Gazette")
        cleaned = Cleaned("Lamp lit", TEXT, TEXT, "html", authors=("Ada",), language="en")
        arrival = library.cache.articles.keep(source.id, Incoming("lamp", cleaned))
        assert arrival.id is not None
        return arrival.id


class Speakers:
    """A folder of programs that speak, the only one on PATH."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.log = folder / "said"

    def install(self, name: str, *, slow: bool = False, deaf_to: str = "") -> None:
        program = self.folder / name
        program.write_text(
            SPEAKER.format(python=sys.executable, log=str(self.log), slow=slow, deaf_to=deaf_to)
        )
        program.chmod(0o755)

    @property
    def said(self) -> list[tuple[list[str], str]]:
        if not self.log.exists():
            return []
        return [tuple(json.loads(line)) for line in self.log.read_text().splitlines()]  # type: ignore[misc]


@pytest.fixture
def speakers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Speakers:
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    return Speakers(folder)


SPOKEN = [
    "Lamp lit.",
    "Gazette. By Ada.",
    "The lamp is lit.",
    "Heading: What it lights",
    "- The pier.",
    '- The $(reboot) bar; "harbour" --help',
    "Quote: Nobody asked us.",
]


def test_it_is_said_by_paragraph_on_stdin(article, speakers, capsys):
    speakers.install("espeak-ng")
    assert main(["speak", str(article)]) == 0

    assert [given for _, given in speakers.said] == [f"{text}\n" for text in SPOKEN]
    assert {tuple(words) for words, _ in speakers.said} == {("--stdin", "-v", "en")}
    assert capsys.readouterr().out.splitlines() == SPOKEN


def test_the_persons_speech_dispatcher_goes_first_and_no_text_is_an_option(article, speakers):
    speakers.install("espeak-ng")
    speakers.install("spd-say")
    assert main(["speak", str(article)]) == 0

    spoken = [words for words, _ in speakers.said]
    assert spoken[: len(SPOKEN)] == [["--wait", "--language", "en", "--", t] for t in SPOKEN]
    assert speakers.said[0][1] == ""


def test_a_speaker_of_ones_own_is_named_in_the_settings(article, speakers, own_home):
    speakers.install("piper say")
    (own_home / "config.toml").write_text('speaker = ["piper say", "--fast"]\n')
    assert main(["speak", str(article)]) == 0

    assert speakers.said[0] == (["--fast"], "Lamp lit.\n")


def test_without_a_speaker_one_line_says_what_to_install(article, speakers, own_home, capsys):
    assert main(["speak", str(article)]) == 1
    said = capsys.readouterr()
    assert said.err.count("\n") == 1
    assert "install speech-dispatcher (spd-say) or espeak-ng" in said.err
    assert said.out == ""

    (own_home / "config.toml").write_text('speaker = ["nobody"]\n')
    assert main(["speak", str(article)]) == 1
    assert "the speaker of your settings is not there: nobody" in capsys.readouterr().err


def test_a_language_without_a_voice_is_spoken_in_the_voice_there_is(article, speakers):
    speakers.install("espeak-ng", deaf_to="en")
    assert main(["speak", str(article)]) == 0

    assert [words for words, _ in speakers.said[:3]] == [
        ["--stdin", "-v", "en"],
        ["--stdin"],
        ["--stdin"],
    ]


def test_a_speaker_that_fails_is_named(article, speakers, capsys):
    speakers.install("espeak-ng", deaf_to="--stdin")

    assert main(["speak", str(article)]) == 1
    assert "espeak-ng could not speak (it ended with 1)" in capsys.readouterr().err


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_stopped_it_is_silent_at_once_and_goes_on_from_there(article, speakers, number):
    speakers.install("espeak-ng", slow=True)
    command = [sys.executable, "-m", "reader", "speak", str(article), "--block", "1"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as child:
        until = time.monotonic() + 20
        while not speakers.said and time.monotonic() < until:
            time.sleep(0.02)
        begun = time.monotonic()
        child.send_signal(number)
        _, complaint = child.communicate(timeout=20)
        assert time.monotonic() - begun < 10
    assert child.returncode == (130 if number == signal.SIGINT else 128 + number)
    assert b"Traceback" not in complaint
    assert [given for _, given in speakers.said] == ["Heading: What it lights\n"]
    with Library.open() as library:
        assert library.position(article) == Anchor(1, 0, "What it lights")  # type: ignore[arg-type]

    speakers.install("espeak-ng")
    assert main(["speak", str(article), "--on"]) == 0
    assert [given for _, given in speakers.said][1] == "Heading: What it lights\n"
    with Library.open() as library:
        assert library.position(article) == Anchor(0, 0, "")  # type: ignore[arg-type]


def test_stopping_silences_the_speech_dispatcher_too(article, speakers):
    speakers.install("spd-say", slow=True)
    command = [sys.executable, "-m", "reader", "speak", str(article)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as child:
        until = time.monotonic() + 20
        while not speakers.said and time.monotonic() < until:
            time.sleep(0.02)
        child.terminate()
        child.communicate(timeout=20)

    assert speakers.said[-1][0] == ["--cancel"]


def test_programs_get_each_piece_before_it_is_said(article, speakers, capsys):
    speakers.install("espeak-ng")
    assert main(["speak", str(article), "--jsonl"]) == 0

    records = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [record["text"] for record in records] == SPOKEN
    assert [record["block"] for record in records] == [None, None, 0, 1, 2, 2, 3]


def test_line_by_line_it_is_a_command_and_begins_where_one_is(
    article, speakers, capsys, monkeypatch
):
    speakers.install("espeak-ng")
    monkeypatch.setattr(sys, "stdin", io.StringIO("screen 3\no 1\n!\n"))
    assert main(["--plain"]) == 0

    assert next(given for _, given in speakers.said) == "- The pier.\n"
    assert capsys.readouterr().out.splitlines()[-1] == "Read to the end."


def test_a_text_without_end_is_said_in_pieces_that_an_argument_can_hold():
    long = " ".join(f"Sentence number {number} is here." for number in range(2_000))
    parts = list(speech._short(long))

    assert max(map(len, parts)) <= speech.LONGEST_CHARACTERS
    assert " ".join(parts) == long
    word = "x" * 20_001
    assert "".join(speech._short(word)) == word


def test_a_real_speaker_writes_what_is_heard(article, own_home, tmp_path):
    if shutil.which("espeak-ng") is None:
        pytest.skip("espeak-ng is not installed")
    heard = tmp_path / "heard.wav"
    (own_home / "config.toml").write_text(f'speaker = ["espeak-ng", "--stdin", "-w", "{heard}"]\n')
    assert main(["speak", str(article), "--block", "3"]) == 0

    assert heard.read_bytes()[:4] == b"RIFF"
    assert os.path.getsize(heard) > 10_000
