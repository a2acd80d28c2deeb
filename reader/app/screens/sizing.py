"""The sizes of the panes: borders are dragged, or moved by keys, and stay where they are put."""

from __future__ import annotations

from collections.abc import Set

from textual import events
from textual.widget import Widget

from reader.app.actions import Place
from reader.app.screens.speaking import Speaking
from reader.app.widgets.status import Status

SIZES = "pane_sizes"
"""Under this they are kept: columns of `sources` and `similar`, lines of `headlines`; and by `OF`
and its name, of how many that a terminal had."""
OF = "of "
STEPS = {"sources": 2, "similar": 2, "headlines": 1}
LEAST = {"sources": 12, "similar": 16, "headlines": 3}
USUAL = {"sources": 27, "similar": 31}
"""Columns of the style sheet."""
PAGE_CELLS, PAGE_LINES = 40, 8
"""What is always left to the page."""


class Sizing(Speaking):
    """Everything about the sizes of panes, and what else the mouse does to the room itself."""

    def __init__(self, *args, **kwargs) -> None:  # type: ignore[no-untyped-def]
        super().__init__(*args, **kwargs)
        self.sizes: dict[str, int] = {}
        """What the reader chose; a pane that is not here has the size of the style sheet."""
        self._chosen_in: dict[str, int] = {}
        """How wide, or high, the terminal was then."""
        self._dragged: str | None = None

    def wear_what_was_kept(self) -> None:
        super().wear_what_was_kept()
        kept = self.library.state(SIZES)
        kept = kept if isinstance(kept, dict) else {}
        numbers = {k: v for k, v in kept.items() if type(v) is int and v > 0}
        self.sizes = {name: numbers[name] for name in STEPS if name in numbers}
        self._chosen_in = {name: numbers[OF + name] for name in STEPS if OF + name in numbers}

    def wear_again(self, changed: Set[str]) -> None:
        super().wear_again(changed)
        self.wear_sizes()

    def act_larger(self, count: int = 1) -> None:
        self._resize(count)

    def act_smaller(self, count: int = 1) -> None:
        self._resize(-count)

    def wear_sizes(self) -> None:
        """Give the panes the sizes that were chosen, as far as the terminal has room."""
        alone = self.has_class("list-alone")
        for name in STEPS:
            size, least, most = self._size_of(name), LEAST[name], self._most(name)
            free = (alone if name == "headlines" else self.has_class("narrow")) or most < least
            wanted = None if free or size is None else max(least, min(size, most))
            for pane in self._panes_of(name):
                if name == "headlines":
                    if _cells(pane.styles.inline.height) != wanted:
                        pane.styles.height = wanted
                elif _cells(pane.styles.inline.width) != wanted:
                    pane.styles.width = wanted

    # The mouse.

    def on_mouse_down(self, event: events.MouseDown) -> None:
        self._dragged = self._border_at(event.screen_x, event.screen_y)
        if self._dragged is not None:
            self._panes_of(self._dragged)[0].capture_mouse()
            event.stop()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        if self._dragged is None:
            return
        region = self._shown_pane(self._dragged).region
        size = {
            "sources": event.screen_x - region.x + 1,
            "similar": region.right - event.screen_x,
            "headlines": event.screen_y - region.y + 1,
        }[self._dragged]
        self._set_size(self._dragged, size)

    def on_mouse_up(self, event: events.MouseUp) -> None:
        dragged, self._dragged = self._dragged, None
        if dragged is not None:
            self._panes_of(dragged)[0].release_mouse()
            self._keep_size(dragged)

    def on_click(self, event: events.Click) -> None:
        """A click may have given another pane the keyboard."""
        if self.prompt is None:
            self.call_next(self.show_footer)

    def on_status_chosen(self, message: Status.Chosen) -> None:
        message.stop()
        if message.act:
            self.act_by_name(message.act)
        else:
            self.say("")

    def _border_at(self, x: int, y: int) -> str | None:
        """The pane whose border to the next one is there."""
        if self.has_class("narrow"):
            return None
        sources, similar = self.sources.region, self.similar.region
        lists = self.headlines.region
        if self.sources.display and x == sources.right - 1 and sources.y <= y < sources.bottom:
            return "sources"
        if self.similar.display and x == similar.x and similar.y <= y < similar.bottom:
            return "similar"
        among = lists.x <= x < lists.right and not self.has_class("list-alone")
        return "headlines" if self.headlines.display and among and y == lists.bottom - 1 else None

    # Sizes.

    def _resize(self, count: int) -> None:
        """Make the pane with the keyboard larger; the page by making the list above it smaller."""
        place = self.place
        name = "headlines" if place is Place.PAGE else str(place)
        alone = self.has_class("list-alone") if name == "headlines" else self.has_class("narrow")
        if alone or not self._shown_pane(name).display:
            self.say("This pane has all the room there is")
            return
        now = self._shown_pane(name).outer_size
        size = now.height if name == "headlines" else now.width
        self._set_size(name, size + (-count if place is Place.PAGE else count) * STEPS[name])
        self._keep_size(name)

    def _set_size(self, name: str, size: int) -> None:
        self.sizes[name] = max(LEAST[name], min(size, max(LEAST[name], self._most(name))))
        self._chosen_in[name] = self._extent(name)
        self.wear_sizes()

    def _size_of(self, name: str) -> int | None:
        """What was chosen; in a smaller terminal the same share of it, but no less than usual."""
        size, extent = self.sizes.get(name), self._extent(name)
        if size is None or extent >= (then := self._chosen_in.get(name, extent)):
            return size
        return max(min(size, USUAL.get(name, 0)), size * extent // then)

    def _extent(self, name: str) -> int:
        """The columns of the terminal that panes share, or its lines."""
        return self.app.size.height if name == "headlines" else self.app.size.width

    def _keep_size(self, name: str) -> None:
        unit = "lines" if name == "headlines" else "columns"
        said = f"{name.capitalize()}: {self.sizes[name]} {unit}"
        self.choose(SIZES, self.sizes | {OF + k: v for k, v in self._chosen_in.items()}, said)

    def _most(self, name: str) -> int:
        """So large that the page keeps its least."""
        width, height = self.app.size
        if name == "headlines":
            return height - PAGE_LINES - (3 if self.nameplate.display else 1)
        other = self.similar if name == "sources" else self.sources
        return width - PAGE_CELLS - (other.outer_size.width if other.display else 0)

    def _panes_of(self, name: str) -> tuple[Widget, ...]:
        if name == "headlines":
            return self.every_list
        return (self.sources,) if name == "sources" else (self.similar,)

    def _shown_pane(self, name: str) -> Widget:
        return self.headlines if name == "headlines" else self._panes_of(name)[0]


def _cells(scalar: object) -> int | None:
    """The cells that a style sets, None if it sets none."""
    cells = getattr(scalar, "cells", None)
    return int(cells) if cells is not None else None
