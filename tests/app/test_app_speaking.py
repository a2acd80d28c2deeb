"""Reading aloud in the room: one key begins it, the page follows, the same key silences it."""

import asyncio
import sys
from pathlib import Path

import drive
import gazette
import pytest

from reader.library import Library

SPEAKER = """\
#!{python}
import pathlib, sys, time
given = sys.stdin.read()
with pathlib.Path({log!r}).open("a") as file:
    file.write(given)
time.sleep({seconds})
"""


@pytest.fixture
def speak(tmp_path: Path, own_home: Path):
    """Install a speaker that takes so many seconds for a paragraph; what it said so far."""
    log = tmp_path / "said"

    def install(seconds: float):
        program = tmp_path / "speaker"
        program.write_text(SPEAKER.format(python=sys.executable, log=str(log), seconds=seconds))
        program.chmod(0o755)
        (own_home / "config.toml").write_text(f'speaker = ["{program}"]\n')
        return lambda: log.read_text().splitlines() if log.exists() else []

    return install


def long_article(path: Path) -> None:
    with Library.open(path) as library:
        text = "\n\n".join(f"Paragraph {number} of the lamp. " * 6 for number in range(30))
        gazette.add(library, "The lamp", text)


async def until(true) -> None:
    """Wait until something is so, for at most 20 seconds."""
    for _ in range(2_000):
        if true():
            return
        await asyncio.sleep(0.01)
    raise AssertionError("it did not come to be so")


async def test_the_page_follows_what_is_said_to_its_end(cache, speak):
    said = speak(0)
    long_article(cache)
    async with drive.reading(cache) as reader:
        await reader.press("enter", "!")
        await until(lambda: "Read to the end" in reader.said)
        assert said()[0] == "The lamp."
        assert said()[-1].startswith("Paragraph 29 of the lamp.")
        assert reader.room.page.scroll_offset.y > 0
        assert "Paragraph 29" in reader.text()


async def test_the_same_key_silences_it(cache, speak):
    said = speak(30)
    long_article(cache)
    async with drive.reading(cache) as reader:
        await reader.press("enter", "!")
        await until(lambda: len(said()) == 1)
        await reader.press("!")
        await until(lambda: not reader.room.voice.running)
        assert "Silent" in reader.said
        assert len(said()) == 1


async def test_it_begins_where_the_page_stands(cache, speak):
    said = speak(30)
    long_article(cache)
    async with drive.reading(cache) as reader:
        await reader.press("enter", "space", "!")
        await until(lambda: len(said()) == 1)
        number = int(said()[0].split()[1])
        assert 3 < number < 29
        await reader.press("!")
        await until(lambda: not reader.room.voice.running)


async def test_without_a_speaker_the_line_says_what_to_install(cache, monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    async with drive.reading(cache) as reader:
        await reader.press("!")
        await until(lambda: "no program that speaks was found" in reader.said)
