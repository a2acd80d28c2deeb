"""The reading room: the full-screen front, by keyboard first.

Promises: a key is answered from memory or one small query, never by the network; foreign text
is drawn as text; what a person was reading is found again. `run` is the only way in.
"""

import gc
import os
from pathlib import Path


def run(library_path: Path | None = None, open_id: int | None = None) -> int:
    """Open the reading room, on one article if given, until the reader leaves. Returns the exit
    code. Raises CacheError before the screen is touched if the cache cannot be used."""
    prepare_environment()
    gc.disable()  # until the first page stands: what a start makes stays, so looking is in vain
    from reader.app.app import Broadsheet

    return Broadsheet(library_path, open_id).read()


def prepare_environment() -> None:
    """Settle what Textual reads once, when it is imported; the person's own settings win."""
    set_default = os.environ.setdefault
    set_default("ESCDELAY", "25")  # a lone Esc should not wait the 100 ms Textual gives it
    set_default("TEXTUAL_ANIMATIONS", "none")
    set_default("TEXTUAL_SMOOTH_SCROLL", "0")
    if "SSH_CONNECTION" not in os.environ:
        # A key within a frame of the last waits for the next one: 28 ms at 60 frames a second,
        # 17 at 120, for 18 % more CPU while keys pour in. Over a network the calmer 60 stays.
        set_default("TEXTUAL_FPS", "120")
