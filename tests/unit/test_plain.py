"""The line-mode reader, as a transcript: what is typed, what is said."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from collections.abc import Callable

import pytest

from reader.app.actions import ACTIONS
from reader.cli import main
from reader.cli.plain import Plain
from reader.cli.plain.commands import COMMANDS, Unknown, parsed
from reader.library import Library
from reader.model import Cleaned, SourceKind, View, When
from reader.store import Incoming

NOW = "2026-11-23T09:30:00+00:00"
BRIDGE = """\
The old bridge is shut.

## What the council says

It opens in *spring*, the council says. See [the plan](https://example.org/plan).

- It needs steel.
- It needs money.

> Nobody asked us.

1. Wait.
2. Wait more.
"""
WORDS_ONLY_THERE = frozenset(
    "down up page_down half_down half_up bottom next_pane previous_pane next_source "
    "previous_source previous_match end_find zen wider narrower theme themes density layout "
    "redraw palette suspend toggle_new ask_link copy_text original_read period "
    "footnote set_mark go_mark hints copies select highlight highlight_note copy_selection "
    "larger smaller unhighlight extend_down extend_up other_end by_lines end_select "
    "pictures".split()
)
"""Acts that move about a screen, select on it or change its look, or that a command does under
another name; footnotes are read out at the end."""


@pytest.fixture
def cache(own_home, monkeypatch):
    """Three articles, the newest first: bridge, ferry, lamp."""
    monkeypatch.setenv("BROADSHEET_NOW", NOW)
    with Library.open() as library:
        source = library.cache.sources.add(SourceKind.FEED, "https://gazette.invalid/", "Gazette")
        other = library.cache.sources.add(
            SourceKind.FEED, "https://north.invalid/", "Northline", folder="Trade"
        )
        told = [
            (source, "lamp", "The lamp is lit", "Somebody lit the lamp.\n\nIt burns.", "20T09:30"),
            (other, "ferry", "Ferry runs again", "The ferry runs.", "22T09:30"),
            (source, "bridge", "Bridge shut?", BRIDGE, "23T07:30"),
        ]
        for where, guid, title, text, day in told:
            cleaned = Cleaned(
                title,
                text,
                text,
                "html",
                published=When(f"2026-11-{day}:00+00:00"),
                url=f"https://example.org/{guid}",
            )
            library.cache.articles.keep(where.id, Incoming(guid, cleaned))
    return own_home


@pytest.fixture
def typed(cache, capsys, monkeypatch) -> Callable[..., list[str]]:
    """Type lines into the line-mode reader; all lines it said after the first list."""

    def type_in(*lines: str, code: int = 0, words: tuple[str, ...] = ()) -> list[str]:
        monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{line}\n" for line in lines)))
        assert main([*words, "--plain"]) == code
        said = capsys.readouterr()
        assert said.err == ""
        return said.out.splitlines()

    return type_in


def test_the_list_is_numbered_and_says_in_words_what_signs_say_elsewhere(typed):
    assert typed() == [
        "All articles.",
        "1. Bridge shut? Gazette, 2 h, unread",
        "2. Ferry runs again. Northline, yesterday, unread",
        "3. The lamp is lit. Gazette, Fri, unread",
    ]


def test_an_article_is_read_out_in_words(typed):
    assert typed("o 1")[4:] == [
        "",
        "1. Bridge shut?",
        "Gazette",
        "Mon 23 Nov 2026, 07:30 · unread",
        "https://example.org/bridge",
        "",
        "The old bridge is shut.",
        "",
        "Heading: What the council says",
        "",
        "It opens in spring, the council says. See the plan.",
        "",
        "- It needs steel.",
        "- It needs money.",
        "",
        "Quote: Nobody asked us.",
        "",
        "1. Wait.",
        "2. Wait more.",
        "End of the article.",
    ]


def test_a_session_with_every_kind_of_change(typed):
    said = typed("o 2", "s", "t harbour", "N call them", "m", "m", "U", "where", "l", "q", "never")

    assert said[10:] == [
        "The ferry runs.",
        "End of the article.",
        "Starred “Ferry runs again”.",
        "Tagged +harbour on “Ferry runs again”.",
        "Noted on “Ferry runs again”.",
        "Marked 1 article unread.",
        "Marked 1 article read.",
        "Took back: marked 1 article read.",
        "All articles, 2 of 3: Ferry runs again, 100 % read.",
        "3 of 3 articles are unread.",
        "All articles.",
        "1. Bridge shut? Gazette, 2 h, unread",
        "2. Ferry runs again. Northline, yesterday, unread, bookmarked",
        "3. The lamp is lit. Gazette, Fri, unread",
    ]


def test_n_goes_from_one_unread_article_to_the_next(typed):
    said = typed("m 2", "n", "n", "n", "p", "gu")

    titles = [said[at + 1] for at, line in enumerate(said) if line == ""]
    assert titles.index("1. Bridge shut?") < titles.index("3. The lamp is lit")
    assert "2. Ferry runs again" not in titles
    assert "No unread article after this in the list." in said
    assert said[-2:] == ["Unread articles.", "Nothing is here."]


def test_enter_reads_on_by_screens_and_then_goes_to_the_next_article(typed):
    said = typed("screen 2", "o 3", "", "", "")

    at = said.index("3. The lamp is lit")
    assert said[at + 5 : at + 9] == [
        "Somebody lit the lamp.",
        "",
        "Enter reads on; 66 % is read.",
        "It burns.",
    ]
    assert said[at + 9] == "End of the article."
    assert said[at + 10] == "No unread article after this in the list."


def test_an_article_is_read_once_it_was_read_through(typed, cache):
    typed("screen 1", "o 3")
    with Library.open() as library:
        assert library.counts().unread == 3
    said = typed("screen 1", "o 3", "w")
    assert "Going on at 66 %; `g` begins anew." in said
    assert said[-2:] == ["It burns.", "End of the article."]
    with Library.open() as library:
        assert library.counts().unread == 2
        assert library.undo() is None, "to have read is nothing to take back"


def test_the_settings_say_when_an_article_counts_as_read(typed, cache):
    (cache / "config.toml").write_text('mark_read = "never"\n')
    typed("o 2")
    with Library.open() as library:
        assert library.counts().unread == 3
    (cache / "config.toml").write_text('mark_read = "open"\n')
    typed("screen 1", "o 1")
    with Library.open() as library:
        assert library.counts().unread == 2


def test_a_search_is_a_list_of_its_own_and_back_leads_out_of_it(typed):
    said = typed("/ferry", "1", "back")

    assert said[4:6] == ["Search for ferry.", "1. Ferry runs again. Northline, yesterday, unread"]
    assert said.index("1. Ferry runs again") > 5
    assert said[-4] == "All articles."
    assert typed("/nowhere")[-2:] == ["Search for nowhere.", "Nothing found."]


def test_sources_are_numbered_and_opened_by_number_name_or_folder(typed):
    said = typed("gf")
    assert said[4:] == [
        "1. Northline, in Trade, 1 of 1 unread",
        "2. Gazette, 2 of 2 unread",
        "`gf` and a number lists the articles of one.",
    ]
    for name in ("gf 1", "gf1", "sources north", "gf trade"):
        assert typed(name)[-1].endswith("1. Ferry runs again. Northline, yesterday, unread"), name
    assert typed("gf 7", code=1)[-1] == "There is no source 7: `gf` numbers them."


def test_links_have_numbers_and_their_address_is_said_before_they_are_opened(typed, monkeypatch):
    monkeypatch.setenv("BROWSER", "true")
    said = typed("1", "#", "#1", "v 1", "v", "y")

    assert said[24:] == [
        "1. the plan: https://example.org/plan",
        "`v` and a number opens one in the browser.",
        "Link 1 leads to https://example.org/plan",
        "https://example.org/plan",
        "Opened with true.",
        "https://example.org/bridge",
        "Opened with true.",
        "https://example.org/bridge",
    ]


def test_headings_are_listed_and_gone_to(typed):
    said = typed("screen 1", "o 1", "c", "c 1", "]", "[", "c 9", code=1)

    assert said[-7:] == [
        "1. What the council says",
        "`c` and a number goes there.",
        "Heading: What the council says",
        "Enter reads on; 23 % is read.",
        "No heading after this.",
        "No heading before this.",
        "This article has no heading 9: `c` lists them.",
    ]


def test_an_edit_is_told_word_by_word(typed, cache):
    with Library.open() as library:
        [source] = [each for each in library.sources() if each.title == "Northline"]
        cleaned = Cleaned("Ferry runs again", "The ferry stands.", "The ferry stands.", "html")
        library.cache.articles.keep(source.id, Incoming("ferry", cleaned))
    said = typed("/ferry", "D 1", "D", "summary 1", code=1)

    assert any("[-runs-]{+stands+}" in line for line in said)
    assert said[-2] == "No article is open: open one, or say the number of one."


def test_a_story_is_listed_parted_and_put_together_again(own_home, capsys, monkeypatch):
    typed_lines = ["gf courant", "story 2", "back", "X 2", "story 2", "U", "story 2", "H"]
    monkeypatch.setattr(sys, "stdin", io.StringIO("\n".join(typed_lines)))
    assert main(["--plain"]) == 0
    said = capsys.readouterr().out.splitlines()

    stories = [line for line in said if line.startswith("Story: ")]
    assert len(stories) == 2
    assert "No other article tells of this." in said
    assert said[-2:] == ["Highlighted.", "Nothing is here."]


def test_words_are_found_in_the_article(typed):
    said = typed("screen 1", "o 1", "f money", "f", "f wait", "f", "f nonesuch")

    assert [line for line in said if line.startswith(("- It", "1. Wait", "2. Wait"))] == [
        "- It needs money.",
        "1. Wait.",
        "2. Wait more.",
    ]
    assert said.count("No further match.") == 1
    assert said[-1] == "Not found."


def test_what_is_no_command_is_said_and_the_exit_code_tells_a_script(typed):
    said = typed("xyz", "o 99", "o", "t word", "s 2", code=1)

    assert said[4:] == [
        "'xyz' is no command: ? lists them.",
        "The list has no number 99: it ends at 3.",
        "Open which? Its number follows: o 3.",
        "No article is open: open one, or say the number of one.",
        "Starred “Ferry runs again”.",
    ]


def test_help_is_searched_by_word_and_by_command(typed):
    assert typed("? bookmark")[4:] == [
        "Going about.",
        "gs or bookmarks: Show bookmarks.",
        "The article.",
        "s or star [N]: Bookmark the article, or take the bookmark off.",
    ]
    assert "U or undo: Take back the last change." in typed("?")
    assert typed("?nonesuch")[-1] == "No command is about nonesuch."


def test_it_ends_with_its_input_and_opens_where_it_was_left(typed):
    typed("gs")
    typed("s 2")
    assert typed("gs")[4:] == [
        "Bookmarks.",
        "1. Ferry runs again. Northline, yesterday, unread, bookmarked",
    ]
    assert typed()[0] == "Bookmarks."


def test_something_named_is_added_and_read_out(typed, tmp_path):
    note = tmp_path / "my note.txt"
    note.write_text("A note from the pier\n\nSomebody painted the lamp green. " * 3)
    said = typed("s", words=(str(note),))

    assert "Somebody painted the lamp green. A note from the pier" in said
    assert said[-1].startswith("Starred “")


def test_the_sample_edition_says_what_is_new_in_words(own_home, capsys, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.StringIO("o 1\no 2\ngt\n"))
    assert main(["--plain"]) == 0
    said = capsys.readouterr().out.splitlines()

    assert said[0].startswith("The cache was empty, so this is the sample edition.")
    assert any("sentences are new to you." in line for line in said)
    assert any(line.startswith("[new] ") for line in said)
    assert any("[known] " in line for line in said)
    assert any(line.startswith("Front page. ") for line in said)


def test_nothing_that_a_terminal_may_act_on_is_written(typed, cache):
    evil = "\x1b]52;c;ZXZpbA==\x07clip\x9b31m \u202eolleh\x1b[2J"
    with Library.open() as library, library.cache.write() as conn:
        conn.execute("UPDATE article SET title = ?", (evil,))
        conn.execute("UPDATE body SET markdown = ?, text = ?", (evil * 2, evil * 2))
        conn.execute("UPDATE source SET title = ?", (evil,))
    said = "\n".join(typed("o 1", "s", "S", "back", "/clip", "gf", "gt", "? clip"))

    assert "clip" in said
    assert not [letter for letter in said if ord(letter) < 32 and letter != "\n"]
    assert not any(letter in said for letter in "\x7f\x9b\u202e")


def test_no_box_is_drawn(typed):
    said = "\n".join(typed("o 1", "gt", "?", "l"))

    assert not [letter for letter in said if "\u2500" <= letter <= "\u259f"]


def test_a_fault_of_our_own_is_one_line_and_the_next_command_is_taken(typed, cache, monkeypatch):
    def broken(room: Plain, word: str = "") -> None:
        raise ZeroDivisionError("on purpose")

    monkeypatch.setattr(Plain, "do_story", broken)
    said = typed("story", "s 1", code=1)

    assert said[4].startswith("this is a fault of broadsheet's own")
    assert "broadsheet.log" in said[4]
    assert "on purpose" in (cache / "broadsheet.log").read_text()
    assert said[5] == "Starred “Bridge shut?”."


def test_broken_settings_are_named_and_the_reader_opens(typed, cache):
    (cache / "config.toml").write_text("mark_read = \n")
    said = typed(code=1)

    assert "config.toml, line 1, column" in said[0]
    assert said[1] == "All articles."


@pytest.mark.parametrize(
    "bytes_in",
    [b"\xff\xfe\no 1\n", b"x" * 1_000_000 + b"\no 1\n", b"o 1"],
    ids=["no text", "a very long line", "no end of line"],
)
def test_any_bytes_may_be_piped_in(cache, bytes_in):
    done = subprocess.run(
        [sys.executable, "-m", "reader", "--plain"],
        input=bytes_in,
        capture_output=True,
        check=False,
    )

    assert done.stderr == b""
    assert b"The old bridge is shut." in done.stdout


def test_it_loads_no_full_screen(cache):
    code = (
        "import io, json, sys; from reader.cli import main; "
        "sys.stdin = io.StringIO('o 1\\ns\\n/ferry\\nq\\n'); main(['--plain']); "
        "print(json.dumps(sorted(n for n in sys.modules if n.startswith('textual'))))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert json.loads(done.stdout.splitlines()[-1]) == []


def test_lines_are_for_people_and_json_for_programs(cache, capsys):
    assert main(["--plain", "--json"]) == 2
    assert "--plain is for people" in capsys.readouterr().err


def test_every_command_is_carried_out_and_no_word_calls_two():
    words = [word for command in COMMANDS for word in command.words]

    assert len(words) == len(set(words))
    for command in COMMANDS:
        assert callable(getattr(Plain, f"do_{command.name}")), command.name
        assert command.help


def test_the_acts_are_those_of_the_reading_room():
    here = {name for command in COMMANDS for name in (command.name, *command.acts)}
    missing = {action.name for action in ACTIONS} - here - WORDS_ONLY_THERE

    assert missing == set()


@pytest.mark.parametrize(
    ("typed_line", "name", "rest"),
    [
        ("3", "open", "3"),
        ("o3", "open", "3"),
        ("  o   3 ", "open", "3"),
        ("", "flow", ""),
        ("/two words", "search", "two words"),
        ("/ spaced", "search", "spaced"),
        ("?", "help", ""),
        ("?tag", "help", "tag"),
        ("#4", "link", "4"),
        ("N a note", "note", "a note"),
        ("n", "next_unread", ""),
        ("u", "unread", ""),
        ("U", "undo", ""),
    ],
)
def test_what_is_typed_is_understood(typed_line, name, rest):
    command, said = parsed(typed_line)

    assert (command.name, said) == (name, rest)


@pytest.mark.parametrize("nonsense", ["y3", "oo", "3 4 5x", "\x1b[A", "q!"])
def test_what_is_not_understood_is_not_guessed_at(nonsense):
    with pytest.raises(Unknown):
        parsed(nonsense)


def test_a_list_longer_than_is_held_is_read_to_its_end(own_home, capsys, monkeypatch):
    with Library.open() as library, library.cache.write():
        source = library.cache.sources.add(SourceKind.FEED, "https://gazette.invalid/", "Gazette")
        for number in range(1_203):
            cleaned = Cleaned(f"Number {number}", "It.", "It.", "html")
            library.cache.articles.keep(source.id, Incoming(str(number), cleaned, unread=False))
    monkeypatch.setattr(sys, "stdin", io.StringIO("l 1201\n\nm 1202\nn\no 1203\n>\nA\nwhere\n"))
    main(["--plain"])
    said = capsys.readouterr().out

    assert said.count("That is the end of the list.") == 2
    assert "1203. Number 0. Gazette" in said
    assert "1202. Number 1\n" in said
    with Library.open() as library:
        assert library.counts().unread == 0
        assert len(library.ids(View("all"))) == 1_203
