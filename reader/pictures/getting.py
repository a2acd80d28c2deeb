"""The child of the reading room that gets pictures: addresses on stdin, one JSON line for each.

Told is `{"urls": […], "source": {"url", "added_as"} or null}`. Only from the host and port of a
source that the person gave may a picture come though they are private. Said is for each `url`
either `width`, `height` and `rgb`, or `cause`.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from typing import Any

from reader import confined
from reader.errors import FetchError
from reader.fetch.addresses import is_typed, target
from reader.fetch.client import Manner, Visit

MOST = 12
"""Pictures of one article."""
MOST_BYTES = 10_000_000
SECONDS = 20.0
"""For one picture, redirects and all."""
AT_ONCE = 2
CPU_SECONDS = 6.0
WANTED = "image/webp, image/png, image/jpeg, image/gif;q=0.9"
NO_LIBRARY = "Pictures need Pillow: pip install 'broadsheet[pictures]'"


def pictures(urls: list[str], source: dict[str, Any] | None) -> Iterator[dict[str, Any]]:
    """What came of each address, in their order."""
    pool = confined.Pool("reader.pictures.decoding", 1)
    manner = Manner(accept=WANTED, most_bytes=MOST_BYTES, seconds=SECONDS, near=_near(source))
    try:
        with ThreadPoolExecutor(AT_ONCE) as threads:
            yield from threads.map(lambda url: _picture(url, manner, pool), urls[:MOST])
    finally:
        pool.close()


def _picture(url: str, manner: Manner, pool: confined.Pool) -> dict[str, Any]:
    try:
        document = Visit(url, typed=False, manner=manner).document()
    except FetchError as error:
        return {"url": url, "cause": str(error.args[1])}
    answer, cause = pool.ask(document, {}, CPU_SECONDS)
    return {**(answer or {"cause": cause}), "url": url}


def _near(source: dict[str, Any] | None) -> tuple[str, int] | None:
    """The host and port that may be private, for the person gave them."""
    url = str((source or {}).get("url") or "")
    try:
        at = target(url).origin if "://" in url else None
    except FetchError:
        return None
    return at if source and is_typed(url, source.get("added_as")) else None


def main() -> int:
    """Answer what is told on stdin; the exit code."""
    if find_spec("PIL") is None:
        print(NO_LIBRARY, file=sys.stderr)
        return 1
    told = json.load(sys.stdin)
    for record in pictures(told["urls"], told["source"]):
        print(json.dumps(record), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
