"""Looking into an article: its headings, its summary, its edits, what was highlighted."""

from __future__ import annotations

from reader.cli.plain.changing import Changing
from reader.cli.plain.desk import Listed
from reader.errors import UsageError


class Knowing(Changing):
    """Everything that tells about articles without changing them."""

    def do_headings(self, word: str = "") -> None:
        page = self._open_page()
        headings = page.headings
        if not headings:
            self.say("This article has no headings.")
        elif not word:
            for number, (_, text) in enumerate(headings, 1):
                self.say(f"{number}. {text}")
            self.say("`c` and a number goes there.")
        elif word.isascii() and word.isdigit() and 0 < int(word[:6]) <= len(headings):
            page.go_to(headings[int(word) - 1][0])
            self.read_on(self.stop_after)
        else:
            raise UsageError(f"this article has no heading {word}: `c` lists them")

    def do_next_heading(self, word: str = "") -> None:
        self._to_heading(1)

    def do_previous_heading(self, word: str = "") -> None:
        self._to_heading(-1)

    def do_summary(self, word: str = "") -> None:
        summary = self.library.summary(self.article_meant(word).id)
        self.say(summary.text or "There is nothing to make it shorter by.")

    def do_differences(self, word: str = "") -> None:
        from reader.cli.diff import in_words

        headline = self.article_meant(word)
        if not headline.edits:
            self.say("It has not been edited since it came.")
            return
        told = in_words(self.library.edit(headline.id), len(self.library.revisions(headline.id)))
        for line in told.splitlines():
            self.say(line)

    def do_go_highlights(self, word: str = "") -> None:
        notes: dict[int, str] = {}
        for each in self.library.highlights():
            before = f"{notes[each.article]} … " if each.article in notes else ""
            notes[each.article] = before + each.marked.quote
        nothing = "Nothing is highlighted yet: `hl` and words of a sentence do"
        self.show_list(Listed("Highlighted", None, notes=notes), list(notes), nothing)

    def _to_heading(self, step: int) -> None:
        page = self._open_page()
        lines = [line for line, _ in page.headings]
        beyond = [line for line in lines if (line - page.last_shown) * step > 0]
        if not beyond:
            self.say(f"No heading {'after' if step > 0 else 'before'} this.")
            return
        page.go_to(min(beyond) if step > 0 else max(beyond))
        self.read_on(self.stop_after)
