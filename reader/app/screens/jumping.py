"""Going about in an article: link hints, headings, footnotes, and places marked to return to."""

from __future__ import annotations

from collections.abc import Callable, Sequence, Set
from typing import TYPE_CHECKING

from reader.app.actions import Action, Place
from reader.app.galley import Spot
from reader.app.hints import LETTERS, labels
from reader.app.screens.linking import Linking
from reader.model import Anchor
from reader.text.width import cells

if TYPE_CHECKING:
    from reader.app.marks import Marks

OF_TEXT = frozenset(
    "headings next_heading previous_heading ask_link find next_new previous_new".split()
)
"""Acts that look for something in the text on the page, and can be done from a list."""
OF_PAGE = OF_TEXT | frozenset("flow footnote hints select set_mark".split())
"""Acts that need a text that is set; so do those on the article, for which it may be too early."""
OF_WHOLE = frozenset("bottom headings next_heading".split())
"""Acts that need the text to its end, which of a long one comes a moment later."""


class Jumping(Linking):
    """Everything that goes to a place of an article at once."""

    def __init__(self, *args, **kwargs) -> None:  # type: ignore[no-untyped-def]
        super().__init__(*args, **kwargs)
        self._marks: Marks | None = None

    def act(self, action: Action, number: int | None = None) -> None:
        """Carry out an act. One that is about the text of an article whose page is out of sight
        opens it first: nothing is known of a text that is not set."""
        chosen = self.headlines.chosen if self.place is Place.HEADLINES else None
        if action.name in OF_TEXT and chosen is not None and not self.page.display:
            self.to_page(chosen)
            self.once_set(lambda: super(Jumping, self).act(action, number))
        elif self._is_early(action):
            self.once_set(lambda: super(Jumping, self).act(action, number))
        elif action.name in OF_WHOLE and self.place is Place.PAGE:
            self.once_finished(lambda: super(Jumping, self).act(action, number))
        else:
            super().act(action, number)

    def _is_early(self, action: Action) -> bool:
        """Is the article that an act is about still on its way to the page? People type ahead."""
        about_it = action.group == "The article" or action.name in OF_PAGE
        return about_it and self.place is Place.PAGE and self.article is None and self.is_awaited

    # Hints.

    def act_hints(self) -> None:
        galley = self.page.galley
        links = galley.link_spots(*self.page.shown_lines) if galley else []
        if not links:
            self.say("No link is in view")
            return
        self._choose_spot("link", links, lambda spot: self.offer_link(int(spot.key)))

    def _choose_spot(
        self, what: str, spots: Sequence[Spot], chosen: Callable[[Spot], None]
    ) -> None:
        """Lay letters over places on the page, and do what is to be done with the one typed."""
        named = dict(zip(labels(len(spots)), spots, strict=True))

        def narrow(typed: str) -> None:
            left = {name[len(typed) :]: s for name, s in named.items() if name.startswith(typed)}
            if spot := left.get(""):
                chosen(spot)
                return
            self.page.lay_hints(
                [(spot.line, spot.start, name.upper()) for name, spot in left.items()]
            )
            self.ask(
                f"Type the letters of a {what}; Esc leaves",
                {
                    letter: lambda letter=letter: narrow(typed + letter)  # type: ignore[misc]
                    for letter in LETTERS
                    if any(name.startswith(letter) for name in left)
                },
                left=lambda: self.page.lay_hints([]),
            )

        narrow("")

    # Footnotes.

    def act_footnote(self) -> None:
        galley = self.page.galley
        spots = galley.note_spots(*self.page.shown_lines) if galley else []
        if not spots:
            self.say("No footnote is referred to in view")
        elif len(spots) == 1:
            self._peek(spots[0])
        else:
            self._choose_spot("footnote", spots, self._peek)

    def _peek(self, spot: Spot) -> None:
        galley = self.page.galley
        text = galley.note(spot.key) if galley else None
        if not text:
            self.say(f"[{spot.key}] refers to a note that is not there")
        elif cells(text) + cells(spot.key) + 8 <= self.app.size.width and "\n" not in text:
            self.say(f"[{spot.key}] {text}")
        else:
            from reader.app.screens.peeking import Peeking

            self.say("Any key goes back; j and k scroll")
            self.app.push_screen(Peeking(f"[{spot.key}]", text), lambda _: self.say(""))

    # Headings.

    def act_headings(self) -> None:
        headings = self._headings()
        if not headings:
            self.say("This article has no headings")
            return
        from reader.app.screens.picking import Entry, Picking

        last = max(1, self.page.virtual_size.height)
        top = min(level for _, level, _ in headings)
        entries = [
            Entry("  " * (level - top) + text, str(line), aside=f"{100 * line // last} %")
            for line, level, text in headings
        ]
        here = sum(line <= self.page.scroll_offset.y + 1 for line, _, _ in headings) - 1

        def chosen(value: str | None) -> None:
            if value is not None:
                self._go_to_line(int(value))

        title = "Contents. Enter goes there, Esc leaves, typing narrows."
        self.app.push_screen(Picking(title, entries, cursor=max(0, here), tight=True), chosen)

    def act_next_heading(self, count: int = 1) -> None:
        self._to_heading(count)

    def act_previous_heading(self, count: int = 1) -> None:
        self._to_heading(-count)

    def _to_heading(self, step: int) -> None:
        lines = [line for line, _, _ in self._headings()]
        if not lines:
            self.say("This article has no headings")
            return
        here = self.page.scroll_offset.y
        ahead = [line for line in lines if line > here and not self.page.at_end]
        behind = [line for line in reversed(lines) if line < here]
        wanted = (ahead if step > 0 else behind)[: abs(step)]
        if not wanted:
            self.say("No heading after this" if step > 0 else "No heading before this")
            return
        self.page.go_to_line(wanted[-1])
        self.show_footer()

    def _headings(self) -> list[tuple[int, int, str]]:
        galley = self.page.galley
        if galley is None:
            return []
        self.whole_galley()
        return galley.headings

    def whole_galley(self) -> None:
        """Have the whole article set, however long it is."""
        galley = self.page.galley
        if galley is not None and not galley.complete:
            galley.finish()
            self.page.grown()

    # Marks.

    def act_set_mark(self) -> None:
        if self.article is None:
            self.say("Open an article to mark a place in it")
            return
        from reader.app import marks

        self.ask(
            "Mark this place with which letter? A capital is found from everywhere",
            {key: lambda key=key: self._set_mark(key) for key in marks.LETTERS},  # type: ignore[misc]
        )

    def act_go_mark(self) -> None:
        from reader.app import marks

        article, every = self.article.id if self.article else None, self._all_marks()
        known = marks.letters_known(every, article)
        if marks.BEFORE in marks.of_article(every, article):
            known.append(f"{marks.BEFORE} (before the last jump)")
        if not known:
            self.say(f"No place is marked: {self.key_of('set_mark')} and a letter marks one")
            return
        self.ask(
            f"Go to which mark? {' '.join(known)}",
            {
                key: lambda key=key: self._go_mark(key)  # type: ignore[misc]
                for key in (*marks.LETTERS, marks.BEFORE)
            },
        )

    def _set_mark(self, key: str) -> None:
        if self.article is None:
            return
        from reader.app import marks

        said = f"Marked {key}"
        self.choose(marks.MARKS, self._with_mark(key), said)
        self.say(f"{said}: {self.key_of('go_mark')}{key} returns here")

    def _with_mark(self, key: str) -> Marks:
        """All marks, with the place at the top of the page among them."""
        from reader.app import marks

        assert self.article is not None
        at = self.page.reading_place or Anchor(0, 0, "")  # None is the very top
        self._marks = marks.with_mark(self._all_marks(), key, self.article.id, at)
        return self._marks

    def wear_again(self, changed: Set[str]) -> None:
        super().wear_again(changed)
        self._marks = None

    def _go_mark(self, key: str) -> None:
        from reader.app import marks

        found = marks.place_of(self._all_marks(), key, self.article.id if self.article else None)
        if found is None:
            self.say(f"Nothing is marked {key}")
            return
        article_id, anchor = found
        if self.article is None or self.article.id != article_id:
            if not self.library.headlines([article_id]):
                self.say(f"The article marked {key} is gone")
                return
            self.remember_return()
            self.go_to(Place.PAGE)
            self.open_article(article_id)
        if self.page.galley is not None:
            self.whole_galley()
            self._go_to_line(self.page.galley.line_of(anchor))

    def _go_to_line(self, line: int) -> None:
        """Go to a line, so that the mark `'` comes back."""
        if self.article is not None:
            from reader.app.marks import BEFORE, MARKS

            marks = self._with_mark(BEFORE)
            self.clerk.ask(lambda library: library.keep_state(MARKS, marks))
        self.page.go_to_line(line)
        self.show_footer()

    def _all_marks(self) -> Marks:
        if self._marks is None:
            from reader.app.marks import MARKS, understood

            self._marks = understood(self.library.state(MARKS))
        return self._marks
