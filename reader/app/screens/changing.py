"""Changing: what the reader does to articles. Every change is said, and can be taken back."""

from __future__ import annotations

from reader.app.actions import Place
from reader.app.screens.finding import Finding
from reader.library import Library
from reader.model import ArticleId, Headline, SourceId
from reader.text.frontwords import many


class Changing(Finding):
    """Everything that changes the cache on the reader's word."""

    def act_star(self) -> None:
        if (article := self._article_meant()) is None:
            return
        starred = not article.starred
        self.headlines.changed(article.id, starred=starred)
        self._change_article(article.id, lambda library: library.star([article.id], starred))

    def act_read(self) -> None:
        if (article := self._article_meant()) is not None:
            self._mark(article.id, not self.is_unread(article.id))

    def act_unread(self) -> None:
        if (article := self._article_meant()) is not None:
            self._mark(article.id, True)

    def act_tag(self) -> None:
        if (article := self._article_meant()) is None:
            return
        article_id = article.id

        def done(words: str) -> None:
            add = [word.lstrip("#+") for word in words.split() if not word.startswith("-")]
            remove = [word.lstrip("-#") for word in words.split() if word.startswith("-")]
            if not any((*add, *remove)):
                return
            self._change_article(
                article_id,
                lambda library: library.tag(
                    [article_id], add=tuple(filter(None, add)), remove=tuple(filter(None, remove))
                ),
            )

        tags = " ".join(f"#{tag}" for tag in self.library.article(article_id).tags)
        self.open_prompt("Tag", "", None, done, hint="words; -words take off")
        self.prompt_note(tags)

    def act_note(self) -> None:
        if (article := self._article_meant()) is None:
            return
        article_id = article.id

        def done(text: str) -> None:
            self._change_article(article_id, lambda library: library.note(article_id, text.strip()))

        note = self.library.article(article_id).note or ""
        self.open_prompt("Note", note, None, done, hint="a note of yours; nothing for none")

    def act_delete(self) -> None:
        if self.place is Place.SOURCES:
            self._remove_source()
            return
        if (article := self._article_meant()) is None:
            return
        article_id = article.id

        def work(library: Library) -> str:
            return library.delete([article_id])

        self.clerk.ask(work, lambda sentence: self._went(article_id, sentence))

    def act_read_all(self) -> None:
        view = self.view
        if view.kind in ("query", "front", "story"):
            ids = self.articles_listed()
            self._change_many(lambda library: library.mark_read(ids))
        else:
            self._change_many(lambda library: library.mark_view_read(view))

    def act_undo(self, count: int = 1) -> None:
        def work(library: Library) -> tuple[str | None, set[str]]:
            before = library.states()
            said = [each for _ in range(count) if (each := library.undo())]
            more = (
                f" (and {many(len(said) - 1, 'change', 'changes')} after it)"
                if len(said) > 1
                else ""
            )
            after = library.states()
            chosen = {key for key in before | after if before.get(key) != after.get(key)}
            return (f"{said[-1]}{more}" if said else None), chosen

        def done(came: tuple[str | None, set[str]]) -> None:
            sentence, chosen = came
            if chosen:
                self.wear_again(chosen)
            self.say(sentence or "There is nothing to take back")
            if sentence:
                self.refresh_lists()
                self.headlines.forget()
                self.refresh_article(None)

        self.clerk.ask(work, done)

    def act_redraw(self) -> None:
        self.refresh_lists()
        self.refresh_article(None)
        self.refresh(layout=True)
        self.call_after_refresh(self.app.repaint)

    def _mark(self, article_id: ArticleId, unread: bool) -> None:
        self.not_later("rest")
        self.headlines.changed(article_id, unread=unread)
        self.change(
            lambda library: library.mark_text_read(article_id, not unread), self.look_at_copies
        )

    def _change_article(self, article_id: ArticleId, work) -> None:  # type: ignore[no-untyped-def]
        """Change one article, say so, and show it as it is now."""

        def done(sentence: str) -> None:
            if not self.library.headlines([article_id]):  # only a mark had kept it from its source
                self._went(article_id, sentence)
                return
            self.say(sentence)
            self.refresh_article(article_id)
            if self.view.kind == "starred":
                self.refresh_lists()
            else:
                self.recount()

        self.clerk.ask(work, done)

    def _change_many(self, work) -> None:  # type: ignore[no-untyped-def]
        def done(sentence: str) -> None:
            self.say(f"{sentence}; {self.key_of('undo')} takes it back")
            self.headlines.forget()
            self.recount()
            self.show_footer()

        self.not_later("rest")
        self.clerk.ask(work, done)

    def _remove_source(self) -> None:
        view = self.sources.chosen
        if view is None or view.kind != "source" or view.value is None:
            self.say("Choose a source to remove it")
            return
        self.take_off_list(SourceId(int(view.value)))

    def take_off_list(self, source_id: SourceId) -> None:
        """Remove a source with its articles but those that were marked; undo brings it back."""

        def done(sentence: str) -> None:
            self.say(f"{sentence}; {self.key_of('undo')} takes it back")
            self.article = None
            self.act_go_all()
            self.recount()

        self.clerk.ask(lambda library: library.remove_source(source_id), done)

    def _went(self, article_id: ArticleId, sentence: str) -> None:
        """An article left all lists: say so, and show the next one."""
        self.say(f"{sentence}; {self.key_of('undo')} takes it back")
        if self.article is not None and self.article.id == article_id:
            self.article = None
        self._drop_row(article_id)

    def _drop_row(self, article_id: ArticleId) -> None:
        """Take a removed article out of the list and show the next one."""
        if self.view.kind in ("front", "story"):
            self.refresh_lists()
            return
        headlines = self.headlines
        row = headlines.row_of(article_id)
        if row is not None:
            ids = headlines.ids[:row] + headlines.ids[row + 1 :]
            headlines.show(
                ids,
                complete=headlines.complete,
                cursor=min(row, len(ids) - 1),
                top_line=headlines.scroll_offset.y,
                extras=self._extras(self.view),
                with_source=self.view.kind != "source",
            )
            self._show_chosen()
        self.recount()

    def _article_meant(self) -> Headline | None:
        article_id = self.current_id()
        found = self.library.headlines([article_id]) if article_id is not None else []
        if not found:
            self.say("Choose an article first")
            return None
        return found[0]
