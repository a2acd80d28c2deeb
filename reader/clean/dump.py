"""A page that lost its tags → an article: the prose found among menus, notices and lists.

    lines → whole again → furniture known → best run of prose → title and facts → cut → composed

A line is dropped for a reason that can be named: it stands on other pages of the site, it opens
a part that no article has inside, it speaks of cookies, it is a fact of the header, or it lies
outside the prose. Where no reason applies to the page at all, all of it is the article.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from reader.clean import dump_title, facts, lines, marginalia, openers, prose, repair
from reader.clean.compose import markdown_of
from reader.clean.derive import headline
from reader.clean.facts import Facts
from reader.clean.joins import LIST_MARK, Line, lines_of
from reader.model import Cleaned, Document

CAP = 2_000_000
"""Characters of a dump that are read; a novel has one million."""
LINES_CAP = 20_000
"""Lines that are read; the longest page of two corpora has 6,000."""
LINE_COST = 4.0
"""What a line must earn here to speak for prose. Lower than the best for news alone, so that short
paragraphs of essays stay; found on halves of two corpora (tests/benchmarks/bench_dumps.py)."""
NEIGHBOURS = 0.6
"""How much the two lines on each side count towards a line's own score."""
TAIL_SHARE = 0.7
"""Share of a run's words after which a section opener ends it."""
PARTING_WORTH = -3.0
"""What stands in the sequence for lines of the site, however many: a share bar of ten lines inside
an article parts it no more than one of two."""
COPIED_SHARE = (0.6, 0.9)
"""Shares of a page's prose on other pages above which they may be, and are, copies of it."""
COPY_WORDS = 120
"""Words of other prose that tell a page with long notices from an edited copy."""
THREAD_LINES = 60
"""Lines below `Comments` in which a thread shows itself."""
THREAD_MARKS = 3
"""Dates and words of answering that make a thread."""
FURNITURE_WORDS = 70
"""Longest notice about cookies and the like; a longer paragraph is about them."""
OFFER_WORDS = 30
"""Longest line between the name of a newsletter and its form."""
SCANT = 0.1
"""Share of a page's letters that a trusted cut keeps at least, or shows reasons for less."""


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


def clean_dump(document: Document, text: str, seen: Mapping[int, int]) -> Cleaned:
    """The article in a plain-text dump; `seen` counts other pages of the site by line print."""
    from reader.clean import aggregator

    text, truncated = lines.first_lines(text, CAP, LINES_CAP)
    parted = lines.parted(text)
    if (cleaned := aggregator.clean_aggregated(document, parted)) is not None:
        return cleaned
    sheet = read_sheet(parted, seen)
    kept, found, trusted = cut(sheet, document.title)
    markdown = composed([sheet.lines[at] for at in kept])
    return record(document, markdown, found, trusted, truncated)


def read_sheet(parted: list[str], seen: Mapping[int, int]) -> Sheet:
    """The lines whole again, with their worth, what they open, and what the site repeats."""
    whole = lines_of(parted, _of_site(seen))
    texts = [line.text for line in whole]
    furniture = [_is_furniture(text) for text in texts]
    worth = [_worth(text, bad) for text, bad in zip(texts, furniture, strict=True)]
    kinds = [openers.kinds(text) for text in texts]
    repeated = _repeated(whole, worth)
    return Sheet(whole, texts, worth, kinds, furniture, repeated)


def _worth(text: str, furniture: bool) -> float:
    worth = prose.worth(text) + prose.LINE_COST - LINE_COST
    return min(worth, -prose.LINE_COST) if furniture else worth


def _is_furniture(text: str) -> bool:
    if prose.is_code(text):
        return True
    return prose.word_count(text) < FURNITURE_WORDS and openers.is_furniture(text)


def _of_site(seen: Mapping[int, int]) -> Callable[[str], bool] | None:
    """Whether other pages of the site hold a line, or its like with other numbers."""
    if not seen:
        return None

    def repeats(text: str) -> bool:
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


def cut(sheet: Sheet, named: str | None) -> tuple[list[int], Facts, bool]:
    """Numbers of the lines that are the body, the facts, and whether the cut can be trusted."""
    fresh = [at for at in range(len(sheet.texts)) if not sheet.repeated[at]]
    menus = _menus(sheet, fresh)
    evidence = sum(sheet.repeated) + len(menus) + sum(sheet.furniture)
    evidence += sum(bool(k & openers.ENDING or "footer" in k) for k in sheet.kinds)
    run = _best_run(sheet)
    found = Facts()
    body = " ".join(sheet.texts[at] for at in run)
    begin = next((at for at in run if sheet.worth[at] > 0), 0)
    # The title stands in the menu too, or on every page of a copy: it may be among the repeated.
    if title := dump_title.find_title(sheet.texts, sheet.worth, begin, body, named):
        found.title, found.title_at, found.site = title
    facts.read_header(found, sheet.texts, begin)
    if not evidence or not run:
        kept = [at for at in fresh if at > (found.title_at or 0) or found.title_at != 0]
        kept = [at for at in kept if at != found.title_at and at not in found.spent]
        return kept, found, not evidence
    facts.read_tail(found, sheet.texts, run[-1] + 1)
    lead = _lead(sheet, found, run[0])
    kept = [*lead, *run]
    kept = [at for at in kept if at != found.title_at and at not in found.spent]
    kept = [at for at in kept if not _is_insert(sheet, at, found.title)]
    kept = [at for at in kept if not _is_offer(sheet, at)]
    letters = sum(len(sheet.texts[at]) for at in kept)
    everything = sum(map(len, sheet.texts)) or 1
    if not kept or (letters < SCANT * everything and letters < 400 and not any(sheet.repeated)):
        kept = [at for at in range(len(sheet.texts)) if at != found.title_at]
        return kept, found, False
    return kept, found, True


def _best_run(sheet: Sheet) -> list[int]:
    """Numbers of the lines of the prose, without those that the site repeats."""
    begin, end = _bounds(sheet)
    run = list(range(begin, end))
    total = sum(prose.word_count(sheet.texts[at]) for at in run if not sheet.repeated[at])
    passed = 0
    for n, at in enumerate(run):
        ends = sheet.kinds[at] & openers.ENDING and passed >= max(TAIL_SHARE * total, 60)
        if ends or ("comments" in sheet.kinds[at] and passed > 100 and _is_thread(sheet, at)):
            run = run[:n]
            break
        passed += 0 if sheet.repeated[at] else prose.word_count(sheet.texts[at])
    run = [at for at in run if not sheet.repeated[at]]
    while run and sheet.worth[run[-1]] < 0 and not LIST_MARK.match(sheet.texts[run[-1]]):
        run.pop()
    return run


def _bounds(sheet: Sheet) -> tuple[int, int]:
    """Where the prose lies. Lines of the site and of forms are not in the sequence; where they
    stood it has a price, since they part the article from what follows it."""
    places: list[int | None] = []
    for at, again in enumerate(sheet.repeated):
        if not (
            again
            or (_is_button(sheet, at) and "share" not in sheet.kinds[at])
            or _is_offer(sheet, at)
        ):
            places.append(at)
        elif places and places[-1] is not None:
            places.append(None)
    worth = [PARTING_WORTH if at is None else sheet.worth[at] for at in places]
    capped = [max(-4.0, min(12.0, value)) for value in worth]
    scores = [
        value + NEIGHBOURS * (sum(capped[max(0, at - 2) : at]) + sum(capped[at + 1 : at + 3])) / 4
        for at, value in enumerate(worth)
    ]
    begin, end = prose.best_run(scores)
    inside = [at for at in places[begin:end] if at is not None]
    return (inside[0], inside[-1] + 1) if inside else (0, 0)


def _is_thread(sheet: Sheet, begin: int) -> bool:
    """Whether people answer each other below: dates and `Reply` over and over. A thread may be
    longer than the article."""
    marks = 0
    for at in range(begin + 1, min(len(sheet.texts), begin + THREAD_LINES)):
        text = sheet.texts[at]
        short = len(text) < 60
        marks += "comments" in sheet.kinds[at] or (short and facts.date_of(text) is not None)
    return marks >= THREAD_MARKS


def _menus(sheet: Sheet, fresh: Sequence[int]) -> set[int]:
    """Short lines that stand in the page twice, or five and more of them in a row."""
    count = Counter(lines.normal(sheet.texts[at]) for at in fresh)
    found: set[int] = set()
    row: list[int] = []
    for at in [*fresh, -1]:
        text = sheet.texts[at] if at >= 0 else ""
        short = 0 < len(text) <= 28 and text.count(" ") < 4 and not prose.ends_sentence(text)
        if short and not LIST_MARK.match(text) and not text.endswith(","):
            row.append(at)
            continue
        if len(row) >= 5:
            found.update(row)
        found.update(n for n in row if count[lines.normal(sheet.texts[n])] > 1)
        row = []
    return found


def _lead(sheet: Sheet, found: Facts, begin: int) -> list[int]:
    """What stands between title and prose and reads as text: a standfirst, a first short line."""
    if found.title_at is None or found.title_at >= begin or begin - found.title_at > 30:
        return []
    start = begin
    for at in range(begin - 1, found.title_at, -1):
        if sheet.repeated[at] or sheet.kinds[at] or sheet.furniture[at] or at in found.spent:
            continue
        if sheet.worth[at] > -1.5 and not marginalia.is_credit(sheet.texts[at]):
            start = at
    return [at for at in range(start, begin) if not sheet.repeated[at]]


def _is_insert(sheet: Sheet, at: int, title: str | None) -> bool:
    """Whether a line inside the prose is not of it: an advertisement, a credit, a way elsewhere."""
    text = sheet.texts[at]
    if prose.is_code(text) or marginalia.is_credit(text) or marginalia.is_minutes(text):
        return True
    if sheet.kinds[at] & {"advert", "share", "related", "newsletter", "comments"}:
        return True
    if sheet.furniture[at] and not prose.ends_sentence(text):
        return True
    told = openers.labelled(text)
    if told and told.kinds & {"related", "share", "advert"} and prose.word_count(text) < 30:
        return True
    return title is not None and lines.normal(text) == lines.normal(title)


def _is_button(sheet: Sheet, at: int) -> bool:
    """Whether a line is a part of a form or a bar of buttons, not a sentence."""
    text = sheet.texts[at]
    if prose.word_count(text) > OFFER_WORDS or prose.ends_sentence(text):
        return False
    return sheet.furniture[at] or bool(sheet.kinds[at] & {"advert", "share", "newsletter"})


def _is_offer(sheet: Sheet, at: int) -> bool:
    """Whether a line says what a form inside the text would send: the form's name stands above,
    what to fill in or to press below."""
    if not 0 < at < len(sheet.texts) - 1 or prose.word_count(sheet.texts[at]) > OFFER_WORDS:
        return False
    return all(
        _is_button(sheet, n) and not sheet.kinds[n] & {"advert", "share"} for n in (at - 1, at + 1)
    )


def composed(kept: Sequence[Line]) -> str:
    """The lines as Markdown, without what only speaks to eyes that cannot see a link."""
    return markdown_of([replace(line, text=repair.without_windows(line.text)) for line in kept])


def record(
    document: Document, markdown: str, found: Facts, trusted: bool, truncated: bool
) -> Cleaned:
    """The article of a body in Markdown, with what its page told of it."""
    from reader.text import length, safe
    from reader.text import markdown as md

    markdown = str(safe.prose(markdown)).strip("\n")
    text = md.plain(markdown)
    warnings = []
    title = found.title or document.title
    if title is None and (title := headline(text)) is not None:
        warnings.append("title-derived")
    if truncated:
        warnings.append("truncated")
    if not text.strip():
        warnings = ["not-an-article"]
    elif not trusted:
        warnings.append("not-cleaned")
    url = document.url or found.url
    return Cleaned(
        title=_line(title),
        text=text,
        markdown=markdown,
        kind="text",
        authors=tuple(str(safe.line(name)) for name in found.authors),
        published=found.published,
        modified=found.modified,
        cached_at=found.cached_at,
        section=_line(found.section),
        site=_line(found.site),
        url=safe.link(url) if url else None,
        language=prose.language(text),
        words=length.words(text),
        minutes=length.minutes(text),
        quality=_quality(text, trusted, found),
        warnings=tuple(warnings),
        tags=tuple(str(safe.line(tag)) for tag in found.tags[:20]),
    )


def _line(text: str | None) -> str | None:
    from reader.text import safe

    return str(safe.line(text)) or None if text else None


def _quality(text: str, trusted: bool, found: Facts) -> float:
    lines_read = [line for line in text.split("\n") if line]
    if not lines_read:
        return 0.0
    reads = sum(len(line) for line in lines_read if prose.worth(line) > 0)
    share = reads / sum(map(len, lines_read))
    return round((0.9 if trusted else 0.4) * (0.5 + 0.5 * share) + 0.05 * bool(found.title), 2)
