"""Rules that hold for every widget of ours."""

import inspect
import re
from array import array
from pathlib import Path

import pytest
from drive import WIDE, reading
from textual.screen import Screen
from textual.scroll_view import ScrollView
from textual.widget import Widget
from textual.widgets import Input

import reader.app
from reader.app.screens.acts import ActList, Acts
from reader.app.screens.room import Room
from reader.app.widgets.headlines import Headlines
from reader.app.widgets.nameplate import Nameplate
from reader.app.widgets.page import Page
from reader.app.widgets.pieces import enumerated
from reader.app.widgets.prompt import Prompt, PromptInput
from reader.app.widgets.similar import SimilarList
from reader.app.widgets.sources import Sources
from reader.app.widgets.status import Status

WIDGETS = (
    (Room, Screen),
    (Acts, Screen),
    (ActList, ScrollView),
    (Headlines, ScrollView),
    (Page, ScrollView),
    (SimilarList, ScrollView),
    (Sources, ScrollView),
    (Nameplate, Widget),
    (Status, Widget),
    (Prompt, Widget),
    (PromptInput, Input),
)
OVERRIDDEN = {
    *("CSS_PATH", "DEFAULT_CSS", "compose", "render_line", "notify_style_update"),
    *("watch_scroll_y", "_dispatch_message", "_on_focus", "_on_blur", "_on_paste"),
    *("allow_vertical_scroll", "focused", "has_focus"),
    *("_on_screen_resume", "_on_timer_update", "_compositor_refresh"),
    *("_layout_required", "_repaint_required", "_compositor"),
}
"""What we replace on purpose."""
MADE_BY_TEXTUAL = re.compile(
    r"__|_default_|_decorated_handlers|_reactives|_inherit|_css_type|_merged_bindings|_computes|can_focus"
)
APP = Path(reader.app.__file__).parent


@pytest.mark.parametrize(("ours", "theirs"), WIDGETS, ids=lambda cls: cls.__name__)
def test_no_name_of_textuals_is_taken_by_accident(ours, theirs):
    taken = set(dir(theirs)) | set(vars(theirs()))
    own = [cls for cls in ours.__mro__ if cls.__module__.startswith("reader.")]
    names = {name for cls in own for name in vars(cls)}
    for cls in own:
        names |= set(re.findall(r"self\.(\w+)(?:: [^=\n]+)? = ", inspect.getsource(cls)))
    clashes = {n for n in names & taken if not MADE_BY_TEXTUAL.match(n)} - OVERRIDDEN
    assert clashes == set()


def test_no_foreign_text_can_be_markup():
    """Statics and Labels take Content, and say that they do not read markup."""
    for file in APP.rglob("*.py"):
        source = file.read_text()
        assert "from_markup" not in source, file
        for call in re.findall(r"(?:Static|Label)\(([^()]*(?:\([^()]*\)[^()]*)*)\)", source):
            assert "markup=False" in call or "Content(" in call, (file, call)


def test_style_sheets_name_no_colour_and_no_universal_selector():
    from reader.app.app import Broadsheet

    for sheet in Broadsheet.CSS_PATH:
        rules = re.sub(r"/\*.*?\*/", "", Path(sheet).read_text(), flags=re.S)
        assert not re.search(r"#[0-9a-fA-F]{3,6}\b(?=;)|\*\s*\{", rules), sheet


async def test_a_list_draws_only_the_rows_that_are_seen(cache, monkeypatch):
    drawn = []
    draw = Headlines.draw
    monkeypatch.setattr(Headlines, "draw", lambda s, r, w: drawn.append(r) or draw(s, r, w))
    async with reading(cache, WIDE) as reader:
        assert max(drawn) < reader.room.headlines.size.height + 2
        drawn.clear()
        await reader.press("j")
        assert set(drawn) <= {0, 1}


async def test_a_list_of_a_million_is_opened_like_one_of_ten(cache):
    async with reading(cache, WIDE) as reader:
        headlines = reader.room.headlines
        looked_up = []
        headlines._look_up = lambda ids: looked_up.append(len(ids)) or []
        headlines.show(array("q", range(1, 1_000_001)), complete=True)
        await reader.pilot.press("G")
        await reader.pilot.pause()
        assert headlines.cursor == 999_999
        assert sum(looked_up) < 500


async def test_a_failing_act_is_said_and_the_room_goes_on(cache, monkeypatch, own_home):
    def fail(self):
        raise RuntimeError("as if")

    monkeypatch.setattr(Room, "act_star", fail)
    async with reading(cache, WIDE) as reader:
        await reader.press("s")
        assert "That did not work (RuntimeError)" in reader.said
        assert "as if" in (own_home / "broadsheet.log").read_text()
        await reader.press("j")
        assert reader.room.headlines.cursor == 1
        reader.app.troubles.clear()


async def test_a_line_that_cannot_be_drawn_is_blank_and_the_others_are_not(cache, monkeypatch):
    async with reading(cache, WIDE) as reader:
        draw = Headlines.draw

        def fail(self, row, width):
            if row == 2:
                raise ValueError("as if")
            return draw(self, row, width)

        monkeypatch.setattr(Headlines, "draw", fail)
        reader.room.headlines.redraw()
        await reader.rest()
        assert reader.room.headlines.headline(3).title in reader.text()
        reader.app.troubles.clear()


@pytest.mark.parametrize(
    ("width", "said"),
    [
        (40, "About: piers, harbour bridge, Kellmouth"),
        (39, "About: piers, harbour bridge, Kellmouth"),
        (38, "About: piers, harbour bridge"),
        (10, "About: pi…"),
    ],
)
def test_of_phrases_those_that_fit_are_whole(width, said):
    assert enumerated("About: ", ["piers", "harbour bridge", "Kellmouth"], width) == said
