"""Lists: views, search, the front page, similar articles; all numbered from 1."""

from __future__ import annotations

from array import array
from collections.abc import Iterable

from reader import clock
from reader.app.shelves import empty_words, shelves
from reader.cli.plain.desk import Desk, Listed
from reader.errors import UsageError
from reader.model import Source, SourceId, View

MOST_HITS = 200
MOST_BEFORE = 20
MOST_SIMILAR = 15
TITLES = {
    "all": "All articles",
    "unread": "Unread articles",
    "starred": "Starred articles",
    "today": "What came today",
}
PERIODS = ("since", "today", "week")


class Listing(Desk):
    """Everything that lists."""

    shown_until = 0
    """The newest article when the front page was listed; 0 if it was not."""

    def do_list(self, word: str = "") -> None:
        listed = self.listed
        start = self.row_named(word) if word else listed.begin
        self.list_from(start)

    def do_go_all(self, word: str = "") -> None:
        self.open_view(View("all"), TITLES["all"])

    def do_go_unread(self, word: str = "") -> None:
        self.open_view(View("unread"), TITLES["unread"])

    def do_go_starred(self, word: str = "") -> None:
        self.open_view(View("starred"), TITLES["starred"])

    def do_go_today(self, word: str = "") -> None:
        self.open_view(View("today"), TITLES["today"])

    def do_go_sources(self, word: str = "") -> None:
        sources = self.sources()
        if word:
            self._open_source(word)
            return
        if not sources:
            self.say("There are no sources yet: `a` and an address adds one.")
        for number, source in enumerate(sources, 1):
            folder = f", in {source.folder}" if source.folder else ""
            trouble = ", in trouble: `E` says why" if source.error else ""
            counts = f"{source.unread:,} of {source.articles:,} unread"
            self.say(f"{number}. {source.title}{folder}, {counts}{trouble}")
        if sources:
            self.say("`gf` and a number lists the articles of one.")

    def sources(self) -> list[Source]:
        """The sources in the order of the reading room, which is that of their numbers."""
        return [each for _, inside in shelves(self.library.sources()) for each in inside]

    def do_next_source(self, word: str = "") -> None:
        self._step_source(1)

    def do_previous_source(self, word: str = "") -> None:
        self._step_source(-1)

    def do_go_front(self, word: str = "") -> None:
        from reader.text import frontwords

        if word and word not in PERIODS:
            raise UsageError("the front page is of `today`, of the `week` or since the last visit")
        page = self.library.front(word or "since", config=self.config, counted=True)
        said = self.library.summaries([story.named_by for story in page.stories])
        now = clock.now()
        notes, titles = {}, {}
        for story in page.stories:
            several = len(story.sources) > 1  # the one there is stands behind the title
            sources = frontwords.sources_in_words(story) if several else ""
            facts = (sources, frontwords.story_in_words(story))
            told = ", ".join(filter(None, facts)).replace(" · ", ", ")
            titles[int(story.article)] = story.title
            notes[int(story.article)] = f"{told}. {said[story.named_by].text}".strip()
        since = frontwords.since_in_words(page, now)
        extent = frontwords.extent_in_words(len(page.stories), page.minutes).replace(" · ", ", ")
        title = f"Front page. {since}" + (f": {extent}" if extent else "")
        listed = Listed(title, None, notes=notes, titles=titles)
        self.show_list(listed, [s.article for s in page.stories], "Nothing new; you are done")
        self.shown_until = max(self.shown_until, page.newest)

    def do_go_similar(self, word: str = "") -> None:
        headline = self.article_meant(word)
        found = self.library.similar(headline.id, limit=MOST_SIMILAR)
        copies: dict[int, list[int]] = {}
        if not self.unfolded:
            found, copies = self.library.each_text_once(found)
        notes = {int(s.headline.id): f"{s.closeness}: {', '.join(s.reason)}" for s in found}
        listed = Listed(f"Similar to: {headline.title}", None, notes=notes, copies=copies)
        self.show_list(listed, [each.headline.id for each in found])

    def do_story(self, word: str = "") -> None:
        headline = self.article_meant(word)
        story = self.library.story(headline.story) if headline.story is not None else None
        if story is None or len(story.members) < 2:
            self.say("No other article tells of this.")
            return
        head_of = {} if self.unfolded else self.library.coverage(story.id).copy_of
        listed = Listed(f"Story: {story.label}", None)
        for copy, head in head_of.items():
            listed.copies.setdefault(head, []).append(copy)
        self.show_list(listed, [each.id for each in story.members if each.id not in head_of])

    def do_search(self, words: str = "") -> None:
        if not words:
            raise UsageError("search for what? Words follow the stroke: /harbour")
        hits = self.library.search(words, limit=MOST_HITS)
        notes = {int(hit.headline.id): hit.snippet for hit in hits if hit.snippet}
        view = View("query", words)
        ids, copies = self.folded(view, [hit.headline.id for hit in hits])
        listed = Listed(f"Search for {words}", view, notes=notes, copies=copies)
        why = self.library.misread(words) if not hits else ""
        nothing = f"Nothing found: {why}" if why else "Nothing found"
        self.show_list(listed, ids, nothing=nothing)

    def do_copies(self, word: str = "") -> None:
        unfolded = not self.unfolded
        said = "Every copy has a row" if unfolded else "Near copies are folded under one"
        self.choose("unfolded", unfolded, said)
        self.say(f"{said}, from the next list on.")

    def do_return_to(self, word: str = "") -> None:
        if not self.before:
            self.say("There was no list before this one.")
            return
        self.listed = self.before.pop()
        self.list_from(self.listed.begin)

    def do_where(self, word: str = "") -> None:
        counts = self.library.counts()
        self.say(self._whereabouts())
        self.say(f"{counts.unread:,} of {counts.all:,} articles are unread.")

    def open_view(self, view: View, title: str) -> None:
        empty = empty_words(view.kind, star="`s`", add="`a`")
        self.show_list(Listed(title, view, complete=False), nothing=empty)

    def show_list(
        self, listed: Listed, ids: Iterable[int] = (), nothing: str = "Nothing is here"
    ) -> None:
        """List other articles; `back` leads to the list that was."""
        listed.ids = array("q", ids)
        if self.listed.title:
            self.before = [*self.before[1 - MOST_BEFORE :], self.listed]
        self.listed = listed
        if not self.reaches(0):
            self.on_page = False
            self.say(f"{listed.title}.")
            self.say(f"{nothing}.")
            return
        self.list_from(0)

    def list_from(self, start: int) -> None:
        """Say a screenful of rows from one on."""
        listed = self.listed
        if start == 0 or listed.begin == start:
            self.say(
                f"{listed.title}." if not listed.title.endswith((".", "!", "?")) else listed.title
            )
        listed.begin = start
        self.on_page = False
        self.reaches(start + self.rows_at_once)
        ids = listed.ids[start : start + self.rows_at_once]
        known = {int(headline.id): headline for headline in self.library.headlines(ids)}
        listed.next_row = start + len(ids)
        for row, id in enumerate(ids, start):
            if self.interactive and row > start and self.lines_said >= self.stop_after:
                listed.next_row = row
                break
            if id not in known:
                self.say(f"{row + 1}. No longer in the cache.")
                continue
            self.say(self.in_a_line(row, known[id]))
            if note := listed.notes.get(id):
                self.say(note, "   ")
        if self.reaches(listed.next_row):
            self.say("Enter lists more.")
        elif start:
            self.say("That is the end of the list.")

    def _step_source(self, step: int) -> None:
        sources = self.sources()
        view = self.listed.view
        here = next(
            (at for at, each in enumerate(sources) if view == View("source", each.id)),
            -1 if step > 0 else len(sources),
        )
        if not 0 <= here + step < len(sources):
            self.say("That is the last source." if step > 0 else "That is the first source.")
            return
        source = sources[here + step]
        self.open_view(View("source", source.id), source.title)

    def _open_source(self, word: str) -> None:
        sources = self.sources()
        if word.isascii() and word.isdigit() and len(word) < 7:
            if not 0 < int(word) <= len(sources):
                raise UsageError(f"there is no source {word}: `gf` numbers them")
            source = sources[int(word) - 1]
            self.open_view(View("source", source.id), source.title)
            return
        sought = word.casefold()
        for each in sources:
            if each.folder and each.folder.casefold() == sought:
                self.open_view(View("folder", each.folder), each.folder)
                return
        found = [each for each in sources if sought in each.title.casefold()]
        if len(found) != 1:
            count = "no source" if not found else f"{len(found)} sources"
            raise UsageError(f"{count} of that name: `gf` numbers them")
        self.open_view(View("source", SourceId(found[0].id)), found[0].title)

    def _whereabouts(self) -> str:
        listed = self.listed
        known = f"{len(listed.ids):,}" if listed.complete else f"more than {len(listed.ids):,}"
        if listed.page is None or listed.row is None:
            articles = "article" if known == "1" else "articles"
            return f"{listed.title}, {known} {articles}; none is open."
        at = f"{listed.row + 1} of {known}"
        return f"{listed.title}, {at}: {listed.page.article.title}, {listed.page.progress} % read."
