"""The text of a page that is only there as data, for a script to set: `<script type=…json>`."""

import json
import re
from collections.abc import Iterator
from typing import Any

from reader.clean.boxes import words_of

LEAST_WORDS = 50
LEAST_PARAGRAPHS = 2
"""A body has so many. Notices and translated labels, which such data also hold, are a line each."""
DATA_CAP = 2_000_000
"""Characters of data that are read."""
PARAGRAPH = re.compile(r"<p[\s>]|\n[ \t]*\n", re.IGNORECASE)


def body_in(root: Any) -> str | None:
    """The longest text of several paragraphs in the page's data, HTML or plain; None without."""
    texts = [text for data in _data_of(root) for text in _strings(data)]
    bodies = (text for text in texts if len(PARAGRAPH.findall(text)) >= LEAST_PARAGRAPHS)
    longest = max(bodies, key=len, default="")
    return longest if len(words_of(longest)) >= LEAST_WORDS else None


def _data_of(root: Any) -> Iterator[Any]:
    for script in root.iter("script"):
        kind = (script.get("type") or "").split(";")[0].strip().lower()
        text = script.text or ""
        if kind != "application/json" or len(text) > DATA_CAP:
            continue
        try:
            yield json.loads(text)
        except (ValueError, RecursionError):
            continue


def _strings(data: Any) -> Iterator[str]:
    waiting = [data]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            yield one
        elif isinstance(one, dict):
            waiting += one.values()
        elif isinstance(one, list):
            waiting += one
