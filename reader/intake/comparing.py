"""What there was no time to compare, compared in a process of its own (`python -m` this module)."""

from __future__ import annotations

from reader import stories
from reader.store import Cache


def main() -> None:
    """Put all that is in no story yet into stories. Raises CacheError."""
    cache = Cache.open()
    try:
        stories.catch_up(cache)
        stories.respell(cache)
    finally:
        cache.close()


if __name__ == "__main__":
    main()
