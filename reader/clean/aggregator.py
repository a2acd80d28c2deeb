"""The page of a news aggregator: an article that another reader cached, with its own summary above
and articles like it below.

Such a page says that it holds a copy (`Cached at:`, `View Cached Full Text`); the date beside it is
the copy's, never the article's. It is read by its labels, from lines: those of a dump, or those
that a page in HTML shows. The body is what stands between the labels above and the next section.

Where it calls the copy by another name, all else must be there that an aggregator shows: a summary,
the original, similar articles and, as no journal has it, the text for a word processor.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from reader.clean import facts, openers, prose
from reader.clean.boxes import words_of
from reader.clean.facts import Facts
from reader.clean.joins import Line
from reader.clean.similar_list import is_summary
from reader.model import When
from reader.text import dates

HEADER_LINES = 60
"""Lines within which a dump says that it holds a copy."""
COPY_WORDS = 8
"""Words of the longest line that says there is a copy; of one with a day, those beside it."""
NEXT_LETTERS = 4
"""Letters between `cached` and its day: `on`, `am`."""
LONGEST_ROW = 300
"""Letters of the longest line that labels stand side by side on."""
SUMMARY_LINES = 12
"""Lines of the longest summary."""
BETWEEN_LABELS = 6
"""Short lines that may stand between two labels above the copy: names, buttons."""

MOST_LISTS = 8
"""Lists of articles that are looked into, above the copy and below it."""

OTHERS = frozenset({"summary", "original", "related"})
"""What an aggregator shows besides its copy."""
EXPORTED = OTHERS | {"export"}
"""What shows a page to be an aggregator's whatever it calls its copy."""
_CACHE = re.compile(
    r"\bcach[eé]|\bcached|zwischengespeichert|\bк[эе]ш|キャッシュ|缓存|緩存|快取|캐시|önbell|"
    r"\bmis en cache|पूर्व-संचित|كاش|التخزين المؤقت|کش شده|κρυφή μνήμη|gecach|välimuist|mezipamě|"
    r"gyorsítótár|pamięci podręcznej|bộ nhớ đệm|แคช|מטמון",
    re.I,
)
"""The word for a copy that is kept, whatever stands around it."""
_TEXT = re.compile(
    r"text|cop[yi]|kopi|version|article|artikel|te[xks]t|articol|artíc|artig|текст|копи|стат|"
    r"全文|本文|記事|正文|文章|전문|기사|본문|نص|متن|מלא|पाठ|लेख|văn|teks|ข้อความ|κείμενο|szöveg",
    re.I,
)
"""What is kept, in a line that says so without a day."""

L = TypeVar("L", bound=Line)


@dataclass(frozen=True, slots=True)
class Reading:
    """What stands where on an aggregator's page, by the numbers of its lines."""

    opened: list[frozenset[str]]
    """What each line opens."""
    first: int
    """The first label, below title and source."""
    body: range
    lists: list[range]
    """The lists of similar articles, without the lines that open them."""
    summary: str | None
    found: Facts


def read(page: Sequence[Line], title_at: int | None = None) -> Reading | None:
    """What an aggregator's page says; None if the page is none.

    `title_at`: the line of the title where it is known. Only then is a copy looked for that a page
    speaks of below it: the lines above a title may be anything.
    """
    texts = [line.text for line in page]
    opened = [_opens(text) for text in texts]
    if title_at is not None:
        opened[: title_at + 1] = [frozenset()] * (title_at + 1)
    found = Facts()
    told_at = _copy_told_at(texts, opened, title_at)
    if told_at is None:
        told_at = _export_at(opened)
        if told_at is None:
            return None
        found.cached_at = _name_the_copy(texts, opened, told_at)
    body = _below_facts(texts, opened, _body(page, opened, told_at, title_at), found)
    if not body:
        return None
    labels = [n for n in range(body.start) if opened[n] & {"cached", *OTHERS}]
    summary = _summary(page, opened, range(body.start))
    if not summary and (at := _last_section(page, opened, body)) is not None:
        summary, body = _summary(page, opened, range(at, body.stop)), range(body.start, at)
    summary = summary or _summary(page, opened, range(body.stop, len(page)))
    for at in (*range(body.start), *range(body.stop, _related_from(opened, body.stop))):
        if told := openers.labelled(texts[at]):
            facts.read_label(found, told)
        found.cached_at = found.cached_at or _cached_on(texts[at])
    first = labels[0] if labels else body.start
    return Reading(opened, first, body, _lists(texts, opened, body), summary, found)


def parted(page: Sequence[L]) -> list[L]:
    """The lines, with labels that stand side by side each on a line of its own, and with a label
    and the day below it on one."""
    out: list[L] = []
    for line in page:
        pieces = facts.parts_of(line.text) if len(line.text) < LONGEST_ROW else []
        if len(pieces) > 1 and any(_opens(piece) & {"cached", "original"} for piece in pieces):
            gaps = [line.gap] + [0] * len(pieces)
            out += [
                replace(line, text=said, gap=gap) for said, gap in zip(pieces, gaps, strict=False)
            ]
        elif out and openers.kinds(out[-1].text) & {"cached", "published"} and _is_day(line.text):
            out[-1] = replace(out[-1], text=f"{out[-1].text.rstrip(':：')}: {line.text}")
        else:
            out.append(line)
    return out


def may_tell_of_a_copy(text: str, words: Sequence[str]) -> bool:
    """Whether a line is worth to be looked at: on most pages no line is. `words`: folded."""
    if len(text) >= LONGEST_ROW:
        return False
    if openers.mentions_copy(words):
        return True
    return ("cach" in text.lower() or not text.isascii()) and bool(_CACHE.search(text))


def label_of(text: str) -> frozenset[str]:
    """What a line that is nothing but a label is the label of."""
    if known := openers.kinds(text):
        return known
    is_copy = _CACHE.search(text) and prose.word_count(text) <= COPY_WORDS
    return frozenset({"cached"}) if is_copy else known


def _is_day(text: str) -> bool:
    return prose.word_count(text) <= facts.SHORT_WORDS and dates.parse_line(text) is not None


def _opens(text: str) -> frozenset[str]:
    told = openers.labelled(text)
    if told and told.kinds & {"cached", "original"} and len(text) < LONGEST_ROW:
        return told.kinds
    if told and "summary" in told.kinds:
        return told.kinds
    if _cached_on(text):
        return frozenset({"cached"})
    if known := openers.kinds(text) or openers.spelled(text):
        return known
    return frozenset({"cached"}) if _tells_of_a_copy(text) else frozenset()


def _cached_on(text: str) -> When | None:
    """The moment in `Cached on 20 April 2026 at 14:43`, which has no colon, and in `Full text
    (cached 20 April 2026)`."""
    if not any(map(str.isdigit, text)) or not may_tell_of_a_copy(text, words_of(text)):
        return None
    if prose.word_count(text) > facts.SHORT_WORDS:
        return None
    words = text.split(" ")
    for start in range(min(len(words), COPY_WORDS)):
        told = openers.after(" ".join(words[start:]).lstrip("(["), "cached")
        if told and (when := facts.date_of(told)):
            return when
    return facts.date_of(text) if _CACHE.search(text) else None


def _tells_of_a_copy(text: str) -> bool:
    """`Show full text from the cache`: short, and no sentence."""
    if not _CACHE.search(text) or not _TEXT.search(text):
        return False
    return prose.word_count(text) <= COPY_WORDS and not is_summary(text)


def _copy_told_at(
    texts: Sequence[str], opened: Sequence[frozenset[str]], title_at: int | None
) -> int | None:
    """The line that says there is a copy. Alone it says little: articles speak of caches and
    archives, too. What else an aggregator shows must be there, the more the less the line says."""
    others = OTHERS & frozenset().union(*opened)
    limit = HEADER_LINES if title_at is None else len(texts)
    in_list = False
    for at, text in enumerate(texts[:limit]):
        if opened[at] & OTHERS:
            in_list = "related" in opened[at]
        if "cached" not in opened[at] or (in_list and not _says_only_when(text)):
            continue
        if _is_enough(others, bool(_CACHE.search(text)), _cached_on(text)):
            return at
    return None


def _export_at(opened: Sequence[frozenset[str]]) -> int | None:
    """The line that offers the text for a word processor, where all else is there, too."""
    at = next((n for n, kinds in enumerate(opened) if "export" in kinds), None)
    return at if at is not None and EXPORTED.issubset(frozenset().union(*opened)) else None


def _name_the_copy(
    texts: Sequence[str], opened: list[frozenset[str]], export_at: int
) -> When | None:
    """When the copy was made, by a line right below the labels that is nothing but that, or the
    copy's name (`Saved copy`, `Mirror of 3 November 2025`); it is a label, too, from now on."""
    below = (n for n in range(export_at + 1, len(texts)) if not opened[n])
    at = next(below, export_at)
    text = texts[at]
    if at == export_at or is_summary(text) or prose.word_count(text) > COPY_WORDS:
        return None
    day = None if _is_by_line(text) else facts.date_of(text)
    if day or _TEXT.search(text):
        opened[at] = frozenset({"cached"})
    return day


def _is_by_line(text: str) -> bool:
    """Whether a line may be the article's own: a day alone, one with a name, `Published on …`."""
    found = Facts()
    facts.read_row(found, text)
    day = dates.find(text)
    beside = text[: day[1][0]] + text[day[1][1] :] if day else text
    told = any(openers.after(text, kind) for kind in ("published", "modified", "authors"))
    return bool(found.authors) or told or not any(map(str.isalpha, beside))


def _is_enough(others: frozenset[str], is_cache: bool, day: When | None) -> bool:
    """Whether a page with these labels is an aggregator's, if a line says that something is in a
    cache, or at least kept, and since when."""
    if day:
        return bool(others) if is_cache else {"summary", "original"} <= others
    return is_cache and "original" in others and len(others) > 1


def _says_only_when(text: str) -> bool:
    """`Cached 3 November 2025`, which is no title of an article on caches."""
    told = openers.after(text, "cached")
    dated = dates.find(told) if told else None
    return dated is not None and dated[1][0] <= NEXT_LETTERS


def _body(
    page: Sequence[Line],
    opened: Sequence[frozenset[str]],
    told_at: int,
    title_at: int | None,
) -> range:
    """The lines of the copy: below the labels, and above what comes after it."""

    def end(begin: int) -> int:
        ends = (
            n
            for n in range(begin, len(page))
            if opened[n] & {"related", "comments"} and not _heads_prose(page, opened, n)
        )
        return next(ends, len(page))

    def words(lines: range) -> int:
        texts = (page[n].text for n in lines)
        return sum(prose.word_count(text) for text in texts if prose.worth(text) > 0)

    begin = _below_labels(page, opened, told_at)
    if title_at is not None:
        first = _below_labels(page, opened, title_at + 1)
        stop = min(told_at, end(first))
        while stop > first and opened[stop - 1] & {"cached", "original"}:
            stop -= 1  # it stands in a row of labels
        above = range(first, stop)
        if words(above) > words(range(begin, end(begin))):
            return _without_labels(page, opened, above)
    return _without_labels(page, opened, range(begin, end(begin)))


def _heads_prose(page: Sequence[Line], opened: Sequence[frozenset[str]], at: int) -> bool:
    """Whether `Reactions` stands between two paragraphs of the copy, as a heading does: without a
    count, and above the similar articles."""
    if opened[at] != {"comments"} or any(map(str.isdigit, page[at].text)):
        return False
    beside = [page[n].text for n in (at - 1, at + 1) if 0 <= n < len(page)]
    is_inside = all(prose.worth(text) > 0 for text in beside)
    return is_inside and _related_from(opened, at) < len(page)


def _below_labels(page: Sequence[Line], opened: Sequence[frozenset[str]], at: int) -> int:
    """The line below the labels from `at` on, and below what they open."""
    begin, passed = at, 0
    while at < len(page) and passed <= BETWEEN_LABELS:
        text = page[at].text
        if "summary" in opened[at]:
            at = _summary_end(page, opened, at)
            if at < len(page) and opened[at] & {"related", "comments"}:
                break
            begin, passed = at, 0
        elif opened[at] & {"cached", "original", "copy", "export"}:
            at += 1
            begin, passed = at, 0
        elif "related" in opened[at]:
            below = range(at + 1, len(page))
            more = (n for n in below if opened[n] & {"cached", "original", "summary"})
            if (label := next(more, None)) is None:
                break
            at = label
        elif prose.worth(text) > 0 or text.startswith("#"):
            break
        else:
            at, passed = at + 1, passed + 1
    return begin


def _below_facts(
    texts: Sequence[str], opened: Sequence[frozenset[str]], body: range, found: Facts
) -> range:
    """The lines of the copy below its own by-line, day and buttons, which are now in `found`."""
    begin = body.start
    for at in body[:BETWEEN_LABELS]:
        if prose.worth(texts[at]) > 0 or texts[at].startswith("#"):
            return range(begin, body.stop)
        if "share" in opened[at] or facts.read_row(found, texts[at]):
            begin = at + 1
    return body


def _without_labels(page: Sequence[Line], opened: Sequence[frozenset[str]], body: range) -> range:
    """The lines without buttons and bare labels at their end."""
    end = body.stop
    while end > body.start and opened[end - 1] & {"cached", "copy", "original", "share"}:
        if openers.labelled(page[end - 1].text):
            break
        end -= 1
    return range(body.start, end)


def _last_section(
    page: Sequence[Line], opened: Sequence[frozenset[str]], body: range
) -> int | None:
    """The line that opens a summary right below the copy."""
    at = next((n for n in reversed(body) if "summary" in opened[n]), body.start)
    return at if at > body.start and _summary_end(page, opened, at) == body.stop else None


def _related_from(opened: Sequence[frozenset[str]], start: int) -> int:
    found = (n for n in range(start, len(opened)) if "related" in opened[n])
    return next(found, len(opened))


def _summary_end(page: Sequence[Line], opened: Sequence[frozenset[str]], at: int) -> int:
    """The line below a summary that the line at `at` opens or holds."""
    if openers.labelled(page[at].text):
        return at + 1
    end = at + 1
    while end < len(page) and end <= at + SUMMARY_LINES and not opened[end]:
        if end > at + 1 and page[end].gap:
            return end
        end += 1
    # Where nothing but other sections comes after it, what it opens is the article, too.
    ends = end >= len(page) or end > at + SUMMARY_LINES or opened[end] & {"related", "comments"}
    return min(end, at + 2) if ends else end


def _summary(page: Sequence[Line], opened: Sequence[frozenset[str]], where: range) -> str | None:
    for at in where:
        if "summary" in opened[at]:
            if (told := openers.labelled(page[at].text)) and "summary" in told.kinds:
                return told.value
            end = min(_summary_end(page, opened, at), where.stop)
            return "\n".join(page[n].text for n in range(at + 1, end)) or None
    return None


def _lists(texts: Sequence[str], opened: Sequence[frozenset[str]], body: range) -> list[range]:
    """The lists of similar articles below the copy, then those above it."""
    labels = [n for n, kinds in enumerate(opened) if "related" in kinds and n not in body]
    # A label that stands again and again is a button of each item.
    count = Counter(texts)
    labels = [n for n in labels if count[texts[n]] == 1]
    below = [n for n in labels if n >= body.stop][:MOST_LISTS]
    found = [range(n + 1, next((m for m in below if m > n), len(texts))) for n in below]
    for n in labels[:MOST_LISTS]:
        if n < body.start:
            ends = (m for m in range(n + 1, body.start) if opened[m] & {"cached", *OTHERS})
            found.append(range(n + 1, next(ends, body.start)))
    return found
