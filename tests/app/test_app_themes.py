"""What is printed can be read, in every theme; themes are chosen by seeing them, and kept."""

import pytest
from drive import Broadsheet, reading

from reader.app.background import Answers, Background
from reader.app.own_themes import own_themes
from reader.app.themes import BUILT_IN, contrast, theme_of
from reader.app.widgets.pieces import BAR

READABLE, HIGH = 4.5, 7.0
"""WCAG 2.2, 1.4.3 (AA) and 1.4.6 (AAA)."""
COLOURED = [palette for palette in BUILT_IN if not palette.ansi]


@pytest.mark.parametrize("palette", COLOURED, ids=lambda p: p.name)
@pytest.mark.parametrize("ink", ["ink", "quiet", "accent", "link"])
@pytest.mark.parametrize("paper", ["paper", "bar", "bar_quiet", "shade"])
def test_every_ink_is_readable_on_every_paper(palette, ink, paper):
    enough = HIGH if palette.name.startswith("contrast") else READABLE
    assert contrast(getattr(palette, ink), getattr(palette, paper)) >= enough


@pytest.mark.parametrize("palette", COLOURED, ids=lambda p: p.name)
def test_found_words_are_readable(palette):
    enough = HIGH if palette.name.startswith("contrast") else READABLE
    assert contrast(palette.mark_ink, palette.mark) >= enough


def test_the_measure_of_contrast_is_that_of_the_standard():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("palette", [p for p in BUILT_IN if p.ansi], ids=lambda p: p.name)
def test_terminal_themes_use_only_the_terminals_own_colours(palette):
    theme = theme_of(palette)
    colours = [value for value in theme.variables.values() if value.startswith("#")]
    assert theme.ansi
    assert colours == []


async def test_themes_are_chosen_by_seeing_them(cache):
    async with reading(cache) as reader:
        before = reader.app.theme
        await reader.press("ctrl+t")
        await reader.press("j", "j")
        seen = reader.app.theme
        await reader.press("escape")
        assert seen != before
        assert reader.app.theme == before, "leaving without choosing keeps the one before"

        await reader.press("ctrl+t")
        await reader.press("j", "j", "enter")
        assert reader.app.theme == seen
    async with reading(cache) as reader:
        assert reader.app.theme == seen, "the choice is remembered"


async def test_choosing_a_theme_says_what_its_keys_do(cache):
    async with reading(cache) as reader:
        await reader.press("ctrl+t")
        assert reader.screen()[-1].startswith(" Enter keeps this theme; Esc does not ")
        await reader.press("escape")
        assert reader.said == ""


async def test_without_a_choice_the_theme_follows_the_terminal(cache):
    async with reading(cache) as reader:
        assert reader.app.theme == "paper"
        reader.app.post_message(Background(dark=True))
        await reader.rest()
        assert reader.app.theme == "ink"
    async with reading(cache) as reader:
        assert reader.app.theme == "ink", "the next start begins as the last ended"


async def test_a_theme_that_was_chosen_does_not_follow_the_terminal(cache):
    async with reading(cache) as reader:
        reader.app.choose_theme("sepia")
        reader.app.post_message(Background(dark=True))
        await reader.rest()
        assert reader.app.theme == "sepia"


def test_an_older_terminal_tells_by_its_environment(cache, monkeypatch):
    monkeypatch.setenv("COLORFGBG", "15;0")
    app = Broadsheet(cache)
    assert app.theme == "ink"
    app.close()


def test_the_terminals_answers_are_no_keys():
    answers = Answers()
    rest, told = answers.take("a\x1b]11;rgb:1c1c/1c1c/2222\x1b\\b\x1b[?997;2n")
    assert rest == "ab"
    assert [each.dark for each in told] == [True, False]


def test_an_answer_may_come_in_two_parts():
    answers = Answers()
    assert answers.take("j\x1b]11;rgb:ffff/ff") == ("j", [])
    rest, told = answers.take("ff/ffff\x07k")
    assert rest == "k"
    assert [each.dark for each in told] == [False]


def test_what_only_looks_like_an_answer_reaches_the_keyboard():
    assert Answers().take("\x1b]") == ("\x1b]", [])
    assert Answers().take("\x1b[A") == ("\x1b[A", [])


async def test_a_theme_that_differs_in_one_ink_only_is_seen_at_once(cache, themes):
    (themes / "moss.toml").write_text('base = "paper"\naccent = "#00ff00"\n')
    async with reading(cache) as reader:
        reader.app.choose_theme("paper")
        await reader.rest()
        assert "#00ff00" not in colours(reader)
        reader.app.choose_theme("moss")
        await reader.rest()
        assert "#00ff00" in colours(reader)


def colours(reader):
    """The inks that are on the screen."""
    strips = reader.app.screen._compositor.render_strips()
    inks = {segment.style.color for strip in strips for segment in strip if segment.style}
    return {ink.get_truecolor().hex for ink in inks if ink is not None}


@pytest.fixture
def themes(own_home):
    folder = own_home / "themes"
    folder.mkdir()
    return folder


async def test_a_theme_of_ones_own_is_worn(cache, themes, own_home):
    (themes / "moss.toml").write_text('base = "ink"\naccent = "#a3be8c"\n')
    (own_home / "config.toml").write_text('theme = "moss"\n')
    async with reading(cache) as reader:
        assert reader.app.theme == "moss"
        assert reader.app.current_theme.variables["accent"] == "#a3be8c"
        assert reader.said == ""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('accent = "reddish"', "line 1, column 1: accent must be a colour"),
        ('dark = true\nacent = "#ffffff"', "line 2, column 1: there is no colour 'acent'"),
        ('base = "moon"', "base must be one of paper, ink"),
        ('ink = "#ffffff', "line 1"),
        ('ink = "ansi_purple"', "ink must be a colour"),
    ],
    ids=["no colour", "no such name", "no such base", "no TOML", "no ANSI colour"],
)
async def test_a_mistake_in_a_theme_is_a_sentence_and_the_room_opens(cache, themes, text, said):
    (themes / "moss.toml").write_text(text)
    async with reading(cache) as reader:
        assert "moss.toml" in reader.said
        assert said in reader.said
        assert reader.title is not None


def test_a_theme_that_is_hard_to_read_is_told_of_and_kept(themes):
    (themes / "fog.toml").write_text('quiet = "#ddddcc"\n')
    [fog], [said] = own_themes()
    assert fog.name == "fog"
    assert "quiet on paper is hard to read (contrast 1." in said


def test_a_theme_cannot_take_the_name_of_another(themes):
    (themes / "ink.toml").write_text("dark = true\n")
    own, [said] = own_themes()
    assert own == []
    assert "ink is the name of a theme that is there already" in said


async def test_a_chosen_row_in_the_colours_of_the_terminal_is_of_one_ground(cache, own_home):
    (own_home / "config.toml").write_text('theme = "terminal"\n')
    async with reading(cache) as reader:
        look = reader.room.headlines.look
        bar = look.base(BAR)

        assert bar.reverse
        assert {look.style(role, BAR).color for role in ("lead", "sign")} == {bar.color}
        assert look.style("sign").color != bar.color
