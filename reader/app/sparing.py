"""Drawing only what has changed.

Of every pane that touches the rectangle around all changes Textual asks all lines again: at a key
that changes two rows and the last line, the whole screen.
"""

from __future__ import annotations

from collections.abc import Iterable

from textual._compositor import ChopsUpdate, Compositor
from textual.geometry import Region
from textual.strip import Strip


class Sparing(Compositor):
    """Textual's compositor, asking each widget only for the lines that are to be sent."""

    _changed: tuple[Region, ...] = ()
    """What is to be drawn, while not all is."""

    def render_partial_update(self) -> ChopsUpdate | None:
        self._changed = tuple(self._dirty_regions)
        try:
            return super().render_partial_update()
        finally:
            self._changed = ()

    def _get_renders(
        self, crop: Region | None = None
    ) -> Iterable[tuple[Region, Region, list[Strip]]]:
        if crop is None or not self._changed:
            yield from super()._get_renders(crop)
            return
        for widget, (region, clip) in self.visible_widgets.items():
            shown = region.intersection(clip).intersection(crop)
            parts = [part for each in self._changed if (part := shown.intersection(each))]
            if not parts:
                continue
            top = min(part.y for part in parts)
            bottom = max(part.bottom for part in parts)
            x, width = max(region.x, clip.x), min(region.right, clip.right)
            lines = Region(x, top, width - x, bottom - top)
            yield lines, lines, widget.render_lines(lines.translate((-region.x, -region.y)))
