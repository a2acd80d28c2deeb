"""The cached article of an aggregator's page in HTML, read as a dump of the page would be.

What the markup adds is used: which lines belong together, what is one item of a list, where a
link leads. The copy itself is rendered like any page, with its pictures and links.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from reader.clean import (
    addresses,
    aggregator,
    aggregator_dump,
    aggregator_top,
    item_lists,
    openers,
    page_lines,
    repair,
    similar_list,
    voices,
)
from reader.clean.aggregator import Reading
from reader.clean.boxes import Box, Leaf, Page, raw_text, words_of
from reader.clean.facts import Facts as LineFacts
from reader.clean.metadata import Facts
from reader.clean.page_lines import HEADINGS, Shown
from reader.model import Cleaned, Related, When

CLEAR = 0.7
"""Share of the copy's words that must lie outside of boxes that are named for clutter."""

_HOST = re.compile(r"(?:[\w-]+\.)+[^\W\d_]{2,}(?:/\S*)?")

Resolve = Callable[[str], str | None]


@dataclass(frozen=True, slots=True)
class Copy:
    """What an aggregator's page says of the article that it holds a copy of."""

    facts: Facts
    leaves: range
    """The leaves among which the copy is."""
    cached_at: When | None
    related: Sequence[Related]
    markdown: str | None
    """The copy, if the page shows it in Markdown and not marked up."""

    def kept(self, page: Page) -> set[int]:
        """The leaves of the copy, without what lies beside the text in it."""

        def words(leaves: Iterable[int]) -> int:
            return sum(len(page.leaves[at].words) for at in leaves)

        clutter: dict[Box, bool] = {}
        clear = {at for at in self.leaves if not voices.in_clutter(page.leaves[at].box, clutter)}
        # Where most of it is called clutter, a box around all of it is.
        return clear if words(clear) >= CLEAR * words(self.leaves) else set(self.leaves)

    def on(self, cleaned: Cleaned) -> Cleaned:
        """The record with what the page says of its copy."""
        return replace(cleaned, cached_at=self.cached_at, related=tuple(self.related))


def read(page: Page, told: Facts, url: str | None) -> Copy | None:
    """What an aggregator's page says; None if the page is none. `told`: its own statements; `url`:
    where it was fetched."""
    if not any(aggregator.may_tell_of_a_copy(leaf.text, leaf.words) for leaf in page.leaves):
        return None
    resolve = addresses.resolver(told.base)
    shown = aggregator.parted(page_lines.lines_of(page))
    shown = [_with_address(line, resolve) for line in shown]
    title_at = _title_at(page, shown, told.title)
    reading = aggregator.read(shown, title_at)
    if reading is None:
        return None
    body = range(shown[reading.body.start].leaf, shown[reading.body.stop - 1].leaf + 1)
    related = similar_list.fullest(
        _related(page, shown, lines, body, resolve) for lines in reading.lists
    )
    facts = _facts(page, shown, reading, told, title_at, related)
    text = _raw(page, body)
    original = repair.source_of(text) or _original(shown, reading, resolve, url)
    written = aggregator_dump.as_written(text, facts.title)
    return Copy(
        replace(facts, url=facts.url if url or not original else original),
        body,
        reading.found.cached_at,
        related,
        written[1] if written else None,
    )


def _raw(page: Page, leaves: range) -> str:
    """The text of some leaves with its line ends, which Markdown needs."""
    texts = []
    for leaf in page.leaves[leaves.start : leaves.stop]:
        text = "".join(map(raw_text, leaf.parts))
        if leaf.box.tag != "pre":
            text = "\n".join(map(str.strip, text.split("\n")))
        texts.append(text.strip())
    return "\n\n".join(texts)


def _title_at(page: Page, shown: Sequence[Shown], title: str | None) -> int:
    """The line of the title; -1 if it stands nowhere."""
    wanted = words_of(title or "")
    same = [at for at, line in enumerate(shown) if words_of(line.text) == wanted]
    headings = [at for at in same if page.leaves[shown[at].leaf].box.tag in HEADINGS]
    first = (at for at, line in enumerate(shown) if page.leaves[line.leaf].box.tag == "h1")
    return next(iter([*headings, *same]), None) or next(first, -1)


def _with_address(line: Shown, resolve: Resolve) -> Shown:
    """`Original: Read it there`, `Source: paper.example` with the address that it links."""
    told = openers.labelled(line.text)
    if not told or "original" not in told.kinds or len(line.links) != 1:
        return line
    [(words, href)] = line.links
    is_name = not openers.kinds(words) and not _HOST.fullmatch(words)
    address = resolve(href)
    if is_name or words != told.value or not address:
        return line
    return replace(line, text=f"{line.text[: -len(words)]}{address}")


def _facts(
    page: Page,
    shown: Sequence[Shown],
    reading: Reading,
    told: Facts,
    title_at: int,
    related: Sequence[Related],
) -> Facts:
    found = reading.found
    texts = [line.text for line in shown]
    above = _kicker_at(page, shown, title_at)
    if title_at >= 0:
        found.title = told.title
    top = texts[above : max(reading.first, title_at + 1)]
    body = " ".join(texts[at] for at in reading.body)
    aggregator_top.read_top(found, top, body, title_at - above if title_at >= 0 else None)
    site, section = found.site or told.site, found.section
    if site:
        site, section = aggregator_top.site_and_section(
            site, [one.source for one in related if one.source], section
        )
    return replace(
        told,
        title=found.title or told.title,
        site=site,
        section=section or told.section,
        # Beside the day stands the source, which is not who wrote it.
        authors=tuple(name for name in told.authors or found.authors if name != site),
        published=_published(found, told),
        published_guessed=False,
        summary=reading.summary or told.summary,
        claims_article=True,
    )


def _kicker_at(page: Page, shown: Sequence[Shown], title_at: int) -> int:
    """The line above the title if it is of the same box, else the title's."""
    if title_at <= 0:
        return max(title_at, 0)
    above, title = (page.leaves[shown[at].leaf].box for at in (title_at - 1, title_at))
    return title_at - (above.parent is title.parent)


def _published(found: LineFacts, told: Facts) -> str | None:
    """The day that the lines of the page tell, as precise as it is told anywhere; that of the copy
    is not the article's."""
    stated = None if _is_of_copy(told, found.cached_at) else told.published
    if stated and found.published and stated.startswith(found.published):
        return stated
    return found.published or stated


def _is_of_copy(told: Facts, cached_at: str | None) -> bool:
    """Whether the day that the page seems to be of is that of its copy."""
    if told.published_guessed or not told.published:
        return True
    return cached_at is not None and told.published[:16] in (cached_at[:16], cached_at[:10])


def _original(
    shown: Sequence[Shown], reading: Reading, resolve: Resolve, url: str | None
) -> str | None:
    """Where the page says the article is from: not its host alone, and not the page's own."""
    if reading.found.url:
        return reading.found.url
    lists = {at for lines in reading.lists for at in lines}
    count = Counter(line.text for line in shown)
    for at, kinds in enumerate(reading.opened):
        if "original" not in kinds or at in reading.body:
            continue
        if at in lists and count[shown[at].text] > 1:
            continue
        for words, href in shown[at].links:
            address = resolve(href)
            if not address or words not in shown[at].text:
                continue
            parts = urlsplit(address)
            if parts.path.strip("/") and addresses.host(address) != addresses.host(url):
                return address
    return None


def _related(
    page: Page, shown: Sequence[Shown], lines: range, body: range, resolve: Resolve
) -> list[Related]:
    """The similar articles on these lines, below the one that opens them."""
    rows = [shown[at] for at in lines]
    section = _section(page.leaves[shown[lines.start - 1].leaf], body)
    if section is not None:
        rows = [row for row in rows if section in page.leaves[row.leaf].box.ancestors()]
    found = item_lists.items_of(page, rows)
    return [
        replace(one, url=resolve(one.url) if one.url else None)
        for one in similar_list.of_items(found)
    ]


def _section(opener: Leaf, body: range) -> Box | None:
    """The part of the page that a heading opens: the largest box around it without the copy."""
    section = None
    for box in opener.box.ancestors():
        places = [leaf.index for leaf in box.leaves()]
        if places[0] < body.stop and body.start <= places[-1]:
            break
        section = box if len(places) > 1 else None
    return section
