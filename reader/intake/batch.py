"""Documents cleaned as one batch, so that pages of one site show each other's furniture.

A line that stands on several pages of a site is navigation, a footer, a teaser. But one page met
twice (its print edition, its mobile address) would turn its own sentences into furniture, so pages
that share nearly all their lines count as one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from reader.errors import CleanError
from reader.model import Cleaned, Document
from reader.noun import Noun

if TYPE_CHECKING:
    from reader.clean.worker import Cleaner

SAME_LINES = 0.8
"""Share of the smaller page's lines that the other holds, if both are one page. On pages of news
three lines in four stand on their neighbours too, so the paragraphs have the last word."""
SAME_PARAGRAPHS = 0.9
"""The same of its paragraphs."""
PAGES_LOOKED_AT = 400
"""Pages of a site that count; more would change no verdict, and each is compared with each."""


@dataclass(slots=True)
class Page:
    """What a page lends to the others of its site."""

    url: str | None
    prints: frozenset[int]


class Site:
    """The pages of one site, and how many of them hold each line."""

    def __init__(self) -> None:
        self._pages: list[Page] = []
        self._counts: Counter[int] = Counter()

    def meet(self, url: str | None, prints: frozenset[int]) -> None:
        """Count a page, unless it is one that was counted before."""
        if not prints or len(self._pages) >= PAGES_LOOKED_AT:
            return
        page = Page(url, prints)
        if not any(same_page(page, known) for known in self._pages):
            self._pages.append(page)
            self._counts.update(prints)

    def seen(self, url: str | None, prints: frozenset[int]) -> dict[int, int]:
        """How many *other* pages of the site hold each line of this one."""
        page = Page(url, prints)
        found = Counter({line: self._counts[line] for line in prints if line in self._counts})
        for known in self._pages:
            if same_page(page, known):
                found.subtract(line for line in known.prints if line in prints)
        return {line: count for line, count in found.items() if count > 0}


def same_page(one: Page, other: Page) -> bool:
    """Are these two copies of one page?"""
    if one.url is not None and one.url == other.url:
        return True
    smaller, larger = sorted((one.prints, other.prints), key=len)
    return is_held(smaller, larger) or is_held(larger, smaller)


def is_held(prints: frozenset[int], known: Collection[int]) -> bool:
    """Do the lines known elsewhere hold this page, its paragraphs and all?"""
    from reader.clean.lines import is_paragraph

    both = [line for line in prints if line in known]
    paragraphs = sum(map(is_paragraph, prints))
    return (
        bool(both)
        and len(both) >= SAME_LINES * len(prints)
        and sum(map(is_paragraph, both)) >= SAME_PARAGRAPHS * paragraphs
    )


class Wanted(Noun):
    """A document to clean: what to call it, and how to get its bytes."""

    name: str
    load: Callable[[], Document]
    """Raises CleanError. Called twice, so that a batch need not fit into memory."""


def clean_together(batch: Sequence[Wanted], processes: int = 2) -> Iterator[tuple[str, Cleaned]]:
    """Clean a batch in order; a document that cannot be had gives a record that says why."""
    from reader.clean.worker import Cleaner

    with Cleaner(processes=max(1, min(processes, len(batch)))) as cleaner:
        with ThreadPoolExecutor(processes, thread_name_prefix="site") as pool:
            pages = list(pool.map(partial(_page, cleaner), batch))
        sites: dict[str, Site] = {}
        for name, page in pages:
            if name:
                sites.setdefault(name, Site()).meet(page.url, page.prints)
        refusals: dict[int, str] = {}

        def asked() -> Iterator[tuple[Document, dict[int, int] | None]]:
            for number, (wanted, (name, page)) in enumerate(zip(batch, pages, strict=True)):
                try:
                    document = wanted.load()
                except CleanError as error:
                    refusals[number] = str(error.args[1])
                    document = Document(b"")
                yield document, sites[name].seen(page.url, page.prints) if name else None

        for number, cleaned in enumerate(cleaner.clean_many(asked())):
            refusal = refusals.get(number)
            yield batch[number].name, unreadable(refusal) if refusal else cleaned


def _page(cleaner: Cleaner, wanted: Wanted) -> tuple[str | None, Page]:
    """The site of a dump, and what it lends to the others; no site for what lends nothing."""
    try:
        document = wanted.load()
    except CleanError:
        return None, Page(None, frozenset())  # the second reading will say so
    site, prints = cleaner.site_lines(document)
    return site, Page(document.url, prints)


def unreadable(reason: str) -> Cleaned:
    """The record of a document that could not be had."""
    return Cleaned(title=None, text="", markdown="", kind="text", warnings=(f"failed: {reason}",))
