"""The page of a news aggregator: an article that another reader cached, with its own summary above
and articles like it below.

Such a page says that it holds a copy (`Cached at:`, `View Cached Full Text`); the date beside it is
the copy's, never the article's. The body is what stands between that line and the next section.
"""

import re
from collections.abc import Sequence

from reader.clean import dump_title, facts, lines, openers, prose, repair
from reader.clean.facts import Facts
from reader.clean.joins import Line, lines_of
from reader.model import Cleaned, Document, Related, When

HEADER_LINES = 60
"""Lines within which an aggregator says that it holds a copy."""
SUMMARY_WORDS = 12
"""Shortest line that can only be a summary in a list of related articles."""
BODY_LETTERS = 6_000
"""Letters of the copy that its title shares words with."""
COPY_WORDS = 8
"""Words of the longest line that says there is a copy."""


_CACHE = re.compile(
    r"\bcach[eé]|\bcached|zwischengespeichert|\bк[эе]ш|キャッシュ|缓存|緩存|快取|캐시|önbell|"
    r"\bmis en cache|पूर्व-संचित|كاش|التخزين المؤقت|کش شده|κρυφή μνήμη",
    re.I,
)
"""The word for a copy that is kept, whatever stands around it."""
_TITLE_AND_SOURCE = re.compile(r"^(.{12,}\S)(?: [—–-] | ?[|·] ?)([^—–|·]{2,40})$")


def clean_aggregated(document: Document, parted: list[str]) -> Cleaned | None:
    """The cached article of an aggregator's page; None if the page is none."""
    page = _gapped(parted)
    texts = [line.text for line in page]
    cached = [n for n, text in enumerate(texts[:HEADER_LINES]) if "cached" in _opens(text)]
    if not cached or cached[-1] + 1 >= len(page):
        return None
    opened = [_opens(text) for text in texts]
    if not {"summary", "original", "related"} & set().union(*opened):
        return None
    begin = cached[-1] + 1
    ends = [n for n in range(begin, len(page)) if opened[n] & {"related", "comments"}]
    end = ends[0] if ends else len(page)
    if not any(texts[begin:end]):
        return None
    return _compose(document, page, texts, opened, begin, end)


def _gapped(parted: list[str]) -> list[Line]:
    """Lines with their gaps, not joined: an aggregator's page is made of whole blocks."""
    found, gap = [], 0
    for text in parted:
        if text:
            found.append(Line(text, gap))
        gap = 0 if text else gap + 1
    return found


def _opens(text: str) -> frozenset[str]:
    told = openers.labelled(text)
    if told and ("cached" in told.kinds or "original" in told.kinds) and len(text) < 300:
        return told.kinds
    if _cached_on(text):
        return frozenset({"cached"})
    if known := openers.kinds(text) or openers.spelled(text):
        return known
    return frozenset({"cached"}) if _tells_of_a_copy(text) else frozenset()


def _cached_on(text: str) -> When | None:
    """The moment in `Cached on 20 April 2026 at 14:43`, which has no colon."""
    if prose.word_count(text) > facts.SHORT_WORDS:
        return None
    return facts.date_of(openers.after(text, "cached") or (text if _CACHE.search(text) else ""))


def _tells_of_a_copy(text: str) -> bool:
    """`Show full text from the cache`: short, and no sentence."""
    return bool(
        _CACHE.search(text) and prose.word_count(text) <= COPY_WORDS and not _is_summary(text)
    )


def _compose(
    document: Document,
    page: list[Line],
    texts: list[str],
    opened: list[frozenset[str]],
    begin: int,
    end: int,
) -> Cleaned:
    from reader.clean import dump

    found = Facts()
    labels = [n for n in range(begin) if opened[n] & {"summary", "original", "cached", "related"}]
    first = labels[0] if labels else begin
    for at in range(begin):
        if told := openers.labelled(texts[at]):
            facts.read_label(found, told)
        found.cached_at = found.cached_at or _cached_on(texts[at])
    _read_top(found, texts[:first], " ".join(texts[begin:end]))
    above = _list_above(opened, first, begin)
    related = _related(page[end + 1 :]) if end < len(page) and "related" in opened[end] else []
    related = related or _related(page[above.start : above.stop])
    if found.site:
        found.site, found.section = _site_and_section(
            found.site, [r.source for r in related if r.source], found.section
        )
    summary = _summary(page, opened, begin) or _summary(page, opened, len(page), end)
    body = "\n\n".join(texts[begin:end])
    found.url = repair.source_of(body) or found.url or repair.source_of("\n".join(texts[:begin]))
    marked = repair.is_damaged(body) or body.lstrip().startswith("#")
    if marked:
        from reader.clean.markdown_in import body_of

        heading, markdown = body_of(body, found.title)
        found.title = found.title or heading
    else:
        kept = [line for line in lines_of(_spaced(page[begin:end])) if not _is_title(line, found)]
        markdown = dump.composed(kept)
    cleaned = dump.record(document, markdown, found, trusted=True, truncated=False)
    from dataclasses import replace

    from reader.text import safe

    return replace(
        cleaned,
        summary=str(safe.prose(summary)) if summary else None,
        related=tuple(related),
        quality=0.95,
    )


def _spaced(page: Sequence[Line]) -> list[str]:
    out: list[str] = []
    for line in page:
        out += [""] * line.gap + [line.text]
    return out


def _is_title(line: Line, found: Facts) -> bool:
    return found.title is not None and lines.normal(line.text) == lines.normal(found.title)


def _read_top(found: Facts, texts: Sequence[str], below: str) -> None:
    """Title, then site and section, then perhaps names, from the lines above the first label."""
    rest = []
    for text in texts:
        if openers.kinds(text) or openers.spelled(text) or openers.labelled(text):
            continue
        rest.append(text)
    if not rest:
        return
    said = lines.normal(below)[:BODY_LETTERS]
    at = max(range(len(rest)), key=lambda n: (_titleness(rest[n], said), -n))
    found.title = found.title or rest[at]
    for text in rest[at + 1 : at + 6]:
        pieces = facts.pieces_of(text)
        names = [piece for piece in pieces if not facts.read_piece(found, piece)]
        if len(names) < len(pieces):
            text = " · ".join(names)
        if names and prose.word_count(text) <= 10:
            found.site = found.site or text
    if found.site is None and at > 0 and _is_name_of_source(rest[at - 1]):
        found.site = rest[at - 1]


def _is_name_of_source(text: str) -> bool:
    return prose.word_count(text) <= 6 and text[0].isalnum()


def _titleness(text: str, below: str) -> float:
    """How much a line above the first label looks like the title rather than the source or a menu;
    `below` is the copy, which begins with its title or has its words."""
    words = prose.word_count(text)
    shape = 2 * dump_title.looks_like_title(text) + (words >= 3) - bool(re.search(" [|·•] ", text))
    if words >= 3 and lines.normal(text) in below[: len(text) + 10]:
        return shape + 2
    own = [word for word in lines.normal(text).split() if len(word) > 3]
    return shape + (2 * sum(word in below for word in own) / len(own) if own else 0)


def _site_and_section(
    line: str, sources: Sequence[str], section: str | None
) -> tuple[str, str | None]:
    """`OpenAI Blog News` → the site and the section, told apart by the names of other sources, a
    separator, or a word that names sections everywhere."""
    for source in sorted(set(sources), key=len, reverse=True):
        if line.casefold() == source.casefold():
            return line, section
        if line.casefold().startswith(source.casefold() + " "):
            rest = line[len(source) :].strip(" |·•—–-/>›»,:")
            return line[: len(source)], section or rest or None
    parts = [p for p in re.split(r"\s*[|·•/›»>]\s*|\s[–—-]\s", line) if p]
    if len(parts) > 1:
        return parts[0], section or parts[1]
    words = line.split(" ")
    if len(words) > 1 and words[-1].casefold() in openers.section_names():
        return " ".join(words[:-1]), section or words[-1]
    return line, section


def _list_above(opened: Sequence[frozenset[str]], first: int, begin: int) -> range:
    """The lines of similar articles where a page has them above the copy."""
    for at in range(first, begin):
        if "related" in opened[at]:
            after = (
                n for n in range(at + 1, begin) if opened[n] & {"summary", "original", "cached"}
            )
            return range(at + 1, next(after, begin))
    return range(0)


def _summary(
    page: Sequence[Line], opened: Sequence[frozenset[str]], begin: int, start: int = 0
) -> str | None:
    for at in range(start, begin):
        told = openers.labelled(page[at].text)
        if told and "summary" in told.kinds:
            return told.value
        if "summary" in opened[at]:
            taken: list[str] = []
            for n in range(at + 1, begin):
                if opened[n] or (taken and page[n].gap):
                    break
                taken.append(page[n].text)
            return "\n".join(taken) or None
    return None


def _related(page: Sequence[Line]) -> list[Related]:
    """Title, source and summary, over and over; source and summary may be missing."""
    from reader.text import safe

    texts: list[str] = []
    for line in page:
        kinds = openers.kinds(line.text) or openers.spelled(line.text)
        if kinds & {"footer", "comments", "newsletter", "share", "tags"} or line.text.startswith(
            "©"
        ):
            break
        if not kinds:
            texts.append(line.text)
    counts = {text: texts.count(text) for text in texts}
    found: list[Related] = []
    state = "title"
    title, source, summary = "", None, None

    def close() -> None:
        if title:
            found.append(
                Related(
                    str(safe.line(title)),
                    str(safe.line(source)) if source else None,
                    str(safe.prose(summary)) if summary else None,
                )
            )

    for text in texts:
        if state == "source" and _is_source(named := _without_facts(text), counts):
            source, state = named, "summary"
        elif state in ("source", "summary") and _is_summary(text):
            summary, state = text, "title"
        elif state != "title" and facts.read_piece(Facts(), text):
            continue
        else:
            close()
            title, source, summary, state = text, None, None, "source"
            if (parts := _TITLE_AND_SOURCE.match(text)) and _is_source(parts[2], counts):
                title, source, state = parts[1], parts[2], "summary"
    close()
    return found[:50]


def _without_facts(text: str) -> str:
    """The name of a source without the day and the minutes beside it."""
    names = [piece for piece in facts.pieces_of(text) if not facts.read_piece(Facts(), piece)]
    return names[0] if names else text


def _is_source(text: str, counts: dict[str, int]) -> bool:
    words = prose.word_count(text)
    return counts.get(text, 0) > 1 or (words <= 5 and not prose.ends_sentence(text))


def _is_summary(text: str) -> bool:
    words = prose.word_count(text)
    return words >= SUMMARY_WORDS or (words >= 6 and text[-1] in ".。…!！")
