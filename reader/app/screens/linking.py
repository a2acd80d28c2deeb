"""Leaving the page: links by number, the original, the clipboard."""

from __future__ import annotations

from reader.app.actions import Place
from reader.app.opener import open_address
from reader.app.screens.changing import Changing
from reader.app.widgets.page import Page
from reader.text import safe
from reader.text.frontwords import many


class Linking(Changing):
    """Everything that leads out of the cache. An address is shown whole before it is opened."""

    def act_link(self, number: int) -> None:
        self.offer_link(number)

    def act_ask_link(self) -> None:
        if not self._links():
            self.say("This article has no links")
            return

        def done(text: str) -> None:
            if text.strip().isdecimal() and len(text.strip()) < 6:
                self.offer_link(int(text))
            elif text.strip():
                self.say("A link has a number: see the list under the article")

        self.open_prompt("Link number", "", None, done)

    def on_page_link_clicked(self, message: Page.LinkClicked) -> None:
        self.offer_link(message.number)

    def offer_link(self, number: int) -> None:
        """Show where a link truly leads; Enter opens it, y copies it."""
        url = self._links().get(number)
        if url is None:
            most = len(self._links())
            self.say(f"This article has {many(most, 'link', 'links') if most else 'no links'}")
            return
        self._offer(url)

    def act_original(self) -> None:
        url = self._original()
        if url is None:
            self._say_no_address()
        else:
            self._offer(url, "o")

    def act_original_read(self) -> None:
        if (article_id := self.current_id()) is not None and self._original():
            self._mark(article_id, False)
        if (url := self._original()) is not None:
            self.open_link(url)
        else:
            self._say_no_address()

    def act_copy(self) -> None:
        url = self._original()
        if url is None:
            self.say(
                f"This article has no address to copy; {self.key_of('copy_text')} copies its text"
            )
        else:
            self.copy("the address", url)

    def act_copy_text(self) -> None:
        article_id = self.current_id()
        if article_id is None:
            self.say("Choose an article first")
            return
        article = self.library.article(article_id)
        self.copy("the article", f"# {article.title}\n\n{article.markdown}\n")

    def open_link(self, url: str) -> None:
        """Open an address outside, without waiting for it."""
        said = open_address(url, self.app)
        self.say(said)

    def copy(self, what: str, text: str) -> None:
        """Put text on the clipboard by every way there is, and say which."""
        from reader.app.clipboard import copy

        app = self.app

        def done(ways: list[str]) -> None:
            self.say(f"Copied {what} by {' and '.join(ways)}")

        app.copy_to_clipboard(text)
        self.helper.ask(lambda library: copy(text), lambda ways: done(["the terminal", *ways]))

    def _offer(self, url: str, key: str = "enter") -> None:
        safe_url = safe.link(url)
        if safe_url is None:
            self.say("That is not an address of the web or of mail; it is not opened")
            return
        host = safe.shown_host(safe_url)
        plain = safe.line(safe_url)
        other_host = f" (host: {host})" if host not in plain else ""

        def open_it() -> None:
            self.open_link(safe_url)

        self.ask(
            f"Enter opens, y copies:  {plain}{other_host}",
            {
                "enter": open_it,
                key: open_it,
                "y": lambda: self.copy("the address", safe_url),
            },
        )

    def _links(self) -> dict[int, str]:
        galley = self.page.galley
        return {link.number: link.url for link in galley.links} if galley else {}

    def _say_no_address(self) -> None:
        chosen = self.article is not None or self.place is not Place.SOURCES
        self.say("This article has no address" if chosen else "Choose an article first")

    def _original(self) -> str | None:
        article_id = self.current_id()
        if article_id is None:
            return None
        if self.article is not None and self.article.id == article_id:
            return self.article.url
        if self.place is Place.SOURCES:
            return None
        return self.library.article(article_id).url
