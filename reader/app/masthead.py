"""What stands over and under an article: where it is from, who wrote it, how far to trust it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from reader.app.widgets.pieces import Piece, Pieces, fit_right
from reader.model import Article, Summary
from reader.text import safe
from reader.text.dates import when
from reader.text.doubts import doubts
from reader.text.frontwords import time_in_words
from reader.text.width import cells, cut, wrap

END_MARK = "■"
BAR = "▎ "
AIRY = 44
"""Columns from which the masthead has blank lines and a rule; in less, lines are dear too."""


def masthead(article: Article, width_cells: int, summary: Summary | None = None) -> list[Pieces]:
    """The lines over the text, wrapped to `width_cells`; with a summary, if it is given."""
    headline = article.headline
    airy = width_cells >= AIRY
    lines: list[Pieces] = [[]] if airy else []
    lines.append(_kicker(article, width_cells))
    title = safe.line(article.title)
    lines += [
        [(_at_its_side(text, title, width_cells), "title")] for text in wrap(title, width_cells)
    ]
    lines += [[]] if airy else []
    lines += _wrapped(_facts(article), "quiet", width_cells)
    if address := shown_address(article.url):
        lines.append([(cut(address, width_cells), "address")])
    for doubt in doubts(article.warnings):
        lines += _wrapped(f"Note: {doubt}", "warning", width_cells)
    if headline.starred or article.tags or article.note:
        lines += _marks(article, width_cells)
    if summary is not None:
        lines += [*_abstract(summary, width_cells), *([[]] if airy else [])]
    return [*lines, [("─" * 12, "rule")], []] if airy else [*lines, []]


def colophon(article: Article, links: Sequence[tuple[int, str]], width_cells: int) -> list[Pieces]:
    """The lines under the text: the end mark, the links by number, what the page itself lists."""
    lines: list[Pieces] = [[], [(END_MARK, "sign")], []]
    if links:
        lines += [[("LINKS", "kicker")], []]
        for number, url in links:
            address = shown_address(url) or safe.line(url)
            lines.append([(f"{number:>2} ", "note-mark"), (cut(address, width_cells - 3), "link")])
        lines.append([])
    if article.related:
        lines += [[(cut("THE PAGE ALSO LISTS", width_cells), "kicker")], []]
        for related in article.related:
            title = safe.line(related.title)
            source = f" · {safe.line(related.source)}" if related.source else ""
            lines += _wrapped(title + source, "text", width_cells)
            if related.summary:
                lines += _wrapped(safe.line(related.summary), "quiet", width_cells)
            lines.append([])
    return lines


def with_news(head: list[Pieces], said: str, width_cells: int) -> list[Pieces]:
    """A masthead that tells how much is new, in the line of its rule, so that nothing moves."""
    if not said:
        return head
    if width_cells < AIRY:
        return [*head[:-1], [(cut(said, width_cells), "sign")]]
    rule: Pieces = [("─" * 3 + " ", "rule"), (cut(said, width_cells - 4), "sign")]
    return [*head[:-2], rule, head[-1]]


def shown_address(url: str | None) -> str | None:
    """An address without its scheme; names that mix scripts are spelled in ASCII."""
    safe_url = safe.link(url) if url else None
    if safe_url is None:
        return None
    scheme, _, rest = safe_url.partition("://")
    if not rest:
        return safe.line(safe_url)
    host, slash, path = rest.partition("/")
    if not path:
        slash = ""
    _, colon, port = host.rpartition(":")
    port = colon + port if port.isdecimal() else ""
    name = safe.shown_host(f"{scheme}://{host}/")
    name = safe.SafeText(f"[{name}]") if ":" in name else name
    return safe.line(name + port + slash + path)


def _at_its_side(line: str, text: str, width_cells: int) -> str:
    """A line of a text, at the right if the text runs from right to left."""
    if text.isascii():
        return line
    from reader.text.blocks import Inline
    from reader.text.runs import first_strong_is_rtl

    rtl = first_strong_is_rtl((Inline(text, "text"),))
    return fit_right(line, width_cells) if rtl else line


def edits_in_words(edits: int) -> str:
    """`edited`, `edited ×2`; nothing for an article that was not."""
    return "" if not edits else "edited" if edits == 1 else f"edited\u00a0×{edits}"


def names_in_words(names: Sequence[str]) -> str:
    """`Ann`, `Ann and Bo`, `Ann, Bo and Cy`."""
    if len(names) < 2:
        return "".join(names)
    return ", ".join(names[:-1]) + " and " + names[-1]


def _kicker(article: Article, width_cells: int) -> Pieces:
    headline = article.headline
    place = safe.line(headline.site or headline.source)
    pieces: list[Piece] = []
    if article.section:
        pieces.append((safe.line(article.section).upper(), "kicker"))
        pieces.append(("  ", "quiet"))
    pieces.append((place, "place"))
    return _cut_pieces(pieces, width_cells)


def _facts(article: Article) -> str:
    headline = article.headline
    facts = []
    if article.authors:
        facts.append("By " + names_in_words([safe.line(name) for name in article.authors]))
    if headline.published:
        facts.append(safe.line(when(headline.published)))
    elif article.cached_at:
        facts.append("no date; copied " + safe.line(when(article.cached_at)))
    else:
        facts.append("no date")
    if article.modified and _later(article.modified, headline.published):
        facts.append("changed " + safe.line(when(article.modified)))
    if headline.minutes:
        facts.append(time_in_words(headline.minutes))
    if headline.edits:
        since = " since you read it" if headline.is_edited_since else ""
        facts.append(edits_in_words(headline.edits) + since)
    return " · ".join(facts)


def _later(modified: str, published: str | None) -> bool:
    """True if the change came on a later day."""
    return published is None or modified[:10] > published[:10]


def _abstract(summary: Summary, width_cells: int) -> list[Pieces]:
    """A summary, set apart by a bar; it says whose words it is in."""
    whose = "the source’s own" if summary.is_own else "sentences of the text"
    room = width_cells - cells(BAR)
    lines: list[Pieces] = [
        [],
        _cut_pieces([("IN SHORT", "kicker"), (f"  {whose}", "quiet")], width_cells),
    ]
    text = safe.line(summary.text, cap=2_000)
    return lines + [
        [(BAR, "rule"), (_at_its_side(line, text, room), "quote")] for line in wrap(text, room)
    ]


def _marks(article: Article, width_cells: int) -> list[Pieces]:
    said = "★ Starred" if article.headline.starred else ""
    tags = " ".join(f"#{safe.line(tag)}" for tag in article.tags)
    lines = _wrapped("  ".join(filter(None, (said, tags))), "sign", width_cells)
    if article.note:
        lines += _wrapped(f"“{safe.line(article.note, 2000)}”", "note", width_cells)
    return lines


def _wrapped(text: str, role: str, width_cells: int) -> list[Pieces]:
    return [[(line, role)] for line in wrap(text, width_cells)] if text else []


def _cut_pieces(pieces: Sequence[Piece], width_cells: int) -> Pieces:
    kept: Pieces = []
    left = width_cells
    for text, role in pieces:
        if left <= 0:
            break
        short = cut(text, left)
        kept.append((short, role))
        left -= cells(short)
    return kept


def moment_in_words(moment: datetime) -> str:
    """The day of the nameplate: `Monday 23 November 2026`."""
    return f"{moment:%A} {moment.day} {moment:%B %Y}"
