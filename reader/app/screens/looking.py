"""How the room looks, as the reader chooses it: theme, measure. What is chosen is remembered."""

from __future__ import annotations

from reader.app.screens.picturing import Picturing
from reader.config import NARROWEST_CELLS, WIDEST_CELLS

PANES = ("three", "two", "one")
"""How many panes stand side by side at most; in a narrow terminal fewer do."""
PANES_IN_WORDS = {
    "three": "Sources, headlines over the page, and what is similar",
    "two": "Headlines over the page; {tab} goes to the others",
    "one": "One pane at a time; {tab} goes to the others",
}


class Looking(Picturing):
    """Everything about the look."""

    def __init__(self, *args, **kwargs) -> None:  # type: ignore[no-untyped-def]
        super().__init__(*args, **kwargs)
        self.layout_panes = PANES[0]

    def act_theme(self) -> None:
        self.say(self.app.next_theme())
        self._keep_theme()

    def act_themes(self) -> None:
        from reader.app.screens.theming import Theming
        from reader.app.themes import BUILT_IN

        app = self.app
        own = set(app.palettes) - {palette.name for palette in BUILT_IN}

        def chosen(name: str | None) -> None:
            if name is not None:
                self.say(f"Theme {name}")
                self._keep_theme()

        app.push_screen(Theming(app.theme_names, app.theme_chosen, own), chosen)

    def _keep_theme(self) -> None:
        name = self.app.theme_chosen
        self.clerk.ask(lambda library: library.keep_state("theme", name))

    def act_density(self) -> None:
        roomy = not self.lists.roomy
        self.lists.set_again(roomy=roomy)
        self.say("Headlines with a line of their text" if roomy else "Headlines alone")
        self.clerk.ask(lambda library: library.keep_state("roomy", roomy))

    def act_layout(self) -> None:
        self.layout_panes = PANES[(PANES.index(self.layout_panes) + 1) % len(PANES)]
        panes = self.layout_panes
        self.set_out(self.place)
        self.say(PANES_IN_WORDS[panes].format(tab=self.key_of("next_pane")))
        self.clerk.ask(lambda library: library.keep_state("panes", panes))

    def wear_what_was_kept(self) -> None:
        """Look as the reader left the room."""
        kept = self.library.state
        measure = kept("measure_cells")
        if isinstance(measure, int):
            self.page.measure_cells = max(NARROWEST_CELLS, min(WIDEST_CELLS, measure))
        if kept("panes") in PANES:
            self.layout_panes = kept("panes")
        self.lists.columns = self.config.headline
        self.unfolded = self.timeline.unfolded = kept("unfolded") is True
        self.page.shows_news = kept("shows_news") is not False
        self.with_summary = kept("with_summary") is True
        self.lists.roomy = kept("roomy") is True

    def act_wider(self, count: int = 1) -> None:
        self._set_measure(self.page.measure_cells + 4 * count)

    def act_narrower(self, count: int = 1) -> None:
        self._set_measure(self.page.measure_cells - 4 * count)

    def _set_measure(self, cells: int) -> None:
        measure = max(NARROWEST_CELLS, min(WIDEST_CELLS, cells))
        self.page.measure_cells = measure
        self.set_again()
        shown = self.page.line_cells
        limit = "; the pane has no room for more" if shown < measure else ""
        self.say(f"Lines of {shown} characters{limit}")
        self.clerk.ask(lambda library: library.keep_state("measure_cells", measure))
