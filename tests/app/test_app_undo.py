"""Every change that a key makes is said in one line, and taken back by one key."""

import pytest
from drive import reading
from gazette import add

from reader.app.hints import LETTERS
from reader.library import Library
from reader.model import View

TEXT = "The gate stuck on the day of the market.\n\nThe ferry waited."


def everything(library, article):
    """All that a person can have changed."""
    headline = next(iter(library.headlines([article])), None)
    kept = library.article(article) if headline else None
    return (
        headline and kept and (headline.unread, headline.starred, kept.tags, kept.note),
        sorted(library.ids(View("all"))),
        sorted(library.ids(View("unread"))),
        [source.title for source in library.sources()],
        [each.marked for each in library.highlights()],
    )


CHANGES = {
    "star": ("s",),
    "read": ("m",),
    "tag": ("t", *"harbour", "enter"),
    "note": ("N", *"ask", "enter"),
    "delete": ("delete",),
    "read_all": ("A",),
    "highlight": ("enter", "v", LETTERS[0], "h"),
    "highlight_note": ("enter", "v", LETTERS[1], "n", *"why", "enter"),
}


@pytest.mark.parametrize("act", CHANGES)
async def test_what_an_act_changed_is_as_before_after_undo(cache, act, own_home):
    (own_home / "config.toml").write_text('mark_read = "never"\n')
    with Library.open(cache) as library:
        article = add(library, "Gate", TEXT)
        before = everything(library, article)
    async with reading(cache, open_id=article) as reader:
        await reader.press("g", "a")
        for key in CHANGES[act]:
            await reader.press(key)
        said = reader.said
        with Library.open(cache) as library:
            assert everything(library, article) != before
        await reader.press("U")
        changed = said.partition(";")[0]
        assert reader.said == f"Took back: {changed[:1].lower()}{changed[1:]}"
        with Library.open(cache) as library:
            assert everything(library, article) == before


async def test_a_source_that_was_removed_comes_back(cache):
    async with reading(cache) as reader:
        await reader.press("g", "f", "J")
        await reader.press("g", "f")
        with Library.open(cache) as library:
            before = library.sources()
        await reader.press("delete")
        assert "takes it back" in reader.said
        await reader.press("U")
        with Library.open(cache) as library:
            assert library.sources() == before


async def test_a_number_takes_back_so_many_changes_and_says_how_many(cache):
    async with reading(cache) as reader:
        await reader.press("g", "a")
        for key in ("s", "j", "s", "j", "s"):
            await reader.press(key)
        await reader.press("3", "U")
        assert reader.said.startswith("Took back: starred")
        assert reader.said.endswith("(and 2 changes after it)")
        with Library.open(cache) as library:
            assert library.bookmarks() == []
        await reader.press("9", "U")
        assert reader.said == "There is nothing to take back"
