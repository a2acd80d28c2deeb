"""The words that mailers write into letters, in the languages of `data/mail.toml`."""

import re
import tomllib
from functools import cache

from reader.paths import shipped


def is_answer(subject: str) -> bool:
    return _prefixed("answer").match(subject) is not None


def is_passed_on(subject: str) -> bool:
    return _prefixed("passed_on").match(subject) is not None


def without_passing_on(subject: str) -> str:
    """A subject without what mailers set before it when a letter is passed on."""
    while found := _prefixed("passed_on").match(subject):
        subject = subject[found.end() :]
    return subject


@cache
def labels() -> dict[str, str]:
    kinds = ("to", "sent", "from", "subject")
    return {word: kind for kind in kinds for words in _written()[kind].values() for word in words}


@cache
def markers() -> dict[str, str]:
    kinds = ("original", "forwarded")
    return {
        phrase: kind
        for kind in kinds
        for phrases in _written()[kind].values()
        for phrase in phrases
    }


@cache
def wrote() -> re.Pattern[str]:
    words = {word for words in _written()["wrote"].values() for word in words}
    spaced = sorted(word for word in words if word[0] < "\u2e80")
    solid = sorted(word for word in words if word[0] >= "\u2e80")
    return re.compile(
        rf"(?<!\w)(?:{'|'.join(map(re.escape, spaced))})(?!\w)|{'|'.join(solid)}", re.I
    )


@cache
def devices() -> tuple[str, ...]:
    return tuple(phrase for phrases in _written()["device"].values() for phrase in phrases)


@cache
def _prefixed(kind: str) -> re.Pattern[str]:
    """What mailers set before a subject; a count may stand with it: `Re[2]:`."""
    words = sorted({re.escape(word) for words in _written()[kind].values() for word in words})
    return re.compile(rf"\s*(?:{'|'.join(words)})(?:\s?[\[(]\d+[\])])?\s?[:：]\s*(?=\S)", re.I)


@cache
def _written() -> dict[str, dict[str, list[str]]]:
    with (shipped("data") / "mail.toml").open("rb") as file:
        return tomllib.load(file)
