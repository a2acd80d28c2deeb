"""Sets of keys for fingers that know another program: what each changes of our own.

A preset names acts and all the keys they have in it; what it does not name keeps the keys of
`ACTIONS`. Keys are written as in the settings (`reader/app/keynames.py`). Where the other program
has no such act, its letter is left to ours. Sources: newsboat's `keymap.cpp`, Vim's `:help index`
and Vimium's links, GNU Emacs with elfeed and eww, and what browsers do by arrows.
"""

from __future__ import annotations

from collections.abc import Mapping

Preset = Mapping[str, tuple[str, ...]]

NEWSBOAT: Preset = {
    "down": ("down", "j@sources", "j@page", "j@similar"),
    "up": ("up", "k@sources", "k@page", "k@similar"),
    "next_source": ("j@headlines", "ctrl+n"),
    "previous_source": ("k@headlines", "ctrl+p"),
    "next_article": ("J",),
    "previous_article": ("K",),
    "open": ("enter", "right"),
    "back": ("q", "left", "escape"),
    "search": ("/@lists", "ctrl+s"),
    "find": ("/@page", "ctrl+g"),
    "star": ("ctrl+b", "s"),
    "page_up": ("pageup", "b"),
    "read": ("N@lists", "m"),
    "tag": ("ctrl+e", "t"),
    "note": ("e",),
    "delete": ("D", "delete"),
    "read_all": ("A", "C"),
    "palette": (":",),
    "go_all": ("g a",),
    "go_unread": ("g u",),
    "go_starred": ("g s",),
}
VIM: Preset = {
    "page_up": ("ctrl+b", "pageup"),
    "search": ("/@lists", "g /"),
    "find": ("/@page",),
    "undo": ("u",),
    "unread": ("U",),
    "read": ("M",),
    "copy": ("y y",),
    "delete": ("d d", "delete"),
    "density": ("D",),
    "original": ("o", "g x"),
    "return_to": ("ctrl+o", "backspace"),
    "link": (),
    "go_all": ("g a",),
    "go_unread": ("g u",),
    "go_starred": ("g s",),
    "quit": ("Z Z", "Q", "ctrl+c", "ctrl+q"),
}
EMACS: Preset = {
    "down": ("ctrl+n", "down"),
    "up": ("ctrl+p", "up"),
    "open": ("enter", "right"),
    "back": ("q", "ctrl+g", "left", "escape"),
    "page_down": ("ctrl+v", "pagedown"),
    "page_up": ("alt+v", "pageup"),
    "half_down": (),
    "half_up": (),
    "top": ("<", "home"),
    "bottom": (">", "end"),
    "next_article": (".",),
    "previous_article": (",",),
    "next_pane": ("tab", "ctrl+x o"),
    "search": ("ctrl+s@lists", "/"),
    "find": ("ctrl+s@page", "f@page"),
    "next_match": ("ctrl+s", "n"),
    "previous_match": ("ctrl+r", "N"),
    "end_find": ("ctrl+g", "escape", "q"),
    "undo": ("ctrl+_", "ctrl+x u", "U"),
    "copy": ("w",),
    "copy_text": ("alt+w",),
    "toggle_new": ("W",),
    "delete": ("ctrl+d", "delete"),
    "return_to": ("l", "backspace"),
    "link": (),
    "go_all": ("g a",),
    "go_unread": ("g u",),
    "go_starred": ("g s",),
    "palette": ("alt+x", ":"),
    "quit": ("ctrl+x ctrl+c", "Q", "ctrl+c", "ctrl+q"),
}
ARROWS: Preset = {
    "down": ("down",),
    "up": ("up",),
    "open": ("enter", "right"),
    "back": ("escape", "left"),
    "next_unread": ("n",),
    "next_article": ("ctrl+right",),
    "previous_article": ("ctrl+left",),
    "page_down": ("pagedown",),
    "page_up": ("pageup",),
    "half_down": (),
    "half_up": (),
    "top": ("home",),
    "bottom": ("end",),
    "next_source": ("ctrl+down",),
    "previous_source": ("ctrl+up",),
    "search": ("f3", "/"),
    "find": ("ctrl+f",),
    "next_match": ("enter", "f3"),
    "previous_match": ("shift+tab", "N"),
    "end_find": ("escape",),
    "copy": ("y",),
    "undo": ("ctrl+z", "U"),
    "refresh_due": ("f5", "R"),
    "zen": ("f11", "z"),
    "suspend": (),
    "palette": ("f2", "ctrl+p"),
    "quit": ("ctrl+q", "ctrl+c"),
}
PRESETS: Mapping[str, Preset] = {
    "broadsheet": {},
    "newsboat": NEWSBOAT,
    "vim": VIM,
    "emacs": EMACS,
    "arrows": ARROWS,
}
