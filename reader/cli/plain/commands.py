"""What can be typed in the line-mode reader, declared once: parsing and help are made from it.

A command `star` is carried out by the method `do_star` of the room; what it does is said in the
words of the reading room where both have the same act.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from reader.app.actions import ACTIONS


@dataclass(frozen=True, slots=True)
class Command:
    """One command: its name, the words that call it, what may follow them."""

    name: str
    words: tuple[str, ...]
    """The first is the one that help names first."""
    takes: str = ""
    """What may follow: `N` is the number of a row."""
    said: str = ""
    """What it does, where the reading room has other words for it or no such act."""
    group: str = "Reading"
    acts: tuple[str, ...] = ()
    """Acts of the reading room it stands for, if not the one of its own name."""

    @property
    def help(self) -> str:
        return self.said or _room_help()[self.name]


COMMANDS = (
    Command(
        "flow",
        ("",),
        said="Enter alone: read on, the article or the list; at the end, the next unread article",
    ),
    Command("open", ("o", "open"), "N", "Read article N of the list; its number alone does too"),
    Command("next_unread", ("n", "next")),
    Command("previous_unread", ("p", "previous")),
    Command("next_article", (">", ".")),
    Command("previous_article", ("<", ",")),
    Command("whole", ("w", "whole"), said="The rest of the article without a stop"),
    Command("top", ("g", "gg", "top"), said="The article again from its beginning"),
    Command("bottom", ("G", "end"), said="The end of the article"),
    Command("page_up", ("b",), said="One screen back in the article"),
    Command("next_new", ("}",)),
    Command("previous_new", ("{",)),
    Command("headings", ("c", "headings"), "[N]", "The headings, or go to heading N"),
    Command("next_heading", ("]",)),
    Command("previous_heading", ("[",)),
    Command(
        "footnote", ("*", "footnote"), "[LABEL]", "The footnotes of what was read last, or one"
    ),
    Command("set_mark", ("M",), "LETTER"),
    Command("go_mark", ("'",), "[LETTER]", "Go to a mark; without a letter, which there are"),
    Command("summary", ("i", "summary"), "[N]", "The article in short"),
    Command("differences", ("D", "differences"), "[N]"),
    Command("screen", ("screen",), "[N]", "Stop after N lines; 0 never stops"),
    Command("return_to", ("back", "h"), said="The list before this one", acts=("back",)),
    Command("list", ("l", "list"), "[N]", "The list again, or from row N on", "Going about"),
    Command(
        "go_front",
        ("gt", "front"),
        "[today|week]",
        "The front page",
        "Going about",
        ("go_front", "period"),
    ),
    Command("go_all", ("ga", "all"), group="Going about"),
    Command("go_unread", ("gu", "unread"), group="Going about"),
    Command("go_starred", ("gs", "starred"), group="Going about"),
    Command("go_today", ("gh", "today"), group="Going about"),
    Command(
        "go_sources",
        ("gf", "sources"),
        "[N|NAME]",
        "The sources, or the articles of one source or folder",
        "Going about",
    ),
    Command("next_source", ("J",), group="Going about"),
    Command("previous_source", ("K",), group="Going about"),
    Command("go_similar", ("S", "similar"), "[N]", "Similar articles, as a list", "Going about"),
    Command(
        "story",
        ("V", "story"),
        "[N]",
        "All articles of the story, as a list",
        "Going about",
        ("coverage",),
    ),
    Command("go_highlights", ("H", "highlights"), group="Going about"),
    Command("where", ("where",), "", "Where you are, and how much is unread", "Going about"),
    Command("search", ("/", "search"), "WORDS", group="Finding"),
    Command(
        "find",
        ("f", "find"),
        "[WORDS]",
        "Find in this article; without words, the next match",
        "Finding",
        ("find", "next_match"),
    ),
    Command("previous_match", ("fb",), "[WORDS]", "Find backwards", "Finding"),
    Command("star", ("s", "star"), "[N]", group="The article"),
    Command("read", ("m", "mark"), "[N]", group="The article"),
    Command("unread", ("u",), "[N]", group="The article"),
    Command("tag", ("t", "tag"), "WORDS", group="The article"),
    Command(
        "note",
        ("N", "note"),
        "[TEXT]",
        "Write a note to the article; without a text, take it off",
        "The article",
    ),
    Command(
        "highlight",
        ("hl", "highlight"),
        "[WORDS]",
        "Highlight the sentence with these words; without words, what is highlighted",
        "The article",
        ("highlight", "select"),
    ),
    Command("highlight_note", ("hn",), "N [TEXT]", "Write a note to highlight N", "The article"),
    Command("unhighlight", ("hd",), "N", "Take highlight N off", "The article"),
    Command(
        "link",
        ("#", "link"),
        "[N]",
        "The links, or where link N leads",
        "The article",
        ("link", "ask_link", "hints"),
    ),
    Command(
        "original",
        ("v", "visit"),
        "[N]",
        "Open the original, or link N, in the browser",
        "The article",
    ),
    Command("original_read", ("O",), "[N]", group="The article"),
    Command("copy_text", ("Y",), "[N]", group="The article"),
    Command("copy", ("y", "address"), said="Say the address of the original", group="The article"),
    Command(
        "speak",
        ("!", "speak"),
        "[N]",
        "Read the article aloud from where you are; Ctrl-C stops it",
        "The article",
    ),
    Command("save", ("W", "save"), "FILE", group="The article"),
    Command("fetch_whole", ("x",), "[N]", group="The article"),
    Command("delete", ("delete",), "[N]", "Remove the article", "The article"),
    Command("split", ("X", "split"), "[N]", group="Keeping order"),
    Command(
        "merge",
        ("&", "merge"),
        "N",
        "Make one of this story and that of article N",
        "Keeping order",
    ),
    Command("read_all", ("A",), group="Keeping order"),
    Command("undo", ("U", "undo"), group="Keeping order"),
    Command("add", ("a", "add"), "WHAT", group="Keeping order"),
    Command("remove", ("remove",), "N", "Remove source N, as `gf` numbers it", "The sources"),
    Command("refresh_due", ("R", "refresh"), group="The sources"),
    Command("refresh_source", ("r",), group="The sources"),
    Command("troubles", ("E", "troubles"), group="The sources"),
    Command("copies", ("C", "copies"), group="The look"),
    Command("toggle_new", ("news",), group="The look"),
    Command("help", ("?", "help"), "[WORD]", "Every command, or those about a word", "broadsheet"),
    Command("quit", ("q", "Q", "quit"), group="broadsheet"),
)
"""Letters as in the reading room where there is a choice; words for those who prefer them."""

GLUED = re.compile(r"([A-Za-z<>.,{}#]+)(\d+)")
"""`o3` is `o 3`."""


class Unknown(ValueError):
    """What was typed is no command."""


def parsed(typed: str) -> tuple[Command, str]:
    """The command that a typed line means, and what follows it. Raises Unknown."""
    typed = typed.strip()
    if typed.isascii() and typed.isdigit():
        return _by_word()["o"], typed
    if typed[:1] in ("/", "?", "#", "!", "&", "*", "'"):
        return _by_word()[typed[0]], typed[1:].strip()
    word, _, rest = typed.partition(" ")
    if command := _by_word().get(word):
        return command, rest.strip()
    glued = GLUED.fullmatch(word)
    if glued and not rest and (command := _by_word().get(glued[1])) and "N" in command.takes:
        return command, glued[2]
    raise Unknown(word)


def help_lines(about: str = "") -> Iterator[str]:
    """The commands in words, a line each under the heading of their group; those about a word."""
    group = None
    sought = about.casefold()
    for command in COMMANDS:
        words = " or ".join(word for word in command.words if word)
        called = f"{words} {command.takes}".strip()
        line = f"{called}: {command.help}." if called else f"{command.help}."
        if sought and sought not in line.casefold() and about not in command.words:
            continue
        if command.group != group:
            group = command.group
            yield f"{group}."
        yield line


@cache
def _by_word() -> dict[str, Command]:
    return {word: command for command in COMMANDS for word in command.words}


@cache
def _room_help() -> dict[str, str]:
    return {action.name: action.help for action in ACTIONS}
