"""Selecting lines of the page: to copy them, to highlight them, to write a note to them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from reader.app.actions import Place
from reader.app.galley import Spot
from reader.app.screens.jumping import Jumping
from reader.library import Library
from reader.model import ArticleId, Highlight, Marked

if TYPE_CHECKING:
    from reader.app.selection import Selection
    from reader.app.stretch import Stretch


class Selecting(Jumping):
    """Everything about selections and highlights."""

    def __init__(self, *args, **kwargs) -> None:  # type: ignore[no-untyped-def]
        super().__init__(*args, **kwargs)
        self._selection: Selection | Stretch | None = None
        self._selected_in_words = ""

    @property
    def selecting(self) -> bool:
        return self.page.selected is not None and self._selection is not None

    def where_words(self) -> str:
        if self.place is Place.PAGE and self.page.selected is not None:
            return self._selected_in_words
        return super().where_words()

    # Selecting.

    def act_select(self) -> None:
        galley = self.page.galley
        if galley is None:
            self.say("Open an article to select lines of it")
            return
        from reader.app.selection import Selection, paragraphs

        self.whole_galley()
        above = len(galley.head)
        top, below = self.page.shown_lines
        spots = []
        for begin, _ in paragraphs(galley.body, top - above, below - above):
            line = max(begin + above, top)
            text = galley.text(line)
            spots.append(Spot(line, len(text) - len(text.lstrip()), str(begin)))

        def chosen(spot: Spot) -> None:
            begin = int(spot.key)
            self._select(Selection(begin, begin))

        if not spots:
            self._select_nearest(top - above)
        elif len(spots) == 1:
            chosen(spots[0])
        else:
            self._choose_spot("paragraph", spots, chosen)

    def _select_nearest(self, line: int) -> None:
        """Select the first paragraph from a line on, or the last one, and bring it into view."""
        from reader.app.selection import Selection, paragraphs

        assert self.page.galley is not None
        body = self.page.galley.body
        begins = [begin for begin, _ in paragraphs(body, 0, len(body))]
        if not begins:
            self.say("There is no text to select")
            return
        begin = next((each for each in begins if each >= line), begins[-1])
        self._select(Selection(begin, begin))

    def act_extend_down(self, count: int = 1) -> None:
        self._move_end(count)

    def act_extend_up(self, count: int = 1) -> None:
        self._move_end(-count)

    def act_sentence_on(self, count: int = 1) -> None:
        self._move_by("sentence", count)

    def act_sentence_back(self, count: int = 1) -> None:
        self._move_by("sentence", -count)

    def act_word_on(self, count: int = 1) -> None:
        self._move_by("word", count)

    def act_word_back(self, count: int = 1) -> None:
        self._move_by("word", -count)

    def act_other_end(self) -> None:
        if selection := self._selection_meant():
            self._select(selection.turned())

    def act_by_lines(self) -> None:
        galley = self.page.galley
        if (selection := self._selection_meant()) and galley is not None:
            changed = selection.by_other(galley.body)
            self._select(changed)
            unit = "paragraphs" if changed.by_paragraphs else "lines"
            self.say(f"By {unit}; {self.key_of('other_end')} moves the other end")

    def act_end_select(self) -> None:
        self._selection = None
        self.page.select(None)
        self.show_footer()

    def act_copy_selection(self) -> None:
        if (marked := self._passage_meant()) is not None:
            self.copy("what was selected", marked.quote)
            self.act_end_select()

    def _move_end(self, steps: int) -> None:
        galley = self.page.galley
        if (selection := self._selection_meant()) and galley is not None:
            by_lines = selection if selection.unit == "line" else selection.by_other(galley.body)
            self._select(by_lines.moved(galley.body, steps))

    def _move_by(self, unit: str, steps: int) -> None:
        """Move the end by sentences or words; of lines that are selected, the first such comes to
        be, or all but the last."""
        galley = self.page.galley
        if (selection := self._selection_meant()) is None or galley is None:
            return
        from reader.app.stretch import stretch

        if selection.unit == unit:
            moved: Selection | Stretch = selection.moved(galley.body, steps)
        else:
            whole = stretch(galley.body, unit, *selection.letters(galley.body))
            if whole is None:
                self.say("There are no words in what is selected")
                return
            if selection.unit == "line" and steps > 0:
                whole, steps = replace(whole, moving=whole.fixed), steps - 1
            moved = whole.moved(galley.body, steps)
        self._select(moved)

    def _select(self, selection: Selection | Stretch) -> None:
        galley = self.page.galley
        if galley is None:
            return
        self._selection = selection
        count, unit = selection.count(galley.body), selection.unit
        self._selected_in_words = f"{count:,} {unit}{'' if count == 1 else 's'}"
        first, last = selection.bounds(galley.body)
        above = len(galley.head)
        self.page.select((first + above, last + above), selection.spans(galley.body))
        self.page.bring_into_view(selection.end_line(galley.body) + above)
        self.show_footer()

    def _selection_meant(self) -> Selection | Stretch | None:
        if self.selecting:
            return self._selection
        self.say(f"Nothing is selected: {self.key_of('select')} on the page selects")
        return None

    def _passage_meant(self) -> Marked | None:
        galley = self.page.galley
        if (selection := self._selection_meant()) is None or galley is None:
            return None
        marked = selection.passage(galley.body)
        if not marked.quote:
            self.say("There are no words in what is selected")
            return None
        return marked

    # Highlights.

    def act_highlight(self) -> None:
        if (marked := self._passage_meant()) is not None:
            self._highlight(marked)

    def act_highlight_note(self) -> None:
        if (marked := self._passage_meant()) is None:
            return

        def done(text: str) -> None:
            self._highlight(Marked(marked.quote, marked.before, marked.start, text.strip() or None))

        self.open_prompt("Note to it", "", None, done, hint="a note of yours")

    def act_unhighlight(self) -> None:
        if self._selection_meant() is None or self.page.selected is None:
            return
        ids = self.page.highlights_in(*self.page.selected)
        if not ids:
            self.say("Nothing is highlighted in what is selected")
            return
        self._change_highlights(lambda library: library.unhighlight(ids))

    def act_go_highlights(self) -> None:
        self._list_highlights()

    def _list_highlights(self, at: int = 0, told: str = "") -> None:
        """Every highlight, the `at`th chosen, under what there is to tell."""

        def show(found: tuple[list[Highlight], dict[ArticleId, str]]) -> None:
            highlights, titles = found
            if not highlights:
                select = self.key_of("select")
                self.say(told or f"Nothing is highlighted yet: {select} on the page, then h")
                return
            from reader.app.screens.picking import Entry, Picking

            entries = [
                Entry(
                    f"“{' '.join(each.marked.quote.split())}”",
                    str(number),
                    " — ".join(filter(None, (each.marked.note, titles.get(each.article)))),
                )
                for number, each in enumerate(highlights)
            ]
            count = "One highlight" if len(entries) == 1 else f"{len(entries):,} highlights"

            def chosen(value: str | None) -> None:
                if value is not None:
                    self._go_to_highlight(highlights[int(value)])

            def take_off(value: str) -> None:
                self._take_off(highlights[int(value)], int(value))

            def note(value: str) -> None:
                self._ask_for_note(highlights[int(value)], int(value))

            keys = "Enter goes there, Del takes it off, Ctrl-E edits its note."
            cursor = min(at, len(entries) - 1)
            also = {"delete": take_off, "ctrl+e": note}
            title = f"{told}. {keys}" if told else f"{count}. {keys}"
            self.app.push_screen(Picking(title, entries, cursor=cursor, also=also), chosen)

        def work(library: Library) -> tuple[list[Highlight], dict[ArticleId, str]]:
            found = library.highlights()
            headlines = library.headlines({each.article for each in found})
            return found, {each.id: each.title for each in headlines}

        self.clerk.ask(work, show)

    def _take_off(self, highlight: Highlight, at: int) -> None:
        def done(sentence: str) -> None:
            self._highlighted_anew(highlight.article, sentence)
            self._list_highlights(at, f"{sentence}; {self.key_of('undo')} takes it back")

        self.clerk.ask(lambda library: library.unhighlight([highlight.id]), done)

    def _ask_for_note(self, highlight: Highlight, at: int) -> None:
        def done(text: str) -> None:
            def noted(sentence: str) -> None:
                self.show_highlights()
                self._list_highlights(at, sentence)

            self.clerk.ask(lambda library: library.note_highlight(highlight.id, text), noted)

        self.open_prompt(
            "Note to it", highlight.marked.note or "", None, done, lambda: self._list_highlights(at)
        )

    def light_up(self) -> None:
        super().light_up()
        self._selection = None
        self.show_highlights()

    def show_highlights(self) -> None:
        """Show on the page what is highlighted in its article."""
        galley = self.page.galley
        if galley is None or not galley.complete:
            return
        found = self.library.highlights(galley.article.id)
        if not found:
            self.page.show_highlights({}, {}, frozenset())
            return
        from reader.app.selection import shown

        on_page = shown(galley.body, found)
        self.page.show_highlights(on_page.spans, on_page.ids, on_page.noted)

    def _highlight(self, marked: Marked) -> None:
        if self.article is not None:
            article_id = self.article.id
            self._change_highlights(lambda library: library.highlight(article_id, marked))

    def _change_highlights(self, work) -> None:  # type: ignore[no-untyped-def]
        article_id = self.page.galley.article.id if self.page.galley else None

        def done(sentence: str) -> None:
            self.say(f"{sentence}; {self.key_of('undo')} takes it back")
            self._highlighted_anew(article_id, sentence)

        self.act_end_select()
        self.clerk.ask(work, done)

    def _highlighted_anew(self, article_id: ArticleId | None, sentence: str) -> None:
        """Show what is highlighted now, unless the article went with the last of it."""
        if article_id is not None and not self.library.headlines([article_id]):
            self._went(article_id, sentence)
        else:
            self.show_highlights()

    def _go_to_highlight(self, highlight: Highlight) -> None:
        if not self.library.headlines([highlight.article]):
            self.say("Its article is gone")
            return
        self.remember_return()
        self.go_to(Place.PAGE)
        self.open_article(highlight.article)
        galley = self.page.galley
        if galley is None:
            return
        self.whole_galley()
        from reader.app.selection import shown

        line = shown(galley.body, [highlight]).begins.get(highlight.id)
        if line is None:
            self.say("Its words are no longer in the article")
            return
        self.page.go_to_line(line + len(galley.head) - self.page.size.height // 3)
        self.show_highlights()
        self.show_footer()
