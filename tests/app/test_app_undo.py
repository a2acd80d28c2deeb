"""Every change that a key makes is said in one line, and taken back by one key."""

import frontpage
import gazette
import pytest
from drive import MEDIUM, reading
from gazette import add

from reader.app.actions import ACTIONS, Place
from reader.app.hints import LETTERS
from reader.library import Library
from reader.model import Marked, View

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
LOOKS = {
    "theme": ("T",),
    "themes": ("ctrl+t", "j", "j", "enter"),
    "wider": ("+",),
    "narrower": ("3", "-"),
    "density": ("d",),
    "layout": ("L",),
    "larger": (")",),
    "smaller": ("(",),
    "copies": ("C",),
    "summary": ("i",),
    "toggle_new": ("w",),
}
STORIES = {"split": ("X",), "merge": ("&", "j", "&")}
TESTED_ELSEWHERE = {"unhighlight": "test_app_selecting", "unread": "read", "set_mark": "below"}
BRINGS_IN = "it brings articles in, which `delete` removes; nothing of the reader's is changed"
KEPT_WITHOUT_UNDO = {
    "add": BRINGS_IN,
    "refresh_due": BRINGS_IN,
    "refresh_source": BRINGS_IN,
    "fetch_whole": "the text that the feed gave stays as a revision",
    "original_read": "it leads out, to a page that cannot be unread; `u` marks unread",
    "pictures": "they are kept in memory only, and the same key takes them away",
    "undo": "it is the way back",
}
LEADS_OUT = {"quit", "suspend", "original", "speak", "link", "hints"}
"""Acts that change nothing here, and whose doing ends the test or starts another program."""


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


@pytest.mark.parametrize("lists", ["a", "s"])
async def test_a_starred_article_outlives_its_source_until_it_is_unstarred(cache, lists):
    with Library.open(cache) as library:
        article = add(library, "Gate", TEXT)
        library.star([article])
        source = library.article(article).headline.source_id
    async with reading(cache) as reader:
        reader.room.take_off_list(source)
        await reader.rest()
        assert "and kept the 1 article you starred; U takes it back" in reader.said
        await reader.press("g", lists)
        while reader.room.headlines.chosen != article:
            await reader.press("j")
        kept = reader.room.headlines.row_count
        await reader.press("s")
        assert reader.said == "Unstarred “Gate”, gone with its source; U takes it back"
        assert reader.room.headlines.row_count == kept - 1
        await reader.press("U")
        assert article in reader.room.headlines.ids
        await reader.press("U")
        with Library.open(cache) as library:
            assert source in {each.id for each in library.sources()}


async def test_an_article_kept_for_a_highlight_goes_when_that_is_taken_off(cache):
    with Library.open(cache) as library:
        article = add(library, "Gate", TEXT)
        library.highlight(article, Marked(TEXT[:12], "", 0))
        library.remove_source(library.article(article).headline.source_id)
    async with reading(cache, open_id=article) as reader:
        await reader.press("H")
        await reader.press("delete")
        assert reader.said.endswith("gone with its source; U takes it back")
        assert article not in reader.room.headlines.ids
        assert reader.title != "Gate"
        await reader.press("U")
        assert article in reader.room.headlines.ids


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


def look(reader):
    """All that a person sees of the room itself."""
    room = reader.room
    sizes = [room.sources.outer_size.width, room.headlines.outer_size.height]
    kept = (room.page.measure_cells, room.layout_panes, room.lists.roomy, room.unfolded)
    news = (room.page.shows_news, room.with_summary, reader.app.theme_chosen)
    return *kept, *news, *sizes, reader.screen()[:-1]


@pytest.mark.parametrize("act", LOOKS)
async def test_what_was_chosen_of_the_look_is_as_before_after_undo(cache, act, own_home):
    (own_home / "config.toml").write_text('mark_read = "never"\n')
    async with reading(cache) as reader:
        await reader.press("g", "a", "J", "enter")
        if act in ("larger", "smaller"):
            await reader.press("q", "q")
        before = look(reader)
        for key in LOOKS[act]:
            await reader.press(key)
        said = reader.said
        assert look(reader) != before
        await reader.press("U")
        assert reader.said == f"Took back: {said[:1].lower()}{said[1:]}"
        assert look(reader) == before
        await reader.press("U")
        assert reader.said == "There is nothing to take back"
    async with reading(cache) as reader:
        await reader.press("J", "enter")
        assert look(reader)[:7] == before[:7]


async def test_undo_goes_back_through_looks_and_marks_in_the_order_they_were_made(cache):
    async with reading(cache) as reader:
        await reader.press("g", "a")
        themes = [reader.app.theme_chosen]
        for _ in range(3):
            await reader.press("T")
            themes.append(reader.app.theme_chosen)
        await reader.press("s")
        await reader.press("U")
        assert reader.said.startswith("Took back: starred")
        for theme in themes[-2::-1]:
            await reader.press("U")
            assert reader.app.theme_chosen == theme


async def test_taking_back_a_star_leaves_the_theme_of_the_settings(cache, own_home):
    with Library.open(cache) as library:
        library.keep_state("theme", "sepia")
    (own_home / "config.toml").write_text('theme = "ink"\n')
    async with reading(cache) as reader:
        await reader.press("s", "U")
        assert reader.app.theme_chosen == "ink"
        await reader.press("T", "U")
        assert reader.said.startswith("Took back: theme")


async def test_what_was_kept_already_is_no_change(cache):
    async with reading(cache) as reader:
        await reader.press("9", "9", "+")
        await reader.press("9", "9", "+")
        await reader.press("U", "U")
        assert reader.said == "There is nothing to take back"


async def test_a_mark_that_was_set_anew_leads_to_where_it_did(new_cache):
    cache = new_cache(3, words=3000)
    async with reading(cache, size=MEDIUM) as reader:
        await reader.press("enter", "space", "M", "a", "space", "'", "a")
        first = reader.room.page.scroll_offset.y
        await reader.press("space", "space", "M", "a", "U")
        assert reader.said == "Took back: marked a"
        await reader.press("'", "a")
        assert reader.room.page.scroll_offset.y == first


@pytest.mark.parametrize("act", STORIES)
async def test_stories_are_as_before_after_undo(own_home, act):
    frontpage.write(own_home / "broadsheet.db")
    with Library.open() as library:
        gazette.all_open(library)

    def stories():
        with Library.open() as library:
            found = library.headlines(library.ids(View("all")))
            together = {}
            for each in found:
                together.setdefault(each.story, set()).add(each.id)
            return {number: frozenset(ids) for number, ids in together.items()}

    before = stories()
    async with reading() as reader:
        while len(before[reader.room.article.headline.story]) < 2:
            await reader.press("j")
        here = reader.room.article.headline.story
        for key in STORIES[act][:-1]:
            await reader.press(key)
        while act == "merge" and reader.room.article.headline.story == here:
            await reader.press("j")
        await reader.press(STORIES[act][-1])
        changed = reader.said.partition(";")[0]
        assert stories() != before
        await reader.press("U")
        assert reader.said == f"Took back: {changed[:1].lower()}{changed[1:]}"
    assert stories() == before


CHANGE_NOTHING = (
    {action.name for action in ACTIONS}
    - {*CHANGES, *LOOKS, *STORIES, *TESTED_ELSEWHERE, *KEPT_WITHOUT_UNDO}
    - LEADS_OUT
)


async def test_every_other_act_of_the_registry_changes_nothing_that_is_kept(cache, own_home):
    """An act that is new is here, until it says above how it is taken back."""
    (own_home / "config.toml").write_text('mark_read = "never"\n')
    with Library.open(cache) as library:
        article = add(library, "Gate", TEXT)
    acts = [action for action in ACTIONS if action.name in CHANGE_NOTHING]
    noted = {"session", "visit", "marks", "dark_terminal", "searches"}

    def kept():
        with Library.open(cache) as library:
            looks = {key: v for key, v in library.states().items() if key not in noted}
            return everything(library, article), looks

    async with reading(cache, open_id=article) as reader:
        before = kept()
        for action in acts:
            for place in (Place.HEADLINES, Place.PAGE):
                if place not in action.where and not action.where & {Place.FIND, Place.SELECT}:
                    continue
                reader.room.go_to(place)
                reader.room.act(action)
                await reader.rest()
                if reader.room.prompt is not None:
                    await reader.press("escape")
                while len(reader.app.screen_stack) > 1:
                    await reader.pilot.press("escape")
                reader.room.question = None
            assert kept() == before, action.name
        await reader.press("U")
        assert reader.said == "There is nothing to take back"


async def test_one_change_more_is_not_told_as_several(cache):
    async with reading(cache) as reader:
        await reader.press("g", "a", "s", "j", "s", "2", "U")
        assert reader.said.endswith("(and 1 change after it)")
