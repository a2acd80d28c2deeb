"""Adding: a path, an address or a paste, taken in by a child while one reads on."""

from __future__ import annotations

import asyncio
import os
import shlex
from collections.abc import Hashable, Sequence
from pathlib import Path

from textual import events

from reader.app.actions import Place
from reader.app.child import Arrived, Intake, Outcome
from reader.app.screens.selecting import Selecting
from reader.app.widgets.pieces import Pieces
from reader.model import ArticleId
from reader.text import safe
from reader.text.addresses import without_login
from reader.text.frontwords import many
from reader.text.width import wrap

REFRESH_SECONDS = 0.4
"""How often a growing list is drawn again while documents arrive."""
ASKING_AGAIN_SECONDS = 1.0
"""How long a question waits while another one, or a line being typed, is not done with."""
LONG_PASTE = 400
"""Characters above which a paste is taken for a text, not for an address."""
WAYS = (
    ("add", "Press {add}, then give a site or feed to follow, a page, a file or a folder."),
    ("paste", "Drop a file on this window, or paste an address or a whole text."),
    ("shell", "In a shell: broadsheet import FEEDS.opml, or newsboat, or --starter."),
    ("help", "Every key, searchable. {quit} leaves; the place is kept."),
)


ASK = ("refresh_due", "Ask them what they have; you can read what comes while it comes.")
FEEDS_WAIT = "{feeds} here, and nothing of them yet: {refresh_due} asks what they have"


class Adding(Selecting):
    """Everything that brings articles in."""

    def __init__(self, *args, **kwargs) -> None:  # type: ignore[no-untyped-def]
        super().__init__(*args, **kwargs)
        self.intake = Intake(self.app_home())
        self._arrived: list[Arrived] = []
        self._adding: asyncio.Task[None] | None = None
        self._began_at: Hashable = None

    def app_home(self) -> Path | None:
        """The home a child must use to write the same cache, if not its own default."""
        return None

    def act_add(self) -> None:
        if self.intake.running:
            self.say("Still adding; a moment")
            return
        self._ask_what("")

    def begin(self) -> None:
        """An empty cache: say how to begin, with the sample edition if there is nothing to ask."""
        if feeds := self.library.feeds():
            key = self.key_of("refresh_due")
            self.say(FEEDS_WAIT.format(feeds=_feeds_are(feeds), refresh_due=key))
        else:
            self.begin_with_sample()

    def begin_with_sample(self) -> None:
        """Bring the sample edition in, quietly."""
        self.say("The sample edition is being set …")
        self._add(["--sample"], "sample edition", quiet=True)

    def on_paste(self, event: events.Paste) -> None:
        """A paste anywhere: an address or path goes to the prompt, a text is offered whole."""
        event.stop()
        text = event.text.strip()
        if self.intake.running:
            self.say("Still adding; a moment")
        elif text and not self._pasted_text(text):
            lines = [line.strip() for line in text.splitlines() if line.strip()]
            one_line = len(lines) == 1 or "://" in text
            self._ask_what(safe.line(" ".join(lines) if one_line else shlex.join(lines)))

    def _ask_what(self, value: str) -> None:
        hint = "a site, page, file or folder"
        self.open_prompt("Add", value, None, self._add_typed, pasted=self._pasted_text, hint=hint)

    def welcome_lines(self, width_cells: int) -> list[Pieces]:
        """The first page of an empty cache."""
        lines: list[Pieces] = [[], [("broadsheet", "title")]]
        about = "A newspaper for the terminal: paste anything, read it clean."
        lines += [[(part, "em")] for part in wrap(about, width_cells)]
        feeds = self.library.feeds()
        begin = f"{_feeds_are(feeds)} here. Go on so" if feeds else "Three ways to begin"
        lines += [[], [(begin, "text")], []]
        named = {name: self.key_of(name) for name in ("refresh_due", "add", "help", "quit")}
        for way, words in (ASK, *WAYS) if feeds else WAYS:
            if way == "help":
                lines.append([])
            key, text = named.get(way, way), words.format(**named)
            for number, part in enumerate(wrap(text, width_cells - 7)):
                lines.append([(f"{'' if number else key:<7}", "h3"), (part, "text")])
        return lines

    def _add_typed(self, text: str) -> None:
        if text.strip():
            self._add_named(named_things(text), without_login(text.strip()))

    def _pasted_text(self, text: str) -> bool:
        """Offer a paste that is a text; False if it is an address or a path."""
        if "\n" not in text.strip() and len(text) < LONG_PASTE:
            return False
        if all(_is_thing(line) for line in text.split("\n") if line.strip()):
            return False
        length = many(len(text.split()), "word", "words")
        self.close_prompt()
        body = text.encode("utf-8", "replace")
        self.ask(
            f"Enter adds the pasted text ({length}) as an article; Esc does not",
            {"enter": lambda: self._add(["-"], "pasted text", stdin=body)},
        )
        return True

    def close_prompt(self) -> None:
        raise NotImplementedError

    def _add_named(self, things: Sequence[str], name: str) -> None:
        """Add addresses and paths. They go to the child by its stdin: every user of the machine can
        read the arguments of a process, and an address may hold a login."""
        self._add(["--from-stdin"], name, stdin=os.fsencode("\n".join(things)))

    def _add(
        self, arguments: list[str], name: str, *, stdin: bytes | None = None, quiet: bool = False
    ) -> None:
        self._arrived = []
        self._began_at = self._whereabouts()
        if not quiet:
            self.say(f"Adding {name} …")
        self._adding = asyncio.ensure_future(self._run_intake(arguments, stdin, quiet))

    async def _run_intake(self, arguments: list[str], stdin: bytes | None, quiet: bool) -> None:
        try:
            outcome = await self.intake.add(arguments, self._document_arrived, stdin)
        except Exception as error:  # the room outlives its child, however that ended
            self.intake.end()
            self.app.trouble(error)
            return
        self.not_later("arrivals")
        self.call_next(self._intake_ended, outcome, quiet)

    def _document_arrived(self, arrived: Arrived) -> None:
        self._arrived.append(arrived)
        kept = sum(1 for one in self._arrived if one.status in ("added", "updated"))
        if "arrivals" not in self._waits:
            self.later("arrivals", REFRESH_SECONDS, self._show_arrivals)
        self.say(f"{kept} in: {arrived.title}")

    def _show_arrivals(self) -> None:
        self.refresh_lists()

    def _intake_ended(self, outcome: Outcome, quiet: bool) -> None:
        self.refresh_lists()
        new = [one for one in self._arrived if one.status in ("added", "updated") and one.id]
        if quiet:
            failed = outcome.said or "The sample edition could not be read"
            if new and self.place is not Place.PAGE and self.prompt is None:
                self.act_go_front()
            self.say("The sample edition is here: space reads through it" if new else failed)
            return
        site = next((one for one in self._arrived if one.candidates), None)
        if site is not None:
            self._offer_feeds(site)
            return
        self.say(self._sum_up(outcome))
        shown = _to_show(new) or next((one for one in self._arrived if one.id), None)
        if shown is not None and shown.id is not None:
            self.remember_return()
            if self.headlines.row_of(shown.id) is None:
                self.act_go_all()
            self.go_to(Place.PAGE)
            self.open_article(ArticleId(shown.id))

    def _offer_feeds(self, site: Arrived) -> None:
        """Let the person choose of the feeds of a site: at once if they waited for it, else they
        are asked first, for a list that comes up under a reader's keys would take one of them."""

        def choose() -> None:
            from reader.app.screens.picking import Entry, Picking

            entries = [
                Entry(title or url, url, detail=safe.line(url)) for title, url in site.candidates
            ]
            title = f"{site.title} has several feeds. Enter subscribes, Esc leaves."
            titles = {entry.value: entry.title for entry in entries}

            def chosen(url: str | None) -> None:
                if url is not None:
                    self._add_named([url], titles[url])

            self.app.push_screen(Picking(title, entries), chosen)

        if self.prompt is not None or self.question is not None or not self.is_active:
            self.later("feeds", ASKING_AGAIN_SECONDS, lambda: self._offer_feeds(site))
        elif self._whereabouts() == self._began_at:
            self.say("")
            choose()
        else:
            count = len(site.candidates)
            self.ask(f"{site.title} has {count} feeds: Enter chooses one", {"enter": choose})

    def _whereabouts(self) -> Hashable:
        """Where the reader is; another place tells that they went on."""
        article = self.article.id if self.article else None
        return self.place, self.view, self.headlines.cursor, article, self.page.scroll_offset.y

    def _sum_up(self, outcome: Outcome) -> str:
        counts: dict[str, int] = {}
        for one in self._arrived:
            counts[one.status] = counts.get(one.status, 0) + 1
        words = {"added": "added", "updated": "changed", "skipped": "known already"}
        parts = [f"{counts[status]} {word}" for status, word in words.items() if counts.get(status)]
        refused = [one for one in self._arrived if one.status == "refused"]
        if refused:
            parts.append(f"{len(refused)} refused: {refused[0].title}: {refused[0].reason}".strip())
        if parts:
            return ", ".join(parts)
        return outcome.said or "There was nothing to add"


def _to_show(new: Sequence[Arrived]) -> Arrived | None:
    """What to open of that which came: the first, but of a feed, whose entries come oldest first
    and all for one address, the newest."""
    is_feed = len(new) > 1 and len({one.what for one in new}) == 1
    return new[-1 if is_feed else 0] if new else None


def named_things(text: str) -> list[str]:
    """What a line names: one path or address, or several parted as in a shell. `~` is the home."""
    whole = text.strip()
    if "://" in whole or os.path.exists(os.path.expanduser(whole)):
        words = whole.split() if "://" in whole else [whole]
    else:
        try:
            words = shlex.split(whole)
        except ValueError:
            words = [whole]
    return [word if "://" in word else os.path.expanduser(word) for word in words]


def _is_thing(line: str) -> bool:
    """True for a line that is an address or names a file that is there."""
    line = line.strip().strip("'\"")
    return line.startswith(("http://", "https://", "file://")) or (
        len(line) < 1000 and os.path.exists(os.path.expanduser(line))
    )


def _feeds_are(count: int) -> str:
    return "Your feed is" if count == 1 else f"Your {count:,} feeds are"
