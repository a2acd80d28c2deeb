"""Saving the article as a file: the name says the form, nothing is written over unasked."""

from __future__ import annotations

import asyncio
from pathlib import Path

import docx
import drive
import gazette
import pytest

from reader.library import Library


@pytest.fixture
def lamp(cache, own_home):
    with Library.open(cache) as library:
        return gazette.add(library, "The lamp / is lit", "Somebody *lit* the lamp.")


async def until(reader: drive.Reader, said: str) -> None:
    """Wait until the last line says so, for at most 20 seconds."""
    for _ in range(2_000):
        if said in reader.said:
            return
        await asyncio.sleep(0.01)
    raise AssertionError(f"it says {reader.said!r}")


async def save_as(reader: drive.Reader, file: Path) -> str:
    """Press the key and type over what is offered; what that was."""
    await reader.press("W")
    offered = reader.room.prompt.input.value
    await reader.press("ctrl+u")
    await reader.type(str(file))
    await reader.press("enter")
    return offered


async def test_an_article_is_saved_in_the_form_its_name_says(cache, lamp, tmp_path):
    async with drive.reading(cache, open_id=lamp) as reader:
        offered = await save_as(reader, tmp_path / "new" / "lamp.docx")
        await until(reader, "Saved as")
        assert offered == "~/The lamp is lit.docx"
        again = await save_as(reader, tmp_path / "lamp.md")
        await until(reader, "lamp.md")
        assert again == str(tmp_path / "new" / "The lamp is lit.docx")
    texts = [each.text for each in docx.Document(str(tmp_path / "new" / "lamp.docx")).paragraphs]
    assert "Somebody lit the lamp." in texts
    assert "Somebody *lit* the lamp." in (tmp_path / "lamp.md").read_text()


async def test_what_is_there_is_written_over_only_if_the_reader_says_so(cache, lamp, tmp_path):
    file = tmp_path / "mine.html"
    file.write_text("mine")
    async with drive.reading(cache, open_id=lamp) as reader:
        await save_as(reader, file)
        assert "mine.html is there already: y writes over it" in reader.said
        await reader.press("escape")
        assert file.read_text() == "mine"
        await save_as(reader, file)
        await reader.press("y")
        await until(reader, "Saved as")
    assert "Somebody <em>lit</em> the lamp." in file.read_text()


@pytest.mark.parametrize("name", ["lamp", "lamp.odt", "lamp.jsonl"])
async def test_a_name_that_says_no_form_is_told_which_do(cache, lamp, tmp_path, name):
    async with drive.reading(cache, open_id=lamp) as reader:
        await save_as(reader, tmp_path / name)
        assert ".docx, .pdf, .epub, .html, .md" in reader.said
    assert not (tmp_path / name).exists()


async def test_what_cannot_be_written_says_why(cache, lamp, tmp_path):
    (tmp_path / "file").write_text("")
    async with drive.reading(cache, open_id=lamp) as reader:
        await save_as(reader, tmp_path / "file" / "lamp.pdf")
        await until(reader, "cannot write")
        await save_as(reader, Path(" "))
        assert "Saved" not in reader.said


async def test_without_an_article_there_is_nothing_to_save(cache):
    async with drive.reading(cache) as reader:
        await reader.press("g", "s", "W")
        assert "Choose an article" in reader.said


async def test_in_a_narrow_terminal_the_name_has_more_room_than_what_is_noted_beside_it(cache):
    async with drive.reading(cache, size=drive.NARROW) as reader:
        await reader.press("g", "a", "W")
        line = reader.screen()[-1]
        assert line.rstrip().endswith("…"), "what is noted is cut with a sign"
        assert line.count(".docx ") == 2, "the end of the name, where the cursor is, is in sight"
        assert reader.room.prompt.input.size.width >= 14
