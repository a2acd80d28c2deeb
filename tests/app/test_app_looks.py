"""The look is the reader's: columns, density and panes, remembered."""

import pytest
from drive import MEDIUM, NARROW, WIDE, Room, reading

from reader.app.actions import Place


def _panes(reader):
    return {name for name, pane in reader.room.panes.items() if pane.display}


async def test_panes_stand_side_by_side_as_the_reader_likes(cache):
    async with reading(cache) as reader:
        assert len(_panes(reader)) == 4
        await reader.press("L")
        assert _panes(reader) == {Place.HEADLINES, Place.PAGE}
        await reader.press("L")
        assert _panes(reader) == {Place.HEADLINES}
        await reader.press("enter")
        assert _panes(reader) == {Place.PAGE}
        assert reader.text().count("│") == 0, "one pane has no border to another"
    async with reading(cache) as reader:
        assert len(_panes(reader)) == 1, "the choice is remembered"
        await reader.press("L")
        assert len(_panes(reader)) == 4


async def test_headlines_may_carry_a_line_of_their_text(cache):
    async with reading(cache) as reader:
        summary = reader.room.headlines.headline(1).summary
        assert summary[:30] not in reader.text()
        await reader.press("j", "j", "d")
        assert summary[:30] in reader.text()
        assert reader.room.headlines.cursor == 2
    async with reading(cache) as reader:
        assert summary[:30] in reader.text(), "the choice is remembered"
        await reader.press("d")
        assert summary[:30] not in reader.text()


async def test_the_columns_of_a_headline_are_the_readers(cache, own_home):
    (own_home / "config.toml").write_text('headline = ["age", "title", "minutes"]\n')
    async with reading(cache) as reader:
        headline = reader.room.headlines.headline(0)
        row = next(line for line in reader.screen() if headline.title in line)
        assert row.index(" min") < row.index(headline.title), "how long ago comes first"
        assert row.rstrip().endswith("min"), "how long to read comes last"
        assert headline.source not in row[row.index(headline.title) :]


async def test_columns_go_where_the_title_would_have_no_room(cache, own_home):
    columns = '["title", "source", "words", "minutes", "age"]'
    (own_home / "config.toml").write_text(f"headline = {columns}\n")
    async with reading(cache, size=(66, 24)) as reader:
        title = reader.room.headlines.headline(0).title
        assert title[:14] in reader.text()


@pytest.mark.parametrize(
    "value", ['["source"]', '["title", "colour"]', '["title", "title"]', '"title"', "[]"]
)
async def test_columns_that_are_none_are_told_of(cache, own_home, value):
    (own_home / "config.toml").write_text(f"headline = {value}\n")
    async with reading(cache) as reader:
        assert "headline must be a list with title in it" in reader.said


async def test_what_is_too_long_for_the_last_line_is_said_in_several(cache):
    async with reading(cache, size=NARROW) as reader:
        await reader.press("g", "a", "enter")
        before = reader.screen()
        await reader.press("H")
        said = " ".join(line.strip() for line in reader.screen()[-2:])
        assert said == "Nothing is highlighted yet: v on the page, then h"
        await reader.press("f7", "j", "k")
        assert reader.screen() == before


@pytest.mark.parametrize("letters", range(34, 44))
async def test_what_is_said_is_whole_at_every_length(cache, letters):
    sentence = "The harbour is shut for the day of the storm "[: letters - 1].strip() + "."
    async with reading(cache, size=NARROW) as reader:
        reader.room.say(sentence)
        await reader.rest()
        assert sentence in " ".join(" ".join(reader.screen()[-2:]).split())


async def test_an_empty_list_is_explained_whole_in_a_narrow_terminal(own_home, monkeypatch):
    monkeypatch.setattr(Room, "begin_with_sample", lambda room: None)
    async with reading(size=NARROW) as reader:
        said = " ".join(" ".join(reader.screen()).split())
        assert "Nothing here yet: a adds a file, a folder or an address" in said


async def test_a_message_without_end_takes_three_lines_and_no_more(cache):
    async with reading(cache, size=MEDIUM) as reader:
        reader.room.say("The harbour is shut. " * 40)
        await reader.rest()
        lines = [line for line in reader.screen() if "harbour is shut" in line]
        assert len(lines) == 3
        assert lines[-1].rstrip().endswith("…")
        await reader.resize((30, 9))
        assert sum("harbour" in line for line in reader.screen()) == 1
        await reader.resize(WIDE)
        await reader.press("j")
        assert not any("harbour is shut" in line for line in reader.screen())


async def test_a_look_that_needs_more_room_is_said_to(cache):
    async with reading(cache, size=NARROW) as reader:
        await reader.press("g", "a", "d")
        assert reader.said == "Headlines with a line of their text, where the list is wider"
        await reader.press("L")
        assert reader.said.endswith(", where the terminal is wider")
        await reader.press("L")
        assert reader.said.startswith("One pane at a time; tab")
        assert "wider" not in reader.said
        await reader.resize(WIDE)
        await reader.press("d", "d")
        assert reader.said == "Headlines with a line of their text"


async def test_the_length_of_lines_is_told_of_a_page_out_of_sight_too(cache):
    async with reading(cache, size=NARROW) as reader:
        await reader.press("g", "a", "-")
        assert reader.said == f"Lines of {reader.room.page.measure_cells} characters"
