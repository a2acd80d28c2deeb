"""Refreshing: a child asks the sources what is new while one reads on, and says so quietly."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from reader import clock
from reader.app.actions import Place
from reader.app.child import Asked, Comparer, Outcome, Refresher
from reader.app.notifier import notify
from reader.app.screens.adding import Adding
from reader.app.shelves import next_try
from reader.model import Source, SourceId, SourceKind, View
from reader.text import safe
from reader.text.width import cells

if TYPE_CHECKING:
    from reader.app.screens.picking import Entry
    from reader.library import Library

PROGRESS_SECONDS = 0.5
"""How often the last line counts on."""
ARRIVALS_SECONDS = 2.0
"""How often headlines that came join the list, and the numbers of the source list follow."""
ASKING_AGAIN_SECONDS = 1.0
"""How long the sum waits for a question to be answered before it takes the last line."""
RESCHEDULED_SECONDS = 3600
"""A source that nobody has scheduled is due after this long."""
ASKED = (SourceKind.FEED, SourceKind.PAGE, SourceKind.PROGRAM)
ALWAYS_DUE = (SourceKind.FILE, SourceKind.FOLDER)
NO_SOURCES = "No feeds yet: {add}, then the address of a site, subscribes to its feed"


class Progress:
    """The numbers of one refresh."""

    def __init__(self, total: int, key_of: Callable[[str], str]) -> None:
        self.total = total
        self._key_of = key_of
        self.asked: list[Asked] = []

    @property
    def new(self) -> int:
        return sum(each.new for each in self.asked)

    @property
    def changed(self) -> int:
        return sum(each.changed for each in self.asked)

    @property
    def errors(self) -> int:
        return sum(each.error is not None for each in self.asked)

    def ways(self) -> list[str]:
        """How far it is, the longest way of saying it first."""
        done, new = len(self.asked), self.new
        if done >= self.total and new:  # what is left is to put it into stories
            return [f"comparing {new:,} new", f"{new:,} new"]
        total = max(done, self.total)
        of = f"{done:,} of {total:,}"
        return [f"refreshing {of} · {new:,} new", f"{of} · {new:,} new", f"{done}/{total}"]

    def sum(self, outcome: Outcome) -> str:
        """The one line that is left when it is over."""
        if not self.asked:
            return _nothing_came(outcome, self._key_of)
        if len(self.asked) == 1:
            return self._sum_of_one(self.asked[0]) + self._broken_off(outcome)
        parts = [f"{len(self.asked):,} sources", f"{self.new:,} new" if self.new else "nothing new"]
        if self.changed:
            parts.append(f"{self.changed:,} changed")
        if self.errors:
            troubles = self._key_of("troubles")
            parts.append(f"{self.errors:,} error{'s' if self.errors > 1 else ''} ({troubles})")
        return " · ".join(parts) + self._broken_off(outcome)

    def _broken_off(self, outcome: Outcome) -> str:
        """What to add where the child did not come to its end."""
        if outcome.exit_code == 0 or (outcome.exit_code == 1 and self.errors):
            return ""
        cause = outcome.said.removeprefix("broadsheet: ") or _cause(outcome)
        return f" · ended early ({cause}); {self._key_of('refresh_due')} goes on from there"

    def _sum_of_one(self, asked: Asked) -> str:
        if asked.error is not None:
            return f"{asked.title}: {asked.error} ({self._key_of('troubles')})"
        parts = [f"{asked.new:,} new"] if asked.new else []
        parts += [f"{asked.changed:,} changed"] if asked.changed else []
        return f"{asked.title}: {', '.join(parts) or 'nothing new'}"


class Refreshing(Adding):
    """Everything that asks sources what is new, and tells of those that do not answer."""

    def __init__(self, *args, **kwargs) -> None:  # type: ignore[no-untyped-def]
        super().__init__(*args, **kwargs)
        self.refresher = Refresher(self.app_home())
        self.comparer = Comparer(self.app_home())
        self._progress: Progress | None = None
        self._shown_new = 0
        self._refreshing: asyncio.Task[None] | None = None
        self._comparing: asyncio.Task[None] | None = None

    def go_on_comparing(self) -> None:
        """Have done in the background what a refresh outside of the room had no time for."""
        if not self.library.readonly and self.library.is_uncompared():
            self._comparing = asyncio.ensure_future(self._run_comparer())

    async def _run_comparer(self) -> None:
        try:
            outcome = await self.comparer.compare()
        except Exception as error:  # the room outlives its child, however that ended
            self.comparer.end()
            self.app.trouble(error)
            return
        if outcome.exit_code == 0:
            self.call_next(self.refresh_lists, keep_listed=True)

    def act_refresh_due(self) -> None:
        def begin(sources: list[Source]) -> None:
            count = len(due(sources, clock.now()))
            if not any(source.kind in (*ASKED, *ALWAYS_DUE) for source in sources):
                self.say(NO_SOURCES.format(add=self.key_of("add")))
            elif not count:
                self.say(_nothing_due(self.key_of))
            else:
                self._refresh((), count)

        self._unless_refreshing(begin)

    def act_refresh_source(self) -> None:
        meant = self._source_meant()
        if meant is None:
            self.say("Choose a source, a folder or an article to refresh where it is from")
            return

        def begin(sources: list[Source]) -> None:
            chosen = [source for source in sources if meant(source)]
            asked = [str(s.id) for s in chosen if s.kind in (*ASKED, *ALWAYS_DUE)]
            if asked:
                self._refresh(asked, len(asked))
            else:
                title = chosen[0].title if len(chosen) == 1 else "This"
                self.say(f"{title} came once and is not refreshed")

        self._unless_refreshing(begin)

    def act_troubles(self) -> None:
        def show(found: tuple[list[Source], dict[SourceId, str]]) -> None:
            sources, announced = found
            entries = troubles(sources, clock.now())
            if not entries:
                self.say("No source is in trouble")
                return
            from reader.app.screens.picking import Picking

            count = "One source" if len(entries) == 1 else f"{len(entries):,} sources"
            keys = ["Enter goes there", "Del takes it off the list", "typing narrows"]
            if announced:
                keys.insert(1, "Ctrl-A follows the feed that its page announces")
            title = f"{count} in trouble. {', '.join(keys)}, Esc leaves."

            def chosen(value: str | None) -> None:
                if value is not None:
                    self.go_view(View("source", SourceId(int(value))))
                    self.go_to(Place.SOURCES)

            def follow(value: str) -> None:
                if (url := announced.get(SourceId(int(value)))) is None:
                    self.say("Its page announces no feed")
                elif self.intake.running:
                    self.say("Still adding; a moment")
                else:
                    self._add_named([url], url)

            def take_off(value: str) -> None:
                self.take_off_list(SourceId(int(value)))

            also = {"ctrl+a": follow, "delete": take_off}
            self.app.push_screen(Picking(title, entries, also=also), chosen)

        def work(library: Library) -> tuple[list[Source], dict[SourceId, str]]:
            return library.sources(), library.announced()

        self.helper.ask(work, show, topic="troubles")

    def where_words(self) -> str:
        """The place, with what a refresh has done so far before it, as far as there is room."""
        place = super().where_words()
        if self._progress is None or self.keyboard.waiting:
            return place
        room = self.app.size.width // 2 - 2 - cells(place) - 3
        said = next((way for way in self._progress.ways() if cells(way) <= room), "")
        return " │ ".join(filter(None, (said, place)))

    def _unless_refreshing(self, begin: Callable[[list[Source]], None]) -> None:
        """Begin, knowing the sources, unless a refresh of this room is still running."""
        if self._progress is not None:
            self.say(f"Still {self._progress.ways()[0]}")
            return
        self.helper.ask(lambda library: library.sources(), begin, topic="refresh")

    def _source_meant(self) -> Callable[[Source], bool] | None:
        """Which sources the reader means: those chosen in their list, or where an article is from.
        None: nothing is chosen."""
        if self.place is Place.SOURCES:
            view = self.sources.chosen
            if view is None or view.kind not in ("source", "folder"):
                return None
            if view.kind == "folder":
                return lambda source: source.folder == view.value
            return lambda source: source.id == view.value
        article_id = self.current_id()
        for headline in self.library.headlines([article_id]) if article_id is not None else ():
            wanted = headline.source_id
            return lambda source: source.id == wanted
        return None

    def _refresh(self, sources: Sequence[str], total: int) -> None:
        if self._progress is not None:
            return
        self._progress = Progress(total, self.key_of)
        self._shown_new = 0
        self.show_footer()
        self._refreshing = asyncio.ensure_future(self._run_refresh(sources, self._progress))

    async def _run_refresh(self, sources: Sequence[str], progress: Progress) -> None:
        try:
            outcome = await self.refresher.refresh(sources, self._source_asked)
        except Exception as error:  # the room outlives its child, however that ended
            self.refresher.end()
            self._progress = None
            self.app.trouble(error)
            self.show_footer()
            return
        self.call_next(self._refresh_ended, progress, outcome)

    def _source_asked(self, asked: Asked) -> None:
        if self._progress is None:
            return
        self._progress.asked.append(asked)
        if "progress" not in self._waits:
            self.later("progress", PROGRESS_SECONDS, self.show_footer)
        if (asked.new or asked.changed) and "came" not in self._waits:
            self.later("came", ARRIVALS_SECONDS, self._show_what_came)

    def _show_what_came(self) -> None:
        if self._progress is not None and self._progress.new > self._shown_new:
            self._shown_new = self._progress.new
            self.refresh_lists(keep_listed=True)

    def _refresh_ended(self, progress: Progress, outcome: Outcome) -> None:
        for name in ("progress", "came"):
            self.not_later(name)
        self._show_what_came()
        self._progress = None
        if progress.changed:
            self.headlines.forget()
        self.recount()
        self.show_footer()
        self._say_sum(progress.sum(outcome))
        if self.config.notify and progress.new:
            notify(f"{progress.new:,} new article{'s' if progress.new > 1 else ''}", self.app)

    def _say_sum(self, said: str) -> None:
        """Say what a refresh came to; never in place of a question or a line being typed."""
        if self.question is not None or self.prompt is not None:
            self.later("sum", ASKING_AGAIN_SECONDS, lambda: self._say_sum(said))
        else:
            self.say(said)


def due(sources: Iterable[Source], now: datetime) -> list[Source]:
    """The sources that a refresh would ask, by what the room can know of them."""
    longest = timedelta(seconds=RESCHEDULED_SECONDS)

    def is_due(source: Source) -> bool:
        if source.kind in ALWAYS_DUE:
            return True
        if source.kind not in ASKED:
            return False
        if source.next is not None:
            return clock.is_over(source.next, now)
        return source.last is None or (source.error is None and now - source.last >= longest)

    return [source for source in sources if is_due(source)]


def troubles(sources: Iterable[Source], now: datetime) -> list[Entry]:
    """The sources with an error: what is wrong with the cure, and when they are tried again."""
    from reader.app.screens.picking import Entry

    return [
        Entry(
            title=f"! {safe.line(source.title)}",
            value=str(source.id),
            detail=safe.line(source.error),
            aside=next_try(source.next, now),
        )
        for source in sorted(sources, key=lambda source: source.title.casefold())
        if source.error is not None
    ]


def _nothing_came(outcome: Outcome, key_of: Callable[[str], str]) -> str:
    said = outcome.said.removeprefix("broadsheet: ")
    if said:
        return said[:1].upper() + said[1:]
    if outcome.exit_code:
        again = key_of("refresh_due")
        return f"The refresh ended before it began ({_cause(outcome)}); {again} tries again"
    return _nothing_due(key_of)


def _nothing_due(key_of: Callable[[str], str]) -> str:
    return f"Nothing is due yet; {key_of('refresh_source')} asks one source all the same"


def _cause(outcome: Outcome) -> str:
    code = outcome.exit_code
    return f"signal {-code}" if code < 0 else f"exit code {code}"
