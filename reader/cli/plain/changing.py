"""Changing: what the reader does to articles, each said in a sentence and taken back by `U`."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from reader.app.opener import open_address
from reader.cli.plain.reading import Reading
from reader.errors import UsageError
from reader.model import ArticleId
from reader.text import safe


class Changing(Reading):
    """Everything that changes the cache, and what leads out of it."""

    def do_star(self, word: str = "") -> None:
        article = self.article_meant(word)
        self._changed(self.library.star([article.id], not article.starred))

    def do_read(self, word: str = "") -> None:
        article = self.article_meant(word)
        self._changed(self.library.mark_read([article.id], article.unread))

    def do_unread(self, word: str = "") -> None:
        self._changed(self.library.mark_read([self.article_meant(word).id], False))

    def do_tag(self, words: str = "") -> None:
        article = self.article_meant("")
        add = [word.lstrip("#+") for word in words.split() if not word.startswith("-")]
        remove = [word.lstrip("-#") for word in words.split() if word.startswith("-")]
        if not words:
            tags = ", ".join(self.library.article(article.id).tags)
            self.say(f"Tags: {tags}." if tags else "No tags. Words after `t` give some.")
            return
        self._changed(
            self.library.tag([article.id], tuple(filter(None, add)), tuple(filter(None, remove)))
        )

    def do_note(self, text: str = "") -> None:
        article = self.article_meant("")
        self._changed(self.library.note(article.id, text or None))

    def do_delete(self, word: str = "") -> None:
        article = self.article_meant(word)
        self._changed(self.library.delete([article.id]))
        if self.page is not None and self.page.article.id == article.id:
            self.listed.page = None
            self.on_page = False

    def do_split(self, word: str = "") -> None:
        self._changed(self.library.split(self.article_meant(word).id))

    def do_merge(self, word: str = "") -> None:
        here, other = self.article_meant("").story, self.article_meant(word).story
        if here is None or other is None or here == other:
            raise UsageError("merge takes the number of an article of another story")
        self._changed(self.library.merge(here, other))

    def do_read_all(self, word: str = "") -> None:
        view = self.listed.view
        if view is None or view.kind == "query":
            self._changed(self.library.mark_read([ArticleId(id) for id in self.listed.ids]))
        else:
            self._changed(self.library.mark_view_read(view))

    def do_undo(self, word: str = "") -> None:
        self._changed(self.library.undo() or "There is nothing to take back")

    def do_link(self, word: str = "") -> None:
        links = self._links()
        if not links:
            self.say("This article has no links.")
        elif not word:
            for number, (text, url) in links.items():
                self.say(f"{number}. {text}: {url}")
            self.say("`v` and a number opens one in the browser.")
        else:
            self.say(f"Link {word} leads to {self._link(word)}")

    def do_original(self, word: str = "") -> None:
        url = self._link(word) if word else self._address()
        self.say(f"{url}")
        self.say(f"{open_address(url, self)}.")

    def do_original_read(self, word: str = "") -> None:
        article = self.article_meant(word)
        url = self.library.article(article.id).url
        if url is None:
            raise UsageError("this article has no address")
        self.say(url)
        self.say(f"{open_address(url, self)}.")
        self._changed(self.library.mark_read([article.id], True))

    def do_copy_text(self, word: str = "") -> None:
        from reader.app import clipboard

        article = self.library.article(self.article_meant(word).id)
        by = clipboard.copy(f"{article.title}\n\n{article.text}\n")
        self.say(f"Copied the text by {by[0]}." if by else "No program of the clipboard is here.")

    def do_copy(self, word: str = "") -> None:
        self.say(self._address())

    def do_speak(self, word: str = "") -> None:
        from reader.cli.speak import aloud

        article = self.library.article(self.article_meant(word).id)
        page = self.page
        here = page is not None and page.article.id == article.id and not page.at_end
        block = page.place.block if page is not None and here else 0
        aloud(self.library, article, block, lambda piece: self.say(piece.text))
        self.say("Read to the end.")

    @contextlib.contextmanager
    def suspend(self) -> Iterator[None]:
        """The terminal is lent to a browser; there is nothing to put away."""
        yield

    def _address(self) -> str:
        article = self.library.article(self.article_meant("").id)
        if article.url is None:
            raise UsageError("this article has no address")
        return article.url

    def _links(self) -> dict[int, tuple[str, str]]:
        from reader.text.layout import lay_out
        from reader.text.markdown import blocks

        if self.page is None:
            raise UsageError("no article is open")
        links = lay_out(blocks(self.page.article.markdown), 80).links
        return {link.number: (safe.line(link.text) or "link", link.url) for link in links}

    def _link(self, word: str) -> str:
        links = self._links()
        if not (word.isascii() and word.isdigit() and len(word) < 7 and int(word) in links):
            raise UsageError(f"this article has no link {word}: `#` lists them")
        return links[int(word)][1]

    def _changed(self, sentence: str) -> None:
        self.say(f"{sentence}.")
        if self.page is not None:
            self.come_back(self.page.article.id)
