"""What of a letter's lines is the letter: greeting, text and signature, without what a mailer sets
around them.

A page is mostly furniture, and short lines at its ends are taken for it. A letter has none, or, if
it went to many, some above and below that tells itself: `Unsubscribe`, `View in browser`.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from reader.clean import openers, prose
from reader.clean.boxes import words_of
from reader.noun import Noun

BARRED = openers.ENDING | {"advert", "footer"}
HEAD_LINES = 6
"""Lines at the top of a page that is a letter among which its title stands again."""
ABOVE, BELOW = 2, 8
"""Lines at the ends of a letter among which its furniture stands."""
MANY_BARRED = 5
"""So many links that lead elsewhere are of a letter to many, whatever language it is in."""
TEXT_SHARE = 2 / 3
"""Share of the words above the foot of a letter to many, at least."""
TITLE_WORDS = 3
"""Words of the shortest link above the text that is its title, and no way to the shop."""
GREETING_LINES = 3
SIGNATURE_LINES = 6
LINE_WORDS = 8
"""No line of a greeting or a signature is longer."""
GREETS = re.compile(r"[,!:،，！：]$")
ADDRESS_LINES = 4
RULE_CHARS = 5
"""A line of so many strokes parts; the two of `-- ` are before a signature (RFC 3676 §4.3)."""
LINKED = 2 / 3
ADDRESS = re.compile(r"https?://|www\.|\S+@\S+\.\w")


class Lines(Noun):
    """The lines of a letter and what is known of them."""

    texts: tuple[str, ...]
    kept: frozenset[int]
    """Numbers of those that read as its text."""
    barred: tuple[bool, ...]
    """Of the mailer, or leading elsewhere."""
    headings: frozenset[int] = frozenset()
    leads: frozenset[int] = frozenset()
    """Nothing but a link, to where no other line leads: a button below a piece of news."""


def is_barred(text: str, linked: float = 0.0) -> bool:
    """Whether a line is of the mailer or leads elsewhere; the bare address in a letter is not."""
    if openers.is_mailers(text) or (linked > LINKED and not ADDRESS.match(text)):
        return True
    if prose.ends_sentence(text):
        return False  # `Please sign up by Friday.` is said to a reader, not by a form
    opened = openers.kinds(text) | openers.spelled(text)
    return openers.is_furniture(text) or bool(opened & BARRED)


def letter_of(letter: Lines, *named: str | None) -> set[int]:
    """Numbers of the lines that are the letter, without those in its head that say again what it is
    `named`: its title, who sent it."""
    texts, barred = letter.texts, letter.barred
    names = [words_of(name) for name in named if name]
    said = [at for at, text in enumerate(texts) if prose.word_count(text)]
    in_head = said[:ABOVE] if not letter.headings else said[:HEAD_LINES]
    own = [at for at in said if not (at in in_head and words_of(texts[at]) in names)]
    ends = (*said[:ABOVE], *said[-BELOW:])
    if sum(barred) < MANY_BARRED and not any(openers.is_mailers(texts[at]) for at in ends):
        return set(own)
    within = sorted(at for at in letter.kept if not barred[at])
    reads = [at for at in within if prose.worth(texts[at]) > 0] or within
    if not reads:
        return set(letter.kept)
    begin, end = reads[0], _last(texts, reads)
    reads = [at for at in reads if at <= end]
    shown = letter.headings | letter.leads
    between = {
        at
        for at in own
        if begin < at < end and (at in shown or (not barred[at] and _is_prose(texts[at])))
    }
    greeting = _greeting(texts, [at for at in own if at < begin], barred)
    # A heading over the greeting is the name of the newsletter, over the text it is the text's.
    over = max((at for at in own if at < begin), default=-1)
    is_title = over in letter.headings or (
        over in letter.leads and prose.word_count(texts[over]) >= TITLE_WORDS
    )
    above = greeting or ({over} if is_title else set())
    below = _signature(letter, end)
    text = {at for at in letter.kept if at <= end and not (barred[at] and at not in shown)}
    return (text | between | above | below) & set(own)


def _last(texts: Sequence[str], reads: Sequence[int]) -> int:
    """The last line that reads as text above the mailer's own below most of it."""
    total = sum(prose.word_count(texts[at]) for at in reads)
    passed = 0
    for at, after in pairwise(reads):
        passed += prose.word_count(texts[at])
        between = texts[at + 1 : after]
        if passed >= TEXT_SHARE * total and any(map(openers.is_mailers, between)):
            return at
    return reads[-1]


def _is_prose(text: str) -> bool:
    return prose.ends_sentence(text) and prose.worth(text) > 0


def _greeting(texts: Sequence[str], above: Sequence[int], barred: Sequence[bool]) -> set[int]:
    """The lines right above the text, up to the farthest that ends as a greeting does."""
    found: list[int] = []
    greets = 0
    for at in reversed(above[-GREETING_LINES:]):
        if barred[at] or prose.word_count(texts[at]) > LINE_WORDS:
            break
        found.append(at)
        if GREETS.search(texts[at]):
            greets = len(found)
    return set(found[:greets])


def _signature(letter: Lines, end: int) -> set[int]:
    """The lines right below the text, down to the first that is furniture or an address."""
    texts, kept, barred = letter.texts, letter.kept, letter.barred
    found: set[int] = set()
    for at in range(end + 1, len(texts)):
        words = prose.word_count(texts[at])
        is_note_mark = words <= 1 and any(map(str.isdigit, texts[at]))
        if (at == end + 1 or is_note_mark) and barred[at] and not openers.is_mailers(texts[at]):
            found |= {at} & letter.leads
            continue  # `Read more` below the last piece of news
        if barred[at] or (not words and len(texts[at]) >= RULE_CHARS):
            break
        has_number = any(map(str.isdigit, texts[at]))
        if has_number and not _is_prose(texts[at]) and _is_footer(texts, at):
            break
        short = words <= LINE_WORDS and not has_number
        of_it = _is_prose(texts[at]) or (short and len(found) < SIGNATURE_LINES)
        if at not in kept and not of_it:
            break
        if words:
            found.add(at)
    return found


def _is_footer(texts: Sequence[str], at: int) -> bool:
    """Whether a mailer's line follows within the lines that an address has."""
    said = [text for text in texts[at:] if prose.word_count(text)][: ADDRESS_LINES + 1]
    mailers = next((n for n, text in enumerate(said) if openers.is_mailers(text)), None)
    return mailers is not None and not any(map(_is_prose, said[:mailers]))
