"""What of a letter's lines is the letter: greeting, text and signature, without what a mailer sets
around them.

A page is mostly furniture, and short lines at its ends are taken for it. A letter has none, or, if
it went to many, some above and below that tells itself: `Unsubscribe`, `View in browser`.
"""

import re
from collections.abc import Sequence

from reader.clean import openers, prose
from reader.clean.lines import normal

BARRED = openers.ENDING | {"advert", "footer"}
ABOVE, BELOW = 2, 8
"""Lines at the ends of a letter among which its furniture stands."""
MANY_BARRED = 5
"""So many links that lead elsewhere are of a letter to many, whatever language it is in."""
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


def is_barred(text: str, linked: float = 0.0) -> bool:
    """Whether a line is of the mailer or leads elsewhere; the bare address in a letter is not."""
    if openers.is_mailers(text) or (linked > LINKED and not ADDRESS.match(text)):
        return True
    if prose.ends_sentence(text):
        return False  # `Please sign up by Friday.` is said to a reader, not by a form
    opened = openers.kinds(text) | openers.spelled(text)
    return openers.is_furniture(text) or bool(opened & BARRED)


def letter_of(
    texts: Sequence[str], kept: set[int], barred: Sequence[bool], title: str | None
) -> set[int]:
    """Numbers of the lines that are the letter; `kept` are those that read as its text."""
    heading = normal(title or "")
    said = [at for at, text in enumerate(texts) if prose.word_count(text)]
    own = [at for at in said if not (at in said[:ABOVE] and normal(texts[at]) == heading)]
    ends = (*said[:ABOVE], *said[-BELOW:])
    if sum(barred) < MANY_BARRED and not any(openers.is_mailers(texts[at]) for at in ends):
        return set(own)
    within = sorted(at for at in kept if not barred[at])
    reads = [at for at in within if prose.worth(texts[at]) > 0] or within
    if not reads:
        return kept
    begin, end = reads[0], reads[-1]
    between = {at for at in own if begin < at < end and not barred[at] and _is_prose(texts[at])}
    above = _greeting(texts, [at for at in own if at < begin], barred)
    below = _signature(texts, end, kept, barred)
    text = {at for at in kept if at <= end and not (at < begin and barred[at])}
    return text | between | above | below


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


def _signature(texts: Sequence[str], end: int, kept: set[int], barred: Sequence[bool]) -> set[int]:
    """The lines right below the text, down to the first that is furniture or an address."""
    found: set[int] = set()
    for at in range(end + 1, len(texts)):
        words = prose.word_count(texts[at])
        if at == end + 1 and barred[at] and not openers.is_mailers(texts[at]):
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
