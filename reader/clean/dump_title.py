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
from reader.clean.names import after_by, is_person

TITLE_WITHIN = 60
"""Lines above the prose among which the title is looked for, besides the first five."""
PAGE_TITLE_WITHIN = 5
"""Lines at the top of a dump among which the page's own title stands, with the site's name."""
TOPIC_SHARE = 0.5
"""Share of a line's words in the text from which a word of furniture is what the text is about."""
PERSON = 1.0
"""What speaks against a title that it may be a name."""
STANDFIRST = 2.0
"""What speaks for a title that a standfirst stands below it."""
SITE_WORDS = 5
"""Words of the longest name of a site."""
META_WORDS = 14
"""Words of the longest line that may be a date or by-line below a title."""

_LONG_WORD = re.compile(r"\w{3,}")
_TRAIL = re.compile(r"\S\s[>›»→]\s\S")
"""The way from the front page to this one: `Home > Region > Article`."""
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
    of_the_page = {
        part
        for line in known[:PAGE_TITLE_WITHIN]
        for part in _SITE_PART.split(line)
        if len(part) > 12 and part != line
    }
    best: tuple[float, int, str | None] | None = None
    prose_since = 0
    for at in range(min(begin + 1, len(lines)) - 1, -1, -1):
        told = (wanted and known[at] == wanted) or known[at] in of_the_page
        if at > 4 and at < begin - TITLE_WITHIN and not told:
            continue
        if begin > at and worth[at] > 12:
            prose_since += 1
        if not looks_like_title(lines[at]):
            continue
        if openers.is_furniture(lines[at]) and _longer(known[at], in_order) is None:
            is_topic = count[known[at]] > 1 or _shared(known[at], body_words) >= TOPIC_SHARE
            if not is_topic or prose.word_count(lines[at]) <= 3:
                continue
        if at > begin and any(value > 0 for value in worth[begin:at]):
            continue
        score, site = 0.0, None
        if wanted and (known[at] == wanted or (len(known[at]) > 12 and known[at] in wanted)):
            score += 3
        if count[known[at]] > 1:
            score += 2
        longer = _longer(known[at], in_order) or _behind_a_site(
            known[at], known[:PAGE_TITLE_WITHIN], body_words
        )
        if longer is not None:
            score += 2 + (2 if known.index(longer) < PAGE_TITLE_WITHIN else 0)
            whole = lines[known.index(longer)]
            rest = whole[len(lines[at]) :] if longer.startswith(known[at]) else whole
            parts = [part.strip() for part in _SITE_PART.split(rest)]
            site = (parts[-1] if rest is not whole else parts[0]) or None
        score += at == 0
        score += _headline_shape(lines[at], known[at], body_words)
        score += STANDFIRST * _has_standfirst(lines, at, begin)
        score -= min(3.0, 0.12 * max(0, begin - at))
        score += 0.7 * any(map(_is_meta, lines[at + 1 : min(at + 6, begin)]))
        score -= 2 * bool(prose_since) + PERSON * is_person(lines[at])
        if best is None or score > best[0]:
            best = (score, at, site)
    if best is None or (best[0] < 0.5 and not (best[1] == 0 and begin <= 2)):
        return None
    title, at, site = lines[best[1]], best[1], best[2]
    if site is None and at < PAGE_TITLE_WITHIN:
        title, site = _without_site(title, known)
    return title, at, site


def _has_standfirst(lines: Sequence[str], at: int, begin: int) -> bool:
    """Whether a longer line of the same sort follows: of the two, the upper one is the title."""
    below = lines[at + 1] if at + 1 < begin else ""
    words = prose.word_count(below)
    return words >= 9 and 3 <= prose.word_count(lines[at]) < words and looks_like_title(below)


def _without_site(title: str, known: Sequence[str]) -> tuple[str, str | None]:
    """A page's title without the name of its site, which stands alone in the page, too."""
    for mark in _SITE_PART.finditer(title):
        head, tail = title[: mark.start()], title[mark.end() :]
        for rest, name in ((head, tail), (tail, head)):
            is_title = prose.word_count(name) <= SITE_WORDS and prose.word_count(rest) > 2
            if is_title and normal(name) in known:
                return rest.strip(), name.strip()
    return title, None


def _headline_shape(line: str, known: str, body_words: set[str]) -> float:
    words = prose.word_count(line)
    score = 1.0 if 4 <= words <= 18 else -1.0 if words < 3 else 0.0
    return score + 2.5 * _shared(known, body_words)


def _shared(known: str, body_words: set[str]) -> float:
    """The share of a line's words that the body has, too."""
    own = [w for w in _LONG_WORD.findall(known) if w not in prose.function_words()]
    return sum(_shares(word, body_words) for word in own) / len(own) if own else 0.0


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


def _behind_a_site(known: str, top: Sequence[str], body_words: set[str]) -> str | None:
    """The line of a page's `<title>` that has the site's name first, then this, of which the body
    speaks more."""
    if len(known) < 9:
        return None
    for line in top:
        parts = _SITE_PART.split(line[: -len(known)]) if line.endswith(known) else []
        if len(parts) > 1 and not parts[-1]:
            head = _shared(" ".join(parts), body_words)
            return line if _shared(known, body_words) > head else None
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
    if _TRAIL.search(line) and "«" not in line:
        return False
    if openers.kinds(line) or openers.labelled(line) or is_minutes(line) or is_credit(line):
        return False
    if len(pieces_of(line)) > 1 and len(_LABEL_LIKE.findall(line)) > 1:
        return False
    if re.match(r"(?:https?://|www\.)\S+$", line):
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
