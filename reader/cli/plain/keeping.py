"""Keeping: what of an article is highlighted, and places marked to return to."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from reader.app import marks
from reader.cli.plain.knowing import Knowing
from reader.errors import UsageError
from reader.model import Highlight

if TYPE_CHECKING:
    from reader.cli.plain.page import Page


class Keeping(Knowing):
    """Everything that keeps a piece of an article, or a place in one."""

    def do_highlight(self, words: str = "") -> None:
        page = self._open_page()
        if not words:
            self._list_highlights(page)
        elif (found := page.sentence_with(words)) is None:
            self.say("No sentence of this article has these words.")
        else:
            self._changed(self.library.highlight(page.article.id, found))

    def do_highlight_note(self, words: str = "") -> None:
        number, _, text = words.partition(" ")
        self._changed(self.library.note_highlight(self._highlight(number).id, text.strip()))

    def do_unhighlight(self, word: str = "") -> None:
        self._changed(self.library.unhighlight([self._highlight(word).id]))

    def do_save(self, name: str = "") -> None:
        from reader.cli.exporting import DOCUMENTS
        from reader.exchange.exporting import to_file

        article = self._open_page().article.id
        file = Path(os.path.expanduser(name))
        form = file.suffix.lower().removeprefix(".")
        if form not in (*DOCUMENTS, "md"):
            forms = ", ".join(f".{each}" for each in DOCUMENTS)
            raise UsageError(f"save as what? The name says the form by its end: {forms} or .md")
        if os.path.lexists(file):
            raise UsageError(f"{file} is there already; another name, please")
        to_file(self.library, [article], form, file, self.say)
        self.say(f"Saved as {file}.")

    def do_footnote(self, label: str = "") -> None:
        page = self._open_page()
        labels = [label] if label else page.notes_here
        for each in labels:
            self.say(
                f"Note {each}: {page.notes.get(each) or 'it is not there'}.".replace("..", ".")
            )
        if not labels:
            self.say("No footnote is referred to in what was shown last.")

    def do_set_mark(self, letter: str = "") -> None:
        page = self._open_page()
        if letter not in marks.LETTERS:
            raise UsageError(
                "mark with which letter? It follows: M a. A capital is for all articles"
            )
        every = marks.with_mark(self._marks(), letter, page.article.id, page.place_shown)
        self.choose(marks.MARKS, every, f"Marked {letter}")
        self.say(f"Marked {letter}: `'{letter}` returns here.")

    def do_go_mark(self, letter: str = "") -> None:
        every = self._marks()
        open_id = self.page.article.id if self.page is not None else None
        if not letter:
            known = " ".join(marks.letters_known(every, open_id))
            self.say(f"Marked: {known}." if known else "No place is marked: `M` and a letter does.")
            return
        found = marks.place_of(every, letter, open_id)
        if found is None or not self.library.headlines([found[0]]):
            self.say(f"Nothing is marked {letter}.")
            return
        article, place = found
        if self.page is None or article != open_id:
            self.open_article(article, None, place)
        else:
            self.page.go_to_place(place)
            self.read_on(self.stop_after)

    def _list_highlights(self, page: Page) -> None:
        found = self.library.highlights(page.article.id)
        for number, each in enumerate(found, 1):
            note = f": {each.marked.note}" if each.marked.note else ""
            self.say(f"{number}. “{' '.join(each.marked.quote.split())}”{note}")
        if not found:
            self.say("Nothing is highlighted here: words of a sentence after `hl` do.")

    def _highlight(self, word: str) -> Highlight:
        found = self.library.highlights(self._open_page().article.id)
        if not (word.isascii() and word.isdigit() and 0 < int(word[:6]) <= len(found)):
            raise UsageError(f"there is no highlight '{word}' here: `hl` numbers them")
        return found[int(word) - 1]

    def _marks(self) -> marks.Marks:
        return marks.understood(self.library.state(marks.MARKS))
