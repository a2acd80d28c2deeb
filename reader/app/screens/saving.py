"""Saving: an article as a file for somebody who has no broadsheet, written by a child."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

from reader.app.child import Saver
from reader.app.screens.fetching import Fetching
from reader.model import ArticleId
from reader.text import safe

SUFFIXES = (".docx", ".pdf", ".epub", ".html", ".md")
"""How the name of a file says in which form it is to be; the first is offered."""


class Saving(Fetching):
    """Everything that writes an article to a file."""

    def __init__(self, *args, **kwargs) -> None:  # type: ignore[no-untyped-def]
        super().__init__(*args, **kwargs)
        self.saver = Saver(self.app_home())
        self._saved_as = Path("~", f"x{SUFFIXES[0]}")
        """The last file, whose folder and form are offered for the next."""
        self._saving: asyncio.Task[None] | None = None

    def act_save(self) -> None:
        if self.saver.running:
            self.say("Still writing a file; a moment")
            return
        article_id = self.current_id()
        if article_id is None:
            self.say("Choose an article to be saved")
            return
        name = safe.file_name(self.library.article(article_id).title, self._saved_as.suffix)
        offered = str(self._saved_as.with_name(name))
        self.open_prompt("Save as", offered, None, lambda typed: self._save_as(article_id, typed))
        self.prompt_note(" ".join(SUFFIXES))

    def _save_as(self, article_id: ArticleId, typed: str) -> None:
        if not typed.strip():
            return
        file = Path(typed.strip())
        place = Path(os.path.expanduser(file)).absolute()
        if place.suffix.lower() not in SUFFIXES:
            self.say(f"The end of the name says the form: {', '.join(SUFFIXES)}")
            return
        self._saved_as = file
        if not os.path.lexists(place):
            self._save(article_id, place)
            return
        self.ask(
            f"{safe.line(place.name)} is there already: y writes over it",
            {"y": lambda: self._save(article_id, place, force=True)},
        )

    def _save(self, article_id: ArticleId, file: Path, *, force: bool = False) -> None:
        self.say("Writing the file …")
        self._saving = asyncio.ensure_future(self._write(article_id, file, force=force))

    async def _write(self, article_id: ArticleId, file: Path, *, force: bool) -> None:
        try:
            outcome = await self.saver.save(article_id, file, force=force)
        except Exception as error:  # the room outlives its child, however that ended
            self.saver.end()
            self.app.trouble(error)
            return
        said = outcome.said.removeprefix("broadsheet: ")
        if outcome.exit_code == 0:
            said = f"Saved as {safe.line(str(file))}" + (f"; {said}" if said else "")
        self.call_next(self.say, said or "The file could not be written")
