"""`broadsheet read`: one article as lines, the equal of the page for those who prefer lines."""

from __future__ import annotations

import argparse
import shutil
from typing import TYPE_CHECKING

from reader.cli import asking, output, parsing

if TYPE_CHECKING:
    from reader.app.marking import Told
    from reader.library import Library
    from reader.model import Article

EPILOG = "Reading here does not mark the article read: `broadsheet mark read ID` does."
SIGNS = {"new": "+ ", "known": "· ", None: "  "}
"""What stands before a line that has something new, before one that has only what is known."""
NOTHING_READ = "you have read nothing else about this"


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("id", metavar="ID", help="broadsheet's id, as `broadsheet list` shows it")
    parser.add_argument(
        "--plain",
        action="store_true",
        help="a line a paragraph, without any drawing (for a screen reader or a pipe)",
    )
    parser.add_argument(
        "--new",
        action="store_true",
        help="tell what is new to you from what you have read elsewhere: `+` and `·` before the "
        "lines, or `[new]` and `[known]` before the sentences where nothing is drawn",
    )
    parsing.add_forms(parser)


def run(args: argparse.Namespace) -> int:
    with asking.library() as lib:
        article = lib.article(asking.article_id(args.id))
        show(lib, article, args.form, plain=args.plain, news=args.new)
    return output.OK


def show(
    lib: Library, article: Article, form: str, *, plain: bool = False, news: bool = False
) -> None:
    """Print an article in the form asked for; its record says what it is about, too, and which of
    its sentences are new. `news` tells that in print as well."""
    drawn = output.on_terminal() and not plain

    def printed() -> str:
        told = lib.sentences(article.id) if news else None
        if drawn:
            return laid_out(article, told)
        return bare(article) if told is None else told_in_words(article, told)

    output.one(form, lambda: _record(lib, article), printed)


def _record(lib: Library, article: Article) -> dict[str, object]:
    from reader.exchange.records import digest_record, record

    about = digest_record(lib.summary(article.id), lib.phrases(article.id))
    marked = [{"text": text, "mark": mark} for text, mark in lib.sentences(article.id)]
    return record(article) | about | {"sentences": marked, "highlights": _highlights(lib, article)}


def _highlights(lib: Library, article: Article) -> list[dict[str, object]]:
    """What is highlighted in an article, in the order of its text, each with the block of the
    Markdown it begins in, if it is still there."""
    found = lib.highlights(article.id)
    if not found:
        return []
    from reader.app.selection import shown
    from reader.text.layout import lay_out
    from reader.text.markdown import blocks

    lines = lay_out(blocks(article.markdown), 80).lines
    begins = shown(lines, found).begins
    return [
        {
            "id": each.id,
            "text": each.marked.quote,
            "note": each.marked.note,
            "block": lines[begins[each.id]].block if each.id in begins else None,
            "made": each.marked.made_at and each.marked.made_at.isoformat(),
        }
        for each in found
    ]


def bare(article: Article) -> str:
    """The article as unwrapped text."""
    from reader.text import safe

    head = "\n".join(safe.line(each, cap=2_000) for each in masthead(article))
    return f"{head}\n\n{safe.prose(article.text)}\n"


def told_in_words(article: Article, told: Told) -> str:
    """The article as unwrapped text, each change from new to known said."""
    from reader.cli.plain.page import Page
    from reader.text import safe, spoken

    page = Page(article, spoken.UNWRAPPED, told)
    head = [*masthead(article), page.news.in_words or NOTHING_READ]
    lines = [*(safe.line(each, cap=2_000) for each in head), "", *page.take(0)]
    return "\n".join(safe.prose(line) for line in lines) + "\n"


def laid_out(article: Article, told: Told | None = None) -> str:
    """The article as the reading pane sets it, in a column; what is new to the reader has a sign
    before it if it is `told`."""
    from reader import config
    from reader.app.marking import marking, sign_of
    from reader.text import safe
    from reader.text.layout import lay_out
    from reader.text.markdown import blocks
    from reader.text.width import wrap

    margin = 0 if told is None else len(SIGNS[None])
    room = min(config.load().measure_cells, shutil.get_terminal_size().columns - 2 - margin)
    width_cells = max(10, room)
    page = lay_out(blocks(article.markdown), width_cells)
    news = marking(page.lines, article.text, told or ())
    head = [*masthead(article), *([news.in_words or NOTHING_READ] if told is not None else [])]
    lines: list[str] = [
        line for each in head for line in wrap(safe.line(each, cap=2_000), width_cells)
    ]
    lines.append("")
    for number, line in enumerate(page.lines):
        sign = SIGNS[sign_of(news.spans.get(number, ()))] if margin else ""
        lines.append((sign + line.text).rstrip())
    if page.links:
        lines.append("")
        lines += [safe.line(f"[{link.number}] {link.url}", cap=10_000) for link in page.links]
    return "\n".join(safe.prose(line) for line in lines) + "\n"


def masthead(article: Article) -> list[str]:
    """Title, then who and where, then when and how long, then its address; what is known of it."""
    from reader.text.dates import when
    from reader.text.doubts import doubts
    from reader.text.frontwords import time_in_words

    headline = article.headline
    where = ", ".join(article.authors), headline.site or headline.source, article.section or ""
    dates = [when(headline.published)] if headline.published else []
    if article.modified and article.modified != headline.published:
        dates.append(f"changed {when(article.modified)}")
    if article.cached_at:
        dates.append(f"copied {when(article.cached_at)}")
    length = time_in_words(headline.minutes, " ") if headline.minutes else ""
    marks = ("unread" if headline.unread else "read", "starred" if headline.starred else "")
    facts = (
        " · ".join(each for each in where if each),
        " · ".join(each for each in (*dates, length, *marks) if each),
        article.url or "",
        "Tags: " + ", ".join(article.tags) if article.tags else "",
        f"Note: {article.note}" if article.note else "",
        " ".join(doubts(article.warnings)),
    )
    return [headline.title, *(fact for fact in facts if fact)]
