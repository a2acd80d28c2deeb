"""One registry feeds keys, footer, help, palette and README."""

import subprocess
import sys

from reader.app.actions import ACTIONS, Action, Place, footer_of, key_table, shown
from reader.app.keynames import event_name
from reader.app.keys import Keyboard, clashes
from reader.app.screens.acts import entries_for
from reader.app.screens.room import Room


def test_no_key_means_two_things_at_one_place():
    assert clashes() == []


def test_a_clash_names_the_key_and_both_acts():
    both = (Action("one", ("g g",), ""), Action("other", ("g",), ""))
    first, *_ = map(str, clashes(both))
    assert "g means other" in first
    assert "g g means one" in first


def test_every_act_can_be_carried_out():
    assert [a.name for a in ACTIONS if not callable(getattr(Room, f"act_{a.name}", None))] == []


def test_every_method_of_an_act_is_in_the_registry():
    methods = {name[4:] for name in dir(Room) if name.startswith("act_")} - {"by_name"}
    assert methods == {action.name for action in ACTIONS}


def test_every_act_is_in_the_palette_and_in_the_help():
    assert entries_for("", grouped=False) == list(ACTIONS)
    assert [e for e in entries_for("", grouped=True) if isinstance(e, Action)] == list(ACTIONS)


def test_the_help_finds_an_act_by_its_key_and_by_its_words():
    assert entries_for("gg", grouped=True)[0].name == "top"
    assert "undo" in [act.name for act in entries_for("take back", grouped=True)]


def test_two_keys_make_one_act_and_a_stray_second_key_is_itself():
    keyboard = Keyboard()
    assert keyboard.press("g", Place.HEADLINES) == []
    assert keyboard.waiting == "g"
    assert [act.name for act in keyboard.press("g", Place.HEADLINES)] == ["top"]
    assert keyboard.press("g", Place.HEADLINES) == []
    assert [act.name for act in keyboard.press("j", Place.HEADLINES)] == ["down"]


def test_n_is_the_next_match_while_finding_and_the_next_unread_otherwise():
    keyboard = Keyboard()
    assert [act.name for act in keyboard.press("n", Place.FIND, Place.PAGE)] == ["next_match"]
    assert [act.name for act in keyboard.press("n", Place.PAGE)] == ["next_unread"]


def test_keys_have_one_name_however_the_terminal_sends_them():
    assert event_name("slash", "/") == "/"
    assert event_name("space", " ") == "space"
    assert event_name("ctrl+f", "\x06") == "ctrl+f"
    assert event_name("ctrl+underscore", "\x1f") == "ctrl+_"
    assert event_name("alt+shift+v", "V") == event_name("alt+V", None) == "alt+V"


def test_the_footer_names_few_acts_and_those_of_the_place():
    for place in Place:
        assert 3 <= len(footer_of(place, finding=False)) <= 9
    assert [a.name for a in footer_of(Place.PAGE, finding=True)][:2] == [
        "next_match",
        "previous_match",
    ]


def test_the_key_table_holds_every_act_and_is_well_formed_markdown():
    table = key_table()
    for action in ACTIONS:
        assert action.help in table
    assert {line.count(" | ") for line in table.splitlines()[2:]} == {1}


def test_the_registry_needs_no_textual():
    check = (
        "import sys; from reader.app.actions import key_table; key_table(); "
        "sys.exit(any(m.split('.')[0] in ('textual', 'rich') for m in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", check], check=False).returncode == 0


def test_keys_are_written_as_people_write_them():
    assert [shown(key) for key in ("g g", "down", "escape")] == ["gg", "↓", "esc"]
