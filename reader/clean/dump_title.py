"""The title of a dump: the short line above the prose that its words, its place and its
repetition speak for."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence

from reader.clean import openers, prose
from reader.clean.facts import date_of, pieces_of
from reader.clean.joins import LIST_MARK
from reader.clean.lines import normal
from reader.clean.marginalia import is_credit, is_minutes
from reader.clean.names import after_by

TITLE_WITHIN = 60
"""Lines above the prose among which the title is looked for, besides the first five."""
PAGE_TITLE_WITHIN = 5
"""Lines at the top of a dump among which the page's own title stands, with the site's name."""
META_WORDS = 14
"""Words of the longest line that may be a date or by-line below a title."""

_LONG_WORD = re.compile(r"\w{3,}")
_LABEL_LIKE = re.compile(r"(?:^|\s)[^\s:：]{1,14}[:：]")
_SITE_PART = re.compile(r"\s*(?:[|·•»›]|\s[-–—]\s|\s:\s|::)\s*")


def find_title(
    lines: Sequence[str], worth: Sequence[float], begin: int, body: str, named: str | None
) -> tuple[str, int, str | None] | None:
    """The title, the number of its line, and the site's name if a line shows both; None if absent.

    `begin` is where the prose begins; `body` is its text, whose words a title shares. `named` is
    the title by the word of a feed or a person.
    """
    known = [normal(line) for line in lines[: begin + 40]]
    count = Counter(known)
    in_order = sorted(set(known))
    body_words = set(_LONG_WORD.findall(normal(body[:6000])))
    wanted = normal(named) if named else None
    best: tuple[float, int, str | None] | None = None
    prose_since = 0
    for at in range(min(begin + 1, len(lines)) - 1, -1, -1):
        if at > 4 and at < begin - TITLE_WITHIN and not (wanted and known[at] == wanted):
            continue
        if begin > at and worth[at] > 12:
            prose_since += 1
        if not looks_like_title(lines[at]):
            continue
        if at > begin and any(value > 0 for value in worth[begin:at]):
            continue
        score, site = 0.0, None
        if wanted and (known[at] == wanted or (len(known[at]) > 12 and known[at] in wanted)):
            score += 3
        if count[known[at]] > 1:
            score += 2
        longer = _longer(known[at], in_order)
        if longer is not None:
            score += 2 + (2 if known.index(longer) < PAGE_TITLE_WITHIN else 0)
            whole = lines[known.index(longer)]
            site = _SITE_PART.split(whole[len(lines[at]) :])[-1].strip() or None
        score += at == 0
        score += _headline_shape(lines[at], known[at], body_words)
        score -= min(3.0, 0.12 * max(0, begin - at))
        score += 0.7 * any(map(_is_meta, lines[at + 1 : min(at + 6, begin)]))
        score -= 2 * bool(prose_since)
        if best is None or score > best[0]:
            best = (score, at, site)
    if best is None or (best[0] < 0.5 and not (best[1] == 0 and begin <= 2)):
        return None
    return lines[best[1]], best[1], best[2]


def _headline_shape(line: str, known: str, body_words: set[str]) -> float:
    words = prose.word_count(line)
    score = 1.0 if 4 <= words <= 18 else -1.0 if words < 3 else 0.0
    own = [w for w in _LONG_WORD.findall(known) if w not in prose.function_words()]
    if own:
        score += 2.5 * sum(_shares(word, body_words) for word in own) / len(own)
    return score


def _longer(known: str, in_order: Sequence[str]) -> str | None:
    """A line that is this one, a separator and more: the page's `<title>` with the site's name."""
    if len(known) < 9:
        return None
    at = bisect_right(in_order, known)
    while at < len(in_order) and in_order[at].startswith(known):
        parts = _SITE_PART.split(in_order[at][len(known) :])
        if len(parts) > 1 and not parts[0]:
            return in_order[at]
        at += 1
    return None


def looks_like_title(line: str) -> bool:
    """Short, and neither a sentence, a label, a date nor a word of furniture."""
    words = prose.word_count(line)
    if not 1 <= words <= 28 or len(line) > 220 or line[0] in "-*•–—<{":
        return False
    if line.endswith((",", ";", ":", "：", "…", "|")) or (prose.ends_sentence(line) and words > 14):
        return False
    if LIST_MARK.match(line) or re.match(r"\w{1,2}[:：]\s", line):
        return False
    if line.endswith((".", "。")) and words > 3:
        return False
    if openers.kinds(line) or openers.labelled(line) or is_minutes(line) or is_credit(line):
        return False
    if len(pieces_of(line)) > 1 and len(_LABEL_LIKE.findall(line)) > 1:
        return False
    if openers.is_furniture(line) or re.match(r"(?:https?://|www\.)\S+$", line):
        return False
    from reader.text import dates

    return dates.parse_line(line) is None and not (words <= 6 and after_by(line))


def _shares(word: str, body: set[str]) -> bool:
    """Whether the body has the word, perhaps with another ending."""
    return word in body or (len(word) > 5 and any(w.startswith(word[:-2]) for w in body))


def _is_meta(line: str) -> bool:
    if prose.word_count(line) > META_WORDS:
        return False
    return is_minutes(line) or bool(date_of(line)) or bool(after_by(line))
