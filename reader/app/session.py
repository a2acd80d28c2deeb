"""Where a reader is in the room, and what is kept of that, so that they come back to it."""

from __future__ import annotations

from reader.app.actions import Place
from reader.app.widgets.sources import FRONT
from reader.model import ArticleId, View
from reader.noun import Noun

VIEW_KINDS = ("all", "unread", "today", "starred", "source", "folder", "front")
"""Of these lists the reader comes back to one; a search is asked anew."""


class Session(Noun):
    """The list that was open, the row chosen in it, the article on the page, and the pane with the
    keyboard."""

    view: View = FRONT
    chosen: ArticleId | None = None
    story: int | None = None
    """The story that was open as a timeline, over the list."""
    told: ArticleId | None = None
    """The article chosen in that."""
    article: ArticleId | None = None
    place: Place = Place.HEADLINES

    def in_plain(self) -> dict[str, object]:
        """As it is kept."""
        return {
            "view": [self.view.kind, self.view.value],
            "chosen": self.chosen,
            "story": self.story,
            "told": self.told,
            "article": self.article,
            "place": self.place.value,
        }


def understood(kept: object) -> Session:
    """What was kept of the last visit, as far as it can be understood."""
    if not isinstance(kept, dict):
        return Session()
    view, place = FRONT, Place.HEADLINES
    match kept.get("view"):
        case [str(kind), (str() | int() | None) as value] if kind in VIEW_KINDS:
            view = View(kind, value)
    if kept.get("place") in (Place.SOURCES, Place.PAGE):
        place = Place(kept["place"])
    numbers = {key: kept.get(key) for key in ("chosen", "told", "article")}
    ids = {key: ArticleId(id) for key, id in numbers.items() if isinstance(id, int)}
    story = kept.get("story")
    return Session(
        view=view,
        chosen=ids.get("chosen", ids.get("article")),
        story=story if isinstance(story, int) else None,
        told=ids.get("told"),
        article=ids.get("article"),
        place=place,
    )
