"""Reading: an article as lines, the place kept, the article read once it was read through."""

from __future__ import annotations

from reader.cli.plain.listing import Listing
from reader.cli.plain.page import Page
from reader.errors import BroadsheetError, NothingFound, UsageError
from reader.model import Anchor, ArticleId

LOOKED_AT_ONCE = 200
"""Headlines looked through at once for the next unread one."""


class Reading(Listing):
    """Everything about the one article that is open."""

    def do_open(self, word: str = "") -> None:
        if not word:
            raise UsageError("open which? Its number follows: o 3")
        self.open_row(self.row_named(word))

    def do_flow(self, word: str = "") -> None:
        page, listed = self.page, self.listed
        if not self.on_page and listed.next_row and self.reaches(listed.next_row):
            self.list_from(listed.next_row)
        elif self.on_page and page is not None and not page.at_end:
            self.read_on(self.stop_after)
        else:
            self.do_next_unread()

    def do_next_unread(self, word: str = "") -> None:
        self._open_unread(1)

    def do_previous_unread(self, word: str = "") -> None:
        self._open_unread(-1)

    def do_next_article(self, word: str = "") -> None:
        self._step(1)

    def do_previous_article(self, word: str = "") -> None:
        self._step(-1)

    def do_whole(self, word: str = "") -> None:
        page = self._open_page()
        if page.at_end:
            page.go_to(0)
        self.read_on(0)

    def do_top(self, word: str = "") -> None:
        self._open_page().go_to(0)
        self.read_on(self.stop_after)

    def do_bottom(self, word: str = "") -> None:
        page = self._open_page()
        page.go_to(len(page.lines) - self.stop_after if self.stop_after else 0)
        self.read_on(self.stop_after)

    def do_page_up(self, word: str = "") -> None:
        page = self._open_page()
        page.go_to(page.last_shown - self.stop_after if self.stop_after else 0)
        self.read_on(self.stop_after)

    def do_next_new(self, word: str = "") -> None:
        self._to_news(1, "after")

    def do_previous_new(self, word: str = "") -> None:
        self._to_news(-1, "before")

    def do_toggle_new(self, word: str = "") -> None:
        shows = not self.shows_news
        said = "What is new to you is told" if shows else "What is new to you is not told"
        self.choose("shows_news", shows, said)
        self.say(f"{said}, from the next article on.")

    @property
    def shows_news(self) -> bool:
        """Is what is new to the reader told from what they know?"""
        return self.library.state("shows_news") is not False

    def do_find(self, words: str = "") -> None:
        self._find(words, 1)

    def do_previous_match(self, words: str = "") -> None:
        self._find(words, -1)

    def _find(self, words: str, step: int) -> None:
        page = self._open_page()
        line = page.find(words, step)
        if line is None:
            self.say(f"“{words}” is not in this article." if words else "No further match.")
            return
        page.go_to(line)
        self.read_on(self.stop_after)

    def do_screen(self, word: str = "") -> None:
        if word and not (word.isascii() and word.isdigit() and len(word) < 6):
            raise UsageError("after how many lines? A number follows: screen 20")
        self.screen_lines = int(word) if word else None
        after = f"after {self.stop_after} lines" if self.stop_after else "nowhere"
        self.say(f"Reading stops {after}.")

    def open_row(self, row: int) -> None:
        """Open the article of a row and read on where it was left."""
        try:
            self.open_article(ArticleId(self.listed.ids[row]), row)
        except NothingFound:
            raise UsageError("that article is no longer in the cache") from None

    def open_article(self, id: ArticleId, row: int | None, at: Anchor | None = None) -> None:
        """Read an article out, from where it was left or from a place. Raises NothingFound."""
        from reader.cli.reading import masthead

        article = self.library.article(id)
        told = self.library.sentences(id) if self.shows_news else ()
        page = Page(article, self.width_cells, told)
        self.listed.page, self.listed.row = page, row
        title, *facts = masthead(article)
        self.say("")
        self.say(f"{row + 1}. {title}" if row is not None else title)
        for fact in facts:
            self.say(fact)
        if page.news.in_words:
            self.say(f"{page.news.in_words[:1].upper()}{page.news.in_words[1:]}.")
        if at is not None:
            page.go_to_place(at)
        elif self.stop_after:
            page.go_on_at(self.library.position(id))
            if page.next_line:
                self.say(f"Going on at {page.progress} %; `g` begins anew.")
        self.say("")
        if self.config.mark_read == "open":
            self._saw(page)
        self.read_on(self.room_lines if self.interactive else self.stop_after)

    def read_on(self, most_lines: int) -> None:
        """Read out the next lines, and keep the place."""
        page = self._open_page()
        self.on_page = True
        self.put(page.take(most_lines))
        if not page.at_end:
            self.say(f"Enter reads on; {page.progress} % is read.")
        else:
            self.say("End of the article.")
        self._keep(page)

    def _keep(self, page: Page) -> None:
        if self.library.readonly:
            return
        id = page.article.id
        if page.at_end and self.config.mark_read != "never":
            self._saw(page)
        self.library.keep_position(id, page.place)
        if spans := page.seen():
            self.library.showed(id, spans, page.edits)

    def _saw(self, page: Page) -> None:
        """Count an article as read; nothing that undo would have to take back."""
        if not self.library.readonly:
            self.library.saw(page.article.id, page.edits)

    def _open_page(self) -> Page:
        if self.page is None:
            raise UsageError("no article is open: `n` opens the next unread one")
        return self.page

    def _step(self, step: int) -> None:
        row = self.listed.row
        row = (0 if step > 0 else -1) if row is None else row + step
        if row < 0 or not self.reaches(row):
            self.say("That is the end of the list." if step > 0 else "That is its beginning.")
            return
        self.open_row(row)

    def _open_unread(self, step: int) -> None:
        row = self.listed.row
        start = (0 if step > 0 else -1) if row is None else row + step
        found = self._unread_from(start, step)
        if found is None:
            self.say(f"No unread article {'after' if step > 0 else 'before'} this in the list.")
        else:
            self.open_row(found)

    def _unread_from(self, row: int, step: int) -> int | None:
        while row >= 0 and self.reaches(row):
            rows = range(row, row + step * LOOKED_AT_ONCE, step)
            ids = {r: self.listed.ids[r] for r in rows if 0 <= r < len(self.listed.ids)}
            unread = {each.id for each in self.library.headlines(ids.values()) if each.unread}
            for each, id in ids.items():
                if id in unread:
                    return each
            row += step * max(1, len(ids))
        return None

    def _to_news(self, step: int, side: str) -> None:
        page = self._open_page()
        line = page.new_passage(step)
        if line is None:
            told = page.news.in_words
            nothing = "You have read nothing else about this: nothing is marked."
            self.say(f"Nothing {side} this is new to you." if told else nothing)
            return
        page.go_to(line)
        self.read_on(self.stop_after)

    def come_back(self, id: ArticleId) -> None:
        """The facts of the open article changed; nothing to redraw in lines."""
        page = self.page
        if page is not None and page.article.id == id:
            try:
                page.article = self.library.article(id)
            except BroadsheetError:
                self.listed.page = None
