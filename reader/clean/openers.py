"""The words with which parts of a page open: related articles, comments, sharing, dates, names.

The vocabulary is `data/openers.toml`, by what it opens and by language; languages are not told
apart in use, since one page mixes them (an English menu over a German text). One phrase may open
several things: `Text` is a by-line in German and nothing in English.
"""

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from reader.clean.boxes import words_of
from reader.clean.lines import normal
from reader.paths import shipped

ENDING = frozenset({"related", "comments", "share", "newsletter", "tags", "section", "authors"})
"""What stands after an article, never inside it."""
LONGEST_WORDS = 12
"""Words of the longest line that may be an opener."""

_COUNTS = re.compile(r"[(\[]?\d+[)\]]?")
_APART = re.compile(r"\s*[|·•]\s*|:?\s*<?https?://\S*")
_EDGES = re.compile(r"^[\W_]+|[\W_]+$")
_LABEL = re.compile(r"^([^:：]{1,40})[:：](?!(?<=\d.)\d)\s*(.*)$", re.S)
"""A clock's colon (`Cached on 11 February, 17:05`) parts no label from its value."""


class Labelled(NamedTuple):
    """A line that says what it is and then gives it: `Filed under: Europe`."""

    kinds: frozenset[str]
    value: str


def kinds(line: str) -> frozenset[str]:
    """What a line that stands alone opens; empty for any other line."""
    if len(line) > 100 or line.count(" ") >= LONGEST_WORDS:
        return frozenset()
    return vocabulary().get(bare(line), frozenset())


def spelled(line: str) -> frozenset[str]:
    """What a line opens that is nothing but several phrases in a row: `Share Tweet Print`."""
    words = bare(line).split()
    if len(line) > 100 or not 1 < len(words) <= LONGEST_WORDS:
        return frozenset()
    known = vocabulary()
    reached: dict[int, frozenset[str]] = {0: frozenset()}
    for start in range(len(words)):
        if start in reached:
            for end in range(start + 1, min(start + 6, len(words)) + 1):
                if found := known.get(" ".join(words[start:end])):
                    reached.setdefault(end, reached[start] | found)
    return reached.get(len(words), frozenset())


def labelled(line: str) -> Labelled | None:
    """The kinds before a colon, and what follows it on the line."""
    if (parts := _LABEL.match(line)) and (known := kinds(parts[1])) and parts[2]:
        return Labelled(known, parts[2].strip())
    return None


def after(line: str, wanted: str) -> str | None:
    """What follows a phrase of that kind at the start of a line, with or without a colon."""
    if (told := labelled(line)) and wanted in told.kinds:
        return told.value
    words = line.split(" ")
    for count in range(min(4, len(words) - 1), 0, -1):
        # A count is no part of the phrase: it may be the date that the phrase speaks of.
        counts = any(map(str.isdigit, words[count - 1]))
        if not counts and wanted in kinds(" ".join(words[:count])):
            return " ".join(words[count:]).strip()
    for mark in ("/", "／", "|", "｜"):
        head, found, rest = line.partition(mark)
        if found and wanted in kinds(head) and rest.strip():
            return rest.strip()
    return None


def mentions_copy(words: Sequence[str]) -> bool:
    """Whether a phrase for a copy that is kept, or for its export, stands anywhere among the words,
    folded."""
    known = _copied()
    if known.keys().isdisjoint(words):
        return False
    return any(
        tuple(words[at : at + len(phrase)]) == phrase
        for at, word in enumerate(words)
        for phrase in known.get(word, ())
    )


def is_furniture(line: str) -> bool:
    """Whether the line speaks of cookies, copyright, accounts and the like."""
    return bool(_anywhere("furniture").search(normal(line)[:600]))


def is_furniture_once(line: str) -> bool:
    """Whether only one word of the line is of that kind."""
    return len(_anywhere("furniture").findall(normal(line)[:600])) == 1


def goes_on(line: str) -> bool:
    """Whether a short line says that the article goes on below: `Text continues below the ad`."""
    if len(line) > 100 or line.count(" ") >= LONGEST_WORDS:
        return False
    return bool(_anywhere("goes_on").search(normal(line)))


def is_mailers(line: str) -> bool:
    """Whether the line is one that a mailer writes around a letter to many: `Unsubscribe`."""
    if _anywhere("mailer").search(normal(line)[:600]):
        return True
    parts = [bare(part) for part in _APART.split(line[:200])]
    return all(part in _mailer_lines() for part in parts if part) and any(parts)


def of_a_post(line: str) -> str | None:
    """What a line says of a post of a thread or lets do with it, without its number or day; None
    for any other: `Posts: 12` is `posts`, `Quote Report` itself."""
    known = _of_posts()
    label = bare(line.partition(":")[0])
    value = line.partition(":")[2]
    if label in known and (not value or any(map(str.isdigit, value))):
        return label
    words = bare(line)
    return words if words and all(word in known for word in words.split()) else None


def bare(line: str) -> str:
    """A line without its counts, arrows and closing colon, in its normal form."""
    words = _COUNTS.sub(" ", normal(line).replace("’", "'"))
    return " ".join(_EDGES.sub("", words).split())


@cache
def vocabulary() -> dict[str, frozenset[str]]:
    """Every phrase, bare, with what it opens."""
    opens: dict[str, set[str]] = {}
    for kind, languages in _written().items():
        if kind not in ("furniture", "goes_on", "mailer", "mailer_line", "post", "section_names"):
            for phrases in languages.values():
                for phrase in phrases:
                    opens.setdefault(bare(phrase), set()).add(kind)
    return {phrase: frozenset(found) for phrase, found in opens.items()}


@cache
def section_names() -> frozenset[str]:
    """Words that name sections in papers everywhere: `News`, `Wirtschaft`."""
    return frozenset(n for names in _written()["section_names"].values() for n in names)


@cache
def _of_posts() -> frozenset[str]:
    return frozenset(bare(phrase) for phrases in _written()["post"].values() for phrase in phrases)


@cache
def _mailer_lines() -> frozenset[str]:
    return frozenset(bare(phrase) for ps in _written()["mailer_line"].values() for phrase in ps)


@cache
def _copied() -> dict[str, frozenset[tuple[str, ...]]]:
    """The phrases for a copy and for its export, in words, by their first."""
    found: dict[str, set[tuple[str, ...]]] = {}
    kinds = _written()
    for phrases in (*kinds["cached"].values(), *kinds["export"].values()):
        for words in map(words_of, phrases):
            found.setdefault(words[0], set()).add(tuple(words))
    return {first: frozenset(phrases) for first, phrases in found.items()}


@cache
def _anywhere(kind: str) -> re.Pattern[str]:
    """Any of the phrases of a kind that tell a line wherever they stand in it."""
    phrases = {normal(p) for ps in _written()[kind].values() for p in ps}
    spaced = sorted(p for p in phrases if p[0] < "\u2e80")
    solid = sorted(p for p in phrases if p[0] >= "\u2e80")
    words = rf"\b(?:{'|'.join(map(re.escape, spaced))})\b"
    signs = [] if kind == "goes_on" else ["©"]
    return re.compile("|".join([*signs, words, *solid]))


@cache
def _written() -> dict[str, dict[str, list[str]]]:
    with (shipped("data") / "openers.toml").open("rb") as file:
        return tomllib.load(file)
