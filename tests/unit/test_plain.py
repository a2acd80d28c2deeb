"""The line-mode reader, as a transcript: what is typed, what is said."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime

import pytest

from reader import stories
from reader.app.actions import ACTIONS
from reader.cli import main
from reader.cli.plain import Plain
from reader.cli.plain.commands import COMMANDS, Unknown, parsed
from reader.config import Config
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
ONLY_THERE = {
    "lines follow each other, and nothing moves about a screen": (
        "down up page_down half_down half_up next_pane previous_pane end_find"
    ),
    "nothing is drawn that could look otherwise": (
        "zen wider narrower theme themes density layout larger smaller redraw pictures"
    ),
    "a sentence is named by its words, and the terminal selects and copies what it shows": (
        "copy_selection extend_down extend_up other_end by_lines end_select sentence_on "
        "sentence_back word_on word_back"
    ),
    "`?` finds every command, and the shell's own keys leave for it": "palette suspend",
}
"""Acts of the reading room that are no commands, by the reason."""


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
        "1. Bridge shut? Gazette, 2 h ago, unread",
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
        "1. Bridge shut? Gazette, 2 h ago, unread",
        "2. Ferry runs again. Northline, yesterday, unread, starred",
        "3. The lamp is lit. Gazette, Fri, unread",
    ]


def test_n_goes_from_one_unread_article_to_the_next(typed):
    said = typed("m 2", "n", "n", "n", "p", "gu")

    titles = [said[at + 1] for at, line in enumerate(said) if line == ""]
    assert titles.index("1. Bridge shut?") < titles.index("3. The lamp is lit")
    assert "2. Ferry runs again" not in titles
    assert "No unread article after this in the list." in said
    assert said[-2:] == ["Unread articles.", "Everything is read."]


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
    assert typed("/is:starry")[-1].startswith("Nothing found: is: takes unread, read, starred")


def test_sources_are_numbered_and_opened_by_number_name_or_folder(typed):
    said = typed("gf")
    assert said[4:] == [
        "1. Gazette, 2 of 2 unread",
        "2. Northline, in Trade, 1 of 1 unread",
        "`gf` and a number lists the articles of one.",
    ]
    for name in ("gf 2", "gf2", "sources north", "gf trade"):
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
    assert said[-2:] == [
        "Highlighted.",
        "Nothing is highlighted yet: `hl` and words of a sentence do.",
    ]


def test_words_are_found_in_the_article(typed):
    said = typed("screen 1", "o 1", "f money", "f", "f wait", "f", "f nonesuch")

    assert [line for line in said if line.startswith(("- It", "1. Wait", "2. Wait"))] == [
        "- It needs money.",
        "1. Wait.",
        "2. Wait more.",
    ]
    assert said.count("No further match.") == 1
    assert said[-1] == "“nonesuch” is not in this article."


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
        "gs or starred: Show starred articles: your bookmarks.",
        "The article.",
        "s or star [N]: Star the article, as a bookmark, or unstar it.",
    ]
    assert "U or undo: Take back the last change." in typed("?")
    assert typed("?nonesuch")[-1] == "No command is about nonesuch."


def test_it_ends_with_its_input_and_opens_where_it_was_left(typed):
    typed("gs")
    typed("s 2")
    assert typed("gs")[4:] == [
        "Starred articles.",
        "1. Ferry runs again. Northline, yesterday, unread, starred",
    ]
    assert typed()[0] == "Starred articles."


def test_something_named_is_added_and_read_out(typed, tmp_path):
    note = tmp_path / "my note.txt"
    note.write_text("A note from the pier\n\nSomebody painted the lamp green. " * 3)
    said = typed("s", words=(str(note),))

    assert "Somebody painted the lamp green. A note from the pier" in said
    assert said[-1].startswith("Starred “")


@pytest.mark.parametrize("feeds", [1, 2])
def test_feeds_of_which_nothing_came_yet_are_told_in_place_of_a_sample(
    own_home, capsys, monkeypatch, feeds
):
    with Library.open() as library:
        for n in range(feeds):
            library.cache.sources.add(SourceKind.FEED, f"https://a.invalid/{n}", f"{n}")
    are = "1 feed is" if feeds == 1 else "2 feeds are"
    monkeypatch.setattr(sys, "stdin", io.StringIO("q\n"))
    assert main(["--plain"]) == 0
    assert capsys.readouterr().out.splitlines()[0] == (
        f"{are} here, and nothing of them yet: `R` asks what they have."
    )
    for words in ([], ["front"]):
        assert main(words) == 0
        said = capsys.readouterr()
        assert said.out == ""
        assert f"{are} here, and nothing of them yet: `broadsheet refresh` asks" in said.err


def test_the_sample_edition_says_what_is_new_in_words(own_home, capsys, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.StringIO("o 1\no 2\ngt\n"))
    assert main(["--plain"]) == 0
    said = capsys.readouterr().out.splitlines()

    assert said[0].startswith("The cache was empty, so this is the sample edition.")
    assert any("sentences are new to you." in line for line in said)
    assert any(line.startswith("[new] ") for line in said)
    assert any("[known] " in line for line in said)
    assert any(line.startswith("Front page. ") for line in said)


def test_what_was_leapt_over_on_the_way_to_the_end_is_still_new(own_home, typed):
    storm = [
        "The storm tore a hole of forty metres into the breakwater at Ostrey on Thursday night.",
        "Eleven people were hurt when the boats at the outer berths broke from their moorings.",
        "The harbour master, Ragna Pell, says that nobody had warned the crews of the swell.",
        "Repairs of the breakwater will cost four million crowns and take until the spring.",
        "The ferry to Skerrow sails from the inner quay while the breakwater is open.",
    ]
    again = [*storm[:3], "Divers found the feet of the wall washed hollow for seventy metres."]
    with Library.open() as library:
        source = library.cache.sources.add(SourceKind.FEED, "https://ostrey.invalid/", "Courant")
        for guid, said in (("storm", storm), ("divers", again)):
            text = "\n\n".join(said)
            when = When(NOW)
            cleaned = Cleaned(f"Breakwater, {guid}", text, text, "html", published=when, words=80)
            kept = library.cache.articles.keep(source.id, Incoming(guid, cleaned))
            with library.cache.write() as conn:
                stories.index(
                    conn, kept.id, cleaned.title, text, datetime.fromisoformat(NOW).toordinal()
                )
    typed("screen 1", "/Skerrow", "o 1", "G", "q")
    with Library.open() as library:
        [divers] = [id for id in library.ids(View("all")) if "divers" in library.article(id).title]
        marks = [mark for _, mark in library.sentences(divers)]
    assert marks == ["known", "new", "new", "new"]


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
    only_there = {name for names in ONLY_THERE.values() for name in names.split()}

    assert {action.name for action in ACTIONS} - here == only_there


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


NOTED = """\
The gate stuck.[^1] Nobody was hurt. The ferry waited.[^rope]

Another paragraph says nothing of it.

[^1]: It was oiled in May.
[^rope]: Of hemp.
"""


@pytest.fixture
def noted(cache):
    """A fourth article, the newest, of several sentences and two footnotes."""
    with Library.open() as library:
        [source] = [each for each in library.sources() if each.title == "Gazette"]
        when = When("2026-11-23T09:00:00+00:00")
        cleaned = Cleaned("Gate", NOTED, NOTED, "html", published=when)
        return library.cache.articles.keep(source.id, Incoming("gate", cleaned)).id


def after_opening(said: list[str]) -> list[str]:
    """What was said after the first screen of the article."""
    return said[next(at for at, line in enumerate(said) if line.startswith("Enter reads on")) + 1 :]


def test_a_sentence_is_highlighted_by_some_of_its_words_noted_and_taken_off(typed, noted):
    lines = ("hl", "hl NOBODY was", "hl ferry", "hn 2 how long?", "hl", "hd 1", "U", "hl zebra")
    said = typed("screen 1", "o 1", *lines, "hd 1", "hd 9", code=1)

    assert after_opening(said) == [
        "Nothing is highlighted here: words of a sentence after `hl` do.",
        "Highlighted “Nobody was hurt.”.",
        "Highlighted “The ferry waited.”.",
        "Noted on “The ferry waited.”.",
        "1. “Nobody was hurt.”",
        "2. “The ferry waited.”: how long?",
        "Took off the highlight “Nobody was hurt.”.",
        "Took back: took off the highlight “Nobody was hurt.”.",
        "No sentence of this article has these words.",
        "Took off the highlight “Nobody was hurt.”.",
        "There is no highlight '9' here: `hl` numbers them.",
    ]
    with Library.open() as library:
        assert [each.marked.note for each in library.highlights(noted)] == ["how long?"]


def test_an_article_is_saved_as_its_name_says_and_over_nothing(typed, cache, tmp_path):
    file = f"{tmp_path}/bridge.html"
    said = typed("o 1", f"W {file}", f"save {file}", "W", "W x.odt", code=1)
    assert f"Saved as {tmp_path}/bridge.html." in said
    assert f"{tmp_path}/bridge.html is there already; another name, please." in said
    assert sum(each.startswith("Save as what? ") for each in said) == 2
    assert "Bridge shut?" in (tmp_path / "bridge.html").read_text()


def test_footnotes_of_what_was_read_last_are_peeked_at_and_the_place_is_kept(typed, noted):
    said = typed("screen 1", "o 1", "*", "*rope", "* 7", "", "*")

    assert after_opening(said) == [
        "Note 1: It was oiled in May.",
        "Note rope: Of hemp.",
        "Note rope: Of hemp.",
        "Note 7: it is not there.",
        "Another paragraph says nothing of it.",
        "Enter reads on; 42 % is read.",
        "No footnote is referred to in what was shown last.",
    ]


def test_marks_are_set_gone_to_from_elsewhere_and_taken_back(typed, noted):
    lines = ("'", "M", "", "M a", "M B", "g", "'a", "o 4", "'a", "'B", "U", "'")
    said = after_opening(typed("screen 1", "o 1", *lines, code=1))

    assert said[:2] == [
        "No place is marked: `M` and a letter does.",
        "Mark with which letter? It follows: M a. A capital is for all articles.",
    ]
    assert said[4:6] == ["Marked a: `'a` returns here.", "Marked B: `'B` returns here."]
    assert said[6] == "The gate stuck. Nobody was hurt. The ferry waited."
    assert said[8] == "Another paragraph says nothing of it."
    assert "Nothing is marked a." in said, "a small letter is of its own article"
    assert said[-4:] == [
        "Another paragraph says nothing of it.",
        "Enter reads on; 42 % is read.",
        "Took back: marked B.",
        "Marked: a.",
    ]


def test_a_mark_set_in_lines_is_there_in_the_full_screen_room_and_back(typed, noted):
    from reader.app.marks import place_of

    typed("screen 1", "o 1", "", "M a")
    with Library.open() as library:
        found = place_of(library.state("marks"), "a", noted)
    assert found is not None
    assert (found[0], found[1].block, found[1].quote[:7]) == (noted, 1, "Another")


def test_to_the_end_and_back_through_the_matches(typed):
    said = typed("screen 1", "o 1", "G", "fb it needs", "fb", "fb it needs", "fb")

    assert after_opening(said) == [
        "2. Wait more.",
        "End of the article.",
        "- It needs money.",
        "Enter reads on; 61 % is read.",
        "- It needs steel.",
        "Enter reads on; 53 % is read.",
        "- It needs money.",
        "Enter reads on; 61 % is read.",
        "- It needs steel.",
        "Enter reads on; 53 % is read.",
    ]


def test_sources_follow_each_other(typed):
    said = typed("J", "J", "J", "K", "K")

    assert [line for line in said if line.endswith((".", "source."))][1:] == [
        "Gazette.",
        "Northline.",
        "That is the last source.",
        "Gazette.",
        "That is the first source.",
    ]


def test_the_original_is_opened_and_read_at_once(typed, cache, monkeypatch):
    monkeypatch.setenv("BROWSER", "true")
    said = typed("O 2")
    assert said[-3:] == [
        "https://example.org/ferry",
        "Opened with true.",
        "Marked 1 article read.",
    ]
    assert typed("O 2", "U")[-1].startswith("Took back") is True


def test_the_text_is_copied_by_the_programs_of_the_clipboard_or_that_is_said(
    typed, monkeypatch, tmp_path
):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert typed("Y 2")[-1] == "No program of the clipboard is here."
    program = tmp_path / "pbcopy"
    program.write_text(f"#!/bin/sh\nwhile read -r line; do echo $line; done > {tmp_path}/copied\n")
    program.chmod(0o755)
    assert typed("Y 2")[-1] == "Copied the text by pbcopy."
    assert (tmp_path / "copied").read_text() == "Ferry runs again\n\nThe ferry runs.\n"


def test_what_is_new_is_told_or_not_and_the_choice_is_kept_and_taken_back(typed):
    assert typed("news")[-1] == "What is new to you is not told, from the next article on."
    assert typed("news", "U", "U")[-2:] == [
        "Took back: what is new to you is told.",
        "Took back: what is new to you is not told.",
    ]


def test_commands_given_no_article_and_rubbish_are_each_answered_in_a_line(typed):
    for line in ("hl x", "hn 1 x", "hd 1", "*", "M a", "G", "fb x", "'\x1b[2J", "M \x00"):
        said = typed(line, code=0 if line.startswith("'") else 1)
        assert len(said) == 5, line
        assert "\x1b" not in said[-1]


def test_where_nothing_can_be_kept_marks_and_choices_say_so(cache, noted, capsys):
    with Library.open(readonly=True) as library:
        room = Plain(library, Config(), interactive=False)
        for line in ("ga", "1", "M a", "'a", "news", "s", "hl nobody", "U"):
            room.obey(line)
    said = capsys.readouterr().out.splitlines()
    assert said.count("Nothing can be kept here: the cache can only be read.") == 2
    assert "Nothing is marked a." in said
    assert sum("annot" in line for line in said) == 3, "star, highlight and undo say it, too"


def test_an_empty_list_says_what_fills_it_and_that_it_has_no_numbers(typed):
    said = typed("gs", "o 1", code=1)

    assert said[-3:] == [
        "Starred articles.",
        "Nothing is starred yet: `s` stars an article.",
        "The list has no number 1: it is empty.",
    ]


def test_sources_are_numbered_in_the_order_of_the_reading_room(typed, cache):
    with Library.open() as library:
        for title, folder in (("iron post", None), ("Part 10", "P"), ("Part 2", "P")):
            url = f"https://{title.replace(' ', '-')}.example/"
            library.cache.sources.add(SourceKind.PAGE, url, title, folder=folder)
    said = typed("gf", "gf 2", "remove 2")

    named = [line.split(",")[0] for line in said[4:9]]
    assert named == ["1. Gazette", "2. iron post", "3. Part 2", "4. Part 10", "5. Northline"]
    assert said[-3:-1] == ["iron post.", "Nothing here."]
    assert "iron post" in said[-1]
    with Library.open() as library:
        assert "iron post" not in [source.title for source in library.sources()]


def test_help_names_each_group_once(typed):
    said = typed("?")
    groups = {command.group for command in COMMANDS}

    assert [said.count(f"{group}.") for group in groups] == [1] * len(groups)


def test_a_story_of_the_front_page_has_the_title_it_has_in_the_room(typed, cache):
    text = "The crews of all nine ferries at Norvik stopped work on Monday over unpaid overtime. "
    lines = [
        {"id": "a", "title": "Norvik ferry crews stop work", "text": text * 3, "source": "A"},
        {
            "id": "b",
            "title": "Crews at Norvik stop",
            "text": text * 2 + "Why? " * 90,
            "source": "B",
        },
    ]
    with Library.open() as library:
        dated = [each | {"published": "2026-11-23T06:00:00Z"} for each in lines]
        list(library.import_lines(io.BytesIO("\n".join(map(json.dumps, dated)).encode())))
        titles = [story.title for story in library.front("since").stories]
    said = typed("gt")

    at = next(i for i, line in enumerate(said) if line.startswith("Front page."))
    listed = [line.split(". ", 1)[1] for line in said[at + 1 :] if line[:1].isdigit()]
    assert len(listed) == len(titles)
    assert all(line.startswith(title) for line, title in zip(listed, titles, strict=True))


@pytest.fixture
def copied(cache):
    """A strike that two papers told in the same words."""
    text = " ".join(f"Crews of ferry number {n} at Norvik left work on day {n}." for n in range(40))
    lines = [
        {"id": paper, "title": "Norvik crews walk out", "text": text, "source": paper}
        for paper in ("Aurora", "Beacon")
    ]
    with Library.open() as library:
        dated = [each | {"published": "2026-11-23T06:00:00Z"} for each in lines]
        list(library.import_lines(io.BytesIO("\n".join(map(json.dumps, dated)).encode())))


@pytest.mark.parametrize("list_it", ["ga", "gu", "/crews", "story 2"])
def test_copies_fold_as_in_the_room_until_each_is_to_have_a_row(copied, typed, list_it):
    def listed(*lines: str) -> list[str]:
        """The rows of the strike in the list that was asked for."""
        said = typed(*lines)[len(typed()) :]
        return [line.split(". ", 1)[1] for line in said if "Norvik" in line and line[0].isdigit()]

    folded = listed(list_it)
    assert len(folded) == 1
    assert folded[0].endswith(", unread, 1 copy")
    assert len(listed("C", list_it)) == 2
    assert listed("U", list_it) == folded


def test_copies_fold_among_what_is_similar(copied, typed):
    text = "The crews of the ferry at Norvik are back at work, and on day 41 no ferry was late."
    line = {"id": "C", "title": "Work again at Norvik", "text": text, "source": "Courant"}
    with Library.open() as library:
        list(library.import_lines(io.BytesIO(json.dumps(line).encode())))

    def similar(*lines: str) -> list[str]:
        said = typed(*lines, "/late", "S 1")
        at = next(i for i, line in enumerate(said) if line.startswith("Similar to: Work again"))
        return [line.split(". ", 1)[1] for line in said[at:] if "walk out" in line]

    folded = similar()
    assert len(folded) == 1
    assert folded[0].endswith(", unread, 1 copy")
    assert len(similar("C")) == 2


def test_a_source_in_trouble_is_told_with_its_next_try(typed, cache):
    with Library.open() as library, library.cache.write() as conn:
        conn.execute(
            "UPDATE source SET error = 'no such host', next_check = ? WHERE title = 'Gazette'",
            (int(datetime.fromisoformat("2026-11-25T10:05:00+00:00").timestamp()),),
        )
    assert typed("E")[-1].startswith("Gazette: no such host; next try Wed 25 Nov, ")


def test_where_counts_one_article_as_one(typed):
    assert "Northline, 1 article; none is open." in typed("gf north", "where")


def test_the_only_source_of_a_story_is_named_once(typed):
    said = typed("gt")

    at = next(i for i, line in enumerate(said) if line.startswith("Front page."))
    told = "\n".join(said[at + 1 :])
    assert told.count("Northline") == told.count("Ferry runs again.") == 1
