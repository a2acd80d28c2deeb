"""The lines of a dump with what is known of each: its worth as prose, what it opens, whether it is
of a notice or of the whole site."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from reader.clean import facts, lines, openers, prose
from reader.clean.joins import LIST_MARK, Line, is_row, lines_of

LINE_COST = 4.0
"""What a line must earn here to speak for prose. Lower than the best for news alone, so that short
paragraphs of essays stay; found on halves of two corpora (tests/benchmarks/bench_dumps.py)."""
ITEM_WORTH = -1.0
"""What an item of a list is worth at least: it may be a word long."""
_ADDRESS = re.compile(
    r"\b(?:you|your|we|our|us|sie|ihre?[mnrs]?|ihnen|wir|uns|unser\w*|du|dein\w*|vous|votre|vos|"
    r"nous|notre|nos|usted|su|sus|tu|tus|nuestr\w*|você|seus?|suas?|noss\w*|tuo|tua|noi|nostr\w*|"
    r"je|jouw|uw|wij|onze|вы|вас|вам|ваш\w*|мы|нас|наш\w*)\b",
    re.I,
)
"""Notices speak to the reader, of the site."""
_YOU = re.compile(
    r"\b(?:you|your|sie|ihre?[mnrs]?|ihnen|du|dein\w*|dich|dir|vous|votre|vos|usted|su|sus|tu|tus|te|"
    r"você|seus?|suas?|tuo|tua|je|jouw|uw|u|вы|вас|вам|ваш\w*)\b|©",
    re.I,
)
COPIED_SHARE = (0.6, 0.9)
"""Shares of a page's prose on other pages above which they may be, and are, copies of it."""
COPY_WORDS = 120
"""Words of other prose that tell a page with long notices from an edited copy."""
FURNITURE_WORDS = 70
"""Longest notice about cookies and the like; a longer paragraph is about them."""
TOLD_WORDS = 25
"""A paragraph of so many words that says a word of furniture once, and nothing to its reader, tells
of something: `I cancelled every subscription that I had`."""
FACTS_LETTERS = 120
"""Letters of the longest line that is looked into for who and when, and nothing else."""
HEAD_LINES = 6
"""Lines at the top and above the prose among which its headline stands."""
TITLE_WORDS = 5
TOPIC_LINES = 3
TOPIC_SHARE = 0.4
"""How many sentences, and what share of a page's, speak of what it is about, not of the page."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The lines of a dump and what is known of each."""

    lines: list[Line]
    texts: list[str]
    worth: list[float]
    kinds: list[frozenset[str]]
    furniture: list[bool]
    repeated: list[bool]
    """Seen on other pages of the site."""


def read_sheet(parted: list[str], seen: Mapping[int, int]) -> Sheet:
    """The lines whole again, with their worth, what they open, and what the site repeats."""
    whole = lines_of(parted, _of_site(seen))
    texts = [line.text for line in whole]
    furniture = _furniture(texts)
    worth = [_worth(text, bad) for text, bad in zip(texts, furniture, strict=True)]
    kinds = [openers.kinds(text) or _of_a_share_bar(text) for text in texts]
    repeated = _repeated(whole, worth)
    return Sheet(whole, texts, worth, kinds, furniture, repeated)


def _of_a_share_bar(text: str) -> frozenset[str]:
    """`share`, if a line is several phrases of sharing and nothing else: `Share on WhatsApp`,
    `Share Print Comments (14)`."""
    found = openers.spelled(text)
    return frozenset({"share"}) if "share" in found <= {"share", "comments"} else frozenset()


def _worth(text: str, furniture: bool) -> float:
    worth = prose.worth(text) + prose.LINE_COST - LINE_COST
    if worth > 0 and len(text) < FACTS_LETTERS and _is_row_of_facts(text):
        return -prose.LINE_COST
    if LIST_MARK.match(text) or is_row(text):
        worth = max(worth, ITEM_WORTH)
    return min(worth, -prose.LINE_COST) if furniture else worth


def _is_row_of_facts(text: str) -> bool:
    """Whether a line says side by side who wrote it, when, and how long it takes to read."""
    return len(facts.pieces_of(text)) > 1 and facts.read_row(facts.Facts(), text)


def _is_furniture(text: str) -> bool:
    if prose.is_code(text):
        return True
    words = prose.word_count(text)
    if words >= FURNITURE_WORDS or not openers.is_furniture(text):
        return False
    is_told_of = words >= TOLD_WORDS and prose.ends_sentence(text) and not _YOU.search(text)
    return not (is_told_of and openers.is_furniture_once(text))


def _furniture(texts: Sequence[str]) -> list[bool]:
    """Which lines are of notices and forms. Where much of the prose speaks of cookies or of
    newsletters, not to its reader, and under a headline that does, they are what it is about."""
    found = [_is_furniture(text) for text in texts]
    reads = [
        at for at, text in enumerate(texts)
        if prose.worth(text) > 0 and prose.ends_sentence(text)
    ]  # fmt: skip
    told = [at for at in reads if found[at] and not _ADDRESS.search(texts[at])]
    if len(told) >= TOPIC_LINES and len(told) > TOPIC_SHARE * len(reads):
        above = [*texts[:HEAD_LINES], *texts[max(0, reads[0] - HEAD_LINES) : reads[0]]]
        if any(map(_is_headline_on_them, above)):
            for at in told:
                found[at] = prose.is_code(texts[at])
    return found


def _is_headline_on_them(text: str) -> bool:
    words = prose.word_count(text)
    return (
        TITLE_WORDS <= words <= 20
        and openers.is_furniture(text)
        and not prose.ends_sentence(text)
        and not _ADDRESS.search(text)
    )


def _of_site(seen: Mapping[int, int]) -> Callable[[str], bool] | None:
    """Whether other pages of the site hold a line, or its like with other numbers."""
    if not seen:
        return None

    def repeats(text: str) -> bool:
        text = text.replace("\t", " ")
        if seen.get(lines.line_print(text), 0) >= 1:
            return True
        shape = lines.shape_print(text)
        return shape is not None and seen.get(shape, 0) >= 1 and _worth(text, False) <= 0

    return repeats


def _repeated(whole: Sequence[Line], worth: Sequence[float]) -> list[bool]:
    found = [2 * line.again > len(line.text) for line in whole]
    reads = [
        (line.text, again)
        for line, value, again in zip(whole, worth, found, strict=True)
        if value > 0
    ]
    letters = sum(len(text) for text, _ in reads)
    lost = sum(len(text) for text, again in reads if again)
    left = sum(prose.word_count(text) for text, again in reads if not again)
    perhaps, surely = COPIED_SHARE
    # Most of the prose on another page, too: that page is a copy of this one, not its neighbour.
    copied = lost > surely * letters or (lost > perhaps * letters and left < COPY_WORDS)
    return [False] * len(whole) if copied else found
