"""What a site asks of programs that visit on their own account (RFC 9309).

Only for pages that nobody asked for one by one: a person who subscribes to a feed has asked.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from urllib.robotparser import RobotFileParser

from reader.errors import FetchError, FetchLater
from reader.fetch.addresses import target
from reader.fetch.answers import Answer

NAME = "broadsheet"
LARGEST_BYTES = 500_000
"""RFC 9309 §2.5: at least 500 kibibytes are to be read."""


class Robots:
    """The rules of the sites met in one run, each asked for once."""

    def __init__(self, ask: Callable[[str], Answer]) -> None:
        self._ask = ask
        self._rules: dict[str, RobotFileParser | FetchLater] = {}
        self._reading = threading.Lock()

    def allow(self, url: str) -> bool:
        """May a program fetch this address of its own accord?

        Raises FetchError for no address, and FetchLater while the rules are not to be had: that is
        a no for the time being (RFC 9309 §2.3.1.4).
        """
        at = target(url)
        root = f"{at.scheme}://{at.authority}"
        with self._reading:
            rules = self._rules.get(root)
            if rules is None:
                rules = self._rules[root] = self._read(root)
        if isinstance(rules, FetchLater):
            raise rules
        return rules.can_fetch(NAME, at.url)

    def _read(self, root: str) -> RobotFileParser | FetchLater:
        try:
            answer = self._ask(f"{root}/robots.txt")
        except FetchLater as failure:
            return failure
        except FetchError:
            return _rules([])
        if answer.status == 200:
            return _rules(answer.body[:LARGEST_BYTES].decode("utf-8", "replace").splitlines())
        if answer.status >= 500 or answer.status == 429:
            cause = f"whether programs may fetch it (robots.txt) is not told now ({answer.status})"
            return FetchLater(answer.url, cause)
        return _rules([])


def _rules(lines: list[str]) -> RobotFileParser:
    rules = RobotFileParser()
    rules.parse(lines)
    return rules
