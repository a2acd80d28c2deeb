"""Every act of the reading room, declared once.

Key bindings, footer, `?`, the palette and the table in the README are all made from `ACTIONS`.
An action `star` is carried out by the method `act_star` of the room; nothing here needs Textual.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum

from reader.noun import Noun


class Place(StrEnum):
    """Where the reader is, which decides what a key means."""

    SOURCES = "sources"
    HEADLINES = "headlines"
    PAGE = "page"
    SIMILAR = "similar"
    FIND = "find"
    """On the page, while words looked for in the article are marked on it."""
    SELECT = "select"
    """On the page, while lines of it are selected."""


EVERYWHERE = frozenset({Place.SOURCES, Place.HEADLINES, Place.PAGE, Place.SIMILAR})
LISTS = frozenset({Place.SOURCES, Place.HEADLINES, Place.SIMILAR})
ARTICLE = frozenset({Place.HEADLINES, Place.PAGE, Place.SIMILAR})
SOURCES = frozenset({Place.SOURCES})
PAGE = frozenset({Place.PAGE})
FIND = frozenset({Place.FIND})
SELECT = frozenset({Place.SELECT})


class Action(Noun):
    """One act: its name, the keys that do it, and the sentence that says what it does."""

    name: str
    keys: tuple[str, ...]
    """Each a key, or keys one after the other parted by a space: `g g`."""
    help: str
    where: frozenset[Place] = EVERYWHERE
    group: str = "Reading"
    footer: str | None = None
    """The word under the page; None keeps the act out of the footer."""
    footer_at: frozenset[Place] | None = None
    """Where the footer names it, if not everywhere it applies."""
    also: Mapping[str, frozenset[Place]] = {}
    """Keys that mean it only in some of its places."""
    takes_number: bool = False
    """The act needs a number, which its keys are the digits of: link 1 to 9, and 12."""
    macro: tuple[tuple[str, int | None], ...] = ()
    """The acts it is made of, by name, each with how often; empty for an act of its own."""

    def places_of(self, key: str) -> frozenset[Place]:
        """Where `key` means this act."""
        return self.also.get(key, self.where)

    @property
    def all_keys(self) -> tuple[str, ...]:
        return (*self.keys, *self.also)

    @property
    def counts(self) -> bool:
        """Does a number typed before it say how often, or how far?"""
        return self.name in COUNTED or self.name in REPEATED

    def key_at(self, place: Place) -> str | None:
        """The first key that means it at `place`, if one does."""
        return next((key for key in self.all_keys if place in self.places_of(key)), None)


COUNTED = frozenset(
    "down up next_article previous_article page_down page_up half_down half_up top bottom "
    "next_pane previous_pane next_source previous_source next_match previous_match next_new "
    "previous_new next_heading previous_heading extend_down extend_up wider narrower "
    "larger smaller undo sentence_on sentence_back word_on word_back".split()
)
"""The acts that take the number typed before them: `5j` is five rows down."""
REPEATED = frozenset("flow next_unread previous_unread".split())
"""The acts that are done as often as the number says, for each goes on from the one before."""
MOST_TIMES = 100
"""How often an act is repeated at most."""


ACTIONS: tuple[Action, ...] = (
    Action("down", ("j", "down"), "Next row, or one line down the page"),
    Action("up", ("k", "up"), "Previous row, or one line up the page"),
    Action(
        "flow",
        ("space",),
        "Read on: a page; at the end, the next story or unread article",
        footer="read on",
        footer_at=frozenset({Place.HEADLINES, Place.PAGE}),
    ),
    Action("open", ("enter", "l", "right"), "Open what is chosen", where=LISTS, footer="open"),
    Action("back", ("q", "h", "left", "escape"), "Back, one step at a time", footer="back"),
    Action(
        "next_unread",
        ("n",),
        "Next unread article",
        footer="next unread",
        footer_at=frozenset({Place.HEADLINES, Place.PAGE}),
    ),
    Action("previous_unread", ("p",), "Previous unread article"),
    Action("next_article", (">", "."), "Next article, read or not"),
    Action("previous_article", ("<", ","), "Previous article, read or not"),
    Action("return_to", ("backspace",), "Return to the article before this one"),
    Action("page_down", ("ctrl+f", "pagedown"), "One page down"),
    Action("page_up", ("ctrl+b", "pageup", "b"), "One page up"),
    Action("half_down", ("ctrl+d",), "Half a page down"),
    Action("half_up", ("ctrl+u",), "Half a page up"),
    Action("top", ("g g", "home"), "To the top"),
    Action("bottom", ("G", "end"), "To the end; after a number, to that row or percent"),
    Action("next_heading", ("]",), "Next heading of the article", where=ARTICLE),
    Action("previous_heading", ("[",), "Heading before this", where=ARTICLE),
    Action("headings", ("c",), "Contents: go to a heading of the article", where=ARTICLE),
    Action("footnote", ("*",), "Look at a footnote, the place kept", where=PAGE),
    Action("set_mark", ("M",), "Mark the place with a letter, a capital for all articles", PAGE),
    Action("go_mark", ("'",), "Go to a mark; twice: to where the last jump began"),
    Action("next_new", ("}",), "Next passage that is new to you", where=ARTICLE),
    Action("previous_new", ("{",), "Passage before this that is new to you", where=ARTICLE),
    Action("next_pane", ("tab",), "Next pane", group="Going about"),
    Action("previous_pane", ("shift+tab",), "Previous pane", group="Going about"),
    Action("next_source", ("J",), "Next source", group="Going about"),
    Action("previous_source", ("K",), "Previous source", group="Going about"),
    Action(
        "go_front",
        ("g t",),
        "Go to the front page",
        group="Going about",
        also={"0": LISTS},
    ),
    Action(
        "period",
        ("P",),
        "Front page since the last visit, of today, of the week",
        group="Going about",
    ),
    Action(
        "go_all",
        ("g a",),
        "Show all articles",
        group="Going about",
        also={"1": LISTS},
    ),
    Action(
        "go_unread",
        ("g u",),
        "Show unread articles",
        group="Going about",
        also={"2": LISTS},
    ),
    Action(
        "go_starred",
        ("g s",),
        "Show starred articles: your bookmarks",
        group="Going about",
        also={"3": LISTS},
    ),
    Action("go_today", ("g h",), "Show what came today", group="Going about"),
    Action("go_sources", ("g f",), "Go to the list of sources", group="Going about"),
    Action(
        "coverage",
        ("V",),
        "Everything told of this story: who said it first, copies, background",
        where=ARTICLE,
        group="Going about",
    ),
    Action("go_similar", ("S",), "Go to similar articles", where=ARTICLE, group="Going about"),
    Action("search", ("/",), "Search every article", group="Finding", footer="search"),
    Action("find", ("ctrl+g",), "Find in this article", group="Finding", also={"f": PAGE}),
    Action("next_match", ("n",), "Next match", where=FIND, group="Finding", footer="next match"),
    Action(
        "previous_match",
        ("N",),
        "Previous match",
        where=FIND,
        group="Finding",
        footer="previous match",
    ),
    Action("end_find", ("escape", "q"), "Stop finding", where=FIND, group="Finding", footer="done"),
    Action(
        "star",
        ("s",),
        "Star the article, as a bookmark, or unstar it",
        where=ARTICLE,
        group="The article",
        footer="star",
    ),
    Action("read", ("m",), "Mark read or unread", where=ARTICLE, group="The article"),
    Action("unread", ("u",), "Mark unread", where=ARTICLE, group="The article"),
    Action("tag", ("t",), "Tag: words add, -words take off", where=ARTICLE, group="The article"),
    Action("note", ("N",), "Write a note to the article", where=ARTICLE, group="The article"),
    Action(
        "original",
        ("o",),
        "Open the original in the browser",
        group="The article",
        also={"v": LISTS},
    ),
    Action(
        "original_read",
        ("O",),
        "Open the original and mark it read",
        where=ARTICLE,
        group="The article",
    ),
    Action(
        "link",
        tuple("123456789"),
        "Link by its number; its address is shown first",
        where=PAGE,
        group="The article",
        takes_number=True,
    ),
    Action(
        "hints",
        ("F",),
        "Letters on the links in view: typed, they show where it leads",
        PAGE,
        "The article",
    ),
    Action("ask_link", ("#",), "Link by any number", where=ARTICLE, group="The article"),
    Action(
        "fetch_whole",
        ("x",),
        "Fetch the whole text, where the feed gave a beginning",
        where=ARTICLE,
        group="The article",
    ),
    Action("pictures", ("I",), "Fetch and show its pictures, or not", PAGE, "The article"),
    Action("split", ("X",), "Take the article out of its story", ARTICLE, group="The article"),
    Action(
        "merge",
        ("&",),
        "Mark a story, then on another: make the two one",
        where=ARTICLE,
        group="The article",
    ),
    Action(
        "summary",
        ("i",),
        "The article in short at its head, or not",
        where=ARTICLE,
        group="The article",
    ),
    Action(
        "differences",
        ("D",),
        "What was edited, word by word",
        where=ARTICLE,
        group="The article",
    ),
    Action("copy", ("y",), "Copy the address", where=ARTICLE, group="The article"),
    Action("copy_text", ("Y",), "Copy the article's text", where=ARTICLE, group="The article"),
    Action("save", ("W",), "Save as Word, PDF, EPUB, HTML or Markdown", ARTICLE, "The article"),
    Action("speak", ("!",), "Read the article aloud, or stop", where=ARTICLE, group="The article"),
    Action(
        "delete",
        ("delete",),
        "Remove the article, or in the source list the source",
        where=EVERYWHERE,
        group="The article",
    ),
    Action(
        "select",
        ("v",),
        "Select lines, sentences or words, to copy, to highlight or to note",
        where=PAGE,
        group="Highlights",
    ),
    Action("highlight", ("h",), "Highlight", SELECT, "Highlights", footer="highlight"),
    Action("highlight_note", ("n",), "Highlight with a note", SELECT, "Highlights", footer="note"),
    Action("copy_selection", ("y",), "Copy the text", SELECT, "Highlights", footer="copy"),
    Action("unhighlight", ("d", "delete"), "Take highlights off", SELECT, "Highlights"),
    Action("extend_down", ("j", "down"), "More of what is below", SELECT, "Highlights", "more"),
    Action("extend_up", ("k", "up"), "Less, or more of what is above", SELECT, "Highlights"),
    Action("sentence_on", (")",), "By sentences: more, or less", SELECT, "Highlights", "sentences"),
    Action("sentence_back", ("(",), "By sentences: less, or more before", SELECT, "Highlights"),
    Action("word_on", ("w",), "By words: more, or less", SELECT, "Highlights", "words"),
    Action("word_back", ("b",), "By words: less, or more before", SELECT, "Highlights"),
    Action("other_end", ("o",), "Move the other end", SELECT, "Highlights", "other end"),
    Action("by_lines", ("l", "v"), "By lines, or by paragraphs", SELECT, "Highlights", "by lines"),
    Action("end_select", ("escape", "q"), "Leave the selection", SELECT, "Highlights", "done"),
    Action("go_highlights", ("H",), "Everything highlighted", group="Highlights"),
    Action(
        "read_all",
        ("A",),
        "Mark everything in this list read",
        group="Keeping order",
    ),
    Action("undo", ("U",), "Take back the last change", group="Keeping order"),
    Action(
        "add", ("a",), "Add a site, a feed, a file or a folder", group="Keeping order", footer="add"
    ),
    Action(
        "refresh_due",
        ("R",),
        "Ask every source that is due what is new",
        group="The sources",
        footer="refresh",
        footer_at=SOURCES,
    ),
    Action(
        "refresh_source",
        ("r",),
        "Ask this source, or the article's, even if it is not due",
        group="The sources",
    ),
    Action(
        "troubles", ("E",), "The sources in trouble: cause, cure, next try", group="The sources"
    ),
    Action("toggle_new", ("w",), "Tell what is new to you, or not", group="The look"),
    Action("copies", ("C",), "Near copies folded under one, or each a row", group="The look"),
    Action("zen", ("z",), "The page alone, or everything again", group="The look"),
    Action("wider", ("+", "="), "Longer lines", group="The look"),
    Action("narrower", ("-",), "Shorter lines", group="The look"),
    Action("theme", ("T",), "Next theme", group="The look"),
    Action("themes", ("ctrl+t",), "Choose a theme by seeing it", group="The look"),
    Action("density", ("d",), "A line of the text under each headline, or not", group="The look"),
    Action("layout", ("L",), "Panes side by side: three, two or one", group="The look"),
    Action("larger", (")",), "A larger pane: the one with the keyboard", group="The look"),
    Action("smaller", ("(",), "A smaller pane", group="The look"),
    Action("redraw", ("ctrl+l",), "Look at the cache again and redraw", group="The look"),
    Action("help", ("?", "f1"), "Every key, searchable", group="broadsheet", footer="help"),
    Action("palette", ("ctrl+p", ":"), "Every act by name", group="broadsheet"),
    Action("suspend", ("ctrl+z",), "Leave for the shell; `fg` returns", group="broadsheet"),
    Action("quit", ("Q", "ctrl+c", "ctrl+q"), "Leave; the place is kept", group="broadsheet"),
)

SHOWN = {
    "down": "↓",
    "up": "↑",
    "left": "←",
    "right": "→",
    "escape": "esc",
    "pagedown": "pgdn",
    "pageup": "pgup",
    "delete": "del",
    "f1": "F1",
}


def shown(key: str) -> str:
    """A key as people write it: `gg`, `↓`, `ctrl+f`."""
    parts = [SHOWN.get(part, part) for part in key.split(" ")]
    return "".join(parts)


def key_table() -> str:
    """The keys as a Markdown table, for the README."""
    lines = ["| keys | act |", "|---|---|"]
    group = None
    for action in ACTIONS:
        if action.group != group:
            group = action.group
            lines.append(f"| | **{group}** |")
        keys = " ".join(f"`{_in_table(key)}`" for key in written(action))
        help_text = action.help + _limits(action)
        lines.append(f"| {keys} | {help_text} |")
    return "\n".join(lines) + "\n"


def footer_of(place: Place, finding: bool, actions: Iterable[Action] = ACTIONS) -> list[Action]:
    """The acts the footer names at `place`, the most telling first."""
    asked = Place.FIND if finding and place is Place.PAGE else place
    return [
        action
        for action in actions
        if action.footer and asked in (action.footer_at or action.where) and action.key_at(asked)
    ]


def written(action: Action) -> list[str]:
    """The keys of an act as people write them; digits in a row as their range."""
    if action.takes_number and len(action.keys) > 3:
        return [f"{action.keys[0]}–{action.keys[-1]}"]
    return [shown(key) for key in action.all_keys]


def _in_table(key: str) -> str:
    return key.replace("|", "\\|")


def _limits(action: Action) -> str:
    notes = []
    if action.where == FIND:
        notes.append("while finding")
    elif action.where == SELECT:
        notes.append("while selecting")
    elif action.where == PAGE:
        notes.append("on the page")
    notes += [f"`{key}` {_place_words(places)}" for key, places in action.also.items()]
    return f" ({', '.join(notes)})" if notes else ""


def _place_words(places: frozenset[Place]) -> str:
    return "in lists" if places == LISTS else "on the page" if places == PAGE else "here"
