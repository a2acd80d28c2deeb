"""Bringing in: adding, and asking the sources what is new."""

from __future__ import annotations

from collections.abc import Sequence

from reader import clock
from reader.app.shelves import next_try
from reader.cli.plain.desk import Listed
from reader.cli.plain.keeping import Keeping
from reader.errors import UsageError
from reader.model import View
from reader.text import safe


class Bringing(Keeping):
    """Everything that brings articles into the cache."""

    def do_add(self, what: str = "") -> None:
        if not what:
            raise UsageError("add what? An address, a file or a folder follows: a example.org")
        came = []
        for arrival in self.library.add([what]):
            said = safe.line(arrival.title or arrival.what or "")
            self.say(
                f"{arrival.status}: {said}" + (f": {arrival.reason}" if arrival.reason else "")
            )
            if arrival.id is not None:
                came.append(arrival.id)
        if len(came) == 1:
            self.open_article(came[0], None)
        elif came:
            self.show_list(Listed(f"From {what}", None), list(dict.fromkeys(came)))

    def do_fetch_whole(self, word: str = "") -> None:
        headline = self.article_meant(word)
        for arrival in self.library.fetch_whole([headline.id]):
            if arrival.status == "updated":
                row = self.row_named(word) if word else self.listed.row
                self.open_article(headline.id, row)
            elif arrival.status == "skipped":
                self.say("Its page says the same as what is here.")
            else:
                self.fail(f"Its page could not be had: {arrival.reason}")

    def do_remove(self, word: str = "") -> None:
        sources = self.sources()
        if not (word.isascii() and word.isdigit() and 0 < int(word[:7]) <= len(sources)):
            raise UsageError("remove which source? Its number follows, as `gf` shows it")
        self._changed(self.library.remove_source(sources[int(word) - 1].id))

    def do_refresh_due(self, word: str = "") -> None:
        self._refresh(())

    def do_refresh_source(self, word: str = "") -> None:
        view = self.listed.view
        if view is not None and view.kind == "source" and view.value is not None:
            self._refresh([str(view.value)])
        else:
            self._refresh([str(self.article_meant("").source_id)])

    def do_troubles(self, word: str = "") -> None:
        troubled = [source for source in self.sources() if source.error]
        for source in troubled:
            self.say(f"{source.title}: {source.error}; {next_try(source.next, clock.now())}.")
        if not troubled:
            self.say("No source is in trouble.")

    def show_what_came(self, what: str, ids: Sequence[int]) -> None:
        """What was named when the program was started."""
        if len(ids) == 1:
            self.listed = Listed("All articles", View("all"), complete=False)
            rows = filter(self.reaches, range(50))
            row = next((r for r in rows if ids[0] in self.listed.texts(r)), None)
            self.open_article(self.library.headlines(ids)[0].id, row)
        else:
            self.show_list(Listed(f"From {what}", None), list(dict.fromkeys(ids)))

    def _refresh(self, sources: Sequence[str]) -> None:
        asked = new = failed = 0
        for outcome in self.library.refresh(list(sources)):
            asked += 1
            new += outcome.new
            failed += outcome.status in ("error", "gone")
            if outcome.new or outcome.error:
                self.say(f"{outcome.title}: {outcome.error or f'{outcome.new} new'}")
        if not asked:
            self.say("Nothing is due.")
        else:
            self.say(f"{asked} asked, {new} new, {failed} failed. `gu` lists what is unread.")
