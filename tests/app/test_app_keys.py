"""Keys as a person wants them: presets, own keys, macros, numbers; and mistakes named by line."""

import asyncio
import json

import pytest
from drive import MEDIUM, NARROW, reading
from gazette import add

from reader import config
from reader.app.actions import ACTIONS, Action, Place
from reader.app.keymap import keymap, with_preset
from reader.app.keynames import read_keys
from reader.app.keys import Keyboard, clashes
from reader.app.presets import PRESETS
from reader.cli import main
from reader.config import Keys
from reader.library import Library
from reader.text.width import cells

LISTS = [Place.SOURCES, Place.HEADLINES, Place.SIMILAR]


def pressed(keyboard, keys, *places):
    """What the keys come to, one after the other."""
    return [(p.name, p.number) for key in keys.split() for p in keyboard.press(key, *places)]


@pytest.fixture
def settings(own_home):
    def write(text):
        (own_home / "config.toml").write_text(text)
        return config.load().keys

    return write


# Presets.


@pytest.mark.parametrize("name", PRESETS)
def test_no_preset_gives_a_key_two_meanings(name):
    assert [str(clash) for clash in clashes(with_preset(name))] == []


@pytest.mark.parametrize("name", PRESETS)
def test_every_preset_moves_opens_goes_back_undoes_helps_and_leaves(name):
    acts = {action.name: action for action in with_preset(name)}
    for act in ("down", "up", "open", "back", "undo", "search", "star", "help", "palette", "quit"):
        assert acts[act].all_keys, act
    assert acts["down"].key_at(Place.HEADLINES)
    assert acts["link"].all_keys or acts["ask_link"].all_keys


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_names_only_acts_that_there_are(name):
    assert set(PRESETS[name]) <= {action.name for action in ACTIONS}


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_is_chosen_by_its_name(settings, name):
    found = keymap(settings(f'keys = "{name}"'))
    assert (found.preset, found.mistakes) == (name, ())
    assert found.actions == tuple(with_preset(name))


# Names of keys.


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Esc", "escape"),
        ("C-x", "ctrl+x"),
        ("^X", "ctrl+x"),
        ("Ctrl-F", "ctrl+f"),
        ("M-v", "alt+v"),
        ("alt+V", "alt+V"),
        ("ctrl+i", "tab"),
        ("S-Tab", "shift+tab"),
        ("PgDn", "pagedown"),
        ("F5", "f5"),
        ("+", "+"),
        ("-", "-"),
        ("ctrl+-", "ctrl+-"),
        ("@", "@"),
        ("ctrl+right", "ctrl+right"),
        ("ctrl+x ctrl+c", "ctrl+x ctrl+c"),
        ("g  g", "g g"),
        ("é", "é"),
    ],
)
def test_a_key_may_be_written_as_people_write_it(written, name):
    assert read_keys(written) == (name, None)


def test_a_key_may_be_meant_at_one_place_only():
    assert read_keys("f@page") == ("f", frozenset({Place.PAGE}))
    assert read_keys("@@lists") == ("@", frozenset(LISTS))


@pytest.mark.parametrize(
    ("written", "cause"),
    [
        ("", "no key is named"),
        ("   ", "no key is named"),
        ("hyper+x", "there is no key 'hyper'"),
        ("entr", "there is no key 'entr'"),
        ("ctrl+shift+x", "does not tell"),
        ("shift+a", "does not tell"),
        ("alt+<", "does not tell"),
        ("f@nowhere", "there is no place 'nowhere'"),
        ("1 2", "cannot begin with a digit"),
        ("\x07", "must be named"),
    ],
)
def test_a_key_that_no_terminal_sends_is_told_why(written, cause):
    with pytest.raises(ValueError, match=cause):
        read_keys(written)


# Own keys.


def test_own_keys_stand_in_place_of_those_of_the_preset(settings):
    found = keymap(settings('[keys]\npreset = "vim"\nstar = ["b", "Z x"]\ndensity = ""\n'))
    acts = {action.name: action for action in found.actions}
    assert found.mistakes == ()
    assert acts["star"].keys == ("b", "Z x")
    assert acts["density"].all_keys == ()
    assert acts["undo"].keys == ("u",)


def test_two_keys_may_be_exchanged(settings):
    found = keymap(settings('[keys]\nstar = "m"\nread = "s"\n'))
    assert found.mistakes == ()
    assert pressed(Keyboard(found.actions), "m s", Place.PAGE) == [("star", None), ("read", None)]


def test_a_key_of_two_meanings_is_told_with_its_line_and_the_first_meaning_stays(settings):
    found = keymap(settings('measure_cells = 60\n[keys]\n  star = "j"\n'))
    [mistake] = found.mistakes
    assert "config.toml, line 3, column 3: 'j' means down" in mistake
    assert "star keeps its keys" in mistake
    assert found.actions == ACTIONS


def test_a_key_that_would_begin_a_sequence_is_told_too(settings):
    [mistake] = keymap(settings('[keys]\nstar = "g"\n')).mistakes
    assert "'g' cannot be told from 'g g', which means top" in mistake


def test_of_two_own_keys_that_clash_the_first_holds(settings):
    found = keymap(settings('[keys]\ntag = "B"\nnote = "B"\n'))
    [mistake] = found.mistakes
    assert "line 3" in mistake
    assert "'B' means tag" in mistake
    acts = {action.name: action for action in found.actions}
    assert (acts["tag"].keys, acts["note"].keys) == (("B",), ("N",))


def test_a_key_given_back_does_not_clash_with_who_took_it(settings):
    """`star` may not have `j`, and gets `s` back, which `tag` had taken from it."""
    found = keymap(settings('[keys]\ntag = "s"\nstar = "j"\n'))
    assert len(found.mistakes) == 2
    assert clashes(found.actions) == []
    assert found.actions == ACTIONS


@pytest.mark.parametrize(
    ("text", "line", "cause"),
    [
        ('[keys]\nstarr = "b"', 2, "there is no act 'starr', perhaps star"),
        ('[keys]\nstar = "hyper+b"', 2, "star: there is no key 'hyper'"),
        ('[keys]\nstar = "b@sources"', 2, "star: star means nothing there"),
        ('[keys]\nlink = "x"', 2, "link takes the digits 1 to 9"),
        ('[keys]\nquit = ""', 2, "quit needs a key"),
        ('[keys]\n\npreset = "wim"', 3, "there is no preset 'wim'"),
        ('theme = "ink"\nkeys = "wim"', 2, "there is no preset 'wim'"),
        ('[keys.macros]\n"g x" = ["star", "nopé"]', 2, "there is no act 'nopé'"),
        ('[keys.macros]\n"g x" = ["5 star"]', 2, "star does not count"),
        ('[keys.macros]\n"g x" = ["0 down"]', 2, "a number from 1 to 100"),
        ('[keys.macros]\n"g x" = ["link"]', 2, "link needs a number"),
        ('[keys.macros]\n"j" = ["star"]', 2, "'j' means down"),
        ('[keys.macros]\n"hyper+a" = ["star"]', 2, "there is no key 'hyper'"),
    ],
)
def test_a_mistake_costs_only_itself_and_is_told_with_its_line(settings, text, line, cause):
    found = keymap(settings(text))
    [mistake] = found.mistakes
    assert f"config.toml, line {line}, " in mistake
    assert cause in mistake
    assert found.actions == ACTIONS


# Numbers.


def test_a_number_before_an_act_says_how_often():
    keyboard = Keyboard()
    assert pressed(keyboard, "5 j", Place.HEADLINES) == [("down", 5)]
    assert pressed(keyboard, "1 2 0 G", Place.HEADLINES) == [("bottom", 120)]
    assert pressed(keyboard, "3 g g", Place.HEADLINES) == [("top", 3)]
    assert pressed(keyboard, "j", Place.HEADLINES) == [("down", None)]


def test_a_digit_in_a_list_is_its_view_unless_an_act_that_counts_follows():
    keyboard = Keyboard()
    assert keyboard.press("2", Place.HEADLINES) == []
    assert keyboard.ambiguous
    assert [act.name for act in keyboard.pause()] == ["go_unread"]
    assert pressed(keyboard, "2 enter", Place.HEADLINES) == [("go_unread", None)]
    assert pressed(keyboard, "2 s", Place.HEADLINES) == [("go_unread", None), ("star", None)]
    assert pressed(keyboard, "2 j", Place.HEADLINES) == [("down", 2)]
    assert pressed(keyboard, "2 3 enter", Place.HEADLINES) == [("open", None)]
    assert pressed(keyboard, "2 escape j", Place.HEADLINES) == [("down", None)]


def test_digits_on_the_page_are_a_link_and_may_still_count():
    keyboard = Keyboard()
    assert pressed(keyboard, "1 2", Place.PAGE) == [("link", 1), ("link", 12)]
    assert pressed(keyboard, "j", Place.PAGE) == [("down", 12)]
    assert pressed(keyboard, "4", Place.PAGE) == [("link", 4)]
    assert keyboard.pause() == []
    assert pressed(keyboard, "j", Place.PAGE) == [("down", None)]


def test_in_vim_digits_only_count():
    keyboard = Keyboard(with_preset("vim"))
    assert pressed(keyboard, "2", Place.PAGE) == []
    assert not keyboard.ambiguous
    assert pressed(keyboard, "space", Place.PAGE) == [("flow", 2)]


def test_a_number_longer_than_any_list_stops_growing():
    assert pressed(Keyboard(), "9 " * 40 + "j", Place.HEADLINES) == [("down", 999_999)]


# In the room.


async def test_the_room_has_the_persons_keys_everywhere_it_names_them(cache, settings):
    settings('[keys]\nstar = "B"\nhelp = "f1"\nundo = "ctrl+y"\n')
    async with reading(cache) as reader:
        await reader.press("B")
        assert reader.said.startswith("Starred")
        await reader.press("j")
        assert "B star" in reader.screen()[-1]
        await reader.press("s")
        await reader.press("A")
        assert reader.said.endswith("ctrl+y takes it back")
        await reader.press("ctrl+y", "f1")
        await reader.type("bookmark")
        [line] = [line for line in reader.screen() if "Star the article" in line]
        assert line.replace("▌", " ").split()[0] == "B"


async def test_the_room_opens_with_a_clash_and_tells_it_in_one_line(cache, settings):
    settings('[keys]\nstar = "j"\nnope = "x"\n')
    async with reading(cache) as reader:
        assert reader.said.startswith("config.toml, line 2, column 1: 'j' means down")
        assert "(and 1 more: `broadsheet keys` tells them)" in reader.said
        await reader.press("s")
        assert reader.said.startswith("Starred")


async def test_a_macro_does_its_acts_one_after_the_other(cache, settings):
    settings('[keys.macros]\n"g x" = ["star", "2 down"]\n')
    async with reading(cache) as reader:
        await reader.press("g", "a")
        first = reader.room.headlines.chosen
        await reader.press("g", "x")
        assert reader.room.headlines.cursor == 2
        with Library.open(cache) as library:
            assert next(bookmark.headline.id for bookmark in library.bookmarks()) == first


async def test_a_macro_stops_where_an_act_asks_for_a_line(cache, settings):
    settings('[keys.macros]\n"g x" = ["tag", "delete"]\n')
    async with reading(cache) as reader:
        await reader.press("g", "a")
        count = reader.room.headlines.row_count
        await reader.press("g", "x")
        assert reader.room.prompt is not None
        await reader.press("escape")
        assert reader.room.headlines.row_count == count


async def test_a_macro_is_in_the_sheet_of_keys_and_works_from_there(cache, settings):
    settings('[keys.macros]\n"g x" = ["star", "next_article"]\n')
    async with reading(cache) as reader:
        await reader.press("g", "a", ":")
        await reader.type("macro")
        assert any("star, then next article" in line for line in reader.screen())
        await reader.press("enter")
        assert reader.room.headlines.cursor == 1


async def test_numbers_move_rows_and_lines(cache):
    async with reading(cache) as reader:
        await reader.press("g", "a", "5", "j")
        assert reader.room.headlines.cursor == 5
        await reader.press("3", "k")
        assert reader.room.headlines.cursor == 2
        await reader.press("2", "0", "G")
        assert reader.room.headlines.cursor == 19
        await reader.press("9", "9", "9", "9", "j")
        assert reader.room.headlines.cursor == reader.room.headlines.row_count - 1
        await reader.press("enter", "g", "g", "4", "j")
        assert reader.room.page.scroll_offset.y == 4


async def test_a_number_before_the_end_is_the_percent_that_the_last_line_tells(cache):
    with Library.open(cache) as library:
        article = add(library, "Long", "\n\n".join(f"Paragraph {n}." for n in range(200)))
    async with reading(cache, open_id=article) as reader:
        await reader.press("5", "0", "G")
        assert reader.room.page.progress == 50


async def test_a_digit_alone_shows_its_view_after_a_moment(cache):
    async with reading(cache) as reader:
        await reader.press("g", "a", "3")
        assert reader.room.view.kind == "starred"
        await reader.press("1", "enter")
        assert reader.room.view.kind == "all"


async def test_the_number_being_typed_is_shown(cache):
    async with reading(cache, size=NARROW) as reader:
        await reader.press("g", "a")
        await reader.pilot.press("4", "2")
        assert reader.screen()[-1].rstrip().endswith("42")


async def test_a_link_of_two_digits_is_shown_as_it_is_typed(cache):
    text = " ".join(f"[link {n}](https://example.org/{n})" for n in range(1, 15))
    with Library.open(cache) as library:
        article = add(library, "Links", text)
    async with reading(cache, open_id=article) as reader:
        await reader.press("1", "2")
        assert reader.said.endswith("https://example.org/12")


async def test_the_page_is_not_turned_by_the_number_of_a_link_that_was_looked_at(cache):
    text = "[a](https://example.org/a)\n\n" + "\n\n".join(f"Paragraph {n}." for n in range(200))
    with Library.open(cache) as library:
        article = add(library, "Links", text)
    async with reading(cache, open_id=article) as reader:
        await reader.press("1")
        await reader.press("j")
        assert reader.room.page.scroll_offset.y == 1


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("newsboat", ("J", "J", "K")),
        ("vim", ("3", "j", "2", "k")),
        ("emacs", ("ctrl+n", "ctrl+n", "ctrl+p")),
        ("arrows", ("down", "down", "up")),
    ],
)
async def test_each_preset_goes_through_headlines_in_its_way(cache, settings, name, keys):
    settings(f'keys = "{name}"\n')
    async with reading(cache) as reader:
        await reader.press("g", "a", *keys)
        assert reader.room.headlines.cursor == 1


# On the command line.


def test_the_verb_lists_the_keys_that_hold(settings, capsys):
    settings('[keys]\nstar = "B"\n')
    assert main(["keys", "--json"]) == 0
    rows = {row["act"]: row for row in json.loads(capsys.readouterr().out)}
    assert rows["star"]["keys"] == ["B"]
    assert rows["down"]["counts"] is True
    assert set(rows) == {action.name for action in ACTIONS}


def test_the_verb_lists_a_preset_and_finds_an_act_by_its_key(capsys):
    assert main(["keys", "--preset", "vim", "ctrl+o"]) == 0
    [line] = capsys.readouterr().out.splitlines()
    assert "return_to" in line


def test_the_verb_and_the_doctor_tell_what_does_not_hold(settings, capsys):
    settings('[keys]\nstar = "j"\n')
    assert main(["keys", "star"]) == 2
    assert "line 2, column 1: 'j' means down" in capsys.readouterr().err
    assert main(["doctor"]) == 1
    assert "line 2, column 1: 'j' means down" in capsys.readouterr().out
    assert main(["config", "--check"]) == 2
    assert "All other settings hold" in capsys.readouterr().err


def test_an_act_that_is_not_there_is_no_list_of_everything(capsys):
    assert main(["keys", "abracadabra"]) == 3
    assert "abracadabra" in capsys.readouterr().err


def test_keys_of_the_wrong_shape_are_a_mistake_of_the_settings(settings):
    for text in ("keys = 3", "[keys]\nstar = 3", "[keys]\npreset = 3", "[keys]\nmacros = 3"):
        with pytest.raises(config.SettingsError, match="line"):
            settings(text)


def test_nothing_set_is_the_registry_itself():
    assert keymap(Keys()).actions == ACTIONS


@pytest.mark.parametrize("size", [NARROW, MEDIUM])
async def test_the_sheet_says_of_every_act_all_that_it_does(cache, size):
    async with reading(cache, size=size) as reader:
        await reader.press("?")
        acts = reader.app.screen.list
        width = acts.size.width
        for row, entry in enumerate(acts.entries):
            if isinstance(entry, Action):
                lines = ["".join(text for text, _ in line) for line in acts.draw(row, width)]
                assert len(lines) == acts.height_of(row)
                assert max(map(cells, lines)) <= width
                assert entry.help in " ".join(
                    " ".join(lines).replace("▌", "").replace("▏", "").split()
                )
        await reader.press("pagedown", "pagedown", "up", "end")
        await reader.type("footnote")
        said = " ".join(reader.text().replace("▏", "").split())
        assert "Esc leaves." in said
        assert "Look at a footnote, the place kept" in said


async def test_a_key_that_means_nothing_is_said_with_the_key_that_helps(cache):
    async with reading(cache) as reader:
        await reader.press("Z")
        assert reader.said == "Z does nothing here; ? lists every key"
        await reader.press("j")
        assert reader.said == ""
        await reader.press("f7")
        assert reader.said == "f7 does nothing here; ? lists every key"
        await reader.press("g", "Z")
        assert reader.said == "Z does nothing here; ? lists every key"


async def test_a_key_that_means_something_elsewhere_is_said_with_where(cache):
    async with reading(cache) as reader:
        await reader.press("g", "a", "M")
        assert reader.said == "M works on the page; ? lists every key"
        await reader.press("g", "f", "W")
        assert reader.said == "W works in lists of articles and on the page; ? lists every key"
        await reader.press("]")
        assert reader.said == "] works in lists of articles and on the page; ? lists every key"


async def test_what_is_typed_before_the_sheet_of_keys_is_there_reaches_it(cache):
    async with reading(cache) as reader:
        unread = reader.room.library.counts().unread
        await reader.press("g", "a", "?", "A", "l", "l", "space", "a", "r", "t")
        assert "All art" in reader.text()
        assert "Show all articles" in " ".join(reader.text().split())
        await reader.press("escape")
        assert reader.room.library.counts().unread == unread, "A marked nothing read"
        await reader.press("ctrl+p", *"bookmarks", "enter")
        assert reader.room.view.kind == "starred"
        await reader.press("g", "a", "ctrl+t", "j", "escape", "J")
        assert reader.room.prompt is None


async def test_a_digit_that_means_a_list_takes_away_what_was_said(cache):
    async with reading(cache) as reader:
        await reader.press("g", "a", "escape", "escape")
        assert reader.said == "Q leaves broadsheet"
        await reader.press("3")
        await asyncio.sleep(0.3)
        await reader.rest()
        assert reader.room.view.kind == "starred"
        assert reader.said == ""


async def test_the_sheet_of_keys_names_every_key_in_a_narrow_terminal(cache):
    async with reading(cache, size=NARROW) as reader:
        await reader.press("?", *"back, one")
        sheet = "\n".join(reader.screen())
        assert "Back, one step" in sheet
        assert all(f" {key} " in sheet for key in ("q", "h", "←", "esc"))
        assert "…" not in sheet
