"""How the room looks, as the reader chooses it: theme, measure. What is chosen is remembered."""

from __future__ import annotations

from reader.app.screens.refreshing import Refreshing
from reader.config import NARROWEST_CELLS, WIDEST_CELLS


class Looking(Refreshing):
    """Everything about the look."""

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

    def act_wider(self) -> None:
        self._set_measure(self.page.measure_cells + 4)

    def act_narrower(self) -> None:
        self._set_measure(self.page.measure_cells - 4)

    def _set_measure(self, cells: int) -> None:
        measure = max(NARROWEST_CELLS, min(WIDEST_CELLS, cells))
        self.page.measure_cells = measure
        self.set_again()
        shown = self.page.line_cells
        limit = "; the pane has no room for more" if shown < measure else ""
        self.say(f"Lines of {shown} characters{limit}")
        self.clerk.ask(lambda library: library.keep_state("measure_cells", measure))
