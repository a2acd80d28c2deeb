"""Lines put together again that a scraper or a mailer parted inside a sentence.

Some scrapers give each link its own line, some pages wrap their source, mails wrap at 72 columns.
A line end inside a sentence is told by what stands on both sides of it, so that a menu, whose
lines also end without a full stop, stays in its lines.
"""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from reader.clean import names, openers, prose
from reader.text import dates

WRAP_COLUMNS = (40, 110)
"""Longest line of a text that was wrapped by hand or by a mailer."""
TITLE_LINES = 3
"""Lines at the top among which a page's own title stands."""
TITLE_LETTERS = 20
"""Shorter texts stand in others by chance."""
BYLINE_WORDS = 6
"""Words of a by-line that is not taken for the end of the title above it."""
LONGEST = 4_000
"""Letters of a paragraph that no line is added to: a file without full stops is not one."""
FULL_SHARE = 0.62
"""Share of the longest line that a wrapped line must fill, unless its paragraph ends there."""

LIST_MARK = re.compile(r"^(?:[-*•‣▪●◦·∙»►▶✓✔➤○■□]|\(?\d{1,3}[.)]|\(?[a-zA-Z][.)])\s+(?=\S)")
_CONTINUES = re.compile(r"^[,;:.!?)\]”’%»、。，）」』]")
_BYLINE = re.compile(r"(?:by|von|vom|durch|par|por|di|door|av|af|przez)\s+[^\W\d_].*\d{4}")
_OPEN_END = re.compile(r"(?:[,(\[“„«‘/&+]|\s[-–—])$")
_NUMBERS = re.compile(r"(?:\s[-+–€$£]?\d[\d.,:]*%?){2}$")
"""How a row of a table ends; no sentence has two numbers side by side."""
_NO_SPACE_BEFORE = re.compile(r"^[,;:.!?)\]”’%、。，）」』]")
NO_SPACE_AFTER = frozenset("([“„‘/")
_UNSPACED = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u0e00-\u0eff]")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a dump with something on it."""

    text: str
    gap: int
    """Blank lines before it."""
    again: int = 0
    """How many of its letters stand on other pages of the site."""

    def with_next(self, line: "Line") -> "Line":
        """This line with the rest of its sentence."""
        return replace(self, text=glued(self.text, line.text), again=self.again + line.again)


def lines_of(parted: list[str], repeats: Callable[[str], bool] | None = None) -> list[Line]:
    """The lines that hold something, whole again.

    `repeats` says which lines, as they stood, the site has on other pages.
    """
    found: list[Line] = []
    gap = 0
    for text in parted:
        if not text:
            gap += 1
            continue
        found.append(Line(text, gap, len(text) if repeats and repeats(text) else 0))
        gap = 0
    return fragments_joined(unwrapped(found))


def unwrapped(lines: list[Line]) -> list[Line]:
    """Paragraphs of text wrapped at a margin, each on one line."""
    out: list[Line] = []
    group: list[Line] = []
    for line in lines:
        if line.gap and group:
            out += _group_unwrapped(group)
            group = []
        group.append(line)
    return out + _group_unwrapped(group) if group else out


def _group_unwrapped(group: list[Line]) -> list[Line]:
    lengths = [len(line.text) for line in group]
    longest = max(lengths)
    if any(is_row(line.text) for line in group):
        return group
    if len(group) < 3 or not WRAP_COLUMNS[0] <= longest <= WRAP_COLUMNS[1]:
        return group
    inner = lengths[:-1]
    full = sum(length >= FULL_SHARE * longest for length in inner)
    broken = sum(_breaks_inside(a.text, b.text) for a, b in pairwise(group))
    if full < 0.75 * len(inner) or median(inner) < 0.7 * longest or 2 * broken < len(inner):
        return group
    out = [group[0]]
    for before, line in pairwise(group):
        # What begins with a small letter goes on; a short line above any other is a heading.
        ended = len(before.text) < FULL_SHARE * longest and not line.text[0].islower()
        apart = LIST_MARK.match(line.text) or _tells_a_day(before.text) or _tells_a_day(line.text)
        if ended or apart or len(out[-1].text) > LONGEST:
            out.append(line)
        else:
            out[-1] = out[-1].with_next(line)
    return out


def _tells_a_day(text: str) -> bool:
    """Whether a line is a day, perhaps behind `Updated`, and nothing else."""
    if not any(map(str.isdigit, text)):
        return False
    told = openers.after(text, "published") or openers.after(text, "modified") or text
    return dates.parse_line(told) is not None


def _breaks_inside(before: str, after: str) -> bool:
    return not prose.ends_sentence(before) and (after[0].islower() or len(before) > 50)


def fragments_joined(lines: list[Line]) -> list[Line]:
    """Sentences that were parted at their links, each on one line."""
    out: list[Line] = []
    top = [line.text for line in lines[:TITLE_LINES]]
    times = Counter(line.text for line in lines)

    def is_whole(text: str) -> bool:
        """A line that stands twice, or in the page's own title, whatever its last word."""
        again = times[text] > 1 or any(text in title and text != title for title in top)
        return again and len(text) > TITLE_LETTERS

    for line in lines:
        if (
            out
            and line.gap == 0
            and not is_whole(out[-1].text)
            and _goes_on(out[-1].text, line.text)
        ):
            out[-1] = out[-1].with_next(line)
        else:
            out.append(line)
    return out


def is_row(text: str) -> bool:
    """Whether a line is the row of a table, whose cells are parted by tabs."""
    return "\t" in text


def _goes_on(before: str, after: str) -> bool:
    if is_row(before) or is_row(after) or _NUMBERS.search(before) or _NUMBERS.search(after):
        return False
    if _CONTINUES.match(after):
        return not (prose.ends_sentence(before) and len(after) > 1 and after[1] == after[0])
    if prose.ends_sentence(before) or LIST_MARK.match(after) or len(before) > LONGEST:
        return False
    if openers.kinds(before) or openers.kinds(after):
        return False
    if names.after_by(after) and prose.word_count(after) <= BYLINE_WORDS:
        return False
    if _BYLINE.match(after) and len(after) < 100 and dates.find(after):
        return False
    if _OPEN_END.search(before[-3:]):
        return True
    sentence = before[-400:]
    last = sentence.rpartition(" ")[2].lower()
    long_enough = sentence.count(" ") >= 3
    woven = last in prose.function_words() and last == sentence.rpartition(" ")[2]
    if woven and sentence.count(" ") >= 2:
        return True
    if not after[0].islower() or after.startswith(("http://", "https://", "www.")):
        return False
    return (long_enough and prose.function_share(sentence) > 0.15) or (
        after.count(" ") >= 4 and prose.function_share(after) > 0.15
    )


def glued(before: str, after: str) -> str:
    """Two parts of a sentence as one, with a space where its script has one."""
    if _NO_SPACE_BEFORE.match(after) or before[-1] in NO_SPACE_AFTER:
        return before + after
    if _UNSPACED.match(before[-1]) and _UNSPACED.match(after[0]):
        return before + after
    if before.endswith("-") and before[-2:-1].isalpha() and after[0].islower():
        return before + after
    return f"{before} {after}"
