"""What every concern of the reading room shares: its widgets, the cache, one line to speak in."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence, Set
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from textual import events
from textual.reactive import Reactive
from textual.screen import Screen
from textual.widget import Widget

from reader.app.actions import (
    ACTIONS,
    MOST_TIMES,
    REPEATED,
    Action,
    Place,
    footer_of,
    shown,
)
from reader.app.desk import Hand
from reader.app.galley import Galleys
from reader.app.keys import Keyboard
from reader.app.sparing import Sparing
from reader.app.widgets.front import FrontList
from reader.app.widgets.headlines import Headlines
from reader.app.widgets.nameplate import Nameplate
from reader.app.widgets.page import Page
from reader.app.widgets.similar import SimilarList
from reader.app.widgets.sources import Sources
from reader.app.widgets.status import Hint, Status
from reader.app.widgets.sturdy import Sturdy
from reader.app.widgets.timeline import Timeline
from reader.config import Config, Keys
from reader.library import Library
from reader.model import Article, ArticleId, Headline, View
from reader.noun import Noun
from reader.text.frontwords import extent_in_words
from reader.text.width import cut

if TYPE_CHECKING:
    from reader.app.app import Broadsheet
    from reader.app.widgets.prompt import Prompt


WIDE, NARROW = 110, 80
"""Columns from which every pane fits, and under which only one does."""
FEW_WORDS_CELLS = 64
"""Columns under which the last line has no room to say much of the place."""


class Question(Noun):
    """One line that waits for a key: each key it knows does something, any other lets it go."""

    text: str
    answers: dict[str, Callable[[], None]]
    left: Callable[[], None] | None = None
    """What is to be done first, whatever the key."""


class RoomBase(Sturdy, Screen[None]):
    """The reading room without its concerns."""

    app: Broadsheet

    focused: Reactive[Widget | None] = Reactive(None, repaint=False)
    """The pane with the keyboard. Textual would paint the whole screen again at each change."""

    def __init__(self, library: Library, config: Config) -> None:
        # As the first screen, the front page, has it: each change styles every pane again.
        super().__init__(classes="list-alone")
        self._compositor = Sparing()
        self.library = library
        self.config = config
        self.actions, self.keys_told = _keys_of(config)
        self.keyboard = Keyboard(self.actions)
        self.galleys = Galleys()
        self.sources = Sources()
        self.lists = Headlines(self._look_up)
        self.front = FrontList(library.headlines, self.key_of)
        self.timeline = Timeline(library.headlines)
        self.page = Page(config.measure_cells)
        self.similar = SimilarList()
        self.status = Status()
        self.nameplate = Nameplate()
        self.clerk = self._hand("clerk")
        """Writes what the reader changes, in order."""
        self.helper = self._hand("helper")
        """Looks ahead: similar articles, the next galleys, the rest of a long one."""
        self.finder = self._hand("finder")
        """Searches."""
        self.view = View("all")
        self.article: Article | None = None
        self.articles_kept = 0
        """All there are, by the last count."""
        self.more_hits = False
        """Was more found than is listed?"""
        self.find_words = ""
        self.zen = False
        self.unfolded = False
        """Has each near copy a row of its own?"""
        self.question: Question | None = None
        self.prompt: Prompt | None = None
        self._waits: dict[str, asyncio.TimerHandle] = {}
        self._unpainted = True
        """Nothing is painted before all panes have their size and what they show at it."""

    # The first paint. Textual would paint when the screen is laid out, when the panes know their
    # sizes, and once more in full: 45 KB at 120x40 where 13 say it.

    def _on_screen_resume(self, event: events.ScreenResume) -> None:
        if self._unpainted:
            event.refresh_styles = False  # they were worked out a moment ago
        super()._on_screen_resume(event)

    def _on_timer_update(self) -> None:
        if self._unpainted and self.stack_updates and self.is_current:
            if self._layout_required:
                self._refresh_layout()
                self._layout_required = False
            self._unpainted = False
            self._repaint_required = True
        super()._on_timer_update()

    def _compositor_refresh(self) -> None:
        if not self._unpainted:
            super()._compositor_refresh()

    @property
    def headlines(self) -> Headlines:
        """What lists the articles of this view."""
        if self.view.kind == "front":
            return self.front
        return self.timeline if self.view.kind == "story" else self.lists

    @property
    def every_list(self) -> tuple[Headlines, ...]:
        """What lists articles in one view or another."""
        return self.lists, self.front, self.timeline

    def _look_up(self, ids: Sequence[ArticleId]) -> list[Headline]:
        """The headlines of these articles; with a summary where a line of it is shown."""
        found = self.library.headlines(ids)
        if not self.lists.roomy:
            return found
        said = self.library.quick_summaries([each.id for each in found])
        return [replace(each, summary=said.get(each.id) or None) for each in found]

    # Speaking and footer.

    def say(self, text: str) -> None:
        """Tell the reader one thing, in the last line."""
        self.status.say(text)

    def ask(
        self,
        text: str,
        answers: dict[str, Callable[[], None]],
        left: Callable[[], None] | None = None,
    ) -> None:
        """Put a question that the next key answers or dismisses; `left` follows either."""
        self.question = Question(text, answers, left)
        self.say(text)

    def show_footer(self) -> None:
        """Bring the last line up to date with the place and the progress."""
        self.status.show(self.status_acts(), self.where_words())

    def where_words(self) -> str:
        """How far the reader is, in the list or in the article."""
        if self.keyboard.waiting:
            return self.keyboard.waiting
        place = self.place
        if place is Place.PAGE and self.article is not None:
            if self.find_words and self.page.match_number:
                return f"match {self.page.match_number:,} of {len(self.page.matches):,}"
            return f"{self.page.progress} %"
        if place is Place.HEADLINES and self.headlines.row_count:
            if self.view.kind == "front":
                return self.front_words()
            count = self.headlines.row_count
            more = "" if self.headlines.complete else "+"
            if more and self.view.kind == "all" and self.articles_kept > count:
                count, more = self.articles_kept, ""
            if self.view.kind == "query" and self.more_hits:
                more = "+"
            named = self.view.kind == "query" and self.app.size.width >= FEW_WORDS_CELLS
            words = f"“{cut(str(self.view.value), 30)}” " if named else ""
            return f"{words}{self.headlines.cursor + 1:,} of {count:,}{more}"
        return ""

    def front_words(self) -> str:
        """How much of the front page is left."""
        left = self.front.left
        if self.app.size.width < FEW_WORDS_CELLS and left:
            return f"{len(left)} left"
        return extent_in_words(len(left), sum(story.minutes for story in left)) or "all read"

    def status_acts(self) -> list[Hint]:
        asked = self.places[0]
        return [
            Hint(action.name, shown(action.key_at(asked) or ""), action.footer or "")
            for action in footer_of(asked, False, self.actions)
        ]

    def key_of(self, name: str) -> str:
        """The key that does an act, to be named in a sentence; where it has none, how the palette
        does it."""
        action = next(action for action in self.actions if action.name == name)
        if action.all_keys:
            return shown(action.all_keys[0])
        return f"“{name.replace('_', ' ')}” in the palette"

    # Typing.

    def open_prompt(
        self,
        label: str,
        value: str,
        changed: Callable[[str], None] | None,
        done: Callable[[str], None],
        left: Callable[[], None] | None = None,
        pasted: Callable[[str], bool] | None = None,
        hint: str = "",
    ) -> None:
        """Ask for one line, in place of the last one. `left` is called when Esc leaves it, `hint`
        says what may be typed while nothing is."""
        raise NotImplementedError

    def prompt_note(self, text: str) -> None:
        """What came of what was typed so far."""
        raise NotImplementedError

    # Places.

    @property
    def place(self) -> Place:
        """Where the keyboard is."""
        focused = self.focused
        if focused is self.sources:
            return Place.SOURCES
        if focused is self.page:
            return Place.PAGE
        if focused is self.similar:
            return Place.SIMILAR
        return Place.HEADLINES

    @property
    def places(self) -> tuple[Place, ...]:
        """What a key is looked up by, the first that knows it: what goes on at a place, and it."""
        place = self.place
        if place is Place.PAGE and self.page.selected is not None:
            return Place.SELECT, place
        if place is Place.PAGE and self.find_words:
            return Place.FIND, place
        return (place,)

    @property
    def panes(self) -> dict[Place, Widget]:
        return {
            Place.SOURCES: self.sources,
            Place.HEADLINES: self.headlines,
            Place.PAGE: self.page,
            Place.SIMILAR: self.similar,
        }

    def go_to(self, place: Place) -> None:
        """Give a pane the keyboard; where only one pane fits, it is the one shown."""
        self.set_out(place)
        self.set_focus(self.panes[place], scroll_visible=False)
        self.show_footer()

    def set_out(self, place: Place) -> None:
        """Set the panes out for the size of the terminal, with the keyboard at `place`."""
        raise NotImplementedError

    # Changes and work elsewhere.

    def change(
        self, work: Callable[[Library], str | None], then: Callable[[], None] | None = None
    ) -> None:
        """Have the clerk change the cache, then say what was done, if anything is to be said, and
        count again."""

        def done(sentence: str | None) -> None:
            if sentence:
                self.say(sentence)
            if then is not None:
                then()
            self.recount()

        self.clerk.ask(work, done)

    def choose(self, key: str, value: Any, sentence: str, before: Any = None) -> None:
        """Keep what the reader chose of the room itself, and say it; undo goes back to what was
        kept, or to `before`."""
        self.say(sentence)
        self.clerk.ask(lambda library: library.choose(key, value, sentence, before))

    def wear_again(self, changed: Set[str]) -> None:
        """Look as before: what was chosen under these keys was taken back."""

    def recount(self) -> None:
        """Bring the numbers of the source list up to date, off the key path."""
        raise NotImplementedError

    def later(self, name: str, seconds: float, act: Callable[[], Any]) -> None:
        """Do `act` in `seconds`, unless it is asked for again under the same name before."""
        if waiting := self._waits.pop(name, None):
            waiting.cancel()

        def due() -> None:
            self._waits.pop(name, None)
            self.call_next(act)

        self._waits[name] = asyncio.get_running_loop().call_later(seconds, due)

    def not_later(self, name: str) -> None:
        """Let go of what was to be done later under this name."""
        if waiting := self._waits.pop(name, None):
            waiting.cancel()

    @property
    def resting(self) -> bool:
        """True if nothing waits to be done and no hand is at work."""
        hands = (self.clerk, self.helper, self.finder)
        return not self._waits and all(hand.idle for hand in hands)

    def stop_waiting(self) -> None:
        for waiting in self._waits.values():
            waiting.cancel()
        self._waits.clear()

    def current_id(self) -> ArticleId | None:
        """The article that an act is about: the chosen one of the list that has the keyboard, or
        the one on the page."""
        if self.place is Place.SIMILAR:
            return self.similar.chosen
        if self.place is Place.PAGE or (self.place is Place.SOURCES and self.article):
            return self.article.id if self.article else None
        return self.headlines.chosen

    def act_by_name(self, name: str) -> None:
        """Do an act that was chosen by its name, where it may not apply as things are."""
        raise NotImplementedError

    def act(self, action: Action, number: int | None = None) -> None:
        """Carry out an act, with the number typed before it or meant by it."""
        if action.macro:
            self._act_macro(action)
            return
        method = getattr(self, f"act_{action.name}")
        if action.name in REPEATED:
            for _ in range(min(number or 1, MOST_TIMES)):
                method()
        elif number is not None and (action.counts or action.takes_number):
            method(number)
        else:
            method()

    def _act_macro(self, macro: Action) -> None:
        """The acts of a macro, until one puts a question or does not apply where it leads."""
        named = {action.name: action for action in self.actions}
        for name, number in macro.macro:
            if self.prompt is not None or self.question is not None or not self.is_active:
                return
            action = named[name]
            if self.place not in action.where:
                self.say(f"{name.replace('_', ' ')} means nothing in {self.place}")
                return
            self.act(action, number)

    def _hand(self, name: str) -> Hand:
        def deliver(call: Callable[[], None]) -> None:
            self.call_next(call)

        return Hand(name, self.library.another, deliver, self._hand_failed)

    def _hand_failed(self, error: Exception) -> None:
        self.app.trouble(error)
        for each in self.every_list:
            each.forget()  # a sign may stand there that the cache does not have


def _keys_of(config: Config) -> tuple[Sequence[Action], str]:
    """The acts with the person's keys, and the one line that tells of mistakes in them."""
    if config.keys == Keys():
        return ACTIONS, ""
    from reader.app.keymap import keymap

    found = keymap(config.keys)
    return found.actions, found.in_one_line
