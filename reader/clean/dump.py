"""A page that lost its tags → an article: the prose found among menus, notices and lists.

    lines → whole again → furniture known → best run of prose → title and facts → cut → composed

A line is dropped for a reason that can be named: it stands on other pages of the site, it opens
a part that no article has inside, it speaks of cookies, it is a fact of the header, or it lies
outside the prose. Where no reason applies to the page at all, all of it is the article.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from reader.clean import (
    dump_facts,
    dump_site,
    dump_title,
    facts,
    letter_ends,
    lines,
    marginalia,
    openers,
    prose,
    repair,
)
from reader.clean.compose import headed, markdown_of, with_quotations
from reader.clean.derive import headline
from reader.clean.facts import Facts
from reader.clean.joins import LIST_MARK, Line
from reader.clean.prose_run import best_run, boxed, goes_on, is_offer
from reader.clean.sheet import ITEM_WORTH, Sheet, read_sheet
from reader.model import Cleaned, Document

CAP = 2_000_000
"""Characters of a dump that are read; a novel has one million."""
LINES_CAP = 20_000
"""Lines that are read; the longest page of two corpora has 6,000."""
LEAD_WORTH = -1.5
"""What a line below the title is worth that reads as a standfirst."""
SUMMED_LINES = 2
"""Paragraphs of the shortest text that has a summary besides."""
SCANT = 0.1
"""Share of a page's letters that a trusted cut keeps at least, or shows reasons for less."""


def clean_dump(
    document: Document, text: str, seen: Mapping[int, int], *, is_letter: bool = False
) -> Cleaned:
    """The article in a plain-text dump; `seen` counts other pages of the site by line print. Of a
    letter all is kept that is not its mailer's."""
    from reader.clean import aggregator_dump

    text, truncated = lines.first_lines(text, CAP, LINES_CAP)
    parted = lines.parted(text)
    if (cleaned := aggregator_dump.clean_aggregated(document, parted)) is not None:
        return cleaned
    sheet = read_sheet(lines.parted_with_cells(text), seen)
    kept, found, trusted = cut(sheet, document.title)
    if is_letter:
        barred = tuple(letter_ends.is_barred(text) for text in sheet.texts)
        headings = frozenset(at for at, text in enumerate(sheet.texts) if headed(text))
        letter = letter_ends.Lines(tuple(sheet.texts), frozenset(kept), barred, headings)
        kept = sorted(letter_ends.letter_of(letter, document.title))
    elif (labelled := _labelled_summary(sheet, kept)) is not None:
        found.summary = labelled.value
        kept = kept[1:]
    as_blocks = with_quotations if is_letter else markdown_of
    markdown = composed([sheet.lines[at] for at in kept], as_blocks)
    return record(document, markdown, found, trusted, truncated)


def cut(sheet: Sheet, named: str | None) -> tuple[list[int], Facts, bool]:
    """Numbers of the lines that are the body, the facts, and whether the cut can be trusted."""
    fresh = [at for at in range(len(sheet.texts)) if not sheet.repeated[at]]
    menus = _menus(sheet, fresh)
    evidence = sum(sheet.repeated) + len(menus) + sum(sheet.furniture)
    evidence += sum(bool(k & openers.ENDING or "footer" in k) for k in sheet.kinds)
    run = best_run(sheet)
    found = Facts()
    body = " ".join(sheet.texts[at] for at in run)
    begin = next((at for at in run if sheet.worth[at] > 0), 0)
    # The title stands in the menu too, or on every page of a copy: it may be among the repeated.
    worth = [
        min(w, 0.0) if again else w for w, again in zip(sheet.worth, sheet.repeated, strict=True)
    ]
    if title := dump_title.find_title(sheet.texts, worth, begin, body, named):
        found.title, found.title_at, found.site = title
    found.site = found.site or dump_site.find_site(sheet.texts, found.title, found.title_at)
    dump_facts.read(found, sheet, begin, run[-1] + 1 if run else begin)
    if not evidence or not run:
        kept = [at for at in fresh if at > (found.title_at or 0) or found.title_at != 0]
        kept = [at for at in kept if at != found.title_at and at not in found.spent]
        return kept, found, not evidence
    facts.read_tail(found, sheet.texts, run[-1] + 1)
    lead = _lead(sheet, found, run[0])
    kept = [*lead, *run]
    kept = [at for at in kept if at != found.title_at and at not in found.spent]
    kept = [at for at in kept if not _is_insert(sheet, at, found.title)]
    kept = [at for at in kept if at > (found.title_at or 0) or sheet.worth[at] > 0]
    in_boxes = boxed(sheet)
    kept = [at for at in kept if at not in in_boxes and not is_offer(sheet, at)]
    letters = sum(len(sheet.texts[at]) for at in kept)
    everything = sum(map(len, sheet.texts)) or 1
    if not kept or (letters < SCANT * everything and letters < 400 and not any(sheet.repeated)):
        kept = [at for at in range(len(sheet.texts)) if at != found.title_at]
        return kept, found, False
    return kept, found, True


def _labelled_summary(sheet: Sheet, kept: Sequence[int]) -> openers.Labelled | None:
    """The first line, if it is `Summary: …` above a text that goes on without it."""
    rest = [at for at in kept[1:] if sheet.worth[at] > 0]
    told = openers.labelled(sheet.texts[kept[0]]) if len(rest) >= SUMMED_LINES else None
    return told if told and "summary" in told.kinds and prose.worth(told.value) > 0 else None


def _menus(sheet: Sheet, fresh: Sequence[int]) -> set[int]:
    """Short lines that stand in the page twice, or five and more of them in a row."""
    count = Counter(lines.normal(sheet.texts[at]) for at in fresh)
    found: set[int] = set()
    row: list[int] = []
    for at in [*fresh, -1]:
        text = sheet.texts[at] if at >= 0 else ""
        short = 0 < len(text) <= 28 and text.count(" ") < 4 and not prose.ends_sentence(text)
        if short and not LIST_MARK.match(text) and not text.endswith(",") and "\t" not in text:
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
    kept: list[int] = []
    joined = True
    for at in range(begin - 1, found.title_at, -1):
        if at in found.spent or _is_marginal(sheet, at, found.title_at):
            joined = False
        elif sheet.worth[at] > LEAD_WORTH or joined:
            joined = joined or sheet.worth[at] > LEAD_WORTH
            kept.append(at)
    # Short lines are of it where nothing that is none parts them from what reads as text below.
    reads = [at for at in kept if sheet.worth[at] > LEAD_WORTH or sheet.kinds[at]]
    return [at for at in reversed(kept) if reads and at >= reads[-1]]


def _is_marginal(sheet: Sheet, at: int, title_at: int) -> bool:
    if sheet.kinds[at] == {"summary"} and at == title_at + 1:
        return False  # `Overview` straight between title and text heads its first part
    if sheet.repeated[at] or sheet.kinds[at] or sheet.furniture[at]:
        return True
    return _is_small(sheet.texts[at])


def _is_small(text: str) -> bool:
    """Whether a line is one of those beside a text: a credit, its minutes, a file to fetch."""
    return any(
        is_so(text)
        for is_so in (marginalia.is_credit, marginalia.is_minutes, marginalia.is_download)
    )


def _is_insert(sheet: Sheet, at: int, title: str | None) -> bool:
    """Whether a line inside the prose is not of it: an advertisement, a credit, a way elsewhere."""
    text = sheet.texts[at]
    if goes_on(sheet, at):
        return True
    if prose.is_code(text) or _is_small(text):
        return True
    if sheet.kinds[at] & {"advert", "share", "related", "newsletter", "comments"}:
        return not _heads_prose(sheet, at)
    if sheet.furniture[at] and not prose.ends_sentence(text):
        return True
    told = openers.labelled(text)
    if told and told.kinds & {"related", "share", "advert"} and prose.word_count(text) < 30:
        return True
    return title is not None and lines.normal(text) == lines.normal(title)


def _heads_prose(sheet: Sheet, at: int) -> bool:
    """Whether `Reactions` stands straight between two paragraphs, as a heading does."""
    if sheet.kinds[at] != {"comments"} or not 0 < at < len(sheet.texts) - 1:
        return False
    return sheet.worth[at - 1] > ITEM_WORTH and sheet.worth[at + 1] > 0


def composed(kept: Sequence[Line], as_blocks: Callable[[Sequence[Line]], str] = markdown_of) -> str:
    """The lines as Markdown, without what only speaks to eyes that cannot see a link."""
    return as_blocks([replace(line, text=repair.without_windows(line.text)) for line in kept])


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
    if title is None and (title := headline(_below_headings(markdown) or text)) is not None:
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
        summary=str(safe.prose(found.summary)) if found.summary else None,
        url=safe.link(url) if url else None,
        language=prose.language(text),
        words=length.words(text),
        minutes=length.minutes(text),
        quality=_quality(text, trusted, found),
        warnings=tuple(warnings),
        tags=tuple(str(safe.line(tag)) for tag in found.tags[:20]),
    )


def _below_headings(markdown: str) -> str:
    """The text from its first paragraph on: `Key points` and their list give it no title."""
    from reader.text import markdown as md

    blocks = markdown.split("\n\n")
    while blocks and (blocks[0].startswith("#") or LIST_MARK.match(blocks[0])):
        blocks = blocks[1:]
    return md.plain("\n\n".join(blocks[:1]))


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
