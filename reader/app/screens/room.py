"""The reading room: its panes, its keys, and the place that is found again."""

from __future__ import annotations

import gc
from collections.abc import Callable

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from reader.app.actions import Place, shown
from reader.app.keynames import event_name
from reader.app.keys import where_in_words
from reader.app.screens import reading
from reader.app.screens.ahead import Ahead
from reader.app.screens.base import NARROW, WIDE
from reader.app.session import Session, understood
from reader.app.widgets.sources import FRONT
from reader.errors import CacheError
from reader.library import Library
from reader.model import ArticleId, View
from reader.text import safe

SHORT = 32
"""Lines under which the page and the list above it take turns."""
NAMEPLATE_FROM = 30
NUMBER_SECONDS = 0.6
"""How long a digit that has a meaning of its own may still be the beginning of `5j`."""
LINK_SECONDS = 1.5
"""How long the number of a link that is shown may still grow, or count."""
TIDY_SECONDS = 0.5
"""When the start is surely over."""
MOST_KEY_LETTERS = 24
SMALLEST = (20, 5)


class Room(Ahead):
    """Sources, headlines over the page, similar articles."""

    def __init__(self, *args, open_id: int | None = None, **kwargs) -> None:  # type: ignore[no-untyped-def]
        super().__init__(*args, **kwargs)
        self._open_id = open_id
        self._welcome = False
        self._last_pane = Place.HEADLINES
        """Which of headlines and page was used last, for a terminal that shows one of them."""
        self._too_small = Static("", id="too-small", markup=False)
        self._middle = Vertical(id="middle")
        self._article = Horizontal(id="article")

    def compose(self) -> ComposeResult:
        yield self.nameplate
        with Horizontal(id="panes"):
            yield self.sources
            with self._middle:
                yield from self.every_list
                with self._article:
                    yield self.page
                    yield self.similar
        yield self.status
        yield self._too_small

    def on_mount(self) -> None:
        session = understood(None if self.newly_here() else self.library.state("session"))
        self.wear_what_was_kept()
        counts = self.library.counts()
        if self._open_id is not None:
            id = ArticleId(self._open_id)
            session = Session(view=View("all"), chosen=id, article=id, place=Place.PAGE)
        self._welcome = counts.all == 0
        if self._welcome:
            session = Session(view=View("all"))  # until there is something for a front page
        self.view = session.view
        self.show_counts(self.library.sources(), counts)
        self._open_first(session)
        if self.headlines.row_count == 0 and counts.all and self.view.kind != "front":
            self.open_view(View("all"))
        article = session.article
        if (
            article is not None
            and self.headlines.chosen != article  # it may be a copy, folded under another
            and self.is_there(article)
        ):
            self.show_article(article)
        self.go_to(session.place)
        if self._welcome:
            self.call_after_refresh(self.begin)
        self.call_after_refresh(self.go_on_comparing)
        if self.keys_told:
            self.say(self.keys_told)
        if self.library.readonly:
            self.say("Nothing can be kept here: the cache can only be read")
        self.later("tidy", TIDY_SECONDS, _tidy)

    def _open_first(self, session: Session) -> None:
        """Open on a list; where the cache is too damaged for it, on every article, and say so."""
        try:
            self.open_view(session.view, article=session.chosen)
            if session.story is not None:
                self.open_story_again(session.story, session.told)
        except CacheError as error:
            self.app.trouble(error)
            self.open_view(View("all"))

    # Keys.

    def take_key(self, event: events.Key) -> None:
        if not self.is_active:  # it was on its way here when a sheet opened: people type ahead
            event.stop()
            self.app.screen.post_message(events.Key(event.key, event.character))
            return
        if self.prompt is not None:
            if self.prompt.take(event.key, event.character):
                event.stop()
            return
        event.stop()
        event.prevent_default()
        key = event_name(event.key, event.character)
        if self.keyboard.ambiguous:
            self.not_later("number")
        if self._answered(key):
            return
        places = self.places
        waited = bool(self.keyboard.waiting)
        acts = self.keyboard.press(key, *places)
        for pressed in acts:
            self.say("")
            self.act(pressed.action, pressed.number)
        if not (acts or self.keyboard.waiting or key == "escape"):
            said = safe.line(shown(key), MOST_KEY_LETTERS)
            where = where_in_words(self.keyboard.places_of(key))
            does = f"works {where}" if where else "does nothing here"
            self.say(f"{said} {does}; {self.key_of('help')} lists every key")
        if self.keyboard.ambiguous:
            seconds = LINK_SECONDS if self.question else NUMBER_SECONDS
            self.later("number", seconds, self._number_stands)
        if waited or self.keyboard.waiting:
            self.show_footer()

    def _number_stands(self) -> None:
        """No key followed a number: it means what it is bound to, and counts nothing."""
        for pressed in self.keyboard.pause():
            self.say("")
            self.act(pressed.action, pressed.number)
        self.show_footer()

    def _answered(self, key: str) -> bool:
        """Give the key to the question that is put. A key it does not know lets it go, and is
        then an ordinary key, but for Esc."""
        question, self.question = self.question, None
        if question is None:
            return False
        self.say("")
        if question.left is not None:
            question.left()
        if key in question.answers:
            self.keyboard.forget()
            question.answers[key]()
            return True
        if key == "escape":
            self.keyboard.forget()
        return key == "escape"

    # Going about.

    def act_next_pane(self, count: int = 1) -> None:
        self._go_pane(count)

    def act_previous_pane(self, count: int = 1) -> None:
        self._go_pane(-count)

    def _go_pane(self, step: int) -> None:
        order = list(self.panes)
        self.go_to(order[(order.index(self.place) + step) % len(order)])

    def act_back(self) -> None:
        place = self.place
        if self.zen:
            self.act_zen()
        elif place is Place.SIMILAR:
            self.go_to(self._last_pane)
        elif place is Place.PAGE:
            self.go_to(Place.HEADLINES)
        elif self.view.kind == "query":
            self.leave_search()
        elif self.view.kind == "story" and place is Place.HEADLINES:
            self.leave_story()
        elif place is Place.HEADLINES:
            self.go_to(Place.SOURCES)
        else:
            self.say(f"{self.key_of('quit')} leaves broadsheet")

    def act_zen(self) -> None:
        self.zen = not self.zen
        self.go_to(Place.PAGE if self.zen else self.place)

    def act_help(self) -> None:
        self._open_sheet(palette=False)

    def act_palette(self) -> None:
        self._open_sheet(palette=True)

    def act_suspend(self) -> None:
        self.keep_place()
        self.app.action_suspend_process()

    def act_quit(self) -> None:
        self.leave()

    def leave(self, exit_code: int = 0) -> None:
        """Keep the place and end. The hands finish what they were given."""
        self.stop_waiting()
        self.keep_place()
        self.keep_session()
        self.intake.end()
        self.refresher.end()
        self.comparer.end()
        self.voice.silence()
        self.page_fetcher.end()
        self.picture_getter.end()
        self.app.exit(exit_code)

    def keep_session(self) -> None:
        """Write down which list, article and pane were open."""
        if self.library.readonly:
            return
        view, chosen, story, told = self.view, self.headlines.chosen, None, None
        if view.kind == "story":
            story, told = int(view.value or 0), chosen
            before = self.before_story
            view, chosen = (before.view, before.article) if before else (FRONT, None)
        if view.kind == "query":
            view = self._before.view if self._before else View("all")
            chosen = self._before.article if self._before else None
        session = Session(
            view=view,
            chosen=chosen,
            story=story,
            told=told,
            article=self.article.id if self.article else None,
            place=self.place,
        ).in_plain()
        newest = self.newest_shown

        def work(library: Library) -> None:
            library.keep_state("session", session)
            library.visited(newest)

        self.clerk.ask(work, topic="session")

    def rested(self) -> None:
        super().rested()
        self.later("session", reading.KEEP_SECONDS, self.keep_session)

    # Size.

    def on_resize(self, event: events.Resize) -> None:
        self.set_out(self.place)
        self.show_footer()

    def on_app_focus(self) -> None:
        """The reader is back: another program may have changed the cache meanwhile."""
        self.recount()

    def set_out(self, place: Place) -> None:
        width, height = self.app.size
        small = width < SMALLEST[0] or height < SMALLEST[1]
        if small:
            self._too_small.update(Content(f"too small:\n{width}×{height} of 20×5"[: width * 2]))
        if place in (Place.HEADLINES, Place.PAGE):
            self._last_pane = place
        if place is not Place.PAGE:
            self.zen = False
        shown = self._shown(place, width, height)
        self.nameplate.display = not small and height >= NAMEPLATE_FROM and width >= NARROW
        self.status.display = not small and self.prompt is None
        for name, pane in self.panes.items():
            if pane.display != (wanted := not small and name in shown):
                pane.display = wanted
                self.is_moving = True
        for each in self.every_list:
            if each is not self.headlines and each.display:
                each.display = False
        self._too_small.display = small
        self._article.display = bool(shown & {Place.PAGE, Place.SIMILAR})
        self._middle.display = bool(shown - {Place.SOURCES})
        self.set_class(not self._article.display, "list-alone")
        self.front.set_compact(self._article.display)
        self.timeline.set_compact(self._article.display)
        self.set_class(width < NARROW or self.layout_panes == "one", "narrow")
        if self.sizes:
            self.wear_sizes()

    def _shown(self, place: Place, width: int, height: int) -> set[Place]:
        """The panes that fit, the one with the keyboard among them."""
        if self.zen:
            return {Place.PAGE}
        if width < NARROW or self.layout_panes == "one":
            return {place}
        shown = {Place.HEADLINES, Place.PAGE}
        if width >= WIDE and self.layout_panes == "three":
            shown |= {Place.SOURCES, Place.SIMILAR}
        shown.add(place)
        if self.view.kind in ("front", "story") and place in (Place.HEADLINES, Place.SOURCES):
            shown -= {Place.PAGE, Place.SIMILAR}
        if height < SHORT and place in (Place.PAGE, Place.SIMILAR):
            shown.discard(Place.HEADLINES)
        return shown

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
        from reader.app.widgets.prompt import Prompt

        self.close_prompt()

        def finished(text: str) -> None:
            self.close_prompt()
            done(text)

        def abandoned() -> None:
            self.close_prompt()
            if left is not None:
                left()

        self.prompt = Prompt(
            label, value, hint, changed=changed, done=finished, left=abandoned, pasted=pasted
        )
        self.status.display = False
        self._prompted_from = self.place
        self.mount(self.prompt)

    def close_prompt(self) -> None:
        if self.prompt is None:
            return
        prompt, self.prompt = self.prompt, None
        self.status.display = True
        self.set_focus(self.panes[self._prompted_from], scroll_visible=False)
        prompt.remove()
        self.show_footer()

    def prompt_note(self, text: str) -> None:
        if self.prompt is not None:
            self.prompt.note(text)

    # Pages that are no article.

    def set_again(self) -> None:
        if self._welcome and self.article is None and self._wanted is None:
            self.page.show_lines(self.welcome_lines(self.page.line_cells))
        else:
            super().set_again()

    def is_there(self, article_id: ArticleId) -> bool:
        return bool(self.library.headlines([article_id]))

    def _open_sheet(self, *, palette: bool) -> None:
        from reader.app.screens.acts import Acts

        def chosen(name: str | None) -> None:
            if name is not None:
                self.act_by_name(name)

        self.app.push_screen(Acts(self.actions, palette=palette), chosen)

    def act_by_name(self, name: str) -> None:
        """Do what was chosen in the sheet of acts."""
        action = next(action for action in self.actions if action.name == name)
        if action.takes_number:
            self.act_ask_link()
        elif self.place in action.where or action.where <= {Place.FIND, Place.SELECT}:
            self.act(action)
        else:
            self.go_to(Place.PAGE if Place.PAGE in action.where else Place.HEADLINES)
            self.act(action)


def _tidy() -> None:
    """Collect garbage again, but never look through what the start has made."""
    gc.freeze()
    gc.enable()
