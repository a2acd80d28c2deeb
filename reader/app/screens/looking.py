"""How the room looks, as the reader chooses it: theme, measure. What is chosen is remembered."""

from __future__ import annotations

from collections.abc import Set

from reader.app.screens.base import NARROW, WIDE
from reader.app.screens.picturing import Picturing
from reader.app.widgets.headlines import NARROW as NARROW_LIST
from reader.config import NARROWEST_CELLS, WIDEST_CELLS

PANES = ("three", "two", "one")
"""How many panes stand side by side at most; in a narrow terminal fewer do."""
PANES_IN_WORDS = {
    "three": "Sources, headlines over the page, and what is similar",
    "two": "Headlines over the page; {tab} goes to the others",
    "one": "One pane at a time; {tab} goes to the others",
}

NEEDED_CELLS = {"three": WIDE, "two": NARROW, "one": 0}
"""Columns of a terminal in which so many panes stand side by side."""


class Looking(Picturing):
    """Everything about the look."""

    def __init__(self, *args, **kwargs) -> None:  # type: ignore[no-untyped-def]
        super().__init__(*args, **kwargs)
        self.layout_panes = PANES[0]

    def act_theme(self) -> None:
        before = self.app.theme_chosen
        self._keep_theme(self.app.next_theme(), before)

    def act_themes(self) -> None:
        from reader.app.screens.theming import Theming
        from reader.app.themes import BUILT_IN

        app, before = self.app, self.app.theme_chosen
        own = set(app.palettes) - {palette.name for palette in BUILT_IN}

        def chosen(name: str | None) -> None:
            self.say("")
            if name is not None:
                self._keep_theme(f"Theme {name}", before)

        self.say("Enter keeps this theme; Esc does not")
        app.push_screen(Theming(app.theme_names, before, own), chosen)

    def _keep_theme(self, sentence: str, before: str) -> None:
        self.choose("theme", self.app.theme_chosen, sentence, before)

    def act_density(self) -> None:
        roomy = not self.lists.roomy
        self.lists.set_again(roomy=roomy)
        said = "Headlines with a line of their text" if roomy else "Headlines alone"
        narrow = 0 < self.lists.size.width < NARROW_LIST
        self.choose("roomy", roomy, f"{said}, where the list is wider" if narrow else said)

    def act_layout(self) -> None:
        self.layout_panes = PANES[(PANES.index(self.layout_panes) + 1) % len(PANES)]
        panes = self.layout_panes
        self.set_out(self.place)
        said = PANES_IN_WORDS[panes].format(tab=self.key_of("next_pane"))
        if self.app.size.width < NEEDED_CELLS[panes]:
            said = f"{said}, where the terminal is wider"
        self.choose("panes", panes, said)

    def wear_what_was_kept(self) -> None:
        """Look as the reader left the room."""
        kept = self.library.state
        measure = kept("measure_cells")
        measure = measure if isinstance(measure, int) else self.config.measure_cells
        self.page.measure_cells = max(NARROWEST_CELLS, min(WIDEST_CELLS, measure))
        self.layout_panes = kept("panes") if kept("panes") in PANES else PANES[0]
        self.lists.columns = self.config.headline
        self.unfolded = self.timeline.unfolded = kept("unfolded") is True
        self.page.shows_news = kept("shows_news") is not False
        self.with_summary = kept("with_summary") is True
        self.lists.roomy = kept("roomy") is True

    def wear_again(self, changed: Set[str]) -> None:
        super().wear_again(changed)
        if "theme" in changed:  # else the one of the settings holds, whatever was chosen once
            self.app.wear_theme_kept()
        self.wear_what_was_kept()
        self.lists.set_again(roomy=self.lists.roomy)
        self.timeline.unfold(self.unfolded)
        self.galleys.forget()
        self.set_out(self.place)
        self.set_again()

    def act_wider(self, count: int = 1) -> None:
        self._set_measure(self.page.measure_cells + 4 * count)

    def act_narrower(self, count: int = 1) -> None:
        self._set_measure(self.page.measure_cells - 4 * count)

    def _set_measure(self, cells: int) -> None:
        measure = max(NARROWEST_CELLS, min(WIDEST_CELLS, cells))
        self.page.measure_cells = measure
        self.set_again()
        shown = self.page.line_cells if self.page.display else measure
        limit = "; the pane has no room for more" if shown < measure else ""
        self.choose("measure_cells", measure, f"Lines of {shown} characters{limit}")
